"""The page on the JSON that the commands print: fields from real runs, with their meanings."""

from __future__ import annotations

import contextlib
import json
import shlex
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import attrs
import yaml
from click.testing import CliRunner

from regcompare.cli import main
from regcompare.plugins.catalogue import LIMIT
from regcompare.views.markup import pipe_table

from .shapes import Field, Shape

FIELDS: dict[str, dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("fields.yaml").read_text(encoding="utf-8")
)
"""The descriptions of fields: ``meanings``, ``names`` and ``also``, each by a key of the field."""

ROOT = Path(__file__).parents[2]


@attrs.frozen
class Output:
    """The output of a command.

    Attributes:
        title: The command, or a use of it with its own output.
        says: A sentence on the list or object.
        example: The command that is shown.
        more: Commands that print the same fields with other kinds of values.
        plugins: The plugins that are loaded, if not those that ship.
    """

    title: str
    says: str
    example: str
    more: Sequence[str] = ()
    plugins: str = "regcompare"


_DATA = yaml.safe_load(Path(__file__).with_name("outputs.yaml").read_text(encoding="utf-8"))
OUTPUTS = tuple(Output(**entry) for entry in _DATA["outputs"])
"""Every command with ``--format json``, in the order of the page."""


@contextlib.contextmanager
def folder() -> Iterator[None]:
    """Enters a temporary folder with the files that the examples read."""
    with tempfile.TemporaryDirectory() as place, contextlib.chdir(place):
        shutil.copytree(ROOT / "scenarios", "scenarios")
        for name, text in _DATA["files"].items():
            Path(name).write_text(text, encoding="utf-8")
        yield


def run(line: str, plugins: str) -> Any:
    """Returns what a command prints as JSON."""
    words = [*shlex.split(line), "--format", "json"]
    result = CliRunner().invoke(main, words, env={LIMIT: plugins}, catch_exceptions=False)
    return json.loads(result.stdout)


def json_lines() -> tuple[list[str], list[str]]:
    """Returns the lines of the page, and its faults: fields and meanings that do not match."""
    used: set[str] = set()
    faults: list[str] = []
    with folder():
        parts = [part for output in OUTPUTS for part in _section(output, used, faults)]
    for name, table in FIELDS.items():
        faults += [
            f"{name}: no field is described by {key!r}." for key in table if f"{name} {key}" not in used
        ]
    return parts, faults


def _section(output: Output, used: set[str], faults: list[str]) -> Iterator[str]:
    """The section of one command: an example and its fields."""

    def description(name: str, path: str) -> Any:
        """The entry with the longest key: the path after the command, or an end of the path."""
        names = path.split(".")
        ends = (".".join(names[start:]) for start in range(len(names)))
        keys = (key for key in (f"{output.title} {path}", *ends) if key in FIELDS[name])
        if (key := next(keys, None)) is None:
            return None
        used.add(f"{name} {key}")
        return FIELDS[name][key]

    rows = []
    for field in _shape(output).described_fields(lambda path: description("names", path)):
        meaning = description("meanings", field.path)
        kinds = _kinds(field, description("also", field.path) or ())
        if meaning is None:
            faults.append(f"{output.title}: the field {field.path} has no meaning.")
        if "list" in kinds.split(" or "):
            faults.append(f"{output.title}: no example shows what the list {field.path} holds.")
        rows.append((f"`{field.path}`", kinds, meaning or ""))
    yield from [f"## {output.title}", "", "```text", f"regcompare {output.example} --format json"]
    yield from ["```", "", output.says, "", pipe_table(("field", "holds", "meaning"), rows), ""]


def _shape(output: Output) -> Shape:
    """The shape of what the examples print, or of the members if it is a list."""
    shape = Shape()
    for line in (output.example, *output.more):
        value = run(line, output.plugins)
        for item in value if isinstance(value, list) else [value]:
            shape.add(item)
    return shape


def _kinds(field: Field, also: Sequence[str]) -> str:
    """The kinds of values that a field has, in words; null comes last."""
    has_list_of = any(kind.startswith("list of") for kind in also)
    kinds = [kind for kind in field.kinds if not (kind == "list" and has_list_of)]
    kinds += [kind for kind in also if kind not in kinds]
    kinds.sort(key=lambda kind: kind == "null")
    return " or ".join(kinds) + ("; may be absent" if field.is_absent else "")
