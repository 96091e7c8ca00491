"""One case as Boolean variables, and what can be said of it as literals; only here clauses are written.

A literal is a variable's number, or with a minus sign its negation.  What a literal is defined to mean
holds in every model, so any literal may be assumed or denied.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any

import attrs

from regcompare.errors import UsageError
from regcompare.facts import CodeSet, Fact, MemberSet
from regcompare.logic.code_cells import CodeCell, code_cells
from regcompare.logic.codes import code_matches
from regcompare.logic.conditions import (
    PARTLY_KNOWN,
    All,
    Answers,
    AnyOf,
    Between,
    Choose,
    Condition,
    Constant,
    Holds,
    Not,
    OneOf,
    OnOrAfter,
    Term,
    nodes,
    questions,
)
from regcompare.logic.questions import CodesQuestion
from regcompare.program.cells import Cell, cells_among, cells_of

TRUE = 1
"""The literal that is always true."""

Model = Sequence[int]
"""The literal that is true of each variable in turn."""


def is_met(model: Model, literal: int) -> bool:
    """Tells whether a literal is true in a model; a variable that no clause mentions is false."""
    index = abs(literal) - 1
    return model[index] == literal if index < len(model) else literal < 0


@attrs.frozen
class KnownAnswers:
    """Answers that are taken as known.

    Attributes:
        answers: The answer to each question, by key; a question without one is free.
        codes: The members of each set of codes about which something is known.
    """

    answers: Mapping[str, Any] = attrs.field(factory=dict)
    codes: Mapping[str, MemberSet] = attrs.field(factory=dict)

    def updated(self, *others: KnownAnswers) -> KnownAnswers:
        """Returns these answers with others added or in their place."""
        answers, codes = dict(self.answers), dict(self.codes)
        for other in others:
            answers.update(other.answers)
            codes.update(other.codes)
        return KnownAnswers(answers, codes)

    def without(self, names: Container[str], name_of: Callable[[str], str]) -> KnownAnswers:
        """Returns these answers but for those about what is named."""
        return KnownAnswers(
            {key: answer for key, answer in self.answers.items() if name_of(key) not in names},
            {name: members for name, members in self.codes.items() if name not in names},
        )

    def leaves_open(self, key: str) -> bool:
        """Tells whether a question has no answer here, or one among several."""
        answer = self.answers.get(key)
        return answer is None or isinstance(answer, PARTLY_KNOWN)


class Encoding:
    """One case in full as variables of a solver, which takes clauses, for all conditions to be written.

    Attributes:
        cells: For each question, its cells.
        thresholds: For each date, the days from which a condition holds, in order.
        patterns: For each set of codes, the patterns by which the conditions ask about it.
        codes: For each set of codes, its cells that some pattern matches.
    """

    def __init__(self, sat: Any, conditions: Sequence[Condition], facts: Mapping[str, Fact]) -> None:
        self._sat, self._last = sat, TRUE
        self.questions = questions(conditions)
        cells = cells_of(conditions, tuple(self.questions), facts).values()
        self.cells: Mapping[str, tuple[Cell, ...]] = dict(zip(self.questions, cells, strict=True))
        days = [node for node in nodes(conditions) if isinstance(node, OnOrAfter)]
        self.thresholds: Mapping[str, tuple[dt.date, ...]] = {
            key: tuple(sorted({node.day for node in days if node.key == key}))
            for key in dict.fromkeys(node.key for node in days)
        }
        self._lists = {key: fact.codes for key, fact in facts.items() if isinstance(fact, CodeSet)}
        self.patterns: Mapping[str, tuple[str, ...]] = {
            name: tuple(question.member for question in about)
            for name, about in self.questions.about.items()
            if name in self._lists
        }
        self.codes: Mapping[str, tuple[CodeCell, ...]] = {
            name: tuple(cell for cell in code_cells(of_set, self._lists[name]) if cell.matches)
            for name, of_set in self.patterns.items()
        }
        self._literals: dict[Condition, int] = {}
        self._every: dict[frozenset[int], int] = {}
        self._counts: dict[tuple[tuple[int, ...], int], list[int]] = {}
        self.variables: dict[tuple[str, Any], int] = {}
        self._add(TRUE)
        for name, cells_of_codes in self.codes.items():
            self.variables.update({(name, cell.code): self._new() for cell in cells_of_codes})
            for pattern in self.patterns[name]:
                matching = (cell.code for cell in cells_of_codes if pattern in cell.matches)
                key = CodesQuestion(name, pattern).key
                self.variables[key, True] = self.some(self.variables[name, code] for code in matching)
        for key in self.questions:
            if (key, True) not in self.variables:
                self._declare(key)

    def _new(self) -> int:
        self._last += 1
        return self._last

    def _add(self, *literals: int) -> None:
        self._sat.add_clause(literals)

    def imply(self, when: Condition, then: Condition) -> None:
        """Excludes every case that meets one condition and not the other."""
        self._add(-self.literal(when), self.literal(then))

    def _declare(self, key: str) -> None:
        """The variables of a question: for yes, for each threshold of a date, or for each cell."""
        answers: Iterable[Any] = [True]
        is_date = key in self.thresholds
        if is_date or self.cells[key][0].answer is not True:
            answers = self.thresholds[key] if is_date else [cell.answer for cell in self.cells[key]]
        variables = [self.variables.setdefault((key, answer), self._new()) for answer in answers]
        if is_date:
            for earlier, later in pairwise(variables):
                self._add(-later, earlier)
        elif answers != [True]:
            self._add(*variables)
            earlier = -TRUE
            for variable in variables:  # At most one; each step says whether there was one so far.
                so_far = self._new()
                self._add(-earlier, -variable)
                self._add(-earlier, so_far)
                self._add(-variable, so_far)
                earlier = so_far

    def every(self, literals: Iterable[int]) -> int:
        """Returns the literal that all of these are true."""
        parts = frozenset(literals) - {TRUE}
        if len(parts) < 2 or -TRUE in parts:
            return TRUE if not parts else -TRUE if -TRUE in parts else next(iter(parts))
        if parts not in self._every:
            self._every[parts] = every = self._new()
            for part in parts:
                self._add(-every, part)
            self._add(every, *(-part for part in parts))
        return self._every[parts]

    def some(self, literals: Iterable[int]) -> int:
        """Returns the literal that one of these is true."""
        return -self.every(-literal for literal in literals)

    def more_than(self, number: int, literals: tuple[int, ...]) -> int:
        """Returns a literal that is true wherever more than a number of these are."""
        return self._counted(number, literals)[-1]

    def _counted(self, number: int, literals: tuple[int, ...]) -> list[int]:
        """The same for each number of the first of them, from none to all."""
        if number < 0:
            return [TRUE] * (len(literals) + 1)
        if (literals, number) not in self._counts:
            column = [-TRUE]
            for literal, one_fewer in zip(literals, self._counted(number - 1, literals), strict=False):
                more = self._new()
                self._add(-column[-1], more)
                self._add(-one_fewer, -literal, more)
                column.append(more)
            self._counts[literals, number] = column
        return self._counts[literals, number]

    def answered(self, key: str, answer: Any) -> list[int]:
        """Returns the literals that are all true where a question has this answer.

        Raises:
            UsageError: The conditions know no such answer.
        """
        if (key, True) in self.variables:
            return [self.variables[key, True] if answer else -self.variables[key, True]]
        if key in self.thresholds:
            days, is_open = self.thresholds[key], isinstance(answer, Between)
            first, last = (answer.first, answer.last) if is_open else (answer, answer)
            reached = [self.variables[key, day] for day in days if day <= first]
            return reached[-1:] + [-self.variables[key, day] for day in days if day > last][:1]
        cells = self.cells_answered(key, answer)
        if not cells:
            raise UsageError(f"{answer!r} is not an answer to {key} that these conditions distinguish.")
        return [self.some(self.variables[key, cell.answer] for cell in cells)]

    def cells_answered(self, key: str, answer: Any) -> Sequence[Cell]:
        """Returns the cells of a question in which an answer may be."""
        if isinstance(answer, PARTLY_KNOWN):
            return cells_among(self.cells[key], answer)
        return [item for item in self.cells[key] if answer == item.answer or answer in item.equivalents]

    def code_literals(self, name: str) -> dict[str, int]:
        """Returns the literal that a set of codes has a code of each cell, by that code."""
        return {cell.code: self.variables[name, cell.code] for cell in self.codes[name]}

    def members(self, name: str, members: MemberSet) -> Iterator[int]:
        """Yields the literals that a set of codes has its known members, and others only if open.

        Where a code means one of several, one of these is a member; a code that the list lacks may be
        none of them.  Where the members are certain, the answers about patterns suffice.
        """
        code_list = self._lists[name]
        literals = self.code_literals(name)
        outside = {code for code in members.known if code_list and code_list.is_outside(code)}
        known = [(code, self._cells_of(name, code)) for code in members.known]
        if not members.open and not outside and all(len(cells) == 1 for _, cells in known):
            return
        for code, cells in known:
            if None not in cells and code not in outside:
                yield self.some(literals[cell] for cell in cells if cell)
        possible = {cell for _, cells in known for cell in cells}
        possible |= {cell for code in members.open for cell in self._cells_of(name, code)}
        yield -self.some(literal for code, literal in literals.items() if code not in possible)

    def _cells_of(self, name: str, code: str) -> set[str | None]:
        """The cells that a code may belong to; None for one that no pattern matches."""
        patterns, code_list = self.patterns[name], self._lists[name]
        meanings = code_list.stands_for(code, patterns) if code_list else (code,)
        matches = (frozenset(item for item in patterns if code_matches(one, item)) for one in meanings)
        return {self._by_matches[name].get(matched) for matched in matches}

    @cached_property
    def _by_matches(self) -> Mapping[str, Mapping[frozenset[str], str | None]]:
        """The cells of each set of codes, by the patterns that they match."""
        return {name: {cell.matches: cell.code for cell in cells} for name, cells in self.codes.items()}

    def literal(self, condition: Condition) -> int:
        """Returns the literal that a condition is met.

        Raises:
            UsageError: It is not built from the conditions of the solver.
        """
        if condition not in self._literals:
            for node in nodes([condition], self._literals):
                try:
                    self._literals[node] = self._literal(node)
                except KeyError:
                    raise UsageError(
                        f"The solver does not know of {node!r}; name it among its conditions."
                    ) from None
        return self._literals[condition]

    def _literal(self, node: Condition) -> int:
        parts = [self._literals[part] for part in node.parts]
        match node:
            case Constant():
                return TRUE if node.truth else -TRUE
            case Holds():
                return self.variables[node.key, True]
            case OneOf():
                return self.some(self._met_cells(node))
            case OnOrAfter():
                return self.variables[node.key, node.day]
            case Not():
                return -parts[0]
            case Term():
                return parts[0]
            case All():
                return self.every(parts)
            case AnyOf():
                return self.some(parts)
            case Choose():
                chosen = [self.variables[node.key, name] for name, _ in node.readings]
                pairs = zip(chosen, parts, strict=True)
                return self.every(self.some([-option, part]) for option, part in pairs)
        raise TypeError(f"no literal for {type(node).__name__}")  # pragma: no cover

    def _met_cells(self, node: OneOf) -> Iterator[int]:
        for cell in self.cells[node.key]:
            matches = [answer in node.answers for answer in cell.equivalents]
            if any(matches):
                if not all(matches):
                    raise KeyError(node)
                yield self.variables[node.key, cell.answer]

    def read(self, model: Model) -> tuple[Answers, Mapping[str, frozenset[str]]]:
        """Returns the answers in the case that a model describes, and the members of sets of codes."""
        answers = {key: self._answer(model, key) for key in self.questions}
        codes = {
            name: frozenset(
                code for code, item in self.code_literals(name).items() if is_met(model, item)
            )
            for name in self.codes
        }
        return answers, codes

    def _answer(self, model: Model, key: str) -> Any:
        if (key, True) in self.variables:
            return is_met(model, self.variables[key, True])
        if key not in self.thresholds:
            answers = (cell.answer for cell in self.cells[key])
            return next(item for item in answers if is_met(model, self.variables[key, item]))
        # The first cell of a date or a threshold after it; before it where an earlier day was given.
        first: dt.date = self.cells[key][0].answer
        days = {day: is_met(model, self.variables[key, day]) for day in self.thresholds[key]}
        is_early = any(day <= first and not reached for day, reached in days.items())
        reached = [day for day, is_reached in days.items() if is_reached]
        return max(reached if is_early else [first, *reached], default=dt.date.min)
