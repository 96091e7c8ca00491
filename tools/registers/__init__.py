"""The pages on published registers: templates filled with figures that are recorded from the registers.

``python -m tools.registers FOLDER`` runs the lines of the templates on the registers in a folder, under
their names; it records what they come to in ``figures.json``, with the digest of each file and law, and
writes the pages.  The registers are no part of the repository: ``sources.yaml`` says where each exists.
A test renders the pages from the figures, and fails where a law is not the one that they are of.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import chdir
from pathlib import Path
from typing import Any

import jinja2
import yaml
from tests.support.page_blocks import BLOCK

import regcompare as rc
from regcompare.comparison.counts import Law
from regcompare.comparison.receipts import law_hash
from regcompare.facts import countries

HERE = Path(__file__).parent
PAGES = HERE.parents[1] / "docs" / "explanation"
FIGURES = HERE / "figures.json"
SOURCES: Mapping[str, Mapping[str, str]] = yaml.safe_load(
    (HERE / "sources.yaml").read_text(encoding="utf-8")
)
"""The source of each register, by the name that the lines give it."""

LAWS = ("eu-428-2009", "eu-2021-821@2021-09-09", "amnesty@2021-09-09")
"""The laws of the lines of both pages; the first is read on the day of each row."""

PUBLISHED, END_USE = "published-registers.md", "end-use-controls.md"
INFORMED = {"nothing": "", "wmd": "wmd", "repression": "internal_repression"}
"""The use of which the authority is assumed to have told the exporter, by the name of the figures."""

_CAUSES = {
    "is not a code of an entry": "codes",
    "is not an answer to destination.country": "places",
    "Annex I has no": "points",
}
"""The groups of causes of bad rows on the page, by words of the cause."""


def digests(laws: Iterable[str] = LAWS) -> dict[str, str]:
    """Returns the SHA-256 of each law with its tables, by which a figure is known to be of it."""
    return {name: _digest(name) for name in laws}


def _digest(name: str) -> str:
    (ruleset,) = rc.regimes(name)
    return law_hash(ruleset, Law(ruleset).fixed_day)


def rendered(name: str, figures: Mapping[str, Any]) -> str:
    """Returns a page, from its template and figures."""
    environment = jinja2.Environment(  # noqa: S701 - Markdown, of which nothing is HTML
        undefined=jinja2.StrictUndefined, keep_trailing_newline=True
    )
    environment.filters["n"] = lambda number: f"{number:,}"
    environment.filters["span"] = _span
    template = environment.from_string(template_of(name))
    return template.render(**figures, sources=SOURCES, names=countries())


def template_of(name: str) -> str:
    """Returns the template of a page."""
    return (HERE / name).read_text(encoding="utf-8")


def _span(ends: Iterable[int]) -> str:
    low, high = ends
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def recorded() -> dict[str, Any]:
    """Returns the recorded figures."""
    figures: dict[str, Any] = json.loads(FIGURES.read_text(encoding="utf-8"))
    return figures


def read(folder: Path) -> dict[str, Any]:
    """Returns what the registers in a folder come to."""
    missing = [item["file"] for item in SOURCES.values() if not (folder / item["file"]).is_file()]
    if missing:
        raise SystemExit(
            f"{folder}: there is no {', '.join(missing)}; sources.yaml says where it exists."
        )
    with chdir(folder):
        held = _run(_lines(PUBLISHED))
        registers = {name: _register(held[name]) for name in SOURCES}
        unread = len(held["dutch"].by("year", value="Waarde(€)").unread)
        use = {
            name: _run(_informed(_lines(END_USE), word))["screened"] for name, word in INFORMED.items()
        }
        counts = {name: _counts(screened.summary) for name, screened in use.items()}
        counts["nothing"] |= _decided(use["nothing"])
    return {"laws": digests(), "registers": registers, "unread_values": unread, "use": counts}


def _lines(name: str) -> str:
    (lines,) = [
        block["text"] for block in BLOCK.finditer(template_of(name)) if block["kind"] == "python"
    ]
    return lines


def _informed(lines: str, word: str) -> str:
    """The lines with another assumption."""
    last = '"transaction.kind": "export"}'
    assert lines.count(last) == 1
    more = f'{last[:-1]}, "knowledge.authority_informed": "{word}"}}'
    return lines.replace(last, more) if word else lines


def _run(lines: str) -> dict[str, Any]:
    held: dict[str, Any] = {}
    exec(lines, held)  # noqa: S102 - the lines of the page
    return held


def _register(screened: Any) -> dict[str, Any]:
    """The figures of a register."""
    summary = screened.summary
    causes = dict.fromkeys(_CAUSES.values(), 0)
    for item in summary.causes:
        (kind,) = [kind for words, kind in _CAUSES.items() if words in item.cause]
        causes[kind] += item.rows
    surveillance = {group.of["surveillance"]: group.rows for group in screened.by("surveillance")}
    return {
        "sha256": summary.register.sha256, "read": summary.read, "written": summary.written,
        "aside": summary.set_aside, "bad": summary.bad, "causes": causes, **_counts(summary),
        "surveillance": {word: surveillance.get(word, 0) for word in ("yes", "perhaps", "no", "")},
    }  # fmt: skip


def _counts(summary: Any) -> dict[str, Any]:
    decided = summary.decisions[0]
    return {
        "licence": [list(licence.range) for licence, _ in summary.counts],
        "outside": [sum(licence.outside.values()) for licence, _ in summary.counts],
        "agrees": decided.agrees, "settles": decided.settles, "contradicts": decided.contradicts,
    }  # fmt: skip


def _decided(screened: Any) -> dict[str, Any]:
    """The decisions on the rows on end-use controls, whatever is assumed of them."""
    groups = [
        (group.of["destination.country"], group.rows, group.decisions)
        for group in screened.by("destination.country")
    ]
    refused = sorted(groups, key=lambda item: -item[2].get("refused", 0))[:4]
    return {
        "rows": len(screened),
        "granted": sum(item.get("granted", 0) for _, _, item in groups),
        "refused": sum(item.get("refused", 0) for _, _, item in groups),
        "most_refused": [[place, item["refused"], rows] for place, rows, item in refused],
    }  # fmt: skip


def write(folder: Path) -> None:
    """Records what the registers in a folder come to, and writes the pages."""
    figures = read(folder)
    FIGURES.write_text(f"{json.dumps(figures, indent=1, ensure_ascii=False)}\n", "utf-8")
    for name in (PUBLISHED, END_USE):
        (PAGES / name).write_text(rendered(name, figures), encoding="utf-8")
