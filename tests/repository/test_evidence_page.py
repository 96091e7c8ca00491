"""The page of all evidence, for any catalogue."""

from __future__ import annotations

import datetime as dt

import attrs
from tests.support.offenders import of_each
from tests.support.shipped import CATALOGUE
from tools.evidence import VERIFIED_BY, evidence_markdown

from regcompare import Outcome, Ruleset
from regcompare.authoring import (
    Addressee,
    DatedTable,
    DutyKind,
    Evidence,
    EvidenceLevel,
    Instrument,
    Item,
    Period,
    Strength,
    Term,
    Trigger,
)
from regcompare.ruleset.provisions import Provisions
from regcompare.ruleset.rules import Duty, Interpretation, Rule
from regcompare.vocabulary.dated import Row

WEAK = (EvidenceLevel.UNREAD, EvidenceLevel.INFERRED)

ACT = Instrument("Toy Act", "An invented act on toys", "Toy Gazette 1")
TOY = Term(
    "watching toy", ACT["Art. 2"], Item.designed_to_monitor_people, checked=EvidenceLevel.INFERRED
)
SAME = Term("toy of Article 4", ACT["Art. 4"], Item.covert, checked=EvidenceLevel.UNREAD)
READ = Rule(
    ACT["Art. 3"],
    "A watching toy needs an authorisation.",
    when=TOY,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.CLASSIFICATION,
)
GUESSED = attrs.evolve(
    READ,
    cite=ACT["Art. 4"],
    sentence="A hidden toy needs one | too.",
    when=SAME,
    checked=EvidenceLevel.UNREAD,
    id="art-4",
)
DUTY = Duty(
    ACT["Art. 5"],
    "The maker must keep records.",
    kind=DutyKind.RECORDS,
    addressee=Addressee.EXPORTER,
    strength=Strength.MUST,
    checked=EvidenceLevel.INFERRED,
)
DOUBT = Interpretation(
    "toy-doubt",
    ACT["Art. 2"],
    "Do overt toys count?",
    readings={"count": "They count.", "free": "They are free."},
    default="count",
    reason="The article makes no exception.",
    checked=EvidenceLevel.UNREAD,
)


def row(line: int, country: str, mode: str, checked: EvidenceLevel, note: str) -> Row:
    """A row of an invented table."""
    values = {"mode": mode, "countries": country, "source": "Toy Act Annex", "note": note}
    return Row("lands.csv", line, values, Period(dt.date(2010, 1, 1)), "Toy Act Annex", checked)


LANDS = DatedTable(
    "friendly lands",
    (
        row(2, "NO", "in", EvidenceLevel.INFERRED, "As known."),
        row(3, "SE", "in", EvidenceLevel.TEXT, ""),
        row(4, "DK", "in", EvidenceLevel.INFERRED, "As known."),
        row(5, "IS", "in", EvidenceLevel.INFERRED, "As known."),
        row(6, "FI", "out", EvidenceLevel.UNREAD, ""),
    ),
    dt.date(2020, 12, 31),
)
TOYS = Ruleset(
    "toys",
    "the Toy Act",
    status="law",
    instruments=(ACT,),
    reference_date=dt.date(2020, 1, 1),
    covers=("export",),
    provisions=Provisions(rules=(READ, GUESSED), duties=(DUTY,), interpretations=(DOUBT,)),
    tables=(LANDS,),
    checked=Evidence(EvidenceLevel.TEXT, "02000R0001-20100101", dt.date(2020, 5, 1), "Whole."),
)
PLAN = attrs.evolve(
    TOYS, id="plan", title="the Toy Plan", status="proposal", checked=EvidenceLevel.UNREAD
)

