"""Two acts provision by provision: each relation against every case, each witness against an assessment."""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from itertools import product
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner
from hypothesis import given
from tests.support.case_files import case_file
from tests.support.drawing import fewer
from tests.support.shipped import CASES, CATALOGUE
from tests.support.toy_world import ACT, ATOMS, EVERY_CASE, rulesets

from regcompare import DefinitionError, Outcome, Ruleset, Scenario, UsageError, assess
from regcompare.authoring import LAW_DATE, TRUE, Condition, DatedTable, EvidenceLevel, Period, Trigger
from regcompare.cli import main
from regcompare.logic.conditions import evaluate, questions
from regcompare.ruleset.provisions import Provisions
from regcompare.ruleset.rules import Rule
from regcompare.ruleset.succession import Succession
from regcompare.scenario.assumed import answers_to, assumed_facts
from regcompare.vocabulary import CORE, dated
from regcompare_prove.correlation import Correlation, Relation, Row, correlate
from regcompare_prove.views.correlation import correlation_text
from regcompare_prove.witness import assess_regimes

OLD, NEW = CATALOGUE.ruleset("eu-428-2009"), CATALOGUE.ruleset("eu-2021-821")
FACTS = {fact.key: fact for fact in CORE.facts()}


@cache
def recast() -> Correlation:
    """The correlation of the two European acts."""
    return correlate(OLD, NEW)


def row_of(correlation: Correlation, before: str | None, after: str | None) -> Row:
    """The line of two rules, by id."""
    ids = [tuple(rule and rule.id for rule in row.rules) for row in correlation.rows]
    return correlation.rows[ids.index((before, after))]


# against every case ---------------------------------------------------------------------------------


def is_met(condition: Condition, case: Scenario) -> bool:
    """Whether a case that answers everything meets a condition."""
    asked_questions = questions([condition])
    return bool(
        evaluate(condition, answers_to(asked_questions, case, assumed_facts(case, CORE), FACTS)).truth
    )


def meeting(when: Condition, cases: list[Scenario]) -> set[int]:
    """The places of the cases that meet a condition."""
    return {place for place, case in enumerate(cases) if is_met(when, case)}


def related(before: set[int], after: set[int]) -> Relation:
    """How two sets of cases relate."""
    if before == after:
        return Relation.SAME
    if before < after:
        return Relation.WIDER
    return Relation.NARROWER if after < before else Relation.INCOMPARABLE


def as_successor(before: Ruleset, after: Ruleset) -> Ruleset:
    """The later act, whose table pairs the articles of one number."""
    places = [f"Art. {number}" for number in range(1, 5)]
    table = Succession(ACT["Annex"], before.id, tuple(zip(places, places, strict=True)))
    return attrs.evolve(after, succeeds=(table,))


@given(rulesets("before"), rulesets("after"))
@fewer(6)
def test_every_relation_is_what_every_case_shows(before: Ruleset, after: Ruleset) -> None:
    """For drawn acts, relation and exclusive cases agree with an enumeration."""
    correlation = correlate(before, as_successor(before, after))
    shared = [case for case in EVERY_CASE if all(is_met(act.scope, case) for act in (before, after))]
    cases = shared or EVERY_CASE

    for row in correlation.rows:
        earlier, later = row.rules
        if earlier is None or later is None:
            continue
        sides = meeting(earlier.when, cases), meeting(later.when, cases)
        assert row.relation is related(*sides)
        only = row.exclusive
        assert [item is not None for item in only] == [
            bool(sides[0] - sides[1]),
            bool(sides[1] - sides[0]),
        ]


@given(rulesets("before"), rulesets("after"))
@fewer(12)
def test_what_is_gone_or_new_says_whether_it_matters(before: Ruleset, after: Ruleset) -> None:
    """A case is named if and only if the other act is milder somewhere where the rule decides."""
    correlation = correlate(before, attrs.evolve(after, succeeds=(_NOTHING,)))

    for row in correlation.rows:
        place = 0 if row.before else 1
        mine, other = ((before, after), (after, before))[place]
        rule = row.rules[place]
        assert rule is not None
        assert row.relation is (Relation.GONE, Relation.NEW)[place]
        less = [case for case in EVERY_CASE if _stands(rule, mine, case) and _is_less(other, case, rule)]
        assert (row.exclusive[place] is not None) is bool(less)


