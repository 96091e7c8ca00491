"""What the rows of a batch answer: columns read, presumptions added."""

from __future__ import annotations

import bisect
import datetime as dt
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs
import pyarrow as pa
import pyarrow.compute as pc

from regcompare.errors import UsageError, did_you_mean, nearest
from regcompare.facts import UNKNOWN, AnswerError, Day, Fact, Same
from regcompare.logic.conditions import Among, Condition, OneOf, OnOrAfter, nodes
from regcompare.logic.questions import Question, parse_question
from regcompare.program.force import APPLIED_ON, force_of
from regcompare.ruleset.ruleset import Ruleset
from regcompare.vocabulary import FACTS_DATE, LAW_DATE

from ._cells import ABSENT, BAD, Cells, Column, together
from .columns import (
    PRESUME,
    apart,
    facts_of_rulesets,
    held_in,
    powers_of,
    read_value,
    with_members,
)


@attrs.frozen(kw_only=True)
class Terms:
    """On what terms the rows of a table are read.

    Attributes:
        presume: ``ordinary`` to presume ordinary answers in all rows.
        presumed: Answers to presume, by the key of the fact, as a column would hold them.
        discretion: How powers were used, in rows that do not say.
        gaps: Texts that say that nothing is stated.
    """

    presume: str | None = None
    presumed: Mapping[str, Any] = attrs.field(factory=dict)
    discretion: Mapping[str, bool] = attrs.field(factory=dict)
    gaps: Collection[str] = ()


@attrs.frozen(eq=False)
class ReadBatch:
    """A batch as read.

    Attributes:
        size: How many rows it has.
        stated: For each column its cells.
        answers: For each question the cells of its answers, presumptions included; a number where it
            is the same in all rows.
        presumes: Where ordinary answers are presumed; True or False where that is the same in all rows.
    """

    size: int
    stated: Mapping[str, Any]
    answers: Mapping[str, Any]
    presumes: Any

    def whole(self, name: str) -> Any:
        """Returns the cells of a question as an array."""
        found = self.answers.get(name, ABSENT)
        return pa.repeat(pa.scalar(found, pa.int32()), self.size) if isinstance(found, int) else found


