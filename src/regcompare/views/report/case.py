"""One case of the report: what is known, and each regime's result with its reasons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from regcompare.comparison.timeline import timeline
from regcompare.facts import Fact
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.established import established_facts
from regcompare.scenario.provenance import Source
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.verdict import Verdict
from regcompare.views.account import account
from regcompare.views.document import (
    Block,
    Bullets,
    Figure,
    Inline,
    Link,
    Note,
    Paragraph,
    Section,
    Strong,
    Table,
)
from regcompare.views.sentences import verdict_outcomes
from regcompare.views.tables import timeline_table
from regcompare.views.verdict import report_blocks
from regcompare.vocabulary.words import LICENCE_STATUSES
from regcompare.words.lexicon import answer_words
from regcompare_page.pictures import Picture, timeline_picture

Draw = Callable[[Callable[[], Picture]], Figure | None]


def case_name(scenario: Scenario) -> str:
    """Returns the title of a case, or its id."""
    return scenario.title or scenario.id


def case_section(
    row: Sequence[Verdict], number: int, *, until: dt.date | None, draw: Draw, lang: str = "en"
) -> Section:
    """Returns the section of case ``number``, counted from 1; without a last day, no timeline."""
    scenario, rulesets = row[0].original, [verdict.ruleset for verdict in row]
    day = f"facts of {scenario.date}" if scenario.date else "the date of the facts is not known"
    blocks = [
        Note(f"{scenario.id}; {day}"),
        Paragraph(scenario.story, "lede") if scenario.story else None,
        *scenario.summary.split("\n\n"),
        Section("Sources", [Bullets(map(source_line, scenario.sources), "sources")]),
        Section("Facts", _fact_blocks(scenario, rulesets)),
        Section("What became of it", record_lines(scenario)),
        *(_verdict_section(verdict, lang) for verdict in row),
        Section("Over time", _timeline_blocks(scenario, rulesets, until, draw)) if until else None,
    ]
    return Section(case_name(scenario), blocks, name=f"case-{number}")


def source_line(source: Source) -> tuple[Inline, ...]:
    """Returns a source of a case, with its address."""
    missing = "no address known" if source.url == "none" else ""
    details = "".join(f", {part}" for part in (source.publisher, source.date, missing) if part)
    return (Link(source.title, source.address), details)


# facts -----------------------------------------------------------------------------------------

_ORIGINS = {"stated": "stated", "presumed": "assumed in the file", "ordinary": "assumed"}
KnownFact = tuple[Fact, Any, str]


def _fact_blocks(scenario: Scenario, rulesets: Iterable[Ruleset]) -> Iterator[Block | str]:
    """Every answer with its origin; what is not listed is unknown."""
    known_facts = _known_facts(scenario, rulesets)
    ordinary = [item for item in known_facts if item[2] == "ordinary"]
    disputed = {item.fact: Note(f"Disputed: {item.note}") for item in scenario.disputed}
    rows = [
        (fact.question, [answer_words(fact, value), disputed.get(fact.key)], Note(_ORIGINS[origin]))
        for fact, value, origin in known_facts
        if origin != "ordinary"
    ]
    caption = f"Facts of {case_name(scenario)}; what is neither stated nor assumed is unknown"
    yield Table(caption, ("Question", "Answer", "Origin"), rows)
    if not rows:
        yield "No facts are stated."
    if ordinary:
        yield "Assumed, not stated, because the file makes the standard assumptions:"
    answered = ((f"{fact.question} ", Strong(answer_words(fact, value))) for fact, value, _ in ordinary)
    yield Bullets(answered, "ordinary")


def _known_facts(scenario: Scenario, rulesets: Iterable[Ruleset]) -> list[KnownFact]:
    by_key: dict[str, KnownFact] = {}
    for ruleset in rulesets:
        established = established_facts(scenario, ruleset.vocabulary)
        for fact in ruleset.vocabulary.facts():
            if fact.key in established.values:
                by_key.setdefault(
                    fact.key,
                    (fact, established.values[fact.key], established.origins[fact.key]),
                )
    return sorted(by_key.values(), key=lambda item: list(_ORIGINS).index(item[2]))


_DECISIONS: Mapping[str, str] = dict(LICENCE_STATUSES) | {"unknown": "what was decided is not known"}


def record_lines(scenario: Scenario) -> Iterator[str]:
    """Yields sentences on what happened to the export."""
    if scenario.record is not None:
        decision = _DECISIONS[scenario.record.decision]
        day = f" ({scenario.record.date})" if scenario.record.date else ""
        yield f"{decision[0].upper()}{decision[1:]}{day}."
        yield scenario.record.note


# verdicts --------------------------------------------------------------------------------------


def _verdict_section(verdict: Verdict, lang: str) -> Section:
    data = account(verdict, lang)
    scope = " (it is not known whether it applies)" if verdict.in_scope is None else ""
    result = (verdict_outcomes(verdict), scope)
    return Section(data["regime"], [data["sentence"], *report_blocks(data)], result=result)


def _timeline_blocks(
    scenario: Scenario, rulesets: Iterable[Ruleset], until: dt.date, draw: Draw
) -> Iterator[Block | None]:
    timelines = [(ruleset, timeline(scenario, ruleset, until=until)) for ruleset in rulesets]
    yield draw(lambda: timeline_picture(scenario, timelines, until=until))
    yield timeline_table(timelines)
