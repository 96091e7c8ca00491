"""The text of a scenario file, in YAML or JSON, as a tree of nodes with positions; scalars stay text."""

from __future__ import annotations

import codecs
import json
import re
import stat
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal, NamedTuple, NoReturn

import attrs
import yaml

from regcompare.errors import FileError, Problem, nearest

MAX_BYTES = 1 << 20
"""The largest file accepted; a case takes two or three thousand bytes."""
MAX_DEPTH = 32
"""How deeply lists and mappings may be nested; a scenario needs five levels."""
MAX_VALUES = 80_000
"""How many keys, values, lists and mappings a file may contain."""
MAX_PROBLEMS = 100
"""How many mistakes are reported at once."""

_SHOWN = 60

Kind = Literal["yaml", "json"]
"""A kind of file."""


class Place(NamedTuple):
    """A place in a file: line and column, both from 1."""

    line: int
    column: int


@attrs.define(eq=False)  # Made by the ten thousand, and quicker to make than frozen ones.
class Scalar:
    """One answer, text or key; ``empty`` where the file has nothing, or null, in its place."""

    line: int
    column: int
    text: str
    empty: bool = False


@attrs.define(eq=False)
class ListNode:
    """A list."""

    line: int
    column: int
    items: list[Node] = attrs.field(factory=list)


@attrs.define(eq=False)
class MapNode:
    """Keys with their values, in the order of the file."""

    line: int
    column: int
    entries: dict[str, tuple[Scalar, Node]] = attrs.field(factory=dict)


@attrs.frozen(eq=False)
class Reported:
    """A part of the file that has been reported already, and is to be ignored."""

    line: int
    column: int


Node = Scalar | ListNode | MapNode | Reported
Positioned = Place | Node
"""Anything that has a place in the file."""
Entries = dict[str, tuple[Scalar, Node]]
"""The keys of a mapping as text, each with its node and its value."""


def plain(node: Node) -> Any:
    """Returns a node as plain mappings, lists and texts, without positions."""
    if isinstance(node, MapNode):
        return {name: plain(value) for name, (_, value) in node.entries.items()}
    if isinstance(node, ListNode):
        return [plain(item) for item in node.items]
    return node.text if isinstance(node, Scalar) else ""


def quoted(text: str) -> str:
    """Returns the text in quotes for a message, shortened if it is long."""
    return repr(text if len(text) <= _SHOWN else text[: _SHOWN - 3] + "...")


