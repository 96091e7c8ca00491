"""The invented cases for the classroom: each file makes one point, by cases that hardly differ."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import attrs
from tests.support.offenders import of_each
from tests.support.shipped import CASES as DOCUMENTED
from tests.support.shipped import CATALOGUE

from regcompare import Scenario, assess
from regcompare.scenario.expectation import Expectation
from regcompare_testing.expectations import check, expectation_text

FOLDER = Path(__file__).parents[2] / "scenarios" / "teaching"
FILES = {file.stem: CATALOGUE.read(file) for file in sorted(FOLDER.iterdir()) if file.suffix == ".yaml"}
CASES = [case for cases in FILES.values() for case in cases]
MOST_DIFFERENCES = 3
"""In how many stated facts a case may differ from the first of its file."""

EVERY_FILE = of_each("name", FILES)
EVERY_CASE = of_each("case", CASES, ids=lambda case: case.id)
EVERY_EXPECTATION = of_each(
    "case, expected", [(case, expected) for case in CASES for expected in case.expect]
)


def point(case: Scenario) -> str:
    """The first sentence of a summary."""
    return re.split(r"(?<=\.) ", case.summary.strip(), maxsplit=1)[0]


def stated(case: Scenario) -> dict[str, Any]:
    """What a case states, with its date, what it presumes and the powers that were used."""
    answers = {**case.facts} | {f"presumed {key}": answer for key, answer in case.presumed.items()}
    powers = {f"discretion {name}": used for name, used in case.discretion.items()}
    return {"date": case.date} | answers | powers


def test_eleven_files_stand_in_the_table_with_their_points() -> None:
    """The table of the folder names each file with the first sentence of its first case."""
    page = (FOLDER / "README.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([\w-]+)\.yaml` \| ([^|]+?) \| [^|]+\? \|$", page, re.MULTILINE))

    assert len(FILES) == 11
    assert rows == {name: point(cases[0]) for name, cases in FILES.items()}


@EVERY_EXPECTATION
def test_expectation(case: Scenario, expected: Expectation) -> None:
    """A case comes to what it says, under every ruleset that it names."""
    (result,) = check(attrs.evolve(case, expect=(expected,)), CATALOGUE.rulesets)

    assert result.is_met, f"{expectation_text(expected)}: {result.problem}"


@EVERY_EXPECTATION
def test_result_is_settled(case: Scenario, expected: Expectation) -> None:
    """A case states all that its result hangs on, and its expectation is no span."""
    verdict = assess(case, CATALOGUE.ruleset(expected.ruleset), as_of=expected.as_of)

    assert expected.low is expected.high
    assert verdict.in_scope is not None
    assert verdict.span is None or verdict.span.is_settled


@EVERY_CASE
def test_case_is_clearly_invented(case: Scenario) -> None:
    """A case says in its title that it is invented, cites no source, and takes the rest as ordinary."""
    assert case.title.endswith(" (invented)")
    assert case.sources == ()
    assert case.presume == ("ordinary",)
    assert point(case).endswith(".")


@EVERY_CASE
def test_case_speaks_of_the_three_regimes(case: Scenario) -> None:
    """A case says what each of the three regimes gives."""
    assert {"eu-428-2009", "eu-2021-821", "amnesty"} <= {expected.ruleset for expected in case.expect}


@EVERY_FILE
def test_cases_of_a_file_hardly_differ(name: str) -> None:
    """Twins and triplets differ from the first in one to three stated facts, each in its own way."""
    first, *others = map(stated, FILES[name])
    differing = [[key for key in first | other if first.get(key) != other.get(key)] for other in others]

    assert 1 <= len(others) <= 2
    assert all(1 <= len(keys) <= MOST_DIFFERENCES for keys in differing), differing
    assert len({str(sorted(map(str, other.items()))) for other in others}) == len(others)


@EVERY_FILE
def test_the_difference_shows(name: str) -> None:
    """The cases of a file do not all come to the same."""
    results = {
        tuple((expected.ruleset, str(expected.low), expected.in_scope) for expected in case.expect)
        for case in FILES[name]
    }

    assert len(results) > 1


def test_ids_are_unique_and_tell_their_file() -> None:
    """No id stands twice among documented and invented cases; an invented one begins with its file."""
    counted = Counter(case.id for case in (*DOCUMENTED, *CASES))

    assert [name for name, times in counted.items() if times > 1] == []
    assert all(case.id.startswith(f"{name}-") for name, cases in FILES.items() for case in cases)


def test_invented_cases_stay_out_of_the_documented_ones() -> None:
    """A comparison without files shows documented cases only."""
    assert not {case.id for case in DOCUMENTED} & {case.id for case in CASES}
