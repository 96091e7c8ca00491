"""The twelve rules of ``bench_engine`` written by hand for polars, as someone who knows it well would."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl

__all__ = ["OUTCOMES", "by_hand"]

OUTCOMES = (
    "notification",
    "authorisation",
    "prohibition",
    "authorisation",
    "notification",
    "authorisation",
    "authorisation",
    "prohibition",
    "authorisation",
    "notification",
    "authorisation",
    "authorisation",
)
"""What each of the twelve rules comes to."""

STRICTEST_FIRST = ("prohibition", "authorisation", "notification")


def _rules() -> Mapping[str, pl.Expr]:
    """The rules in three-valued logic, which is that of polars: null is unknown."""
    from polars import col

    f = [col(f"bench.f{number}") for number in range(20)]
    k = [col(f"bench.k{number}") for number in range(5)]
    return {
        "r1": f[0] & f[1] & ~f[2],
        "r2": k[0].is_in(["a", "b"]) & f[3],
        "r3": f[4] | (f[5] & (k[1] == "c")),
        "r4": ~f[6] & (f[7] | f[8]) & (k[2] == "a"),
        "r5": f[9] & f[10] & f[11] & ~(k[3] == "d"),
        "r6": (f[12] | f[13]) & (f[14] | f[15]),
        "r7": k[4].is_in(["a", "c"]) & ~(f[16] & f[17]),
        "r8": f[18] & f[19] & f[0],
        "r9": f[1] & ~f[3] & (k[0] == "d"),
        "r10": (f[5] | f[6] | f[7]) & ~f[8],
        "r11": f[10] & ((k[1] == "a") | (k[2] == "b")),
        "r12": ~f[12] & ~f[14] & f[16],
    }


def by_hand(frame: pl.DataFrame) -> pl.DataFrame:
    """Returns the frame with low and high outcome, and the rules that hold and stay open as bits."""
    import polars as pl

    rules = _rules()
    names = list(rules)
    ruled = frame.with_columns(**rules)
    return ruled.with_columns(
        _strictest(names, lambda name: pl.col(name).fill_null(value=False)).alias("low"),
        _strictest(names, lambda name: pl.col(name).fill_null(value=True)).alias("high"),
        _bits(names, lambda name: pl.col(name).fill_null(value=False)).alias("holds"),
        _bits(names, lambda name: pl.col(name).is_null()).alias("open"),
    ).drop(names)


def _strictest(names: list[str], holds: Any) -> pl.Expr:
    import polars as pl

    chain: Any = pl
    for outcome in STRICTEST_FIRST:
        some = [holds(name) for name, then in zip(names, OUTCOMES, strict=True) if then == outcome]
        chain = chain.when(pl.any_horizontal(some)).then(pl.lit(outcome))
    expression: pl.Expr = chain.otherwise(pl.lit("no_control"))
    return expression


def _bits(names: list[str], holds: Any) -> pl.Expr:
    import polars as pl

    # The sum of the bits of twelve rules fits in 16 bits, and is faster there.
    some = (
        pl.when(holds(name)).then(pl.lit(1 << place, pl.Int16)).otherwise(pl.lit(0, pl.Int16))
        for place, name in enumerate(names)
    )
    return pl.sum_horizontal(list(some)).cast(pl.Int64)
