"""One ruleset over the batches of a table: each row belongs to a kind, and each kind has a result."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from functools import partial, reduce
from typing import Any

import attrs
import pyarrow as pa
import pyarrow.compute as pc

from regcompare.facts import UNKNOWN
from regcompare.logic.conditions import Among, Condition, nodes, walk
from regcompare.logic.questions import Question
from regcompare.program.force import APPLIED_ON, LawState, law_state
from regcompare.program.program import Program, program_for
from regcompare.ruleset.reports import STATED
from regcompare.ruleset.rules import Rule
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import AsOf, Readings, chosen_readings
from regcompare.vocabulary import FACTS_DATE, LAW_DATE, Constraint

from ._answers import BatchReader, ReadBatch, days_of
from ._cells import ABSENT, INVALID, STATED_UNKNOWN, Cells, distinct_rows
from ._kinds import LeafTruths, RowKinds, VaryingQuestion
from ._verdicts import RowResult, result_of, rule_ids, verdicts_of
from .rows import scenario_of

Law = tuple[bool | None, tuple[Ruleset, ...], Any]
"""What determines the program: whether the law is in force, what is combined with it, what is open."""

_CONTRADICTORY = -1
"""Instead of a result: the facts of the kind contradict each other, and its rows are assessed singly."""


class Regime:
    """A ruleset over the batches of one table.

    Args:
        ruleset: The ruleset.
        as_of: As for ``assess``.
        readings: As for ``assess``.
        reader: Reads the batches.

    Attributes:
        results: Every result so far; rows refer to them by index.
        distinct: The index of each distinct result.
        distinct_indices: For each result, its index among the distinct ones.
        examples: For each result, the cells of a row that has it.
    """

    def __init__(self, ruleset: Ruleset, as_of: AsOf, readings: Readings, reader: BatchReader) -> None:
        self.ruleset, self.as_of, self.readings = ruleset, as_of, readings
        self.ids: Mapping[Rule, str] = rule_ids(ruleset)
        self.results: list[RowResult] = []
        self.distinct: dict[RowResult, int] = {}
        self.distinct_indices: list[int] = []
        self.examples: list[_ExampleRow] = []
        self._reader = reader
        self._as_of_day = ruleset.reference_date if as_of is None else as_of
        days = days_of([ruleset])
        self._days = Cells(lambda day: sum(change <= day for change in days))
        chosen = chosen_readings(ruleset, readings)
        self._readings = {item.key: reading for item, reading in chosen.items()}
        self._findings = [
            item.finding for item, reading in chosen.items() if item.finding and reading != STATED
        ]
        self._groups: dict[Law, _LawGroup] = {}
        self._single_results: dict[tuple[Any, ...], int] = {}
        self.restated: dict[tuple[str, str], Any] = {}
        """The rows of the last batch with a fact that was read as another answer, by both."""

    def result_indices(self, batch: ReadBatch) -> Any:
        """Returns for each row the index of its result."""
        self.restated = {}
        if not batch.size:
            return pa.array([], pa.int32())
        is_one_of, unknown_instead = self._split_one_of(batch)
        indices = self._by_kind(unknown_instead)
        masks = [*([] if is_one_of is None else [is_one_of]), *self._denied_findings(batch)]
        is_single = reduce(pc.or_, masks) if masks else None
        if is_single is None or not pc.any(is_single).as_py():
            return indices
        single_indices = self._row_by_row(batch, pc.indices_nonzero(is_single))
        return pc.replace_with_mask(indices, is_single, single_indices)

    def _denied_findings(self, batch: ReadBatch) -> Iterator[Any]:
        """Masks of the rows that may deny what reports show; they are read as such a case is."""
        facts = self._reader.facts
        if not any(name.partition(".")[0] == "reported" for name in self._reader.columns):
            return
        for finding in self._findings:
            answers = self._reader.cells[finding.fact].answers
            denies = [facts[finding.fact].truth(answer, finding.member) is False for answer in answers]
            yield pa.array(denies).take(batch.cells_of(finding.fact))

    def _split_one_of(self, batch: ReadBatch) -> tuple[Any, ReadBatch]:
        """The rows with a ``one_of`` answer, and the batch with ``unknown`` in its place."""
        is_one_of, answers = None, dict(batch.answers)
        for name, cells in self._reader.cells.items():
            are_one_of = [isinstance(answer, Among) for answer in cells.answers]
            if any(are_one_of):
                in_column = pa.array(are_one_of).take(batch.cells_of(name))
                is_one_of = in_column if is_one_of is None else pc.or_(is_one_of, in_column)
                unknown = pa.scalar(STATED_UNKNOWN, pa.int32())
                answers[name] = pc.if_else(in_column, unknown, batch.cells_of(name))
        return is_one_of, attrs.evolve(batch, answers=answers)

    def _by_kind(self, batch: ReadBatch) -> Any:
        batch = self._replace_answers(batch)
        groups, group_numbers, days = self._law_groups(batch)
        if len(groups) == 1:
            return self._results_in_group(groups[0], batch, days, None)
        rows = [pc.indices_nonzero(pc.equal(group_numbers, number)) for number in range(len(groups))]
        indices = [
            self._results_in_group(group, batch, days, group_rows)
            for group, group_rows in zip(groups, rows, strict=True)
        ]
        order = pc.array_sort_indices(pa.concat_arrays(rows))
        return pa.concat_arrays(indices).take(order)

    def scenario_at(self, index: int) -> Scenario:
        """Returns a row that has a result, as a scenario."""
        return self._row(self.examples[index])

    def _row(self, example: _ExampleRow) -> Scenario:
        sources: Mapping[str, Any] = self._reader.columns if example.is_by_column else self._reader.cells
        cells = {**example.constant, **dict(zip(example.names, example.cells, strict=True))}
        stated = {
            name: self._cells(name, example.is_by_column).answers[cell]
            for name, cell in cells.items()
            if name in sources
        }
        if example.is_by_column:
            return self._scenario(stated, bool(example.cells[-1]))
        return scenario_of(stated, self.ruleset.vocabulary)

    def _cells(self, name: str, is_column: bool) -> Cells:
        return self._reader.columns[name].cells if is_column else self._reader.cells[name]

    def _scenario(self, stated: Mapping[str, Any], presumes: bool) -> Scenario:
        return scenario_of(
            stated,
            self.ruleset.vocabulary,
            presume="ordinary" if presumes else None,
            presumed=self._reader.presumed,
            discretion=self._reader.options.discretion,
        )

    def _replace_answers(self, batch: ReadBatch) -> ReadBatch:
        """Replaces answers that break a constraint by those that the constraint says are meant."""
        replaced: dict[str, Any] = {}
        for constraint in self.ruleset.vocabulary.excusing:
            facts = list(self._facts_of_constraint(constraint))
            columns = [
                _coarsened(self._reader.cells[key], classes, batch.cells_of(key))
                for key, classes in facts
            ]
            indices, combinations = distinct_rows(columns)
            is_broken = [
                constraint.is_broken(
                    {
                        key: classes.answers[cell]
                        for (key, classes), cell in zip(facts, cells, strict=True)
                        if classes.answers[cell] is not UNKNOWN
                    }
                )
                for cells in combinations
            ]
            if any(is_broken) and constraint.taken_as:
                name, answer = constraint.taken_as
                cell = pa.scalar(self._reader.cells[name].cell_of(answer), pa.int32())
                rows = self.restated[name, answer] = pa.array(is_broken).take(indices)
                replaced[name] = pc.if_else(rows, cell, replaced.get(name, batch.cells_of(name)))
        return attrs.evolve(batch, answers={**batch.answers, **replaced})

    def _facts_of_constraint(self, constraint: Constraint) -> Iterator[tuple[str, Cells]]:
        """The facts that a constraint asks about, each with the answers that it distinguishes."""
        leaves_by_fact: dict[str, list[Condition]] = {}
        for node in nodes([constraint.when, constraint.then]):
            if node.key in self._reader.cells:
                leaves_by_fact.setdefault(node.key, []).append(node)
        for name, leaves in leaves_by_fact.items():
            yield name, Cells(partial(_leaf_values, leaves))

    # the law -----------------------------------------------------------------------------------------

    def _law_groups(self, batch: ReadBatch) -> tuple[list[_LawGroup], Any, Any]:
        """The groups of rows with the same program, and the group and the day of the law of each row."""
        indices, dates = distinct_rows([batch.cells_of(FACTS_DATE.key), batch.cells_of(APPLIED_ON.key)])
        numbers: dict[_LawGroup, int] = {}
        groups: list[_LawGroup] = []
        group_of_dates, day_of_dates = [], []
        for facts_cell, applied_cell in dates:
            known_dates = self._day(FACTS_DATE.key, facts_cell), self._day(APPLIED_ON.key, applied_cell)
            law = law_state(self.ruleset, self._as_of_day, *known_dates)
            group = self._group(law)
            number = numbers.setdefault(group, len(groups))
            if number == len(groups):
                groups.append(group)
            group_of_dates.append(number)
            day_of_dates.append(self._days.cell_of(law.day))
        tables = (pa.array(item, pa.int32()).take(indices) for item in (group_of_dates, day_of_dates))
        return (groups, *tables)

    def _day(self, name: str, cell: int) -> dt.date | None:
        cells = self._reader.cells.get(name)
        answer = cells.answers[cell] if cells else None
        return None if answer is UNKNOWN else answer

    def _group(self, law: LawState) -> _LawGroup:
        key = (law.in_force, law.companions, law.open_law)
        if key not in self._groups:
            program = program_for(self.ruleset, law.companions, law.open_law)
            self._groups[key] = _LawGroup(program, law.in_force)
        return self._groups[key]

    # the rows of one group ---------------------------------------------------------------------------

    def _results_in_group(self, group: _LawGroup, batch: ReadBatch, days: Any, rows: Any) -> Any:
        if group.kinds is None or group.kinds.is_full:
            self._start_kinds(group, batch)
        assert group.kinds is not None
        columns = [days if name == LAW_DATE.key else batch.cells_of(name) for name in group.names]
        if rows is not None:
            columns = [column.take(rows) for column in columns]
        self._add_cells(group)
        kinds = group.kinds.kinds_of(columns)
        self._assess_kinds(group)
        indices = pa.array(group.result_indices, pa.int32()).take(kinds)
        is_contradictory = pc.equal(indices, _CONTRADICTORY)
        if not pc.any(is_contradictory).as_py():
            return indices
        contradictory_rows = pc.indices_nonzero(is_contradictory)
        single_indices = self._row_by_row(
            batch, contradictory_rows if rows is None else rows.take(contradictory_rows)
        )
        return pc.replace_with_mask(indices, is_contradictory, single_indices)

    def _start_kinds(self, group: _LawGroup, batch: ReadBatch) -> None:
        """Separates the questions that rows answer differently from the answers they have in common."""
        questions: dict[str, list[Question]] = {}
        for question in group.program.questions.values():
            questions.setdefault(question.subject, []).append(question)
        varying = [name for name in questions if not isinstance(batch.answers.get(name, ABSENT), int)]
        group.questions_by_name = questions
        group.names = [LAW_DATE.key, *sorted(varying, key=self._breadth)]
        group.constant = {
            name: cell for name in questions if isinstance(cell := batch.answers.get(name), int)
        }
        common = dict(self._readings)
        for name, cell in group.constant.items():
            common |= self._truths(group, name, self._reader.cells[name].answers[cell])
        group.varying = [VaryingQuestion(name, [], name == LAW_DATE.key) for name in group.names]
        common_truths = _leaf_truths(group.program, common)
        group.kinds = RowKinds(group.program, self._readings, group.varying, common_truths)
        group.result_indices = []

    def _breadth(self, name: str) -> tuple[bool, int]:
        """A sort key: sets last, then by number of answers, the most first, which keeps states few."""
        fact = self._reader.facts.get(name)
        return fact is not None and fact.is_set, -len(self._reader.cells[name].answers)

    def _add_cells(self, group: _LawGroup) -> None:
        """Adds the leaf truths of new cells."""
        for question in group.varying:
            answers = (self._days if question.is_law_day else self._reader.cells[question.name]).answers
            for answer in answers[len(question.leaf_truths) :]:
                truths = self._truths(group, question.name, answer)
                question.leaf_truths.append(_leaf_truths(group.program, truths))

    def _truths(self, group: _LawGroup, name: str, answer: Any) -> Mapping[str, Any]:
        fact = self._reader.facts.get(name)
        if fact is None:
            return {} if answer is None or answer is UNKNOWN else {name: answer}
        questions = group.questions_by_name.get(name, ())
        truths = ((question.key, fact.truth(answer, question.member)) for question in questions)
        return {key: truth for key, truth in truths if truth is not None}

    def _assess_kinds(self, group: _LawGroup) -> None:
        """Computes the results of new kinds, those of one day of the law together."""
        kinds = group.kinds
        assert kinds is not None
        kinds_by_day: dict[int, list[int]] = {}
        for kind in range(len(group.result_indices), kinds.size):
            group.result_indices.append(_CONTRADICTORY)
            if not kinds.is_contradictory(kind):
                kinds_by_day.setdefault(kinds.cells(kind)[0], []).append(kind)
        for day, kinds_of_day in kinds_by_day.items():
            known = {LAW_DATE.key: self._days.answers[day], **self._readings}
            common = [known[group.program.keys[place]] for place in group.program.law_questions]
            kinds_of_day.sort(key=lambda kind: [cell <= INVALID for cell in kinds.cells(kind)])
            results = verdicts_of(
                group.program, group.in_force, self.ids, kinds.rows(kinds_of_day), common
            )
            for kind, result in zip(kinds_of_day, results, strict=True):
                if result is not None:
                    example = _ExampleRow(False, group.names, kinds.cells(kind), group.constant)
                    group.result_indices[kind] = self._add(result, example)

    def _add(self, result: RowResult, example: _ExampleRow) -> int:
        self.distinct_indices.append(self.distinct.setdefault(result, len(self.distinct)))
        self.results.append(result)
        self.examples.append(example)
        return len(self.results) - 1

    def _row_by_row(self, batch: ReadBatch, rows: Any) -> Any:
        """The indices of the results of rows that are assessed singly, as scenarios.

        Presumptions may have to be withdrawn, or an answer to be replaced.
        """
        names = list(batch.stated)
        columns = [batch.stated[name].take(rows) for name in names]
        presumes = batch.presumes
        if isinstance(presumes, bool):
            presumes = pa.repeat(presumes, batch.size)
        names.append("presume?")
        columns.append(presumes.take(rows).cast(pa.int32()))
        indices, combinations = distinct_rows(columns)
        results = []
        for cells in combinations:
            if cells not in self._single_results:
                if len(self._single_results) > _MOST_SINGLE_RESULTS:
                    self._single_results.clear()
                example = _ExampleRow(True, names, cells)
                result = result_of(self._row(example), self.ruleset, self.as_of, self.readings, self.ids)
                self._single_results[cells] = self._add(result, example)
            results.append(self._single_results[cells])
        return pa.array(results, pa.int32()).take(indices)


_MOST_SINGLE_RESULTS = 100_000


@attrs.frozen(eq=False)
class _ExampleRow:
    """A row that has a result.

    Attributes:
        is_by_column: Whether its cells are those of columns, not of questions.
        names: The names of the columns or questions.
        cells: Its cells.
        constant: The cells that all rows have in common.
    """

    is_by_column: bool
    names: Sequence[str]
    cells: Sequence[int]
    constant: Mapping[str, int] = attrs.field(factory=dict)


def _leaf_values(leaves: Sequence[Condition], answer: Any) -> tuple[bool | None, ...]:
    """What leaves say of an answer."""
    return tuple([walk(leaf, {leaf.key: answer}).truth for leaf in leaves])


def _coarsened(cells: Cells, classes: Cells, column: Any) -> Any:
    """The cells of a column as cells that distinguish fewer answers."""
    return pa.array(map(classes.cell_of, cells.answers), pa.int32()).take(column)


@attrs.define(eq=False)
class _LawGroup:
    """Rows with the same program.

    Attributes:
        program: The program.
        in_force: Whether the law is in force; None where that is open.
        kinds: The kinds of rows; None before the first batch.
        names: The questions that rows answer differently, in the order in which they are joined.
        questions_by_name: All questions of the program, by what they ask about.
        constant: The cells of the questions that all rows answer alike.
        varying: The leaf truths of the questions that rows answer differently.
        result_indices: The index of the result of each kind.
    """

    program: Program
    in_force: bool | None
    kinds: RowKinds | None = None
    names: list[str] = attrs.field(factory=list)
    questions_by_name: Mapping[str, Sequence[Question]] = attrs.field(factory=dict)
    constant: dict[str, int] = attrs.field(factory=dict)
    varying: list[VaryingQuestion] = attrs.field(factory=list)
    result_indices: list[int] = attrs.field(factory=list)


def _leaf_truths(program: Program, truths: Mapping[str, Any]) -> LeafTruths:
    """The indices of the leaves that answers make true, and of those that they make false."""
    pairs = [
        program.leaves.literals(program.position[key], truth)
        for key, truth in truths.items()
        if truth is not None and key in program.position
    ]
    true_leaves = [leaf for pair in pairs for leaf in pair[0]]
    return true_leaves, [leaf for pair in pairs for leaf in pair[1]]
