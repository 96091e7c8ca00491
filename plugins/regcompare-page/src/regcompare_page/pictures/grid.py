"""The grid: laws across, kinds or findings down; in each cell an answer, and in few words how."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

from regcompare.comparison.numbers import ANSWER_WORDS, Answer
from regcompare.errors import UsageError

from .picture import Picture

Line = tuple[str, Sequence[tuple[Answer, str]]]
"""What a line is about; and for each column the answer and its words."""
_MOST_LETTERS = 34
"""The most letters of a line in a cell."""


def grid(title: str, note: str, heads: Sequence[str], lines: Sequence[Line]) -> Picture:
    """Draws answers under several laws, line by line.

    Raises:
        UsageError: There is no law, or nothing to ask of it.
    """
    if not heads or not lines:
        raise UsageError("There is nothing to draw: no law has an answer.")
    described = (
        (label, (_described(head, *cell) for head, cell in zip(heads, cells, strict=True)))
        for label, cells in lines
    )
    rows = [
        (label, [(answer, wrap(words, _MOST_LETTERS) or [""]) for answer, words in cells])
        for label, cells in lines
    ]
    return Picture(
        title=title,
        alt=" ".join(f"{label}: {'; '.join(cells)}." for label, cells in described),
        note=note,
        template="grid",
        data={"heads": [wrap(head, _MOST_LETTERS) for head in heads], "rows": rows},
    )


def _described(head: str, answer: Answer, words: str) -> str:
    return f"{head}: {ANSWER_WORDS[answer]} ({words})" if words else f"{head}: {ANSWER_WORDS[answer]}"