class Problems:
    """The mistakes of one file, collected so that all are reported at once."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.reported: list[Problem] = []

    def add(
        self, node: Positioned, code: str, found: str, expected: str = "", suggestion: str | None = None
    ) -> None:
        """Adds a mistake, once: several cases may inherit it from one.

        Raises:
            FileError: There are too many to look for more.
        """
        problem = Problem(self.file, node.line, node.column, code, found, expected, suggestion)
        if problem in self.reported:
            return
        self.reported.append(problem)
        if len(self.reported) >= MAX_PROBLEMS:
            message = f"The file was read up to {MAX_PROBLEMS} mistakes; there may be more."
            last_problem = max(self.reported, key=lambda problem: (problem.line, problem.column))
            self.reported.append(
                Problem(self.file, last_problem.line, last_problem.column, "RC215", message)
            )
            self.raise_any()

    def fail(
        self, node: Positioned, code: str, found: str, expected: str, suggestion: str | None = None
    ) -> NoReturn:
        """Adds a mistake after which reading cannot continue, and raises all."""
        self.add(node, code, found, expected, suggestion)
        raise FileError(self.reported)

    def __len__(self) -> int:
        return len(self.reported)

    def raise_any(self) -> None:
        """Raises the mistakes, if there are any."""
        if self.reported:
            raise FileError(self.reported)


class LineIndex:
    """Converts offsets in a text to lines and columns; lines end with LF, CR LF or CR."""

    def __init__(self, text: str) -> None:
        self._end = len(text)
        self._starts = [0, *(match.end() for match in re.finditer(r"\r\n|\n|\r", text))]

    def place(self, offset: int) -> Place:
        """Returns the place of the character at this offset."""
        line = bisect_right(self._starts, min(offset, self._end))
        return Place(line, min(offset, self._end) - self._starts[line - 1] + 1)


_CONTROL = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff"
_NOT_IN_FILES = re.compile(f"[{_CONTROL}]")
NOT_IN_TEXT = re.compile(f"[\r{_CONTROL}]")
"""Characters that no text may contain, even escaped: controls, and halves of characters."""


def check_characters(text: str, positions: LineIndex, problems: Problems) -> None:
    """Refuses a file that contains control characters.

    Raises:
        FileError: It contains one; the message names the first.
    """
    control = _NOT_IN_FILES.search(text)
    if control is not None:
        found = f"The file contains the control character U+{ord(control.group()):04X}."
        expected = "text; remove the character or, if there are many, save the file as UTF-8."
        problems.fail(positions.place(control.start()), "RC103", found, expected)


class Tree:
    """Builds a tree node by node, and reports repeated keys and exceeded limits.

    The parser of each kind of file calls it in the order of the file.
    """

    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self.root: Node | None = None
        self._open: list[tuple[ListNode | MapNode, Scalar | None]] = []
        self._values = 0

    def take(self, node: Scalar | Reported) -> None:
        """Adds a leaf; a text that contains control characters is reported."""
        self._count(node)
        if isinstance(node, Scalar) and (control := NOT_IN_TEXT.search(node.text)) is not None:
            found = (
                f"The text contains the character U+{ord(control.group()):04X}, which cannot be shown."
            )
            self.problems.add(node, "RC103", found, "plain text; leave that character out.")
        self._add(node)

    def begin(self, node: ListNode | MapNode) -> None:
        """Opens a list or mapping, to which the nodes that follow belong.

        Raises:
            FileError: Lists and mappings are nested too deeply.
        """
        self._count(node)
        if len(self._open) >= MAX_DEPTH:
            too_deep(node, self.problems)
        self._open.append((node, None))

    def end(self) -> None:
        """Closes the list or mapping opened last, and adds it to its parent."""
        self._add(self._open.pop()[0])

    def _count(self, node: Node) -> None:
        self._values += 1
        if self._values > MAX_VALUES:
            too_many(node, self.problems)

    def _add(self, node: Node) -> None:
        """Adds a finished node where it belongs: as the root, an item, a key or a value."""
        if not self._open:
            self.root = node
            return
        target, key = self._open[-1]
        if isinstance(target, ListNode):
            target.items.append(node)
        elif key is None:
            self._open[-1] = (target, self._key(node))
        else:
            self._open[-1] = (target, None)
            self._set(target, key, node)

    def _key(self, node: Node) -> Scalar:
        if isinstance(node, Scalar):
            return node
        if not isinstance(node, Reported):
            self.problems.add(node, "RC204", "A list or mapping is used as a key.", "a word as a key.")
        return _NO_KEY

    def _set(self, target: MapNode, key: Scalar, value: Node) -> None:
        if key is _NO_KEY:
            return
        first, _ = target.entries.setdefault(key.text, (key, value))
        if first is not key:
            place = f"line {first.line}, column {first.column}"
            found = f"The key {quoted(key.text)} appears twice, first in {place}."
            self.problems.add(key, "RC108", found, "each key once; remove one, or merge the two.")


_NO_KEY = Scalar(0, 0, "")


def too_deep(node: Positioned, problems: Problems) -> NoReturn:
    """Reports that lists and mappings are nested too deeply, and raises."""
    found = f"More than {MAX_DEPTH} lists and mappings are nested here."
    problems.fail(node, "RC105", found, "a scenario, which needs five levels.")


def too_many(node: Positioned, problems: Problems) -> NoReturn:
    """Reports that the file contains too many values, and raises."""
    found = f"The file contains more than {MAX_VALUES} values."
    problems.fail(node, "RC102", found, "a smaller file; split it into several.")


# JSON ---------------------------------------------------------------------------------------------

# A string that never closes is still one token, so that a walk over any text takes linear time.
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?|[\[\]{},:]|[^\s\[\]{},:"]+', re.DOTALL)
_OPENS, _CLOSES = ("[", "{"), ("]", "}")


def parse_json(text: str, positions: LineIndex, problems: Problems) -> Node | None:
    """Returns the tree of the text, or None if it is blank.

    Raises:
        FileError: The text is not well-formed, or exceeds a limit.
    """
    if not text.strip():
        return None
    _check_limits(text, positions, problems)
    try:
        json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except json.JSONDecodeError as error:
        _report_json(error, text, positions, problems)
    tree = Tree(problems)
    for lexeme, offset in _tokens(text):
        _take_token(lexeme, positions.place(offset), tree)
    return tree.root


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    return ((match.group(), match.start()) for match in _TOKEN.finditer(text))


def _check_limits(text: str, positions: LineIndex, problems: Problems) -> None:
    """Refuses text that is nested too deeply for the standard library's recursion, or too long."""
    depth = 0
    for count, (lexeme, offset) in enumerate(_tokens(text)):
        depth += (lexeme in _OPENS) - (lexeme in _CLOSES)
        if depth > MAX_DEPTH:
            too_deep(positions.place(offset), problems)
        if count > 4 * MAX_VALUES:
            too_many(positions.place(offset), problems)


def _take_token(lexeme: str, place: Place, tree: Tree) -> None:
    if lexeme == "[":
        tree.begin(ListNode(*place))
    elif lexeme == "{":
        tree.begin(MapNode(*place))
    elif lexeme in _CLOSES:
        tree.end()
    elif lexeme.startswith('"'):
        tree.take(Scalar(*place, json.loads(lexeme)))
    elif lexeme in ("NaN", "Infinity", "-Infinity"):
        found, expected = f"{lexeme} is not a value in JSON.", 'text in double quotes, or "unknown".'
        tree.problems.add(place, "RC104", found, expected)
        tree.take(Reported(*place))
    elif lexeme not in (",", ":"):
        tree.take(Scalar(*place, lexeme, empty=lexeme == "null"))


