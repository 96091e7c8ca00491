"""Decision tables beside the provisions that encode them; ``REGCOMPARE_RECORD=1`` records the page anew."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from tests.recording import RECORD
from tests.shipped import CATALOGUE

from regcompare import (
    Addressee,
    Checked,
    Discretion,
    Duty,
    DutyKind,
    Exporter,
    Instrument,
    Interpretation,
    Item,
    NoDuty,
    NotEncoded,
    Outcome,
    Provisions,
    Rule,
    Ruleset,
    SetOffBy,
    Silence,
    Strength,
    Term,
)
from regcompare.errors import DefinitionError
from regcompare.show.coverage import (
    CoverageRow,
    coverage_markdown,
    coverage_problems,
    read_coverage,
)

ROOT = Path(__file__).parents[1]
FILES = {path.stem: path for path in ROOT.glob("plugins/*/src/*/coverage/*.csv")}
HEAD = "row,says,provisions,kind,why\n"

ACT = Instrument("Toy Act", "An invented act on toys", "Toy Gazette 1")
LICENCE = Rule(
    ACT["Art. 3"],
    "A watching toy needs an authorisation.",
    when=Item.designed_to_monitor_people,
    then=Outcome.AUTHORISATION,
    set_off_by=SetOffBy.CLASSIFICATION,
)
DOUBT = Interpretation(
    "toy-doubt",
    ACT["Art. 2"],
    "Do overt toys count?",
    readings={"count": "They count.", "free": "They are free."},
    default="count",
    reason="The article makes no exception.",
)
TOYS = Ruleset(
    "toys",
    "the Toy Act",
    status="law",
    instruments=(ACT,),
    reference_date=dt.date(2020, 1, 1),
    covers=("export",),
    scope=Term("maker in Norway", ACT["Art. 1"], Exporter.country.is_in("NO")),
    provisions=Provisions(
        rules=(LICENCE,),
        duties=(
            Duty(
                ACT["Art. 5"],
                "The maker must keep records.",
                kind=DutyKind.RECORDS,
                addressee=Addressee.EXPORTER,
                strength=Strength.MUST,
            ),
        ),
        interpretations=(DOUBT,),
        discretions=(
            Discretion(ACT["Art. 3"], "Has the authority banned the toy?", who=Addressee.AUTHORITY),
        ),
        not_encoded=(
            NotEncoded(ACT["Art. 9(1)"], "Penalties.", "Process."),
            NotEncoded(ACT["Art. 10"], "Fees.", "Process."),
        ),
        no_duties=(
            NoDuty(ACT["Arts 1-9"], kind=DutyKind.REMEDY),
            NoDuty(ACT["Art. 4"], kind=DutyKind.VALIDITY, says=Silence.NATIONAL_LAW),
        ),
    ),
    checked=Checked.TEXT,
)
ROWS = (
    CoverageRow("1", "Watching toys need a licence.", ("art-3", "toy-doubt"), "decision table"),
    CoverageRow("2", "Makers elsewhere.", ("scope:Art. 1",), "decision table"),
    CoverageRow(
        "3", "Other toys.", ("none",), "decision table", "No rule holds; `art-3` comes closest."
    ),
    CoverageRow("Maker: records", "Keep them.", ("art-5", "not-encoded:Art. 9(1)"), "duties"),
    CoverageRow("Public: remedy", "None.", ("no-duty:remedy", "no-duty:validity of licences"), "duties"),
)

PAGE = """\
## the Toy Act

Of 5 rows, those that stand in provisions: 3; declared as not encoded, or as silence of the text: 1; no control: 1.
The ruleset is read back in [rulesets/toys.md](rulesets/toys.md).

### the Toy Act: decision table

| Row | What it says | What stands for it |
| --- | --- | --- |
| 1 | Watching toys need a licence. | rule `art-3`; interpretation `toy-doubt`; discretion `art-3` |
| 2 | Makers elsewhere. | scope, Art. 1: “maker in Norway” |
| 3 | Other toys. | No control. No rule holds; `art-3` comes closest. |

### the Toy Act: duties

| Row | What it says | What stands for it |
| --- | --- | --- |
| Maker: records | Keep them. | duty `art-5`; not encoded, Art. 9(1): Penalties |
| Public: remedy | None. | no duty, Arts 1-9: remedy; the text is silent; no duty, Art. 4: validity of licences; the text leaves it to national law |

### the Toy Act: provisions and their rows

Of 9 provisions and omissions, 8 stand in a row.

| Provision | What it is | Rows |
| --- | --- | --- |
| Toy Act Art. 3 (`art-3`) | rule | 1; 3 (comes closest) |
| Toy Act Art. 5 (`art-5`) | duty | Maker: records |
| Toy Act Art. 2 (`toy-doubt`) | interpretation | 1 |
| Toy Act Art. 3 (`art-3`) | discretion | 1; 3 (comes closest) |
| Toy Act Art. 1: “maker in Norway” | scope | 2 |
| Toy Act Art. 9(1): Penalties | not encoded | Maker: records |
| Toy Act Arts 1-9: remedy; the text is silent | no duty | Public: remedy |
| Toy Act Art. 4: validity of licences; the text leaves it to national law | no duty | Public: remedy |

In no row:

