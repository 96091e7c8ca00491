"""Instruments of law, the pinpoint citations into them, and how a statement about them was checked."""

from __future__ import annotations

import enum
import re

import attrs

from ._fields import takes
from .errors import DefinitionError

__all__ = ["Checked", "Citation", "Instrument"]


class Checked(enum.StrEnum):
    """How an encoding was checked; ``rank`` orders the marks, weakest first."""

    UNVERIFIED = "unverified"
    """Not read: from general knowledge, to be checked before it is relied on."""
    INFERRED = "inferred"
    """Drawn from the wording or from two checked facts; not stated in so many words."""
    SECONDARY = "secondary"
    """Checked against a press release, a note, a report or a news item about the text."""
    TEXT = "text"
    """Checked against the text itself."""

    @property
    def rank(self) -> int:
        """Position in the order, 0 for the weakest."""
        return list(Checked).index(self)


@attrs.frozen
class Instrument:
    """A regulation, a proposal or another text that rules are taken from.

    Index it with a pinpoint to cite: ``REGULATION["Art. 5(1)"]``.

    Attributes:
        name: The short name used in citations, such as ``Reg. (EU) 2021/821``.
        title: The full title, in one line.
        reference: Where it was published, such as ``OJ L 206, 11.6.2021, p. 1``.
        celex: The CELEX number, or another stable identifier, where there is one.
    """

    name: str = attrs.field(validator=takes(str))
    title: str = attrs.field(validator=takes(str))
    reference: str = attrs.field(validator=takes(str))
    celex: str = attrs.field(default="", validator=takes(str, ""))

    def __getitem__(self, pinpoint: str) -> Citation:
        return Citation(self, pinpoint)

    def __str__(self) -> str:
        return f"{self.name} ({self.reference})"


@attrs.frozen
class Citation:
    """A place in an instrument.

    Attributes:
        instrument: The instrument.
        pinpoint: The place in it, such as ``Art. 5(1)`` or ``Annex II, Section A``.
    """

    instrument: Instrument = attrs.field(validator=takes(Instrument))
    pinpoint: str = attrs.field()

    @pinpoint.validator
    def _not_empty(self, _: object, value: object) -> None:
        if not isinstance(value, str) or not value.strip():
            msg = f"A citation of {self.instrument.name} needs a pinpoint such as 'Art. 5(1)'."
            raise DefinitionError(msg)

    @property
    def slug(self) -> str:
        """The pinpoint as an id: ``art-5-1``; a bare number such as ``A01`` stays as it is."""
        if re.fullmatch(r"[A-Z]+\d+[a-z]?", self.pinpoint):
            return self.pinpoint
        return re.sub(r"[^a-z0-9]+", "-", self.pinpoint.lower()).strip("-")

    def __str__(self) -> str:
        return f"{self.instrument.name} {self.pinpoint}"
