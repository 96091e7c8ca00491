"""Questions: each has its key, is made once, and says what it is about."""

from __future__ import annotations

import pickle

import pytest

from regcompare.logic.questions import (
    CodesQuestion,
    Question,
    Questions,
    parse_question,
)
from regcompare.vocabulary import EndUse, EndUser, Item

KINDS: dict[str, tuple[Question, str]] = {
    "item.covert": (Question("item.covert"), "item.covert"),
    "scenario.date": (Question("scenario.date"), "scenario.date"),
    "end_use.concerns:wmd": (Question("end_use.concerns", "wmd"), "end_use.concerns"),
    "item.annex_i_entry:5A001.f!5A001.f.3": (
        CodesQuestion("item.annex_i_entry", "5A001.f!5A001.f.3"),
        "item.annex_i_entry",
    ),
    "reading:IC-10": (Question(doubt="IC-10"), "reading.IC-10"),
    "reading:text.A01": (Question(doubt="text.A01", rule="A01"), "text.A01"),
    "discretion:art-7-1": (Question(power="art-7-1"), "discretion.art-7-1"),
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
    assert EndUser.kind.asked() is Question("end_user.kind")
    assert EndUse.concerns.asked("wmd") is Question("end_use.concerns", "wmd")
    assert Item.annex_i_entry.asked("5A001") is CodesQuestion("item.annex_i_entry", "5A001")
    assert Item.annex_i_entry.asked("5A001") is not Question("item.annex_i_entry", "5A001")


def test_names_from_outside_are_parsed() -> None:
    """The name of a column gives the question that it answers; a code counts as a listed member."""
    names = ["item.covert", "end_use.concerns:wmd", "discretion:art-7-1", "reading:IC-10", "discretion:"]

    assert [parse_question(name) for name in names] == [
        Question("item.covert"),
        Question("end_use.concerns", "wmd"),
        Question(power="art-7-1"),
        Question(doubt="IC-10"),
        Question(power=""),
    ]


def test_questions_are_found_by_fact() -> None:
    """Questions about doubts and powers, which are about no fact, stand under a blank."""
    wmd, other = (Question("end_use.concerns", member) for member in ("wmd", "terrorism"))
    power = Question(power="art-7-1")
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
