"""The solver: whether some possible case meets a condition, and the most ordinary one that does.

Only this module knows the solver library.  Cells (answers that no atom distinguishes) make every
question finite, so that "no" is a proof.  The constraints of the vocabulary always hold, so no case that
is found is impossible.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from threading import RLock
from typing import Any
from weakref import finalize

import attrs

from regcompare.errors import needs_extra
from regcompare.facts import Fact
from regcompare.logic.conditions import Answers, Between, Condition
from regcompare.vocabulary import FACTS_DATE, LAW_DATE, Vocabulary

from .encoding import Encoding, KnownAnswers, Model, is_met

NOTHING = KnownAnswers()
"""No answer is taken as known."""


@attrs.frozen(eq=False)
class Case:
    """One possible case in full.

    Attributes:
        answers: The answers to all questions, by key.
        codes: For each set of codes, its members, from which the answers about patterns follow.
    """

    answers: Answers
    codes: Mapping[str, frozenset[str]]


@attrs.frozen
class Preference:
    """Answers that a case should have if it can.

    Attributes:
        key: The question, or a set of codes.
        answers: The answers, the most preferred first; none for a set of codes: the fewer the better.
    """

    key: str
    answers: tuple[Any, ...] = ()


class Solver(Encoding):
    """Some conditions and the constraints of a vocabulary, over every possible case.

    Every condition asked about is built from those given.  Several threads may use one; they take turns.

    Raises:
        UsageError: The extra ``prove`` is not installed; the text is the command to type.
    """

    def __init__(self, vocabulary: Vocabulary, conditions: Iterable[Condition]) -> None:
        with needs_extra("prove"):
            from pysat.solvers import Minisat22, pysolvers
        self.facts: Mapping[str, Fact] = {
            fact.key: fact for fact in (*vocabulary.facts(), FACTS_DATE, LAW_DATE)
        }
        constraints = [(item.when, item.then) for item in vocabulary.constraints]
        every = [*conditions, *(half for pair in constraints for half in pair)]
        self._lock, self._sat, self._stopped = RLock(), Minisat22(), pysolvers.error
        finalize(self, self._sat.delete)  # Its own destructor fails when Python has begun to exit.
        self._answers: dict[frozenset[int], bool] = {}
        super().__init__(self._sat, every, self.facts)
        for when, then in constraints:
            self.imply(when, then)

    def name_of(self, key: str) -> str:
        """Returns the name of what a question is about, by its key, or of a set of codes."""
        return self.questions[key].name if key in self.questions else key

    def can_be(self, conditions: Iterable[Condition], given: KnownAnswers = NOTHING) -> bool:
        """Tells whether some possible case meets all of these conditions; no is a proof.

        The case has the given answers; missing ones, and ``None``, are free.
        """
        with self._lock:
            assumed = frozenset([*map(self.literal, conditions), *self._known(given)])
            if assumed not in self._answers:
                self._answers[assumed] = self._is_possible(assumed)
            return self._answers[assumed]

    def reachable(
        self, condition: Condition, given: KnownAnswers = NOTHING, *, prefer: Sequence[Preference] = ()
    ) -> Case | None:
        """Returns a possible case that meets a condition, or None, which is a proof that there is none.

        It has the answers of ``prefer`` if it can, the most preferred first.
        """
        with self._lock:
            assumed = [self.literal(condition), *self._known(given)]
            model = self._model(assumed)
            if model is None:
                return None
            return Case(*self.read(self._preferred(assumed, model, map(self._wishes, prefer))))

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
        with self._lock:
            changed = {name: -self._unchanged(name, keys, given) for name, keys in groups.items()}
            grouped = {key for keys in groups.values() for key in keys}
            fixed = KnownAnswers(
                {key: answer for key, answer in given.answers.items() if key not in grouped},
                {name: members for name, members in given.codes.items() if name not in groups},
            )
            base = [self.literal(condition), *self._known(fixed, dates=given.answers)]
            base += (-self.every(changed[name] for name in names) for names in excluded)
            if not self._is_possible(base):
                return None
            least, most = between
            flags = tuple(changed.values())
            for number in range(least, 1 + len(flags) if most is None else 1 + min(most, len(flags))):
                assumed = [*base, -self.more_than(number, flags)]
                if (model := self._model(assumed)) is not None:
                    model = self._preferred(assumed, model, ([[-flag]] for flag in flags))
                    return frozenset(name for name, flag in changed.items() if is_met(model, flag))
            return None

    def needed(
        self, condition: Condition, given: KnownAnswers, among: Mapping[str, Answers]
    ) -> tuple[str, ...]:
        """Returns which further answers are needed for a condition to be certain (a minimal core).

        It is certain once all of the further answers, by the name of their group, are given.  Where
        several such sets exist, answers named first are needed rather than later ones.
        """
        with self._lock:
            all_answers = given.updated(*map(KnownAnswers, among.values())).answers
            base = [-self.literal(condition), *self._known(given, dates=all_answers)]
            remaining = {name: self._answered(answers) for name, answers in among.items()}
            for name in reversed(list(among)):
                others = [item for other, own in remaining.items() if other != name for item in own]
                if not self._is_possible([*base, *others]):
                    del remaining[name]
            return tuple(remaining)

    def _answered(self, answers: Answers) -> list[int]:
        known = ((key, answer) for key, answer in answers.items() if key in self.cells)
        answered = self.answered
        return [item for pair in known if pair[1] is not None for item in answered(*pair)]

    def _known(self, given: KnownAnswers, *, dates: Answers | None = None) -> list[int]:
        """The literals of known answers; ``dates`` holds further dates that may be given.

        A date is not before the first of its cells, unless such a day is given.
        """
        literals, dates = self._answered(given.answers), dates or given.answers
        for name, members in given.codes.items():
            if name in self.codes:
                literals += self.members(name, members)
        for key, thresholds in self.thresholds.items():
            earlier = [day for day in thresholds if day <= self.cells[key][0].answer]
            day = dates.get(key)
            first = day.first if isinstance(day, Between) else day
            if earlier and (first is None or first >= earlier[-1]):
                literals.append(self.variables[key, earlier[-1]])
        return literals

    def _unchanged(self, name: str, keys: Sequence[str], given: KnownAnswers) -> int:
        """The literal that a group of questions has the given answers."""
        literals = self._answered({key: given.answers.get(key) for key in keys})
        if name in given.codes and name in self.codes:
            literals += self.members(name, given.codes[name])
        return self.every(literals)

    def _wishes(self, preference: Preference) -> list[list[int]]:
        """Literals of which the first that can should be met, one list after the other.

        A set of codes is empty, or else it lacks the later of its cells before the earlier.
        """
        key = preference.key
        if key in self.codes:
            cells = [-literal for literal in self.code_literals(key).values()]
            return [[self.every(cells)], *([cell] for cell in reversed(cells))]
        known = (item for item in preference.answers if key in self.cells)
        is_open = (key, True) in self.variables or key in self.thresholds
        answers = (item for item in known if is_open or self.cells_answered(key, item))
        return [[*dict.fromkeys(self.every(self.answered(key, item)) for item in answers)]]

    def _preferred(
        self, assumed: list[int], model: Model, wishes: Iterable[Sequence[Sequence[int]]]
    ) -> Model:
        """A model that also meets each wish, in turn, that it can."""
        assumed = list(assumed)
        for wish in wishes:
            for literals in wish:
                for literal in literals:
                    better = model if is_met(model, literal) else self._model([*assumed, literal])
                    if better is not None:
                        model = better
                        assumed.append(literal)
                        break
        return model

    def _is_possible(self, assumed: Collection[int]) -> bool:
        try:
            return bool(self._sat.solve(assumptions=[*assumed]))
        except self._stopped:  # The library catches Ctrl-C while it runs.
            raise KeyboardInterrupt from None

    def _model(self, assumed: Sequence[int]) -> Model | None:
        return self._sat.get_model() if self._is_possible(assumed) else None
