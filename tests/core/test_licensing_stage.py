"""Duties of the licensing stage: they arise where a licence is needed, by whatever rule, and not beside one."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from regcompare import Outcome, Ruleset, Scenario, assess
from regcompare.authoring import (
    CORE,
    Addressee,
    DutyKind,
    EndUser,
    Instrument,
    Item,
    Stage,
    Strength,
    Transaction,
    Trigger,
)
from regcompare.ruleset.provisions import Provisions
from regcompare.ruleset.rules import Duty, NoDuty, Rule

ACT = Instrument("Toy Act", "An invented act", "nowhere, 2000")
CODE = Instrument("Toy Code", "Another invented act", "nowhere, 2001")
DRAFT = Instrument("Toy Draft", "An invented proposal", "nowhere, 2002")

LISTED = Rule(
    ACT["Art. 1"],
    "What is covert needs a licence.",
    when=Item.covert,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.ACT,
)
ALLY = Rule(
    ACT["Art. 2"],
    "A general authorisation covers universities.",
    when=Item.covert & EndUser.kind.is_in("university"),
    overrides=LISTED,
    then=Outcome.GENERAL_AUTHORISATION,
    triggered_by=Trigger.ACT,
)
CRITERIA = Duty(
    ACT["Art. 3"],
    "The authority weighs the application.",
    kind=DutyKind.CRITERIA,
    addressee=Addressee.AUTHORITY,
    strength=Strength.MUST,
    stage=Stage.LICENSING,
)
NEW_LICENCE = Rule(
    DRAFT["Art. 1"],
    "What goes to the police needs a licence.",
    when=EndUser.kind.is_in("law_enforcement"),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.ACT,
)
REFUSAL = Rule(
    DRAFT["Art. 2"],
    "What goes to intelligence services is refused.",
    when=EndUser.kind.is_in("intelligence"),
    then=Outcome.REFUSAL,
    states="the authority, where the end user is an intelligence service",
    triggered_by=Trigger.FINDING,
)
RESEARCH = Rule(
    DRAFT["Art. 3"],
    "Dual-use items stay free.",
    when=Item.dual_use,
    overrides=REFUSAL,
    then=Outcome.NO_CONTROL,
    triggered_by=Trigger.ACT,
)
OPEN = Duty(
    DRAFT["Art. 4"],
    "The authority publishes its decision.",
    kind=DutyKind.PUBLICATION,
    addressee=Addressee.AUTHORITY,
    strength=Strength.MUST,
    stage=Stage.LICENSING,
)


def toy(
    name: str, text: Instrument, *items: Rule | Duty | NoDuty, base: Ruleset | None = None
) -> Ruleset:
    """A ruleset of these provisions."""
    return Ruleset(
        name,
        name,
        status="proposal" if base else "law",
        instruments=(text,),
        reference_date=dt.date(2020, 1, 1),
        provisions=Provisions(
            rules=tuple(item for item in items if isinstance(item, Rule)),
            duties=tuple(item for item in items if isinstance(item, Duty)),
            no_duties=tuple(item for item in items if isinstance(item, NoDuty)),
        ),
        covers=("export",),
        base=(base,) if base else (),
        vocabulary=CORE,
    )


SILENT = NoDuty(ACT["Art. 3"], kind=DutyKind.REFUSAL)
LAW = toy("law", ACT, LISTED, ALLY, CRITERIA, SILENT)
REFORM = toy("reform", DRAFT, NEW_LICENCE, REFUSAL, RESEARCH, OPEN, base=LAW)
OTHER = toy("other", CODE, attrs.evolve(NEW_LICENCE, cite=CODE["Art. 9"]))
CASE = Scenario(
    id="case", transaction=Transaction(kind="export"), item=Item(covert=False, dual_use=False)
)


def to(kind: str, covert: bool = False) -> Scenario:
    """The case with this end user."""
    item = Item(covert=covert, dual_use=False)
    return attrs.evolve(CASE, item=item, end_user=EndUser(kind=kind))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("ruleset", "scenario", "applies"),
    [
        pytest.param(LAW, to("law_enforcement", covert=True), {CRITERIA: True}, id="licence"),
        pytest.param(LAW, to("university", covert=True), {}, id="general authorisation"),
        pytest.param(LAW, to("law_enforcement"), {}, id="no licence"),
        pytest.param(
            LAW, attrs.evolve(CASE, item=Item(covert=True)), {CRITERIA: None}, id="open exception"
        ),
        pytest.param(
            REFORM, to("law_enforcement"), {CRITERIA: True, OPEN: True}, id="licence of a proposal on it"
        ),
        pytest.param(
            REFORM, to("military", covert=True), {CRITERIA: True, OPEN: True}, id="licence of its base"
        ),
        pytest.param(REFORM, to("intelligence"), {CRITERIA: True, OPEN: True}, id="refusal"),
        pytest.param(LAW.combined_with(OTHER), to("law_enforcement"), {}, id="licence of another text"),
        pytest.param(
            REFORM.combined_with(OTHER),
            to("military", covert=True),
            {CRITERIA: True, OPEN: True},
            id="beside",
        ),
    ],
)
def test_a_duty_of_licensing_arises_with_a_licence_under_its_text(
    ruleset: Ruleset, scenario: Scenario, applies: dict[Duty, bool | None]
) -> None:
    """By any rule that stands, of the text or on it; not by that of a text combined with it."""
    assert dict(assess(scenario, ruleset).duties) == applies
