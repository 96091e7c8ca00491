"""Tallies: of how many things, such as kinds of safeguard or states, something is so under a law."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import attrs

from regcompare._support.displays import Drawn, Pictures, draw
from regcompare.scenario.scenario import Scenario
from regcompare.words.catalogues import ENGLISH, Language

from .counts import Law, receipt_of
from .numbers import ANSWERS, Answer, Numbers
from .receipts import Receipt


@attrs.frozen(repr=False, eq=False)
class Tally(Drawn, Numbers):
    """Of how many named things something is so: certainly, possibly, not.

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

    def __repr__(self) -> str:
        return f"<Tally: {self.sentence()}>"

    def __str__(self) -> str:
        return self.sentence()

    def __len__(self) -> int:
        return len(self.answers)

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

    @property
    def sizes(self) -> dict[Answer, int]:
        """How many have each answer."""
        sizes = Counter(self.answers.values())
        return {answer: sizes[answer] for answer in ANSWERS}

    @property
    def counted(self) -> tuple[int, str]:
        """How many there are, and what so many are called."""
        return len(self), self.nouns[len(self) != 1]

    def sentence(self, language: Language = ENGLISH) -> str:
        """Returns the tally as a sentence with its law, its day and both ends."""
        return language.say(
            self.said, law=self.law.words(language), count=self.number(language), of=self.of,
            noun=language.say(self.nouns[self.of != 1]),
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

    @property
    def _pictures(self) -> Pictures:
        return {"bars": lambda: draw("counts", [(self,)])}

    def receipt(self) -> Receipt:
        """Returns what somebody else needs to get the same number."""
        number, noun = self.counted
        return receipt_of(f"{self.python}.range", self.range, f"{number} {noun}.", self.laws, self.cases)
