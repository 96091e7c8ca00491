"""Reads batches: the answers in their columns, with presumptions."""

from __future__ import annotations

import bisect
import datetime as dt
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

import attrs
import numpy as np

from regcompare.errors import UsageError, did_you_mean, nearest
from regcompare.facts import UNKNOWN, AnswerError, CodeSet, Day, Fact, Same
from regcompare.logic.codes import parse_pattern
from regcompare.logic.conditions import Among, Condition, OneOf, days_asked, nodes
from regcompare.logic.questions import Question, parse_question
from regcompare.program.force import APPLIED_ON, force_of
from regcompare.ruleset.ruleset import Ruleset
from regcompare.vocabulary import FACTS_DATE, LAW_DATE, LAYERS, Assumption, Vocabulary

from ._cells import ABSENT, INVALID, Cells, Column
from ._planes import cells_of
from .columns import (
    PRESUME,
    TableOptions,
    fact_columns,
    facts_of_rulesets,
    powers_of,
    read_value,
    readers_by_scheme,
)


@attrs.frozen(eq=False)
class ReadBatch:
    """The answers in a batch.

    Attributes:
        size: How many rows it has.
        columns: The cells of each column.
        stated: The cells of each question that some column answers.
        presumes: For each layer of presumptions the rows in which it counts; True or False if that is
            the same in all.
    """

    size: int
    columns: Mapping[str, Any]
    stated: Mapping[str, Any]
    presumes: Mapping[str, Any]
    _answers: dict[Any, Mapping[str, Any]] = attrs.field(factory=dict)

    def answers(self, assumptions: Any, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """Returns the answers with presumptions, made once for all rulesets that assume the same."""
        return dict(self._answers.get(assumptions) or self._answers.setdefault(assumptions, make()))

    def spread(self, cells: Any) -> Any:
        """Returns cells as an array, those that are the same in all rows repeated."""
        return cells_of([cells]).repeat(self.size) if isinstance(cells, int) else cells

    def take(self, rows: Any) -> ReadBatch:
        """Returns some of the rows, by their indices."""
        columns = {name: cells[rows] for name, cells in self.columns.items()}
        stated = {name: cells[rows] for name, cells in self.stated.items()}
        presumes = {
            layer: where if isinstance(where, bool) else where[rows]
            for layer, where in self.presumes.items()
        }
        return ReadBatch(len(rows), columns, stated, presumes)


class BatchReader:
    """Reads batches of one table.

    Args:
        rulesets: The rulesets that are asked about.
        names: The names of the columns.
        options: How the rows are read.

    Raises:
        UsageError: A column or an option names something that does not exist.
    """

    def __init__(self, rulesets: Sequence[Ruleset], names: Iterable[str], options: TableOptions) -> None:
        self.options = options
        self.facts = facts_of_rulesets(rulesets)
        powers = powers_of(rulesets)
        self._check_powers(powers)
        leaves = _leaves_by_subject(rulesets, self.facts)
        columns = fact_columns(names, self.facts, powers)
        self.facts_by_column = {
            name: fact for name, fact in columns.items() if parse_question(name).subject in leaves
        }
        self._asked_codes = {
            name: {parse_pattern(question.member).code for question in questions if question.member}
            for name, questions in leaves.items()
            if isinstance(self.facts.get(name), CodeSet)
        }
        days = days_of(rulesets)
        signatures = {
            name: _signature_of(self.facts.get(name), questions, days)
            for name, questions in leaves.items()
        }
        self.powers = {
            key: question.power
            for key, questions in leaves.items()
            for question in questions
            if question.power
        }
        self.cells = {name: Cells(signature) for name, signature in signatures.items()}
        self.columns = {name: self._column(name, fact) for name, fact in self.facts_by_column.items()}
        self.columns |= dict(self._in_schemes(columns, leaves))
        self.presumed = dict(self._presumed())

    def _column(self, name: str, fact: Fact) -> Column:
        cells = self.cells[parse_question(name).subject]
        asked = self._asked_codes.get(name, ())
        read_as = dict[str, str]() if self.options.spellings else None
        words = self._words(name, fact)
        return Column(name, fact, cells, self.options.gaps, words, asked, read_as=read_as)

    def _words(self, name: str, fact: Fact) -> Mapping[str, str]:
        """The answers that a column's own words mean.

        Raises:
            UsageError: Something is not an answer.
        """
        words = {str(word): answer for word, answer in self.options.values.get(name, {}).items()}
        for word, answer in words.items():
            try:
                read_value(fact, answer)
            except AnswerError as error:
                raise UsageError(f"values: {name}:{word}={answer}. {error}") from None
        return words

    def _in_schemes(
        self, columns: Mapping[str, Fact], leaves: Collection[str]
    ) -> Iterator[tuple[str, Column]]:
        """Columns for the codes of several schemes in one list, except schemes with their own column."""
        answered = {parse_question(name).fact for name in columns}
        for key in columns:
            for fact, extract in readers_by_scheme(key, self.facts, answered):
                if fact.key in leaves:
                    column = self._column(fact.key, fact)
                    yield fact.key, attrs.evolve(column, source=key, extract=extract)

    def _check_powers(self, powers: Collection[str]) -> None:
        for name, used in self.options.discretion.items():
            if name not in powers:
                hint = did_you_mean(nearest(name, powers))
                raise UsageError(f"discretion: no ruleset given has the power {name!r}.{hint}")
            if not isinstance(used, bool):
                raise UsageError(f"discretion: {used!r} is given for {name}. Expected True or False.")

    def _presumed(self) -> Iterator[tuple[str, Any]]:
        for key, value in self.options.presumed.items():
            if key not in self.facts:
                hint = did_you_mean(nearest(key, self.facts))
                raise UsageError(f"presumed: there is no fact {key!r}.{hint}")
            try:
                answer = read_value(self.facts[key], value)
            except AnswerError as error:
                raise UsageError(f"presumed: {error}") from None
            if answer is not None:
                yield key, answer

    @property
    def read_as(self) -> Mapping[str, Mapping[str, str]]:
        """What was read as an answer though it is written otherwise, by column and text."""
        return {name: column.read_as for name, column in self.columns.items() if column.read_as}

    @property
    def bare_codes(self) -> Mapping[str, str]:
        """The entries without a sub-paragraph of which conditions ask about one, with that."""
        return {code: below for column in self.columns.values() for code, below in column.bare.items()}

    # batches ---------------------------------------------------------------------------------------

    def read(self, batch: Any) -> ReadBatch:
        """Reads a batch: the cells of each column, then those of each question."""
        columns = {
            name: column.encode(batch[column.source_name]) for name, column in self.columns.items()
        }
        presumes = {layer: self._presumes(layer, columns) for layer in LAYERS}
        stated = {name: cells for name, cells in columns.items() if name in self.cells}
        return ReadBatch(batch.num_rows, columns, stated, presumes)

    def _presumes(self, layer: str, columns: Mapping[str, Any]) -> Any:
        """In which rows a layer of presumptions counts; a later layer includes the earlier ones."""
        layers = LAYERS[LAYERS.index(layer) :]
        if self.options.presume is not None or PRESUME not in columns:
            return self.options.presume in layers
        return np.isin(columns[PRESUME], [self.cells[PRESUME].cell_of(name) for name in layers])

    def answers(
        self, batch: ReadBatch, withdrawn: Mapping[str, Any], vocabulary: Vocabulary
    ) -> dict[str, Any]:
        """Returns the cells of each question with presumptions; one cell where all rows have the same.

        Args:
            batch: The rows.
            withdrawn: In which rows the presumption about a fact does not count.
            vocabulary: What may be assumed besides the facts' own ordinary answers.
        """
        answers: dict[str, Any] = {}
        for name in self.cells:
            presumed = self._presumed_cells(name, batch, answers)
            if name in withdrawn:
                presumed = np.where(withdrawn[name], ABSENT, presumed)
            stated = batch.stated.get(name, ABSENT)
            if isinstance(stated, int):
                answers[name] = presumed
            elif isinstance(presumed, int) and presumed == ABSENT:
                answers[name] = stated
            else:
                answers[name] = np.where(stated == ABSENT, cells_of(presumed), stated)
        for item in vocabulary.assumptions:
            if batch.presumes[item.layer] is not False:
                self._assume(item, answers, batch, withdrawn)
        return answers

    def _assume(
        self,
        item: Assumption,
        answers: dict[str, Any],
        batch: ReadBatch,
        withdrawn: Mapping[str, Any],
    ) -> None:
        """Adds the answer of an assumption where it applies and none is known."""
        if item.fact not in self.cells:
            return
        cells = batch.spread(answers[item.fact])
        where = (cells == ABSENT) & batch.presumes[item.layer] & ~withdrawn.get(item.fact, np.False_)
        if item.when is not None:
            given = self.cells[item.when.key].answers
            applies = [item.applies({item.when.key: answer}) for answer in given]
            where &= np.array(applies)[batch.spread(answers[item.when.key])]
        assumed = self.cells[item.fact].cell_of(item.answer_to(self.facts[item.fact]))
        answers[item.fact] = np.where(where, cells_of(assumed), cells)

    def _presumed_cells(self, name: str, batch: ReadBatch, answers: Mapping[str, Any]) -> Any:
        """The cells of what is presumed where a question is not answered."""
        cells, fact = self.cells[name], self.facts.get(name)
        if name in self.powers:
            return cells.cell_of(self.options.discretion.get(self.powers[name]))
        if name in self.presumed:
            return cells.cell_of(self.presumed[name])
        where = batch.presumes["ordinary"]
        if fact is None or fact.ordinary is None or where is False:
            return ABSENT
        if isinstance(fact.ordinary, Same):
            ordinary = self._copied_cells(name, fact.ordinary.fact, answers)
        else:
            ordinary = cells.cell_of(fact.convert(fact.ordinary))
        return ordinary if where is True else np.where(where, cells_of(ordinary), ABSENT)

    def _copied_cells(self, name: str, other: str, answers: Mapping[str, Any]) -> Any:
        """The cells of answers copied from another fact; an unknown is not copied."""
        copies = [
            ABSENT if answer is UNKNOWN else self.cells[name].cell_of(answer)
            for answer in self.cells[other].answers
        ]
        cells = answers[other]
        return copies[cells] if isinstance(cells, int) else cells_of(copies)[cells]

    def problems(self, batch: Any, read: ReadBatch) -> Iterator[tuple[int, str]]:
        """Yields the row of each value that is not an answer, and what is wrong with it."""
        for name, column in self.columns.items():
            if column.errors:
                rows = np.flatnonzero(read.columns[name] == INVALID)
                errors = column.problems(batch[column.source_name], rows)
                yield from zip(rows.tolist(), map(str, errors), strict=True)


# what conditions distinguish --------------------------------------------------------------------------


def _leaves_by_subject(
    rulesets: Iterable[Ruleset], facts: Mapping[str, Fact]
) -> dict[str, dict[Question, list[Condition]]]:
    """The questions that conditions ask about each subject, with the leaves that ask them.

    A subject from which an answer is copied is also asked the questions of the subject that copies it.
    """
    leaves: dict[str, dict[Question, list[Condition]]] = {PRESUME: {}, FACTS_DATE.key: {}}
    leaves |= {key: {} for key in facts}
    for leaf in nodes(_conditions(rulesets)):
        if leaf.key and not leaf.parts and leaf.key != LAW_DATE.key:
            leaves.setdefault(leaf.question.subject, {}).setdefault(leaf.question, []).append(leaf)
    for key in reversed(list(facts)):
        ordinary = facts[key].ordinary
        if isinstance(ordinary, Same) and ordinary.fact in facts:
            for question, asking in leaves[key].items():
                original = facts[ordinary.fact].asked(question.member)
                leaves[ordinary.fact].setdefault(original, []).extend(asking)
    always = ("transaction.kind", "licence.status", APPLIED_ON.key, FACTS_DATE.key, PRESUME)
    return {name: questions for name, questions in leaves.items() if questions or name in always}


def _conditions(rulesets: Iterable[Ruleset]) -> Iterator[Condition]:
    parts = dict.fromkeys(part for ruleset in rulesets for part in ruleset.parts())
    for part in parts:
        yield part.scope
        yield from (rule.condition for rule in part.rules)
        for constraint in part.vocabulary.constraints:
            yield from (constraint.when, constraint.then)
        yield from (item.when for item in part.vocabulary.assumptions if item.when is not None)


def days_of(rulesets: Iterable[Ruleset]) -> list[dt.date]:
    """Returns the days, in order, on which anything may change under one of the rulesets."""
    rulesets = tuple(rulesets)
    parts = dict.fromkeys(part for ruleset in rulesets for part in ruleset.parts())
    forces = [force_of(part, follows) for part in parts for follows in (False, True)]
    conditions = [*_conditions(rulesets), *(force.in_force for force in forces)]
    conditions += [
        item for force in forces for item in (*force.bases.values(), *force.companions.values())
    ]
    return sorted(days_asked(conditions) | {part.transition.day for part in parts if part.transition})


def _signature_of(
    fact: Fact | None, questions: Mapping[Question, Sequence[Condition]], days: Sequence[dt.date]
) -> Callable[[Any], Hashable]:
    """A function that gives the same value for answers that no condition distinguishes."""
    if isinstance(fact, Day) or fact is FACTS_DATE or fact is None:
        return lambda answer: bisect.bisect(days, answer) if isinstance(answer, dt.date) else answer
    if fact.is_set:
        members = tuple(question.member for question in questions)
        return lambda answer: tuple([fact.truth(answer, member) for member in members])
    asking = chain.from_iterable(questions.values())
    groups = [leaf.answers for leaf in asking if isinstance(leaf, OneOf)]
    if not groups:
        return lambda answer: answer
    return lambda answer: (
        answer if isinstance(answer, Among) else tuple([answer in group for group in groups])
    )
