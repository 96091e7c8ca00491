"""What the engine says when it is asked for what is not there, and how its values show themselves."""

from __future__ import annotations

import datetime as dt
import operator
from collections.abc import Callable
from typing import Any

import pytest

from regcompare.comparison.comparison import compare
from regcompare.errors import DefinitionError, UsageError, needs_extra
from regcompare.facts import UNKNOWN, MemberSet, countries
from regcompare.law import Instrument
from regcompare.logic.conditions import FALSE, TRUE, Between, all_of, any_of, evaluate
from regcompare.logic.questions import FactQuestion, Questions
from regcompare.ruleset.accepted import Accepted
from regcompare.ruleset.provisions import Provisions
from regcompare.ruleset.rules import Outcome, Rule, Span, Trigger
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.assumed import answers_to, assumed_facts
from regcompare.scenario.expectation import Expectation
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import assess
from regcompare.vocabulary import CORE, EndUser, Item, Transaction

ACT = Instrument("Toy Act", "An invented act", "nowhere, 2000")


COVERT = Rule(
    ACT["Art. 1"],
    "What is covert needs a licence.",
    when=Item.covert,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.ACT,
)


POLICE = Rule(
    ACT["Art. 2"],
    "What goes to the police of a state is forbidden.",
    when=EndUser.kind.is_in("law_enforcement") & EndUser.acts_for_state,
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.ACT,
)


TOY = Ruleset(
    "toy",
    "Toy rules",
    status="law",
    instruments=(ACT,),
    reference_date=dt.date(2020, 1, 1),
    provisions=Provisions((COVERT, POLICE)),
    covers=("export",),
)


CASE = Scenario(
    id="toy-case",
    date=dt.date(2020, 1, 1),
    item=Item(covert=True),
    transaction=Transaction(kind="export"),
    end_user=EndUser(kind="university"),
)


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (lambda: assess(CASE, TOY).finding("toy-art-1x"), "toy has no rule 'toy-art-1x'."),
        (lambda: assess(CASE, TOY, readings={"IC-1": "all"}), "toy has no doubt 'IC-1'."),
        (lambda: compare([CASE], [TOY])["toy-cases", "toy"], "'toy-case'"),
        (lambda: compare([CASE], [TOY])["toy-case", "toys"], "'toy'"),
        (
            lambda: CORE.fact("item.covertt"),
            "There is no fact 'item.covertt'. Did you mean 'item.covert'?",
        ),
        (lambda: CORE.fact("nothing.at_all"), "There is no fact 'nothing.at_all'."),
    ],
)
def test_an_unknown_name_is_refused(ask: Callable[[], object], told: str) -> None:
    """The message gives the unknown name, and the nearest known one where there is one."""
    with pytest.raises(UsageError) as refused:
        ask()

    assert told in str(refused.value)


def test_an_unknown_question_is_refused() -> None:
    """A condition that asks for no fact of the vocabulary is a mistake, not an open question."""
    with pytest.raises(DefinitionError, match=r"'nothing\.asked' is not a fact in the vocabulary"):
        answers_to(
            Questions({"nothing.asked": FactQuestion("nothing.asked")}),
            CASE,
            assumed_facts(CASE, CORE),
            {},
        )


def test_an_accepted_finding_has_a_full_reason() -> None:
    """The reason for accepting a finding of lint is a sentence."""
    with pytest.raises(DefinitionError, match="reason must be a full plain sentence, found 'because'"):
        Accepted("dead", "toy", "because")


def test_a_missing_library_is_reported_with_the_command_to_type() -> None:
    """A missing optional library gives the command that installs it, not a traceback."""
    with pytest.raises(UsageError) as refused, needs_extra("prove"):
        raise ModuleNotFoundError(name="pysat")

    assert "python -m pip install 'regcompare[prove]'" in str(refused.value)


@pytest.mark.parametrize(
    "table",
    [Item.technology.labels(), CORE.by_key, CORE.by_name, CORE.names, CORE.ordinary, countries()],
)
def test_public_tables_are_read_only(table: Any) -> None:
    """What the library lends out cannot be changed by whoever reads it."""
    with pytest.raises(AttributeError):
        table.clear()


@pytest.mark.parametrize(
    "make",
    [
        lambda: Expectation(ruleset="toy", low=Outcome.PROHIBITION),
        lambda: Expectation(ruleset="toy", low=Outcome.PROHIBITION, high=Outcome.AUTHORISATION),
        lambda: Expectation(ruleset="toy"),
    ],
)
def test_an_expectation_that_says_nothing_is_refused(make: Callable[[], Expectation]) -> None:
    """Half a span, a reversed span and an empty expectation verify nothing."""
    with pytest.raises(DefinitionError, match="The expectation for toy"):
        make()


