"""One step ahead: each open question is tried with each answer, and what all answers share is kept.

All trials of a case stand side by side as rows, so that one evaluation answers them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import attrs

from regcompare.logic.conditions import is_open
from regcompare.logic.planes import Rows
from regcompare.ruleset.rules import Outcome, Span

from .cells import cells_among
from .force import Asks
from .program import Program, bits_of

__all__ = ["Found", "Truths", "forgetting", "found", "telling_first", "tried"]

Added = tuple[int, Any, int]
"""An answer to add: the place of its question, the answer, and the trials that add it, a bit each."""


@attrs.frozen(eq=False)
class Found:
    """What is found of one case: three-valued truths, and the span.

    Rules and span are those of the days on which the ruleset is in force and covers the transaction.

    Attributes:
        in_scope: Whether the ruleset covers the transaction.
        in_force: Whether it is in force.
        holds: For each rule whether it holds.
        stands: For each rule whether it holds and is not lifted.
        reached: The mildest and the strictest outcome where there is one.
    """

    in_scope: bool | None
    in_force: bool | None
    holds: Sequence[bool | None]
    stands: Sequence[bool | None]
    reached: Span

    @property
    def span(self) -> Span | None:
        """The mildest and the strictest outcome; None out of scope, or where it is not in force."""
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

    def bearing(self) -> int:
        """The questions, as bits, that bear on what is undecided of the one case.

        Out of scope only force is.
        """
        told = zip(self.program.bearing, self.certain, self.possible, strict=False)
        found = 0
        for place, (questions, sure, may) in enumerate(told):
            if sure != may and (self.possible[0] or place == self.force):
                found |= questions
        return found


_OUTCOMES = tuple(Outcome)


def found(
    program: Program, row: Sequence[Any], *, look_ahead: bool = True
) -> tuple[Found, list[Any]] | None:
    """Puts a case under a program.

    Args:
        program: The ruleset as conditions.
        row: The answers of the case, in the order of the program's questions; None is unknown.
        look_ahead: Whether each open question is tried alone.

    Returns:
        What is found, and the answers with those that follow; None where the answers contradict each
        other.
    """
    state = Rows.of(program.leaves, [row])
    dead, answered = program.propagation.settle(state)
    if dead:
        return None
    settled = list(row)
    for question in answered:
        if row[question] is None:
            settled[question] = _told(program, state, question)
    truths = Truths.of(program, state)
    if look_ahead and truths.possible[truths.force] and (bearing := truths.bearing()):
        _look_ahead(program, settled, state, truths, bearing)
    return truths.found(0), settled


def _told(program: Program, state: Rows, question: int) -> Any:
    """The answer that the leaves of a question tell, if one does."""
    leaves = program.leaves.of[question]
    if any(state.certain[leaf] != state.possible[leaf] for leaf in leaves):
        return None
    met = tuple(leaf for leaf in leaves if state.certain[leaf])
    answers = (cell.answer for cell in program.cells[question])
    return next((item for item in answers if program.leaves.told_by(question, item)[0] == met), None)


def tried(
    program: Program, row: Sequence[Any], trials: Sequence[Mapping[int, Any]]
) -> list[Found | None]:
    """Returns what is found when answers are added to those of one case; None where they cannot be.

    Args:
        program: The ruleset as conditions.
        row: The answers of the case, with those that follow.
        trials: The answers to add, by the places of their questions, each trial on its own.
    """
    added = [
        (question, answer, 1 << place)
        for place, trial in enumerate(trials)
        for question, answer in trial.items()
    ]
    truths, dead = _side_by_side(program, Rows.of(program.leaves, [row]), len(trials), added)
    return [None if dead >> place & 1 else truths.found(place) for place in range(len(trials))]


def forgetting(program: Program, row: Sequence[Any], trials: Sequence[Sequence[int]]) -> list[Found]:
    """Returns what is found of a case, without look-ahead, where some of its answers are not known.

    Args:
        program: The ruleset as conditions.
        row: The answers of the case.
        trials: The places of the questions to leave open, each trial on its own.
    """
    rows = Rows.of(program.leaves, [row]).repeated(len(trials))
    for place, questions in enumerate(trials):
        for question in questions:
            rows.forget(question, 1 << place)
    program.propagation.settle(rows)
    truths = Truths.of(program, rows)
    return [truths.found(place) for place in range(len(trials))]


def _side_by_side(
    program: Program, state: Rows, trials: int, added: Sequence[Added]
) -> tuple[Truths, int]:
    """A case once for each trial, with its answers added; and which trials are contradictions."""
    rows = state.repeated(trials)
    for question, answer, bits in added:
        rows.answer(question, answer, bits)
    for question, answer, bits in added:
        program.propagation.nest(rows, question, answer, bits)
    dead, _ = program.propagation.settle(rows)
    return Truths.of(program, rows), dead


def _look_ahead(program: Program, row: Sequence[Any], state: Rows, truths: Truths, bearing: int) -> None:
    """Looks one step ahead of a case, and keeps what is common to all answers of one question."""
    added: list[Added] = []
    groups: list[int] = []
    size = 0
    for trials, answers in _questions(program, row, bearing):
        added += ((question, answer, bits << size) for question, answer, bits in answers)
        groups.append(_ones(trials) << size)
        size += trials
    _narrow(truths, *_side_by_side(program, state, size, added), groups)


# what is tried -----------------------------------------------------------------------------------


def _questions(
    program: Program, row: Sequence[Any], bearing: int
) -> Iterator[tuple[int, Sequence[Added]]]:
    """The open questions that bear on the case: how many trials each takes, and what they add."""
    relevant = [question for question in bits_of(bearing) if is_open(row[question])]
    for question in relevant:
        yield _answers_of(program, question, row[question])
    for group in program.propagation.groups:
        if not set(group).isdisjoint(relevant):
            yield _members(program, row, group)
    if program.days and program.days[-1].keys() <= set(relevant):
        days = enumerate(program.days)
        yield (
            len(program.days),
            [(question, day, 1 << place) for place, pair in days for question, day in pair.items()],
        )


@lru_cache(maxsize=1 << 14)
def _answers_of(program: Program, question: int, known: Any) -> tuple[int, Sequence[Added]]:
    cells = cells_among(program.cells[question], known)
    return len(cells), [(question, cell.answer, 1 << place) for place, cell in enumerate(cells)]


def _members(program: Program, row: Sequence[Any], group: Sequence[int]) -> tuple[int, Sequence[Added]]:
    """No open member of the set belongs to it, or this one is the first that does.

    Which is the first depends on the law applied.  Where that is not known none is: else a span could
    widen once it becomes known.
    """
    known = program.asks is Asks.NOTHING
    given = tuple(row[place] for place in program.given)
    ordered = telling_first(program, tuple(group), given) if known else group
    still_open = [question for question in ordered if row[question] is None]
    trials = len(still_open) + 1
    later = _ones(trials) if known else 0
    none = [
        (question, False, 1 | later & ~_ones(place + 1)) for place, question in enumerate(still_open, 1)
    ]
    return trials, [
        *none,
        *((question, True, 1 << place) for place, question in enumerate(still_open, 1)),
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
    added = [(question, True, 1 << place) for place, question in enumerate(group)]
    truths, dead = _side_by_side(program, Rows.of(program.leaves, [blank]), len(group), added)
    told = range(len(program.asked))
    left_open = {
        question: 0
        if dead >> place & 1
        else sum((truths.certain[item] ^ truths.possible[item]) >> place & 1 for item in told)
        for place, question in enumerate(group)
    }
    return sorted(group, key=left_open.__getitem__)


# what is kept ------------------------------------------------------------------------------------


def _ones(wide: int) -> int:
    return (1 << wide) - 1


def _narrow(truths: Truths, branches: Truths, dead: int, groups: Sequence[int]) -> None:
    """Keeps what is common to all answers of one question, for each question.

    Out of scope, and where it is not in force, there is no outcome, so rules, and what is reached, are
    those of the answers that leave the transaction in scope of what is in force.
    """
    force = truths.force
    alive = _ones(branches.size) & ~dead
    in_force = alive & branches.possible[force]
    idle = sum(group for group in groups if not group & in_force)
    inside = in_force & branches.possible[0]
    rest = (place for place in range(1, len(truths.certain)) if place != force)
    _settle(truths, branches, groups, alive, [force])
    _settle(truths, branches, groups, in_force | alive & idle, [0])
    _settle(truths, branches, groups, inside, rest)


def _settle(
    truths: Truths, branches: Truths, groups: Sequence[int], counting: int, places: Iterable[int]
) -> None:
    """Keeps, of these conditions, what all trials that count have in common."""
    asked = [counted for group in groups if (counted := group & counting)]
    for place in places:
        if truths.certain[place] != truths.possible[place]:
            sure, may = branches.certain[place], branches.possible[place]
            truths.certain[place] = int(any(counted & sure == counted for counted in asked))
            truths.possible[place] = int(
                truths.certain[place] or all(counted & may for counted in asked)
            )