_NOTHING = Succession(ACT["Annex"], "before", (("Art. 99", ""),))


def _stands(rule: Rule, act: Ruleset, case: Scenario) -> bool:
    verdict = assess(case, act)
    return any(
        finding.rule is rule and finding.holds and not finding.overridden_by
        for finding in verdict.findings
    )


def _is_less(act: Ruleset, case: Scenario, rule: Rule) -> bool:
    span = assess(case, act).span
    return span is None or span.high < rule.then


# witnesses ------------------------------------------------------------------------------------------


@pytest.mark.thorough
def test_every_witness_shows_what_it_claims(tmp_path: Path) -> None:
    """A witness of the recast loads, meets its expectations, and only its own rule holds in it."""
    correlation = recast()

    for row, place in product(correlation.rows, (0, 1)):
        witness = correlation.witnesses(row)[place]
        if witness is None:
            continue
        case = witness.scenario
        path = tmp_path / f"{case.id}.yaml"
        path.write_text(case_file(case), encoding="utf-8")
        [reread] = CATALOGUE.read(path)
        results = assess_regimes(reread, (correlation.before, correlation.after), witness.readings)
        holding = [{item.rule.id for item in verdict.holding} for verdict in results]
        mine, other = row.rules[place], row.rules[1 - place]
        assert mine is not None
        assert mine.id in holding[place]
        if other:
            assert other.id not in holding[1 - place]
        else:
            span = results[1 - place].span
            assert span is None or span.low < mine.then


# the recast of the European act ---------------------------------------------------------------------


@pytest.mark.thorough
def test_what_the_recast_did() -> None:
    """Article by article, as its Annex VI pairs them."""
    correlation = recast()

    assert row_of(correlation, "art-4-1", "art-4-1-a").relation is Relation.SAME
    parts = row_of(correlation, "art-4-3", "art-4-1-c")
    assert parts.relation is Relation.WIDER
    assert "the exporter's own Member State" in correlation_text(correlation, "json")
    assert row_of(correlation, "art-4-5", "art-4-3").relation is Relation.WIDER
    assert row_of(correlation, "art-5-1-informed", "art-6-1").relation is Relation.WIDER
    assert row_of(correlation, "art-5-2-aware", None).relation is Relation.GONE
    assert row_of(correlation, None, "art-5-1").relation is Relation.NEW
    assert row_of(correlation, "art-6-1", "art-7-1").relation is Relation.WIDER
    assert row_of(correlation, "eu001", "eu001").by_table
    assert correlation.scope is Relation.WIDER


@pytest.mark.thorough
def test_the_text_is_told_apart_from_the_lists_that_it_names() -> None:
    """National lists: the text says the same, but Germany frees one more ally; not so the catch-all."""
    correlation = recast()
    national, catch_all = (
        row_of(correlation, *ids)
        for ids in (
            ("art-8-1-authorisation", "art-9-1-authorisation"),
            ("art-4-3", "art-4-1-c"),
        )
    )

    assert (national.relation, national.text) == (Relation.NARROWER, Relation.SAME)
    assert national.lists
    assert national.lists.relation is Relation.NARROWER
    assert national.lists.names == ("destinations of general authorisations",)
    assert (catch_all.relation, catch_all.text, catch_all.lists) == (
        Relation.WIDER,
        Relation.WIDER,
        None,
    )


def test_lists_and_text_that_change_together() -> None:
    """What the text adds and what a list loses are proved apart, whatever they come to together."""
    last = dt.date(2020, 1, 2)
    row = dated.Row("list.csv", 2, {}, Period(None, last), "A list.", EvidenceLevel.TEXT)
    listed = DatedTable("the list", (row,), last).rows_that(lambda _: ATOMS[0], LAW_DATE)
    first = act("first", rule(1, listed))
    second = as_successor(first, act("second", rule(1, listed | ATOMS[1])))

    correlation = correlate(first, second, before_as_of=dt.date(2020, 1, 1), as_of=last)

    [record] = json.loads(correlation_text(correlation, "json"))["provisions"]
    assert (record["relation"], record["text"]) == ("incomparable", "wider")
    assert record["lists"] == {"relation": "narrower", "names": ["the list"]}
    assert "text: wider; lists: narrower" in correlation_text(correlation, "markdown")


