"""Gaps: the cases that one ruleset controls and another does not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs

from regcompare._support.displays import Drawn, Pictures
from regcompare.law import EvidenceLevel
from regcompare.ruleset.rules import Outcome
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.verdict import Verdict
from regcompare.words.lexicon import listing

from .claims import Claim, stated
from .counts import Count
from .tidy import Tabular, outcome_columns, outcomes_of


@attrs.frozen
class Gap:
    """A case in which one ruleset reaches an outcome and another stays below it.

    Attributes:
        scenario: The case.
        let_through: The verdict of the laxer ruleset.
        stopped: The verdict of the stricter ruleset.
        is_sure: Whether that is so whatever the open questions are answered.
    """

    scenario: Scenario
    let_through: Verdict
    stopped: Verdict
    is_sure: bool

    __data__ = ("base", "other", "scenario", "let_through", "stopped", "is_sure")

    @property
    def base(self) -> Ruleset:
        """The laxer ruleset."""
        return self.let_through.ruleset

    @property
    def other(self) -> Ruleset:
        """The stricter ruleset."""
        return self.stopped.ruleset


@attrs.frozen(repr=False)
class Gaps(Drawn, Tabular[Gap]):
    """The gaps between two rulesets over a set of cases.

    Attributes:
        base: The id of the laxer ruleset.
        other: The id of the stricter ruleset.
        stops_at: The least outcome that counts as controlled.
        count: In how many records there is a gap; a deal counts if one of its parts shows it.
        found: The cases that show one, sure ones first.
        exact: Whether each gap that is not sure was proved to be possible; they are at most so many.
    """

    _ITEMS = "found"
    base: str
    other: str
    stops_at: Outcome
    count: Count
    found: tuple[Gap, ...]
    exact: bool = False
    _OUTCOMES = outcome_columns("base", "other")

    __data__ = ("base", "other", "stops_at", "exact", "found")

    @property
    def sure(self) -> tuple[Gap, ...]:
        """The gaps that exist whatever the open questions are answered."""
        return tuple(gap for gap in self.found if gap.is_sure)

    def __repr__(self) -> str:
        return f"<Gaps: {self.count.sentence()}>"

    def __getitem__(self, place: int) -> Gap:
        return self.found[place]

    def sentence(self) -> str:
        """Returns the finding as a sentence, with how the law behind the certain ones is known."""
        marks, sentence = self.count.marks, self.count.sentence()
        if set(marks) <= {EvidenceLevel.TEXT}:
            return sentence
        known = [f"{marks[mark]} {RESTS_ON[mark]}" for mark in reversed(EvidenceLevel) if marks[mark]]
        return f"{sentence} Certain: {listing(known, 'and')}."

    def finding(self) -> Claim:
        """Returns the finding: the count."""
        return stated(self.count)

    @property
    def _pictures(self) -> Pictures:
        return {"bars": self.count.plot}

    def to_dicts(self) -> list[dict[str, Any]]:
        """Returns one row for each record, with its answer and both results."""
        return [
            {
                **{name: row[name] for name in ("record", "title", "group", "parts", "date")},
                "base": self.base, "other": self.other,
                **outcomes_of("base", (part[0] for part in self.count.parts[row["record"]])),
                **outcomes_of("other", (part[1] for part in self.count.parts[row["record"]])),
                "answer": row["answer"], "because": row["because"],
                "rules": list(self._rules(row["record"])),
            }
            for row in self.count.to_dicts()
        ]  # fmt: skip

    def _rules(self, record: str) -> Iterable[str]:
        """The rules of the stricter ruleset that decide, or may, in the cases of a record."""
        names = (
            rule.rule.id
            for gap in self.found
            if gap.scenario.counted_as == record
            for rule in (*gap.stopped.deciding, *gap.stopped.open)
            if rule.rule.then >= self.stops_at
        )
        return dict.fromkeys(names)


def gaps_of(count: Count, base: str, other: str, stops_at: Outcome, *, exact: bool) -> Gaps:
    """Returns the gaps of a count: the cases that show one."""
    gaps = [
        Gap(part[0].original, part[0], part[1], bool(truth))
        for name in (*count.groups["yes"], *count.groups["open"])
        for part in count.parts[name]
        if (truth := count.measure.asks([part])) is not False
    ]
    gaps.sort(key=lambda gap: not gap.is_sure)
    return Gaps(base, other, stops_at, count, tuple(gaps), exact)


RESTS_ON = {
    EvidenceLevel.TEXT: "on the official text",
    EvidenceLevel.OWN: "on the proposal's own text",
    EvidenceLevel.OFFICIAL: "on official accounts",
    EvidenceLevel.SECONDARY: "on secondary accounts",
    EvidenceLevel.INFERRED: "on inference",
    EvidenceLevel.UNREAD: "on text that was not read",
}
"""What a result rests on, in words, by how the law is known."""
