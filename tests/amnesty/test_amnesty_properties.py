"""Over drawn scenarios: the demands never make a case laxer, and the exemption lifts demands only."""

from __future__ import annotations

import datetime as dt
from typing import get_args

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.support.drawing import assessed, ends, fewer, sets

from regcompare import Outcome, Ruleset, Scenario, Verdict
from regcompare.authoring import Destination, Diligence, Exporter, Item, Knowledge, Transaction
from regcompare.testing import partial_scenarios
from regcompare.vocabulary import Concern
from regcompare_amnesty import AMNESTY
from regcompare_eu import EU_428_2009, EU_2021_821

ON_EITHER_BASE = [
    pytest.param(AMNESTY, id="on-eu-2021-821"),
    pytest.param(AMNESTY.on_base(EU_428_2009), id="on-eu-428-2009"),
]
MEMBER_STATES = ("DE", "FR")
OUTSIDE = ("US", "CN", "BR", "SY")
DAYS = st.sampled_from(
    [dt.date(2015, 6, 30), dt.date(2019, 12, 31), dt.date(2020, 11, 8), dt.date(2022, 6, 1)]
)
BARE = ("A02", "A03", "A03-ban", "A06", "A09")
"""The demands that the exemption does not lift."""
RIGHTS = {"internal_repression", "human_rights_violation", "rights_interference", "ihl_violation"}
OTHER_CONCERNS = [concern for concern in get_args(Concern) if concern not in RIGHTS]


SCENARIOS = partial_scenarios(AMNESTY, days=DAYS)
"""Scenarios over the whole vocabulary, from nearly complete ones to such as leave all open."""

FROM_THE_UNION = st.builds(
    Scenario.with_facts,
    SCENARIOS,
    st.builds(Exporter, country=st.sampled_from(MEMBER_STATES)),
    st.builds(Transaction, kind=st.sampled_from([*EU_428_2009.covers, *EU_2021_821.covers])),
)
LEAVING_THE_UNION = st.builds(
    Scenario.with_facts,
    FROM_THE_UNION,
    st.builds(Transaction, kind=st.sampled_from(["export", "electronic_export", "brokering"])),
    st.builds(Destination, country=st.sampled_from(OUTSIDE)),
)
EXEMPT = st.builds(
    Scenario.with_facts,
    LEAVING_THE_UNION,
    st.builds(
        Item,
        technology=st.sampled_from(["encryption", "intrusion_software", "digital_forensics"]),
        security_research=st.just(True),
        face_matching=st.just("none"),
        infers_ethnicity=st.just(False),
    ),
    st.builds(Destination, serious_violations_likely=st.just(False)),
    st.builds(Knowledge, authority_informed=sets(OTHER_CONCERNS), exporter_aware=sets(OTHER_CONCERNS)),
    st.builds(Diligence, finds_risk=st.just(False)),
)
"""Security research for which none of the demands that the exemption leaves standing holds."""


def law_under(verdict: Verdict) -> Verdict:
    """The verdict of the law on which the demands stand, where that law applies for certain."""
    assume(verdict.base is not None)
    assert verdict.base is not None
    law = assessed(verdict.scenario, verdict.base, as_of=verdict.as_of)
    assume(law.in_scope is True)
    return law


@pytest.mark.parametrize("proposal", ON_EITHER_BASE)
@fewer(2)
@given(scenario=FROM_THE_UNION)
def test_never_laxer_than_the_base(proposal: Ruleset, scenario: Scenario) -> None:
    """Neither end of the span lies below that of the law on which the demands stand."""
    demands = assessed(scenario, proposal)
    law = law_under(demands)

    assert demands.in_scope is True
    assert ends(demands)[0] >= ends(law)[0]
    assert ends(demands)[1] >= ends(law)[1]


@pytest.mark.parametrize("proposal", ON_EITHER_BASE)
@fewer(2)
@given(scenario=EXEMPT)
def test_base_decides_alone_where_exempt(proposal: Ruleset, scenario: Scenario) -> None:
    """Where research is exempt, and no ban, catch-all or bar applies, the base decides alone."""
    demands = assessed(scenario, proposal)
    law = law_under(demands)

    assert demands.finding("A14").holds is True
    assert all(demands.finding(rule).holds is False for rule in BARE)
    assert ends(demands) == ends(law)


@given(scenario=FROM_THE_UNION)
def test_transfers_are_left_to_the_base(scenario: Scenario) -> None:
    """No demand holds for what stays inside the Union (IC-20)."""
    stays = scenario.with_facts(Destination(country="DE"))
    verdict = assessed(stays, AMNESTY)

    assert all(finding.holds is False for finding in verdict.findings if finding.ruleset is AMNESTY)


@given(scenario=LEAVING_THE_UNION)
def test_identification_is_prohibited_whatever_else_is_stated(scenario: Scenario) -> None:
    """What is made to observe people and picks faces out of many may not leave, research included."""
    faces = Item(face_matching="one_to_many", designed_to_monitor_people=True)
    verdict = assessed(scenario.with_facts(faces), AMNESTY)

    assert ends(verdict) == (Outcome.PROHIBITION, Outcome.PROHIBITION)
