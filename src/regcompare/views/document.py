"""What is shown to people, as data: sections, paragraphs, lists, entries, tables and figures.

A view builds a ``Document``; ``regcompare.views.render`` writes it in any form.  Nothing here knows how
a form looks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Union

import attrs

# within a line --------------------------------------------------------------------------------------


@attrs.frozen
class Link:
    """Words that lead to an address."""

    text: str
    url: str


@attrs.frozen
class Note:
    """Words of lesser weight, such as a mark in brackets."""

    text: str


@attrs.frozen
class Strong:
    """Words of greater weight."""

    text: str


@attrs.frozen
class Outcomes:
    """A span of outcomes, its ends named as in files.

    Attributes:
        low: The least outcome.
        high: The greatest.
        text: How it reads where it is not drawn.
    """

    low: str
    high: str
    text: str


Inline = str | Link | Note | Strong | Outcomes
Words = Inline | tuple[Inline, ...] | list[Inline]
"""What is given for a line: one piece or several."""


def _line(given: Words) -> tuple[Inline, ...]:
    pieces = (given,) if isinstance(given, Inline) else given
    return tuple(piece for piece in pieces if piece != "")


def plain(line: Iterable[Inline]) -> str:
    """Returns the words of a line."""
    return "".join(piece if isinstance(piece, str) else piece.text for piece in line)


# blocks ---------------------------------------------------------------------------------------------


@attrs.frozen
class Paragraph:
    """A line of words, wrapped.

    Attributes:
        line: The words.
        kind: ``lede`` for what is read first, ``note`` for what explains, ``notice`` for a warning.
        lang: Its language, where that is not English.
    """

    line: tuple[Inline, ...] = attrs.field(converter=_line)
    kind: str = ""
    lang: str = ""


@attrs.frozen
class Item:
    """An item of a list, with the items below it."""

    line: tuple[Inline, ...] = attrs.field(converter=_line)
    items: tuple[Item, ...] = ()


def _items(given: Iterable[Words | Item]) -> tuple[Item, ...]:
    items = (item if isinstance(item, Item) else Item(item) for item in given)
    return tuple(item for item in items if item.line)


@attrs.frozen
class Bullets:
    """A list; without items it is not shown."""

    items: tuple[Item, ...] = attrs.field(converter=_items)
    kind: str = ""

    def __bool__(self) -> bool:
        return bool(self.items)


@attrs.frozen
class Figure:
    """A picture as SVG, which only HTML shows."""

    svg: str


Block = Union[Paragraph, Bullets, Figure, "Entry", "Table", "Section"]
Blocks = Iterable[Block | Words | None]
"""What is given for blocks: a line is a paragraph, and what is None or empty is left out."""


def _blocks(given: Blocks) -> tuple[Block, ...]:
    made = (
        Paragraph(block) if isinstance(block, Inline | tuple | list) else block
        for block in given
        if block is not None
    )
    return tuple(block for block in made if not isinstance(block, Paragraph) or block.line)


@attrs.frozen
class Entry:
    """A line with what belongs to it below: a rule with its reasons, a question with its answers."""

    head: tuple[Inline, ...] = attrs.field(converter=_line)
    blocks: tuple[Block, ...] = attrs.field(converter=_blocks, default=())


Cell = tuple[Block, ...]


def _cell(given: Words | Blocks) -> Cell:
    if isinstance(given, str):
        return tuple(Paragraph(line) for line in given.split("\n"))
    return _blocks((given,) if isinstance(given, Inline) else given)


def _titles(given: Iterable[str]) -> tuple[str, ...]:
    return tuple(given)


def _rows(given: Iterable[Sequence[Words | Blocks]]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(tuple(map(_cell, row)) for row in given)


@attrs.frozen
class Table:
    """A table whose cells hold blocks; the first cell of a row heads it.

    Attributes:
        caption: What the table shows.
        head: The headings of the columns.
        rows: The cells, row by row; a line break in a text begins a new paragraph.
    """

    caption: str
    head: tuple[str, ...] = attrs.field(converter=_titles)
    rows: tuple[tuple[Cell, ...], ...] = attrs.field(converter=_rows)

    def __bool__(self) -> bool:
        return bool(self.rows)

    @property
    def is_tall(self) -> bool:
        """Whether cells hold lists or several lines, so that rows need lines between them."""
        cells = [cell for row in self.rows for cell in row]
        return any(len(cell) > 2 or any(isinstance(block, Bullets) for block in cell) for cell in cells)


@attrs.frozen
class Section:
    """A part under a heading; without anything in it, it is not shown.

    Attributes:
        title: The heading.
        blocks: What is in it.
        name: What a page calls it, so that a link can lead to it.
        result: The outcome that the heading announces.
    """

    title: str
    blocks: tuple[Block, ...] = attrs.field(converter=_blocks)
    name: str = ""
    result: tuple[Inline, ...] = attrs.field(converter=_line, default=())

    def __bool__(self) -> bool:
        return any(bool(block) for block in self.blocks)

    def named(self) -> list[Section]:
        """Returns the sections in it to which a link can lead."""
        return [block for block in self.blocks if isinstance(block, Section) and block.name]


@attrs.frozen
class Document:
    """A whole: a title, and blocks in order.

    Attributes:
        title: The title.
        blocks: What is in it.
        kind: What it is, where a page prints it in a way of its own: ``brief`` or ``fact-sheet``.
        lang: The language of its title and of what stands before its first section, where that is not
            English.
    """

    title: str
    blocks: tuple[Block, ...] = attrs.field(converter=_blocks)
    kind: str = ""
    lang: str = ""


def spaced(blocks: Iterable[Block]) -> Iterator[tuple[Block, bool]]:
    """Yields what text shows of blocks, and whether a blank line comes before: not between entries."""
    before: Block | None = None
    for block in blocks:
        if block and not isinstance(block, Figure):
            together = isinstance(before, Entry) and isinstance(block, Entry)
            yield block, before is not None and not together
            before = block


def outline(lines: Iterable[tuple[int, str]]) -> Bullets:
    """Returns lines with their depths, from 0, as a list of lists."""
    return Bullets(_nested(list(lines), 0))


def _nested(lines: Sequence[tuple[int, str]], depth: int) -> list[Item]:
    starts = [place for place, (level, _) in enumerate(lines) if level == depth]
    ends = [*starts[1:], len(lines)]
    return [
        Item(lines[start][1], tuple(_nested(lines[start + 1 : end], depth + 1)))
        for start, end in zip(starts, ends, strict=False)
    ]


def stacked(table: Table) -> list[Entry]:
    """Returns a table as an entry for each row, for where its columns have no room."""
    titles = [" ".join(title.split()) for title in table.head[1:]]
    return [
        Entry(
            Strong("; ".join(plain(block.line) for block in first if isinstance(block, Paragraph))),
            map(_named, titles, cells),
        )
        for first, *cells in table.rows
    ]


def _named(title: str, cell: Cell) -> Entry:
    """A cell below its heading, or beside it where it is one line."""
    if len(cell) == 1 and isinstance(cell[0], Paragraph):
        return Entry((f"{title}: ", *cell[0].line))
    return Entry(f"{title}:", cell)
