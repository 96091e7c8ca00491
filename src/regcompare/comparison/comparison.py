"""Many scenarios under many rulesets: verdicts side by side, differences and gaps."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, overload

import attrs

from regcompare._support.displays import html_of
from regcompare.errors import UsageError, did_you_mean, nearest
from regcompare.law import Checked, weakest
from regcompare.ruleset.currency import later_tables, verified_sentence, verified_through
from regcompare.ruleset.rules import Duty, Outcome
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.as_if import AsIfFrom, as_if_from
from regcompare.scenario.scenario import AsIf, Scenario
from regcompare.verdict.assess import AsOf, Readings, assess_all
from regcompare.verdict.verdict import Prover, Verdict
from regcompare.words.catalogues import ENGLISH, Language

from .headline import Headline, QuotableSentence, headline, quotable
from .measures import measured
from .sensitivity import Sensitivity
from .tidy import Tidy, arrow_table, meets, pandas_frame, polars_frame, tidy_rows

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa


@attrs.frozen
class Gap:
    """A case in which one ruleset reaches an outcome and another stays below it.

    Attributes:
        scenario: The case.
        let_through: The verdict of the laxer ruleset.
        stopped: The verdict of the stricter ruleset.
        is_sure: Whether that is so whatever is still open.
    """

    scenario: Scenario
    let_through: Verdict
    stopped: Verdict
    is_sure: bool


@attrs.frozen(repr=False)
class Gaps:
    """The gaps between two rulesets over a set of cases.

    Attributes:
        base: The id of the laxer ruleset.
        other: The id of the stricter ruleset.
        stops_at: The least outcome that counts as controlled.
        found: The gaps, sure ones first.
        set_aside: How many cases one of them does not reach (out of scope or not in force).
        cases: How many cases were compared.
        exact: Whether each gap that is not sure was proved to be possible.
    """

    base: str
    other: str
    stops_at: Outcome
    found: tuple[Gap, ...]
    set_aside: int
    cases: int
    exact: bool = False

    @property
    def sure(self) -> tuple[Gap, ...]:
        """The gaps that stand whatever is still open."""
        return tuple(gap for gap in self.found if gap.is_sure)

    def __repr__(self) -> str:
        cases = counted(len(self.found), "case")
        return f"<Gaps: {cases} in which {self.other} is stricter than {self.base}>"

    def sentence(self, titles: Mapping[str, str] | None = None) -> str:
        """Returns the finding as a sentence.

        Args:
            titles: What the rulesets are called, by id.
        """
        names = titles or {}
        unsure = len(self.found) - len(self.sure)
        parts = [
            (
                f"Of {counted(self.cases, 'case')}, {self.count() or 'none'} "
                f"{measured(self.stops_at, len(self.sure))} under {names.get(self.other, self.other)} "
                f"but not under {names.get(self.base, self.base)}"
            )
        ]
        parts += [self._possibly(unsure)] * bool(unsure)
        parts += [f"; {self.set_aside} set aside"] * bool(self.set_aside)
        return "".join([*parts, "."])

    def count(self) -> str:
        """Returns how many gaps are sure, with the marks that they rest on; blank where none is."""
        return f"{len(self.sure)}{_on(self.marks())}" if self.sure else ""

    def marks(self) -> Counter[Checked]:
        """Returns on which marks the sure gaps rest, each with how many."""
        pairs = ((gap.let_through.checked, gap.stopped.checked) for gap in self.sure)
        return Counter(weakest(filter(None, pair)) or Checked.TEXT for pair in pairs)

    def _possibly(self, number: int) -> str:
        """How many more there may be: proved so, or at most."""
        link, more = (", and", " more") if self.sure else (", but", "")
        bound = "" if self.exact else "up to "
        proved = " (proved possible)" if self.exact else ""
        return f"{link} possibly {bound}{number}{more}{proved}"

    def _repr_html_(self) -> str:
        return html_of(self)


@attrs.frozen(repr=False, slots=False)
class Comparison:
    """Verdicts side by side: a row a scenario, a column a ruleset.

    Attributes:
        rulesets: The rulesets, in the order of the columns.
        rows: For each scenario its verdicts, in the order of the rulesets.
        others: The rulesets at hand, among which laws that apply beside these are looked for.
        as_of: The day of the law that was asked for.
        joint: What proves whether two results are possible under the same facts, where it is at hand.
        as_if_from: From where each ruleset was asked about the cases; None for where they were made.
    """

    rulesets: tuple[Ruleset, ...]
    rows: tuple[tuple[Verdict, ...], ...]
    others: tuple[Ruleset, ...] = ()
    as_of: AsOf = None
    joint: Prover | None = None
    as_if_from: AsIfFrom = None

    def __repr__(self) -> str:
        cases, regimes = counted(len(self.rows), "case"), counted(len(self.rulesets), "ruleset")
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
        rows = tuple(row for row in self.rows if row and row[0].scenario.id == case)
        if not rows:
            known = [row[0].scenario.id for row in self.rows if row]
            raise UsageError(_unknown("case", case, known))
        return attrs.evolve(self, rows=rows) if regime is None else rows[0][self._column(regime)]

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """Every verdict, row by row."""
        return tuple(self)

    def where(
        self, condition: Callable[[Verdict], object] | None = None, /, **wanted: Any
    ) -> Comparison:
        """Returns the cases that meet a condition, and of the regimes those that are named.

        A case stays where at least one of its verdicts, under the regimes that stay, meets all.

        Args:
            condition: Whether a verdict counts.
            wanted: Columns of ``to_dicts`` with the value wanted, or several; ``country`` is that of
                the exporter or of the destination.

        Raises:
            UsageError: There is no such column or regime; the text names the nearest.

        Example:
            >>> comparison.where(technology="facial_recognition", regime="amnesty")  # doctest: +SKIP
        """
        named = wanted.pop("regime", None)
        ids = [named] if isinstance(named, str) else named
        columns = range(len(self.rulesets)) if ids is None else [self._column(name) for name in ids]
        rows = [tuple(row[column] for column in columns) for row in self.rows]
        kept = tuple(
            row
            for row in rows
            if any(
                meets(values, wanted) and (condition is None or condition(verdict))
                for verdict, values in zip(row, tidy_rows([row]), strict=True)
            )
        )
        rulesets = tuple(self.rulesets[column] for column in columns)
        return attrs.evolve(self, rulesets=rulesets, rows=kept)

    def differing(self) -> Comparison:
        """Returns the cases on which the regimes do not all give the same result."""
        rows = (row for row in self.rows if len({verdict.result for verdict in row}) > 1)
        return attrs.evolve(self, rows=tuple(rows))

    def headline(self) -> tuple[Headline, ...]:
        """Returns for each ruleset how many sales come to what; parts of a sale count once."""
        return self._headline

    @cached_property
    def _headline(self) -> tuple[Headline, ...]:
        columns = enumerate(self.rulesets)
        return tuple(headline(item, (row[place] for row in self.rows)) for place, item in columns)

    def finding(self, language: Language = ENGLISH) -> QuotableSentence | None:
        """Returns what the comparison comes to, as a sentence to quote; None where it is empty."""
        documented = all(row[0].scenario.kind == "documented" for row in self.rows if row)
        return quotable(self.headline(), "documented sale" if documented else "case", language)

    def sensitivity(self) -> Sensitivity:
        """Returns what the results depend on; each part is worked out when asked for, and once."""
        return self._sensitivity

    def domestic(self) -> Mapping[str, tuple[Scenario, ...]]:
        """Returns by ruleset the cases that are set aside, as domestic sales from its home."""
        return {
            item.id: tuple(row[place].original for row in self.rows if row[place].is_domestic)
            for place, item in enumerate(self.rulesets)
        }

    @cached_property
    def _sensitivity(self) -> Sensitivity:
        return Sensitivity(self.rulesets, self.verdicts, self.others, self.as_of)

    def _column(self, ruleset_id: str) -> int:
        known = [ruleset.id for ruleset in self.rulesets]
        if ruleset_id not in known:
            raise UsageError(_unknown("regime", ruleset_id, known))
        return known.index(ruleset_id)

    # as frames --------------------------------------------------------------------------------

    def to_dicts(self) -> list[Tidy]:
        """Returns one row for each case and regime, as plain mappings."""
        return list(tidy_rows(self.rows))

    def to_pandas(self) -> pd.DataFrame:
        """Returns the rows as a pandas frame; outcomes are ordered categories."""
        return pandas_frame(self.to_dicts())

    def to_polars(self) -> pl.DataFrame:
        """Returns the rows as a polars frame; outcomes are an ordered enumeration."""
        return polars_frame(self.to_dicts())

    def to_arrow(self) -> pa.Table:
        """Returns the rows as an Arrow table; outcomes are an ordered dictionary."""
        return arrow_table(self.to_dicts())

    def gaps(self, base: str, other: str, *, stops_at: Outcome = Outcome.AUTHORISATION) -> Gaps:
        """Returns the cases that ``other`` controls and ``base`` does not.

        Cases that one of them does not reach are set aside and counted apart.  Where a solver is at
        hand, a case in which both is possible, but never under the same facts, is no gap; nor is one
        where a ruleset only adds rules to the other.
        """
        columns = self._column(base), self._column(other)
        pairs = [(row[columns[0]], row[columns[1]]) for row in self.rows]
        reached = [(lets, stops) for lets, stops in pairs if lets.span and stops.span]
        found = [gap for pair in reached if (gap := _gap(*pair, stops_at, self.joint))]
        found.sort(key=lambda gap: not gap.is_sure)
        exact = self.joint is not None or all(verdict.exact for pair in reached for verdict in pair)
        set_aside = len(pairs) - len(reached)
        return Gaps(base, other, stops_at, tuple(found), set_aside, len(reached), exact)

    def records(self, lang: str = "en") -> list[dict[str, Any]]:
        """Returns a plain mapping for each verdict, as ``compare --format json`` prints it."""
        return [record(verdict, lang) for verdict in self.verdicts]

    def _repr_html_(self) -> str:
        return html_of(self)


# in words -----------------------------------------------------------------------------------------


def is_later(verdict: Verdict) -> bool:
    """Whether a table that the verdict uses is read at a later day than it is verified through."""
    return bool(later_tables(verdict.ruleset, verdict.as_of, verdict.scenario.date))


def currency_sentence(comparison: Comparison) -> str:
    """Returns in one line through which day each table used is verified, and what the mark means."""
    marked = any(verdict.span and is_later(verdict) for verdict in comparison.verdicts)
    return verified_sentence(comparison.rulesets, marked=marked)


def comparison_sentence(comparison: Comparison) -> str:
    """Returns the finding of a comparison as a sentence."""
    cases, columns = len(comparison.rows), len(comparison.rulesets)
    differ = len(comparison.differing().rows)
    case, ruleset = counted(cases, "case"), counted(columns, "ruleset")
    if columns < 2:
        return f"{case} under {ruleset}."
    return f"{case} under {ruleset}; the result differs in {differ}."


def gap_sentences(comparison: Comparison) -> list[str]:
    """Returns for each pair how many cases the later controls and the earlier does not."""
    return [found["sentence"] for found in gap_findings(comparison)]


def gap_findings(comparison: Comparison) -> list[dict[str, Any]]:
    """Returns what ``gap_sentences`` says as plain data, with the marks that the counts rest on."""
    titles = {item.id: item.title for item in comparison.rulesets}
    found = []
    for number, other in enumerate(comparison.rulesets):
        for base in comparison.rulesets[:number]:
            licence, refusal = (
                comparison.gaps(base.id, other.id, stops_at=at)
                for at in (Outcome.AUTHORISATION, Outcome.REFUSAL)
            )
            refused = refusal.count()
            ended = f" Refused or banned there and not under the other: {refused}." if refused else ""
            found.append(
                {
                    "sentence": licence.sentence(titles) + ended,
                    "base": base.id,
                    "other": other.id,
                    "needs_licence": _gap_record(licence),
                    "refused_or_banned": _gap_record(refusal),
                }
            )
    return found


RESTS_ON = {
    Checked.TEXT: "on the official text",
    Checked.OFFICIAL: "on official accounts",
    Checked.SECONDARY: "on secondary accounts",
    Checked.INFERRED: "on inference",
    Checked.UNREAD: "on text that was not read",
}
"""What a result rests on, by how the law is known."""


def _on(counts: Counter[Checked]) -> str:
    """What results that are counted rest on, where that is not the official text alone."""
    if set(counts) <= {Checked.TEXT}:
        return ""
    if len(counts) == 1:
        return f" ({'all ' if counts.total() > 1 else ''}{RESTS_ON[next(iter(counts))]})"
    told = (f"{counts[mark]} {RESTS_ON[mark]}" for mark in reversed(Checked) if counts[mark])
    return f" ({', '.join(told)})"


def _gap_record(gaps: Gaps) -> dict[str, Any]:
    return {
        "certain": len(gaps.sure),
        "possible": len(gaps.found) - len(gaps.sure),
        "set_aside": gaps.set_aside,
        "marks": {str(mark): count for mark, count in gaps.marks().items()},
    }


def counted(number: int, word: str) -> str:
    """Returns a number with its noun, such as ``1 case`` and ``2 duties``."""
    if number != 1:
        word = f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"
    return f"{number} {word}"


# as plain data -------------------------------------------------------------------------------------


def _gap(lets: Verdict, stops: Verdict, at: Outcome, joint: Prover | None) -> Gap | None:
    if not lets.span or not stops.span or lets.span.low >= at or stops.span.high < at:
        return None
    sure = lets.span.high < at <= stops.span.low
    return Gap(lets.scenario, lets, stops, sure) if sure or may_differ(lets, stops, at, joint) else None


def may_differ(lets: Verdict, stops: Verdict, at: Outcome, joint: Prover | None = None) -> bool:
    """Whether, of two open verdicts on a case, one may stay below an outcome that the other reaches.

    Where something proves it they are looked at jointly: some answers to what is open must do both.
    """
    if lets.as_of == stops.as_of and lets.ruleset.only_adds_to(stops.ruleset):
        return False
    prover = joint or (lets._prover if stops.exact else None)
    return prover.may_both(lets, stops, at) if prover else True


def _unknown(what: str, name: str, known: Sequence[str]) -> str:
    hint = did_you_mean(nearest(name, known)) or f" Expected one of {', '.join(dict.fromkeys(known))}."
    return f"There is no {what} {name!r} in the comparison.{hint}"


def compare(
    scenarios: Scenario | Iterable[Scenario],
    rulesets: Ruleset | Iterable[Ruleset],
    *,
    as_of: AsOf = None,
    readings: Readings = None,
    look_ahead: bool = True,
    prover: Prover | None = None,
    others: Iterable[Ruleset] = (),
    joint: Prover | None = None,
    as_if_from: AsIfFrom = None,
) -> Comparison:
    """Puts scenarios under rulesets, side by side.

    Args:
        scenarios: One scenario or several.
        rulesets: One regime or proposal or several.
        as_of: The day whose law is applied; by default each ruleset's reference date.
        readings: Readings of doubtful texts; each ruleset takes those that it knows.
        look_ahead: Whether open questions are tried one by one.
        prover: What proves the ends of each span; None leaves them as look-ahead gives them.
        others: The rulesets at hand, among which laws that apply beside these are looked for.
        joint: What proves whether two results are possible under the same facts, for gaps.
        as_if_from: ``home`` asks each ruleset about the same sale as if it were made from its own home.

    Raises:
        UsageError: No ruleset knows a reading, the facts of a scenario contradict each other, or the
            extra is missing.
    """
    cases, columns = _each(scenarios), tuple(_each(rulesets))
    taken = readings_for(columns, readings)
    read = [
        assess_all(
            _from(cases, ruleset, as_if_from),
            ruleset,
            as_of=as_of,
            readings=chosen,
            look_ahead=look_ahead,
            prover=prover,
        )
        for ruleset, chosen in zip(columns, taken, strict=True)
    ]
    rows = tuple(tuple(column[place] for column in read) for place in range(len(cases)))
    return Comparison(columns, rows, tuple(others), as_of, joint or prover, as_if_from)


def _from(cases: Iterable[Scenario], ruleset: Ruleset, place: AsIfFrom) -> list[Scenario]:
    return [as_if_from(case, ruleset, place) for case in cases]


def _each(given: Any) -> list[Any]:
    """Several things as a list; one thing, and a name given in its place, as a list of one."""
    return list(given) if isinstance(given, Iterable) and not isinstance(given, str) else [given]


def readings_for(rulesets: Sequence[Ruleset], readings: Readings) -> list[Readings]:
    """Returns for each ruleset those of some readings that it knows.

    Raises:
        UsageError: No ruleset knows a reading; the text names the nearest.
    """
    if not isinstance(readings, Mapping):
        return [readings] * len(rulesets)
    known = [[item.id for part in ruleset.parts() for item in part.doubts] for ruleset in rulesets]
    for name in sorted(set(readings).difference(*known)):
        raise UsageError(_unknown("doubt", name, [item for own in known for item in own]))
    return [{name: readings[name] for name in readings if name in own} for own in known]


def record(verdict: Verdict, lang: str = "en") -> dict[str, Any]:
    """Returns a verdict as plain data: strings, numbers, lists, True, False and None.

    Args:
        verdict: The verdict.
        lang: The language in which the links lead to the law, one of ``LANGUAGES``.
    """
    return {
        "scenario": verdict.scenario.id,
        "title": verdict.scenario.title,
        "story": verdict.scenario.story,
        "kind": verdict.scenario.kind,
        "sale": verdict.scenario.sale or verdict.scenario.id,
        "date": _iso(verdict.scenario.date),
        "ruleset": verdict.ruleset.id,
        "as_of": _iso(verdict.as_of),
        "base": verdict.base.id if verdict.base else None,
        "in_force": verdict.in_force,
        "in_scope": verdict.in_scope,
        "result": verdict.result,
        "low": verdict.low.word if verdict.low is not None else None,
        "high": verdict.high.word if verdict.high is not None else None,
        "exact": verdict.exact,
        "review": verdict.review.value if verdict.review else None,
        "rules": [
            {
                "id": finding.rule.id,
                "cite": str(finding.rule.cite),
                "url": finding.rule.cite.url(verdict.as_of, lang),
                "ruleset": finding.ruleset.id,
                "holds": finding.holds,
                "decides": finding.decides,
                "outcome": finding.rule.then.word,
                "triggered_by": str(finding.rule.triggered_by),
                "standing": finding.standing,
                "lifted_by": [rule.id for rule in finding.lifted_by],
                "checked": str(finding.checked),
                "evidence": finding.evidence.record(),
            }
            for finding in (*verdict.holding, *verdict.open)
        ],
        "duties": [duty_record(duty, applies) for duty, applies in verdict.duties],
        "open_questions": list(verdict.open_questions),
        "presumed": list(verdict.presumed),
        "inferred": list(verdict.inferred),
        "assumed": {item.id: reading for item, reading in verdict.assumed},
        "checked": str(verdict.checked) if verdict.checked else None,
        "as_if_from": _as_if(verdict.scenario.as_if),
        "warnings": list(verdict.warnings),
        "verified_through": _iso(verified_through(verdict.ruleset)),
        "later_than_verified": [
            table.name for table in later_tables(verdict.ruleset, verdict.as_of, verdict.scenario.date)
        ],
    }


def _as_if(changed: AsIf | None) -> dict[str, Any] | None:
    """How the scenario was changed to be asked about as if from elsewhere."""
    if changed is None:
        return None
    return {
        "home": changed.home,
        "changed": list(changed.changed),
        "left_out": list(changed.left_out),
        "domestic": changed.is_domestic,
    }


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def duty_record(duty: Duty, applies: bool | None) -> dict[str, Any]:
    """Returns a duty as plain data, with whether it applies."""
    return {
        "id": duty.id,
        "cite": str(duty.cite),
        "kind": str(duty.kind),
        "addressee": str(duty.addressee),
        "strength": str(duty.strength),
        "applies": applies,
        "sentence": duty.sentence,
    }
