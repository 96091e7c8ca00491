"""A document as plain text, which depends on nothing but the document and the width."""

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

_LEAST = 16
"""A column is never narrower."""
_BETWEEN, _FRAME = 4, 5
"""What a column takes besides its words, in a table without lines and in a frame."""


def plain_text(document: Document, *, width: int, table_width: int, links: bool) -> str:
    """Returns a document as plain text; the arguments are those of ``render``."""
    writer = _Writer(width, table_width, links)
    title = [*writer.heading(document.title, "="), ""] if document.title else []
    return "\n".join([*title, *writer.blocks(document.blocks)])


class _Writer:
    """Writes blocks as lines."""

    def __init__(self, width: int, table_width: int, links: bool) -> None:
        self.width, self.table_width, self.links = width, table_width, links

    def blocks(self, blocks: Sequence[Block]) -> Iterator[str]:
        for block, is_apart in spaced(blocks):
            yield from [""] * is_apart
            yield from self.block(block, self.width)

    def heading(self, text: str, sign: str = "-") -> list[str]:
        return [text, sign * len(text)]

    def block(self, block: Block, width: int, indent: int = 0) -> Iterator[str]:
        """Yields the lines of one block, also of what is within an entry or a cell."""
        if isinstance(block, Paragraph):
            yield from self.wrapped(block.line, width, indent, indent)
        elif isinstance(block, Bullets):
            yield from self.items(block.items, width, indent)
        elif isinstance(block, Entry):
            yield from self.wrapped(block.head, width, indent, indent + 2)
            for inner in block.blocks:
                yield from self.block(inner, width, indent + 2)
        elif isinstance(block, Table):
            yield from (f"{' ' * indent}{line}" for line in self.table(block))
        elif isinstance(block, Section):
            title = block.title + (f": {plain(block.result)}" if block.result else "")
            lines = (*self.heading(title), *self.blocks(block.blocks))
            yield from (f"{' ' * indent}{line}" for line in lines)

    def items(self, items: Iterable[Item], width: int, indent: int) -> Iterator[str]:
        for item in items:
            yield from self.wrapped(item.line, width, indent, indent + 2, "- ")
            yield from self.items(item.items, width, indent + 2)

    def wrapped(
        self, line: Sequence[Inline], width: int, indent: int, hang: int, mark: str = ""
    ) -> Iterator[str]:
        """Yields a line of words, wrapped, and the addresses that it leads to where they are wanted."""
        first, others = " " * indent + mark, " " * hang
        yield from _wrap(plain(line), max(width, hang + _LEAST), first, others)
        if self.links:
            yield from (others + piece.url for piece in line if isinstance(piece, Link) and piece.url)

    def table(self, table: Table) -> list[str]:
        """Returns a table; a tall one has a frame."""
        framed = table.is_tall
        columns = list(zip(table.head, *table.rows, strict=True))
        room = self.table_width - 1 - (_FRAME if framed else _BETWEEN) * len(columns)
        widths = _shared([self.asked(title, cells) for title, *cells in columns], room)
        head = [
            "\n".join(part for line in title.splitlines() for part in _wrap(line, size))
            for title, size in zip(table.head, widths, strict=True)
        ]
        rows = [
            ["\n".join(self.cell(cell, size)) for cell, size in zip(row, widths, strict=True)]
            for row in table.rows
        ]
        caption = [*self.wrapped((table.caption,), self.width, 0, 0), ""] if framed else []
        return [*caption, *plain_table(head, rows, framed=framed).splitlines()]

    def asked(self, title: str, cells: Iterable[Cell]) -> tuple[int, int]:
        """Returns how wide a column has to be for its longest word, and how wide it would like to be."""
        lines = [*title.split("\n"), *(line for cell in cells for line in self.cell(cell, 10_000))]
        words = (len(word) for line in lines for word in line.split())
        return max(words, default=1), max(map(len, lines))

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


def _shared(asked: Sequence[tuple[int, int]], room: int) -> list[int]:
    """Widths that fit: each column has its longest word, and a share of what is left."""
    left = room - sum(least for least, _ in asked)
    widths = [least for least, _ in asked]
    by_wish = sorted(range(len(asked)), key=lambda place: asked[place][1] - asked[place][0])
    for number, place in enumerate(by_wish):
        least, most = asked[place]
        given = min(most - least, max(left, 0) // (len(asked) - number))
        widths[place] += given
        left -= given
    return widths


def plain_table(head: Sequence[str], rows: Iterable[Sequence[str]], *, framed: bool = False) -> str:
    """Returns a table in plain text; what looks like a number stays text."""
    made = tabulate(
        list(rows),
        headers=list(head),
        tablefmt="simple_grid" if framed else "simple",
        disable_numparse=True,
    )
    return "\n".join(line.rstrip() for line in made.splitlines())
