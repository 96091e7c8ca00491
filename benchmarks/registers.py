"""Whole registers: rows a second, and the peak of memory, of each way to assess them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import attrs
from benchmarks.engine import Measured
from benchmarks.measurement import WAYS
from benchmarks.rows import write_register

ROOT = Path(__file__).parents[1]
SIZES = (100_000, 1_000_000)
LARGEST = 100_000_000
LARGER = (10_000_000, LARGEST)
ON_DISK = ("screen",)
"""The ways that are measured on the largest register."""

SHARE_OF_MEMORY = 0.5
"""A way is left out where it would take more than this share of the memory."""


@attrs.frozen
class Measurement:
    """One way on one register; without seconds, and with the reason, where it was left out."""

    way: str
    rows: int
    seconds: float | None
    peak: float = 0
    why_not: str = ""


# measuring -----------------------------------------------------------------------------------------


def registers(folder: Path, *, full: bool) -> Iterator[Measurement]:
    """Yields a measurement of every way on every register, the small ones first."""
    previous: dict[str, Measurement] = {}
    for rows in (*SIZES, *(LARGER if full else ())):
        file = folder / f"register-{rows}.parquet"
        write_register(file, rows)
        for way in WAYS if rows < LARGEST else ON_DISK:
            measurement = _measurement(way, file, rows, folder, previous.get(way))
            previous[way] = measurement
            sys.stderr.write(f"{measurement}\n")
            yield measurement
        file.unlink()


def _measurement(
    way: str, file: Path, rows: int, folder: Path, smaller: Measurement | None
) -> Measurement:
    """One measurement, or the reason why memory would not suffice."""
    if smaller and smaller.why_not:
        return attrs.evolve(smaller, rows=rows)
    if smaller and _needs_too_much_memory(smaller, rows):
        return Measurement(way, rows, None, why_not="it would take more than half of the memory")
    words = [sys.executable, "-m", "benchmarks.measurement", way, str(file), str(folder)]
    process = subprocess.run(words, capture_output=True, text=True, check=False, cwd=ROOT)
    if process.returncode:
        last = process.stderr.strip().splitlines()[-1:] or ["no message"]
        return Measurement(way, rows, None, why_not=last[0][:100])
    figures = json.loads(process.stdout)
    return Measurement(way, rows, figures["seconds"], figures["peak"])


def _needs_too_much_memory(smaller: Measurement, rows: int) -> bool:
    """Returns whether a way, unless it works on disk, would need too much memory if it grows with the rows."""
    expected = smaller.peak * rows / smaller.rows
    return smaller.way not in ON_DISK and expected > _memory() * SHARE_OF_MEMORY


def _memory() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


# as tables -----------------------------------------------------------------------------------------


def tables(folder: Path, *, full: bool) -> Iterator[Measured]:
    """Measures, and yields the tables; with ``full`` also ten and a hundred million rows."""
    measurements = list(registers(folder, full=full))
    sizes = sorted({item.rows for item in measurements})
    cells = {(item.way, item.rows): item for item in measurements}
    says = (
        "Rows of a generated register with gaps, in fourteen columns shaped like those of a licence "
        "register, under the three regimes with the standard assumptions. `screen` does more than the "
        "other ways: it checks each row, keeps bad ones with their reason, and counts."
    )
    left_out = [
        f" Left out: {WAYS[item.way][0]}, {item.rows:,} rows, since: {item.why_not}."
        for item in measurements
        if item.why_not
    ]
    memory = "The peak of the whole process in MB, the libraries included."
    for title, text, figure in (
        ("Registers: rows a second", says, _speed),
        ("Registers: memory", "".join((memory, *left_out)), _peak),
    ):
        rows = [
            (words, *(figure(cells[way, size]) if (way, size) in cells else "-" for size in sizes))
            for way, (words, _) in WAYS.items()
        ]
        yield Measured(title, text, ("way", *(f"{size:,} rows" for size in sizes)), tuple(rows))


def _speed(item: Measurement) -> str:
    return f"{item.rows / item.seconds:,.0f}" if item.seconds else "left out"


def _peak(item: Measurement) -> str:
    return f"{item.peak / 1e6:,.0f}" if item.seconds else "left out"
