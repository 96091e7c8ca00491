"""What an authority may do is no duty: a refusal that needs a discretion is printed and counted as a power."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from regcompare import Outcome, Ruleset, Scenario, assess
from regcompare.authoring import (
    Addressee,
    Chapter,
    EndUser,
    Instrument,
    Item,
    LicensingPolicy,
    Review,
    Standard,
    Transaction,
    Trigger,
)
from regcompare.comparison.classes import classify
from regcompare.errors import DefinitionError
from regcompare.views.verdict import explain_text

ACT = Instrument("Toy Act", "An invented act", "nowhere, 2000")


def toy(*, must: bool = False) -> Ruleset:
    """A licence that is granted, and refused for the police where the ministry may, or must, refuse it."""
    chapter = Chapter()
    licence = chapter.rule(
        ACT["Art. 1"],
        "Exporting needs a licence, which is granted.",
        when=Item.designed_to_monitor_people,
        then=Outcome.AUTHORISATION,
        review=Review(LicensingPolicy.FAVOURABLE),
        triggered_by=Trigger.ACT,
    )
    used = chapter.discretion(ACT["Art. 2"], "Has the ministry refused?", who=Addressee.AUTHORITY)
    police = licence.when & EndUser.kind.is_in("law_enforcement")
    chapter.rule(
        ACT["Art. 2"],
        f"The ministry {'must' if must else 'may'} refuse a licence for the police.",
        when=police if must else police & used,
        then=Outcome.REFUSAL,
        states="the ministry, for the police",
        triggered_by=Trigger.FINDING,
    )
    return Ruleset(
        "toy",
        "Toy Act",
        status="law",
        instruments=(ACT,),
        reference_date=dt.date(2020, 1, 1),
        provisions=(chapter,),
        covers=("export",),
    )


def sale(kind: str = "law_enforcement", used: bool | None = None) -> Scenario:
    """An export of something made to watch people."""
    return Scenario(
        id="sale",
        item=Item(designed_to_monitor_people=True),
        transaction=Transaction(kind="export"),
        end_user=EndUser(kind=kind),  # type: ignore[arg-type]
        discretion={} if used is None else {"art-2": used},
    )


@pytest.mark.parametrize("used", [None, True, False])
def test_a_licence_that_may_be_refused_is_one_that_is_needed(used: bool | None) -> None:
    """Whether the power was used, was not or is not known, nothing says that it must be refused."""
    verdict = assess(sale(used=used), toy())

    assert verdict.result == "authorisation"
    assert classify([verdict]).slug == "licence"
    assert verdict.review is LicensingPolicy.FREE


def test_a_duty_to_refuse_is_one() -> None:
    """The same sentence with "must", and no power, is a refusal."""
    verdict = assess(sale(), toy(must=True))

    assert (verdict.result, verdict.review) == ("refusal", LicensingPolicy.REFUSE)


def test_a_power_that_does_not_reach_a_case_leaves_the_licence_as_it_is() -> None:
    """For a university the ministry may not refuse, and the licence is granted."""
    assert assess(sale("university"), toy()).review is LicensingPolicy.FAVOURABLE


def test_the_explanation_says_may() -> None:
    """The rule is shown with what it lets the authority do."""
    text = explain_text(assess(sale(used=True), toy()), full=True)

    assert "authorisation, which the authority may refuse" in text
    assert "must refuse" not in text


@pytest.mark.parametrize("fields", [{"standard": Standard.LIKELY, "finding": "abuse"}, {}])
def test_a_power_cannot_be_reviewed_as_a_duty(fields: dict[str, Any]) -> None:
    """A review that says "must refuse" contradicts a condition that needs a power."""
    chapter = Chapter()
    used = chapter.discretion(ACT["Art. 2"], "Has the ministry refused?", who=Addressee.AUTHORITY)

    with pytest.raises(
        DefinitionError, match="asks for a discretion cannot have the review 'must refuse'"
    ):
        chapter.rule(
            ACT["Art. 2"],
            "The ministry may refuse a licence.",
            when=Item.covert & used,
            then=Outcome.REFUSAL,
            review=Review(LicensingPolicy.REFUSE, **fields),
            states="the ministry",
            triggered_by=Trigger.FINDING,
        )
