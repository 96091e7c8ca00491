"""Legal instruments, pinpoint citations of their provisions, and how the provisions are known."""

from __future__ import annotations

import datetime as dt
import enum
import re
from collections.abc import Iterable
from typing import Any

import attrs

from ._support.fields import each, require, takes, web_address
from ._support.ranked import Ranked
from .errors import DefinitionError, UsageError, did_you_mean, nearest

LANGUAGES = (
    *("bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr"),
    *("hu", "it", "lt", "lv", "mt", "nl", "pl", "pt", "ro", "sk", "sl", "sv"),
)
"""The languages in which texts with a CELEX number are published."""

_PLACE = re.compile(r"(Art|Annex)(?:s|es)?\.? ?(\d+[a-z]*|[IVXL]+[a-z]?)\b")
_SECTIONS = (
    ("https://www.ecfr.gov/", re.compile(r"§+ (\d+\.\d+)"), "/section-{}"),
    ("https://www.legislation.gov.uk/", re.compile(r"Arts?\.? (\d+[A-Z]*)"), "/article/{}"),
    ("https://www.legislation.gov.uk/", re.compile(r"regs? (\d+[A-Z]*)"), "/regulation/{}"),
)
"""Publishers with an address for each section: its start, the section in a pinpoint, and its end."""
_CELEX = re.compile(r"\d{5}[A-Z]{1,2}\d{4}(\(\d\d\))?(-\d{8})?")


class EvidenceLevel(Ranked):
    """The level of the evidence for a provision; ``rank`` orders the levels, weakest first."""

    UNREAD = "unread"
    """Not read by anybody: general knowledge or a guess, to be checked before it is relied on."""
    INFERRED = "inferred"
    """Inferred from the wording, or from known facts, by the author of the record."""
    SECONDARY = "secondary"
    """Known from an account by a third party: a press release, a note, a report or a news item."""
    OFFICIAL = "official"
    """Known from an account by the body that adopted the text, such as its own summary."""
    OWN = "own"
    """Read in the text of whoever demands it, which is no official text."""
    TEXT = "text"
    """Read in the official text."""


@attrs.frozen
class Evidence:
    """The evidence for a provision: its level, the document, and the day on which that was read.

    Attributes:
        level: How the provision is known.
        document: The document that was read, in which version: the CELEX number of a consolidated
            version, such as ``02021R0821-20260921``, or title and date; blank if none is recorded.
        read_on: The day on which it was read.
        note: What else a reader should know, such as which part was read.
    """

    level: EvidenceLevel = attrs.field(validator=takes(EvidenceLevel))
    document: str = attrs.field(default="", validator=takes(str, ""))
    read_on: dt.date | None = attrs.field(default=None, validator=takes(dt.date, None))
    note: str = attrs.field(default="", validator=takes(str, ""))

    @property
    def rank(self) -> int:
        """The rank of its level, 0 for the weakest."""
        return self.level.rank

    def record(self) -> dict[str, str | None]:
        """Returns the evidence as plain data."""
        return {
            "level": self.level.value,
            "document": self.document,
            "read_on": self.read_on.isoformat() if self.read_on else None,
            "note": self.note,
        }


UNRECORDED = Evidence(EvidenceLevel.INFERRED, note="no record")
"""The evidence for a provision if neither it nor its ruleset has any."""


def as_evidence(value: EvidenceLevel | Evidence | None) -> Evidence | None:
    """Converts a bare level to evidence without a document; returns other values unchanged."""
    return Evidence(value) if isinstance(value, EvidenceLevel) else value


def weakest(levels: Iterable[EvidenceLevel]) -> EvidenceLevel | None:
    """Returns the weakest of these levels; None if there are none."""
    return min(levels, default=None)


def link_language(lang: str) -> str:
    """Returns a language if the law can be linked in it, and English otherwise."""
    return lang if lang in LANGUAGES else "en"


class SaidBy(enum.StrEnum):
    """The maker of a statement behind a rule of a proposal."""

    PROPOSER = "the proposer alone"
    COALITION = "a coalition with the proposer"
    ANOTHER = "someone else, about the proposer"


