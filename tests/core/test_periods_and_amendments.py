"""Rules that are in a text for a time, and places that were amended."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from regcompare import DefinitionError, Outcome, Ruleset, Scenario, assess
from regcompare.authoring import (
    TRUE,
    Addressee,
    Chapter,
    DatedTable,
    Destination,
    DutyKind,
    EvidenceLevel,
    Exporter,
    Home,
    Instrument,
    Item,
    Period,
    Strength,
    Term,
    Transaction,
    Trigger,
)
from regcompare.views.verdict import explain_text
from regcompare.vocabulary.dated import Row

TEXT = Instrument("Act", "An invented act", "nowhere, 2000", checked=EvidenceLevel.TEXT)
LATER = Instrument("Later Act", "An act that amends", "nowhere, 2010")
LEAGUE = Home(
    "the League",
    DatedTable(
        "members of the League",
        (Row("league.csv", 2, {"countries": "DE FR"}, Period(), "the treaty", EvidenceLevel.TEXT),),
        dt.date(2026, 1, 1),
    ),
)

chapter = Chapter()
tool = Term("tool", TEXT["Art. 1"], Item.covert)
atoms = Term(
    "export",
    TEXT["Art. 1"],
    Transaction.kind.is_in("export") & ~LEAGUE.has(Destination.country),
)
doubt = chapter.interpretation(
    "D1",
    TEXT["Art. 2"],
    "Does it cover what is public?",
    readings={"yes": "It does.", "no": "It does not."},
    default="yes",
    reason="So it reads.",
)
licence = chapter.rule(
    TEXT["Art. 2"],
    "Exporting a tool needs a licence.",
    when=atoms & tool & doubt.choose(yes=TRUE, no=~Item.public_domain),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.ACT,
)
let_go = chapter.rule(
    TEXT["Art. 3"].amended_by(LATER["Art. 1(3)"]),
    "Tools that can be audited are free.",
    when=licence.when & Item.auditable,
    overrides=licence,
    then=Outcome.GENERAL_AUTHORISATION,
    triggered_by=Trigger.ACT,
    period=Period(dt.date(2010, 1, 1), dt.date(2020, 1, 1)),
)
report = chapter.duty(
    TEXT["Art. 4"],
    "The exporter must report.",
    kind=DutyKind.NOTIFICATION,
    addressee=Addressee.EXPORTER,
    strength=Strength.MUST,
    period=Period(dt.date(2015, 1, 1)),
)

LAW = Ruleset(
    "act",
    "The Act",
    status="law",
    instruments=(TEXT, LATER),
    reference_date=dt.date(2018, 1, 1),
    period=Period(dt.date(2000, 1, 1)),
    covers=("export",),
    home=LEAGUE,
    scope=LEAGUE.has(Exporter.country),
    provisions=(chapter,),
)


def sale(exporter: str = "DE", destination: Any = "ET", **item: Any) -> Scenario:
    """An export of a tool."""
    return Scenario(
        id="sale",
        date=dt.date(2018, 5, 1),
        item=Item(covert=True, **item),
        transaction=Transaction(kind="export"),
        exporter=Exporter(country=exporter),
        destination=Destination(country=destination),
    )


# for a time -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "result"),
    [
        ((2009, 12, 31), "authorisation"),
        ((2010, 1, 1), "general_authorisation"),
        ((2019, 12, 31), "general_authorisation"),
        ((2020, 1, 1), "authorisation"),
    ],
)
def test_a_rule_holds_while_it_is_in_the_text(day: tuple[int, int, int], result: str) -> None:
    """Its first day counts, the day after its last does not; the rule that it overrides stands outside."""
    assert assess(sale(auditable=True), LAW, as_of=dt.date(*day)).result == result


def test_a_duty_applies_while_it_is_in_the_text() -> None:
    """Duties take a period as well."""
    before, after = (assess(sale(), LAW, as_of=dt.date(year, 1, 1)) for year in (2014, 2015))

    assert before.duties == ()
    assert [duty.id for duty, _ in after.duties] == ["art-4"]


def test_a_period_is_a_period() -> None:
    """Anything else is refused with what is expected."""
    with pytest.raises(DefinitionError, match="period= takes"):
        chapter.rule(
            TEXT["Art. 9"],
            "It is so.",
            when=Item.covert,
            then=Outcome.AUTHORISATION,
            triggered_by=Trigger.ACT,
            period=dt.date(2020, 1, 1),  # type: ignore[arg-type]
        )


# amended --------------------------------------------------------------------------------------


def test_a_citation_names_what_amended_it() -> None:
    """The place reads as before; its history names the amending places, in their order."""
    cite = TEXT["Art. 3"].amended_by(LATER["Art. 1(3)"]).amended_by(LATER["Art. 2"])

    assert (str(cite), cite.slug) == ("Act Art. 3", "art-3")
    assert cite.history == "as amended by Later Act Art. 1(3) and Later Act Art. 2"
    assert cite == TEXT["Art. 3"]


def test_an_amendment_is_a_citation() -> None:
    """An instrument alone is refused."""
    with pytest.raises(DefinitionError, match="takes a Citation"):
        TEXT["Art. 3"].amended_by(LATER)  # type: ignore[arg-type]


def test_an_explanation_names_the_amending_act() -> None:
    """The full one prints it."""
    verdict = assess(sale(auditable=True), LAW)

    assert "As amended by Later Act Art. 1(3)." in explain_text(verdict, full=True)
