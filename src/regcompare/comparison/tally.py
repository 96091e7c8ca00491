"""Tallies: of how many named things that are no records something is so under a law."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from regcompare.scenario.scenario import Scenario
from regcompare.words.catalogues import ENGLISH, Language

from .counts import Law, receipt_of
from .numbers import ANSWERS, Answer, Numbers
from .receipts import Receipt
from .tidy import Tabular


@attrs.frozen(repr=False, eq=False)
class Tally(Numbers, Tabular[dict[str, Any]]):
    """Of how many named things, such as kinds of safeguard or states, something is so.

    It is no ``Count``: a kind or a state has no facts and no verdict of its own, so there is no measure
    to ask it and no layer of facts; the answer of each is given.

    Attributes:
        head: What is asked, as the heading of a column.
        said: Its sentence, with ``{law}``, ``{count}``, ``{of}`` and ``{noun}``.
        law: The law, with the day on which it is read.
        answers: The answer of each thing.
        nouns: What one and what several of them are called.
        python: The line that makes it in Python.
        cases: The cases of which it was asked.
    """

    head: str
    said: str
    law: Law
    answers: Mapping[str, Answer]
    nouns: tuple[str, str]
    python: str
    cases: tuple[Scenario, ...] = ()

    @property
    def laws(self) -> tuple[Law, ...]:
        """The law alone."""
        return (self.law,)

    @property
    def groups(self) -> dict[Answer, tuple[str, ...]]:
        """The things by answer; together they are all."""
        return {
            answer: tuple(name for name, given in self.answers.items() if given == answer)
            for answer in ANSWERS
        }

    def noun(self, number: int) -> str:
        """Returns what so many of them are called."""
        return self.nouns[number != 1]

    def sentence(self, language: Language = ENGLISH) -> str:
        """Returns the tally as a sentence with its law, its day and both ends."""
        return language.say(
            self.said, law=self.law.words(language), count=self.number(language), of=self.of,
            noun=language.say(self.noun(self.of)),
        )  # fmt: skip

    def row(self) -> dict[str, Any]:
        """Returns the tally itself as a row."""
        return {
            "population": self.nouns[1], "records": len(self), **self.law.columns(),
            "measure": self.head, **self._size_columns(),
        }  # fmt: skip

    def to_dicts(self) -> list[dict[str, Any]]:
        """Returns one row for each thing, with its answer."""
        name = self.nouns[0]
        return [
            {name: thing, **self.law.columns(), "answer": answer}
            for thing, answer in self.answers.items()
        ]

    def receipt(self) -> Receipt:
        """Returns what somebody else needs to get the same number."""
        number, noun = self.counted
        return receipt_of(f"{self.python}.range", self.range, f"{number} {noun}.", self.laws, self.cases)
