"""Digests of registers, and the lines by which somebody else reads them in the same way."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from io import StringIO
from os import PathLike
from pathlib import Path
from typing import Any, Final

from regcompare.comparison.counts import Law
from regcompare.ruleset.ruleset import Ruleset

_DEFAULTS: Final[tuple[object, ...]] = (None, "", {}, (), [])


class Digest:
    """The SHA-256 of a register: of its file, or of the rows as CSV where it is no file of its own."""

    def __init__(self, path: Path | None) -> None:
        self._is_file = path is not None
        self._hash = hashlib.sha256()
        if path is not None:
            with path.open("rb") as file:
                while some := file.read(1 << 20):
                    self._hash.update(some)

    def add(self, rows: Any) -> None:
        """Adds rows, as an Arrow record batch, if they are no file."""
        if self._is_file:
            return
        lines = StringIO()
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerows(zip(*(column.to_pylist() for column in rows.columns), strict=True))
        self._hash.update(lines.getvalue().encode("utf-8", "surrogatepass"))

    @property
    def text(self) -> str:
        """The digest, in hexadecimal."""
        return self._hash.hexdigest()


def name_of(source: object) -> str:
    """Returns the name of a register without its folder; blank for a table in memory."""
    if not isinstance(source, str | PathLike):
        return ""
    path, mark, table = str(source).partition("::")
    return f"{Path(path).name}{mark}{table}"


def line_of(name: str, rulesets: Iterable[Ruleset], options: Mapping[str, Any]) -> str:
    """Returns the line of Python that reads a register so, with the options that were asked for.

    Without a name it is a table in memory, ``rows``.
    """
    asked = {
        key: value for key, value in options.items() if value not in _DEFAULTS
        and not (key == "decisions" and value is True)
    }  # fmt: skip
    words = [f"{key}={_written(key, value)}" for key, value in asked.items()]
    laws = ", ".join(map(_law, rulesets))
    return f"rc.screen({', '.join((repr(name) if name else 'rows', f'[{laws}]', *words))})"


def _law(ruleset: Ruleset) -> str:
    if ruleset.made_from is not None:
        return Law(ruleset).python
    return f'"{ruleset.id}@{ruleset.reference_date}"' if ruleset.is_read_on_a_day else f'"{ruleset.id}"'


def _written(key: str, value: Any) -> str:
    if isinstance(value, dt.date):
        return f'"{value}"'
    if key == "join":
        return repr(name_of(value)) if name_of(value) else "reports"
    return repr(value)
