"""Parses YAML and JSON into texts, lists and mappings that know their positions."""

from __future__ import annotations

import codecs
import json
import os
import re
import stat
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property, partial
from itertools import count
from pathlib import Path
from typing import Any, Literal, NoReturn, Self

import yaml

from regcompare.errors import FileError, Place, Problem, nearest, quoted

MAX_BYTES = 1 << 20
"""The largest file accepted; a case takes two or three thousand bytes."""
MAX_DEPTH = 32
"""The deepest nesting of lists and mappings; a scenario needs five levels."""
MAX_VALUES = 80_000
"""The most keys, values, lists and mappings that a file may contain."""
MAX_PROBLEMS = 100
"""The most mistakes that are reported at once."""

Format = Literal["yaml", "json"]
"""A format of files."""


class Text(str):
    """A key, a word or a text of a file."""

    __slots__ = ("place",)
    place: Place

    def __new__(cls, text: str, place: Place) -> Self:
        """Returns a text with its position."""
        self = super().__new__(cls, text)
        self.place = place
        return self


class _Placed:
    """A value of a file other than a text."""

    def __init__(self, place: Place) -> None:
        self.place = place


class Nothing(_Placed):
    """A value that a file leaves blank, or calls null."""

    def __bool__(self) -> bool:
        return False


class Reported(Nothing):
    """A value that has been reported already, and is to be ignored."""


class Items(_Placed, list[Any]):
    """A list of a file."""


class Fields(_Placed, dict[str, Any]):
    """A mapping of a file, in its order."""


Data = Text | Items | Fields | Nothing
"""The content of a file, as texts, lists and mappings with their positions."""


Nodes = Iterator[Any]
"""The content of a file in its order: each list or mapping still empty, and None where it ends."""


class Problems:
    """The mistakes that a reading finds, collected so that all are reported at once."""

    def __init__(self) -> None:
        self.reported: list[Problem] = []

    def add(
        self,
        where: Data | Place,
        code: str,
        found: str,
        expected: str = "",
        suggestion: str | None = None,
    ) -> None:
        """Adds a mistake, once: several cases may inherit it from one."""
        place = where if isinstance(where, Place) else where.place
        problem = Problem(*place, code, found, expected, suggestion)
        if problem not in self.reported:
            self.reported.append(problem)
        if len(self.reported) >= MAX_PROBLEMS:
            message = f"The file was read up to {MAX_PROBLEMS} mistakes; there may be more."
            last = max(self.reported, key=lambda problem: (problem.line, problem.column))
            self.reported.append(Problem(last.file, last.line, last.column, "RC215", message))
            self.raise_any()

    def fail(
        self, where: Data | Place, code: str, found: str, expected: str, suggestion: str | None = None
    ) -> NoReturn:
        """Adds a mistake after which reading cannot continue, and raises all."""
        self.add(where, code, found, expected, suggestion)
        raise FileError(self.reported)

    def __len__(self) -> int:
        return len(self.reported)

    def raise_any(self) -> None:
        """Raises the mistakes, if there are any."""
        if self.reported:
            raise FileError(self.reported)


class LineIndex:
    """Converts offsets in a text to lines and columns; lines end with LF, CR LF or CR."""

    def __init__(self, file: str, text: str) -> None:
        self.file, self._text = file, text

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer(r"\r\n|\n|\r", self._text))]

    def place(self, offset: int) -> Place:
        """Returns the position of the character at this offset."""
        offset = min(offset, len(self._text))
        line = bisect_right(self._starts, offset)
        return Place(self.file, line, offset - self._starts[line - 1] + 1)


_CONTROL = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff"
_NOT_IN_FILES = re.compile(f"[{_CONTROL}]")
# Nor may a text contain them escaped: controls, and halves of characters.
_NOT_IN_TEXT = re.compile(f"[\r{_CONTROL}]")


