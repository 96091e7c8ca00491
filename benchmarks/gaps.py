"""A table with gaps beside what one writes by hand.

Twelve rules over 25 columns, of whose cells 30 % are unknown: regcompare, with look-ahead; the same rules
in three-valued logic, without it, as expressions of polars, in SQL in DuckDB and as vectors in numpy; and
as variables of OpenFisca, where it is installed.  Each way gives the mildest and the strictest outcome
and the truth of every rule, in a process of its own, from a table in memory; seconds are of the processor.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from functools import reduce
from importlib import import_module
from operator import and_, invert, or_
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.by_hand import CONDITIONS, KINDS, twelve_rules
from benchmarks.engine import Measured
from benchmarks.measurement import peak_of_memory

from regcompare.logic.conditions import All, Condition, Not, OneOf

GAPS, SEED, DAY = 0.3, 2020, "2020-01-01"
FLAGS = tuple(f"f{number}" for number in range(20))
CHOICES = tuple(f"k{number}" for number in range(5))
RULES = tuple((1, condition) for condition in CONDITIONS)
"""The rules, each with the rank of its outcome."""


def drawn(rows: int) -> dict[str, Any]:
    """Draws columns: yes/no as 0 and 1, choices as the places of their answers, -1 for unknown."""
    chance = np.random.default_rng(SEED)
    columns = {name: chance.integers(0, 2, rows, np.int8) for name in FLAGS}
    columns |= {name: chance.integers(0, len(KINDS), rows, np.int8) for name in CHOICES}
    for column in columns.values():
        column[chance.random(rows) < GAPS] = -1
    return columns


def translated(
    node: Condition,
    atom: Callable[[str, frozenset[str] | None], Any],
    every: Callable[[Any, Any], Any] = and_,
    some: Callable[[Any, Any], Any] = or_,
    negated: Callable[[Any], Any] = invert,
) -> Any:
    """Returns a condition as somebody would write it in another language."""
    parts = [translated(part, atom, every, some, negated) for part in node.parts]
    if not parts:
        return atom(
            node.question.fact.partition(".")[2], node.answers if isinstance(node, OneOf) else None
        )
    if isinstance(node, Not):
        return negated(parts[0])
    return reduce(every if isinstance(node, All) else some, parts)


# the ways ------------------------------------------------------------------------------------------


def _polars_frame(columns: Mapping[str, Any], prefix: str = "") -> Any:
    import polars as pl

    words = list(KINDS)
    series = [pl.Series(f"{prefix}{name}", columns[name]) for name in columns]
    frame = pl.DataFrame(series).with_columns(pl.all().replace(-1, None))
    flags, choices = ([f"{prefix}{name}" for name in names] for names in (FLAGS, CHOICES))
    return frame.with_columns(
        pl.col(flags).cast(pl.Boolean),
        pl.col(choices).replace_strict(dict(enumerate(words)), default=None, return_dtype=pl.String),
    )


def with_regcompare(columns: Mapping[str, Any]) -> Callable[[], Any]:
    """Look-ahead included, in a table of polars."""
    import polars as pl

    from regcompare_registers.frames import assess_frame

    frame = _polars_frame(columns, "bench.").with_columns(pl.lit("export").alias("transaction.kind"))
    return lambda: assess_frame(frame, twelve_rules())


def with_polars(columns: Mapping[str, Any]) -> Callable[[], Any]:
    """Truths are null where they are unknown."""
    import polars as pl

    def atom(name: str, answers: frozenset[str] | None) -> Any:
        return pl.col(name) if answers is None else pl.col(name).is_in(sorted(answers))

    frame = _polars_frame(columns)
    truths = [translated(condition, atom).alias(f"r{at}") for at, (_, condition) in enumerate(RULES)]

    def reached(missing: bool) -> Any:
        return pl.max_horizontal(
            pl.when(pl.col(f"r{at}").fill_null(missing)).then(rank).otherwise(0)
            for at, (rank, _) in enumerate(RULES)
        )

    low, high = reached(missing=False).alias("low"), reached(missing=True).alias("high")
    return lambda: frame.with_columns(truths).with_columns(low, high)


def with_duckdb(columns: Mapping[str, Any]) -> Callable[[], Any]:
    """Truths are null where they are unknown."""
    import duckdb

    def atom(name: str, answers: frozenset[str] | None) -> str:
        return name if answers is None else f"{name} in ({', '.join(map(repr, sorted(answers)))})"

    def joined(word: str) -> Callable[[str, str], str]:
        return lambda one, other: f"({one} {word} {other})"

    truths = [
        translated(condition, atom, joined("and"), joined("or"), "(not {})".format)
        for _, condition in RULES
    ]
    rules = ", ".join(f"{truth} as r{at}" for at, truth in enumerate(truths))
    low, high = (
        ", ".join(
            f"case when coalesce(r{at}, {missing}) then {rank} else 0 end"
            for at, (rank, _) in enumerate(RULES)
        )
        for missing in ("false", "true")
    )
    connection = duckdb.connect()
    connection.execute("set threads to 1")
    connection.register("register", _polars_frame(columns).to_arrow())
    query = f"select *, greatest({low}) as low, greatest({high}) as high from (select *, {rules} from register)"
    return lambda: connection.sql(query).to_arrow_table()


Pair = tuple[Any, Any]
"""The cases in which something is certain, and those in which it is possible."""


def _vectors(columns: Mapping[str, Any]) -> tuple[list[Pair], Any, Any]:
    """The rules on pairs of vectors, as OpenFisca's formulas are on single ones."""

    def atom(name: str, answers: frozenset[str] | None) -> Pair:
        column = columns[name]
        places = [1] if answers is None else [list(KINDS).index(answer) for answer in answers]
        certain = np.isin(column, places)
        return certain, certain | (column < 0)

    truths = [
        translated(
            condition,
            atom,
            lambda one, other: (one[0] & other[0], one[1] & other[1]),
            lambda one, other: (one[0] | other[0], one[1] | other[1]),
            lambda one: (~one[1], ~one[0]),
        )
        for _, condition in RULES
    ]
    ends = (
        reduce(
            np.maximum,
            (pair[half] * np.int8(rank) for pair, (rank, _) in zip(truths, RULES, strict=True)),
        )
        for half in (0, 1)
    )
    return (truths, *ends)


