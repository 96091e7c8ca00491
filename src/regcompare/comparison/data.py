"""Results as plain data, for JSON and CSV: one converter for all of them.

A typed result is an object with its public fields, with those that ``__data__`` names, or with what its
method ``__data__`` returns.  What it only refers to, such as a ruleset or a case, is written as its id;
a provision as what identifies it.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextvars import ContextVar
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import attrs

from regcompare._support.csv import csv_text
from regcompare.facts import Fact, OwnWord, written
from regcompare.law import Citation, Evidence
from regcompare.logic.questions import RowQuestion
from regcompare.ruleset.currency import later_tables, verified_through
from regcompare.ruleset.rules import Discretion, Duty, Interpretation, Rule
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.provenance import Disputed, Source
from regcompare.scenario.scenario import AsIf, Scenario
from regcompare.verdict.questions import Effect
from regcompare.verdict.verdict import Finding, Verdict
from regcompare.vocabulary.dated import DatedTable
from regcompare.words.reasons import Reason

from .classes import classify

if TYPE_CHECKING:
    from cattrs import Converter

Data = dict[str, Any]
"""The members of an object by key, not yet converted."""

_LINKS: ContextVar[tuple[str, dt.date | None]] = ContextVar("links", default=("en", None))
"""The language and the day of the law to which links lead."""


def record(verdict: Verdict, lang: str = "en") -> Data:
    """Returns a verdict in full as plain data, with links to the law in a language."""
    ruleset, scenario, day = verdict.ruleset, verdict.scenario, verdict.as_of
    return to_data(  # type: ignore[no-any-return]
        {
            "scenario": scenario,
            **_OF_CASE(scenario),
            **_OF_VERDICT(verdict),
            "disputed": verdict.disputes,
            "presumed": verdict.presumed,
            "inferred": verdict.inferred,
            "checked": verdict.checked,
            "as_if_from": scenario.as_if,
            "notices": verdict.notices,
            "warnings": verdict.warnings,
            "sale": scenario.sale or scenario.id,
            "class": classify([verdict]).slug,
            "rules": (*verdict.holding, *verdict.open),
            "duties": [{**provision_data(duty), "applies": applies} for duty, applies in verdict.duties],
            "assumed": {
                item.id: reading
                for item, reading in verdict.assumed
                if not isinstance(item.asked, RowQuestion)  # A question on some days only.
            },
            "verified_through": verified_through(ruleset),
            "later_than_verified": [table.name for table in later_tables(ruleset, day, scenario.date)],
        },
        lang,
        day,
    )


def named(*names: str) -> Callable[[Any], Data]:
    """Returns a function that gives these attributes of an object by their names."""
    return lambda value: {name: getattr(value, name) for name in names}


_OF_CASE = named("title", "story", "kind", "record_kind", "record_group", "names", "date")
_OF_VERDICT = named(
    "ruleset", "as_of", "base", "in_force", "in_scope", "result", "low", "high", "exact", "review",
    "open_questions",
)  # fmt: skip


def to_data(value: Any, lang: str = "en", day: dt.date | None = None) -> Any:
    """Returns a result as plain data: strings, numbers, lists, mappings, True, False and None.

    Args:
        value: The result, or several.
        lang: The language in which links lead to the law.
        day: The day of the law to which they lead, where the result has none of its own (``as_of``).
    """
    token = _LINKS.set((lang, day))
    try:
        return _converter().unstructure(value)
    finally:
        _LINKS.reset(token)


@cache
def _converter() -> Converter:
    """The converter, with a hook for each kind of object; the last that fits counts."""
    from cattrs import Converter  # What prints no JSON does not need it.

    converter = Converter()
    convert = converter.unstructure

    def mapping(value: Mapping[Any, Any]) -> Data:
        data: Data = {}
        for key, item in value.items():
            # A citation has its address beside it.
            is_cited = key == "cite" and isinstance(item, Citation)
            data |= convert(item) if is_cited else {str(convert(key)): convert(item)}
        return data

    def members(shape: Callable[[Any], Any]) -> Callable[[Any], Any]:
        def hook(value: Any) -> Any:
            lang, day = _LINKS.get()
            return to_data(shape(value), lang, getattr(value, "as_of", None) or day)

        return hook

    def own(kind: type) -> Callable[[Any], Any]:
        return members(named(*(item.name for item in attrs.fields(kind) if item.name[0] != "_")))

    def declared(kind: Any) -> Callable[[Any], Any]:
        names = kind.__data__
        return members(names if callable(names) else named(*names))

    for kinds, hook in (
        ((Mapping,), mapping),
        ((tuple, list, set, Iterator), lambda value: [convert(item) for item in value]),
        ((str,), str),
    ):
        converter.register_unstructure_hook_func(_is_a(*kinds), hook)
    converter.register_unstructure_hook_factory(attrs.has, own)
    converter.register_unstructure_hook_factory(lambda kind: hasattr(kind, "__data__"), declared)
    for kind, shape in _SHAPES.items():
        converter.register_unstructure_hook_func(_is_a(kind), members(shape))
    return converter


def _is_a(*kinds: type) -> Callable[[Any], bool]:
    return lambda kind: isinstance(kind, type) and issubclass(kind, kinds)


# what results refer to ----------------------------------------------------------------------------


def _finding(finding: Finding) -> Data:
    rule = finding.rule
    return {
        **provision_data(rule),
        "ruleset": finding.ruleset,
        "outcome": rule.then,
        "holds": finding.holds,
        "decides": finding.decides,
        "triggered_by": rule.triggered_by,
        "states": rule.states,
        "standing": finding.standing,
        "lifted_by": [overrider.id for overrider in finding.overridden_by],
        "has_no_derogation": rule.has_no_derogation,
        "checked": finding.checked,
        "evidence": finding.evidence,
    }


def provision_data(item: Rule | Duty) -> Data:
    """Returns what identifies a provision; of a duty, its terms as well."""
    terms = () if isinstance(item, Rule) else ("kind", "addressee", "strength", "deadline", "breach")
    return named("id", "cite", "sentence", "note", *terms)(item)


_SHAPES: Mapping[type, Callable[[Any], Any]] = {
    dt.date: written,
    Citation: lambda cite: {"cite": str(cite), "url": cite.url(*reversed(_LINKS.get()))},
    Evidence: lambda evidence: dict(evidence.record()),
    Ruleset: attrgetter("id"),
    Scenario: attrgetter("id"),
    Interpretation: attrgetter("id"),
    Discretion: attrgetter("id"),
    Fact: attrgetter("key"),
    OwnWord: attrgetter("label"),
    Verdict: named("scenario", "ruleset", "as_of", "in_scope", "low", "high", "result"),
    Finding: _finding,
    Rule: provision_data,
    Duty: provision_data,
    Reason: named("text", "facts"),
    Effect: lambda effect: {"answers": effect.answers, **named("low", "high")(effect.span)},
    Source: named("id", "title", "date", "address", "opened"),
    Disputed: named("fact", "by", "note"),
    AsIf: lambda case: {**named("home", "changed", "left_out")(case), "domestic": case.is_domestic},
    DatedTable: named("name", "verified_through"),
}
"""What is written of the objects to which results refer."""


def to_json(data: object) -> str:
    """Returns data as indented JSON, without escaping letters beyond ASCII."""
    return json.dumps(data, ensure_ascii=False, indent=2)


# rows ---------------------------------------------------------------------------------------------


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
    """Returns rows as CSV, truths and lists as text; by default with every column that a row has."""
    rows = list(rows)
    lines = ({name: _csv_word(_cell(value)) for name, value in row.items()} for row in rows)
    return csv_text(columns or columns_of(rows), lines)


def _csv_word(value: Any) -> Any:
    return ("yes" if value else "no") if isinstance(value, bool) else "" if value is None else value
