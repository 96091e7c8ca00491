"""Every mistake in one place of a ruleset is caught by a case, proved to change nothing, or listed.

``near_misses.csv`` records the results of a ruleset for variations of shipped cases in one fact; rows of
tables of law that say as much in their columns have theirs from ``row_claims``.  The first guards against
unintended changes; that a result is right in law is for the cases with an ``expect`` block.  ``surviving_mutants.csv`` lists the mutants that no case catches yet.
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
from tests.support.case_files import case_file
from tests.support.shipped import CASES, CATALOGUE
from tests.whole.mutant_hunt import (
    Claim,
    Hunt,
    difference,
    equivalent_mutants,
    expectation_claims,
    named_case_claims,
)
from tests.whole.mutants import Mutant, mutants_of
from tests.whole.row_claims import row_claims

from regcompare import Outcome, Ruleset, Scenario, assess
from regcompare.facts import UNKNOWN, facts_of
from regcompare.logic.conditions import TRUE, partially_evaluate
from regcompare.scenario.expectation import Expectation
from regcompare_prove._states import State
from regcompare_prove.regimes import possible_cases, read_regime
from regcompare_prove.witness import smallest_witness

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
SHOWN = 5
"""How many mutants that nothing explains are shown with a case."""
HOLDS = {"yes": True, "no": False, "open": None}
"""Whether a rule holds, as a row of the table says it."""
MutantId = tuple[str, str]
"""The rule or term that a mutant changes, and the mistake."""


def rows_of(name: str, ruleset: str) -> list[dict[str, str]]:
    """The rows on a ruleset in a data file of this folder."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["ruleset"] == ruleset]


@cache
def cases_of(ruleset_id: str) -> Mapping[str, Scenario]:
    """The cases of a ruleset by id."""
    files = CATALOGUE.ruleset(ruleset_id).cases
    return {case.id: case for file in files for case in CATALOGUE.read(file)}


@cache
def all_cases() -> list[Scenario]:
    """Every case that ships: those of rulesets, the teaching cases, and the documented ones."""
    ruleset_cases = [case for ruleset_id in RULESETS for case in cases_of(ruleset_id).values()]
    files = sorted((FOLDER.parents[1] / "scenarios" / "teaching").glob("*.yaml"))
    teaching_cases = [case for file in files for case in CATALOGUE.read(file)]
    return [*ruleset_cases, *teaching_cases, *CASES]


# variations of cases ------------------------------------------------------------------------------


def varied(case: Scenario, changes: str, ruleset: Ruleset) -> Scenario:
    """The case with facts, powers or its date changed as a row of the table says."""
    for change in filter(None, changes.split("; ")):
        case = _with_change(case, change, ruleset)
    return case


def _law_day(changes: str) -> tuple[dt.date | None, str]:
    """The day of the law, where a row begins with ``as_of``, and the other changes."""
    if not changes.startswith("as_of="):
        return None, changes
    day, _, others = changes.removeprefix("as_of=").partition("; ")
    return dt.date.fromisoformat(day), others


def _with_change(case: Scenario, change: str, ruleset: Ruleset) -> Scenario:
    key, _, text = change.partition("=")
    if key == "date":
        return attrs.evolve(case, date=dt.date.fromisoformat(text))
    if key.startswith("discretion."):
        use = {key.partition(".")[2]: text == "yes"}
        return attrs.evolve(case, discretion={**case.discretion, **use})
    if key == "presume":
        return attrs.evolve(case, presume=(text,))
    if text == "unstated":
        return case.stating({key: None})
    section, name, answer = _answer(key, text, ruleset)
    return case.with_facts(section(**{name: answer}))


def _answer(key: str, text: str, ruleset: Ruleset) -> tuple[type, str, Any]:
    for section in ruleset.vocabulary.sections:
        for name, fact in facts_of(section).items():
            if fact.key == key and text == "unknown":
                return section, name, UNKNOWN
            if fact.key == key and fact.is_set:
                return section, name, [] if text == "none" else text.split("|")
            if fact.key == key:
                return section, name, fact.read(text)
    raise KeyError(key)


def variations(ruleset: Ruleset) -> Iterator[Claim]:
    """The claims of the table of near misses, and of rows, about variations of a ruleset's cases."""
    cases = cases_of(ruleset.id)
    columns = ("case", "changes", "readings", "rule", "holds")
    listed = [tuple(row[name] for name in columns) for row in rows_of("near_misses.csv", ruleset.id)]
    for case_id, varying, chosen, rule, holds in (*listed, *row_claims(ruleset.id)):
        day, changes = _law_day(varying)
        case = varied(cases[case_id], changes, ruleset)
        readings = dict(pair.split("=") for pair in chosen.split())
        verdict = assess(case, ruleset, as_of=day, readings=readings)
        if holds in HOLDS:
            yield Claim(verdict, rule=ruleset.rule(rule), holds=HOLDS[holds])
        else:
            end = Outcome.read(holds)
            yield Claim(verdict, expectation=Expectation(ruleset=ruleset.id, low=end, high=end))


# the hunt -----------------------------------------------------------------------------------------


@attrs.frozen
class HuntResult:
    """The mutants of a ruleset, those that survive, and those proved equivalent to it."""

    hunt: Hunt
    mutants: tuple[Mutant, ...]
    survivors: Mapping[MutantId, Mutant]
    equivalent: frozenset[MutantId]