PAGE = """\
| Group | Unread | Inferred | Secondary account | Official account | Its own text | Official text |
| --- | --- | --- | --- | --- | --- | --- |
| ruleset `toys` | 2 | 2 | 0 | 0 | 0 | 1 |
| ruleset `plan` | 3 | 2 | 0 | 0 | 0 | 0 |
| table lands.csv | 1 | 3 | 0 | 0 | 0 | 1 |

## Unread

It was not read; it is from general knowledge or a guess. A rule that is unread never decides: whether it is in the text is an open question.

### the Toy Act (`toys`)

What would verify it: The texts cited. The ruleset is read back in [rulesets/toys.md](rulesets/toys.md).

| Provision | What it says | From what |
| --- | --- | --- |
| Toy Act Art. 4 (rule `art-4`) | A hidden toy needs one \\| too. | no state recorded |
| Toy Act Art. 2 (default of `toy-doubt`) | Do overt toys count? Assumed: They count. The article makes no exception. | no state recorded |

### the Toy Plan (`plan`)

What would verify it: The texts cited. The ruleset is read back in [rulesets/plan.md](rulesets/plan.md).

Shared with `toys`, and listed there: rule `art-4` and default of `toy-doubt`.

| Provision | What it says | From what |
| --- | --- | --- |
| Toy Act Art. 3 (rule `art-3`) | A watching toy needs an authorisation. | no state recorded |

### Table lands.csv: friendly lands

What would verify it: The texts cited. 1 of 5 rows; the table as a whole was checked through 2020-12-31.

| Countries | Row | Source | From what | Note |
| --- | --- | --- | --- | --- |
| FI | mode out; line 6, from 2010-01-01 | Toy Act Annex | no state recorded | The row has no note. |

## Inferred

Inferred from the wording, or from known facts, by whoever wrote it down.

### the Toy Act (`toys`)

What would verify it: The texts cited. The ruleset is read back in [rulesets/toys.md](rulesets/toys.md).

| Provision | What it says | From what |
| --- | --- | --- |
| Toy Act Art. 5 (duty `art-5`) | The maker must keep records. | no state recorded |
| Toy Act Art. 2 (term “watching toy”) | The page of the ruleset shows the term in words. | no state recorded |

### the Toy Plan (`plan`)

What would verify it: The texts cited. The ruleset is read back in [rulesets/plan.md](rulesets/plan.md).

Shared with `toys`, and listed there: duty `art-5` and term “watching toy”.

### Table lands.csv: friendly lands

What would verify it: The texts cited. 3 of 5 rows; the table as a whole was checked through 2020-12-31.

| Countries | Row | Source | From what | Note |
| --- | --- | --- | --- | --- |
| NO, DK, IS | mode in; lines 2 and 4 to 5, from 2010-01-01 | Toy Act Annex | no state recorded | As known. |

## Secondary account

From a press release, a note, a report or a news item about the text.

## Official account

From an account by the body that made the text.

## Its own text

From the proposal's own text; no official text exists.

## Official text

Read in the text itself, or in a public copy where the record says so.

### the Toy Act (`toys`)

- 02000R0001-20100101, read on 2020-05-01 (Whole): Toy Act Art. 3

### Tables

- lands.csv, no state recorded: 1 row
"""


@of_each("ruleset_id", sorted(CATALOGUE.rulesets))
def test_nothing_weak_is_left_out(ruleset_id: str) -> None:
    """Every provision and row that is unread or inferred is on the page of its own ruleset."""
    ruleset = CATALOGUE.ruleset(ruleset_id)
    own = ruleset.provisions
    marks = [(item.id, ruleset.mark(item)) for item in own.rules]
    marks += [(item.id, ruleset.mark(item)) for item in own.duties]
    marks += [(item.id, ruleset.mark(item)) for item in own.interpretations]
    notes = [
        row.values["note"] for table in ruleset.tables for row in table if row.checked.level in WEAK
    ]

    page = evidence_markdown([ruleset])

    assert [name for name, mark in marks if mark in WEAK and f"`{name}`)" not in page] == []
    assert [note for note in notes if note not in page] == []


def test_every_group_says_what_would_verify_it() -> None:
    """Each group of the page has a sentence of its own, not the one for any group."""
    page = evidence_markdown(CATALOGUE.rulesets.values())

    assert "What would verify it: The texts cited." not in page
    assert all(sentence.endswith(".") for sentence in VERIFIED_BY.values())


def test_provisions_and_rows_are_listed_by_group() -> None:
    """Laws first; what is shared is listed once; rows that differ in one column are grouped."""
    page = evidence_markdown([PLAN, TOYS])

    assert page[page.index("| Group") :] == PAGE


def test_what_was_read_is_listed_by_document() -> None:
    """A ruleset read in the text throughout is listed there alone."""
    plain = attrs.evolve(READ, when=Item.designed_to_monitor_people)
    read = attrs.evolve(TOYS, provisions=Provisions(rules=(plain,)), tables=())

    page = evidence_markdown([read])

    assert "| ruleset `toys` | 0 | 0 | 0 | 0 | 0 | 1 |" in page
    assert page.count("### the Toy Act") == 1


def test_a_combination_of_rulesets_adds_nothing() -> None:
    """Rulesets side by side hold no provisions of their own, and are not counted again."""
    both = TOYS.combined_with(PLAN, id="both", title="both")

    assert evidence_markdown([TOYS, both]) == evidence_markdown([TOYS])
