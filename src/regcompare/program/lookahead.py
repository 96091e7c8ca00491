"""Evaluates a program for cases, with look-ahead (failed-literal probing).

Look-ahead tries each answer to each open question, and keeps what all of them share.  Cases are the rows
of bitsets.  A trial is a copy of all rows, and the copies of several trials lie side by side in the same
bitsets, so that one evaluation covers as many as are efficient; a trial counts in the cases in which its
question is open and something undecided depends on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import add
from typing import Any

import attrs

from regcompare.logic.bitsets import AnswerBatch, Pair, every, rejoined, sliced, some, stride, tiled
from regcompare.logic.questions import Question
from regcompare.ruleset.rules import Outcome, Span

from .cells import cells_among
from .force import OpenLawQuestion
from .program import Program, bits_of

MOST_ROWS = 1 << 16
"""How many rows are evaluated at once, those of all trials together, except that no group is split."""
MOST_TRIALS = 1 << 7
"""How many trials lie side by side, but for a group: each answer is written across all of them."""
SLICE = 1 << 12
"""How many cases are tried at once: with all their trials they fit a processor's cache."""
MOST_CASES = 1 << 18
"""How many cases it is best to give at once."""


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
    """The bitsets of the core conditions, of what stands and of what is reached, for several cases."""

    program: Program
    size: int
    certain: list[int]
    possible: list[int]

    @classmethod
    def of(cls, program: Program, size: int, bitsets: Pair) -> Truths:
        """Returns the truths among the bitsets of all nodes of a program's circuit."""
        certain, possible = map(program.own_results, bitsets)
        return cls(program, size, list(certain), list(possible))

    @property
    def force_index(self) -> int:
        """The index of the condition of force; what stands and what is reached follow it."""
        return self.program.force_index

    def partial_verdict(self, row: int) -> PartialVerdict:
        """Returns the truths of one of the cases."""
        certain, possible = self.certain, self.possible
        if self.size > 1:
            certain, possible = ([bitset >> row & 1 for bitset in half] for half in (certain, possible))
        truths = list(map(_TRUTHS.__getitem__, map(add, certain, possible)))
        force = self.force_index
        first_step = force + force
        return PartialVerdict(
            truths[0],
            truths[force],
            truths[1:force],
            truths[force + 1 : first_step],
            _span(sum(certain[first_step:]), sum(possible[first_step:])),
        )


_TRUTHS = (False, None, True)
"""Truths by how many of the two bitsets are set."""
_OUTCOMES = tuple(Outcome)


@lru_cache
def _span(low: int, high: int) -> Span:
    """The span of this many steps reached for certain, and this many possibly."""
    return Span(_OUTCOMES[low], _OUTCOMES[high])


def evaluate(program: Program, rows: AnswerBatch, *, look_ahead: bool = True) -> tuple[Truths, int]:
    """Evaluates a program for cases.

    Args:
        program: The ruleset as conditions.
        rows: The answers of the cases; those implied are added.
        look_ahead: Whether each open question is tried alone.

    Returns:
        The truths of the cases, and the cases whose answers contradict each other, a bit each.
    """
    found, contradictory = program.evaluated(rows)
    truths = Truths.of(program, rows.size, found)
    if look_ahead and truths.certain != truths.possible:
        parts = list(_slices(truths, rows, contradictory))
        for part in parts:
            _look_ahead(*part)
        if len(parts) > 1:
            for half in ("certain", "possible"):
                bitsets = zip(*(getattr(own, half) for own, _, _ in parts), strict=True)
                getattr(truths, half)[:] = (rejoined(own, SLICE) for own in bitsets)
    return truths, contradictory


def _slices(
    truths: Truths, rows: AnswerBatch, contradictory: int
) -> Iterator[tuple[Truths, AnswerBatch, int]]:
    """Yields the cases some at a time: their truths, their answers, and those that are contradictory."""
    if rows.size <= SLICE:
        yield truths, rows, contradictory
        return
    count = len(truths.certain)
    bitsets = (*truths.certain, *truths.possible, contradictory)
    by_slice = zip(*(sliced(bitset, rows.size, SLICE) for bitset in bitsets), strict=True)
    for part, own in zip(rows.slices(SLICE), by_slice, strict=True):
        here = Truths(truths.program, part.size, list(own[:count]), list(own[count:-1]))
        yield here, part, own[-1]


Trial = tuple[tuple[str, ...], Mapping[int, Any]]
"""Answers as a file writes them, and what they assume, by the indices of the questions."""


