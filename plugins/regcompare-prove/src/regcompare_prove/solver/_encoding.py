"""The encoding of a case as variables of the solver; only here conditions are translated for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any

import attrs

from regcompare.errors import UsageError
from regcompare.facts import CodeSet, Fact, MemberSet
from regcompare.logic.code_cells import CodeCell, code_cells
from regcompare.logic.code_lists import CodeList
from regcompare.logic.codes import code_matches
from regcompare.logic.conditions import (
    All,
    Among,
    Answers,
    AnyOf,
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
from regcompare.logic.questions import CodesQuestion, Questions
from regcompare.program.cells import Cell, cells_among, cells_of


@attrs.frozen(slots=False)
class SolverQuestions:
    """The questions that the solver is asked, with their kinds and cells.

    Members that another one represents have no question of their own.
    """

    questions: Questions
    kinds: Mapping[str, type[Condition]]
    cells: Mapping[str, tuple[Cell, ...]]
    thresholds: Mapping[str, tuple[dt.date, ...]]
    patterns: Mapping[str, tuple[str, ...]]
    codes: Mapping[str, tuple[CodeCell, ...]]
    lists: Mapping[str, CodeList | None]
    stand_ins: Mapping[str, str]

    @classmethod
    def by(
        cls, conditions: Sequence[Condition], facts: Mapping[str, Fact], stand_ins: Mapping[str, str]
    ) -> SolverQuestions:
        every = questions(conditions)
        kept = Questions({key: item for key, item in every.items() if key not in stand_ins})
        kinds = {node.key: type(node) for node in nodes(conditions) if node.key}
        thresholds: dict[str, set[dt.date]] = {}
        for node in nodes(conditions):
            if isinstance(node, OnOrAfter):
                thresholds.setdefault(node.key, set()).add(node.day)
        cells = zip(kept, cells_of(conditions, tuple(kept), facts).values(), strict=True)
        patterns: dict[str, tuple[str, ...]] = {}
        for name, members in kept.about.items():
            if isinstance(facts.get(name), CodeSet):
                patterns[name] = tuple(question.member for question in members)
        lists = {key: fact.codes for key, fact in facts.items() if isinstance(fact, CodeSet)}
        codes = {name: code_cells(of_set, lists[name]) for name, of_set in patterns.items()}
        ascending = {key: tuple(sorted(days)) for key, days in thresholds.items()}
        return cls(kept, kinds, dict(cells), ascending, patterns, codes, lists, stand_ins)

    @cached_property
    def by_matches(self) -> Mapping[str, Mapping[frozenset[str], str | None]]:
        """For each set of codes, its cells by the patterns that they match."""
        return {
            name: {cell.matches: cell.code for cell in cells if cell.matches}
            for name, cells in self.codes.items()
        }

    def is_yes_no(self, key: str) -> bool:
        return self.kinds[key] is Holds

    def has_answer(self, key: str, answer: Any) -> bool:
        """Whether the answer is in one of the question's cells."""
        if self.is_yes_no(key) or self.kinds[key] is OnOrAfter:
            return True
        return any(answer == cell.answer or answer in cell.equivalents for cell in self.cells[key])


def is_met(z3: Any, model: Any, variable: Any) -> bool:
    """Whether a variable is true in a model; calls the library's C functions directly, for speed."""
    context = variable.ctx.ref()
    declaration = z3.Z3_get_app_decl(context, variable.as_ast())
    interpretation = z3.Z3_model_get_const_interp(context, model.model, declaration)
    return bool(interpretation) and z3.Z3_get_bool_value(context, interpretation) == 1


def _joined(z3: Any, make: Any, expressions: Sequence[Any]) -> Any:
    """Many expressions joined by ``Z3_mk_and`` or ``Z3_mk_or``: the library's C functions, for speed."""
    context = z3.main_ctx()
    array = (z3.Ast * len(expressions))(*[item.as_ast() for item in expressions])
    return z3.BoolRef(make(context.ref(), len(expressions), array), context)


