"""One scenario under one ruleset.

The result is a span, the mildest and the strictest outcome that the stated facts allow.  Plain
three-valued logic gives a span that is sound but sometimes too wide; ``assess`` looks ahead: for each
open question alone it tries each answer and keeps what is common to all of them.
"""

from __future__ import annotations

import copyreg
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from regcompare.errors import UsageError
from regcompare.program.lookahead import Truths, evaluate
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario

from .inputs import AsOf, Readings, RulesetInputs, chosen_readings, evaluate_inputs, ruleset_inputs
from .verdict import Prover, Verdict

__all__ = ["AsOf", "Readings", "assess", "assess_all", "chosen_readings", "reassess"]


def assess(
    scenario: Scenario,
    ruleset: Ruleset,
    *,
    as_of: AsOf = None,
    readings: Readings = None,
    look_ahead: bool = True,
    prover: Prover | None = None,
) -> Verdict:
    """Puts one scenario under one ruleset.

    Args:
        scenario: What is known about the transaction.
        ruleset: The regime or proposal.
        as_of: The day whose law is applied; by default the ruleset's reference date.
        readings: Readings of doubtful texts, by id; the defaults are assumed for the others.
        look_ahead: Whether to try each open question alone and keep what is common; without it the
            span is that of plain three-valued logic, and may be wider.
        prover: What proves the ends of the span over all completions of what is open; None leaves them
            as look-ahead gives them.

    Returns:
        The verdict, whose reasons are worked out when they are asked for.

    Raises:
        UsageError: A reading is not known, the facts contradict each other, or the extra is missing.
    """
    (asked,) = ruleset_inputs((scenario,), ruleset, as_of, readings)
    assert asked.propagated is not None
    truths = evaluate(asked.program, asked.propagated, look_ahead)
    return _verdict(scenario, asked, truths, look_ahead, prover)


def assess_all(
    scenarios: Iterable[Scenario],
    ruleset: Ruleset,
    *,
    as_of: AsOf = None,
    readings: Readings = None,
    look_ahead: bool = True,
    prover: Prover | None = None,
) -> list[Verdict]:
    """Puts several scenarios under one ruleset; see ``assess``.

    Raises:
        UsageError: As for ``assess``.
    """
    scenarios = list(scenarios)
    asked = ruleset_inputs(scenarios, ruleset, as_of, readings)
    truths = evaluate_inputs(asked, look_ahead)
    return [
        _verdict(scenario, item, told, look_ahead, prover)
        for scenario, item, told in zip(scenarios, asked, truths, strict=True)
    ]


def _verdict(
    scenario: Scenario, asked: RulesetInputs, truths: Truths, look_ahead: bool, prover: Prover | None
) -> Verdict:
    found = None
    if prover:
        found, law = truths.partial_verdict(0), asked.law
        if law.in_force is not False and found.span:
            found = prover.prove(found, asked.program, law.day, tuple(asked.readings.items()), scenario)
    return Verdict(scenario, asked.ruleset, asked, truths, look_ahead, prover, found)


def reassess(
    verdict: Verdict,
    *,
    scenario: Scenario | None = None,
    as_of: AsOf = None,
    readings: Mapping[str, str] | None = None,
    look_ahead: bool = True,
    prover: Prover | None = None,
) -> Verdict:
    """Returns a verdict by the same ruleset, law and readings as another, but for what is given here.

    Args:
        verdict: The other verdict.
        scenario: The case in place of its own.
        as_of: The day in place of its own.
        readings: Readings in place of its own, by id.
        look_ahead: As for ``assess``.
        prover: As for ``assess``.
    """
    taken = {item.id: reading or "open" for item, reading in verdict.assumed}
    return assess(
        scenario or verdict.scenario,
        verdict.ruleset,
        as_of=as_of or verdict.as_of or "scenario",
        readings={**taken, **(readings or {})},
        look_ahead=look_ahead,
        prover=prover,
    )


def reassess_all(
    verdicts: Iterable[Verdict], scenarios: Iterable[Scenario], *, look_ahead: bool = True
) -> list[Verdict]:
    """Returns for each verdict the one on another case by the same ruleset, law and readings."""
    groups: dict[tuple[Ruleset, AsOf, tuple[str, ...]], list[tuple[int, Scenario]]] = {}
    for place, (verdict, scenario) in enumerate(zip(verdicts, scenarios, strict=True)):
        taken = tuple(reading or "open" for _, reading in verdict.assumed)
        as_of: AsOf = verdict.as_of or "scenario"
        how = (verdict.ruleset, as_of, taken)
        groups.setdefault(how, []).append((place, scenario))
    found: dict[int, Verdict] = {}
    for (ruleset, day, taken), cases in groups.items():
        doubts = (item.id for item in chosen_readings(ruleset, None))
        readings = dict(zip(doubts, taken, strict=True))
        again = assess_all(
            [case for _, case in cases], ruleset, as_of=day, readings=readings, look_ahead=look_ahead
        )
        found.update(zip((place for place, _ in cases), again, strict=True))
    return [found[place] for place in range(len(found))]


def restored(
    scenario: Scenario,
    ruleset: Ruleset,
    as_of: AsOf,
    readings: Mapping[str, str],
    look_ahead: bool,
    prover: Prover | None,
    result: str,
) -> Verdict:
    """Returns a verdict that was pickled, worked out again from what it was made of.

    Raises:
        UsageError: The law is encoded differently here, so that the result is another.
    """
    verdict = assess(
        scenario, ruleset, as_of=as_of, readings=readings, look_ahead=look_ahead, prover=prover
    )
    if verdict.result != result:
        raise UsageError(
            f"{scenario.id} under {ruleset.id} was {result} where it was pickled and is "
            f"{verdict.result} here: the law is encoded differently. Assess the scenario again."
        )
    return verdict


def _reduced(verdict: Verdict) -> tuple[Callable[..., Verdict], tuple[Any, ...]]:
    """A verdict as ``pickle`` takes it: by what it was made of, for the reader to work out again."""
    taken = {item.id: reading or "open" for item, reading in verdict.assumed}
    how = (verdict.as_of or "scenario", taken, verdict._looked_ahead, verdict._prover)
    return restored, (verdict.scenario, verdict.ruleset, *how, verdict.result)


copyreg.pickle(Verdict, _reduced)
