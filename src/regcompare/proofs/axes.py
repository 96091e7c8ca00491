"""The answers to a fact, in the order of a map; answers that nothing tells apart share their work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

import attrs

from regcompare.errors import UsageError, did_you_mean, nearest
from regcompare.facts import CodeSet, Country, Day, Fact, MemberSet
from regcompare.logic.codes import code_matches
from regcompare.program.cells import Cell
from regcompare.words.lexicon import short_list

from .regimes import KnownAnswers, PossibleCases

Found = TypeVar("Found")

BY = ("item.technology", "end_user.kind")
"""The facts by which possible cases are told apart by default."""


@attrs.frozen
class Answer:
    """One answer to a fact, or a group of countries or days that nothing tells apart.

    Attributes:
        name: The answer as it stands in a file; of a group all of them, with spaces between.
        label: The answer in words.
        alike: Answers to the same fact with the same number are told apart by no condition.
        given: The answer as it is put to the solver.
    """

    name: str
    label: str
    alike: int
    given: KnownAnswers


@attrs.frozen(eq=False)
class Axis:
    """A fact with its answers.

    Attributes:
        fact: The fact.
        answers: Its answers, in the order of the vocabulary.
    """

    fact: Fact
    answers: tuple[Answer, ...]


def axes(possible: PossibleCases, by: tuple[str, str]) -> tuple[Axis, Axis]:
    """Returns the answers to the two facts of a map.

    Raises:
        UsageError: One of them is not known, or both are one.
    """
    down, across = by
    if down == across:
        raise UsageError(f"A map needs two different facts; {down} was named twice.")
    return axis(possible, down), axis(possible, across)


def axis(possible: PossibleCases, key: str) -> Axis:
    """Returns the answers to a fact, for a map.

    A choice has a line for each answer; a country or a day one for each group that nothing tells apart;
    a set one for each member alone, and one for none.

    Raises:
        UsageError: There is no such fact; the text names the nearest.
    """
    facts = possible.solver.facts
    if key not in facts:
        hint = did_you_mean(nearest(key, facts))
        raise UsageError(f"There is no fact {key!r}; `regcompare facts` lists them.{hint}")
    fact = facts[key]
    answers = _codes if isinstance(fact, CodeSet) else _members if fact.is_set else _answers
    return Axis(fact, tuple(answers(possible, fact)))


def _answers(possible: PossibleCases, fact: Fact) -> Iterator[Answer]:
    cells = possible.solver.cells.get(fact.key)
    if fact.kind == "yes_no":
        for number, (word, answer) in enumerate((("yes", True), ("no", False))):
            yield Answer(word, word, number if cells else 0, KnownAnswers({fact.key: answer}))
    elif isinstance(fact, Country | Day):
        for number, cell in enumerate(cells or (Cell("any", ("any",)),)):
            given = KnownAnswers({fact.key: cell.answer}) if cells else KnownAnswers()
            names = [fact.labels().get(word, word) for word in cell.stands_for]
            words = short_list(names, "and", most=3)
            yield Answer(" ".join(cell.stands_for), words, number, given)
    else:
        for word, label in fact.labels().items():
            places = (place for place, cell in enumerate(cells or ()) if word in cell.stands_for)
            yield Answer(word, label, next(places, 0), KnownAnswers({fact.key: word}))


def _members(possible: PossibleCases, fact: Fact) -> Iterator[Answer]:
    """No member, then each member alone; members that nothing asks about are like none."""
    asked = {question.member for question in possible.solver.questions.about.get(fact.key, ())}

    def given(member: str) -> KnownAnswers:
        return KnownAnswers({fact.asked(other).key: other == member for other in sorted(asked)})

    yield Answer("none", "none", 0, given(""))
    for number, (member, label) in enumerate(fact.labels().items(), start=1):
        yield Answer(member, label, number if member in asked else 0, given(member))


def _codes(possible: PossibleCases, fact: Fact) -> Iterator[Answer]:
    """No entry, then one entry of each kind that the conditions tell apart."""
    patterns = possible.solver.patterns(fact.key)

    def given(code: str) -> KnownAnswers:
        met = {fact.asked(item).key: bool(code) and code_matches(code, item) for item in patterns}
        return KnownAnswers(met, {fact.key: MemberSet([code] if code else [])})

    yield Answer("none", "none", 0, given(""))
    cells = possible.solver.code_cells(fact.key)
    for number, cell in enumerate((cell for cell in cells if cell.matches), start=1):
        yield Answer(cell.code, cell.code, number, given(cell.code))


def shared(
    down: Axis, across: Axis, work: Callable[[Answer, Answer], Found]
) -> Iterator[tuple[Answer, Answer, Found]]:
    """Yields each pair of answers with what some work gives, done once for pairs that are alike."""
    done: dict[tuple[int, int], Found] = {}
    for one in down.answers:
        for two in across.answers:
            slot = (one.alike, two.alike)
            if slot not in done:
                done[slot] = work(one, two)
            yield one, two, done[slot]
