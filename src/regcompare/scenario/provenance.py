"""Sources of a case and the facts that rest on them, disputes, replies, owners and earlier reports."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Iterable, Mapping
from typing import Any, Literal, get_args

import attrs

from regcompare.logic.conditions import Between, ends_of
from regcompare.vocabulary.sections import REPORT_LEVELS, REPORTED, ReportedMatter, ReportLevel

RecordKind = Literal[
    "delivered", "contract", "supply_disputed", "alleged", "licence", "refused", "refusal_set_aside",
    "withdrawn", "offer", "money_set_aside", "use_found",
]  # fmt: skip
RecordGroup = Literal[
    "deals", "supplies_disputed", "uses_found", "licences", "refused_or_withdrawn", "refusals_set_aside",
    "offers", "plans",
]  # fmt: skip
RECORD_GROUPS: Mapping[RecordGroup, tuple[str, str]] = {
    "deals": ("deal", "deals"),
    "supplies_disputed": ("supply disputed or charged", "supplies disputed or charged"),
    "uses_found": ("use found", "uses found"),
    "licences": ("licence", "licences"),
    "refused_or_withdrawn": ("application refused or withdrawn", "applications refused or withdrawn"),
    "refusals_set_aside": ("refusal set aside", "refusals set aside"),
    "offers": ("offer", "offers"),
    "plans": ("supply planned with public money", "supplies planned with public money"),
}
"""The groups of records that are counted apart, in the order of tables, in singular and plural."""
_RECORDS: Mapping[RecordKind, tuple[str, RecordGroup]] = {
    "delivered": ("delivered", "deals"),
    "contract": ("contract; nothing shows a delivery", "deals"),
    "supply_disputed": ("supply reported, and disputed", "supplies_disputed"),
    "alleged": ("supply alleged in a charge; nobody was convicted", "supplies_disputed"),
    "licence": ("licence granted; nothing shows a contract or a delivery", "licences"),
    "refused": ("licence refused", "refused_or_withdrawn"),
    "refusal_set_aside": ("licence refused; the refusal was set aside", "refusals_set_aside"),
    "withdrawn": ("application withdrawn", "refused_or_withdrawn"),
    "offer": ("offered or negotiated only", "offers"),
    "money_set_aside": ("public money set aside; nothing shows a supply", "plans"),
    "use_found": ("use found; a supply is inferred", "uses_found"),
}
RECORD_KINDS: Mapping[RecordKind, str] = {kind: words for kind, (words, _) in _RECORDS.items()}
"""The types of record about a case, in words."""
GROUP_OF: Mapping[RecordKind, RecordGroup] = {kind: group for kind, (_, group) in _RECORDS.items()}
"""The group in which a case is counted, by what is on record; only a delivery or contract is a deal."""

DateMeaning = Literal[
    "contract", "delivery", "offer", "application", "licence", "report", "use", "assistance",
    "allocation",
]  # fmt: skip
DATE_MEANINGS: Mapping[DateMeaning, str] = {
    "contract": "the contract was made",
    "delivery": "it was delivered",
    "offer": "it was offered or shown",
    "application": "a licence was applied for",
    "licence": "the licence was decided on",
    "report": "it was reported",
    "use": "it was used",
    "assistance": "the help was given",
    "allocation": "the money was set aside",
}
"""The events that can give a case its day, in words."""
ReplyPlace = Literal["own_site", "report", "press", "filings", "court"]
REPLY_PLACES: Mapping[ReplyPlace, str] = {
    "own_site": "its own site",
    "report": "the answers printed with the report",
    "press": "the press",
    "filings": "its annual reports and filings",
    "court": "court documents",
}
"""The sources in which a company's answer is looked for, in words."""
Moment = Literal["then", "now"]
MOMENTS: tuple[Moment, ...] = get_args(Moment)
"""The days on which somebody owns a company: that of the facts, and that of the source."""
Seen = Literal["whole", "part", "opening"]
SEEN: tuple[Seen, ...] = get_args(Seen)
"""The extents to which a source was read."""

HowKnown = Literal["account"]
"""The way in which a source that was not opened is known: by somebody else's account of it."""
HOW_KNOWN: tuple[HowKnown, ...] = get_args(HowKnown)
Levels = tuple[ReportLevel, ...]
LEVELS: Levels = tuple(level for level in REPORT_LEVELS if level != "none")
"""The levels on which a report can be, that of the end user first."""


def as_tuple(value: Iterable[Any]) -> tuple[Any, ...]:
    """Returns the items as a tuple."""
    return tuple(value)


@attrs.frozen(kw_only=True)
class Source:
    """A published source of a case."""

    id: str = ""
    title: str
    date: str = ""
    url: str = ""
    copy: str = ""
    publisher: str = ""
    opened: dt.date | None = None
    seen: Seen | None = None
    looked_for: dt.date | None = None
    known: HowKnown | None = None

    @property
    def address(self) -> str:
        """Its address; blank where none is given, or none is known."""
        return "" if self.url == "none" else self.url

    @property
    def link(self) -> str:
        """The address where it can be read, else that of a copy; blank where there is neither."""
        return self.address or self.copy


@attrs.frozen(kw_only=True)
class Basis:
    """The basis of a stated fact: its sources, or the reasons of whoever classified it."""

    classified: str = ""
    sources: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)


@attrs.frozen(kw_only=True)
class Disputed:
    """A stated fact that someone disputes."""

    fact: str
    by: str = ""
    note: str
    sources: tuple[str, ...] = attrs.field(default=(), converter=as_tuple)


@attrs.frozen(kw_only=True)
class Reply:
    """An answer of a company or a state that a case names, or a search that found none."""

    who: str
    words: str = ""
    source: str = ""
    day: str = ""
    looked_for: dt.date | None = None
    where: tuple[ReplyPlace, ...] = attrs.field(default=(), converter=as_tuple)
    terms: str = ""


@attrs.frozen(kw_only=True)
class Owner:
    """The owner of a company that a case names, or a search that found none."""

    of: str
    when: Moment
    name: str = ""
    source: str = ""
    looked_for: dt.date | None = None


@attrs.frozen(kw_only=True)
class Change:
    """A change of the account of a case, with its day."""

    day: dt.date
    what: str


@attrs.frozen(kw_only=True)
class Report:
    """Something published about the end user, its kind or its country; it counts if before the facts."""

    title: str
    day: str
    level: ReportLevel
    of: tuple[ReportedMatter, ...] = attrs.field(converter=as_tuple)
    url: str = ""
    source: str = ""

    def is_before(self, day: dt.date | Between | None) -> bool:
        """Returns whether it had certainly been published before a day."""
        first, _ = ends_of(day)
        return first is not None and last_day(self.day) < first


def levels_reported(reports: Iterable[Report], day: dt.date | Between | None) -> dict[str, ReportLevel]:
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


def first_day(rough: str) -> dt.date:
    """Returns the first day that a day, a month or a year can mean."""
    year, month, day = (*map(int, rough.split("-")), 1, 1)[:3]
    return dt.date(year, month, day)
