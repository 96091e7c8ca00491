"""Scenario files in YAML and JSON: reading, which reports every mistake at once, and writing."""

from __future__ import annotations

import io
import json
import os
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
import yaml.emitter

from regcompare._support.output import write_file
from regcompare.errors import UsageError, quoted
from regcompare.facts import written
from regcompare.scenario.annotations import annotate, by_case
from regcompare.scenario.scenario import Annotation, Scenario
from regcompare.vocabulary import CORE, Vocabulary

from ._keys import AFTER_FACTS, SCENARIO, SCENARIO_ID
from ._likeness import Paths, no_files
from ._reading import read_data
from ._tree import NOT_IN_TEXT, PARSERS, SUFFIXES, Kind, Problems, data_of, data_of_file
from ._values import Key, Prose, ReadingContext

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


# writing ------------------------------------------------------------------------------------------


_WIDTH = 100
_LONG = 90


def file_text(scenarios: Sequence[Scenario], kind: Kind) -> str:
    """Returns the text of a file: one scenario as a mapping, several as a list.

    Raises:
        UsageError: There are none, or one cannot be written.
    """
    if not scenarios:
        raise UsageError("There are no scenarios to write; give at least one.")
    blocks = [_scenario(scenario) for scenario in scenarios]
    for block in blocks:
        _check_texts(block)
    only = blocks[0] if len(blocks) == 1 else None
    if kind == "json":
        return json.dumps(only or blocks, indent=2, ensure_ascii=False) + "\n"
    return _yaml_text(only) if only else "\n".join(_yaml_text([block]) for block in blocks)


# scenarios as plain keys and values ---------------------------------------------------------------


def _scenario(scenario: Scenario) -> dict[str, Any]:
    if not SCENARIO_ID.fullmatch(scenario.id):
        msg = f"{scenario.id!r} is not a valid id for a file; use small letters, digits and hyphens."
        raise UsageError(msg)
    keys = {key.name: _value(key, scenario) for key in SCENARIO}
    keys["presumed"] = _sections(scenario.presumed)
    after = {key.name: keys.pop(key.name) for key in AFTER_FACTS}
    block = {**keys, **_sections(scenario.facts), **after}
    return {key: value for key, value in block.items() if value}


def _value(key: Key, scenario: Scenario) -> Any:
    value = getattr(scenario, key.name)
    return key.value.write(value) if value else None


def _sections(answers: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    blocks: dict[str, dict[str, Any]] = {}
    for key, answer in answers.items():
        section, _, field = key.partition(".")
        blocks.setdefault(section, {})[field] = written(answer)
    return blocks


def _check_texts(value: Any) -> None:
    if isinstance(value, Mapping):
        _check_texts([*value, *value.values()])
    elif isinstance(value, list):
        for item in value:
            _check_texts(item)
    elif (control := NOT_IN_TEXT.search(value)) is not None:
        raise UsageError(
            f"The text {quoted(value)} holds the character U+{ord(control.group()):04X}, which no "
            "scenario file may hold; replace it before writing."
        )


# YAML ---------------------------------------------------------------------------------------------


class _Emitter(yaml.emitter.Emitter):
    """Writes lists indented below their keys."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, indentless=False)


_READ_AS_OTHER = re.compile(
    r"~|null|true|false|yes|no|on|off|y|n|=|<<"
    r"|[-+]?[\d.][\d_.,:]*(e[-+]?\d+)?|[-+]?0[box][\da-f_]+|[-+]?\.(inf|nan)"
    r"|\d{4}-\d\d?-\d\d?([t ].*)?",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"yes|no|\d{4}-\d\d-\d\d")
# Blocks hold any lines without spaces at either end, and at most one line end after the last.
_TAME = re.compile(r"(?!\n)[^\t\u2028\u2029\ufeff]*[^\s\ufeff]\n?")
_OUTER_SPACE = re.compile(r"^ | $", re.MULTILINE)
_QUOTED = re.compile(r"[\n\t\u2028\u2029\ufeff]|^ | $")


def _yaml_text(value: Any) -> str:
    stream = io.StringIO()
    emitter: Any = _Emitter(stream, width=_WIDTH, allow_unicode=True)
    emitter.emit(yaml.StreamStartEvent())
    emitter.emit(yaml.DocumentStartEvent(explicit=False))
    _emit(emitter.emit, value)
    emitter.emit(yaml.DocumentEndEvent(explicit=False))
    emitter.emit(yaml.StreamEndEvent())
    return stream.getvalue()


def _emit(emit: Callable[[Any], None], value: Any, *, inline: bool = False) -> None:
    """Emits a value: mappings as blocks, lists of words in one line."""
    if isinstance(value, Mapping):
        flow = inline or set(value) <= {"known", "open"}
        emit(yaml.MappingStartEvent(anchor=None, tag=None, implicit=True, flow_style=flow))
        for key, item in value.items():
            _emit(emit, key)
            _emit(emit, item, inline=flow)
        emit(yaml.MappingEndEvent())
    elif isinstance(value, list):
        flow = inline or all(isinstance(item, str) for item in value)
        emit(yaml.SequenceStartEvent(anchor=None, tag=None, implicit=True, flow_style=flow))
        for item in value:
            _emit(emit, item, inline=flow)
        emit(yaml.SequenceEndEvent())
    else:
        style = _style(value, inline=inline)
        emit(
            yaml.ScalarEvent(anchor=None, tag=None, implicit=(True, True), value=str(value), style=style)
        )


def _style(text: str, *, inline: bool) -> str | None:
    """Returns how a text is written: plain, quoted, literal ``|`` or folded ``>``."""
    if isinstance(text, Prose) and not inline:
        is_block = _TAME.fullmatch(text) and not _OUTER_SPACE.search(text)
        if is_block and max(map(len, text.split("\n"))) > _LONG:
            return ">"
        if is_block and "\n" in text:
            return "|"
    is_word = not isinstance(text, Prose)
    if not (is_word and _PLAIN.fullmatch(text)) and _READ_AS_OTHER.fullmatch(text):
        return '"'
    return '"' if _QUOTED.search(text) else None
