"""Evaluates a program for cases, with look-ahead (failed-literal probing).

Look-ahead tries each answer to each open question, and keeps what all of them share.  Cases are the rows
of planes.  A trial is a copy of all rows, and the copies of several trials lie side by side in the same
planes, so that one evaluation covers as many as are efficient; a trial counts in the cases in which its
question is open and something undecided depends on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, reduce
from operator import add, and_
from typing import Any

import attrs

from regcompare.logic.planes import Rows, stride, tiled
from regcompare.ruleset.rules import Outcome, Span

from .cells import cells_among
from .force import OpenLawQuestion
from .program import Program, bits_of

LawAnswers = Sequence[tuple[tuple[Any, ...], int]]
"""Answers to ``program.law_questions``, each with the cases under them, a bit each."""

MOST_ROWS = 1 << 14
"""How many rows are evaluated at once: planes of this width stay in the processor's cache."""


@attrs.frozen(eq=False)
class PartialVerdict:
    """The three-valued truths of one case, and its span.

    Rules and the conditional span are those on condition that the ruleset is in force and applies.

    Attributes:
        in_scope: Whether the ruleset covers the transaction.
        in_force: Whether it is in force.
        holds: For each rule, whether it holds.
        stands: For each rule, whether it holds and is not overridden.
        conditional_span: The mildest and the strictest outcome on that condition.
    """

    in_scope: bool | None
    in_force: bool | None
    holds: Sequence[bool | None]
    stands: Sequence[bool | None]
    conditional_span: Span

    @property
    def span(self) -> Span | None:
        """The mildest and the strictest outcome; None out of scope or not in force."""
        return None if self.in_scope is False or self.in_force is False else self.conditional_span


@attrs.frozen(eq=False)
class Truths:
    """The planes of the core conditions, of what stands and of what is reached, for several cases."""

    program: Program
    size: int
    certain: list[int]
    possible: list[int]

    @classmethod
    def of(cls, program: Program, rows: Rows) -> Truths:
        """Evaluates a program without look-ahead."""
        return cls(program, rows.size, *map(list, program.planes.evaluate(rows)))

    @property
    def force_place(self) -> int:
        """The place of the condition of force; what stands and what is reached follow it."""
        return len(self.program.entries) + 1

    def partial_verdict(self, row: int) -> PartialVerdict:
        """Returns the truths of one of the cases."""
        certain, possible = self.certain, self.possible
        if self.size > 1:
            certain, possible = ([plane >> row & 1 for plane in half] for half in (certain, possible))
        truths = list(map(_TRUTHS.__getitem__, map(add, certain, possible)))
        force = self.force_place
        first_step = force + force
        return PartialVerdict(
            truths[0],
            truths[force],
            truths[1:force],
            truths[force + 1 : first_step],
            _span(sum(certain[first_step:]), sum(possible[first_step:])),
        )


_TRUTHS = (False, None, True)
"""Truths by how many of the two planes are set."""
_OUTCOMES = tuple(Outcome)


@lru_cache
def _span(low: int, high: int) -> Span:
    """The span of this many steps reached for certain, and this many possibly."""
    return Span(_OUTCOMES[low], _OUTCOMES[high])


def evaluate(
    program: Program, rows: Rows, law_answers: LawAnswers, *, look_ahead: bool = True
) -> tuple[Truths, int]:
    """Evaluates a program for cases.

    Args:
        program: The ruleset as conditions.
        rows: The answers of the cases; those implied are added.
        law_answers: The answers that no fact changes: the day of the law, and the readings.
        look_ahead: Whether each open question is tried alone.

    Returns:
        The truths of the cases, and the cases whose answers contradict each other, a bit each.
    """
    contradictory, _ = program.propagation.propagate(rows)
    truths = Truths.of(program, rows)
    if look_ahead and rows.size <= MOST_ROWS:
        _look_ahead(truths, rows, contradictory, law_answers)
    elif look_ahead:
        for first in range(0, rows.size, MOST_ROWS):
            part = rows.part(first, MOST_ROWS)
            of_part = [(answers, bits >> first & part.mask) for answers, bits in law_answers]
            own = Truths.of(program, part)
            _look_ahead(own, part, contradictory >> first & part.mask, of_part)
            for place, (certain, possible) in enumerate(zip(own.certain, own.possible, strict=True)):
                truths.certain[place] |= certain << first
                truths.possible[place] &= ~((part.mask ^ possible) << first)
    return truths, contradictory


