"""How doubtful texts are read, and which day's law is asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Literal

from regcompare._support.derived import derived
from regcompare.errors import UsageError, did_you_mean, nearest, quoted
from regcompare.ruleset.reports import ALL_TESTS, READINGS, levels_of
from regcompare.ruleset.rules import Interpretation
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.assumed import Tests

AsOf = dt.date | Literal["scenario"] | None
"""The day whose law is applied, ``scenario`` for the day of the facts, None for the reference date."""

Readings = Mapping[str, str] | Literal["open"] | None
"""Readings chosen by id (``open`` leaves one open), ``open`` for all, or None for the defaults."""

ChosenReadings = Mapping[Interpretation, str | None]
"""The reading of each doubtful text; None where it is left open."""


def chosen_readings(ruleset: Ruleset, readings: Readings) -> ChosenReadings:
    """Returns the reading of each doubtful text of a ruleset and its concurrent laws.

    Under ``reports`` one reading is given for all texts about what reports show.

    Raises:
        UsageError: A doubt or a reading is unknown; the text names the nearest.
    """
    if readings is None:
        return _defaults(ruleset)
    declared = {item.id: item for part in ruleset.parts() for item in part.doubts}
    if readings == "open":
        return dict.fromkeys(declared.values())
    if not isinstance(readings, Mapping):
        raise UsageError(
            f"readings={quoted(readings)}: expected a mapping of readings by id, or 'open'."
        )
    chosen = dict(readings)
    if (nearness := chosen.pop(ALL_TESTS, None)) is not None:
        tests = [item.id for item in declared.values() if item.shown]
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


def report_tests(readings: ChosenReadings) -> Tests:
    """Returns what reports may show as doubtful texts are read, each with how near they may come."""
    return tuple((doubt.shown, levels_of(chosen)) for doubt, chosen in readings.items() if doubt.shown)


def reading_answers(readings: ChosenReadings) -> dict[str, str | None]:
    """Returns the readings as answers to the questions of the texts."""
    return {doubt.key: reading for doubt, reading in readings.items()}


@derived
def _defaults(ruleset: Ruleset) -> ChosenReadings:
    return chosen_readings(ruleset, {})
