"""A document as text: plain, which depends only on document and width, or for a terminal.

A terminal gets its width, weight and colour; where it is too narrow for a table, an entry for each row.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby, repeat

import attrs
from tabulate import tabulate

from regcompare._visible import visible

from .document import (
    Block,
    Bullets,
    Cell,
    Document,
    Entry,
    Inline,
    Item,
    Link,
    Note,
    Outcomes,
    Paragraph,
    Section,
    Strong,
    Table,
    plain,
    spaced,
    stacked,
)

_MIN_COLUMN = 16
"""The least width of a column."""
_COLUMN_GAP, _FRAME_GAP = 4, 5
"""The width that a column adds to its text, in a table without rules and in a framed one."""
_PROSE_WIDTH = 96
"""The line width of sentences, however wide a terminal is."""
_READABLE = 26
"""A table of a terminal in which every longer column cannot have this width is stacked."""
_BOLD, _DIM = "1", "2"
_COLOURS = ("32", "36", "36", "33", "35", "31", "1;31")
"""The colours of outcomes, in their order, as terminals number them; the word is always printed too."""


def plain_text(document: Document, width: int, table_width: int) -> str:
    """Returns a document as plain text, its lines and its tables in a width."""
    return _Writer(width, table_width).text(document)


def terminal_text(document: Document, width: int, *, coloured: bool) -> str:
    """Returns a document with terminal control codes; control codes in its texts are made visible."""
    return _Writer(min(width, _PROSE_WIDTH), width, is_terminal=True, coloured=coloured).text(document)


@attrs.frozen
class _Writer:
    """Writes blocks as lines.

    Attributes:
        width: The width of sentences.
        table_width: The width of tables.
        is_terminal: Whether weights are shown, and a table that is too wide is stacked.
        coloured: Whether outcomes have their colours, and links their addresses, on a terminal.
    """

    width: int
    table_width: int
    is_terminal: bool = False
    coloured: bool = False

    def text(self, document: Document) -> str:
        title = [*self.heading(document.title, "="), ""] if document.title else []
        return "\n".join([*title, *self.blocks(document.blocks)])

    def heading(self, text: str, line: str = "-") -> list[str]:
        return [self.shown(Strong(text), visible(text)), line * len(text)]

    def blocks(self, blocks: Iterable[Block]) -> Iterator[str]:
        for block, is_apart in spaced(blocks):
            yield from [""] * is_apart
            yield from self.block(block, self.width)

    def block(self, block: Block, width: int) -> Iterator[str]:
        if isinstance(block, Paragraph):
            is_note = self.is_terminal and block.kind == "note"
            yield from self.wrapped([Note(plain(block.line))] if is_note else block.line, width)
        elif isinstance(block, Bullets):
            yield from self.items(block.items, width)
        elif isinstance(block, Entry):
            yield from self.wrapped(block.head, width, "", "  ")
            for child in block.blocks:
                yield from _indented(self.block(child, width - 2))
        elif isinstance(block, Table):
            yield from self.table(block)
        elif isinstance(block, Section):
            yield from (*self.heading(block.title), *self.blocks(block.blocks))

    def items(self, items: Iterable[Item], width: int) -> Iterator[str]:
        for item in items:
            yield from self.wrapped(item.line, width, "- ", "  ")
            yield from _indented(self.items(item.items, width - 2))

    def table(self, table: Table) -> Iterator[str]:
        """Yields a table; a tall one has a frame."""
        is_framed = table.is_tall
        demands = [
            self.column_demand(title, cells)
            for title, *cells in zip(table.head, *table.rows, strict=True)
        ]
        available = self.table_width - 1 - (_FRAME_GAP if is_framed else _COLUMN_GAP) * len(demands)
        if self.is_terminal and available < sum(max(low, min(_READABLE, high)) for low, high in demands):
            yield from self.blocks(stacked(table))
            return
        widths = _column_widths(demands, available)
        head = [
            "\n".join(
                part
                for line in title.splitlines()
                for part in self.wrapped([Strong(line)], size, least=0)
            )
            for title, size in zip(table.head, widths, strict=True)
        ]
        rows = [
            ["\n".join(self.cell(cell, size)) for cell, size in zip(row, widths, strict=True)]
            for row in table.rows
        ]
        if is_framed:
            yield from (*self.wrapped([table.caption], self.width), "")
        form = "simple_grid" if is_framed else "simple"
        text = tabulate(rows, head, tablefmt=form, disable_numparse=True)
        yield from (line.rstrip() for line in text.splitlines())

    def column_demand(self, title: str, cells: Iterable[Cell]) -> tuple[int, int]:
        """Returns the least width of a column, that of its longest word, and its preferred width."""
        bare = attrs.evolve(self, is_terminal=False)
        lines = [*title.split("\n"), *(line for cell in cells for line in bare.cell(cell, 10_000))]
        word_lengths = (len(word) for line in lines for word in line.split())
        return max(word_lengths, default=1), max(map(len, lines))

    def cell(self, cell: Cell, width: int) -> list[str]:
        return [line for block in cell for line in self.block(block, width)]

    def wrapped(
        self, line: Sequence[Inline], width: int, first: str = "", others: str = "",
        least: int = _MIN_COLUMN,
    ) -> Iterator[str]:  # fmt: skip
        """Yields a line as several of a width, each piece in its weight."""
        text = visible(plain(line)).replace("\n", " ")
        lines = textwrap.wrap(
            text, max(width, len(others) + least), initial_indent=first, subsequent_indent=others,
            break_long_words=False, break_on_hyphens=False, expand_tabs=False,
        )  # fmt: skip
        if not self.is_terminal:
            yield from lines
            return
        pieces = [piece for piece in line for _ in visible(plain([piece]))]
        start = 0
        for lead, part in zip(chain([first], repeat(others)), lines, strict=False):
            own = part[len(lead) :]
            start = text.index(own, start)
            runs = groupby(range(start, start := start + len(own)), key=pieces.__getitem__)
            yield lead + "".join(
                self.shown(piece, "".join(text[index] for index in run)) for piece, run in runs
            )

    def shown(self, piece: Inline, text: str) -> str:
        """Returns text of a piece in its weight and colour."""
        if not self.is_terminal:
            return text
        if isinstance(piece, Link) and piece.url and self.coloured:
            return f"\x1b]8;;{visible(piece.url)}\x1b\\{text}\x1b]8;;\x1b\\"
        weight = {Strong: _BOLD, Note: _DIM}.get(type(piece), "")
        if isinstance(piece, Outcomes) and self.coloured:
            weight = _COLOURS[piece.span.high.rank]
        return f"\x1b[{weight}m{text}\x1b[0m" if weight else text


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (f"  {line}" for line in lines)


def _column_widths(demands: Sequence[tuple[int, int]], available: int) -> list[int]:
    """Widths that fit: each column fits its longest word, and gets a share of the spare width."""
    spare = available - sum(minimum for minimum, _ in demands)
    widths = [minimum for minimum, _ in demands]
    by_excess = sorted(range(len(demands)), key=lambda column: demands[column][1] - demands[column][0])
    for rank, column in enumerate(by_excess):
        minimum, preferred = demands[column]
        extra = min(preferred - minimum, max(spare, 0) // (len(demands) - rank))
        widths[column] += extra
        spare -= extra
    return widths