def evaluate_row(
    program: Program, row: Sequence[Any], *, look_ahead: bool = True
) -> PartialVerdict | None:
    """Evaluates a program for one case; None where its answers contradict each other.

    Args:
        program: The ruleset as conditions.
        row: The answers in the order of the program's questions; None is unknown.
        look_ahead: Whether each open question is tried alone.
    """
    law_answers = tuple(row[place] for place in program.law_questions)
    rows = Rows.of(program.leaves, [row])
    truths, contradictory = evaluate(program, rows, [(law_answers, 1)], look_ahead=look_ahead)
    return None if contradictory else truths.partial_verdict(0)


def probe(
    program: Program, row: Rows, trials: Sequence[Mapping[int, Any]]
) -> list[PartialVerdict | None]:
    """Evaluates a program under trial answers to open questions of one case.

    Args:
        program: The ruleset as conditions.
        row: The answers of the case, with those implied.
        trials: The answers that each trial adds, by the places of their questions.

    Returns:
        The verdict of each trial; None where its answers contradict those of the case.
    """
    places = range(0, len(trials) * stride(1), stride(1))
    assumptions = [
        (question, answer, 1 << place)
        for place, trial in zip(places, trials, strict=True)
        for question, answer in trial.items()
    ]
    truths, contradictory = _under_assumptions(program, row.tiled(len(trials)), assumptions)
    return [None if contradictory >> place & 1 else truths.partial_verdict(place) for place in places]


def _under_assumptions(
    program: Program, rows: Rows, assumptions: Sequence[tuple[int, Any, int]]
) -> tuple[Truths, int]:
    """Evaluates rows under answers that some of them assume; also returns those that are impossible."""
    for question, answer, bits in assumptions:
        rows.answer(question, answer, bits)
    for question, answer, bits in assumptions:
        program.propagation.propagate_code(rows, question, answer, bits)
    contradictory, _ = program.propagation.propagate(rows)
    return Truths.of(program, rows), contradictory


def _look_ahead(truths: Truths, rows: Rows, contradictory: int, law_answers: LawAnswers) -> None:
    """Tries each answer to each relevant question, and intersects what follows from them."""
    if truths.certain == truths.possible:
        return
    trials = _Trials(truths.program, rows)
    relevant = _relevant_cases(truths, trials.open, contradictory)
    trials.add_all(relevant, _without_readings(truths.program, law_answers))
    plain = Truths(truths.program, truths.size, truths.certain[:], truths.possible[:])
    for groups in trials.batches():
        first, end = groups[0][0], groups[-1][1]
        branches, impossible = trials.evaluated(first, end)
        evaluated = [_Group(trials, branches, impossible, first, *group) for group in groups]
        for place, changed in _changes(plain, branches, end - first):
            _intersect(truths, place, changed, evaluated)


def _relevant_cases(truths: Truths, open_rows: Mapping[int, int], contradictory: int) -> dict[int, int]:
    """For each question, the cases in which it is open and something undecided depends on it.

    Out of scope, only force can be undecided.
    """
    force = truths.force_place
    in_force = truths.possible[force] & ~contradictory
    in_scope = in_force & truths.possible[0]
    questions_by_cases: dict[int, int] = {}
    planes = zip(truths.program.dependencies, truths.certain, truths.possible, strict=False)
    for place, (questions, certain, possible) in enumerate(planes):
        if certain != possible and (
            undecided := (certain ^ possible) & (in_force if place == force else in_scope)
        ):
            questions_by_cases[undecided] = questions_by_cases.get(undecided, 0) | questions
    relevant: dict[int, int] = {}
    is_open = sum([1 << question for question in open_rows])
    for undecided, questions in questions_by_cases.items():
        for question in bits_of(questions & is_open):
            if cases := undecided & open_rows[question]:
                relevant[question] = relevant.get(question, 0) | cases
    return dict(sorted(relevant.items()))


