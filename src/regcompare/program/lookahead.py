"""Evaluates a program for cases, with look-ahead (failed-literal probing).

Look-ahead tries each answer to each open question, and keeps what all of them share.  Cases are the rows
of planes.  A trial is a copy of all rows, and the copies of several trials lie side by side in the same
planes, so that one evaluation covers as many as are efficient; a trial counts in the cases in which its
question is open and something undecided depends on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import add
from typing import Any

import attrs

from regcompare.logic.network import Branch
from regcompare.logic.planes import Rows, every, some, stride, tiled
from regcompare.logic.questions import Question
from regcompare.ruleset.rules import Outcome, Span

from .cells import cells_among
from .force import OpenLawQuestion
from .program import STEPS, Program, bits_of

MOST_ROWS = 1 << 14
"""How many rows are evaluated at once, those of all trials together."""
WIDE = 1 << 11
"""From this many cases on each trial is evaluated by itself, where it changes anything."""
MOST_CASES = 1 << 18
"""How many cases it is best to evaluate at once."""


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
    def of(cls, program: Program, branch: Branch) -> Truths:
        """Returns the truths of a branch of a program's network."""
        return cls(program, branch.rows.size, *branch.results(range(program.halves_place)))

    @classmethod
    def joined(cls, program: Program, verdicts: Sequence[PartialVerdict]) -> Truths:
        """Returns the truths of several cases, each as one verdict has them."""
        columns = list(zip(*map(_truths_in, verdicts), strict=True))
        planes = [
            [sum(1 << row for row, truth in enumerate(column) if truth in counted) for column in columns]
            for counted in ((True,), (True, None))
        ]
        return cls(program, len(verdicts), *planes)

    @property
    def force_place(self) -> int:
        """The place of the condition of force; what stands and what is reached follow it."""
        return self.program.force_place

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


def _truths_in(verdict: PartialVerdict) -> tuple[bool | None, ...]:
    span = verdict.conditional_span
    reached = (True if span.low >= step else None if span.high >= step else False for step in STEPS)
    return (verdict.in_scope, *verdict.holds, verdict.in_force, *verdict.stands, *reached)


_TRUTHS = (False, None, True)
"""Truths by how many of the two planes are set."""
_OUTCOMES = tuple(Outcome)


@lru_cache
def _span(low: int, high: int) -> Span:
    """The span of this many steps reached for certain, and this many possibly."""
    return Span(_OUTCOMES[low], _OUTCOMES[high])


def evaluate(program: Program, rows: Rows, *, look_ahead: bool = True) -> tuple[Truths, int]:
    """Evaluates a program for cases.

    Args:
        program: The ruleset as conditions.
        rows: The answers of the cases; those implied are added.
        look_ahead: Whether each open question is tried alone.

    Returns:
        The truths of the cases, and the cases whose answers contradict each other, a bit each.
    """
    branch, contradictory = program.evaluated(rows)
    truths = Truths.of(program, branch)
    if look_ahead:
        _look_ahead(truths, rows, branch if rows.size >= WIDE else None, contradictory)
    return truths, contradictory


Trial = tuple[tuple[str, ...], Mapping[int, Any]]
"""Answers as a file writes them, and what they assume, by the places of the questions."""


def trials_of(program: Program, places: Sequence[int], known: Any = None) -> list[Trial]:
    """Returns the answers to try: of a set no member, then each alone; else one of each cell.

    Args:
        program: The ruleset as conditions.
        places: The questions about one fact, doubt or power.
        known: What is known of its answer.
    """
    members = [program.questions[program.keys[place]].included for place in places]
    if any(members):
        none: Trial = (("none of these",), dict.fromkeys(places, False))
        return [none, *(((item,), {place: True}) for item, place in zip(members, places, strict=True))]
    (place,) = places
    cells = cells_among(program.cells[place], known)
    return [(cell.equivalents, {place: cell.answer}) for cell in cells]


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
    rows = row.tiled(len(trials))
    _assume(program, rows, assumptions)
    truths, contradictory = evaluate(program, rows, look_ahead=False)
    return [None if contradictory >> place & 1 else truths.partial_verdict(place) for place in places]


