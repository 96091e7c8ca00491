"""The contribution of each demand of a reform to a set of cases, in any form."""

from __future__ import annotations

from regcompare.comparison.measures import infinitive
from regcompare.views.document import Document, Table
from regcompare.views.render import Form, written
from regcompare.words.lexicon import listing
from regcompare_prove.contribution import CaseShare, CaseShares

from .possible import noticed

_HEAD = ("demand", "alone", "without it")


def shares_text(cases: CaseShares, form: Form = "table") -> str:
    """Returns the contribution of each demand of a reform to a set of cases."""
    return written(form, lambda: _document(cases), cases, cases.shares)


def _document(cases: CaseShares) -> Document:
    measure = infinitive(cases.stops_at)
    legend = (
        f"Alone: how many are certain to {measure} with that demand on its own, and how many more may. "
        f"Without it: how many are no longer certain to {measure}. These numbers do not add up: several "
        "demands may cover the same case."
    )
    exemptions = (
        f"{share.demand.name} overrides {listing(dict.fromkeys(share.demand.lifts), 'and')}."
        for share in cases.shares
        if share.demand.lifts
    )
    table = Table("What each demand contributes", _HEAD, map(_row, cases.shares))
    law = f"{'. '.join(cases.law)}."
    return noticed([cases_sentence(cases), table, legend, *exemptions, law])


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


def _row(share: CaseShare) -> tuple[str, ...]:
    without = f"{len(share.opens)} open" if share.opens else "none open"
    if share.frees:
        without += f"; {len(share.frees)} more controlled"
    return share.demand.name, f"{len(share.stops)} certain, {len(share.may_stop)} open", without
