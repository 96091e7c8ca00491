"""The commands that count print what the functions of the same names return."""

from __future__ import annotations

import csv
import inspect
import json
from typing import get_type_hints

import attrs
import click
import pytest
from click.testing import CliRunner

import regcompare as rc
from regcompare.cli import main
from regcompare.inputs import Options
from regcompare_registers._options import RegisterOptions
from regcompare_registers.columns import TableOptions

LAW, MORPHO = "eu-2021-821@2021-09-09", "morpho-shanghai-2015"


def printed(*words: str) -> str:
    """What a command prints."""
    done = CliRunner().invoke(main, words, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_a_count_is_printed_in_each_of_its_forms() -> None:
    """Its sentence above its records; as rows, by a column, as a picture, with its receipt."""
    count = rc.count("licence", "deals", LAW)
    words = ("count", "licence", "deals", "-r", LAW)

    assert " ".join(str(count).split()) in " ".join(printed(*words).split())
    assert json.loads(printed(*words, "--format", "json")) == json.loads(count.to_json() or "")
    assert len(list(csv.DictReader(printed(*words, "--format", "csv").splitlines()))) == len(count)
    assert json.loads(printed(*words, "--by", "decision", "--format", "json")) == (
        count.by("decision").to_dicts()
    )
    assert printed(*words, "--format", "svg").strip() == count.plot().svg().strip()
    assert f"python: {count.receipt().python}" in printed(*words, "--receipt")


@pytest.mark.thorough
def test_the_others_print_their_functions() -> None:
    """Populations, and the first screen as rows."""
    assert json.loads(printed("populations", "--format", "json")) == rc.populations().to_dicts()
    assert printed("message", "--format", "csv").strip() == (rc.message().to_csv() or "").strip()
    assert printed("message", "--lang", "nl").startswith("Volgens het exportrecht van de EU")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("count", "licence_gap", "deals", "-r", LAW), "takes two laws, found 1"),
        (("count", "licence", "dealz", "-r", LAW), "Did you mean 'deals'"),
    ],
)
def test_a_mistake_is_told(words: tuple[str, ...], message: str) -> None:
    """With what was expected, and status 2."""
    done = CliRunner().invoke(main, words)

    assert done.exit_code == 2
    assert message in done.output


WRITES = {"new", "page", "site"}
"""What writes files that are not text."""
OF_AN_INSTALLATION = {"catalogues", "clinic", "facts", "plugins"}
"""What is about plugins, their facts and their translations; ``rc.facts`` is a package."""


def test_a_command_is_a_function_of_the_same_name() -> None:
    """What a command answers about cases and law, ``rc`` answers."""
    with click.Context(main) as context:
        commands = main.list_commands(context)
    expected = set(commands) - WRITES - OF_AN_INSTALLATION

    assert expected - {name for name in rc.__all__ if callable(getattr(rc, name))} == set()


PRINTED = {"form", "output", "sink", "overwrite", "load", "strict", "limit", "why", "full", "receipt"}
"""Options on how a command prints, and where it reads or writes; a result has methods for that."""
OTHERWISE = {
    "files": ("cases",), "paths": ("cases",), "file": ("case", "given"), "scenario": ("case", "given"),
    "source": ("table",), "ids": ("regimes", "regime"), "rulesets": ("regimes", "regime", "laws"),
    "ruleset_id": ("regime",), "reading": ("readings",), "first": ("years",), "last": ("years",),
}  # fmt: skip
"""The arguments of functions that commands write otherwise."""
OF_TERMINALS = {"lang": {"cite", "show", "brief", "message"}}
"""Options that functions take only where they return text."""


def parameters(name: str) -> set[str]:
    """The arguments of a function, those of its typed options among them."""
    function = inspect.unwrap(getattr(rc, name))
    taken = set(inspect.signature(function).parameters)
    if "options" in taken:
        taken |= get_type_hints(Options).keys()
    if name == "screen":
        taken |= {field.name for field in attrs.fields(TableOptions)}
        taken |= {field.name for field in attrs.fields(RegisterOptions)}
    return taken


def test_a_function_takes_what_its_command_takes() -> None:
    """Under the same names, but for those in the table above; a column of a count is asked of the count."""
    missing = []
    with click.Context(main) as context:
        for name in set(main.list_commands(context)) - WRITES - OF_AN_INSTALLATION:
            command, taken = main.get_command(context, name), parameters(name)
            assert command is not None
            for parameter in command.params:
                wanted = str(parameter.name)
                if wanted in PRINTED or name not in OF_TERMINALS.get(wanted, {name}):
                    continue
                names = {wanted, *OTHERWISE.get(wanted, ())}
                if not names & taken and (name, wanted) not in METHODS:
                    missing.append(f"{name}: {wanted}")

    assert missing == []


METHODS = {("count", "by"), ("map", "stops_at"), ("screen", "encoding")}
"""What is asked of the result: ``count.by(column)``, ``map.reached(law, stops_at)``; or of a file alone."""


FUNCTIONS = {
    "correlate": lambda: rc.correlate("eu-428-2009", "eu-2021-821"),
    "evidence": lambda: rc.evidence(MORPHO, "amnesty"),
    "gaps": lambda: rc.gaps("eu-428-2009", "eu-2021-821"),
    "gaps --by-demand": lambda: rc.gaps("eu-2021-821", "amnesty", [MORPHO], by_demand=True),
    "gaps --documented": lambda: rc.gaps("eu-2021-821", "amnesty", documented=True),
    "licences": rc.licences,
    "map": lambda: rc.map("eu-2021-821", by=("item.technology", "item.covert")),
    "shopping": lambda: rc.shopping(MORPHO, "eu-2021-821"),
}


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=[pytest.mark.thorough] * (name == "correlate")) for name in FUNCTIONS],
)
def test_each_has_rows_and_a_document(name: str) -> None:
    """Long and typed rows, the same number in every form; a finding that is a sentence."""
    result = FUNCTIONS[name]()
    rows = result.to_dicts()

    assert len(result.to_arrow()) == len(rows) > 0
    assert all(is_typed(value) for row in rows for value in row.values())
    assert str(result).strip()
    assert "<" in result._repr_html_()
    if hasattr(result, "finding"):
        assert str(result.finding()).endswith((".", ")"))


def is_typed(value: object) -> bool:
    """Whether a value is one word or number, or a list of words or of parts by name: nothing deeper."""
    if not isinstance(value, list):
        return not isinstance(value, dict | tuple | set)
    parts = [part for item in value for part in (item.values() if isinstance(item, dict) else [item])]
    return all(isinstance(part, str) for part in parts)


def test_safeguards_take_a_case_or_regimes_first() -> None:
    """A case comes first, as in the command; regimes alone are told from one."""
    assert rc.safeguards("eu-2021-821").rulesets == rc.safeguards(regimes="eu-2021-821").rulesets
    assert rc.safeguards(MORPHO, "amnesty").scenario is not None
