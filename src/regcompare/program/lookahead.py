"""One step ahead: each open question is tried with each answer, and what all answers share is kept.

All trials of some cases are rows side by side, so that one evaluation answers them all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from operator import add
from typing import Any

import attrs

from regcompare.logic.conditions import Among
from regcompare.logic.planes import Pair, Rows
from regcompare.ruleset.rules import Outcome, Span

from .cells import cells_among
from .force import OpenLawQuestion
from .program import Program, bits_of

Added = tuple[int, Any, int]
"""An answer to add: the place of its question, the answer, and the trials that add it, a bit each."""


@attrs.frozen(eq=False)
class PartialVerdict:
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
    certain: Sequence[int]
    possible: Sequence[int]

    @classmethod
    def of(cls, program: Program, rows: Rows) -> Truths:
        return cls(program, rows.size, *program.planes.evaluate(rows))

    @property
    def force(self) -> int:
        """The place of force; what follows it is what stands and what is reached."""
        return len(self.program.entries) + 1

    def found(self, row: int) -> PartialVerdict:
        """What is found of one of the cases."""
        certain, possible = self.certain, self.possible
        if self.size > 1:
            certain, possible = ([plane >> row & 1 for plane in half] for half in (certain, possible))
        truths = list(map(_TRUTHS.__getitem__, map(add, certain, possible)))
        force = self.force
        steps = force + force
        return PartialVerdict(
            truths[0],
            truths[force],
            truths[1:force],
            truths[force + 1 : steps],
            _span(sum(certain[steps:]), sum(possible[steps:])),
        )

    def halves(self) -> Pair:
        """The planes, certain and possible, so that more can be learnt."""
        certain, possible = list(self.certain), list(self.possible)
        self.certain, self.possible = certain, possible
        return certain, possible

    def each(self) -> list[Truths]:
        """The same, case by case."""
        pairs = zip(_by_row(self.certain, self.size), _by_row(self.possible, self.size), strict=True)
        return [Truths(self.program, 1, *pair) for pair in pairs]

    def bearing(self) -> int:
        """The questions, as bits, that bear on what is undecided of the one case.

        Out of scope only force is.
        """
        if self.certain == self.possible or not self.possible[self.force]:
            return 0
        told = zip(self.program.bearing, self.certain, self.possible, strict=False)
        found = 0
        for place, (questions, sure, may) in enumerate(told):
            if sure != may and (self.possible[0] or place == self.force):
                found |= questions
        return found


_TRUTHS = (False, None, True)
"""A truth by how many of its two planes hold."""
_OUTCOMES = tuple(Outcome)


@lru_cache
def _span(low: int, high: int) -> Span:
    """The span in which so many steps are reached for certain, and so many possibly."""
    return Span(_OUTCOMES[low], _OUTCOMES[high])


_DIGITS = bytes.maketrans(b"01", b"\0\1")
_WRITTEN = bytes.maketrans(b"\0\1", b"01")


def _by_row(planes: Sequence[int], size: int) -> list[bytes]:
    """Planes as one string of bits for each row; text is how Python does that fastest."""
    if size == 1:
        return [bytes(planes)]
    text = "".join([format(plane, f"0{size}b") for plane in planes]).encode().translate(_DIGITS)
    return [text[size - 1 - row :: size] for row in range(size)]


def _by_plane(rows: Sequence[bytes], number: int) -> list[int]:
    """The reverse: rows, each a string of so many bits, as planes."""
    text = b"".join(reversed(rows)).translate(_WRITTEN)
    return [int(text[place::number], 2) for place in range(number)]


# one case, and several ---------------------------------------------------------------------------


@attrs.frozen(eq=False)
class PropagatedAnswers:
    """The answers of a case, with those that follow from them.

    Attributes:
        row: The answers in the order of the program's questions; None is unknown.
        open: The questions that are open, as bits.
        certain: The leaves that hold for certain, a bit each.
        possible: The leaves that may hold.
    """

    row: Sequence[Any]
    open: int
    certain: Sequence[int]
    possible: Sequence[int]


def settled(program: Program, cases: Sequence[Sequence[Any]]) -> list[PropagatedAnswers | None]:
    """Adds to the answers of cases what follows from them.

    Args:
        program: The ruleset as conditions.
        cases: The answers of each, in the order of the program's questions; None is unknown.

    Returns:
        The cases; None for one whose answers contradict each other.
    """
    rows = Rows.of(program.leaves, cases)
    dead, answered = program.propagation.propagate(rows)
    certain, possible = (_by_row(half, rows.size) for half in (rows.certain, rows.possible))
    return [
        None if dead >> place & 1 else _settled(program, row, answered, tuple(sure), tuple(may))
        for place, (row, sure, may) in enumerate(zip(cases, certain, possible, strict=True))
    ]


def _settled(
    program: Program,
    row: Sequence[Any],
    answered: Iterable[int],
    certain: Sequence[int],
    possible: Sequence[int],
) -> PropagatedAnswers:
    """A case with the answers to those questions that others answer."""
    found = list(row)
    for question in answered:
        if row[question] is None:
            found[question] = _told(program, question, certain, possible)
    left_open = sum(
        [1 << place for place, item in enumerate(found) if item is None or isinstance(item, Among)]
    )
    return PropagatedAnswers(found, left_open, certain, possible)


def _told(program: Program, question: int, certain: Sequence[int], possible: Sequence[int]) -> Any:
    """The answer that the leaves of a question tell, if one does."""
    leaves = program.leaves.by_question[question]
    if any(certain[leaf] != possible[leaf] for leaf in leaves):
        return None
    met = tuple(leaf for leaf in leaves if certain[leaf])
    answers = (cell.answer for cell in program.cells[question])
    return next((item for item in answers if program.leaves.literals(question, item)[0] == met), None)


def truths_of(program: Program, cases: Sequence[PropagatedAnswers], look_ahead: bool) -> list[Truths]:
    """Puts cases under a program.

    Args:
        program: The ruleset as conditions.
        cases: The cases, with the same law and readings.
        look_ahead: Whether each open question is tried alone.
    """
    found: list[Truths] = []
    for first in range(0, len(cases), _TOGETHER):
        found += _together(program, cases[first : first + _TOGETHER], look_ahead)
    return found


_TOGETHER = 256
"""So many cases are evaluated at once; with their trials they are some thousand rows."""


def truths_alone(program: Program, case: PropagatedAnswers, look_ahead: bool) -> Truths:
    """Puts one case under a program; see ``truths_of``."""
    certain, possible = program.planes.function(1, case.certain, case.possible)
    truths = Truths(program, 1, certain, possible)
    if look_ahead and certain != possible and (bearing := truths.bearing()):
        rows = Rows(program.leaves, 1, list(case.certain), list(case.possible))
        _look_ahead(program, rows, [(case, truths, bearing)])
    return truths


def _together(program: Program, cases: Sequence[PropagatedAnswers], look_ahead: bool) -> list[Truths]:
    number = len(program.leaves.leaves)
    certain = _by_plane([bytes(case.certain) for case in cases], number)
    possible = _by_plane([bytes(case.possible) for case in cases], number)
    rows = Rows(program.leaves, len(cases), certain, possible)
    found = Truths.of(program, rows).each()
    asked = [(case, truths, truths.bearing()) for case, truths in zip(cases, found, strict=True)]
    if look_ahead and any(bearing for _, _, bearing in asked):
        _look_ahead(program, rows, asked)
    return found


def found(
    program: Program, row: Sequence[Any], *, look_ahead: bool = True
) -> tuple[PartialVerdict, Sequence[Any]] | None:
    """Puts one case under a program.

    Args:
        program: The ruleset as conditions.
        row: The answers of the case, in the order of the program's questions; None is unknown.
        look_ahead: Whether each open question is tried alone.

    Returns:
        What is found, and the answers with those that follow; None where the answers contradict each
        other.
    """
    (case,) = settled(program, [row])
    if case is None:
        return None
    return truths_alone(program, case, look_ahead).found(0), case.row


def tried(
    program: Program, row: Sequence[Any], trials: Sequence[Mapping[int, Any]]
) -> list[PartialVerdict | None]:
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
    truths, dead = _tried(program, Rows.of(program.leaves, [row]).repeated([len(trials)]), added)
    return [None if dead >> place & 1 else truths.found(place) for place in range(len(trials))]


def _tried(program: Program, rows: Rows, added: Sequence[Added]) -> tuple[Truths, int]:
    """Rows with answers added; and which of them are contradictions."""
    for question, answer, bits in added:
        rows.answer(question, answer, bits)
    for question, answer, bits in added:
        program.propagation.propagate_code(rows, question, answer, bits)
    dead, _ = program.propagation.propagate(rows)
    return Truths.of(program, rows), dead


def _look_ahead(
    program: Program, rows: Rows, asked: Sequence[tuple[PropagatedAnswers, Truths, int]]
) -> None:
    """Looks one step ahead of cases, and keeps what is common to all answers of one question."""
    trials = _Trials(program, asked[0][0].row)
    sizes = [trials.add(case, bearing) for case, _, bearing in asked]
    branches, dead = _tried(program, rows.repeated(list(map(sum, sizes))), trials.added())
    first = 0
    for (_, truths, _), groups in zip(asked, sizes, strict=True):
        if groups:
            _narrow(truths, branches, dead, first, groups)
        first += sum(groups)


# what is tried -----------------------------------------------------------------------------------


class _Trials:
    """The trials of some cases side by side: for each answer those that give it, a bit each.

    Which member of a set is tried as the first depends on the law applied.  Where that is not known none
    is: else a span could widen once it becomes known.
    """

    def __init__(self, program: Program, row: Sequence[Any]) -> None:
        self.program = program
        self.known = program.asks is OpenLawQuestion.NOTHING
        given = tuple(row[place] for place in program.given)
        groups = program.propagation.groups
        self.groups = [telling_first(program, group, given) if self.known else group for group in groups]
        self.size = 0
        self.alone: dict[tuple[int, Any], int] = {}
        self.none: dict[int, int] = {}
        self.some: dict[int, int] = {}

    def added(self) -> list[Added]:
        """What the trials add; of a set, first what does not belong to it."""
        alone = [(*pair, bits) for pair, bits in self.alone.items()]
        places = [place for group in self.groups for place in group]
        none = [(place, False, self.none[place]) for place in places if place in self.none]
        return [*alone, *none, *((place, True, bits) for place, bits in self.some.items())]

    def add(self, case: PropagatedAnswers, bearing: int) -> list[int]:
        """Adds the trials of a case; returns how many each open question takes that bears on it."""
        row, relevant = case.row, list(bits_of(bearing & case.open))
        sizes = [self._cells(question, row[question]) for question in self._firsts(relevant)]
        groups = (group for group in self.groups if not set(group).isdisjoint(relevant))
        sizes += [self._members([place for place in group if row[place] is None]) for group in groups]
        days = self.program.days
        if days and days[-1].keys() <= set(relevant):
            for day in days:
                for pair in day.items():
                    self._give(self.alone, pair, 1)
                self.size += 1
            sizes.append(len(days))
        return sizes

    def _cells(self, question: int, known: Any) -> int:
        answers = _answers_of(self.program, question, known)
        for answer in answers:
            self._give(self.alone, (question, answer), 1)
            self.size += 1
        return len(answers)

    def _firsts(self, questions: Sequence[int]) -> Collection[int]:
        """These questions, of those that tell the same only the first."""
        alike = self.program.alike
        return {alike[question]: question for question in reversed(questions)}.values()

    def _members(self, still_open: Sequence[int]) -> int:
        """No open member of the set belongs to it, or this one is the first that does.

        Of members that tell the same, only the first is tried: it leaves open what a later one excludes.
        """
        firsts, place = set(self._firsts(still_open)), 0
        trials = len(firsts) + 1
        for question in still_open:
            if question in firsts:
                place += 1
                self._give(self.some, question, 1 << place)
            later = _ones(trials) & ~_ones(place + 1) if self.known else 0
            self._give(self.none, question, 1 | later)
        self.size += trials
        return trials

    def _give(self, to: dict[Any, int], what: Any, trials: int) -> None:
        to[what] = to.get(what, 0) | trials << self.size


@lru_cache(maxsize=1 << 14)
def _answers_of(program: Program, question: int, known: Any) -> Sequence[Any]:
    return [cell.answer for cell in cells_among(program.cells[question], known)]


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
    truths, dead = _tried(program, Rows.of(program.leaves, [blank]).repeated([len(group)]), added)
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


def _narrow(truths: Truths, branches: Truths, dead: int, first: int, sizes: Sequence[int]) -> None:
    """Keeps of a case what is common to all answers of one question, for each question.

    Out of scope, and where it is not in force, there is no outcome, so rules, and what is reached, are
    those of the answers that leave the transaction in scope of what is in force.
    """
    known = truths.halves()
    force, every = truths.force, _ones(sum(sizes))
    groups = [
        _ones(size) << before for size, before in zip(sizes, accumulate([0, *sizes[:-1]]), strict=True)
    ]
    alive = every & ~(dead >> first)
    in_force = alive & branches.possible[force] >> first
    idle = sum(group for group in groups if not group & in_force)
    inside = in_force & branches.possible[0] >> first
    rest = (place for place in range(1, len(truths.certain)) if place != force)
    for counting, places in ((alive, [force]), (in_force | alive & idle, [0]), (inside, rest)):
        asked = [counted for group in groups if (counted := group & counting)]
        _settle(known, branches, first, asked, places)


def _settle(
    known: Pair, branches: Truths, first: int, asked: Sequence[int], places: Iterable[int]
) -> None:
    """Keeps, of these conditions, what all trials that count have in common."""
    certain, possible = known
    for place in places:
        if certain[place] != possible[place]:
            sure, may = branches.certain[place] >> first, branches.possible[place] >> first
            certain[place] = int(any(counted & sure == counted for counted in asked))
            possible[place] = int(certain[place] or all(counted & may for counted in asked))
