"""The stories of the cases that ship: short, plain, and without what the law makes of them."""

from __future__ import annotations

import re

from tests.support.offenders import of_each
from tests.support.shipped import CASES, CATALOGUE

from regcompare import Scenario
from regcompare_cases import folder

TOLD = (*CASES, *CATALOGUE.teaching(), *CATALOGUE.read(folder() / "findings"))
MOST_WORDS, MOST_SENTENCES = 60, 3
SENTENCE_END = re.compile(r"[.!?](?=\s|$)")
RESULTS = re.compile(
    r"\b(licen[cs]|authoris|approv|grant|permi[ts]|allow|notif|control|bans?\b|banned|prohibit|forb[ia]d"
    r"|refus|embargo|sanction|exempt|(un)?listed)\w*",
    re.IGNORECASE,
)
"""Words that say what the law makes of a case, or what an authority made of it."""

EVERY_CASE = of_each("case", TOLD, ids=lambda case: case.id)


@EVERY_CASE
def test_each_case_is_told_in_a_few_sentences(case: Scenario) -> None:
    """A story can be read in half a minute."""
    assert case.story
    assert len(case.story.split()) <= MOST_WORDS
    assert len(SENTENCE_END.findall(case.story)) <= MOST_SENTENCES


@EVERY_CASE
def test_no_story_gives_the_answer_away(case: Scenario) -> None:
    """Whoever guesses first finds no result in the story."""
    assert [found.group() for found in RESULTS.finditer(case.story)] == []


@of_each("case", CATALOGUE.teaching(), ids=lambda case: case.id)
def test_an_invented_case_says_so(case: Scenario) -> None:
    """The story of a teaching case speaks of an invented firm."""
    assert "invented firm" in case.story


def test_no_two_cases_are_told_alike() -> None:
    """Cases that differ in one fact differ in one thing told."""
    assert len({case.story for case in TOLD}) == len(TOLD)
