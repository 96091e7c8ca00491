"""Reforms, bases, combination and time, on small invented rulesets."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from regcompare import Outcome, Ruleset, Scenario, UsageError, assess
from regcompare.authoring import (
    Diligence,
    EvidenceLevel,
    Exporter,
    Instrument,
    Item,
    Licence,
    Period,
    Transaction,
    Transition,
    Trigger,
)
from regcompare.ruleset.provisions import Provisions
from regcompare.ruleset.rules import Addressee, Discretion, Rule

ACT = Instrument("Act", "An invented act", "nowhere")


LATER = Instrument("Later Act", "An invented later act", "nowhere")


WISH = Instrument("Wish", "An invented proposal", "nowhere")


SWITCH = dt.date(2015, 1, 1)


def rule(cite: Any, when: Any, then: Outcome = Outcome.AUTHORISATION, **more: Any) -> Rule:
    """An invented rule."""
    return Rule(cite, "An invented rule.", when=when, then=then, triggered_by=Trigger.ACT, **more)


def ruleset(ruleset_id: str, *rules: Rule, **changes: Any) -> Ruleset:
    """An invented ruleset."""
    given: dict[str, Any] = {
        "status": "law",
        "instruments": (ACT,),
        "reference_date": dt.date(2020, 1, 1),
        "provisions": Provisions(rules),
        "covers": ("export",),
    }
    return Ruleset(ruleset_id, f"Title of {ruleset_id}", **(given | changes))


covert = rule(ACT["Art. 1"], Item.covert)


general = rule(
    ACT["Art. 2"], Item.covert & Item.public_domain, Outcome.GENERAL_AUTHORISATION, overrides=covert
)


OLD = ruleset(
    "old",
    covert,
    general,
    period=Period(dt.date(2010, 1, 1), SWITCH),
    transition=Transition(SWITCH, successor=False),
    reference_date=dt.date(2014, 6, 1),
)


NEW = ruleset(
    "new",
    rule(LATER["Art. 1"], Item.covert, Outcome.NOTIFICATION),
    period=Period(SWITCH),
    transition=Transition(SWITCH, successor=True),
)


PROPOSAL = ruleset(
    "wish",
    rule(WISH["W1"], ~Diligence.completed, Outcome.SUSPENSION, states="until it is done"),
    status="proposal",
    base=(NEW, OLD),
)


def case(date: dt.date | None = dt.date(2012, 1, 1), kind: Any = "export", **facts: Any) -> Scenario:
    """An export of a covert item that is not in the public domain, unless told otherwise."""
    item = Item(**({"covert": True, "public_domain": False} | facts))
    return Scenario(id="case", date=date, item=item, transaction=Transaction(kind=kind))


def result(scenario: Scenario, under: Ruleset, **options: Any) -> str:
    """The result in words."""
    return assess(scenario, under, **options).result


def test_a_rule_can_be_left_out() -> None:
    """Without its only rule a ruleset lets the case through, and keeps what overrode it."""
    reform = OLD.without("art-1")

    assert result(case(), OLD) == "authorisation"
    assert result(case(), reform) == "no_control"
    assert [item.id for item in reform.rules] == ["art-2"]
    assert reform.rules[0].overrides == ()
    assert reform.id == "old-without-art-1"


def test_an_unknown_rule_is_answered_with_the_nearest() -> None:
    """Leaving out a rule that does not exist is refused."""
    with pytest.raises(UsageError, match="Did you mean 'art-1'"):
        OLD.without("art-11")


def test_its_rules_are_found_by_id_too() -> None:
    """As by their positions; one that does not exist is refused with the nearest."""
    law: Any = ruleset("act", covert, general)

    assert (law.rules["art-1"], law.rules["Art. 2"], law.rules[0]) == (covert, general, covert)
    with pytest.raises(UsageError, match=r"act has no rule 'art-11'\. Did you mean 'art-1'\?"):
        law.rules["art-11"]


def test_an_article_is_answered_with_its_rules() -> None:
    """The id of an article names no rule; the answer names those below it."""
    paragraphs = [rule(ACT[f"Art. 5({number})"], Item.covert) for number in (1, 2)]
    act = ruleset("paragraphs", *paragraphs)

    with pytest.raises(UsageError, match="Below it are art-5-1, art-5-2"):
        act.without("art-5")


def test_a_rule_can_be_added() -> None:
    """An added rule decides where it is stricter; the original stays as it was."""
    ban = rule(WISH["W9"], Item.covert, Outcome.PROHIBITION)

    assert result(case(), OLD.with_(ban, id="banned")) == "prohibition"
    assert result(case(), OLD) == "authorisation"


def test_a_reform_of_a_law_is_a_proposal() -> None:
    """It has no period, says in place of the law's summary what it is, and keeps what it does not change."""
    act = ruleset("act", covert, general, period=Period(SWITCH), summary="An act without bans.")
    ban = rule(WISH["W9"], Item.covert, Outcome.PROHIBITION)

    reforms = [act.with_(ban), act.without("art-1"), act.on_base(NEW)]

    assert [(item.status, item.period, item.transition) for item in reforms] == [
        ("proposal", None, None)
    ] * 3
    assert [item.summary for item in reforms] == [
        "A reform of act: with Wish W9.",
        "A reform of act: without Act Art. 1.",
        "A reform of act: on top of new.",
    ]
    assert [item.reference_date for item in reforms] == [act.reference_date] * 3
    assert act.status == "law"


