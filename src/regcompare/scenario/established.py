"""What counts as known about a scenario: what it states, then what is presumed and not contradicted."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain
from typing import Any, Literal

import attrs

from regcompare.errors import DefinitionError, UsageError
from regcompare.facts import UNKNOWN, AnswerError, Fact, MemberSet, Same, stated_in
from regcompare.logic.conditions import walk
from regcompare.logic.planes import Rows
from regcompare.logic.questions import Question, Questions
from regcompare.vocabulary import FACTS_DATE, LAW_DATE, Constraint, Vocabulary
from regcompare.vocabulary.propagation import Propagation, constrained

from .scenario import CORE_SECTIONS, Scenario

Origin = Literal["stated", "presumed", "ordinary", "surveillance"]
"""Where an answer comes from: the file itself, its ``presumed`` block, or a layer of presumptions."""

_UNSTATED: Mapping[type, object] = {
    type(field.default): field.default for field in attrs.fields(Scenario) if field.name in CORE_SECTIONS
}
"""The sections that stand for those of which nothing is stated."""


@attrs.frozen
class EstablishedFacts:
    """What counts as known about a scenario once presumptions are added.

    Attributes:
        values: Fact key to answer; unknown facts are missing or ``UNKNOWN``.
        origins: Fact key to where its answer comes from.
        withdrawn: The facts whose presumed answer was withdrawn, each with the sentence that it would
            contradict; blank where several would only together.
        notices: What was taken to mean something else, each as the sentence of the constraint broken.
    """

    values: Mapping[str, Any]
    origins: Mapping[str, Origin]
    withdrawn: Mapping[str, str] = attrs.field(factory=dict)
    notices: tuple[str, ...] = ()

    @property
    def presumed(self) -> tuple[str, ...]:
        """The facts that are presumed, not stated."""
        return tuple(key for key, origin in self.origins.items() if origin != "stated")


def established_facts(scenario: Scenario, vocabulary: Vocabulary) -> EstablishedFacts:
    """Adds presumptions to what is stated: stated, then ``presumed``, then ordinary.

    A stated ``unknown`` is stated: no presumption replaces it.  Where the answers break a constraint of
    the vocabulary, what is presumed about the facts that it asks about is withdrawn.  Where only what
    follows from them does, so is all that is presumed about facts of which constraints ask.

    Raises:
        DefinitionError: The scenario states a section that the vocabulary lacks.
        UsageError: It states a code that does not exist.
    """
    found: EstablishedFacts | None = scenario._kept.get(vocabulary)
    if found is None:
        found = _established(scenario, vocabulary)
        scenario._kept.keep(vocabulary, found)
    return found


def _established(scenario: Scenario, vocabulary: Vocabulary) -> EstablishedFacts:
    withdrawn: dict[str, str] = {}
    while True:
        known = _presuming(scenario, vocabulary, withdrawn)
        more = _contradicting(scenario, known, constrained(vocabulary))
        if not more:
            return attrs.evolve(known, withdrawn=withdrawn) if withdrawn else known
        withdrawn |= more


def _presuming(
    scenario: Scenario, vocabulary: Vocabulary, without: Container[str] = ()
) -> EstablishedFacts:
    """Adds presumptions to what is stated, but for those about some facts."""
    values: dict[str, Any] = {}
    for section in scenario.sections():
        if section is not _UNSTATED.get(type(section)):
            values |= stated_in(section)
    origins: dict[str, Origin] = dict.fromkeys(values, "stated")
    presumed = (pair for section in scenario.presumed for pair in stated_in(section).items())
    further: Iterable[tuple[str, Any, Origin]] = ((key, answer, "presumed") for key, answer in presumed)
    layered = _layered(scenario.presume, values, vocabulary, without)
    for key, answer, origin in chain(further, layered):
        if answer is not None and key not in values and key not in without:
            values[key], origins[key] = answer, origin
    for key in {item.fact for item in vocabulary.code_lists}:
        _check_codes(scenario, vocabulary.fact(key), values.get(key))
    return _restated(EstablishedFacts(values, origins), scenario, vocabulary)


def _layered(
    layers: Container[str], values: Mapping[str, Any], vocabulary: Vocabulary, without: Container[str]
) -> Iterator[tuple[str, Any, Origin]]:
    """Yields what these layers of presumptions answer; ``values`` may grow meanwhile."""
    facts = vocabulary.by_key
    if "ordinary" in layers:
        for key in vocabulary.ordinary:
            if key not in values:
                yield key, _ordinary(key, values, vocabulary, without), "ordinary"
    for item in vocabulary.assumptions:
        if item.layer in layers and item.applies(values):
            yield item.fact, item.answer_to(facts[item.fact]), "surveillance"


def _restated(known: EstablishedFacts, scenario: Scenario, vocabulary: Vocabulary) -> EstablishedFacts:
    """Takes what breaks a constraint to mean what the constraint says instead.

    Such a constraint asks about choices, countries and the day of the facts.
    """
    if not vocabulary.excusing:
        return known
    stated = {key: value for key, value in known.values.items() if value is not UNKNOWN}
    answers = {**stated, FACTS_DATE.key: scenario.date}
    broken = [item for item in vocabulary.excusing if item.is_broken(answers)]
    values = {**known.values, **dict(item.taken_as for item in broken if item.taken_as)}
    return EstablishedFacts(values, known.origins, notices=tuple(item.sentence for item in broken))


def _check_codes(scenario: Scenario, fact: Fact, value: Any) -> None:
    """Refuses codes that do not exist; a file with one is refused when it is read."""
    for code in sorted(value.known | value.open) if isinstance(value, MemberSet) else ():
        try:
            fact.read(code)
        except AnswerError as error:
            raise UsageError(f"{fact.key} of {scenario.id}: {error}") from None


def _ordinary(
    key: str, values: Mapping[str, Any], vocabulary: Vocabulary, without: Container[str]
) -> Any:
    """The ordinary answer; one that copies another fact copies no unknown."""
    ordinary = None if key in without else vocabulary.ordinary.get(key)
    if not isinstance(ordinary, Same):
        return ordinary
    other = ordinary.fact
    copied = values[other] if other in values else _ordinary(other, values, vocabulary, without)
    return None if copied is UNKNOWN or other not in vocabulary.by_key else copied


def _contradicting(scenario: Scenario, known: EstablishedFacts, under: Propagation) -> dict[str, str]:
    """Returns the presumed facts that have to go, each with the sentence that they contradict."""
    presumed = set(known.presumed)
    if not presumed or all(presumed.isdisjoint(asked) for asked in under.asked):
        return {}
    rows = _rows(under, answers_to(under.leaves.questions, scenario, known, under.vocabulary.by_key))
    direct = {
        fact: under.vocabulary.constraints[place].sentence
        for place in under.broken(rows)
        for fact in sorted(under.asked[place] & presumed)
    }
    if direct or not under.broken_at_length(rows):
        return direct
    return dict.fromkeys(sorted(presumed & frozenset().union(*under.asked)), "")


def _rows(under: Propagation, answers: Mapping[str, Any]) -> Rows:
    return Rows.of(under.leaves, [[answers.get(key) for key in under.leaves.keys]])


def answers_to(
    asked: Questions, scenario: Scenario, known: EstablishedFacts, facts: Mapping[str, Fact]
) -> dict[str, Any]:
    """Returns the answer to each question that what is established answers, by key.

    Raises:
        DefinitionError: A question is about no fact; the ruleset should have been refused before.
    """
    answers: dict[str, Any] = dict.fromkeys(asked)
    values = known.values
    for name, about in asked.about.items():
        fact, value = facts.get(name), values.get(name)
        if fact is not None and value is not None:
            if fact.is_set:
                answers |= _truths(fact, value, about)
            else:
                answers[name] = fact.truth(value, "")
        elif name == FACTS_DATE.key:
            answers[name] = scenario.date
        elif not name:
            used = scenario.discretion
            answers |= {item.key: used.get(item.power) for item in about if item.power}
        elif fact is None and name != LAW_DATE.key:
            raise DefinitionError(f"{about[0]!r} is not a fact in the vocabulary.")
    return answers


@lru_cache(maxsize=1 << 14)
def _truths(fact: Fact, value: Any, asked: tuple[Question, ...]) -> Mapping[str, Any]:
    """What an answer to a fact says about each question, which many cases have in common."""
    return {question.key: fact.truth(value, question.member) for question in asked}


def contradictions(
    scenario: Scenario, vocabulary: Vocabulary, *, directly: bool = False
) -> list[tuple[Constraint, tuple[str, ...]]]:
    """Returns each constraint that what is stated breaks, with the facts that break it.

    Facts that are unknown break nothing, and what is presumed is not looked at: a presumption that
    contradicts what is stated is withdrawn.  ``directly`` looks only at what is stated, and not at what
    follows from it.
    """
    under = constrained(vocabulary)
    stated = _presuming(attrs.evolve(scenario, presume=(), presumed=()), vocabulary)
    answers = answers_to(under.leaves.questions, scenario, stated, vocabulary.by_key)
    rows, constraints = _rows(under, answers), vocabulary.constraints
    direct = [constraints[place] for place in under.broken(rows)]
    if direct or directly:
        return [(constraint, _deciding(constraint, answers)) for constraint in direct]
    return [
        (constraints[place], tuple(name for name in stated.values if name in under.connected(place)))
        for place in under.broken_at_length(rows)
    ]


def _deciding(constraint: Constraint, answers: Mapping[str, Any]) -> tuple[str, ...]:
    """The facts whose answers decide both halves of a constraint."""
    traces = (walk(half, answers) for half in (constraint.when, constraint.then))
    asked = (leaf.condition.question for trace in traces for leaf in trace.deciding())
    return tuple(dict.fromkeys(question.subject for question in asked if question.key))
