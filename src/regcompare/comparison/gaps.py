"""Gaps: the cases that one ruleset controls and another does not."""

from __future__ import annotations

from collections import Counter

import attrs

from regcompare._support.displays import Shown
from regcompare.law import Checked, weakest
from regcompare.ruleset.rules import Outcome
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.verdict import Prover, Verdict

from .measures import pluralise, verb_phrase


@attrs.frozen
class Gap:
    """A case in which one ruleset reaches an outcome and another stays below it.

    Attributes:
        scenario: The case.
        let_through: The verdict of the laxer ruleset.
        stopped: The verdict of the stricter ruleset.
        is_sure: Whether that is so whatever the open questions are answered.
    """

    __data__ = ("base", "other", "scenario", "let_through", "stopped", "is_sure")

    scenario: Scenario
    let_through: Verdict
    stopped: Verdict
    is_sure: bool

    @property
    def base(self) -> Ruleset:
        """The laxer ruleset."""
        return self.let_through.ruleset

    @property
    def other(self) -> Ruleset:
        """The stricter ruleset."""
        return self.stopped.ruleset


@attrs.frozen(repr=False)
class Gaps(Shown):
    """The gaps between two rulesets over a set of cases.

    Attributes:
        base: The id of the laxer ruleset.
        other: The id of the stricter ruleset.
        stops_at: The least outcome that counts as controlled.
        found: The gaps, sure ones first.
        set_aside: How many cases one of them does not reach (out of scope or not in force).
        cases: How many cases were compared.
        exact: Whether each gap that is not sure was proved to be possible; they are at most so many.
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
        """The gaps that exist whatever the open questions are answered."""
        return tuple(gap for gap in self.found if gap.is_sure)

    def __repr__(self) -> str:
        cases = pluralise(len(self.found), "case")
        return f"<Gaps: {cases} in which {self.other} is stricter than {self.base}>"

    def sentence(self) -> str:
        """Returns the finding as a sentence."""
        unsure = len(self.found) - len(self.sure)
        possibly = self._possibly(unsure) if unsure else ""
        set_aside = f"; {self.set_aside} set aside" if self.set_aside else ""
        return (
            f"Of {pluralise(self.cases, 'case')}, {self.count() or 'none'} "
            f"{verb_phrase(self.stops_at, len(self.sure))} under {self.other} but not under "
            f"{self.base}"
            f"{possibly}{set_aside}."
        )

    def count(self) -> str:
        """Returns how many gaps are sure, with the marks on which they rest; blank if there are none."""
        return f"{len(self.sure)}{_marks_in_words(self.marks())}" if self.sure else ""

    def marks(self) -> Counter[Checked]:
        """Returns how many of the sure gaps rest on each mark."""
        pairs = ((gap.let_through.checked, gap.stopped.checked) for gap in self.sure)
        return Counter(weakest(filter(None, pair)) or Checked.TEXT for pair in pairs)

    def _possibly(self, number: int) -> str:
        """How many more there may be: proved possible, or at most."""
        link, more = (", and", " more") if self.sure else (", but", "")
        bound = "" if self.exact else "up to "
        proved = " (proved possible)" if self.exact else ""
        return f"{link} possibly {bound}{number}{more}{proved}"


def gap_between(laxer: Verdict, stricter: Verdict, at: Outcome, prover: Prover | None) -> Gap | None:
    """Returns the gap between two verdicts on a case; None where there certainly is none.

    Args:
        laxer: The verdict that would stay below the outcome.
        stricter: The verdict that would reach it.
        at: The outcome.
        prover: What proves whether both are possible under the same facts, where it is at hand.
    """
    if not laxer.span or not stricter.span or laxer.span.low >= at or stricter.span.high < at:
        return None
    is_sure = laxer.span.high < at <= stricter.span.low
    if not is_sure and not may_differ(laxer, stricter, at, prover):
        return None
    return Gap(laxer.scenario, laxer, stricter, is_sure)


def may_differ(laxer: Verdict, stricter: Verdict, at: Outcome, prover: Prover | None = None) -> bool:
    """Whether one verdict on a case may stay below an outcome while the other reaches it.

    With a prover the two are examined jointly: some answers to the open questions must do both.
    """
    if laxer.as_of == stricter.as_of and laxer.ruleset.only_adds_to(stricter.ruleset):
        return False
    prover = prover or (laxer.prover if stricter.exact else None)
    return prover.may_diverge(laxer, stricter, at) if prover else True


RESTS_ON = {
    Checked.TEXT: "on the official text",
    Checked.OWN: "on the proposal's own text",
    Checked.OFFICIAL: "on official accounts",
    Checked.SECONDARY: "on secondary accounts",
    Checked.INFERRED: "on inference",
    Checked.UNREAD: "on text that was not read",
}
"""What a result rests on, in words, by how the law is known."""


def _marks_in_words(counts: Counter[Checked]) -> str:
    if set(counts) <= {Checked.TEXT}:
        return ""
    if len(counts) == 1:
        return f" ({'all ' if counts.total() > 1 else ''}{RESTS_ON[next(iter(counts))]})"
    parts = (f"{counts[mark]} {RESTS_ON[mark]}" for mark in reversed(Checked) if counts[mark])
    return f" ({', '.join(parts)})"
