"""The text of a scenario file, and the tree that it makes."""

from __future__ import annotations

import codecs
import stat
from collections.abc import Mapping
from pathlib import Path

from ._json import parse_json
from ._nodes import MAX_BYTES, Findings, Kind, LineIndex, Node, Place, check_characters
from ._yaml import parse_yaml

SUFFIXES: Mapping[str, Kind] = {".yaml": "yaml", ".yml": "yaml", ".json": "json"}
PARSERS = {"yaml": parse_yaml, "json": parse_json}
_NOWHERE = Place(0, 0)


def tree_of(text: str, kind: Kind, findings: Findings) -> Node | None:
    """Returns the tree of a text; None where there is nothing in it.

    Raises:
        FileError: The text is too long or not well formed.
    """
    _check_size(len(text.encode("utf-8", "surrogatepass")), findings)
    text = text.removeprefix("\ufeff")
    positions = LineIndex(text)
    check_characters(text, positions, findings)
    return PARSERS[kind](text, positions, findings)


def tree_of_file(path: Path, findings: Findings) -> Node | None:
    """Returns the tree of a file; None where there is nothing in it.

    Raises:
        FileError: The file cannot be read, or its text is too long or not well formed.
    """
    try:
        state = path.stat()
        if stat.S_ISDIR(state.st_mode):
            cure = "a file; name the files in the folder."
            findings.fail(_NOWHERE, "RC101", "This is a folder.", cure)
        if not stat.S_ISREG(state.st_mode):
            findings.fail(_NOWHERE, "RC101", "This is not an ordinary file.", "a file on disk.")
        kind = SUFFIXES.get(path.suffix.lower())
        if kind is None:
            found = f"The suffix {path.suffix!r} names no kind of scenario file."
            findings.fail(_NOWHERE, "RC111", found, f"one of {', '.join(SUFFIXES)}.")
        _check_size(state.st_size, findings)
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        found = f"The file cannot be read: {getattr(error, 'strerror', None) or error}."
        findings.fail(_NOWHERE, "RC101", found, "the path of a file that exists and may be read.")
    _check_size(len(data), findings)
    return tree_of(_decoded(data, findings), kind, findings)


def _check_size(size: int, findings: Findings) -> None:
    if size > MAX_BYTES:
        expected = f"at most {MAX_BYTES:,} bytes; split it into several files."
        findings.fail(_NOWHERE, "RC102", f"The file has {size:,} bytes.", expected)


def _decoded(data: bytes, findings: Findings) -> str:
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode()
        found = f"The byte 0x{data[error.start]:02X} is not UTF-8."
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            found = "The file is written in UTF-16."
        cure = "UTF-8; save the file with that encoding in an editor."
        findings.fail(LineIndex(before).place(len(before)), "RC103", found, cure)
