"""Law that nobody read is unknown, as a fact that is not stated is."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from regcompare import Outcome, Ruleset, Scenario, UsageError, assess
from regcompare.authoring import (
    Addressee,
    DutyKind,
    Evidence,
    EvidenceLevel,
    Instrument,
    Item,
    Strength,
    Transaction,
    Trigger,
)
from regcompare.law import Citation
from regcompare.ruleset.provisions import Provisions
from regcompare.ruleset.rules import Duty, Rule

ACT = Instrument("Toy Act", "An act on toys", "Gazette 1", checked=EvidenceLevel.TEXT)


DAY = dt.date(2020, 1, 1)


def rule(place: str, when: Any, **changes: Any) -> Rule:
    """A rule of the toy act that asks for an authorisation, unread."""
    return Rule(
        ACT[place],
        "A licence is needed.",
        **{
            "when": when,
            "then": Outcome.AUTHORISATION,
            "triggered_by": Trigger.ACT,
            "checked": EvidenceLevel.UNREAD,
            **changes,
        },
    )


def ruleset(*rules: Rule, **changes: Any) -> Ruleset:
    """The toy act with these rules."""
    return Ruleset(
        **{
            "id": "toys",
            "title": "the Toy Act",
            "status": "law",
            "instruments": (ACT,),
            "reference_date": DAY,
            "covers": ("export",),
            "provisions": Provisions(rules),
            "checked": EvidenceLevel.TEXT,
            **changes,
        },
    )


def case(**item: Any) -> Scenario:
    """An export of a toy of which this is known."""
    return Scenario(id="toy", title="A toy.", date=DAY).with_facts(
        Item(**item), Transaction(kind="export")
    )


def test_rulesets_that_share_a_rule_share_the_doubt() -> None:
    """A text that a variant keeps is doubtful only once, so that a page asks about it once."""
    whole = ruleset(rule("Art. 1", Item.covert), rule("Art. 2", Item.auditable))
    part = whole.without("art-2")

    assert [doubt.id for doubt in whole.doubts] == ["text.art-1", "text.art-2"]
    assert part.doubts == whole.doubts[:1]


def test_a_rule_that_nobody_read_is_an_open_question() -> None:
    """It may hold, widens the span upwards, and is listed with what would settle it."""
    verdict = assess(case(covert=True), ruleset(rule("Art. 1", Item.covert)))
    (question,) = verdict.questions

    assert verdict.result == "no_control..authorisation"
    assert verdict.finding("art-1").holds is None
    assert verdict.open_questions == ("text.art-1",)
    assert question.text == "Is this in the text: A licence is needed."
    assert {effect.answers: str(effect.span) for effect in question.effects} == {
        ("yes",): "authorisation",
        ("no",): "no_control",
    }


def test_a_rule_that_was_read_decides() -> None:
    """The near miss: the same rule, read."""
    verdict = assess(case(covert=True), ruleset(rule("Art. 1", Item.covert, checked=EvidenceLevel.TEXT)))

    assert verdict.result == "authorisation"
    assert verdict.open_questions == ()


@pytest.mark.parametrize(
    ("answer", "result"),
    [("yes", "authorisation"), ("no", "no_control"), ("open", "no_control..authorisation")],
)
def test_the_question_can_be_answered(answer: str, result: str) -> None:
    """Whoever has read the text says so; a condition that fails needs no answer."""
    toys = ruleset(rule("Art. 1", Item.covert))

    assert assess(case(covert=True), toys, readings={"text.art-1": answer}).result == result
    assert assess(case(covert=False), toys).result == "no_control"


def test_an_unknown_provision_is_refused_with_the_nearest() -> None:
    """A slip in the name of a provision is named, as for a doubt."""
    with pytest.raises(UsageError, match=r"no doubt 'text.art-2'.*Did you mean 'text.art-1'"):
        assess(case(), ruleset(rule("Art. 1", Item.covert)), readings={"text.art-2": "yes"})


def test_an_exception_that_nobody_read_may_exempt() -> None:
    """It widens the span downwards, to its own outcome."""
    read_rule = rule("Art. 1", Item.covert, checked=EvidenceLevel.TEXT)
    exception = rule("Art. 2", Item.covert, then=Outcome.GENERAL_AUTHORISATION, overrides=read_rule)

    verdict = assess(case(covert=True), ruleset(read_rule, exception))

    assert verdict.result == "general_authorisation..authorisation"
    assert verdict.open_questions == ("text.art-2",)


def test_a_duty_that_nobody_read_may_bind() -> None:
    """It may apply, and does not where its condition fails."""
    duty = Duty(
        ACT["Art. 3"],
        "The maker must keep records.",
        kind=DutyKind.RECORDS,
        addressee=Addressee.EXPORTER,
        strength=Strength.MUST,
        when=Item.covert,
        checked=EvidenceLevel.UNREAD,
    )
    toys = ruleset(provisions=Provisions(duties=(duty,)))

    assert assess(case(covert=True), toys).duties == ((duty, None),)
    assert assess(case(covert=True), toys, readings={"text.art-3": "yes"}).duties == ((duty, True),)
    assert assess(case(covert=False), toys).duties == ()


def test_a_reconstruction_assumes_that_it_is_in_the_text_and_says_so() -> None:
    """A proposal rebuilt as a whole from accounts decides; its title says what it is, once."""
    plan = ruleset(
        rule("Art. 1", Item.covert),
        title="the Toy Plan",
        status="proposal",
        checked=EvidenceLevel.UNREAD,
        reconstructed=True,
    )

    assert plan.title == "the Toy Plan, as reconstructed"
    assert plan.without("art-1").title == "the Toy Plan, as reconstructed, without Toy Act Art. 1"
    assert assess(case(covert=True), plan).result == "authorisation"
    assert assess(case(covert=True), plan).checked is EvidenceLevel.UNREAD


def test_a_rule_taken_out_of_a_reconstruction_is_open_again() -> None:
    """What a reconstruction assumes of itself, another law does not."""
    unread = rule("Art. 1", Item.covert)
    plan = ruleset(unread, status="proposal", reconstructed=True)

    reform = ruleset(id="law").with_(unread, of=plan)

    assert assess(case(covert=True), reform).result == "no_control..authorisation"


def test_evidence_comes_from_the_provision_the_citation_or_the_ruleset() -> None:
    """The nearest record counts: the rule's own, that of its place, of the act, of the ruleset."""
    own_evidence = Evidence(EvidenceLevel.INFERRED, "the heading")
    place = Evidence(EvidenceLevel.SECONDARY, "a newspaper", dt.date(2020, 2, 1))
    at = Citation(ACT, "Art. 4", checked=place)
    bare_act = Instrument("Bare Act", "An act of which nothing is said", "Gazette 2")
    toys = ruleset()

    def known(cite: Any, checked: Any = None) -> Evidence:
        provision = rule("Art. 1", Item.covert, checked=checked)
        return toys.evidence(Rule(cite, "It is so.", when=provision.when, then=provision.then,
                                  triggered_by=Trigger.ACT, checked=checked))  # fmt: skip

    assert known(at, own_evidence) is own_evidence
    assert known(at) is place
    assert known(ACT["Art. 5"]) == Evidence(EvidenceLevel.TEXT)
    assert known(bare_act["Art. 1"]) == toys.checked
