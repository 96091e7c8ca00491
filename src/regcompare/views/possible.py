"""Gaps and maps over every possible case, in any form.

Counts are counts of the cells of the named map; a number of possible cases is never given, because
combinations of answers are not exports.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from regcompare._support.csv import csv_text
from regcompare.comparison.comparison import Gaps
from regcompare.comparison.measures import infinitive, measured, unmeasured
from regcompare.comparison.sensitivity import Sensitivity
from regcompare.proofs.axes import Answer, Axis
from regcompare.proofs.gaps import Closed, Closing, GapCell, PossibleGaps, reverse
from regcompare.proofs.maps import MapCell, PossibleMap
from regcompare.proofs.regimes import Regime
from regcompare.ruleset.rules import Outcome
from regcompare.words.lexicon import listing, shortened

from .dependence import presumed_sentences
from .document import Document, Table
from .render import Form, render
from .sentences import span_words
from .tables import NOT_ADVICE, gaps_table, to_json

__all__ = ["case_gaps_text", "map_text", "possible_gaps_text"]

_FEW = 4
"""Up to this many answers are named even where they are the majority."""

_NO_GAP = "no gap possible"
"""A cell in which the first ruleset leaves no case to the other."""


def _cell_legend(gaps: PossibleGaps) -> str:
    return (
        "Each cell covers every possible case with those two answers, whatever the other facts are. Of "
        f"the cases that {unmeasured(gaps.stops_at, 2)} under the first ruleset, always, sometimes or "
        f"never means that all, some or none {measured(gaps.stops_at, 2)} under the second; "
        f"{_NO_GAP}: the first leaves none of these; no such case: none is in the scope of both."
    )


MAP_LEGEND = (
    "Each cell: the mildest and the strictest outcome of every possible case with those two answers; "
    "both ends are proved. A dash: no possible case is in scope. Counts are of cells, not of exports."
)


def page(parts: Iterable[str | Table], form: Form) -> str:
    """Returns sentences and tables in a form; the last sentence says that it is not legal advice."""
    return render(Document("", [*parts, NOT_ADVICE]), form)


# lines and columns that are alike -------------------------------------------------------------------


def _grouped(
    down: Axis, across: Axis, cell: Callable[[Answer, Answer], str]
) -> tuple[list[list[Answer]], list[list[Answer]]]:
    """Lines with equal cells together, and columns with equal cells together."""
    lines: dict[tuple[str, ...], list[Answer]] = {}
    for one in down.answers:
        lines.setdefault(tuple(cell(one, two) for two in across.answers), []).append(one)
    columns: dict[tuple[str, ...], list[Answer]] = {}
    for two in across.answers:
        columns.setdefault(tuple(cell(one, two) for one in down.answers), []).append(two)
    return sorted(lines.values(), key=len), sorted(columns.values(), key=len)


def _group_words(answers: Sequence[Answer], among: Axis) -> str:
    """The answers of a group by name; most of them as every answer, or every other."""
    if len(answers) == len(among.answers) > 1:
        return f"every answer ({len(answers)})"
    if len(answers) > max(len(among.answers) // 2, _FEW):
        return f"every other answer ({len(answers)})"
    return ", ".join(min(answer.name, answer.label, key=len) for answer in answers)


def _grid(caption: str, down: Axis, across: Axis, cell: Callable[[Answer, Answer], str]) -> Table | str:
    """The cells, equal lines and columns together; where all are alike, a sentence."""
    lines, columns = _grouped(down, across, cell)
    if len(lines) == len(columns) == 1:
        cells = len(down.answers) * len(across.answers)
        alike = cell(down.answers[0], across.answers[0])
        return f"All {cells} cells of {down.fact.key} by {across.fact.key} are alike: {alike}."
    head = [f"{down.fact.key} / {across.fact.key}", *(_group_words(own, across) for own in columns)]
    rows = [[_group_words(own, down), *(cell(own[0], column[0]) for column in columns)] for own in lines]
    return Table(caption, head, rows)


# gaps -----------------------------------------------------------------------------------------------


def possible_gaps_text(gaps: PossibleGaps, form: Form = "table") -> str:
    """Returns the gaps over every possible case, and those the other way round."""
    both_ways = (gaps, reverse(gaps))
    if form == "json":
        return to_json([_gaps_record(one) for one in both_ways])
    if form == "csv":
        columns = ("base", "other", "stops_at", "down", "across", "closed", "rules")
        return csv_text(columns, (record for one in both_ways for record in _cell_records(one)))
    parts: list[str | Table] = []
    for one in both_ways:
        parts += _gaps_parts(one)
    return page(
        [*parts, *aside_sentences(gaps), _cell_legend(gaps), law_words(gaps.base, gaps.other)], form
    )


def _gaps_parts(gaps: PossibleGaps) -> list[str | Table]:
    parts: list[str | Table] = [gaps_sentence(gaps)]
    if not gaps.found:
        return parts
    words = {(cell.down.name, cell.across.name): _closed_words(cell.closed) for cell in gaps.cells}
    caption = f"Cases that {_difference(gaps, 2)}"
    parts.append(_grid(caption, gaps.down, gaps.across, lambda one, two: words[one.name, two.name]))
    parts.append(_closing_table(gaps))
    return parts


def _closed_words(closed: Closed) -> str:
    return _NO_GAP if closed is Closed.NOTHING_OPEN else str(closed)


def _difference(gaps: PossibleGaps, number: int) -> str:
    """What a gap means for a number of cases: "need a licence under the one but not under the other"."""
    other, base = gaps.other.ruleset.id, gaps.base.ruleset.id
    return f"{measured(gaps.stops_at, number)} under {other} but not under {base}"


def gaps_sentence(gaps: PossibleGaps) -> str:
    """Returns the finding as a sentence."""
    among = "Of all possible cases" + (f" with {gaps.frame.words}" if gaps.frame.words else "")
    if not gaps.found:
        return f"{among}, none {_difference(gaps, 1)} (proved)."
    return (
        f"{among}, some {_difference(gaps, 2)}. On the map of {gaps.down.fact.key} by "
        f"{gaps.across.fact.key} they are in {len(gaps.found)} of {len(gaps.cells)} cells: "
        f"{_how_far(gaps)}."
    )


def _how_far(gaps: PossibleGaps) -> str:
    """In how many of the cells every case that the base leaves is a gap, and in how many only some."""
    base = gaps.base.ruleset.id
    every = sum(cell.closed is Closed.ALWAYS for cell in gaps.cells)
    some = len(gaps.found) - every
    if not every:
        return f"in each, some of the cases that {unmeasured(gaps.stops_at, 2)} under {base}"
    text = f"every case that {unmeasured(gaps.stops_at, 1)} under {base}"
    return f"in {every}, {text}; in {some}, some" if some else f"in each, {text}"


def _closing_table(gaps: PossibleGaps) -> Table:
    """Lines that the same rules close, with these rules and what the simplest case needs."""
    lines: dict[tuple[str, str], list[Answer]] = {}
    by_alike: dict[int, tuple[str, str]] = {}
    for one in gaps.down.answers:
        own = [cell for cell in gaps.found if cell.down == one]
        if own and one.alike not in by_alike:
            rules = "; ".join(_closing_words(item, gaps) for item in gaps.closing(*own))
            by_alike[one.alike] = (rules, listing(gaps.departs(one), "and") or "nothing")
        if own:
            lines.setdefault(by_alike[one.alike], []).append(one)
    rows = [
        [_group_words(answers, gaps.down), *words]
        for words, answers in sorted(lines.items(), key=lambda pair: len(pair[1]))
    ]
    head = (
        gaps.down.fact.key,
        f"rules of {gaps.other.ruleset.id} that close the gap",
        "the simplest such case differs from an ordinary one in",
    )
    return Table("Which rules close the gaps", head, rows)


def _closing_words(item: Closing, gaps: PossibleGaps) -> str:
    source = "" if item.ruleset is gaps.other.ruleset else f" ({item.ruleset.id})"
    return f"{item.rule.id}{source}{', in every case' if item.always else ''}"


def aside_sentences(gaps: PossibleGaps) -> list[str]:
    """Returns what is set aside: cases that one of the two does not cover."""
    kinds = [answer.name for answer in gaps.uncovered]
    if not kinds:
        return ["Cases outside the scope of one of the two are not counted."]
    among = listing(kinds, "and")
    text = (
        "Cases outside the scope of one of the two are not counted. Some that "
        f"{measured(gaps.stops_at, 2)} under {gaps.other.ruleset.id} are outside the scope of "
        f"{gaps.base.ruleset.id} altogether; they are of the kinds {among}."
    )
    return [text]


def law_words(*regimes: Regime) -> str:
    return " ".join(f"{_read(item)}." for item in regimes) + _readings(regimes)


def _read(item: Regime) -> str:
    day = f"as of {item.as_of}" if item.as_of else "on any day"
    base = f", on top of {item.base.id}" if item.base else ""
    return f"{item.ruleset.id}: {item.ruleset.title}, {day}{base}"


def _readings(regimes: Sequence[Regime]) -> str:
    assumed = dict(pair for item in regimes for pair in item.assumed)
    left_open = [doubt.id for doubt, reading in assumed.items() if reading is None]
    chosen = [
        f"{doubt.id}={reading}"
        for doubt, reading in assumed.items()
        if reading not in (None, doubt.default)
    ]
    texts = []
    if left_open:
        texts.append(
            " Doubtful texts left open, so that this holds under every interpretation: "
            f"{len(left_open)}."
        )
    if chosen:
        texts.append(f" Interpretations chosen: {listing(chosen, 'and')}.")
    if len(left_open) + len(chosen) < len(assumed):
        texts.append(
            " Other doubtful texts have their default interpretation; --readings open leaves them open."
        )
    return "".join(texts)


def _gaps_record(gaps: PossibleGaps) -> dict[str, Any]:
    return {
        "base": _regime_record(gaps.base),
        "other": _regime_record(gaps.other),
        "stops_at": gaps.stops_at.word,
        "given": gaps.frame.words or None,
        "by": [gaps.down.fact.key, gaps.across.fact.key],
        "sentence": gaps_sentence(gaps),
        "cells": [
            {
                "down": cell.down.name,
                "across": cell.across.name,
                "closed": str(cell.closed),
                "rules": _rule_records(gaps, cell),
            }
            for cell in gaps.cells
        ],
        "not_covered_by_base": [answer.name for answer in gaps.uncovered],
    }


def _regime_record(item: Regime) -> dict[str, Any]:
    return {
        "ruleset": item.ruleset.id,
        "as_of": item.as_of.isoformat() if item.as_of else None,
        "base": item.base.id if item.base else None,
        "assumed": {doubt.id: reading for doubt, reading in item.assumed},
    }


def _rule_records(gaps: PossibleGaps, cell: GapCell) -> list[dict[str, Any]]:
    return [
        {
            "id": item.rule.id,
            "cite": str(item.rule.cite),
            "ruleset": item.ruleset.id,
            "always": item.always,
        }
        for item in gaps.closing(cell)
    ]


def _cell_records(gaps: PossibleGaps) -> Iterable[dict[str, Any]]:
    for cell in gaps.cells:
        yield {
            "base": gaps.base.ruleset.id,
            "other": gaps.other.ruleset.id,
            "stops_at": gaps.stops_at.word,
            "down": cell.down.name,
            "across": cell.across.name,
            "closed": str(cell.closed),
            "rules": " ".join(item.rule.id for item in gaps.closing(cell)),
        }


# gaps over cases ------------------------------------------------------------------------------------


def case_gaps_text(both_ways: Sequence[Gaps], form: Form = "table") -> str:
    """Returns the gaps over a set of cases, in each direction that is given."""
    records = [record for gaps in both_ways for record in _case_records(gaps)]
    if form == "json":
        return to_json(records)
    columns = ("base", "other", "stops_at", "scenario", "let_through", "stopped", "certain")
    if form == "csv":
        return csv_text(columns, ({**item, "certain": _word(item["certain"])} for item in records))
    parts = (part for gaps in both_ways for part in (gaps.sentence(), gaps_table(gaps)))
    shown = (item for gaps in both_ways for gap in gaps.found for item in (gap.let_through, gap.stopped))
    return page([*parts, *presumed_sentences(Sensitivity((), tuple(shown)))], form)


def _word(truth: bool) -> str:
    return "yes" if truth else "no"


def _case_records(gaps: Gaps) -> Iterable[dict[str, Any]]:
    for gap in gaps.found:
        yield {
            "base": gaps.base,
            "other": gaps.other,
            "stops_at": gaps.stops_at.word,
            "scenario": gap.scenario.id,
            "let_through": gap.let_through.result,
            "stopped": gap.stopped.result,
            "certain": gap.is_sure,
        }


# maps -----------------------------------------------------------------------------------------------


def map_text(found: PossibleMap, form: Form = "table", stops_at: Outcome = Outcome.AUTHORISATION) -> str:
    """Returns a map, ruleset by ruleset, each after a sentence that says how far it goes."""
    if form in ("json", "csv"):
        return _map_data(found, form)
    parts: list[str | Table] = []
    for item in found.regimes:
        name = item.ruleset.id
        spans = {(cell.down.name, cell.across.name): _span_words(cell) for cell in found.of(name)}
        parts.append(reach_sentence(found, name, stops_at))
        caption = f"{item.ruleset.title}: mildest and strictest outcome"
        parts.append(_grid(caption, found.down, found.across, _lookup(spans)))
    given = [f"In every case: {found.frame.words}."] if found.frame.words else []
    return page([*parts, *given, MAP_LEGEND, law_words(*found.regimes)], form)


def _span_words(cell: MapCell) -> str:
    return span_words(cell.span.low.word, cell.span.high.word) if cell.span else "-"


def _lookup(words: Mapping[tuple[str, str], str]) -> Callable[[Answer, Answer], str]:
    return lambda one, two: words[one.name, two.name]


def reach_sentence(found: PossibleMap, ruleset: str, stops_at: Outcome) -> str:
    """Returns in how many cells of a map a ruleset can come to an outcome, as a sentence."""
    cells = found.of(ruleset)
    may = sum(cell.high is not None and cell.high >= stops_at for cell in cells)
    sure = sum(cell.low is not None and cell.low >= stops_at for cell in cells)
    missed = found.never_reached(ruleset, stops_at)
    if not may:
        return f"Under {ruleset}, no case can {infinitive(stops_at)} in any of the {len(cells)} cells."
    names = "any answer" if len(missed) == len(found.down.answers) else _names(missed)
    never = f" That is never so for {names} ({found.down.fact.key})." if missed else ""
    does = "is" if stops_at is Outcome.REFUSAL else "does"
    return (
        f"Under {ruleset}, a case may {infinitive(stops_at)} in {may} of the {len(cells)} cells, and "
        f"always {does} in {sure or 'none'} of these.{never}"
    )


def _names(answers: Sequence[Answer]) -> str:
    return shortened([answer.name for answer in answers], "or", most=len(answers))


def _map_data(found: PossibleMap, form: Form) -> str:
    records = [
        {
            "ruleset": cell.ruleset,
            "down": cell.down.name,
            "across": cell.across.name,
            "low": cell.low.word if cell.low is not None else None,
            "high": cell.high.word if cell.high is not None else None,
        }
        for cell in found.cells
    ]
    if form == "csv":
        return csv_text(("ruleset", "down", "across", "low", "high"), records)
    return to_json(
        {
            "rulesets": [_regime_record(item) for item in found.regimes],
            "by": [found.down.fact.key, found.across.fact.key],
            "given": found.frame.words or None,
            "exact": True,
            "cells": records,
        }
    )
