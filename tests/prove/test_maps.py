"""Maps of the mildest and strictest outcome, against every case one by one, and as the command prints them."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from tests.support.drawing import fewer
from tests.support.recording import RECORD
from tests.support.shipped import CATALOGUE
from tests.support.toy_world import ACT, EVERY_CASE, outcome, rulesets

from regcompare import Outcome, Ruleset, Scenario, Span, UsageError, assess
from regcompare.authoring import Item, Trigger
from regcompare.cli import main
from regcompare.facts import MemberSet
from regcompare.ruleset.provisions import Provisions
from regcompare.ruleset.rules import Rule
from regcompare_page.pictures import coverage_map
from regcompare_prove.maps import possible_map

ROOT = Path(__file__).parents[2]
EU_2020, EU_2021, AMNESTY = (
    CATALOGUE.ruleset(name) for name in ("eu-428-2009", "eu-2021-821", "amnesty")
)
CASE = str(ROOT / "scenarios" / "morpho-shanghai-2015.yaml")


# against brute force ------------------------------------------------------------------------------


def enumerated(cases: list[Scenario], ruleset: Ruleset) -> Span | None:
    """The mildest and the strictest outcome of some cases, those out of scope set aside."""
    outcomes = [end for case in cases if (end := outcome(case, ruleset)) is not None]
    return Span(min(outcomes), max(outcomes)) if outcomes else None


@given(rulesets())
@fewer(6)
def test_each_cell_holds_the_ends_of_every_case(ruleset: Ruleset) -> None:
    """The ends over a choice and a member of a set agree with an enumeration."""
    outcome_map = possible_map([ruleset], by=("item.technology", "knowledge.authority_informed"))

    spans = {(cell.down.name, cell.across.name): cell.span for cell in outcome_map.cells}
    for technology in ("facial_recognition", "encryption", "covert_listening"):
        for word, members in (("none", []), ("wmd", ["wmd"])):
            cases = [
                case
                for case in EVERY_CASE
                if case.item.technology == technology
                and case.knowledge.authority_informed == MemberSet(members)
            ]
            assert spans[technology, word] == enumerated(cases, ruleset)


@pytest.mark.thorough
def test_a_case_fixes_the_other_facts() -> None:
    """A map around a case contains its exact span where the two facts have its own answers."""
    (case,) = CATALOGUE.read(CASE)
    outcome_map = possible_map([EU_2020, EU_2021, AMNESTY], given=case)

    for ruleset in (EU_2020, EU_2021, AMNESTY):
        own_cell = next(
            cell
            for cell in outcome_map.of(ruleset.id)
            if (cell.down.name, cell.across.name) == (case.item.technology, case.end_user.kind)
        )
        assert own_cell.span == assess(case, ruleset, exact=True).span


# the answers of a map --------------------------------------------------------------------------------


def test_what_is_presumed_to_repeat_an_answer_repeats_it() -> None:
    """Where users are assumed to sit in the destination, no embargo on another country reaches them."""
    outcome_map = possible_map(
        [EU_2021], by=("destination.country", "end_user.kind"), presume=("ordinary", "surveillance")
    )
    spans = {(cell.down.name, cell.across.name): cell.span for cell in outcome_map.cells}

    (friendly,) = {down for down, _ in spans if "CH" in down.split()}
    assert spans[friendly, "law_enforcement"] == Span(Outcome.NO_CONTROL, Outcome.AUTHORISATION)


def test_countries_are_grouped_by_cell() -> None:
    """A line of countries names all that it represents; every country is in one line."""
    outcome_map = possible_map([EU_2021], by=("destination.country", "transaction.kind"))

    names = [name for answer in outcome_map.down.answers for name in answer.name.split()]
    assert len(names) == len(set(names)) > 200
    swiss = next(answer for answer in outcome_map.down.answers if "CH" in answer.name.split())
    assert "CN" not in swiss.name.split()


@pytest.mark.parametrize(
    ("fact", "first", "number"),
    [
        ("item.covert", "yes", 2),
        ("end_use.concerns", "none", 11),
        ("scenario.date", "from 1995-07-01", None),
        ("licence.status", "none_needed", 8),
        ("eu.party_flags", "none", 6),
    ],
)
def test_each_kind_of_fact_has_its_answers(fact: str, first: str, number: int | None) -> None:
    """Yes/no facts, sets, days and facts that no condition asks about all make lines."""
    outcome_map = possible_map([EU_2020], by=(fact, "end_user.kind"))

    assert outcome_map.down.answers[0].name == first
    assert number is None or len(outcome_map.down.answers) == number
    assert len(outcome_map.cells) == len(outcome_map.down.answers) * 10


def test_a_set_of_codes_has_a_line_for_each_kind_of_entry() -> None:
    """None comes first; then one entry of each cell."""
    entries = Rule(
        ACT["Art. 1"],
        "Listed items need a licence.",
        when=Item.annex_i_entry.includes_any("5A001.f"),
        then=Outcome.AUTHORISATION,
        triggered_by=Trigger.ACT,
    )
    ruleset = Ruleset(
        "toy",
        "Toy rules",
        status="law",
        instruments=(ACT,),
        reference_date=dt.date(2020, 1, 1),
        provisions=Provisions((entries,)),
        covers=("export",),
    )

    outcome_map = possible_map([ruleset], by=("item.annex_i_entry", "item.covert"))

    spans = {cell.down.name: cell.span for cell in outcome_map.cells}
    assert spans["none"] == Span(Outcome.NO_CONTROL, Outcome.NO_CONTROL)
    assert spans["5A001.f"] == Span(Outcome.AUTHORISATION, Outcome.AUTHORISATION)


def test_a_map_is_drawn() -> None:
    """The picture of coverage is drawn from a map as it is."""
    picture = coverage_map(
        possible_map([EU_2020, EU_2021], by=("item.covert", "end_user.acts_for_state"))
    )

    assert EU_2020.title in picture.alt


@pytest.mark.parametrize("command", ["map", "standards"])
def test_one_act_on_two_days_is_two_laws(command: str) -> None:
    """Each day of an act has its own sentence, cells and column."""
    days = ("2015-01-01", "2020-01-01")

    done = CliRunner().invoke(main, [command, *(f"-reu-428-2009@{day}" for day in days)])

    assert done.exit_code == 0
    assert all(f"as of {day}" in done.stdout for day in days)


# refusals --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("by", "message"),
    [
        (("item.technologie", "item.form"), "There is no fact 'item.technologie'.*'item.technology'"),
        (("item.form", "item.form"), "two different facts"),
    ],
)
def test_facts_that_make_no_map_are_refused(by: tuple[str, str], message: str) -> None:
    """An unknown fact is named with the nearest; naming one fact twice is refused."""
    with pytest.raises(UsageError, match=message):
        possible_map([EU_2020], by=by)


def test_one_fact_alone_is_refused_by_the_command() -> None:
    """A map needs lines and columns."""
    done = CliRunner().invoke(main, ["map", "--by", "item.form"])

    assert (done.exit_code, done.stderr) == (
        2,
        "--by: expected two facts, one for rows and one for columns; found 1.\n",
    )


# the command ----------------------------------------------------------------------------------------


def printed(*words: str) -> str:
    """What a command prints."""
    done = CliRunner().invoke(main, words, catch_exceptions=False)
    assert done.exit_code == 0
    return done.stdout


@pytest.mark.thorough
def test_the_map_around_a_case() -> None:
    """A sentence and a table for each regime, lines and columns that are alike together."""
    text = printed("map", CASE, "--by", "item.technology", "--by", "knowledge.authority_informed")
    file = ROOT / "tests" / "golden" / "map-morpho.txt"
    if RECORD:
        file.write_text(text, encoding="utf-8")

    assert file.read_text(encoding="utf-8") == text


@pytest.mark.thorough
def test_json_and_csv_hold_every_cell() -> None:
    """Machine forms are ungrouped: 250 cells for each of three regimes."""
    data = json.loads(printed("map", "--format", "json"))
    lines = printed("map", "--format", "csv").splitlines()

    assert len(data["cells"]) == len(lines) - 1 == 750
    assert lines[0] == "ruleset,down,across,low,high"


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_other_forms_say_the_finding_and_that_they_are_no_advice(form: str) -> None:
    """The sentence with the finding comes before each table."""
    text = printed("map", "-r", "amnesty", "--stops-at", "refusal", "--format", form)

    assert (
        "Under amnesty as of 2021-09-09, a case may be refused or banned whatever item.technology and"
        in text
    )
    assert "not legal advice" in text
