"""The JSON Schema of scenario files."""

import json
import subprocess
import sys
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]
import pytest
from click.testing import CliRunner
from tests.support.case_files import case_file
from tests.support.offenders import of_each
from tests.support.recording import RECORD

from regcompare.cli import main
from regcompare.facts import YesNo, section
from regcompare.scenario.files._tree import Problems, data_of
from regcompare.scenario.scenario import Scenario
from regcompare.vocabulary import CORE, Item
from regcompare_publish.schema import schema

ROOT = Path(__file__).parents[2]
SCENARIOS = sorted((ROOT / "scenarios").glob("*.yaml"))
PLUGIN_SECTIONS = ("eu", "home_use", "amnesty", "un")

pytestmark = pytest.mark.usefixtures("alone")


@section("toyland", "Toyland")
class Toyland:
    """Facts that a plugin brings."""

    is_toy: YesNo = YesNo("Is it a toy?", help="As children see it.")


@pytest.fixture(scope="module")
def validator():
    """Checks against the schema of the core facts."""
    return jsonschema.Draft202012Validator(schema())


def as_plain(text):
    """YAML as plain values, every scalar a text."""
    return data_of(text, "yaml", "case", Problems())


def without_plugins(scenario):
    """The scenario without the sections of plugins."""
    presumed = scenario.get("presumed", {})
    for name in PLUGIN_SECTIONS:
        scenario.pop(name, None)
        presumed.pop(name, None)
    scenario["disputed"] = [
        entry
        for entry in scenario.get("disputed", [])
        if entry["fact"].partition(".")[0] not in PLUGIN_SECTIONS
    ]
    return scenario


def test_the_committed_schema_is_the_generated_one():
    """``docs/scenario.schema.json`` is what ``regcompare facts --schema`` prints, plugins' facts included."""
    page = ROOT / "docs" / "scenario.schema.json"
    printed = CliRunner().invoke(main, ["facts", "--schema"], catch_exceptions=False).stdout
    if RECORD:
        page.write_text(printed, encoding="utf-8")

    assert page.read_text(encoding="utf-8") == printed


@pytest.mark.thorough
def test_the_schema_is_the_same_without_docstrings():
    """``python -OO``, which drops docstrings and assertions, prints the same schema."""
    command = [sys.executable, "-OO", "-m", "regcompare", "facts", "--schema"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8")

    assert printed.stdout == (ROOT / "docs" / "scenario.schema.json").read_text(encoding="utf-8")


def test_the_schema_is_a_valid_schema():
    """The schema keeps to the 2020-12 draft, also with the facts of a plugin."""
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.Draft202012Validator.check_schema(schema(CORE.with_sections(Toyland)))


def test_every_fact_brings_its_question_and_the_labels_of_its_answers():
    """An editor can show what a section, a fact and an answer mean."""
    definitions = schema(CORE.with_sections(Toyland))["$defs"]

    assert definitions["section_toyland"] == {
        "title": "Toyland",
        "type": "object",
        "properties": {
            "is_toy": {
                "title": "toyland.is_toy",
                "description": "Is it a toy? As children see it.",
                "enum": ["yes", "no", "unknown", True, False],
            }
        },
        "additionalProperties": False,
    }
    form, several = definitions["section_item"]["properties"]["form"]["anyOf"]
    assert {"const": "goods", "title": "goods"} in form["oneOf"]
    assert "goods" in several["properties"]["one_of"]["items"]["enum"]


def test_countries_are_listed_once():
    """Facts about countries share one list."""
    text = json.dumps(schema())

    assert text.count('"AF"') == 1
    assert text.count('"$ref": "#/$defs/country"') == sum(
        fact.kind == "country" for fact in CORE.facts()
    )


@of_each("path", SCENARIOS, ids=lambda path: path.stem)
def test_every_scenario_of_the_repository_meets_the_schema(validator, path):
    """Apart from the sections of plugins, each file is what the schema describes."""
    found = as_plain(path.read_text(encoding="utf-8"))
    scenarios = found if isinstance(found, list) else [found]

    validator.validate([without_plugins(scenario) for scenario in scenarios])


@pytest.mark.parametrize(
    "text",
    [
        "id: a\n",
        "[{id: a}, {id: b}]\n",
        "id: a\ndate: {from: 2015, to: 2016-02}\ndate_means: contract\n",
        "id: a\ndate: unknown\nsources: [A book, {title: Another, date: 2015-01}]\n",
        "id: a\npresumed: {end_user: {country: NO}}\nitem: {annex_i_entry: [5A002/5A001.j]}\n",
        "id: a\nend_use: {concerns: {known: [wmd], open: [terrorism]}}\n",
        "id: a\nexpect: {a: refusal, b: no_control..refusal, c: {within: refusal, rules: [x]}}\n",
        "id: a\nexpect: {a: [{in_force: no}, {in_scope: unknown, as_of: scenario}]}\n",
    ],
)
def test_good_files_meet_the_schema(validator, text):
    """Every shape that the reader takes is in the schema."""
    assert validator.is_valid(as_plain(text))


@of_each(
    "text",
    [
        "[]\n",
        "title: No id\n",
        "id: An Id\n",
        "id: a\ntitel: x\n",
        "id: a\ndate: 2015-6\n",
        "id: a\ndate: {from: 2015}\n",
        "id: a\nitem: {technology: face_recognition}\n",
        "id: a\nitem: {covert: maybe}\n",
        "id: a\nitem: {country: DE}\n",
        "id: a\nexporter: {country: Germany}\n",
        "id: a\nend_use: {concerns: wmd}\n",
        "id: a\nend_use: {concerns: [wmd, wmd]}\n",
        "id: a\nend_use: {concerns: {known: [wmd], opn: []}}\n",
        "id: a\nitem: {annex_i_entry: [5a001]}\n",
        "id: a\npresumed: {title: x}\n",
        "id: a\nsources: [{date: 2015}]\n",
        "id: a\nsources: [{title: x, url: 'javascript:x'}]\n",
        "id: a\nrecord: {decision: denied}\n",
        "id: a\ndisputed: [{fact: item.covrt, note: x}]\n",
        "id: a\nexpect: {a: no_contol}\n",
        "id: a\nexpect: {a: {outcome: refusal, within: refusal}}\n",
        "id: a\nexpect: {a: {outcome: refusal, in_force: no}}\n",
        "id: a\nexpect: {a: {as_of: scenario}}\n",
        "id: a\nexpect: {a: []}\n",
    ],
)
def test_broken_files_do_not_meet_the_schema(validator, text):
    """Misspelt keys, wrong answers and wrong shapes are found by the schema as well."""
    assert not validator.is_valid(as_plain(text))


def test_booleans_that_an_editor_reads_are_taken(validator):
    """Where an editor reads yes as true, the schema takes true."""
    assert validator.is_valid({"id": "a", "item": {"covert": True, "dual_use": False}})


def test_written_json_meets_the_schema(validator):
    """What a case states in JSON is what the schema describes."""
    scenario = Scenario(id="a", title="x", item=Item(form="goods", covert=True))

    validator.validate(json.loads(case_file(scenario, "json")))
