"""EU law on any day: the act in force, the sanctions and the Common Position, each within its own days."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest
from tests.support.offenders import of_each
from tests.support.shipped import shown

from regcompare import Comparison, Outcome, Scenario, Verdict, assess
from regcompare.authoring import Destination, DutyKind, EndUser, EvidenceLevel, Item, Licence
from regcompare.comparison.comparison import compare
from regcompare.ruleset.rules import NamedCase, Rule
from regcompare.scenario.expectation import Expectation
from regcompare.scenario.files import read_scenarios
from regcompare.views.document import Paragraph, plain
from regcompare.views.tables import beside_sentences, comparison_table
from regcompare_eu import (
    EU_428_2009,
    EU_2021_821,
    EU_COMMON_POSITION,
    EU_LAW,
    EU_LAW_2020,
    EU_LAW_2021,
    EU_SANCTIONS,
)
from regcompare_eu.facts import Eu
from regcompare_publish.safeguards import safeguards
from regcompare_testing.expectations import check, expectation_text

RULESETS = {
    item.id: item for item in (EU_COMMON_POSITION, EU_428_2009, EU_2021_821, EU_SANCTIONS, EU_LAW)
}
CASES = {
    case.id: case
    for file in EU_COMMON_POSITION.cases
    for case in read_scenarios(file, EU_COMMON_POSITION.vocabulary, RULESETS, ())
}
BIND = {"common-position-reach": "bind"}
EVERY_RULE = pytest.mark.parametrize("rule", EU_COMMON_POSITION.rules, ids=lambda rule: rule.id)


@EVERY_RULE
def test_firing_case_and_near_miss(rule: Rule) -> None:
    """A rule of the Common Position holds in the case that fires it, and not in its near miss."""
    named = shown(EU_COMMON_POSITION)[rule.id]
    cases = (NamedCase.read(named.fires), NamedCase.read(named.misses))
    read = EU_COMMON_POSITION.as_if_read()
    fires, misses = (
        assess(CASES[case.id], EU_COMMON_POSITION, readings={**read, **case.readings}) for case in cases
    )

    assert fires.finding(rule.id).holds is True
    assert misses.finding(rule.id).holds is False


@of_each(
    ("case", "expected"),
    [
        pytest.param(case, expected, id=f"{case.id}-{expected.ruleset}")
        for case in CASES.values()
        for expected in case.expect
    ],
)
def test_expectation(case: Scenario, expected: Expectation) -> None:
    """A case comes to what it says."""
    (result,) = check(attrs.evolve(case, expect=(expected,)), RULESETS)

    assert result.is_met, f"{expectation_text(expected)}: {result.problem}"


@pytest.mark.parametrize(
    ("case_id", "doubt", "option", "outcome", "otherwise"),
    [
        ("intelligence-clear-risk", "common-position-bodies", "forces", "no_control", "refusal"),
        ("operator-clear-risk", "common-position-bodies", "state", "refusal", "no_control"),
        ("police-clear-risk", "common-position-reach", "consider", "no_control", "refusal"),
        ("police-violations-determined", "common-position-repression", "included", "refusal", None),
        ("police-violations-determined", "common-position-repression", "apart", "no_control", None),
        ("police-reports", "common-position-reports", "user", "no_control..refusal", "refusal"),
    ],
)
def test_other_option_changes_the_outcome(
    case_id: str, doubt: str, option: str, outcome: str, otherwise: str | None
) -> None:
    """Each doubt has a case in which another option matters, where the criteria bind."""
    verdict = assess(CASES[case_id], EU_COMMON_POSITION, readings={**BIND, doubt: option})

    assert verdict.result == outcome
    assert assess(CASES[case_id], EU_COMMON_POSITION, readings=BIND).result == (
        otherwise or "no_control..refusal"
    )


def test_whether_the_criteria_bind_is_open() -> None:
    """Article 6, by which they reach dual-use items, was not read, so a refusal is not certain."""
    verdict = assess(CASES["police-clear-risk"], EU_COMMON_POSITION)

    assert verdict.result == "no_control..refusal"
    assert "reading.common-position-reach" in verdict.open_questions


def test_refusal_is_known_from_accounts_only() -> None:
    """The duty to refuse carries the mark of an account, since the text was not read."""
    verdict = assess(CASES["police-clear-risk"], EU_COMMON_POSITION, readings=BIND)

    assert (verdict.result, verdict.checked) == ("refusal", EvidenceLevel.SECONDARY)
    assert verdict.finding("criterion-two").checked is EvidenceLevel.SECONDARY


@pytest.mark.parametrize(
    ("day", "act"),
    [
        ("2009-08-27", EU_428_2009),
        ("2021-09-08", EU_428_2009),
        ("2021-09-09", EU_2021_821),
        ("2026-11-25", EU_2021_821),
    ],
)
def test_one_act_is_in_force(day: str, act: Any) -> None:
    """On each day the findings are those of the one act in force, beside sanctions and Common Position."""
    case = attrs.evolve(CASES["police-clear-risk"], date=dt.date.fromisoformat(day))
    verdict = assess(case, EU_LAW)
    acts = {finding.ruleset.id for finding in verdict.findings} & {EU_428_2009.id, EU_2021_821.id}

    assert verdict.as_of == dt.date.fromisoformat(day)
    assert acts == {act.id}


def test_before_the_first_act_it_is_not_in_force() -> None:
    """The act before that of 2009 is not encoded, so there is no EU law here before August 2009."""
    case = attrs.evolve(CASES["police-clear-risk"], date=dt.date(2009, 8, 26))

    assert assess(case, EU_LAW).in_force is False


def test_the_day_of_application_decides_the_act() -> None:
    """An application of before the switch is judged by the earlier act, by the Common Position as well."""
    case = attrs.evolve(CASES["police-clear-risk"], date=dt.date(2021, 12, 1))
    early = case.with_facts(Licence(applied_on=dt.date(2021, 9, 8)))
    verdict = assess(early, EU_LAW)

    assert {
        finding.ruleset.id
        for finding in verdict.findings
        if finding.holds is not False and finding.rule.then > Outcome.NO_CONTROL
    } == {
        EU_428_2009.id,
        EU_COMMON_POSITION.id,
    }
    assert verdict.high is Outcome.REFUSAL


@pytest.mark.parametrize(("dated", "act"), [(EU_LAW_2020, EU_428_2009), (EU_LAW_2021, EU_2021_821)])
def test_two_days_of_eu_law(dated: Any, act: Any) -> None:
    """EU law of 2020 and of 2021 are EU law at the reference date of the act of that year."""
    for case in CASES.values():
        one, other = assess(case, dated), assess(case, EU_LAW, as_of=act.reference_date)

        assert (one.span, one.in_force) == (other.span, other.in_force)


def cell_of(verdict: Verdict) -> str:
    """The cell of a verdict in a comparison, a line for each paragraph."""
    comparison = Comparison((verdict.ruleset,), ((verdict,),))
    _, cell = comparison_table(comparison).rows[0]
    return "\n".join(plain(block.line) for block in cell if isinstance(block, Paragraph))


def test_a_cell_names_the_act_where_a_column_holds_several() -> None:
    """In EU law and among the sanctions a cell names the act; in the column of one act the place is enough."""
    listed = CASES["police-no-clear-risk"]
    syria = attrs.evolve(
        listed.with_facts(
            Item(annex_i_entry="none"),
            Destination(country="SY"),
            Eu(interception_heads=["network_interception"], primarily_interception=True),
        )
    )

    assert cell_of(assess(listed, EU_LAW)).endswith("\nReg. 428/2009 Art. 3(1)")
    assert cell_of(assess(listed, EU_428_2009)) == "licence [official]\nArt. 3(1)"
    assert "Reg. 36/2012 Art. 4" in cell_of(assess(syria, EU_SANCTIONS))


def test_safeguards_are_those_of_the_day() -> None:
    """The safeguards of EU law of 2020 name the act of that day, and not its successor."""
    (_, (cell,)) = next(row for row in safeguards([EU_LAW_2020]).rows if row[0] is DutyKind.RECORDS)

    assert "Reg. 428/2009" in str(cell)
    assert "Reg. 2021/821" not in str(cell)


def test_sanctions_are_part_of_it() -> None:
    """A measure against a country is found in EU law, on the day of the facts."""
    case = CASES["police-clear-risk"].with_facts(
        Destination(country="RU"), EndUser(kind="law_enforcement")
    )
    banned = attrs.evolve(case, date=dt.date(2023, 6, 1))

    assert assess(banned, EU_LAW).low is Outcome.PROHIBITION
    assert assess(banned, EU_LAW_2020).low is Outcome.PROHIBITION


def test_the_common_position_is_mentioned_where_an_act_stands_alone() -> None:
    """A comparison of an act alone says how many cases the Common Position reaches, or may reach."""
    named = ("police-clear-risk", "police-risk-open", "company-clear-risk")
    cases = [CASES[name] for name in named]
    comparison = compare(cases, [EU_428_2009], others=[EU_COMMON_POSITION])
    (sentence,) = beside_sentences(comparison.sensitivity())

    assert sentence == (
        "Common Position 2008/944/CFSP (eu-common-position), which applies together with eu-428-2009, "
        "may apply to 2 cases."
    )
