"""An outcome is an ordered word: never false, never a bare number."""

from __future__ import annotations

import copy
import json
import pickle

import pytest

from regcompare import Outcome, Span


def test_no_outcome_is_false() -> None:
    """Whether there is an outcome at all can be asked plainly; the weakest one is one."""
    assert all(Outcome)


def test_outcomes_compare_by_strictness() -> None:
    """With each other and with words, in their own order and not in that of the alphabet."""
    assert sorted(Outcome, reverse=True)[::-1] == list(Outcome)
    assert (min(Outcome), max(Outcome)) == (Outcome.NO_CONTROL, Outcome.PROHIBITION)
    assert Outcome.NOTIFICATION < Outcome.AUTHORISATION <= "authorisation" < Outcome.REFUSAL
    assert Span(Outcome.NO_CONTROL, Outcome.REFUSAL) < Span(Outcome.NOTIFICATION, Outcome.REFUSAL)
    assert [outcome.stricter for outcome in Outcome if outcome < max(Outcome)] == list(Outcome)[1:]


def test_an_outcome_is_its_word_in_text_and_json() -> None:
    """It prints, formats and serialises as its word, and comes back as itself."""
    data = json.dumps({"low": Outcome.NO_CONTROL})

    assert data == '{"low": "no_control"}'
    assert f"{Outcome(json.loads(data)['low'])}" == "no_control"
    assert pickle.loads(pickle.dumps(Outcome.REFUSAL)) is Outcome.REFUSAL
    assert copy.deepcopy(Outcome.REFUSAL) is Outcome.REFUSAL


def test_what_is_not_an_outcome_does_not_compare() -> None:
    """A number is refused, and a misspelt word is told with the nearest."""
    with pytest.raises(TypeError, match="3 is not an outcome"):
        _ = Outcome.REFUSAL > 3  # type: ignore[operator]
    with pytest.raises(ValueError, match="Did you mean 'authorisation'"):
        _ = Outcome.REFUSAL > "authorization"
