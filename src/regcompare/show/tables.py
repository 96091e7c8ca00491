"""A comparison as a table: plain text, Markdown, HTML, CSV and JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Literal

from tabulate import tabulate

from ..compare import Comparison, comparison_cell, comparison_head, comparison_sentence, gap_sentences

__all__ = ["FORMATS", "Format", "NOT_ADVICE", "comparison_text", "plain_table", "to_json"]

Format = Literal["table", "markdown", "html", "csv", "json"]
FORMATS: tuple[Format, ...] = ("table", "markdown", "html", "csv", "json")

NOT_ADVICE = "A reading of the encoded texts for comparison; not legal advice."

LEGEND = (
    "Each cell: the outcome, or the least and greatest that the stated facts allow; then the provisions "
    "that decide it, and with a question mark those that are open."
)


def to_json(data: object) -> str:
    """Returns data as JSON, readable and with letters as they are."""
    return json.dumps(data, ensure_ascii=False, indent=2)


def plain_table(head: Sequence[str], rows: Iterable[Sequence[str]], *, widths: int | None = None) -> str:
    """Returns a table in plain text; what looks like a number stays text."""
    return tabulate(
        list(rows),
        headers=list(head),
        tablefmt="simple",
        disable_numparse=True,
        maxcolwidths=widths,
    )


def comparison_text(comparison: Comparison, form: Format = "table") -> str:
    """Returns the comparison in one of the forms."""
    if form == "json":
        return to_json(comparison.records())
    if form == "csv":
        return _csv(comparison)
    if form == "html":
        return comparison._repr_html_()
    head = comparison_head(comparison)
    rows = [[row[0].scenario.id, *map(comparison_cell, row)] for row in comparison]
    if form == "markdown":
        table = tabulate(
            [[cell.replace("\n", "<br>") for cell in row] for row in rows],
            headers=[title.replace("\n", "<br>") for title in head],
            tablefmt="pipe",
            disable_numparse=True,
        )
    else:
        table = _spaced(plain_table(head, rows))
    parts = [comparison_sentence(comparison), table, *gap_sentences(comparison), LEGEND, NOT_ADVICE]
    return "\n\n".join(parts)


def _spaced(table: str) -> str:
    """Drops the spaces at the ends of lines."""
    return "\n".join(line.rstrip() for line in table.splitlines())


def _csv(comparison: Comparison) -> str:
    out = io.StringIO()
    columns = (
        "scenario", "ruleset", "as_of", "in_force", "in_scope", "low", "high", "result",
        "rules", "open_rules", "open_questions", "checked",
    )  # fmt: skip
    writer = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    for row in comparison.records():
        holding = [rule["id"] for rule in row["rules"] if rule["holds"]]
        left_open = [rule["id"] for rule in row["rules"] if not rule["holds"]]
        writer.writerow(
            row
            | {name: _word(row[name]) for name in ("in_force", "in_scope")}
            | {
                "rules": " ".join(holding),
                "open_rules": " ".join(left_open),
                "open_questions": " ".join(row["open_questions"]),
            }
        )
    return out.getvalue().rstrip("\n")


def _word(value: bool | None) -> str:
    return "unknown" if value is None else "yes" if value else "no"
