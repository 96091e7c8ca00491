"""One case in full as variables of the solver: the only place where conditions are translated."""

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
    """What is asked: the questions with their kinds and cells.

    A question about a member that another stands for is not among them.
    """

    questions: Questions
    kinds: Mapping[str, type[Condition]]
    cells: Mapping[str, tuple[Cell, ...]]
    turns: Mapping[str, tuple[dt.date, ...]]
    patterns: Mapping[str, tuple[str, ...]]
    codes: Mapping[str, tuple[CodeCell, ...]]
    lists: Mapping[str, CodeList | None]
    stand_ins: Mapping[str, str]

    @classmethod
    def by(
        cls, conditions: Sequence[Condition], facts: Mapping[str, Fact], stand_ins: Mapping[str, str]
    ) -> SolverQuestions:
        every = questions(conditions)
        asked = Questions({key: item for key, item in every.items() if key not in stand_ins})
        kinds = {node.key: type(node) for node in nodes(conditions) if node.key}
        turns: dict[str, set[dt.date]] = {}
        for node in nodes(conditions):
            if isinstance(node, OnOrAfter):
                turns.setdefault(node.key, set()).add(node.day)
        cells = zip(asked, cells_of(conditions, tuple(asked), facts).values(), strict=True)
        patterns: dict[str, tuple[str, ...]] = {}
        for name, about in asked.about.items():
            if isinstance(facts.get(name), CodeSet):
                patterns[name] = tuple(question.member for question in about)
        lists = {key: fact.codes for key, fact in facts.items() if isinstance(fact, CodeSet)}
        codes = {name: code_cells(own, lists[name]) for name, own in patterns.items()}
        ordered = {key: tuple(sorted(days)) for key, days in turns.items()}
        return cls(asked, kinds, dict(cells), ordered, patterns, codes, lists, stand_ins)

    @cached_property
    def by_matches(self) -> Mapping[str, Mapping[frozenset[str], str | None]]:
        """For each set of codes, its cells that patterns take, by these patterns."""
        return {
            name: {cell.matches: cell.code for cell in cells if cell.matches}
            for name, cells in self.codes.items()
        }

    def is_yes_no(self, key: str) -> bool:
        return self.kinds[key] is Holds

    def tells(self, key: str, answer: Any) -> bool:
        """Whether the answer is one that the conditions know of."""
        if self.is_yes_no(key) or self.kinds[key] is OnOrAfter:
            return True
        return any(answer == cell.answer or answer in cell.stands_for for cell in self.cells[key])


def is_met(z3: Any, model: Any, variable: Any) -> bool:
    """Whether a variable is true in a model; asked of the solver's own functions, for speed."""
    context = variable.ctx.ref()
    declared = z3.Z3_get_app_decl(context, variable.as_ast())
    found = z3.Z3_model_get_const_interp(context, model.model, declared)
    return bool(found) and z3.Z3_get_bool_value(context, found) == 1


def _any(z3: Any, variables: Sequence[Any]) -> Any:
    """That one of many variables is true; asked of the solver's own functions, for speed."""
    context = z3.main_ctx()
    several = (z3.Ast * len(variables))(*[item.as_ast() for item in variables])
    return z3.BoolRef(z3.Z3_mk_or(context.ref(), len(variables), several), context)


