"""Scenario files in YAML and JSON: reading, which reports every mistake at once, and writing."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from regcompare._support.output import write_file
from regcompare.errors import UsageError
from regcompare.scenario.annotations import annotate, by_case
from regcompare.scenario.scenario import Annotation, Scenario
from regcompare.vocabulary import CORE, Vocabulary

from ._answers import ReadingContext
from ._likeness import OutsideCases, Paths, no_files
from ._nodes import Kind, Node, Problems
from ._reading import read_tree
from ._text import PARSERS, SUFFIXES, tree_of, tree_of_file
from ._writing import file_text

_NONE: Mapping[str, str] = MappingProxyType({})

Entry = Scenario | Annotation
"""An entry of a file: a case, or facts added to a case."""


def read_entries(
    path: str | os.PathLike[str],
    vocabulary: Vocabulary = CORE,
    rulesets: Collection[str] | None = None,
    discretions: Collection[str] | None = None,
    absent_sections: Mapping[str, str] = _NONE,
    section_owners: Mapping[str, str] = _NONE,
    others: Paths = no_files,
) -> tuple[Entry, ...]:
    """Reads the scenarios and the annotations of a file, which is one mapping or a list of mappings.

    Args:
        path: The file; its suffix (.yaml, .yml, .json) determines its kind.
        vocabulary: The facts that the file may state.
        rulesets: Ids of the known rulesets, to check ``expect``; None leaves ids unchecked.
        discretions: Ids of the known powers, to check ``discretion``; None leaves ids unchecked.
        absent_sections: Sections of plugins that are not loaded, each with a sentence that says how
            to load it.
        section_owners: Sections of plugins, each with the name of its plugin, for messages.
        others: Finds the other files with cases that one of this file may be ``like``.

    Raises:
        FileError: There are mistakes in the file; the error lists all of them, in order of line.
    """
    problems = Problems(os.fspath(path))
    root = tree_of_file(Path(path), problems)
    context = ReadingContext(vocabulary, rulesets, discretions, absent_sections, section_owners)
    return _entries(root, problems, context, OutsideCases(others, Path(path)))


def read_scenarios(path: str | os.PathLike[str], *args: Any, **options: Any) -> tuple[Scenario, ...]:
    """Reads the scenarios of a file as ``read_entries`` does, each with its annotations in the file."""
    return _cases(read_entries(path, *args, **options))


def read_text(
    text: str,
    kind: Kind = "yaml",
    vocabulary: Vocabulary = CORE,
    *,
    rulesets: Collection[str] | None = None,
    discretions: Collection[str] | None = None,
    absent_sections: Mapping[str, str] = _NONE,
    name: str = "<text>",
    others: Paths = no_files,
) -> tuple[Scenario, ...]:
    r"""Reads scenarios from text in memory; messages call it ``name``.

    Example:
        >>> read_text("id: a-case\nitem: {form: goods}")[0].item.form
        'goods'

    Raises:
        FileError: There are mistakes in the text.
        UsageError: The kind is neither yaml nor json.
    """
    problems = Problems(name)
    root = tree_of(text, _checked_kind(kind), problems)
    context = ReadingContext(vocabulary, rulesets, discretions, absent_sections)
    return _cases(_entries(root, problems, context, OutsideCases(others)))


def _entries(
    root: Node | None, problems: Problems, context: ReadingContext, outside: OutsideCases
) -> tuple[Entry, ...]:
    entries = read_tree(root, problems, context, outside)
    problems.raise_any()
    return entries


def _cases(entries: tuple[Entry, ...]) -> tuple[Scenario, ...]:
    """The cases of a file, with the annotations in the same file."""
    annotations = by_case(item for item in entries if isinstance(item, Annotation))
    return tuple(
        annotate(item, annotations.get(item.id, ())) for item in entries if isinstance(item, Scenario)
    )


def write_scenarios(
    scenarios: Scenario | Iterable[Scenario],
    path: str | os.PathLike[str] | None = None,
    kind: Kind | None = None,
    *,
    overwrite: bool = False,
) -> str:
    """Writes scenarios to a file, and returns the text; without a path, returns it only.

    One scenario is written as a mapping, several as a list.

    Args:
        scenarios: One scenario or several.
        path: The file.
        kind: The format; by default that of the suffix, or YAML without a path.
        overwrite: Whether a file of this name may be replaced.

    Raises:
        UsageError: The kind is not known, there is nothing to write, a text or section cannot be
            written, or the file exists or cannot be written.
    """
    cases = (scenarios,) if isinstance(scenarios, Scenario) else tuple(scenarios)
    if kind is None:
        kind = "yaml" if path is None else SUFFIXES.get(Path(path).suffix.lower())
    text = file_text(cases, _checked_kind(kind))
    if path is not None:
        write_file(Path(path), text, overwrite=overwrite)
    return text


def _checked_kind(kind: Kind | None) -> Kind:
    if kind not in PARSERS:
        raise UsageError(f"Scenarios are kept as yaml or json; {kind!r} was asked for.")
    return kind
