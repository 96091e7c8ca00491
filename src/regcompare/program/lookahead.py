"""One step ahead: each open question is tried with each answer, and what all answers share is kept.

All trials of a case stand side by side as rows, so that one evaluation answers them all; cases with the
same open questions are looked at together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate, pairwise
from typing import Any

import attrs

from regcompare.logic.planes import Rows
from regcompare.ruleset.rules import Outcome, Span

from .force import Asks
from .program import Program

__all__ = ["Found", "Truths", "found", "telling_first", "tried"]

Trial = Mapping[int, Any]
"""Answers to add, by the places of their questions."""

_TOGETHER = 128
"""So many cases at most are looked ahead of at once."""


@attrs.frozen(eq=False)
class Found:
    """What is found of one case: three-valued truths, and the span.

    Rules and span are those of the days on which the ruleset is in force and covers the transaction.

    Attributes:
        in_scope: Whether the ruleset covers the transaction.
        in_force: Whether it is in force.
        holds: For each rule whether it holds.
        stands: For each rule whether it holds and is not lifted.
        reached: The least and the greatest outcome where there is one.
    """

    in_scope: bool | None
    in_force: bool | None
    holds: Sequence[bool | None]
    stands: Sequence[bool | None]
    reached: Span

    @property
    def span(self) -> Span | None:
        """The least and the greatest outcome; None out of scope, or where it is not in force."""
        return None if self.in_scope is False or self.in_force is False else self.reached


@attrs.define(eq=False)
class Truths:
    """The planes of everything that is told of some cases, of which it may be learnt more."""

    program: Program
    size: int
    certain: list[int]
    possible: list[int]

    @classmethod
    def of(cls, program: Program, rows: Rows) -> Truths:
        certain, possible = program.planes.on(rows)
        return cls(program, rows.size, list(certain), list(possible))

    @property
    def force(self) -> int:
        """The place of force; what follows it is what stands and what is reached."""
        return len(self.program.entries) + 1

    def found(self, row: int) -> Found:
        """What is found of one of the cases."""
        rules, bit = len(self.program.entries), 1 << row
        truths = [
            True if sure & bit else None if may & bit else False
            for sure, may in zip(self.certain, self.possible, strict=True)
        ]
        steps = truths[2 * rules + 2 :]
        low = sum(step is True for step in steps)
        high = sum(step is not False for step in steps)
        return Found(
            truths[0],
            truths[rules + 1],
            truths[1 : rules + 1],
            truths[rules + 2 : 2 * rules + 2],
            Span(_OUTCOMES[low], _OUTCOMES[high]),
        )

    def bearing(self, row: int) -> frozenset[int]:
        """The questions that bear on what is undecided of a case; out of scope only force is."""
        in_scope = self.possible[0] >> row & 1
        told = zip(self.program.bearing, self.certain, self.possible, strict=False)
        undecided = (
            questions
            for place, (questions, sure, may) in enumerate(told)
            if (sure ^ may) >> row & 1 and (in_scope or place == self.force)
        )
        return frozenset().union(*undecided)


_OUTCOMES = tuple(Outcome)


def found(
    program: Program, rows: Sequence[Sequence[Any]], *, look_ahead: bool = True
) -> list[tuple[Found, list[Any]] | None]:
    """Puts cases under a program.

    Args:
        program: The ruleset as conditions.
        rows: The answers of each case, in the order of the program's questions; None is unknown.
        look_ahead: Whether each open question is tried alone.

    Returns:
        For each case what is found, and its answers with those that follow; None where its answers
        contradict each other.
    """
    state = Rows.of(program.leaves, rows)
    dead, answered = program.propagation.settle(state)
    truths = Truths.of(program, state)
    results: list[tuple[Found, list[Any]] | None] = [None] * len(rows)
    alike: dict[tuple[frozenset[int], tuple[bool, ...]], list[int]] = {}
    settled = [_settled(program, state, row, place, answered) for place, row in enumerate(rows)]
    for place, row in enumerate(settled):
        if dead >> place & 1:
            continue
        first = truths.found(place)
        results[place] = first, row
        is_asked = look_ahead and first.in_force is not False
        bearing = truths.bearing(place) if is_asked else frozenset()
        if bearing:
            alike.setdefault((bearing, tuple(answer is None for answer in row)), []).append(place)
    for (bearing, _), places in alike.items():
        for start in range(0, len(places), _TOGETHER):
            batch = places[start : start + _TOGETHER]
            alone = (state, truths) if len(rows) == 1 else None
            ahead = _ahead(program, [settled[place] for place in batch], bearing, alone)
            for place, better in zip(batch, ahead, strict=True):
                results[place] = better, settled[place]
    return results


def _settled(
    program: Program, state: Rows, row: Sequence[Any], place: int, answered: Iterable[int]
) -> list[Any]:
    """The answers of a case with those that follow from them."""
    done = list(row)
    for question in answered:
        if row[question] is None:
            done[question] = _told(program, state, question, place)
    return done


def _told(program: Program, state: Rows, question: int, place: int) -> Any:
    """The answer that the leaves of a question tell, if one does."""
    leaves = program.leaves.of[question]
    if any((state.certain[leaf] ^ state.possible[leaf]) >> place & 1 for leaf in leaves):
        return None
    met = tuple(leaf for leaf in leaves if state.certain[leaf] >> place & 1)
    answers = (cell.answer for cell in program.cells[question])
    return next((item for item in answers if program.leaves.told_by(question, item)[0] == met), None)


def tried(program: Program, row: Sequence[Any], trials: Sequence[Trial]) -> list[Found | None]:
    """Returns what is found when answers are added to those of one case; None where they cannot be.

    Args:
        program: The ruleset as conditions.
        row: The answers of the case, with those that follow.
        trials: The answers to add, each trial on its own.
    """
    rows, dead = _side_by_side(program, Rows.of(program.leaves, [row]), trials)
    truths = Truths.of(program, rows)
    return [None if dead >> place & 1 else truths.found(place) for place in range(len(trials))]


def _side_by_side(program: Program, state: Rows, trials: Sequence[Trial]) -> tuple[Rows, int]:
    """The rows once for each trial, with its answers added; and where that is a contradiction."""
    wide, block = state.repeated(len(trials)), state.all
    for place, trial in enumerate(trials):
        bits = block << place * state.size
        for question, answer in trial.items():
            wide.answer(question, answer, bits)
        for question, answer in trial.items():
            program.propagation.nest(wide, question, answer, bits)
    return wide, program.propagation.settle(wide)[0]


def _ahead(
    program: Program,
    rows: Sequence[Sequence[Any]],
    bearing: frozenset[int],
    worked: tuple[Rows, Truths] | None,
) -> list[Found]:
    """Looks one step ahead of cases of which the same questions are open.

    Args:
        program: The ruleset as conditions.
        rows: Their answers, with those that follow.
        bearing: The questions that bear on what is undecided of them.
        worked: The rows and their truths, where these are worked out already.
    """
    if worked is None:
        state = Rows.of(program.leaves, rows)
        worked = state, Truths.of(program, state)
    state, truths = worked
    groups = list(_questions(program, rows[0], bearing))
    wide, dead = _side_by_side(program, state, [trial for group in groups for trial in group])
    _narrow(truths, Truths.of(program, wide), dead, list(map(len, groups)))
    return [truths.found(place) for place in range(len(rows))]


# what is tried -----------------------------------------------------------------------------------


def _questions(
    program: Program, row: Sequence[Any], bearing: frozenset[int]
) -> Iterator[Sequence[Trial]]:
    """The open questions that bear on the case, each with the answers to try."""
    relevant = [question for question in sorted(bearing) if row[question] is None]
    for question in relevant:
        yield [{question: cell.answer} for cell in program.cells[question]]
    for group in program.propagation.groups:
        if not set(group).isdisjoint(relevant):
            yield _members(program, row, group)
    if program.days and program.days[-1].keys() <= set(relevant):
        yield program.days


def _members(program: Program, row: Sequence[Any], group: Sequence[int]) -> list[Trial]:
    """No open member of the set belongs to it, or this one is the first that does.

    Which is the first depends on the law applied.  Where that is not known none is: else a span could
    widen once it becomes known.
    """
    known = program.asks is Asks.NOTHING
    given = tuple(row[place] for place in program.given)
    ordered = telling_first(program, tuple(group), given) if known else group
    still_open = [question for question in ordered if row[question] is None]
    none: Trial = dict.fromkeys(still_open, False)
    if not known:
        return [none, *({question: True} for question in still_open)]
    return [
        none,
        *(
            dict.fromkeys(still_open[:place], False) | {question: True}
            for place, question in enumerate(still_open)
        ),
    ]


@lru_cache(maxsize=1024)
def telling_first(program: Program, group: tuple[int, ...], given: tuple[Any, ...]) -> list[int]:
    """Members of a set, those first that alone settle most: an entry in force before one that is not.

    The order depends on the law applied and the readings taken, never on the facts, so that learning a
    fact cannot widen a span.
    """
    blank: list[Any] = [None] * len(program.keys)
    for place, answer in zip(program.given, given, strict=True):
        blank[place] = answer
    rows, dead = _side_by_side(
        program, Rows.of(program.leaves, [blank]), [{question: True} for question in group]
    )
    truths = Truths.of(program, rows)
    told = range(len(program.asked))
    left_open = {
        question: 0
        if dead >> place & 1
        else sum((truths.certain[item] ^ truths.possible[item]) >> place & 1 for item in told)
        for place, question in enumerate(group)
    }
    return sorted(group, key=left_open.__getitem__)


# what is kept ------------------------------------------------------------------------------------


@attrs.frozen(eq=False, slots=False)
class _Blocks:
    """Trials side by side, in groups: the answers to one question each."""

    size: int
    groups: Sequence[int]

    @cached_property
    def masks(self) -> list[tuple[int, int, int]]:
        """For each group where it starts, how wide it is, and its rows."""
        ends = list(accumulate((trials * self.size for trials in self.groups), initial=0))
        return [(start, end - start, _ones(end) ^ _ones(start)) for start, end in pairwise(ends)]

    def met(self, plane: int) -> list[int]:
        """For each group the cases in which the plane is met in some trial."""
        if self.size == 1:
            return [1 if plane & mask else 0 for _, _, mask in self.masks]
        return [self._folded((plane & mask) >> start, wide) for start, wide, mask in self.masks]

    def _folded(self, plane: int, wide: int) -> int:
        while wide > self.size:
            half = (wide // self.size + 1) // 2 * self.size
            plane, wide = plane & _ones(half) | plane >> half, half
        return plane

    def spread(self, cases: Sequence[int]) -> int:
        """For each trial the cases of its group."""
        every, wide = _ones(self.size), 0
        for bits, (_, _, mask) in zip(cases, self.masks, strict=True):
            wide |= mask if bits == every else bits * (_ones(mask.bit_length()) // every) & mask
        return wide


def _ones(wide: int) -> int:
    return (1 << wide) - 1


def _narrow(truths: Truths, branches: Truths, dead: int, groups: Sequence[int]) -> None:
    """Keeps what is common to all answers of one question, for each question.

    Out of scope, and where it is not in force, there is no outcome, so rules, and what is reached, are
    those of the answers that leave the transaction in scope of what is in force.
    """
    blocks = _Blocks(truths.size, groups)
    force, alive = truths.force, _ones(branches.size) & ~dead
    in_force = alive & branches.possible[force]
    idle = _ones(branches.size) & ~blocks.spread(blocks.met(in_force))
    inside = in_force & branches.possible[0]
    _settle(truths, branches, blocks, alive, [force])
    _settle(truths, branches, blocks, in_force | alive & idle, [0])
    _settle(
        truths,
        branches,
        blocks,
        inside,
        (place for place in range(1, len(truths.certain)) if place != force),
    )


def _settle(
    truths: Truths, branches: Truths, blocks: _Blocks, counting: int, places: Iterable[int]
) -> None:
    """Keeps, of these conditions, what all trials that count have in common."""
    asked = blocks.met(counting)
    every = _ones(truths.size)
    for place in places:
        sure, may = truths.certain[place], truths.possible[place]
        if sure == may:
            continue
        if sure != every:
            fails = blocks.met(counting & ~branches.certain[place])
            for some, failing in zip(asked, fails, strict=True):
                sure |= some & ~failing
        holds = blocks.met(counting & branches.possible[place])
        for some, holding in zip(asked, holds, strict=True):
            may &= ~some | holding
        truths.certain[place] |= sure & truths.possible[place]
        truths.possible[place] &= may | truths.certain[place]
