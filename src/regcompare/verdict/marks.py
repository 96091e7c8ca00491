"""The mark of a result: how well the provisions behind it are known.

A set of provisions suffices for a result if it explains the outcome: a rule with that outcome that
stands, what makes its condition hold, and what keeps each stricter rule from standing.  A set is as well
known as its weakest member; of several sets that suffice, the best known counts.

A rule counts with its own mark, a term that holds with its mark, and the assumed reading of a doubtful
text with the mark of its reason, unless every reading has the same result.  A row of a table counts with
its mark on the day, where it holds and where it fails although what it asks holds.  Facts have no mark;
what fails otherwise has none either, since it depends on the fact that fails.  Whether the ruleset
applies at all does not count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from regcompare._support.derived import derived
from regcompare.law import EvidenceLevel
from regcompare.logic.conditions import (
    All,
    Answers,
    AnyOf,
    Choose,
    Condition,
    Term,
    Truth,
    nodes,
)
from regcompare.logic.questions import RowQuestion
from regcompare.program.lookahead import PartialVerdict
from regcompare.program.program import Program
from regcompare.ruleset.rules import Interpretation, Outcome
from regcompare.vocabulary.dated import RowCitation, evidence_of, row_of

from .readings import ChosenReadings

BEST = EvidenceLevel.TEXT.rank


def mark_of(
    program: Program,
    partial: PartialVerdict,
    truths: Mapping[Condition, Truth],
    readings: ChosenReadings,
    days: Answers,
) -> EvidenceLevel | None:
    """Returns the mark of a result; None where it depends on no provision that holds.

    Args:
        program: The ruleset as conditions.
        partial: The truths of its rules, and the span.
        truths: The truths of its conditions and of their parts, as they were evaluated.
        readings: The reading of each doubtful text.
        days: The days on which tables are read, by key.
    """
    known = _Known(program, partial, truths, readings, days, _doubts(program), _weaker(program))
    span, deciding = partial.conditional_span, known.deciding()
    if not deciding and span.low is Outcome.NO_CONTROL:
        rank = BEST
    else:
        rank = max(map(known.standing, deciding)) if deciding else known.one_of_several()
    rank = min([rank, *known.kept_out()])
    if rank == BEST and not deciding and span.low is Outcome.NO_CONTROL:
        return None
    return list(EvidenceLevel)[rank]


@derived
def _doubts(program: Program) -> Mapping[str, tuple[Interpretation, int]]:
    """Each doubt by its key, with the rank of the reason for its default reading."""
    parts = program.ruleset.parts()  # Also of a base that is not in force.
    return {doubt.key: (doubt, part.mark(doubt).rank) for part in parts for doubt in part.doubts}


@derived
def _weaker(program: Program) -> frozenset[Condition]:
    """The conditions of rules, and their parts, that may depend on less than the official text."""
    doubts, weaker = _doubts(program), set[Condition]()
    of_rules = (item for entry in program.entries for item in (entry.condition, entry.when))
    for node in nodes(of_rules):
        evidence = evidence_of(node, {}) if isinstance(node, Term) else None
        own = doubts[node.key][1] if isinstance(node, Choose) else evidence.rank if evidence else BEST
        if own < BEST or not weaker.isdisjoint(node.parts):
            weaker.add(node)
    return frozenset(weaker)


@attrs.frozen(eq=False)
class _Known:
    """The evidence level of rules and conditions in one case: the rank of the best set that suffices."""

    program: Program
    partial: PartialVerdict
    truths: Mapping[Condition, Truth]
    readings: ChosenReadings
    days: Answers
    doubts: Mapping[str, tuple[Interpretation, int]]
    weaker: frozenset[Condition]
    _ranks: dict[Condition, int] = attrs.field(factory=dict)

    def deciding(self) -> Sequence[int]:
        """The places of the rules that decide the mildest outcome."""
        low, entries = self.partial.conditional_span.low, enumerate(self.program.entries)
        stands = self.partial.stands
        return [place for place, entry in entries if stands[place] and entry.rule.then is low]

    def one_of_several(self) -> int:
        """Returns the level of all rules of which one decides; unread law is left out of them."""
        truths = zip(self.program.entries, self.partial.stands, self.partial.holds, strict=True)
        return min(
            (
                self._rule(place)
                for place, (entry, stands, holds) in enumerate(truths)
                if stands is not False and (holds or not entry.source.is_unread(entry.rule))
            ),
            default=BEST,
        )

    def kept_out(self) -> Sequence[int]:
        """Returns the level of what keeps each rule out that is stricter than the result."""
        high, entries = self.partial.conditional_span.high, enumerate(self.program.entries)
        stands = self.partial.stands
        return [
            self._fallen(place)
            for place, entry in entries
            if entry.rule.then > high and stands[place] is False
        ]

    def _rule(self, place: int) -> int:
        entry = self.program.entries[place]
        return min(entry.source.mark(entry.rule).rank, self._of(entry.when))

    def standing(self, place: int) -> int:
        """Returns the level at which a rule stands: of what makes it hold, and keeps others from it."""
        overriders = self.program.entries[place].overriders
        return min([self._rule(place), *map(self._fallen, overriders)])

    def _fallen(self, place: int) -> int:
        """Returns the level at which a rule does not stand: of what overrides it, or why it fails."""
        entry = self.program.entries[place]
        overriding = [other for other in entry.overriders if self.partial.stands[other]]
        ways = [self.standing(other) for other in overriding]
        if not overriding or self.partial.holds[place] is False:
            ways.append(self._of(entry.condition))
        return max(ways)

    def _of(self, condition: Condition) -> int:
        if condition not in self.weaker:
            return BEST
        if condition not in self._ranks:
            self._ranks[condition] = self._of_doubtful(condition)
        return self._ranks[condition]

    def _of_doubtful(self, condition: Condition) -> int:
        """One part that decides it suffices; otherwise each counts."""
        truth, parts = self.truths[condition], condition.parts
        if isinstance(condition, Term):
            return self._of_term(condition, truth)
        if isinstance(condition, Choose):
            return self._of_choice(condition, truth)
        if isinstance(condition, All | AnyOf) and truth is isinstance(condition, AnyOf):
            deciding = [part for part in parts if self.truths[part] is truth]
            return max(map(self._of, deciding)) if self.weaker.issuperset(deciding) else BEST
        return min(map(self._of, parts))

    def _of_term(self, term: Term, truth: Truth) -> int:
        rank = self._of(term.condition)
        if truth or (truth is False and self._fails_on_the_day(term)):
            evidence = evidence_of(term, self.days)
            return min(rank, evidence.rank) if evidence else rank
        return rank

    def _of_choice(self, condition: Choose, truth: Truth) -> int:
        """The chosen reading counts, or all of them where they have the same result."""
        every, (doubt, rank) = min(map(self._of, condition.parts)), self.doubts[condition.key]
        chosen = self.readings[doubt]
        if chosen is None:
            return every
        own = self._of(dict(condition.readings)[chosen])
        own = min(own, rank) if chosen == doubt.default else own
        is_same = all(self.truths[part] is truth for part in condition.parts)
        return max(own, every) if is_same else own

    def _fails_on_the_day(self, term: Term) -> bool:
        """Returns whether a row of a table fails although what it asks besides the day holds.

        The day until which a text was read is no account of a text, so it counts besides.
        """
        cite, whole = row_of(term), term.condition
        if cite is None or _is_age(cite):
            return False
        parts = whole.parts if isinstance(whole, All) else (whole,)
        return all(self.truths[part] or _is_of_day(part, cite) for part in parts)


def _is_of_day(condition: Condition, cite: RowCitation) -> bool:
    """Returns whether a part of a row asks only about the day on which the row has to be in force."""
    own, of_day = row_of(condition), ("", cite.day)
    return not (own and _is_age(own)) and all(
        node.key in of_day or isinstance(node.question, RowQuestion) for node in nodes([condition])
    )


def _is_age(cite: RowCitation) -> bool:
    """Returns whether a row says until which day a text was read."""
    return "through" in cite.row.values
