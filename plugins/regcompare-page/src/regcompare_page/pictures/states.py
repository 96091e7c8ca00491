"""States as tiles, those with one result together."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

from regcompare.comparison.numbers import Answer
from regcompare.errors import UsageError

from .picture import Picture


def states(title: str, groups: Sequence[tuple[str, Answer, Sequence[str]]]) -> Picture:
    """Draws the states from which a sale has each result, a tile for each.

    Args:
        title: The finding.
        groups: The words of each result, whether it is at least a licence, and its states.

    Raises:
        UsageError: There is no state.
    """
    if not groups:
        raise UsageError("There is nothing to draw: the law has no states.")
    return Picture(
        title=title,
        alt=" ".join(f"{words}: {', '.join(names)}." for words, _, names in groups),
        note="A tile for each state or territory. Dark: a licence is needed, for certain. Striped: "
        "perhaps. Pale: none is.",
        template="states",
        data={"groups": [(wrap(words, 32), answer, names) for words, answer, names in groups]},
    )
