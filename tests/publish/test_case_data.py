"""The documented cases as a data package."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.support.needed import needed
from tests.support.shipped import CASES

from regcompare.cli import main
from regcompare.comparison.receipts import facts_hash
from regcompare.scenario.leaning import leaning_sentence
from regcompare.scenario.provenance import RECORD_GROUPS
from regcompare.scenario.scenario import cases_of_kinds
from regcompare_publish.case_data import (
    DATA_LICENCE,
    case_files,
    dataset_citation,
    dataset_markup,
)

FILES = case_files(CASES)
PACKAGE = json.loads(FILES["datapackage.json"])
DOCUMENTED = [case for case in CASES if case.is_documented]


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one table."""
    return list(csv.DictReader(io.StringIO(FILES[f"{name}.csv"])))


@pytest.mark.parametrize("resource", PACKAGE["resources"], ids=lambda resource: resource["name"])
def test_a_table_has_the_fields_that_the_package_declares(resource: dict) -> None:
    """Names and order agree, days are days, and every row belongs to a case."""
    fields = resource["schema"]["fields"]
    cases = {row["case"] for row in rows("cases")}

    table = rows(resource["name"])
    assert list(table[0]) == [field["name"] for field in fields]
    assert {row["case"] for row in table} <= cases
    for field in fields:
        if field["type"] == "date":
            assert all(row[field["name"]] == "" or len(row[field["name"]]) == 10 for row in table)


def test_every_documented_case_is_a_row_with_its_group_and_hash() -> None:
    """The cases of the package are those that are counted, and their hashes those of citations."""
    table = {row["case"]: row for row in rows("cases")}

    assert list(table) == [case.id for case in DOCUMENTED]
    assert {row["record_group"] for row in table.values()} <= set(RECORD_GROUPS)
    assert all(table[case.id]["facts_sha256"] == facts_hash(case) for case in DOCUMENTED)


def test_every_stated_fact_leads_to_its_sources_or_its_reason() -> None:
    """What a fact names as a source is in the table of sources of its case."""
    sources = {(row["case"], row["source"]) for row in rows("sources")}
    for row in rows("facts"):
        named = [(row["case"], name) for name in row["sources"].split()]
        assert set(named) <= sources, row
        if row["origin"] != "presumed" and row["answer"] != "unknown":
            assert named or row["classified"], row


def test_a_case_is_answered_without_a_join() -> None:
    """Who, from where, to where, what, when, which entry, and what was decided are in one row."""
    (row,) = (row for row in rows("cases") if row["case"] == "axis-tiananmen-2009")

    asked = ("exporter", "exporter_country", "destination_country", "technology", "annex_i_entry")
    assert [row[name] for name in asked] == [
        "Axis Communications", "SE", "CN", "video_surveillance", "none",
    ]  # fmt: skip
    assert [row[f"date{name}"] for name in ("", "_from", "_to", "_precision", "_means")] == [
        "", "2009-01-01", "2009-12-31", "year", "delivery",
    ]  # fmt: skip
    assert (row["decision"], row["record_kind"]) == ("unknown", "delivered")


@pytest.mark.parametrize(
    ("table", "attribute"),
    [
        ("disputes", "disputed"), ("replies", "replies"), ("owners", "owners"),
        ("reports", "reports"), ("sources", "sources"), ("changes", "changes"),
    ],
)  # fmt: skip
def test_every_entry_of_a_list_is_a_row(table: str, attribute: str) -> None:
    """No dispute, reply, owner, report, source or change is left out of the package."""
    counted = Counter(row["case"] for row in rows(table))

    assert counted == Counter(
        {case.id: number for case in DOCUMENTED if (number := len(getattr(case, attribute)))}
    )


@pytest.mark.parametrize("resource", PACKAGE["resources"], ids=lambda resource: resource["name"])
def test_every_field_is_described_and_named_once(resource: dict) -> None:
    """A title and a sentence for each column; words are unique; keys are columns that tell rows apart."""
    schema = resource["schema"]
    names = [field["name"] for field in schema["fields"]]
    keys = [tuple(row[name] for name in schema["primaryKey"]) for row in rows(resource["name"])]

    assert len(set(names)) == len(names)
    assert all(field["title"] and field["description"].endswith(".") for field in schema["fields"])
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("resource", PACKAGE["resources"], ids=lambda resource: resource["name"])
def test_every_word_of_a_column_is_declared(resource: dict) -> None:
    """A column with words has no other; one that is required is never blank."""
    for field in resource["schema"]["fields"]:
        values = {row[field["name"]] for row in rows(resource["name"])}
        constraints = field.get("constraints", {})
        assert values <= {"", *constraints.get("enum", values)}, field["name"]
        assert not (constraints.get("required") and "" in values), field["name"]


def test_the_package_is_valid_by_another_hand(tmp_path: Path) -> None:
    """Frictionless finds no mistake in descriptors, types, words and keys."""
    frictionless = needed("frictionless")
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")

    report = frictionless.Package(str(tmp_path / "datapackage.json")).validate()

    assert report.flatten(["title", "rowNumber", "fieldName", "note"]) == []
    assert report.valid


def test_licence_and_citation_are_those_of_the_folder() -> None:
    """What is published says the same as the repository; the code keeps its own licence."""
    folder = Path(__file__).parents[2] / "scenarios"

    assert FILES["LICENSE.md"] == DATA_LICENCE == (folder / "LICENSE.md").read_text("utf-8")
    assert dataset_citation() == (folder / "CITATION.cff").read_text("utf-8")
    assert "type: dataset" in FILES["CITATION.cff"]
    assert PACKAGE["licenses"][0]["name"] == "CC-BY-4.0"


def test_the_package_says_how_it_leans() -> None:
    """Years, exporters, technologies, kinds and what is known of decisions are counted beside the data."""
    assert leaning_sentence(DOCUMENTED) in PACKAGE["description"]


def test_names_and_disputes_are_facts_of_the_package() -> None:
    """Who took part, and who contradicts, stand at the fact."""
    facts = {(row["case"], row["fact"]): row for row in rows("facts")}

    assert facts["hackingteam-sudan-2012", "exporter.name"]["answer"] == "Hacking Team"
    disputed = facts["intellexa-sudan-2022", "end_user.name"]
    assert disputed["disputed"].startswith("the Rapid Support Forces: ")
    assert disputed["disputed_in"] == "ultrasudan-2022 sudantribune-2022"


def test_the_command_writes_the_files(tmp_path: Path) -> None:
    """And does not overwrite them unasked."""
    words = ["cases", "-o", str(tmp_path / "data")]
    first, second = (CliRunner().invoke(main, words) for _ in range(2))

    assert first.exit_code == 0
    assert second.exit_code == 2
    written = {file.name: file.read_text(encoding="utf-8") for file in (tmp_path / "data").iterdir()}
    assert written.keys() == FILES.keys()


def test_without_a_folder_the_command_lists_the_ids() -> None:
    """Whoever has no id yet finds it, with the title of its case."""
    printed = CliRunner().invoke(main, ["cases"]).stdout.splitlines()

    rows = [line for line in printed[2:] if line[0] != " "]  # A long title goes on below.
    assert [row.split()[0] for row in rows] == [case.id for case in cases_of_kinds(CASES)]


def test_the_markup_is_a_dataset_with_its_licence() -> None:
    """Search engines read what the package is and where its files are."""
    data = json.loads(dataset_markup("https://example.org/data/"))

    assert (data["@type"], data["license"]) == ("Dataset", PACKAGE["licenses"][0]["path"])
    assert data["distribution"][0]["contentUrl"] == "https://example.org/data/cases.csv"
