"""The program as a file: its schema, evaluators that know nothing but the schema, and loading it."""

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

from regcompare.cli import main
from regcompare.comparison.records import record
from regcompare.errors import UsageError
from regcompare.plugins.catalogue import Catalogue
from regcompare.program.writer import KINDS, VERSION, rulesets_as_data
from regcompare.ruleset.currency import tables_of
from regcompare.ruleset.rules import Outcome, Span
from regcompare.verdict.assess import AsOf, assess, assess_all
from regcompare.verdict.reference_cases import reference_cases
from regcompare.views.page import page_html

DOCS = Path(__file__).parents[1] / "docs"
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
    assert all(place < len(names) for lifters in state["rules"]["lifters"] for place in lifters)
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
def test_an_evaluator_agrees_on_drawn_cases(command, tmp_path):
    """Partly open ones are included; and it notices a wrong answer."""
    day = ["eu-2021-821", "--as-of", "2021-09-09"]
    program, cases = (exported(*day, *options) for options in ([], ["--cases", "25", "--seed", "7"]))

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


def test_the_same_seed_draws_the_same_cases():
    """And another seed others."""
    first, same_seed, other_seed = (
        exported("eu-428-2009", "--cases", "5", "--seed", seed) for seed in ("1", "1", "2")
    )

    assert first == same_seed != other_seed


def test_cases_are_drawn_for_one_ruleset_on_one_day(tmp_path):
    """A ruleset without a day of its own asks for one; a file is written once."""
    file = str(tmp_path / "sanctions.json")
    refused = CliRunner().invoke(main, ["export", "eu-sanctions", "--cases", "1"])
    several = CliRunner().invoke(main, ["export", *REGIMES, "--cases", "1"])
    written = [
        CliRunner().invoke(main, ["export", "eu-sanctions", "--as-of", "2021-01-01", "-o", file])
        for _ in range(2)
    ]

    assert (refused.exit_code, refused.stdout, several.exit_code) == (2, "", 2)
    assert "eu-sanctions --as-of 2021-09-09" in refused.stderr
    assert [done.exit_code for done in written] == [0, 2]
    assert json.loads(Path(file).read_text(encoding="utf-8"))["as_of"] == "2021-01-01"


def test_what_is_listed_has_a_line_of_its_own():
    """So that a person can read it, and compare two days line by line."""
    text = CliRunner().invoke(main, ["export", "eu-2021-821", "--as-of", "2021-09-09"]).stdout
    program = json.loads(text)
    listed = [part for part in program.values() if isinstance(part, list | dict)]

    expected = 2 + len(program) + sum(len(part) + 1 for part in listed if part)
    assert len(text.splitlines()) == expected


# loading -----------------------------------------------------------------------------------------


def loaded_from(catalogue, folder, program):
    """The ruleset that a program gives back."""
    file = folder / "program.json"
    file.write_text(json.dumps(program), encoding="utf-8")
    return catalogue.with_file(file).ruleset(program["rulesets"][0]["id"])


def told_by(verdict):
    """The content of a verdict; rules that do not hold may be those of another act."""
    rules = {(item.rule.sentence, item.holds) for item in verdict.findings if item.holds is not False}
    duties = {(duty.sentence, truth) for duty, truth in verdict.duties}
    return verdict.result, verdict.as_of, rules, duties, verdict.review


@pytest.mark.parametrize(
    "regime",
    [
        "un-2019",
        *(
            pytest.param(name, marks=pytest.mark.thorough)
            for name in (*REGIMES[:2], "com-2016-616", "amnesty", "eu-law-2021")
        ),
    ],
)
def test_a_program_that_is_loaded_gives_the_verdicts_of_the_ruleset(catalogue, tmp_path, regime):
    """On every case that ships: the span, each rule, each duty, how a licence is decided."""
    ruleset = catalogue.ruleset(regime)
    loaded = loaded_from(catalogue, tmp_path, rulesets_as_data([ruleset], ruleset.reference_date))
    cases = catalogue.scenarios()

    assert loaded is not ruleset
    for original, reloaded in zip(assess_all(cases, ruleset), assess_all(cases, loaded), strict=True):
        assert told_by(reloaded) == told_by(original), original.scenario.id


def test_a_loaded_program_is_exported_and_printed_the_same(catalogue, tmp_path, conformance):
    """Only texts that other files contain are lost on the way."""
    program, _ = conformance["eu-428-2009"]
    exported_again = rulesets_as_data(
        [loaded_from(catalogue, tmp_path, program)], dt.date.fromisoformat(program["as_of"])
    )

    assert program["questions"].items() <= exported_again["questions"].items()
    for part in ("doubts", "powers", "instruments", "not_encoded"):
        assert exported_again[part] == program[part]
    for part in ("rulesets", "rules", "duties"):
        for before, after in zip(program[part], exported_again[part], strict=True):
            places = ("when", "scope", "force", "tables")
            assert {**before, **dict.fromkeys(places)} == {**after, **dict.fromkeys(places)}
    command = ["compare", "morpho-shanghai-2015", "-r", "eu-428-2009"]
    output, output_again = (
        CliRunner().invoke(main, [*command, *options]).stdout
        for options in ([], ["--load", str(tmp_path / "program.json")])
    )
    assert output_again == output


