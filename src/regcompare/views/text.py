"""A document as plain text, which depends only on document and width, and for a terminal.

A terminal gets its width, weight and colour; where it is too narrow for a table, an entry for each row.
"""

from __future__ import annotations

import io
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

# plain ----------------------------------------------------------------------------------------------

_MIN_COLUMN = 16
"""The least width of a column."""
_COLUMN_GAP, _FRAME_GAP = 4, 5
"""The width that a column adds to its text, in a table without rules and in a framed one."""


def plain_text(document: Document, width: int, table_width: int) -> str:
    """Returns a document as plain text, its lines and its tables in a width."""
    writer = _PlainWriter(width, table_width)
    title = [*_underlined(document.title, "="), ""] if document.title else []
    return "\n".join([*title, *writer.blocks(document.blocks)])


def _underlined(text: str, line: str = "-") -> list[str]:
    return [text, line * len(text)]


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (f"  {line}" for line in lines)


@attrs.frozen
class _PlainWriter:
    width: int
    table_width: int

    def blocks(self, blocks: Sequence[Block]) -> Iterator[str]:
        for block, is_apart in spaced(blocks):
            yield from [""] * is_apart
            yield from self.block(block, self.width)

    def block(self, block: Block, width: int) -> Iterator[str]:
        if isinstance(block, Paragraph):
            yield from _wrapped(block.line, width)
        elif isinstance(block, Bullets):
            yield from self.items(block.items, width)
        elif isinstance(block, Entry):
            yield from _wrapped(block.head, width, "", "  ")
            for child in block.blocks:
                yield from _indented(self.block(child, width - 2))
        elif isinstance(block, Table):
            yield from self.table(block)
        elif isinstance(block, Section):
            yield from (*_underlined(block.title), *self.blocks(block.blocks))

    def items(self, items: Iterable[Item], width: int) -> Iterator[str]:
        for item in items:
            yield from _wrapped(item.line, width, "- ", "  ")
            yield from _indented(self.items(item.items, width - 2))

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
        caption = [*_wrapped((table.caption,), self.width), ""] if is_framed else []
        form = "simple_grid" if is_framed else "simple"
        text = tabulate(rows, head, tablefmt=form, disable_numparse=True)
        return [*caption, *(line.rstrip() for line in text.splitlines())]

    def column_demand(self, title: str, cells: Iterable[Cell]) -> tuple[int, int]:
        """Returns the least width of a column, that of its longest word, and its preferred width."""
        lines = [*title.split("\n"), *(line for cell in cells for line in self.cell(cell, 10_000))]
        word_lengths = (len(word) for line in lines for word in line.split())
        return max(word_lengths, default=1), max(map(len, lines))

    def cell(self, cell: Cell, width: int) -> list[str]:
        return [line for block in cell for line in self.block(block, width)]


def _wrapped(line: Sequence[Inline], width: int, first: str = "", others: str = "") -> list[str]:
    return _wrap(plain(line), max(width, len(others) + _MIN_COLUMN), first, others)


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


# terminal -------------------------------------------------------------------------------------------

_PROSE_WIDTH = 96
"""The line width of sentences, however wide the terminal is."""
_READABLE = 26
"""A table in which every longer column cannot have this width is stacked."""
_GUTTER = 3
"""The space between columns."""
_COLOURS = ("green", "cyan", "cyan", "yellow", "magenta", "red", "bold red")
"""The colours of outcomes, in their order; the word is always printed too."""


def terminal_text(document: Document, width: int, environment: Mapping[str, str]) -> str:
    """Returns a document with terminal control codes; control codes in its texts are made visible.

    The environment configures the terminal; ``NO_COLOR`` is respected.
    """
    from rich.console import Console

    coloured = not environment.get("NO_COLOR")
    buffer = io.StringIO()
    console = Console(
        file=buffer, force_terminal=True, width=width, no_color=not coloured, highlight=False,
        color_system="standard", legacy_windows=False, _environ=environment,
    )  # fmt: skip
    blocks = [Section(document.title, document.blocks)] if document.title else document.blocks
    for renderable in _TerminalWriter(width, coloured).blocks(blocks, 1):
        console.print(renderable, markup=False, emoji=False)
    return "\n".join(line.rstrip() for line in buffer.getvalue().splitlines())


