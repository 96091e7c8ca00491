"""Timelines where there is little: no tables, and rules that are in a text for a time."""

from __future__ import annotations

import datetime as dt

from tests.core.test_engine_edges import CASE, TOY
from tests.core.test_periods_and_amendments import LAW, sale

from regcompare import assess
from regcompare_elsewhere.timeline import timeline


def test_a_timeline_without_tables_has_one_state() -> None:
    """A law without dated parts has one entry, which shows day, result and ruleset."""
    law_timeline = timeline(CASE, TOY, until=dt.date(2021, 1, 1))

    assert [change.verdict.result for change in law_timeline] == [assess(CASE, TOY).result]
    assert repr(law_timeline[0]).endswith("authorisation under toy>")


def test_a_timeline_turns_on_the_days_of_a_rule() -> None:
    """The days on which a rule comes and goes are days on which the law changes an outcome."""
    changes = timeline(sale(auditable=True), LAW, until=dt.date(2026, 1, 1))

    assert [change.day for change in changes[1:]] == [dt.date(2010, 1, 1), dt.date(2020, 1, 1)]
