"""What several pictures share: the legend, and lists in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from regcompare.ruleset.rules import Outcome
from regcompare.views.colours import Accent, accent

LICENCE_FROM = Outcome.AUTHORISATION
"""The mildest outcome that requires an individual decision."""

LEGEND_LINE = 24
"""The height of a line of a legend."""


@attrs.frozen
class Entry:
    """A place in a legend: a colour, its word, and the outcome's look if it is one."""

    word: str
    fill: str
    look: Accent | None = None
    x: float = 0.0
    y: float = 0.0


def legend(
    width: float, outcomes: Iterable[Outcome], extra: Iterable[Entry] = ()
) -> tuple[list[Entry], float]:
    """Returns the entries of a legend, placed in lines of a width, and the height of all lines."""
    looks = [accent(outcome) for outcome in sorted(set(outcomes))]
    placed: list[Entry] = []
    x, y = 0.0, 0.0
    for entry in (*(Entry(look.word, look.fill, look) for look in looks), *extra):
        needed = 34 + 6.6 * len(entry.word)
        if x and x + needed > width:
            x, y = 0.0, y + LEGEND_LINE
        placed.append(attrs.evolve(entry, x=x, y=y))
        x += needed
    return placed, y + LEGEND_LINE if placed else 0.0


def joined(parts: Sequence[str]) -> str:
    """Returns parts as a list in a sentence, separated by semicolons if they contain commas."""
    if len(parts) < 2:
        return "".join(parts)
    separator = ";" if any("," in part for part in parts) else ","
    last_separator = separator if len(parts) > 2 or separator == ";" else ""
    return f"{f'{separator} '.join(parts[:-1])}{last_separator} and {parts[-1]}"
