"""Accessible tables in HTML, for notebooks and reports."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

__all__ = ["joined_cell", "table"]

_STYLE = (
    "border-collapse:collapse;font:inherit;text-align:left",
    "padding:.3em .7em;border-bottom:1px solid rgba(128,128,128,.4);text-align:left;vertical-align:top",
)


class _Html(str):
    """A text that is markup already."""

    __slots__ = ()


def joined_cell(lines: Iterable[tuple[str, str]]) -> str:
    """Returns a cell of lines, each a text and the address that it leads to; blank leads nowhere."""
    return _Html("<br>".join(_line(text, url) for text, url in lines))


def _line(text: str, url: str) -> str:
    return f'<a href="{escape(url)}" rel="noreferrer">{_text(text)}</a>' if url else _text(text)


def table(
    caption: str, head: Sequence[str], rows: Iterable[Sequence[str]], *, sentence: str = ""
) -> str:
    """Returns a table with a caption and header scopes, after a sentence that says the finding.

    Args:
        caption: What the table shows.
        head: The headings of the columns.
        rows: The rows; the first cell heads its row.  Line breaks are kept; everything is escaped.
        sentence: The finding, before the table.
    """
    whole, cell = _STYLE
    parts = [f"<p>{_text(sentence)}</p>"] if sentence else []
    parts.append(f'<table style="{whole}"><caption style="text-align:left">{_text(caption)}</caption>')
    titles = "".join(f'<th scope="col" style="{cell}">{_text(title)}</th>' for title in head)
    parts.append(f"<thead><tr>{titles}</tr></thead><tbody>")
    for first, *others in rows:
        data = "".join(f'<td style="{cell}">{_text(value)}</td>' for value in others)
        parts.append(f'<tr><th scope="row" style="{cell}">{_text(first)}</th>{data}</tr>')
    parts.append("</tbody></table>")
    return "".join(parts)


def _text(value: str) -> str:
    return value if isinstance(value, _Html) else escape(value).replace("\n", "<br>")
