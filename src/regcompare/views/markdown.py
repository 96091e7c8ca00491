"""A document as Markdown; a table with lists in its cells as HTML around them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

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
    Strong,
    Table,
    plain,
)
from .pipes import cell_text, pipe_table

__all__ = ["markdown_text"]


def markdown_text(document: Document) -> str:
    """Returns a document as Markdown."""
    title = [f"# {_escaped(document.title)}"] if document.title else []
    return "\n\n".join([*title, *_blocks(document.blocks, 2)]) + "\n"


def _blocks(blocks: Iterable[Block], level: int = 2) -> Iterator[str]:
    for block in blocks:
        if not block:
            continue
        if isinstance(block, Section):
            result = f": {_line(block.result)}" if block.result else ""
            yield f"{'#' * min(level, 6)} {_escaped(block.title)}{result}"
            yield from _blocks(block.blocks, level + 1)
        elif isinstance(block, Paragraph):
            yield _line(block.line)
        elif isinstance(block, Bullets):
            yield "\n".join(_items(block.items))
        elif isinstance(block, Entry):
            yield f"**{_line(block.head)}**"
            yield from _blocks(block.blocks, level)
        elif isinstance(block, Table):
            yield _table(block)


def _escaped(text: str) -> str:
    return text.replace("*", "\\*").replace("<", "&lt;")


def _line(line: Iterable[Inline]) -> str:
    return "".join(map(_piece, line))


def _piece(piece: Inline) -> str:
    if isinstance(piece, Link) and piece.url:
        return f"[{_escaped(piece.text)}]({piece.url})"
    return f"**{_escaped(piece.text)}**" if isinstance(piece, Strong) else _escaped(plain([piece]))


def _items(items: Iterable[Item], depth: int = 0) -> Iterator[str]:
    for item in items:
        yield f"{'  ' * depth}- {_line(item.line)}"
        yield from _items(item.items, depth + 1)


def _table(table: Table) -> str:
    cells = (cell for row in table.rows for cell in row)
    if all(isinstance(block, Paragraph) for cell in cells for block in cell):
        head = [cell_text(title) for title in table.head]
        return pipe_table(head, [list(map(_short_cell, row)) for row in table.rows])
    titles = "".join(f'<th scope="col" align="left">{_escaped(title)}</th>' for title in table.head)
    lines = ["<table>", f"<caption>{_escaped(table.caption)}</caption>"]
    lines += [f"<thead><tr>{titles}</tr></thead>", "<tbody>"]
    for row in table.rows:
        lines += ['<tr valign="top">', *_long_cells(row), "</tr>"]
    return "\n".join([*lines, "</tbody>", "</table>"])


def _short_cell(cell: Cell) -> str:
    lines = (block.line for block in cell if isinstance(block, Paragraph))
    return "<br>".join("".join(map(_cell_piece, line)) for line in lines)


def _cell_piece(piece: Inline) -> str:
    text = cell_text(plain([piece]))
    return f"[{text}]({piece.url})" if isinstance(piece, Link) and piece.url else text


def _long_cells(row: Sequence[Cell]) -> Iterator[str]:
    for place, cell in enumerate(row):
        start, end = ('<th scope="row" align="left">', "</th>") if place == 0 else ("<td>", "</td>")
        yield from (start, "", "\n\n".join(_blocks(cell)), "", end)
