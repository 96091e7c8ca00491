"""The proposals of 2016 and 2018: rules, doubts and marks, and that they loosen only what they say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.support.drawing import assessed, changed_cases, ends
from tests.support.offenders import of_each
from tests.support.shipped import CATALOGUE

from regcompare import Outcome, Ruleset, Scenario, Verdict, assess
from regcompare.authoring import Destination, EvidenceLevel, Item, Term, Transaction
from regcompare.law import Citation
from regcompare.logic.conditions import nodes
from regcompare.scenario.files import read_scenarios
from regcompare.testing import conformance_suite
from regcompare_eu import EU_428_2009
from regcompare_eu.com_2016_616 import COM_2016_616
from regcompare_eu.ep_2018 import EP_2018

ROOT = Path(__file__).parents[2]
PROPOSALS = {item.id: item for item in (COM_2016_616, EP_2018)}
RULESETS: Mapping[str, Ruleset] = {**PROPOSALS, EU_428_2009.id: EU_428_2009}
POWERS = {power.id for power in EU_428_2009.provisions.discretions}
CASES: Mapping[str, Mapping[str, Scenario]] = {
    proposal.id: {
        case.id: case
        for file in proposal.cases
        for case in read_scenarios(file, proposal.vocabulary, RULESETS, lambda: POWERS)
    }
    for proposal in PROPOSALS.values()
}

TestCom2016616 = conformance_suite(CATALOGUE.ruleset("com-2016-616"))
TestEp2018 = conformance_suite(CATALOGUE.ruleset("ep-2018"))

EITHER = pytest.mark.parametrize("proposal", PROPOSALS.values(), ids=lambda proposal: proposal.id)


# cases -------------------------------------------------------------------------------------------


# doubts in the texts -----------------------------------------------------------------------------

CYBER_ONLY = {"CI-6": "cyber_only"}
TESTED = {"dual-use-428-2009": "tested"}
FLIPS: Mapping[tuple[str, str], tuple[str, str, str, Mapping[str, str]]] = {
    ("com-2016-616", "CI-1"): (
        "spyware-without-potential",
        "presumed",
        "authorisation",
        CYBER_ONLY,
    ),
    ("com-2016-616", "CI-2"): (
        "interception-told-of-repression",
        "interception_too",
        "authorisation",
        CYBER_ONLY,
    ),
    ("com-2016-616", "CI-3"): (
        "forensics-told-of-repression",
        "deemed",
        "authorisation",
        CYBER_ONLY,
    ),
    ("com-2016-616", "CI-4"): (
        "monitoring-centre-for-ally",
        "all_third_countries",
        "authorisation",
        {},
    ),
    ("com-2016-616", "CI-5"): (
        "quality-probe-told-of-repression",
        "definition_too",
        "no_control",
        CYBER_ONLY,
    ),
    ("com-2016-616", "CI-6"): ("told-of-repression", "cyber_only", "no_control", {}),
    ("com-2016-616", "CI-7"): (
        "told-of-repression-no-past-use",
        "alternative",
        "authorisation",
        {},
    ),
    ("com-2016-616", "CI-10"): ("broker-told-of-repression", "separate", "no_control", {}),
    ("com-2016-616", "CI-11"): ("told-of-repression", "refuse", "refusal", {}),
    ("com-2016-616", "CI-12"): (
        "told-of-repression-reported",
        "user",
        "authorisation..refusal",
        {"CI-11": "refuse"},
    ),
    ("ep-2018", "CI-4"): ("monitoring-centre-for-ally", "all_third_countries", "authorisation", {}),
    ("ep-2018", "CI-7"): ("monitoring-told-of-unnamed-user", "alternative", "authorisation", {}),
    ("ep-2018", "CI-10"): (
        "broker-of-monitoring-told-of-violation",
        "separate",
        "no_control",
        {},
    ),
    ("ep-2018", "EI-1"): ("monitoring-told-of-violation", "covert_governs", "no_control", {}),
    ("ep-2018", "EI-2"): ("monitoring-of-consenting-people", "operator", "authorisation", {}),
    ("ep-2018", "EI-5"): ("overt-cameras-told-of-violation", "any_item", "authorisation", {}),
    ("ep-2018", "EI-6"): ("told-of-terrorism", "kept", "authorisation", {}),
    ("ep-2018", "EI-9"): ("spyware-with-a-substantial-risk", "either", "refusal", {}),
    ("ep-2018", "EI-14"): ("spyware-with-reports-on-this-user", "stated", "authorisation..refusal", {}),
    ("ep-2018", "EI-13"): (
        "spyware-with-reports-on-this-kind-of-user",
        "user",
        "authorisation..refusal",
        {"EI-9": "either"},
    ),
    ("ep-2018", "EI-12"): ("encryption-released", "mass_market", "authorisation", {}),
}
"""For each doubt a case, another reading, the outcome it leads to, and readings taken beside it."""

CHOICES = {
    "com-2016-616": {f"CI-{number}" for number in range(1, 14)},
    "ep-2018": {f"EI-{number}" for number in range(1, 15)},
}


def test_every_doubt_has_a_case() -> None:
    """Each interpretation has a case in which another reading matters."""
    declared = {
        (proposal.id, doubt.id)
        for proposal in PROPOSALS.values()
        for doubt in proposal.provisions.interpretations
    }

    assert set(FLIPS) == declared


@of_each(("proposal", "doubt"), [pytest.param(*key, id="-".join(key)) for key in FLIPS])
def test_other_reading_changes_the_outcome(proposal: str, doubt: str) -> None:
    """In its case, the other reading of a doubt leads to another outcome."""
    case_id, reading, outcome, beside = FLIPS[proposal, doubt]
    case, ruleset = CASES[proposal][case_id], PROPOSALS[proposal]

    assert assess(case, ruleset, readings={**beside, doubt: reading}).result == outcome
    assert assess(case, ruleset, readings=beside).result != outcome


@pytest.mark.parametrize(
    ("case", "expected"),
    [("spyware-told-of-repression", "authorisation"), ("told-of-repression", "no_control")],
)
def test_dual_use_takes_in_cyber_surveillance(case: str, expected: str) -> None:
    """Where dual use has to be shown, abusable cyber-surveillance technology of police use passes."""
    police_tool = CASES["com-2016-616"][case].with_facts(Item(dual_use=False))

    assert assess(police_tool, COM_2016_616, readings=TESTED).result == expected


@EITHER
def test_every_choice_is_declared(proposal: Ruleset) -> None:
    """Each choice of the note is an interpretation, or named where something is left out."""
    doubts = {item.id for item in proposal.provisions.interpretations}
    left_out = " ".join(item.what for item in proposal.provisions.not_encoded)
    declared = {name for name in CHOICES[proposal.id] if name in doubts or f"({name})" in left_out}

    assert declared == CHOICES[proposal.id]


# rows and marks ----------------------------------------------------------------------------------


def rows(proposal: Ruleset) -> set[str]:
    """The rows of the note that rules, duties, terms and omissions of a proposal cite."""
    provisions = proposal.provisions
    decided: tuple[Any, ...] = (*provisions.rules, *provisions.duties)
    cites = [item.cite for item in (*decided, *provisions.not_encoded)]
    terms = (node for node in nodes([item.when for item in decided]) if isinstance(node, Term))
    cites += [term.cite for term in terms if isinstance(term.cite, Citation)]
    return {cite.pinpoint.partition(" ")[0] for cite in cites}


def test_rows_of_the_proposal_are_complete() -> None:
    """Each of C01 to C19 is a rule, a duty, a term of one, or declared as left out."""
    assert {f"C{number:02}" for number in range(1, 20)} <= rows(COM_2016_616)


def test_rows_of_the_position_are_complete() -> None:
    """Each of E01 to E16 is a rule, a duty, a term of one, or declared as left out."""
    assert {f"E{number:02}" for number in range(1, 17)} <= rows(EP_2018)


@EITHER
def test_rows_stand_in_their_order(proposal: Ruleset) -> None:
    """What is left out follows the order of the note, and so do the rules of the proposal of 2016."""
    left_out = [item.cite.pinpoint[:3] for item in proposal.provisions.not_encoded]
    numbered = [name for name in left_out if name[1:].isdigit()]

    assert numbered == sorted(numbered)
    assert [rule.id for rule in COM_2016_616.rules] == sorted(
        (rule.id for rule in COM_2016_616.rules), key=lambda name: name[:3]
    )


def test_marks() -> None:
    """A rule carries the mark of the weakest element that decides it."""
    marks = {
        f"{proposal.id} {rule.id}": str(proposal.mark(rule))
        for proposal in PROPOSALS.values()
        for rule in proposal.rules
        if proposal.mark(rule).value != "unread"
    }

    assert marks == {
        "com-2016-616 C09": "secondary",
        "ep-2018 E10": "inferred",  # That a refusal presupposes a licence is this encoding's reading.
        "ep-2018 E13": "secondary",
        "ep-2018 E13-informed": "inferred",
        "ep-2018 E13-aware": "inferred",
        "ep-2018 E13-national-authorisation": "inferred",
        "ep-2018 E13-national-prohibition": "inferred",
        "ep-2018 E13-transfer": "inferred",
    }


@EITHER
def test_a_verdict_says_that_it_rests_on_unread_text(proposal: Ruleset) -> None:
    """Where unread rows alone decide, the mark of the verdict says so."""
    for case in CASES[proposal.id].values():
        verdict = assess(case, proposal)
        marks = {item.checked for item in verdict.deciding}

        if marks == {EvidenceLevel.UNREAD}:
            assert verdict.checked is EvidenceLevel.UNREAD


def test_a_refusal_shows_the_mark_of_the_licence_it_hangs_on() -> None:
    """Refusals hang on licences, and a refusal of one under an unread row is marked unread."""
    marks = {
        case: str(assess(CASES["ep-2018"][case], EP_2018).checked)
        for case in ("spyware-likely-to-lead-to-violations", "monitoring-told-of-violation-likely")
    }

    assert marks == {
        "spyware-likely-to-lead-to-violations": "inferred",
        "monitoring-told-of-violation-likely": "unread",
    }


# the three companies -----------------------------------------------------------------------------

REAL = {
    "morpho-shanghai-2015": ("no_control..notification", "no_control..notification"),
    "axis-guilin-2012-19": ("no_control..notification", "no_control..notification"),
    "noldus-china-2012-18": ("no_control..notification", "no_control..notification"),
    "noldus-china-2012-18-university-after-2019": ("no_control", "no_control"),
}
"""For each real case the outcomes of 2016 and of 2018, with what is known of it."""

SCENARIOS = {
    case.id: case
    for file in sorted((ROOT / "scenarios").glob("*.yaml"))
    if file.stem in ("morpho-shanghai-2015", "axis-guilin-2012-19", "noldus-china-2012-18")
    for case in read_scenarios(file, CATALOGUE.vocabulary)
}


@pytest.mark.parametrize("case", REAL)
def test_real_case(case: str) -> None:
    """No licence is needed for certain; what the exporter knew leaves a notification open."""
    given_by = [assess(SCENARIOS[case], proposal).result for proposal in PROPOSALS.values()]

    assert tuple(given_by) == REAL[case]


# what the proposals loosen -----------------------------------------------------------------------


def test_what_exemptions_lift() -> None:
    """Exemptions lift what hangs on the list of the act in force, and no catch-all."""
    licence = {"art-3-1", "art-11-1-objection"}
    listing = {"art-5-1-informed", "art-5-1-aware", "art-6-1", "art-6-2", "art-22-2", "awv-11-2"}
    general = {"eu001", "eu002", "eu003", "eu004", "eu005", "eu006", "art-9-4", "C16"}
    overridden = {
        f"{proposal.id} {rule.id}": {item.id for item in rule.overrides}
        for proposal in PROPOSALS.values()
        for rule in proposal.rules
        if rule.overrides
    }

    assert overridden == {
        "com-2016-616 C16": licence,
        "ep-2018 C16": licence,
        "ep-2018 E13": licence | listing | general,
    }


EXEMPTIONS = ("C16", "E13")


def falls_below(verdict: Verdict, law: Verdict) -> bool:
    """Whether either end of a verdict lies below the same end of another."""
    return any(own < other for own, other in zip(ends(verdict), ends(law), strict=True))


@EITHER
@given(data=st.data())
def test_never_laxer_than_the_base_except_where_exempt(proposal: Ruleset, data: st.DataObject) -> None:
    """Neither end lies below that of the act in force, unless encryption is, or may be, exempt."""
    verdict = assessed(data.draw(changed_cases(proposal, CASES[proposal.id].values())), proposal)
    law = assessed(verdict.scenario, EU_428_2009, as_of=verdict.as_of)
    assume(verdict.in_scope is True and law.in_scope is True)
    assume(all(item.holds is False for item in verdict.findings if item.rule.id in EXEMPTIONS))

    assert not falls_below(verdict, law)


@EITHER
@given(data=st.data())
def test_an_exemption_needs_a_listed_item(proposal: Ruleset, data: st.DataObject) -> None:
    """Only what Annex I of the act in force lists is exempt, so an export of it needs a licence there."""
    verdict = assessed(data.draw(changed_cases(proposal, CASES[proposal.id].values())), proposal)
    assume(verdict.in_scope is True)
    exempt = [item for item in verdict.findings if item.rule.id in EXEMPTIONS and item.holds]

    if exempt:
        assert listed_in_act(verdict) is True


def listed_in_act(verdict: Verdict) -> bool | None:
    """Whether the act lists the item of a case, as the licence for its export tells."""
    scenario = verdict.scenario.with_facts(Transaction(kind="export"), Destination(country="BR"))
    exported = assessed(scenario, EU_428_2009, as_of=verdict.as_of)
    return exported.finding("art-3-1").holds


@given(data=st.data())
def test_a_refusal_presupposes_a_licence(data: st.DataObject) -> None:
    """Parliament's refusal never holds where no rule can ask for a licence."""
    verdict = assessed(data.draw(changed_cases(EP_2018, CASES[EP_2018.id].values())), EP_2018)
    assume(verdict.in_scope is True)
    refused = [item for item in verdict.findings if item.rule.then is Outcome.REFUSAL and item.holds]
    licensing = [item for item in verdict.findings if item.rule.then is Outcome.AUTHORISATION]

    assert not refused or any(item.holds is not False for item in licensing)


@EITHER
def test_no_end_lies_below_the_base_in_any_case(proposal: Ruleset) -> None:
    """Over the cases themselves, only those in which an exemption holds fall below the act in force."""
    laxer = {}
    for case in CASES[proposal.id].values():
        verdict = assess(case, proposal)
        law = assess(case, EU_428_2009, as_of=verdict.as_of)
        if verdict.span and law.span and falls_below(verdict, law):
            laxer[case.id] = any(verdict.finding(name).holds for name in exemptions(proposal))

    assert laxer
    assert all(laxer.values()), laxer


def exemptions(proposal: Ruleset) -> list[str]:
    """The exemptions that a proposal has."""
    return [rule.id for rule in proposal.rules if rule.id in EXEMPTIONS]


@pytest.mark.thorough
@pytest.mark.parametrize("ruleset", ["ep-2018", "com-2016-616"])
def test_a_proposal_before_its_base_has_a_mark(ruleset: str) -> None:
    """A rule may ask for a doubt of the base on a day when that was not in force yet."""
    verdicts = [
        assess(case, PROPOSALS[ruleset], as_of=dt.date(2000, 1, 1)) for case in CASES[ruleset].values()
    ]

    marks = {verdict.checked for verdict in verdicts}

    assert marks
