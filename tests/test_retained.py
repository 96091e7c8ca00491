"""Law that another state retains, rules that are in a text for a time, and places that were amended."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from regcompare import DefinitionError, Outcome, Ruleset, Scenario, UsageError, assess
from regcompare.authoring import (
    FACTS_DATE,
    TRUE,
    Addressee,
    Chapter,
    Checked,
    DatedTable,
    Destination,
    DutyKind,
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
from regcompare.comparison.records import record
from regcompare.comparison.timeline import timeline
from regcompare.logic.conditions import nodes
from regcompare.views.law import law_text
from regcompare.views.verdict import explain_text
from regcompare.vocabulary.dated import Row

TEXT = Instrument("Act", "An invented act", "nowhere, 2000", checked=Checked.TEXT)
KEPT = Instrument(
    "Kept Act", "The act as another state keeps it", "elsewhere", checked=Checked.SECONDARY
)
LATER = Instrument("Later Act", "An act that amends", "nowhere, 2010")
LEAGUE = Home(
    "the League",
    DatedTable(
        "members of the League",
        (Row("league.csv", 2, {"countries": "DE FR"}, Period(), "the treaty", Checked.TEXT),),
        dt.date(2026, 1, 1),
    ),
)
ISLAND = Home("the island", "IS")

chapter = Chapter()
tool = Term("tool", TEXT["Art. 1"], Item.covert)
leaves = Term(
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
    when=leaves & tool & doubt.choose(yes=TRUE, no=~Item.public_domain),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.ACT,
)
let_go = chapter.rule(
    TEXT["Art. 3"].amended_by(LATER["Art. 1(3)"]),
    "Tools that can be audited are free.",
    when=licence.when & Item.auditable,
    lifts=licence,
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


def kept(*what: str, **more: Any) -> Ruleset:
    """The act as the island keeps it."""
    fields: dict[str, Any] = {"id": "kept", "title": "The Kept Act", "home": ISLAND}
    return LAW.retained_by(KEPT, *what, **(fields | more))


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


# what is retained -----------------------------------------------------------------------------


def test_each_provision_is_at_its_place_in_the_text_that_retains_it() -> None:
    """A retained rule cites the retaining text, and says from where it is retained."""
    rule = kept().rule("art-2")

    assert str(rule.cite) == "Kept Act Art. 2"
    assert rule.cite.history == "retained from Act Art. 2"
    assert [item.cite.instrument for item in kept().provisions] == [KEPT] * 4


def test_it_is_law_in_the_new_home() -> None:
    """The island's exports are covered, those of the League no more; what goes to the League leaves."""
    assert assess(sale("IS", auditable=False), kept()).result == "authorisation"
    assert assess(sale("IS", "DE", auditable=False), kept()).result == "authorisation"
    assert assess(sale("DE", "IS"), kept()).result == "out of scope"
    assert assess(sale("DE", "FR"), LAW).result == "no_control"


def test_no_row_of_the_old_home_is_left() -> None:
    """A ruleset that retains the act does not bring its table of states along."""
    assert LAW.tables == (LEAGUE.states,)
    assert kept().tables == ()


def test_a_condition_that_would_ask_for_the_old_home_is_refused() -> None:
    """Where the new home cannot take the place of the old one, the error names what is asked."""
    assert isinstance(LEAGUE.states, DatedTable)
    in_part = LEAGUE.states.rows_that(lambda row: Destination.country.is_in("FR"), FACTS_DATE)
    law = LAW.amend("tool", condition=Item.covert | in_part)

    with pytest.raises(DefinitionError, match=r"kept, from act-.*of the home that was left"):
        law.retained_by(KEPT, id="kept", title="Kept", home=ISLAND)


