"""What shipped law says where the day is not known."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest
from tests.support.case_rows import frame_rows
from tests.support.needed import needed
from tests.support.shipped import CATALOGUE

from regcompare import Scenario, UsageError, assess
from regcompare.authoring import (
    Destination,
    EndUser,
    Exporter,
    Item,
    Licence,
    Transaction,
)
from regcompare.views.gates import why
from regcompare.views.sentences import verdict_sentence


def test_nothing_known_but_an_id() -> None:
    """Without a date a proposal may be based on the law of some day, and that counts as proved."""
    needed("pysat")
    undated, dated = Scenario(id="undated"), Scenario(id="undated", date=dt.date(2015, 1, 1))
    proposal = CATALOGUE.ruleset("un-2019")

    without, within = (assess(case, proposal, as_of="scenario", exact=True) for case in (undated, dated))

    assert str(without.span) == "no_control..prohibition"
    assert within.span
    assert without.span
    assert within.span in without.span
    assert "scenario.date" in without.open_questions


def listed(date: dt.date | None) -> Scenario:
    """A listed interception system sold from Sweden to Peru, of which nine facts are known."""
    return Scenario(
        id="listed",
        date=date,
        item=Item(technology="mobile_interception", form="goods", annex_i_entry=["5A001.f.1"]),
        transaction=Transaction(kind="export", purpose="supply"),
        destination=Destination(country="PE", purchaser_country="PE"),
        exporter=Exporter(country="SE"),
        end_user=EndUser(kind="law_enforcement", country="PE"),
    )


def test_a_licence_is_not_lost_with_the_date() -> None:
    """What is settled without a date is settled in the same way with any date."""
    proposal = CATALOGUE.ruleset("amnesty")

    undated = assess(listed(None), proposal, as_of="scenario")
    dated = [
        assess(listed(day), proposal, as_of="scenario")
        for day in (dt.date(2012, 1, 1), dt.date(2022, 1, 1))
    ]

    assert undated.span
    assert not undated.span.is_settled
    assert all(verdict.span and verdict.span in undated.span for verdict in dated)


@pytest.mark.parametrize("ruleset_id", ["eu-2021-821", "eu-428-2009"])
def test_the_switch_is_open_where_the_application_is(ruleset_id: str) -> None:
    """Facts after a switch: the day of the application decides which act applies, and is asked for."""
    late = listed(dt.date(2022, 1, 1))
    act = CATALOGUE.ruleset(ruleset_id)

    verdict = assess(late, act, as_of="scenario")
    early = assess(late.with_facts(Licence(applied_on=dt.date(2021, 9, 1))), act, as_of="scenario")

    assert verdict.in_force is None
    assert "licence.applied_on" in verdict.open_questions
    assert early.in_force is (ruleset_id == "eu-428-2009")


def test_an_ordinary_transaction_is_not_applied_for_early() -> None:
    """That no earlier application was made is presumed of an ordinary transaction, and said."""
    late = attrs.evolve(listed(dt.date(2022, 1, 1)), presume="ordinary")
    before = attrs.evolve(listed(dt.date(2020, 1, 1)), presume="ordinary")
    act = CATALOGUE.ruleset("eu-2021-821")

    verdict = assess(late, act, as_of="scenario")

    assert verdict.in_force is True
    assert "licence.applied_on" in verdict.presumed
    assert "licence.applied_on" not in assess(before, act).presumed


def test_the_effects_of_a_date_are_listed() -> None:
    """The question for the date says from when the act applies and with which outcome."""
    case = attrs.evolve(listed(None), presume="ordinary")

    verdict = assess(case, CATALOGUE.ruleset("eu-2021-821"), as_of="scenario")
    (question,) = verdict.questions

    assert (str(verdict.span), verdict.in_force) == ("authorisation", None)
    assert question.name == "scenario.date"
    assert [(effect.answers[0], str(effect.span)) for effect in question.effects] == [
        ("from 2021-09-09", "authorisation")
    ]


def test_which_base_is_open_is_said() -> None:
    """A warning names the laws on which a proposal may be based."""
    verdict = assess(listed(None), CATALOGUE.ruleset("amnesty"))

    assert verdict.base is None
    assert any("eu-2021-821 or eu-428-2009" in line for line in verdict.warnings)


def test_whether_it_is_in_force_is_said_to_be_open() -> None:
    """The sentence of a verdict says before the result that the act may not be in force."""
    verdict = assess(listed(None), CATALOGUE.ruleset("eu-2021-821"), as_of="scenario")

    assert ", if it is in force, which is not known, the outcome is" in verdict_sentence(verdict)


def test_a_row_without_a_day_is_open() -> None:
    """In a table a blank date leaves open what the date decides."""
    polars = needed("polars")
    needed("pyarrow")
    from regcompare_registers.frames import assess_frame

    cases = [attrs.evolve(listed(day), presume="ordinary") for day in (None, dt.date(2015, 6, 1))]
    act, proposal = CATALOGUE.ruleset("eu-2021-821"), CATALOGUE.ruleset("amnesty")
    frame = polars.DataFrame(frame_rows(cases, CATALOGUE.vocabulary))

    rows = assess_frame(frame, [act, proposal], as_of="scenario", presume="ordinary")
    blank, dated = rows.to_pylist()

    assert (blank["eu-2021-821.in_force"], dated["eu-2021-821.in_force"]) == ("unknown", "no")
    assert (blank["amnesty.low"], dated["amnesty.low"]) == ("no_control", "authorisation")


def test_a_map_around_a_case_reads_the_law_of_that_case() -> None:
    """An application made before a switch leaves no map of the later act."""
    needed("pysat")
    from regcompare_prove.maps import possible_map

    early = listed(dt.date(2022, 1, 1)).with_facts(Licence(applied_on=dt.date(2021, 9, 1)))
    act = CATALOGUE.ruleset("eu-2021-821")

    with pytest.raises(UsageError, match="not in force on 2021-09-09 for listed"):
        possible_map([act], by=("item.covert", "end_user.kind"), given=early)


def test_a_day_before_the_act_names_the_regulation_that_applied() -> None:
    """Before 27 August 2009 Regulation 1334/2000 applied, also where the day is known to a span only."""
    act = CATALOGUE.ruleset("eu-428-2009")
    eve, first = dt.date(2009, 8, 26), dt.date(2009, 8, 27)

    def told(day: dt.date | str) -> str:
        return why(assess({"id": "deal", "date": str(day)}, act, as_of="scenario")).text

    assert "1334/2000" in told(eve)
    assert "1334/2000" in told("2008-07")
    assert "1334/2000" not in told(first)
    assert "1334/2000" in verdict_sentence(
        assess({"id": "deal", "date": str(eve)}, act, as_of="scenario")
    )