def test_the_texts_of_added_rules_come_along() -> None:
    """So do the texts of the doubts and powers that the rules ask about, and of no others."""
    power = Discretion(WISH["W1"], "Was it used?", who=Addressee.AUTHORITY)
    idle = Discretion(LATER["Art. 9"], "Was that used?", who=Addressee.AUTHORITY)
    lent = rule(LATER["Art. 8"], Item.covert & power)
    other = ruleset(
        "other", instruments=(LATER, WISH), provisions=Provisions((lent,), discretions=(idle, power))
    )

    reform = OLD.with_(lent, of=other)

    assert reform.instruments == (ACT, LATER, WISH)
    assert reform.provisions.discretions == (power,)


def test_the_marks_of_added_rules_are_their_own() -> None:
    """A rule without a mark has that of the ruleset it is taken from, or is inferred; never the law's."""
    act = ruleset("act", covert, checked=EvidenceLevel.TEXT)
    plain = rule(WISH["W1"], Item.covert, Outcome.PROHIBITION)
    overriding = rule(WISH["W2"], Item.public_domain, Outcome.NO_CONTROL, overrides=plain)
    marked = rule(WISH["W3"], Item.covert, checked=EvidenceLevel.INFERRED)
    other = ruleset("other", plain, overriding, marked, checked=EvidenceLevel.SECONDARY)

    invented, taken = act.with_(overriding, plain, marked), act.with_(*other.rules, of=other)

    assert [invented.mark(item) for item in invented.rules] == [
        EvidenceLevel.TEXT,
        EvidenceLevel.INFERRED,
        EvidenceLevel.INFERRED,
        EvidenceLevel.INFERRED,
    ]
    assert [taken.mark(item) for item in taken.rules] == [
        EvidenceLevel.TEXT,
        EvidenceLevel.SECONDARY,
        EvidenceLevel.SECONDARY,
        EvidenceLevel.INFERRED,
    ]
    assert invented.rule("W2").overrides == (invented.rule("W1"),)


def test_a_proposal_stands_on_the_law_of_the_day() -> None:
    """The base follows the day whose law is applied, and the verdict says which it was."""
    done = case().with_facts(Diligence(completed=True))
    now, then, before = (
        assess(done, PROPOSAL, as_of=day)
        for day in (dt.date(2020, 1, 1), dt.date(2012, 1, 1), dt.date(2009, 1, 1))
    )

    assert (now.result, now.base) == ("notification", NEW)
    assert (then.result, then.base) == ("authorisation", OLD)
    assert (before.result, before.base) == ("no_control", None)
    assert any("is based on old" in warning for warning in then.warnings)
    assert any("applied alone" in warning for warning in before.warnings)
    assert [finding.ruleset for finding in now.deciding] == [NEW]


def test_a_proposal_can_stand_on_another_base() -> None:
    """Built on another law, it is read at that law's reference date."""
    done = case().with_facts(Diligence(completed=True))
    verdict = assess(done, PROPOSAL.on_base(OLD))

    assert (verdict.result, verdict.as_of) == ("authorisation", dt.date(2014, 6, 1))


