"""Gaps and maps over every possible case, in any form.

Counts are counts of the cells of the named map; a number of possible cases is never given, because
combinations of answers are not exports.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from regcompare._support.csv import csv_text
from regcompare.comparison.expectations import yes_no
from regcompare.comparison.gaps import Gaps
from regcompare.comparison.measures import infinitive, negative_verb_phrase, verb_phrase
from regcompare.comparison.sensitivity import Sensitivity
from regcompare.proofs.axes import Answer, Axis
from regcompare.proofs.gaps import ClosingRule, Closure, PossibleGaps, reverse
from regcompare.proofs.maps import PossibleMap
from regcompare.proofs.regimes import Regime
from regcompare.ruleset.rules import Outcome, Span
from regcompare.words.lexicon import listing

from .dependence import presumed_sentences
from .document import Document, Table
from .records import read_record, span_record
from .render import Form, render
from .sentences import NOT_ADVICE, span_words
from .tables import gaps_table, to_json

_FEW = 4
"""Up to this many answers are named even where they are the majority."""

_NO_GAP = "no gap possible"
"""A cell in which the first ruleset leaves no case to the other."""


def _cell_legend(gaps: PossibleGaps) -> str:
    return (
        "Each cell covers every possible case with those two answers, whatever the other facts are. Of "
        f"the cases that {negative_verb_phrase(gaps.stops_at, 2)} under the first ruleset, always, "
        f"sometimes or never means that all, some or none {verb_phrase(gaps.stops_at, 2)} under the "
        f"second; {_NO_GAP}: the first leaves none of these; no such case: none is in the scope of both."
    )


MAP_LEGEND = (
    "Each cell: the mildest and the strictest outcome of every possible case with those two answers; "
    "both ends are proved. A dash: no possible case is in scope. Counts are of cells, not of exports."
)


def page(parts: Iterable[str | Table], form: Form) -> str:
    """Returns sentences and tables in a form; the last sentence says that it is not legal advice."""
    return render(Document("", [*parts, NOT_ADVICE]), form)


# lines and columns that are alike -------------------------------------------------------------------


Cells = Mapping[tuple[str, str], str]
"""What stands at each answer down and across, by their names."""


def _grouped(answers: Iterable[Answer], cells: Callable[[Answer], Iterable[str]]) -> list[list[Answer]]:
    """Answers whose cells are equal together, those that are alone first."""
    alike: dict[tuple[str, ...], list[Answer]] = {}
    for answer in answers:
        alike.setdefault(tuple(cells(answer)), []).append(answer)
    return sorted(alike.values(), key=len)


def _group_words(answers: Sequence[Answer], among: Axis) -> str:
    """The answers of a group by name; most of them as every answer, or every other."""
    if len(answers) == len(among.answers) > 1:
        return f"every answer ({len(answers)})"
    if len(answers) > max(len(among.answers) // 2, _FEW):
        return f"every other answer ({len(answers)})"
    return ", ".join(min(answer.name, answer.label, key=len) for answer in answers)


def _grid(caption: str, down: Axis, across: Axis, cells: Cells) -> Table | str:
    """The cells, equal lines and columns together; where all are alike, a sentence."""
    lines = _grouped(down.answers, lambda one: (cells[one.name, two.name] for two in across.answers))
    columns = _grouped(across.answers, lambda two: (cells[one.name, two.name] for one in down.answers))
    if len(lines) == len(columns) == 1:
        number = len(down.answers) * len(across.answers)
        alike = cells[down.answers[0].name, across.answers[0].name]
        return f"All {number} cells of {down.fact.key} by {across.fact.key} are alike: {alike}."
    head = [f"{down.fact.key} / {across.fact.key}", *(_group_words(own, across) for own in columns)]
    rows = [
        [_group_words(own, down), *(cells[own[0].name, other[0].name] for other in columns)]
        for own in lines
    ]
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
    parts = (part for one in both_ways for part in _gaps_parts(one))
    law = law_words(gaps.base, gaps.other)
    return page([*parts, *aside_sentences(gaps), _cell_legend(gaps), law], form)


def _gaps_parts(gaps: PossibleGaps) -> Iterator[str | Table]:
    yield gaps_sentence(gaps)
    if gaps.gap_cells:
        words = {
            (one.down.name, one.across.name): _NO_GAP
            if one.closure is Closure.NOTHING_OPEN
            else str(one.closure)
            for one in gaps.cells
        }
        yield _grid(f"Cases that {_difference(gaps, 2)}", gaps.down, gaps.across, words)
        yield _closing_table(gaps)


def _difference(gaps: PossibleGaps, number: int) -> str:
    """What a gap means for a number of cases: "need a licence under the one but not under the other"."""
    other, base = gaps.other.ruleset.id, gaps.base.ruleset.id
    return f"{verb_phrase(gaps.stops_at, number)} under {other} but not under {base}"


def gaps_sentence(gaps: PossibleGaps) -> str:
    """Returns the finding as a sentence."""
    among = "Of all possible cases" + (f" with {gaps.frame.words}" if gaps.frame.words else "")
    if not gaps.gap_cells:
        return f"{among}, none {_difference(gaps, 1)} (proved)."
    return (
        f"{among}, some {_difference(gaps, 2)}. On the map of {gaps.down.fact.key} by "
        f"{gaps.across.fact.key} they are in {len(gaps.gap_cells)} of {len(gaps.cells)} cells: "
        f"{_how_far(gaps)}."
    )


def _how_far(gaps: PossibleGaps) -> str:
    """In how many of the cells every case that the base leaves is a gap, and in how many only some."""
    base = gaps.base.ruleset.id
    every = sum(cell.closure is Closure.ALWAYS for cell in gaps.cells)
    some = len(gaps.gap_cells) - every
    if not every:
        return f"in each, some of the cases that {negative_verb_phrase(gaps.stops_at, 2)} under {base}"
    text = f"every case that {negative_verb_phrase(gaps.stops_at, 1)} under {base}"
    return f"in {every}, {text}; in {some}, some" if some else f"in each, {text}"


def _closing_table(gaps: PossibleGaps) -> Table:
    """Lines that the same rules close, with these rules and what the simplest case needs."""
    lines: dict[tuple[str, str], list[Answer]] = {}
    by_alike: dict[int, tuple[str, str]] = {}
    for one in gaps.down.answers:
        own = [cell for cell in gaps.gap_cells if cell.down == one]
        if own and one.cell_number not in by_alike:
            closing = "; ".join(_closing_words(item, gaps) for item in gaps.closing_rules(*own))
            by_alike[one.cell_number] = (closing, listing(gaps.departs(one), "and") or "nothing")
        if own:
            lines.setdefault(by_alike[one.cell_number], []).append(one)
    rules = f"rules of {gaps.other.ruleset.id} that close the gap"
    return Table(
        "Which rules close the gaps",
        (gaps.down.fact.key, rules, "the simplest such case differs from an ordinary one in"),
        [
            [_group_words(answers, gaps.down), *words]
            for words, answers in sorted(lines.items(), key=lambda pair: len(pair[1]))
        ],
    )


def _closing_words(item: ClosingRule, gaps: PossibleGaps) -> str:
    source = "" if item.ruleset is gaps.other.ruleset else f" ({item.ruleset.id})"
    return f"{item.rule.id}{source}{', in every case' if item.always else ''}"


def aside_sentences(gaps: PossibleGaps) -> list[str]:
    """Returns what is set aside: cases that one of the two does not cover."""
    kinds = [answer.name for answer in gaps.uncovered]
    if not kinds:
        return ["Cases outside the scope of one of the two are not counted."]
    some = f"Some that {verb_phrase(gaps.stops_at, 2)} under {gaps.other.ruleset.id}"
    outside = f"are outside the scope of {gaps.base.ruleset.id} altogether"
    among = f"they are of the kinds {listing(kinds, 'and')}"
    return [f"Cases outside the scope of one of the two are not counted. {some} {outside}; {among}."]


def law_words(*regimes: Regime) -> str:
    """Returns which law was read, as of when, and how its doubtful texts were interpreted."""
    texts = []
    for item in regimes:
        day = f"as of {item.as_of}" if item.as_of else "on any day"
        base = f", on top of {item.base.id}" if item.base else ""
        texts.append(f"{item.ruleset.id}: {item.ruleset.title}, {day}{base}.")
    assumed = dict(pair for item in regimes for pair in item.assumed)
    left_open = [doubt.id for doubt, reading in assumed.items() if reading is None]
    chosen = [
        f"{doubt.id}={reading}"
        for doubt, reading in assumed.items()
        if reading not in (None, doubt.default)
    ]
    if left_open:
        lead = "Doubtful texts left open, so that this holds under every interpretation"
        texts.append(f"{lead}: {len(left_open)}.")
    if chosen:
        texts.append(f"Interpretations chosen: {listing(chosen, 'and')}.")
    if len(left_open) + len(chosen) < len(assumed):
        lead = "Other doubtful texts have their default interpretation"
        texts.append(f"{lead}; --readings open leaves them open.")
    return " ".join(texts)


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
                "closed": str(cell.closure),
                "rules": [
                    {
                        "id": item.rule.id,
                        "cite": str(item.rule.cite),
                        "ruleset": item.ruleset.id,
                        "always": item.always,
                    }
                    for item in gaps.closing_rules(cell)
                ],
            }
            for cell in gaps.cells
        ],
        "not_covered_by_base": [answer.name for answer in gaps.uncovered],
    }


def _regime_record(item: Regime) -> dict[str, Any]:
    return {
        **read_record(item.ruleset, item.as_of),
        "base": item.base.id if item.base else None,
        "assumed": {doubt.id: reading for doubt, reading in item.assumed},
    }


def _cell_records(gaps: PossibleGaps) -> Iterable[dict[str, Any]]:
    for cell in gaps.cells:
        yield {
            "base": gaps.base.ruleset.id,
            "other": gaps.other.ruleset.id,
            "stops_at": gaps.stops_at.word,
            "down": cell.down.name,
            "across": cell.across.name,
            "closed": str(cell.closure),
            "rules": " ".join(item.rule.id for item in gaps.closing_rules(cell)),
        }


# gaps over cases ------------------------------------------------------------------------------------


def case_gaps_text(both_ways: Sequence[Gaps], form: Form = "table") -> str:
    """Returns the gaps over a set of cases, in each direction that is given."""
    records = [record for gaps in both_ways for record in _case_records(gaps)]
    if form == "json":
        return to_json(records)
    columns = ("base", "other", "stops_at", "scenario", "let_through", "stopped", "certain")
    if form == "csv":
        return csv_text(columns, ({**one, "certain": yes_no(one["certain"])} for one in records))
    parts = (part for gaps in both_ways for part in (gaps.sentence(), gaps_table(gaps)))
    shown = (item for gaps in both_ways for gap in gaps.found for item in (gap.let_through, gap.stopped))
    return page([*parts, *presumed_sentences(Sensitivity((), tuple(shown)))], form)


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
        name, caption = item.ruleset.id, f"{item.ruleset.title}: mildest and strictest outcome"
        cells = {
            (one.down.name, one.across.name): _span_words(one.span) if one.span else "-"
            for one in found.of(name)
        }
        parts.append(reach_sentence(found, name, stops_at))
        parts.append(_grid(caption, found.down, found.across, cells))
    given = [f"In every case: {found.frame.words}."] if found.frame.words else []
    return page([*parts, *given, MAP_LEGEND, law_words(*found.regimes)], form)


def _span_words(span: Span) -> str:
    return span_words(span.low.word, span.high.word)


def reach_sentence(found: PossibleMap, ruleset: str, stops_at: Outcome) -> str:
    """Returns in how many cells of a map a ruleset can come to an outcome, as a sentence."""
    cells = found.of(ruleset)
    may = sum(cell.high is not None and cell.high >= stops_at for cell in cells)
    sure = sum(cell.low is not None and cell.low >= stops_at for cell in cells)
    missed = found.never_reached(ruleset, stops_at)
    if not may:
        return f"Under {ruleset}, no case can {infinitive(stops_at)} in any of the {len(cells)} cells."
    names = listing([answer.name for answer in missed])
    if len(missed) == len(found.down.answers):
        names = "any answer"
    never = f" That is never so for {names} ({found.down.fact.key})." if missed else ""
    does = "is" if stops_at is Outcome.REFUSAL else "does"
    return (
        f"Under {ruleset}, a case may {infinitive(stops_at)} in {may} of the {len(cells)} cells, and "
        f"always {does} in {sure or 'none'} of these.{never}"
    )


def _map_data(found: PossibleMap, form: Form) -> str:
    records = [
        {
            "ruleset": cell.ruleset,
            "down": cell.down.name,
            "across": cell.across.name,
            **span_record(cell.span),
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
