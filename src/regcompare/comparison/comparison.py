"""Many scenarios under many rulesets: verdicts side by side, differences and gaps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, overload

import attrs

from regcompare._support.displays import Drawn, Pictures, draw
from regcompare.errors import UsageError, did_you_mean, nearest
from regcompare.ruleset.currency import later_tables, verified_sentence
from regcompare.ruleset.reports import ALL_TESTS
from regcompare.ruleset.rules import Outcome
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.as_if import AsIfFrom
from regcompare.scenario.as_if import as_if_from as asked_from
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import AsOf, Readings, assess_all
from regcompare.verdict.verdict import Prover, Verdict

from .claims import Claim, claim_of_both
from .counts import ClassRow, Count, Law, by_class, count_of, readings_known_to, verdicts_by_case
from .counts_by_law import Counts
from .data import record
from .gaps import Gaps, gaps_of
from .layers import Layer
from .measures import Measure, measure, measure_at, outcome_of, pluralise
from .populations import Population, counted_population, populations_of, records_of
from .sensitivity import Sensitivity
from .tidy import COLUMNS, UNDISPUTED, Tabular, Tidy, as_list, meets, tidy_rows, undisputed_columns


@attrs.frozen(repr=False, slots=False)
class Comparison(Drawn, Tabular[Verdict]):
    """Verdicts side by side: one row for each scenario, one column for each ruleset.

    Attributes:
        rulesets: The rulesets, in the order of the columns.
        rows: For each scenario its verdicts, in the order of the rulesets.
        others: The rulesets among which laws that apply alongside these are sought.
        as_of: The day of the law that was asked for.
        joint: Proves whether two results are possible under the same facts; None without a solver.
        as_if_from: From where each ruleset was asked about the cases; None for where they were made.
        readings: The readings of doubtful texts that were asked for.
        cases_python: The expression that makes the populations of its cases; by default from their ids.
    """

    rulesets: tuple[Ruleset, ...]
    rows: tuple[tuple[Verdict, ...], ...]
    others: tuple[Ruleset, ...] = ()
    as_of: AsOf = None
    joint: Prover | None = None
    as_if_from: AsIfFrom = None
    readings: Readings = None
    cases_python: str = ""

    def __repr__(self) -> str:
        cases, regimes = pluralise(len(self.rows), "case"), pluralise(len(self.rulesets), "ruleset")
        return f"<Comparison: {cases} under {regimes}>"

    def __len__(self) -> int:
        return len(self.rows) * len(self.rulesets)

    def __iter__(self) -> Iterator[Verdict]:
        return (verdict for row in self.rows for verdict in row)

    @overload
    def __getitem__(self, place: tuple[str, str]) -> Verdict: ...

    @overload
    def __getitem__(self, place: str) -> Comparison: ...

    def __getitem__(self, place: str | tuple[str, str]) -> Verdict | Comparison:
        """Returns the verdict of a case under a regime, or all verdicts on a case, by their ids.

        Raises:
            UsageError: There is no such case or regime; the text names the nearest.
        """
        case, regime = place if isinstance(place, tuple) else (place, None)
        if not isinstance(case, str):
            raise UsageError(f"{case!r} is no id of a case. Verdicts in order are in `verdicts`.")
        if regime is None and case in (item.id for item in self.rulesets):
            raise UsageError(f"{case!r} is a regime. It follows the case: comparison[case, {case!r}].")
        rows = tuple(row for row in self.rows if row and row[0].scenario.id == case)
        if not rows:
            known = [row[0].scenario.id for row in self.rows if row]
            raise UsageError(_unknown("case", case, known))
        return (
            attrs.evolve(self, rows=rows, cases_python="")
            if regime is None
            else rows[0][self._column(regime)]
        )

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """Every verdict, row by row."""
        return tuple(self)

    def where(
        self, condition: Callable[[Verdict], object] | None = None, /, **filters: Any
    ) -> Comparison:
        """Returns the cases that meet a condition, and of the regimes those that are named.

        A case is kept if at least one of its verdicts, under the regimes that are kept, meets them all.

        Args:
            condition: Whether a verdict counts.
            filters: Columns of ``to_dicts``, up to ``notices``, with the value wanted, or several;
                ``country`` is that of the exporter or of the destination.

        Raises:
            UsageError: There is no such column or regime; the text names the nearest.

        Example:
            >>> comparison.where(technology="facial_recognition", ruleset="my-regime")  # doctest: +SKIP
        """
        if condition is not None and not callable(condition):
            raise UsageError(
                f"where({condition!r}): expected a column with its value, such as "
                "technology='facial_recognition', or a function of a verdict."
            )
        regimes = filters.pop("ruleset", None)
        ids = [item.id for item in self.rulesets] if regimes is None else as_list(regimes)
        columns = [self._column(name) for name in ids]
        rows = (tuple(row[column] for column in columns) for row in self.rows)
        matching = tuple(
            row
            for row in rows
            if any(meets(item, filters) and (condition is None or condition(item)) for item in row)
        )
        rulesets = tuple(self.rulesets[column] for column in columns)
        return attrs.evolve(self, rulesets=rulesets, rows=matching, cases_python="")

    def differing(self) -> Comparison:
        """Returns the cases on which the regimes do not all give the same result."""
        rows = (row for row in self.rows if len({verdict.result for verdict in row}) > 1)
        return attrs.evolve(self, rows=tuple(rows), cases_python="")

    @cached_property
    def population(self) -> Population:
        """The population counted: deals if there are any, else the only group, else all cases."""
        return counted_population((row[0].original for row in self.rows if row), self._python)

    @cached_property
    def compared(self) -> Population:
        """Everything that is compared, the parts of one deal together."""
        cases = (row[0].original for row in self.rows if row)
        return records_of(cases, f'{self._python}["records"]')

    @property
    def _python(self) -> str:
        """The expression that makes the populations of its cases in Python."""
        ids = [row[0].original.id for row in self.rows if row]
        return self.cases_python or f"rc.populations({ids})"

    @cached_property
    def laws(self) -> tuple[Law, ...]:
        """The rulesets with the day as of which each is read."""
        return tuple(Law(ruleset, self.as_of) for ruleset in self.rulesets)

    def count(
        self,
        asked: str | Measure,
        *,
        facts: Layer = "undisputed",
        population: Population | str | None = None,
    ) -> Counts:
        """Returns for each ruleset in how many records something is so; parts of a deal count once.

        Args:
            asked: ``licence``, ``refuse`` or ``tell``.
            facts: ``undisputed``, ``filed`` or ``stated``, as ``rc.count`` explains them.
            population: What is counted, of what is compared, or its name; by default ``population``.
        """
        if isinstance(population, str):
            cases = (row[0].original for row in self.rows if row)
            population = populations_of(cases, python=self._python)[population]
        counted = population or self.population
        return Counts(
            tuple(self._count(asked, (place,), facts, counted) for place in range(len(self.rulesets)))
        )

    def _count(
        self, asked: str | Measure, places: Sequence[int], facts: Layer, population: Population
    ) -> Count:
        return count_of(
            measure(asked).jointly(self.joint),
            population,
            [self.laws[place] for place in places],
            facts,
            [self._by_record(place, facts, population) for place in places],
            self.readings,
            self.as_if_from,
        )

    def classes(
        self, *, facts: Layer = "undisputed", population: Population | None = None
    ) -> tuple[ClassRow, ...]:
        """Returns for each ruleset the records by class, each in exactly one."""
        return tuple(map(by_class, self.count("licence", facts=facts, population=population)))

    def headline(self) -> tuple[ClassRow, ...]:
        """Returns what ``classes`` returns, which is to be preferred."""
        return self.classes()

    def _by_record(
        self, place: int, facts: Layer, population: Population
    ) -> dict[str, tuple[Verdict, ...]]:
        """The verdicts of a column on the facts that count, by record."""
        known = self._by_case(place, facts, population)
        return {record.id: tuple(known[case.id] for case in record.parts) for record in population}

    def _by_case(self, place: int, facts: Layer, population: Population) -> dict[str, Verdict]:
        """The verdicts of a column on the facts that count, by case; each is worked out once."""
        known = self._known.setdefault((place, facts), {})
        if new := {case.id for case in population.cases} - known.keys():
            column = [row[place] for row in self.rows if row[place].original.id in new]
            known.update(verdicts_by_case(column, facts))
        return known

    @cached_property
    def _known(self) -> dict[tuple[int, Layer], dict[str, Verdict]]:
        return {}

    @property
    def _columns(self) -> list[list[Verdict]]:
        return [[row[place] for row in self.rows] for place in range(len(self.rulesets))]

    def finding(self, *, facts: Layer = "undisputed") -> Claim | None:
        """Returns the finding of the comparison: licences and refusals under each law on exports.

        None where nothing was compared.
        """
        pairs = zip(*self._both(facts), strict=True)
        about = [pair for pair in pairs if pair[0].laws[0].ruleset.asks == "export"]
        size = len(self.population)
        return claim_of_both(about, size, self.population.noun(size)) if about and size else None

    def _both(self, facts: Layer = "undisputed") -> tuple[Counts, Counts]:
        """The counts of licences and of refusals under each law."""
        return self.count("licence", facts=facts), self.count("refuse", facts=facts)

    def between(
        self, asked: str | Measure, base: str, other: str, *, facts: Layer = "undisputed"
    ) -> Count:
        """Returns in how many records something is so of two rulesets, given by their ids.

        Args:
            asked: A measure of two laws, such as ``licence_gap``, or one of your own.
            base: The ruleset that stays below.
            other: The ruleset that is stricter; of a double standard, that on exports.
            facts: As for ``count``.
        """
        return self._count(asked, (self._column(base), self._column(other)), facts, self.compared)

    def sensitivity(self) -> Sensitivity:
        """Returns what the results depend on; each part is computed once, when it is first asked for."""
        return self._sensitivity

    def domestic(self) -> Mapping[str, tuple[Scenario, ...]]:
        """Returns for each ruleset the cases set aside as domestic sales from its home."""
        return {
            ruleset.id: tuple(verdict.original for verdict in column if verdict.is_domestic)
            for ruleset, column in zip(self.rulesets, self._columns, strict=True)
        }

    @cached_property
    def _sensitivity(self) -> Sensitivity:
        return Sensitivity(self.rulesets, self.verdicts, self.others, self.as_of)

    def _column(self, name: str) -> int:
        """The place of a ruleset, by its id; of one that is compared on several days by ``ID@DAY``."""
        names = [str(law) for law in self.laws]
        ids = [ruleset.id for ruleset in self.rulesets]
        if name not in (*names, *ids):
            raise UsageError(_unknown("regime", name, ids))
        return (names if name in names else ids).index(name)

    _COLUMNS = (*COLUMNS, *UNDISPUTED)

    def to_dicts(self) -> list[Tidy]:
        """Returns one row for each case and regime, as plain mappings.

        ``record`` is what it counts as, ``counted`` whether the finding counts it; both ends are those
        on the facts as filed, and those with disputed facts left open.
        """
        counted = {case.id for case in self.population.cases}
        columns = [
            self._by_case(place, "undisputed", self.compared) for place in range(len(self.rulesets))
        ]
        known = [column[row[0].original.id] for row in self.rows for column in columns]
        return [
            {**row, **undisputed_columns(verdict), "counted": verdict.original.id in counted}
            for row, verdict in zip(tidy_rows(self.sensitivity()), known, strict=True)
        ]

    @property
    def _pictures(self) -> Pictures:
        return {
            "overview": lambda: draw("comparison", self),
            "cases": lambda: draw("cases", self),
            "bars": lambda: draw("counts", list(zip(*self._both(), strict=True))),
        }

    def gaps(
        self,
        base: str,
        other: str,
        *,
        stops_at: Outcome | str = Outcome.AUTHORISATION,
        facts: Layer = "undisputed",
    ) -> Gaps:
        """Returns the records that ``other`` controls and ``base`` does not.

        Records that one of them does not reach are outside.  A case is no gap if a solver proves that
        both results are never possible under the same facts, or where one ruleset only adds rules to the
        other.

        Raises:
            UsageError: There is no such ruleset, or no such outcome.
        """
        least = outcome_of(stops_at, "stops_at")
        count = self.between(measure_at(least, of_two=True), base, other, facts=facts)
        exact = self.joint is not None or all(verdict.exact for verdict in self)
        return gaps_of(count, base, other, least, exact=exact)

    def records(self, lang: str = "en") -> list[dict[str, Any]]:
        """Returns a plain mapping for each verdict, as ``compare --format json`` prints it."""
        return [record(verdict, lang) for verdict in self.verdicts]


# in words -----------------------------------------------------------------------------------------


def is_later(verdict: Verdict) -> bool:
    """Returns whether the verdict reads a table on a later day than the table is verified through."""
    return bool(later_tables(verdict.ruleset, verdict.as_of, verdict.scenario.date))


def currency_sentence(comparison: Comparison) -> str:
    """Returns one line on the age of the law: the day of each table, and how many results it opens."""
    marked = any(verdict.span and is_later(verdict) for verdict in comparison.verdicts)
    number = sum(verdict.is_open_by_age for verdict in comparison.verdicts)
    aged = f" Open only because texts were last read before the day: {number}." if number else ""
    return verified_sentence(comparison.rulesets, marked=marked) + aged


def comparison_sentence(comparison: Comparison) -> str:
    """Returns in a sentence what is compared; what it comes to is counted in the finding."""
    columns = pluralise(len(comparison.rulesets), "ruleset")
    return f"{pluralise(len(comparison.rows), 'case')} under {columns}."


# making it ------------------------------------------------------------------------------------------


def _unknown(what: str, name: str, known: Sequence[str]) -> str:
    hint = did_you_mean(nearest(name, known)) or f" Expected one of {', '.join(dict.fromkeys(known))}."
    return f"There is no {what} {name!r} in the comparison.{hint}"


def compare(
    scenarios: Scenario | Iterable[Scenario],
    rulesets: Ruleset | Iterable[Ruleset],
    *,
    as_of: AsOf = None,
    readings: Readings = None,
    prover: Prover | None = None,
    others: Iterable[Ruleset] = (),
    joint: Prover | None = None,
    as_if_from: AsIfFrom = None,
    cases_python: str = "",
) -> Comparison:
    """Puts scenarios under rulesets, side by side.

    Args:
        scenarios: One scenario or several.
        rulesets: One regime or proposal or several.
        as_of: The day whose law is applied; by default each ruleset's reference date.
        readings: Readings of doubtful texts; each ruleset takes those that it knows.
        prover: Proves the ends of each span; None leaves them as look-ahead gives them.
        others: The rulesets among which laws that apply alongside these are sought.
        joint: Proves whether two results are possible under the same facts, for gaps.
        as_if_from: ``home`` asks each ruleset about the same sale as if it were made from its own home.
        cases_python: The expression that makes the populations of its cases in Python.

    Raises:
        UsageError: No ruleset knows a reading, the facts of a scenario contradict each other, or the
            extra is missing.
    """
    cases, laws = as_list(scenarios), tuple(as_list(rulesets))
    columns = []
    for law, known in zip(laws, readings_for(laws, readings), strict=True):
        asked = [asked_from(case, law, as_if_from) for case in cases]
        columns.append(assess_all(asked, law, as_of=as_of, readings=known, prover=prover))
    rows = tuple(tuple(column[place] for column in columns) for place in range(len(cases)))
    proves = joint or prover
    return Comparison(laws, rows, tuple(others), as_of, proves, as_if_from, readings, cases_python)


def readings_for(rulesets: Sequence[Ruleset], readings: Readings) -> list[Readings]:
    """Returns for each ruleset the readings that it knows.

    Raises:
        UsageError: No ruleset knows a reading; the text names the nearest.
    """
    if not isinstance(readings, Mapping):
        return [readings] * len(rulesets)
    known = {item.id for law in rulesets for part in law.parts() for item in part.doubts} | {ALL_TESTS}
    for name in sorted(set(readings).difference(known)):
        raise UsageError(_unknown("doubt", name, list(known)))
    return [readings_known_to(ruleset, readings) for ruleset in rulesets]
