"""Content for readers, as data: sections, paragraphs, lists, entries, tables and figures.

A view builds a ``Document``; ``regcompare.views.render`` writes it in any form.  Nothing here depends
on a form.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol, Union

import attrs

from regcompare.ruleset.rules import Span

# within a line --------------------------------------------------------------------------------------


@attrs.frozen
class Link:
    """Text linked to an address."""

    text: str
    url: str


@attrs.frozen
class Note:
    """Text of lesser weight, such as a mark in brackets."""

    text: str


@attrs.frozen
class Strong:
    """Text of greater weight."""

    text: str


@attrs.frozen
class Outcomes:
    """A span of outcomes, with its wording where it is not drawn."""

    span: Span
    text: str


Inline = str | Link | Note | Strong | Outcomes
LineContent = Inline | tuple[Inline, ...] | list[Inline]
"""Content of a line: one piece or several."""


def _line(content: LineContent) -> tuple[Inline, ...]:
    pieces = (content,) if isinstance(content, Inline) else content
    return tuple(piece for piece in pieces if piece != "")


def plain(line: Iterable[Inline]) -> str:
    """Returns the text of a line without weights and links."""
    return "".join(piece if isinstance(piece, str) else piece.text for piece in line)


# blocks ---------------------------------------------------------------------------------------------


@attrs.frozen
class Paragraph:
    """A line of text, wrapped.

    Attributes:
        line: The text.
        kind: ``lede`` for the opening, ``note`` for an explanation, ``notice`` for a warning.
        lang: Its language, where that is not English.
    """

    line: tuple[Inline, ...] = attrs.field(converter=_line)
    kind: str = ""
    lang: str = ""


@attrs.frozen
class Item:
    """An item of a list, with its sub-items."""

    line: tuple[Inline, ...] = attrs.field(converter=_line)
    items: tuple[Item, ...] = ()


def _items(contents: Iterable[LineContent | Item]) -> tuple[Item, ...]:
    items = (item if isinstance(item, Item) else Item(item) for item in contents)
    return tuple(item for item in items if item.line)


@attrs.frozen
class Bullets:
    """A list; an empty one is not shown."""

    items: tuple[Item, ...] = attrs.field(converter=_items)
    kind: str = ""
    lang: str = ""

    def __bool__(self) -> bool:
        return bool(self.items)


@attrs.frozen
class Figure:
    """A picture as SVG, shown only in HTML."""

    svg: str


class Picture(Protocol):
    """A picture of a result."""

    def svg(self) -> str:
        """Returns it as SVG."""
        ...

    def png(self) -> bytes:
        """Returns it as PNG."""
        ...


Block = Union[Paragraph, Bullets, Figure, "Entry", "Table", "Section"]
BlockContents = Iterable[Block | LineContent | None]
"""Content of a section: a line becomes a paragraph; None and empty lines are left out."""


def _blocks(contents: BlockContents) -> tuple[Block, ...]:
    blocks = (
        Paragraph(block) if isinstance(block, Inline | tuple | list) else block
        for block in contents
        if block is not None
    )
    return tuple(block for block in blocks if not isinstance(block, Paragraph) or block.line)


@attrs.frozen
class Entry:
    """A heading line with its content: a rule with its reasons, a question with its answers."""

    head: tuple[Inline, ...] = attrs.field(converter=_line)
    blocks: tuple[Block, ...] = attrs.field(converter=_blocks, default=())


Cell = tuple[Block, ...]


def _cell(content: LineContent | BlockContents) -> Cell:
    if isinstance(content, str):
        return tuple(Paragraph(line) for line in content.split("\n"))
    return _blocks((content,) if isinstance(content, Inline) else content)


def _rows(rows: Iterable[Sequence[LineContent | BlockContents]]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(tuple(map(_cell, row)) for row in rows)


@attrs.frozen
class Table:
    """A table whose cells hold blocks; the first cell of a row heads it.

    Attributes:
        caption: What the table shows.
        head: The headings of the columns.
        rows: The cells, row by row; a line break in a cell starts a new paragraph.
        lang: The language of all of it, where that is not English: no table changes language.
        folds: Whether a page folds each row under its first cell, since the rows are long.
    """

    caption: str
    head: tuple[str, ...] = attrs.field(converter=tuple[str, ...])
    rows: tuple[tuple[Cell, ...], ...] = attrs.field(converter=_rows)
    lang: str = ""
    folds: bool = False

    def __bool__(self) -> bool:
        return bool(self.rows)

    @property
    def is_tall(self) -> bool:
        """True where cells contain lists or several lines, so that rows need rules between them."""
        cells = (cell for row in self.rows for cell in row)
        return any(len(cell) > 2 or any(isinstance(block, Bullets) for block in cell) for cell in cells)


@attrs.frozen
class Section:
    """A part under a heading; an empty one is not shown.

    Attributes:
        title: The heading.
        blocks: Its content.
        name: Its anchor on a page, for links.
        lang: The language of its heading, where that is not English.
    """

    title: str
    blocks: tuple[Block, ...] = attrs.field(converter=_blocks)
    name: str = ""
    lang: str = ""

    def __bool__(self) -> bool:
        return any(bool(block) for block in self.blocks)


@attrs.frozen
class Document:
    """A title, and blocks in order.

    Attributes:
        title: The title.
        blocks: Its content.
        kind: ``brief`` or ``fact-sheet``, which a page lays out in a way of their own.
        lang: The language of its title and of everything before its first section, where that is not
            English.
    """

    title: str
    blocks: tuple[Block, ...] = attrs.field(converter=_blocks)
    kind: str = ""
    lang: str = ""


def spaced(blocks: Iterable[Block]) -> Iterator[tuple[Block, bool]]:
    """Yields what text shows, each block with whether a blank line precedes it: not between entries."""
    previous: Block | None = None
    for block in blocks:
        if block and not isinstance(block, Figure):
            consecutive_entries = isinstance(previous, Entry) and isinstance(block, Entry)
            yield block, previous is not None and not consecutive_entries
            previous = block


def outline(lines: Iterable[tuple[int, str]]) -> Bullets:
    """Returns lines with their depths, from 0, as a nested list."""
    return Bullets(_nested(list(lines), 0))


def _nested(lines: Sequence[tuple[int, str]], depth: int) -> list[Item]:
    starts = [index for index, (level, _) in enumerate(lines) if level == depth]
    ends = [*starts[1:], len(lines)]
    return [
        Item(lines[start][1], tuple(_nested(lines[start + 1 : end], depth + 1)))
        for start, end in zip(starts, ends, strict=False)
    ]


def stacked(table: Table) -> list[Entry]:
    """Returns a table as one entry a row, for widths too narrow for its columns."""
    titles = [" ".join(title.split()) for title in table.head[1:]]
    return [
        Entry(
            Strong("; ".join(plain(block.line) for block in first if isinstance(block, Paragraph))),
            map(_labelled_cell, titles, cells),
        )
        for first, *cells in table.rows
    ]


def _labelled_cell(title: str, cell: Cell) -> Entry:
    """A cell below its column heading, or after it on one line."""
    if len(cell) == 1 and isinstance(cell[0], Paragraph):
        return Entry((f"{title}: ", *cell[0].line))
    return Entry(f"{title}:", cell)


@attrs.frozen
class Display:
    """An addition of a plugin to the output about a result.

    Attributes:
        section: A section of the text.
        data: The same as plain data, for JSON.
    """

    section: Section
    data: Any
