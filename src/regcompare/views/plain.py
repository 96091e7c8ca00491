"""A document as plain text, which depends on nothing but the document and the width."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from tabulate import tabulate

from .document import (
    Block,
    Bullets,
    Cell,
    Document,
    Entry,
    Figure,
    Inline,
    Item,
    Link,
    Paragraph,
    Section,
    Table,
    plain,
)

__all__ = ["plain_table", "plain_text"]

_LEAST = 16
"""A column is never narrower."""
_BETWEEN, _FRAME = 4, 5
"""What a column takes besides its words, in a table without lines and in a frame."""


def plain_text(document: Document, *, width: int, table_width: int, links: bool) -> str:
    """Returns a document as plain text.

    Args:
        document: The document.
        width: How many characters a line may have.
        table_width: The same for tables.
        links: Whether the addresses of links are printed.
    """
    writer = _Writer(width, table_width, links)
    title = writer.heading(document.title, 1) if document.title else []
    return "\n".join([*title, *[""] * bool(title), *writer.blocks(document.blocks)])


class _Writer:
    """Writes blocks as lines."""

    def __init__(self, width: int, table_width: int, links: bool) -> None:
        self.width, self.table_width, self.links = width, table_width, links

    def blocks(self, blocks: Sequence[Block], level: int = 2) -> list[str]:
        """Returns blocks with a blank line between them, but for entries that follow one another."""
        shown = [block for block in blocks if block]
        lines: list[str] = []
        for before, block in pairwise([None, *shown]):
            assert block is not None
            tight = before is None or (isinstance(before, Entry) and isinstance(block, Entry))
            lines += [*[""] * (not tight), *self.block(block, level)]
        return lines

    def block(self, block: Block, level: int) -> list[str]:
        """Returns one block."""
        if isinstance(block, Section):
            title = block.title + (f": {plain(block.result)}" if block.result else "")
            return [*self.heading(title, level), *self.blocks(block.blocks, level + 1)]
        if isinstance(block, Table):
            return self.table(block)
        return list(self.simple(block, self.width))

    def heading(self, text: str, level: int) -> list[str]:
        """Returns an underlined heading."""
        return [text, ("=" if level == 1 else "-") * len(text)]

    def simple(self, block: Block, width: int, indent: int = 0) -> Iterator[str]:
        """Yields the lines of what may stand within an entry or a cell."""
        if isinstance(block, Paragraph):
            yield from self.wrapped(block.line, width, indent, indent)
        elif isinstance(block, Bullets):
            yield from self.items(block.items, width, indent)
        elif isinstance(block, Entry):
            yield from self.wrapped(block.head, width, indent, indent + 2)
            for inner in block.blocks:
                yield from self.simple(inner, width, indent + 2)
        elif not isinstance(block, Figure):
            yield from (f"{' ' * indent}{line}" for line in self.block(block, 3))

    def items(self, items: Iterable[Item], width: int, indent: int) -> Iterator[str]:
        """Yields the lines of a list."""
        for item in items:
            yield from self.wrapped(item.line, width, indent, indent + 2, "- ")
            yield from self.items(item.items, width, indent + 2)

    def wrapped(
        self, line: Sequence[Inline], width: int, indent: int, hang: int, mark: str = ""
    ) -> Iterator[str]:
        """Yields a line of words, wrapped, and the addresses that it leads to where they are wanted."""
        yield from textwrap.wrap(
            plain(line),
            max(width, hang + _LEAST),
            initial_indent=" " * indent + mark,
            subsequent_indent=" " * hang,
            break_long_words=False,
            break_on_hyphens=False,
        )
        if self.links:
            yield from (
                " " * hang + piece.url for piece in line if isinstance(piece, Link) and piece.url
            )

    def table(self, table: Table) -> list[str]:
        """Returns a table; a tall one has a frame."""
        framed = table.is_tall
        columns = list(zip(table.head, *table.rows, strict=True))
        room = self.table_width - 1 - (_FRAME if framed else _BETWEEN) * len(columns)
        widths = _shared([self.asked(column) for column in columns], room)
        head = [
            "\n".join(_wrapped_text(title, size)) for title, size in zip(table.head, widths, strict=True)
        ]
        rows = [
            ["\n".join(self.cell(cell, size)) for cell, size in zip(row, widths, strict=True)]
            for row in table.rows
        ]
        caption = [*self.wrapped((table.caption,), self.width, 0, 0), ""] if framed else []
        return [*caption, *plain_table(head, rows, framed=framed).splitlines()]

    def asked(self, column: Sequence[str | Cell]) -> tuple[int, int]:
        """Returns how wide a column has to be for its longest word, and how wide it would like to be."""
        cells = (cell for cell in column if not isinstance(cell, str))
        lines = [str(column[0]), *(line for cell in cells for line in self.cell(cell, 10_000))]
        words = (len(word) for line in lines for word in line.split())
        return max(words, default=1), max(len(part) for line in lines for part in line.split("\n"))

    def cell(self, cell: Cell, width: int) -> list[str]:
        """Returns the lines of a cell."""
        return [line for block in cell for line in self.simple(block, width)]


def _wrapped_text(text: str, width: int) -> list[str]:
    lines = (
        textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False)
        for line in text.splitlines()
    )
    return [line for wrapped in lines for line in wrapped]


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