def tree_of(nodes: Nodes, problems: Problems) -> Data | None:
    """Returns nodes as one, or None if there are none.

    A list or mapping contains what follows it, up to the None that ends it.  Repeated keys and exceeded
    limits are reported.
    """
    numbers = count(1)

    def fill(node: Data, depth: int = 0) -> Data:
        if next(numbers) > MAX_VALUES:
            found = f"The file contains more than {MAX_VALUES} values."
            problems.fail(node, "RC102", found, "a smaller file; split it into several.")
        if not isinstance(node, (Items, Fields)):
            return node
        if depth >= MAX_DEPTH:
            too_deep(node, problems)
        inside = iter(partial(next, nodes), None)
        if isinstance(node, Items):
            node.extend(fill(item, depth + 1) for item in inside)
        else:
            for key in inside:
                name, value = fill(key, depth + 1), next(nodes)
                _set(node, name, value, problems)
                fill(value, depth + 1)
        return node

    roots = [fill(node) for node in nodes]
    return roots[0] if roots else None


def _set(target: Fields, key: Data, value: Data, problems: Problems) -> None:
    if isinstance(key, Items | Fields):
        problems.add(key, "RC204", "A list or mapping is used as a key.", "a word as a key.")
    elif not isinstance(key, Reported):
        name = key if isinstance(key, Text) else Text("", key.place)
        if name not in target:
            target[name] = value
            return
        first: Any = next(other for other in target if other == name)
        found = f"The key {quoted(name)} appears twice, first in line {first.place.line}, column "
        found += f"{first.place.column}."
        problems.add(name, "RC108", found, "each key once; remove one, or merge the two.")


def too_deep(where: Data | Place, problems: Problems) -> NoReturn:
    """Reports that lists and mappings are nested too deeply, and raises."""
    found = f"More than {MAX_DEPTH} lists and mappings are nested here."
    problems.fail(where, "RC105", found, "a scenario, which needs five levels.")


def _unescaped(text: str, place: Place, problems: Problems) -> Text:
    """A text that was escaped, so that it can contain what the file itself was checked not to."""
    if control := _NOT_IN_TEXT.search(text):
        found = f"The text contains the character U+{ord(control.group()):04X}, which cannot be shown."
        problems.add(place, "RC103", found, "plain text; leave that character out.")
    return Text(text, place)


_NODES: Mapping[Any, Callable[[Place], Data]] = {
    "[": Items,
    "{": Fields,
    "null": Nothing,
    yaml.SequenceStartEvent: Items,
    yaml.MappingStartEvent: Fields,
    yaml.AliasEvent: Reported,
}
"""The node that a token of JSON, or an event of YAML, is or begins."""


# JSON ---------------------------------------------------------------------------------------------