def _report_json(
    error: json.JSONDecodeError, text: str, positions: LineIndex, problems: Problems
) -> NoReturn:
    before = text[: error.pos + (text[error.pos : error.pos + 1] == ",")].rstrip()
    if before.endswith(",") and text[len(before) :].lstrip()[:1] in _CLOSES:
        place, expected = positions.place(len(before) - 1), "no comma before a closing bracket."
        problems.fail(place, "RC104", "There is a comma after the last entry.", expected)
    found = f"This is not JSON: {error.msg[0].lower()}{error.msg[1:]}."
    expected = 'JSON such as {"id": "a-case"}, with double quotes, and commas between entries.'
    problems.fail(positions.place(error.pos), "RC104", found, expected)


# YAML ---------------------------------------------------------------------------------------------

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

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


def parse_yaml(text: str, positions: LineIndex, problems: Problems) -> Node | None:
    """Returns the tree of the text, or None if it is blank.

    Raises:
        FileError: The text is not well-formed, or exceeds a limit.
    """
    line_break = _YAML_BREAKS.search(text)
    if line_break is not None:
        found = f"The file contains the line separator U+{ord(line_break.group()):04X}."
        expected = "an ordinary line ending, or a space; most editors do not show this character."
        problems.fail(positions.place(line_break.start()), "RC103", found, expected)
    tree = Tree(problems)
    try:
        for event in _events(text):
            _take_event(event, tree)
    except yaml.YAMLError as error:
        _report_yaml(error, text, positions, problems)
    return tree.root


def _events(text: str) -> Iterator[Any]:
    loader = _LOADER(text)
    try:
        while loader.check_event():
            yield loader.get_event()
    finally:
        loader.dispose()


def _take_event(event: Any, tree: Tree) -> None:
    # The text contains only line ends that both the parser and ``LineIndex`` know.
    place = event.start_mark.line + 1, event.start_mark.column + 1
    if isinstance(event, yaml.NodeEvent) and (event.anchor or getattr(event, "tag", None)):
        _refuse_extras(event, Place(*place), tree.problems)
    if isinstance(event, yaml.ScalarEvent):
        empty = not event.style and event.value in ("", "~", "null", "Null", "NULL")
        tree.take(Scalar(*place, event.value, empty))
    elif isinstance(event, yaml.SequenceStartEvent):
        tree.begin(ListNode(*place))
    elif isinstance(event, yaml.MappingStartEvent):
        tree.begin(MapNode(*place))
    elif isinstance(event, yaml.AliasEvent):
        tree.take(Reported(*place))
    elif isinstance(event, yaml.CollectionEndEvent):
        tree.end()
    elif isinstance(event, yaml.DocumentStartEvent) and tree.root is not None:
        expected = "one document; write several scenarios as a list of '- id: ...'."
        tree.problems.fail(Place(*place), "RC109", "A second document starts here.", expected)


def _refuse_extras(event: Any, place: Place, problems: Problems) -> None:
    """Reports an alias, an anchor or a tag."""
    if isinstance(event, yaml.AliasEvent):
        found = f"An alias, {quoted(f'*{event.anchor}')}, refers to something else."
        problems.add(place, "RC106", found, "the content itself, written out; or the text in quotes.")
        return
    if event.anchor:
        found = f"An anchor, {quoted(f'&{event.anchor}')}, gives a name to what follows."
        problems.add(place, "RC106", found, "the value alone; or the text in quotes.")
    if event.tag:
        tag = event.tag.replace("tag:yaml.org,2002:", "!!")
        found = f"A tag, {quoted(tag)}, says how to read what follows."
        problems.add(place, "RC107", found, "the value alone; or the text in quotes.")


def _report_yaml(error: yaml.YAMLError, text: str, positions: LineIndex, problems: Problems) -> NoReturn:
    cause = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    message = f"{getattr(error, 'context', None) or ''} {cause}".strip()
    offset = _offset(error, message)
    place = positions.place(offset)
    if "nesting depth" in message:
        too_deep(place, problems)
    if "cannot start any token" in message and text[offset : offset + 1] == "\t":
        message = "tab character"
    for pattern, (found, expected) in _YAML_MESSAGES.items():
        if re.search(pattern, message):
            problems.fail(place, "RC104", found, expected)
    problems.fail(
        place, "RC104", f"This is not YAML: {message}.", "YAML; text in quotes is always safe."
    )


def _offset(error: yaml.YAMLError, message: str) -> int:
    mark: Any = getattr(error, "problem_mark", None)
    context: Any = getattr(error, "context_mark", None)
    if mark is None or (context is not None and _FROM_CONTEXT.search(message)):
        mark = context or mark
    index: int = getattr(mark, "index", None) or getattr(error, "position", 0) or 0
    return index


# files --------------------------------------------------------------------------------------------

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
