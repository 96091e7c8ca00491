"""Look-ahead (failed-literal probing): try each answer to each open question, and keep what all share.

The trials of several cases are rows of one evaluation.
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

AssumedAnswer = tuple[int, Any, int]
"""An assumption: the place of a question, an answer, and the trials that assume it, a bit each."""


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


@attrs.define(eq=False)
class Truths:
    """The planes of the core conditions, of what stands and of what is reached, for several cases."""

    program: Program
    size: int
    certain: Sequence[int]
    possible: Sequence[int]

    @classmethod
    def of(cls, program: Program, rows: Rows) -> Truths:
        return cls(program, rows.size, *program.planes.evaluate(rows))

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

    def mutable_planes(self) -> Pair:
        """Returns the planes, certain and possible, as lists that can be changed."""
        certain, possible = list(self.certain), list(self.possible)
        self.certain, self.possible = certain, possible
        return certain, possible

    def by_case(self) -> list[Truths]:
        """Returns the truths of each case alone."""
        pairs = zip(_by_row(self.certain, self.size), _by_row(self.possible, self.size), strict=True)
        return [Truths(self.program, 1, *pair) for pair in pairs]

    def relevant_questions(self) -> int:
        """Returns the questions, as bits, on which something undecided in the one case depends.

        Out of scope, only force can be undecided.
        """
        if self.certain == self.possible or not self.possible[self.force_place]:
            return 0
        planes = zip(self.program.dependencies, self.certain, self.possible, strict=False)
        relevant = 0
        for place, (questions, certain, possible) in enumerate(planes):
            if certain != possible and (self.possible[0] or place == self.force_place):
                relevant |= questions
        return relevant


_TRUTHS = (False, None, True)
"""Truths by how many of the two planes are set."""
_OUTCOMES = tuple(Outcome)


@lru_cache
def _span(low: int, high: int) -> Span:
    """The span of this many steps reached for certain, and this many possibly."""
    return Span(_OUTCOMES[low], _OUTCOMES[high])


_FROM_DIGITS = bytes.maketrans(b"01", b"\0\1")
_AS_DIGITS = bytes.maketrans(b"\0\1", b"01")


def _by_row(planes: Sequence[int], size: int) -> list[bytes]:
    """Planes as one string of bits for each row; Python transposes fastest through text."""
    if size == 1:
        return [bytes(planes)]
    text = "".join([format(plane, f"0{size}b") for plane in planes]).encode().translate(_FROM_DIGITS)
    return [text[size - 1 - row :: size] for row in range(size)]


def _by_plane(rows: Sequence[bytes], number: int) -> list[int]:
    """The reverse: rows, each a string of ``number`` bits, as planes."""
    text = b"".join(reversed(rows)).translate(_AS_DIGITS)
    return [int(text[place::number], 2) for place in range(number)]


# evaluation --------------------------------------------------------------------------------------


@attrs.frozen(eq=False)
class PropagatedAnswers:
    """The answers of a case, with those implied by the constraints (unit propagation).

    Attributes:
        row: The answers in the order of the program's questions; None is unknown.
        open: The open questions, as bits.
        certain: The leaves that hold for certain, a bit each.
        possible: The leaves that may hold, a bit each.
    """

    row: Sequence[Any]
    open: int
    certain: Sequence[int]
    possible: Sequence[int]


def propagate(program: Program, cases: Sequence[Sequence[Any]]) -> list[PropagatedAnswers | None]:
    """Adds to the answers of cases those that the constraints imply.

    Args:
        program: The ruleset as conditions.
        cases: The answers of each, in the order of the program's questions; None is unknown.

    Returns:
        The cases; None for one whose answers contradict each other.
    """
    rows = Rows.of(program.leaves, cases)
    invalid, implied = program.propagation.propagate(rows)
    halves = (_by_row(half, rows.size) for half in (rows.certain, rows.possible))
    return [
        None if invalid >> place & 1 else _with_implied(program, row, implied, *map(tuple, leaves))
        for place, (row, *leaves) in enumerate(zip(cases, *halves, strict=True))
    ]


def _with_implied(
    program: Program,
    row: Sequence[Any],
    implied: Iterable[int],
    certain: Sequence[int],
    possible: Sequence[int],
) -> PropagatedAnswers:
    """A case with the answers to the questions that propagation decided."""
    answers = list(row)
    for question in implied:
        if row[question] is None:
            answers[question] = _answer_from_leaves(program, question, certain, possible)
    open_questions = sum(
        [1 << place for place, item in enumerate(answers) if item is None or isinstance(item, Among)]
    )
    return PropagatedAnswers(answers, open_questions, certain, possible)


def _answer_from_leaves(
    program: Program, question: int, certain: Sequence[int], possible: Sequence[int]
) -> Any:
    """The answer that the leaves of a question determine; None where they do not."""
    leaves = program.leaves.by_question[question]
    if any(certain[leaf] != possible[leaf] for leaf in leaves):
        return None
    true_leaves, literals = tuple(leaf for leaf in leaves if certain[leaf]), program.leaves.literals
    answers = (cell.answer for cell in program.cells[question])
    return next((item for item in answers if literals(question, item)[0] == true_leaves), None)


def evaluate_all(program: Program, cases: Sequence[PropagatedAnswers], look_ahead: bool) -> list[Truths]:
    """Evaluates a program for cases.

    Args:
        program: The ruleset as conditions.
        cases: The cases, with the same law and readings.
        look_ahead: Whether each open question is tried alone.
    """
    truths: list[Truths] = []
    for first in range(0, len(cases), _CASES_AT_ONCE):
        truths += _evaluate_together(program, cases[first : first + _CASES_AT_ONCE], look_ahead)
    return truths


_CASES_AT_ONCE = 256
"""How many cases are evaluated at once; with their trials they make some thousand rows."""


def evaluate(program: Program, case: PropagatedAnswers, look_ahead: bool) -> Truths:
    """Evaluates a program for one case; see ``evaluate_all``."""
    certain, possible = program.planes.function(1, case.certain, case.possible)
    truths = Truths(program, 1, certain, possible)
    if look_ahead and certain != possible and (relevant := truths.relevant_questions()):
        rows = Rows(program.leaves, 1, list(case.certain), list(case.possible))
        _look_ahead(program, rows, [(case, truths, relevant)])
    return truths


def _evaluate_together(
    program: Program, cases: Sequence[PropagatedAnswers], look_ahead: bool
) -> list[Truths]:
    size = len(program.leaves.leaves)
    certain = _by_plane([bytes(case.certain) for case in cases], size)
    possible = _by_plane([bytes(case.possible) for case in cases], size)
    rows = Rows(program.leaves, len(cases), certain, possible)
    truths = Truths.of(program, rows).by_case()
    to_probe = [(case, own, own.relevant_questions()) for case, own in zip(cases, truths, strict=True)]
    if look_ahead and any(relevant for _, _, relevant in to_probe):
        _look_ahead(program, rows, to_probe)
    return truths


def partial_verdict(
    program: Program, row: Sequence[Any], *, look_ahead: bool = True
) -> tuple[PartialVerdict, Sequence[Any]] | None:
    """Propagates the answers of one case and evaluates a program for it.

    Args:
        program: The ruleset as conditions.
        row: The answers of the case, in the order of the program's questions; None is unknown.
        look_ahead: Whether each open question is tried alone.

    Returns:
        The verdict, and the answers with those implied; None where the answers contradict each other.
    """
    (case,) = propagate(program, [row])
    if case is None:
        return None
    return evaluate(program, case, look_ahead).partial_verdict(0), case.row


def probe(
    program: Program, row: Sequence[Any], trials: Sequence[Mapping[int, Any]]
) -> list[PartialVerdict | None]:
    """Evaluates a program under trial answers to open questions of one case.

    Args:
        program: The ruleset as conditions.
        row: The answers of the case, with those implied.
        trials: The answers that each trial adds, by the places of their questions.

    Returns:
        The verdict of each trial; None where its answers contradict those of the case.
    """
    assumed = [
        (question, answer, 1 << place)
        for place, trial in enumerate(trials)
        for question, answer in trial.items()
    ]
    rows = Rows.of(program.leaves, [row]).repeated([len(trials)])
    truths, invalid = _probe_rows(program, rows, assumed)
    return [
        None if invalid >> place & 1 else truths.partial_verdict(place) for place in range(len(trials))
    ]


def _probe_rows(program: Program, rows: Rows, assumed: Sequence[AssumedAnswer]) -> tuple[Truths, int]:
    """Evaluates rows under assumed answers; also returns the rows that contradict themselves."""
    for question, answer, trials in assumed:
        rows.answer(question, answer, trials)
    for question, answer, trials in assumed:
        program.propagation.propagate_code(rows, question, answer, trials)
    invalid, _ = program.propagation.propagate(rows)
    return Truths.of(program, rows), invalid


def _look_ahead(
    program: Program, rows: Rows, to_probe: Sequence[tuple[PropagatedAnswers, Truths, int]]
) -> None:
    """Probes the open questions of cases, and keeps what all answers to one question share."""
    trials = _Trials(program, to_probe[0][0].row)
    sizes_by_case = [trials.add(case, relevant) for case, _, relevant in to_probe]
    trial_rows = rows.repeated(list(map(sum, sizes_by_case)))
    branches, invalid = _probe_rows(program, trial_rows, trials.added())
    first = 0
    for (_, truths, _), sizes in zip(to_probe, sizes_by_case, strict=True):
        if sizes:
            _intersect(truths, branches, invalid, first, sizes)
        first += sum(sizes)


# trials ------------------------------------------------------------------------------------------


class _Trials:
    """The trials of several cases: for each answer the trials that assume it, a bit each.

    The order in which members of a set are tried depends on the law applied.  Where that is unknown they
    are not ordered, since a span could widen once the law is known.
    """

    def __init__(self, program: Program, row: Sequence[Any]) -> None:
        self.program = program
        self.law_is_known = program.open_law is OpenLawQuestion.NOTHING
        law_answers = tuple(row[place] for place in program.law_questions)
        groups = program.propagation.groups
        self.groups = [
            most_decisive_first(program, group, law_answers) if self.law_is_known else group
            for group in groups
        ]
        self.size = 0
        self.single: dict[tuple[int, Any], int] = {}
        self.excluded: dict[int, int] = {}
        self.included: dict[int, int] = {}

    def added(self) -> list[AssumedAnswer]:
        """Returns what the trials assume; of a set, the excluded members come first."""
        single = [(*pair, bits) for pair, bits in self.single.items()]
        places = [place for group in self.groups for place in group]
        excluded = [(place, False, self.excluded[place]) for place in places if place in self.excluded]
        return [*single, *excluded, *((place, True, bits) for place, bits in self.included.items())]

    def add(self, case: PropagatedAnswers, relevant: int) -> list[int]:
        """Adds the trials of a case; returns their number for each relevant open question or set."""
        row, relevant_open = case.row, list(bits_of(relevant & case.open))
        sizes = [self._cells(question, row[question]) for question in self._firsts(relevant_open)]
        groups = (group for group in self.groups if not set(group).isdisjoint(relevant_open))
        sizes += [self._members([place for place in group if row[place] is None]) for group in groups]
        days = self.program.date_cells
        if days and days[-1].keys() <= set(relevant_open):
            for dates in days:
                for pair in dates.items():
                    self._give(self.single, pair, 1)
                self.size += 1
            sizes.append(len(days))
        return sizes

    def _cells(self, question: int, known_answer: Any) -> int:
        answers = _answers_of(self.program, question, known_answer)
        for answer in answers:
            self._give(self.single, (question, answer), 1)
            self.size += 1
        return len(answers)

    def _firsts(self, questions: Sequence[int]) -> Collection[int]:
        """The first of each class of questions that have the same effect."""
        representatives = self.program.representatives
        return {representatives[question]: question for question in reversed(questions)}.values()

    def _members(self, open_members: Sequence[int]) -> int:
        """Adds the trials that no open member belongs to a set, and that each is the first that does.

        Of members with one effect only the first is tried: it leaves open what a later one excludes.
        """
        representatives, rank = set(self._firsts(open_members)), 0
        trials = len(representatives) + 1
        for question in open_members:
            if question in representatives:
                rank += 1
                self._give(self.included, question, 1 << rank)
            later = _ones(trials) & ~_ones(rank + 1) if self.law_is_known else 0
            self._give(self.excluded, question, 1 | later)
        self.size += trials
        return trials

    def _give(self, trials: dict[Any, int], assumption: Any, bits: int) -> None:
        trials[assumption] = trials.get(assumption, 0) | bits << self.size


@lru_cache(maxsize=1 << 14)
def _answers_of(program: Program, question: int, answer: Any) -> Sequence[Any]:
    return [cell.answer for cell in cells_among(program.cells[question], answer)]


@lru_cache(maxsize=1024)
def most_decisive_first(
    program: Program, group: tuple[int, ...], law_answers: tuple[Any, ...]
) -> list[int]:
    """Sorts the members of a set, those first that alone settle most: entries in force before others.

    The order depends on the day of the law, never on the facts or the readings, so that learning one
    cannot widen a span.
    """
    blank: list[Any] = [None] * len(program.keys)
    questions = list(program.questions.values())
    for place, answer in zip(program.law_questions, law_answers, strict=True):
        blank[place] = None if questions[place].doubt else answer
    assumed = [(question, True, 1 << place) for place, question in enumerate(group)]
    rows = Rows.of(program.leaves, [blank]).repeated([len(group)])
    truths, invalid = _probe_rows(program, rows, assumed)
    core = range(len(program.core_conditions))
    open_count = {
        question: 0
        if invalid >> place & 1
        else sum((truths.certain[item] ^ truths.possible[item]) >> place & 1 for item in core)
        for place, question in enumerate(group)
    }
    return sorted(group, key=open_count.__getitem__)


# intersection ------------------------------------------------------------------------------------


def _ones(wide: int) -> int:
    return (1 << wide) - 1


def _intersect(truths: Truths, branches: Truths, invalid: int, first: int, sizes: Sequence[int]) -> None:
    """Intersects the truths of all trials of a question, for each question of a case.

    Out of scope or not in force there is no outcome, so only the answers that leave the transaction in
    scope of a ruleset in force count for rules and for what is reached.
    """
    planes, force = truths.mutable_planes(), truths.force_place
    groups = [
        _ones(size) << before for size, before in zip(sizes, accumulate([0, *sizes[:-1]]), strict=True)
    ]
    valid = _ones(sum(sizes)) & ~(invalid >> first)
    in_force = valid & branches.possible[force] >> first
    dormant = sum(group for group in groups if not group & in_force)
    in_scope = in_force & branches.possible[0] >> first
    others = (place for place in range(1, len(truths.certain)) if place != force)
    for trials, places in ((valid, [force]), (in_force | valid & dormant, [0]), (in_scope, others)):
        masks = [mask for group in groups if (mask := group & trials)]
        _intersect_places(planes, branches, first, masks, places)


def _intersect_places(
    planes: Pair, branches: Truths, first: int, masks: Sequence[int], places: Iterable[int]
) -> None:
    """Keeps, for the conditions at these places, what all trials under one mask share."""
    certain, possible = planes
    for place in places:
        if certain[place] != possible[place]:
            sure, may = branches.certain[place] >> first, branches.possible[place] >> first
            certain[place] = int(any(mask & sure == mask for mask in masks))
            possible[place] = int(certain[place] or all(mask & may for mask in masks))
