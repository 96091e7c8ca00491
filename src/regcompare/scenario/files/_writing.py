"""Writes scenarios as YAML or JSON, with keys in the order of the documentation."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import yaml
import yaml.emitter

from regcompare.errors import UsageError
from regcompare.facts import Fact, fields_of
from regcompare.scenario.scenario import Scenario

from ._expectations import expectation_block
from ._keys import AFTER_FACTS, SCENARIO, SCENARIO_ID, Key, Prose
from ._nodes import NOT_IN_TEXT, Kind, quoted
from ._schemes import with_prefixes

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
    stated = {**_sections(scenario.sections(), scenario), **scenario.unread}
    presumed = {**_sections(scenario.presumed, scenario), **stated.pop("presumed", {})}
    own = {
        "date": scenario.date and scenario.date.isoformat(),
        "story": Prose(scenario.story),
        "presume": scenario.presume[0] if len(scenario.presume) == 1 else list(scenario.presume),
        "presumed": presumed,
        "needs": dict(scenario.needs),
        "discretion": {power: "yes" if used else "no" for power, used in scenario.discretion.items()},
        "expect": expectation_block(scenario.expect),
    }
    keys = {key.name: own[key.name] if key.name in own else _value(key, scenario) for key in SCENARIO}
    after = {key.name: keys.pop(key.name) for key in AFTER_FACTS}
    block = {**keys, **stated, **after}
    return {key: value for key, value in block.items() if value}


def _value(key: Key, scenario: Scenario) -> Any:
    value = getattr(scenario, key.name)
    return key.value.write(value) if value else None


def _sections(sections: Iterable[Any], scenario: Scenario) -> dict[str, Any]:
    blocks: dict[str, Any] = {}
    schemes: list[Fact] = []
    for section in sections:
        name = type(section).__section__
        schemes += [fact for fact in fields_of(type(section)).values() if fact.scheme_of is not None]
        answers = ((fact, getattr(section, field)) for field, fact in fields_of(type(section)).items())
        block = {fact.field: fact.write(value) for fact, value in answers if value is not None}
        if name in blocks and block:
            raise UsageError(f"{scenario.id} has two sections {name!r}; join them before writing.")
        if block:
            blocks[name] = block
    return with_prefixes(blocks, schemes)


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
