"""What the documented Swiss, British and American sales come to under the law of their own states."""

from __future__ import annotations

import datetime as dt

import regcompare as rc
from regcompare.authoring import Ruleset
from regcompare_world import CH, UK, US_EAR, Ch


def outcome(case: str, regime: Ruleset, as_of: dt.date | None = None) -> str:
    """The outcome of a documented case, as a word or a span."""
    return str(rc.assess(case, regime, as_of=as_of).span)


def test_the_swiss_refusal_of_2015_is_what_swiss_law_gives() -> None:
    """What was refused for Vietnam in July 2015 had to be refused, then as now."""
    verdict = rc.assess("swiss-vietnam-2015", CH, as_of="scenario")

    assert rc.cases("swiss-vietnam-2015")[0].record.decision == "refused"
    assert str(verdict.span) == "refusal"
    assert verdict.finding("ordinance-2015-6-1-a").holds is True
    assert outcome("swiss-vietnam-2015", CH) == "refusal"


def test_the_refusal_rests_on_how_a_reason_to_believe_is_read() -> None:
    """Without its finding, if the authority has to find a reason itself, a substantial risk leaves it open."""
    case = rc.cases("swiss-vietnam-2015")[0].with_facts(Ch(reason_to_believe="unknown"))
    verdict = rc.assess(case, CH, readings={"ch-reason-to-believe": "finding"})

    assert str(verdict.span) == "authorisation..refusal"


def test_the_same_device_in_the_union_needs_no_more_than_a_licence() -> None:
    """From the Union the European acts of 2009 and 2021 ask for a licence and order no refusal."""
    for act in ("eu-428-2009", "eu-2021-821"):
        assert str(rc.assess("swiss-vietnam-2015", act, as_if_from="home").span) == "authorisation"


def test_before_the_ordinance_nothing_ordered_a_refusal() -> None:
    """Half a year earlier the same device needed a licence, and no rule could order its refusal."""
    assert outcome("swiss-bangladesh-2015", CH, dt.date(2014, 12, 31)) == "authorisation"
    assert outcome("swiss-bangladesh-2015", CH) == "refusal"


def test_the_sale_to_turkmenistan_was_before_any_list() -> None:
    """At the end of 2013 only a suspicion of weapons, of which nobody speaks, could ask for a licence."""
    verdict = rc.assess("swiss-turkmenistan-2013-14", CH, as_of="scenario")

    assert str(verdict.span) == "no_control..authorisation"
    assert verdict.open_questions == ("knowledge.exporter_suspects", "text.gco-1997-weapons")
    assert outcome("swiss-turkmenistan-2013-14", CH) == "refusal"  # A report of 2006 on the ministry.


def test_a_british_refusal_turns_on_a_clear_risk() -> None:
    """Under British law of 2022 reports on the kind of user decide; on the user alone it is open."""
    near = rc.assess("gamma-bahrain-2010-12", UK, readings={"reports": "user"})

    assert str(rc.assess("gamma-bahrain-2010-12", UK).span) == "refusal"
    assert str(near.span) == "authorisation..refusal"
    assert "uk.clear_risk_repression" in near.open_questions


def test_a_refusal_before_any_list_stays_open() -> None:
    """Of the British refusal of 2009 neither the entry nor the destination is known."""
    assert outcome("datong-refused-2009", UK) == "no_control..prohibition"


def test_american_law_asked_for_no_licence_for_belarus() -> None:
    """Deep packet inspection for Belarus met no entry in 2019; today a supplement may list it."""
    verdict = rc.assess("sandvine-belarus-2019", US_EAR, as_of="scenario")

    assert str(verdict.span) == "no_control"
    assert outcome("sandvine-belarus-2019", US_EAR) == "no_control..authorisation"


def test_no_american_rule_makes_the_authority_refuse() -> None:
    """A presumption of denial is no refusal: the strictest American outcome is a licence."""
    assert max(rule.then for rule in US_EAR.rules) == "authorisation"