def test_terms_are_replaced_throughout() -> None:
    """A named term has its own meaning in the law that retains the act; the others are kept, and cited."""
    own = Term("island tool", KEPT["Annex"], Item.auditable)
    law = kept(terms={"tool": own})

    terms = {str(node.cite) for node in nodes([law.rule("art-2").when]) if isinstance(node, Term)}
    assert terms == {"Kept Act Annex", "Kept Act Art. 1"}
    assert assess(sale("IS", auditable=False), law).result == "no_control"


def test_only_some_provisions_may_be_retained() -> None:
    """What is not retained is gone, with what it lifted; doubts that are asked about come along."""
    law = kept("art-2")

    assert [rule.id for rule in law.rules] == ["art-2"]
    assert [item.id for item in law.doubts] == ["D1"]
    assert kept("art-3").rule("art-3").lifts == ()
    with pytest.raises(UsageError, match="no provision or term 'art-9'"):
        kept("art-9")


def test_rules_go_on_overriding_each_other() -> None:
    """A retained exception lifts the retained rule, on the same days as before."""
    law = kept(reference_date=dt.date(2018, 1, 1))

    assert law.rule("art-3").lifts == (law.rule("art-2"),)
    assert assess(sale("IS", auditable=True), law).result == "general_authorisation"


def test_it_is_known_as_well_as_the_lesser_of_both() -> None:
    """An act that was read, as an account says that it is kept, is known from an account."""
    assert LAW.mark(LAW.rule("art-2")) is Checked.TEXT
    assert kept().mark(kept().rule("art-2")) is Checked.SECONDARY


def test_law_retained_law_and_proposals_stay_marked() -> None:
    """Of a reform of retained law each rule is what it was, and only what the reform changed is proposed."""
    law = kept()
    reform = law.amend("art-2", then=Outcome.REFUSAL, states="the authority, where it sees fit")

    assert {LAW.standing(rule) for rule in LAW.rules} == {"law"}
    assert {law.standing(rule) for rule in law.rules} == {"retained"}
    assert reform.standing(reform.rule("art-2")) == "proposal"
    assert law.only("art-2").standing(law.rule("art-2")) == "retained"
    told = record(assess(sale("IS"), reform))
    assert [(rule["id"], rule["standing"]) for rule in told["rules"] if rule["holds"]] == [
        ("art-2", "proposal")
    ]


def test_pages_say_what_is_retained() -> None:
    """The page of the law and the explanation of a verdict print it below the provision."""
    assert "Retained from Act Art. 2." in law_text(kept(), (), "markdown")
    assert "Retained from Act Art. 2." in explain_text(assess(sale("IS"), kept()), full=True)


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
    """Its first day counts, the day after its last does not; the rule that it lifts stands outside."""
    assert assess(sale(auditable=True), LAW, as_of=dt.date(*day)).result == result


def test_a_duty_applies_while_it_is_in_the_text() -> None:
    """Duties take a period as well."""
    before, after = (assess(sale(), LAW, as_of=dt.date(year, 1, 1)) for year in (2014, 2015))

    assert before.duties == ()
    assert [duty.id for duty, _ in after.duties] == ["art-4"]


def test_a_timeline_turns_on_the_days_of_a_rule() -> None:
    """The days on which a rule comes and goes are days on which the law changes an outcome."""
    changes = timeline(sale(auditable=True), LAW, until=dt.date(2026, 1, 1))

    assert [change.day for change in changes[1:]] == [dt.date(2010, 1, 1), dt.date(2020, 1, 1)]


def test_the_page_of_the_law_says_since_when() -> None:
    """The period is shown beside the rule, not in the condition that is read back."""
    page = law_text(LAW, (), "markdown")

    assert "In the text from 2010-01-01 to 2019-12-31." in page
    assert "the date of the law applied" not in page


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


def test_pages_name_the_amending_act() -> None:
    """The page of the law and the full explanation print it."""
    verdict = assess(sale(auditable=True), LAW)

    assert "As amended by Later Act Art. 1(3)." in law_text(LAW, (), "markdown")
    assert "As amended by Later Act Art. 1(3)." in explain_text(verdict, full=True)
