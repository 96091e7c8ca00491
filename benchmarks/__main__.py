"""Measures everything in one run and writes ``docs/benchmarks.md``: ``python -m benchmarks [--full]``.

Without ``--full`` the largest register has a million rows; with it ten and a hundred million, on disk.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from itertools import chain
from pathlib import Path

from benchmarks import engine, gaps, registers

PAGE = registers.ROOT / "docs" / "benchmarks.md"
LIBRARIES = ("regcompare", "polars", "duckdb", "pyarrow", "numpy", "python-sat")


def page(tables: Iterator[engine.Measured]) -> Iterator[str]:
    """Yields the lines of the page."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    yield "# Benchmarks"
    yield ""
    yield "<!-- Written by `python -m benchmarks`; not by hand. -->"
    yield ""
    yield "What one run on one machine measured, with nothing else running."
    yield "Ratios differ little from machine to machine; seconds do."
    yield "Times are of the processor, but those of registers, which use every core, are of the clock."
    yield ""
    yield f"Machine: {os.cpu_count()} processor cores, {memory:.0f} GiB of memory, {platform.system()}."
    yield f"Python {platform.python_version()}; {libraries}."
    for table in tables:
        sys.stderr.write(f"{table.title}\n")
        yield from ("", f"## {table.title}", "", table.says, "")
        yield f"| {' | '.join(table.columns)} |"
        yield f"| --- |{' ---: |' * (len(table.columns) - 1)}"
        yield from (f"| {' | '.join(row)} |" for row in table.rows)
    yield from ("", "## What others do better", "", *OTHERS, "", MEASURE)


OTHERS = (
    "- Rules written by hand for one question, on complete data, are faster by the ratios under single cases: they give no reasons, and nothing is open.",
    "- A frame library that evaluates two-valued rules over complete columns needs no look-ahead; for sums, weights and cross tables of a result, [use one](how-to/rulesets-over-tables.md).",
    "- What is told here and not there: which facts are open, what each answer would change, and that an answer never widens a result.",
)
MEASURE = "To measure on your machine: `python -m benchmarks` (some minutes; with `--full` up to a hundred million rows, a few GB of disk, up to an hour), in the environment that `pip install -e '.[all]' --group thorough` makes."


def main() -> None:
    """Measures and writes the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--full", action="store_true", help="with ten and a hundred million rows")
    full = parser.parse_args().full
    with tempfile.TemporaryDirectory() as folder:
        tables = chain(
            engine.tables(), [gaps.table(1_000_000)], registers.tables(Path(folder), full=full)
        )
        PAGE.write_text("\n".join(page(tables)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
