"""What earlier reports show of an end user, and what a case says that differs from it."""

from __future__ import annotations

import datetime as dt

import pytest

from regcompare import Outcome, Ruleset, Scenario, assess
from regcompare.authoring import (
    Chapter,
    Destination,
    EvidenceLevel,
    Instrument,
    Item,
    Transaction,
    Trigger,
)
from regcompare.facts import Unknown
from regcompare.scenario.provenance import Report

ACT = Instrument("Toy Act", "An invented act", "nowhere, 2000")
RISK = Destination.substantial_rights_risk


def toy(*others: Chapter) -> Ruleset:
    """Covert items are banned where there is a risk, which reports may show."""
    chapter = Chapter()
    risk = chapter.shown_by_reports(
        "T-1",
        ACT["Art. 2"],
        "Which reports show a risk?",
        finding=RISK,
        of=("repression",),
        default="user",
        reason="Invented.",
        checked=EvidenceLevel.TEXT,
    )
    chapter.rule(
        ACT["Art. 2"],
        "A covert item may not be exported where there is a risk.",
        when=Item.covert & risk,
        then=Outcome.PROHIBITION,
        triggered_by=Trigger.ACT,
        checked=EvidenceLevel.TEXT,
    )
    return Ruleset(
        "toy",
        "Toy Act",
        status="law",
        instruments=(ACT,),
        reference_date=dt.date(2020, 1, 1),
        provisions=(chapter, *others),
        covers=("export",),
    )


def sale(risk: bool | Unknown | None, *, covert: bool = True) -> Scenario:
    """An export of 2020, on whose end user there was a report before."""
    facts = (
        Item(covert=covert),
        Destination(substantial_rights_risk=risk),
        Transaction(kind="export"),
    )
    report = Report(title="A report", day="2014", level="user", of=("repression",))
    empty = Scenario(id="sale", date=dt.date(2020, 1, 1), presume="ordinary", reports=(report,))
    return empty.with_facts(*facts)


def test_what_reports_show_is_presumed() -> None:
    """And the result says that it rests on it."""
    verdict = assess(sale(None), toy())

    assert (verdict.result, verdict.rests_on.reports) == ("prohibition", (RISK.key,))


@pytest.mark.parametrize("covert", [True, False])
def test_a_case_that_denies_it_is_told_where_it_would_matter(covert: bool) -> None:
    """What it states counts; a rule that fails anyway is no reason to speak of it."""
    verdict = assess(sale(False, covert=covert), toy())
    notices = [text for text in verdict.warnings if "the reports listed would show it" in text]

    assert (verdict.result, len(notices)) == ("no_control", covert)


def test_one_reading_is_chosen_for_all_texts_about_reports_and_for_no_other() -> None:
    """Another doubt keeps its default; what reports may show is then open."""
    other = Chapter()
    other.interpretation(
        "T-2",
        ACT["Art. 3"],
        "What is covert?",
        readings={"hidden": "What is hidden.", "secret": "What is secret."},
        default="hidden",
        reason="Invented.",
        checked=EvidenceLevel.TEXT,
    )

    verdict = assess(sale(None), toy(other), readings={"reports": "stated"})

    assert {doubt.id: reading for doubt, reading in verdict.assumed} == {
        "T-1": "stated",
        "T-2": "hidden",
    }
    assert verdict.result == "no_control..prohibition"
