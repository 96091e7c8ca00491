"""Results as plain data, for JSON and CSV: one converter for all of them.

A typed result is an object with its public fields, or with the names that its class lists in
``__data__``: fields, properties and functions without arguments.  What it only refers to, such as a
ruleset or a case, is written as its id; a provision as what identifies it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import attrs

from regcompare._support.csv import csv_text
from regcompare.facts import Fact, OwnWord, written
from regcompare.law import Citation, Evidence
from regcompare.ruleset.currency import later_tables, verified_through
from regcompare.ruleset.rules import Discretion, Duty, Interpretation, Rule
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.provenance import Disputed, Source
from regcompare.scenario.scenario import AsIf, Scenario
from regcompare.verdict.verdict import Effect, Finding, Verdict
from regcompare.vocabulary.dated import DatedTable
from regcompare.words.reasons import Reason

from .classes import classify

_SHAPES: dict[type, str | tuple[str, ...]] = {
    Ruleset: "id",
    Scenario: "id",
    Interpretation: "id",
    Discretion: "id",
    Fact: "key",
    OwnWord: "label",
    Verdict: ("scenario", "ruleset", "as_of", "in_scope", "low", "high", "result"),
    Finding: (
        "*rule", "ruleset", "outcome=rule.then", "holds", "decides", "triggered_by=rule.triggered_by",
        "states=rule.states", "standing", "lifted_by=lifted_by.id",
        "has_no_derogation=rule.has_no_derogation", "checked", "evidence",
    ),
    Rule: ("id", "cite", "sentence", "note"),
    Duty: ("id", "cite", "sentence", "note", "kind", "addressee", "strength", "deadline", "breach"),
    Reason: ("text", "facts"),
    Effect: ("answers", "*span"),
    Source: ("id", "title", "date", "address", "opened"),
    Disputed: ("fact", "by", "note"),
    AsIf: ("home", "changed", "left_out", "domestic=is_domestic"),
    DatedTable: ("name", "verified_through"),
}  # fmt: skip
"""The members of what results refer to; a single name stands for the whole object.

``key=path`` gives a member another key, ``*path`` adds the members of a member.
"""

_IN_FULL = (
    "scenario", "title=scenario.title", "story=scenario.story", "kind=scenario.kind",
    "record_kind=scenario.record_kind", "record_group=scenario.record_group", "names=scenario.names",
    "date=scenario.date", "ruleset", "as_of", "base", "in_force", "in_scope", "result", "low", "high",
    "exact", "review", "open_questions", "disputed=disputes", "presumed", "inferred", "checked",
    "as_if_from=scenario.as_if", "notices", "warnings",
)  # fmt: skip


def record(verdict: Verdict, lang: str = "en") -> dict[str, Any]:
    """Returns a verdict in full as plain data, with links to the law in a language."""
    ruleset, scenario, day = verdict.ruleset, verdict.scenario, verdict.as_of
    others = {
        "sale": scenario.sale or scenario.id,
        "class": classify([verdict]).slug,
        "rules": (*verdict.holding, *verdict.open),
        "duties": [{**to_data(duty, lang, day), "applies": applies} for duty, applies in verdict.duties],
        "assumed": {
            item.id: reading
            for item, reading in verdict.assumed
            if not item.asked.is_about_row  # A question on some days only.
        },
        "verified_through": verified_through(ruleset),
        "later_than_verified": [table.name for table in later_tables(ruleset, day, scenario.date)],
    }
    return {**members(verdict, _IN_FULL, lang, day), **to_data(others, lang, day)}


def to_data(value: Any, lang: str = "en", day: dt.date | None = None) -> Any:
    """Returns a result as plain data: strings, numbers, lists, mappings, True, False and None.

    Args:
        value: The result, or several.
        lang: The language in which links lead to the law.
        day: The day of the law to which they lead, where the result has none of its own (``as_of``).
    """
    return _writer(type(value))(value, lang, day)  # type: ignore[arg-type]  # A class is hashable.


@cache
def _writer(kind: type) -> Callable[[Any, str, dt.date | None], Any]:
    """How objects of a class are written."""
    if issubclass(kind, str):
        return lambda value, *_: str(value)
    if issubclass(kind, Mapping):
        return lambda value, lang, day: {
            str(to_data(key)): to_data(item, lang, day) for key, item in value.items()
        }
    if issubclass(kind, tuple | list | set | Iterator):
        return lambda value, lang, day: [to_data(item, lang, day) for item in value]
    if issubclass(kind, dt.date):
        return lambda value, *_: written(value)
    if issubclass(kind, Citation):
        return lambda value, lang, day: {"cite": str(value), "url": value.url(day, lang)}
    if issubclass(kind, Evidence):
        return lambda value, *_: dict(value.record())
    fields = attrs.fields(kind) if attrs.has(kind) else ()
    own = getattr(kind, "__data__", None) or tuple(item.name for item in fields if item.name[0] != "_")
    names = next((_SHAPES[cls] for cls in kind.__mro__ if cls in _SHAPES), own)
    if isinstance(names, str):
        return lambda value, lang, day: to_data(getattr(value, names), lang, day)
    return lambda value, lang, day: (
        members(value, names, lang, getattr(value, "as_of", None) or day) if names else value
    )


def members(value: Any, names: tuple[str, ...], lang: str, day: dt.date | None) -> dict[str, Any]:
    """Returns members of an object as plain data; a citation has its address beside it.

    The names are written as in a class's ``__data__``; language and day are those of ``to_data``.
    """
    data: dict[str, Any] = {}
    for key, path in _paths(names):
        member = value
        for name in path:
            member = _member(member, name)
        if callable(member):
            member = member()
        if not key or (key == "cite" and isinstance(member, Citation)):
            data |= to_data(member, lang, day)
        else:
            data[key] = to_data(member, lang, day)
    return data


@cache
def _paths(names: tuple[str, ...]) -> list[tuple[str, list[str]]]:
    """The key of each member, blank where its own members are added, and its path."""
    pairs = (name.partition("=") for name in names)
    return [
        ("" if key[0] == "*" else key, (path or key.lstrip("*")).split(".")) for key, _, path in pairs
    ]


def _member(value: Any, name: str) -> Any:
    return [getattr(item, name) for item in value] if type(value) is tuple else getattr(value, name)


def to_rows(records: Iterable[Any]) -> list[dict[str, Any]]:
    """Returns results as rows, for CSV and frames; what is nested becomes text: ids, results, lists."""
    return [{name: _cell(value) for name, value in to_data(record).items()} for record in records]


def _cell(value: Any) -> Any:
    if isinstance(value, dict):
        named = [value, *(item for item in value.values() if isinstance(item, dict))]
        ids = (item.get("id") or item.get("result") for item in named)
        pairs = (f"{name}={_csv_word(_cell(item))}" for name, item in value.items())
        return next(filter(None, ids), " ".join(pairs))
    if isinstance(value, list):
        texts = [str(_csv_word(_cell(item))) for item in value]
        return ("; " if any(" " in text for text in texts) else " ").join(texts)
    return value


def columns_of(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """Returns every column that a row has."""
    return list(dict.fromkeys(name for row in rows for name in row))


def rows_as_csv(rows: Iterable[Mapping[str, Any]], columns: Sequence[str] = ()) -> str:
    """Returns rows as CSV, truths in words; by default with every column that a row has."""
    rows = list(rows)
    lines = ({name: _csv_word(value) for name, value in row.items()} for row in rows)
    return csv_text(columns or columns_of(rows), lines)


def _csv_word(value: Any) -> Any:
    return ("yes" if value else "no") if isinstance(value, bool) else "" if value is None else value
