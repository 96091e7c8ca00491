"""What is disputed in a case: both sides of each point, and what follows whoever is right.

A point is computed over every combination of the others: each disputed fact is as the file has it, or
not (a yes or no the other way, any other fact open).  So two points that interact are crossed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
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
from regcompare.views.sentences import one_line
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


@attrs.frozen(slots=False, eq=False)
class Disputes:
    """What is disputed in a case, over every combination.

    Attributes:
        case: The case.
        law: The law whose results are told.
        language: The language of the texts.
    """

    case: Scenario
    law: Law
    language: Language

    @property
    def _facts(self) -> Mapping[str, Fact]:
        return self.law.ruleset.vocabulary.by_key

    @cached_property
    def disputed(self) -> list[Disputed]:
        """What is disputed and is a fact that the case states."""
        facts = self.case.facts
        return [item for item in self.case.disputed if item.fact in self._facts and item.fact in facts]

    @cached_property
    def _results(self) -> dict[Combination, CaseClass]:
        """The result for every combination of the disputed facts as filed, or not."""
        crossed = [item.fact for item in self.disputed[:_MOST_CROSSED]]
        combinations = list(product((True, False), repeat=len(crossed)))
        cases = [
            self.case.stating(
                {key: self._other(key) for key, kept in zip(crossed, one, strict=True) if not kept}
            )
            for one in combinations
        ]
        verdicts = assess_all(cases, self.law.ruleset, as_of=self.law.day)
        return {one: classify([verdict]) for one, verdict in zip(combinations, verdicts, strict=True)}

    def _other(self, key: str) -> Any:
        """The answer of whoever disputes a fact: the other one, or open where there are several."""
        fact, answer = self._facts[key], self.case.facts[key]
        return not answer if isinstance(fact, YesNo) and isinstance(answer, bool) else UNKNOWN

    @cached_property
    def points(self) -> list[Point]:
        """Every point, those that matter first."""
        points = (self._point(item, place) for place, item in enumerate(self.disputed))
        return sorted(points, key=lambda point: not point.matters)

    def _point(self, item: Disputed, place: int) -> Point:
        say, results, answer = self.language.say, self._results, self.case.facts[item.fact]
        filed, other = (
            _between(found for one, found in results.items() if place < len(one) and one[place] is kept)
            for kept in (True, False)
        )
        matters = place < _MOST_CROSSED and any(
            results[one].ends != results[_turned(one, place)].ends for one in results
        )
        then = [word_of(found, self.language).lower() if matters else "" for found in (filed, other)]
        whoever = say("Whoever is right: it changes no answer here.")
        if matters:
            whole = word_of(_between(results.values()), self.language).lower()
            name = say(self.law.ruleset.plain_title)
            whoever = say("Whoever is right: {word}, by “{law}”.", word=whole, law=name)
        elif answer == UNKNOWN:
            whoever = say("This is left open here.")
        fact, note = self._facts[item.fact], one_line(item.note)
        who = say("{who} says", who=_capital(say(item.by or SPEAKERS[1])))
        mark = Markup(' lang="en"') if self.language.left_in(note) else Markup("")
        sides = (
            Side(self._filed_by(item.fact), self._told(fact, answer), then[0], Markup("")),
            Side(who, say(note), then[1], mark),
        )
        return Point(say(fact.question), sides, whoever, matters)

    def _filed_by(self, key: str) -> str:
        """Who states a fact: the publisher of its first source, or this project, which classified it."""
        basis = self.case.basis(key)
        names = {source.id: source.publisher or source.title for source in self.case.sources}
        stated = [names[name] for name in basis.sources if name in names] if basis else []
        if stated and basis and not basis.classified:
            return self.language.say("{who} says", who=stated[0])
        return self.language.say("Our classification")

    def crossing(self) -> Crossing | None:
        """Returns the first two points that interact, crossed; None where none do."""
        places = interacting(self._results)
        if places is None:
            return None
        one, two = places

        def word(*kept: bool) -> str:
            pair = [found for tried, found in self._results.items() if (tried[one], tried[two]) == kept]
            return word_of(_between(pair), self.language)

        rows = [(word(kept, True), word(kept, False)) for kept in (True, False)]
        return Crossing(self._heads(one), self._heads(two), (rows[0], rows[1]))

    def _heads(self, place: int) -> tuple[str, str]:
        say, key = self.language.say, self.disputed[place].fact
        fact, answer = self._facts[key], self.case.facts[key]
        other = say(answer_words(fact, not answer)) if isinstance(answer, bool) else "–"
        return f"{say(fact.question)} {self._told(fact, answer)}", f"{say(fact.question)} {other}"

    def _told(self, fact: Fact, answer: Any) -> str:
        return self.language.say("not known" if answer == UNKNOWN else answer_words(fact, answer))


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
