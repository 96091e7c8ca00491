"""The invented ruleset of ``bench_engine`` over a table, and how fast a call is."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from benchmarks.bench_engine import ACT, CONDITIONS, Bench
from benchmarks.by_hand import OUTCOMES
from benchmarks.rows import bench_columns

from regcompare import Outcome, Ruleset
from regcompare.authoring import TRUE, Provisions, Rule, Trigger, Vocabulary
from regcompare.bulk import assess_frame
from regcompare.vocabulary import Transaction

if TYPE_CHECKING:
    import polars as pl

__all__ = ["RULESET", "assessed", "best", "check_by_hand", "check_openfisca", "frame_of"]

ROUNDS = 7

RULESET = Ruleset(
    "bench",
    "Benchmark",
    status="law",
    instruments=(ACT,),
    reference_date=dt.date(2020, 1, 1),
    provisions=Provisions(
        tuple(
            Rule(
                ACT[f"r{number}"],
                "A rule.",
                when=condition,
                then=Outcome.read(outcome),
                triggered_by=Trigger.ACT,
                id=f"r{number}",
            )
            for number, (condition, outcome) in enumerate(zip(CONDITIONS, OUTCOMES, strict=True), 1)
        )
    ),
    covers=("export",),
    scope=TRUE,
    vocabulary=Vocabulary((Transaction, Bench)),
)
"""Twenty-five facts, twelve rules, each with an outcome."""


def frame_of(columns: Mapping[str, tuple[Any, Any]]) -> pl.DataFrame:
    """Returns answers and gaps, as ``bench_columns`` makes them, as a polars frame."""
    import polars as pl

    made = {
        name: pl.Series(values.tolist(), dtype=pl.Boolean if name.startswith("f") else pl.String).set(
            pl.Series(gaps), None
        )
        for name, (values, gaps) in columns.items()
    }
    return pl.DataFrame({f"bench.{name}": series for name, series in made.items()})


def assessed(frame: pl.DataFrame) -> pl.DataFrame:
    """Returns the frame with the results of the ruleset; every row is an export."""
    result: pl.DataFrame = assess_frame(frame, RULESET, presumed={"transaction.kind": "export"})
    return result


def check_by_hand(frame: pl.DataFrame, by_hand: Callable[[pl.DataFrame], pl.DataFrame]) -> None:
    """Makes sure that rules by hand come to the same results."""
    ours, theirs = assessed(frame), by_hand(frame)
    for name in ("low", "high", "holds", "open"):
        assert ours[f"bench.{name}"].equals(theirs[name])


def check_openfisca(frame: pl.DataFrame, told: Mapping[str, Any]) -> None:
    """Makes sure that OpenFisca-Core comes to the same results."""
    ours = assessed(frame)
    assert dict(ours.group_by("bench.low").len().iter_rows()) == told["outcomes"]
    assert ours["bench.holds"].sum() == told["holds"]


def best(*calls: Callable[[], Any], rounds: int = ROUNDS) -> list[float]:
    """Returns the best seconds of each call; the calls take turns, so that all meet the same machine."""
    seconds: list[list[float]] = [[] for _ in calls]
    for _ in range(rounds):
        for call, times in zip(calls, seconds, strict=True):
            start = time.perf_counter()
            call()
            times.append(time.perf_counter() - start)
    return [min(times) for times in seconds]


def facts_for_openfisca(file: str, rows: int) -> None:
    """Writes answers without gaps to a file that ``openfisca_rules`` reads."""
    np.savez(file, **{name: values for name, (values, _) in bench_columns(rows, gaps=0).items()})
