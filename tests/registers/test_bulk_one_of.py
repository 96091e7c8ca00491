"""Columns of choices and countries of which only is known that it is one of several."""

from __future__ import annotations

import random

import polars as pl
import pytest
from tests.support.case_rows import frame_rows
from tests.support.shipped import CATALOGUE

from regcompare import Scenario, UsageError, assess
from regcompare.authoring import Destination
from regcompare.logic.conditions import Among
from regcompare_registers.columns import scenario_of_row
from regcompare_registers.frames import assess_frame

IDS = ("eu-2021-821", "eu-428-2009", "amnesty")
CHANCE = random.Random(3)
ANSWERS = {
    "item.technology": (
        "telecom_interception|mobile_interception", "facial_recognition | other_biometrics",
        "mobile_interception", "unknown", None,
    ),
    "item.annex_i_entry": ("?5A001.f.1; ?5D001.e", "5A001.f.1", None),
    "destination.country": ("ET|LB", "NO|US", "ET", None, "NO|FR", "ID|ID"),
    "end_user.kind": ("law_enforcement|intelligence", "private_company", None),
    "transaction.kind": ("export|electronic_export", "export", "import|export"),
    "exporter.country": ("DE", "DE|FR"),
}  # fmt: skip
ROWS = [{name: CHANCE.choice(answers) for name, answers in ANSWERS.items()} for _ in range(90)]


@pytest.mark.thorough
@pytest.mark.parametrize("presume", [None, "ordinary"])
def test_each_row_is_the_assessment_of_its_case(presume: str | None) -> None:
    """A row has the verdict of the case whose file gives the same answers with one_of."""
    rulesets = [CATALOGUE.ruleset(name) for name in IDS]

    found = assess_frame(pl.DataFrame(ROWS), rulesets, presume=presume).to_pylist()

    for row, got in zip(ROWS, found, strict=True):
        for ruleset in rulesets:
            case = scenario_of_row(row, ruleset.vocabulary, presume=presume)
            try:
                verdict = assess(case, ruleset)
            except UsageError:
                assert got["problem"]
                continue
            ends = (verdict.span.low.word, verdict.span.high.word) if verdict.span else (None, None)
            scope = {True: "yes", False: "no", None: "unknown"}[verdict.in_scope]
            told = tuple(got[f"{ruleset.id}.{part}"] for part in ("low", "high", "in_scope"))
            assert told == (*ends, scope)


def test_it_is_read_and_written_with_bars() -> None:
    """A bar stands between the answers; a case becomes such a row, and the row the case."""
    vocabulary = CATALOGUE.vocabulary
    case = Scenario(id="a").with_facts(Destination(country=Among({"LB", "ET"})))

    rows = frame_rows([case], vocabulary)

    assert rows["destination.country"] == ["ET|LB"]
    row = {"id": "a", "destination.country": "ET | LB"}
    assert scenario_of_row(row, vocabulary) == case


def test_a_wrong_answer_among_several_is_named() -> None:
    """The message names the wrong one, and says how several are written in a column."""
    frame = pl.DataFrame({"destination.country": ["ET|XX"], "transaction.kind": ["export|unknown"]})

    with pytest.raises(UsageError) as caught:
        assess_frame(frame, CATALOGUE.ruleset("eu-2021-821"))

    told = str(caught.value)
    assert "'XX' is not an answer to destination.country." in told
    assert "'unknown' is not an answer to transaction.kind." in told
    assert told.count("Where it is one of several, answers with | between them.") == 2


def test_presumptions_may_be_one_of_several() -> None:
    """What is presumed of all rows is read as a column is."""
    act = CATALOGUE.ruleset("amnesty")
    frame = pl.DataFrame({"transaction.kind": ["export"] * 2, "destination.country": [None, "US"]})

    results = assess_frame(frame, act, presumed={"destination.country": "ET|LB"})

    assert results["problem"].to_pylist() == [None, None]
