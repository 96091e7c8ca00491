"""A small document that is written once and printed as Markdown or as plain text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

import attrs
from tabulate import tabulate

__all__ = ["Cell", "Columns", "Document", "Heading", "Line"]


@attrs.frozen
class Line:
    """A paragraph, or with a depth from 0 an item of a list."""

    text: str
    depth: int | None = None
    link: tuple[str, str] | None = None
    """Words at its beginning with the address that they lead to, where the form has links."""


Cell = Sequence[Line]


@attrs.frozen
class Heading:
    """A heading; level 1 is the title."""

    text: str
    level: int = 2


@attrs.frozen
class Columns:
    """A table whose cells hold paragraphs and lists; the first cell heads its row."""

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]


@attrs.define
class Document:
    """Headings, paragraphs, lists and tables, in order."""

    parts: list[Line | Heading | Columns] = attrs.field(factory=list)

    def heading(self, text: str, level: int = 2) -> None:
        self.parts.append(Heading(text, level))

    def paragraph(self, text: str) -> None:
        self.parts.append(Line(text))

    def bullets(self, texts: Iterable[str]) -> None:
        self.parts += [Line(text, 0) for text in texts]

    def outline(self, lines: Iterable[tuple[int, str]], depth: int = 0) -> None:
        self.parts += [Line(text, depth + level) for level, text in lines]

    # as Markdown --------------------------------------------------------------------------------

    def markdown(self) -> str:
        """Returns the document as Markdown; a table with lists in its cells as HTML around it."""
        blocks: list[str] = []
        for lines in _runs(self.parts):
            first = lines[0]
            if isinstance(first, Heading):
                blocks.append(f"{'#' * first.level} {_escaped(first.text)}")
            elif isinstance(first, Columns):
                blocks.append(_markdown_table(first))
            else:
                blocks.append(_markdown_lines([line for line in lines if isinstance(line, Line)]))
        return "\n\n".join(blocks) + "\n"

    # as plain text ------------------------------------------------------------------------------

    def text(self, width: int, *, links: bool = False) -> str:
        """Returns the document as plain text, wrapped.

        Args:
            width: How many characters a line may have.
            links: Whether to print the addresses after the items of a list that have one.
        """
        blocks: list[str] = []
        for lines in _runs(self.parts):
            first = lines[0]
            if isinstance(first, Heading):
                mark = "=" if first.level == 1 else "-"
                blocks.append(f"{first.text}\n{mark * len(first.text)}")
            elif isinstance(first, Columns):
                blocks.append(_text_table(first, width))
            else:
                cell = [line for line in lines if isinstance(line, Line)]
                blocks.append("\n".join(_wrapped(_with_addresses(cell) if links else cell, width)))
        return "\n\n".join(blocks)


def _with_addresses(cell: Cell) -> Cell:
    """Lines, each followed by the address that it leads to."""
    pairs = ((line, line.link and Line(line.link[1], line.depth)) for line in cell)
    return [line for pair in pairs for line in pair if line]


def _runs(
    parts: Iterable[Line | Heading | Columns],
) -> list[list[Line | Heading | Columns]]:
    """Items of one list stand together; everything else stands alone."""
    runs: list[list[Line | Heading | Columns]] = []
    for part in parts:
        is_item = isinstance(part, Line) and part.depth is not None
        before = runs[-1][-1] if runs else None
        if is_item and isinstance(before, Line) and before.depth is not None:
            runs[-1].append(part)
        else:
            runs.append([part])
    return runs


def _escaped(text: str) -> str:
    return text.replace("*", "\\*").replace("<", "&lt;")


def _markdown_lines(cell: Cell) -> str:
    blocks: list[str] = []
    for lines in _runs(cell):
        texts = (line for line in lines if isinstance(line, Line))
        blocks.append("\n".join(_markdown_line(line) for line in texts))
    return "\n\n".join(blocks)


def _markdown_line(line: Line) -> str:
    text = _escaped(line.text)
    if line.link:
        words, url = line.link
        text = f"[{_escaped(words)}]({url}){_escaped(line.text.removeprefix(words))}"
    return text if line.depth is None else f"{'  ' * line.depth}- {text}"


def _markdown_table(columns: Columns) -> str:
    head = "".join(f'<th scope="col" align="left">{_escaped(title)}</th>' for title in columns.head)
    lines = ["<table>", f"<caption>{_escaped(columns.caption)}</caption>"]
    lines += [f"<thead><tr>{head}</tr></thead>", "<tbody>"]
    for first, *others in columns.rows:
        lines += ['<tr valign="top">', '<th scope="row" align="left">', "", _markdown_lines(first), ""]
        lines += ["</th>"]
        for cell in others:
            lines += ["<td>", "", _markdown_lines(cell), "", "</td>"]
        lines += ["</tr>"]
    return "\n".join([*lines, "</tbody>", "</table>"])


_SHARES = (0.31, 0.45, 0.24)
"""How three columns share a line of plain text."""
_FRAME = 10
"""What the frame of three columns takes of a line."""


def _text_table(columns: Columns, width: int) -> str:
    widths = [int((width - _FRAME) * share) for share in _SHARES]
    rows = [
        ["\n".join(_wrapped(cell, size)) for cell, size in zip(row, widths, strict=True)]
        for row in columns.rows
    ]
    table = tabulate(rows, headers=list(columns.head), tablefmt="grid", disable_numparse=True)
    return f"{columns.caption}\n\n{table}"


def _wrapped(cell: Cell, width: int) -> list[str]:
    lines: list[str] = []
    for line in cell:
        mark = "" if line.depth is None else "  " * line.depth + "- "
        lines += textwrap.wrap(
            line.text,
            max(width, len(mark) + 16),
            initial_indent=mark,
            subsequent_indent=" " * len(mark),
            break_on_hyphens=False,
        )
    return lines
