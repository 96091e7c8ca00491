"""Regimes over every possible case: what is asked of the solver, and the ordinary case as an answer."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import attrs

from regcompare.comparison.comparison import readings_for
from regcompare.errors import UsageError
from regcompare.facts import NOT_BEFORE, UNKNOWN, CodeSet, MemberSet
from regcompare.logic.codes import is_derivable
from regcompare.logic.conditions import FALSE, Condition, OneOf, questions
from regcompare.program.force import APPLIED_ON, law_state
from regcompare.program.program import Program, program_for
from regcompare.program.reached import OutcomeConditions, reached
from regcompare.ruleset.rules import Interpretation, Outcome
from regcompare.ruleset.ruleset import Ruleset, joined_vocabulary
from regcompare.scenario.established import answers_to, established_facts
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import AsOf, Readings, readings_taken
from regcompare.verdict.verdict import Verdict
from regcompare.vocabulary import FACTS_DATE, LAW_DATE, Vocabulary

from .solver import NOTHING, Case, KnownAnswers, Preference, Solver

__all__ = [
    "KnownAnswers",
    "PossibleCases",
    "Regime",
    "as_assessed",
    "as_planned",
    "given_by",
    "possible",
    "read_alike",
    "regime",
]


@attrs.frozen(eq=False)
class Regime:
    """A ruleset as it is read: on a day, with readings taken.

    Attributes:
        ruleset: The ruleset.
        as_of: The day whose law is applied.
        assumed: Doubtful texts with the reading taken; None where it is left open, so that what is
            found holds under every reading.
        base: The law on which a proposal was made to stand, or None.
        reached: Its scope, rules and outcomes as conditions.
    """

    ruleset: Ruleset
    as_of: dt.date | None
    assumed: tuple[tuple[Interpretation, str | None], ...]
    base: Ruleset | None
    reached: OutcomeConditions

    @property
    def scope(self) -> Condition:
        """When the ruleset applies."""
        return self.reached.scope

    def at_least(self, outcome: Outcome) -> Condition:
        """Returns the condition that it applies with this outcome or a stricter one."""
        return self.reached.at_least(outcome)

    def below(self, outcome: Outcome) -> Condition:
        """Returns the condition that it applies with a weaker outcome."""
        return self.reached.below(outcome)

    @property
    def turns(self) -> tuple[tuple[Condition, Condition], ...]:
        """What two cases can differ in: that it applies or not, an outcome reached or a weaker one."""
        steps = ((self.at_least(outcome), self.below(outcome)) for outcome in list(Outcome)[1:])
        return ((self.scope, ~self.scope), *steps)


def regime(
    ruleset: Ruleset, *, as_of: AsOf = None, readings: Readings = None, given: Scenario | None = None
) -> Regime:
    """Reads a ruleset on a day.

    An application is taken to be made under the law of that day: cases in which an earlier one stays
    under an act that a later one replaced are left out, unless the case given is one of them.

    Args:
        ruleset: The regime or proposal.
        as_of: The day whose law is applied; by default its reference date.  Where that is the day of
            the facts, lists that follow the law applied follow the facts.
        readings: Readings of doubtful texts by id, ``open`` for every reading at once, or None for
            the defaults.
        given: The case that is looked at, where it is one.

    Raises:
        UsageError: It is not in force on the day, or what it stands on depends on an open day.
    """
    wanted = ruleset.reference_date if as_of is None else as_of
    if wanted == "scenario" and any(part.period or part.base for part in ruleset.parts()):
        msg = f"What {ruleset.id} stands on depends on the day; give one with as_of, or --as-of DATE."
        raise UsageError(msg)
    facts, applied_on = None, NOT_BEFORE
    if given is not None:
        stated = established_facts(given, ruleset.vocabulary).values.get(APPLIED_ON.key)
        facts, applied_on = given.date, stated if isinstance(stated, dt.date) else NOT_BEFORE
    law = law_state(ruleset, wanted, facts, applied_on)
    if law.in_force is False:
        case = f" for {given.id}" if given and given.licence.applied_on else ""
        msg = f"{ruleset.id} is not in force on {law.day}{case}; choose another day with --as-of."
        raise UsageError(msg)
    taken = tuple(readings_taken(ruleset, readings).items())
    return as_planned(program_for(ruleset, law.along, law.asks), law.day, taken, law.base)


def read_alike(
    rulesets: Sequence[Ruleset],
    as_of: AsOf = None,
    readings: Readings = None,
    *,
    days: Sequence[AsOf] | None = None,
    given: Scenario | None = None,
) -> tuple[Regime, ...]:
    """Reads several rulesets; each takes those of the readings that it knows.

    Args:
        rulesets: The rulesets.
        as_of: The day whose law is applied to all.
        readings: Readings of doubtful texts.
        days: A day for each ruleset in place of ``as_of``.
        given: The case that is looked at, where it is one.

    Raises:
        UsageError: No ruleset knows a reading, or one cannot be read on the day.
    """
    taken = readings_for(rulesets, readings)
    applied = [as_of] * len(rulesets) if days is None else days
    read = zip(rulesets, applied, taken, strict=True)
    return tuple(
        regime(ruleset, as_of=day, readings=chosen, given=given) for ruleset, day, chosen in read
    )


@lru_cache(maxsize=128)
def as_planned(
    program: Program,
    day: dt.date | None,
    taken: tuple[tuple[Interpretation, str | None], ...],
    base: Ruleset | None,
) -> Regime:
    """Returns the regime of a program; the same one for the same day and readings."""
    given: dict[str, Any] = {item.key: reading for item, reading in taken if reading}
    if day:
        given[LAW_DATE.key] = day
    return Regime(program.ruleset, day, taken, base, reached(program, given))


def as_assessed(verdict: Verdict) -> Regime:
    """Returns the regime as a verdict read it.

    Raises:
        UsageError: It is not in force, or the day whose law is applied is not known.
    """
    if verdict.in_force is False:
        msg = (
            f"{verdict.ruleset.id} is not in force on {verdict.as_of}; choose another day with --as-of."
        )
        raise UsageError(msg)
    if verdict.as_of is None:
        msg = (
            f"Which state of the law {verdict.ruleset.id} is read in depends on the day of the facts, "
            f"and {verdict.scenario.id} has none; give a day with as_of, or --as-of DATE."
        )
        raise UsageError(msg)
    return as_planned(verdict._worked.program, verdict.as_of, verdict.assumed, verdict.base)


def given_by(scenario: Scenario, cases: PossibleCases) -> KnownAnswers:
    """Returns the answers that a scenario gives to what is asked of some cases, presumptions included.

    Raises:
        UsageError: It states a code with a parent of an entry that no list derives from another.
    """
    known, facts = established_facts(scenario, cases.vocabulary), cases.solver.facts
    answers = answers_to(cases.solver.questions, scenario, known, facts)
    codes = {
        key: value
        for key, value in known.values.items()
        if isinstance(facts.get(key), CodeSet) and value is not UNKNOWN
    }
    for key, value in codes.items():
        for code in sorted(value.known | value.open):
            own, _, parent = code.partition("/")
            if parent and not is_derivable(own):
                msg = (
                    f"{key} names {code}, but only entries of the sections B (test equipment), D "
                    "(software) and E (technology) are derived from others. "
                    f"Write {own} for the entry itself."
                )
                raise UsageError(msg)
    return KnownAnswers({key: answer for key, answer in answers.items() if answer is not None}, codes)


@attrs.frozen(eq=False)
class PossibleCases:
    """Every possible case, as far as some regimes tell cases apart.

    Attributes:
        regimes: The regimes.
        vocabulary: Their facts and constraints.
        solver: The solver over all of their conditions.
        ordinary_answers: For each choice, country and day the answers of an ordinary case, the most
            ordinary first.
        preferences: The answers of an ordinary case, the most wanted first.
    """

    regimes: tuple[Regime, ...]
    vocabulary: Vocabulary
    solver: Solver
    ordinary_answers: Mapping[str, tuple[Any, ...]]
    preferences: tuple[Preference, ...]

    def find(self, condition: Condition, given: KnownAnswers = NOTHING) -> Case | None:
        """Returns some case that meets the condition, or None: there is none."""
        return self.solver.reachable(condition, given)

    def can_be(self, *conditions: Condition, given: KnownAnswers = NOTHING) -> bool:
        """Whether some case meets all of these conditions; quicker than finding it."""
        return self.solver.can_be(conditions, given)

    def ordinary(self, condition: Condition, given: KnownAnswers = NOTHING) -> Case | None:
        """Returns the most ordinary case that meets the condition, or None: there is none."""
        return self.solver.reachable(condition, given, prefer=self.preferences)

    def alike(self, key: str, answer: Any) -> tuple[Any, ...]:
        """Returns the answers that no condition tells apart from one, the commonest first."""
        cell = next(cell for cell in self.solver.cells[key] if cell.answer == answer)
        common = (item for item in self.ordinary_answers.get(key, ()) if item in cell.stands_for)
        return (*common, answer)


def possible(
    regimes: Sequence[Regime],
    extra: Iterable[Condition] = (),
    *,
    presume: Iterable[str] = (),
    like: Iterable[Scenario] = (),
    fold: bool = False,
) -> PossibleCases:
    """Returns every possible case, as far as these regimes and further conditions tell cases apart.

    Args:
        regimes: The regimes.
        extra: Further conditions that will be asked about.
        presume: Layers of presumptions that will be taken as given.
        like: Cases that say what is ordinary: among equal answers the one that most of them state.
        fold: Whether one answer of a plugin stands for all that no condition tells apart, where no case
            is given that may name another; see ``Solver``.

    Raises:
        UsageError: The extra ``prove`` is not installed.
    """
    assumed = _assumed(regimes, tuple(presume)) if presume else ()
    return _possible(tuple(regimes), (*extra, *assumed), tuple(like), fold)


def _assumed(regimes: Sequence[Regime], layers: Collection[str]) -> Iterator[Condition]:
    """What assumptions ask of facts about which the regimes ask as well."""
    vocabulary = joined_vocabulary(*(item.ruleset for item in regimes))
    asked = questions(condition for item in regimes for condition in item.reached.conditions())
    for item in vocabulary.assumptions:
        if item.layer in layers and item.when is not None:
            yield item.when
            fact = vocabulary.fact(item.fact)
            if item.fact in asked and isinstance(item.answer, str):
                yield OneOf(fact.asked(), frozenset({item.answer}))
            elif isinstance(fact, CodeSet):
                yield one_of_codes(fact, item.answer_to(fact))


def one_of_codes(fact: CodeSet, members: MemberSet) -> Condition:
    """Returns that a set of codes, if it holds any, holds one of those left open."""
    some = fact.includes_any(*sorted(members.open)) if members.open else FALSE
    return ~fact.includes_any("*") | some


@lru_cache(maxsize=16)
def _possible(
    regimes: tuple[Regime, ...], extra: tuple[Condition, ...], like: tuple[Scenario, ...], fold: bool
) -> PossibleCases:
    vocabulary = joined_vocabulary(*(item.ruleset for item in regimes))
    conditions = [condition for item in regimes for condition in item.reached.conditions()]
    solver = Solver(vocabulary, [*conditions, *extra], fold=fold)
    days = [item.as_of for item in regimes if item.as_of]
    answers = dict(_ordinary_answers(vocabulary, like))
    if days:
        answers[FACTS_DATE.key] = (max(days),)
    preferences = tuple(_preferences(regimes, solver, answers))
    return PossibleCases(regimes, vocabulary, solver, answers, preferences)


# what is ordinary ----------------------------------------------------------------------------------


def _ordinary_answers(
    vocabulary: Vocabulary, like: Sequence[Scenario]
) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """For each choice and country: as declared, as most cases have it, then in the order listed."""
    stated = [established_facts(scenario, vocabulary).values for scenario in like]
    for fact in vocabulary.facts():
        if fact.is_set or not (labels := fact.labels()):
            continue
        seen = Counter(values[fact.key] for values in stated if values.get(fact.key) in labels)
        declared = [fact.ordinary] if fact.ordinary in labels else []
        none = ["none"] if "none" in labels else []
        common = [answer for answer, _ in seen.most_common()]
        yield fact.key, tuple(dict.fromkeys([*declared, *none, *common, *labels]))


def _preferences(
    regimes: Sequence[Regime], solver: Solver, answers: Mapping[str, tuple[Any, ...]]
) -> Iterator[Preference]:
    """Answers declared ordinary come first; then no, none, no power used, and the commonest answer.

    Where a doubt is left open, the reading that is assumed by default is the ordinary one.
    """
    for fact in sorted(solver.facts.values(), key=lambda fact: fact.ordinary is None):
        asked = solver.questions.about.get(fact.key, ())
        if asked and isinstance(fact, CodeSet):
            yield Preference(fact.key)
        elif fact.is_set or fact.kind == "yes_no":
            yield from (Preference(question.key, (False,)) for question in asked)
        elif asked:
            yield Preference(fact.key, answers.get(fact.key, ()))
    powers = (question.key for question in solver.questions.values() if question.power)
    yield from (Preference(key, (False,)) for key in powers)
    for doubt, reading in dict(pair for item in regimes for pair in item.assumed).items():
        if reading is None and doubt.key in solver.cells:
            yield Preference(doubt.key, (doubt.default,))
