"""Builds the offline page: one file that holds the rulesets, the cases and the script."""

from __future__ import annotations

import base64
import csv
import hashlib
import json
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from importlib import metadata, resources
from itertools import groupby
from typing import Any

from regcompare.errors import UsageError
from regcompare.program.portable import portable_answers, portable_scenario, portable_vocabulary
from regcompare.program.writer import write_rulesets
from regcompare.ruleset.rules import Outcome
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario
from regcompare.views._colours import accent, colour_css
from regcompare.views.tables import NOT_ADVICE
from regcompare.vocabulary import LEVERS, Vocabulary
from regcompare.words.catalogues import ENGLISH

from .texts import case_texts, texts

_SCRIPTS = (
    "language.js",
    "codes.js",
    "presumptions.js",
    "engine.js",
    "verdict.js",
    "sensitivity.js",
    "reasons.js",
    "elements.js",
    "address.js",
    "questions.js",
    "panel.js",
    "ladder.js",
    "rules.js",
    "regimes.js",
    "tools.js",
    "story/terms.js",
    "story/facts.js",
    "story/gates.js",
    "story/levers.js",
    "story/scenes.js",
    "story/gallery.js",
    "story/sweep.js",
    "story/play.js",
    "story/ending.js",
    "story/clauses.js",
    "story/counts.js",
    "story/rule.js",
    "story/wall.js",
    "pages.js",
    "articles.js",
    "view.js",
)
"""In the order in which each builds on those before."""

GROUPS = ("Cases", "Teaching cases")
"""What the cases to start from are called, and those that are listed apart."""

_STYLES = ("page.css", "story/story.css", "story/games.css")

_TITLE = "One export, several regimes"
"""The title until a case is opened."""

_LICENCES = "data/licence_decisions.csv"
"""What states decided on licences, as published; the page shows it, and no rule reads it."""

_DAY = "2021-09-09"
"""What the field for a chosen day of the law holds at first where no ruleset has a reference date."""


def page_html(
    scenarios: Iterable[Scenario],
    rulesets: Sequence[Ruleset],
    vocabulary: Vocabulary,
    *,
    puzzles: Mapping[str, Sequence[Scenario]] | None = None,
    shown: Iterable[str] = (),
    lang: str = "en",
    catalogues: Mapping[str, Mapping[str, str]] | None = None,
) -> str:
    """Returns the interactive page as one HTML file that needs no network.

    A reader changes the facts of a case and sees at once what becomes of it under each ruleset.

    Args:
        scenarios: The cases to start from; the first one is shown first.
        rulesets: The rulesets that a reader can show; what they stand on or beside comes along.
        vocabulary: The facts that the cases and rulesets may use.
        puzzles: Teaching cases that differ in one fact, by the question that they ask of a class.
        shown: Ids of the rulesets that are shown first; without them all.
        lang: The language in which the page opens, where there is a catalogue in it, and in which links
            lead to the law.
        catalogues: By language, what each English text is in it; a reader can switch between them.

    Raises:
        UsageError: There is no case or no ruleset, two cases have one id, or an id to show is unknown.
    """
    invented = [case for group in (puzzles or {}).values() for case in group]
    groups = dict(zip(GROUPS, (list(scenarios), invented), strict=True))
    cases = [case for group in groups.values() for case in group]
    first = _first_shown(rulesets, shown)
    _refuse_doubles(cases)
    program = write_rulesets(rulesets)
    every = [item.id for item in rulesets]
    others = {code: code for code in catalogues or {}}
    links = {ENGLISH.code: ENGLISH.code if lang in others else lang, **others}
    data = {
        "program": program.data(),
        "vocabulary": portable_vocabulary(vocabulary),
        "texts": texts(program, vocabulary, links),
        "cases": [{"facts": portable_scenario(case), "texts": case_texts(case)} for case in cases],
        "groups": [[name, [case.id for case in group]] for name, group in groups.items() if group],
        "puzzles": [[question, [case.id for case in own]] for question, own in (puzzles or {}).items()],
        "levers": list(_levers(vocabulary)),
        "licences": list(_licences()),
        "shown": first,
        "lang": lang if lang in others else ENGLISH.code,
        "catalogues": dict(catalogues or {}),
        "made": {"version": metadata.version("regcompare"), "rulesets": ", ".join(every)},
    }
    days = (str(item.reference_date) for item in rulesets)
    style, script = _style(), "\n".join(map(_script, _SCRIPTS))
    return _filled(
        _part("page.html"),
        policy=_policy(style, script),
        title=escape(_TITLE),
        style=style,
        notice=escape(NOT_ADVICE),
        day=max((day for day in days if day != "scenario"), default=_DAY),
        data=_packed(data),
        script=script,
    )


