"""Measures whole registers and writes ``docs/benchmarks.md``: ``python -m benchmarks.registers [--full]``.

Without ``--full`` the largest register has ten million rows; with it, a hundred million, on disk.
``OPENFISCA_PYTHON`` may name a Python that has OpenFisca-Core, where this one has not.
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
from benchmarks.by_hand import by_hand
from benchmarks.invented import assessed, best, check_by_hand, check_openfisca, frame_of
from benchmarks.measured import WAYS
from benchmarks.openfisca import measured_openfisca
from benchmarks.rows import bench_columns, write_register

ENGINE = "## Single cases, and the shipped ones"
PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
SIZES = (100_000, 1_000_000, 10_000_000)
LARGEST = 100_000_000
ON_DISK = ("screen",)
"""The ways that meet the largest register."""

SHARE_OF_MEMORY = 0.5
"""A way is left out where it would take more of the memory than this."""

MILLION = 1_000_000
LIBRARIES = ("regcompare", "polars", "duckdb", "pyarrow", "narwhals", "numpy")


@attrs.frozen
class Measured:
    """One way on one register; no seconds where it was left out, with the reason."""

    way: str
    rows: int
    seconds: float | None
    peak: float = 0
    why_not: str = ""


# measuring -----------------------------------------------------------------------------------------


def ratios(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Yields what is compared, the ratio of speeds, and the goal."""
    frame = frame_of(bench_columns(MILLION))
    check_by_hand(frame, by_hand)
    own, hand = best(lambda: assessed(frame), lambda: by_hand(frame), rounds=15)
    yield _ratio("the same rules by hand in polars, three-valued, with gaps", hand, own, 0.7)
    told = measured_openfisca(MILLION, folder)
    if isinstance(told, str):
        yield "OpenFisca-Core", f"not measured: {told}", "at least 5"
        return
    whole = frame_of(bench_columns(MILLION, gaps=0))
    check_openfisca(whole, told)
    (own,) = best(lambda: assessed(whole), rounds=15)
    name = f"OpenFisca-Core {told['version']} (NumPy {told['numpy']}), two-valued"
    yield _ratio(f"{name}: from a table to words for outcomes", told["whole"], own, 5)
    yield _ratio(f"{name}: its formulas alone, inputs already encoded", told["formulas"], own, None)


def _ratio(what: str, theirs: float, own: float, goal: float | None) -> tuple[str, str, str]:
    speed = theirs / own
    wanted = f"at least {goal}: {'met' if speed >= goal else 'missed'}" if goal else "none set"
    return what, f"{speed:.2f} ({own * 1000:.0f} ms against {theirs * 1000:.0f} ms)", wanted


def registers(folder: Path, *, full: bool) -> Iterator[Measured]:
    """Yields every way on every register, the small ones first."""
    earlier: dict[str, Measured] = {}
    for rows in (*SIZES, *((LARGEST,) if full else ())):
        file = folder / f"register-{rows}.parquet"
        write_register(file, rows)
        for way in WAYS if rows < LARGEST else ON_DISK:
            found = _measured(way, file, rows, folder, earlier.get(way))
            earlier[way] = found
            sys.stderr.write(f"{found}\n")
            yield found
        file.unlink()


def _measured(way: str, file: Path, rows: int, folder: Path, before: Measured | None) -> Measured:
    """One measurement, or the reason why memory would not do for it."""
    if before and (before.why_not or _too_much(before, rows)):
        return Measured(way, rows, None, why_not="would take more than half of the memory")
    words = [sys.executable, "-m", "benchmarks.measured", way, str(file), str(folder)]
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd=PAGE.parents[1])
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["no message"]
        return Measured(way, rows, None, why_not=last[0][:100])
    told = json.loads(done.stdout)
    return Measured(way, rows, told["seconds"], told["peak"])


def _too_much(before: Measured, rows: int) -> bool:
    """Whether memory that grows with the rows would be too much; ``screen`` has shown that it does not."""
    grown = before.peak * rows / before.rows
    return before.way not in ON_DISK and grown > _memory() * SHARE_OF_MEMORY


def _memory() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


# the page ------------------------------------------------------------------------------------------


def page(compared: list[tuple[str, str, str]], found: list[Measured]) -> str:
    """Returns the page of the documentation."""
    return "\n".join([*_head(), *_ratio_table(compared), *_growth(found), *_reading(found), ""])


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


def _ratio_table(compared: list[tuple[str, str, str]]) -> Iterator[str]:
    yield "## Twelve rules over twenty-five facts, a million rows"
    yield ""
    yield "An invented ruleset: twenty yes/no facts, five choices held as text, twelve rules, polars in memory."
    yield "The figure is the speed of `assess_frame` over that of the other: above one, it is faster."
    yield "The results are compared with those of the other in the same run, and are the same."
    yield ""
    yield "| against | speed of `assess_frame`, relative | goal |"
    yield "| --- | --- | --- |"
    yield from (f"| {' | '.join(line)} |" for line in compared)
    yield ""
    yield "Rules by hand give the least and the greatest outcome and both bit sets, as `assess_frame` does."
    yield "`assess_frame` also checks every value, and tells scope, force and contradictions."
    yield "OpenFisca-Core knows no unknown, so the table without gaps is taken for it."
    yield "Its formulas alone, over arrays that are set and encoded beforehand, are faster than `assess_frame`, which begins with text and yields text."
    yield ""


def _growth(found: list[Measured]) -> Iterator[str]:
    sizes = sorted({item.rows for item in found})
    cells = {(item.way, item.rows): item for item in found}
    yield "## Three regimes over a generated register"
    yield ""
    yield "`eu-428-2009`, `eu-2021-821` and `amnesty` with ordinary presumptions, over fourteen columns shaped like a licence register, with gaps."
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


def _speed(item: Measured) -> str:
    return f"{item.rows / item.seconds:,.0f}" if item.seconds else "left out"


def _peak(item: Measured) -> str:
    return f"{item.peak / 1e6:,.0f}" if item.seconds else "left out"


def _reading(found: list[Measured]) -> Iterator[str]:
    yield "A call has a part that does not grow with the rows: the rulesets are turned into expressions first."
    yield "`screen` does more than the other ways: it checks each row, keeps bad ones with their reason, counts, and examines the open facts of some hundred kinds of rows one by one at the end."
    yield "A dash was not measured."
    for item in found:
        if item.why_not:
            yield f"Left out: {WAYS[item.way][0]}, {item.rows:,} rows, since it {item.why_not}."
    yield ""
    yield "To measure on your machine: `python -m benchmarks.registers --full` (a few GB of disk, up to an hour), in the environment that `pip install -e '.[dev]'` makes."


def _engine() -> str:
    """The end of the page, on single cases, which ``bench_engine`` measures and a person writes."""
    known = PAGE.read_text(encoding="utf-8")
    return known[known.index(f"\n{ENGINE}\n") :]


def main() -> None:
    """Measures and writes the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="with a hundred million rows")
    full = parser.parse_args().full
    folder = Path(tempfile.mkdtemp())
    try:
        compared = list(ratios(folder))
        sys.stderr.writelines(f"{' | '.join(line)}\n" for line in compared)
        text = page(compared, list(registers(folder, full=full)))
        PAGE.write_text(text + _engine(), encoding="utf-8")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
