"""The evaluation of an act: what the act says, what is published, and what could change, as reforms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Literal

import attrs

from regcompare.law import Citation

from .ruleset import Ruleset

Gap = Literal["tell_gap", "licence_gap", "refusal_gap"]
"""The difference between a reform and the act: who tells, what needs a licence or is refused."""


@attrs.frozen
class Passage:
    """A place in a text, with what it says in other words.

    Attributes:
        cite: The place.
        text: What it says, as a sentence.
    """

    cite: Citation
    text: str


@attrs.frozen
class Document:
    """A document that an evaluation can use, and how far it was read.

    Attributes:
        title: Its title or number.
        day: The day of it; None where that is not known.
        has: What it has.
        known: How much of it was read, as a sentence.
        url: Its address, or that of the account by which it is known; blank if none is known.
    """

    title: str
    day: dt.date | None
    has: str
    known: str
    url: str = ""


@attrs.frozen(eq=False)
class Limb:
    """A limb of an act that an evaluation could change, with the change as a reform.

    Attributes:
        id: A short name.
        cite: The provision as it is.
        today: What it says today, as a sentence.
        change: What would be so instead, as a sentence.
        reform: The act with the change.
        objection: The strongest objection to it, as a sentence or two.
        asks: In what the documented records would differ; blank where the change is a duty, which
            changes no outcome.
    """

    id: str
    cite: Citation
    today: str
    change: str
    reform: Ruleset
    objection: str
    asks: Gap | Literal[""] = ""


@attrs.frozen(eq=False)
class Evaluation:
    """The evaluation of an act.

    Attributes:
        act: The act.
        cite: The provision that requires it.
        opens: The first day on which it may be carried out, which is also the day of the law compared.
        closes: The day by which it must be carried out.
        says: What the act says of it.
        published: What it can use.
        unknown: What was looked for and not found or not read, as sentences.
        limbs: What it could change.
    """

    act: Ruleset
    cite: Citation
    opens: dt.date
    closes: dt.date
    says: tuple[Passage, ...]
    published: tuple[Document, ...]
    unknown: tuple[str, ...]
    limbs: tuple[Limb, ...]

    def texts(self) -> Iterator[str]:
        """Yields what readers see of it."""
        yield from (passage.text for passage in self.says)
        for document in self.published:
            yield from (document.title, document.has, document.known)
        yield from self.unknown
        for limb in self.limbs:
            yield from (limb.reform.title, limb.today, limb.change, limb.objection)
            duties = set(limb.reform.provisions.duties) - set(self.act.provisions.duties)
            yield from (str(duty.kind) for duty in duties)
