"""One measurement in a process of its own, so that its peak of memory is its own.

Run as ``python -m benchmarks.measurement WAY FILE FOLDER``; prints one line of JSON.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from regcompare.plugins.catalogue import Catalogue
from regcompare_registers.frames import assess_frame

__all__ = ["REGIMES", "WAYS"]

REGIMES = ("eu-428-2009", "eu-2021-821", "amnesty")
OUT = "out.parquet"

Work = Callable[[], Any]


def _rulesets() -> list[Any]:
    catalogue = Catalogue.installed()
    return [catalogue.ruleset(name) for name in REGIMES]


def _assessed(frame: Any) -> Any:
    return assess_frame(frame, _rulesets(), presume="ordinary")


def _eager(file: str) -> Work:
    import polars as pl

    frame = pl.read_parquet(file)
    return lambda: _assessed(frame)


def _duckdb(file: str) -> Work:
    import duckdb

    return lambda: duckdb.from_arrow(_assessed(duckdb.read_parquet(file))).write_parquet(OUT)


def _screened(file: str) -> Work:
    from regcompare_registers.screen import screen

    vocabulary = Catalogue.installed().vocabulary
    return lambda: screen(file, OUT, _rulesets(), vocabulary, presume="ordinary")


WAYS: dict[str, tuple[str, Callable[[str], Work]]] = {
    "eager": ("polars in memory, table to table", _eager),
    "duckdb": ("DuckDB, Parquet to Parquet", _duckdb),
    "screen": ("`regcompare screen`, Parquet to Parquet", _screened),
}
"""The ways that are measured: in words, and the function that prepares the timed call for a register."""


def peak_of_memory() -> int:
    """Returns the peak of memory of this process, in bytes.

    On Linux the usual figure includes the memory of the parent process, so another is read.
    """
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def main(way: str, file: str, folder: str) -> None:
    """Times one call, without the preparation that loads a register into memory."""
    work = WAYS[way][1](str(Path(file).resolve()))
    scratch = tempfile.mkdtemp(dir=folder)
    try:
        os.chdir(scratch)
        start = time.perf_counter()
        work()
        seconds = time.perf_counter() - start
    finally:
        shutil.rmtree(scratch)
    sys.stdout.write(json.dumps({"seconds": seconds, "peak": peak_of_memory()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
