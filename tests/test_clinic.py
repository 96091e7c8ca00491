"""The command ``clinic``: one page on a plugin, installed or in a folder."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from regcompare.cli import clinic, main
from regcompare.cli.scaffold import new_plugin


def examined(name: str | Path) -> Result:
    """What the command makes of a plugin."""
    return CliRunner().invoke(main, ["clinic", str(name)])


def test_an_installed_plugin_is_examined_under_any_of_its_names() -> None:
    """A plugin without rulesets has its loading and its import examined, and nothing is found."""
    done = examined("cases")

    assert done.exit_code == 0
    assert re.fullmatch(
        r"regcompare:cases \S+\nloads: without a fault\.\nimport: \d\.\d\d seconds\.\nNothing found\.\n",
        done.stdout,
    )


def test_a_slow_import_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever installs the plugin waits for its import with every command."""
    monkeypatch.setattr(clinic, "SLOW", -1.0)

    done = examined("regcompare:cases")

    assert done.exit_code == 1
    assert "every command waits" in done.stdout
    assert done.stdout.endswith("1 found.\n")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("regcompare:euu", r"is not a plugin.*Did you mean 'regcompare:eu'"),
        ("regcompare", r"names several plugins"),
    ],
)
def test_what_is_no_plugin_is_refused(name: str, told: str) -> None:
    """The message names the plugins that are installed, and the nearest."""
    done = examined(name)

    assert done.exit_code == 2
    assert re.search(told, done.stderr)
    assert "regcompare:cases" in done.stderr


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[build-system]\nrequires = []\nbuild-backend = "no_such_backend"\n', "cannot be installed"),
        ("[build-system]\nrequires = [\n", "cannot be installed"),
    ],
)
def test_a_folder_that_cannot_be_installed_is_told(tmp_path: Path, text: str, told: str) -> None:
    """What the installer says ends the message, without a traceback."""
    (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8")

    done = examined(tmp_path)

    assert done.exit_code == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.thorough
def test_a_folder_is_examined_as_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new skeleton holds what every ruleset must hold, leaves others alone, and has its TODOs found.

    It is named as its distribution is, from the folder in which it lies.
    """
    written = new_plugin("narnia", tmp_path)
    monkeypatch.chdir(tmp_path)

    done = examined(Path(written.folder.name))

    assert done.exit_code == 1
    assert done.stdout.startswith("Installed into a scratch folder, without a network.\n")
    assert "narnia: all 13 checks hold. 1 not made." in done.stdout
    assert "  others: holds. With it every documented case still reads" in done.stdout
    assert set(re.findall(r"^    ([a-z-]+): ", done.stdout, re.MULTILINE)) == {"todo"}
    assert done.stdout.endswith("\n10 found.\n")
