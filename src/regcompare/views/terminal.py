"""A document for a terminal, in its width, with weight and colour; narrow terminals stack tables."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

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

_PROSE_WIDTH = 96
"""The line width of sentences, however wide the terminal is."""
_MIN_COLUMN = 26
"""A table in which every longer column cannot have this width is stacked."""
_GAP = 3
"""The space between columns."""
_COLOURS = ("green", "cyan", "cyan", "yellow", "magenta", "red", "bold red")
"""The colours of outcomes, in their order; the word is always printed too."""


def terminal_text(document: Document, *, width: int, links: bool, environment: Mapping[str, str]) -> str:
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
    for renderable in _Writer(width, links=links, coloured=coloured).blocks(blocks, 1):
        console.print(renderable, markup=False, emoji=False)
    return "\n".join(line.rstrip() for line in buffer.getvalue().splitlines())


class _Writer:
    def __init__(self, width: int, *, links: bool, coloured: bool) -> None:
        self.width, self.links, self.coloured = width, links, coloured

    def blocks(self, blocks: Iterable[Block], level: int) -> Iterator[RenderableType]:
        for block, is_apart in spaced(blocks):
            yield from [""] * is_apart
            yield from self.block(block, level)

    def block(self, block: Block, level: int) -> Iterator[RenderableType]:
        """Yields one block."""
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
        """Yields the items of a list."""
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
        """Returns a line with its weights, colours and links."""
        from rich.text import Text

        text = Text(style=style)
        for piece in line:
            text.append(visible(plain([piece])), self.style(piece))
            if self.links and isinstance(piece, Link) and piece.url:
                text.append(f" {visible(piece.url)}", "dim")
        return text

    def style(self, piece: Inline) -> str:
        """Returns the style of a piece of a line."""
        if isinstance(piece, Link) and piece.url and self.coloured:
            return f"link {visible(piece.url)}"
        if isinstance(piece, Outcomes):
            return _COLOURS[piece.span.high.rank]
        return {Strong: "bold", Note: "dim"}.get(type(piece), "")


def _least_width(table: Table) -> int:
    """Returns the width below which a table cannot be read: short columns whole, longer ones wrapped."""
    columns = zip(table.head, zip(*table.rows, strict=True), strict=True)
    widths = [max(*map(len, title.splitlines()), *map(_length, cells)) for title, cells in columns]
    return sum(min(_MIN_COLUMN, width) for width in widths) + _GAP * (len(widths) - 1)


def _length(cell: Cell) -> int:
    """Returns the length of a cell's longest line; whatever is not a paragraph needs a wide column."""
    lines = (len(plain(block.line)) if isinstance(block, Paragraph) else _MIN_COLUMN for block in cell)
    return max(lines, default=0)
