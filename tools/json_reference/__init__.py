"""The page on the JSON that the commands print: fields from real runs, meanings written once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

from regcompare.views.pipes import pipe_table

from .examples import PRINTED, Printed, folder, run
from .shapes import Field, Shape

__all__ = ["Faults", "json_lines"]

Faults = list[str]
"""What keeps the page from being whole, as sentences."""

FIELDS: dict[str, dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("fields.yaml").read_text(encoding="utf-8")
)
"""What is known of fields: ``meanings``, ``names`` and ``also``, each by a key of the field."""


def json_lines() -> tuple[list[str], Faults]:
    """Returns the lines of the page, and its faults: fields or meanings that have no other side."""
    used: set[str] = set()
    faults: Faults = []
    with folder():
        parts = [part for printed in PRINTED for part in _section(printed, used, faults)]
    for name, table in FIELDS.items():
        faults += [
            f"{name}: no field is described by {key!r}." for key in table if f"{name} {key}" not in used
        ]
    return parts, faults


def _section(printed: Printed, used: set[str], faults: Faults) -> Iterator[str]:
    """What one command prints: its example, its shape, its fields."""

    def looked_up(name: str, path: str) -> Any:
        """What is known under the longest key: the end of the path, maybe after the command."""
        names = path.split(".")
        ends = (".".join(names[start:]) for start in range(len(names)))
        known = (key for key in (f"{printed.title} {path}", *ends) if key in FIELDS[name])
        if (key := next(known, None)) is None:
            return None
        used.add(f"{name} {key}")
        return FIELDS[name][key]

    rows = []
    for field in _shape(printed).told(lambda path: looked_up("names", path)):
        meaning = looked_up("meanings", field.path)
        held = _held(field, looked_up("also", field.path) or ())
        if meaning is None:
            faults.append(f"{printed.title}: the field {field.path} has no meaning.")
        if "list" in held.split(" or "):
            faults.append(f"{printed.title}: no example shows what the list {field.path} holds.")
        rows.append((f"`{field.path}`", held, meaning or ""))
    yield from [f"## {printed.title}", "", "```text", f"regcompare {printed.example} --format json"]
    yield from ["```", "", printed.says, "", pipe_table(("field", "holds", "meaning"), rows), ""]


def _shape(printed: Printed) -> Shape:
    """What the examples print; of a list, what its members hold."""
    shape = Shape()
    for line in (printed.example, *printed.more):
        found = run(line, printed.plugins)
        for value in found if isinstance(found, list) else [found]:
            shape.add(value)
    return shape


def _held(field: Field, also: Sequence[str]) -> str:
    """What a field holds, in words; null comes last."""
    of_what = any(kind.startswith("list of") for kind in also)
    kinds = [kind for kind in field.kinds if not (kind == "list" and of_what)]
    kinds += [kind for kind in also if kind not in kinds]
    kinds.sort(key=lambda kind: kind == "null")
    return " or ".join(kinds) + ("; may be absent" if field.is_absent else "")
