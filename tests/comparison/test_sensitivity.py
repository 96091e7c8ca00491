"""What results depend on is data: assumptions, law beside, law changed since; no view assesses."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import sys
from typing import Any

import attrs
import pytest
from tests.support.shipped import CASES, CATALOGUE

from regcompare import Outcome, Ruleset, Scenario
from regcompare.authoring import EndUser, EvidenceLevel, Instrument, Item, Transaction, Trigger
from regcompare.comparison.classes import CLASSES
from regcompare.comparison.comparison import Comparison, compare
from regcompare.comparison.data import to_data
from regcompare.ruleset.provisions import Provisions
from regcompare.ruleset.rules import Interpretation, Rule
from regcompare.views.tables import FORMATS, comparison_text

ACT = Instrument("Toy Act", "An invented act", "nowhere, 2000")
WIDE = Interpretation(
    "T-1",
    ACT["Art. 1"],
    "Does covert cover open cameras?",
    readings={"narrow": "It does not.", "wide": "It does."},
    default="narrow",
    reason="So the word is used elsewhere.",
)
DOUBTFUL = Rule(
    ACT["Art. 1"],
    "Covert items need a licence.",
    when=WIDE.choose(narrow=Item.covert, wide=Item.designed_to_monitor_people),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.ACT,
)
UNREAD = Rule(
    ACT["Art. 2"],
    "Items for the police are banned.",
    when=EndUser.kind.is_in("law_enforcement"),
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.ACT,
    checked=EvidenceLevel.UNREAD,
)


def law(name: str, *rules: Rule, parallel_to: tuple[str, ...] = ()) -> Ruleset:
    """A small law with these rules."""
    return Ruleset(
        name,
        f"The law {name}",
        status="law",
        instruments=(ACT,),
        reference_date=dt.date(2020, 1, 1),
        provisions=Provisions(rules, interpretations=(WIDE,)),
        covers=("export",),
        parallel_to=parallel_to,
        checked=EvidenceLevel.TEXT,
    )


CAMERA = Scenario(
    id="camera",
    date=dt.date(2020, 1, 1),
    transaction=Transaction(kind="export"),
    item=Item(covert=False, designed_to_monitor_people=True),
    end_user=EndUser(kind="university"),
)


def test_a_reading_that_carries_a_result_is_reported() -> None:
    """Of the doubts that were read in one way, the reading that would lead elsewhere, and where to."""
    (carried,) = compare(CAMERA, law("toy", DOUBTFUL)).sensitivity().carried

    rests_on = carried.rests_on
    (other,) = rests_on.readings
    assert (other.doubt, other.reading, other.result) == (WIDE, "wide", "authorisation")
    assert (rests_on.presumed, rests_on.unread, rests_on.dates) == ((), (), ())


def test_a_reading_that_changes_nothing_is_not_reported() -> None:
    """An item that is covert and monitors people comes to the same under both readings."""
    covert = attrs.evolve(CAMERA, item=Item(covert=True, designed_to_monitor_people=True))

    assert compare(covert, law("toy", DOUBTFUL)).sensitivity().carried == ()


def test_unread_text_on_which_a_result_is_open_is_reported() -> None:
    """A provision that nobody read, and that would decide, is named."""
    police = attrs.evolve(CAMERA, end_user=EndUser(kind="law_enforcement"))
    (carried,) = compare(police, law("toy", UNREAD)).sensitivity().carried

    assert carried.rests_on.unread == ("art-2",)


def test_an_answer_that_a_file_presumes_is_reported() -> None:
    """A fact presumed case by case without which the result differs; once for a case."""
    presumed = attrs.evolve(CAMERA, item=Item(), presumed=[Item(covert=True)])
    sensitivity = compare(presumed, [law("toy", DOUBTFUL), law("toy-2", DOUBTFUL)]).sensitivity()

    assert sensitivity.presumed == {"camera": ("item.covert",)}
    assert [carried.rests_on.presumed for carried in sensitivity.carried] == [("item.covert",)] * 2


def test_parallel_law_is_reported_where_it_reaches_a_case() -> None:
    """A parallel law that is not compared itself, with its verdicts; one that reaches nothing is not told."""
    beside = law(
        "beside", attrs.evolve(DOUBTFUL, when=Item.designed_to_monitor_people), parallel_to=("toy",)
    )
    idle = law("idle", attrs.evolve(DOUBTFUL, when=Item.covert), parallel_to=("toy",))
    main = law("toy", UNREAD)

    (found,) = compare(CAMERA, main, others=[main, beside, idle]).sensitivity().beside

    assert (found.ruleset, found.parallel_to) == (beside, ("toy",))
    assert [verdict.result for verdict in found.reached] == ["authorisation"]
    assert found.open == ()
    assert compare(CAMERA, [main, beside], others=[main, beside]).sensitivity().beside == ()


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    """Some documented cases under two acts."""
    acts = [CATALOGUE.ruleset(name) for name in ("eu-428-2009", "eu-2021-821")]
    return compare(CASES[:12], acts, others=CATALOGUE.rulesets.values())


def complete(comparison: Comparison) -> None:
    """Works out what a comparison consists of, without any view."""
    sensitivity = comparison.sensitivity()
    parts = (sensitivity.beside, sensitivity.changed_since, sensitivity.presumed, sensitivity.carried)
    assert all(part is not None for part in parts)
    assert to_data([row.row() for row in comparison.classes()])
    assert comparison.finding()
    assert comparison.to_dicts()
    for verdict in comparison.verdicts:
        for name in ("checked", "review", "duties", "questions", "rests_on", "findings"):
            getattr(verdict, name)


def test_writing_evaluates_nothing(comparison: Comparison, monkeypatch: pytest.MonkeyPatch) -> None:
    """From complete data no table, JSON, CSV, frame or display evaluates a condition over a case."""
    complete(comparison)
    evaluations = []

    def counting(function: Any) -> Any:
        def counted(*args: Any, **options: Any) -> Any:
            evaluations.append(function.__name__)
            return function(*args, **options)

        return counted

    for name, module in list(sys.modules.items()):
        for called in ("assess_all", "reassess", "reassess_all", "derive", "evaluate", "probe"):
            if name.startswith("regcompare.") and called in vars(module):
                monkeypatch.setattr(module, called, counting(vars(module)[called]))
    for form in FORMATS:
        comparison_text(comparison, form)
    comparison.to_dicts()
    comparison._repr_html_()

    assert evaluations == []
    compare(CAMERA, law("toy", DOUBTFUL))
    assert evaluations  # What counts here is counted.


def test_json_says_what_the_table_says(comparison: Comparison) -> None:
    """Counts, classes, findings and notes stand beside the verdicts, as data."""
    data = json.loads(comparison_text(comparison, "json"))

    assert list(data) == ["counts", "classes", "findings", "notes", "verdicts"]
    assert [row["law"] for row in data["classes"]] == ["eu-428-2009", "eu-2021-821"]
    assert all(sum(row[slug] for slug in CLASSES) == row["all"] for row in data["classes"])
    assert {row["measure"] for row in data["counts"]} == {"tell", "licence", "refuse"}
    table = " ".join(comparison_text(comparison).split())
    assert data["findings"][0]["sentence"] in table
    assert list(data["notes"]) == [
        *("beside", "changed_since", "rests_on", "verified_through", "as_if_from"),
    ]
    for note in data["notes"]["beside"]:
        assert f"({note['ruleset']})" in table
    presumed = {fact for note in data["notes"]["rests_on"] for fact in note["presumed"]}
    assert presumed
    assert all(fact in table for fact in presumed)


def test_csv_says_what_each_verdict_rests_on(comparison: Comparison) -> None:
    """A row names the answers, readings and texts that carry it, and the law beside that reaches its case."""
    rows = list(csv.DictReader(io.StringIO(comparison_text(comparison, "csv"))))
    by_place = {(row["scenario"], row["ruleset"]): row for row in rows}
    sensitivity = comparison.sensitivity()

    assert len(by_place) == len(comparison.verdicts)
    for carried in sensitivity.carried:
        row = by_place[carried.scenario.id, carried.ruleset.id]
        assert row["rests_on_presumed"].split() == list(carried.rests_on.presumed)
        assert row["rests_on_unread"].split() == list(carried.rests_on.unread)
    for beside in sensitivity.beside:
        for verdict in beside.reached:
            told = by_place[verdict.scenario.id, beside.parallel_to[0]]["beside"]
            assert f"{beside.ruleset.id} ({verdict.result})" in told
