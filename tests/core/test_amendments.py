"""Amendments: provisions and terms added, left out, replaced and changed, on a small invented act."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest
from tests.support.offenders import of_each

from regcompare import Outcome, Ruleset, Scenario, UsageError, assess
from regcompare.authoring import (
    Addressee,
    Chapter,
    Destination,
    DutyKind,
    EvidenceLevel,
    Instrument,
    Item,
    Strength,
    Term,
    Transaction,
    Trigger,
)
from regcompare.ruleset.rules import Discretion

ACT = Instrument("Act", "An invented act", "nowhere", checked=EvidenceLevel.TEXT)
DRAFT = Instrument("Draft", "An invented draft", "nowhere")

chapter = Chapter()
doubt = chapter.interpretation(
    "D1",
    ACT["Art. 1"],
    "Must it be covert?",
    readings={"covert": "Yes.", "any": "No."},
    default="covert",
    reason="So it reads.",
)
spy_tool = Term("spy tool", ACT["Art. 1"], doubt.choose(covert=Item.covert, any=Item.dual_use))
licensable = Term("licensable tool", ACT["Art. 1"], spy_tool & ~Item.public_domain)
licence = chapter.rule(
    ACT["Art. 2"],
    "A licensable tool needs a licence.",
    when=licensable,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.ACT,
)
power = chapter.discretion(ACT["Art. 3"], "Was it let go?", who=Addressee.AUTHORITY)
let_go = chapter.rule(
    ACT["Art. 3"],
    "The authority may let it go.",
    when=licensable & power,
    overrides=licence,
    then=Outcome.NO_CONTROL,
    triggered_by=Trigger.AUTHORITY,
)
records = chapter.duty(
    ACT["Art. 4"],
    "Records are kept.",
    kind=DutyKind.RECORDS,
    addressee=Addressee.EXPORTER,
    strength=Strength.MUST,
    when=Item.covert,
)
fee = chapter.left_out(ACT["Art. 5"], "A fee.", "It changes nothing.")
LAW = Ruleset(
    "act",
    "The Act",
    status="law",
    instruments=(ACT,),
    reference_date=dt.date(2020, 1, 1),
    provisions=(chapter,),
    covers=("export",),
    scope=licensable | Item.dual_use,
)


def result(under: Ruleset, **facts: bool) -> str:
    """The result for an export with these facts of the item, the power not used."""
    item: Any = Item(**({"covert": True, "public_domain": False, "dual_use": True} | facts))  # type: ignore[arg-type]
    case = Scenario(
        id="x", item=item, transaction=Transaction(kind="export"), discretion={"art-3": False}
    )
    return assess(case, under).result


def new_rule(article: str, **changes: Any) -> Any:
    """A rule of the draft."""
    return attrs.evolve(let_go, cite=DRAFT[article], **({"id": DRAFT[article].slug} | changes))


PROPOSAL: Ruleset = attrs.evolve(
    LAW,
    id="plan",
    status="proposal",
    scope=Item.covert,
    base=(LAW,),
    provisions=(new_rule("8", when=Item.covert, overrides=()),),
)
TWICE: Ruleset = LAW.with_(new_rule("9", when=Term("spy tool", DRAFT["1"], Item.covert), overrides=()))


def test_every_kind_is_added_and_left_out() -> None:
    """Duties, doubts, powers and omissions come and go as rules do."""
    duty = attrs.evolve(records, cite=DRAFT["1"], id="new-duty")
    question = attrs.evolve(doubt, id="D2", cite=DRAFT["1"])
    may = Discretion(DRAFT["2"], "Was it stopped?", who=Addressee.AUTHORITY)

    more = LAW.with_(duty, question, may, id="more")
    less = more.without("new-duty", "D2", may, fee)

    assert [item.cite for item in more.provisions if item not in LAW.provisions] == [
        duty.cite,
        question.cite,
        may.cite,
    ]
    assert list(less.provisions) == [item for item in LAW.provisions if item is not fee]
    assert (more.mark(more.provisions.duties[1]), less.mark(records)) == (
        EvidenceLevel.INFERRED,
        EvidenceLevel.TEXT,
    )


def test_an_id_names_a_rule_before_a_power() -> None:
    """Where a rule and the power that it asks about share an id, the rule is meant."""
    assert LAW.without("art-3").provisions.discretions == (power,)


def test_a_doubt_that_is_asked_cannot_be_left_out() -> None:
    """What refers to it would hang in the air, and the question is named."""
    with pytest.raises(Exception, match="'reading:D1', which is neither a fact"):
        LAW.without("D1")


def test_what_lifted_a_replaced_rule_lifts_the_new_one() -> None:
    """The new rule stands at the place of the old, and an open exception overrides it as before."""
    stricter = attrs.evolve(licence, cite=DRAFT["2"], id="two", then=Outcome.PROHIBITION)

    reform = LAW.replace("art-2", stricter, id="reform")

    assert [item.id for item in reform.rules] == ["two", "art-3"]
    assert reform.rule("art-3").overrides == (reform.rule("two"),)
    assert reform.mark(reform.rule("two")) is EvidenceLevel.INFERRED
    assert (result(LAW), result(reform)) == ("authorisation", "prohibition")


def test_an_added_rule_lifts_what_stands_in_the_place_of_what_it_lifted() -> None:
    """A rule written against the act overrides the rule as a reform made it."""
    reform = LAW.amend("art-2", then=Outcome.PROHIBITION)
    free = new_rule("9", when=Item.dual_use, overrides=licence, then=Outcome.NO_CONTROL)

    assert result(reform.with_(free, id="freed")) == "no_control"


def test_a_term_is_replaced_wherever_it_is_used() -> None:
    """Rules, other terms and the scope take it; what does not use it stays the very object."""
    wider = Term("spy tool", DRAFT["1"], Item.covert | Item.dual_use)

    reform = LAW.replace("spy tool", wider, id="wider")

    assert [result(item, covert=False) for item in (LAW, reform)] == ["no_control", "authorisation"]
    assert reform.provisions.duties == (records,)
    assert reform.rule("art-3").overrides == (reform.rule("art-2"),)
    assert reform.summary == "A reform of act: with Draft 1 in place of Act Art. 1."


def test_a_new_term_is_marked_and_what_it_defines_is_not() -> None:
    """The rule keeps the mark of the act, and a result that rests on the new term is inferred."""
    wider = Term("spy tool", ACT["Art. 1"], Item.covert | Item.dual_use)
    case = Scenario(
        id="x",
        item=Item(covert=False, dual_use=True, public_domain=False),
        transaction=Transaction(kind="export"),
        discretion={"art-3": False},
    )

    reform = LAW.replace(spy_tool, wider)

    assert reform.mark(reform.rule("art-2")) is EvidenceLevel.TEXT
    assert assess(case, reform).checked is EvidenceLevel.INFERRED


def test_a_new_term_may_rest_on_the_old_one() -> None:
    """A term that narrows another takes its place without being narrowed itself, again and again."""
    narrower = Term("spy tool at risk", DRAFT["1"], spy_tool & Destination.substantial_rights_risk)

    reform = LAW.replace(spy_tool, narrower)

    assert result(reform) == "no_control..authorisation"


def test_fields_of_a_provision_or_term_are_changed() -> None:
    """What is changed is inferred at best; a mark that is given is kept."""
    reform = LAW.amend("art-2", then=Outcome.PROHIBITION, id="ban", title="A ban")
    read = LAW.amend(doubt, default="any", checked=EvidenceLevel.SECONDARY)
    term = LAW.amend("spy tool", condition=Item.dual_use)

    assert (reform.id, reform.title, result(reform)) == ("ban", "A ban", "prohibition")
    assert reform.mark(reform.rule("art-2")) is EvidenceLevel.INFERRED
    assert read.mark(read.provisions.interpretations[0]) is EvidenceLevel.SECONDARY
    assert result(read, covert=False) == result(term, covert=False) == "authorisation"


def test_what_nobody_read_is_not_known_better_when_it_is_changed() -> None:
    """A change does not make unread law inferred."""
    unread = LAW.amend("art-2", checked=EvidenceLevel.UNREAD)

    reform = unread.amend("art-2", sentence="It needs a licence, says the draft.")

    assert reform.mark(reform.rule("art-2")) is EvidenceLevel.UNREAD


def test_some_provisions_alone_keep_what_they_ask_about() -> None:
    """The doubts and powers that are kept are those that the rules ask about."""
    assert list(LAW.only("art-4").provisions) == [records, doubt]
    assert list(LAW.only("art-3").provisions)[1:] == [doubt, power]


@of_each(
    ("amend", "told"),
    [
        (lambda: LAW.without("art-22"), "act has no provision or term 'art-22'. Did you mean 'art-2'?"),
        (
            lambda: LAW.without("spy tool"),
            "“spy tool” is a term, and without() takes provisions; replace",
        ),
        (lambda: LAW.only("art-2", titel="x"), "A Ruleset has no field 'titel'. Did you mean 'title'?"),
        (lambda: LAW.replace("spy tols", spy_tool), "Did you mean 'spy tool'?"),
        (lambda: LAW.amend("art-2", them=3), "A Rule has no field 'them'. Did you mean 'then'?"),
        (lambda: LAW.replace("art-2", records), "art-2 is a Rule, which a Duty cannot replace"),
        (lambda: LAW.replace("art-2", spy_tool), "which a Term cannot replace"),
        (lambda: LAW.replace("D1", attrs.evolve(doubt, id="D2")), "ask about D1 by its id; keep the id"),
        (lambda: LAW.amend("D1", readings={"covert": "Yes."}), "the readings of D1; keep covert, any"),
        (
            lambda: PROPOSAL.amend("spy tool", when=Item.covert),
            "plan has no provision or term 'spy tool'. act has it; amend that one.",
        ),
        (
            lambda: PROPOSAL.without("art-2"),
            "plan has no provision or term 'art-2'. act has it; amend that one.",
        ),
        (lambda: TWICE.amend("spy tool", note="x"), "several terms, of Act Art. 1; Draft 1. Give the"),
    ],
)
def test_what_is_not_there_or_does_not_fit_is_told(amend: Any, told: str) -> None:
    """The message names what is near, or what to do instead."""
    with pytest.raises(UsageError) as refused:
        amend()

    assert told in str(refused.value)


def test_rules_may_not_come_to_lift_each_other() -> None:
    """A replacement that overrides what overrides it is refused."""
    with pytest.raises(Exception, match="By the amendment rules override each other in a circle"):
        LAW.replace("art-2", attrs.evolve(licence, overrides=(let_go,)))


def test_law_and_proposals_stay_marked() -> None:
    """Of a reform each rule is what it was, and only what the reform changed is proposed."""
    reform = LAW.amend("art-2", then=Outcome.PROHIBITION)

    assert {LAW.standing(rule) for rule in LAW.rules} == {"law"}
    assert reform.standing(reform.rule("art-2")) == "proposal"
    assert {LAW.with_().standing(rule) for rule in LAW.with_().rules} == {"law"}
