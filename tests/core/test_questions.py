"""Questions: each has its key, is made once, and says what it is about."""

from __future__ import annotations

import pickle

import pytest

from regcompare.logic.questions import (
    CodesQuestion,
    DoubtQuestion,
    FactQuestion,
    PowerQuestion,
    Question,
    Questions,
    RowQuestion,
    TextQuestion,
    parse_question,
)
from regcompare.vocabulary import EndUse, EndUser, Item

KINDS: dict[str, tuple[Question, str]] = {
    "item.covert": (FactQuestion("item.covert"), "item.covert"),
    "scenario.date": (FactQuestion("scenario.date"), "scenario.date"),
    "end_use.concerns:wmd": (FactQuestion("end_use.concerns", "wmd"), "end_use.concerns"),
    "item.annex_i_entry:5A001.f!5A001.f.3": (
        CodesQuestion("item.annex_i_entry", "5A001.f!5A001.f.3"),
        "item.annex_i_entry",
    ),
    "reading:IC-10": (DoubtQuestion("IC-10"), "reading.IC-10"),
    "reading:text.A01": (TextQuestion("text.A01"), "text.A01"),
    "reading:row.list-7": (RowQuestion("row.list-7"), "row.list-7"),
    "discretion:art-7-1": (PowerQuestion("art-7-1"), "discretion.art-7-1"),
}


@pytest.mark.parametrize("key", KINDS)
def test_a_question_has_a_key_and_a_name(key: str) -> None:
    """The key is that of answers and columns; the name is told to people."""
    question, name = KINDS[key]

    assert (question.key, question.name) == (key, name)


@pytest.mark.parametrize("question", [question for question, _ in KINDS.values()])
def test_a_question_is_made_once(question: Question) -> None:
    """One that says the same is the same object, also after pickling."""
    assert pickle.loads(pickle.dumps(question)) is question


def test_facts_make_their_questions() -> None:
    """A fact asks about itself or a member; one answered with codes about a pattern of them."""
    assert EndUser.kind.asked() is FactQuestion("end_user.kind")
    assert EndUse.concerns.asked("wmd") is FactQuestion("end_use.concerns", "wmd")
    assert Item.annex_i_entry.asked("5A001") is CodesQuestion("item.annex_i_entry", "5A001")
    assert Item.annex_i_entry.asked("5A001") is not FactQuestion("item.annex_i_entry", "5A001")


def test_names_from_outside_are_parsed() -> None:
    """The name of a column gives the question that it answers; a code counts as a listed member."""
    names = ["item.covert", "end_use.concerns:wmd", "discretion:art-7-1", "reading:IC-10", "discretion:"]

    assert [parse_question(name) for name in names] == [
        FactQuestion("item.covert"),
        FactQuestion("end_use.concerns", "wmd"),
        PowerQuestion("art-7-1"),
        DoubtQuestion("IC-10"),
        PowerQuestion(""),
    ]


def test_questions_are_found_by_fact() -> None:
    """Questions about doubts and powers, which are about no fact, stand under a blank."""
    wmd, other = (FactQuestion("end_use.concerns", member) for member in ("wmd", "terrorism"))
    power = PowerQuestion("art-7-1")
    asked = Questions((question.key, question) for question in (wmd, power, other))

    assert asked.about == {"end_use.concerns": (wmd, other), "": (power,)}


@pytest.mark.parametrize(
    ("inner", "outer", "is_within"),
    [
        ("5A001.f.1", "5A001.f", True),
        ("5A001.f!5A001.f.3", "5A001.f", True),
        ("5A001.f", "5A001.f.1", False),
        ("5A001.f", "*", True),
        ("?D", "5D001", False),
        ("/5A001.j", "/5A001", False),
    ],
)
def test_patterns_are_within_patterns(inner: str, outer: str, is_within: bool) -> None:
    """Whatever falls under one pattern falls under another, as far as their names tell."""
    one, other = (CodesQuestion("item.annex_i_entry", pattern) for pattern in (inner, outer))

    assert one.is_within(other) is is_within
