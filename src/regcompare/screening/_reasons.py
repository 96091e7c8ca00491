"""Why a row could not be used, in words that help to mend it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import attrs

from regcompare.conditions import questions
from regcompare.facts import AnswerError, Same
from regcompare.readings.frames.columns import read_value
from regcompare.scenarios import contradictions
from regcompare.vocabulary import Constraint, Vocabulary

from ._columns import PRESUME, fact_of
from ._rows import scenario_of_row

__all__ = ["Reasons"]

MOST_KEPT = 100_000
"""So many reasons are kept, since bad rows tend to be alike."""

UNTOLD = "The facts of the row contradict each other."


class Reasons:
    """Tells for rows that were refused what is wrong with them.

    Args:
        columns: The columns that hold facts.
        vocabulary: The facts.
        presume: As the rows were read.
        presumed: Likewise.
    """

    def __init__(
        self,
        columns: Sequence[str],
        vocabulary: Vocabulary,
        *,
        presume: str | None,
        presumed: Mapping[str, Any],
    ) -> None:
        facts = {fact.key: fact for fact in vocabulary.facts()}
        self._facts = {name: fact_of(name, facts) for name in columns}
        self._presume, self._presumed = presume, presumed
        self._constraints = [
            (
                attrs.evolve(vocabulary, constraints=(constraint,)),
                _asked(constraint, columns, vocabulary),
            )
            for constraint in vocabulary.constraints
        ]
        self._kept: dict[Any, tuple[str, ...]] = {}

    def of(self, row: Mapping[str, Any]) -> str:
        """Returns every wrong value of a row, or else the facts that contradict each other."""
        told = [reason for pair in row.items() for reason in self._wrong(*pair)]
        return " ".join(told or self._contradictory(row)) or UNTOLD

    def _wrong(self, name: str, value: Any) -> tuple[str, ...]:
        slot = name, value if isinstance(value, str | None) else repr(value)
        if slot not in self._kept:
            self._keep(slot, self._misread(name, value))
        return self._kept[slot]

    def _misread(self, name: str, value: Any) -> Iterator[str]:
        fact = self._facts.get(name)
        try:
            if fact is not None:
                read_value(fact, value)
        except AnswerError as error:
            yield str(error)

    def _contradictory(self, row: Mapping[str, Any]) -> list[str]:
        """Each constraint is tried with the facts alone that it asks for, which recur in many rows."""
        told: list[str] = []
        for place, (vocabulary, names) in enumerate(self._constraints):
            slot = place, repr([row[name] for name in names])
            if slot not in self._kept:
                self._keep(slot, self._broken({name: row[name] for name in names}, vocabulary))
            told += self._kept[slot]
        return told

    def _broken(self, row: Mapping[str, Any], vocabulary: Vocabulary) -> Iterator[str]:
        scenario = scenario_of_row(row, vocabulary, presume=self._presume, presumed=self._presumed)
        for constraint, facts in contradictions(scenario, vocabulary):
            yield f"The facts {', '.join(facts)} contradict each other. {constraint.sentence}"

    def _keep(self, slot: Any, reasons: Iterator[str]) -> None:
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        self._kept[slot] = tuple(reasons)


def _asked(constraint: Constraint, columns: Sequence[str], vocabulary: Vocabulary) -> Collection[str]:
    """The columns that bear on a constraint, with those whose answers the asked ones copy."""
    keys = {key.partition(":")[0] for key in questions([constraint.when, constraint.then])}
    copied = {
        fact.key: fact.ordinary.fact for fact in vocabulary.facts() if isinstance(fact.ordinary, Same)
    }
    while more := {copied[key] for key in keys if key in copied} - keys:
        keys |= more
    return [name for name in columns if name.partition(":")[0] in keys or name == PRESUME]
