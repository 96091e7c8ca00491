"""Assesses scenarios under rulesets.

The result is a span, the mildest and the strictest outcome that the stated facts allow.  Plain
three-valued logic gives a span that is sound but sometimes too wide; ``assess`` looks ahead: for each
open question alone it tries each answer and keeps what all of them share.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario

from .batch import evaluated
from .case import Case
from .readings import AsOf, ChosenReadings, Readings, chosen_readings
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
    """Assesses one scenario under one ruleset.

    Args:
        scenario: What is known about the transaction.
        ruleset: The regime or proposal.
        as_of: The day whose law is applied; by default the ruleset's reference date.
        readings: Readings of doubtful texts, by id; the others have their defaults.
        look_ahead: Whether to try each open question alone and keep what its answers share; without it
            the span is that of plain three-valued logic, and may be wider.
        prover: Proves the ends of the span over all completions of the open facts; None leaves them as
            look-ahead gives them.

    Returns:
        The verdict, whose reasons are worked out on request.

    Raises:
        UsageError: A reading is unknown, the facts contradict each other, or the extra is missing.
    """
    (verdict,) = assess_all(
        (scenario,), ruleset, as_of=as_of, readings=readings, look_ahead=look_ahead, prover=prover
    )
    return verdict


def assess_all(
    scenarios: Iterable[Scenario],
    ruleset: Ruleset,
    *,
    as_of: AsOf = None,
    readings: Readings = None,
    look_ahead: bool = True,
    prover: Prover | None = None,
) -> list[Verdict]:
    """Assesses several scenarios under one ruleset; see ``assess``.

    Raises:
        UsageError: As for ``assess``.
    """
    day = ruleset.reference_date if as_of is None else as_of
    cases = [(scenario, day) for scenario in scenarios]
    chosen = chosen_readings(ruleset, readings)
    return derive(cases, ruleset, chosen, look_ahead=look_ahead, prover=prover)


def reassess(
    verdict: Verdict,
    *,
    scenario: Scenario | None = None,
    as_of: AsOf = None,
    readings: Mapping[str, str] | None = None,
    prover: Prover | None = None,
) -> Verdict:
    """Assesses again with the ruleset, law and readings of a verdict, except for what is replaced.

    Where the law of the day of the case was asked for, it is that of the day of the scenario put in its
    place, and open where that day is.

    Args:
        verdict: The verdict.
        scenario: A scenario in place of its own.
        as_of: A day in place of its own.
        readings: Readings in place of its own, by id.
        prover: As for ``assess``.
    """
    own_readings = {item.id: reading or "open" for item, reading in verdict.assumed}
    return assess(
        scenario or verdict.scenario,
        verdict.ruleset,
        as_of=as_of or verdict.asked_day,
        readings={**own_readings, **(readings or {})},
        prover=prover,
    )


def reassess_all(pairs: Sequence[tuple[Verdict, Scenario]]) -> dict[Verdict, Verdict]:
    """Assesses, for each verdict, another scenario with the same ruleset, law and readings."""
    groups: dict[tuple[Ruleset, tuple[str | None, ...]], list[tuple[Verdict, Scenario]]] = {}
    for verdict, scenario in pairs:
        key = verdict.ruleset, tuple(verdict.readings.values())
        groups.setdefault(key, []).append((verdict, scenario))
    again: dict[Verdict, Verdict] = {}
    for (ruleset, _), group in groups.items():
        days: Iterator[AsOf] = (verdict.asked_day for verdict, _ in group)
        cases = zip((scenario for _, scenario in group), days, strict=True)
        verdicts = (verdict for verdict, _ in group)
        again.update(zip(verdicts, derive(cases, ruleset, group[0][0].readings), strict=True))
    return again


def derive(
    cases: Iterable[tuple[Scenario, AsOf]],
    ruleset: Ruleset,
    readings: ChosenReadings,
    *,
    look_ahead: bool = True,
    prover: Prover | None = None,
) -> list[Verdict]:
    """Evaluates cases, each with the day whose law is applied; otherwise as ``assess_all``.

    Raises:
        UsageError: Facts contradict each other.
    """
    prepared = [Case.of(scenario, ruleset, day, readings, prover) for scenario, day in cases]
    return [
        Verdict(
            case.scenario,
            ruleset,
            case.asked_day,
            readings,
            prover,
            case.known,
            case.law,
            case.program,
            *place_in_batch,
        )
        for case, place_in_batch in zip(prepared, evaluated(prepared, look_ahead), strict=True)
    ]
