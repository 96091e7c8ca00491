"""Regimes over every possible case, and what the solver prefers among them: the ordinary."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import chain
from typing import Any

import attrs

from regcompare._support.derived import derived
from regcompare.comparison.comparison import readings_for
from regcompare.errors import UsageError
from regcompare.facts import NOT_BEFORE, UNKNOWN, CodeSet, MemberSet
from regcompare.logic.codes import is_derivable
from regcompare.logic.conditions import (
    FALSE,
    TRUE,
    Answers,
    Condition,
    OneOf,
    all_of,
    partially_evaluate,
    questions,
)
from regcompare.logic.questions import PowerQuestion, TextQuestion
from regcompare.program.force import APPLIED_ON, applicable_law, not_in_force
from regcompare.program.program import Program, program_for
from regcompare.ruleset.review import LicensingPolicy
from regcompare.ruleset.rules import Interpretation, Outcome, Rule, Span
from regcompare.ruleset.ruleset import Ruleset, joined_vocabulary
from regcompare.scenario.assumed import Tests, answers_to, assumed_facts
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import AsOf, Readings, chosen_readings
from regcompare.verdict.readings import report_tests
from regcompare.verdict.verdict import Verdict
from regcompare.vocabulary import FACTS_DATE, LAW_DATE, Vocabulary

from .encoding import KnownAnswers
from .solver import NOTHING, Case, Preference, Solver


@attrs.frozen(eq=False, slots=False)
class Regime:
    """A ruleset on a day of the law, under chosen readings, as conditions over the facts.

    Attributes:
        program: The ruleset with its concurrent laws.
        as_of: The day whose law is applied.
        assumed: Each doubtful text with the reading assumed; None where it is left open, so that results
            hold under every reading.
        base: The law that a proposal is based on, or None.
    """

    program: Program
    as_of: dt.date | None = None
    assumed: tuple[tuple[Interpretation, str | None], ...] = ()
    base: Ruleset | None = None
    _residues: dict[Condition, Condition] = attrs.field(factory=dict)

    __data__ = ("ruleset", "as_of", "base", "readings")

    @property
    def ruleset(self) -> Ruleset:
        """The ruleset."""
        return self.program.ruleset

    @property
    def name(self) -> str:
        """Its id with the day of the law."""
        return f"{self.ruleset.id} {f'as of {self.as_of}' if self.as_of else 'at any date'}"

    @property
    def readings(self) -> Mapping[str, str | None]:
        """The reading assumed of each doubtful text, by id."""
        return {doubt.id: reading for doubt, reading in self.assumed}

    @cached_property
    def answers(self) -> Answers:
        """The answers that no case changes: the day whose law is applied, and the readings."""
        day = {LAW_DATE.key: self.as_of} if self.as_of else {}
        return {**{item.key: reading for item, reading in self.assumed if reading}, **day}

    def specialise(self, condition: Condition) -> Condition:
        """Returns what is left of a condition on that day, under these readings."""
        return partially_evaluate(condition, self.answers, self._residues)

    @cached_property
    def in_scope(self) -> Condition:
        """The condition that the ruleset applies, in force or not."""
        return self.specialise(self.program.scope)

    @cached_property
    def in_force(self) -> Condition:
        """The condition that it is in force."""
        return self.specialise(self.program.force)

    @cached_property
    def scope(self) -> Condition:
        """The condition that it is in force and applies."""
        return all_of(self.in_scope, self.in_force)

    @cached_property
    def holds(self) -> tuple[Condition, ...]:
        """The condition of each entry of the program that its rule holds."""
        return tuple(self.specialise(entry.condition) for entry in self.program.entries)

    @cached_property
    def stands(self) -> tuple[Condition, ...]:
        """The condition of each entry that its rule holds and no rule that stands overrides it."""
        return tuple(map(self.specialise, self.program.stands))

    @cached_property
    def indices(self) -> Mapping[Rule, int]:
        """The index of each rule among the entries."""
        return {entry.rule: index for index, entry in enumerate(self.program.entries)}

    @cached_property
    def _reached(self) -> Mapping[Outcome, Condition]:
        reached = self.program.at_least.items()
        return {Outcome.NO_CONTROL: self.scope} | {
            outcome: all_of(self.scope, self.specialise(condition)) for outcome, condition in reached
        }

    def at_least(self, outcome: Outcome) -> Condition:
        """Returns the condition that it applies with this outcome or a stricter one."""
        return self._reached[outcome]

    def below(self, outcome: Outcome) -> Condition:
        """Returns the condition that it applies with a weaker outcome."""
        return all_of(self.scope, ~self._reached[outcome])

    def review_at_least(self, weighing: LicensingPolicy) -> Condition:
        """Returns the condition that a licence is needed and decided in this way or more strictly."""
        return all_of(self.scope, self.specialise(self.program.review_conditions[weighing]))

    def components(self) -> tuple[Condition, ...]:
        """Returns the conditions from which all outcomes are built."""
        return (self.in_scope, self.in_force, *self.holds)


def read_regime(
    ruleset: Ruleset, *, as_of: AsOf = None, readings: Readings = None, given: Scenario | None = None
) -> Regime:
    """Returns the regime of a ruleset on a day.

    Applications are assumed to be made under the law of that day: cases in which an earlier one remains
    subject to a replaced act are left out, unless the given case is one of them.

    Args:
        ruleset: The regime or proposal.
        as_of: The day whose law is applied; by default its reference date.  Where that is the day of
            the facts, lists that follow the law applied follow the facts.
        readings: Readings of doubtful texts by id, ``open`` for every reading at once, or None for
            the defaults.
        given: The case in question, where there is one.

    Raises:
        UsageError: It is not in force on the day, or what it is based on depends on an unknown date.
    """
    law_day = ruleset.reference_date if as_of is None else as_of
    if law_day == "scenario" and any(part.period or part.base for part in ruleset.parts()):
        raise UsageError(
            f"The law that {ruleset.id} is based on depends on the day; give one with as_of, or --as-of "
            "DATE."
        )
    known = None if given is None else assumed_facts(given, ruleset.vocabulary)
    stated = known and known.values.get(APPLIED_ON.key)
    applied_on = stated if isinstance(stated, dt.date) else NOT_BEFORE
    law = applicable_law(ruleset, law_day, given.known_day if given else None, applied_on)
    if law.in_force is False:
        case = f" for {given.id}" if given and given.licence.applied_on else ""
        raise not_in_force(ruleset, f"{law.day}{case}")
    chosen = chosen_readings(ruleset, readings)
    return regime_for(
        program_for(ruleset, law.concurrent, law.open_law), law.day, tuple(chosen.items()), law.base
    )


def read_regimes(
    rulesets: Sequence[Ruleset],
    as_of: AsOf = None,
    readings: Readings = None,
    *,
    days: Sequence[AsOf] | None = None,
    given: Scenario | None = None,
) -> tuple[Regime, ...]:
    """Returns the regimes of several rulesets; each ruleset takes the readings that it declares.

    The other arguments are those of ``read_regime``; ``days`` has a day for each in place of ``as_of``.

    Raises:
        UsageError: No ruleset declares a reading, or one cannot be read on the day.
    """
    applied_days = [as_of] * len(rulesets) if days is None else days
    requests = zip(rulesets, applied_days, readings_for(rulesets, readings), strict=True)
    return tuple(
        read_regime(ruleset, as_of=day, readings=chosen, given=given)
        for ruleset, day, chosen in requests
    )


@derived
def regime_for(
    program: Program,
    day: dt.date | None,
    readings: tuple[tuple[Interpretation, str | None], ...],
    base: Ruleset | None,
) -> Regime:
    """Returns the regime of a program on a day and under readings, cached."""
    return Regime(program, day, readings, base)


def regime_of(verdict: Verdict) -> Regime:
    """Returns the regime under which a verdict was reached.

    Raises:
        UsageError: It is not in force, or the day whose law is applied is unknown.
    """
    if verdict.in_force is False:
        raise not_in_force(verdict.ruleset, verdict.as_of)
    if verdict.as_of is None:
        case = verdict.scenario
        known = f"is known to be of {case.known_day} only" if case.known_day else "has none"
        raise UsageError(
            f"Which state of the law {verdict.ruleset.id} is read in depends on the day of the facts, "
            f"and {case.id} {known}; give a day with as_of, or --as-of DATE."
        )
    return regime_for(verdict.program, verdict.as_of, verdict.assumed, verdict.base)


def known_answers(scenario: Scenario, cases: PossibleCases) -> KnownAnswers:
    """Returns the answers of a scenario, presumptions included, to the questions of possible cases.

    Raises:
        UsageError: It states a code with a parent, of an entry that no list derives from others.
    """
    known_facts = assumed_facts(scenario, cases.vocabulary, cases.report_tests)
    facts = cases.solver.facts
    answers = answers_to(cases.solver.questions, scenario, known_facts, facts)
    codes = {
        key: value
        for key, value in known_facts.values.items()
        if isinstance(facts.get(key), CodeSet) and value is not UNKNOWN
    }
    for key, value in codes.items():
        for code in sorted(value.known | value.open):
            derived, _, parent = code.partition("/")
            if parent and not is_derivable(derived):
                raise UsageError(
                    f"{key} names {code}, but only entries of the sections B (test equipment), D "
                    "(software) and E (technology) are derived from others. "
                    f"Write {derived} for the entry itself."
                )
    return KnownAnswers({key: answer for key, answer in answers.items() if answer is not None}, codes)


_EVERY = Span(min(Outcome), max(Outcome))


@attrs.frozen(eq=False)
class PossibleCases:
    """The possible cases under consideration, as far as regimes distinguish cases.

    Attributes:
        vocabulary: Their facts and constraints.
        solver: The solver over all of their conditions.
        ordinary_answers: The answers to each choice, country and day, the most ordinary first.
        preferences: The answers of an ordinary case, the most preferred first.
        given: The answers that those under consideration have.
        condition: A condition that they also meet.
        words: What is taken as given, in words; blank for nothing.
        taken: The case whose facts are taken as given, if there is one.
        layers: The layers of presumptions that are taken as given.
    """

    regimes: tuple[Regime, ...]
    vocabulary: Vocabulary
    solver: Solver
    ordinary_answers: Mapping[str, tuple[Any, ...]]
    preferences: tuple[Preference, ...]
    _unread: Sequence[tuple[Mapping[str, str], dict[Condition, Condition]]]
    """The answers that all unread law is in the text, or none, with what is left under each."""
    given: KnownAnswers = NOTHING
    condition: Condition = TRUE
    words: str = ""
    taken: tuple[Scenario, ...] = ()
    layers: tuple[str, ...] = ()

    @property
    def report_tests(self) -> Tests:
        """The findings that reports may show under any of the regimes."""
        return report_tests(dict(chain(*(regime.assumed for regime in self.regimes))))

    def answering(self, *others: KnownAnswers) -> PossibleCases:
        """Returns those with these answers, added or in place of the given ones."""
        return attrs.evolve(self, given=self.given.updated(*others))

    def meeting(self, *conditions: Condition) -> PossibleCases:
        """Returns those that also meet these conditions."""
        return attrs.evolve(self, condition=all_of(self.condition, *conditions))

    def can_be(self, *conditions: Condition) -> bool:
        """Tells whether some case meets all of these conditions; no is a proof."""
        return self.solver.can_be((self.condition, *conditions), self.given)

    def span(self, regime: Regime, within: Span = _EVERY) -> Span | None:
        """Returns the mildest and the strictest outcome of the cases in scope; None without any.

        Both are known to be within a span.
        """
        if not self.can_be(regime.scope):
            return None
        outcomes = [item for item in Outcome if item in within]
        stricter = (item for item in outcomes[:0:-1] if self.can_be(regime.at_least(item)))
        high = next(stricter, within.low)
        weaker = (item for item in outcomes if item < high)
        low = (item for item in weaker if self.can_be(regime.below(item.stricter)))
        return Span(next(low, high), high)

    def despite_unread(self, condition: Condition) -> Condition:
        """Returns the condition that one is met whether or not law that nobody read is in the text.

        All of that law is taken to be in the text, and none of it.
        """
        return all_of(*(partially_evaluate(condition, *each) for each in self._unread))

    def ordinary(self, condition: Condition) -> Case | None:
        """Returns the most ordinary case that meets the condition, or None, which is a proof."""
        return self.solver.reachable(condition, prefer=self.preferences)

    def equivalent_answers(self, key: str, answer: Any) -> tuple[Any, ...]:
        """Returns the answers that no condition distinguishes from one, the most ordinary first."""
        cell = next(cell for cell in self.solver.cells[key] if cell.answer == answer)
        ordinary = (item for item in self.ordinary_answers.get(key, ()) if item in cell.equivalents)
        return (*ordinary, answer)


def possible_cases(
    regimes: Sequence[Regime], extra: Iterable[Condition] = (), *, presume: Iterable[str] = ()
) -> PossibleCases:
    """Returns every possible case, as far as these regimes and further conditions distinguish them.

    Layers of presumptions that will be taken as given are conditions too.

    Raises:
        UsageError: The extra ``prove`` is not installed.
    """
    layers = tuple(presume)
    vocabulary = joined_vocabulary(*(item.ruleset for item in regimes))
    questions_asked = questions(part for item in regimes for part in item.components()) if layers else ()
    conditions = list(extra)
    for item in vocabulary.presumptions:
        if item.layer in layers and item.when is not None:
            conditions.append(item.when)
            fact = vocabulary.fact(item.fact)
            if item.fact in questions_asked and isinstance(item.answer, str):
                conditions.append(OneOf(fact.asked(), frozenset({item.answer})))
            elif isinstance(fact, CodeSet):
                conditions.append(one_of_codes(fact, item.answer_to(fact)))
    return _possible_cases(tuple(regimes), tuple(conditions))


def one_of_codes(fact: CodeSet, members: MemberSet) -> Condition:
    """Returns the condition that a set of codes is empty or contains one of the open members."""
    open_member = fact.includes_any(*sorted(members.open)) if members.open else FALSE
    return ~fact.includes_any("*") | open_member


@lru_cache(maxsize=16)
def _possible_cases(regimes: tuple[Regime, ...], extra: tuple[Condition, ...]) -> PossibleCases:
    vocabulary = joined_vocabulary(*(item.ruleset for item in regimes))
    conditions = [condition for item in regimes for condition in item.components()]
    solver = Solver(vocabulary, [*conditions, *extra])
    days = [item.as_of for item in regimes if item.as_of]
    answers: dict[str, tuple[Any, ...]] = {}
    for fact in vocabulary.facts():
        if not fact.is_set and (labels := fact.labels()):  # The declared one and none come first.
            first = [answer for answer in (fact.ordinary, "none") if answer in labels]
            answers[fact.key] = tuple(dict.fromkeys([*first, *labels]))
    if days:
        answers[FACTS_DATE.key] = (max(days),)
    doubts = (doubt for item in regimes for doubt, reading in item.assumed if reading is None)
    unread_law = [doubt.key for doubt in doubts if isinstance(doubt.asked, TextQuestion)]
    unread = [
        (dict.fromkeys(unread_law, reading), dict[Condition, Condition]()) for reading in ("yes", "no")
    ]
    preferences = tuple(_preferences(regimes, solver, answers))
    return PossibleCases(regimes, vocabulary, solver, answers, preferences, unread)


def _preferences(
    regimes: Sequence[Regime], solver: Solver, answers: Mapping[str, tuple[Any, ...]]
) -> Iterator[Preference]:
    """The ordinary answers: those declared first; then no, none, no power used, and the first listed.

    The ordinary reading of a doubt that is left open is the default, or that law nobody read is there.
    """
    for fact in sorted(solver.facts.values(), key=lambda fact: fact.ordinary is None):
        fact_questions = solver.questions.about.get(fact.key, ())
        if fact_questions and isinstance(fact, CodeSet):
            yield Preference(fact.key)
        elif fact.is_set or fact.kind == "yes_no":
            yield from (Preference(question.key, (False,)) for question in fact_questions)
        elif fact_questions:
            yield Preference(fact.key, answers.get(fact.key, ()))
    for question in solver.questions.values():
        if isinstance(question, PowerQuestion):
            yield Preference(question.key, (False,))
    for doubt, reading in dict(pair for item in regimes for pair in item.assumed).items():
        if reading is None and doubt.key in solver.cells:
            yield Preference(doubt.key, tuple(dict.fromkeys((doubt.default, *doubt.readings))))
