"""What an act lets an authority license although it bans it: beside the ban, and in every sentence on it."""

from __future__ import annotations

from tests.eu.test_sanctions import CASES
from tests.support.offenders import of_each

from regcompare import Outcome, assess
from regcompare.authoring import Chapter, Instrument, Item, Ruleset, Trigger
from regcompare.ruleset.rules import Rule
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.verdict import Verdict
from regcompare.views.sentences import verdict_sentence
from regcompare.views.verdict import explain_data, explain_text
from regcompare_eu.eu_sanctions import EU_SANCTIONS

NOBODY = "no licence can exist"
BANS = [rule for rule in EU_SANCTIONS.rules if rule.then is Outcome.PROHIBITION]


def banned() -> list[Verdict]:
    """The verdicts on cases that the act bans."""
    verdicts = [assess(case, EU_SANCTIONS) for case in CASES.values()]
    return [verdict for verdict in verdicts if verdict.low is Outcome.PROHIBITION]


def overriders(ban: Rule) -> list[Rule]:
    """The rules that override a ban."""
    return [rule for rule in EU_SANCTIONS.rules if ban in rule.overrides]


def test_a_ban_without_derogation_is_overridden_by_nothing() -> None:
    """Where the text lets nobody license anything, no rule does; these bans were read on the point."""
    absolute = {rule.id: overriders(rule) for rule in BANS if rule.has_no_derogation}

    assert absolute == {
        name: []
        for name in (
            "north-korea-luxury",
            "north-korea-industrial",
            "russia-luxury-recorders",
            "russia-luxury-sights",
            "russia-luxury-household",
            "belarus-aviation",
            "belarus-aviation-help",
        )
    }


@of_each("verdict", banned, ids=lambda verdict: verdict.scenario.id)
def test_a_sentence_on_a_ban_says_who_may_license_what(verdict: Verdict) -> None:
    """It denies every licence only where a text that was read does, and else names each derogation."""
    said = verdict_sentence(verdict)
    rules = {rule for ban in verdict.deciding for rule in ban.derogations}

    assert (NOBODY in said) is any(ban.rule.has_no_derogation for ban in verdict.deciding)
    if NOBODY not in said:
        assert all(rule.cite.pinpoint in said for rule in rules)
        assert all(rule.licensed_for in said for rule in rules)
        assert ("not encoded" in said) is any(not ban.derogations for ban in verdict.deciding)


def test_an_explanation_and_the_data_say_it_too() -> None:
    """The full account has it below the ban, and the data have the sentence."""
    verdict = assess(CASES["belarus-industrial"], EU_SANCTIONS)
    data = explain_data(verdict)

    assert "The authority may license it only for medical" in explain_text(verdict, full=True)
    assert data["sentence"] == verdict_sentence(verdict)
    assert [rule["has_no_derogation"] for rule in data["rules"] if rule["decides"]] == [False]


def test_a_ban_of_an_act_that_says_nothing_more_claims_nothing() -> None:
    """Whoever encodes a bare ban has not said that nothing can be licensed."""
    act, chapter = Instrument("Act", "An Act", "Official Journal 1"), Chapter()
    chapter.rule(
        act["Art. 1"],
        "Software may not be exported.",
        when=Item.form.is_in("software"),
        then=Outcome.PROHIBITION,
        triggered_by=Trigger.ACT,
    )
    ruleset = Ruleset(
        "act",
        "The Act",
        status="law",
        instruments=(act,),
        reference_date="scenario",
        covers=("export",),
        provisions=(chapter,),
    )
    said = verdict_sentence(assess(Scenario(id="case", item=Item(form="software")), ruleset))

    assert said.endswith(
        "is prohibited (Act Art. 1); whether anybody may license an exception is not encoded."
    )
