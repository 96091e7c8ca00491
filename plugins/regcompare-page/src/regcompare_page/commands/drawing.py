"""Pictures of what commands print: which are worth drawing, and how their lines are labelled."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from regcompare.comparison.comparison import Comparison
from regcompare.comparison.safeguards import safeguards
from regcompare.errors import UsageError
from regcompare.ruleset.rules import Outcome
from regcompare.ruleset.ruleset import Ruleset
from regcompare.verdict.assess import Readings
from regcompare_prove.contribution import CaseShares, Demand, by_cases
from regcompare_prove.maps import PossibleMap

if TYPE_CHECKING:
    from regcompare_page.pictures import Picture

_PLURALS = {"item.technology": "kinds of tool", "end_user.kind": "kinds of user"}
"""What a map calls the answers to a fact that it counts; "answers" for other facts."""


def pictures_of(comparison: Comparison, readings: Readings = None) -> list[Picture]:
    """Returns the pictures of a comparison that are worth drawing and can be drawn.

    They are the ladder of cases, the safeguards, and what each demand of the last proposal adds to the
    last law.  There are none where all results are the same; one whose extra is missing is left out.
    """
    from regcompare_page.pictures import ladder, safeguards_grid

    if len(comparison.rows) < 2 or len({verdict.result for verdict in comparison.verdicts}) < 2:
        return []
    drawers = [lambda: ladder(comparison), lambda: safeguards_grid(safeguards(comparison.rulesets))]
    laws = [item for item in comparison.rulesets if item.status == "law"]
    proposals = [item for item in comparison.rulesets if item.status == "proposal"]
    if laws and proposals:
        pair = (laws[-1], proposals[-1])
        cases = [row[0].scenario for row in comparison.rows]
        drawers.append(
            lambda: demands_picture(
                by_cases(cases, *pair, as_of=comparison.as_of, readings=readings), pair[1]
            )
        )
    return [picture for draw in drawers if (picture := _drawn(draw))]


def _drawn(draw: Callable[[], Picture]) -> Picture | None:
    try:
        picture = draw()
        picture.svg()
    except UsageError:  # An extra is missing, or there is nothing to draw.
        return None
    return picture


def demands_picture(shares: CaseShares, reform: Ruleset) -> Picture:
    """Draws what each demand of a reform contributes over cases, each labelled by what it asks.

    Raises:
        UsageError: There is nothing to draw, or the extra ``plot`` is not installed.
    """
    from regcompare_page.pictures import DemandShare, contribution

    def label(demand: Demand) -> str:
        """What it asks: the heading of its text, or the sentence of its first rule."""
        sentence = demand.rules[0].sentence.rstrip(".")
        return demand.rules[0].cite.heading or sentence[0].lower() + sentence[1:]

    total = len(shares.stopped)
    rows = [
        DemandShare(
            share.demand.name,
            min(len(share.stops), total),
            len(share.opens),
            total,
            label(share.demand),
        )
        for share in shares.shares
    ]
    outcome = "a licence" if shares.stops_at <= Outcome.AUTHORISATION else "refusal or a ban"
    counted = f"cases in which {reform.title} adds {outcome} for certain"
    return contribution(rows, counted=counted, reform=reform.title)


def map_picture(possible: PossibleMap) -> Picture:
    """Draws a map of outcomes over the answers to two facts.

    Raises:
        UsageError: The extra ``plot`` is not installed.
    """
    from regcompare_page.pictures import coverage_map

    keys = (possible.down.fact.key, possible.across.fact.key)
    down, across = (key.replace(".", " ").replace("_", " ") for key in keys)
    lines, columns = (_PLURALS.get(key, "answers") for key in keys)
    titles = {item.ruleset.id: item.ruleset.title for item in possible.regimes}
    return coverage_map(possible.plain(), down=down, across=across, many=(lines, columns), titles=titles)
