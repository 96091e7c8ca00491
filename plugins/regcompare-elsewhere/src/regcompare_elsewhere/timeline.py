"""The outcome of one case on every day on which the law changed it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import attrs

from regcompare._support.displays import Drawn, Pictures, draw
from regcompare.comparison.claims import Claim, Line
from regcompare.comparison.comparison import is_later
from regcompare.comparison.counts import Law
from regcompare.comparison.tidy import Tabular
from regcompare.errors import UsageError
from regcompare.facts import CodeSet
from regcompare.logic.conditions import Condition, Term, days_asked, nodes
from regcompare.ruleset.currency import LATER_MARK, verified_sentence
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.assumed import contradictions
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import assess
from regcompare.verdict.verdict import Verdict
from regcompare.views.document import Document, Inline, Table
from regcompare.views.render import Form, written
from regcompare.views.sentences import NOT_ADVICE, result_cell, verdict_outcomes
from regcompare.vocabulary import FACTS_DATE, LAW_DATE, Licence
from regcompare.vocabulary.dated import RowCitation
from regcompare.words.lexicon import Lexicon, lexicon, pattern_words
from regcompare.words.rows import row_codes, rows_fact, table_row


@attrs.frozen(repr=False)
class Change:
    """A day on which the result of a case changed.

    Attributes:
        verdict: The verdict on that day.
        provisions: What changed that day: acts that came into or went out of force, and rows of tables
            that began or ended and could matter to the case.  On the first day, acts only; there may be
            none.
    """

    day: dt.date
    verdict: Verdict
    provisions: tuple[str, ...]

    def __data__(self) -> dict[str, Any]:
        return {
            "scenario": self.verdict.scenario,
            "ruleset": self.verdict.ruleset,
            "day": self.day,
            "result": self.verdict.result,
            "provisions": self.provisions,
            "is_later": self.is_later,
        }

    @property
    def is_later(self) -> bool:
        """True if a table is read on a later day than it is verified through."""
        return is_later(self.verdict)

    def __repr__(self) -> str:
        return f"<Change {self.day}: {self.verdict.result} under {self.verdict.ruleset.id}>"


@attrs.frozen(repr=False)
class Timeline(Drawn, Tabular[Change]):
    """The days on which the law changed the result of a case, ruleset by ruleset."""

    scenario: Scenario
    changes: tuple[Change, ...]
    until: dt.date
    _ITEMS = "changes"

    def __repr__(self) -> str:
        return f"<Timeline: {len(self.changes)} days>"

    def __getitem__(self, place: int) -> Change:
        return self.changes[place]

    def finding(self) -> Claim:
        """Returns the finding: for each ruleset, on which days the law changed the result."""
        by_ruleset: dict[Ruleset, list[Change]] = {}
        for change in self.changes:
            by_ruleset.setdefault(change.verdict.ruleset, []).append(change)
        clauses = tuple(_clause(changes) for changes in by_ruleset.values())
        case, laws = self.scenario, tuple(map(Law, by_ruleset))
        asked = ", ".join(law.python for law in laws)
        return Claim(
            "{case}: {clauses}.",
            {"case": case.title or case.id, "clauses": clauses},
            made_by=Line(
                f'rc.timeline("{case.id}", [{asked}], until="{self.until}").finding()',
                "One case, as if it were made on each day on which a law changes.", laws, (case,),
            ),
        )  # fmt: skip

    def text(self, form: Form = "text") -> str:
        """Returns it in a form."""

        def document() -> Document:
            said = (
                f"{self.scenario.id}: the result if the same transaction were made on that day, under "
                "its law."
            )
            rulesets = dict.fromkeys(change.verdict.ruleset for change in self.changes)
            marked = any(change.is_later for change in self.changes)
            verified = verified_sentence(rulesets, marked=marked)
            return Document("", [said, _table(self.changes), verified, NOT_ADVICE])

        return written(form, document, self.changes)

    @property
    def _pictures(self) -> Pictures:
        return {"steps": lambda: draw("timeline", self.changes, self.until)}

    def to_dicts(self) -> list[dict[str, Any]]:
        """Returns one row for each change and each provision behind it."""
        return [
            {
                "scenario": change.verdict.scenario.id, "law": change.verdict.ruleset.id,
                "day": change.day, "low": change.verdict.low, "high": change.verdict.high,
                "result": change.verdict.result, "because": provision,
                "later_than_verified": change.is_later,
            }
            for change in self.changes
            for provision in change.provisions or (None,)
        ]  # fmt: skip


def _clause(changes: Sequence[Change]) -> Claim:
    """The days on which the result changed, after the first."""
    first, *later = changes
    title = first.verdict.ruleset.title
    if not later:
        return Claim("under {law} the result never changed", {"law": title})
    days = tuple(str(change.day) for change in later)
    return Claim("under {law} the result changed on {days}", {"law": title, "days": days})


def timelines(scenario: Scenario, rulesets: Iterable[Ruleset], until: dt.date) -> Timeline:
    """Returns the changes under each ruleset."""
    changes = (change for ruleset in rulesets for change in timeline(scenario, ruleset, until=until))
    return Timeline(scenario, tuple(changes), until)


def timeline(scenario: Scenario, ruleset: Ruleset, *, until: dt.date) -> list[Change]:
    """Lists the days on which the same transaction, made on that day, has another result.

    Facts and law are read on the same day, and the day of application for a licence is that day too, so
    tables read at the date of the facts move with those read at the date of the law.  Each change names
    the acts and dated rows behind it.

    The first day is that on which the ruleset, or the first act that it is based on or combined with,
    comes into force; without such a day, the first day on which one of its rules changes.  Initial days
    on which the facts contradict each other are left out, such as those of a transfer within a customs
    union before the destination joined it.

    Raises:
        UsageError: The facts contradict each other on a later day.
    """
    first = min(_beginning(scenario, ruleset) or until, until)
    days = [first, *sorted(day for day in _turns(ruleset) if first < day <= until)]
    while days[1:] and contradictions(_made_on(scenario, days[0]), ruleset.vocabulary):
        days.pop(0)
    first, *later = days
    previous = _on(scenario, ruleset, first)
    changes = [Change(first, previous, tuple(_acts(ruleset, first)))]
    for day in later:
        verdict = _on(scenario, ruleset, day)
        if verdict.result != previous.result:
            changes.append(Change(day, verdict, tuple(_behind(day, previous, verdict))))
        previous = verdict
    return changes


def _on(scenario: Scenario, ruleset: Ruleset, day: dt.date) -> Verdict:
    moved = _made_on(scenario, day)
    for constraint, _ in contradictions(moved, ruleset.vocabulary):
        msg = (
            f"On {day} the facts of {scenario.id} contradict each other: {constraint.sentence} Correct "
            "the file, or end the timeline before that day."
        )
        raise UsageError(msg)
    return assess(moved, ruleset, as_of=day)


def _made_on(scenario: Scenario, day: dt.date) -> Scenario:
    return attrs.evolve(scenario, date=day).stating({Licence.applied_on.key: day})


def _beginning(scenario: Scenario, ruleset: Ruleset) -> dt.date | None:
    if ruleset.period and ruleset.period.start:
        return ruleset.period.start
    acts = {part.period.start for part in ruleset.parts() if part.period and part.period.start}
    conditions = [rule.condition for part in ruleset.parts() for rule in part.rules]
    # Dates of the law come first: a rule may ask who was a member long before there was a rule.
    days = acts or days_asked(conditions, LAW_DATE.key) or days_asked(conditions, FACTS_DATE.key)
    if days:
        return min(days)
    return scenario.date if ruleset.reference_date == "scenario" else ruleset.reference_date


def _turns(ruleset: Ruleset) -> set[dt.date]:
    """The days on which an act comes into or goes out of force, or that a condition names."""
    conditions: list[Condition] = []
    for part in ruleset.parts():
        conditions += [part.scope, *(rule.condition for rule in part.rules)]
        conditions += [half for item in part.vocabulary.constraints for half in (item.when, item.then)]
    return ruleset.days_of_change() | days_asked(conditions, FACTS_DATE.key, LAW_DATE.key)


def _acts(ruleset: Ruleset, day: dt.date) -> Iterator[str]:
    acts = [(part.title, part.period) for part in ruleset.parts() if part.period]
    yield from (f"{title} goes out of force" for title, period in acts if period.end == day)
    yield from (f"{title} comes into force" for title, period in acts if period.start == day)


def _behind(day: dt.date, before: Verdict, after: Verdict) -> Iterator[str]:
    """Names what began or ended on the day: acts and deciding rows, or else rows that may decide."""
    acts = tuple(_acts(after.ruleset, day))
    rows_that_turn = list(_turned_rows(day, before, after))
    terms_relied_on = {
        term for verdict in (before, after) for finding in verdict.holding for term in finding.rests_on()
    }
    deciding = [term for term in rows_that_turn if term in terms_relied_on]
    rows = list(_most_exact(deciding or ([] if acts else rows_that_turn)))
    words = lexicon(after.ruleset)
    yield from dict.fromkeys((*acts, *(_row_words(term, day, words) for term in rows)))
    if not acts and not rows:
        yield from _turned_rules(day, before, after)


def _turned_rows(day: dt.date, before: Verdict, after: Verdict) -> Iterator[Term]:
    """The rows whose truth for this case changed, which excludes those that the facts rule out."""
    programs = [verdict.program for verdict in (before, after)]
    conditions = [
        item
        for program in programs
        for item in (program.scope, *(entry.condition for entry in program.entries))
    ]
    for term in nodes(conditions):
        if isinstance(term, Term) and isinstance(term.cite, RowCitation):
            period = term.cite.row.period
            turns = day in (period.start, period.end)
            truths = (verdict.derivation(term).truth for verdict in (before, after))
            if turns and next(truths) is not next(truths):
                yield term


def _most_exact(terms: Sequence[Term]) -> Iterator[Term]:
    """The rows, without those of an entry when one of its points is among them."""
    codes_by_term = [
        (term, frozenset(row_codes(row)) if (row := table_row(term)) else ()) for term in terms
    ]
    all_codes = {code for _, codes in codes_by_term for code in codes}
    for term, codes in codes_by_term:
        if not codes or not all(
            any(longer.startswith(f"{code}.") for longer in all_codes) for code in codes
        ):
            yield term


def _row_words(term: Term, day: dt.date, words: Lexicon) -> str:
    """A row in words: its content, whether it begins or ends, and its source."""
    row, cite = table_row(term), term.cite
    assert row
    assert isinstance(cite, RowCitation)
    asks_codes = isinstance(rows_fact([row], words), CodeSet)
    what = pattern_words(row_codes(row)) if asks_codes else next(iter(cite.row.values.values()))
    verb = "begins" if cite.row.period.start == day else "ends"
    return f"{row.table}: {what} {verb} ({row.source})"


def _turned_rules(day: dt.date, before: Verdict, after: Verdict) -> Iterator[str]:
    """The rules whose own condition names the day."""
    truth_before = {finding.rule.id: finding.holds for finding in before.findings}
    for finding in after.findings:
        rule = finding.rule
        days = days_asked([rule.condition], FACTS_DATE.key, LAW_DATE.key)
        if finding.holds is not truth_before.get(rule.id) and day in days:
            yield f"the condition of {rule.cite} turns on this day"


def _table(changes: Iterable[Change]) -> Table:
    def result(change: Change) -> list[list[Inline]]:
        words = verdict_outcomes(change.verdict, result_cell(change.verdict))
        return [[words, f" {LATER_MARK}" if change.is_later else ""]]

    return Table(
        "The result if the same transaction were made on that day, under its law",
        ("ruleset", "from", "result", "what changed it"),
        [
            (change.verdict.ruleset.id, str(change.day), result(change), "\n".join(change.provisions))
            for change in changes
        ],
    )
