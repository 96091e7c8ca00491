"""Scenario files: YAML and JSON, read with every mistake told at once, and written."""

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
from ._nodes import Findings, Kind, Node
from ._reading import read_tree
from ._text import PARSERS, SUFFIXES, tree_of, tree_of_file
from ._writing import written

_NONE: Mapping[str, str] = MappingProxyType({})

Entry = Scenario | Annotation
"""What a file holds: cases, and facts added to cases."""


def read_entries(
    path: str | os.PathLike[str],
    vocabulary: Vocabulary = CORE,
    rulesets: Collection[str] | None = None,
    discretions: Collection[str] | None = None,
    absent_sections: Mapping[str, str] = _NONE,
    section_owners: Mapping[str, str] = _NONE,
    others: Paths = no_files,
) -> tuple[Entry, ...]:
    """Reads the scenarios and the annotations of a file, which holds one mapping or a list of mappings.

    Args:
        path: The file; its suffix (.yaml, .yml, .json) says what kind it is.
        vocabulary: The facts that the file may state.
        rulesets: Ids of the known rulesets, to check ``expect``; None leaves ids unchecked.
        discretions: Ids of the known powers, to check ``discretion``; None leaves ids unchecked.
        absent_sections: Sections of plugins that are not loaded, each with a sentence that says how
            to load it.
        section_owners: Sections of plugins, each with the name of its plugin, for messages.
        others: Finds the files with the cases that one of this file may be ``like``, besides its own.

    Raises:
        FileError: There are mistakes in the file; it holds all of them, in order of line.
    """
    findings = Findings(os.fspath(path))
    root = tree_of_file(Path(path), findings)
    known = ReadingContext(vocabulary, rulesets, discretions, absent_sections, section_owners)
    return _entries(root, findings, known, OutsideCases(others, Path(path)))


def read_scenarios(path: str | os.PathLike[str], *known: Any, **named: Any) -> tuple[Scenario, ...]:
    """Reads the scenarios of a file, each with what the file adds to it, as ``read_entries`` does."""
    return _cases(read_entries(path, *known, **named))


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
    r"""Reads scenarios from text in memory; ``name`` stands for the file in messages.

    Example:
        >>> read_text("id: a-case\nitem: {form: goods}")[0].item.form
        'goods'

    Raises:
        FileError: There are mistakes in the text.
        UsageError: The kind is neither yaml nor json.
    """
    findings = Findings(name)
    root = tree_of(text, _known_kind(kind), findings)
    known = ReadingContext(vocabulary, rulesets, discretions, absent_sections)
    return _cases(_entries(root, findings, known, OutsideCases(others)))


def _entries(
    root: Node | None, findings: Findings, known: ReadingContext, elsewhere: OutsideCases
) -> tuple[Entry, ...]:
    entries = read_tree(root, findings, known, elsewhere)
    findings.raise_any()
    return entries


def _cases(entries: tuple[Entry, ...]) -> tuple[Scenario, ...]:
    """The cases of a file, with what the same file adds to them."""
    added = by_case(item for item in entries if isinstance(item, Annotation))
    return tuple(
        annotate(item, added.get(item.id, ())) for item in entries if isinstance(item, Scenario)
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
        kind: What to write; without it the suffix decides, and without a path it is YAML.
        overwrite: Whether a file of this name may be replaced.

    Raises:
        UsageError: The kind is not known, there is nothing to write, a text or section cannot stand in
            a file, or the file exists or cannot be written.
    """
    given = (scenarios,) if isinstance(scenarios, Scenario) else tuple(scenarios)
    if kind is None:
        kind = "yaml" if path is None else SUFFIXES.get(Path(path).suffix.lower())
    text = written(given, _known_kind(kind))
    if path is not None:
        write_file(Path(path), text, overwrite=overwrite)
    return text


def _known_kind(kind: Kind | None) -> Kind:
    if kind not in PARSERS:
        raise UsageError(f"Scenarios are kept as yaml or json; {kind!r} was asked for.")
    return kind
