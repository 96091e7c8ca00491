"""Builds the offline page: one file with the rulesets, the cases and the script."""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import metadata, resources
from typing import Any

from regcompare.errors import UsageError
from regcompare.law import link_language
from regcompare.plugins.profile import Puzzle
from regcompare.program.portable import portable_answer
from regcompare.ruleset.rules import Outcome
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario
from regcompare.views.colours import accent, colour_css
from regcompare.views.escapes import html
from regcompare.views.sentences import NOT_ADVICE
from regcompare.vocabulary import Vocabulary
from regcompare.words.catalogues import ENGLISH
from regcompare_page.face.files import digest
from regcompare_page.face.files import script as face_script
from regcompare_page.face.files import style as face_style
from regcompare_publish.writer import write_rulesets

from .data import case_data, texts, vocabulary_data
from .levers import LEVERS

_SCRIPTS = (
    "language.js",
    "codes.js",
    "presumptions.js",
    "engine.js",
    "verdict.js",
    "elements.js",
    "address.js",
    "questions.js",
    "panel.js",
    "regimes.js",
    "story/terms.js",
    "story/facts.js",
    "story/gates.js",
    "story/why.js",
    "story/levers.js",
    "story/scenes.js",
    "pages.js",
    "articles.js",
    "view.js",
)
"""In the order of their dependencies."""

_STYLES = ("page.css", "story/story.css")

_TITLE = "One export, several regimes"
"""The title until a case is opened."""


def page_html(
    scenarios: Iterable[Scenario],
    rulesets: Sequence[Ruleset],
    vocabulary: Vocabulary,
    *,
    puzzles: Sequence[tuple[Puzzle, Sequence[Scenario]]] = (),
    fronts: Mapping[str, Mapping[str, Any]] | None = None,
    shown: Iterable[str] = (),
    lang: str = "en",
    catalogues: Mapping[str, Mapping[str, str]] | None = None,
) -> str:
    """Returns the interactive page as one HTML file that needs no network.

    A reader changes the facts of a case and sees its result under each ruleset at once.

    Args:
        scenarios: The cases to start from; the first one is shown first.
        rulesets: The rulesets that a reader can show; their bases and combined rulesets are included.
        vocabulary: The facts that the cases and rulesets may use.
        puzzles: What teaching cases that hardly differ ask of a class, each with its cases.
        fronts: By language a front page as ``html``, and the ``data`` of its script; None for none.
        shown: Ids of the rulesets shown at first; by default all.
        lang: The language in which the page opens, if it has a catalogue, and of the law texts to which
            links lead.
        catalogues: Translations of each English text, by language; a reader can switch between them.

    Raises:
        UsageError: There is no case.
    """
    cases = [*scenarios, *(case for _, group in puzzles for case in group)]
    if not cases:
        raise UsageError("The page needs at least one case to start from.")
    program = write_rulesets(rulesets)
    ruleset_ids = [item.id for item in rulesets]
    page_languages = {code: link_language(code) for code in catalogues or {}}
    links = {ENGLISH.code: ENGLISH.code if lang in page_languages else lang, **page_languages}
    law = program.data()
    words = texts(program, links)  # Its reasons write conditions of their own behind those of the law.
    data: dict[str, Any] = {
        "program": law,
        "reasons": program.nodes[len(law["nodes"]) :],
        "vocabulary": vocabulary_data(vocabulary, program),
        "texts": words,
        "cases": list(map(case_data, cases)),
        "puzzles": [
            [puzzle.question, [case.id for case in group], puzzle.answer] for puzzle, group in puzzles
        ],
        "levers": list(_levers(vocabulary)),
        "fronts": {"style": face_style(is_front=True), "pages": dict(fronts)} if fronts else None,
        "shown": list(shown) or ruleset_ids,
        "lang": lang if lang in page_languages else ENGLISH.code,
        "catalogues": dict(catalogues or {}),
        "made": {"version": metadata.version("regcompare"), "rulesets": ", ".join(ruleset_ids)},
    }
    style, script = page_style(), "\n".join([face_script("front.js"), *map(_script, _SCRIPTS)])
    return _fill(
        _page_file("page.html"),
        policy=_policy((style, face_style(is_front=True)), script),
        title=html(_TITLE),
        style=style,
        notice=html(NOT_ADVICE),
        data=_pack(data),
        script=script,
    )


def _levers(vocabulary: Vocabulary) -> Iterator[dict[str, Any]]:
    """The levers whose facts the vocabulary has."""
    for lever in LEVERS:
        if all(fact.key in vocabulary.by_key for answers in lever.settings.values() for fact in answers):
            yield {
                "id": lever.id,
                "subject": lever.subject,
                "by": [fact.key for fact in lever.facts],
                "settings": [
                    {
                        "words": words,
                        "facts": {
                            fact.key: None if answer is None else portable_answer(fact.convert(answer))
                            for fact, answer in answers.items()
                        },
                    }
                    for words, answers in lever.settings.items()
                ],
            }


# parts of the file --------------------------------------------------------------------------------


def _page_file(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")


def _script(name: str) -> str:
    """A script without indentation and comment lines."""
    lines = (line.strip() for line in _page_file(name).splitlines())
    return "\n".join(line for line in lines if line and not re.fullmatch(r"/\*.*\*/", line))


def page_style() -> str:
    """Returns the style of the page, which the site shares."""
    css = "".join(map(_page_file, _STYLES))
    return colour_css() + "\n" + _fill(css, outcomes=_outcome_css())


def _outcome_css() -> str:
    """The CSS rules that give each outcome its colours."""
    rules = []
    for slug in (accent(outcome).slug for outcome in Outcome):
        colour = f"var(--outcome-{slug})"
        fill, text = f"var(--outcome-{slug}-fill)", f"var(--outcome-{slug}-on-fill)"
        rules += [
            f".outcome.o-{slug} {{ color: {colour}; }}",
            f".low-{slug} {{ --low: {fill}; }}",
            f".high-{slug} {{ --high: {fill}; --on-high: {text}; }}",
            f".card.from-{slug} {{ --card-low: {colour}; }}",
            f".card.to-{slug} {{ --card-high: {colour}; }}",
        ]
    return "\n".join(rules)


def _pack(data: Mapping[str, Any]) -> str:
    """Compressed JSON in base64, which no HTML parser mistakes for markup."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=str)
    return base64.b64encode(zlib.compress(text.encode(errors="replace"), 9)).decode()


def _policy(styles: Iterable[str], script: str) -> str:
    """A content security policy that allows only these styles and this script."""
    hashes = " ".join(f"'{digest(style)}'" for style in styles)
    parts = ["default-src 'none'", f"style-src {hashes}", f"script-src '{digest(script)}'"]
    return "; ".join([*parts, "img-src data:", "base-uri 'none'", "form-action 'none'"])


def _fill(template: str, **parts: str) -> str:
    """The template with its placeholders filled; values are not expanded again."""
    return re.sub(r"\{\{(\w+)\}\}", lambda place: parts[place[1]], template)
