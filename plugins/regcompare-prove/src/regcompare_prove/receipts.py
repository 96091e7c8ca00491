"""Receipts of proofs, by which somebody else proves the same: the line of Python, and its cases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from regcompare.comparison.claims import Claim, Line
from regcompare.comparison.counts import Law

from .regimes import PossibleCases, Regime


def proved(
    said: str, function: str, regimes: Sequence[Regime], frame: PossibleCases, **options: Any
) -> Claim:
    """Returns what was proved of possible cases as a claim, with the command and the line that prove it.

    The function of ``regcompare`` that proves it is the command too; ``options`` is what else it was
    asked.
    """
    laws, of_several = laws_of(regimes), function in ("map", "standards")  # The others take two.
    words = " ".join(f"{'-r ' * of_several}{item.ruleset.id}" for item in regimes)
    listed = ", ".join(law.python for law in laws)
    given = "case" if function == "map" else "given"
    asked = {**options, **{given: case.id for case in frame.taken}}  # noqa: B035 - there is one at most
    asked["presume"] = frame.layers
    if readings := chosen_readings(regimes):
        asked["readings"] = readings
    more = "".join(f", {name}={value!r}" for name, value in asked.items())
    line = f"rc.{function}({f'[{listed}]' if of_several else listed}{more}).finding()"
    made = Line(line, domain(frame), laws, frame.taken)
    return Claim(said, proved_by=f"regcompare {function} {words}", made_by=made)


def domain(frame: PossibleCases) -> str:
    """Returns of which cases something is proved, in words."""
    return f"Every possible case, with {frame.words}." if frame.words else "Every possible case."


def laws_of(regimes: Sequence[Regime]) -> tuple[Law, ...]:
    """Returns the rulesets, each with the day on which it is read."""
    return tuple(Law(item.ruleset, item.as_of) for item in regimes)


def chosen_readings(regimes: Sequence[Regime]) -> dict[str, str]:
    """Returns the readings of doubtful texts that are not those that the rulesets assume."""
    return {
        doubt.id: reading or "open"
        for item in regimes
        for doubt, reading in item.assumed
        if (reading or "open") != doubt.default
    }
