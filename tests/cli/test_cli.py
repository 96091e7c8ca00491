"""The command line as a user meets it: formats, exit status, and where talk goes."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from regcompare.cli import main
from regcompare.plugins.catalogue import Catalogue
from regcompare.plugins.features import COMMANDS

CASES = Path(__file__).parents[2] / "scenarios"
MORPHO = str(CASES / "morpho-shanghai-2015.yaml")


def run(*arguments: str) -> Result:
    """Runs a command; an exception that is no exit is an error of the test."""
    return CliRunner().invoke(main, list(arguments), catch_exceptions=False)


@pytest.mark.parametrize(
    "arguments",
    [
        ("compare", MORPHO),
        ("compare", MORPHO, "--format", "markdown"),
        ("compare", MORPHO, "--format", "html"),
        ("compare", MORPHO, "--format", "csv"),
        ("compare", MORPHO, "--as-of", "scenario"),
        ("compare", MORPHO, "--as-of", "2016-01-01", "--readings", "open"),
        ("compare", MORPHO, "--reading", "IC-05=all"),
        pytest.param(("compare", str(CASES)), marks=pytest.mark.thorough),
        ("explain", MORPHO, "-r", "eu-2021-821"),
        ("explain", MORPHO, "-r", "amnesty", "--format", "json"),
        ("check", MORPHO),
        ("show",),
        ("show", "--format", "json"),
        ("show", "eu-2021-821"),
        ("show", "amnesty", "--format", "markdown"),
        ("show", "eu-428-2009", "--format", "json"),
        ("facts",),
        ("facts", "--format", "json"),
        ("plugins",),
        ("safeguards",),
        ("safeguards", MORPHO, "--format", "markdown"),
        ("safeguards", "--format", "csv"),
        ("timeline", MORPHO, "--until", "2026-01-01"),
        ("timeline", MORPHO, "--until", "2026-01-01", "--format", "json"),
    ],
)
def test_documented_commands_succeed(arguments: tuple[str, ...]) -> None:
    """Each command prints something to standard output and ends with status 0."""
    result = run(*arguments)

    assert result.exit_code == 0, result.stderr
    assert result.stdout.strip()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("compare", "no-such-file.yaml"), "no-such-file.yaml"),
        (("compare", MORPHO, "-r", "eu-2021-812"), "Did you mean 'eu-2021-821'"),
        (("compare", MORPHO, "--as-of", "soon"), "'soon' is not a day"),
        (("compare", MORPHO, "--reading", "IC-05"), "expected ID=ANSWER"),
        (("compare", MORPHO, "--reading", "IC_05=all"), "Did you mean 'IC-05'"),
        (("compare", MORPHO, "--reading", "IC-05=each"), "has no reading 'each'"),
        (("compare", MORPHO, "--readings", "open", "--reading", "IC-05=all"), "do not use --reading"),
        (("compare", MORPHO, "--fail-on", "refused"), "is not an outcome"),
        (("explain", MORPHO, "-r", "amnesty", "--scenario", "other"), "There is no case 'other' here"),
        (("show", "amnety"), "Did you mean 'amnesty'"),
        (("show", "--load", "no_rules.py"), "there is no such file"),
        (("comapre",), "There is no command 'comapre'. Did you mean 'compare'?"),
        (("pages",), "Did you mean 'page'?"),
        (("xyzzy",), "There is no command 'xyzzy'. Expected one of "),
        (("explain", MORPHO), "Name a ruleset: amnesty,"),
    ],
)
def test_wrong_use_is_reported_without_a_traceback(arguments: tuple[str, ...], message: str) -> None:
    """What is wrong goes to standard error with status 2, and nothing to standard output."""
    result = run(*arguments)

    assert result.exit_code == 2
    assert message in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def test_a_missed_expectation_ends_with_status_one(tmp_path: Path) -> None:
    """``check`` tells the mismatch with the rules that hold."""
    file = tmp_path / "case.yaml"
    file.write_text(
        "id: x\ntransaction: {kind: export}\nexporter: {country: CH}\n"
        "expect: {eu-428-2009: authorisation, eu-2021-821: {in_scope: no}}\n",
        encoding="utf-8",
    )

    result = run("check", str(file), "--format", "json")
    entries = json.loads(result.stdout)

    assert result.exit_code == 1
    assert [entry["ok"] for entry in entries].count(False) == 1
    assert set(entries[0]) == {
        *("file", "scenario", "ruleset", "as_of", "expected", "got", "ok", "problem")
    }


def test_a_broken_file_does_not_hide_the_others(tmp_path: Path) -> None:
    """``check`` goes on with the other files and ends with status 2."""
    (tmp_path / "a.yaml").write_text("id: [", encoding="utf-8")
    (tmp_path / "b.yaml").write_text(Path(MORPHO).read_text(encoding="utf-8"), encoding="utf-8")

    result = run("check", str(tmp_path), "--format", "json")
    entries = json.loads(result.stdout)

    assert result.exit_code == 2
    assert "a.yaml:1" in result.stderr
    assert any(entry["ok"] for entry in entries)


def test_fail_on_an_outcome(tmp_path: Path) -> None:
    """``--fail-on`` ends with status 1 where a result reaches the outcome for certain."""
    assert run("compare", MORPHO, "-r", "amnesty", "--fail-on", "refusal").exit_code == 1
    assert run("compare", MORPHO, "-r", "eu-2021-821", "--fail-on", "notification").exit_code == 0


def test_loaded_rules_join_the_three(tmp_path: Path) -> None:
    """``--load`` reads a plain file and compares its ruleset with the three regimes."""
    rules = tmp_path / "my_rules.py"
    rules.write_text(
        "from regcompare.plugins.catalogue import Catalogue\n"
        "catalogue = Catalogue.installed()\n"
        "amnesty = catalogue.ruleset('amnesty')\n"
        "MINE = catalogue.ruleset('eu-2021-821').with_(amnesty.rule('A02'), of=amnesty, id='mine')\n",
        encoding="utf-8",
    )

    printed = json.loads(run("compare", MORPHO, "--load", str(rules), "--format", "json").stdout)

    assert {record["ruleset"]: record["low"] for record in printed["verdicts"]} == {
        "eu-428-2009": "no_control",
        "eu-2021-821": "no_control",
        "amnesty": "prohibition",
        "mine": "prohibition",
    }


def test_each_command_says_in_the_list_what_its_help_says() -> None:
    """The list of commands, which imports none of them, has the first sentence of each one's help."""
    context = click.Context(main)
    features = Catalogue.installed().features

    for name in main.list_commands(context):
        command, feature = main.get_command(context, name), features[COMMANDS].get(name)
        assert command
        assert feature
        assert (command.name, command.get_short_help_str(300)) == (name, feature.help)


def test_what_needs_more_results_is_said_on_request() -> None:
    """Of the documented sales a comparison says in one sentence what it leaves out; ``--why`` has it."""
    many = ["compare", "-r", "eu-2021-821"]

    brief, why = (" ".join(run(*words).output.split()) for words in (many, [*many, "--why"]))

    for text in ("which applies together with eu-2021-821", "cases depend on assumptions"):
        assert text in why
        assert text not in brief
    assert "Not in this table: other law that applies to the same sales" in brief
    assert "Not in this table" not in why


@pytest.mark.parametrize("words", [["compare"], ["safeguards"]])
def test_commands_write_latex(words: list[str]) -> None:
    """A table for a paper, from the commands that print tables."""
    printed = run(*words, MORPHO, "--format", "latex").stdout

    assert printed.count(r"\begin{longtable}") == printed.count(r"\end{longtable}") >= 1
