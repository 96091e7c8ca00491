"""How doubtful texts are read, and which day's law is asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Literal

from regcompare._support.derived import derived
from regcompare.errors import UsageError, did_you_mean, nearest
from regcompare.ruleset.reports import ALL_TESTS, READINGS, STATED
from regcompare.ruleset.rules import Interpretation
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.established import EstablishedFacts

AsOf = dt.date | Literal["scenario"] | None
"""The day whose law is applied, ``scenario`` for the day of the facts, None for the reference date."""

Readings = Mapping[str, str] | Literal["open"] | None
"""Readings chosen by id (``open`` leaves one open), ``open`` for all, or None for the defaults."""

ChosenReadings = Mapping[Interpretation, str | None]
"""The reading of each doubtful text; None where it is left open."""


def chosen_readings(ruleset: Ruleset, readings: Readings) -> ChosenReadings:
    """Returns the reading of each doubtful text of a ruleset and its companions.

    Under ``reports`` one reading is given for all texts about what reports show.

    Raises:
        UsageError: A doubt or a reading is unknown; the text names the nearest.
    """
    if readings is None:
        return _defaults(ruleset)
    declared = {item.id: item for part in ruleset.parts() for item in part.doubts}
    if readings == "open":
        return dict.fromkeys(declared.values())
    chosen = dict(readings)
    if (nearness := chosen.pop(ALL_TESTS, None)) is not None:
        tests = [item.id for item in declared.values() if item.finding]
        if nearness not in READINGS:
            raise UsageError(f"{ALL_TESTS} has no reading {nearness!r}; it has {', '.join(READINGS)}.")
        chosen = {**dict.fromkeys(tests, nearness), **chosen}
    for name, reading in chosen.items():
        if name not in declared:
            hint = did_you_mean(nearest(name, declared))
            raise UsageError(f"{ruleset.id} has no doubt {name!r}.{hint}")
        if reading not in (*declared[name].readings, "open"):
            options = ", ".join(declared[name].readings)
            raise UsageError(f"{name} has no reading {reading!r}; it has {options}, or open.")
    by_doubt = {item: chosen.get(name, item.default) for name, item in declared.items()}
    return {item: None if reading == "open" else reading for item, reading in by_doubt.items()}


def readings_applied(
    readings: ChosenReadings, known: EstablishedFacts, ruleset: Ruleset
) -> ChosenReadings:
    """Returns readings with ``stated`` for each text whose finding the case itself denies."""
    denied = {item: STATED for item in readings if denies(known, item, ruleset)}
    return {**readings, **denied} if any(readings[item] != STATED for item in denied) else readings


def denies(known: EstablishedFacts, doubt: Interpretation, ruleset: Ruleset) -> bool:
    """Whether a case states the opposite of the finding that a doubtful text is about."""
    finding = doubt.finding
    if finding is None or known.origins.get(finding.fact) != "stated":
        return False
    fact = ruleset.vocabulary.fact(finding.fact)
    return fact.truth(known.values.get(fact.key), finding.member) is False


def reading_answers(readings: ChosenReadings) -> dict[str, str | None]:
    """Returns the readings as answers to the questions of the texts."""
    return {doubt.key: reading for doubt, reading in readings.items()}


@derived
def _defaults(ruleset: Ruleset) -> ChosenReadings:
    return chosen_readings(ruleset, {})
