"""Dated tables: a faulty file is refused, and a ruleset has the tables that its conditions ask."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from regcompare import DefinitionError, Outcome, Ruleset
from regcompare.authoring import LAW_DATE, DatedTable, Destination, Instrument, Trigger
from regcompare.ruleset.provisions import Provisions
from regcompare.ruleset.rules import Rule

ACT = Instrument("Toy Act", "An invented act", "nowhere, 2000")


def read(folder: Path, text: str) -> DatedTable:
    """A table from a file with this text."""
    file = folder / "lands.csv"
    file.write_text(text, encoding="utf-8")
    return DatedTable.read(file, "friendly lands", dt.date(2020, 1, 1))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "land,begin,until,source,checked\nFR,2010-01-01,,s,text\n",
            "lands.csv:1: there is no column start and there is no column end. Found: land, begin, until, "
            "source, checked. Expected start, end, source, checked, each once, and the table's own "
            "columns.",
        ),
        (
            "land,strat,end,source,checked\nFR,2010-01-01,,s,text\n",
            "and the table's own columns. Is 'strat' meant to be 'start'?",
        ),
        ("land,start,end,checked\nFR,,,text\n", "lands.csv:1: there is no column source."),
        ("land,start,end,end,source,checked\n", "lands.csv:1: the column end appears twice."),
        ("", "Found: nothing."),
        (
            "land,start,end,source,checked,note\nFR,,,s,text,old, and weak\n",
            "lands.csv:2: the row cannot be used (it has more or fewer cells than the header; quote",
        ),
        ("land,start,end,source,checked\nFR,,,s\n", "it has more or fewer cells than the head"),
    ],
)
def test_a_faulty_file_is_refused(tmp_path: Path, text: str, said: str) -> None:
    """A misspelt or missing column, or a row of another width, is named with file and line."""
    with pytest.raises(DefinitionError, match=re.escape(said)):
        read(tmp_path, text)


def test_a_byte_order_mark_is_no_part_of_a_column(tmp_path: Path) -> None:
    """A file that a spreadsheet wrote has the columns that it shows."""
    (row,) = read(tmp_path, "\ufeffland,start,end,source,checked\nFR,,,s,text\n")

    assert row["land"] == "FR"


def test_what_a_pattern_leaves_out_itself_is_left_out_once(tmp_path: Path) -> None:
    """Other rows narrow a pattern that names points, but not one that says what it leaves out."""
    rows = ("5A001", "5A001.j", "5A001!5A001.b!5A001.j", "5A001.b!5A001.b.5")
    lines = "".join(f"{pattern},2010-01-01,,s,text\n" for pattern in rows)
    table = read(tmp_path, f"pattern,start,end,source,checked\n{lines}")

    assert [table.governing(row, "pattern") for row in table] == ["5A001!5A001.j", *rows[1:]]


def test_a_wrong_column_is_told_with_the_known_ones(tmp_path: Path) -> None:
    """Whoever asks a row for a column that it lacks reads those it has, and the nearest."""
    table = read(tmp_path, "state,start,end,source,checked\nFR,,,s,text\n")
    said = re.escape(
        "lands.csv has no column 'stat'; it has state, start, end, source, checked. Did you mean 'state'?"
    )

    with pytest.raises(DefinitionError, match=said):
        table.rows_that(lambda row: Destination.country.is_in(row["stat"]), LAW_DATE)
    with pytest.raises(DefinitionError, match=said):
        table.names(Destination.country, LAW_DATE, "stat")
    with pytest.raises(DefinitionError, match=said):
        table.where(stat="FR")


# the tables of a ruleset -------------------------------------------------------------------------


def rule(table: DatedTable, place: str = "1") -> Rule:
    """A rule on the lands that a table lists."""
    return Rule(
        ACT[f"Art. {place}"],
        "What goes to a friendly land needs a licence.",
        when=table.rows_that(lambda row: Destination.country.is_in(row["land"]), LAW_DATE),
        then=Outcome.AUTHORISATION,
        triggered_by=Trigger.ACT,
    )


def regime(*rules: Rule, **more: object) -> Ruleset:
    """A proposal with these rules."""
    return Ruleset(
        "toys",
        "Toy rules",
        status="proposal",
        instruments=(ACT,),
        reference_date=dt.date(2020, 1, 1),
        provisions=Provisions(rules),
        covers=("export",),
        **more,  # type: ignore[arg-type]
    )


HEAD = "land,kind,start,end,source,checked\n"


def test_a_ruleset_has_the_tables_that_its_conditions_ask(tmp_path: Path) -> None:
    """Nothing has to be named: a table is found in the rules, as a whole where they ask some rows."""
    table = read(tmp_path, HEAD + "FR,a,,,s,text\nDE,b,,,s,text\n")

    assert regime(rule(table)).tables == (table,)
    assert regime(rule(table.where(kind="a").where(land="FR"))).tables == (table,)
    assert regime(scope=rule(table).when).tables == (table,)


def test_a_reform_has_the_tables_of_its_rules(tmp_path: Path) -> None:
    """A rule that is added brings its table along; a named table stays the first."""
    table = read(tmp_path, HEAD + "FR,a,,,s,text\n")
    other = DatedTable("others", (), dt.date(2020, 1, 1))

    assert regime(tables=(other,)).with_(rule(table)).tables == (other, table)


def test_the_table_of_a_base_stays_with_the_base(tmp_path: Path) -> None:
    """A table that the law below has is not listed twice."""
    table = read(tmp_path, HEAD + "FR,a,,,s,text\n")
    law = regime(rule(table))

    assert regime(rule(table, "2"), base=(law,)).tables == ()
    assert law.combined_with(regime(scope=rule(table).when)).tables == ()