def refused(catalogue, folder, program):
    """The message about a file that is not a program."""
    with pytest.raises(UsageError) as raised:
        loaded_from(catalogue, folder, {"rulesets": [{"id": "x"}]} | program)
    assert str(folder / "program.json") in str(raised.value)
    return str(raised.value)


def test_a_file_that_is_no_program_of_this_version_is_refused(catalogue, tmp_path, conformance):
    """Each message says what was found, and what was expected."""
    program, cases = conformance["eu-428-2009"]
    unknown_kind = {"kind": "magic", "parts": [0]}
    unknown_fact = {"kind": "holds", "question": "item.tecnology"}

    assert "has version 99 of the format, not 2" in refused(
        catalogue, tmp_path, program | {"version": 99}
    )
    assert "is not a published ruleset" in refused(catalogue, tmp_path, cases)
    assert "KeyError: 'magic'" in refused(catalogue, tmp_path, program | {"nodes": [unknown_kind]})
    assert "There is no fact 'item.tecnology'" in refused(
        catalogue, tmp_path, program | {"nodes": [unknown_fact]}
    )


def test_a_rule_that_lifts_itself_through_others_is_refused(catalogue, tmp_path, conformance):
    """A cycle in a file is reported in a sentence too."""
    program, _ = conformance["eu-428-2009"]
    first, *rest = program["rules"]
    circle = [first | {"lifts": [0]}, *rest]

    assert "is damaged" in refused(catalogue, tmp_path, program | {"rules": circle})


def test_law_that_is_not_in_force_on_the_day_says_so(catalogue, tmp_path):
    """The program to an evaluator, and the ruleset that is loaded from it in each verdict."""
    early = rulesets_as_data([catalogue.ruleset("eu-2021-821")], dt.date(2020, 1, 1))
    (force,) = early["conditions"]["force"]
    loaded = loaded_from(catalogue, tmp_path, early)

    assert early["nodes"][force] == {"kind": "constant", "truth": False}
    assert assess(catalogue.scenarios()[0], loaded).result == "not in force"


DAYS: tuple[AsOf, ...] = (None, "scenario", dt.date(2012, 5, 1), dt.date(2026, 11, 1))


def verdicts_of(cases, ruleset):
    """What is recorded of verdicts on several days of the law, but for what all facts at hand add."""
    for day in DAYS:
        for case in cases:
            yield {**record(assess(case, ruleset, as_of=day)), "presumed": None, "inferred": None}


@pytest.mark.parametrize(
    "regime",
    [
        "amnesty",
        pytest.param("eu-428-2009", marks=pytest.mark.thorough),
        pytest.param("eu-law", marks=pytest.mark.thorough),
        pytest.param("un-2019", marks=pytest.mark.thorough),
    ],
)
def test_a_ruleset_of_every_day_is_loaded_whole(catalogue, tmp_path, regime):
    """With what it is based on, its periods and its tables: on any day all that is recorded is the same."""
    ruleset, cases = catalogue.ruleset(regime), catalogue.scenarios()[::9]
    loaded = loaded_from(catalogue, tmp_path, rulesets_as_data([ruleset]))

    assert list(verdicts_of(cases, loaded)) == list(verdicts_of(cases, ruleset))
    assert list(tables_of(loaded)) != []
    assert [table.name for table in tables_of(loaded)] == [table.name for table in tables_of(ruleset)]


# the page ----------------------------------------------------------------------------------------


def test_the_page_carries_the_very_file(catalogue, tmp_path):
    """What is packed in it for its regimes is what the command writes, and can be loaded from there."""
    rulesets = list(catalogue.rulesets.values())
    page = page_html(catalogue.scenarios()[:1], rulesets, catalogue.vocabulary)
    packed = page.partition('id="data">')[2].partition("<")[0]
    program = json.loads(zlib.decompress(base64.b64decode(packed)))["program"]
    file = tmp_path / "page.json"
    file.write_text(json.dumps(program), encoding="utf-8")
    loaded = Catalogue.installed().with_file(file)

    assert program == exported(*catalogue.rulesets)
    assert [loaded.ruleset(ruleset.id) is not ruleset for ruleset in rulesets] == [True] * len(rulesets)
    for ruleset in rulesets:
        assert repr(loaded.ruleset(ruleset.id)) == repr(ruleset)
