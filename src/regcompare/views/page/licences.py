"""What states decided on licences, as published; the page shows it, and no rule reads it."""

from __future__ import annotations

import csv
from importlib import resources
from typing import Any

__all__ = ["licences_decided"]

_DATA = "data/licence_decisions.csv"
"""The figures of ``docs/licence-figures.md`` on what was granted and refused, each with its source."""


def licences_decided() -> list[dict[str, Any]]:
    """Returns, for each group of states, how many licences were granted and refused, with the source."""
    text = resources.files("regcompare").joinpath(_DATA).read_text(encoding="utf-8")
    found: dict[str, dict[str, Any]] = {}
    for row in csv.DictReader(text.splitlines()):
        shown = {name: row[name] for name in ("from", "to", "source")}
        own = found.setdefault(row["where"], {**shown, "urls": row["addresses"].split()})
        own[row["decision"]] = int(row["figure"])
    return list(found.values())
