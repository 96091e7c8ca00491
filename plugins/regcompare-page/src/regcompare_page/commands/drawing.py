"""Pictures of what commands print: which are worth drawing, and how their lines are labelled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regcompare.comparison.comparison import Comparison
from regcompare.comparison.safeguards import safeguards
from regcompare_prove.maps import PossibleMap

if TYPE_CHECKING:
    from regcompare_page.pictures import Picture

_PLURALS = {"item.technology": "kinds of tool", "end_user.kind": "kinds of user"}
"""What a map calls the answers to a fact that it counts; "answers" for other facts."""


def pictures_of(comparison: Comparison) -> list[Picture]:
    """Returns the pictures of a comparison: the ladder of cases, and the safeguards.

    There are none where all results are the same.
    """
    from regcompare_page.pictures import ladder, safeguards_grid

    if len(comparison.rows) < 2 or len({verdict.result for verdict in comparison.verdicts}) < 2:
        return []
    return [ladder(comparison), safeguards_grid(safeguards(comparison.rulesets))]


def map_picture(possible: PossibleMap) -> Picture:
    """Draws a map of outcomes over the answers to two facts."""
    from regcompare_page.pictures import coverage_map

    keys = (possible.down.fact.key, possible.across.fact.key)
    down, across = (key.replace(".", " ").replace("_", " ") for key in keys)
    lines, columns = (_PLURALS.get(key, "answers") for key in keys)
    titles = {item.ruleset.id: item.ruleset.title for item in possible.regimes}
    return coverage_map(possible.plain(), down=down, across=across, many=(lines, columns), titles=titles)
