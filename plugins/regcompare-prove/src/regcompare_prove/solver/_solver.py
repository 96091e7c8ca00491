"""The questions that the solver answers; every “no” is a proof."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, partial, wraps
from itertools import takewhile
from threading import RLock
from typing import Any, NamedTuple, ParamSpec, TypeVar

import attrs

from regcompare.errors import UsageError, needs_extra
from regcompare.facts import Fact, MemberSet
from regcompare.logic.code_cells import CodeCell
from regcompare.logic.conditions import Answers, Condition
from regcompare.logic.interchangeable import alike_members
from regcompare.vocabulary import FACTS_DATE, LAW_DATE, Vocabulary

from ._encoding import Encoding, SolverQuestions, is_met

_CACHE_LIMIT = 1024
"""For how many sets of known answers a solver keeps their literals."""


Parameters = ParamSpec("Parameters")
Returned = TypeVar("Returned")

_lock = RLock()


def _one_thread_at_a_time(function: Callable[Parameters, Returned]) -> Callable[Parameters, Returned]:
    """Lets one thread at a time use the solver, whose library supports only one."""

    @wraps(function)
    def alone(*args: Parameters.args, **keywords: Parameters.kwargs) -> Returned:
        with _lock:
            return function(*args, **keywords)

    return alone


class Case:
    """One possible case in full; its answers are read from the model on request."""

    def __init__(self, read: Callable[[], tuple[Answers, Mapping[str, frozenset[str]]]]) -> None:
        self._read = read

    @cached_property
    @_one_thread_at_a_time
    def _parts(self) -> tuple[Answers, Mapping[str, frozenset[str]]]:
        return self._read()

    @property
    def answers(self) -> Answers:
        """The answers to all questions, by key."""
        return self._parts[0]

    @property
    def codes(self) -> Mapping[str, frozenset[str]]:
        """For each set of codes, its members, from which the answers about patterns follow."""
        return self._parts[1]


@attrs.frozen
class Preference:
    """Answers that a case should have if it can.

    Attributes:
        key: The question, or a set of codes.
        answers: The answers, the most preferred first; none for a set of codes: the fewer the better.
    """

    key: str
    answers: tuple[Any, ...] = ()


@attrs.frozen
class KnownAnswers:
    """Answers that are taken as known.

    Attributes:
        answers: The answer to each question, by key; a question without one is free.
        codes: For each set of codes about which something is known, its members.
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

    @property
    def hashable(self) -> tuple[Any, ...]:
        """The answers in a form that is hashed by value."""
        return frozenset(self.answers.items()), tuple(self.codes.items())


NOTHING = KnownAnswers()
"""No answer is taken as known."""