@attrs.frozen
class Statement:
    """A published statement on which a rule or duty of a proposal is based.

    Attributes:
        title: Who published what, in one line.
        said_by: Whether the proposer says so, alone or with others, or somebody else about the proposer.
        date: The day of publication; the last day of the month if only that is known; None if unknown.
        checked: How the statement is known.
        address: The address at which it can be read; blank if none is known.
    """

    title: str = attrs.field(validator=takes(str))
    said_by: SaidBy = attrs.field(validator=takes(SaidBy), kw_only=True)
    date: dt.date | None = attrs.field(validator=takes(dt.date, None), kw_only=True)
    checked: Evidence = attrs.field(converter=as_evidence, validator=takes(Evidence), kw_only=True)
    address: str = attrs.field(default="", validator=web_address, kw_only=True)

    def __str__(self) -> str:
        day = f", {self.date}" if self.date else ""
        return f"{self.title}{day} ({self.said_by}; {self.checked.level})"


CHECKED_FIELD = (Evidence, EvidenceLevel, None)
"""The types that a field ``checked`` accepts after ``as_evidence`` has converted a bare level."""


@attrs.frozen
class Instrument:
    """A regulation, a proposal or another text from which rules are taken.

    Index it with a pinpoint to cite a place in it: ``REGULATION["Art. 5(1)"]``.

    Attributes:
        name: The short name used in citations, such as ``Reg. (EU) 2021/821``.
        title: The full title, in one line.
        reference: Where it was published, such as ``OJ L 206, 11.6.2021, p. 1``.
        celex: The CELEX number, if there is one.
        states: The days of its known consolidated versions, in any order.
        address: The address of a text without a CELEX number.
        checked: How its provisions are known, if they do not say.
        headings: Nothing any more; until the next release it may be given.
    """

    name: str = attrs.field(validator=takes(str))
    title: str = attrs.field(validator=takes(str))
    reference: str = attrs.field(validator=takes(str))
    celex: str = attrs.field(default="", validator=takes(str, ""))
    states: tuple[dt.date, ...] = attrs.field(default=(), validator=each(dt.date), kw_only=True)
    address: str = attrs.field(default="", validator=web_address, kw_only=True)
    checked: Evidence | None = attrs.field(
        default=None, converter=as_evidence, validator=takes(*CHECKED_FIELD), kw_only=True
    )
    headings: object = attrs.field(default=None, kw_only=True, eq=False, repr=False)

    def __getitem__(self, pinpoint: str) -> Citation:
        return Citation(self, pinpoint)

    def __str__(self) -> str:
        return f"{self.name} ({self.reference})"

    def state_on(self, day: dt.date | None) -> str:
        """Returns the CELEX number of the version in force on a day, or else of the act as published."""
        latest = max((state for state in self.states if day and state <= day), default=None)
        return f"0{self.celex[1:]}-{latest:%Y%m%d}" if latest else self.celex

    def url(self, day: dt.date | None = None, lang: str = "en") -> str:
        """Returns the address of the official text as it was on a day; blank if none is known.

        Args:
            day: The day; by default, the act as published.
            lang: The language, one of ``LANGUAGES``.

        Raises:
            UsageError: The text is not published in the language.
        """
        if not _CELEX.fullmatch(self.celex):
            return self.address
        if lang not in LANGUAGES:
            found = f"{lang!r} is not a language in which the law can be linked: {', '.join(LANGUAGES)}."
            raise UsageError(f"{found}{did_you_mean(nearest(lang, LANGUAGES))}")
        place = f"{lang.upper()}/TXT/?uri=CELEX:{self.state_on(day)}"
        return f"https://eur-lex.europa.eu/legal-content/{place}"


