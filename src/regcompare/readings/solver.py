"""The solver reading: whether some possible case meets a condition, and the most ordinary one that does.

The one place that knows the solver; everything else asks ``Solver.reachable``.  Every question is made
finite with cells (answers that no leaf tells apart), so that "no" is a proof.  The constraints of the
vocabulary always hold: an impossible case is never found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any

import attrs

from regcompare._plan import Cell, cells_of
from regcompare.codes import CodeCell, code_cells, code_matches
from regcompare.conditions import (
    All,
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
from regcompare.errors import UsageError, needs_extra
from regcompare.facts import CodeSet, Fact, MemberSet
from regcompare.vocabulary import FACTS_DATE, LAW_DATE, Vocabulary

__all__ = ["Case", "Preference", "Solver"]


class Case:
    """One possible case, in full; its answers are read off when they are asked for."""

    def __init__(self, read: Callable[[], tuple[Answers, Mapping[str, frozenset[str]]]]) -> None:
        self._read = read

    @cached_property
    def _parts(self) -> tuple[Answers, Mapping[str, frozenset[str]]]:
        return self._read()

    @property
    def answers(self) -> Answers:
        """Key of a question to its answer, for every question that was asked."""
        return self._parts[0]

    @property
    def codes(self) -> Mapping[str, frozenset[str]]:
        """For each set of codes its members, from which the answers about patterns follow."""
        return self._parts[1]


@attrs.frozen
class Preference:
    """Answers that a case should have if it can.

    Attributes:
        key: The question, or a set of codes.
        answers: The answers, the most wanted first; of a set of codes none: the fewer the better.
    """

    key: str
    answers: tuple[Any, ...] = ()


@attrs.frozen
class _Asked:
    """What is asked: the questions with their kinds and cells."""

    keys: tuple[str, ...]
    kinds: Mapping[str, type[Condition]]
    cells: Mapping[str, tuple[Cell, ...]]
    patterns: Mapping[str, tuple[str, ...]]
    codes: Mapping[str, tuple[CodeCell, ...]]

    @classmethod
    def by(cls, conditions: Sequence[Condition], facts: Mapping[str, Fact]) -> _Asked:
        keys = questions(conditions)
        kinds = {node.key: type(node) for node in nodes(conditions) if node.key}
        cells = zip(keys, cells_of(conditions, keys, facts).values(), strict=True)
        patterns: dict[str, tuple[str, ...]] = {}
        for name, _, member in (key.partition(":") for key in keys):
            if isinstance(facts.get(name), CodeSet):
                patterns[name] = (*patterns.get(name, ()), member)
        codes = {name: code_cells(asked) for name, asked in patterns.items()}
        return cls(keys, kinds, dict(cells), patterns, codes)

    def is_yes_no(self, key: str) -> bool:
        return self.kinds[key] is Holds

    def tells(self, key: str, answer: Any) -> bool:
        """Whether the answer is one that the conditions know of."""
        if self.is_yes_no(key) or self.kinds[key] is OnOrAfter:
            return True
        return any(answer == cell.answer or answer in cell.stands_for for cell in self.cells[key])


class _World:
    """One case in full, as variables of the solver: conditions and answers are written over them."""

    def __init__(self, z3: Any, solver: Any, asked: _Asked, mark: str) -> None:
        self._z3, self._solver, self._asked, self._mark = z3, solver, asked, mark
        self.variables: dict[tuple[str, Any], Any] = {}
        self._written: dict[int, tuple[Condition, Any]] = {}
        for key in asked.keys:
            self._declare(key)
        for name in asked.patterns:
            self._declare_codes(name)
        self._names = {slot: item.decl().name() for slot, item in self.variables.items()}

    def _variable(self, key: str, answer: Any) -> Any:
        variable = self._z3.Bool(f"{self._mark}{key} = {answer}")
        self.variables[key, answer] = variable
        return variable

    def _declare(self, key: str) -> None:
        z3, cells = self._z3, self._asked.cells[key]
        if self._asked.is_yes_no(key):
            self._variable(key, True)
        elif self._asked.kinds[key] is OnOrAfter:
            days = [self._variable(key, cell.answer) for cell in cells[1:]]
            for earlier, later in pairwise(days):
                self._solver.add(z3.Implies(later, earlier))
        else:
            several = [(self._variable(key, cell.answer), 1) for cell in cells]
            self._solver.add(z3.PbEq(several, 1))

    def _declare_codes(self, name: str) -> None:
        cells = self._asked.codes[name]
        members = {cell.code: self._variable(name, cell.code) for cell in cells if cell.matches}
        for pattern in self._asked.patterns[name]:
            met = [members[cell.code] for cell in cells if pattern in cell.matches]
            self._solver.add(self.variables[f"{name}:{pattern}", True] == self._z3.Or(met))

    def answer(self, key: str, answer: Any) -> Any:
        """The expression that the question has this answer."""
        z3, cells = self._z3, self._asked.cells[key]
        if self._asked.is_yes_no(key):
            return self.variables[key, True] if answer else z3.Not(self.variables[key, True])
        if self._asked.kinds[key] is OnOrAfter:
            days = [cell.answer for cell in cells[1:]]
            bounds = [self.variables[key, day] for day in days if day <= answer][-1:]
            bounds += [z3.Not(self.variables[key, day]) for day in days if day > answer][:1]
            return z3.And(bounds)
        for cell in cells:
            if answer == cell.answer or answer in cell.stands_for:
                return self.variables[key, cell.answer]
        raise UsageError(f"{answer!r} is no answer to {key} that these conditions tell apart.")

    def members(self, name: str, members: MemberSet) -> Iterator[Any]:
        """That a set of codes has the members known, and no others but those open."""
        cells, patterns = self._asked.codes.get(name, ()), self._asked.patterns.get(name, ())
        by_matches = {cell.matches: cell.code for cell in cells}

        def alike(codes: Iterable[str]) -> set[str | None]:
            met = (frozenset(item for item in patterns if code_matches(code, item)) for code in codes)
            return {by_matches.get(matches) for matches in met}

        known, left_open = alike(members.known), alike(members.open)
        for cell in cells:
            if cell.matches and cell.code in known:
                yield self.variables[name, cell.code]
            elif cell.matches and cell.code not in left_open:
                yield self._z3.Not(self.variables[name, cell.code])

    def write(self, condition: Condition) -> Any:
        """The condition as an expression; each node is written once."""
        for node in nodes([condition]):
            if id(node) not in self._written:
                self._written[id(node)] = (node, self._expression(node))
        return self._written[id(condition)][1]

    def _expression(self, node: Condition) -> Any:
        z3 = self._z3
        parts = [self._written[id(part)][1] for part in node.parts]
        match node:
            case Constant():
                return z3.BoolVal(node.truth)
            case Holds():
                return self.variables[node.key, True]
            case OneOf():
                cells = [cell for cell in self._asked.cells[node.key] if cell.answer in node.answers]
                return z3.Or([self.variables[node.key, cell.answer] for cell in cells])
            case OnOrAfter():
                # A day at or before the first that is possible is always reached.
                return self.variables.get((node.key, node.day), z3.BoolVal(True))
            case Not():
                return z3.Not(parts[0])
            case Term():
                return parts[0]
            case All():
                return z3.And(parts)
            case AnyOf():
                return z3.Or(parts)
            case Choose():
                taken = [self.variables[node.key, name] for name, _ in node.readings]
                return z3.And([z3.Implies(one, part) for one, part in zip(taken, parts, strict=True)])
        raise TypeError(f"no expression for {type(node).__name__}")  # pragma: no cover

    def read(self, model: Any) -> tuple[Answers, Mapping[str, frozenset[str]]]:
        """The case that a model describes."""
        true = {part.name() for part in model.decls() if self._z3.is_true(model[part])}
        met = {slot for slot, name in self._names.items() if name in true}
        answers: dict[str, Any] = {}
        for key in self._asked.keys:
            if self._asked.is_yes_no(key):
                answers[key] = (key, True) in met
            else:
                first, *later = self._asked.cells[key]
                taken = [cell.answer for cell in later if (key, cell.answer) in met]
                answers[key] = taken[-1] if taken else first.answer
        codes = {
            name: frozenset(cell.code for cell in cells if (name, cell.code) in met)
            for name, cells in self._asked.codes.items()
        }
        return answers, codes


class Solver:
    """Some conditions and the constraints of a vocabulary, over every possible case.

    Args:
        vocabulary: The facts and what cannot be.
        conditions: Every condition of which those asked about are made.

    Attributes:
        keys: The questions that the conditions and constraints ask.
        cells: For each question the answers that are told apart.

    Raises:
        UsageError: The extra ``prove`` is not installed; the text is the line to type.
    """

    def __init__(self, vocabulary: Vocabulary, conditions: Iterable[Condition]) -> None:
        with needs_extra("prove"):
            import z3
        self._z3 = z3
        self.vocabulary = vocabulary
        self.facts: Mapping[str, Fact] = {
            fact.key: fact for fact in (*vocabulary.facts(), FACTS_DATE, LAW_DATE)
        }
        self._constraints = [(item.when, item.then) for item in vocabulary.constraints]
        halves = [half for pair in self._constraints for half in pair]
        self._asked = _Asked.by([*conditions, *halves], self.facts)
        self.keys, self.cells = self._asked.keys, self._asked.cells
        self._named_already: dict[tuple[int, bool], tuple[Any, Any]] = {}
        self._given_already: dict[Any, list[Any]] = {}
        self._solver = z3.SolverFor("QF_FD")
        self._world = self._new_world("")

    def _new_world(self, mark: str) -> _World:
        world = _World(self._z3, self._solver, self._asked, mark)
        for when, then in self._constraints:
            self._solver.add(self._z3.Implies(world.write(when), world.write(then)))
        return world

    @cached_property
    def _other_world(self) -> _World:
        """A second case, of which some answers are the same as those of the first."""
        return self._new_world("other ")

    @cached_property
    def _same_answers(self) -> Mapping[str, Sequence[Any]]:
        """For each question the flags that both worlds have the same answer."""
        before, after = self._world, self._other_world
        flags: dict[str, list[Any]] = {}
        for (key, answer), variable in before.variables.items():
            if key not in self._asked.patterns:  # Patterns that agree are as good as codes that do.
                same = self._named(variable == after.variables[key, answer])
                flags.setdefault(key, []).append(same)
        return flags

    # what can be asked ---------------------------------------------------------------------------

    def reachable(
        self,
        condition: Condition,
        given: Answers | None = None,
        *,
        codes: Mapping[str, MemberSet] | None = None,
        prefer: Sequence[Preference] = (),
    ) -> Case | None:
        """Returns a possible case that meets a condition, or None, which is a proof that there is none.

        Args:
            condition: Made of the conditions that the solver was given.
            given: Answers that the case must have; missing and ``None`` are free.
            codes: For a set of codes, the only members that it may have: those known are in.
            prefer: Answers that it should have if it can, the most wanted first.
        """
        assumed = [self._literal(condition), *self._given(given or {}, codes or {})]
        model = self._check(assumed)
        return None if model is None else self._case(self._preferred(assumed, model, prefer))

    def fewest(
        self,
        condition: Condition,
        given: Answers,
        groups: Mapping[str, Sequence[str]],
        *,
        excluded: Sequence[frozenset[str]] = (),
        codes: Mapping[str, MemberSet] | None = None,
        prefer: Sequence[Preference] = (),
    ) -> tuple[Case, frozenset[str]] | None:
        """Returns a case that meets a condition and differs from given answers in the fewest groups.

        The number is proved least: one fewer was shown to be impossible.

        Args:
            condition: What the case must meet.
            given: The answers to start from; a question that no group names keeps its answer.
            groups: Name of a group, such as a fact, to the questions that change together.
            excluded: Sets of groups of which not all may change at once.
            codes: For a set of codes the members to start from.
            prefer: As for ``reachable``.
        """
        codes = codes or {}
        changed = {
            name: self._changed(name, keys, given, codes.get(name)) for name, keys in groups.items()
        }
        grouped = {key for keys in groups.values() for key in keys}
        held = {key: answer for key, answer in given.items() if key not in grouped}
        held_codes = {name: members for name, members in codes.items() if name not in groups}
        both, no = self._z3.And, self._z3.Not
        barred = [self._named(no(both([changed[name] for name in names]))) for names in excluded]
        base = [self._literal(condition), *self._given(held, held_codes), *barred]
        for number in range(len(changed) + 1):
            assumed = [*base, self._at_most(list(changed.values()), number)]
            if (model := self._check(assumed)) is not None:
                model = self._preferred(assumed, model, prefer)
                return self._case(model), frozenset(
                    name for name, flag in changed.items() if self._is_true(model, flag)
                )
        return None

    def depends(
        self,
        pairs: Iterable[tuple[Condition, Condition]],
        free: Iterable[str],
        given: Answers,
        *,
        codes: Mapping[str, MemberSet] | None = None,
    ) -> bool:
        """Whether in some possible case other answers to these questions alone make a difference.

        Args:
            pairs: What makes a difference: the first condition is met before, the second after.
            free: The questions that are answered otherwise.
            given: Answers that stay; missing and ``None`` are free, but the same before and after.
            codes: For a set of codes, the only members that it may have.
        """
        before, after = self._world, self._other_world
        apart = frozenset(free)
        same = [flag for key, flags in self._same_answers.items() if key not in apart for flag in flags]
        changes = [self._z3.And(before.write(first), after.write(second)) for first, second in pairs]
        known = {key: answer for key, answer in given.items() if key not in apart}
        assumed = [*same, *self._given(known, codes or {})]
        return self._check([*assumed, self._named(self._z3.Or(changes))]) is not None

    # how the solver is asked ---------------------------------------------------------------------

    def _preferred(self, assumed: list[Any], model: Any, prefer: Sequence[Preference]) -> Any:
        """A model that also meets each preference, in turn, that it can."""
        for preference in prefer:
            for wanted in self._wanted(preference):
                if not self._is_true(model, wanted):
                    better = self._check([*assumed, wanted])
                    if better is None:
                        continue
                    model = better
                assumed.append(wanted)
                if preference.answers:
                    break
        return model

    def _wanted(self, preference: Preference) -> list[Any]:
        """The literals to try; of a set of codes that it is empty, then each member, to be left out."""
        z3, key = self._z3, preference.key
        if key in self._asked.codes:
            cells = reversed(self._asked.codes[key])
            members = [self._world.variables[key, cell.code] for cell in cells if cell.matches]
            none = [self._named(z3.Not(z3.Or(members)))] if members else []
            return [*none, *map(z3.Not, members)]
        known = (item for item in preference.answers if key in self.cells)
        answers = (self._world.answer(key, item) for item in known if self._asked.tells(key, item))
        return list({(literal := self._named(item)).get_id(): literal for item in answers}.values())

    def _given(self, given: Answers, codes: Mapping[str, MemberSet]) -> list[Any]:
        slot = (frozenset(given.items()), tuple(codes.items()))
        if slot not in self._given_already:
            known = ((key, answer) for key, answer in given.items() if key in self.cells)
            told = [self._world.answer(key, answer) for key, answer in known if answer is not None]
            for name, members in codes.items():
                if members.open:  # Where none is open, the answers about patterns say it all.
                    told += self._world.members(name, members)
            self._given_already[slot] = [self._named(item) for item in told]
        return self._given_already[slot]

    def _changed(self, name: str, keys: Sequence[str], given: Answers, members: MemberSet | None) -> Any:
        """The flag that a group of questions has other answers than those given."""
        same = [
            self._world.answer(key, given[key])
            for key in keys
            if key in self.cells and given.get(key) is not None
        ]
        if members and members.open:
            same += self._world.members(name, members)
        return self._named(self._z3.Not(self._z3.And(same)), both=True)

    def _at_most(self, flags: Sequence[Any], number: int) -> Any:
        pairs = [(flag, 1) for flag in flags]
        return self._named(self._z3.PbLe(pairs, number) if pairs else self._z3.BoolVal(True))

    def _named(self, expression: Any, *, both: bool = False) -> Any:
        """A variable that implies the expression (or equals it), which can be assumed."""
        z3 = self._z3
        inner = expression.arg(0) if z3.is_not(expression) else expression
        if z3.is_const(inner) and not z3.is_true(inner) and not z3.is_false(inner):
            return expression
        slot = (expression.get_id(), both)
        if slot not in self._named_already:
            name = z3.FreshBool("q")
            self._solver.add(name == expression if both else z3.Implies(name, expression))
            self._named_already[slot] = (name, expression)
        return self._named_already[slot][0]

    def _literal(self, condition: Condition) -> Any:
        return self._named(self._world.write(condition))

    def _check(self, assumed: Sequence[Any]) -> Any:
        found = self._solver.check(*assumed)
        if found == self._z3.unsat:
            return None
        if found != self._z3.sat:
            raise UsageError(f"The solver gave up: {self._solver.reason_unknown()}.")
        return self._solver.model()

    def _is_true(self, model: Any, expression: Any) -> bool:
        return bool(self._z3.is_true(model.eval(expression, model_completion=True)))

    def _case(self, model: Any) -> Case:
        return Case(lambda: self._world.read(model))
