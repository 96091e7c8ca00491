"""Builds the offline page: one file with the rulesets, the cases and the script."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from importlib import metadata
from typing import Any

from regcompare.errors import UsageError
from regcompare.law import link_language
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario
from regcompare.views.sentences import NOT_ADVICE
from regcompare.vocabulary import Vocabulary
from regcompare.words.catalogues import ENGLISH
from regcompare_page.face.files import policy, script, style, templates
from regcompare_publish.writer import write_rulesets

from .data import case_data, texts, vocabulary_data

_SCRIPTS = (
    *("language", "codes", "presumptions", "engine", "verdict", "elements", "address", "questions"),
    *("panel", "why", "regimes", "pages", "opened", "view"),
)
"""In the order of their dependencies."""


def page_html(
    scenarios: Iterable[Scenario],
    rulesets: Sequence[Ruleset],
    vocabulary: Vocabulary,
    *,
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
        fronts: By language a front page as ``html``, and the ``data`` of its script; None for none.
        shown: Ids of the rulesets shown at first; by default all.
        lang: The language in which the page opens, if it has a catalogue, and of the law texts to which
            links lead.
        catalogues: Translations of each English text, by language; a reader can switch between them.

    Raises:
        UsageError: There is no case.
    """
    cases = list(scenarios)
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
        "shown": list(shown) or ruleset_ids,
        "catalogues": dict(catalogues or {}),
        "made": {"version": metadata.version("regcompare"), "rulesets": ", ".join(ruleset_ids)},
    }
    first = {
        "fronts": fronts and dict(fronts),
        "lang": lang if lang in page_languages else ENGLISH.code,
        "languages": list(links),
    }
    look = style("page/page")
    code = "\n".join([script("face/front.js"), *(script(f"page/{name}.js") for name in _SCRIPTS)])
    packed = {"first": _pack(first), "data": _pack(data)}
    page = templates().get_template("face/page.html")
    return page.render(policy=policy(look, code), style=look, notice=NOT_ADVICE, script=code, **packed)


def _pack(data: Mapping[str, Any]) -> str:
    """Compressed JSON in base64, which no HTML parser mistakes for markup."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=str)
    return base64.b64encode(zlib.compress(text.encode(errors="replace"), 9)).decode()