def with_numpy(columns: Mapping[str, Any]) -> Callable[[], Any]:
    """Each truth is a pair of vectors, certain and possible."""
    return lambda: _vectors(columns)


def with_openfisca(columns: Mapping[str, Any]) -> Callable[[], Any]:
    """OpenFisca knows no unknown: each fact and each rule is a pair of variables."""
    modules = ("periods", "entities", "simulations", "taxbenefitsystems", "variables")
    parts: list[Any] = [import_module(f"openfisca_core.{name}") for name in modules]
    periods, entities, simulations, systems, variables = parts
    export = entities.build_entity("export", "exports", "An export", is_person=True)
    system = systems.TaxBenefitSystem([export])

    def add(name: str, kind: type = bool, formula: Any = None) -> None:
        fields = {"value_type": kind, "entity": export, "definition_period": periods.DateUnit.ETERNITY}
        system.add_variable(
            type(name, (variables.Variable,), fields | ({"formula": formula} if formula else {}))
        )

    inputs: dict[str, Any] = {}
    halves = ("certain", "possible")

    def atom(name: str, answers: frozenset[str] | None) -> Any:
        places = [1] if answers is None else [list(KINDS).index(answer) for answer in sorted(answers)]
        certain, key = np.isin(columns[name], places), f"{name}_{'_'.join(map(str, places))}"
        inputs.update(
            zip(
                (f"{key}_{half}" for half in halves),
                (certain, certain | (columns[name] < 0)),
                strict=True,
            )
        )
        return lambda entity, half: entity(f"{key}_{halves[half]}", DAY)

    def rule_formula(rule: Any, end: int) -> Any:
        return lambda entity, _: rule(entity, end)

    def strictest(word: str) -> Any:
        def formula(entity: Any, _: Any) -> Any:
            ranks = (entity(f"r{at}_{word}", DAY) * rank for at, (rank, _) in enumerate(RULES))
            return reduce(np.maximum, ranks)

        return formula

    both, either, neither = (
        lambda one, other: lambda entity, end: one(entity, end) & other(entity, end),
        lambda one, other: lambda entity, end: one(entity, end) | other(entity, end),
        lambda one: lambda entity, end: ~one(entity, 1 - end),
    )
    for at, (_, condition) in enumerate(RULES):
        rule = translated(condition, atom, both, either, neither)
        for end, word in enumerate(halves):
            add(f"r{at}_{word}", formula=rule_formula(rule, end))
    for word in halves:
        add(f"outcome_{word}", int, strictest(word))
    for name in inputs:
        add(name)

    def run() -> Any:
        simulation = simulations.SimulationBuilder().build_default_simulation(
            system, count=len(columns["f0"])
        )
        for name, values in inputs.items():
            simulation.set_input(name, DAY, values)
        return [simulation.calculate(f"outcome_{word}", DAY) for word in halves]

    return run


WAYS: Mapping[str, tuple[str, Callable[[Mapping[str, Any]], Callable[[], Any]]]] = {
    "regcompare": ("regcompare, with look-ahead", with_regcompare),
    "polars": ("polars by hand", with_polars),
    "duckdb": ("DuckDB by hand, one thread", with_duckdb),
    "numpy": ("numpy by hand, pairs of vectors", with_numpy),
    "openfisca": ("OpenFisca, pairs of variables", with_openfisca),
}


# measuring -----------------------------------------------------------------------------------------


def measured(way: str, rows: int) -> None:
    """Measures a way, and prints its seconds and its peak of memory as JSON."""
    work = WAYS[way][1](drawn(rows))
    before = time.process_time()
    work()
    figures = {"seconds": time.process_time() - before, "peak": peak_of_memory()}
    sys.stdout.write(json.dumps(figures))


def table(rows: int) -> Measured:
    """Measures every way, each in a process of its own."""
    return Measured(
        "Tables with gaps, beside others",
        f"Twelve rules over 25 columns and {rows:,} rows, of whose cells 30 % are unknown, from a table in "
        "memory: the mildest and the strictest outcome, and the truth of every rule. The others, written by "
        "hand, do no look-ahead. Seconds are of the processor, the best of three runs; the peak is of the whole process.",
        ("way", "seconds", "rows a second", "peak, MB"),
        tuple(_line_of(way, rows) for way in WAYS),
    )


def _line_of(way: str, rows: int) -> tuple[str, ...]:
    words = [sys.executable, "-m", "benchmarks.gaps", way, str(rows)]
    root = Path(__file__).parents[1]
    runs = [
        subprocess.run(words, capture_output=True, text=True, check=False, cwd=root) for _ in range(3)
    ]
    if any(run.returncode for run in runs):
        sys.stderr.write(runs[0].stderr)
        return WAYS[way][0], "not measured", "-", "-"
    seconds, peak = (min(json.loads(run.stdout)[key] for run in runs) for key in ("seconds", "peak"))
    return WAYS[way][0], f"{seconds:.2f}", f"{rows / seconds:,.0f}", f"{peak / 1e6:,.0f}"


if __name__ == "__main__":
    measured(sys.argv[1], int(sys.argv[2]))