@attrs.frozen
class _TerminalWriter:
    width: int
    coloured: bool

    def blocks(self, blocks: Iterable[Block], level: int) -> Iterator[RenderableType]:
        for block, is_apart in spaced(blocks):
            yield from [""] * is_apart
            yield from self.block(block, level)

    def block(self, block: Block, level: int) -> Iterator[RenderableType]:
        from rich.constrain import Constrain
        from rich.padding import Padding

        if isinstance(block, Section):
            yield self.line((block.title,), "bold underline" if level == 1 else "bold")
            yield from [""] * (level == 1)
            yield from self.blocks(block.blocks, level + 1)
        elif isinstance(block, Table):
            yield from self.table(block, level)
        elif isinstance(block, Entry):
            yield Constrain(self.line(block.head), _PROSE_WIDTH)
            for child in block.blocks:
                yield from (Padding(renderable, (0, 0, 0, 2)) for renderable in self.block(child, level))
        elif isinstance(block, Bullets):
            yield from (Constrain(renderable, _PROSE_WIDTH) for renderable in self.items(block.items))
        elif isinstance(block, Paragraph):
            yield Constrain(self.line(block.line, "dim" if block.kind == "note" else ""), _PROSE_WIDTH)

    def items(self, items: Iterable[Item]) -> Iterator[RenderableType]:
        from rich.padding import Padding
        from rich.table import Table as Grid

        for item in items:
            grid = Grid.grid(padding=(0, 1, 0, 0))
            grid.add_row("-", self.line(item.line))
            yield grid
            yield from (Padding(renderable, (0, 0, 0, 2)) for renderable in self.items(item.items))

    def table(self, table: Table, level: int) -> Iterator[RenderableType]:
        """Yields a table, or where it does not fit an entry for each row."""
        from rich.box import SIMPLE_HEAD
        from rich.console import Group
        from rich.table import Table as Grid

        if self.width < _least_width(table):
            yield from self.blocks(stacked(table), level)
            return
        grid = Grid(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, show_lines=table.is_tall)
        for title in table.head:
            grid.add_column(self.line((title,), "bold"), overflow="fold")
        for row in table.rows:
            grid.add_row(
                *(
                    Group(*(renderable for block in cell for renderable in self.block(block, level)))
                    for cell in row
                )
            )
        yield grid

    def line(self, line: Iterable[Inline], style: str = "") -> Text:
        from rich.text import Text

        text = Text(style=style)
        for piece in line:
            text.append(visible(plain([piece])), self.style(piece))
        return text

    def style(self, piece: Inline) -> str:
        if isinstance(piece, Link) and piece.url and self.coloured:
            return f"link {visible(piece.url)}"
        if isinstance(piece, Outcomes):
            return _COLOURS[piece.span.high.rank]
        return {Strong: "bold", Note: "dim"}.get(type(piece), "")


def _least_width(table: Table) -> int:
    """Returns the width below which a table cannot be read: short columns whole, longer ones wrapped."""
    columns = zip(table.head, zip(*table.rows, strict=True), strict=True)
    widths = [max(*map(len, title.splitlines()), *map(_length, cells)) for title, cells in columns]
    return sum(min(_READABLE, width) for width in widths) + _GUTTER * (len(widths) - 1)


def _length(cell: Cell) -> int:
    """Returns the length of a cell's longest line; whatever is not a paragraph needs a wide column."""
    lines = (len(plain(block.line)) if isinstance(block, Paragraph) else _READABLE for block in cell)
    return max(lines, default=0)
