"""Every mistake in one place of a ruleset is noticed, proved to change nothing, or listed as open.

``near_misses.csv`` records what a ruleset gives for cases that depart from a shipped one in a fact.  It
guards against a change that nobody meant; that the answer is right in law is said by the cases with an
``expect`` block, not by it.  ``surviving_mutants.csv`` lists what no case tells apart yet.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import attrs
import pytest
from tests.mutant_hunt import Claim, Hunt, declared, expected, never_told_apart
from tests.mutants import Mutant, mutants_of
from tests.shipped import CASES, CATALOGUE

from regcompare import Outcome, Ruleset, Scenario, assess
from regcompare.facts import facts_of
from regcompare.scenario.expectation import Expectation

FOLDER = Path(__file__).parent
# A ruleset comes after those whose text it takes over; what it takes over is mutated there.
RULESETS = (
    "eu-428-2009",
    "eu-2021-821",
    "eu-sanctions",
    "com-2016-616",
    "ep-2018",
    "amnesty",
    "amnesty-moratorium",
    "amnesty-seed",
    "un-2019",
    "eu-home",
    "torture-goods",
)
Place = tuple[str, str]
"""Where and what a mutant is."""


def rows_of(name: str, ruleset: str) -> list[dict[str, str]]:
    """The lines about a ruleset of a data file beside this one."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["ruleset"] == ruleset]


@cache
def cases_of(ruleset_id: str) -> Mapping[str, Scenario]:
    """The cases of a ruleset by id."""
    files = CATALOGUE.ruleset(ruleset_id).cases
    return {case.id: case for file in files for case in CATALOGUE.read_file(file)}


@cache
def all_cases() -> list[Scenario]:
    """Every case that ships: those of rulesets, of the classroom, and the documented ones."""
    own = [case for ruleset_id in RULESETS for case in cases_of(ruleset_id).values()]
    files = sorted((FOLDER.parent / "scenarios" / "teaching").glob("*.yaml"))
    taught = [case for file in files for case in CATALOGUE.read_file(file)]
    return [*own, *taught, *CASES]


# variations of cases ------------------------------------------------------------------------------


def varied(case: Scenario, changes: str, ruleset: Ruleset) -> Scenario:
    """The case with facts, powers or its date changed, as a line of the table names them."""
    for change in filter(None, changes.split("; ")):
        case = _with_change(case, change, ruleset)
    return case


def _law_day(changes: str) -> tuple[dt.date | None, str]:
    """The day of the law, where a line names one as ``as_of``, and the other changes."""
    key, _, text = changes.partition("=")
    return (dt.date.fromisoformat(text), "") if key == "as_of" else (None, changes)


def _with_change(case: Scenario, change: str, ruleset: Ruleset) -> Scenario:
    key, _, text = change.partition("=")
    if key == "date":
        return attrs.evolve(case, date=dt.date.fromisoformat(text))
    if key.startswith("discretion."):
        used = {key.partition(".")[2]: text == "yes"}
        return attrs.evolve(case, discretion={**case.discretion, **used})
    section, name, answer = _answer(key, text, ruleset)
    return case.with_facts(section(**{name: answer}))


def _answer(key: str, text: str, ruleset: Ruleset) -> tuple[type, str, Any]:
    for section in ruleset.vocabulary.sections:
        for name, fact in facts_of(section).items():
            if fact.key == key and fact.is_set:
                return section, name, [] if text == "none" else text.split("|")
            if fact.key == key:
                return section, name, fact.read(text)
    raise KeyError(key)


def variations(ruleset: Ruleset) -> Iterator[Claim]:
    """What the table of near misses says of variations of a ruleset's cases."""
    known = cases_of(ruleset.id)
    for row in rows_of("near_misses.csv", ruleset.id):
        day, changes = _law_day(row["changes"])
        case = varied(known[row["case"]], changes, ruleset)
        readings = dict(pair.split("=") for pair in row["readings"].split())
        verdict = assess(case, ruleset, as_of=day, readings=readings)
        if row["holds"] in ("yes", "no"):
            yield Claim(verdict, rule=ruleset.rule(row["rule"]), holds=row["holds"] == "yes")
        else:
            end = Outcome.read(row["holds"])
            yield Claim(verdict, expectation=Expectation(ruleset=ruleset.id, low=end, high=end))