@pytest.mark.thorough
def test_days_of_an_act_that_is_replaced() -> None:
    """It is read on its last day, so that earlier changes of lists do not show."""
    correlation = recast()

    assert (correlation.before.as_of, correlation.after.as_of) == (
        dt.date(2021, 9, 8),
        dt.date(2021, 9, 9),
    )


@pytest.mark.thorough
def test_two_days_of_one_ruleset() -> None:
    """The list of 15 December 2020 added forensic tools; the weapons catch-all is unchanged."""
    days = {"before_as_of": dt.date(2020, 12, 14), "as_of": dt.date(2020, 12, 15)}
    correlation = correlate(OLD, OLD, **days)  # type: ignore[arg-type]

    text = correlation_text(correlation)
    listed = row_of(correlation, "art-3-1", "art-3-1")
    assert (listed.relation, listed.text) == (Relation.WIDER, Relation.SAME)
    assert "lists: wider" in text
    assert "5A004.b" in text
    with pytest.raises(UsageError, match="compared with itself"):
        correlate(OLD, OLD)


def test_with_a_case_given_only_what_it_can_meet_is_shown() -> None:
    """For the Shanghai sale: the duty to notify of Article 5(2), and nothing else."""
    case = next(case for case in CASES if case.id == "morpho-shanghai-2015")
    correlation = correlate(OLD, NEW, given=case)

    assert [row.rules[1] and row.rules[1].id for row in correlation.rows] == ["art-5-2"]
    assert "the outcome was no licence, and is no licence to must report" in " ".join(
        correlation_text(correlation).split()
    )


def test_acts_without_a_table_are_paired_by_proof() -> None:
    """Rules that reach the same cases under another number are pairs; the others are gone or new."""
    first = act("first", rule(1, ATOMS[0]), rule(2, ATOMS[1]))
    second = act("second", rule(5, ATOMS[1]), rule(6, ATOMS[3]))

    correlation = correlate(first, second)

    pairs = {tuple(rule and rule.id for rule in row.rules): row.relation for row in correlation.rows}
    assert pairs == {
        ("art-2", "art-5"): Relation.SAME,
        ("art-1", None): Relation.GONE,
        (None, "art-6"): Relation.NEW,
    }


def test_a_text_that_nobody_read_proves_nothing() -> None:
    """The relation stays open."""
    first = act("first", rule(1, ATOMS[0]))
    second = as_successor(first, act("second", rule(1, ATOMS[0], checked=EvidenceLevel.UNREAD)))

    assert [row.relation for row in correlate(first, second).rows] == [Relation.OPEN]


def rule(number: int, when: Condition = TRUE, **options: object) -> Rule:
    """An invented rule."""
    return Rule(
        ACT[f"Art. {number}"], "An invented rule.",
        when=when, then=Outcome.AUTHORISATION, triggered_by=Trigger.ACT, **options,  # type: ignore[arg-type]
    )  # fmt: skip


def act(name: str, *rules: Rule) -> Ruleset:
    """An invented act for exports."""
    return Ruleset(
        name, name.title(), status="law", instruments=(ACT,), reference_date=dt.date(2020, 1, 1),
        covers=("export",), provisions=Provisions(rules),
    )  # fmt: skip


def test_a_table_without_lines_is_refused() -> None:
    """It would pair nothing, and hide that."""
    with pytest.raises(DefinitionError, match="needs at least one pair"):
        Succession(ACT["Annex"], "before", ())


# as printed -----------------------------------------------------------------------------------------


def test_the_command_shows_what_matters_to_a_case() -> None:
    """Only the provisions that the case can meet, with the results under each act."""
    arguments = ["correlate", "eu-428-2009", "eu-2021-821", "--given", "morpho-shanghai-2015"]

    done = CliRunner().invoke(main, [*arguments, "--format", "json"])

    data = json.loads(done.stdout)
    assert [item["relation"] for item in data["provisions"]] == ["new"]
    assert data["provisions"][0]["after"]["url"].startswith("https://eur-lex.europa.eu/")
    assert data["provisions"][0]["witnesses"][0]["results"] == ["no licence", "must report"]


@pytest.mark.thorough
@pytest.mark.parametrize("form", ["table", "markdown", "html"])
def test_every_form_names_both_provisions(form: str) -> None:
    """And the relation between them."""
    text = correlation_text(recast(), form)  # type: ignore[arg-type]

    assert "wider" in text
    assert "5(2)" in text or "art-5-2" in text
