"""A document as Markdown; a table with lists in its cells becomes HTML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from . import escapes
from .document import Cell, Document, Item, Paragraph, Table
from .markup import Markup
from .pipes import pipe_table


def markdown_text(document: Document) -> str:
    """Returns a document as Markdown."""
    title = [f"# {escapes.markdown(document.title)}"] if document.title else []
    return "\n\n".join([*title, *_MARKDOWN.blocks(document.blocks, 2)]) + "\n"


def _items(items: Sequence[Item], depth: int = 0) -> Iterator[str]:
    for item in items:
        yield f"{'  ' * depth}- {_MARKDOWN.line(item.line)}"
        yield from _items(item.items, depth + 1)


def _table(table: Table) -> Iterator[str]:
    cells = (cell for row in table.rows for cell in row)
    if all(isinstance(block, Paragraph) for cell in cells for block in cell):
        rows = [list(map(_pipe_cell, row)) for row in table.rows]
        yield pipe_table(map(escapes.markdown, table.head), rows)
        return
    head = "".join(f'<th scope="col" align="left">{escapes.html(title)}</th>' for title in table.head)
    yield from ("<table>", f"<caption>{escapes.html(table.caption)}</caption>")
    yield from (f"<thead><tr>{head}</tr></thead>", "<tbody>")
    for row in table.rows:
        yield '<tr valign="top">'
        for column, cell in enumerate(row):
            start, end = ("<td>", "</td>") if column else ('<th scope="row" align="left">', "</th>")
            yield from (start, "", "\n\n".join(_MARKDOWN.blocks(cell, 2)), "", end)
        yield "</tr>"
    yield from ("</tbody>", "</table>")


_MARKDOWN = Markup(
    escaped=escapes.markdown,
    heading=lambda title, level: f"{'#' * min(level, 6)} {title}",
    strong="**{}**".format,
    link="[{}]({})".format,
    entry="**{}**".format,
    items=_items,
    table=_table,
)


def _pipe_cell(cell: Cell) -> str:
    lines = (block.line for block in cell if isinstance(block, Paragraph))
    return "<br>".join(map(_MARKDOWN.line, lines))
