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
    result = examined("cases")

    assert result.exit_code == 0
    assert re.fullmatch(
        r"regcompare:cases \S+\nloads: without a fault\.\nimport: \d\.\d\d seconds\.\nNothing found\.\n",
        result.stdout,
    )


def test_a_slow_import_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever installs the plugin waits for its import with every command."""
    monkeypatch.setattr(clinic, "SLOW", -1.0)

    result = examined("regcompare:cases")

    assert result.exit_code == 1
    assert "every command waits" in result.stdout
    assert result.stdout.endswith("1 found.\n")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("regcompare:euu", r"is not a plugin.*Did you mean 'regcompare:eu'"),
        ("regcompare", r"names several plugins"),
    ],
)
def test_what_is_not_a_plugin_is_refused(name: str, message: str) -> None:
    """The message names the plugins that are installed, and the nearest."""
    result = examined(name)

    assert result.exit_code == 2
    assert re.search(message, result.stderr)
    assert "regcompare:cases" in result.stderr


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[build-system]\nrequires = []\nbuild-backend = "no_such_backend"\n', "cannot be installed"),
        ("[build-system]\nrequires = [\n", "cannot be installed"),
    ],
)
def test_a_folder_that_cannot_be_installed_is_reported(tmp_path: Path, text: str, message: str) -> None:
    """What the installer says ends the message, without a traceback."""
    (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8")

    result = examined(tmp_path)

    assert result.exit_code == 2
    assert message in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.thorough
def test_a_folder_is_examined_as_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new skeleton holds what every ruleset must hold, leaves others alone, and has its TODOs found.

    It is named as its distribution is, from the folder in which it lies.
    """
    written = new_plugin("narnia", tmp_path)
    monkeypatch.chdir(tmp_path)

    result = examined(Path(written.folder.name))

    assert result.exit_code == 1
    assert result.stdout.startswith("Installed into a scratch folder, without a network.\n")
    assert "narnia: all 13 checks hold. 1 not made." in result.stdout
    assert "  others: holds. With it every documented case can still be read" in result.stdout
    assert set(re.findall(r"^    ([a-z-]+): ", result.stdout, re.MULTILINE)) == {"todo"}
    assert result.stdout.endswith("\n10 found.\n")