@attrs.frozen
class Citation:
    """A place in an instrument.

    Attributes:
        instrument: The instrument.
        pinpoint: The place in it, such as ``Art. 5(1)`` or ``Annex II, Section A``.
        checked: How this place is known, if that differs from the rest of the instrument.
        amendments: The places in later acts that amended it, in chronological order.
        since: The first day on which the text has it as cited; no older version is linked.
        inserted_by: The CELEX number of the act that brought it, linked until a version has it.
        address: The address of the place itself, where its publisher has one for every day.
    """

    instrument: Instrument = attrs.field(validator=takes(Instrument))
    pinpoint: str = attrs.field()
    checked: Evidence | None = attrs.field(
        default=None, converter=as_evidence, validator=takes(*CHECKED_FIELD), kw_only=True, eq=False
    )
    amendments: tuple[Citation, ...] = attrs.field(default=(), kw_only=True, eq=False)
    since: dt.date | None = attrs.field(
        default=None, validator=takes(dt.date, None), kw_only=True, eq=False
    )
    inserted_by: str = attrs.field(default="", validator=takes(str, ""), kw_only=True, eq=False)
    address: str = attrs.field(default="", validator=web_address, kw_only=True, eq=False)

    @pinpoint.validator
    def _not_empty(self, _: object, value: object) -> None:
        if not isinstance(value, str) or not value.strip():
            msg = f"A citation of {self.instrument.name} needs a pinpoint such as 'Art. 5(1)'."
            raise DefinitionError(msg)

    def amended_by(self, *amendments: Citation) -> Citation:
        """Returns the citation with further amendments, which are citations.

        Example:
            ``ACT["Art. 5"].amended_by(LATER["Art. 1(3)"])``
        """
        for item in amendments:
            require(f"{self}.amended_by()", "amendment", item, Citation)
        return attrs.evolve(self, amendments=(*self.amendments, *amendments))

    @property
    def history(self) -> str:
        """The amendments of the place, in words; blank if there are none."""
        return f"as amended by {' and '.join(map(str, self.amendments))}" if self.amendments else ""

    @property
    def slug(self) -> str:
        """The pinpoint as an id: ``art-5-1``; for a number such as ``A01 (para. 3)``, the number."""
        if number := re.match(r"[A-Z]+\d+[a-z]?(?= \(|$)", self.pinpoint):
            return number[0]
        return re.sub(r"[^a-z0-9]+", "-", self.pinpoint.lower()).strip("-")

    @property
    def evidence(self) -> Evidence | None:
        """The evidence for the place: its own record, or that of the instrument."""
        return self.checked or self.instrument.checked

    @property
    def anchor(self) -> str:
        """The end of the address that opens the first article, annex or section of the place."""
        if _CELEX.fullmatch(self.instrument.celex):
            place = _PLACE.match(self.pinpoint)
            return f"#{'art' if place[1] == 'Art' else 'anx'}_{place[2]}" if place else ""
        address = self.instrument.address
        of_publisher = ((pattern, end) for start, pattern, end in _SECTIONS if address.startswith(start))
        sections = ((pattern.match(self.pinpoint), end) for pattern, end in of_publisher)
        return next((end.format(found[1]) for found, end in sections if found), "")

    def url(self, day: dt.date | None = None, lang: str = "en") -> str:
        """Returns the address of the text as it was on a day, in a language; see ``Instrument.url``.

        It opens at the article or annex where the publisher's texts have anchors.  Before a version has
        the place, the address is that of the act that brought it, or of the text as such.
        """
        if self.address:
            return self.address
        text, since = self.instrument, self.since
        if since and not any(since <= state <= (day or state) for state in text.states):
            brought = attrs.evolve(text, celex=self.inserted_by or text.celex, states=())
            return brought.url(lang=lang) + ("" if self.inserted_by else self.anchor)
        return text.url(day, lang) + self.anchor

    def __str__(self) -> str:
        return f"{self.instrument.name} {self.pinpoint}"


def required_citation(value: Citation) -> Citation:
    """Checks a citation; a converter, because it runs before the defaults that need the citation.

    Raises:
        DefinitionError: The value is something else.
    """
    if not isinstance(value, Citation):
        msg = f"A provision needs a citation first, such as REGULATION['Art. 5(1)']; found {value!r}."
        raise DefinitionError(msg, "RC410")
    return value


ID_FROM_CITATION: Any = attrs.Factory(lambda provision: provision.cite.slug, takes_self=True)
"""The id of a provision by default, made from its citation."""
