"""What an ordinary case looks like, and the case that departs from it in the fewest answers.

Ordinary is: the answer that a fact declares as ordinary; else no, none, no power used; else, of a choice
or a country, the answer that most of the documented cases state.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from functools import lru_cache
from typing import Any

import attrs

from regcompare.facts import CodeSet, Country, Fact, Same
from regcompare.logic.conditions import TRUE, Condition, Holds, OneOf, all_of, any_of, questions, walk
from regcompare.scenario.scenario import Scenario
from regcompare.vocabulary import Assumption

from .regimes import KnownAnswers, PossibleCases, known_answers, one_of_codes
from .solver import NOTHING, Case, Preference


@attrs.frozen
class MinimalCase:
    """A case that departs from an ordinary one in as few answers as any that meets a condition.

    Attributes:
        case: The case.
        departs: The facts in which it departs, doubts and powers included; a country that is answered
            with the destination by default departs along with it.
    """

    case: Case
    departs: tuple[str, ...]


def minimal_case(
    possible: PossibleCases, condition: Condition, given: KnownAnswers = NOTHING
) -> MinimalCase | None:
    """Returns the smallest, most ordinary case that meets a condition, or None, which is a proof.

    Smallest means: no possible case that meets it has fewer answers other than the ordinary ones.  Each
    member of a set is an answer; a set of codes is one.  Among cases as small, the earlier preferences
    win.

    Args:
        possible: The possible cases.
        condition: What the case must meet.
        given: Answers that it must have; they count as no departure.
    """
    if not possible.can_be(condition, given=given):
        return None
    wanted = _ordinary_answers(possible)
    sets = {preference.key for preference in possible.preferences if not preference.answers}
    copies = {fact.key: copied.key for fact, copied in _copies(possible)}
    # Patterns of a set of codes count as one answer; so do a country and its copies.
    groups: dict[str, list[str]] = {}
    for key in wanted:
        name = possible.solver.questions[key].fact
        group = groups.setdefault(name if name in sets else copies.get(key, key), [])
        group += [key] if key not in given.answers else []
    free = {name: keys for name, keys in groups.items() if keys}
    found = possible.solver.fewest(
        condition, KnownAnswers(wanted).updated(given), free, prefer=possible.preferences
    )
    assert found is not None
    case, changed = found
    departs = (possible.solver.name_of(name) for name in free if name in changed)
    return MinimalCase(_with_copies(possible, condition, case, given), tuple(dict.fromkeys(departs)))


@lru_cache(maxsize=16)
def _ordinary_answers(possible: PossibleCases) -> Mapping[str, Any]:
    """The answers of the most ordinary case of all to the questions that have an ordinary answer."""
    case = possible.ordinary(TRUE)
    assert case is not None, "contradictory constraints leave no possible case"
    answers: dict[str, Any] = {}
    for preference in possible.preferences:
        keys = [preference.key]
        if not preference.answers:
            keys = [question.key for question in possible.solver.questions.about.get(preference.key, ())]
        answers.update((key, case.answers[key]) for key in keys)
    return answers


def _copies(possible: PossibleCases) -> list[tuple[Fact, Fact]]:
    """Each fact whose ordinary answer repeats another's, with that other."""
    facts, cells = possible.solver.facts, possible.solver.cells
    repeats = (
        (fact, facts[fact.ordinary.fact]) for fact in facts.values() if isinstance(fact.ordinary, Same)
    )
    return [(fact, copied) for fact, copied in repeats if fact.key in cells and copied.key in cells]


def _with_copies(possible: PossibleCases, condition: Condition, case: Case, given: KnownAnswers) -> Case:
    """The case with each answer that may repeat another's repeating it."""
    copiers = {fact.key: copied.key for fact, copied in _copies(possible)}
    free = {key: copied for key, copied in copiers.items() if key not in given.answers}
    if not free:
        return case
    held = {key: answer for key, answer in case.answers.items() if key not in free}
    prefer = [
        Preference(key, possible.equivalent_answers(copied, case.answers[copied]))
        for key, copied in free.items()
    ]
    found = possible.solver.reachable(
        condition, KnownAnswers(held).updated(given), prefer=[*prefer, *possible.preferences]
    )
    return found or case


# ordinary answers taken as given --------------------------------------------------------------------


def presumed_answers(possible: PossibleCases, layers: Iterable[str]) -> tuple[KnownAnswers, Condition]:
    """Returns what layers of presumptions take as given: their answers, and copies.

    Returns:
        The answers, and the condition that a country which repeats another's answer does repeat it, and
        that what is assumed under some answer to another fact is so.
    """
    bare = Scenario(id="ordinary", presume=tuple(layers))
    given = known_answers(bare, possible)
    by_copied: dict[str, list[str]] = {}
    for fact, copied in _copies(possible):
        by_copied.setdefault(copied.key, []).append(fact.key)
    alike = (_same(possible, key, copiers) for key, copiers in by_copied.items())
    # What is assumed under some answers to another fact: question by question, where it applies.
    items = (item for item in possible.vocabulary.assumptions if item.when is not None)
    assumed = (one for item in items if item.layer in bare.presume for one in _asked_of(possible, item))
    return given, all_of(TRUE, *alike, *assumed)


def _asked_of(possible: PossibleCases, item: Assumption) -> list[Condition]:
    """What an assumption answers, question by question."""
    fact = possible.vocabulary.fact(item.fact)
    answer = item.answer_to(fact)
    told: list[Condition] = []
    for question in possible.solver.questions.about.get(item.fact, ()):
        truth = fact.truth(answer, question.member)
        if isinstance(truth, str):
            told.append(OneOf(question, frozenset({truth})))
        elif truth is not None:
            told.append(Holds(question) if truth else ~Holds(question))
    if isinstance(fact, CodeSet) and item.when is not None:
        told.append(one_of_codes(fact, answer))
    return told if item.when is None else [~item.when | is_so for is_so in told]


def plausible(possible: PossibleCases, layers: Container[str], given: KnownAnswers) -> Condition:
    """Returns that codes, and uses that are answered, are those that layers of presumptions leave open.

    What the answers given already contradict is left out, and so are questions that are open anyway.
    """
    facts = possible.vocabulary
    items = (item for item in facts.assumptions if item.layer in layers and facts.fact(item.fact).is_set)
    conditions = (
        one
        for item in items
        for one in _asked_of(possible, item)
        if item.when is not None or questions([one]).keys() <= given.answers.keys()
    )
    return all_of(TRUE, *(one for one in conditions if walk(one, given.answers).truth is not False))


def _same(possible: PossibleCases, copied: str, copiers: list[str]) -> Condition:
    """The condition that some one answer is given to all of these questions."""
    fact = possible.solver.facts[copied]
    asked = [possible.solver.questions[key] for key in (copied, *copiers)]
    cells = [possible.solver.cells[question.key] for question in asked]
    places = [{word: cell for cell in own for word in cell.equivalents} for own in cells]
    together = dict.fromkeys(
        tuple(place[answer].equivalents for place in places)
        for answer in fact.labels()
        if isinstance(fact, Country) and all(answer in place for place in places)
    )
    return any_of(
        *(
            all_of(*(OneOf(one, frozenset(words)) for one, words in zip(asked, alike, strict=True)))
            for alike in together
        )
    )
