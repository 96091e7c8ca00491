"""A Markdown table with one line a row and no padding, so that a change shows in its own line alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

__all__ = ["pipe_table"]


def pipe_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Returns a table in Markdown; a cell is one line of text, and the first column heads its row.

    Args:
        head: The names of the columns.
        rows: The cells, row by row.
    """
    lines = [_line(head), _line(["---"] * len(head)), *map(_line, rows)]
    return "\n".join(lines)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(' '.join(cell.split()).replace('|', chr(92) + '|') for cell in cells)} |"