class Answers:
    """Reads batches of one table.

    Args:
        rulesets: The rulesets that are asked about.
        names: The names of the columns.
        terms: On what terms the rows are read.

    Raises:
        UsageError: A column or a term names something that does not exist.
    """

    def __init__(self, rulesets: Sequence[Ruleset], names: Iterable[str], terms: Terms) -> None:
        self.terms = terms
        self.facts = facts_of_rulesets(rulesets)
        powers = powers_of(rulesets)
        self._check_powers(powers)
        leaves = _leaves(rulesets, self.facts)
        held = held_in(names, self.facts, powers)
        self.held = {name: fact for name, fact in held.items() if parse_question(name).subject in leaves}
        self.asked = {name: parse_question(name) for name in self.held}
        self.split = {asked.fact for asked in self.asked.values() if asked.member}
        days = days_of(rulesets)
        signatures = {name: _signature(self.facts.get(name), own, days) for name, own in leaves.items()}
        self.powers = {
            key: question.power for key, own in leaves.items() for question in own if question.power
        }
        self.cells = {name: Cells(signature) for name, signature in signatures.items()}
        self.columns = {name: self._column(name, fact) for name, fact in self.held.items()}
        self.columns |= dict(self._in_schemes(held, leaves))
        self.presumed = dict(self._presumed())

    def _column(self, name: str, fact: Fact) -> Column:
        asked = parse_question(name)
        own = asked.fact in self.split
        cells = Cells(lambda answer: answer) if own else self.cells[asked.subject]
        return Column(name, fact, cells, self.terms.gaps)

    def _in_schemes(
        self, held: Mapping[str, Fact], leaves: Collection[str]
    ) -> Iterator[tuple[str, Column]]:
        """The columns with codes of several schemes, one for each scheme without a column of its own."""
        answered = {parse_question(name).fact for name in held}
        for key in held:
            for fact, part in apart(key, self.facts, answered):
                if fact.key in leaves:
                    yield fact.key, attrs.evolve(self._column(fact.key, fact), source=key, part=part)

    def _check_powers(self, known: Collection[str]) -> None:
        for name, used in self.terms.discretion.items():
            if name not in known:
                hint = did_you_mean(nearest(name, known))
                raise UsageError(f"discretion: no ruleset given has the power {name!r}.{hint}")
            if not isinstance(used, bool):
                raise UsageError(f"discretion: {used!r} is given for {name}. Expected True or False.")

    def _presumed(self) -> Iterator[tuple[str, Any]]:
        for key, value in self.terms.presumed.items():
            if key not in self.facts:
                hint = did_you_mean(nearest(key, self.facts))
                raise UsageError(f"presumed: there is no fact {key!r}.{hint}")
            try:
                answer = read_value(self.facts[key], value)
            except AnswerError as error:
                raise UsageError(f"presumed: {error}") from None
            if answer is not None:
                yield key, answer

    # batches ---------------------------------------------------------------------------------------

    def read(self, batch: Any) -> ReadBatch:
        """Reads a batch: the cells of each column, then what counts as the answer to each question."""
        stated = {name: column.encoded(batch[column.of]) for name, column in self.columns.items()}
        presumes: Any = self.terms.presume == "ordinary"
        if self.terms.presume is None and PRESUME in stated:
            presumes = pc.greater(stated[PRESUME], BAD)
        read = ReadBatch(batch.num_rows, stated, {}, presumes)
        answers: dict[str, Any] = {}
        for name in self.cells:
            answers[name] = self._answered(name, read, answers)
        return attrs.evolve(read, answers=answers)

    def _answered(self, name: str, read: ReadBatch, answers: Mapping[str, Any]) -> Any:
        """The cells of a question: stated, or else presumed."""
        own = self._joined(name, read) if name in self.split else read.stated.get(name, ABSENT)
        if name in self.powers:
            used = self.terms.discretion.get(self.powers[name])
            return _or_else(own, self.cells[name].of(used))
        fact = self.facts.get(name)
        if name in self.presumed:
            return _or_else(own, self.cells[name].of(self.presumed[name]))
        if fact is None or fact.ordinary is None or read.presumes is False:
            return own
        if isinstance(fact.ordinary, Same):
            ordinary = self._copied(name, fact.ordinary.fact, answers)
        else:
            ordinary = self.cells[name].of(fact.convert(fact.ordinary))
        if read.presumes is not True:
            ordinary = pc.if_else(read.presumes, ordinary, pa.scalar(ABSENT, pa.int32()))
        return _or_else(own, ordinary)

    def _joined(self, name: str, read: ReadBatch) -> Any:
        """The cells of a set of which some columns hold single members."""
        columns = {key: asked for key, asked in self.asked.items() if asked.fact == name}
        places, distinct = together([read.stated[key] for key in columns])
        found = []
        for cells in distinct:
            said = {
                key: self.columns[key].cells.answers[cell]
                for key, cell in zip(columns, cells, strict=True)
            }
            members = {
                columns[key].member: answer for key, answer in said.items() if columns[key].member
            }
            found.append(self.cells[name].of(with_members(self.facts[name], said.get(name), members)))
        return pa.array(found, pa.int32()).take(places)

    def _copied(self, name: str, other: str, answers: Mapping[str, Any]) -> Any:
        """The cells of what is copied from another fact; an unknown is not."""
        copied = [
            ABSENT if answer is UNKNOWN else self.cells[name].of(answer)
            for answer in self.cells[other].answers
        ]
        found = answers[other]
        return copied[found] if isinstance(found, int) else pa.array(copied, pa.int32()).take(found)

    def problems(self, batch: Any, read: ReadBatch) -> Iterator[tuple[int, str]]:
        """Yields what is wrong with values that are no answers, each with its row."""
        for name, column in self.columns.items():
            if column.wrong:
                rows = pc.indices_nonzero(pc.equal(read.stated[name], BAD))
                errors = column.problems(batch[column.of], rows)
                yield from zip(rows.to_pylist(), map(str, errors), strict=True)


