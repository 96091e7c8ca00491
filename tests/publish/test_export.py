"""The program as a file: its schema, and evaluators that know nothing but the schema."""

from __future__ import annotations

import base64
import datetime as dt
import json
import shutil
import subprocess
import sys
import zlib
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]
import pytest
from click.testing import CliRunner
from tests.publish.reference_cases import reference_cases

from regcompare.cli import main
from regcompare.ruleset.rules import Outcome, Span
from regcompare.testing import drawn_scenarios
from regcompare_page.page.build import page_html
from regcompare_publish.writer import KINDS, VERSION, rulesets_as_data

DOCS = Path(__file__).parents[2] / "docs"
SCHEMA = json.loads((DOCS / "program.schema.json").read_text(encoding="utf-8"))
REGIMES = ("eu-428-2009", "eu-2021-821", "amnesty")

pytestmark = pytest.mark.usefixtures("alone")


@pytest.fixture(scope="module")
def conformance(catalogue):
    """By regime its program and the documented cases with their answers, on its reference date."""
    cases = catalogue.scenarios()
    rulesets = map(catalogue.ruleset, REGIMES)
    return {
        item.id: (
            rulesets_as_data([item], item.reference_date),
            reference_cases(cases, item, item.reference_date),
        )
        for item in rulesets
    }


def exported(*arguments):
    """What the command prints."""
    done = CliRunner().invoke(main, ["export", *arguments])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def evaluated(command, folder, program, cases):
    """What an evaluator says of a program and cases, and its status."""
    names = {"program.json": program, "cases.json": cases}
    for name, data in names.items():
        (folder / name).write_text(json.dumps(data), encoding="utf-8")
    done = subprocess.run([*command, *names], cwd=folder, capture_output=True, text=True, check=False)
    return done.stdout.strip(), done.returncode


EVALUATORS = [
    pytest.param([sys.executable, DOCS / "examples" / "evaluate.py"], id="python"),
    pytest.param(
        ["node", DOCS / "examples" / "evaluate.js"],
        id="javascript",
        marks=pytest.mark.skipif(not shutil.which("node"), reason="node is not installed"),
    ),
]


# schema ------------------------------------------------------------------------------------------


@pytest.mark.thorough
@pytest.mark.parametrize("regime", REGIMES)
def test_what_is_exported_is_what_the_schema_says(conformance, regime):
    """The program, and the cases with their answers."""
    for part, data in zip(("program", "cases"), conformance[regime], strict=True):
        whole = SCHEMA | {"oneOf": [{"$ref": f"#/$defs/{part}"}]}
        jsonschema.Draft202012Validator(whole).validate(data)


def test_the_schema_knows_the_kinds_of_nodes_that_there_are():
    """A kind that is added has to be explained there."""
    kinds = [item["properties"]["kind"]["const"] for item in SCHEMA["$defs"]["node"]["oneOf"]]

    assert sorted(kinds) == sorted(KINDS.values())


@pytest.mark.parametrize("regime", REGIMES)
def test_a_program_refers_only_to_what_it_contains(conformance, regime):
    """Parts come before the whole; it contains exactly the questions asked."""
    program, _ = conformance[regime]
    nodes = program["nodes"]

    for place, node in enumerate(nodes):
        assert all(part < place for part in [*node.get("parts", []), *node.get("readings", {}).values()])
    assert {node["question"] for node in nodes if "question" in node} == program["questions"].keys()
    assert all(number < len(nodes) for (number,) in program["conditions"].values())
    assert "law.as_of" not in program["questions"]
    (state,) = program["states"]
    names = state["rules"]["name"]
    assert all(place < len(names) for overriders in state["rules"]["lifters"] for place in overriders)
    assert sorted(state["order"]) == list(range(len(names)))
    assert {f"stands:{name}" for name in names} <= program["conditions"].keys()


# evaluators --------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", EVALUATORS)
@pytest.mark.parametrize("regime", REGIMES)
def test_an_evaluator_written_from_the_schema_gives_the_plain_answers(
    conformance, command, regime, tmp_path
):
    """On every case that ships, for every named condition."""
    program, cases = conformance[regime]
    number = len(cases["cases"])

    output = evaluated(command, tmp_path, program, cases)

    assert output == (f"{number} of {number} cases agree", 0)


