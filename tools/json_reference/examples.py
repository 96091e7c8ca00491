"""The commands whose JSON is described, each with examples, which are run."""

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
