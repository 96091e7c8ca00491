"""Scenario files: YAML and JSON, read with every mistake told at once, and written."""

from __future__ import annotations

import codecs
import os
import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from regcompare._support.output import write_file
from regcompare.errors import FileError, UsageError
from regcompare.scenario.annotations import annotated, by_case
from regcompare.scenario.scenario import Annotation, Scenario
from regcompare.vocabulary import CORE, Vocabulary

from ._answers import Known
from ._json import parse_json
from ._likeness import Cases, cases_of
from ._nodes import (
    MAX_BYTES,
    Findings,
    Kind,
    Node,
    Place,
    Positions,
    check_characters,
)
from ._reading import read_tree
from ._writing import written
from ._yaml import parse_yaml

__all__ = ["Entry", "Kind", "read_entries", "read_scenarios", "read_text", "write_scenarios"]

_SUFFIXES: Mapping[str, Kind] = {".yaml": "yaml", ".yml": "yaml", ".json": "json"}
_PARSERS = {"yaml": parse_yaml, "json": parse_json}
_NOWHERE = Place(0, 0)
_NONE: Mapping[str, str] = MappingProxyType({})

Paths = Callable[[], Iterable[Path]]
"""Finds files once they are needed."""


def _no_files() -> tuple[Path, ...]:
    return ()


Entry = Scenario | Annotation
"""What a file holds: cases, and facts added to cases."""


def read_entries(
    path: str | os.PathLike[str],
    vocabulary: Vocabulary = CORE,
    rulesets: Iterable[str] | None = None,
    discretions: Collection[str] | None = None,
    absent_sections: Mapping[str, str] = _NONE,
    section_owners: Mapping[str, str] = _NONE,
    others: Paths = _no_files,
) -> tuple[Entry, ...]:
    """Reads the scenarios and the annotations of a file; the arguments are those of ``read_scenarios``.

    Raises:
        FileError: There are mistakes in the file; it holds all of them, in order of line.
    """
    findings = Findings(os.fspath(path))
    kind, text = _text_of(Path(path), findings)
    known = Known(vocabulary, rulesets, discretions, absent_sections, section_owners)
    return _read(text, kind, findings, known, _Elsewhere(others, Path(path)))


