"""Answers are read where they enter: whatever a fact does not take is refused there, and never counts."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

import regcompare as rc
from regcompare.facts import UNKNOWN, AnswerError, MemberSet
from regcompare.logic.conditions import Among
from regcompare.program.portable import portable_answer
from regcompare.scenario.scenario import Scenario

EMPTY = Scenario(id="a-case")


@pytest.mark.parametrize(
    ("key", "given", "read"),
    [
        ("item.designed_to_monitor_people", "no", False),
        ("item.designed_to_monitor_people", True, True),
        ("item.designed_to_monitor_people", "unknown", UNKNOWN),
        ("item.annex_i_entry", ["4A005"], MemberSet({"4A005"})),
        ("end_use.concerns", {"open": ["wmd"]}, MemberSet((), {"wmd"})),
        ("licence.applied_on", "2020-01-01", dt.date(2020, 1, 1)),
    ],
)
def test_an_answer_is_read_as_its_fact_says(key: str, given: Any, read: Any) -> None:
    """Whether it is stated, presumed or given when the case is made."""
    cases = (EMPTY.stating({key: given}).facts, Scenario(id="a", facts={key: given}).facts)
    presumed = Scenario(id="a", presumed={key: given}).presumed

    assert [answers[key] for answers in (*cases, presumed)] == [read] * 3


@pytest.mark.parametrize(
    ("key", "given"),
    [
        ("item.designed_to_monitor_people", "maybe"),
        ("item.designed_to_monitor_people", 1),
        ("item.annex_i_entry", "4A005"),
        ("item.annex_i_entry", [None]),
        ("licence.applied_on", "2021-02-30"),
        ("destination.country", "Germany"),
        ("exporter.name", 5),
    ],
)
def test_what_is_no_answer_is_refused(key: str, given: Any) -> None:
    """The text says what is expected."""
    with pytest.raises(AnswerError, match="Expected"):
        EMPTY.stating({key: given})


def test_a_fact_that_does_not_exist_is_refused_with_the_nearest() -> None:
    """A section of a plugin is known once a ruleset reads the case."""
    with pytest.raises(
        rc.UsageError, match=r"There is no fact 'item.covret'. Did you mean 'item.covert'"
    ):
        EMPTY.stating({"item.covret": True})


def test_the_day_of_a_case_is_read() -> None:
    """A day that does not exist is refused, and an unknown one is none."""
    days = [Scenario(id="a", date=day).date for day in ("2015-06-30", "unknown", None)]

    assert days == [dt.date(2015, 6, 30), None, None]
    with pytest.raises(AnswerError, match="Expected"):
        Scenario(id="a", date="2021-02-30")


def test_none_takes_an_answer_away() -> None:
    """Which is not the same as stating that it is unknown."""
    stated = EMPTY.stating({"item.covert": "yes"})

    assert "item.covert" not in stated.stating({"item.covert": None}).facts


@pytest.mark.parametrize(("given", "used"), [("yes", True), ("no", False), (False, False)])
def test_the_use_of_a_power_is_read(given: Any, used: bool) -> None:
    """A word counts as it says."""
    assert Scenario(id="a", discretion={"art-7-1": given}).discretion == {"art-7-1": used}


def test_the_use_of_a_power_is_yes_or_no() -> None:
    """Anything else is refused; unknown states nothing."""
    assert Scenario(id="a", discretion={"art-7-1": "unknown"}).discretion == {}
    with pytest.raises(rc.UsageError, match="'often' does not say whether art-7-1 was used"):
        Scenario(id="a", discretion={"art-7-1": "often"})


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (UNKNOWN, "unknown"),
        (True, True),
        ("goods", "goods"),
        (dt.date(2020, 1, 31), "2020-01-31"),
        (MemberSet(known=("b", "a"), open=("c",)), {"known": ["a", "b"], "open": ["c"]}),
        (Among(("b", "a")), {"one_of": ["a", "b"]}),
    ],
)
def test_an_answer_is_json_that_other_programs_read(answer: object, expected: object) -> None:
    """What is not known is said in a word; a set says what it leaves open."""
    assert portable_answer(answer) == expected
