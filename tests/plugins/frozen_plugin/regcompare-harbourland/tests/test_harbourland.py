"""The Harbour Act: what holds of every ruleset, and what is peculiar to this one."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings

import regcompare as rc
from regcompare.authoring import (
    CORE,
    FALSE,
    TRUE,
    UNKNOWN,
    Catalogue,
    Checked,
    Citation,
    Condition,
    DefinitionError,
    Destination,
    Diligence,
    Disputed,
    EndUse,
    EndUser,
    Expectation,
    Exporter,
    FileError,
    Finding,
    Item,
    Knowledge,
    Licence,
    MemberSet,
    National,
    Outcome,
    Parties,
    Period,
    Provisions,
    Question,
    Record,
    RegcompareError,
    Rule,
    Ruleset,
    Scenario,
    Source,
    Span,
    Term,
    Trace,
    Transaction,
    Trigger,
    UsageError,
    Verdict,
    all_of,
    countries,
    questions,
    walk,
    weakest,
)
from regcompare.testing import (
    Report,
    answers,
    check_ruleset,
    conditions,
    conformance_suite,
    drawn_scenarios,
    partial_scenarios,
    scenarios,
)
from regcompare_harbourland import HARBOURLAND, Harbour
from regcompare_harbourland.facts import VOCABULARY
from regcompare_harbourland.reform import BILL
from regcompare_harbourland.texts import ACT

TestHarbourland = conformance_suite(HARBOURLAND, examples=10)

MICROPHONES = Scenario(
    id="microphones-in-python",
    title="Microphones, written in Python",
    date=dt.date(2022, 6, 1),
    presume="ordinary",
    sources=(Source(title="Invented", date="2022"),),
    item=Item(technology="covert_listening", form="goods", annex_i_entry=[]),
    transaction=Transaction(kind="export", purpose="supply"),
    exporter=Exporter(country="IS"),
    destination=Destination(country="BR", serious_violations_likely=False),
    end_user=EndUser(kind="private_company", acts_for_state=False),
    end_use=EndUse(concerns=[]),
    knowledge=Knowledge(authority_informed=[], exporter_aware=[], exporter_suspects=[]),
    discretion={"art-2-3": False},
    licence=Licence(status="not_applied"),
    national=National(measure="none"),
    diligence=Diligence(completed=True),
    parties=Parties(),
    record=Record(decision="granted", note="Invented."),
    disputed=(Disputed(fact="item.technology", note="Invented."),),
    expect=(Expectation(ruleset="harbourland", low=Outcome.AUTHORISATION, high=Outcome.AUTHORISATION),),
    more=(Harbour(cargo=["microphone"], hidden=False, flag="BR", tariff=[]),),
)


def test_a_case_in_python_needs_a_licence() -> None:
    """A verdict has a span, findings with reasons, and open questions with effects."""
    verdict: Verdict = rc.assess(MICROPHONES, HARBOURLAND)
    finding: Finding = verdict.finding("art-1-2")

    assert (verdict.in_scope, verdict.in_force) == (True, True)
    assert verdict.result == "authorisation"
    assert verdict.span.high is Outcome.AUTHORISATION
    assert finding.holds is True
    assert finding.decides
    assert HARBOURLAND.mark(finding.rule) is Checked.TEXT


def test_what_is_not_stated_is_open() -> None:
    """Without its cargo the case is open between the ends, and says which questions decide."""
    unclear = MICROPHONES.with_facts(Harbour(cargo=UNKNOWN))
    verdict = rc.assess(unclear, HARBOURLAND)
    asked: tuple[Question, ...] = verdict.questions

    assert Span(Outcome.NO_CONTROL, Outcome.AUTHORISATION) == verdict.span
    assert "harbour.cargo" in {question.name for question in asked}
    assert all(effect.span in verdict.span for question in asked for effect in question.effects)


def test_the_doubt_about_watching_decides() -> None:
    """A camera that observes nobody is free unless every camera watches."""
    camera = MICROPHONES.with_facts(
        Item(designed_to_monitor_people=False), Harbour(cargo=MemberSet(["camera"]))
    )
    cameras = {
        reading: rc.assess(camera, HARBOURLAND, readings={"watching": reading}).finding("art-1-2").holds
        for reading in ("people", "any", "open")
    }

    assert cameras == {"people": False, "any": True, "open": None}


def test_conditions_are_walked() -> None:
    """A condition gives its truth for answers, and the questions that it asks."""
    condition: Condition = all_of(Harbour.hidden, ~Harbour.sealed) | FALSE
    trace: Trace = walk(condition, {"harbour.hidden": True})

    assert trace.truth is None
    assert walk(TRUE, {}).truth is True
    assert set(questions([condition])) == {"harbour.hidden", "harbour.sealed"}


def test_the_reform_of_the_european_act_adds_a_licence() -> None:
    """Bill 7 is a proposal, never laxer than the act, and differs for biometrics for the police."""
    case = MICROPHONES.with_facts(
        Item(technology="facial_recognition"),
        Exporter(country="FR"),
        EndUser(kind="law_enforcement", acts_for_state=True),
    )
    compared = rc.compare([case], ["eu-2021-821", BILL])

    assert BILL.status == "proposal"
    assert BILL.mark(BILL.rule("bill-1")) is Checked.INFERRED
    assert compared[case.id, BILL.id].span.low is Outcome.AUTHORISATION
    assert len(compared) == 2
    assert [gap.scenario.id for gap in compared.gaps("eu-2021-821", BILL.id, facts="filed").sure] == [case.id]
    assert bool(rc.prove(BILL, never_laxer_than="eu-2021-821"))


def test_reforms_of_the_act() -> None:
    """Each operation returns a new ruleset."""
    prohibition = Rule(
        ACT["Art. 9"],
        "No drone leaves.",
        when=Harbour.cargo.includes_any("drone"),
        then=Outcome.PROHIBITION,
        triggered_by=Trigger.ACT,
        period=Period(dt.date(2022, 1, 1), dt.date(2025, 1, 1)),
    )
    wider = HARBOURLAND.with_(prohibition, id="harbour-without-drones")
    term = Term("watching cargo", ACT["Art. 1(1)"], Harbour.hidden)

    assert wider.rule("art-9") is prohibition
    assert len(wider.without("art-9", id="again").rules) == len(HARBOURLAND.rules)
    assert [rule.id for rule in HARBOURLAND.only("art-1-2", id="one").rules] == ["art-1-2"]
    assert HARBOURLAND.amend("art-1-2", then=Outcome.NOTIFICATION, id="told").rule("art-1-2").then == (
        "notification"
    )
    assert HARBOURLAND.replace("watching cargo", term, id="hidden-cargo").made_from is HARBOURLAND
    assert BILL.on_base(HARBOURLAND, id="bill-at-home").base == (HARBOURLAND,)
    both = HARBOURLAND.combined_with(rc.regimes()["eu-sanctions"], id="both")
    assert [part.id for part in both.parts()][1:] == ["harbourland", "eu-sanctions"]


def test_what_is_wrong_is_refused() -> None:
    """Each mistake has an error of its own, all of one family."""
    with pytest.raises(AttributeError, match=r"Did you mean 'Harbour\.hidden'"):
        Harbour.hiden  # type: ignore[attr-defined]  # noqa: B018
    with pytest.raises(DefinitionError):
        Rule(ACT["Art. 9"], "No stop", when=TRUE, then=Outcome.REFUSAL, triggered_by=Trigger.ACT)
    with pytest.raises(UsageError, match="art-1-2"):
        HARBOURLAND.rule("art-1-22")
    with pytest.raises(RegcompareError):
        rc.compare("no-such-case")


def test_a_file_with_a_mistake_says_where(tmp_path: Path) -> None:
    """A misspelt answer is named with its line."""
    path = tmp_path / "wrong.yaml"
    path.write_text("id: wrong\ntitle: Wrong\nharbour: {quay: nort}\n", encoding="utf-8")

    with pytest.raises(FileError) as caught:
        rc.read(path)
    (problem,) = caught.value.problems
    assert "wrong.yaml:3" in str(problem)


def test_the_catalogue_has_the_law_its_sale_and_its_facts() -> None:
    """The law and the reform are installed; the sale joins the documented ones."""
    catalogue = Catalogue.installed()

    assert isinstance(catalogue.ruleset("harbourland"), Ruleset)
    assert "harbour-cameras-2021" in {case.id for case in catalogue.scenarios()}
    assert catalogue.problems == ()
    assert rc.regimes()["harbour-bill-7"].id == BILL.id
    assert VOCABULARY.fact("harbour.quay").question == Harbour.quay.question
    assert len(VOCABULARY.sections) == len(CORE.sections) + 1
    assert "IS" in countries()


def test_the_front_door() -> None:
    """Cases are explained, cited and checked."""
    sale = rc.cases("harbour-cameras-2021")
    cited = rc.cite(MICROPHONES, HARBOURLAND)

    assert "Harbour Act" in rc.explain(MICROPHONES, HARBOURLAND, full=True)
    assert cited.mark == "text"
    assert all(check.is_met for check in rc.check([*sale, MICROPHONES]))
    assert len(rc.compare([MICROPHONES], ["harbourland", BILL]).headline()) == 2
    assert isinstance(ACT["Art. 1(2)"], Citation)
    assert weakest([Checked.TEXT, Checked.OFFICIAL]) is Checked.OFFICIAL
    assert isinstance(HARBOURLAND.provisions, Provisions)


def test_the_report_of_the_kit() -> None:
    """Every check holds."""
    report: Report = check_ruleset(HARBOURLAND, examples=5)

    assert report.failures == ()


@settings(max_examples=5, deadline=None)
@given(whole=scenarios(HARBOURLAND), partial=partial_scenarios(HARBOURLAND))
def test_drawn_cases_have_verdicts(whole: Scenario, partial: Scenario) -> None:
    """Whatever is drawn is assessed."""
    for case in (whole, partial):
        verdict = rc.assess(case, HARBOURLAND)
        assert verdict.span is None or verdict.span.low <= verdict.span.high


@settings(max_examples=5, deadline=None)
@given(condition=conditions(VOCABULARY), hidden=answers(Harbour.hidden))
def test_drawn_conditions_are_walked(condition: Condition, hidden: bool) -> None:
    """A drawn condition has a truth."""
    assert walk(condition, {"harbour.hidden": hidden}).truth in (True, False, None)


def test_scenarios_are_drawn_by_number() -> None:
    """The same seed gives the same scenarios."""
    assert drawn_scenarios(HARBOURLAND, 3) == drawn_scenarios(HARBOURLAND, 3)