def test_a_fact_may_be_on_either_side_of_an_operator() -> None:
    """A yes/no fact and a condition can be joined in both orders."""
    fact, other = Item.covert, EndUser.kind.is_in("university")

    assert fact & other == all_of(fact, other)
    assert other & fact == all_of(other, fact)
    assert fact | other == any_of(fact, other)
    assert other | fact == any_of(other, fact)
    assert ~~(~fact) == ~fact


@pytest.mark.parametrize("condition", [Item.covert, EndUser.kind.is_in("university")])
def test_what_states_no_condition_is_refused_on_either_side(condition: Any) -> None:
    """True is not a condition, on either side of the operator."""
    for join in (operator.and_, operator.or_):
        for sides in ((condition, True), (True, condition)):
            with pytest.raises(DefinitionError, match="True is not a condition"):
                join(*sides)


def test_a_derivation_shows_its_truth() -> None:
    """A step shows whether its condition holds, fails or is open, and which condition that is."""
    covert = all_of(Item.covert)

    assert repr(evaluate(covert, {})) == f"Derivation(None, {covert!r})"
    assert repr(evaluate(TRUE, {})) == "Derivation(True, TRUE)"


def test_empty_joins_are_the_constants() -> None:
    """A conjunction of nothing holds, and a disjunction of nothing fails."""
    assert (all_of(), any_of()) == (TRUE, FALSE)
    assert (repr(TRUE), repr(FALSE)) == ("TRUE", "FALSE")


def test_a_span_holds_outcomes_and_spans_within_it() -> None:
    """A span contains exactly what lies between its ends, ends included."""
    span = Span(Outcome.AUTHORISATION, Outcome.PROHIBITION)

    assert Outcome.PROHIBITION in span
    assert Span(Outcome.PROHIBITION, Outcome.PROHIBITION) in span
    assert Outcome.NO_CONTROL not in span
    assert Span(Outcome.NO_CONTROL, Outcome.PROHIBITION) not in span
    assert "prohibition" not in span
    assert (span.is_settled, Span(Outcome.PROHIBITION, Outcome.PROHIBITION).is_settled) == (False, True)


def test_a_set_knows_its_members() -> None:
    """A member is in a set only where that is known; open members are shown as open."""
    members = MemberSet(["wmd"], ["terrorism"])

    assert "wmd" in members
    assert "terrorism" not in members
    assert repr(members) == "{wmd; open: terrorism}"


def test_results_have_a_short_repr() -> None:
    """The repr of a result says what it is, in one line."""
    verdict = assess(CASE, TOY)
    comparison = compare([CASE], [TOY])

    assert repr(UNKNOWN) == "UNKNOWN"
    assert repr(TOY) == "<Ruleset toy: 2 rules>"
    assert repr(verdict) == f"<Verdict toy-case under toy: {verdict.result}>"
    assert repr(verdict.finding(COVERT.id)) == f"<Finding {COVERT.id}: True>"
    assert repr(comparison) == "<Comparison: 1 case under 1 ruleset>"
    assert str(ACT) == "Toy Act (nowhere, 2000)"
    assert Outcome.PROHIBITION.meaning.endswith(".")


def test_results_are_accessible_tables_in_a_notebook() -> None:
    """Tables in a notebook have a caption and headers of rows and columns."""
    html = compare([CASE], [TOY])._repr_html_()

    assert "<caption" in html
    assert 'scope="col"' in html
    assert 'scope="row"' in html


def test_a_verdict_is_explained_in_a_notebook() -> None:
    """A notebook shows what ``explain`` prints: the result, its rule and what it rests on."""
    html = assess(CASE, TOY)._repr_html_()

    assert "authorisation" in html
    assert COVERT.sentence in html
    assert "Not legal advice" in html


@pytest.mark.parametrize(
    ("first", "last", "period"),
    [
        ("2012-01-01", "2012-12-31", "2012"),
        ("2012-02-01", "2012-02-29", "2012-02"),
        ("2012-12-01", "2012-12-31", "2012-12"),
        ("2012-01-01", "2013-12-31", ""),
        ("2012-02-01", "2012-02-28", ""),
        ("2012-02-02", "2012-02-29", ""),
        ("2012-01-01", "2012-02-29", ""),
        ("2012-02-01", "2013-02-28", ""),
    ],
)
def test_a_whole_month_or_year_is_called_by_its_name(first: str, last: str, period: str) -> None:
    """Near misses: a day less at either end, two of them, the same month of another year."""
    assert Between(dt.date.fromisoformat(first), dt.date.fromisoformat(last)).period == period