class Solver:
    """Some conditions and the constraints of a vocabulary, over every possible case.

    Args:
        vocabulary: The facts and what cannot be.
        conditions: Every condition that those asked about are built from.
        fold: Whether one answer of a plugin represents all that no condition distinguishes.  No case
            then names another of them, so none may be given, and a condition may name one alone only to
            ask whether it can be met.

    Attributes:
        questions: The questions of the conditions and constraints, by key.
        cells: For each question, its cells.
        thresholds: For each date, the days from which a condition holds.

    Raises:
        UsageError: The extra ``prove`` is not installed; the text is the command to type.
    """

    @_one_thread_at_a_time
    def __init__(
        self, vocabulary: Vocabulary, conditions: Iterable[Condition], *, fold: bool = False
    ) -> None:
        with needs_extra("prove"):
            import z3
        z3.Z3_enable_concurrent_dec_ref(z3.main_ctx().ref())  # Threads may drop objects at any time.
        self._z3 = z3
        self.vocabulary = vocabulary
        self.facts: Mapping[str, Fact] = {
            fact.key: fact for fact in (*vocabulary.facts(), FACTS_DATE, LAW_DATE)
        }
        self._constraints = [(item.when, item.then) for item in vocabulary.constraints]
        halves = [half for pair in self._constraints for half in pair]
        conditions = list(conditions)
        plugin_words = {word.key for item in vocabulary.own_answers for word in item.words}
        folded = plugin_words if fold else ()
        stand_ins = alike_members(conditions, self._constraints, folded) if folded else {}
        self._questions = SolverQuestions.by([*conditions, *halves], self.facts, stand_ins)
        self.questions = self._questions.questions
        self.cells, self.thresholds = self._questions.cells, self._questions.thresholds
        self._cache: dict[Any, Any] = {}
        self._assumption_cache: dict[Any, list[Any]] = {}
        self._solver = z3.SolverFor("QF_FD")
        self._encoding = encoding = Encoding(z3, self._solver, self._questions)
        implications = ((encoding.write(when), encoding.write(then)) for when, then in self._constraints)
        unique = {(when.get_id(), then.get_id()): (when, then) for when, then in implications}
        for when, then in unique.values():
            self._solver.add(z3.Implies(when, then))

    def name_of(self, key: str) -> str:
        """Returns the name of what a question is about, by its key, or of a set of codes."""
        return self.questions[key].name if key in self.questions else key

    def patterns(self, name: str) -> tuple[str, ...]:
        """Returns the patterns by which the conditions ask about a set of codes."""
        return self._questions.patterns.get(name, ())

    def code_cells(self, name: str) -> tuple[CodeCell, ...]:
        """Returns the cells of a set of codes; none where no condition asks about it."""
        return self._questions.codes.get(name, ())

    # questions to the solver ---------------------------------------------------------------------

    @_one_thread_at_a_time
    def reachable(
        self,
        condition: Condition,
        given: KnownAnswers = NOTHING,
        *,
        prefer: Sequence[Preference] = (),
    ) -> Case | None:
        """Returns a possible case that meets a condition, or None, which is a proof that there is none.

        Args:
            condition: Built from the conditions of the solver.
            given: Answers that the case must have; missing and ``None`` are free.
            prefer: Answers that it should have if it can, the most preferred first.
        """
        assumptions = [self._condition_literal(condition), *self._assumptions(given)]
        model = self._check(assumptions)
        return None if model is None else self._case(self._preferred(assumptions, model, prefer))

    @_one_thread_at_a_time
    def can_be(
        self,
        conditions: Iterable[Condition],
        given: KnownAnswers = NOTHING,
    ) -> bool:
        """Whether some possible case meets all of these conditions; quicker than finding it.

        Args:
            conditions: Built from the conditions of the solver.
            given: As for ``reachable``.
        """
        literals = list(map(self._condition_literal, conditions))
        ids = tuple(item.get_id() for item in literals)  # Equal expressions have one id.
        key = "possible", ids, given.hashable
        return bool(self._cached(key, lambda: self._is_possible([*literals, *self._assumptions(given)])))

    @_one_thread_at_a_time
    def fewest(
        self,
        condition: Condition,
        given: KnownAnswers,
        groups: Mapping[str, Sequence[str]],
        *,
        excluded: Sequence[frozenset[str]] = (),
        between: tuple[int, int | None] = (0, None),
    ) -> frozenset[str] | None:
        """Returns the fewest groups in which a case that meets a condition differs from given answers.

        The number is proved minimal: one fewer was shown to be impossible.  Among equally small sets of
        groups, those named first stay unchanged.  Every case that meets the condition with the given
        answers to the other groups differs in all of these.

        Args:
            condition: The condition that the case must meet.
            given: The answers to start from; a question that no group names keeps its answer.
            groups: The questions that change together, by the name of their group, such as a fact.
            excluded: Sets of groups of which not all may change at once.
            between: The smallest number that can suffice, where it is known, and the largest to try.
        """
        changed = {name: self._change_flag(name, keys, given) for name, keys in groups.items()}
        grouped = {key for keys in groups.values() for key in keys}
        fixed = KnownAnswers(
            {key: answer for key, answer in given.answers.items() if key not in grouped},
            {name: members for name, members in given.codes.items() if name not in groups},
        )
        z3 = self._z3
        clauses = (z3.Not(z3.And([changed[name] for name in names])) for names in excluded)
        exclusions = map(self._literal_for, clauses)
        known = self._assumptions(fixed, start=given.answers)
        base = [self._condition_literal(condition), *known, *exclusions]
        if not self._is_possible(base):
            return None
        least, most = between
        for number in range(least, 1 + (len(changed) if most is None else min(most, len(changed)))):
            assumptions = [*base, self._at_most(list(changed.values()), number)]
            if (model := self._check(assumptions)) is not None:
                unchanged = [self._step([z3.Not(flag)]) for flag in changed.values()]
                model = self._improve(assumptions, model, unchanged)
                return frozenset(name for name, flag in changed.items() if is_met(z3, model, flag))
        return None

    @_one_thread_at_a_time
    def needed(
        self,
        condition: Condition,
        given: KnownAnswers,
        among: Mapping[str, Answers],
    ) -> tuple[str, ...]:
        """Returns which further answers are needed for a condition to be certain (a minimal core).

        Args:
            condition: The condition, which is certain once all of the further answers are given.
            given: Answers that are given in any case.
            among: The further answers, by the name of their group.
        """
        all_answers = given.updated(*map(KnownAnswers, among.values())).answers
        base = [self._condition_literal(~condition), *self._assumptions(given, start=all_answers)]
        flags = {name: self._conjunction(answers) for name, answers in among.items()}
        remaining = list(flags)
        if self._check([*base, *flags.values()]) is None:
            core = {item.get_id() for item in self._solver.unsat_core()}
            remaining = [name for name in remaining if flags[name].get_id() in core]
        for name in reversed(list(remaining)):
            others = [flags[other] for other in remaining if other != name]
            if self._check([*base, *others]) is None:
                remaining.remove(name)
        return tuple(remaining)

    # preferences ---------------------------------------------------------------------------------

    def _conjunction(self, answers: Answers) -> Any:
        known = ((key, answer) for key, answer in answers.items() if key in self.cells)
        expressions = [self._encoding.answer(key, answer) for key, answer in known]
        return self._literal_for(self._z3.And(expressions), equal=True)

    def _preferred(self, assumptions: list[Any], model: Any, prefer: Sequence[Preference]) -> Any:
        """A model that also meets each preference, in turn, that it can."""
        steps = [self._cached(item, partial(self._preference_step, item)) for item in prefer]
        return self._improve(assumptions, model, steps)

    def _improve(self, assumptions: list[Any], model: Any, steps: Sequence[_PreferenceStep]) -> Any:
        """A model that meets the first literal of each step that it can, assumed from then on."""
        remaining = [*reversed(steps)]
        while remaining:
            step = remaining.pop()
            while unmet := self._better_literals(step, model):
                better = self._check([*assumptions, self._any_literal(unmet)])
                if better is None:
                    break
                model = better
            if len(unmet) < len(step.literals):
                assumptions.append(step.literals[len(unmet)].expression)
            else:
                remaining += reversed(step.fallback)
            if unmet:  # Often nothing more can be met, which one question about all the rest shows.
                rest = [item for later in remaining for item in self._unmet_literals(later, model)]
                if not rest or (better := self._check([*assumptions, self._any_literal(rest)])) is None:
                    return model
                model = better
        return model

    def _better_literals(self, step: _PreferenceStep, model: Any) -> list[_Literal]:
        """The literals of a step that come before the first that a model meets."""
        z3 = self._z3
        return [
            *takewhile(lambda item: is_met(z3, model, item.variable) is not item.truth, step.literals)
        ]

    def _unmet_literals(self, step: _PreferenceStep, model: Any) -> list[_Literal]:
        """The same, with those of its fallback where the model meets none."""
        unmet = self._better_literals(step, model)
        if len(unmet) < len(step.literals):
            return unmet
        return unmet + [item for later in step.fallback for item in self._better_literals(later, model)]

    def _any_literal(self, literals: Sequence[_Literal]) -> Any:
        expressions = [literal.expression for literal in literals]
        return expressions[0] if len(expressions) == 1 else self._literal_for(self._z3.Or(expressions))

    def _preference_step(self, preference: Preference) -> _PreferenceStep:
        """The literals to try; for a set of codes, that it is empty, or else lacks each member."""
        z3, key = self._z3, preference.key
        if key in self._questions.codes:
            cells = reversed(self._questions.codes[key])
            members = [self._encoding.variables[key, cell.code] for cell in cells if cell.matches]
            empty = [self._literal_for(z3.Not(z3.Or(members)))] if members else []
            return self._step(empty, [self._step([z3.Not(member)]) for member in members])
        has_answer = self._questions.has_answer
        answers = (item for item in preference.answers if key in self.cells and has_answer(key, item))
        literals = (self._answer_literal(key, item) for item in answers)
        return self._step(list({literal.get_id(): literal for literal in literals}.values()))

    def _step(
        self, expressions: Sequence[Any], fallback: Sequence[_PreferenceStep] = ()
    ) -> _PreferenceStep:
        return _PreferenceStep([*map(_literal_of, expressions)], fallback)

    # literals ------------------------------------------------------------------------------------

    def _cached(self, key: Any, compute: Callable[[], Any]) -> Any:
        """A cached value, computed where it is new."""
        if key not in self._cache:
            self._cache[key] = compute()
        return self._cache[key]

    def _assumptions(self, given: KnownAnswers, *, start: Answers | None = None) -> list[Any]:
        """The literals of known answers; ``start`` holds further dates that may be given.

        A date is not before the first of its cells, unless such a day is given.
        """
        dates = start or given.answers
        first_days = (
            literal
            for key, day, literal in self._encoding.first_days()
            if dates.get(key) is None or dates[key] >= day
        )
        return [*self._answer_literals(given), *first_days]

    def _answer_literals(self, given: KnownAnswers) -> list[Any]:
        cache_key = given.hashable
        if cache_key not in self._assumption_cache:
            if len(self._assumption_cache) >= _CACHE_LIMIT:
                self._assumption_cache.clear()
            known = ((key, answer) for key, answer in given.answers.items() if key in self.cells)
            literals = [self._answer_literal(*item) for item in known if item[1] is not None]
            for name, members in given.codes.items():
                if self._encoding.is_open(name, members):
                    literals += self._member_literals(name, members)
            self._assumption_cache[cache_key] = literals
        return self._assumption_cache[cache_key]

    def _member_literals(self, name: str, members: MemberSet) -> list[Any]:
        """The literals that a set of codes has these members, and no others except those open."""
        literals: list[Any] = self._cached(
            ("members", name, members),
            lambda: [*map(self._literal_for, self._encoding.members(name, members))],
        )
        return literals

    def _answer_literal(self, key: str, answer: Any) -> Any:
        return self._cached(
            ("answered", key, answer), lambda: self._literal_for(self._encoding.answer(key, answer))
        )

    def _change_flag(self, name: str, keys: Sequence[str], given: KnownAnswers) -> Any:
        """A literal that is true where a group of questions has different answers from those given."""
        answers, members = given.answers, given.codes.get(name)
        known_pairs = [
            (key, answers[key]) for key in keys if key in self.cells and answers.get(key) is not None
        ]

        def changed() -> Any:
            unchanged = [self._encoding.answer(key, answer) for key, answer in known_pairs]
            if members and self._encoding.is_open(name, members):
                unchanged += self._encoding.members(name, members)
            return self._literal_for(self._z3.Not(self._z3.And(unchanged)), equal=True)

        return self._cached(("changed", name, tuple(known_pairs), members), changed)

    def _at_most(self, flags: Sequence[Any], number: int) -> Any:
        pairs = [(flag, 1) for flag in flags]
        return self._literal_for(self._z3.PbLe(pairs, number) if pairs else self._z3.BoolVal(True))

    def _literal_for(self, expression: Any, *, equal: bool = False) -> Any:
        """A variable that implies the expression, or equals it, so that it can be assumed."""
        z3 = self._z3
        atom = expression.arg(0) if z3.is_not(expression) else expression
        if z3.is_const(atom) and atom.decl().kind() == z3.Z3_OP_UNINTERPRETED:
            return expression

        def named() -> tuple[Any, Any]:
            name = z3.FreshBool("q")
            self._solver.add(name == expression if equal else z3.Implies(name, expression))
            return name, expression  # Its id stays its own as long as it is kept.

        return self._cached(("named", expression.get_id(), equal), named)[0]

    def _condition_literal(self, condition: Condition) -> Any:
        return self._cached(
            ("condition", condition), lambda: self._literal_for(self._encoding.write(condition))
        )

    def _is_possible(self, assumptions: Sequence[Any]) -> bool:
        z3, solver = self._z3, self._solver
        literals = (z3.Ast * len(assumptions))(*[item.as_ast() for item in assumptions])
        context, size = solver.ctx.ref(), len(assumptions)
        status = z3.Z3_solver_check_assumptions(context, solver.solver, size, literals)
        result = z3.CheckSatResult(status)  # As Solver.check does, without inspecting each literal.
        if result == z3.unknown:
            reason = self._solver.reason_unknown()
            if "keyboard" in reason:  # The solver catches Ctrl-C while it runs.
                raise KeyboardInterrupt
            raise UsageError(f"The solver gave up: {reason}.")
        return bool(result == z3.sat)

    def _check(self, assumptions: Sequence[Any]) -> Any:
        return self._solver.model() if self._is_possible(assumptions) else None

    def _case(self, model: Any) -> Case:
        return Case(lambda: self._encoding.read(model))


class _Literal(NamedTuple):
    """A literal with its variable; ``truth`` is False where it negates that."""

    expression: Any
    variable: Any
    truth: bool


class _PreferenceStep(NamedTuple):
    """Literals of which a model should meet the first that it can; if it can meet none, the fallback."""

    literals: Sequence[_Literal]
    fallback: Sequence[_PreferenceStep]


def _literal_of(expression: Any) -> _Literal:
    is_negated = expression.num_args() > 0
    return _Literal(expression, expression.arg(0) if is_negated else expression, not is_negated)
