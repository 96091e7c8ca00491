"""A ruleset over a million rows, against the same rules written by hand and in OpenFisca-Core.

Run with ``python -m pytest -n 0 benchmarks``.  ``python -m benchmarks.registers`` measures whole registers and
writes the page of the documentation.
"""

from __future__ import annotations

from typing import Any

import pytest
from benchmarks.by_hand import by_hand
from benchmarks.invented import assessed, best, check_by_hand, check_openfisca, frame_of
from benchmarks.openfisca import measured_openfisca
from benchmarks.rows import bench_columns

ROWS = 1_000_000


def test_a_million_rows_against_rules_by_hand(ratios: dict[str, float]) -> None:
    """Goal: at least 0.7 of the speed of rules that someone wrote for polars."""
    frame = frame_of(bench_columns(ROWS))

    check_by_hand(frame, by_hand)
    own, hand = best(lambda: assessed(frame), lambda: by_hand(frame))
    ratios["speed of a frame / by hand (goal 0.7)"] = hand / own


def test_a_million_rows_against_openfisca(ratios: dict[str, float], tmp_path: Any) -> None:
    """Goal: at least 5 times the speed of OpenFisca-Core, from the same table to the same results."""
    theirs = measured_openfisca(ROWS, tmp_path)
    if isinstance(theirs, str):
        pytest.skip(theirs)
    frame = frame_of(bench_columns(ROWS, gaps=0))

    check_openfisca(frame, theirs)
    (own,) = best(lambda: assessed(frame))
    ratios["speed of a frame / OpenFisca-Core, whole (goal 5)"] = theirs["whole"] / own
    ratios["speed of a frame / OpenFisca-Core, its formulas alone"] = theirs["formulas"] / own
