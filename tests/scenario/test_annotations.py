"""Facts that anyone adds to a documented case: merged with their origin, and never silently."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import attrs
import jsonschema  # type: ignore[import-untyped]
import pytest
import yaml
from click.testing import CliRunner
from tests.support.shipped import CASES, CATALOGUE

import regcompare as rc
from regcompare import FileError
from regcompare.cli import main
from regcompare.scenario.files import read_entries, read_scenarios
from regcompare_publish.schema import schema

CASE: dict[str, Any] = {
    "id": "sale",
    "date": "2021-10-01",
    "sources": [{"title": "First"}],
    "item": {"covert": "yes", "dual_use": "unknown"},
    "transaction": {"kind": "export"},
    "exporter": {"country": "DE"},
    "destination": {"country": "ET"},
}
NOTE: dict[str, Any] = {
    "for": "sale",
    "owner": "A reader",
    "sources": [{"title": "Second", "date": "2022"}],
    "item": {"dual_use": "yes", "auditable": "no"},
}


def write_files(folder: Path, **files: Any) -> list[Path]:
    """Files with this content, by name."""
    paths = []
    for name, content in files.items():
        paths.append(folder / f"{name}.yaml")
        paths[-1].write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
    return paths


def messages_of(*paths: Path) -> list[str]:
    """The problems of files that are read together, without their folder."""
    with pytest.raises(FileError) as caught:
        CATALOGUE.read(*paths)
    return [str(problem).replace(f"{paths[0].parent}/", "") for problem in caught.value.problems]


def test_facts_are_merged_with_their_sources(tmp_path: Path) -> None:
    """The case has what it states and what is added, an unknown that was answered among it."""
    (case,) = CATALOGUE.read(*write_files(tmp_path, case=CASE, note=NOTE))

    assert (case.item.covert, case.item.dual_use, case.item.auditable) == (True, True, False)
    assert [source.title for source in case.sources] == ["First", "Second"]
    (annotation,) = case.annotations
    assert (annotation.owner, annotation.facts) == ("A reader", ("item.dual_use", "item.auditable"))
    assert annotation.added.place_of("item.auditable") == (str(tmp_path / "note.yaml"), 8, 14)


def test_one_file_may_hold_a_case_and_what_is_added_to_it(tmp_path: Path) -> None:
    """A list may mix cases and annotations."""
    (path,) = write_files(tmp_path, both=[NOTE, CASE])

    (case,) = read_scenarios(path)
    assert case.item.auditable is False
    assert [type(entry).__name__ for entry in read_entries(path)] == ["Annotation", "Scenario"]


def test_the_same_answer_twice_is_no_contradiction(tmp_path: Path) -> None:
    """What both state alike is stated once."""
    note = NOTE | {"item": {"covert": "yes"}}

    (case,) = CATALOGUE.read(*write_files(tmp_path, case=CASE, note=note))

    assert case.item.covert is True


def test_different_answers_are_an_error_that_names_both_places(tmp_path: Path) -> None:
    """Neither of the two is taken."""
    note = NOTE | {"item": {"covert": "no"}}

    (told,) = messages_of(*write_files(tmp_path, case=CASE, note=note))

    assert told == (
        "note.yaml:7:11: RC231 item.covert of sale is no here, and yes in case.yaml:6:11. Expected one "
        "answer; correct one of the two, or leave it out of the annotation."
    )


def test_two_annotations_must_agree_as_well(tmp_path: Path) -> None:
    """The second is set against the first, and both places are named."""
    other = NOTE | {"owner": "Another", "item": {"auditable": "yes"}}

    (told,) = messages_of(*write_files(tmp_path, case=CASE, first=NOTE, second=other))

    assert (
        "second.yaml:7:14: RC231 item.auditable of sale is yes here, and no in first.yaml:8:14" in told
    )


def test_what_is_presumed_must_agree_as_well(tmp_path: Path) -> None:
    """A presumption differs from another presumption, and gives way to what is stated."""
    case = CASE | {"presumed": {"item": {"limitable": "yes"}}}
    note = NOTE | {"presumed": {"item": {"limitable": "no", "public_domain": "no"}}}

    (told,) = messages_of(*write_files(tmp_path, case=case, note=note))

    assert "RC231 presumed.item.limitable of sale is no here, and yes in case.yaml:" in told


def test_a_set_is_one_answer(tmp_path: Path) -> None:
    """A set that is left open in the case is no unknown that an annotation may close."""
    case = CASE | {"end_use": {"concerns": {"known": [], "open": ["wmd"]}}}
    note = NOTE | {"end_use": {"concerns": {"known": ["wmd"], "open": []}}}

    (told,) = messages_of(*write_files(tmp_path, case=case, note=note))

    assert "RC231 end_use.concerns" in told


def test_a_case_that_does_not_exist_is_named_with_the_nearest(tmp_path: Path) -> None:
    """A misspelt id is never passed over."""
    (told,) = messages_of(*write_files(tmp_path, note=NOTE | {"for": "morpho-shangai-2015"}))

    assert told == (
        "note.yaml:1:1: RC232 There is no case 'morpho-shangai-2015' to add facts to. Expected the id of "
        "a case of the same files or of the catalogue. Did you mean 'morpho-shanghai-2015'?"
    )


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("owner", "RC205 The annotation does not say who adds these facts."),
        ("sources", "RC205 The annotation does not say where they come from."),
    ],
)
def test_owner_and_sources_are_asked_for(tmp_path: Path, key: str, message: str) -> None:
    """Nobody adds facts without a name and a source."""
    note = {name: value for name, value in NOTE.items() if name != key}

    assert message in messages_of(*write_files(tmp_path, case=CASE, note=note))[0]


def test_a_misspelt_key_is_named_with_the_nearest(tmp_path: Path) -> None:
    """An annotation takes fewer keys than a case."""
    (told,) = messages_of(*write_files(tmp_path, case=CASE, note=NOTE | {"owners": "A reader"}))

    assert "RC201 There is no key 'owners' here." in told
    assert "Did you mean 'owner'?" in told


def test_a_key_of_older_files_is_read_over(tmp_path: Path) -> None:
    """``needs`` named the plugin of a section; a file that has it is read as without it."""
    (merged,) = CATALOGUE.read(*write_files(tmp_path, case=CASE, note={**NOTE, "needs": {"eu": "x"}}))
    (expected,) = CATALOGUE.read(*write_files(tmp_path, case=CASE, note=NOTE))

    assert merged == expected


def test_two_cases_of_the_catalogue_with_one_id_are_refused(tmp_path: Path) -> None:
    """Ids are unique across the catalogue, and both places are named."""
    one, two = write_files(tmp_path, one=CASE, two=CASE)
    catalogue = attrs.evolve(CATALOGUE, paths=(*CATALOGUE.paths, one, two), cases={})

    with pytest.raises(FileError) as caught:
        catalogue.scenarios()

    assert str(caught.value) == (
        f"{two}:1:5: RC212 The id 'sale' exists already, in {one}:1:5. "
        "Expected a different id for each case."
    )


def test_the_catalogue_has_each_id_once() -> None:
    """What ships is found by its id."""
    ids = [case.id for case in CASES]

    assert len(ids) == len(set(ids)) > 70


def test_an_annotation_brings_its_documented_case_along(tmp_path: Path) -> None:
    """Named alone on the command line or in Python, it is the documented case with its facts."""
    (path,) = write_files(
        tmp_path, note=NOTE | {"for": "morpho-shanghai-2015", "item": {"covert": "no"}}
    )

    (case,) = rc.cases(str(path))

    assert (case.id, case.item.covert) == ("morpho-shanghai-2015", False)
    assert rc.cases("morpho-shanghai-2015")[0].item.covert is None


def test_a_case_and_its_annotation_are_one_case(tmp_path: Path) -> None:
    """Given beside its case, and beside another, an annotation makes no second row."""
    paths = write_files(
        tmp_path,
        one=NOTE | {"for": "morpho-shanghai-2015", "item": {"covert": "no"}},
        two=NOTE | {"for": "morpho-shanghai-2015", "item": {"auditable": "no"}},
    )

    (case,) = rc.cases(["morpho-shanghai-2015", *paths])

    assert (case.item.covert, case.item.auditable) == (False, False)
    assert len(rc.compare(["morpho-shanghai-2015", *map(str, paths)], "amnesty").rows) == 1


def test_explain_says_which_facts_come_from_where(tmp_path: Path) -> None:
    """Owner, sources and place stand with the added facts that the ruleset asks about."""
    paths = write_files(tmp_path, case=CASE, note=NOTE)
    done = CliRunner().invoke(main, ["explain", str(tmp_path), "-r", "eu-2021-821", "--format", "json"])

    (told,) = json.loads(done.stdout)
    assert told["added"] == [
        {
            "owner": "A reader",
            "place": f"{paths[1]}:1:1",
            "facts": [
                {
                    "fact": "item.dual_use",
                    "question": "Can the item be used for both civil and military purposes?",
                    "answer": "yes",
                    "origin": "stated",
                }
            ],
            "sources": ["Second, 2022"],
        }
    ]
    full = CliRunner().invoke(main, ["explain", str(tmp_path), "-r", "eu-2021-821", "--full"]).stdout
    assert "Added by A reader, from Second, 2022" in " ".join(full.split())
    assert "Added by A reader: item.dual_use." in rc.explain(CATALOGUE.read(*paths)[0], "eu-2021-821")


# sections of plugins that are not loaded --------------------------------------------------------


def test_an_unknown_section_is_a_mistake(tmp_path: Path) -> None:
    """A misspelt section is never kept by accident."""
    case = CASE | {"mars": {"dome": "yes"}}

    assert "RC201 There is no key 'mars' here." in messages_of(*write_files(tmp_path, case=case))[0]


# the schema ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "fits"),
    [
        (NOTE, True),
        ([CASE, NOTE], True),
        ({key: value for key, value in NOTE.items() if key != "owner"}, False),
        (NOTE | {"mars": {}}, False),
        (NOTE | {"title": "No title"}, False),
        (CASE | {"mars": {}}, False),
        (CASE | {"presumed": {"mars": {}}}, False),
    ],
)
def test_the_schema_knows_annotations(content: Any, fits: bool) -> None:
    """Editors take what the loader takes, and mark a section that no plugin has."""
    validator = jsonschema.Draft202012Validator(schema(CATALOGUE.vocabulary))

    assert validator.is_valid(content) is fits