def read_scenarios(
    path: str | os.PathLike[str],
    vocabulary: Vocabulary = CORE,
    rulesets: Iterable[str] | None = None,
    discretions: Collection[str] | None = None,
    absent_sections: Mapping[str, str] = _NONE,
    section_owners: Mapping[str, str] = _NONE,
    others: Paths = _no_files,
) -> tuple[Scenario, ...]:
    """Reads the scenarios of a file.

    A file holds one mapping or a list of mappings.

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
    read = read_entries(path, vocabulary, rulesets, discretions, absent_sections, section_owners, others)
    return _cases(read)


def read_text(
    text: str,
    kind: Kind = "yaml",
    vocabulary: Vocabulary = CORE,
    *,
    rulesets: Iterable[str] | None = None,
    discretions: Collection[str] | None = None,
    absent_sections: Mapping[str, str] = _NONE,
    name: str = "<text>",
    others: Paths = _no_files,
) -> tuple[Scenario, ...]:
    r"""Reads scenarios from text in memory; ``name`` stands for the file in messages.

    Example:
        >>> read_text("id: a-case\nitem: {form: goods}")[0].item.form
        'goods'

    Raises:
        FileError: There are mistakes in the text.
        UsageError: The kind is neither yaml nor json.
    """
    _check_kind(kind)
    findings = Findings(name)
    _check_size(len(text.encode("utf-8", "surrogatepass")), findings)
    known = Known(vocabulary, rulesets, discretions, absent_sections)
    return _cases(_read(text, kind, findings, known, _Elsewhere(others)))


def _cases(entries: Iterable[Entry]) -> tuple[Scenario, ...]:
    """The cases of a file, with what the same file adds to them."""
    entries = list(entries)
    added = by_case(item for item in entries if isinstance(item, Annotation))
    return tuple(
        annotated(item, added.get(item.id, ())) for item in entries if isinstance(item, Scenario)
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
        kind = "yaml" if path is None else _SUFFIXES.get(Path(path).suffix.lower())
    text = written(given, _check_kind(kind))
    if path is not None:
        write_file(Path(path), text, overwrite=overwrite)
    return text


def _check_kind(kind: Kind | None) -> Kind:
    if kind not in _PARSERS:
        raise UsageError(f"Scenarios are kept as yaml or json; {kind!r} was asked for.")
    return kind


def _text_of(path: Path, findings: Findings) -> tuple[Kind, str]:
    try:
        state = path.stat()
        if stat.S_ISDIR(state.st_mode):
            findings.fail(
                _NOWHERE, "RC101", "This is a folder.", "a file; name the files in the folder."
            )
        if not stat.S_ISREG(state.st_mode):
            findings.fail(_NOWHERE, "RC101", "This is not an ordinary file.", "a file on disk.")
        kind = _SUFFIXES.get(path.suffix.lower())
        if kind is None:
            found = f"The suffix {path.suffix!r} names no kind of scenario file."
            findings.fail(_NOWHERE, "RC111", found, f"one of {', '.join(_SUFFIXES)}.")
        _check_size(state.st_size, findings)
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        findings.fail(
            _NOWHERE, "RC101", f"The file cannot be read: {reason}.", "a file that can be read."
        )
    _check_size(len(data), findings)
    return kind, _decoded(data, findings)


def _check_size(size: int, findings: Findings) -> None:
    if size > MAX_BYTES:
        found = f"The file has {size:,} bytes."
        expected = f"at most {MAX_BYTES:,} bytes; split it into several files."
        findings.fail(_NOWHERE, "RC102", found, expected)


def _decoded(data: bytes, findings: Findings) -> str:
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode()
        place = Positions(before).place(len(before))
        wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
        found = (
            "The file is written in UTF-16."
            if wide
            else f"The byte 0x{data[error.start]:02X} is not UTF-8."
        )
        findings.fail(place, "RC103", found, "UTF-8; save the file with that encoding in an editor.")


def _read(
    text: str, kind: Kind, findings: Findings, known: Known, elsewhere: _Elsewhere
) -> tuple[Entry, ...]:
    root = _parsed(text, kind, findings)
    entries = read_tree(root, findings, known, elsewhere)
    findings.raise_any()
    return entries


class _Elsewhere:
    """Cases outside a file, looked for once one of it is like them.

    Args:
        others: Finds the files that may be used.
        path: The file itself; None for text in memory.
    """

    def __init__(self, others: Paths, path: Path | None = None) -> None:
        self._others = others
        self._path = path
        self._read: dict[Path, Cases] = {}

    def file_with(self, id: str) -> Cases:
        """Returns the cases of the first file that has this one; none where no known file has it."""
        return next((cases for _, cases in self._with(self._others(), id)), {})

    def ids(self) -> list[str]:
        """Returns the ids of all cases of the files that are known."""
        return [name for _, cases in self._with(self._others()) for name in cases]

    def unread(self, id: str) -> Path | None:
        """Returns the file in the same folder that has the case and is not known."""
        if self._path is None:
            return None
        beside = sorted(file for file in self._path.parent.iterdir() if file.suffix in _SUFFIXES)
        return next((file for file, _ in self._with(beside, id)), None)

    def _with(self, files: Iterable[Path], id: str = "") -> Iterator[tuple[Path, Cases]]:
        """The files that have this case, or any, each with its cases; one with mistakes has none."""
        for file in dict.fromkeys(files):
            if file != self._path and _contains(file, id):
                cases = self._read[file] = self._read.get(file) or _cases_in(file)
                if not id or id in cases:
                    yield file, cases


def _contains(file: Path, id: str) -> bool:
    try:
        return id.encode() in file.read_bytes()
    except OSError:
        return False


def _cases_in(file: Path) -> Cases:
    findings = Findings(os.fspath(file))
    try:
        kind, text = _text_of(file, findings)
        return cases_of(_parsed(text, kind, findings))
    except FileError:
        return {}


def _parsed(text: str, kind: Kind, findings: Findings) -> Node | None:
    text = text.removeprefix("\ufeff")
    positions = Positions(text)
    check_characters(text, positions, findings)
    return _PARSERS[kind](text, positions, findings)