@cache
def all_mutants() -> Mapping[str, tuple[Mutant, ...]]:
    """The mutants of each ruleset's own text."""
    seen: set[int] = set()
    return {name: tuple(mutants_of(CATALOGUE.ruleset(name), seen)) for name in RULESETS}


@cache
def hunt_of(ruleset_id: str) -> Hunt:
    """The hunt with all claims about a ruleset: of its cases, of others, and of the near misses."""
    ruleset = CATALOGUE.ruleset(ruleset_id)
    claims = [
        *named_case_claims(ruleset, cases_of(ruleset_id)),
        *variations(ruleset),
        *expectation_claims(ruleset, all_cases()),
    ]
    return Hunt(ruleset, claims)


@cache
def hunt_result(ruleset_id: str) -> HuntResult:
    """The result of the hunt, with equivalent mutants among the survivors that are not explained."""
    hunt = hunt_of(ruleset_id)
    survivors = [mutant for mutant in all_mutants()[ruleset_id] if hunt.killer(mutant) is None]
    by_id = {(mutant.rule_or_term, mutant.mistake): mutant for mutant in survivors}
    reasons = explained(ruleset_id)
    unexplained = [mutant for mutant_id, mutant in by_id.items() if mutant_id not in reasons]
    equivalent = {(item.rule_or_term, item.mistake) for item in equivalent_mutants(hunt, unexplained)}
    return HuntResult(hunt, all_mutants()[ruleset_id], by_id, frozenset(equivalent))


def catching_case(hunt: Hunt, mutant: Mutant) -> str:
    """The smallest case that catches the mutant, as a file, with the default readings if there is one."""
    for readings in (None, "open"):
        regime = read_regime(hunt.ruleset, readings=readings)
        assumed = {doubt.key: reading for doubt, reading in regime.assumed if reading}
        condition = partially_evaluate(difference(State(regime, TRUE), mutant, hunt), assumed)
        cases = possible_cases([regime], (condition,))
        if witness := smallest_witness(cases, condition, "A case that catches it"):
            verdict = assess(witness.scenario, hunt.ruleset, readings=witness.readings)
            expected = Expectation(ruleset=hunt.ruleset.id, low=verdict.low, high=verdict.high)
            return case_file(attrs.evolve(witness.scenario, expect=(expected,) if verdict.span else ()))
    return "No case at the reference date."


def explained(ruleset_id: str) -> dict[MutantId, str]:
    """The mutants that are explained, with the reasons."""
    rows = rows_of("surviving_mutants.csv", ruleset_id)
    return {(row["rule"], row["mutant"]): row["reason"] for row in rows}


EVERY_RULESET = pytest.mark.parametrize("ruleset_id", RULESETS)


@pytest.mark.thorough
@EVERY_RULESET
def test_every_claim_is_met_by_the_ruleset(ruleset_id: str) -> None:
    """The claims of the cases, and of the table of near misses, are true of the ruleset itself."""
    assert hunt_of(ruleset_id).unmet() == []


@EVERY_RULESET
def test_names_of_mutants_differ(ruleset_id: str) -> None:
    """Each mutant has a unique name, so that an explanation is about one."""
    names = [(mutant.rule_or_term, mutant.mistake) for mutant in all_mutants()[ruleset_id]]

    assert len(set(names)) == len(names) > 0


@pytest.mark.thorough
@EVERY_RULESET
def test_every_survivor_is_listed(ruleset_id: str) -> None:
    """A mutant that no case catches changes nothing in any possible case, or is listed.

    The first others are shown with the smallest case that would catch them; a reader of the law has to
    confirm what it expects before it joins the others.
    """
    result = hunt_result(ruleset_id)
    unlisted = sorted(result.survivors.keys() - result.equivalent - explained(ruleset_id).keys())
    shown = [
        f"{' | '.join(mutant_id)}\n{catching_case(result.hunt, result.survivors[mutant_id])}"
        for mutant_id in unlisted[:SHOWN]
    ]

    assert unlisted == [], "\n".join(
        ["Add a line to near_misses.csv, or a reason to surviving_mutants.csv.", *shown]
    )


@pytest.mark.thorough
@EVERY_RULESET
def test_every_listed_survivor_survives(ruleset_id: str) -> None:
    """A mutant that is listed exists and survives, and the reason is a sentence."""
    hunt, reasons = hunt_of(ruleset_id), explained(ruleset_id)
    by_id = {(mutant.rule_or_term, mutant.mistake): mutant for mutant in all_mutants()[ruleset_id]}
    survive = {item for item in reasons.keys() & by_id.keys() if hunt.killer(by_id[item]) is None}
    stale = [" | ".join(item) for item in reasons.keys() - survive]

    assert sorted(stale) == [], "Remove these rows from surviving_mutants.csv."
    assert all(reason.endswith(".") for reason in reasons.values())


@EVERY_RULESET
def test_no_near_miss_occurs_twice(ruleset_id: str) -> None:
    """No row of the table of near misses occurs twice."""
    rows = [tuple(row.values()) for row in rows_of("near_misses.csv", ruleset_id)]

    assert len(set(rows)) == len(rows)