class Encoding:
    """One case in full as variables of the solver, over which conditions and answers are written."""

    def __init__(self, z3: Any, solver: Any, questions: SolverQuestions) -> None:
        self._z3, self._solver, self._questions = z3, solver, questions
        self.variables: dict[tuple[str, Any], Any] = {}
        self._expressions: dict[Condition, Any] = {}
        self._definitions: dict[int, tuple[Any, Any]] = {}
        for key in questions.questions:
            self._declare(key)
        for name in questions.patterns:
            self._declare_codes(name)

    def _variable(self, key: str, answer: Any) -> Any:
        variable = self._z3.Bool(f"{key} = {answer}")
        self.variables[key, answer] = variable
        return variable

    def _declare(self, key: str) -> None:
        z3, cells = self._z3, self._questions.cells[key]
        if self._questions.is_yes_no(key):
            self._variable(key, True)
        elif self._questions.kinds[key] is OnOrAfter:
            days = [self._variable(key, day) for day in self._questions.thresholds[key]]
            for earlier, later in pairwise(days):
                self._solver.add(z3.Implies(later, earlier))
        else:
            weighted = [(self._variable(key, cell.answer), 1) for cell in cells]
            self._solver.add(z3.PbEq(weighted, 1))

    def _declare_codes(self, name: str) -> None:
        cells = self._questions.codes[name]
        members = {cell.code: self._variable(name, cell.code) for cell in cells if cell.matches}
        by_pattern: dict[str, list[Any]] = {pattern: [] for pattern in self._questions.patterns[name]}
        for cell in cells:
            for pattern in cell.matches:
                by_pattern[pattern].append(members[cell.code])
        for pattern, matching in by_pattern.items():
            self._solver.add(
                self.variables[CodesQuestion(name, pattern).key, True]
                == _joined(self._z3, self._z3.Z3_mk_or, matching)
            )

    def answer(self, key: str, answer: Any) -> Any:
        """Returns the expression that a question has this answer."""
        z3, cells = self._z3, self._questions.cells[key]
        if self._questions.is_yes_no(key):
            return self.variables[key, True] if answer else z3.Not(self.variables[key, True])
        if self._questions.kinds[key] is OnOrAfter:
            days = self._questions.thresholds[key]
            bounds = [self.variables[key, day] for day in days if day <= answer][-1:]
            bounds += [z3.Not(self.variables[key, day]) for day in days if day > answer][:1]
            return z3.And(bounds)
        if isinstance(answer, Among):
            return z3.Or([self.variables[key, cell.answer] for cell in cells_among(cells, answer)])
        for cell in cells:
            if answer == cell.answer or answer in cell.equivalents:
                return self.variables[key, cell.answer]
        raise UsageError(f"{answer!r} is not an answer to {key} that these conditions distinguish.")

    def members(self, name: str, members: MemberSet) -> Iterator[Any]:
        """Yields the expressions that a set of codes has its known members, and others only if open.

        Where a code means one of several, one of these is a member; a code that the list lacks may be
        none of them.  All non-members make one expression, since a list has thousands of codes.
        """
        code_list = self._questions.lists.get(name)
        cells_by_code = [self._cells_of(name, code) for code in members.known]
        for code, cells in zip(members.known, cells_by_code, strict=True):
            if None not in cells and not (code_list and code_list.is_outside(code)):
                yield self._z3.Or([self.variables[name, cell] for cell in cells])
        cells_by_code += [self._cells_of(name, code) for code in members.open]
        possible = {cell for cells in cells_by_code for cell in cells}
        others = [
            self.variables[name, cell.code]
            for cell in self._questions.codes.get(name, ())
            if cell.matches and cell.code not in possible
        ]
        if others:
            yield self._z3.Not(_joined(self._z3, self._z3.Z3_mk_or, others))

    def is_open(self, name: str, members: MemberSet) -> bool:
        """Whether the members of a set are uncertain; otherwise the answers about patterns suffice."""
        code_list = self._questions.lists.get(name)
        return bool(members.open) or any(
            len(self._cells_of(name, code)) > 1 or (code_list is not None and code_list.is_outside(code))
            for code in members.known
        )

    def _cells_of(self, name: str, code: str) -> set[str | None]:
        """The cells that a code may belong to; None for one that no pattern matches."""
        patterns, code_list = self._questions.patterns.get(name, ()), self._questions.lists.get(name)
        by_matches = self._questions.by_matches.get(name, {})
        meanings = code_list.stands_for(code, tuple(patterns)) if code_list else (code,)
        matches = (frozenset(item for item in patterns if code_matches(one, item)) for one in meanings)
        return {by_matches.get(matched) for matched in matches}

    def write(self, condition: Condition) -> Any:
        """Returns the condition as an expression; each node is written once."""
        stack = [condition]
        while stack:
            node = stack.pop()
            if node in self._expressions:
                continue
            unwritten = [part for part in node.parts if part not in self._expressions]
            if unwritten:
                stack += [node, *unwritten]
            else:
                self._expressions[node] = self._expression(node)
        return self._expressions[condition]

    def _expression(self, node: Condition) -> Any:
        try:
            return self._written_as(node)
        except KeyError:
            msg = f"The solver does not know of {node!r}; name it among its conditions."
            raise UsageError(msg) from None

    def _written_as(self, node: Condition) -> Any:
        z3 = self._z3
        parts = [self._expressions[part] for part in node.parts]
        match node:
            case Constant():
                return z3.BoolVal(node.truth)
            case Holds():
                return self.variables[self._questions.stand_ins.get(node.key, node.key), True]
            case OneOf():
                return _joined(z3, z3.Z3_mk_or, list(self._met(node)))
            case OnOrAfter():
                return self.variables[node.key, node.day]
            case Not():
                return z3.Not(parts[0])
            case Term():
                return parts[0]
            case All():
                return self._defined(_joined(z3, z3.Z3_mk_and, parts))
            case AnyOf():
                return self._defined(_joined(z3, z3.Z3_mk_or, parts))
            case Choose():
                chosen = [self.variables[node.key, name] for name, _ in node.readings]
                pairs = zip(chosen, parts, strict=True)
                return self._defined(z3.And([z3.Implies(option, part) for option, part in pairs]))
        raise TypeError(f"no expression for {type(node).__name__}")  # pragma: no cover

    def _met(self, node: OneOf) -> Iterator[Any]:
        for cell in self._questions.cells[node.key]:
            matches = [answer in node.answers for answer in cell.equivalents]
            if any(matches):
                if not all(matches):
                    raise KeyError(node)
                yield self.variables[node.key, cell.answer]

    def first_days(self) -> Iterator[tuple[str, dt.date, Any]]:
        """Yields, for each date, the last threshold that precedes its first cell."""
        for key, thresholds in self._questions.thresholds.items():
            earlier = [day for day in thresholds if day <= self._questions.cells[key][0].answer]
            if earlier:
                yield key, earlier[-1], self.variables[key, earlier[-1]]

    def _defined(self, expression: Any) -> Any:
        """A variable that equals the expression, so that later expressions stay short.

        Without it the solver would parse the whole condition again with each question about it.  Equal
        expressions have one id, so building a condition again costs nothing.
        """
        expression_id = expression.get_id()
        if expression_id not in self._definitions:
            name = self._z3.FreshBool("d")
            self._solver.add(name == expression)
            self._definitions[expression_id] = (name, expression)
        return self._definitions[expression_id][0]

    def read(self, model: Any) -> tuple[Answers, Mapping[str, frozenset[str]]]:
        """Returns the case that a model describes."""
        true_slots = {
            slot
            for slot, item in self.variables.items()
            if slot[0] not in self._questions.codes and is_met(self._z3, model, item)
        }
        answers: dict[str, Any] = {}
        for key in self._questions.questions:
            if self._questions.is_yes_no(key):
                answers[key] = (key, True) in true_slots
            elif self._questions.kinds[key] is OnOrAfter:
                answers[key] = self._day(key, true_slots)
            else:
                cells = self._questions.cells[key]
                answers[key] = next(cell.answer for cell in cells if (key, cell.answer) in true_slots)
        return answers, {name: self._members_in(model, name, answers) for name in self._questions.codes}

    def _members_in(self, model: Any, name: str, answers: Answers) -> frozenset[str]:
        """The members that a set of codes has; only cells whose patterns are all met are inspected."""
        patterns = self._questions.patterns[name]
        met_patterns = {item for item in patterns if answers[CodesQuestion(name, item).key]}
        return frozenset(
            cell.code
            for cell in self._questions.codes[name]
            if cell.matches
            and cell.matches <= met_patterns
            and is_met(self._z3, model, self.variables[name, cell.code])
        )

    def _day(self, key: str, true_slots: Collection[tuple[str, Any]]) -> dt.date:
        """The first cell of a date or a threshold after it; before it where an earlier day was given."""
        first: dt.date = self._questions.cells[key][0].answer
        thresholds = self._questions.thresholds[key]
        reached = [day for day in thresholds if (key, day) in true_slots]
        earlier_missed = [day for day in thresholds if (key, day) not in true_slots and day <= first]
        return max(reached if earlier_missed else [first, *reached], default=dt.date.min)
