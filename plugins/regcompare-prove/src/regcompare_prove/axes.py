"""Axes of maps: the answers to a fact in order; equivalent answers share their evaluation."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from itertools import product
from typing import TypeVar

import attrs

from regcompare.errors import UsageError, did_you_mean, nearest
from regcompare.facts import CodeSet, Country, Day, Fact, MemberSet
from regcompare.logic.codes import code_matches
from regcompare.program.cells import Cell
from regcompare.words.lexicon import listing, short_list

from .encoding import KnownAnswers
from .regimes import PossibleCases

Result = TypeVar("Result")

Pair = tuple[str, str]
"""The names of an answer to each of the two facts of a map."""

_MAX_NAMED = 6
"""The most answers that a sentence names."""

DEFAULT_FACTS = ("item.technology", "end_user.kind")
"""The facts that possible cases are grouped by, by default."""


@attrs.frozen
class Answer:
    """One answer to a fact, or a group of countries or days that no condition distinguishes.

    Attributes:
        name: The answer as a file writes it; for a group all of them, separated by spaces.
        cell_number: The number of its cell; no condition distinguishes two answers of one cell.
        known_answers: The answer as the solver takes it.
    """

    name: str
    label: str
    cell_number: int
    known_answers: KnownAnswers

    @property
    def short(self) -> str:
        """The shorter of name and label."""
        return min(self.name, self.label, key=len)

    def __data__(self) -> str:
        return self.name


@attrs.frozen(eq=False)
class Axis:
    """A fact with its answers, in the order of the vocabulary."""

    fact: Fact
    answers: tuple[Answer, ...]


def where(axes: tuple[Axis, Axis], pairs: Collection[Pair], among: Collection[Pair]) -> str:
    """Returns in words for which answers something is so, by the answers and without their number.

    ``among`` are all answers to the two facts that were asked about.
    """
    down, across = (axis.fact.key for axis in axes)
    others = set(among).difference(pairs)
    if not pairs:
        return "nowhere"
    if not others:
        return f"whatever {down} and {across}"
    for word, chosen in (("where", set(pairs)), ("except where", others)):
        if words := _all_of(axes, chosen, set(among)):
            return f"{word} {words}"
    return f"for some answers to {down} and {across}"


def _all_of(axes: tuple[Axis, Axis], chosen: set[Pair], among: set[Pair]) -> str:
    """The answers to each fact whose pairs these are; blank if they are not all pairs of some."""
    names, every = ([{pair[side] for pair in pairs} for side in (0, 1)] for pairs in (chosen, among))
    if chosen != {pair for pair in among if pair[0] in names[0] and pair[1] in names[1]}:
        return ""
    groups = [group for group in zip(axes, names, every, strict=True) if group[1] != group[2]]
    clauses = [_is_one_of(*group) for group in groups]
    return "" if "" in clauses else " and ".join(clauses)


def _is_one_of(axis: Axis, names: set[str], among: set[str]) -> str:
    """The clause that the answer is one of some, or none of the others; blank if both are many."""
    for word, chosen in (("is", names), ("is not", among - names)):
        if len(chosen) <= _MAX_NAMED:
            labels = [item.short for item in axis.answers if item.name in chosen]
            return f"{axis.fact.key} {word} {listing(labels, 'or')}"
    return ""


def axes(cases: PossibleCases, by: tuple[str, str]) -> tuple[Axis, Axis]:
    """Returns the answers to the two facts of a map.

    Raises:
        UsageError: One of them is unknown, or both are the same.
    """
    down, across = by
    if down == across:
        raise UsageError(f"A map needs two different facts; {down} was named twice.")
    return axis(cases, down), axis(cases, across)


def axis(cases: PossibleCases, key: str) -> Axis:
    """Returns the answers to a fact, for a map.

    A choice has a line for each answer; a country or a day has one for each cell; a set has one for each
    member alone, and one for none.

    Raises:
        UsageError: There is no such fact; the text names the nearest.
    """
    facts = cases.solver.facts
    if key not in facts:
        hint = did_you_mean(nearest(key, facts))
        raise UsageError(f"There is no fact {key!r}; `regcompare facts` lists them.{hint}")
    fact = facts[key]
    answers_of = _codes if isinstance(fact, CodeSet) else _members if fact.is_set else _answers
    return Axis(fact, tuple(answers_of(cases, fact)))


def _answers(cases: PossibleCases, fact: Fact) -> Iterator[Answer]:
    cells = cases.solver.cells.get(fact.key)
    if fact.kind == "yes_no":
        for number, (word, answer) in enumerate((("yes", True), ("no", False))):
            yield Answer(word, word, number if cells else 0, KnownAnswers({fact.key: answer}))
    elif isinstance(fact, Country | Day):
        for number, cell in enumerate(cells or (Cell("any", ("any",)),)):
            known_answers = KnownAnswers({fact.key: cell.answer}) if cells else KnownAnswers()
            names = [fact.labels().get(word, word) for word in cell.equivalents]
            words = short_list(names, "and", most=3)
            yield Answer(" ".join(cell.equivalents), words, number, known_answers)
    else:
        for word, label in fact.labels().items():
            numbers = (at for at, cell in enumerate(cells or ()) if word in cell.equivalents)
            yield Answer(word, label, next(numbers, 0), KnownAnswers({fact.key: word}))


def _members(cases: PossibleCases, fact: Fact) -> Iterator[Answer]:
    """No member, then each member alone; a member that no condition asks about equals none."""
    asked_members = {question.member for question in cases.solver.questions.about.get(fact.key, ())}

    def known_answers(member: str) -> KnownAnswers:
        return KnownAnswers({fact.asked(other).key: other == member for other in sorted(asked_members)})

    yield Answer("none", "none", 0, known_answers(""))
    for number, (member, label) in enumerate(fact.labels().items(), start=1):
        yield Answer(member, label, number if member in asked_members else 0, known_answers(member))


def _codes(cases: PossibleCases, fact: Fact) -> Iterator[Answer]:
    """No entry, then one entry of each cell."""
    patterns = cases.solver.patterns.get(fact.key, ())

    def known_answers(code: str) -> KnownAnswers:
        matches = {fact.asked(item).key: bool(code) and code_matches(code, item) for item in patterns}
        return KnownAnswers(matches, {fact.key: MemberSet([code] if code else [])})

    yield Answer("none", "none", 0, known_answers(""))
    for number, cell in enumerate(cases.solver.codes.get(fact.key, ()), start=1):
        yield Answer(cell.code, cell.code, number, known_answers(cell.code))


def evaluated_pairs(
    down: Axis, across: Axis, evaluate: Callable[[Answer, Answer], Result]
) -> Iterator[tuple[Answer, Answer, Result]]:
    """Yields each pair of answers with its result, evaluated once for each pair of cells."""
    results: dict[tuple[int, int], Result] = {}
    for pair in product(down.answers, across.answers):
        numbers = (pair[0].cell_number, pair[1].cell_number)
        if numbers not in results:
            results[numbers] = evaluate(*pair)
        yield *pair, results[numbers]
