"""What is on record of a case, whole: its kind and day, disputes, replies, owners, reports, sources.

The fact sheet, the page of a case and a citation take it from here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from regcompare.facts import written
from regcompare.logic.conditions import Between
from regcompare.scenario.provenance import (
    DATE_MEANINGS,
    RECORD_KINDS,
    REPLY_PLACES,
    Owner,
    Reply,
    Report,
)
from regcompare.scenario.scenario import Scenario
from regcompare.views.document import Bullets, Inline, LineContent, Link, Section
from regcompare.views.sentences import record_lines, source_line
from regcompare.vocabulary import CORE
from regcompare.vocabulary.sections import REPORT_LEVELS, REPORTED
from regcompare.words.catalogues import ENGLISH, Language
from regcompare.words.lexicon import listing

_STATEMENTS = {
    "date": "The day",
    "record_kind": "What is on record",
    "sale": "Which deal it is",
    "story": "The story",
    "discretion": "How a power was used",
    "record": "What happened",
}


def record_sections(case: Scenario, language: Language = ENGLISH) -> list[Section]:
    """Returns the sections on a case; those of which it says nothing are empty, and are not shown.

    Headings are in the language, what is below them is English.
    """
    say = language.say
    lines: Iterable[tuple[str, str, Iterable[LineContent]]] = (
        ("record", say("What happened"), _on_record(case)),
        ("disputed", say("What is disputed"), dispute_lines(case)),
        ("replies", say("What those who are named say"), reply_lines(case)),
        ("owners", say("Who owns the companies"), (_owner(item, case) for item in case.owners)),
        ("reports", say("What had been reported"), (_report(item, case) for item in case.reports)),
        ("classified", say("Our own classification, stated by no source"), _classified(case)),
        ("sources", say("Sources"), map(source_line, case.sources)),
        ("changes", say("What changed in this account"), _changes(case)),
    )
    return [Section(title, [Bullets(items, name)], name, language.mark) for name, title, items in lines]


def _on_record(case: Scenario) -> Iterator[str]:
    """Yields sentences on what is on record, what the day means, and what happened to the export."""
    yield from _kind_and_day(case)
    yield from record_lines(case)


def _kind_and_day(case: Scenario) -> Iterator[str]:
    if case.record_kind:
        yield f"On record: {RECORD_KINDS[case.record_kind]}."
    if case.date_means and case.known_day:
        yield f"{DATE_MEANINGS[case.date_means].capitalize()}: {day_words(case)}."


def record_sentence(case: Scenario) -> str:
    """Returns what is on record and what happened on the day of a case, in one line."""
    return " ".join(_kind_and_day(case))


def day_words(case: Scenario) -> str:
    """Returns the day of a case in words: a day, a month, a year, or between which days it was."""
    day = case.known_day
    if isinstance(day, Between):
        first, _, last = str(day).partition(" to ")
        return f"between {first} and {last}" if last else f"some day of {first}"
    return str(day) if day else "not known"


def dispute_lines(case: Scenario) -> Iterator[tuple[Inline, ...]]:
    """Yields who disputes what, in which words, and where."""
    for item in case.disputed:
        fact = CORE.by_key.get(item.fact)
        what = fact.question if fact is not None else f"{_STATEMENTS.get(item.fact, item.fact)}."
        by = f"{item.by[:1].upper()}{item.by[1:]}: " if item.by else ""
        yield (f"{what} {by}{item.note}", *_where(item.sources, case))


def reply_lines(case: Scenario) -> Iterator[tuple[Inline, ...]]:
    """Yields what those who are named say, or where an answer was looked for."""
    for item in case.replies:
        if item.words:
            day = f" ({item.day})" if item.day else ""
            yield (f"{item.who}{day}: {item.words}", *_where([item.source], case))
        else:
            yield (_sought(item),)


def _sought(reply: Reply) -> str:
    places = listing([REPLY_PLACES[place] for place in reply.where], "and")
    return (
        f"{reply.who}: no answer was found. It was looked for on {reply.looked_for} in {places}, "
        f"by the words {reply.terms}."
    )


def _owner(owner: Owner, case: Scenario) -> tuple[Inline, ...]:
    if not owner.name:
        return (f"{owner.of}, {owner.when}: looked for on {owner.looked_for}, not found.",)
    return (f"{owner.of}, {owner.when}: {owner.name}", *_where([owner.source], case))


def _report(report: Report, case: Scenario) -> tuple[Inline, ...]:
    what = listing([str(REPORTED[matter]) for matter in report.of], "and")
    counts = "" if report.is_before(case.known_day) else " Not certainly earlier, so it does not count."
    day = f", {report.day}: {what}; closeness: {REPORT_LEVELS[report.level]}.{counts}"
    return (Link(report.title, "" if report.url == "none" else report.url), day)


def _classified(case: Scenario) -> Iterator[tuple[Inline, ...]]:
    for key, basis in case.known_from.items():
        if basis.classified:
            answer = f" ({written(case.facts[key])})" if key in case.facts else ""
            yield (f"{key}{answer}: {basis.classified}", *_where(basis.sources, case))


def _changes(case: Scenario) -> Iterator[tuple[Inline, ...]]:
    for change in sorted(case.changes, key=lambda item: item.day, reverse=True):
        yield (f"{change.day}: {change.what}",)


def _where(ids: Iterable[str], case: Scenario) -> Iterator[Inline]:
    """The sources with these ids, linked, in brackets."""
    known = {source.id: source for source in case.sources if source.id}
    found = [known[name] for name in ids if name in known]
    for place, source in enumerate(found):
        yield "; " if place else " ("
        yield Link(source.title, source.link)
    if found:
        yield ")"
