"""A document as plain text, which depends only on the document and the width."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence

from tabulate import tabulate

from .document import (
    Block,
    Bullets,
    Cell,
    Document,
    Entry,
    Inline,
    Item,
    Link,
    Paragraph,
    Section,
    Table,
    plain,
    spaced,
)

_MIN_COLUMN = 16
"""The least width of a column."""
_COLUMN_GAP, _FRAME_GAP = 4, 5
"""The width that a column adds to its text, in a table without rules and in a framed one."""


def plain_text(document: Document, width: int, *, table_width: int, links: bool) -> str:
    """Returns a document as plain text; the arguments are those of ``render``."""
    writer = _Writer(width, table_width, links)
    title = [*writer.heading(document.title, "="), ""] if document.title else []
    return "\n".join([*title, *writer.blocks(document.blocks)])


class _Writer:
    def __init__(self, width: int, table_width: int, links: bool) -> None:
        self.width, self.table_width, self.links = width, table_width, links

    def blocks(self, blocks: Sequence[Block]) -> Iterator[str]:
        for block, is_apart in spaced(blocks):
            yield from [""] * is_apart
            yield from self.block(block, self.width)

    def heading(self, text: str, underline: str = "-") -> list[str]:
        return [text, underline * len(text)]

    def block(self, block: Block, width: int, indent: int = 0) -> Iterator[str]:
        """Yields the lines of one block, on its own or inside an entry or a cell."""
        if isinstance(block, Paragraph):
            yield from self.wrapped(block.line, width, indent, indent)
        elif isinstance(block, Bullets):
            yield from self.items(block.items, width, indent)
        elif isinstance(block, Entry):
            yield from self.wrapped(block.head, width, indent, indent + 2)
            for child in block.blocks:
                yield from self.block(child, width, indent + 2)
        elif isinstance(block, Table):
            yield from (f"{' ' * indent}{line}" for line in self.table(block))
        elif isinstance(block, Section):
            lines = (*self.heading(block.title), *self.blocks(block.blocks))
            yield from (f"{' ' * indent}{line}" for line in lines)

    def items(self, items: Iterable[Item], width: int, indent: int) -> Iterator[str]:
        for item in items:
            yield from self.wrapped(item.line, width, indent, indent + 2, "- ")
            yield from self.items(item.items, width, indent + 2)

    def wrapped(
        self, line: Sequence[Inline], width: int, indent: int, hang: int, bullet: str = ""
    ) -> Iterator[str]:
        """Yields a line, wrapped, followed by the addresses of its links if they are to be printed."""
        first, others = " " * indent + bullet, " " * hang
        yield from _wrap(plain(line), max(width, hang + _MIN_COLUMN), first, others)
        if self.links:
            yield from (others + piece.url for piece in line if isinstance(piece, Link) and piece.url)

    def table(self, table: Table) -> list[str]:
        """Returns a table; a tall one has a frame."""
        is_framed = table.is_tall
        columns = list(zip(table.head, *table.rows, strict=True))
        available = self.table_width - 1 - (_FRAME_GAP if is_framed else _COLUMN_GAP) * len(columns)
        widths = _column_widths(
            [self.column_demand(title, cells) for title, *cells in columns], available
        )
        head = [
            "\n".join(piece for line in title.splitlines() for piece in _wrap(line, size))
            for title, size in zip(table.head, widths, strict=True)
        ]
        rows = [
            ["\n".join(self.cell(cell, size)) for cell, size in zip(row, widths, strict=True)]
            for row in table.rows
        ]
        caption = [*self.wrapped((table.caption,), self.width, 0, 0), ""] if is_framed else []
        return [*caption, *plain_table(head, rows, framed=is_framed).splitlines()]

    def column_demand(self, title: str, cells: Iterable[Cell]) -> tuple[int, int]:
        """Returns the least width of a column, that of its longest word, and its preferred width."""
        lines = [*title.split("\n"), *(line for cell in cells for line in self.cell(cell, 10_000))]
        word_lengths = (len(word) for line in lines for word in line.split())
        return max(word_lengths, default=1), max(map(len, lines))

    def cell(self, cell: Cell, width: int) -> list[str]:
        return [line for block in cell for line in self.block(block, width)]


def _wrap(text: str, width: int, first: str = "", others: str = "") -> list[str]:
    return textwrap.wrap(
        text,
        width,
        initial_indent=first,
        subsequent_indent=others,
        break_long_words=False,
        break_on_hyphens=False,
    )


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


def plain_table(head: Sequence[str], rows: Iterable[Sequence[str]], *, framed: bool = False) -> str:
    """Returns a table in plain text; numbers stay as written."""
    text = tabulate(
        list(rows),
        headers=list(head),
        tablefmt="simple_grid" if framed else "simple",
        disable_numparse=True,
    )
    return "\n".join(line.rstrip() for line in text.splitlines())
