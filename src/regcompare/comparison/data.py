"""Results as plain data, for JSON and CSV: one converter for all of them.

A typed result is an object with its public fields, or with the names that its class lists in
``__data__``: fields, properties and functions without arguments.  What it only refers to, such as a
ruleset or a case, is written as its id; a provision as what identifies it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from functools import singledispatch
from typing import Any

import attrs

from regcompare.facts import Fact
from regcompare.law import Citation, Evidence
from regcompare.ruleset.rules import Discretion, Duty, Interpretation, Rule
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.provenance import Disputed, Source
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.verdict import Finding, Verdict
from regcompare.vocabulary.dated import DatedTable

_DATA: dict[type, str | tuple[str, ...]] = {
    Ruleset: "id",
    Scenario: "id",
    Interpretation: "id",
    Discretion: "id",
    Fact: "key",
    Verdict: ("scenario", "ruleset", "as_of", "in_scope", "low", "high", "result"),
    Source: ("id", "title", "date", "address", "opened"),
    Disputed: ("fact", "note"),
    DatedTable: ("name", "verified_through"),
}
"""The shapes of what a result refers to; a single name stands for the whole object."""


def to_data(value: Any, lang: str = "en", day: dt.date | None = None) -> Any:
    """Returns a result as plain data: strings, numbers, lists, mappings, True, False and None.

    Args:
        value: The result, or several.
        lang: The language in which links lead to the law.
        day: The day of the law to which they lead, where the result has none of its own (``as_of``).
    """
    return _data(value, lang, day)


def to_rows(records: Iterable[Any]) -> list[dict[str, str]]:
    """Returns results as rows of text, for CSV: truths in words, lists by their ids or texts."""
    return [{name: _text(value) for name, value in to_data(record).items()} for record in records]


def _text(value: Any) -> str:
    if isinstance(value, dict):
        named = [value, *(item for item in value.values() if isinstance(item, dict))]
        ids = (item.get("id") or item.get("result") for item in named)
        return next(filter(None, ids), " ".join(f"{name}={_text(item)}" for name, item in value.items()))
    if isinstance(value, list):
        return ("; " if any(isinstance(item, str) and " " in item for item in value) else " ").join(
            map(_text, value)
        )
    return {None: "", True: "yes", False: "no"}.get(value, str(value))


@singledispatch
def _data(value: Any, lang: str, day: dt.date | None) -> Any:
    known = next((_DATA[cls] for cls in type(value).__mro__ if cls in _DATA), None)
    names = known or getattr(value, "__data__", None)
    if isinstance(names, str):
        return _data(getattr(value, names), lang, day)
    if names is None:
        if not attrs.has(type(value)):
            return value
        names = tuple(item.name for item in attrs.fields(type(value)) if item.name[0] != "_")
    own_day = getattr(value, "as_of", None) or day
    members = ((name, getattr(value, name)) for name in names)
    return {name: _data(item() if callable(item) else item, lang, own_day) for name, item in members}


@_data.register
def _(value: str, lang: str, day: dt.date | None) -> str:
    return str(value)


@_data.register
def _(value: Citation, lang: str, day: dt.date | None) -> dict[str, str]:
    return {"cite": str(value), "url": value.url(day, lang)}


@_data.register
def _(value: dt.date, lang: str, day: dt.date | None) -> str:
    return value.isoformat()


@_data.register
def _(value: Evidence, lang: str, day: dt.date | None) -> dict[str, Any]:
    return dict(value.record())


@_data.register(Rule)
@_data.register(Duty)
def _(value: Any, lang: str, day: dt.date | None) -> dict[str, Any]:
    words = {"sentence": value.sentence, "note": value.note or None}
    return {"id": value.id, "cite": str(value.cite), "url": value.cite.url(day, lang), **words}


@_data.register
def _(value: Finding, lang: str, day: dt.date | None) -> dict[str, Any]:
    own = {"ruleset": value.ruleset.id, "outcome": value.rule.then.word, "holds": value.holds}
    return {**_data(value.rule, lang, value.as_of), **own, "checked": str(value.checked)}


@_data.register(Mapping)
def _(value: Mapping[Any, Any], lang: str, day: dt.date | None) -> dict[str, Any]:
    pairs = ((_data(key, lang, day), item) for key, item in value.items())
    return {str(key): _data(item, lang, day) for key, item in pairs}


@_data.register(list)
@_data.register(tuple)
@_data.register(set)
@_data.register(Iterator)
def _(value: Iterable[Any], lang: str, day: dt.date | None) -> list[Any]:
    return [_data(item, lang, day) for item in value]
