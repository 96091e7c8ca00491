"""Markdown as HTML for the site, and as PDF for print, without a browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from typing import Any

from regcompare.errors import needs_extra
from regcompare.views.escapes import html

_STORY_ADDRESS = re.compile(r"<code>(story\.html#[\w-]+(?:&amp;\w+)*)</code>")
"""An address of the interactive page in code markup, which becomes a link."""

_FIRST_CELL = re.compile(r"(<tr>\s*)<td>(.+?)</td>")
"""The first cell of a row, which heads it."""


def html_of_markdown(text: str, files: Sequence[str]) -> str:
    """Returns a text as HTML; links to other files than those given become plain text.

    Args:
        text: The text, as Markdown with tables.
        files: The names of the files to which links may lead, besides web addresses.

    Raises:
        UsageError: The extra ``site`` is not installed.
    """
    html: str = _parser().render(text)
    html = re.sub(r"<!--.*?-->\n?", "", html, flags=re.DOTALL)
    html = re.sub(r'<a href="([^"]*)">(.*?)</a>', lambda link: _link_or_text(link, files), html)
    html = _STORY_ADDRESS.sub(r'<a href="\1">\1</a>', html)
    html = _FIRST_CELL.sub(r'\1<th scope="row">\2</th>', html).replace("<pre>", '<pre tabindex="0">')
    html = html.replace("<table>", '<div class="scroll" tabindex="0"><table>')
    return html.replace("</table>", "</table></div>").replace("<th>", '<th scope="col">')


def _link_or_text(link: re.Match[str], files: Sequence[str]) -> str:
    target = re.sub(r"\.md$", ".pdf", link[1])
    if target in files or link[1].startswith(("https://", "http://")):
        return f'<a href="{target}">{link[2]}</a>'
    return link[2]


def _parser() -> Any:
    with needs_extra("site"):
        from markdown_it import MarkdownIt
    return MarkdownIt("commonmark", {"html": True}).enable("table")


# print --------------------------------------------------------------------------------------------


def pdf_of_markdown(text: str, *, lang: str = "en") -> bytes:
    """Returns a text as PDF on A4; a horizontal rule starts a new page.

    Headings, paragraphs, lists and tables are printed, in 11 points, and after the first horizontal
    rule in 9, so that a work sheet fits.

    Args:
        text: The text, as Markdown with tables.
        lang: The language of the text.

    Raises:
        UsageError: The extra ``site`` is not installed.
    """
    with needs_extra("site"):
        from reportlab.lib.pagesizes import A4
        from reportlab.lib.units import mm
        from reportlab.platypus import SimpleDocTemplate
    tokens = _parser().parse(text)
    title = next((tokens[place + 1].content for place, t in enumerate(tokens) if t.tag == "h1"), "")
    target = BytesIO()
    margins = {f"{side}Margin": 12 * mm for side in ("left", "right", "top", "bottom")}
    document = SimpleDocTemplate(
        target, pagesize=A4, title=title, lang=lang, invariant=1, displayDocTitle=1, **margins
    )
    document.build(list(_PdfFlow(document.width - 12).of(tokens)))
    return target.getvalue()


class _PdfFlow:
    """Turns Markdown tokens into PDF flowables, block by block."""

    def __init__(self, width: float) -> None:
        self.width = width
        self.size = 11.0

    def of(self, tokens: Sequence[Any]) -> Iterator[Any]:
        """Yields the flowables."""
        from reportlab.platypus import PageBreak, Spacer

        index = 0
        while index < len(tokens):
            token = tokens[index]
            end = _block_end(tokens, index)
            if token.type == "heading_open":
                yield self._paragraph(tokens[index + 1], heading=int(token.tag[1]))
            elif token.type == "paragraph_open":
                yield self._paragraph(tokens[index + 1])
            elif token.type == "bullet_list_open":
                yield from self._items(tokens[index:end])
            elif token.type == "table_open":
                yield self._table(tokens[index:end])
                yield Spacer(1, 4)
            elif token.type == "hr":
                self.size = 9.0
                yield PageBreak()
            index = end
        yield Spacer(1, 1)

    def _style(self, *, heading: int = 0, **changes: Any) -> Any:
        from reportlab.lib.styles import ParagraphStyle

        size = {1: 20.0, 2: 14.0, 3: 11.5}.get(heading, self.size)
        attributes: dict[str, Any] = {"fontName": "Helvetica", "spaceBefore": 2, "spaceAfter": 3}
        if heading:
            attributes = {
                "fontName": "Helvetica-Bold",
                "spaceBefore": size / 2,
                "spaceAfter": 4,
                "keepWithNext": 1,
            }
        return ParagraphStyle("text", fontSize=size, leading=size * 1.32, **{**attributes, **changes})

    def _paragraph(self, inline: Any, *, heading: int = 0, **changes: Any) -> Any:
        from reportlab.platypus import Paragraph

        return Paragraph(_inline_markup(inline), self._style(heading=heading, **changes))

    def _items(self, tokens: Sequence[Any]) -> Iterator[Any]:
        from reportlab.platypus import Paragraph

        style = self._style(leftIndent=12, bulletIndent=2)
        for token in tokens:
            if token.type == "inline":
                yield Paragraph(_inline_markup(token), style, bulletText="\u2022")

    def _table(self, tokens: Sequence[Any]) -> Any:
        from reportlab.lib.colors import HexColor
        from reportlab.platypus import Table

        rows: list[list[Any]] = []
        for index, token in enumerate(tokens):
            if token.type == "tr_open":
                rows.append([])
            elif token.type in ("th_open", "td_open"):
                font = "Helvetica-Bold" if token.type == "th_open" else "Helvetica"
                rows[-1].append(self._paragraph(tokens[index + 1], fontName=font))
        column_weights = _column_weights(tokens, len(rows[0]))
        widths = [self.width * length / sum(column_weights) for length in column_weights]
        grey = HexColor("#8a8a90")
        style = [
            ("GRID", (0, 0), (-1, -1), 0.5, grey),
            ("BACKGROUND", (0, 0), (-1, 0), HexColor("#f1efe9")),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            *((side, (0, 0), (-1, -1), 2) for side in ("TOPPADDING", "BOTTOMPADDING")),
        ]
        return Table(rows, colWidths=widths, style=style, repeatRows=1)


def _column_weights(tokens: Sequence[Any], columns: int) -> list[float]:
    """The relative widths of columns, from their longest texts within limits."""
    texts = [token.content for token in tokens if token.type == "inline"]
    return [min(max(map(len, texts[column::columns])), 44) + 8 for column in range(columns)]


def _block_end(tokens: Sequence[Any], start: int) -> int:
    """The index after the block that starts at an index."""
    depth = 0
    for end in range(start, len(tokens)):
        depth += tokens[end].nesting
        if depth == 0:
            return end + 1
    return len(tokens)


_INLINE_MARKS: dict[str, Callable[[Any], str]] = {
    "strong_open": lambda _: "<b>",
    "strong_close": lambda _: "</b>",
    "em_open": lambda _: "<i>",
    "em_close": lambda _: "</i>",
    "softbreak": lambda _: " ",
    "text": lambda token: html(token.content),
    "code_inline": lambda token: f'<font face="Courier">{html(token.content)}</font>',
}


def _inline_markup(inline: Any) -> str:
    """A line in reportlab markup; of links only the text."""
    return "".join(
        _INLINE_MARKS[token.type](token) for token in inline.children if token.type in _INLINE_MARKS
    )
