"""Measures whole registers and writes ``docs/benchmarks.md``: ``python -m benchmarks.registers [--full]``.

Without ``--full`` the largest register has a million rows; with it ten and a hundred million, on disk.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import attrs
from benchmarks.measurement import WAYS
from benchmarks.rows import write_register

ENGINE = "## Single cases, and the shipped ones"
PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
SIZES = (100_000, 1_000_000)
LARGEST = 100_000_000
LARGER = (10_000_000, LARGEST)
ON_DISK = ("screen",)
"""The ways that are measured on the largest register."""

SHARE_OF_MEMORY = 0.5
"""A way is left out where it would take more than this share of the memory."""

LIBRARIES = ("regcompare", "polars", "duckdb", "pyarrow", "numpy")


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
    process = subprocess.run(words, capture_output=True, text=True, check=False, cwd=PAGE.parents[1])
    if process.returncode:
        last = process.stderr.strip().splitlines()[-1:] or ["no message"]
        return Measurement(way, rows, None, why_not=last[0][:100])
    figures = json.loads(process.stdout)
    return Measurement(way, rows, figures["seconds"], figures["peak"])


def _needs_too_much_memory(smaller: Measurement, rows: int) -> bool:
    """Whether a way, unless it works on disk, would need too much memory if it grows with the rows."""
    expected = smaller.peak * rows / smaller.rows
    return smaller.way not in ON_DISK and expected > _memory() * SHARE_OF_MEMORY


def _memory() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


# the page ------------------------------------------------------------------------------------------


def page(measurements: list[Measurement]) -> str:
    """Returns the page of the documentation."""
    return "\n".join([*_head(), *_growth(measurements), *_remarks(measurements), ""])


def _head() -> Iterator[str]:
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    yield "# Benchmarks"
    yield ""
    yield "<!-- Written by `python -m benchmarks.registers --full`; edit by hand only the last section. -->"
    yield ""
    yield "How fast rulesets go over whole tables, measured in one run on one machine."
    yield "Ratios differ little from machine to machine; seconds do."
    yield ""
    yield f"Machine: {os.cpu_count()} processor cores, {_memory() / 2**30:.0f} GiB of memory, {platform.system()}."
    yield f"Python {platform.python_version()}; {libraries}."
    yield ""


def _growth(measurements: list[Measurement]) -> Iterator[str]:
    sizes = sorted({item.rows for item in measurements})
    cells = {(item.way, item.rows): item for item in measurements}
    yield "## Three regimes over a generated register"
    yield ""
    yield "`eu-428-2009`, `eu-2021-821` and `amnesty` with the standard assumptions, over fourteen columns shaped like a licence register, with gaps."
    yield "The peak is that of the whole process, the libraries included."
    for title, cell in (("Rows a second", _speed), ("Peak of memory, in MB", _peak)):
        yield ""
        yield f"### {title}"
        yield ""
        yield f"| way | {' | '.join(f'{size:,} rows' for size in sizes)} |"
        yield f"| --- |{' ---: |' * len(sizes)}"
        for way, (words, _) in WAYS.items():
            shown = [cell(cells[way, size]) if (way, size) in cells else "-" for size in sizes]
            yield f"| {words} | {' | '.join(shown)} |"
    yield ""


def _speed(item: Measurement) -> str:
    return f"{item.rows / item.seconds:,.0f}" if item.seconds else "left out"


def _peak(item: Measurement) -> str:
    return f"{item.peak / 1e6:,.0f}" if item.seconds else "left out"


def _remarks(measurements: list[Measurement]) -> Iterator[str]:
    yield "A call has a part that does not grow with the rows: the rulesets are made into programs first."
    yield "`screen` does more than the other ways: it checks each row, keeps bad ones with their reason, counts, and examines the open facts of some thousand rows at the end."
    yield "A dash was not measured."
    for item in measurements:
        if item.why_not:
            yield f"Left out: {WAYS[item.way][0]}, {item.rows:,} rows, since: {item.why_not}."
    yield ""
    yield "To measure on your machine: `python -m benchmarks.registers` (two minutes; with `--full` up to a hundred million rows, a few GB of disk, up to an hour), in the environment that `pip install -e '.[all]' --group thorough` makes."


def _engine() -> str:
    """The end of the page, on single cases, which is written by hand after ``bench_engine``."""
    current = PAGE.read_text(encoding="utf-8")
    return current[current.index(f"\n{ENGINE}\n") :]


def main() -> None:
    """Measures and writes the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="with ten and a hundred million rows")
    full = parser.parse_args().full
    folder = Path(tempfile.mkdtemp())
    try:
        text = page(list(registers(folder, full=full)))
        PAGE.write_text(text + _engine(), encoding="utf-8")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
