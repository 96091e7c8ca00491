"""What can be asked of the solver; every answer “no” is a proof."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, partial, wraps
from itertools import takewhile
from threading import RLock
from typing import Any, NamedTuple, ParamSpec, TypeVar

import attrs

from regcompare.errors import UsageError, needs_extra
from regcompare.facts import Fact, MemberSet
from regcompare.logic.alike import alike_members
from regcompare.logic.code_cells import CodeCell
from regcompare.logic.conditions import Answers, Condition
from regcompare.vocabulary import FACTS_DATE, LAW_DATE, Vocabulary

from ._encoding import Encoding, SolverQuestions, is_met

_REMEMBERED = 1024
"""For how many sets of given answers a solver keeps what it made of them."""


Parameters = ParamSpec("Parameters")
Returned = TypeVar("Returned")

_alone_here = RLock()


def _alone(function: Callable[Parameters, Returned]) -> Callable[Parameters, Returned]:
    """Lets one thread at a time work with the solver, whose library knows only one."""

    @wraps(function)
    def alone(*args: Parameters.args, **keywords: Parameters.kwargs) -> Returned:
        with _alone_here:
            return function(*args, **keywords)

    return alone


class Case:
    """One possible case, in full; its answers are read off when they are asked for."""

    def __init__(self, read: Callable[[], tuple[Answers, Mapping[str, frozenset[str]]]]) -> None:
        self._read = read

    @cached_property
    @_alone
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
class KnownAnswers:
    """What a question to the solver takes as known.

    Attributes:
        answers: Key of a question to its answer; a key that is missing is free.
        codes: For each set of codes of which something is known, its members.
    """

    answers: Mapping[str, Any] = attrs.field(factory=dict)
    codes: Mapping[str, MemberSet] = attrs.field(factory=dict)

    def updated(self, *others: KnownAnswers) -> KnownAnswers:
        """Returns it with what these say in place of its own."""
        answers, codes = dict(self.answers), dict(self.codes)
        for other in others:
            answers.update(other.answers)
            codes.update(other.codes)
        return KnownAnswers(answers, codes)


NOTHING = KnownAnswers()
"""Nothing is taken as known."""


class Solver:
    """Some conditions and the constraints of a vocabulary, over every possible case.

    Args:
        vocabulary: The facts and what cannot be.
        conditions: Every condition of which those asked about are made.
        fold: Whether one answer of a plugin stands for all that no condition tells apart.  No case is
            then found in which another of them is named, so none may be given, and a condition that is
            asked about names one alone only to ask whether it can be met.

    Attributes:
        questions: The questions that the conditions and constraints ask, by key.
        cells: For each question the answers that are told apart.
        turns: For each day asked for, the days from which a condition holds.

    Raises:
        UsageError: The extra ``prove`` is not installed; the text is the line to type.
    """

    @_alone
    def __init__(
        self, vocabulary: Vocabulary, conditions: Iterable[Condition], *, fold: bool = False
    ) -> None:
        with needs_extra("prove"):
            import z3
        z3.Z3_enable_concurrent_dec_ref(
            z3.main_ctx().ref()
        )  # What a thread drops, it drops at any time.
        self._z3 = z3
        self.vocabulary = vocabulary
        self.facts: Mapping[str, Fact] = {
            fact.key: fact for fact in (*vocabulary.facts(), FACTS_DATE, LAW_DATE)
        }
        self._constraints = [(item.when, item.then) for item in vocabulary.constraints]
        halves = [half for pair in self._constraints for half in pair]
        conditions = list(conditions)
        own = {word.key for item in vocabulary.own_answers for word in item.words} if fold else ()
        stand_ins = alike_members(conditions, self._constraints, own) if own else {}
        self._asked = SolverQuestions.by([*conditions, *halves], self.facts, stand_ins)
        self.questions = self._asked.questions
        self.cells, self.thresholds = self._asked.cells, self._asked.thresholds
        self._made: dict[Any, Any] = {}
        self._given_already: dict[Any, list[Any]] = {}
        self._solver = z3.SolverFor("QF_FD")
        self._world = world = Encoding(z3, self._solver, self._asked)
        halves_written = ((world.write(when), world.write(then)) for when, then in self._constraints)
        once = {(when.get_id(), then.get_id()): (when, then) for when, then in halves_written}
        for when, then in once.values():
            self._solver.add(z3.Implies(when, then))

    def name_of(self, key: str) -> str:
        """Returns what a question is about, by its key; a set of codes is what it is called."""
        return self.questions[key].name if key in self.questions else key

    def patterns(self, name: str) -> tuple[str, ...]:
        """Returns the patterns by which the conditions ask about a set of codes."""
        return self._asked.patterns.get(name, ())

    def code_cells(self, name: str) -> tuple[CodeCell, ...]:
        """The codes of a set of codes that the conditions tell apart; none where nothing asks."""
        return self._asked.codes.get(name, ())

    # what can be asked ---------------------------------------------------------------------------

    @_alone
    def reachable(
        self,
        condition: Condition,
        given: KnownAnswers = NOTHING,
        *,
        prefer: Sequence[Preference] = (),
    ) -> Case | None:
        """Returns a possible case that meets a condition, or None, which is a proof that there is none.

        Args:
            condition: Made of the conditions that the solver was given.
            given: Answers that the case must have; missing and ``None`` are free.
            prefer: Answers that it should have if it can, the most wanted first.
        """
        assumed = [self._literal(condition), *self._given(given)]
        model = self._check(assumed)
        return None if model is None else self._case(self._preferred(assumed, model, prefer))

    @_alone
    def can_be(
        self,
        conditions: Iterable[Condition],
        given: KnownAnswers = NOTHING,
    ) -> bool:
        """Whether some possible case meets every one of these conditions; quicker than finding it.

        Args:
            conditions: Made of the conditions that the solver was given.
            given: As for ``reachable``.
        """
        assumed = [*map(self._literal, conditions), *self._given(given)]
        same = tuple(item.get_id() for item in assumed)  # Rows that say the same are one expression.
        return bool(self._once(("possible", same), lambda: self._is_possible(assumed)))

    @_alone
    def fewest(
        self,
        condition: Condition,
        given: KnownAnswers,
        groups: Mapping[str, Sequence[str]],
        *,
        excluded: Sequence[frozenset[str]] = (),
        prefer: Sequence[Preference] = (),
        between: tuple[int, int | None] = (0, None),
    ) -> tuple[Case, frozenset[str]] | None:
        """Returns a case that meets a condition and differs from given answers in the fewest groups.

        The number is proved least: one fewer was shown to be impossible.  Of several sets of as few
        groups it is the one that leaves the groups named first as they are.

        Args:
            condition: What the case must meet.
            given: The answers to start from; a question that no group names keeps its answer.
            groups: Name of a group, such as a fact, to the questions that change together.
            excluded: Sets of groups of which not all may change at once.
            prefer: As for ``reachable``.
            between: The least number that can be enough, where it is known, and the greatest to try.
        """
        changed = {name: self._changed(name, keys, given) for name, keys in groups.items()}
        grouped = {key for keys in groups.values() for key in keys}
        held = KnownAnswers(
            {key: answer for key, answer in given.answers.items() if key not in grouped},
            {name: members for name, members in given.codes.items() if name not in groups},
        )
        both, no = self._z3.And, self._z3.Not
        barred = [self._named(no(both([changed[name] for name in names]))) for names in excluded]
        base = [self._literal(condition), *self._given(held, start=given.answers), *barred]
        if self._check(base) is None:
            return None
        least, most = between
        for number in range(least, 1 + (len(changed) if most is None else min(most, len(changed)))):
            assumed = [*base, self._at_most(list(changed.values()), number)]
            if (model := self._check(assumed)) is not None:
                same = [self._step([self._z3.Not(flag)]) for flag in changed.values()]
                model = self._lifted(assumed, model, same)
                names = frozenset(
                    name for name, flag in changed.items() if is_met(self._z3, model, flag)
                )
                return self._case(self._preferred(assumed, model, prefer)), names
        return None

    @_alone
    def needed(
        self,
        condition: Condition,
        given: KnownAnswers,
        among: Mapping[str, Answers],
    ) -> tuple[str, ...]:
        """Returns which of some further answers are needed for a condition to be sure; none is idle.

        Args:
            condition: What is to be sure; it is, once all of the further answers are given.
            given: Answers that are given in any case.
            among: Name of each group of further answers to these answers.
        """
        everything = given.updated(*map(KnownAnswers, among.values())).answers
        base = [self._literal(~condition), *self._given(given, start=everything)]
        flags = {name: self._told(answers) for name, answers in among.items()}
        wanted = list(flags)
        if self._check([*base, *flags.values()]) is None:
            core = {item.get_id() for item in self._solver.unsat_core()}
            wanted = [name for name in wanted if flags[name].get_id() in core]
        for name in reversed(list(wanted)):
            others = [flags[other] for other in wanted if other != name]
            if self._check([*base, *others]) is None:
                wanted.remove(name)
        return tuple(wanted)

    # how the solver is asked ---------------------------------------------------------------------

    def _told(self, answers: Answers) -> Any:
        told = [self._world.answer(key, answer) for key, answer in answers.items() if key in self.cells]
        return self._named(self._z3.And(told), both=True)

    def _preferred(self, assumed: list[Any], model: Any, prefer: Sequence[Preference]) -> Any:
        """A model that also meets each preference, in turn, that it can."""
        steps = [self._once(preference, partial(self._wanted, preference)) for preference in prefer]
        return self._lifted(assumed, model, steps)

    def _lifted(self, assumed: list[Any], model: Any, steps: Sequence[_Step]) -> Any:
        """A model that meets, step by step, the first literal that it can; ``assumed`` holds which."""
        left = [*reversed(steps)]
        while left:
            step = left.pop()
            while missed := self._before(step, model):
                better = self._check([*assumed, self._some(missed)])
                if better is None:
                    break
                model = better
            if len(missed) < len(step.wanted):
                assumed.append(step.wanted[len(missed)].literal)
            else:
                left += reversed(step.otherwise)
            if missed:  # Often nothing more can be had: one question about all that is left tells.
                every = [one for later in left for one in self._missed(later, model)]
                if not every or (better := self._check([*assumed, self._some(every)])) is None:
                    return model
                model = better
        return model

    def _before(self, step: _Step, model: Any) -> list[_Wanted]:
        """What would be better than what a model meets of a step."""
        return [
            *takewhile(lambda one: is_met(self._z3, model, one.variable) is not one.truth, step.wanted)
        ]

    def _missed(self, step: _Step, model: Any) -> list[_Wanted]:
        """The same with what it should do without any."""
        missed = self._before(step, model)
        if len(missed) < len(step.wanted):
            return missed
        return missed + [one for later in step.otherwise for one in self._before(later, model)]

    def _some(self, several: Sequence[_Wanted]) -> Any:
        literals = [one.literal for one in several]
        return literals[0] if len(literals) == 1 else self._named(self._z3.Or(literals))

    def _wanted(self, preference: Preference) -> _Step:
        """The literals to try; of a set of codes that it is empty, else each member, to be left out."""
        z3, key = self._z3, preference.key
        if key in self._asked.codes:
            cells = reversed(self._asked.codes[key])
            members = [self._world.variables[key, cell.code] for cell in cells if cell.matches]
            none = [self._named(z3.Not(z3.Or(members)))] if members else []
            return self._step(none, [self._step([z3.Not(member)]) for member in members])
        known = (item for item in preference.answers if key in self.cells)
        told = (self._answered(key, item) for item in known if self._asked.tells(key, item))
        return self._step(list({literal.get_id(): literal for literal in told}.values()))

    def _step(self, literals: Sequence[Any], otherwise: Sequence[_Step] = ()) -> _Step:
        return _Step([_wanted(literal) for literal in literals], otherwise)

    def _once(self, what: Any, make: Callable[[], Any]) -> Any:
        """What was made of this already, or is made now."""
        if what not in self._made:
            self._made[what] = make()
        return self._made[what]

    def _given(self, given: KnownAnswers, *, start: Answers | None = None) -> list[Any]:
        """The literals that these answers are given; ``start`` holds days that may be given besides.

        A day is none before the first that is tried, unless such a day is given.
        """
        days = start or given.answers
        first = (
            literal
            for key, day, literal in self._world.first_days()
            if days.get(key) is None or days[key] >= day
        )
        return [*self._answers(given), *first]

    def _answers(self, given: KnownAnswers) -> list[Any]:
        slot = (frozenset(given.answers.items()), tuple(given.codes.items()))
        if slot not in self._given_already:
            if len(self._given_already) >= _REMEMBERED:
                self._given_already.clear()
            known = ((key, answer) for key, answer in given.answers.items() if key in self.cells)
            told = [self._answered(key, answer) for key, answer in known if answer is not None]
            for name, members in given.codes.items():
                if self._world.is_open(name, members):
                    told += self._members(name, members)
            self._given_already[slot] = told
        return self._given_already[slot]

    def _members(self, name: str, members: MemberSet) -> list[Any]:
        """The literals that a set of codes has these members, and no others but those open."""
        slot, world = ("members", name, members), self._world
        told: list[Any] = self._once(slot, lambda: [*map(self._named, world.members(name, members))])
        return told

    def _answered(self, key: str, answer: Any) -> Any:
        return self._once(
            ("answered", key, answer), lambda: self._named(self._world.answer(key, answer))
        )

    def _changed(self, name: str, keys: Sequence[str], given: KnownAnswers) -> Any:
        """The flag that a group of questions has other answers than those given."""
        answers, members = given.answers, given.codes.get(name)
        known = [
            (key, answers[key]) for key in keys if key in self.cells and answers.get(key) is not None
        ]

        def changed() -> Any:
            same = [self._world.answer(key, answer) for key, answer in known]
            if members and self._world.is_open(name, members):
                same += self._world.members(name, members)
            return self._named(self._z3.Not(self._z3.And(same)), both=True)

        return self._once(("changed", name, tuple(known), members), changed)

    def _at_most(self, flags: Sequence[Any], number: int) -> Any:
        pairs = [(flag, 1) for flag in flags]
        return self._named(self._z3.PbLe(pairs, number) if pairs else self._z3.BoolVal(True))

    def _named(self, expression: Any, *, both: bool = False) -> Any:
        """A variable that implies the expression (or equals it), which can be assumed."""
        z3 = self._z3
        inner = expression.arg(0) if z3.is_not(expression) else expression
        if z3.is_const(inner) and inner.decl().kind() == z3.Z3_OP_UNINTERPRETED:
            return expression

        def named() -> tuple[Any, Any]:
            name = z3.FreshBool("q")
            self._solver.add(name == expression if both else z3.Implies(name, expression))
            return name, expression  # Its number is its own as long as it is kept.

        return self._once(("named", expression.get_id(), both), named)[0]

    def _literal(self, condition: Condition) -> Any:
        return self._named(self._world.write(condition))

    def _is_possible(self, assumed: Sequence[Any]) -> bool:
        z3, solver = self._z3, self._solver
        literals = (z3.Ast * len(assumed))(*[item.as_ast() for item in assumed])
        checked = z3.Z3_solver_check_assumptions(solver.ctx.ref(), solver.solver, len(assumed), literals)
        found = z3.CheckSatResult(checked)  # As Solver.check does, without a look at each literal.
        if found == self._z3.unknown:
            reason = self._solver.reason_unknown()
            if "keyboard" in reason:  # The solver takes Ctrl-C for itself while it runs.
                raise KeyboardInterrupt
            raise UsageError(f"The solver gave up: {reason}.")
        return bool(found == self._z3.sat)

    def _check(self, assumed: Sequence[Any]) -> Any:
        return self._solver.model() if self._is_possible(assumed) else None

    def _case(self, model: Any) -> Case:
        return Case(lambda: self._world.read(model))


class _Wanted(NamedTuple):
    """A literal, the variable that it is or denies, and which."""

    literal: Any
    variable: Any
    truth: bool


class _Step(NamedTuple):
    """Literals of which a model should meet the first that it can, and what it should do without any."""

    wanted: Sequence[_Wanted]
    otherwise: Sequence[_Step]


def _wanted(literal: Any) -> _Wanted:
    denies = literal.num_args() > 0
    return _Wanted(literal, literal.arg(0) if denies else literal, not denies)
