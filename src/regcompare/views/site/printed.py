"""Markdown as HTML for a page of the site, and as PDF for print, without a browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from typing import Any

from regcompare.errors import needs_extra

_STORY = re.compile(r"<code>(story\.html#[\w-]+(?:&amp;\w+)*)</code>")
"""An address of the page, in code, which becomes a link."""

_ROW = re.compile(r"(<tr>\s*)<td>(.+?)</td>")
"""The first cell of a row, which names it."""


def html_of_markdown(text: str, files: Sequence[str]) -> str:
    """Returns a text as HTML; links that lead to none of some files become plain words.

    Args:
        text: The text, as Markdown with tables.
        files: The names of the files that links may lead to, beside addresses of the web.

    Raises:
        UsageError: The extra ``site`` is not installed.
    """
    made: str = _parser().render(text)
    made = re.sub(r"<!--.*?-->\n?", "", made, flags=re.DOTALL)
    made = re.sub(r'<a href="([^"]*)">(.*?)</a>', lambda link: _linked(link, files), made)
    made = _STORY.sub(r'<a href="\1">\1</a>', made)
    made = _ROW.sub(r'\1<th scope="row">\2</th>', made).replace("<pre>", '<pre tabindex="0">')
    made = made.replace("<table>", '<div class="scroll" tabindex="0"><table>')
    return made.replace("</table>", "</table></div>").replace("<th>", '<th scope="col">')


def _linked(link: re.Match[str], files: Sequence[str]) -> str:
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
    """Returns a text as PDF on A4; a line across begins a new page.

    Headings, paragraphs, lists and tables are printed; the type has 11 points, and after the
    first line across 9, so that a work sheet fits.

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
    document.build(list(_Flow(document.width - 12).of(tokens)))
    return target.getvalue()


class _Flow:
    """Turns the tokens of a text into what is printed, one block after the other."""

    def __init__(self, width: float) -> None:
        self.width = width
        self.size = 11.0

    def of(self, tokens: Sequence[Any]) -> Iterator[Any]:
        """Yields what is printed."""
        from reportlab.platypus import PageBreak, Spacer

        place = 0
        while place < len(tokens):
            token = tokens[place]
            end = _end(tokens, place)
            if token.type == "heading_open":
                yield self._paragraph(tokens[place + 1], heading=int(token.tag[1]))
            elif token.type == "paragraph_open":
                yield self._paragraph(tokens[place + 1])
            elif token.type == "bullet_list_open":
                yield from self._items(tokens[place:end])
            elif token.type == "table_open":
                yield self._table(tokens[place:end])
                yield Spacer(1, 4)
            elif token.type == "hr":
                self.size = 9.0
                yield PageBreak()
            place = end
        yield Spacer(1, 1)

    def _style(self, *, heading: int = 0, **changes: Any) -> Any:
        from reportlab.lib.styles import ParagraphStyle

        size = {1: 20.0, 2: 14.0, 3: 11.5}.get(heading, self.size)
        about: dict[str, Any] = {"fontName": "Helvetica", "spaceBefore": 2, "spaceAfter": 3}
        if heading:
            about = {
                "fontName": "Helvetica-Bold",
                "spaceBefore": size / 2,
                "spaceAfter": 4,
                "keepWithNext": 1,
            }
        return ParagraphStyle("text", fontSize=size, leading=size * 1.32, **{**about, **changes})

    def _paragraph(self, inline: Any, *, heading: int = 0, **changes: Any) -> Any:
        from reportlab.platypus import Paragraph

        return Paragraph(_marked_up(inline), self._style(heading=heading, **changes))

    def _items(self, tokens: Sequence[Any]) -> Iterator[Any]:
        from reportlab.platypus import Paragraph

        style = self._style(leftIndent=12, bulletIndent=2)
        for token in tokens:
            if token.type == "inline":
                yield Paragraph(_marked_up(token), style, bulletText="\u2022")

    def _table(self, tokens: Sequence[Any]) -> Any:
        from reportlab.lib.colors import HexColor
        from reportlab.platypus import Table

        rows: list[list[Any]] = []
        for place, token in enumerate(tokens):
            if token.type == "tr_open":
                rows.append([])
            elif token.type in ("th_open", "td_open"):
                font = "Helvetica-Bold" if token.type == "th_open" else "Helvetica"
                rows[-1].append(self._paragraph(tokens[place + 1], fontName=font))
        lengths = _lengths(tokens, len(rows[0]))
        widths = [self.width * length / sum(lengths) for length in lengths]
        rule = HexColor("#8a8a90")
        style = [
            ("GRID", (0, 0), (-1, -1), 0.5, rule),
            ("BACKGROUND", (0, 0), (-1, 0), HexColor("#f1efe9")),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            *((side, (0, 0), (-1, -1), 2) for side in ("TOPPADDING", "BOTTOMPADDING")),
        ]
        return Table(rows, colWidths=widths, style=style, repeatRows=1)


def _lengths(tokens: Sequence[Any], columns: int) -> list[float]:
    """How wide columns are, one to another: by their longest texts, none too narrow or too wide."""
    texts = [token.content for token in tokens if token.type == "inline"]
    return [min(max(map(len, texts[column::columns])), 44) + 8 for column in range(columns)]


def _end(tokens: Sequence[Any], place: int) -> int:
    """Where the block that begins at a place is over."""
    depth = 0
    for end in range(place, len(tokens)):
        depth += tokens[end].nesting
        if depth == 0:
            return end + 1
    return len(tokens)


_MARKS: dict[str, Callable[[Any], str]] = {
    "strong_open": lambda _: "<b>",
    "strong_close": lambda _: "</b>",
    "em_open": lambda _: "<i>",
    "em_close": lambda _: "</i>",
    "softbreak": lambda _: " ",
    "text": lambda token: _escaped(token.content),
    "code_inline": lambda token: f'<font face="Courier">{_escaped(token.content)}</font>',
}


def _marked_up(inline: Any) -> str:
    """A line with its marks, as print takes it; links are their words."""
    return "".join(_MARKS[token.type](token) for token in inline.children if token.type in _MARKS)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
