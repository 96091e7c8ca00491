"""A Markdown table with one line a row and no padding, so that a change touches only its own line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_MARKUP = re.compile(r"[\\`*|\[\]]|(?<!\w)_|_(?!\w)")
_BARE_PIPE = re.compile(r"(?<!\\)\|")
_HTML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def cell_text(text: str) -> str:
    """Returns a text escaped for a Markdown cell, so that it is shown as it is."""
    return _MARKUP.sub(lambda mark: f"\\{mark[0]}", text).translate(_HTML).replace("\n", "<br>")


def pipe_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Returns a table in Markdown; a cell is one line, and the first heads its row."""
    return "\n".join([_line(head), _line(["---"] * len(head)), *map(_line, rows)])


def _line(cells: Sequence[str]) -> str:
    texts = (_BARE_PIPE.sub(r"\|", " ".join(cell.split())) for cell in cells)
    return f"| {' | '.join(texts)} |"
