"""Pictures of what commands print: which are worth drawing, and what their lines are called."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from regcompare.comparison.comparison import Comparison
from regcompare.comparison.safeguards import safeguards
from regcompare.errors import UsageError
from regcompare.proofs.contribution import CaseShares, Demand, by_cases
from regcompare.proofs.maps import PossibleMap
from regcompare.ruleset.rules import Outcome
from regcompare.ruleset.ruleset import Ruleset
from regcompare.verdict.assess import Readings

if TYPE_CHECKING:
    from regcompare.views.pictures import Picture

_MANY = {"item.technology": "kinds of tool", "end_user.kind": "kinds of user"}
"""What the answers to a fact are called, where a map counts them; of others, answers."""


def pictures_of(comparison: Comparison, readings: Readings = None) -> list[Picture]:
    """Returns the pictures of a comparison that say something, where pictures can be drawn.

    They are the ladder of cases, the safeguards, and what each demand of the last proposal contributes
    over the law before it.  One whose cells are all alike is left out; so is one that needs an extra
    which is not installed.
    """
    from regcompare.views.pictures import ladder, safeguards_grid

    if len(comparison.rows) < 2 or len({verdict.result for verdict in comparison.verdicts}) < 2:
        return []
    makers = [lambda: ladder(comparison), lambda: safeguards_grid(safeguards(comparison.rulesets))]
    laws = [item for item in comparison.rulesets if item.status == "law"]
    proposals = [item for item in comparison.rulesets if item.status == "proposal"]
    if laws and proposals:
        pair = (laws[-1], proposals[-1])
        cases = [row[0].scenario for row in comparison.rows]
        makers.append(
            lambda: demands_picture(
                by_cases(cases, *pair, as_of=comparison.as_of, readings=readings), pair[1]
            )
        )
    return [picture for make in makers if (picture := _drawn(make))]


def _drawn(make: Callable[[], Picture]) -> Picture | None:
    try:
        picture = make()
        picture.svg()
    except UsageError:  # An extra is missing, or there is nothing to draw.
        return None
    return picture


def demands_picture(shares: CaseShares, reform: Ruleset) -> Picture:
    """Draws what each demand of a reform contributes over cases; a demand says what it asks.

    Raises:
        UsageError: There is nothing to draw, or the extra ``plot`` is not installed.
    """
    from regcompare.views.pictures import DemandShare, contribution

    def asks(demand: Demand) -> str:
        """What it asks: in the few words of its text, or as its first rule says it."""
        sentence = demand.rules[0].sentence.rstrip(".")
        return demand.rules[0].cite.heading or sentence[0].lower() + sentence[1:]

    of = len(shares.stopped)
    rows = [
        DemandShare(item.demand.name, min(len(item.stops), of), len(item.opens), of, asks(item.demand))
        for item in shares.shares
    ]
    outcome = "a licence" if shares.stops_at <= Outcome.AUTHORISATION else "refusal or a ban"
    counted = f"cases in which {reform.title} adds {outcome} for certain"
    return contribution(rows, counted=counted, reform=reform.title)


def map_picture(found: PossibleMap) -> Picture:
    """Draws a map of outcomes over the answers to two facts.

    Raises:
        UsageError: The extra ``plot`` is not installed.
    """
    from regcompare.views.pictures import coverage_map

    keys = (found.down.fact.key, found.across.fact.key)
    down, across = (key.replace(".", " ").replace("_", " ") for key in keys)
    one, other = (_MANY.get(key, "answers") for key in keys)
    titles = {item.ruleset.id: item.ruleset.title for item in found.regimes}
    return coverage_map(found.plain(), down=down, across=across, many=(one, other), titles=titles)
