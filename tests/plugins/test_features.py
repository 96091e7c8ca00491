"""Commands, displays, forms, functions and pictures: those of a stranger, and of packages that ship."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import regcompare as rc
from regcompare.cli import main
from regcompare.errors import UsageError
from regcompare.inputs import Library
from regcompare.plugins.catalogue import LIMIT

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to" / "add-a-command.md"
Run = Callable[..., Result]

BROKEN = """
from regcompare.authoring import hookimpl
from regcompare.plugins.catalogue import Feature

@hookimpl
def regcompare_commands():
    return [
        Feature("compare", "regcompare_broken:nothing", "Take the place of another."),
        Feature("absent", "regcompare_broken.absent:command", "Be absent."),
        Feature("number", "regcompare_broken:NUMBER", "Be a number."),
    ]

@hookimpl
def regcompare_forms():
    return [Feature("failing", "regcompare_broken:fail")]

@hookimpl
def regcompare_displays():
    return [Feature("odd", "regcompare_broken:fail", of="open_readings")]

NUMBER = 1

def fail(_):
    raise ZeroDivisionError("nothing left")
"""


def _install(root: Path, name: str, modules: dict[str, str]) -> None:
    package = root / f"regcompare_{name}"
    package.mkdir()
    for module, source in modules.items():
        (package / f"{module}.py").write_text(source, encoding="utf-8")
    metadata = root / f"regcompare_{name}-1.0.dist-info"
    metadata.mkdir()
    fields = f"Metadata-Version: 2.1\nName: regcompare-{name}\nVersion: 1.0\n"
    (metadata / "METADATA").write_text(fields, encoding="utf-8")
    points = f"[regcompare]\n{name} = regcompare_{name}\n"
    (metadata / "entry_points.txt").write_text(points, encoding="utf-8")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command line with the plugin of the page, and a broken one."""
    declarations, tally = re.findall(r"```python\n(.*?)```", HOW_TO.read_text("utf-8"), re.DOTALL)
    _install(tmp_path, "tally", {"__init__": declarations, "tally": tally})
    _install(tmp_path, "broken", {"__init__": BROKEN})
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr("regcompare.inputs.LIBRARY", Library())

    def run(*arguments: str, limit: str = "") -> Result:
        return CliRunner().invoke(main, arguments, env={LIMIT: limit}, catch_exceptions=False)

    return run


@pytest.mark.filterwarnings("ignore:regcompare-broken:UserWarning")
def test_a_stranger_adds_a_command(run: Run) -> None:
    """The command of the page is listed with its help, and counts in the forms of the core."""
    counted = run("tally", "morpho-shanghai-2015", "-r", "amnesty", "--format", "markdown")

    assert re.search(
        r"^ +tally +Count the results of each regime\.$", run("--help").stdout, re.MULTILINE
    )
    assert "| amnesty" in counted.stdout


@pytest.mark.filterwarnings("ignore:regcompare-broken:UserWarning")
def test_a_stranger_adds_a_form(run: Run) -> None:
    """The form of the page works for its own command, and for those of the core."""
    arguments = ("morpho-shanghai-2015", "-r", "amnesty", "--format", "outline")

    assert run("tally", *arguments).stdout == "* Results\n"
    assert run("compare", *arguments).stdout.startswith("* ")


def test_what_a_plugin_adds_is_listed(run: Run) -> None:
    """``plugins`` names the features of a plugin, and those left out with their codes."""
    plugins = {item["name"]: item for item in json.loads(run("plugins", "--format", "json").stdout)}

    assert plugins["regcompare-tally:tally"]["features"] == ["tally", "outline"]
    assert [item["code"] for item in plugins["regcompare-broken:broken"]["problems"]] == ["RC420"]
    assert "gaps" in plugins["regcompare:prove"]["features"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("absent",), "regcompare-broken:broken: RC421 regcompare_broken.absent:command cannot be used"),
        (("number",), "regcompare-broken:broken: RC421 regcompare_broken:NUMBER is not a command"),
        (
            ("compare", "morpho-shanghai-2015", "--format", "failing"),
            "regcompare-broken:broken: RC421 regcompare_broken:fail cannot be used: "
            "regcompare_broken/__init__.py:24: ZeroDivisionError: nothing left.",
        ),
    ],
)
def test_a_fault_in_use_names_the_plugin(run: Run, arguments: tuple[str, ...], message: str) -> None:
    """A feature that cannot be used ends its command with the plugin, the code and the place."""
    result = run(*arguments)

    assert result.exit_code == 2
    assert message in result.stderr
    assert "Traceback" not in result.stderr


def test_a_display_that_fails_leaves_the_explanation(run: Run) -> None:
    """Where one display fails the others and the explanation are printed all the same."""
    arguments = ("explain", "morpho-shanghai-2015", "-r", "eu-2021-821", "--readings", "open")
    result = run(*arguments, "--format", "json")

    assert result.exit_code == 0
    assert "odd: not shown. regcompare-broken:broken: RC421" in result.stderr
    assert "doubts" in json.loads(result.stdout)[0]


def test_a_package_that_is_not_loaded_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a feature package is left out, its commands are unknown, and the rest names it."""
    laws = "regcompare:eu,regcompare:amnesty,regcompare:cases"
    arguments = ("compare", "morpho-shanghai-2015", "-r", "amnesty")

    assert run(*arguments, limit=laws).exit_code == 0
    assert (
        "comes with the package regcompare-page" in run(*arguments, "--format", "svg", limit=laws).stderr
    )
    assert "comes with the package regcompare-prove" in run(*arguments, "--exact", limit=laws).stderr
    assert "There is no command 'gaps'." in run("gaps", limit=laws).stderr
    monkeypatch.setenv(LIMIT, laws)
    monkeypatch.setattr("regcompare._interface.LIBRARY", Library())
    with pytest.raises(UsageError, match="comes with the package regcompare-prove"):
        rc.prove("amnesty", never_laxer_than="amnesty-seed")
    with pytest.raises(UsageError, match="comes with the package regcompare-elsewhere"):
        rc.timeline("morpho-shanghai-2015")
