"""The answers to a fact, in the order of a map; answers that nothing tells apart share their work."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

import attrs

from regcompare.errors import UsageError, did_you_mean, nearest
from regcompare.facts import CodeSet, Country, Day, Fact, MemberSet
from regcompare.logic.codes import code_matches
from regcompare.program.cells import Cell
from regcompare.words.lexicon import shortened

from .regimes import Given, Possible

__all__ = ["Answer", "Axis", "axis", "shared"]

Found = TypeVar("Found")


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
    given: Given


@attrs.frozen(eq=False)
class Axis:
    """A fact with its answers.

    Attributes:
        fact: The fact.
        answers: Its answers, in the order of the vocabulary.
    """

    fact: Fact
    answers: tuple[Answer, ...]


def axis(possible: Possible, key: str) -> Axis:
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
    return Axis(
        fact, tuple(_codes(possible, fact) if isinstance(fact, CodeSet) else _answers(possible, fact))
    )


def _answers(possible: Possible, fact: Fact) -> Iterator[Answer]:
    if fact.is_set:
        yield from _members(possible, fact)
        return
    cells = possible.solver.cells.get(fact.key)
    if fact.kind == "yes_no":
        for number, (word, answer) in enumerate((("yes", True), ("no", False))):
            alike = number if cells else 0
            yield Answer(word, word, alike, Given({fact.key: answer}))
    elif isinstance(fact, Country | Day):
        for number, cell in enumerate(cells or (Cell("any", ("any",)),)):
            given = Given({fact.key: cell.answer}) if cells else Given()
            yield Answer(" ".join(cell.stands_for), _group_words(fact, cell), number, given)
    else:
        for word, label in fact.labels().items():
            number = next(
                (place for place, cell in enumerate(cells or ()) if word in cell.stands_for), 0
            )
            yield Answer(word, label, number, Given({fact.key: word}))


def _group_words(fact: Fact, cell: Cell) -> str:
    names = [fact.labels().get(word, word) for word in cell.stands_for]
    return shortened(names, "and", most=3)


def _members(possible: Possible, fact: Fact) -> Iterator[Answer]:
    """No member, then each member alone; members that nothing asks about are like none."""
    asked = {question.member for question in possible.solver.questions.about.get(fact.key, ())}

    def given(member: str) -> Given:
        return Given({fact.asked(other).key: other == member for other in sorted(asked)})

    yield Answer("none", "none", 0, given(""))
    for number, (member, label) in enumerate(fact.labels().items(), start=1):
        yield Answer(member, label, number if member in asked else 0, given(member))


def _codes(possible: Possible, fact: Fact) -> Iterator[Answer]:
    """No entry, then one entry of each kind that the conditions tell apart."""
    patterns = possible.solver.patterns(fact.key)

    def given(code: str) -> Given:
        met = {fact.asked(item).key: bool(code) and code_matches(code, item) for item in patterns}
        return Given(met, {fact.key: MemberSet([code] if code else [])})

    yield Answer("none", "none", 0, given(""))
    cells = possible.solver.code_cells(fact.key)
    for number, cell in enumerate((cell for cell in cells if cell.matches), start=1):
        yield Answer(cell.code, cell.code, number, given(cell.code))


def both(frame: Given, *answers: Answer) -> Given:
    """Returns what is given with these answers in place of its own."""
    known: dict[str, Any] = dict(frame.answers)
    codes: dict[str, MemberSet] = dict(frame.codes)
    for answer in answers:
        known.update(answer.given.answers)
        codes.update(answer.given.codes)
    return Given(known, codes)


def shared(
    down: Axis, across: Axis, work: Callable[[Answer, Answer], Found]
) -> Mapping[tuple[str, str], Found]:
    """Returns what some work gives for each pair of answers, done once for pairs that are alike."""
    done: dict[tuple[int, int], Found] = {}
    found: dict[tuple[str, str], Found] = {}
    for one in down.answers:
        for two in across.answers:
            slot = (one.alike, two.alike)
            if slot not in done:
                done[slot] = work(one, two)
            found[one.name, two.name] = done[slot]
    return found