@attrs.frozen(eq=False)
class AnswerEffect:
    """What an answer to an open fact, alone, would do to the spans of cases, a bit each.

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
    program: Program, rows: Rows, truths: Truths, contradictory: int
) -> Iterator[tuple[Question, list[AnswerEffect]]]:
    """Yields the open facts that undecided rules ask about, each with the effects of its answers.

    Args:
        program: The ruleset as conditions.
        rows: The answers of cases, with those implied.
        truths: The truths of the cases, with look-ahead.
        contradictory: The cases whose answers contradict each other, which are left out.
    """
    steps = range(2 * truths.force_place, len(truths.certain))
    settled = every((rows.mask ^ truths.certain[at] ^ truths.possible[at] for at in steps), rows.mask)
    wide, open_rows = program.network.evaluate(rows), rows.open_questions()
    relevant = _relevant_cases(truths, program.asked_by_core, open_rows, contradictory | settled)
    by_name: dict[str, list[int]] = {}
    for place in relevant:
        by_name.setdefault(program.questions[program.keys[place]].name, []).append(place)
    for places in by_name.values():
        trials = trials_of(program, places)
        effects = [_effect(truths, wide, relevant, words, assumed, steps) for words, assumed in trials]
        yield program.questions[program.keys[places[0]]], effects


def _effect(
    truths: Truths,
    wide: Branch,
    relevant: Mapping[int, int],
    words: tuple[str, ...],
    assumed: Mapping[int, Any],
    steps: range,
) -> AnswerEffect:
    branch, assumptions = wide.branch(), [(at, item, relevant[at]) for at, item in assumed.items()]
    after, impossible = _under_assumptions(truths.program, branch, assumptions)
    cases = some(relevant[place] for place in assumed)
    counts = cases & ~impossible & after.possible[truths.force_place]
    is_open = changed = 0
    for at in steps:
        certain = truths.certain[at] | after.certain[at] & truths.possible[at]
        possible = truths.possible[at] & (after.possible[at] | certain)
        is_open |= certain ^ possible
        changed |= certain ^ truths.certain[at] | possible ^ truths.possible[at]
    return AnswerEffect(words, counts, counts & ~is_open, counts & changed)


def _assume(program: Program, rows: Rows, assumptions: Sequence[tuple[int, Any, int]]) -> None:
    """Adds assumptions to rows; a member that is assumed was perhaps excluded with others."""
    for question, answer, bits in assumptions:
        if answer is True:
            rows.reopen(question, bits)
        rows.answer(question, answer, bits)
    for question, answer, bits in assumptions:
        program.propagation.propagate_code(rows, question, answer, bits)


def _under_assumptions(
    program: Program, branch: Branch, assumptions: Sequence[tuple[int, Any, int]]
) -> tuple[Truths, int]:
    """Adds assumptions and what follows to a branch; returns its truths, and the impossible rows."""
    _assume(program, branch.rows, assumptions)
    impossible = program.propagation.propagate(branch, program.halves_place)
    return Truths.of(program, branch), impossible


def _look_ahead(truths: Truths, rows: Rows, wide: Branch | None, contradictory: int) -> None:
    """Tries each answer to each relevant question, and intersects what follows from them."""
    if truths.certain == truths.possible:
        return
    trials = _Trials(truths.program, rows)
    relevant = _relevant_cases(truths, truths.program.dependencies, trials.open, contradictory)
    trials.add_all(relevant)
    plain = Truths(truths.program, truths.size, truths.certain[:], truths.possible[:])
    if wide:
        for group in trials.groups:
            trials.tried_singly(wide, plain, truths, *group).intersect(truths)
        return
    for groups in trials.batches():
        evaluated = list(trials.evaluated(plain, groups[0][0], groups[-1][1]))
        for first, end in groups:
            common = _Common(plain, some(trials.cases[first:end]))
            for item in evaluated:
                if item.first < end and first < item.end:
                    common.add(_Part(item, first, end, trials.cases, stride(rows.size)))
            common.intersect(truths)


def _relevant_cases(
    truths: Truths, dependencies: Sequence[int], open_rows: Mapping[int, int], contradictory: int
) -> dict[int, int]:
    """For each question, the cases in which it is open and something undecided depends on it.

    Out of scope, only force can be undecided.
    """
    force = truths.force_place
    in_force = truths.possible[force] & ~contradictory
    in_scope = in_force & truths.possible[0]
    questions_by_cases: dict[int, int] = {}
    planes = zip(dependencies, truths.certain, truths.possible, strict=False)
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
        starting: What trials assume, by the first that does: question, answer, cases, and the end.
        groups: For each group its first trial and its end.
    """

    def __init__(self, program: Program, rows: Rows) -> None:
        self.program, self.rows, self.open = program, rows, rows.open_questions()
        self.cases: list[int] = []
        self.starting: dict[int, list[tuple[int, Any, int, int]]] = {}
        self.groups: list[tuple[int, int]] = []

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
            self._add_group((self._with_dates(cases, dates), dates) for dates in days)

    def _add_group(self, trials: Iterable[tuple[int, Mapping[int, Any]]]) -> None:
        first = len(self.cases)
        for place, (cases, answers) in enumerate(trials, first):
            self.cases.append(cases)
            for question, answer in answers.items():
                self._suppose(question, answer, cases, place, place + 1)
        self.groups.append((first, len(self.cases)))

    def _suppose(self, question: int, answer: Any, cases: int, start: int, end: int) -> None:
        self.starting.setdefault(start, []).append((question, answer, cases, end))

    def _add_answers(self, question: int, cases: int) -> None:
        """Adds a trial of each answer that is possible in some of the cases."""
        cells = self.program.cells[question]
        cases_of = {cell.answer: cases for cell in cells}
        for among, bits in self.rows.among.get(question, {}).items():
            for answer in cases_of.keys() - {cell.answer for cell in cells_among(cells, among)}:
                cases_of[answer] &= ~bits
        self._add_group((possible, {question: answer}) for answer, possible in cases_of.items())

    def _with_dates(self, cases: int, dates: Mapping[int, Any]) -> int:
        """The cases in which what is known of dates leaves these possible."""
        for question, day in dates.items():
            for between, bits in self.rows.among.get(question, {}).items():
                cells = cells_among(self.program.cells[question], between)
                if day not in {cell.answer for cell in cells}:
                    cases &= ~bits
        return cases

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
                    place = len(self.cases)
                    self.cases.append(left)
                    self._suppose(question, True, left, place, place + 1)
                excluded.append((question, open_here, len(self.cases)))
        self.cases.append(cases)
        end = len(self.cases)
        for question, open_here, later in excluded:
            start = later if is_ordered else end - 1
            self._suppose(question, False, open_here, start, end)
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

    def evaluated(self, plain: Truths, first: int, end: int) -> Iterator[_Evaluated]:
        """Evaluates some trials, as many side by side as are efficient."""
        step = max(1, MOST_ROWS // self.rows.size)
        for start in range(first, end, step):
            yield self._evaluated_together(plain, start, min(start + step, end))

    def _evaluated_together(self, plain: Truths, first: int, end: int) -> _Evaluated:
        size, bits_by_answer = self.rows.size, dict[tuple[int, Any], int]()
        assumed = ((start, *item) for start, items in self.starting.items() for item in items)
        for start, question, answer, cases, stop in assumed:
            before, count = max(start - first, 0), min(stop, end) - max(start, first)
            if count > 0:
                bits = tiled(cases, size, count) << before * stride(size)
                key = question, answer
                bits_by_answer[key] = bits_by_answer.get(key, 0) | bits
        # An answer that excludes others comes last: the patterns above a member are then decided.
        in_order = sorted(bits_by_answer.items(), key=lambda item: item[0][1] is True)
        assumptions = [(*key, bits) for key, bits in in_order]
        tiles = self.rows.tiled(end - first)
        _assume(self.program, tiles, assumptions)
        truths, impossible = evaluate(self.program, tiles, look_ahead=False)
        return _Evaluated(first, end, truths, impossible, dict(_changes(plain, truths, end - first)))

    def tried_singly(self, wide: Branch, plain: Truths, truths: Truths, first: int, end: int) -> _Common:
        """Evaluates the trials of one group one by one, each in the cases that it may still narrow.

        The last, of a set that no member is in it, is evaluated first: after it and any other, most
        cases are known to stay as they are.  What later trials assume as well is assumed only once.
        """
        alive = some(self.cases[first:end])
        program, common = self.program, _Common(plain, alive)
        shared, pending = wide, list[tuple[int, Any, int]]()
        for place in (end - 1, *range(first, end - 1)):
            starting = self.starting.get(place, ())
            lasting = [item[:3] for item in starting if item[3] > place + 1]
            own = [
                (question, answer, bits & alive)
                for question, answer, bits, stop in starting
                if stop == place + 1
            ]
            if place == end - 1 > first:
                own = [
                    item[:3]
                    for at in range(first, end - 1)
                    for item in self.starting.get(at, ())
                    if item[3] == end
                ] + own
            pending += lasting
            if not (cases := self.cases[place] & alive):
                continue
            if pending:
                shared = shared.branch()
                _assume(program, shared.rows, pending)
                pending = []
            branch = shared.branch()
            branches, impossible = _under_assumptions(program, branch, own)
            changed = dict(_changes(plain, branches, 1, branch.changed))
            evaluated = _Evaluated(place, place + 1, branches, impossible, changed)
            common.add(_Part(evaluated, place, place + 1, {place: cases}, self.rows.size))
            alive = common.alive
            if not alive:
                break
        return common


@attrs.frozen(eq=False)
class _Untried:
    """The cases in which a question, or one with the same effect, is still to be tried."""

    program: Program
    rows: Rows
    _cases: dict[tuple[Any, ...], int] = attrs.field(factory=dict)

    def take(self, question: int, cases: int) -> int:
        """Returns the cases in which a question is still to be tried, and marks them as tried."""
        first, together = self.program.exchanges[question]
        alike: dict[tuple[Any, ...], int] = {(first,): cases}
        for other in together:  # Only cases in which the same is known of both members.
            (place,) = self.rows.leaves.by_question[other]
            certain, possible = self.rows.certain[place], self.rows.possible[place]
            states = (("open", possible & ~certain), ("out", ~possible), ("in", certain))
            alike = {
                (*known, state): both
                for known, bits in alike.items()
                for state, plane in states
                if (both := bits & plane)
            }
        left = 0
        for known, bits in alike.items():
            seen = self._cases.get(known, 0)
            self._cases[known] = seen | bits
            left |= bits & ~seen
        return left


# intersection ------------------------------------------------------------------------------------


def _folded(plane: int, size: int, times: int) -> int:
    """The rows that are set in some of the copies of a plane."""
    while times > 1:
        times = (times + 1) // 2
        plane = plane >> times * size | plane & (1 << times * size) - 1
    return plane


@attrs.frozen(eq=False)
class _Evaluated:
    """Trials that were evaluated side by side.

    Attributes:
        first: The first of them.
        end: The first that is not among them.
        truths: The truths of their rows.
        impossible: The rows that contradict themselves.
        changed: The undecided conditions on which they have an effect, each with the rows where they do.
    """

    first: int
    end: int
    truths: Truths
    impossible: int
    changed: Mapping[int, int]


def _changes(
    plain: Truths, branches: Truths, times: int, places: Iterable[int] | None = None
) -> Iterator[tuple[int, int]]:
    """Yields the undecided conditions on which trials have an effect, with the rows where they do."""
    count = len(plain.certain)
    for place in range(count) if places is None else places:
        if place < count and (certain := plain.certain[place]) != (possible := plain.possible[place]):
            without = [tiled(plane, plain.size, times) for plane in (certain, possible)]
            changed = branches.certain[place] ^ without[0] | branches.possible[place] ^ without[1]
            if changed:
                yield place, changed


class _Part:
    """The trials of a group that were evaluated side by side, with the rows in which they count."""

    def __init__(
        self,
        evaluated: _Evaluated,
        first: int,
        end: int,
        cases: Sequence[int] | Mapping[int, int],
        wide: int,
    ) -> None:
        self.evaluated, truths = evaluated, evaluated.truths
        self.first, end = max(first, evaluated.first), min(end, evaluated.end)
        self.times, self._wide = end - self.first, wide
        self._is_whole = self.times == evaluated.end - evaluated.first
        self._shift = (self.first - evaluated.first) * wide
        self._mask = (1 << self.times * wide) - 1
        places = range(self.first, end)
        joined = sum([cases[place] << (place - self.first) * wide for place in places])
        self.valid = joined & ~self.cut(evaluated.impossible)
        self.in_force = self.valid & self.cut(truths.possible[truths.force_place])
        self.in_scope = self.in_force & self.cut(truths.possible[0])

    def cut(self, plane: int) -> int:
        """Returns the part of a plane that belongs to these trials."""
        return plane if self._is_whole else plane >> self._shift & self._mask

    def fold(self, plane: int) -> int:
        """Returns the cases in which a plane of these trials is set for some trial."""
        return _folded(plane, self._wide, self.times)

    def common(self, place: int, counts: int) -> tuple[int, int]:
        """Returns the cases in which a condition fails in some counting trial, and may hold in one."""
        truths = self.evaluated.truths
        certain, possible = self.cut(truths.certain[place]), self.cut(truths.possible[place])
        return self.fold(counts & ~certain), self.fold(counts & possible)


_SCOPE_OUT_OF_FORCE = -1
"""The condition of scope in the cases in which no answer leaves the ruleset in force."""


class _Common:
    """What the trials of one question or set share, as far as they were evaluated.

    Out of scope or not in force there is no outcome, so only the answers that leave the transaction in
    scope of a ruleset in force count for rules and for what is reached.

    Attributes:
        seen: For each condition that a trial changes, where some trial leaves it to fail, and to hold;
            without those that the trials cannot narrow any more.
    """

    def __init__(self, plain: Truths, total: int) -> None:
        self._plain, self._force, self._total = plain, plain.force_place, total
        self._valid = self._in_force = self._in_scope = 0
        self.seen: dict[int, tuple[int, int]] = {}
        self._alive: dict[int, int] = {}
        """For each of these the cases in which it may still be narrowed."""
        self._dead: set[int] = set()

    def add(self, part: _Part) -> None:
        """Adds trials."""
        changed = {place for place, rows in part.evaluated.changed.items() if part.cut(rows)}
        if 0 in changed:
            changed.add(_SCOPE_OUT_OF_FORCE)
        changed -= self._dead
        for place in changed - self.seen.keys():
            counted = self._counted(place)
            self.seen[place] = counted, counted
        valid, in_force, in_scope = map(part.fold, (part.valid, part.in_force, part.in_scope))
        self._valid |= valid
        self._in_force |= in_force
        self._in_scope |= in_scope
        for place, (fails, holds) in list(self.seen.items()):
            counts, here = part.in_scope, in_scope
            if place in (self._force, _SCOPE_OUT_OF_FORCE):
                counts, here = part.valid, valid
            elif place == 0:
                counts, here = part.in_force, in_force
            common = part.common(max(place, 0), counts) if place in changed else (here, here)
            self._update(place, fails | common[0], holds | common[1])

    def _update(self, place: int, fails: int, holds: int) -> None:
        self.seen[place] = fails, holds
        if place > 0:
            undecided = self._plain.certain[place] ^ self._plain.possible[place]
            self._alive[place] = undecided & self._total & ~(fails & holds)
            if not self._alive[place]:
                del self.seen[place], self._alive[place]
                self._dead.add(place)

    def _counted(self, place: int) -> int:
        """The cases in which some trial counts for a condition."""
        if place in (self._force, _SCOPE_OUT_OF_FORCE):
            return self._valid
        return self._in_force if place == 0 else self._in_scope

    @property
    def alive(self) -> int:
        """The cases in which further trials can still matter."""
        if 0 in self.seen:
            return self._total
        return self._total & ~self._in_scope | some(self._alive.values())

    def intersect(self, truths: Truths) -> None:
        """Keeps what all trials share."""
        certain, possible = truths.certain, truths.possible
        for place, (fails, holds) in self.seen.items():
            if place < 0 or certain[place] == possible[place]:
                continue
            counted = self._counted(place)
            if place == 0:
                dormant = self._valid & ~self._in_force
                fails_then, holds_then = self.seen[_SCOPE_OUT_OF_FORCE]
                fails, holds = fails | fails_then & dormant, holds | holds_then & dormant  # noqa: PLW2901
                counted |= dormant
            certain[place] |= counted & ~fails
            possible[place] = possible[place] & (~counted | holds) | certain[place]
