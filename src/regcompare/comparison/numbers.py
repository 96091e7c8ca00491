"""What every count has: four groups that together are what is counted, and both ends in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, get_args

from regcompare.errors import UsageError
from regcompare.words.catalogues import ENGLISH, Language

from .layers import Layer
from .tidy import Tabular

Answer = Literal["yes", "open", "no", "outside"]
ANSWERS: tuple[Answer, ...] = get_args(Answer)
"""Certainly; not known; certainly not; and outside the rules, which is none of these."""
ANSWER_WORDS: Mapping[Answer, str] = {
    "yes": "certainly",
    "open": "possibly",
    "no": "certainly not",
    "outside": "outside",
}
"""The groups of a count in words."""


class Numbers(Tabular):
    """The numbers of a count, each of them made from the sizes of its groups."""

    __slots__ = ()
    facts: Layer = "undisputed"
    """The facts that count; of what has no disputes nothing needs to be said."""

    @property
    def sizes(self) -> Mapping[Answer, int]:
        """How many there are of each answer."""
        raise NotImplementedError

    @property
    def certain(self) -> int:
        """Of how many it is certainly so."""
        return self.sizes["yes"]

    @property
    def at_most(self) -> int:
        """Of how many it is or may be so."""
        return self.certain + self.sizes["open"]

    @property
    def range(self) -> tuple[int, int]:
        """Both ends."""
        return self.certain, self.at_most

    @property
    def of(self) -> int:
        """How many are within the rules."""
        return self.at_most + self.sizes["no"]

    def number(self, language: Language = ENGLISH) -> str:
        """Returns both ends in words: what is certain, then the most."""
        return both_ends(*self.range, language)

    def _refuse_as_number(self, *_: object) -> Any:
        """A count is no single number, since it has two ends."""
        raise UsageError(
            "A count has two ends, so it is not one number: compare or convert `certain` or `at_most`."
        )

    __int__ = __float__ = __index__ = _refuse_as_number
    __lt__ = __le__ = __gt__ = __ge__ = _refuse_as_number

    def _size_columns(self) -> dict[str, int]:
        """The groups as columns of a row."""
        sizes = self.sizes
        return {
            "certain": self.certain, "at_most": self.at_most, "of": self.of, "open": sizes["open"],
            "certainly_not": sizes["no"], "outside": sizes["outside"],
        }  # fmt: skip


def both_ends(least: int, most: int, language: Language = ENGLISH) -> str:
    """Returns what is certain and the most in words."""
    if least == most:
        return str(least) if least else language.say("none")
    return language.say(
        "{least} certainly and at most {most}" if least else "none certainly and at most {most}",
        least=least,
        most=most,
    )
