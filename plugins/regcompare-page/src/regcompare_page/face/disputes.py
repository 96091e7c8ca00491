"""What is disputed in a case: both sides of each point, and what follows whoever is right.

A point is computed over every combination of the others: each disputed fact is as the file has it, or
not (a yes or no the other way, any other fact open); one that the file leaves open has each of its
answers in turn.  So two points that interact are crossed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import combinations, product
from math import prod
from typing import Any, NamedTuple

import attrs
from markupsafe import Markup

from regcompare.comparison.classes import CaseClass, ClassSlug, classify
from regcompare.comparison.counts import Law
from regcompare.facts import UNKNOWN, CodeSet, Country, Fact, MemberSet, YesNo, countries
from regcompare.logic.conditions import Among
from regcompare.scenario.provenance import Disputed
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import assess_all
from regcompare.views.gates import word_of
from regcompare.views.sentences import one_line
from regcompare.words.catalogues import Language
from regcompare.words.lexicon import answer_words, labels, listing

_MOST_COMBINATIONS = 128
"""The most combinations that are worked out; the points after those that make them are left as filed."""

Ends = tuple[ClassSlug, ClassSlug] | None
OTHER_SIDE = "the other side"
"""Who disputes a fact where the file names nobody."""
Combination = tuple[int, ...]
"""For each disputed fact, the place of its answer among those tried."""


class Side(NamedTuple):
    """One side of a point: who says what, and what follows; a text in another language is marked."""

    who: str
    words: str
    then: str  # Blank where it makes no difference.
    mark: Markup


class Point(NamedTuple):
    """A disputed fact: its question, the side of the file and the other, what follows in either case."""

    question: str
    sides: tuple[Side, Side]
    whoever: str
    matters: bool  # Whether it changes a result.


@attrs.frozen(slots=False, eq=False)
class Disputes:
    """What is disputed in a case, over every combination, with results under a law."""

    case: Scenario
    law: Law
    language: Language

    @property
    def facts(self) -> Mapping[str, Fact]:
        """The facts of the law, by their keys."""
        return self.law.ruleset.vocabulary.by_key

    @cached_property
    def disputed(self) -> list[Disputed]:
        """What is disputed and is a fact that the case states."""
        facts = self.case.facts
        return [item for item in self.case.disputed if item.fact in self.facts and item.fact in facts]

    @cached_property
    def _tried(self) -> list[list[Any]]:
        """The answers tried for each disputed fact, that of the file first."""
        tried: list[list[Any]] = []
        for item in self.disputed:
            answers = self._answers(item.fact)
            if prod(map(len, tried)) * len(answers) > _MOST_COMBINATIONS:
                break
            tried.append(answers)
        return tried

    def _answers(self, key: str) -> list[Any]:
        fact, answer = self.facts[key], self.case.facts[key]
        if answer != UNKNOWN:
            is_filed = isinstance(fact, YesNo) and isinstance(answer, bool)
            return [answer, not answer if is_filed else UNKNOWN]
        listed = [] if fact.is_set else list(fact.labels())
        return [True, False] if isinstance(fact, YesNo) else listed or [UNKNOWN]

    @cached_property
    def _results(self) -> dict[Combination, CaseClass]:
        """The result for every combination of the answers tried."""
        keys = [item.fact for item in self.disputed]
        tried = list(product(*(range(len(answers)) for answers in self._tried)))
        cases = [
            self.case.stating(
                {key: answers[at] for key, answers, at in zip(keys, self._tried, one, strict=False)}
            )
            for one in tried
        ]
        verdicts = assess_all(cases, self.law.ruleset, as_of=self.law.day)
        return {one: classify([verdict]) for one, verdict in zip(tried, verdicts, strict=True)}

    @cached_property
    def points(self) -> list[Point]:
        """Every point, those that matter first."""
        points = (self._point(item, place) for place, item in enumerate(self.disputed))
        return sorted(points, key=lambda point: not point.matters)

    def _point(self, item: Disputed, place: int) -> Point:
        say, results, answer = self.language.say, self._results, self.case.facts[item.fact]
        matters = place < len(self._tried) and matters_at(results, place)
        is_open, then = answer == UNKNOWN, ["", ""]
        if matters and not is_open:
            then = [
                self._word(found for one, found in results.items() if (one[place] == 0) is kept)
                for kept in (True, False)
            ]
        whoever = say("Whoever is right: it changes no answer here.")
        if matters:
            name, word = say(self.law.ruleset.plain_title), self._word(results.values())
            whoever = say("Whoever is right: {word}, by “{law}”.", word=word, law=name)
        fact, note = self.facts[item.fact], one_line(item.note)
        who = say("Disputed by {who}", who=say(item.by or OTHER_SIDE))
        mark = Markup(' lang="en"') if self.language.left_in(note) else Markup("")
        stated = say("left open") if is_open else answer_in(fact, answer, self.language)
        sides = (
            Side(self._filed_by(item.fact), stated, then[0], Markup("")),
            Side(who, say(note), then[1], mark),
        )
        return Point(say(fact.question), sides, whoever, matters)

    def _word(self, found: Iterable[CaseClass]) -> str:
        return word_of(_between(found), self.language).lower()

    def _filed_by(self, key: str) -> str:
        """Who states a fact: the publisher of its first source, or this project, which classified it."""
        say, basis = self.language.say, self.case.basis(key)
        if self.case.facts[key] == UNKNOWN:
            return say("Here")
        names = {source.id: source.publisher or source.title for source in self.case.sources}
        stated = [names[name] for name in basis.sources if name in names] if basis else []
        if stated and basis and not basis.classified:
            return say("According to {who}", who=stated[0])
        return say("Our classification")

    def crossing(self) -> dict[str, Any] | None:
        """Returns the first two points that interact, with the result of each combination, if any do.

        Answers that lead to the same results share a row or a column.
        """
        places = interacting(self._results)
        if places is None:
            return None

        def word(row: int, column: int) -> str:
            pair = (found for tried, found in self._results.items()
                    if [tried[place] for place in places] == [row, column])  # fmt: skip
            return word_of(_between(pair), self.language)

        rows, columns = (range(len(self._tried[place])) for place in places)
        down, lines = _merged([[word(row, column) for column in columns] for row in rows])
        across, columns_told = _merged(list(map(list, zip(*lines, strict=True))))
        facts = [self.facts[self.disputed[place].fact] for place in places]
        return {
            "questions": [self.language.say(fact.question) for fact in facts],
            "down": self._heads(facts[0], places[0], down),
            "across": self._heads(facts[1], places[1], across),
            "words": list(zip(*columns_told, strict=True)),
        }

    def _heads(self, fact: Fact, place: int, groups: Iterable[Sequence[int]]) -> list[str]:
        words = [answer_in(fact, answer, self.language) for answer in self._tried[place]]
        return [listing([words[at] for at in group], self.language.say("or")) for group in groups]


def _merged(lines: Sequence[list[str]]) -> tuple[list[list[int]], list[list[str]]]:
    """Returns the places of lines that are equal, together, and each line once."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for at, line in enumerate(lines):
        groups.setdefault(tuple(line), []).append(at)
    return list(groups.values()), list(map(list, groups))


