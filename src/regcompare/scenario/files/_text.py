"""Reads the text of a scenario file and parses it into a tree."""

from __future__ import annotations

import codecs
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from regcompare.errors import nearest

from ._json import parse_json
from ._nodes import MAX_BYTES, Kind, LineIndex, Node, Place, Problems, check_characters
from ._yaml import parse_yaml

SUFFIXES: Mapping[str, Kind] = {".yaml": "yaml", ".yml": "yaml", ".json": "json"}
PARSERS = {"yaml": parse_yaml, "json": parse_json}
_NOWHERE = Place(0, 0)


def tree_of(text: str, kind: Kind, problems: Problems) -> Node | None:
    """Returns the tree of a text; None if it is blank.

    Raises:
        FileError: The text is too long or not well formed.
    """
    _check_size(len(text.encode("utf-8", "surrogatepass")), problems)
    text = text.removeprefix("\ufeff")
    positions = LineIndex(text)
    check_characters(text, positions, problems)
    return PARSERS[kind](text, positions, problems)


def tree_of_file(path: Path, problems: Problems) -> Node | None:
    """Returns the tree of a file; None if it is blank.

    Raises:
        FileError: The file cannot be read, or its text is too long or not well formed.
    """
    try:
        state = path.stat()
        if stat.S_ISDIR(state.st_mode):
            expected = "a file; name the files in the folder."
            problems.fail(_NOWHERE, "RC101", "This is a folder.", expected)
        if not stat.S_ISREG(state.st_mode):
            problems.fail(_NOWHERE, "RC101", "This is not an ordinary file.", "a file on disk.")
        kind = SUFFIXES.get(path.suffix.lower())
        if kind is None:
            found = f"The suffix {path.suffix!r} names no kind of scenario file."
            problems.fail(_NOWHERE, "RC111", found, f"one of {', '.join(SUFFIXES)}.")
        _check_size(state.st_size, problems)
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        near = nearest(path.name, _names_beside(path))
        problems.fail(_NOWHERE, "RC101", "There is no such file.", "the path of a file.", near)
    except (OSError, ValueError) as error:
        found = f"The file cannot be read: {getattr(error, 'strerror', None) or error}."
        problems.fail(_NOWHERE, "RC101", found, "a file that can be read.")
    _check_size(len(data), problems)
    return tree_of(_decoded(data, problems), kind, problems)


def _names_beside(path: Path) -> list[str]:
    """Returns the names of the scenario files in the folder of a path."""
    with suppress(OSError):
        return sorted(other.name for other in path.parent.iterdir() if other.suffix.lower() in SUFFIXES)
    return []


def _check_size(size: int, problems: Problems) -> None:
    if size > MAX_BYTES:
        expected = f"at most {MAX_BYTES:,} bytes; split it into several files."
        problems.fail(_NOWHERE, "RC102", f"The file has {size:,} bytes.", expected)


def _decoded(data: bytes, problems: Problems) -> str:
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode()
        found = f"The byte 0x{data[error.start]:02X} is not UTF-8."
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            found = "The file is written in UTF-16."
        expected = "UTF-8; save the file with that encoding in an editor."
        problems.fail(LineIndex(before).place(len(before)), "RC103", found, expected)