def _levers(vocabulary: Vocabulary) -> Iterator[dict[str, Any]]:
    """The levers over the facts that there are; an answer of None takes a statement away."""
    for lever in LEVERS:
        if all(fact in vocabulary.by_key for setting in lever.settings for fact in setting.answers):
            yield {
                "id": lever.id,
                "subject": lever.subject,
                "settings": [
                    {"words": setting.words, "facts": portable_answers(setting.answers, vocabulary)}
                    for setting in lever.settings
                ],
            }


def _licences() -> Iterator[dict[str, Any]]:
    """For each group of states, how many licences were granted and refused, with the source."""
    text = resources.files("regcompare").joinpath(_LICENCES).read_text(encoding="utf-8")
    for _, group in groupby(csv.DictReader(text.splitlines()), key=lambda row: row["where"]):
        rows = list(group)
        shown = {name: rows[0][name] for name in ("from", "to", "source")}
        counts = {row["decision"]: int(row["figure"]) for row in rows}
        yield {**shown, "urls": rows[0]["addresses"].split(), **counts}


def _first_shown(rulesets: Sequence[Ruleset], shown: Iterable[str]) -> list[str]:
    ids = [item.id for item in rulesets]
    if not ids:
        raise UsageError("The page needs at least one ruleset.")
    wanted = list(dict.fromkeys(shown)) or ids
    for name in wanted:
        if name not in ids:
            raise UsageError(f"The page cannot show {name!r}; it has {', '.join(ids)}.")
    return wanted


def _refuse_doubles(cases: Sequence[Scenario]) -> None:
    if not cases:
        raise UsageError("The page needs at least one case to start from.")
    for name, count in Counter(case.id for case in cases).items():
        if count > 1:
            msg = f"Two cases have the id {name!r}; the address of a case needs an id of its own."
            raise UsageError(msg)


# parts of the file --------------------------------------------------------------------------------


def _part(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")


def _script(name: str) -> str:
    """A script without what only its readers need: indentation, and lines that are a comment."""
    lines = (line.strip() for line in _part(name).splitlines())
    return "\n".join(line for line in lines if line and not re.fullmatch(r"/\*.*\*/", line))


def _style() -> str:
    own = "".join(map(_part, _STYLES))
    return colour_css() + "\n" + _filled(own, outcomes=_outcomes())


def _outcomes() -> str:
    """The rules of style that give each outcome its colour."""
    rules = []
    for slug in (accent(outcome).slug for outcome in Outcome):
        colour = f"var(--outcome-{slug})"
        fill, text = f"var(--outcome-{slug}-fill)", f"var(--outcome-{slug}-on-fill)"
        edge = f"box-shadow: inset 0 0 0 1px {colour};"
        rules += [
            f".outcome.o-{slug} {{ color: {colour}; }}",
            f".low-{slug} {{ --low: {fill}; }}",
            f".high-{slug} {{ --high: {fill}; --on-high: {text}; }}",
            f".card.from-{slug} {{ --card-low: {colour}; }}",
            f".card.to-{slug} {{ --card-high: {colour}; }}",
            f".ladder td.rung.o-{slug} {{ background: {fill}; color: {text}; {edge} }}",
        ]
    return "\n".join(rules)


def _packed(data: Mapping[str, Any]) -> str:
    """JSON made small, as text that no parser of HTML can take for markup."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=str)
    return base64.b64encode(zlib.compress(text.encode(errors="replace"), 9)).decode()


def _policy(style: str, script: str) -> str:
    """Only this style and this script, and nothing from anywhere else."""
    allowed = {"style-src": _hash(style), "script-src": _hash(script)}
    parts = ["default-src 'none'", *(f"{name} '{value}'" for name, value in allowed.items())]
    return "; ".join([*parts, "base-uri 'none'", "form-action 'none'"])


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _filled(template: str, **parts: str) -> str:
    """The template with its places filled; nothing that is filled in is read again."""
    return re.sub(r"\{\{(\w+)\}\}", lambda found: parts[found[1]], template)