def trials_of(program: Program, indices: Sequence[int], known: Any = None) -> list[Trial]:
    """Returns the answers to try: of a set no member, then each alone; else one of each cell.

    Args:
        program: The ruleset as conditions.
        indices: The questions about one fact, doubt or power.
        known: What is known of its answer.
    """
    members = [program.questions[program.keys[index]].included for index in indices]
    if any(members):
        none: Trial = (("none of these",), dict.fromkeys(indices, False))
        return [none, *(((item,), {index: True}) for item, index in zip(members, indices, strict=True))]
    (index,) = indices
    cells = cells_among(program.cells[index], known)
    return [(cell.equivalents, {index: cell.answer}) for cell in cells]


def probe(
    program: Program, row: AnswerBatch, trials: Sequence[Mapping[int, Any]]
) -> list[PartialVerdict | None]:
    """Evaluates a program under trial answers to open questions of one case.

    Args:
        program: The ruleset as conditions.
        row: The answers of the case, with those implied.
        trials: The answers that each trial adds, by the indices of their questions.

    Returns:
        The verdict of each trial; None where its answers contradict those of the case.
    """
    tried = _Trials(program, row)
    for trial in trials:
        tried.add(1, ((question, answer, 1) for question, answer in trial.items()))
    truths, contradictory = tried.evaluated(0, len(trials))
    indices = range(0, truths.size, stride(1))
    return [None if contradictory >> index & 1 else truths.partial_verdict(index) for index in indices]


@attrs.frozen(eq=False)
class AnswerEffect:
    """The effect of an answer to an open fact, alone, on the spans of cases, a bit each.

    Attributes:
        answers: The answer and its equivalents, as a file writes them.
        counts: The cases in which it is possible.
        settles: Those whose outcome it settles.
        narrows: Those whose outcome it narrows.
    """

    answers: tuple[str, ...]
    counts: int
    settles: int
    narrows: int


def effects(
    program: Program, rows: AnswerBatch, truths: Truths, contradictory: int
) -> Iterator[tuple[Question, list[AnswerEffect]]]:
    """Yields the open facts that undecided rules ask about, each with the effects of its answers.

    Of many cases it yields a fact again for each slice of them.

    Args:
        program: The ruleset as conditions.
        rows: The answers of cases, with those implied.
        truths: The truths of the cases, with look-ahead.
        contradictory: The cases whose answers contradict each other, which are left out.
    """
    for own, part, impossible in _slices(truths, rows, contradictory):
        steps = range(2 * own.force_index, len(own.certain))
        settled = every((part.mask ^ own.certain[at] ^ own.possible[at] for at in steps), part.mask)
        open_rows = part.open_questions()
        relevant = _relevant_cases(own, program.asked_by_core, open_rows, impossible | settled)
        by_name: dict[str, list[int]] = {}
        for index in relevant:
            by_name.setdefault(program.questions[program.keys[index]].name, []).append(index)
        for indices in by_name.values():
            yield program.questions[program.keys[indices[0]]], _effects(own, part, indices, relevant)


def _effects(
    truths: Truths, rows: AnswerBatch, indices: Sequence[int], relevant: Mapping[int, int]
) -> list[AnswerEffect]:
    """The effects of each answer to the questions about one fact."""
    trials, answers = _Trials(truths.program, rows), trials_of(truths.program, indices)
    for _, assumed in answers:
        cases = some(relevant[index] for index in assumed)
        trials.add(cases, ((index, answer, relevant[index]) for index, answer in assumed.items()))
    tried, impossible = trials.evaluated(0, len(answers))
    shifts = range(0, tried.size, stride(rows.size))
    effects: list[AnswerEffect] = []
    for shift, cases, (words, _) in zip(shifts, trials.cases, answers, strict=True):
        counts = cases & ~(impossible >> shift) & tried.possible[truths.force_index] >> shift
        is_open = changed = 0
        for at in range(2 * truths.force_index, len(truths.certain)):
            certain = truths.certain[at] | tried.certain[at] >> shift & truths.possible[at]
            possible = truths.possible[at] & (tried.possible[at] >> shift | certain)
            is_open |= certain ^ possible
            changed |= certain ^ truths.certain[at] | possible ^ truths.possible[at]
        effects.append(AnswerEffect(words, counts, counts & ~is_open, counts & changed))
    return effects


def _look_ahead(truths: Truths, rows: AnswerBatch, contradictory: int) -> None:
    """Tries each answer to each relevant question, and keeps what the answers to one share."""
    trials = _Trials(truths.program, rows)
    trials.add_all(_relevant_cases(truths, truths.program.dependencies, trials.open, contradictory))
    bitsets = enumerate(zip(truths.certain, truths.possible, strict=True))
    before = [(index, *pair) for index, pair in bitsets if pair[0] != pair[1]]
    for groups in trials.batches():
        start, stop = groups[0][0], groups[-1][1]
        tried, impossible = trials.evaluated(start, stop)
        times, width = stop - start, stride(rows.size)
        changes = [
            (index, changed)
            for index, certain, possible in before
            if (
                changed := tried.certain[index] ^ tiled(certain, rows.size, times)
                | tried.possible[index] ^ tiled(possible, rows.size, times)
            )
        ]
        for first, end in groups:
            shift, own = (first - start) * width, (1 << (end - first) * width) - 1
            indices = [index for index, in_trials in changes if in_trials >> shift & own]
            _intersect(truths, indices, tried, impossible, shift, trials.cases[first:end])


