"""A choice or a country of which only is known that it is one of several."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.truths import truths_of
from tests.support.case_files import case_file

from regcompare import FileError
from regcompare.authoring import CORE, Item
from regcompare.logic.conditions import Among, evaluate
from regcompare.scenario.files import read_text
from regcompare.vocabulary.sections import TECHNOLOGIES

WORDS = st.sets(st.sampled_from(list(TECHNOLOGIES)), min_size=2, max_size=4)


def test_it_is_read_written_and_refused_where_it_stands() -> None:
    """A file gives a list of answers; one answer is that answer; a wrong one is named at its place."""
    text = (
        "id: a\ndestination: {country: {one_of: [ET, LB]}}\nitem: {technology: {one_of: [encryption]}}\n"
    )
    (case,) = read_text(text, "yaml", CORE)

    assert case.destination.country == Among({"ET", "LB"})
    assert case.item.technology == "encryption"
    assert read_text(case_file(case), "yaml", CORE) == (case,)
    with pytest.raises(FileError, match=r"1:\d+|RC207"):
        read_text("id: a\ndestination: {country: {one_of: [ET, XX]}}\n", "yaml", CORE)
    with pytest.raises(FileError):
        read_text("id: a\ndestination: {country: {one_of: []}}\n", "yaml", CORE)


@given(WORDS, WORDS)
def test_one_row_and_bitsets_agree(known: set[str], asked: set[str]) -> None:
    """It holds where all answers do, fails where none does, and is open between."""
    condition = Item.technology.is_in(*asked)  # type: ignore[arg-type]
    answers = {"item.technology": Among(known)}

    truth = evaluate(condition, answers).truth

    assert truth is (True if known <= asked else None if known & asked else False)
    assert truths_of([condition], answers) == (truth,)