# trials ------------------------------------------------------------------------------------------


class _Trials:
    """The trials of cases, in groups, of which each covers all answers to a question or set.

    Attributes:
        open: The questions that are open in some cases, with these.
        cases: For each trial the cases in which it counts.
        assumptions: What trials assume: question, answer, cases, and the first trial and the end.
        groups: For each group its first trial and its end.
    """

    def __init__(self, program: Program, rows: Rows) -> None:
        self.program, self.rows, self.open = program, rows, rows.open_questions()
        self.cases: list[int] = []
        self.assumptions: list[tuple[int, Any, int, int, int]] = []
        self.groups: list[tuple[int, int]] = []

    @property
    def _is_ordered(self) -> bool:
        """Whether the law applied is known, on which the order of members depends."""
        return self.program.open_law is OpenLawQuestion.NOTHING

    def add_all(self, relevant: Mapping[int, int], law_answers: LawAnswers) -> None:
        """Adds the trials of each question, of each set, and of the dates on which the law depends."""
        untried, sets = _Untried(self.program), dict[tuple[int, ...], int]()
        for question, cases in relevant.items():
            if left := untried.take(question, cases):
                self._add_answers(question, left)
            if members := self.program.sets.get(question):
                sets[members] = sets.get(members, 0) | cases
        if sets and self._is_ordered:
            _count_undecided(self.program, [answers for answers, _ in law_answers])
        for members, cases in sets.items():
            for order, bits in self._orders(members, law_answers):
                if cases & bits:
                    self._add_members(order, cases & bits)
        days = self.program.date_cells
        if days and (cases := reduce(and_, (relevant.get(question, 0) for question in days[-1]))):
            self._add_group([(cases, dates) for dates in days])

    def _add_group(self, trials: Iterable[tuple[int, Mapping[int, Any]]]) -> None:
        first = len(self.cases)
        for place, (cases, answers) in enumerate(trials, first):
            self.cases.append(cases)
            for question, answer in answers.items():
                self.assumptions.append((question, answer, cases, place, place + 1))
        self.groups.append((first, len(self.cases)))

    def _add_answers(self, question: int, cases: int) -> None:
        """Adds a trial of each answer that is possible in some of the cases."""
        cells = self.program.cells[question]
        cases_of = {cell.answer: cases for cell in cells}
        for among, bits in self.rows.among.get(question, {}).items():
            for answer in cases_of.keys() - {cell.answer for cell in cells_among(cells, among)}:
                cases_of[answer] &= ~bits
        self._add_group((possible, {question: answer}) for answer, possible in cases_of.items())

    def _orders(
        self, group: tuple[int, ...], law_answers: LawAnswers
    ) -> Iterator[tuple[Sequence[int], int]]:
        """The orders in which the members of a set are tried, each with the cases.

        They depend on the law applied.  Where that is unknown the members are not ordered, since a span
        could widen once the law is known.
        """
        if not self._is_ordered:
            return iter([(group, self.rows.mask)])
        orders: dict[tuple[int, ...], int] = {}
        for answers, bits in law_answers:
            order = _most_decisive_first(self.program, group, answers)
            orders[order] = orders.get(order, 0) | bits
        return iter(orders.items())

    def _add_members(self, order: Sequence[int], cases: int) -> None:
        """Adds the trials that each open member is the first in a set, and that none is in it.

        Of members with one effect only the first is tried: it leaves open what a later one excludes.
        """
        first, untried = len(self.cases), _Untried(self.program)
        excluded: list[tuple[int, int, int]] = []
        for question in order:
            if open_here := cases & self.open.get(question, 0):
                if left := untried.take(question, open_here):
                    place = len(self.cases)
                    self.cases.append(left)
                    self.assumptions.append((question, True, left, place, place + 1))
                excluded.append((question, open_here, len(self.cases)))
        self.cases.append(cases)
        end = len(self.cases)
        for question, open_here, later in excluded:
            start = later if self._is_ordered else end - 1
            self.assumptions.append((question, False, open_here, start, end))
        self.groups.append((first, end))

    def batches(self) -> Iterator[list[tuple[int, int]]]:
        """Yields groups, as many together as are evaluated at once."""
        batch: list[tuple[int, int]] = []
        for group in self.groups:
            if batch and (group[1] - batch[0][0]) * self.rows.size > MOST_ROWS:
                yield batch
                batch = []
            batch.append(group)
        if batch:
            yield batch

    def evaluated(self, first: int, end: int) -> tuple[Truths, int]:
        """Evaluates some trials; also returns the rows that contradict themselves."""
        size, step = self.rows.size, max(1, MOST_ROWS // self.rows.size)
        parts = [self._evaluated(start, min(start + step, end)) for start in range(first, end, step)]
        if len(parts) == 1:
            return parts[0]
        shifts = [place * step * stride(size) for place in range(len(parts))]

        def joined(planes: Sequence[int]) -> int:
            return sum(plane << shift for plane, shift in zip(planes, shifts, strict=True))

        halves = ([part.certain for part, _ in parts], [part.possible for part, _ in parts])
        planes = ([joined(plane) for plane in zip(*half, strict=True)] for half in halves)
        truths = Truths(self.program, (end - first) * stride(size), *planes)
        return truths, joined([impossible for _, impossible in parts])

    def _evaluated(self, first: int, end: int) -> tuple[Truths, int]:
        size, bits_by_answer = self.rows.size, dict[tuple[int, Any], int]()
        for question, answer, cases, start, stop in self.assumptions:
            before, count = max(start - first, 0), min(stop, end) - max(start, first)
            if count > 0:
                bits = tiled(cases, size, count) << before * stride(size)
                key = question, answer
                bits_by_answer[key] = bits_by_answer.get(key, 0) | bits
        # An answer that excludes others comes last: the patterns above a member are then decided.
        in_order = sorted(bits_by_answer.items(), key=lambda item: item[0][1] is True)
        assumptions = [(*key, bits) for key, bits in in_order]
        return _under_assumptions(self.program, self.rows.tiled(end - first), assumptions)


@attrs.frozen(eq=False)
class _Untried:
    """The cases in which a question, or one with the same effect, is still to be tried."""

    program: Program
    _cases: dict[int, int] = attrs.field(factory=dict)

    def take(self, question: int, cases: int) -> int:
        """Returns the cases in which a question is still to be tried, and marks them as tried."""
        first = self.program.representatives[question]
        seen = self._cases.get(first, 0)
        self._cases[first] = seen | cases
        return cases & ~seen


@lru_cache(maxsize=1 << 14)
def _most_decisive_first(
    program: Program, members: tuple[int, ...], law_answers: tuple[Any, ...]
) -> tuple[int, ...]:
    """Sorts the members of a set, those first that alone settle most: entries in force before others.

    The order depends on the day of the law, never on the facts or the readings, so that learning one
    cannot widen a span.
    """
    return tuple(sorted(members, key=program.undecided_by_member[law_answers].__getitem__))


def _without_readings(program: Program, law_answers: LawAnswers) -> LawAnswers:
    """The answers of the law with the readings left open, each with the cases under them."""
    questions = list(program.questions.values())
    is_doubt = [bool(questions[place].doubt) for place in program.law_questions]
    cases: dict[tuple[Any, ...], int] = {}
    for answers, bits in law_answers:
        pairs = zip(answers, is_doubt, strict=True)
        day = tuple([None if doubt else answer for answer, doubt in pairs])
        cases[day] = cases.get(day, 0) | bits
    return list(cases.items())


def _count_undecided(program: Program, law_answers: Iterable[tuple[Any, ...]]) -> None:
    """Counts under each law how many conditions are open while a single member of a set is known."""
    counted, members = program.undecided_by_member, tuple(program.sets)
    laws = [answers for answers in law_answers if answers not in counted]
    if not laws:
        return
    rows = Rows.blank(program.leaves, len(laws))
    for law, answers in enumerate(laws):
        for place, answer in zip(program.law_questions, answers, strict=True):
            if answer is not None:
                rows.answer(place, answer, 1 << law)
    wide, mask = stride(rows.size), rows.mask
    assumptions = [(question, True, mask << block * wide) for block, question in enumerate(members)]
    truths, contradictory = _under_assumptions(program, rows.tiled(len(members)), assumptions)
    core = zip(truths.certain, truths.possible[: truths.force_place + 1], strict=False)
    sums = _sums([(certain ^ possible) & ~contradictory for certain, possible in core])
    for law, answers in enumerate(laws):
        counted[answers] = {question: sums(block * wide + law) for block, question in enumerate(members)}


def _sums(planes: Iterable[int]) -> Callable[[int], int]:
    """Adds planes row by row; returns what gives the sum of a row."""
    digits: list[int] = []
    for plane in planes:
        carry = plane
        for place, digit in enumerate(digits):
            digits[place], carry = digit ^ carry, digit & carry
        if carry:
            digits.append(carry)
    return lambda row: sum([(digit >> row & 1) << place for place, digit in enumerate(digits)])


# intersection ------------------------------------------------------------------------------------


def _folded(plane: int, size: int, times: int) -> int:
    """The rows that are set in some of the copies of a plane."""
    while times > 1:
        times = (times + 1) // 2
        plane = plane >> times * size | plane & (1 << times * size) - 1
    return plane


def _changes(plain: Truths, branches: Truths, times: int) -> Iterator[tuple[int, int]]:
    """Yields the undecided conditions on which trials have an effect, with the rows where they do."""
    pairs = zip(plain.certain, plain.possible, branches.certain, branches.possible, strict=True)
    for place, (certain, possible, sure, may) in enumerate(pairs):
        if certain != possible:
            without = [tiled(plane, plain.size, times) for plane in (certain, possible)]
            if changed := sure ^ without[0] | may ^ without[1]:
                yield place, changed


class _Group:
    """The evaluated trials of one question or set."""

    def __init__(
        self, trials: _Trials, branches: Truths, impossible: int, before: int, first: int, end: int
    ) -> None:
        self._wide, self._times = stride(trials.rows.size), end - first
        self._shift, self._mask = (first - before) * self._wide, (1 << self._times * self._wide) - 1
        self._branches, self._force = branches, branches.force_place
        cases = sum([bits << place * self._wide for place, bits in enumerate(trials.cases[first:end])])
        self._valid = cases & ~self.part(impossible)
        in_force = self._valid & self.part(branches.possible[self._force])
        self._in_scope = in_force & self.part(branches.possible[0])
        dormant = self._fold(self._valid) & ~self._fold(in_force)
        self._scope_counts = in_force | self._valid & tiled(dormant, self._wide, self._times)

    def part(self, plane: int) -> int:
        """Returns the part of a plane that belongs to these trials."""
        return plane >> self._shift & self._mask

    def _fold(self, plane: int) -> int:
        return _folded(plane, self._wide, self._times)

    def common(self, place: int) -> tuple[int, int, int]:
        """Returns for a condition the cases in which some trial counts, one fails, one may hold.

        Out of scope or not in force there is no outcome, so only the answers that leave the transaction
        in scope of a ruleset in force count for rules and for what is reached.
        """
        counts = self._in_scope if place else self._scope_counts
        if place == self._force:
            counts = self._valid
        certain, possible = (
            self.part(half[place]) for half in (self._branches.certain, self._branches.possible)
        )
        return self._fold(counts), self._fold(counts & ~certain), self._fold(counts & possible)


def _intersect(truths: Truths, place: int, changed: int, groups: Sequence[_Group]) -> None:
    """Keeps what all trials of a question share about a condition, for each question that changes it."""
    certain, possible = truths.certain, truths.possible
    for group in groups:
        if certain[place] == possible[place]:
            return
        if group.part(changed):
            counted, fails, holds = group.common(place)
            certain[place] |= counted & ~fails
            possible[place] = possible[place] & (~counted | holds) | certain[place]