def _intersect(
    truths: Truths,
    changed: Iterable[int],
    tried: Truths,
    impossible: int,
    shift: int,
    cases: Sequence[int],
) -> None:
    """Keeps what all trials of a group share.

    Out of scope or not in force there is no outcome, so only the answers that leave the transaction in
    scope of a ruleset in force count for rules and for what is reached.

    Args:
        truths: The truths of the cases, which are narrowed.
        changed: The conditions, undecided before any trial, that some trial changes.
        tried: The truths of trials that were evaluated side by side, among them those of the group.
        impossible: The rows of these trials that contradict themselves.
        shift: The first row of the first trial of the group.
        cases: For each trial of the group the cases in which it counts.
    """
    size, times, wide, force = truths.size, len(cases), stride(truths.size), truths.force_index
    valid = sum([own << at * wide for at, own in enumerate(cases)]) & ~(impossible >> shift)
    in_force = valid & tried.possible[force] >> shift
    in_scope = in_force & tried.possible[0] >> shift
    dormant = _folded(valid, wide, times) & ~_folded(in_force, wide, times)
    # Where no answer leaves the ruleset in force, each counts for whether it applies at all.
    counting = {0: in_force | valid & tiled(dormant, size, times), force: valid}
    in_some = _folded(in_scope, wide, times)
    for index in changed:
        counts = counting.get(index, in_scope)
        here = _folded(counts, wide, times) if index in counting else in_some
        fails = _folded(counts & ~(tried.certain[index] >> shift), wide, times)
        holds = _folded(counts & tried.possible[index] >> shift, wide, times)
        certain = truths.certain[index] = truths.certain[index] | here & ~fails
        truths.possible[index] = truths.possible[index] & (~here | holds) | certain


def _folded(bitset: int, size: int, times: int) -> int:
    """The rows that are set in some of the copies of a bitset."""
    while times > 1:
        times = (times + 1) // 2
        bitset = bitset >> times * size | bitset & (1 << times * size) - 1
    return bitset