def _between(found: Iterable[CaseClass]) -> CaseClass:
    """The class between the mildest and the strictest of several."""
    known = [item for item in found if item.low is not None and item.high is not None]
    if not known:
        return CaseClass()
    return CaseClass(min(item.low for item in known), max(item.high for item in known))  # type: ignore[type-var]


def matters_at(results: Mapping[Combination, CaseClass], place: int) -> bool:
    """Whether the answer at a place changes a result."""
    rest: dict[Combination, set[Ends]] = {}
    for one, found in results.items():
        rest.setdefault((*one[:place], *one[place + 1 :]), set()).add(found.ends)
    return any(len(ends) > 1 for ends in rest.values())


def interacting(results: Mapping[Combination, CaseClass]) -> tuple[int, int] | None:
    """Returns the places of two disputed facts of which what one changes depends on the other."""
    places = [place for place in range(len(next(iter(results), ()))) if matters_at(results, place)]

    def changes(place: int, other: int) -> list[set[tuple[Ends, ...]]]:
        """What answers at a place lead to, for each answer at the other."""
        lines: dict[int, dict[Combination, list[Ends]]] = {}
        for one, found in sorted(results.items()):
            rest = (*one[:place], *one[place + 1 :])
            lines.setdefault(one[other], {}).setdefault(rest, []).append(found.ends)
        return [set(map(tuple, each.values())) for each in lines.values()]

    for place, other in combinations(places, 2):
        first, *others = changes(place, other)
        if any(each != first for each in others):
            return place, other
    return None


def answer_in(fact: Fact, answer: Any, language: Language) -> str:
    """Returns an answer by itself, in a language."""
    say = language.say
    if answer is None or answer == UNKNOWN:
        return say("not known")
    if isinstance(fact, Country):
        codes = sorted(answer.words) if isinstance(answer, Among) else [answer]
        names = [f"{say(countries().get(code, code))} ({code})" for code in codes]
        return listing(names, say("or"))
    if isinstance(answer, MemberSet):
        known, unknown = (
            ", ".join(sorted(members) if isinstance(fact, CodeSet) else map(say, labels(fact, members)))
            for members in (answer.known, answer.open)
        )
        if known and unknown:
            return say("{known}; not known: {unknown}", known=known, unknown=unknown)
        return known or say("not known" if unknown else "none")
    if isinstance(answer, Among):
        return listing(map(say, labels(fact, answer.words)), say("or"))
    return say(answer_words(fact, answer))
