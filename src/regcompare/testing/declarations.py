"""Checks of what a ruleset declares: registration, cases, citations, dated tables."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator

import attrs

from regcompare.comparison.expectations import check, expectation_text
from regcompare.comparison.named_cases import independent_differences
from regcompare.comparison.unshown import few, unlisted_citations, unshown_rules
from regcompare.facts import countries
from regcompare.ruleset.rules import NamedCase, Rule
from regcompare.vocabulary.dated import DatedTable, Row

from .subject import NotChecked, Subject

# registration --------------------------------------------------------------------------------------


def registers(subject: Subject) -> Iterator[str]:
    """The ruleset is loaded through the entry point of its distribution, without a problem."""
    ruleset, catalogue = subject.ruleset, subject.catalogue
    plugins = [plugin for plugin in catalogue.plugins if ruleset.id in plugin.rulesets]
    refusals = [item for item in catalogue.problems if repr(ruleset.id) in str(item)]
    problems = [*(item for plugin in plugins for item in plugin.problems), *refusals]
    yield from dict.fromkeys(map(str, problems))
    if problems:
        return
    if not plugins:
        raise NotChecked(
            f"No installed plugin offers {ruleset.id}. Type `python -m pip install -e .` in its folder; "
            "its pyproject.toml needs an entry point in the group 'regcompare'."
        )
    if catalogue.rulesets[ruleset.id] is not ruleset:
        yield (
            f"{plugins[0].name} offers another ruleset with the id {ruleset.id}; return from "
            "regcompare_rulesets() the ruleset that is checked itself."
        )


NEARNESS = 2
"""In how many facts a firing case and its near miss may differ."""

# firing cases and near misses ----------------------------------------------------------------------


def fires(subject: Subject) -> Iterator[str]:
    """Each rule names a case that triggers it, and holds there."""
    for kind, _, sentence in unshown_rules(subject.ruleset, subject.cases):
        if kind == "no-case":
            yield sentence


def misses(subject: Subject) -> Iterator[str]:
    """Each rule names a near miss: a case that differs little, in which it does not hold."""
    faults = unshown_rules(subject.ruleset, subject.cases)
    sentences = {rule: sentence for kind, rule, sentence in faults if kind == "no-near-miss"}
    yield from sentences.values()
    for rule in subject.ruleset.rules:
        if rule not in sentences:
            yield from _not_near(subject, rule)


def _not_near(subject: Subject, rule: Rule) -> Iterator[str]:
    named = subject.named[rule.id]
    fires, misses = NamedCase.read(named.fires), NamedCase.read(named.misses)
    hit, miss = subject.cases.get(fires.id), subject.cases.get(misses.id)
    if hit is None or miss is None:
        return
    differences = independent_differences(hit, miss, subject.ruleset.vocabulary)
    doubts = {**fires.readings, **misses.readings}
    differences += [
        f"reading {doubt}" for doubt in doubts if fires.readings.get(doubt) != misses.readings.get(doubt)
    ]
    differences += ["the day of the law"] * (fires.as_of != misses.as_of)
    if not 0 < len(differences) <= NEARNESS:
        what = f"{len(differences)} facts ({few(differences)})" if differences else "nothing"
        yield (
            f"Rule {rule.id} ({rule.cite}): the near miss {named.misses} differs from {named.fires} in "
            f"{what}; expected at most {NEARNESS}, so that it shows what the rule depends on."
        )


# what cases expect ---------------------------------------------------------------------------------


def cases(subject: Subject) -> Iterator[str]:
    """The files of cases can be read, and each case has the results that it expects."""
    cases = subject.cases
    yield from subject.problems
    if not subject.ruleset.cases and not subject.ruleset.rules:
        raise NotChecked(f"{subject.ruleset.id} has no rules of its own, and no cases.")
    for case in cases.values():
        for expected in case.expect:
            (result,) = check(attrs.evolve(case, expect=(expected,)), subject.rulesets)
            if not result.is_met:
                yield (
                    f"Case {case.id} under {expected.ruleset} ({expectation_text(expected)}): "
                    f"{result.problem}"
                )


# citations -----------------------------------------------------------------------------------------


def citations(subject: Subject) -> Iterator[str]:
    """Every provision and term has a citation, to a text that the ruleset lists."""
    yield from (sentence for _, sentence in unlisted_citations(subject.ruleset))


# dated tables --------------------------------------------------------------------------------------

DAY = dt.timedelta(days=1)
COMMON = ("start", "end", "source", "checked", "seen", "absent", "note")
"""The columns that every table may have."""


def tables(subject: Subject) -> Iterator[str]:
    """On a day at most one row about a subject is in force, and no days are lost between rows."""
    dated = dict.fromkeys(table for part in subject.ruleset.parts() for table in part.tables)
    if not dated:
        raise NotChecked(f"{subject.ruleset.id} has no dated tables.")
    for table in dated:
        yield from _table(table)


def _table(table: DatedTable) -> Iterator[str]:
    by_subject: dict[tuple[str, ...], list[Row]] = {}
    for row in table:
        for values in _subjects(table, row):
            by_subject.setdefault(values, []).append(row)
    failures: dict[tuple[Row, Row], str] = {}
    for values, rows in by_subject.items():
        ordered = sorted(rows, key=lambda row: row.period.start or dt.date.min)
        for earlier, later in itertools.pairwise(ordered):
            if sentence := _gap_or_overlap(" ".join(values), earlier, later):
                failures.setdefault((earlier, later), sentence)
    yield from failures.values()


def _subjects(table: DatedTable, row: Row) -> Iterator[tuple[str, ...]]:
    """What a row is about: its own columns, one country of a column of countries at a time."""
    columns = tuple(name for name in row.values if name not in COMMON)
    vocabulary = {name: {word for row in table for word in row.words(name)} for name in columns}
    of_countries = [name for name, words in vocabulary.items() if words and words <= set(countries())]
    single = {name: row[name] for name in columns if name not in of_countries}
    for codes in itertools.product(*(row.words(name) or ("",) for name in of_countries)):
        values = single | dict(zip(of_countries, codes, strict=True))
        yield tuple(values[name] for name in columns if values[name])


def _gap_or_overlap(about: str, earlier: Row, later: Row) -> str | None:
    """What is wrong between a row and the next one about the same subject."""
    place = f"{earlier.table}:{earlier.line} and {later.line}"
    end, start = earlier.period.end, later.period.start
    if end is None or start is None or start < end:
        return (
            f"{place}: two rows about {about} overlap; end the earlier one before the later one starts."
        )
    lost = (start - end).days
    if lost == 1:
        return (
            f"{place}: one day, {end}, is lost between the rows about {about}. The column end "
            "contains the day after the last day."
        )
    if lost and not (earlier.values.get("note") or later.values.get("note")):
        return (
            f"{place}: no row about {about} is in force from {end} to {start - DAY}. "
            "Join the rows, or say in the column note of one of them why none was."
        )
    return None