class World:
    """One case in full, as variables of the solver: conditions and answers are written over them."""

    def __init__(self, z3: Any, solver: Any, asked: SolverQuestions) -> None:
        self._z3, self._solver, self._asked = z3, solver, asked
        self.variables: dict[tuple[str, Any], Any] = {}
        self._written: dict[Condition, Any] = {}
        self._defined_already: dict[int, tuple[Any, Any]] = {}
        for key in asked.questions:
            self._declare(key)
        for name in asked.patterns:
            self._declare_codes(name)

    def _variable(self, key: str, answer: Any) -> Any:
        variable = self._z3.Bool(f"{key} = {answer}")
        self.variables[key, answer] = variable
        return variable

    def _declare(self, key: str) -> None:
        z3, cells = self._z3, self._asked.cells[key]
        if self._asked.is_yes_no(key):
            self._variable(key, True)
        elif self._asked.kinds[key] is OnOrAfter:
            days = [self._variable(key, day) for day in self._asked.turns[key]]
            for earlier, later in pairwise(days):
                self._solver.add(z3.Implies(later, earlier))
        else:
            several = [(self._variable(key, cell.answer), 1) for cell in cells]
            self._solver.add(z3.PbEq(several, 1))

    def _declare_codes(self, name: str) -> None:
        cells = self._asked.codes[name]
        members = {cell.code: self._variable(name, cell.code) for cell in cells if cell.matches}
        met: dict[str, list[Any]] = {pattern: [] for pattern in self._asked.patterns[name]}
        for cell in cells:
            for pattern in cell.matches:
                met[pattern].append(members[cell.code])
        for pattern, some in met.items():
            self._solver.add(
                self.variables[CodesQuestion(name, pattern).key, True] == _any(self._z3, some)
            )

    def answer(self, key: str, answer: Any) -> Any:
        """The expression that the question has this answer."""
        z3, cells = self._z3, self._asked.cells[key]
        if self._asked.is_yes_no(key):
            return self.variables[key, True] if answer else z3.Not(self.variables[key, True])
        if self._asked.kinds[key] is OnOrAfter:
            days = self._asked.turns[key]
            bounds = [self.variables[key, day] for day in days if day <= answer][-1:]
            bounds += [z3.Not(self.variables[key, day]) for day in days if day > answer][:1]
            return z3.And(bounds)
        if isinstance(answer, Among):
            return z3.Or([self.variables[key, cell.answer] for cell in cells_among(cells, answer)])
        for cell in cells:
            if answer == cell.answer or answer in cell.stands_for:
                return self.variables[key, cell.answer]
        raise UsageError(f"{answer!r} is not an answer to {key} that these conditions tell apart.")

    def members(self, name: str, members: MemberSet) -> Iterator[Any]:
        """That a set of codes has the members known, and no others but those open.

        Of a code that stands for one of several, one of these is a member; one of an entry that is not
        held may be none.  What is no member is one expression: a list has thousands of codes.
        """
        held, met = self._asked.lists.get(name), [self._cells_of(name, code) for code in members.known]
        for code, cells in zip(members.known, met, strict=True):
            if None not in cells and not (held and held.is_outside(code)):
                yield self._z3.Or([self.variables[name, cell] for cell in cells])
        met += [self._cells_of(name, code) for code in members.open]
        possible = {cell for cells in met for cell in cells}
        others = [
            self.variables[name, cell.code]
            for cell in self._asked.codes.get(name, ())
            if cell.matches and cell.code not in possible
        ]
        if others:
            yield self._z3.Not(_any(self._z3, others))

    def is_open(self, name: str, members: MemberSet) -> bool:
        """Whether it is open what a set of codes has; else the answers about patterns say it all."""
        held = self._asked.lists.get(name)
        return bool(members.open) or any(
            len(self._cells_of(name, code)) > 1 or (held is not None and held.is_outside(code))
            for code in members.known
        )

    def _cells_of(self, name: str, code: str) -> set[str | None]:
        """The cells that a code may belong to; None for one that no pattern takes."""
        patterns, held = self._asked.patterns.get(name, ()), self._asked.lists.get(name)
        by_matches = self._asked.by_matches.get(name, {})
        stands_for = held.stands_for(code) if held else (code,)
        met = (frozenset(item for item in patterns if code_matches(one, item)) for one in stands_for)
        return {by_matches.get(matches) for matches in met}

    def write(self, condition: Condition) -> Any:
        """The condition as an expression; each node is written once."""
        stack = [condition]
        while stack:
            node = stack.pop()
            if node in self._written:
                continue
            missing = [part for part in node.parts if part not in self._written]
            if missing:
                stack += [node, *missing]
            else:
                self._written[node] = self._expression(node)
        return self._written[condition]

    def _expression(self, node: Condition) -> Any:
        try:
            return self._written_as(node)
        except KeyError:
            msg = f"The solver does not know of {node!r}; name it among its conditions."
            raise UsageError(msg) from None

    def _written_as(self, node: Condition) -> Any:
        z3 = self._z3
        parts = [self._written[part] for part in node.parts]
        match node:
            case Constant():
                return z3.BoolVal(node.truth)
            case Holds():
                return self.variables[self._asked.stand_ins.get(node.key, node.key), True]
            case OneOf():
                return z3.Or(list(self._met(node)))
            case OnOrAfter():
                return self.variables[node.key, node.day]
            case Not():
                return z3.Not(parts[0])
            case Term():
                return parts[0]
            case All():
                return self._defined(z3.And(parts))
            case AnyOf():
                return self._defined(z3.Or(parts))
            case Choose():
                taken = [self.variables[node.key, name] for name, _ in node.readings]
                pairs = zip(taken, parts, strict=True)
                return self._defined(z3.And([z3.Implies(one, part) for one, part in pairs]))
        raise TypeError(f"no expression for {type(node).__name__}")  # pragma: no cover

    def _met(self, node: OneOf) -> Iterator[Any]:
        for cell in self._asked.cells[node.key]:
            met = [answer in node.answers for answer in cell.stands_for]
            if any(met):
                if not all(met):
                    raise KeyError(node)
                yield self.variables[node.key, cell.answer]

    def first_days(self) -> Iterator[tuple[str, dt.date, Any]]:
        """For each day asked for the last turn before the first that is tried where it is open."""
        for key, turns in self._asked.turns.items():
            earlier = [day for day in turns if day <= self._asked.cells[key][0].answer]
            if earlier:
                yield key, earlier[-1], self.variables[key, earlier[-1]]

    def _defined(self, expression: Any) -> Any:
        """A variable that equals the expression: what is written later refers to it, and stays short.

        Without it the solver would take in the whole condition again with each question about it.  Equal
        expressions have one number, so a condition that is made afresh costs nothing.
        """
        slot = expression.get_id()
        if slot not in self._defined_already:
            name = self._z3.FreshBool("d")
            self._solver.add(name == expression)
            self._defined_already[slot] = (name, expression)
        return self._defined_already[slot][0]

    def read(self, model: Any) -> tuple[Answers, Mapping[str, frozenset[str]]]:
        """The case that a model describes."""
        met = {
            slot
            for slot, item in self.variables.items()
            if slot[0] not in self._asked.codes and is_met(self._z3, model, item)
        }
        answers: dict[str, Any] = {}
        for key in self._asked.questions:
            if self._asked.is_yes_no(key):
                answers[key] = (key, True) in met
            elif self._asked.kinds[key] is OnOrAfter:
                answers[key] = self._day(key, met)
            else:
                cells = self._asked.cells[key]
                answers[key] = next(cell.answer for cell in cells if (key, cell.answer) in met)
        return answers, {name: self._members_in(model, name, answers) for name in self._asked.codes}

    def _members_in(self, model: Any, name: str, answers: Answers) -> frozenset[str]:
        """The members that a set of codes has; only those are looked at whose patterns all are met."""
        patterns = self._asked.patterns[name]
        met = {item for item in patterns if answers[CodesQuestion(name, item).key]}
        return frozenset(
            cell.code
            for cell in self._asked.codes[name]
            if cell.matches
            and cell.matches <= met
            and is_met(self._z3, model, self.variables[name, cell.code])
        )

    def _day(self, key: str, met: Collection[tuple[str, Any]]) -> dt.date:
        """The first day that is tried, or a turn after it; where an earlier one was given, before it."""
        first: dt.date = self._asked.cells[key][0].answer
        turns = self._asked.turns[key]
        reached = [day for day in turns if (key, day) in met]
        missed = [day for day in turns if (key, day) not in met and day <= first]
        return max(reached if missed else [first, *reached], default=dt.date.min)