def _or_else(own: Any, presumed: Any) -> Any:
    """Cells, with what is presumed where nothing is stated."""
    if isinstance(own, int):
        return presumed if own == ABSENT else own
    if isinstance(presumed, int):
        if presumed == ABSENT:
            return own
        presumed = pa.scalar(presumed, pa.int32())
    return pc.if_else(pc.equal(own, ABSENT), presumed, own)


# what conditions tell apart --------------------------------------------------------------------------


def _leaves(
    rulesets: Iterable[Ruleset], facts: Mapping[str, Fact]
) -> dict[str, dict[Question, list[Condition]]]:
    """For each subject the questions that are asked about it, with the conditions that ask.

    A question whose answer is copied is asked what those are that copy it, and comes before them.
    """
    found: dict[str, dict[Question, list[Condition]]] = {PRESUME: {}, FACTS_DATE.key: {}}
    found |= {key: {} for key in facts}
    for leaf in nodes(_conditions(rulesets)):
        asked = leaf.question
        if leaf.key and not leaf.parts and leaf.key != LAW_DATE.key:
            found.setdefault(asked.subject, {}).setdefault(asked, []).append(leaf)
    for key in reversed(list(facts)):
        ordinary = facts[key].ordinary
        if isinstance(ordinary, Same) and ordinary.fact in facts:
            for asked, leaves in found[key].items():
                other = facts[ordinary.fact].asked(asked.member)
                found[ordinary.fact].setdefault(other, []).extend(leaves)
    always = ("transaction.kind", "licence.status", APPLIED_ON.key, FACTS_DATE.key, PRESUME)
    return {name: own for name, own in found.items() if own or name in always}


def _conditions(rulesets: Iterable[Ruleset]) -> Iterator[Condition]:
    parts = dict.fromkeys(part for ruleset in rulesets for part in ruleset.parts())
    for part in parts:
        yield part.scope
        yield from (rule.condition for rule in part.rules)
        for constraint in part.vocabulary.constraints:
            yield from (constraint.when, constraint.then)


def days_of(rulesets: Iterable[Ruleset]) -> list[dt.date]:
    """Returns the days, in order, on which anything may change under one of the rulesets."""
    rulesets = tuple(rulesets)
    parts = dict.fromkeys(part for ruleset in rulesets for part in ruleset.parts())
    forces = [force_of(part, follows) for part in parts for follows in (False, True)]
    conditions = [*_conditions(rulesets), *(force.in_force for force in forces)]
    conditions += [
        item for force in forces for item in (*force.bases.values(), *force.companions.values())
    ]
    days = {node.day for node in nodes(conditions) if isinstance(node, OnOrAfter)}
    return sorted(days | {part.transition.day for part in parts if part.transition})


def _signature(
    fact: Fact | None, asked: Mapping[Question, Sequence[Condition]], days: Sequence[dt.date]
) -> Callable[[Any], Hashable]:
    """What is the same of answers to a question that no condition tells apart."""
    if isinstance(fact, Day) or fact is FACTS_DATE or fact is None:
        return lambda answer: bisect.bisect(days, answer) if isinstance(answer, dt.date) else answer
    if fact.is_set:
        members = tuple(question.member for question in asked)
        return lambda answer: tuple([fact.truth(answer, member) for member in members])
    groups = [leaf.answers for leaves in asked.values() for leaf in leaves if isinstance(leaf, OneOf)]
    if not groups:
        return lambda answer: answer
    return lambda answer: (
        answer if isinstance(answer, Among) else tuple([answer in group for group in groups])
    )
