"""The standard for a case on record: a reader has to be able to check it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

import attrs

from regcompare.facts import UNKNOWN
from regcompare.scenario.provenance import MOMENTS
from regcompare.scenario.scenario import Scenario

Lacking = Literal[
    "kind", "date", "story", "sources", "basis", "address", "seen", "speaker", "dispute", "reply",
    "owner", "record", "shares",
]  # fmt: skip
LACKING: Mapping[Lacking, str] = {
    "kind": "what is on record, in the verb of its source (record_kind)",
    "date": "a day, and what happened then (date, date_means)",
    "story": "a story in plain words",
    "sources": "a source",
    "basis": "what a stated fact rests on (known_from)",
    "address": "the address of a source, or the day on which it was looked for",
    "seen": "how much of a source was read (seen)",
    "speaker": "who disputes a fact (by)",
    "dispute": "the source of a dispute",
    "reply": "what a named company says, or where an answer was looked for (replies)",
    "owner": "who owned the exporter then, and who owns it now (owners)",
    "record": "what became of a licence, and of a procedure (record)",
    "shares": "that what it takes over is meant to be the same (shares)",
}
"""Items that a case may be missing, each in words."""
COMPANIES = ("telecom_operator", "private_company", "same_group")
"""The kinds of end users that are companies."""


@attrs.frozen
class Lack:
    """Something that a case should say and does not.

    Attributes:
        what: What it lacks.
        of: The fact, source or company about which it does not say it; blank for the whole case.
    """

    what: Lacking
    of: str = ""

    @property
    def sentence(self) -> str:
        """The item that is missing, in words."""
        return f"{LACKING[self.what]}{f': {self.of}' if self.of else ''}"


def companies(case: Scenario) -> tuple[str, ...]:
    """Returns the companies that a case names among those who took part."""
    user = case.end_user.name if case.end_user.kind in COMPANIES else None
    names = [case.exporter.name, user, case.destination.purchaser_name, *case.known_intermediaries]
    return tuple(dict.fromkeys(name for name in names if isinstance(name, str) and name))


def lacks(case: Scenario) -> Iterator[Lack]:
    """Yields what a case on record lacks; nothing for any other case."""
    if not case.is_documented:
        return
    said: Mapping[Lacking, object] = {
        "kind": case.record_kind, "date": case.known_day and case.date_means, "story": case.story,
        "sources": case.sources,
    }  # fmt: skip
    yield from (Lack(what) for what, value in said.items() if not value)
    for key, answer in case.facts.items():
        basis = case.basis(key)
        if answer is not UNKNOWN and not (basis and (basis.sources or basis.classified)):
            yield Lack("basis", key)
    yield from _unsourced(case)
    yield from _unanswered(case)
    if case.record is None:
        yield Lack("record")
    for name in case.inherited:
        yield Lack("shares", name)


def advice(case: Scenario) -> str:
    """Returns what a case on record lacks, in a sentence; blank if it lacks nothing."""
    missing: dict[Lacking, list[str]] = {}
    for lack in lacks(case):
        missing.setdefault(lack.what, []).extend(filter(None, [lack.of]))
    said = (": ".join(filter(None, [LACKING[what], ", ".join(of)])) for what, of in missing.items())
    return f"{case.id} lacks, for a reader who wants to check it: {'; '.join(said)}." if missing else ""


def _unsourced(case: Scenario) -> Iterator[Lack]:
    for source in case.sources:
        if not (source.link or source.looked_for):
            yield Lack("address", source.id or source.title)
        if source.opened and not source.seen:
            yield Lack("seen", source.id or source.title)
    for dispute in case.disputed:
        if not dispute.by:
            yield Lack("speaker", dispute.fact)
        if not dispute.sources:
            yield Lack("dispute", dispute.fact)


def _unanswered(case: Scenario) -> Iterator[Lack]:
    answering = {reply.who for reply in case.replies}
    for company in companies(case):
        if company not in answering:
            yield Lack("reply", company)
    owned = {(owner.of, owner.when) for owner in case.owners}
    name = case.exporter.name
    for moment in MOMENTS if isinstance(name, str) else ():
        if (name, moment) not in owned:
            yield Lack("owner", f"{name}, {moment}")
