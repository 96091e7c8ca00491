"""What is disputed in a case: both sides of each point, and what follows whoever is right.

A point is computed over every combination of the others: each disputed fact is as the file has it, or
not (a yes or no the other way, any other fact open).  So two points that interact are crossed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import Any

import attrs
from markupsafe import Markup

from regcompare.comparison.classes import CaseClass, ClassSlug, classify
from regcompare.comparison.counts import Law
from regcompare.facts import UNKNOWN, Fact, YesNo
from regcompare.scenario.provenance import Disputed
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import assess_all
from regcompare.words.catalogues import Language
from regcompare.words.lexicon import answer_words

from .marks import word_of

_MOST_CROSSED = 6
"""The most points that are crossed; of more, those that change no result alone are left as filed."""

Ends = tuple[ClassSlug, ClassSlug] | None
SPEAKERS = ("the company", "the other side")
"""Whom files name by what they are."""
Combination = tuple[bool, ...]
"""For each disputed fact, whether it is as the file has it."""


@attrs.frozen
class Side:
    """One side of a point.

    Attributes:
        who: Who says so, as the beginning of a sentence.
        words: What they say.
        then: What follows under the law if they are right; blank where it makes no difference.
        mark: The mark of a text that is not in the language of the page.
    """

    who: str
    words: str
    then: str
    mark: Markup


@attrs.frozen
class Point:
    """A disputed fact with its two sides.

    Attributes:
        question: The question of the fact.
        sides: The side of the file, then that of whoever disputes it.
        whoever: What follows whoever is right, as a sentence.
        matters: Whether it changes a result.
    """

    question: str
    sides: tuple[Side, Side]
    whoever: str
    matters: bool


def disputes_of(case: Scenario, law: Law, language: Language, facts: Mapping[str, Fact]) -> list[Point]:
    """Returns the points of a case that its file names, those that matter first.

    Args:
        case: The case.
        law: The law whose results are told.
        language: The language of the texts.
        facts: The facts of the vocabulary, by key.
    """
    disputed = [item for item in case.disputed if item.fact in facts and item.fact in case.facts]
    results = _results(case, [item.fact for item in disputed], law, facts)
    points = [
        _point(item, place, results, case, law, language, facts[item.fact])
        for place, item in enumerate(disputed)
    ]
    return sorted(points, key=lambda point: not point.matters)


def _results(
    case: Scenario, keys: Sequence[str], law: Law, facts: Mapping[str, Fact]
) -> dict[Combination, CaseClass]:
    """The result for every combination of the disputed facts as filed, or not."""
    crossed = keys[:_MOST_CROSSED]
    combinations = list(product((True, False), repeat=len(crossed)))
    cases = [
        case.stating(
            {
                key: _other(facts[key], case.facts[key])
                for key, kept in zip(crossed, one, strict=True)
                if not kept
            }
        )
        for one in combinations
    ]
    verdicts = assess_all(cases, law.ruleset, as_of=law.day)
    return {one: classify([verdict]) for one, verdict in zip(combinations, verdicts, strict=True)}


def _other(fact: Fact, answer: Any) -> Any:
    """The answer of whoever disputes a fact: the other one, or open where there are several."""
    return not answer if isinstance(fact, YesNo) and isinstance(answer, bool) else UNKNOWN


def _point(
    item: Disputed,
    place: int,
    results: Mapping[Combination, CaseClass],
    case: Scenario,
    law: Law,
    language: Language,
    fact: Fact,
) -> Point:
    say = language.say
    filed, other = (
        _between(found for one, found in results.items() if place < len(one) and one[place] is kept)
        for kept in (True, False)
    )
    matters = place < _MOST_CROSSED and any(
        results[one].ends != results[_turned(one, place)].ends for one in results
    )
    name = say(law.ruleset.plain_title)
    whole = word_of(_between(results.values()), language).lower()
    then = [word_of(found, language).lower() if matters else "" for found in (filed, other)]
    if matters:
        whoever = say("Whoever is right: {word}, by “{law}”.", word=whole, law=name)
    elif case.facts[item.fact] == UNKNOWN:
        whoever = say("This is left open here.")
    else:
        whoever = say("Whoever is right: it changes no answer here.")
    words = say(answer_words(fact, case.facts[item.fact]))
    return Point(
        say(fact.question),
        (
            Side(_filed_by(case, item.fact, language), words, then[0], Markup("")),
            Side(
                say("{who} says", who=_capital(say(item.by or SPEAKERS[1]))),
                say(" ".join(item.note.split())),
                then[1],
                _marked(item.note, language),
            ),
        ),
        whoever,
        matters,
    )


def _filed_by(case: Scenario, key: str, language: Language) -> str:
    """Who states a fact: the publisher of its first source, or this project, which classified it."""
    basis = case.basis(key)
    names = {source.id: source.publisher or source.title for source in case.sources}
    stated = [names[name] for name in basis.sources if name in names] if basis else []
    if stated and basis and not basis.classified:
        return language.say("{who} says", who=stated[0])
    return language.say("Our classification")


def _turned(one: Combination, place: int) -> Combination:
    """A combination with one fact the other way."""
    return (*one[:place], not one[place], *one[place + 1 :])


def _between(found: Iterable[CaseClass]) -> CaseClass:
    """The class between the mildest and the strictest of several."""
    known = [item for item in found if item.low is not None and item.high is not None]
    if not known:
        return CaseClass()
    return CaseClass(min(item.low for item in known), max(item.high for item in known))  # type: ignore[type-var]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _marked(text: str, language: Language) -> Markup:
    """The mark of a text that has no translation."""
    told = " ".join(text.split())
    return Markup(' lang="en"') if language.mark and language.say(told) == told else Markup("")


@attrs.frozen
class Crossing:
    """Two points that interact, with what follows from each combination.

    Attributes:
        down: The heads of the rows: the first point as filed, and not.
        across: The heads of the columns: the second point as filed, and not.
        words: The result of each combination, by row and column.
    """

    down: tuple[str, str]
    across: tuple[str, str]
    words: tuple[tuple[str, str], tuple[str, str]]


def crossing(case: Scenario, law: Law, language: Language, facts: Mapping[str, Fact]) -> Crossing | None:
    """Returns the first two disputed facts that interact, crossed; None where none do."""
    keys = [item.fact for item in case.disputed if item.fact in facts and item.fact in case.facts]
    results = _results(case, keys, law, facts)
    places = interacting(results)
    if places is None:
        return None
    one, two = places

    def word(*kept: bool) -> str:
        pair = [found for tried, found in results.items() if (tried[one], tried[two]) == kept]
        return word_of(_between(pair), language)

    def heads(place: int) -> tuple[str, str]:
        fact, answer = facts[keys[place]], case.facts[keys[place]]
        question = language.say(fact.question)
        told = language.say(answer_words(fact, answer))
        other = language.say(answer_words(fact, not answer)) if isinstance(answer, bool) else "–"
        return f"{question} {told}", f"{question} {other}"

    rows = [(word(kept, True), word(kept, False)) for kept in (True, False)]
    return Crossing(heads(one), heads(two), (rows[0], rows[1]))


def interacting(results: Mapping[Combination, CaseClass]) -> tuple[int, int] | None:
    """Returns the places of two disputed facts of which what one changes depends on the other."""
    size = len(next(iter(results), ()))

    def changes(place: int, other: int, kept: bool) -> set[tuple[Ends, Ends]]:
        return {
            (found.ends, results[_turned(one, place)].ends)
            for one, found in results.items()
            if one[other] is kept and one[place]
        }

    for place in range(size):
        for other in range(place + 1, size):
            if changes(place, other, True) != changes(place, other, False) and any(
                before != after
                for kept in (True, False)
                for before, after in changes(place, other, kept) | changes(other, place, kept)
            ):
                return place, other
    return None