@pytest.mark.parametrize("command", EVALUATORS)
def test_an_evaluator_agrees_on_drawn_cases(command, tmp_path, catalogue):
    """Partly open ones are included; and it notices a wrong answer."""
    ruleset, day = catalogue.ruleset("eu-2021-821"), dt.date(2021, 9, 9)
    program = exported(ruleset.id, "--as-of", str(day))
    cases = reference_cases(drawn_scenarios(ruleset, 25, 7), ruleset, day)

    assert evaluated(command, tmp_path, program, cases) == ("25 of 25 cases agree", 0)

    spoilt = cases["cases"][4]
    spoilt["plain"]["true"] = [*spoilt["plain"]["true"], "invented"]
    output, status = evaluated(command, tmp_path, program, cases)
    assert (output, status) == (f"24 of 25 cases agree {spoilt['id']}", 1)


@pytest.mark.parametrize("command", EVALUATORS)
def test_an_evaluator_understands_an_answer_that_is_one_of_some(command, tmp_path):
    """All of them wanted, none, and some."""
    nodes = [{"kind": "one_of", "question": "x", "answers": list(words)} for words in ("ab", "c", "ac")]
    program = {
        "format": "regcompare-program",
        "version": VERSION,
        "outcomes": ["no_control"],
        "nodes": nodes,
        "conditions": {"force": [0], "scope": [0], "never": [1], "open": [2]},
    }
    plain = {"in_force": True, "in_scope": True, "low": "no_control", "high": "no_control"}
    plain |= {"true": ["force", "scope"], "unknown": ["open"]}
    case = {"id": "one", "answers": {"x": {"one_of": ["a", "b"]}}, "plain": plain}

    assert evaluated(command, tmp_path, program, {"cases": [case]}) == ("1 of 1 cases agree", 0)


def test_the_span_of_the_library_lies_within_the_plain_one(conformance):
    """Look-ahead narrows, and settles some that are open without it."""
    narrower = 0
    for _, cases in conformance.values():
        for case in cases["cases"]:
            plain, ahead = case["plain"], case["looked_ahead"]
            for name in ("in_force", "in_scope"):
                assert plain[name] in (None, ahead[name])
            if ahead["low"]:
                wide, narrow = (
                    Span(Outcome(result["low"]), Outcome(result["high"])) for result in (plain, ahead)
                )
                assert narrow in wide
                narrower += narrow != wide
    assert narrower


# the command -------------------------------------------------------------------------------------


def test_a_file_is_written_once(tmp_path):
    """A file of that name is not replaced."""
    file = str(tmp_path / "sanctions.json")
    written = [
        CliRunner().invoke(main, ["export", "eu-sanctions", "--as-of", "2021-01-01", "-o", file])
        for _ in range(2)
    ]

    assert [done.exit_code for done in written] == [0, 2]
    assert json.loads(Path(file).read_text(encoding="utf-8"))["as_of"] == "2021-01-01"


def test_law_that_is_not_in_force_on_the_day_says_so(catalogue):
    """In a condition that is false."""
    early = rulesets_as_data([catalogue.ruleset("eu-2021-821")], dt.date(2020, 1, 1))
    (force,) = early["conditions"]["force"]

    assert early["nodes"][force] == {"kind": "constant", "truth": False}


def test_a_proposal_is_written_on_a_day_before_its_base_was_in_force(catalogue):
    """With what declares the doubts and powers that are asked, in force or not."""
    early = rulesets_as_data([catalogue.ruleset("com-2016-616")], dt.date(2009, 1, 1))

    asked = {node["question"] for node in early["nodes"] if "question" in node}
    assert asked <= early["questions"].keys()


# the page ----------------------------------------------------------------------------------------


@pytest.mark.thorough
def test_the_page_carries_the_very_file(catalogue):
    """What is packed in it for its regimes is what the command writes."""
    page = page_html(catalogue.scenarios()[:1], list(catalogue.rulesets.values()), catalogue.vocabulary)
    packed = page.partition('id="data">')[2].partition("<")[0]

    program = json.loads(zlib.decompress(base64.b64decode(packed)))["program"]

    assert program == exported(*catalogue.rulesets)
