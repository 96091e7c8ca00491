"""Pictures of what commands print: which are worth drawing, and what their lines are called."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import click

from regcompare.errors import UsageError
from regcompare.ruleset.rules import Outcome

from ._streams import echo

if TYPE_CHECKING:
    from regcompare.comparison.comparison import Comparison
    from regcompare.proofs.contribution import CaseShares, Demand
    from regcompare.proofs.maps import PossibleMap
    from regcompare.ruleset.ruleset import Ruleset
    from regcompare.verdict.assess import Readings
    from regcompare.views.pictures import Picture

__all__ = ["PICTURES", "demands_picture", "draw", "is_picture", "map_picture", "pictures_of"]

PICTURES = ("svg", "png")
"""The forms of a picture; both need the extra ``plot``."""

_MANY = {"item.technology": "kinds of tool", "end_user.kind": "kinds of user"}
"""What the answers to a fact are called, where a map counts them; of others, answers."""


def is_picture(form: str) -> bool:
    """Whether a form is that of a picture."""
    return form in PICTURES


def draw(form: str, picture: Picture) -> None:
    """Prints a picture to standard output.

    Raises:
        UsageError: It is a PNG and would go to a terminal, or the extra ``plot`` is not installed.
    """
    if form == "svg":
        echo(picture.svg())
        return
    if sys.stdout.isatty():
        raise UsageError("A PNG is not for a terminal. Send it to a file: > picture.png")
    click.echo(picture.png(), nl=False)


def pictures_of(comparison: Comparison, readings: Readings = None) -> list[Picture]:
    """Returns the pictures of a comparison that say something, where pictures can be drawn.

    They are the ladder of cases, the safeguards, and what each demand of a proposal contributes.  One
    whose cells are all alike is left out; so is one that needs an extra which is not installed.
    """
    from regcompare.comparison.safeguards import safeguards
    from regcompare.views.pictures import ladder, safeguards_grid

    makers: list[Callable[[], Picture]] = []
    if len(comparison.rows) > 1 and len({verdict.result for verdict in comparison.verdicts}) > 1:
        makers.append(lambda: ladder(comparison))
        makers.append(lambda: safeguards_grid(safeguards(comparison.rulesets)))
        makers.extend(_of_demands(comparison, readings))
    return [picture for make in makers if (picture := _drawn(make))]


def _drawn(make: Callable[[], Picture]) -> Picture | None:
    try:
        picture = make()
        picture.svg()
    except UsageError:  # An extra is missing, or there is nothing to draw.
        return None
    return picture


def _of_demands(comparison: Comparison, readings: Readings) -> Iterator[Callable[[], Picture]]:
    """What the demands of the last proposal contribute, over the law before it."""
    laws = [item for item in comparison.rulesets if item.status == "law"]
    proposals = [item for item in comparison.rulesets if item.status == "proposal"]
    if laws and proposals:
        yield lambda: _demands(comparison, laws[-1], proposals[-1], readings)


def _demands(comparison: Comparison, law: Ruleset, proposal: Ruleset, readings: Readings) -> Picture:
    from regcompare.proofs.contribution import by_cases

    cases = [row[0].scenario for row in comparison.rows]
    shares = by_cases(cases, law, proposal, as_of=comparison.as_of, readings=readings)
    return demands_picture(shares, proposal)


def demands_picture(shares: CaseShares, reform: Ruleset) -> Picture:
    """Draws what each demand of a reform contributes over cases; a demand says what it asks.

    Raises:
        UsageError: There is nothing to draw, or the extra ``plot`` is not installed.
    """
    from regcompare.views.pictures import DemandShare, contribution

    of = len(shares.stopped)
    rows = [
        DemandShare(item.demand.name, min(len(item.stops), of), len(item.opens), of, _asks(item.demand))
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


def _asks(demand: Demand) -> str:
    """What a demand asks: in the few words of its text, or as its first rule says it."""
    sentence = demand.rules[0].sentence.rstrip(".")
    return demand.rules[0].cite.heading or sentence[0].lower() + sentence[1:]
