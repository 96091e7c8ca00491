"""What every count has: four groups that together are what is counted, and the faces made from them.

Of records it is a ``Count``, which has their verdicts; of other named things, such as kinds of safeguard
and states, a ``Tally``; of the rows of a table, which have no names, the sizes of the groups alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, get_args

from regcompare._support.displays import Drawn, Pictures, draw
from regcompare.errors import UsageError
from regcompare.words.catalogues import ENGLISH, Language

from .layers import Layer
from .receipts import Receipt

if TYPE_CHECKING:
    from .counts import Law

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


class Groups(dict[Answer, tuple[str, ...]]):
    """The names of what is counted, by answer; any other answer is refused in words."""

    def __missing__(self, answer: object) -> tuple[str, ...]:
        raise UsageError(f"There is no answer {answer!r}. Expected {', '.join(ANSWERS)}.")


class Numbers(Drawn):
    """Of how many of what is counted something is so: certainly, possibly, not; or it is outside."""

    __slots__ = ()
    facts: Layer = "undisputed"
    """The facts that count; of what has no disputes nothing needs to be said."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self.sentence()}>"

    def __str__(self) -> str:
        return self.sentence()

    def __len__(self) -> int:
        return sum(self.sizes.values())

    if TYPE_CHECKING:  # What each kind of count has; of some, as fields.

        @property
        def laws(self) -> tuple[Law, ...]:
            """The law, or two."""

        @property
        def groups(self) -> Mapping[Answer, tuple[str, ...]]:
            """The names of what is counted, by answer; together they are all of it."""

        @property
        def head(self) -> str:
            """The heading of a column: what is asked."""

        def noun(self, number: int) -> str:
            """Returns what so many of what is counted are called."""

        def sentence(self, language: Language = ENGLISH) -> str:
            """Returns the count as a sentence with its law, its day, what it is of and both ends."""

        def row(self) -> dict[str, Any]:
            """Returns the count itself as a row: what is asked of what, under what, and its groups."""

        def receipt(self) -> Receipt:
            """Returns what somebody else needs to get the same number."""

    @property
    def law(self) -> Law:
        """The law; of two, that which is put beside the first."""
        return self.laws[-1]

    @property
    def sizes(self) -> Mapping[Answer, int]:
        """Numbers of the records of each answer."""
        return {answer: len(self.groups[answer]) for answer in ANSWERS}

    @property
    def counted(self) -> tuple[int, str]:
        """The number of them, with what so many are called."""
        return len(self), self.noun(len(self))

    @property
    def _pictures(self) -> Pictures:
        return {"bars": lambda: draw("counts", [(self,)])}

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
        """The number of those within the rules."""
        return self.at_most + self.sizes["no"]

    def number(self, language: Language = ENGLISH) -> str:
        """Returns both ends in words: what is certain, then the most."""
        least, most = self.range
        if least == most:
            return str(least) if least else language.say("none")
        return language.say(
            "{least} certainly and at most {most}" if least else "none certainly and at most {most}",
            least=least,
            most=most,
        )

    def _refuse_as_number(self, *_: object) -> Any:
        """A count is no single number, since it has two ends."""
        raise UsageError(
            "A count has two ends, so it is not one number: compare or convert `certain` or `at_most`."
        )

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def _refuse_sum(self, *_: object) -> Any:
        """Counts may count the same things, so they have no sum."""
        raise UsageError(
            "Counts do not add up, since they may count the same: count a population that has both, or "
            "use by(column)."
        )

    __add__ = __radd__ = __sub__ = __rsub__ = _refuse_sum
    __int__ = __float__ = __index__ = __round__ = _refuse_as_number
    __lt__ = __le__ = __gt__ = __ge__ = _refuse_as_number

    def _size_columns(self) -> dict[str, int]:
        """The groups as columns of a row."""
        sizes = self.sizes
        return {
            "certain": self.certain, "at_most": self.at_most, "of": self.of, "open": sizes["open"],
            "certainly_not": sizes["no"], "outside": sizes["outside"],
        }  # fmt: skip
