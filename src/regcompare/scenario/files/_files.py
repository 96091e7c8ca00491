"""Reads scenario files in YAML and JSON; every mistake in a file is reported at once."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

from regcompare.errors import UsageError
from regcompare.scenario.annotations import annotate, by_case
from regcompare.scenario.scenario import Annotation, Scenario
from regcompare.vocabulary import CORE, Vocabulary

from ._likeness import Paths, no_files
from ._reading import read_data
from ._tree import PARSERS, Kind, Problems, data_of, data_of_file
from ._values import ReadingContext

Entry = Scenario | Annotation
"""An entry of a file: a case, or facts added to a case."""


def read_entries(
    path: str | os.PathLike[str],
    vocabulary: Vocabulary = CORE,
    rulesets: Collection[str] | None = None,
    discretions: Callable[[], Collection[str]] | None = None,
    *,
    others: Paths = no_files,
    **known: Mapping[str, str],
) -> tuple[Entry, ...]:
    """Reads the scenarios and the annotations of a file, which is one mapping or a list of mappings.

    Args:
        path: The file; its suffix (.yaml, .yml, .json) determines its kind.
        vocabulary: The facts that the file may state.
        rulesets: Ids of the known rulesets, to check ``expect``; None leaves ids unchecked.
        discretions: Returns the ids of the known powers, to check ``discretion``; None leaves ids
            unchecked.
        others: Finds the other files with cases that one of this file may be ``like``.
        known: ``absent`` and ``owners``, what is known of sections of plugins; see ``ReadingContext``.

    Raises:
        FileError: There are mistakes in the file; the error lists all of them, in order of line.
    """
    problems = Problems()
    root = data_of_file(Path(path), problems)
    context = ReadingContext(vocabulary, rulesets, discretions, **known)
    return read_data(root, os.fspath(path), problems, context, others, Path(path))


def read_scenarios(path: str | os.PathLike[str], *args: Any, **options: Any) -> tuple[Scenario, ...]:
    """Reads the scenarios of a file as ``read_entries`` does, each with its annotations in the file."""
    return _cases(read_entries(path, *args, **options))


def read_text(
    text: str,
    kind: Kind = "yaml",
    vocabulary: Vocabulary = CORE,
    *,
    name: str = "<text>",
    others: Paths = no_files,
    **known: Any,
) -> tuple[Scenario, ...]:
    r"""Reads scenarios from text in memory, as ``read_entries`` does; messages call it ``name``.

    Example:
        >>> read_text("id: a-case\nitem: {form: goods}")[0].item.form
        'goods'

    Raises:
        FileError: There are mistakes in the text.
        UsageError: The kind is neither yaml nor json.
    """
    problems = Problems()
    root = data_of(text, _checked_kind(kind), name, problems)
    return _cases(read_data(root, name, problems, ReadingContext(vocabulary, **known), others, None))


def _cases(entries: tuple[Entry, ...]) -> tuple[Scenario, ...]:
    """The cases of a file, with the annotations in the same file."""
    annotations = by_case(item for item in entries if isinstance(item, Annotation))
    return tuple(
        annotate(item, annotations.get(item.id, ())) for item in entries if isinstance(item, Scenario)
    )


def _checked_kind(kind: Kind | None) -> Kind:
    if kind not in PARSERS:
        raise UsageError(f"Scenarios are kept as yaml or json; {kind!r} was asked for.")
    return kind
