"""The evaluation of an act: each change changes what it says and nothing else, and the page is the command's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import attrs
import pytest
from click.testing import CliRunner
from tests.support.recording import RECORD

import regcompare as rc
from regcompare.authoring import Outcome
from regcompare.cli import main
from regcompare_elsewhere import evaluation as evaluating
from regcompare_eu.evaluation import EVALUATION

ROOT = Path(__file__).parents[2]
DAY = EVALUATION.opens
LIMBS = {limb.id: limb for limb in EVALUATION.limbs}


def case(name: str, **facts: Any) -> dict[str, Any]:
    """An export from France to Egypt of an item that no list names and that watches in secret."""
    sections: dict[str, Any] = {
        "item": {
            "technology": "ip_network_surveillance", "annex_i_entry": "none", "dual_use": "yes",
            "specially_designed": "yes", "covert": "yes", "targets_natural_persons": "yes",
            "takes_data_from_ict_systems": "yes",
        },
        "transaction": {"kind": "export"},
        "exporter": {"country": "FR"},
        "destination": {"country": "EG"},
        "end_user": {"kind": "law_enforcement", "acts_for_state": "yes"},
        "end_use": {"concerns": []},
        "knowledge": {"authority_informed": [], "exporter_aware": [], "exporter_suspects": []},
        "diligence": {"completed": "no", "finds_risk": "no"},
        "eu": {"clear_risk_repression": "no", "clear_risk_ihl": "no", "national_entry": []},
    }  # fmt: skip
    for section, answers in facts.items():
        sections[section] = {**sections[section], **answers}
    return {"id": name, "title": name, "date": "2026-09-10", "presume": "ordinary", **sections}


OVERT = {"specially_designed": "no", "covert": "no"}
LISTED = {"annex_i_entry": ["5A001.j"]}
ALLY = {"country": "US"}
RIGHTS = ["human_rights_violation"]
TOLD = {"authority_informed": ["internal_repression"]}
NONE, GENERAL, TELL = Outcome.NO_CONTROL, Outcome.GENERAL_AUTHORISATION, Outcome.NOTIFICATION
LICENCE, REFUSED = Outcome.AUTHORISATION, Outcome.REFUSAL
FIRES: list[tuple[str, dict[str, Any], dict[str, Any], Outcome, Outcome]] = [
    ("awareness", {"end_use": {"concerns": RIGHTS}}, {"end_use": {"concerns": ["wmd"]}}, NONE, TELL),
    (
        "clear-risk",
        {"item": LISTED, "eu": {"clear_risk_repression": "yes"}},
        {"item": LISTED},
        LICENCE,
        REFUSED,
    ),
    (
        "services",
        {"transaction": {"kind": "brokering"}, "knowledge": TOLD},
        {"transaction": {"kind": "brokering"}},
        NONE,
        LICENCE,
    ),
    (
        "services",
        {"transaction": {"kind": "technical_assistance"}, "knowledge": TOLD},
        {"transaction": {"kind": "technical_assistance"}, "item": OVERT, "knowledge": TOLD},
        NONE,
        LICENCE,
    ),
    (
        "recognition",
        {"item": {**OVERT, "technology": "facial_recognition"}},
        {"item": {**OVERT, "technology": "emotion_recognition"}},
        NONE,
        LICENCE,
    ),
    (
        "recognition",
        {"item": {**OVERT, "technology": "facial_recognition"}, "destination": ALLY},
        {"item": {**OVERT, "technology": "emotion_recognition"}, "destination": ALLY},
        NONE,
        GENERAL,
    ),
    (
        "general-authorisations",
        {
            "item": LISTED,
            "destination": ALLY,
            "end_use": {"concerns": RIGHTS},
            "knowledge": {"exporter_aware": RIGHTS},
        },
        {"item": LISTED, "destination": ALLY, "end_use": {"concerns": RIGHTS}},
        GENERAL,
        LICENCE,
    ),
]
"""A limb, a case that its change reaches, one that differs in one limb of it, and the outcomes."""


@pytest.mark.parametrize(("limb", "fires", "misses", "before", "after"), FIRES)
def test_a_change_changes_the_case_that_it_is_about_and_not_the_next(
    limb: str, fires: dict[str, Any], misses: dict[str, Any], before: Outcome, after: Outcome
) -> None:
    """What it says follows where it holds; where one limb is missing, the act decides as it did."""
    reform = LIMBS[limb].reform
    reached, missed = case("reached", **fires), case("missed", **misses)

    found = [rc.assess(reached, law, DAY).span for law in (EVALUATION.act, reform)]
    others = [rc.assess(missed, law, DAY).span for law in (EVALUATION.act, reform)]

    assert [(span.low, span.high) for span in found if span] == [(before, before), (after, after)]
    assert others[0] == others[1]


def test_a_broker_that_knows_must_tell() -> None:
    """As an exporter must, from its own due diligence or another source."""
    use = ["internal_repression"]
    known = case(
        "known",
        transaction={"kind": "brokering"},
        knowledge={"exporter_aware": use},
        end_use={"concerns": use},
    )

    assert rc.assess(known, EVALUATION.act, DAY).result == "no_control"
    assert rc.assess(known, LIMBS["services"].reform, DAY).result == "notification"


def test_publication_is_a_duty_and_changes_no_outcome() -> None:
    """The case has one duty more, of the authority, and the same result."""
    act, reform = EVALUATION.act, LIMBS["publication"].reform
    sold = case("sold", knowledge=TOLD)
    before, after = (rc.assess(sold, law, DAY) for law in (act, reform))

    assert before.result == after.result
    assert [duty.id for duty, _ in after.duties if duty not in act.provisions.duties] == [
        "draft-publication"
    ]
    assert set(map(str, rc.safeguards(act))) != set(map(str, rc.safeguards(reform)))


def test_what_is_added_cites_no_law_in_force() -> None:
    """A change is a proposal; its rules count as inferred, and none passes for the act."""
    for limb in EVALUATION.limbs:
        added = [item for item in limb.reform.rules if item not in EVALUATION.act.rules]
        assert limb.reform.status == "proposal"
        assert {item.cite.instrument.name for item in added} <= {"Draft"}
        assert {str(limb.reform.mark(item)) for item in added} <= {"inferred"}


def test_an_added_rule_that_cannot_hold_makes_no_gap() -> None:
    """However open a record is: exports differ in nothing from an act with a rule on brokering."""
    laws = EVALUATION.act.on(DAY), LIMBS["services"].reform.on(DAY)
    exports = [
        record for record in rc.populations()["records"]
        if all(part.transaction.kind == "export" for part in record.parts)
    ]  # fmt: skip
    count = rc.count("licence_gap", [part for record in exports for part in record.parts], *laws)

    assert len(count) > 30
    assert count.at_most == 0


# the whole ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def found() -> evaluating.EvaluationResult:
    """What the evaluation could change."""
    return rc.evaluation()


@pytest.mark.thorough
def test_every_change_is_proved_to_change_something_and_nothing_else(
    found: evaluating.EvaluationResult,
) -> None:
    """Over every possible case: where no added rule holds, both come to the same outcome."""
    for change in found:
        assert change.alone is not None
        assert change.alone.holds
        assert change.changes is not None
        assert change.changes.holds is (change.limb.asks == "")


@pytest.mark.thorough
def test_its_numbers_are_those_of_counts(found: evaluating.EvaluationResult) -> None:
    """Each is a count of documented records under the act and the act with one change."""
    for change in found:
        if change.count is not None:
            laws = EVALUATION.act.on(DAY), change.limb.reform.on(DAY)
            assert change.count.range == rc.count(change.limb.asks, "records", *laws).range
            assert change.count.number() in str(found.finding())
            assert change.row()["smallest_before"] < change.row()["smallest_after"]


@pytest.mark.thorough
def test_the_page_is_what_the_command_prints() -> None:
    """``REGCOMPARE_RECORD=1`` records it anew."""
    page = ROOT / "docs" / "explanation" / "evaluation.md"
    printed = CliRunner().invoke(main, ["evaluation", "--format", "markdown"], catch_exceptions=False)
    if RECORD:
        page.write_text(printed.stdout, encoding="utf-8")

    assert page.read_text(encoding="utf-8") == printed.stdout


@pytest.mark.thorough
def test_it_is_printed_in_dutch() -> None:
    """Every sentence of it; codes of documents stay."""
    printed = CliRunner().invoke(main, ["evaluation", "--lang", "nl", "--format", "markdown"])
    english = [text for text in EVALUATION.texts() if len(text.split()) > 4 and text in printed.stdout]

    assert printed.stdout.startswith("# Wat de evaluatie van de verordening kan veranderen")
    assert english == []


@pytest.mark.thorough
def test_without_a_solver_it_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """And says what the proofs need."""
    monkeypatch.setattr(evaluating, "find_spec", lambda name: None)

    done = CliRunner().invoke(main, ["evaluation"], catch_exceptions=False)

    assert "needs the extra 'prove'" in done.stdout
    assert "documented records" in done.stdout
    assert "proved)" not in done.stdout


@pytest.mark.thorough
def test_a_limb_is_found_by_name(found: evaluating.EvaluationResult) -> None:
    """An unknown one is refused with the nearest."""
    assert found["clear-risk"].limb is LIMBS["clear-risk"]
    with pytest.raises(rc.UsageError, match=r"Did you mean 'clear-risk'\?"):
        found["clear-risc"]


def test_rules_that_lift_one_another_only_add() -> None:
    """One that lifts a rule of the act may be laxer, and is no mere addition."""
    act, reform = EVALUATION.act, LIMBS["recognition"].reform
    overridden = act.rule("art-3-1")
    looser = act.with_(
        attrs.evolve(act.rule("eu001"), id="looser", overrides=(overridden,)), id="act-looser"
    )

    assert reform.only_adds_to(act)
    assert not looser.only_adds_to(act)
