"""Words of publishers whose files were read: what each means for a fact, and the file that says so."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib import resources

from regcompare.errors import UsageError, did_you_mean, nearest


@cache
def _rows() -> tuple[Mapping[str, str], ...]:
    file = resources.files(__package__).joinpath("published_words.csv")
    return tuple(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))


def published_words(publisher: str, fact: str) -> dict[str, str]:
    """Returns what the words of a publisher mean in a column of a fact.

    Raises:
        UsageError: There is no such publisher, or it has no words for the fact.
    """
    found = [row for row in _rows() if row["publisher"] == publisher and row["fact"] == fact]
    if not found:
        known = dict.fromkeys(row["publisher"] for row in _rows() if row["fact"] == fact)
        hint = did_you_mean(nearest(publisher, known)) or f" There are {', '.join(known) or 'none'}."
        raise UsageError(f"No words of a publisher {publisher!r} are known for {fact}.{hint}")
    return {
        row["word"]: f"{row['meaning']}: {row['what']}"
        if row["meaning"] == "outside"
        else row["meaning"]
        for row in found
    }
