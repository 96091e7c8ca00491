"""The contribution of each demand of a reform, in any form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from regcompare.comparison.measures import infinitive
from regcompare.support import csv_text
from regcompare.views.document import Table
from regcompare.views.render import Form
from regcompare.views.tables import to_json
from regcompare.words.lexicon import listing
from regcompare_prove.contribution import CaseShare, CaseShares, CellShare
from regcompare_prove.gaps import PossibleGaps

from .possible import law_words, render_with_notice


def shares_text(
    gaps: PossibleGaps,
    cells: Sequence[CellShare],
    cases: CaseShares,
    form: Form = "table",
) -> str:
    """Returns the contribution of each demand of a reform, over a map's cells and a set of cases."""
    if form == "json":
        return to_json({"cells": [*map(_cell_share, cells)], "cases": _case_shares(cases)})
    rows = [_share_row(cell, case) for cell, case in zip(cells, cases.shares, strict=True)]
    head = ("demand", "map: alone", "map: without it", "cases: alone", "cases: without it")
    if form == "csv":
        return csv_text(head, (dict(zip(head, row, strict=True)) for row in rows))
    shares_table = Table("What each demand contributes", head, rows)
    law = law_words(gaps.base, gaps.other)
    return render_with_notice(
        [cases_sentence(cases), shares_table, *_legend(gaps, cases), *_exemption_sentences(cells), law],
        form,
    )


def _legend(gaps: PossibleGaps, cases: CaseShares) -> tuple[str, str]:
    frame = f" with {gaps.frame.words}" if gaps.frame.words else ""
    measure = infinitive(cases.stops_at)
    map_legend = (
        f"Map: {gaps.down.fact.key} by {gaps.across.fact.key} over every possible case{frame}; "
        f"{len(gaps.gap_cells)} of its {len(gaps.cells)} cells have a gap that {cases.reform} closes "
        "and the law it is based on does not. Alone: in how many of them that demand on its own closes "
        "the whole gap, or part of it. Without it: in how many the whole gap, or part of it, stays open."
    )
    case_legend = (
        f"Cases: alone, how many are certain to {measure} with that demand on its own, and how "
        f"many more may; without it, how many are no longer certain to {measure}. "
        "These numbers do not add up: several demands may cover the same case."
    )
    return map_legend, case_legend


def cases_sentence(cases: CaseShares) -> str:
    """Returns a sentence on the single demand that covers most of some cases."""
    possible = len(cases.may_let_through)
    possible_clause = f" (though {possible} of them may)" if possible else ""
    text = (
        f"Of {len(cases.let_through) + possible} cases that are not certain to "
        f"{infinitive(cases.stops_at)} under {cases.base}{possible_clause}, "
        f"{len(cases.stopped)} are certain to under {cases.reform} and "
        f"{len(cases.may_be_stopped)} more may"
    )
    text += f"; {len(cases.set_aside)} cases outside the scope of one of the two are set aside."
    best = cases.best()
    if not best:
        return f"{text} No single demand makes that certain for any."
    names = listing([share.demand.name for share in best], "and")
    certain, more = len(best[0].stops), len(best[0].may_stop)
    if len(best) > 1:
        return f"{text} On their own, {names} each cover the most: {certain} for certain."
    return (
        f"{text} On its own, {names} covers the most: {certain} for certain, and possibly {more} more."
    )


def _share_row(cell: CellShare, case: CaseShare) -> tuple[str, ...]:
    without = f"{len(case.opens)} open" if case.opens else "none open"
    if case.frees:
        without += f"; {len(case.frees)} more controlled"
    return (
        cell.demand.name,
        f"{len(cell.closes_all)} whole, {len(cell.closes_some)} part",
        f"{len(cell.opens_all)} whole, {len(cell.opens_some)} part",
        f"{len(case.stops)} certain, {len(case.may_stop)} open",
        without,
    )


def _exemption_sentences(cells: Sequence[CellShare]) -> list[str]:
    return [
        f"{share.demand.name} overrides {listing(dict.fromkeys(share.demand.lifts), 'and')}. "
        + ("Without it, cases that are now exempt would be controlled." if share.frees else "")
        for share in cells
        if share.demand.lifts
    ]


def _cell_share(share: CellShare) -> dict[str, Any]:
    return {
        "demand": share.demand.name,
        "rules": [rule.id for rule in share.demand.rules],
        "lifts": list(dict.fromkeys(share.demand.lifts)),
        "alone_whole": len(share.closes_all),
        "alone_part": len(share.closes_some),
        "open_without_whole": len(share.opens_all),
        "open_without_part": len(share.opens_some),
        "of_cells": len(share.of),
        "frees": share.frees,
    }


def _case_shares(cases: CaseShares) -> dict[str, Any]:
    return {
        "base": cases.base,
        "reform": cases.reform,
        "stops_at": cases.stops_at.word,
        "let_through": list(cases.let_through),
        "may_let_through": list(cases.may_let_through),
        "stopped": list(cases.stopped),
        "may_be_stopped": list(cases.may_be_stopped),
        "set_aside": list(cases.set_aside),
        "demands": [
            {
                "demand": share.demand.name,
                "stops": list(share.stops),
                "may_stop": list(share.may_stop),
                "open_without": list(share.opens),
                "freed_by_it": list(share.frees),
            }
            for share in cases.shares
        ],
    }