# What stands in JSON, apart from commas and colons.
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{}]|[^\s\[\]{},:"]+', re.DOTALL)
_CLOSES = ("]", "}")


def json_nodes(text: str, positions: LineIndex, problems: Problems) -> Nodes:
    """Yields the content of a text."""
    try:
        json.loads(text or "null", parse_int=str, parse_float=str, parse_constant=str)
    except json.JSONDecodeError as error:
        if text.strip():
            _report_json(error, text, positions, problems)
    except RecursionError:
        pass  # Building the tree says where.
    for token in _TOKEN.finditer(text):
        lexeme, place = token.group(), positions.place(token.start())
        if lexeme in _CLOSES:
            yield None
        elif lexeme in _NODES:
            yield _NODES[lexeme](place)
        elif lexeme.startswith('"'):
            yield _unescaped(json.loads(lexeme), place, problems)
        elif lexeme in ("NaN", "Infinity", "-Infinity"):
            found, expected = f"{lexeme} is not a value in JSON.", 'text in double quotes, or "unknown".'
            problems.add(place, "RC104", found, expected)
            yield Reported(place)
        else:
            yield Text(lexeme, place)


def _report_json(
    error: json.JSONDecodeError, text: str, positions: LineIndex, problems: Problems
) -> NoReturn:
    before = text[: error.pos + (text[error.pos : error.pos + 1] == ",")].rstrip()
    if before.endswith(",") and text[len(before) :].lstrip()[:1] in _CLOSES:
        place, expected = positions.place(len(before) - 1), "no comma before a closing bracket."
        problems.fail(place, "RC104", "There is a comma after the last entry.", expected)
    if error.msg == "Extra data" and text[error.pos : error.pos + 1] == "{":
        expected = 'one list, such as [{"id": "a"}, {"id": "b"}].'
        problems.fail(positions.place(error.pos), "RC104", "A second entry follows the first.", expected)
    found = f"This is not JSON: {error.msg[0].lower()}{error.msg[1:]}."
    expected = 'JSON such as {"id": "a-case"}, with double quotes, and commas between entries.'
    problems.fail(positions.place(error.pos), "RC104", found, expected)


# YAML ---------------------------------------------------------------------------------------------

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_ENDS = (yaml.SequenceEndEvent, yaml.MappingEndEvent)
_EMPTY = ("", "~", "null", "Null", "NULL")

# Characters that end a line in YAML 1.1 and nowhere else.
_YAML_BREAKS = re.compile("[\u2028\u2029]")

# Patterns of the messages of both parsers, with our own message for each.
_YAML_MESSAGES: Mapping[str, tuple[str, str]] = {
    r"mapping values are not allowed": (
        "There is a second colon here, or the line is indented for no reason.",
        "'key: value'; put quotes round text that contains ': ', and align the keys of a block.",
    ),
    "tab character": (
        "There is a tab where the line should be indented.",
        "spaces; YAML does not take tabs there.",
    ),
    r"cannot start any token": ("A value cannot start with this character.", "the value in quotes."),
    r"could not find expected ':'": (
        "No colon follows the key that starts here.",
        "'key: value', or continued text indented further than its key.",
    ),
    r"sequence entries are not allowed": (
        "A list starts on the same line as its key.",
        "each '- ' on a line of its own, below the key, or [a, b].",
    ),
    r"unexpected end of stream": (
        "A quotation mark opens here and is never closed.",
        "a closing quotation mark.",
    ),
    r"expected ',' or '\]'": (
        "A square bracket opens here, but what follows is not a list.",
        "[a, b], with a comma between items and a closing bracket.",
    ),
    r"expected ',' or '}'": (
        "A curly bracket opens here, but what follows is not a mapping.",
        "{key: value, other: value}, with a comma between entries and a closing bracket.",
    ),
    r"expected key|'-' indicator|<block end>": (
        "This line does not continue the block above it.",
        "the keys or '- ' items of a block aligned, and nothing after a closing quote.",
    ),
    r"unknown escape character|hexdecimal|hexadecimal": (
        "A backslash in double quotes starts an invalid escape.",
        r"single quotes, or '\\' for a backslash.",
    ),
}
_FROM_CONTEXT = re.compile(r"end of stream|expected ',' or|could not find expected ':'")


def yaml_nodes(text: str, positions: LineIndex, problems: Problems) -> Nodes:
    """Yields the content of a text."""
    line_break = _YAML_BREAKS.search(text)
    if line_break is not None:
        found = f"The file contains the line separator U+{ord(line_break.group()):04X}."
        expected = "an ordinary line ending, or a space; most editors do not show this character."
        problems.fail(positions.place(line_break.start()), "RC103", found, expected)
    documents, file = 0, positions.file
    events: Iterator[Any] = iter(_LOADER(text).get_event, None)
    try:
        for event in events:
            event_type, mark = type(event), event.start_mark
            if event_type in _ENDS:
                yield None
                continue
            # The text contains only line ends that both the parser and ``LineIndex`` know.
            place = Place(file, mark.line + 1, mark.column + 1)
            if event_type is yaml.ScalarEvent:
                yield _scalar(event, place, problems)
            elif event_type in _NODES:
                yield _NODES[event_type](place)
            elif event_type is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    expected = "one document; write several scenarios as a list of '- id: ...'."
                    problems.fail(place, "RC109", "A second document starts here.", expected)
            if getattr(event, "anchor", None) or getattr(event, "tag", None):
                _refuse_extras(event, place, problems)
    except yaml.YAMLError as error:
        _report_yaml(error, text, positions, problems)


def _scalar(event: Any, place: Place, problems: Problems) -> Data:
    if event.style == '"':
        return _unescaped(event.value, place, problems)
    is_empty = not event.style and event.value in _EMPTY
    return Nothing(place) if is_empty else Text(event.value, place)


def _refuse_extras(event: Any, place: Place, problems: Problems) -> None:
    """Reports an alias, an anchor or a tag."""
    is_reported = any(problem.code == "RC106" for problem in problems.reported)
    if isinstance(event, yaml.AliasEvent):
        found = f"An alias, {quoted(f'*{event.anchor}')}, refers to something else."
        if not is_reported:  # One is enough to say it of all.
            expected = "the content itself, written out, wherever there is one; or the text in quotes."
            problems.add(place, "RC106", found, expected)
        return
    if event.anchor and not is_reported:
        found = f"An anchor, {quoted(f'&{event.anchor}')}, gives a name to what follows."
        problems.add(place, "RC106", found, "the value alone; or the text in quotes.")
    if event.tag:
        tag = event.tag.replace("tag:yaml.org,2002:", "!!")
        found = f"A tag, {quoted(tag)}, says how to read what follows."
        problems.add(place, "RC107", found, "the value alone; or the text in quotes.")


def _report_yaml(error: yaml.YAMLError, text: str, positions: LineIndex, problems: Problems) -> NoReturn:
    cause = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    message = f"{getattr(error, 'context', None) or ''} {cause}".strip()
    mark: Any = getattr(error, "problem_mark", None)
    context: Any = getattr(error, "context_mark", None)
    if mark is None or (context is not None and _FROM_CONTEXT.search(message)):
        mark = context or mark
    offset: int = getattr(mark, "index", None) or getattr(error, "position", 0) or 0
    place = positions.place(offset)
    if "nesting depth" in message:
        too_deep(place, problems)
    if "cannot start any token" in message and text[offset : offset + 1] == "\t":
        message = "tab character"
    for pattern, (found, expected) in _YAML_MESSAGES.items():
        if re.search(pattern, message):
            problems.fail(place, "RC104", found, expected)
    expected = "YAML; text in quotes is always safe."
    problems.fail(place, "RC104", f"This is not YAML: {message}.", expected)


# files --------------------------------------------------------------------------------------------

SUFFIXES: Mapping[str, Format] = {".yaml": "yaml", ".yml": "yaml", ".json": "json"}
PARSERS = {"yaml": yaml_nodes, "json": json_nodes}


def data_of(text: str, form: Format, file: str, problems: Problems) -> Data | None:
    """Returns what a text says; None if it is blank."""
    _check_size(len(text.encode("utf-8", "surrogatepass")), file, problems)
    text = text.removeprefix("\ufeff")
    positions = LineIndex(file, text)
    if control := _NOT_IN_FILES.search(text):
        found = f"The file contains the control character U+{ord(control.group()):04X}."
        expected = "text; remove the character or, if there are many, save the file as UTF-8."
        problems.fail(positions.place(control.start()), "RC103", found, expected)
    return tree_of(PARSERS[form](text, positions, problems), problems)


def data_of_file(path: Path, problems: Problems) -> Data | None:
    """Returns what a file says; None if it is blank."""
    file = os.fspath(path)
    nowhere = Place(file, 0, 0)
    try:
        state = path.stat()
        if stat.S_ISDIR(state.st_mode):
            expected = "a file; name the files in the folder."
            problems.fail(nowhere, "RC101", "This is a folder.", expected)
        if not stat.S_ISREG(state.st_mode):
            problems.fail(nowhere, "RC101", "This is not an ordinary file.", "a file on disk.")
        form = SUFFIXES.get(path.suffix.lower())
        if form is None:
            found = f"The suffix {path.suffix!r} names no kind of scenario file."
            problems.fail(nowhere, "RC111", found, f"one of {', '.join(SUFFIXES)}.")
        _check_size(state.st_size, file, problems)
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        near = None
        with suppress(OSError):
            beside = sorted(other.name for other in path.parent.iterdir())
            near = nearest(path.name, (name for name in beside if Path(name).suffix.lower() in SUFFIXES))
        problems.fail(nowhere, "RC101", "There is no such file.", "the path of a file.", near)
    except (OSError, ValueError) as error:
        found = f"The file cannot be read: {getattr(error, 'strerror', None) or error}."
        problems.fail(nowhere, "RC101", found, "a file that can be read.")
    _check_size(len(data), file, problems)
    return data_of(_decoded(data, file, problems), form, file, problems)


def _check_size(size: int, file: str, problems: Problems) -> None:
    if size > MAX_BYTES:
        expected = f"at most {MAX_BYTES:,} bytes; split it into several files."
        problems.fail(Place(file, 0, 0), "RC102", f"The file has {size:,} bytes.", expected)


def _decoded(data: bytes, file: str, problems: Problems) -> str:
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode()
        found = f"The byte 0x{data[error.start]:02X} is not UTF-8."
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            found = "The file is written in UTF-16."
        expected = "UTF-8; save the file with that encoding in an editor."
        problems.fail(LineIndex(file, before).place(len(before)), "RC103", found, expected)
