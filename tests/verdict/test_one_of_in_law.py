"""A choice of which only is known that it is one of several, under shipped law."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.case_files import case_file
from tests.support.shipped import CASES, CATALOGUE

from regcompare import Scenario, assess
from regcompare.authoring import Destination, EndUser, Item
from regcompare.logic.conditions import Among
from regcompare.verdict.assess import assess_all
from regcompare.vocabulary.sections import TECHNOLOGIES

ACT = CATALOGUE.ruleset("eu-2021-821")


AMNESTY = CATALOGUE.ruleset("amnesty")


(MORPHO,) = (case for case in CASES if case.id == "morpho-shanghai-2015")


WORDS = st.sets(st.sampled_from(list(TECHNOLOGIES)), min_size=2, max_size=4)


def test_what_all_answers_share_is_settled() -> None:
    """Two countries outside the Union, neither embargoed: the same verdict as either alone."""
    first, second = (
        assess(MORPHO.with_facts(Destination(country=code)), AMNESTY) for code in ("ET", "LB")
    )
    either = assess(MORPHO.with_facts(Destination(country=Among({"ET", "LB"}))), AMNESTY)

    assert first.result == second.result == either.result == "prohibition"
    assert either.in_scope is True


@given(WORDS)
def test_the_span_is_that_of_the_answers(words: set[str]) -> None:
    """The span contains that of each answer, and the proved one is no wider than all of them together."""
    case = attrs.evolve(MORPHO, disputed=()).with_facts(
        Item(technology=Among(words)), EndUser(kind="law_enforcement")
    )
    alone = [
        assess(case.with_facts(Item(technology=word)), AMNESTY, exact=True).span  # type: ignore[arg-type]
        for word in sorted(words)
    ]
    spans = [span for span in alone if span]

    ahead = assess(case, AMNESTY).span
    exact = assess(case, AMNESTY, exact=True).span

    assert ahead is not None
    assert exact is not None
    assert exact.low == min(span.low for span in spans)
    assert exact.high == max(span.high for span in spans)
    assert ahead.low <= exact.low <= exact.high <= ahead.high


def test_its_question_names_only_the_remaining_answers() -> None:
    """An open question about it lists what each of the several answers would lead to, and no other."""
    case = Scenario(
        id="x",
        date=MORPHO.date,
        presume="ordinary",
        transaction=MORPHO.transaction,
        exporter=MORPHO.exporter,
        destination=Destination(country="US"),
        end_user=EndUser(kind="law_enforcement", country={"one_of": ["AE", "US"]}),
        item=Item(annex_i_entry=["5A001.f"], technology="mobile_interception"),
        knowledge=MORPHO.knowledge,
    )
    verdict = assess(case, ACT)
    questions = {question.name: question for question in verdict.questions}

    answers = {word for effect in questions["end_user.country"].effects for word in effect.answers}

    assert answers == {"AE", "US"}


@pytest.mark.thorough
def test_other_readings_of_a_case_with_one_of_are_those_of_the_case() -> None:
    """What a reading would change is worked out with what the case leaves to few answers."""
    vague = [case for case in CASES if "one_of" in case_file(case)]
    tried = 0
    for ruleset in CATALOGUE.rulesets.values():
        others = [verdict.other_readings for verdict in assess_all(vague, ruleset)]
        asked = {(other.doubt.id, other.reading) for each in others for other in each}
        for doubt, reading in sorted(asked, key=str):
            read = assess_all(vague, ruleset, readings={doubt: reading})
            for case, each, verdict in zip(vague, others, read, strict=True):
                results = [
                    item.result for item in each if (item.doubt.id, item.reading) == (doubt, reading)
                ]
                assert results in ([], [verdict.result]), (case.id, ruleset.id, doubt)
                tried += len(results)

    assert tried > 1000