def _relevant_cases(
    truths: Truths, dependencies: Sequence[int], open_rows: Mapping[int, int], contradictory: int
) -> dict[int, int]:
    """For each question, the cases in which it is open and something undecided depends on it.

    Out of scope, only force can be undecided.
    """
    force = truths.force_index
    in_force = truths.possible[force] & ~contradictory
    in_scope = in_force & truths.possible[0]
    questions_by_cases: dict[int, int] = {}
    bitsets = zip(dependencies, truths.certain, truths.possible, strict=False)
    for index, (questions, certain, possible) in enumerate(bitsets):
        if certain != possible and (
            undecided := (certain ^ possible) & (in_force if index == force else in_scope)
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
    """Trials of cases: copies of their rows, each with answers that it assumes.

    Attributes:
        open: The questions that are open in some cases, with these.
        cases: For each trial the cases in which it counts.
        assumptions: What trials assume: question, answer, cases, the first trial and the end.
        groups: The first trial and the end of each group, which covers all answers to a question or set.
    """

    def __init__(self, program: Program, rows: AnswerBatch) -> None:
        self.program, self.rows, self.open = program, rows, rows.open_questions()
        self.cases: list[int] = []
        self.assumptions: list[tuple[int, Any, int, int, int]] = []
        self.groups: list[tuple[int, int]] = []

    def add(self, cases: int, answers: Iterable[tuple[int, Any, int]]) -> None:
        """Adds a trial that counts in some cases, and assumes answers to questions, each in some."""
        index = len(self.cases)
        self.cases.append(cases)
        self.assumptions += ((*answer, index, index + 1) for answer in answers)

    def add_all(self, relevant: Mapping[int, int]) -> None:
        """Adds the trials of each question, of each set, and of the dates on which the law depends."""
        untried, sets = _Untried(self.program, self.rows), dict[int, int]()
        for question, cases in relevant.items():
            if left := untried.take(question, cases):
                self._add_answers(question, left)
            if members := self.program.sets.get(question):
                sets[members[0]] = sets.get(members[0], 0) | cases
        for first, cases in sets.items():
            self._add_members(self.program.sets[first], cases)
        days = self.program.date_cells
        if days and (
            cases := every((relevant.get(question, 0) for question in days[-1]), self.rows.mask)
        ):
            self._add_dates(days, cases)

    def _add_answers(self, question: int, cases: int) -> None:
        """Adds a trial of each answer that is possible in some of the cases."""
        first, cells = len(self.cases), self.program.cells[question]
        cases_of = {cell.answer: cases for cell in cells}
        for among, bits in self.rows.among.get(question, {}).items():
            for answer in cases_of.keys() - {cell.answer for cell in cells_among(cells, among)}:
                cases_of[answer] &= ~bits
        for answer, possible in cases_of.items():
            self.add(possible, [(question, answer, possible)])
        self.groups.append((first, len(self.cases)))

    def _add_dates(self, days: Iterable[Mapping[int, Any]], cases: int) -> None:
        """Adds a trial of each combination of dates, in the cases in which what is known allows it."""
        first = len(self.cases)
        for dates in days:
            possible = cases
            for question, day in dates.items():
                for between, bits in self.rows.among.get(question, {}).items():
                    cells = cells_among(self.program.cells[question], between)
                    if day not in {cell.answer for cell in cells}:
                        possible &= ~bits
            self.add(possible, ((question, day, possible) for question, day in dates.items()))
        self.groups.append((first, len(self.cases)))

    def _add_members(self, members: Sequence[int], cases: int) -> None:
        """Adds the trials that each open member is the first in a set, and that none is in it.

        Of members with one effect only the first is tried: it leaves open what a later one excludes.
        Where the law applied is unknown, none excludes another, since another program has another order,
        and a span could widen once the law is known.
        """
        is_ordered = self.program.open_law is OpenLawQuestion.NOTHING
        first, untried = len(self.cases), _Untried(self.program, self.rows)
        excluded: list[tuple[int, int, int]] = []
        for question in members:
            if open_here := cases & self.open.get(question, 0):
                if left := untried.take(question, open_here):
                    self.add(left, [(question, True, left)])
                excluded.append((question, open_here, len(self.cases)))
        self.cases.append(cases)
        end = len(self.cases)
        for question, open_here, later in excluded:
            start = later if is_ordered else end - 1
            self.assumptions.append((question, False, open_here, start, end))
        self.groups.append((first, end))

    def batches(self) -> Iterator[list[tuple[int, int]]]:
        """Yields groups, as many together as are evaluated at once."""
        batch: list[tuple[int, int]] = []
        for group in self.groups:
            trials = group[1] - batch[0][0] if batch else 0
            if trials > MOST_TRIALS or trials * self.rows.size > MOST_ROWS:
                yield batch
                batch = []
            batch.append(group)
        if batch:
            yield batch

    def evaluated(self, first: int, end: int) -> tuple[Truths, int]:
        """Evaluates trials side by side; also returns the rows that contradict themselves."""
        size, bits_by_answer = self.rows.size, dict[tuple[int, Any], int]()
        for question, answer, cases, start, stop in self.assumptions:
            if first <= start < stop <= end:
                bits = tiled(cases, size, stop - start) << (start - first) * stride(size)
                key = question, answer
                bits_by_answer[key] = bits_by_answer.get(key, 0) | bits
        # An answer that excludes others comes last: the patterns above a member are then decided.
        in_order = sorted(bits_by_answer.items(), key=lambda item: item[0][1] is True)
        tiles = self.rows.tiled(end - first)
        for (question, answer), bits in in_order:
            if answer is True:  # It was perhaps excluded with others.
                tiles.reopen(question, bits)
            tiles.answer(question, answer, bits)
        for (question, answer), bits in in_order:
            self.program.propagation.propagate_code(tiles, question, answer, bits)
        return evaluate(self.program, tiles, look_ahead=False)


@attrs.frozen(eq=False)
class _Untried:
    """The cases in which a question, or one with the same effect, is still to be tried."""

    program: Program
    rows: AnswerBatch
    _cases: dict[tuple[Any, ...], int] = attrs.field(factory=dict)

    def take(self, question: int, cases: int) -> int:
        """Returns the cases in which a question is still to be tried, and marks them as tried."""
        first, together = self.program.symmetry_classes[question]
        alike: dict[tuple[Any, ...], int] = {(first,): cases}
        for other in together:  # Only cases in which the same is known of both members.
            (index,) = self.rows.atoms.by_question[other]
            certain, possible = self.rows.certain[index], self.rows.possible[index]
            states = (("open", possible & ~certain), ("out", ~possible), ("in", certain))
            alike = {
                (*known, state): both
                for known, bits in alike.items()
                for state, bitset in states
                if (both := bits & bitset)
            }
        left = 0
        for known, bits in alike.items():
            seen = self._cases.get(known, 0)
            self._cases[known] = seen | bits
            left |= bits & ~seen
        return left
