"""Frames: the possible cases under consideration, with what is taken as given."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

import attrs

from regcompare.errors import UsageError
from regcompare.facts import CodeSet, Fact, Same, written
from regcompare.logic.conditions import (
    FALSE,
    TRUE,
    Condition,
    Holds,
    OneOf,
    all_of,
    any_of,
    evaluate,
    questions,
)
from regcompare.logic.questions import Question
from regcompare.scenario.assumed import AssumedFacts, assumed_facts
from regcompare.scenario.scenario import Scenario
from regcompare.vocabulary import FACTS_DATE, LAYERS, Assumption
from regcompare.words.lexicon import listing

from .encoding import KnownAnswers
from .regimes import PossibleCases, Regime, known_answers, one_of_codes, possible_cases

_LAYERS_IN_WORDS = {
    "ordinary": "standard assumptions",
    "surveillance": "the standard assumptions for a sale of surveillance technology",
}


def frame_for(
    regimes: Sequence[Regime],
    given: Scenario | None = None,
    *,
    extra: Iterable[Condition] = (),
    presume: Iterable[str] = (),
    within: Mapping[str, Condition] = MappingProxyType({}),
) -> PossibleCases:
    """Returns the possible cases under regimes, with what is taken as given.

    A presumption gives way to what a case states, as it does when the case is assessed.

    Args:
        regimes: The regimes.
        given: A case whose facts are taken as given; the facts that it leaves open are free.
        extra: As for ``possible_cases``.
        presume: Layers of presumptions that are taken as given, as a file names them: ``ordinary``,
            ``surveillance``.
        within: Conditions that the cases also meet, by what they say.

    Raises:
        UsageError: The extra ``prove`` is missing, or what is taken as given leaves no case, of which
            anything could be proved.
    """
    layers = tuple(presume)
    cases = possible_cases(regimes, (*extra, *within.values()), presume=layers)
    scenario = given or Scenario(id="ordinary")
    if layers:
        scenario = attrs.evolve(scenario, presume=(*scenario.presume, *layers))
    depending, conditions = _presumed_conditions(cases, scenario) if layers else ({}, {})
    conditions |= within
    frame = attrs.evolve(
        cases,
        given=known_answers(scenario, cases).without(depending, cases.solver.name_of),
        condition=all_of(TRUE, *conditions.values()),
        words=" and ".join(
            [_LAYERS_IN_WORDS[layer] for layer in layers[-1:]]
            + ([f"the facts of {given.id}"] if given else [])
        ),
        taken=(given,) if given else (),
        layers=layers,
    )
    if not frame.can_be():
        raise UsageError(_no_case(frame, conditions, assumed_facts(scenario, cases.vocabulary)))
    return frame


def _presumed_conditions(
    cases: PossibleCases, scenario: Scenario
) -> tuple[Mapping[str, Sequence[Assumption]], dict[str, Condition]]:
    """Presumptions of a scenario that depend on open answers.

    It returns the assumptions about each fact of which the first that applies counts; and as conditions,
    by their words, these and that answers which copy open ones are the same.
    """
    known = assumed_facts(scenario, cases.vocabulary)
    assumptions: dict[str, list[Assumption]] = {}
    for item in cases.vocabulary.presumptions:
        if item.layer in scenario.presume:
            assumptions.setdefault(item.fact, []).append(item)
    conditions = _copying(cases, known) if "ordinary" in scenario.presume else {}
    depending: dict[str, list[Assumption]] = {}
    for fact, items in assumptions.items():
        asked = questions(item.when for item in items if item.when is not None)
        is_presumed = known.origins.get(fact, items[0].layer) in LAYERS and fact not in known.retracted
        if is_presumed and not asked.keys() <= {FACTS_DATE.key, *known.values}:
            depending[fact] = items
            conditions[f"{fact} (as presumed)"] = _first_applying(cases, items)
    return depending, conditions


def _first_applying(cases: PossibleCases, items: Iterable[Assumption]) -> Condition:
    """The condition that the first assumption that applies is true, as for a single case."""
    earlier: Condition = FALSE
    conditions = list[Condition]()
    for item in items:
        when = TRUE if item.when is None else item.when
        does_not_apply = ~when | earlier
        conditions += (does_not_apply | condition for condition in _assumed_conditions(cases, item))
        earlier = earlier | when
    return all_of(TRUE, *conditions)


def _assumed_conditions(cases: PossibleCases, item: Assumption) -> Iterator[Condition]:
    """Yields what an assumption says where it applies, a condition for each question of its fact."""
    fact = cases.vocabulary.fact(item.fact)
    answer = item.answer_to(fact)
    for question in cases.solver.questions.about.get(item.fact, ()):
        if (truth := fact.truth(answer, question.member)) is not None:
            yield _answered(question, truth if isinstance(truth, bool) else [truth])
    if isinstance(fact, CodeSet) and item.when is not None:
        yield one_of_codes(fact, answer)


def plausible(cases: PossibleCases, layers: Container[str], given: KnownAnswers) -> Condition:
    """Returns the condition that sets agree with layers of presumptions.

    Assumptions that the given answers contradict are left out, and so are those about open questions.
    """
    facts, answers = cases.vocabulary, given.answers
    items = (
        item for item in facts.presumptions if item.layer in layers and facts.fact(item.fact).is_set
    )
    conditions = (
        condition if item.when is None else ~item.when | condition
        for item in items
        for condition in _assumed_conditions(cases, item)
        if item.when is not None or questions([condition]).keys() <= answers.keys()
    )
    return all_of(TRUE, *(item for item in conditions if evaluate(item, answers).truth is not False))


def _copying(cases: PossibleCases, known: AssumedFacts) -> dict[str, Condition]:
    """Conditions that the facts which copy an open answer have the same one, by their words."""
    facts, settled = cases.solver.facts, known.values.keys() | known.retracted.keys()
    alike: dict[str, list[Fact]] = {}
    for fact in facts.values():
        original = fact
        while isinstance(original.ordinary, Same) and original.ordinary.fact in facts:
            original = facts[original.ordinary.fact]
        if settled.isdisjoint({fact.key, original.key}):
            alike.setdefault(original.key, []).append(fact)
    return {
        f"{listing([fact.key for fact in copying], 'and')} (presumed to be the same)": condition
        for copying in alike.values()
        if len(copying) > 1 and (condition := _same_answers(cases, copying)) != TRUE
    }


def _same_answers(cases: PossibleCases, facts: Sequence[Fact]) -> Condition:
    """The condition that these facts have the same answer, as far as they are asked about."""
    by_member: dict[str, list[Question]] = {}
    for fact in facts:
        for question in cases.solver.questions.about.get(fact.key, ()):
            by_member.setdefault(question.member, []).append(question)
    shared = [alike for alike in by_member.values() if len(alike) > 1]
    if shared and facts[0].kind not in ("yes_no", "choice", "country", "set"):
        raise UsageError(
            f"A proof cannot presume that {listing([fact.key for fact in facts], 'and')} are the same; "
            f"expected copies of a choice, a country, a set or a yes/no answer, not of a "
            f"{facts[0].kind}. State them in a case, or presume nothing."
        )
    return all_of(TRUE, *(_same_answer(cases, alike) for alike in shared))


def _same_answer(cases: PossibleCases, alike: Sequence[Question]) -> Condition:
    cells = [
        {word: cell for cell in cases.solver.cells[item.key] for word in cell.equivalents}
        for item in alike
    ]
    common = (word for word in cells[0] if all(word in cell_of for cell_of in cells))
    classes = dict.fromkeys(tuple(cell_of[word] for cell_of in cells) for word in common)
    words = [
        [cell.answer if isinstance(cell.answer, bool) else cell.equivalents for cell in each]
        for each in classes
    ]
    return any_of(*(all_of(*map(_answered, alike, each)) for each in words))


def _answered(question: Question, answer: bool | Iterable[str]) -> Condition:
    """The condition that the answer to a question is this truth, or one of these words."""
    if isinstance(answer, bool):
        return Holds(question) if answer else ~Holds(question)
    return OneOf(question, frozenset(answer))


def _no_case(frame: PossibleCases, conditions: Mapping[str, Condition], known: AssumedFacts) -> str:
    """Says what is taken as given and cannot all be true, as little of it as possible."""
    solver = frame.solver
    taken = dict.fromkeys(map(solver.name_of, (*frame.given.answers, *frame.given.codes)))
    together = [*taken, *conditions]
    for name in tuple(together):
        fewer = [other for other in together if other != name]
        answers = frame.given.without(taken.keys() - {*fewer}, solver.name_of)
        if not solver.can_be([conditions[item] for item in fewer if item in conditions], answers):
            together = fewer
    if not together:
        return "No case is possible: the constraints of the vocabulary contradict each other."
    names = listing([_taken_words(name, known) for name in together], "and")
    return (
        f"Nothing can be proved, since no possible case has {frame.words}: {names} cannot all "
        "be true. State one of them differently, or presume less (--presume)."
    )


def _taken_words(name: str, known: AssumedFacts) -> str:
    """An answer that is taken as given, and whether it is presumed."""
    if name not in known.values:
        return name
    answer = written(known.values[name])
    words = listing(answer, "and") or "none" if isinstance(answer, list) else answer
    return f"{name} ({words}{', presumed' if name in known.presumed else ''})"
