"""Where the facts of a case come from: its sources, what each supports, who disputes what, reports."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Iterable, Mapping
from typing import Any, Literal, get_args

import attrs

from regcompare.vocabulary.sections import REPORT_LEVELS, REPORTED, ReportedMatter, ReportLevel

RecordKind = Literal["delivered", "contract", "licence", "refused", "withdrawn", "offer", "use_found"]
RECORD_KINDS: Mapping[RecordKind, str] = {
    "delivered": "delivered",
    "contract": "contract; nothing shows a delivery",
    "licence": "licence granted; nothing shows a contract or a delivery",
    "refused": "licence refused",
    "withdrawn": "application withdrawn",
    "offer": "offered or negotiated only",
    "use_found": "use found; a supply is inferred",
}
"""What is on record about a case."""
RecordGroup = Literal["deals", "uses_found", "licences", "refused_or_withdrawn", "offers"]
RECORD_GROUPS: Mapping[RecordGroup, tuple[str, str]] = {
    "deals": ("deal", "deals"),
    "uses_found": ("use found", "uses found"),
    "licences": ("licence", "licences"),
    "refused_or_withdrawn": (
        "application refused or withdrawn",
        "applications refused or withdrawn",
    ),
    "offers": ("offer", "offers"),
}
"""What is counted apart, in the order of tables, each in the singular and the plural."""
GROUP_OF: Mapping[RecordKind, RecordGroup] = {
    "delivered": "deals",
    "contract": "deals",
    "use_found": "uses_found",
    "licence": "licences",
    "refused": "refused_or_withdrawn",
    "withdrawn": "refused_or_withdrawn",
    "offer": "offers",
}
"""The group in which a case is counted, by what is on record; only a delivery or contract is a deal."""

HowKnown = Literal["account"]
"""How a source that was not opened is known: by somebody else's account of it."""
HOW_KNOWN: tuple[HowKnown, ...] = get_args(HowKnown)
Levels = tuple[ReportLevel, ...]
LEVELS: Levels = tuple(level for level in REPORT_LEVELS if level != "none")
"""How close to the end user a report can come, the closest first."""


def _tuple(value: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(value)


@attrs.frozen(kw_only=True)
class Source:
    """A published source of a case.

    Attributes:
        id: A short name, unique in the case, by which facts refer to it.
        title: Author and title.
        date: When it was published: a day, a month or a year.
        url: Where it is found; ``none`` says that no address is known.
        publisher: Who published it.
        opened: The day on which its address was opened and read.
        looked_for: The day on which an address was looked for in vain.
        known: ``account`` if it was not opened and is known by somebody else's account.
    """

    id: str = ""
    title: str
    date: str = ""
    url: str = ""
    publisher: str = ""
    opened: dt.date | None = None
    looked_for: dt.date | None = None
    known: HowKnown | None = None

    @property
    def address(self) -> str:
        """Its address; blank where none is given, or none is known."""
        return "" if self.url == "none" else self.url


@attrs.frozen(kw_only=True)
class Basis:
    """What a stated fact rests on.

    Attributes:
        classified: Why whoever encoded the case classified it so, where no source states it.
        sources: The ids of the sources that state it, or from which it is drawn.
    """

    classified: str = ""
    sources: tuple[str, ...] = attrs.field(default=(), converter=_tuple)


@attrs.frozen(kw_only=True)
class Disputed:
    """A stated fact that someone disputes.

    Attributes:
        fact: The fact.
        by: Who disputes it.
        note: What they say.
        sources: The ids of the sources that carry what they say.
    """

    fact: str
    by: str = ""
    note: str
    sources: tuple[str, ...] = attrs.field(default=(), converter=_tuple)


@attrs.frozen(kw_only=True)
class Report:
    """Something published about the end user, its kind or its country; it counts if before the facts.

    Attributes:
        title: Author and title.
        day: When it was published: a day, a month or a year.
        level: How close to the end user it comes.
        of: What it reports.
        url: Where it is found.
        source: The id of the source that it is, or by which it is known.
    """

    title: str
    day: str
    level: ReportLevel
    of: tuple[ReportedMatter, ...] = attrs.field(converter=_tuple)
    url: str = ""
    source: str = ""

    def is_before(self, day: dt.date | None) -> bool:
        """Whether it had certainly been published before a day."""
        return day is not None and last_day(self.day) < day


def levels_reported(reports: Iterable[Report], day: dt.date | None) -> dict[str, ReportLevel]:
    """Returns for each matter the nearest level of the reports published before a day."""
    earlier = [report for report in reports if report.is_before(day)]
    return {
        matter: min((report.level for report in earlier if matter in report.of), key=LEVELS.index)
        for matter in REPORTED
        if any(matter in report.of for report in earlier)
    }


def last_day(rough: str) -> dt.date:
    """Returns the last day that a day, a month or a year can mean."""
    year, month, day = (*map(int, rough.split("-")), 0, 0)[:3]
    month = month or 12
    return dt.date(year, month, day or monthrange(year, month)[1])
