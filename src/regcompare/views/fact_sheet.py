"""A fact sheet: one case on one page, with each regime's result and what would settle it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from regcompare.comparison.comparison import Comparison
from regcompare.facts import Country, countries, facts_of
from regcompare.ruleset.cites import citation_format
from regcompare.ruleset.rules import Protects, Strength
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.verdict import Verdict
from regcompare.words.catalogues import ENGLISH, Language
from regcompare.words.lexicon import answer_words, listing

from .account import account
from .citation import comparison_cited
from .document import (
    Block,
    Bullets,
    Document,
    Inline,
    Link,
    Note,
    Paragraph,
    Section,
    Strong,
    Table,
)
from .provisions import provisions_cited
from .report.case import record_lines, source_line
from .sentences import CHECKED_WORDS, NOT_ADVICE, result_cell, verdict_outcomes
from .verdict import settling_lines

_QUESTIONS, _PROVISIONS, _SOURCES, _SENTENCES, _ASSUMED = 3, 3, 4, 2, 3
"""So many questions of a regime, provisions of a result, sources, sentences of the summary and
assumptions fit on the page."""


def fact_sheet(comparison: Comparison, *, title: str = "", lang: str = "en") -> Document:
    """Returns the one case of a comparison on one page; arguments are those of ``brief_document``."""
    row = comparison.rows[0]
    scenario = row[0].original
    accounts = [account(verdict, lang) for verdict in row]
    return Document(
        title or scenario.title or scenario.id,
        [
            Paragraph(_sale(scenario), "lede"),
            summary_start(scenario),
            _results(row, lang),
            Section("What would settle it", _open(row, accounts), "open"),
            Section("Duties that bind", [_duties(row, lang)], "duties"),
            Section("What happened", [" ".join(record_lines(scenario))], "record"),
            Section("How sure this is", [Bullets(_sure(row, accounts))], "sure"),
            Section("Sources", [Bullets(_sources(scenario), "sources")], "sources"),
            Section("How to cite this", [comparison_cited(comparison), NOT_ADVICE], "cite"),
        ],
        "fact-sheet",
    )


# the sale ------------------------------------------------------------------------------------------

_TOLD = (
    ("item", "technology", "What"),
    ("exporter", "country", "From"),
    ("end_user", "country", "To"),
    ("destination", "country", "To"),
    ("end_user", "kind", "End user"),
)
"""The facts that say what was sold, and by which word they are told; the first known counts."""


def _sale(scenario: Scenario) -> list[Inline]:
    line: list[Inline] = []
    for word, answer in sale_told(scenario).items():
        line += ["; " if line else "", f"{word}: ", Strong(answer)]
    return [*line, "."]


def sale_told(scenario: Scenario, language: Language = ENGLISH) -> dict[str, str]:
    """Returns what was sold, from where, to where and to whom, as far as it is known."""
    told = {"Day of the facts": str(scenario.date)} if scenario.date else {}
    for section, name, word in _TOLD:
        stated = getattr(scenario, section)
        value = getattr(stated, name)
        if value is not None and word not in told:
            fact = facts_of(type(stated))[name]
            if isinstance(fact, Country) and value in countries():
                told[word] = f"{language.say(countries()[value])} ({value})"
            else:
                told[word] = language.say(answer_words(fact, value))
    return told


def summary_start(scenario: Scenario) -> str:
    """Returns the first sentences of the summary; what the law makes of it follows in the table."""
    return " ".join(_SENTENCE_END.split(" ".join(scenario.summary.split()))[:_SENTENCES])


_SENTENCE_END = re.compile(r"(?<=[a-z\d)]{2}\.) (?=[A-Z])")


def _sources(scenario: Scenario) -> Iterator[tuple[Inline, ...]]:
    yield from map(source_line, scenario.sources[:_SOURCES])
    if (more := len(scenario.sources) - _SOURCES) > 0:
        yield (f"{more} more in the case file.",)


# results -------------------------------------------------------------------------------------------


def _results(row: Sequence[Verdict], lang: str) -> Table:
    rows: list[list[Any]] = []
    for verdict in row:
        day = f"as of {verdict.as_of}" if verdict.as_of else "of an unknown day"
        result = [verdict_outcomes(verdict, result_cell(verdict))]
        known = CHECKED_WORDS[verdict.checked.value] if verdict.checked else "no provision decides"
        provisions = [list(_provisions(verdict, lang))]
        rows.append([f"{verdict.ruleset.title}\n{day}", result, provisions, known])
    head = ("regime", "result", "provisions", "law known from")
    return Table("What each regime makes of it", head, rows)


def _provisions(verdict: Verdict, lang: str) -> Iterator[Inline]:
    cited = [item for item in provisions_cited(verdict) if item[1] != "fails on one point"]
    if not cited:
        yield "none applies"
    for place, (cite, status) in enumerate(cited[:_PROVISIONS]):
        yield "; " if place else ""
        yield Link(str(cite), cite.url(verdict.as_of, lang))
        yield Note("" if status == "decides" else f" ({status})")
    if len(cited) > _PROVISIONS:
        yield f"; {len(cited) - _PROVISIONS} more"


# what would settle it, duties, how sure ------------------------------------------------------------

Data = Mapping[str, Any]


def _open(row: Sequence[Verdict], accounts: Sequence[Data]) -> Iterator[Block | str]:
    for verdict, data in zip(row, accounts, strict=True):
        lines = settling_lines(data) if verdict.span else []
        if lines:
            yield Paragraph(Strong(verdict.ruleset.title))
            more = len(lines) - _QUESTIONS
            command = f"regcompare explain {verdict.scenario.id} -r {verdict.ruleset.id}"
            further = [f"{more} more: {command}"] if more > 0 else []
            yield Bullets([*lines[:_QUESTIONS], *further])


def _duties(row: Sequence[Verdict], lang: str) -> Table:
    """Of each regime the kinds of duty that bind for certain, by whom they protect."""
    rows: list[list[Any]] = [
        [verdict.ruleset.title, *([_group(verdict, protects, lang)] for protects in Protects)]
        for verdict in row
        if verdict.span
    ]
    caption = "Duties that bind for certain, by whom they protect"
    return Table(caption, ("regime", *map(str, Protects)), rows)


def _group(verdict: Verdict, protects: Protects, lang: str) -> list[Inline]:
    """The kinds that protect somebody, each with its provisions."""
    cite = citation_format(verdict.ruleset)
    kinds: dict[str, dict[str, str]] = {}
    for duty, applies in verdict.duties:
        if applies and duty.strength is Strength.MUST and duty.kind.protects is protects:
            places = kinds.setdefault(str(duty.kind), {})
            places[cite(duty.cite)] = duty.cite.url(verdict.as_of, lang)
    line: list[Inline] = []
    for kind, cites in kinds.items():
        links = [piece for place, url in cites.items() for piece in (", ", Link(place, url))]
        line += [f"{'; ' if line else ''}{kind} (", *links[1:], ")"]
    return line or ["none"]


def _sure(row: Sequence[Verdict], accounts: Sequence[Data]) -> Iterator[str]:
    """Which assumptions count, regimes that share them together, and what is disputed."""
    assumed: dict[str, list[str]] = {}
    for verdict, data in zip(row, accounts, strict=True):
        told = {item["fact"]: f"{item['question']} {item['answer']}" for item in data["presumed"]}
        names = [name for name in data["hangs_on"]["presumed"] if name in told]
        more = f"; {len(names) - _ASSUMED} more" if len(names) > _ASSUMED else ""
        words = "; ".join(told[name] for name in names[:_ASSUMED]) + more
        if words:
            assumed.setdefault(words, []).append(verdict.ruleset.title)
    for words, titles in assumed.items():
        yield f"Assumed, and counts under {listing(titles, 'and')}: {words}."
    yield from (f"Disputed: {item.note}" for item in row[0].scenario.disputed)
