"""The record of a case, whole: its kind and day, disputes, replies, owners, reports, sources.

The fact sheet, the page of a case and a citation take it from here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

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
from regcompare.views.sentences import one_line, record_lines, source_line
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

    Reports and sources are English.
    """
    say = language.say
    lines: Iterable[tuple[str, str, Iterable[LineContent]]] = (
        (
            "record", say("What happened"),
            chain(_kind_and_day(case, language), record_lines(case, language)),
        ),
        ("disputed", say("What is disputed"), dispute_lines(case, language)),
        ("replies", say("What those who are named say"), reply_lines(case, language)),
        (
            "owners", say("Who owns the companies"),
            (_owner(item, case, language) for item in case.owners),
        ),
        ("reports", say("What had been reported"), (_report(item, case) for item in case.reports)),
        (
            "classified", say("Our own classification, stated by no source"),
            _classified(case, language),
        ),
        ("sources", say("Sources"), map(source_line, case.sources)),
        ("changes", say("What changed in this account"), _changes(case, language)),
    )  # fmt: skip
    return [
        Section(
            title, [Bullets(items, name, "" if name in _ENGLISH else language.mark)], name, language.mark
        )
        for name, title, items in lines
    ]  # fmt: skip


_ENGLISH = ("reports", "sources")
"""The sections that stay English, since they are titles."""


def _kind_and_day(case: Scenario, language: Language = ENGLISH) -> Iterator[str]:
    say = language.say
    if case.record_kind:
        yield f"{say('On record')}: {say(RECORD_KINDS[case.record_kind])}."
    if case.date_means and case.known_day:
        yield f"{_sentence(say(DATE_MEANINGS[case.date_means]))}: {day_words(case, language)}."


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def record_sentence(case: Scenario) -> str:
    """Returns what is on record and what happened on the day of a case, in one line."""
    return " ".join(_kind_and_day(case))


def day_words(case: Scenario, language: Language = ENGLISH) -> str:
    """Returns the day of a case in words: a day, a month, a year, or between which days it was."""
    say, day = language.say, case.known_day
    if isinstance(day, Between):
        if day.period:
            return say("some day of {period}", period=day.period)
        return say("between {first} and {last}", first=str(day.first), last=str(day.last))
    return str(day) if day else say("not known")


def dispute_lines(case: Scenario, language: Language = ENGLISH) -> Iterator[tuple[Inline, ...]]:
    """Yields who disputes what, in which words, and where."""
    say = language.say
    for item in case.disputed:
        fact = CORE.by_key.get(item.fact)
        what = (
            say(fact.question) if fact is not None else f"{say(_STATEMENTS.get(item.fact, item.fact))}."
        )
        by = f"{_sentence(say(item.by))}: " if item.by else ""
        yield (f"{what} {by}{say(one_line(item.note))}", *_where(item.sources, case))


def reply_lines(case: Scenario, language: Language = ENGLISH) -> Iterator[tuple[Inline, ...]]:
    """Yields what those who are named say, or where an answer was looked for."""
    for item in case.replies:
        if item.words:
            day, who = f" ({item.day})" if item.day else "", _sentence(language.say(item.who))
            yield (f"{who}{day}: {language.say(one_line(item.words))}", *_where([item.source], case))
        else:
            yield (_sought(item, language),)


def _sought(reply: Reply, language: Language) -> str:
    say = language.say
    return say(
        "{who}: no answer was found. It was looked for on {day} in {places}, by the words {terms}.",
        who=_sentence(say(reply.who)), day=reply.looked_for, terms=reply.terms,
        places=listing([say(REPLY_PLACES[place]) for place in reply.where], say("and")),
    )  # fmt: skip


def _owner(owner: Owner, case: Scenario, language: Language) -> tuple[Inline, ...]:
    say, of = language.say, _sentence(language.say(owner.of))
    if not owner.name:
        text = say(
            {
                "then": "{of}, then: looked for on {day}, not found.",
                "now": "{of}, now: looked for on {day}, not found.",
            }[owner.when],
            of=of, day=owner.looked_for,
        )  # fmt: skip
        return (text,)
    text = say(
        {"then": "{of}, then: {name}", "now": "{of}, now: {name}"}[owner.when],
        of=of, name=say(owner.name),
    )  # fmt: skip
    return (text, *_where([owner.source], case))


def _report(report: Report, case: Scenario) -> tuple[Inline, ...]:
    what = listing([str(REPORTED[matter]) for matter in report.of], "and")
    counts = "" if report.is_before(case.known_day) else " Not certainly earlier, so it does not count."
    day = f", {report.day}: {what}; closeness: {REPORT_LEVELS[report.level]}.{counts}"
    return (Link(report.title, "" if report.url == "none" else report.url), day)


def _classified(case: Scenario, language: Language) -> Iterator[tuple[Inline, ...]]:
    for key, basis in case.known_from.items():
        if basis.classified:
            answer = f" ({written(case.facts[key])})" if key in case.facts else ""
            why = language.say(one_line(basis.classified))
            yield (f"{key}{answer}: {why}", *_where(basis.sources, case))


def _changes(case: Scenario, language: Language) -> Iterator[tuple[Inline, ...]]:
    for change in sorted(case.changes, key=lambda item: item.day, reverse=True):
        yield (f"{change.day}: {language.say(one_line(change.what))}",)


def _where(ids: Iterable[str], case: Scenario) -> Iterator[Inline]:
    """The sources with these ids, linked, in brackets."""
    known = {source.id: source for source in case.sources if source.id}
    found = [known[name] for name in ids if name in known]
    for place, source in enumerate(found):
        yield "; " if place else " ("
        yield Link(source.title, source.link)
    if found:
        yield ")"