def test_combined_rulesets_apply_side_by_side() -> None:
    """The strictest rule of either decides, each within its own scope and kinds."""
    services = ruleset(
        "services", rule(WISH["S1"], Item.covert, Outcome.PROHIBITION), covers=("financing",)
    )
    both = OLD.combined_with(services)

    assert result(case(), both) == "authorisation"
    assert result(case(kind="financing"), both) == "prohibition"
    assert result(case(kind="financing"), OLD) == "out of scope"
    assert result(case(kind="import"), both) == "out of scope"


def test_out_of_force_is_said_and_nothing_falls_back() -> None:
    """Outside its period a law gives no outcome."""
    verdict = assess(case(), NEW, as_of=dt.date(2012, 1, 1))

    assert verdict.result == "not in force"
    assert (verdict.low, verdict.high, verdict.in_force) == (None, None, False)


def test_a_proposal_is_never_out_of_force() -> None:
    """A proposal has no period."""
    assert assess(case(), PROPOSAL, as_of=dt.date(1999, 1, 1)).in_force is True


def test_the_day_of_application_decides_which_act_applies() -> None:
    """An application made before the switch stays under the earlier act afterwards."""
    pending = case(dt.date(2015, 3, 1)).with_facts(Licence(applied_on=dt.date(2014, 12, 1)))
    fresh = case(dt.date(2015, 3, 1)).with_facts(Licence(applied_on=dt.date(2015, 2, 1)))

    assert [assess(pending, act, as_of="scenario").in_force for act in (OLD, NEW)] == [True, False]
    assert [assess(fresh, act, as_of="scenario").in_force for act in (OLD, NEW)] == [False, True]


def test_as_of_scenario_without_a_date_is_unknown() -> None:
    """Without a date the law of the day is not known, and the result says so."""
    verdict = assess(case(date=None), NEW, as_of="scenario")

    assert verdict.in_force is None
    assert "no date" in verdict.warnings[0]


def test_a_power_is_unknown_until_it_is_used() -> None:
    """What an authority may do is open until the scenario says what it did."""
    power = Discretion(ACT["Art. 7"], "Was it used?", who=Addressee.AUTHORITY)
    ban = rule(ACT["Art. 8"], Item.covert & power, Outcome.PROHIBITION)
    act = ruleset("powers", provisions=Provisions((ban,), discretions=(power,)))
    open_case, used, unused = (
        Scenario(**{**_fields(case()), "discretion": answers})
        for answers in ({}, {"art-7": True}, {"art-7": False})
    )

    assert result(open_case, act) == "no_control..prohibition"
    assert assess(open_case, act).open_questions == ("discretion.art-7",)
    assert (result(used, act), result(unused, act)) == ("prohibition", "no_control")


def _fields(scenario: Scenario) -> dict[str, Any]:
    return {
        "id": scenario.id,
        "date": scenario.date,
        "item": scenario.item,
        "transaction": scenario.transaction,
    }


def test_presumptions_have_an_order() -> None:
    """Stated, then presumed, then ordinary; a stated unknown is stated."""
    national = ruleset("n", rule(ACT["Art. 1"], Transaction.by_person_crossing_border))
    stated = Scenario(
        id="x",
        presume="ordinary",
        transaction=Transaction(kind="export", by_person_crossing_border="unknown"),  # type: ignore[arg-type]
    )
    presumed = Scenario(
        id="x",
        presume="ordinary",
        transaction=Transaction(kind="export"),
        presumed=(Transaction(by_person_crossing_border=True),),
    )
    ordinary = Scenario(id="x", presume="ordinary", transaction=Transaction(kind="export"))
    nothing = Scenario(id="x", transaction=Transaction(kind="export"))

    results = [result(item, national) for item in (stated, presumed, ordinary, nothing)]

    assert results == [
        "no_control..authorisation",
        "authorisation",
        "no_control",
        "no_control..authorisation",
    ]
    assert assess(ordinary, national).presumed == ("transaction.by_person_crossing_border",)


def test_contradicting_facts_are_refused() -> None:
    """What cannot be is no span but a refusal that says so."""
    impossible = case().with_facts(
        Item(technology="facial_recognition", annex_i_entry=["5A001.j"]), Exporter(country="FR")
    )
    listed = ruleset("l", rule(ACT["Art. 1"], Item.annex_i_entry.includes_any("*")))

    with pytest.raises(UsageError, match="contradict each other"):
        assess(impossible, listed)
