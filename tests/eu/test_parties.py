"""Listed parties: who takes part, where they are seated, and what is never advised."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from tests.support.shipped import CATALOGUE

from regcompare import Outcome, Scenario, assess
from regcompare.authoring import (
    CORE,
    Destination,
    EndUser,
    Exporter,
    Item,
    Knowledge,
    OwnWord,
    Ruleset,
    Transaction,
)
from regcompare.facts import MemberSet
from regcompare.vocabulary import Parties, seated, takes_part
from regcompare_eu import EU_SANCTIONS
from regcompare_prove.changes import fewest_changes
from regcompare_world import CH, UK, US_EAR
from regcompare_world.facts import ENTITIES, Us
from regcompare_world.tables import US_ENTITY_LIST

COSEINC = ENTITIES["us:coseinc"]


def _to(country: str, **parties: Any) -> Scenario:
    """A tool that no entry lists, sold from the United States to police."""
    return Scenario(
        id="tool",
        presume=("ordinary",),
        item=Item(technology="video_analytics", form="goods", annex_i_entry="none"),
        transaction=Transaction(kind="export"),
        exporter=Exporter(country="US"),
        destination=Destination(country=country),
        end_user=EndUser(kind="law_enforcement"),
        parties=Parties(**parties),
        knowledge=Knowledge(authority_informed=[], exporter_aware=[]),
        more=(Us(entry=[], unauthorised_use=False, military_intelligence=False),),
    )


def test_the_core_lists_nobody() -> None:
    """Who is listed comes with the law that lists."""
    assert CORE.by_key["parties.buyer"].labels() == {}


@pytest.mark.parametrize("part", ["buyer", "consignee", "end_user"])
def test_a_listed_party_needs_a_licence_whatever_its_part(part: str) -> None:
    """The Entity List counts for whoever buys, receives or uses the item."""
    case = _to("SG", **{part: [COSEINC]})

    assert assess(case, US_EAR).result == "authorisation"
    assert assess(_to("SG"), US_EAR).result == "no_control"


def test_entity_lists_and_asset_freezes_work_alike() -> None:
    """Both are answers to the same three questions, each under the name of its law."""
    (case,) = (one for one in CATALOGUE.read(*EU_SANCTIONS.cases) if one.id == "asset-frozen")

    assert case.parties.end_user == MemberSet(["eu:asset_frozen"])
    assert assess(case, EU_SANCTIONS).result == "prohibition"


def test_a_seat_says_which_country() -> None:
    """A buyer that is seated in Singapore is a buyer in Singapore, and so for the other parts."""
    sentences = [item.sentence for item in seated(COSEINC, "SG")]

    assert len(sentences) == 3
    assert sentences[0].endswith("(COSEINC) buys, the buyer is in a country where it is seated.")


def test_a_party_elsewhere_is_never_advised() -> None:
    """What would make a licence necessary for Shanghai names parties of China alone."""
    pytest.importorskip("pysat")
    advice = fewest_changes(_to("CN"), US_EAR, Outcome.AUTHORISATION, alternatives=8)

    changes = [change for one in advice.alternatives for change in one.changes]
    named = {
        party for change in changes if change.name.startswith("parties.") for party in change.after.known
    }

    assert named
    assert named <= {row["party"] for row in US_ENTITY_LIST if "CN" in row.words("seats")}


def test_an_open_question_offers_parties_of_the_country_alone() -> None:
    """Asked who the buyer is, the answer that could matter is one who is there."""
    verdict = assess(_to("SG", buyer={"open": list(ENTITIES)}), US_EAR)

    (question,) = (one for one in verdict.questions if one.name == "parties.buyer")
    assert set(question.members) == {"us:coseinc", "us:kedacom"}


def test_any_part_counts() -> None:
    """``takes_part`` asks for each part."""
    asked = takes_part(OwnWord("us:x", "X"))

    assert len(asked.parts) == 3


# a state body of a state under sanctions -------------------------------------------------------------

BODIES = ("law_enforcement", "intelligence", "military", "other_state_body")
LAWS = (
    (EU_SANCTIONS, "FR"),
    (CH, "CH"),
    (UK, "GB"),
)


def _for(country: str, kind: Any, home: str, day: dt.date = dt.date(2021, 6, 1)) -> Scenario:
    """Software that no entry lists, for an end user in a country."""
    return Scenario(
        id="filter",
        date=day,
        presume=("ordinary",),
        item=Item(technology="social_media_monitoring", form="software", annex_i_entry="none"),
        transaction=Transaction(kind="export"),
        exporter=Exporter(country=home),
        destination=Destination(country=country),
        end_user=EndUser(kind=kind, acts_for_state=kind in BODIES),
        knowledge=Knowledge(authority_informed=[], exporter_aware=[], exporter_suspects=[]),
    )


@pytest.mark.parametrize(("ruleset", "home"), LAWS, ids=["eu", "ch", "uk"])
def test_nobody_presumes_that_a_state_body_of_a_listed_state_is_on_no_list(
    ruleset: Ruleset, home: str
) -> None:
    """Under each law, for each kind of body; of a firm there, and of police elsewhere, it is presumed."""

    def asked(case: Scenario) -> bool:
        verdict = assess(case, ruleset, as_of=dt.date(2021, 6, 1))
        return "parties.end_user" in verdict.open_questions

    assert [kind for kind in BODIES if not asked(_for("IR", kind, home))] == []
    assert [
        state
        for state in ("BY", "KP", "MM", "RU", "SY", "VE")
        if not asked(_for(state, "other_state_body", home))
    ] == []
    assert not asked(_for("IR", "private_company", home))
    assert not asked(_for("KZ", "law_enforcement", home))
    assert not asked(_for("IR", "military", home).with_facts(Parties(end_user=[])))


def test_before_the_first_freeze_nobody_could_be_listed() -> None:
    """The police of Syria: presumed to be on no list on 9 May 2011, and asked about on the next day."""
    eve, first = (_for("SY", "law_enforcement", "FR", dt.date(2011, 5, day)) for day in (9, 10))

    assert "parties.end_user" not in assess(eve, EU_SANCTIONS).open_questions
    assert "parties.end_user" in assess(first, EU_SANCTIONS).open_questions