- Toy Act Art. 10: Fees (not encoded)
"""


def in_order() -> list[Ruleset]:
    """The rulesets that have a table: laws first, then by the day on which they are read."""
    found = [CATALOGUE.ruleset(name) for name in FILES]
    return sorted(found, key=lambda item: (item.status != "law", str(item.reference_date), item.id))


# the tables of the installed rulesets -------------------------------------------------------------


@pytest.mark.parametrize("ruleset_id", sorted(FILES))
def test_every_row_and_every_provision_finds_the_other(ruleset_id: str) -> None:
    """Each row names provisions that exist, or says why not; each rule and duty stands in a row."""
    problems = coverage_problems(CATALOGUE.ruleset(ruleset_id), read_coverage(FILES[ruleset_id]))

    assert problems == []


@pytest.mark.parametrize(
    ("ruleset_id", "rows"),
    [
        (
            "eu-428-2009",
            [*map(str, range(1, 18)), "1a", "1b", "1c", "10a", *(f"EU00{n}" for n in range(1, 7))],
        ),
        (
            "eu-2021-821",
            [
                *(f"D{n}" for n in range(1, 13)),
                *(f"L{n}" for n in range(1, 5)),
                *(f"S{n}" for n in range(1, 8)),
                *(f"EU00{n}" for n in range(1, 9)),
            ],
        ),
        (
            "amnesty",
            [*(f"A{n:02}" for n in range(1, 21)), *(f"IC-{n:02}" for n in range(1, 28))],
        ),
    ],
)
def test_no_row_is_missing(ruleset_id: str, rows: list[str]) -> None:
    """The numbered rows of each decision table are all there."""
    found = {row.row for row in read_coverage(FILES[ruleset_id])}

    assert set(rows) <= found


def test_the_page_is_committed_as_it_is_generated() -> None:
    """The page of coverage is what the tables and the rulesets give."""
    page = ROOT / "docs" / "coverage.md"
    wanted = coverage_markdown((ruleset, read_coverage(FILES[ruleset.id])) for ruleset in in_order())
    if RECORD:
        page.write_text(wanted, encoding="utf-8")

    assert page.read_text(encoding="utf-8") == wanted


# the generator -----------------------------------------------------------------------------------


def test_rows_and_provisions_are_printed_in_both_directions() -> None:
    """Rows with what stands for them, then provisions with their rows, then what is in no row."""
    page = coverage_markdown([(TOYS, ROWS)])

    assert page[page.index("## the Toy Act") :].partition("\nA reading of")[0] == PAGE


def test_a_complete_table_has_no_problem() -> None:
    """A table that covers its ruleset is accepted."""
    assert coverage_problems(TOYS, ROWS) == []


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        (
            (*ROWS, CoverageRow("4", "Bears.", ("art-33",), "decision table")),
            "toys, 4: nothing is called 'art-33'. Did you mean 'art-3'?",
        ),
        (
            (*ROWS, CoverageRow("4", "Bears.", ("none", "art-3"), "decision table", "Not `art-3`.")),
            "toys, 4: it names provisions beside none; leave out one or the other.",
        ),
        (
            (*ROWS, CoverageRow("4", "Bears.", ("none",), "decision table", "Just so.")),
            "toys, 4: no control, but why names no rule that comes closest.",
        ),
        (
            (*ROWS, CoverageRow("4", "Bears.", ("none",), "decision table", "Not `art-33`.")),
            "toys, 4: nothing is called 'art-33'. Did you mean 'art-3'?",
        ),
        ((*ROWS, ROWS[0]), "toys, 1: the row is there twice."),
        (ROWS[1:], "toys, rule art-3: it stands in no row."),
        (ROWS[:3], "toys, duty art-5: it stands in no row."),
    ],
)
def test_a_gap_is_named(rows: tuple[CoverageRow, ...], problem: str) -> None:
    """A wrong name, a row without anything, a double row and a provision without a row are named."""
    assert coverage_problems(TOYS, rows) == [problem]


def test_names_with_spaces_are_quoted(tmp_path: Path) -> None:
    """A row is read with its names apart, quoted ones whole."""
    file = tmp_path / "toys.csv"
    file.write_text(HEAD + "1,Toys.,art-3 'not-encoded:Art. 9(1)',decision table,\n", encoding="utf-8")

    assert read_coverage(file) == (
        CoverageRow("1", "Toys.", ("art-3", "not-encoded:Art. 9(1)"), "decision table"),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "row,says\n1,Toys.\n",
            "toys.csv:1: the columns are row, says, provisions, kind, why, in this order; found row, says.",
        ),
        (
            "",
            "toys.csv:1: the columns are row, says, provisions, kind, why, in this order; found nothing.",
        ),
        (
            HEAD + "1,Toys.,,decision table,\n",
            "toys.csv:2: provisions missing; a row fills every column but why.",
        ),
        (
            HEAD + "1,Toys.,'not-encoded:Art. 9,decision table,\n",
            'toys.csv:2: a quote in provisions is left open; close it. Found "\'not-encoded:Art. 9".',
        ),
    ],
)
def test_a_file_that_cannot_be_read_says_where(tmp_path: Path, text: str, message: str) -> None:
    """A missing column, an empty entry and an open quote are refused with their line."""
    file = tmp_path / "toys.csv"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(DefinitionError) as caught:
        read_coverage(file)

    assert str(caught.value) == message
