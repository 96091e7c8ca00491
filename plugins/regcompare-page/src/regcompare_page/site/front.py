"""The front page: what the article tells, from data, for the site and for the interactive page."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import attrs

from regcompare.comparison.claims import Message
from regcompare.comparison.classes import CLASSES, ClassSlug
from regcompare.comparison.comparison import Comparison
from regcompare.comparison.counts import ClassRow
from regcompare.comparison.populations import Population
from regcompare.comparison.safeguards import safeguards
from regcompare.inputs import message_of
from regcompare.plugins.catalogue import Catalogue
from regcompare.plugins.profile import FrontTexts
from regcompare.ruleset.rules import Outcome, Protects, Span
from regcompare.ruleset.ruleset import Ruleset
from regcompare.views.colours import accents
from regcompare.words.catalogues import Language

from .sales import gate_classes, sales
from .templates import templates

_KINDS: Mapping[ClassSlug, str] = {
    "free": "free",
    "tell": "ask",
    "licence": "ask",
    "refuse": "stop",
    "open": "depends",
    "outside": "none",
}
"""The kind of gate of each class."""


@attrs.frozen
class Front:
    """What the front page tells.

    Attributes:
        texts: The texts around the counts.
        message: The gap with its exceptions, and how often refusal is asked for.
        comparison: The documented cases under the regimes shown; the first case is the one told.
        licences: The figures of licences granted and refused, by each group of states.
    """

    texts: FrontTexts
    message: Message
    comparison: Comparison
    licences: Sequence[Mapping[str, Any]]

    @property
    def sale(self) -> str:
        """The id of the case that it tells."""
        return self.comparison.rows[0][0].original.id

    @property
    def wall(self) -> Iterator[tuple[Ruleset, list[dict[str, Any]]]]:
        """Each regime with its deals as dots, by year, those that need a licence first."""
        counted = self.comparison.population
        for row in self.comparison.classes():
            dots = _dots(row, counted)
            yield row.law.ruleset, sorted(dots, key=lambda dot: (not dot["is_licensed"], dot["day"]))

    @property
    def binding(self) -> tuple[int, list[tuple[Ruleset, int]]]:
        """How many kinds of safeguard protect people, and how many of them bind under each regime."""
        regimes = self.comparison.rulesets
        people = safeguards(regimes).group(Protects.PEOPLE)
        return len(people.rows), [
            (regime, count) for regime, (count, _) in zip(regimes, people.counts(), strict=True)
        ]

    def finding(self, language: Language) -> str:
        """Returns the title of the wall: how many deals the acts, and a proposal, oblige to refuse."""
        say, refused = language.say, self.comparison.count("refuse")
        asked = [item for item in refused if item.laws[0].ruleset.status == "proposal"][:1]
        deals, acts = len(refused[0]), [item for item in refused if item not in asked]
        if not asked or any(item.at_most for item in acts):
            counts = ", ".join(
                f"{say(item.laws[0].ruleset.plain_title)} {item.number(language)}" for item in refused
            )
            return say(
                "Must be refused or is banned, of {all} deals: {counts}.", all=deals, counts=counts
            )
        return say(
            "In none of {all} documented deals do the EU regulations oblige a government to say no "
            "because of the harm. {asked} would, in {count}.",
            all=deals,
            asked=say(asked[0].laws[0].ruleset.plain_title),
            count=asked[0].number(language),
        )


def _dots(row: ClassRow, counted: Population) -> Iterator[dict[str, Any]]:
    """Each deal as a dot: its first part, class and looks, and whether it needs a licence."""
    for record in counted:
        item = row.ends[record.id]
        span = None if item.low is None or item.high is None else Span(item.low, item.high)
        scenario = record.first
        yield {
            "scenario": scenario,
            "day": str(scenario.known_day or "9"),
            "kind": item.slug,
            "look": gate_classes(_KINDS[item.slug], accents(span) if span else ()),
            "is_licensed": span is not None and span.low >= Outcome.AUTHORISATION,
        }


def front_of(catalogue: Catalogue, comparison: Comparison) -> Front | None:
    """Returns the front page of a comparison of the documented cases; None where it has no texts."""
    profile = catalogue.profile
    cases = [row[0].original for row in comparison.rows]
    message = message_of(catalogue, cases)
    if profile.front is None or message is None:
        return None
    figures = list(licence_figures(profile.licences)) if profile.licences else []
    return Front(profile.front, message, comparison, figures)


def licence_figures(file: Path) -> Iterator[dict[str, Any]]:
    """Yields the number of licences granted and refused by each group of states, with the source."""
    text = file.read_text(encoding="utf-8")
    for _, group in groupby(csv.DictReader(text.splitlines()), key=lambda row: row["where"]):
        rows = list(group)
        shown = {name: rows[0][name] for name in ("from", "to", "source")}
        counts = {row["decision"]: int(row["figure"]) for row in rows}
        yield {**shown, "urls": rows[0]["addresses"].split(), **counts}


def front_html(
    front: Front,
    language: Language,
    *,
    story: str = "",
    gallery: str = "",
    teachers: str = "",
    documents: Mapping[str, str] | None = None,
) -> str:
    """Returns the front page in a language as HTML, without header and footer; it needs no script.

    Args:
        front: What it tells.
        language: The language of its texts.
        story: The address of the interactive page; blank on that page itself.
        gallery: The address of a page with every case; blank for that of the interactive page.
        teachers: The address of the ZIP for teachers; blank where there is none.
        documents: The titles of further pages for lawyers, by address.
    """
    told = {name: front.comparison[name] for name in (front.sale, *front.texts.others)}
    sale, *others = (sales(part, language=language)[0] for part in told.values())

    def to(case: str = "", view: str = "") -> str:
        shown = f"&view={view}" if view else ""
        return f"{story}#{case}{shown}&lang={language.code}"

    return templates().get_template("front.html").render(
        front=front, sale=sale, others=others, language=language, say=language.say,
        mark=language.mark, to=to,
        classes=CLASSES, kinds=_KINDS, gallery=gallery or to(view="cases"), teachers=teachers,
        documents=documents or {}, finding=front.finding(language),
    )  # fmt: skip
