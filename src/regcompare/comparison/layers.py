"""The facts of a case that count: what is disputed may be open, and what is assumed may be left out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Literal, get_args

import attrs

from regcompare.facts import UNKNOWN
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import reassess
from regcompare.verdict.verdict import Verdict

Layer = Literal["stated", "undisputed", "filed"]
LAYERS: tuple[Layer, ...] = get_args(Layer)
"""The facts that count, fewest first; the more that count, the narrower is a result."""
LAYER_WORDS: Mapping[Layer, str] = {
    "stated": "With nothing assumed, and disputed facts left open",
    "undisputed": "With disputed facts left open",
    "filed": "With disputed facts as the case files have them",
}
"""The layers as the opening of a sentence; ``undisputed`` is what is meant where none is named."""

DATE = "date"
"""The day of a case, as its disputes name it."""


@lru_cache(maxsize=1 << 12)
def in_layer(scenario: Scenario, layer: Layer) -> Scenario:
    """Returns a case with the facts that count in a layer.

    Where its day is open, so is the law of its day: who applies that law has to ask for the day
    ``scenario``, and not for the day that the file has.
    """
    if layer == "filed":
        return scenario
    if layer == "stated":
        return attrs.evolve(in_layer(scenario, "undisputed"), presume=(), presumed=())
    if any(item.fact == DATE for item in scenario.disputed):
        scenario = attrs.evolve(scenario, date=None, between=None)
    changed = scenario.as_if.changed if scenario.as_if else ()
    disputed = {item.fact for item in scenario.disputed if "." in item.fact}
    return scenario.stating(dict.fromkeys(disputed.difference(changed), UNKNOWN))


def undisputed(verdict: Verdict) -> Verdict:
    """Returns the verdict with the disputed facts open, and with them the law of a disputed day."""
    return reassess(verdict, scenario=in_layer(verdict.scenario, "undisputed"))
