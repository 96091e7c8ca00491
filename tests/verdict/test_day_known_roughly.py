"""A day that is known to a month, a year or a span is open within it, and nowhere else."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.shipped import CASES, CATALOGUE

import regcompare as rc
from regcompare import Outcome, Scenario, assess
from regcompare.logic.conditions import Between
from regcompare.scenario.files import read_text
from regcompare.scenario.provenance import Report

LAWS = ("eu-428-2009", "eu-2021-821", "eu-sanctions", "eu-law", "amnesty")
DAYS = st.dates(dt.date(2005, 1, 1), dt.date(2026, 6, 30))


def within(case: Scenario, first: dt.date, last: dt.date) -> Scenario:
    """The case on some day between these."""
    return attrs.evolve(case, date=None, between=Between(first, last))


def ends(case: Scenario, law: str, as_of: str | None) -> tuple[Outcome | None, Outcome | None]:
    """Both ends of the result."""
    verdict = assess(case, CATALOGUE.ruleset(law), as_of=as_of)
    return verdict.low, verdict.high


@pytest.mark.parametrize("as_of", [None, "scenario"])
@given(
    case=st.sampled_from(CASES),
    law=st.sampled_from(LAWS),
    days=st.lists(DAYS, min_size=3, max_size=3, unique=True).map(sorted),
)
def test_what_holds_of_a_span_holds_on_each_of_its_days(
    as_of: str | None, case: Scenario, law: str, days: list[dt.date]
) -> None:
    """The result of any day lies between the ends of the span, which lie between those of no day."""
    first, day, last = days
    case = attrs.evolve(case, reports=())

    one = ends(attrs.evolve(case, date=day, between=None), law, as_of)
    span = ends(within(case, first, last), law, as_of)
    wide = ends(attrs.evolve(case, date=None, between=None), law, as_of)

    assert _within(one, span), (case.id, law, days)
    assert _within(span, wide), (case.id, law, days)


def _within(
    inner: tuple[Outcome | None, Outcome | None], outer: tuple[Outcome | None, Outcome | None]
) -> bool:
    if inner == (None, None) or outer == (None, None):
        return inner == (None, None)
    return bool(outer[0] <= inner[0] and inner[1] <= outer[1])  # type: ignore[operator]


def test_a_law_out_of_force_on_every_day_of_the_span_is_out_of_force() -> None:
    """In 2009 the act of 2009 may apply or not, and that of 2021 does not; in 2010 the first does."""
    (case,) = read_text("id: a\ndate: 2009\ntransaction: {kind: export}\n")
    later = within(case, dt.date(2010, 1, 1), dt.date(2010, 12, 31))

    acts = [CATALOGUE.ruleset(name) for name in ("eu-428-2009", "eu-2021-821")]
    force = [[assess(item, act, as_of="scenario").in_force for act in acts] for item in (case, later)]

    assert force == [[None, False], [True, False]]


def test_a_span_within_one_state_of_the_law_gives_the_result_of_its_days() -> None:
    """Where no day of the span changes anything, an open day opens nothing."""
    text = "id: a\ndate: {}\nitem: {{technology: facial_recognition, annex_i_entry: none}}\n"
    day, span = (read_text(text.format(date))[0] for date in ("2016-03-03", "2016-03"))

    assert ends(day, "eu-law", "scenario") == ends(span, "eu-law", "scenario")


def test_a_report_counts_if_it_is_older_than_every_day_of_the_span() -> None:
    """One of March is not certainly older than something of that year."""
    report = Report(title="A report", day="2012-03", level="user", of=("repression",))
    case = Scenario(
        id="a", reports=[report], between=Between(dt.date(2012, 1, 1), dt.date(2012, 12, 31))
    )
    after = within(case, dt.date(2012, 4, 1), dt.date(2012, 12, 31))

    assert [report.is_before(item.known_day) for item in (case, after)] == [False, True]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("2009", "2009"),
        ("2012-02", "2012-02"),
        ("{from: 2011-03, to: 2012-06}", "2011-03-01 to 2012-06-30"),
        ("{from: 2011-01, to: 2011-12}", "2011"),
        ("{from: 2011-03-05, to: 2011-03-05}", "2011-03-05"),
    ],
)
def test_a_span_is_said_as_it_is_known(written: str, words: str) -> None:
    """A year is a year, a month a month, and a span of one day that day."""
    (case,) = read_text(f"id: a\ndate: {written}\n")

    assert str(case.known_day) == words


def test_the_span_is_said_in_a_warning_and_is_part_of_the_facts() -> None:
    """Who reads a result reads how far the day is known."""
    case = Scenario(id="a", between=Between(dt.date(2009, 1, 1), dt.date(2009, 12, 31)))
    verdict = assess(case, CATALOGUE.ruleset("eu-law"), as_of="scenario")

    assert "The facts are dated only between 2009-01-01 and 2009-12-31." in verdict.warnings


def test_a_case_of_a_span_can_be_looked_for_by_a_solver() -> None:
    """What would change the answer is found within the span as on a day."""
    (case,) = read_text(
        "id: a\ndate: 2016\nitem: {technology: facial_recognition, annex_i_entry: none}\n"
        "transaction: {kind: export}\nexporter: {country: FR}\ndestination: {country: CN}\n"
    )

    found = rc.whatif(case, "amnesty", to="prohibition")

    assert "identifies one person among many" in str(found)
