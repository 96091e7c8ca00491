"""Safeguards of invented laws: powers and duties, silence, and what applies to one case."""

from __future__ import annotations

import datetime as dt

import pytest

from regcompare import Outcome, Ruleset, Scenario
from regcompare.authoring import (
    Addressee,
    Chapter,
    DutyKind,
    EndUser,
    Instrument,
    Item,
    Transaction,
    Trigger,
)
from regcompare.ruleset.provisions import Provisions
from regcompare.ruleset.rules import NoDuty, Rule
from regcompare_publish.safeguards import safeguards

ACT = Instrument("Toy Act", "An invented act", "nowhere, 2000")
DRAFT = Instrument("Toy Draft", "An invented proposal", "nowhere, 2002")


def toy(name: str, provisions: Provisions | tuple[Chapter], **more: object) -> Ruleset:
    """A ruleset of these provisions."""
    told = {"status": "law", "instruments": (ACT,), "reference_date": dt.date(2020, 1, 1), **more}
    return Ruleset(name, name, provisions=provisions, covers=("export",), **told)  # type: ignore[arg-type]


def refusing(*, must: bool) -> Ruleset:
    """A law by which the ministry may, or must, refuse a sale to the police."""
    chapter = Chapter()
    used = chapter.discretion(ACT["Art. 2"], "Has the ministry refused?", who=Addressee.AUTHORITY)
    police = EndUser.kind.is_in("law_enforcement")
    chapter.rule(
        ACT["Art. 2"],
        "The ministry refuses a licence for the police.",
        when=police if must else police & used,
        then=Outcome.REFUSAL,
        states="the ministry, for the police",
        triggered_by=Trigger.FINDING,
    )
    return toy("toy", (chapter,))


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
SILENT = NoDuty(ACT["Art. 3"], kind=DutyKind.REFUSAL)
LAW = toy("law", Provisions(no_duties=(SILENT,)))
REFORM = toy(
    "reform", Provisions((REFUSAL, RESEARCH)), status="proposal", instruments=(DRAFT,), base=(LAW,)
)


def to(kind: str, **item: bool) -> Scenario:
    """An export to an end user."""
    return Scenario(
        id="sale",
        item=Item(**item),  # type: ignore[arg-type]
        transaction=Transaction(kind="export"),
        end_user=EndUser(kind=kind),  # type: ignore[arg-type]
    )


def test_safeguards_say_that_the_authority_may() -> None:
    """A power is shown as one, and is no duty that binds."""
    table = safeguards([refusing(must=False), refusing(must=True)])
    power, duty = dict(table.rows)[DutyKind.REFUSAL]

    assert (str(power), str(duty)) == ("authority may: Art. 2", "authority must: Art. 2")
    assert [item.binds for cell in (power, duty) for item in cell.held] == [False, True]


@pytest.mark.parametrize(
    ("scenario", "shown"),
    [
        pytest.param(to("intelligence", dual_use=False), "authority must: Art. 2", id="applies"),
        pytest.param(to("university"), "does not apply", id="held by the proposal"),
        pytest.param(to("intelligence", dual_use=True), "does not apply", id="overridden"),
    ],
)
def test_a_refusal_that_a_rule_orders_is_never_silence(scenario: Scenario, shown: str) -> None:
    """What any layer holds does not apply, or applies, whatever the base is silent on."""
    cells = dict(safeguards([LAW, REFORM], scenario).rows)[DutyKind.REFUSAL]

    assert [str(cell) for cell in cells] == ["silent", shown]


def test_the_table_shows_itself() -> None:
    """Its repr is a line; a notebook shows tables with captions and headers."""
    table = safeguards([LAW])
    html = table._repr_html_()

    assert repr(table).endswith("kinds under 1 rulesets>")
    assert "<caption" in html
    assert 'scope="row"' in html
