"""Checks of a ruleset: its registration, its dated tables, its near misses, what its cases expect.

``regcompare lint`` finds what no ruleset should leave: rules without cases, texts without citations.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Mapping
from functools import cached_property

import attrs

from regcompare.comparison.expectations import check, expectation_text
from regcompare.comparison.named_cases import independent_differences, named_cases
from regcompare.errors import FileError
from regcompare.facts import countries
from regcompare.plugins.catalogue import Catalogue, scenario_files
from regcompare.ruleset.rules import NamedCase
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.files import read_scenarios
from regcompare.scenario.scenario import Scenario
from regcompare.vocabulary.dated import DatedTable, Row


class NotChecked(Exception):  # noqa: N818 - not an error: the check could not be made
    """A check could not be made; the message says why."""


@attrs.frozen(eq=False, slots=False)
class Subject:
    """A ruleset to check.

    Attributes:
        ruleset: The ruleset.
        beside: Further rulesets that its cases refer to; installed ones need not be named.
    """

    ruleset: Ruleset
    beside: tuple[Ruleset, ...] = ()
    problems: list[str] = attrs.field(factory=list, init=False)

    @cached_property
    def catalogue(self) -> Catalogue:
        """What is installed."""
        return Catalogue.installed()

    @cached_property
    def rulesets(self) -> Mapping[str, Ruleset]:
        """Every ruleset that a case may refer to; the one checked replaces an installed one."""
        others = {**self.catalogue.rulesets, **{item.id: item for item in self.beside}}
        return others | {part.id: part for part in reversed(list(self.ruleset.parts()))}

    @cached_property
    def cases(self) -> dict[str, Scenario]:
        """The cases of the ruleset by id, of files that can be read; the others are in ``problems``."""
        files, vocabulary = scenario_files(self.ruleset.cases), self.ruleset.vocabulary
        discretions = (item for law in self.rulesets.values() for item in law.provisions.discretions)
        powers = [item.id for item in discretions]
        cases: dict[str, Scenario] = {}
        for file in files:
            try:
                read = read_scenarios(file, vocabulary, discretions=lambda: powers, others=lambda: files)
                cases |= {case.id: case for case in read}
            except FileError as error:
                self.problems.extend(map(str, error.problems))
        return cases


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


# near misses ---------------------------------------------------------------------------------------

NEARNESS = 2
"""In how many facts a firing case and its near miss may differ."""


def misses(subject: Subject) -> Iterator[str]:
    """Each near miss differs little from the case in which its rule holds."""
    ruleset, cases = subject.ruleset, subject.cases
    named = named_cases(ruleset, cases.values())
    for rule in ruleset.rules:
        fires, misses = NamedCase.read(named[rule.id].fires), NamedCase.read(named[rule.id].misses)
        if fires.id not in cases or misses.id not in cases:
            continue
        hit, miss = cases[fires.id], cases[misses.id]
        differences = independent_differences(hit, miss, ruleset.vocabulary)
        for doubt in {**fires.readings, **misses.readings}:
            if fires.readings.get(doubt) != misses.readings.get(doubt):
                differences.append(f"reading {doubt}")
        differences += ["the day of the law"] * (fires.as_of != misses.as_of)
        if not 0 < len(differences) <= NEARNESS:
            found = f"{len(differences)} facts ({', '.join(differences) or 'none'})"
            yield (
                f"Rule {rule.id} ({rule.cite}): the near miss {misses.id} differs from {fires.id} in "
                f"{found}; expected 1 to {NEARNESS}, so that it shows what the rule depends on."
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
