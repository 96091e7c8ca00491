"""What counts as known about a scenario: what it states, then what is presumed and not contradicted."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain, compress
from typing import Any, Literal, cast

import attrs

from regcompare._support.derived import derived
from regcompare._support.said import Said
from regcompare.errors import DefinitionError, UsageError
from regcompare.facts import UNKNOWN, AnswerError, Fact, MemberSet, Same, section_of
from regcompare.logic.bitsets import AnswerBatch
from regcompare.logic.conditions import evaluate
from regcompare.logic.questions import PowerQuestion, Question, Questions
from regcompare.ruleset.reports import ShownByReports
from regcompare.vocabulary import FACTS_DATE, LAW_DATE, Constraint, Vocabulary
from regcompare.vocabulary.propagation import Propagation, propagation_of
from regcompare.vocabulary.sections import REPORT_LEVELS

from .provenance import levels_reported
from .scenario import Scenario, asked_answers, is_of_plugin, read_answer

Origin = Literal["stated", "presumed", "reports", "ordinary", "surveillance"]
"""Where an answer comes from: the file itself, its ``presumed`` block, reports, or a layer of
presumptions."""

_SAID = ("stated", "presumed")
"""What a file says itself."""

Tests = tuple[tuple[ShownByReports, tuple[str, ...]], ...]
"""What reports may show under some texts, each with how near they may come to count."""


@attrs.frozen
class Denied:
    """Something that reports would show, if the case did not say otherwise.

    Attributes:
        shown: What they would show.
        asked: The question that the case answers otherwise.
        answer: Its answer, False or None for a stated ``unknown``.
    """

    shown: ShownByReports
    asked: Question
    answer: bool | None


@attrs.frozen
class AssumedFacts:
    """The answers that count as known about a scenario once presumptions are added.

    Attributes:
        values: Fact key to answer; unknown facts are missing or ``UNKNOWN``.
        origins: Fact key to where its answer comes from.
        retracted: The facts whose presumed answer was retracted, each with the sentence that it would
            contradict; blank where only several together would.
        normalised: The facts whose answer was replaced, each with the answer that is meant and the
            sentence of the constraint that says so.
        differing: Where a stated answer differs from the reports that the case lists, in sentences.
        denied: What the reports would show, where the case says something else, which counts.
    """

    values: Mapping[str, Any]
    origins: Mapping[str, Origin]
    retracted: Mapping[str, str] = attrs.field(factory=dict)
    normalised: Mapping[str, tuple[Any, str]] = attrs.field(factory=dict)
    differing: tuple[str, ...] = ()
    denied: tuple[Denied, ...] = ()

    @property
    def notices(self) -> Iterator[str]:
        """Sentences on what was given and does not count as it was given."""
        yield from self.differing
        for fact, (answer, sentence) in self.normalised.items():
            yield Said(
                "{fact} is read as {answer}, not as given: {sentence}",
                fact=fact,
                answer=answer,
                sentence=sentence,
            )
        for fact, sentence in self.retracted.items():
            yield Said(
                "{fact} is not assumed, because that would contradict the other facts: {reason}",
                fact=fact,
                reason=sentence or Said("What follows from it contradicts what is stated."),
            )

    @property
    def presumed(self) -> tuple[str, ...]:
        """The facts that are presumed, not stated."""
        return tuple(key for key, origin in self.origins.items() if origin != "stated")


def assumed_facts(scenario: Scenario, vocabulary: Vocabulary, tests: Tests = ()) -> AssumedFacts:
    """Adds presumptions to what is stated: stated, ``presumed``, shown by reports, then the layers.

    A stated ``unknown`` is stated: no presumption replaces it.  Reports show nothing in a scenario that
    names no layer.  Where the answers break a constraint of the vocabulary, presumptions about its facts
    are retracted.  Where only what follows from the answers does, all presumptions about facts in
    constraints are retracted.

    Args:
        scenario: The scenario; a code in it that does not exist is a ``UsageError``.
        vocabulary: The facts that it may state.
        tests: What reports may show under the law that is applied.
    """
    levels = reported_levels(scenario) if tests and scenario.presume else {}
    near_enough = (item for item, near in tests if any(levels.get(fact) in near for fact in item.of))
    shown = tuple(near_enough)
    assumed: AssumedFacts | None = scenario._derived.get((vocabulary, shown))
    if assumed is None:
        assumed = _without_contradictions(scenario, vocabulary, shown)
        scenario._derived.store((vocabulary, shown), assumed)
    return assumed


def reported_levels(scenario: Scenario) -> dict[str, Any]:
    """Returns how near the reports before its day come, by fact; what it states itself counts."""
    listed = levels_reported(scenario.reports, scenario.known_day) if scenario.reports else {}
    levels = {f"reported.{matter}": level for matter, level in listed.items()}
    stated = scenario.facts.items()
    return levels | {fact: level for fact, level in stated if section_of(fact) == "reported"}


def _without_contradictions(
    scenario: Scenario, vocabulary: Vocabulary, shown: tuple[ShownByReports, ...]
) -> AssumedFacts:
    retracted: dict[str, str] = {}
    while True:
        assumed, rows = _with_presumptions(scenario, vocabulary, retracted, shown)
        presumed = dict.fromkeys(assumed.presumed, 1)
        broken = propagation_of(vocabulary).contradicting(rows, presumed) if rows else ()
        new = {fact: sentence for fact, _, sentence in broken}
        if not new:
            return attrs.evolve(assumed, retracted=retracted) if retracted else assumed
        retracted |= new


def _with_presumptions(
    scenario: Scenario,
    vocabulary: Vocabulary,
    without: Container[str] = (),
    shown: Iterable[ShownByReports] = (),
) -> tuple[AssumedFacts, AnswerBatch | None]:
    """Adds presumptions to what is stated, except those about the facts in ``without``.

    Returns:
        The facts, and their answers to what constraints ask, as a row; None where none asks anything.
    """
    values = _read(asked_answers(scenario), scenario, vocabulary)
    differing = tuple(_add_reported(scenario, values, vocabulary)) if scenario.reports else ()
    origins: dict[str, Origin] = dict.fromkeys(values, "stated")
    explicit = _read(scenario.presumed, scenario, vocabulary).items()
    layered = _answers_of_layers(scenario, values, vocabulary, without)
    own: Iterable[tuple[str, Any, Origin]] = ((key, answer, "presumed") for key, answer in explicit)
    for key, answer, origin in chain(own, layered):
        if answer is not None and key not in values and key not in without:
            values[key] = answer
            if answer is not UNKNOWN:  # Then nothing is presumed.
                origins[key] = origin
    denied = tuple(_add_shown(shown, values, origins, vocabulary.by_key, without))
    for key in {item.fact for item in vocabulary.code_lists}:
        _check_codes(scenario, vocabulary.fact(key), values.get(key))
    assumed = AssumedFacts(values, origins, differing=differing, denied=denied)
    return _normalised(assumed, scenario, vocabulary)


def _read(answers: Mapping[str, Any], scenario: Scenario, vocabulary: Vocabulary) -> dict[str, Any]:
    """Answers, those to facts of plugins read as these say; a scenario knows the facts of the core."""
    read, facts = dict(answers), _facts_of_plugins(vocabulary)
    for key, answer in answers.items() if facts else ():
        if (fact := facts.get(key)) is not None:
            try:
                read[key] = read_answer(fact, answer)
            except AnswerError as error:
                raise UsageError(f"{key} of {scenario.id}: {error}") from None
    return read


@derived
def _facts_of_plugins(vocabulary: Vocabulary) -> Mapping[str, Fact]:
    return {key: fact for key, fact in vocabulary.by_key.items() if is_of_plugin(key)}


def _add_reported(scenario: Scenario, values: dict[str, Any], vocabulary: Vocabulary) -> Iterator[str]:
    """Adds how near earlier reports come, where the case does not state it; yields where it differs."""
    levels = list(REPORT_LEVELS)
    for matter, level in levels_reported(scenario.reports, scenario.known_day).items():
        key = f"reported.{matter}"
        stated = values.setdefault(key, level) if key in vocabulary.by_key else level
        if stated in levels and stated != level:
            yield Said(
                "{fact} is stated as {stated}, although a listed report comes as near as {level}."
                if levels.index(stated) > levels.index(level)
                else "{fact} is stated as {stated}, and the listed reports come no nearer than {level}.",
                fact=key,
                stated=stated,
                level=level,
            )


def _add_shown(
    shown: Iterable[ShownByReports],
    values: dict[str, Any],
    origins: dict[str, Origin],
    facts: Mapping[str, Fact],
    without: Container[str],
) -> Iterator[Denied]:
    """Adds findings that reports show; yields those of which the case itself says something else.

    To a set of which a layer presumes something the member is added, and the others are left so.
    """
    for item in shown:
        said = [asked for asked in item.asked if origins.get(asked.fact) in _SAID]
        truths = [facts[asked.fact].truth(values[asked.fact], asked.member) for asked in said]
        fact = facts[item.finding.fact]
        if not all(truths):
            first = next(number for number, truth in enumerate(truths) if not truth)
            yield Denied(item, said[first], truths[first])
        elif item.finding not in said and fact.key not in without:
            before, member = values.get(fact.key), item.finding.member
            values[fact.key] = with_member(fact, before, member) if member else True
            origins[fact.key] = "reports"


def with_member(fact: Fact, answer: Any, member: str) -> MemberSet:
    """Returns an answer to a set with a member added; without an answer, all others are open."""
    is_known = isinstance(answer, MemberSet)
    known, is_open = (answer.known, answer.open) if is_known else (frozenset(), frozenset(fact.labels()))
    return MemberSet(known | {member}, is_open - {member})


def _answers_of_layers(
    scenario: Scenario, values: Mapping[str, Any], vocabulary: Vocabulary, without: Container[str]
) -> Iterator[tuple[str, Any, Origin]]:
    """Yields the answers of its layers of presumptions; the caller may add them to ``values``."""
    layers, day = scenario.presume, {FACTS_DATE.key: scenario.known_day}
    known = ChainMap[str, Any](day, cast("dict[str, Any]", values))
    if "ordinary" in layers:
        yield from _ordinary_answers(values, vocabulary, without)
    for item, answer in vocabulary.assumed:
        if item.layer in layers and item.applies(known):
            yield item.fact, answer, cast("Origin", item.layer)
    if "ordinary" in layers:  # Those that copy what was assumed.
        yield from _ordinary_answers(values, vocabulary, without)


def _ordinary_answers(
    values: Mapping[str, Any], vocabulary: Vocabulary, without: Container[str]
) -> Iterator[tuple[str, Any, Origin]]:
    for key in vocabulary.ordinary:
        if key not in values:
            yield key, _ordinary_answer(key, values, vocabulary, without), "ordinary"


def _normalised(
    assumed: AssumedFacts, scenario: Scenario, vocabulary: Vocabulary
) -> tuple[AssumedFacts, AnswerBatch | None]:
    """Replaces answers that break a constraint by those that the constraint says are meant."""
    if not vocabulary.constraints:
        return assumed, None
    propagation = propagation_of(vocabulary)
    rows = _row(propagation, scenario, assumed.values)
    broken = compress(vocabulary.constraints, propagation.violations(rows))
    taken_as = ((item.taken_as, item.sentence) for item in broken)
    normalised = {meant[0]: (meant[1], sentence) for meant, sentence in taken_as if meant}
    if not normalised:
        return assumed, rows
    values = {**assumed.values, **{fact: answer for fact, (answer, _) in normalised.items()}}
    meant = attrs.evolve(assumed, values=values, normalised=normalised)
    return meant, _row(propagation, scenario, values)


def _check_codes(scenario: Scenario, fact: Fact, answer: Any) -> None:
    """Refuses codes that do not exist; a file with one is refused when it is read."""
    for code in sorted(answer.known | answer.open) if isinstance(answer, MemberSet) else ():
        try:
            fact.read(code)
        except AnswerError as error:
            raise UsageError(f"{fact.key} of {scenario.id}: {error}") from None


def _ordinary_answer(
    key: str, values: Mapping[str, Any], vocabulary: Vocabulary, without: Container[str]
) -> Any:
    """The ordinary answer; an answer that copies another fact does not copy an unknown."""
    ordinary = None if key in without else vocabulary.ordinary.get(key)
    if not isinstance(ordinary, Same):
        return ordinary
    other = ordinary.fact
    answer = values[other] if other in values else _ordinary_answer(other, values, vocabulary, without)
    return None if answer is UNKNOWN or other not in vocabulary.by_key else answer


def _row(propagation: Propagation, scenario: Scenario, values: Mapping[str, Any]) -> AnswerBatch:
    """Answers to what constraints ask, as a row."""
    row = AnswerBatch.blank(propagation.atoms, 1)
    date = FACTS_DATE.key, scenario.known_day
    propagation.literals.enter(row, chain(values.items(), [date]), 1)
    return row


def answers_to(
    questions: Questions, scenario: Scenario, assumed: AssumedFacts, facts: Mapping[str, Fact]
) -> dict[str, Any]:
    """Returns the answers of the assumed facts to questions, by key; None for an open question."""
    answers: dict[str, Any] = dict.fromkeys(questions)
    values = assumed.values
    for name, of_fact in questions.about.items():
        fact, value = facts.get(name), values.get(name)
        if fact is not None and value is not None:
            if fact.is_set:
                answers |= _truths(fact, value, of_fact)
            else:
                answers[name] = fact.truth(value, "")
        elif name == FACTS_DATE.key:
            answers[name] = scenario.known_day
        elif not name:
            powers = (item for item in of_fact if isinstance(item, PowerQuestion))
            answers |= {item.key: scenario.discretion.get(item.id) for item in powers}
        elif fact is None and name != LAW_DATE.key:
            raise DefinitionError(f"{of_fact[0]!r} is not a fact in the vocabulary.")
    return answers


@lru_cache(maxsize=1 << 14)
def _truths(fact: Fact, answer: Any, questions: tuple[Question, ...]) -> Mapping[str, Any]:
    """The truth of each question under an answer; cached, since many cases share it."""
    return {question.key: fact.truth(answer, question.member) for question in questions}


def contradictions(
    scenario: Scenario, vocabulary: Vocabulary, *, directly: bool = False
) -> list[tuple[Constraint, tuple[str, ...]]]:
    """Returns each constraint that the stated facts break, with the facts that break it.

    Unknown facts break nothing, and presumptions are ignored: one that contradicts what is stated is
    retracted.  ``directly`` ignores what follows from the stated facts.
    """
    propagation = propagation_of(vocabulary)
    assumed, row = _with_presumptions(attrs.evolve(scenario, presume=(), presumed=()), vocabulary)
    if row is None:
        return []
    constraints = vocabulary.constraints
    direct = list(compress(constraints, propagation.violations(row)))
    if direct or directly:
        answers = answers_to(propagation.atoms.questions, scenario, assumed, vocabulary.by_key)
        return [(constraint, _deciding_facts(constraint, answers)) for constraint in direct]
    violations = propagation.violations(row) if propagation.complete(row) else ()
    violated = list(compress(range(len(constraints)), violations))
    connected = ((constraints[item], propagation.connected(item)) for item in violated)
    return [(item, tuple(name for name in assumed.values if name in names)) for item, names in connected]


def _deciding_facts(constraint: Constraint, answers: Mapping[str, Any]) -> tuple[str, ...]:
    """The facts whose answers decide both halves of a constraint."""
    derivations = (evaluate(half, answers) for half in (constraint.when, constraint.then))
    questions = (atom.condition.question for derivation in derivations for atom in derivation.deciding())
    return tuple(dict.fromkeys(question.subject for question in questions if question.key))
