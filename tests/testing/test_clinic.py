"""The command ``clinic``: one page on a plugin, which is installed."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner, Result

from regcompare.cli import main
from regcompare.plugins import plugin
from regcompare.plugins.catalogue import Catalogue


def examined(name: str) -> Result:
    """What the command makes of a plugin."""
    return CliRunner().invoke(main, ["clinic", name])


def test_an_installed_plugin_is_examined_under_any_of_its_names() -> None:
    """A plugin without rulesets has its loading examined, and nothing is found."""
    result = examined("cases")

    assert result.exit_code == 0
    assert re.fullmatch(
        r"regcompare:cases \S+\nloads: without a fault\.\nNothing found\.\n",
        result.stdout,
    )


def test_a_slow_import_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever installs the plugin waits for its import with every command."""
    monkeypatch.setattr(plugin, "SLOW", -1.0)

    result = examined("regcompare:cases")

    assert result.exit_code == 1
    assert "RC418 regcompare_cases took 0.0 seconds, and every command waits." in result.stdout
    assert result.stdout.endswith(" found.\n")


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


def test_an_older_interface_is_a_note(monkeypatch: pytest.MonkeyPatch) -> None:
    """What does all that was promised to it passes; the list of changes is printed."""
    installed = Catalogue.installed()
    cases = next(item for item in installed.plugins if item.name == "regcompare:cases")
    cases.note("RC409", "It was written for interface 1; this is 2.", "REGCOMPARE_API = 2.")
    monkeypatch.setattr(Catalogue, "installed", lambda: installed)

    result = examined("regcompare:cases")

    assert "note: regcompare:cases" in result.stdout
    assert result.exit_code == 0
