"""The conformance suite: what must be true of every ruleset, as tests for pytest or as a report.

``regcompare lint`` finds what no ruleset should leave: rules without cases, texts without citations.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, reduce
from pathlib import Path
from typing import Any

import attrs
import pytest

from regcompare._support.leaving import REFUSED_NEXT, leaving
from regcompare.comparison.named_cases import NEAR, differences, named_cases, unshown_rules
from regcompare.errors import FileError
from regcompare.facts import countries
from regcompare.plugins.catalogue import Catalogue
from regcompare.ruleset.provisions import line_of
from regcompare.ruleset.rules import NamedCase
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario, stated_answers
from regcompare.views.document import Document, Table
from regcompare.views.render import render
from regcompare.vocabulary.dated import DatedTable, Row

from .expectations import check, expectation_text


class NotChecked(Exception):  # noqa: N818 - not an error: the check could not be made
    """A check could not be made; the message says why."""


@attrs.frozen(eq=False, slots=False)
class Subject:
    """A ruleset to check.

    Attributes:
        ruleset: The ruleset.
        beside: Further rulesets that its cases refer to; installed ones need not be named.
        nearness: In how many facts a firing case and its near miss may differ.
    """

    ruleset: Ruleset
    beside: tuple[Ruleset, ...] = ()
    nearness: int = NEAR
    problems: list[str] = attrs.field(factory=list, init=False)

    @cached_property
    def catalogue(self) -> Catalogue:
        """The catalogue of what is installed."""
        return Catalogue.installed()

    @cached_property
    def extended(self) -> Catalogue:
        """The catalogue, with the ruleset, its parts and those that its cases refer to."""
        others = (*self.beside, *reversed(list(self.ruleset.parts())))
        return reduce(Catalogue.with_ruleset, others, self.catalogue)

    @cached_property
    def cases(self) -> dict[str, Scenario]:
        """The cases of the ruleset by id; none if ``problems`` says why they cannot be read."""
        try:
            return {case.id: case for case in self.extended.read(*self.ruleset.cases)}
        except FileError as error:
            self.problems.extend(map(str, error.problems))
            return {}


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
    if (offered := catalogue.rulesets[ruleset.id]) is not ruleset:
        made = "Two calls of a reform such as without() make two rulesets. " if ruleset.made_from else ""
        kind = "one made apart" if offered.title == ruleset.title else f"“{offered.title}”"
        yield (
            f"{plugins[0].name} offers another ruleset with the id {ruleset.id}, {kind}. {made}Bind it "
            "to one name in the module, return it from regcompare_rulesets(), and check that name; or "
            "give one of the two an id= of its own."
        )


# near misses ---------------------------------------------------------------------------------------


def misses(subject: Subject) -> Iterator[str]:
    """Each near miss differs little from the case in which its rule holds."""
    ruleset, cases = subject.ruleset, subject.cases
    named = named_cases(ruleset, cases.values())
    for rule in ruleset.rules:
        fires, misses = NamedCase.read(named[rule.id].fires), NamedCase.read(named[rule.id].misses)
        if fires.id not in cases or misses.id not in cases:
            continue
        found = differences(stated_answers(cases[fires.id]), stated_answers(cases[misses.id]))
        for doubt in {**fires.readings, **misses.readings}:
            if fires.readings.get(doubt) != misses.readings.get(doubt):
                found.append(f"reading {doubt}")
        found += ["the day of the law"] * (fires.as_of != misses.as_of)
        if not 0 < len(found) <= subject.nearness:
            facts = f"{len(found)} facts ({', '.join(found) or 'none'})"
            yield (
                f"Rule {rule.id} ({rule.cite}): the near miss {misses.id} differs from {fires.id} in "
                f"{facts}; expected 1 to {subject.nearness}, so that it shows what the rule depends on."
            )


def shows(subject: Subject) -> Iterator[str]:
    """Each rule that has a case holds in it, and certainly not in its near miss."""
    cases = subject.cases
    if subject.problems:
        return  # The check of cases reports them.
    named = named_cases(subject.ruleset, cases.values())
    for kind, rule, sentence in unshown_rules(subject.ruleset, cases):
        has_case = named[rule.id].fires if kind == "no-case" else named[rule.id].near
        if has_case:  # regcompare lint says which rules have none.
            yield f"{sentence} ({line_of(rule) or rule.cite})"


# what cases expect ---------------------------------------------------------------------------------


def cases(subject: Subject) -> Iterator[str]:
    """The files of cases can be read, and each case has the results that it expects."""
    cases = subject.cases
    yield from subject.problems
    if not subject.ruleset.cases and not subject.ruleset.rules:
        raise NotChecked(f"{subject.ruleset.id} has no rules of its own, and no cases.")
    for case in cases.values():
        for expected in case.expect:
            (result,) = check(attrs.evolve(case, expect=(expected,)), subject.extended.rulesets)
            if result.is_met:
                continue
            place = f"{Path(case.place.file).name}:{case.place.line}"
            yield (
                f"Case {case.id} ({place}) under {expected.ruleset} ({expectation_text(expected)}): "
                f"{result.problem} Correct the case, what it expects, or the rule."
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
    """The subjects of a row: its own columns, one country of a column of countries at a time."""
    columns = tuple(name for name in row.values if name not in COMMON)
    vocabulary = {name: {word for row in table for word in row.words(name)} for name in columns}
    of_countries = [name for name, words in vocabulary.items() if words and words <= set(countries())]
    single = {name: row[name] for name in columns if name not in of_countries}
    for codes in itertools.product(*(row.words(name) or ("",) for name in of_countries)):
        values = single | dict(zip(of_countries, codes, strict=True))
        yield tuple(values[name] for name in columns if values[name])


def _gap_or_overlap(about: str, earlier: Row, later: Row) -> str | None:
    """The mistake between a row and the next one about the same subject, if there is one."""
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


# report and suite ----------------------------------------------------------------------------------

Check = Callable[[Subject], Iterator[str]]
"""Yields a sentence for everything that is wrong; the docstring says what is true otherwise."""

CHECKS: tuple[Check, ...] = (registers, tables, shows, misses, cases)
"""The checks in the order in which they are made."""


@attrs.frozen
class Result:
    """The result of one check.

    Attributes:
        name: The name of the check, as in ``test_NAME`` of the suite.
        states: What is true of a sound ruleset, as a sentence.
        failures: What is wrong, each a sentence that names rule, fact and case.
        skipped: Why the check was not made; blank where it was.
    """

    name: str
    states: str
    failures: tuple[str, ...] = ()
    skipped: str = ""

    @property
    def word(self) -> str:
        """The result in a word: *holds*, *fails* or *not checked*."""
        return "fails" if self.failures else "not checked" if self.skipped else "holds"

    @property
    def found(self) -> str:
        """Failures, or the reason for skipping, a line each."""
        return "\n".join(self.failures) or self.skipped

    @property
    def told(self) -> str:
        """The findings, by the name that it had in release 0.3."""
        leaving("Result.told is now found.", REFUSED_NEXT)
        return self.found


@attrs.frozen(repr=False)
class Report:
    """The results of ``check_ruleset``; a notebook shows them as a table."""

    ruleset: str
    results: Mapping[str, Result]

    @property
    def failures(self) -> tuple[str, ...]:
        """Everything that is wrong, as sentences."""
        return tuple(failure for result in self.results.values() for failure in result.failures)

    @property
    def sentence(self) -> str:
        """The overall result in a sentence."""
        made = [result for result in self.results.values() if not result.skipped]
        failed = [result.name for result in made if result.failures]
        skipped = len(self.results) - len(made)
        rest = f" {skipped} not made." if skipped else ""
        if failed:
            found = f"{len(failed)} of {len(made)} checks fail: {', '.join(failed)}."
            return f"{self.ruleset}: {found}{rest}"
        return f"{self.ruleset}: all {len(made)} checks hold.{rest}"

    def __repr__(self) -> str:
        return f"<Report {self.sentence}>"

    def __str__(self) -> str:
        lines = (
            "\n  ".join([f"{result.name}: {result.word}", *result.found.splitlines()])
            for result in self.results.values()
        )
        return "\n".join([self.sentence, *lines])

    def _repr_html_(self) -> str:
        rows = [(result.states, result.word, result.found) for result in self.results.values()]
        caption = f"Checks of the ruleset {self.ruleset}"
        table = Table(caption, ("check", "result", "what was found"), rows)
        return render(Document("", [self.sentence, table]), "html")


def check_ruleset(
    ruleset: Ruleset,
    *,
    examples: int | None = None,
    beside: Iterable[Ruleset] = (),
    nearness: int = NEAR,
) -> Report:
    """Checks a ruleset and returns a report, which a notebook shows as a table.

    Args:
        ruleset: The ruleset.
        examples: Nothing any more; until the next release it may be given, with a warning.
        beside: Rulesets that its cases refer to and that are not installed.
        nearness: In how many facts a firing case and its near miss may differ.
    """
    subject = _subject(ruleset, examples, beside, nearness)
    return Report(ruleset.id, {check.__name__: _result(check, subject) for check in CHECKS})


def conformance_suite(
    ruleset: Ruleset,
    *,
    examples: int | None = None,
    beside: Iterable[Ruleset] = (),
    nearness: int = NEAR,
) -> type:
    """Returns a class of tests for pytest; bind it in a test file to a name that begins with Test.

    Example:
        ``TestToyland = conformance_suite(TOYLAND)``

    The arguments are those of ``check_ruleset``.
    """
    subject = _subject(ruleset, examples, beside, nearness)
    tests: dict[str, Any] = {f"test_{check.__name__}": _test(check, subject) for check in CHECKS}
    tests["__doc__"] = f"What must be true of the ruleset {ruleset.id}."
    return type("Conformance", (), tests)


def _subject(
    ruleset: Ruleset, examples: int | None, beside: Iterable[Ruleset], nearness: int
) -> Subject:
    if examples is not None:
        leaving("The kit draws no cases any more; leave examples= out.", stacklevel=4)
    return Subject(ruleset, tuple(beside), nearness)


def _result(check: Check, subject: Subject) -> Result:
    name, states = check.__name__, str(check.__doc__).partition("\n")[0]
    try:
        return Result(name, states, tuple(dict.fromkeys(check(subject))))
    except NotChecked as error:
        return Result(name, states, skipped=str(error))
    except Exception as error:  # noqa: BLE001 - a report includes every fault, also of a check itself
        failure = f"The check {name!r} stopped with {type(error).__name__}: {error}."
        return Result(name, states, (failure,))


def _test(check: Check, subject: Subject) -> Callable[[Any], None]:
    def test(self: Any) -> None:
        result = _result(check, subject)
        if result.skipped:
            pytest.skip(result.skipped)
        if result.failures:  # The sentences alone, since a traceback would tell the author nothing more.
            pytest.fail(result.found, pytrace=False)

    test.__name__ = f"test_{check.__name__}"
    test.__doc__ = str(check.__doc__).partition("\n")[0]
    return test
