"""One ruleset over the batches of a table: each row is of a kind, and each kind has a result."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import attrs
import pyarrow as pa
import pyarrow.compute as pc

from regcompare.facts import UNKNOWN
from regcompare.logic.conditions import Among, Condition, nodes, walk
from regcompare.logic.questions import Question
from regcompare.program.force import APPLIED_ON, LawState, law_state
from regcompare.program.program import Program, program_for
from regcompare.ruleset.rules import Rule
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import AsOf, Readings, chosen_readings
from regcompare.vocabulary import FACTS_DATE, LAW_DATE, Constraint

from ._answers import Answers, ReadBatch, days_of
from ._cells import ABSENT, BAD, STATED_UNKNOWN, Cells, together
from ._kinds import RowKinds, Told, VaryingQuestion
from ._verdicts import RowResult, result_of, rule_ids, verdicts_of
from .rows import scenario_of

Law = tuple[bool | None, tuple[Ruleset, ...], Any]
"""Of the law that applies what decides which program is run: in force, along with what, asking what."""

_APART = -1
"""In place of a result: the facts of the kind contradict each other, so each row is taken for itself."""


class Regime:
    """A ruleset over the batches of one table.

    Args:
        ruleset: The ruleset.
        as_of: As for ``assess``.
        readings: Likewise.
        answers: What reads the batches.

    Attributes:
        results: Every result so far; rows are told by their places among these.
        distinct: Those that differ.
        which: For each result its place among those that differ.
        cases: For each result the cells of a row.
    """

    def __init__(self, ruleset: Ruleset, as_of: AsOf, readings: Readings, answers: Answers) -> None:
        self.ruleset, self.as_of, self.readings = ruleset, as_of, readings
        self.ids: Mapping[Rule, str] = rule_ids(ruleset)
        self.results: list[RowResult] = []
        self.distinct: dict[RowResult, int] = {}
        self.which: list[int] = []
        self.cases: list[_Case] = []
        self._answers = answers
        self._wanted = ruleset.reference_date if as_of is None else as_of
        days = days_of([ruleset])
        self._days = Cells(lambda day: sum(turn <= day for turn in days))
        self._readings = {item.key: taken for item, taken in chosen_readings(ruleset, readings).items()}
        self._groups: dict[Law, _Group] = {}
        self._apart: dict[tuple[Any, ...], int] = {}

    def places(self, read: ReadBatch) -> Any:
        """Returns for each row the place of its result."""
        if not read.size:
            return pa.array([], pa.int32())
        several, plain = self._several(read)
        places = self._in_kinds(plain)
        if several is None or not pc.any(several).as_py():
            return places
        found = self._taken_apart(read, pc.indices_nonzero(several))
        return pc.replace_with_mask(places, several, found)

    def _several(self, read: ReadBatch) -> tuple[Any, ReadBatch]:
        """The rows with an answer that is one of several, and the batch with none in its place."""
        rows, plain = None, dict(read.answers)
        for name, cells in self._answers.cells.items():
            is_several = [isinstance(answer, Among) for answer in cells.answers]
            if any(is_several):
                own = pa.array(is_several).take(read.whole(name))
                rows = own if rows is None else pc.or_(rows, own)
                unknown = pa.scalar(STATED_UNKNOWN, pa.int32())
                plain[name] = pc.if_else(own, unknown, read.whole(name))
        return rows, attrs.evolve(read, answers=plain)

    def _in_kinds(self, read: ReadBatch) -> Any:
        read = self._restated(read)
        groups, numbers, days = self._laws(read)
        if len(groups) == 1:
            return self._of_group(groups[0], read, days, None)
        rows = [pc.indices_nonzero(pc.equal(numbers, number)) for number in range(len(groups))]
        found = [self._of_group(group, read, days, own) for group, own in zip(groups, rows, strict=True)]
        order = pc.array_sort_indices(pa.concat_arrays(rows))
        return pa.concat_arrays(found).take(order)

    def case(self, place: int) -> Scenario:
        """Returns a row that comes to a result, as a scenario."""
        return self._row(self.cases[place])

    def _row(self, case: _Case) -> Scenario:
        held: Mapping[str, Any] = self._answers.columns if case.is_apart else self._answers.cells
        stated = {
            name: self._cells(name, case.is_apart).answers[cell]
            for name, cell in {**case.constant, **dict(zip(case.names, case.cells, strict=True))}.items()
            if name in held
        }
        if case.is_apart:
            return self._scenario(stated, bool(case.cells[-1]))
        return scenario_of(stated, self.ruleset.vocabulary)

    def _cells(self, name: str, is_column: bool) -> Cells:
        return self._answers.columns[name].cells if is_column else self._answers.cells[name]

    def _scenario(self, stated: Mapping[str, Any], presumes: bool) -> Scenario:
        terms = self._answers.terms
        return scenario_of(
            stated,
            self.ruleset.vocabulary,
            presume="ordinary" if presumes else None,
            presumed=self._answers.presumed,
            discretion=terms.discretion,
        )

    def _restated(self, read: ReadBatch) -> ReadBatch:
        """A batch in which a case that cannot be is taken to mean what the constraint says instead."""
        changed = {}
        for constraint in self.ruleset.vocabulary.excusing:
            asked = list(self._asked_by(constraint))
            columns = [_classes(self._answers.cells[key], own, read.whole(key)) for key, own in asked]
            places, distinct = together(columns)
            broken = [
                constraint.is_broken(
                    {
                        key: own.answers[cell]
                        for (key, own), cell in zip(asked, cells, strict=True)
                        if own.answers[cell] is not UNKNOWN
                    }
                )
                for cells in distinct
            ]
            if any(broken) and constraint.taken_as:
                name, answer = constraint.taken_as
                cell = pa.scalar(self._answers.cells[name].of(answer), pa.int32())
                changed[name] = pc.if_else(pa.array(broken).take(places), cell, read.whole(name))
        return attrs.evolve(read, answers={**read.answers, **changed})

    def _asked_by(self, constraint: Constraint) -> Iterator[tuple[str, Cells]]:
        """The facts that a constraint asks about, each with the answers that it tells apart."""
        leaves: dict[str, list[Condition]] = {}
        for node in nodes([constraint.when, constraint.then]):
            if node.key in self._answers.cells:
                leaves.setdefault(node.key, []).append(node)
        for name, own in leaves.items():
            yield name, Cells(partial(_told_apart, own))

    # the law -----------------------------------------------------------------------------------------

    def _laws(self, read: ReadBatch) -> tuple[list[_Group], Any, Any]:
        """The groups of rows to which one program applies, the group of each row, and its day."""
        places, distinct = together([read.whole(FACTS_DATE.key), read.whole(APPLIED_ON.key)])
        numbers: dict[_Group, int] = {}
        groups: list[_Group] = []
        found, days = [], []
        for facts, applied in distinct:
            turns = self._day(FACTS_DATE.key, facts), self._day(APPLIED_ON.key, applied)
            law = law_state(self.ruleset, self._wanted, *turns)
            group = self._group(law)
            number = numbers.setdefault(group, len(groups))
            if number == len(groups):
                groups.append(group)
            found.append(number)
            days.append(self._days.of(law.day))
        tables = (pa.array(item, pa.int32()).take(places) for item in (found, days))
        return (groups, *tables)

    def _day(self, name: str, cell: int) -> dt.date | None:
        cells = self._answers.cells.get(name)
        answer = cells.answers[cell] if cells else None
        return None if answer is UNKNOWN else answer

    def _group(self, law: LawState) -> _Group:
        key = (law.in_force, law.companions, law.open_law)
        if key not in self._groups:
            program = program_for(self.ruleset, law.companions, law.open_law)
            self._groups[key] = _Group(program, law.in_force)
        return self._groups[key]

    # the rows of one group ---------------------------------------------------------------------------

    def _of_group(self, group: _Group, read: ReadBatch, days: Any, rows: Any) -> Any:
        if group.kinds is None or group.kinds.is_full:
            self._begin(group, read)
        assert group.kinds is not None
        columns = [days if name == LAW_DATE.key else read.whole(name) for name in group.names]
        if rows is not None:
            columns = [column.take(rows) for column in columns]
        self._extend(group)
        kinds = group.kinds.of(columns)
        self._work_out(group)
        places = pa.array(group.places, pa.int32()).take(kinds)
        apart = pc.equal(places, _APART)
        if not pc.any(apart).as_py():
            return places
        own = pc.indices_nonzero(apart)
        found = self._taken_apart(read, own if rows is None else rows.take(own))
        return pc.replace_with_mask(places, apart, found)

    def _begin(self, group: _Group, read: ReadBatch) -> None:
        """Sets out which questions rows answer differently, and what they have in common."""
        asked: dict[str, list[Question]] = {}
        for question in group.program.questions.values():
            asked.setdefault(question.subject, []).append(question)
        varying = [name for name in asked if not isinstance(read.answers.get(name, ABSENT), int)]
        group.asked = asked
        group.names = [LAW_DATE.key, *sorted(varying, key=self._breadth)]
        group.constant = {
            name: cell for name in asked if isinstance(cell := read.answers.get(name), int)
        }
        given = dict(self._readings)
        for name, cell in group.constant.items():
            given |= self._truths(group, name, self._answers.cells[name].answers[cell])
        group.questions = [VaryingQuestion(name, [], name == LAW_DATE.key) for name in group.names]
        told = _told(group.program, given)
        group.kinds = RowKinds(group.program, self._readings, group.questions, told)
        group.places = []

    def _breadth(self, name: str) -> tuple[bool, int]:
        """Sets come last, and of the others those with most answers first: that keeps states few."""
        fact = self._answers.facts.get(name)
        return fact is not None and fact.is_set, -len(self._answers.cells[name].answers)

    def _extend(self, group: _Group) -> None:
        """Says what the cells mean that are new."""
        for asked in group.questions:
            answers = (self._days if asked.is_given else self._answers.cells[asked.name]).answers
            for answer in answers[len(asked.told) :]:
                asked.told.append(_told(group.program, self._truths(group, asked.name, answer)))

    def _truths(self, group: _Group, name: str, answer: Any) -> Mapping[str, Any]:
        fact = self._answers.facts.get(name)
        if fact is None:
            return {} if answer is None or answer is UNKNOWN else {name: answer}
        asked = group.asked.get(name, ())
        told = ((question.key, fact.truth(answer, question.member)) for question in asked)
        return {key: truth for key, truth in told if truth is not None}

    def _work_out(self, group: _Group) -> None:
        """Works out the results of the kinds that are new, those of one day of the law together."""
        kinds = group.kinds
        assert kinds is not None
        days: dict[int, list[int]] = {}
        for kind in range(len(group.places), kinds.size):
            group.places.append(_APART)
            if not kinds.is_broken(kind):
                days.setdefault(kinds.cells(kind)[0], []).append(kind)
        for day, alike in days.items():
            taken = {LAW_DATE.key: self._days.answers[day], **self._readings}
            given = [taken[group.program.keys[place]] for place in group.program.law_questions]
            alike.sort(key=lambda kind: [cell <= BAD for cell in kinds.cells(kind)])
            told = verdicts_of(group.program, group.in_force, self.ids, kinds.rows(alike), given)
            for kind, result in zip(alike, told, strict=True):
                if result is not None:
                    case = _Case(False, group.names, kinds.cells(kind), group.constant)
                    group.places[kind] = self._add(result, case)

    def _add(self, result: RowResult, case: _Case) -> int:
        self.which.append(self.distinct.setdefault(result, len(self.distinct)))
        self.results.append(result)
        self.cases.append(case)
        return len(self.results) - 1

    def _taken_apart(self, read: ReadBatch, rows: Any) -> Any:
        """The places of the results of rows whose facts contradict each other, each row for itself.

        What was presumed may have to be withdrawn, or a fact to be taken for another.
        """
        names = list(read.stated)
        columns = [read.stated[name].take(rows) for name in names]
        presumes = (
            read.presumes if not isinstance(read.presumes, bool) else pa.repeat(read.presumes, read.size)
        )
        names.append("presume?")
        columns.append(presumes.take(rows).cast(pa.int32()))
        places, distinct = together(columns)
        found = []
        for cells in distinct:
            if cells not in self._apart:
                if len(self._apart) > _MOST_APART:
                    self._apart.clear()
                case = _Case(True, names, cells)
                result = result_of(self._row(case), self.ruleset, self.as_of, self.readings, self.ids)
                self._apart[cells] = self._add(result, case)
            found.append(self._apart[cells])
        return pa.array(found, pa.int32()).take(places)


_MOST_APART = 100_000


@attrs.frozen(eq=False)
class _Case:
    """A row that comes to a result.

    Attributes:
        is_apart: Whether its cells are those of columns, not of questions.
        names: The names of these.
        cells: Its cells.
        constant: The cells that all rows have in common.
    """

    is_apart: bool
    names: Sequence[str]
    cells: Sequence[int]
    constant: Mapping[str, int] = attrs.field(factory=dict)


def _told_apart(leaves: Sequence[Condition], answer: Any) -> tuple[bool | None, ...]:
    """What leaves say of an answer."""
    return tuple([walk(leaf, {leaf.key: answer}).truth for leaf in leaves])


def _classes(cells: Cells, own: Cells, column: Any) -> Any:
    """The cells of a column as those among which less is told apart."""
    return pa.array(map(own.of, cells.answers), pa.int32()).take(column)


@attrs.define(eq=False)
class _Group:
    """Rows to which one program applies."""

    program: Program
    in_force: bool | None
    kinds: RowKinds | None = None
    names: list[str] = attrs.field(factory=list)
    asked: Mapping[str, Sequence[Question]] = attrs.field(factory=dict)
    constant: dict[str, int] = attrs.field(factory=dict)
    questions: list[VaryingQuestion] = attrs.field(factory=list)
    places: list[int] = attrs.field(factory=list)


def _told(program: Program, truths: Mapping[str, Any]) -> Told:
    """The leaves that answers make true, and those that they make false."""
    told = [
        program.leaves.literals(program.position[key], truth)
        for key, truth in truths.items()
        if truth is not None and key in program.position
    ]
    return [leaf for met, _ in told for leaf in met], [leaf for _, unmet in told for leaf in unmet]