# the hunt -----------------------------------------------------------------------------------------


@attrs.frozen
class Hunted:
    """What became of the mutants of a ruleset."""

    hunt: Hunt
    mutants: tuple[Mutant, ...]
    left: Mapping[Place, Mutant]
    same: frozenset[Place]


@cache
def texts() -> Mapping[str, tuple[Mutant, ...]]:
    """The mutants of each ruleset's own text."""
    elsewhere: set[int] = set()
    return {name: tuple(mutants_of(CATALOGUE.ruleset(name), elsewhere)) for name in RULESETS}


@cache
def hunt_of(ruleset_id: str) -> Hunt:
    """What the cases, and the table of near misses, say of a ruleset."""
    ruleset = CATALOGUE.ruleset(ruleset_id)
    claims = [
        *declared(ruleset, cases_of(ruleset_id)),
        *variations(ruleset),
        *expected(ruleset, all_cases()),
    ]
    return Hunt(ruleset, claims)


@cache
def hunted(ruleset_id: str) -> Hunted:
    """The mutants that no case notices, those proved to change nothing set aside."""
    hunt = hunt_of(ruleset_id)
    survivors = [mutant for mutant in texts()[ruleset_id] if hunt.killer(mutant) is None]
    told = explained(ruleset_id)
    unexplained = [mutant for mutant in survivors if (mutant.where, mutant.what) not in told]
    same = {(item.where, item.what) for item in never_told_apart(hunt, unexplained)}
    left = {(mutant.where, mutant.what): mutant for mutant in survivors}
    return Hunted(hunt, texts()[ruleset_id], left, frozenset(same))


def explained(ruleset_id: str) -> dict[Place, str]:
    """The mutants that are explained, with the reasons."""
    rows = rows_of("surviving_mutants.csv", ruleset_id)
    return {(row["rule"], row["mutant"]): row["reason"] for row in rows}


EVERY_RULESET = pytest.mark.parametrize("ruleset_id", RULESETS)


@EVERY_RULESET
def test_every_case_says_what_is_so(ruleset_id: str) -> None:
    """The cases, and the table of near misses, say what the ruleset as it is comes to."""
    assert hunt_of(ruleset_id).unmet() == []


@EVERY_RULESET
def test_names_of_mutants_differ(ruleset_id: str) -> None:
    """Each mutant has a name of its own, so that an explanation speaks of one."""
    names = [(mutant.where, mutant.what) for mutant in texts()[ruleset_id]]

    assert len(set(names)) == len(names) > 0


@pytest.mark.thorough
@EVERY_RULESET
def test_every_survivor_is_listed(ruleset_id: str) -> None:
    """A mutant that no case notices changes nothing in any possible case, or is listed."""
    outcome = hunted(ruleset_id)
    left = [
        " | ".join(place) for place in outcome.left.keys() - outcome.same - explained(ruleset_id).keys()
    ]

    assert sorted(left) == [], "Add a line to near_misses.csv, or a reason to surviving_mutants.csv."


@pytest.mark.thorough
@EVERY_RULESET
def test_every_listed_survivor_survives(ruleset_id: str) -> None:
    """A mutant that is listed exists and survives, and the reason is a sentence."""
    told = explained(ruleset_id)
    stale = [" | ".join(place) for place in told.keys() - hunted(ruleset_id).left]

    assert sorted(stale) == [], "Take these lines out of surviving_mutants.csv."
    assert all(reason.endswith(".") for reason in told.values())


@EVERY_RULESET
def test_no_near_miss_stands_twice(ruleset_id: str) -> None:
    """No line of the table of near misses stands twice."""
    rows = [tuple(row.values()) for row in rows_of("near_misses.csv", ruleset_id)]

    assert len(set(rows)) == len(rows)
