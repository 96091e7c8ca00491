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

from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Any

import attrs

from regcompare.law import Checked
from regcompare.logic.conditions import (
    All,
    AnyOf,
    Choose,
    Condition,
    Seen,
    Step,
    Term,
    nodes,
    questions,
)
from regcompare.program.lookahead import PartialVerdict
from regcompare.program.program import Program
from regcompare.ruleset.rules import Outcome, Span
from regcompare.vocabulary.dated import evidence_of, row_of

_BEST = Checked.TEXT.rank


@attrs.define(eq=False, slots=False)
class Marks:
    """The marks that a result depends on.

    Attributes:
        program: The ruleset as conditions.
        partial_verdict: The truths of its rules.
        span: The result.
        answers: The answers to its questions.
        seen: Steps already walked under these answers.
    """

    program: Program
    partial_verdict: PartialVerdict
    span: Span
    answers: Mapping[str, Any]
    seen: Seen
    _rank_of_term: dict[Condition, int] = attrs.field(init=False, factory=dict)

    @cached_property
    def _weaker(self) -> frozenset[Condition]:
        return _weaker(self.program)

    def result(self) -> Checked | None:
        """Returns the mark of the result; None where it depends on no provision that holds."""
        low = list(self._low())
        rank = min([max(low, default=_BEST), *self._kept_out()])
        return list(Checked)[rank] if low or rank < _BEST else None

    def _low(self) -> Iterator[int]:
        """For each set that suffices for the mildest outcome, its weakest rank."""
        low = self.span.low
        rules = [place for place, entry in enumerate(self.program.entries) if entry.rule.then is low]
        deciding = [self._stands(place) for place in rules if self.partial_verdict.stands[place]]
        if deciding or low is Outcome.NO_CONTROL:
            yield from deciding
        else:  # One of several decides, though none of them for certain.
            yield min((self._rule(place) for place in self._possible()), default=_BEST)

    def _possible(self) -> Iterator[int]:
        """The rules of which one decides; unread law is left out, as the outcome holds without it."""
        for place, entry in enumerate(self.program.entries):
            is_unread = not self.partial_verdict.holds[place] and entry.source.is_unread(entry.rule)
            if self.partial_verdict.stands[place] is not False and not is_unread:
                yield place

    def _kept_out(self) -> Iterator[int]:
        """For each stricter rule, the rank of what keeps it from standing."""
        for place, entry in enumerate(self.program.entries):
            if entry.rule.then > self.span.high and self.partial_verdict.stands[place] is False:
                yield self._falls(place)

    def _rule(self, place: int) -> int:
        """The rank of a rule, with what makes it hold or leaves it open."""
        entry = self.program.entries[place]
        return min(entry.source.mark(entry.rule).rank, self._of(entry.source.condition(entry.rule)))

    def _stands(self, place: int) -> int:
        lifters = self.program.entries[place].lifters
        return min([self._rule(place), *map(self._falls, lifters)])

    def _falls(self, place: int) -> int:
        """The best rank of what keeps a rule from standing: it fails, or is overridden."""
        entry, verdict = self.program.entries[place], self.partial_verdict
        overridden = [self._stands(lifter) for lifter in entry.lifters if verdict.stands[lifter]]
        holds = verdict.holds[place] is not False and overridden
        return max([*overridden, *([] if holds else [self._of(entry.condition)])])

    def _of(self, condition: Condition) -> int:
        if condition not in self._weaker or self._fails_by_text(condition):
            return _BEST
        return self._of_step(condition._walk(self.answers, self.seen))

    def _fails_by_text(self, condition: Condition) -> bool:
        """Whether a part of a condition fails that depends on the official text alone."""
        if condition not in self._weaker:
            return condition._walk(self.answers, self.seen)[1] is False
        whole = condition.condition if isinstance(condition, Term) else condition
        parts = whole.parts if isinstance(whole, All) else ()
        return any(self._fails_by_text(part) for part in parts if not _is_on_day(part, condition))

    def _of_step(self, step: Step) -> int:
        if step[0] not in self._weaker:
            return _BEST
        if not isinstance(step[0], Term):
            return self._worked_out(step)
        if step[0] not in self._rank_of_term:
            self._rank_of_term[step[0]] = self._worked_out(step)
        return self._rank_of_term[step[0]]

    def _worked_out(self, step: Step) -> int:
        condition, truth, parts = step
        if isinstance(condition, Choose):
            return self._of_choice(condition, truth, parts)
        ranks = [self._of_step(part) for part in parts if _counts(condition, truth, part)]
        if isinstance(condition, All | AnyOf) and truth is isinstance(condition, AnyOf):
            return max(ranks)  # One of them suffices.
        if isinstance(condition, Term) and (truth or self._fails_for_the_day(step)):
            evidence = evidence_of(condition, self.answers)
            ranks += [evidence.rank] if evidence else []
        return min(ranks, default=_BEST)

    def _fails_for_the_day(self, step: Step) -> bool:
        """Whether a row fails though what it asks holds."""
        condition, truth, (whole, *_) = step
        if truth is not False or row_of(condition) is None:
            return False
        steps = whole[2] if isinstance(whole[0], All) else [whole]
        return all(part[1] for part in steps if not _is_on_day(part[0], condition))

    def _of_choice(self, condition: Choose, truth: bool | None, parts: tuple[Step, ...]) -> int:
        """The rank of the chosen reading, or of all of them where they have the same result."""
        reading = self.answers.get(condition.key)
        if reading is None:
            return min(map(self._of_step, parts))
        default, rank = _defaults(self.program)[condition.key]
        rank = min(self._of_step(parts[0]), rank if reading == default else _BEST)
        if rank == _BEST:
            return rank
        steps = [part._walk(self.answers, self.seen) for part in condition.parts]
        is_same = all(step[1] is truth for step in steps)
        return max(rank, min(map(self._of_step, steps))) if is_same else rank


@lru_cache(maxsize=256)
def _defaults(program: Program) -> Mapping[str, tuple[str, int]]:
    """For each doubt, its default reading and the rank of its reason."""
    return {
        doubt.key: (doubt.default, part.mark(doubt).rank)
        for part in program.ruleset.parts()  # Also of a base that is not in force.
        for doubt in part.doubts
    }


@lru_cache(maxsize=256)
def _weaker(program: Program) -> frozenset[Condition]:
    """The conditions that may depend on less than the official text."""
    own_conditions = (entry.source.condition(entry.rule) for entry in program.entries)
    weaker: set[Condition] = set()
    for node in nodes([*(entry.condition for entry in program.entries), *own_conditions]):
        if _rank(node, program) < _BEST or not weaker.isdisjoint(node.parts):
            weaker.add(node)
    return frozenset(weaker)


def _rank(node: Condition, program: Program) -> int:
    """The rank of a node itself, apart from its parts."""
    if isinstance(node, Choose):
        return _defaults(program)[node.key][1]
    evidence = evidence_of(node, {}) if isinstance(node, Term) else None
    return evidence.rank if evidence else _BEST


@lru_cache(maxsize=4096)
def _is_on_day(part: Condition, term: Condition) -> bool:
    """Whether a part of a row asks only about the day on which the row has to be in force."""
    cite = row_of(term)
    return cite is not None and questions([part]).keys() <= {cite.day, cite.row.unread.key}


def _counts(condition: Any, truth: bool | None, part: Step) -> bool:
    """Whether the truth of the whole depends on a part."""
    is_decided_join = isinstance(condition, All | AnyOf) and truth is not None
    return part[1] is truth if is_decided_join else True
