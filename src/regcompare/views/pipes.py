"""A Markdown table with one line a row and no padding, so that a change touches only its own line."""

from __future__ import annotations

import re
from collections.abc import Iterable

_BARE_PIPE = re.compile(r"(?<!\\)\|")


def pipe_table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Returns a table in Markdown; a cell is one line, and the first heads its row."""
    titles = list(head)
    return "\n".join([_line(titles), _line(["---"] * len(titles)), *map(_line, rows)])


def _line(cells: Iterable[str]) -> str:
    texts = (_BARE_PIPE.sub(r"\|", " ".join(cell.split())) for cell in cells)
    return f"| {' | '.join(texts)} |"
