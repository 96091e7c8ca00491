"""Registers as analysts have them: every row is found again, with its result or with the reason why not."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import polars.selectors as cs
import pyarrow.parquet as pq
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.support.drawing import fewer

from regcompare import Outcome, Ruleset, Scenario, UsageError, assess
from regcompare.authoring import (
    CORE,
    TRUE,
    Destination,
    EndUse,
    EndUser,
    Instrument,
    Item,
    Transaction,
    Trigger,
)
from regcompare.ruleset.provisions import Provisions
from regcompare.ruleset.rules import Rule
from regcompare_registers import _csv
from regcompare_registers.columns import scenario_of_row
from regcompare_registers.screen import bad_rows_file, screen
from regcompare_registers.summary import Summary

ACT = Instrument("Act", "An invented act", "nowhere")


def rule(name: str, when: Any, then: Outcome) -> Rule:
    """Returns a rule of the invented act."""
    return Rule(ACT[name], "A rule.", when=when, then=then, triggered_by=Trigger.ACT, id=name)


LAW = Ruleset(
    "law",
    "An invented law",
    status="law",
    instruments=(ACT,),
    reference_date=dt.date(2020, 1, 1),
    provisions=Provisions(
        (
            rule("listed", Item.annex_i_entry.includes_any("5A001", "5E002"), Outcome.AUTHORISATION),
            rule(
                "police",
                Destination.country.is_in("CN", "NO", "NA") & EndUser.kind.is_in("law_enforcement"),
                Outcome.PROHIBITION,
            ),
            rule("weapons", EndUse.concerns.includes_any("wmd"), Outcome.PROHIBITION),
            rule("made-for-it", Item.designed_to_monitor_people, Outcome.NOTIFICATION),
        )
    ),
    covers=("export",),
    scope=TRUE,
    vocabulary=CORE,
)
WHOLE = "transaction.kind,item.annex_i_entry,destination.country,end_user.kind,end_use.concerns"
PARTS = (
    "low", "high", "class", "needs_licence", "must_be_refused", "in_scope", "in_force", "holds", "open",
)  # fmt: skip
RESULTS = [f"law.{part}" for part in PARTS]


def screened(
    folder: Path, text: str | bytes, *, to: str = "out.csv", name: str = "in.csv", **options: Any
) -> Summary:
    """Screens a text as a file."""
    source = folder / name
    source.write_bytes(text if isinstance(text, bytes) else text.encode())
    return screen(str(source), str(folder / to), [LAW], CORE, **options)


def rows_of(path: Path) -> list[dict[str, str]]:
    """Returns the rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def bad_of(folder: Path, to: str = "out.csv") -> list[dict[str, str]]:
    """Returns the rows of the side file."""
    return rows_of(bad_rows_file(str(folder / to)))


def reasons(folder: Path) -> str:
    """Returns all reasons of the side file."""
    return " ".join(row["reason"] for row in bad_of(folder))


def refusal(folder: Path, text: str | bytes, **options: Any) -> str:
    """What is said where a table cannot be used at all; nothing may be left behind then."""
    before = {path.name for path in folder.iterdir()}
    with pytest.raises(UsageError) as caught:
        screened(folder, text, **options)
    assert {path.name for path in folder.iterdir()} - before <= {"in.csv", options.get("name", "in.csv")}
    return str(caught.value).replace(f"{folder}/", "")


class TestResults:
    def test_each_row_has_the_result_of_plain_assessment(self, tmp_path: Path) -> None:
        """What stands in a row is what ``assess`` without look-ahead says of the same facts."""
        answers: Mapping[str, Sequence[str]] = {
            "transaction.kind": ("export", "import", ""),
            "item.annex_i_entry": ("none", "5E002", "?5A001.f.1", ""),
            "destination.country": ("NO", "DE", "unknown"),
            "end_user.kind": ("law_enforcement", ""),
            "end_use.concerns": ("none", "wmd", "?wmd; terrorism", ""),
            "item.designed_to_monitor_people": ("YES", "no"),
        }
        rows = list(_crossed(answers))
        text = "\n".join([",".join(answers), *(",".join(row.values()) for row in rows)])

        summary = screened(tmp_path, text)

        got = rows_of(tmp_path / "out.csv")
        assert (summary.read, summary.written, summary.bad) == (len(rows), len(rows), 0)
        for row, line in zip(rows, got, strict=True):
            verdict = assess(scenario_of_row(row, CORE), LAW)
            ends = (verdict.span.low.word, verdict.span.high.word) if verdict.span else ("", "")
            scope = {True: "yes", False: "no", None: "unknown"}[verdict.in_scope]
            assert (line["law.low"], line["law.high"], line["law.in_scope"]) == (*ends, scope)

    def test_columns_keep_their_order_and_results_follow(self, tmp_path: Path) -> None:
        """Columns that are no facts are carried through, values and order as they were."""
        screened(tmp_path, "Ref no.,transaction.kind,Anmerkung\n007,export,' Ü ; \n0x1f,export,\n")

        frame = pl.read_csv(tmp_path / "out.csv", infer_schema=False)
        assert frame.columns == ["Ref no.", "transaction.kind", "Anmerkung", *RESULTS]
        assert frame["Ref no."].to_list() == ["007", "0x1f"]
        assert frame["Anmerkung"].to_list() == ["' Ü ; ", ""]

    def test_columns_named_like_those_of_the_work_are_carried_too(self, tmp_path: Path) -> None:
        """A register may have columns problem, contradiction, place and digest of its own."""
        names = "problem,contradiction,place,row,reason,digest,transaction.kind"

        screened(tmp_path, f"{names}\n1,2,3,4,5,6,export\n1,2,3,4,5,6,exprt\n")

        (row,), (bad,) = rows_of(tmp_path / "out.csv"), bad_of(tmp_path)
        assert list(row)[:7] == names.split(",")
        assert list(row.values())[:6] == list("123456")
        assert [bad["place"], bad["place 2"], bad["row"]] == ["3", "line 3", "4"]

    def test_the_output_of_bad_rows_can_be_mended_and_read_again(self, tmp_path: Path) -> None:
        """The side file is a register itself: mended, it is screened like another."""
        screened(tmp_path, "id,transaction.kind,note\n1,exprt,a\n2,export,b\n3,export\n")
        side = bad_rows_file(str(tmp_path / "out.csv"))
        mended = side.read_text(encoding="utf-8").replace(",exprt,", ",export,")

        summary = screened(tmp_path, mended, to="again.csv")

        assert (summary.read, summary.written) == (2, 2)
        assert [row["id"] for row in rows_of(tmp_path / "again.csv")] == ["1", "3"]

    def test_presumptions_powers_and_dates_are_options(self, tmp_path: Path) -> None:
        """Presumed answers apply to rows that state nothing, never to one that states unknown."""
        text = "item.annex_i_entry,transaction.kind\nnone,\nnone,unknown\n"

        screened(tmp_path, text, presume="ordinary", presumed={"transaction.kind": "export"})

        scopes = [row["law.in_scope"] for row in rows_of(tmp_path / "out.csv")]
        assert scopes == ["yes", "unknown"]

    def test_the_summary_counts_what_was_written(self, tmp_path: Path) -> None:
        """Figures of the summary are those of the rows, each in one class, certainly or at most reached."""
        text = (
            f"{WHOLE},item.designed_to_monitor_people\n"
            "export,5E002,DE,,none,no\nexport,none,CN,,none,no\n,none,DE,,none,no\n"
        )

        summary = screened(tmp_path, text)

        (row,) = summary.classes
        assert row.counts == {
            "free": 1, "tell": 0, "licence": 1, "refuse": 0, "open": 1, "outside": 0,
        }  # fmt: skip
        ((licence, refusal),) = summary.counts
        assert (licence.certain, licence.at_most) == (1, 2)
        assert (refusal.certain, refusal.at_most) == (0, 1)
        assert summary.unsettled == {"law": 1}
        assert summary.facts[0].fact == "end_user.kind"

    def test_an_open_fact_is_reported_with_the_answers_that_settle(self, tmp_path: Path) -> None:
        """Facts that some answer settles come before those that some answer narrows, and both say so."""
        text = f"{WHOLE},item.designed_to_monitor_people\nexport,none,DE,,?wmd,\n"

        summary = screened(tmp_path, text)

        concerns, monitors = summary.facts
        assert (concerns.fact, monitors.fact) == (
            "end_use.concerns",
            "item.designed_to_monitor_people",
        )
        assert (concerns.could_settle, concerns.could_narrow, concerns.settling) == (1, 1, ("wmd",))
        assert (monitors.could_settle, monitors.could_narrow, monitors.settling) == (0, 1, ())

    def test_a_power_is_a_column(self) -> None:
        """A column says how a power was used; where it is blank, nothing is said."""
        assert scenario_of_row({"discretion:art-1": ""}, CORE).discretion == {}
        assert scenario_of_row({"discretion:art-1": "No"}, CORE).discretion == {"art-1": False}


def _crossed(answers: Mapping[str, Sequence[str]]) -> Iterable[dict[str, str]]:
    rows: list[dict[str, str]] = [{}]
    for name, given_answers in answers.items():
        rows = [{**row, name: answer} for row in rows for answer in given_answers]
    return rows


class TestText:
    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_whatever_parts_columns_and_lines(self, tmp_path: Path, delimiter: str, end: str) -> None:
        """Commas, semicolons, tabs and bars are told by the header; lines end as they may."""
        table = ["id", "transaction.kind"], ["1", "export"], ["2", ""]
        lines = ["", *map(delimiter.join, table)]

        summary = screened(tmp_path, end.join(lines))

        assert (summary.written, summary.bad) == (2, 0)

    def test_a_header_may_hold_marks_in_quotation_marks(self, tmp_path: Path) -> None:
        """A delimiter within quotation marks parts nothing, in the header and below; nor does a line break."""
        text = '"Value, EUR, net";"Ref\nno.";transaction.kind\n"1,5";"x;y\nz";export\n'

        summary = screened(tmp_path, text)

        (row,) = rows_of(tmp_path / "out.csv")
        assert (summary.bad, row["Ref\nno."], row["Value, EUR, net"]) == (0, "x;y\nz", "1,5")

    def test_excel_may_say_in_the_first_line_what_parts_columns(self, tmp_path: Path) -> None:
        """The line sep=; of Excel is no header."""
        summary = screened(tmp_path, "\ufeffsep=;\r\nid;transaction.kind\r\n1;export\r\n2\r\n")

        assert (summary.written, bad_of(tmp_path)[0]["place"]) == (1, "line 4")

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
    def test_a_file_may_say_itself_how_it_is_encoded(self, tmp_path: Path, encoding: str) -> None:
        """A mark at the beginning tells UTF-8, UTF-16 and UTF-32."""
        summary = screened(tmp_path, "transaction.kind,Käufer\nexport,Ørsted\n".encode(encoding))

        assert summary.fact_columns == ("transaction.kind",)
        assert rows_of(tmp_path / "out.csv")[0]["Käufer"] == "Ørsted"

    def test_a_broken_row_is_bad_and_its_encoding_is_read_where_named(self, tmp_path: Path) -> None:
        """A row that is no UTF-8 among others that are is bad, with the option to give."""
        text = "transaction.kind,buyer\nexport,Müller\nexport,Smith ©\n".encode("latin-1")
        text = text.replace("©".encode("latin-1"), "©".encode())

        without = screened(tmp_path, text)
        reasons = bad_of(tmp_path)
        named = screened(tmp_path, text, encoding="cp1252", overwrite=True)

        assert (without.written, without.bad, reasons[0]["place"]) == (1, 1, "line 2")
        assert "--encoding" in reasons[0]["reason"]
        assert reasons[0]["buyer"] == "M�ller"
        assert (named.written, named.bad) == (2, 0)
        assert not bad_rows_file(str(tmp_path / "out.csv")).exists()

    def test_utf_16_that_breaks_in_the_middle_loses_no_row(self, tmp_path: Path) -> None:
        """Bytes that are no text make their row bad, and the rows around it are kept."""
        lines = ["transaction.kind,x\n", "export,1\n", "export,@\n", "export,3\n"]
        text = "".join(lines).encode("utf-16").replace("@".encode("utf-16-le"), b"\x00\xd8")

        summary = screened(tmp_path, text)

        assert (summary.read, summary.written, summary.bad) == (3, 2, 1)

    def test_nul_is_reported(self, tmp_path: Path) -> None:
        """A row with NUL is bad, since it would end the text for whoever reads it."""
        summary = screened(tmp_path, "transaction.kind,x\nexport,a\0b\nexport,c\n")

        assert (summary.written, summary.bad) == (1, 1)
        assert "NUL" in reasons(tmp_path)

    @pytest.mark.parametrize(
        ("text", "bad", "written", "reason"),
        [
            (
                "transaction.kind,x\nexport\nexport,1,2\nexport,3\n",
                2,
                1,
                "has 1 value where the header has 2",
            ),
            (
                'transaction.kind,x\nexport,"1\nexport,2\nexport,3\n',
                1,
                2,
                "quotation mark is not closed",
            ),
            ('transaction.kind,x\nexport,"say "a" b"\nexport,2\n', 1, 1, "quotation mark"),
            ("transaction.kind,x\n\n\nexport,2\n\n", 3, 1, "The row is blank."),
            ("\n\ntransaction.kind,x\nexport,2\n", 0, 1, ""),
            ("transaction.kind,x\nexport,1\n,\n , \n", 2, 1, "The row is blank."),
        ],
    )
    def test_lines_that_are_no_rows(
        self, tmp_path: Path, text: str, bad: int, written: int, reason: str
    ) -> None:
        """Ragged rows, quotation marks left open, rows of blanks and empty lines are bad."""
        summary = screened(tmp_path, text)

        assert (summary.bad, summary.written, summary.read) == (bad, written, bad + written)
        if bad:
            assert reason in reasons(tmp_path)

    def test_an_open_quotation_mark_swallows_no_rows(self, tmp_path: Path) -> None:
        """Many rows after a quotation mark left open are read, and the one with it is shown whole."""
        rows = "".join(f"export,{number}\n" for number in range(20_000))

        summary = screened(tmp_path, f'transaction.kind,x\nexport,"oops\n{rows}')

        assert (summary.read, summary.written) == (20_001, 20_000)
        assert bad_of(tmp_path)[0]["transaction.kind"] == 'export,"oops'

    def test_nothing_of_a_row_too_long_is_lost(self, tmp_path: Path) -> None:
        """The side file is whole itself: values too many stand together in its last column."""
        screened(tmp_path, "transaction.kind,x\nexport,1,2,3\n")

        (bad,) = bad_of(tmp_path)
        assert (bad["transaction.kind"], bad["x"]) == ("export", "1, 2, 3")

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("", "in.csv: is empty. Expected the column names in line 1."),
            ("\n \n\n", "in.csv: is empty. Expected the column names in line 1."),
            (",,\n1,2,3\n", "in.csv:1: the header cannot be used. The row is blank."),
            ("transaction.kind,a,a\n", "the column 'a' appears twice"),
            ("transaction.kind,,b\n", "column 2 of 3 has no name"),
            ("transaction.kind;x;\n", "column 3 of 3 has no name"),
            ("a,b\n1,2\n", "no column is named after a fact"),
            (
                "Destination.Country,b\n1,2\n",
                "Did you mean 'destination.country' by 'Destination.Country'?",
            ),
            ("item.technolgy\nencryption\n", "Did you mean 'item.technology' by 'item.technolgy'?"),
            (
                "ref,x\n1,NO\n",
                "There are ref, x. Name the columns so, or say which holds what: --column '",
            ),
            ("ref,country\n1,NO\n", "--column 'COLUMN=FACT'"),
            ("item.technolgy,item.form\nencryption,goods\n", "Did you mean 'item.technology'?"),
            ("transaction.kind,law.low\nexport,x\n", "has the column 'law.low' already"),
            (
                "transaction.kind,K\xe4ufer,\xc2\xa9\n".encode("latin-1"),
                "in.csv:1: the header cannot be used",
            ),
            ("transaction.kind,x\0\n", "or utf-16-le"),
            ('transaction.kind,"x\nexport,1\n', "quotation mark is not closed"),
        ],
    )
    def test_tables_that_cannot_be_used(self, tmp_path: Path, text: str | bytes, message: str) -> None:
        """A table without a usable header is refused as a whole, with the cure, and nothing is written."""
        assert message in refusal(tmp_path, text)

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            ({"encoding": "klingon"}, "--encoding 'klingon' is not known."),
            ({"encoding": "rot13"}, "--encoding 'rot13' is not known."),
            (
                {"columns": {"Zeil": "destination.country"}},
                "There is no column 'Zeil'. Did you mean 'Ziel'?",
            ),
            ({"columns": {"Ziel": "destination.contry"}}, "Did you mean 'destination.country'?"),
            ({"columns": {"Ziel": "transaction.kind"}}, "would both hold transaction.kind"),
            ({"presumed": {"transaction.kind": "exprt"}}, "presumed: 'exprt' is not an answer"),
            ({"discretion": {"art-99": True}}, "no ruleset given has the power 'art-99'"),
            ({"readings": {"nothing": "x"}}, "There is no doubt 'nothing'"),
        ],
    )
    def test_options_that_cannot_be_used(self, tmp_path: Path, options: Any, message: str) -> None:
        """A wrong option is told before anything is written."""
        assert message in refusal(tmp_path, "transaction.kind,Ziel\nexport,NO\n", **options)

    def test_a_header_alone_is_a_register_without_rows(self, tmp_path: Path) -> None:
        """Nothing in, nothing out, with all columns, in every kind of table."""
        for name in ("out.csv", "out.parquet", "out.duckdb::t"):
            assert screened(tmp_path, "transaction.kind\n", to=name).read == 0

        assert pl.read_csv(tmp_path / "out.csv").columns == ["transaction.kind", *RESULTS]
        assert pq.read_table(tmp_path / "out.parquet").num_rows == 0
        assert _read(tmp_path / "out.duckdb::t").columns == ["transaction.kind", *RESULTS]

    @pytest.mark.parametrize("name", ["in.parquet", "in.duckdb::t"])
    def test_a_table_without_rows_is_read(self, tmp_path: Path, name: str) -> None:
        """A Parquet file or a DuckDB table may hold no row as well."""
        empty = pl.DataFrame(schema={"transaction.kind": pl.String, "x": pl.Int64})
        empty.write_parquet(tmp_path / "in.parquet")
        with duckdb.connect(str(tmp_path / "in.duckdb")) as base:
            base.execute(f"create table t as select * from '{tmp_path}/in.parquet'")

        summary = screen(str(tmp_path / name), str(tmp_path / "out.parquet"), [LAW], CORE)

        assert (summary.read, summary.written) == (0, 0)
        assert pl.read_parquet(tmp_path / "out.parquet").columns == ["transaction.kind", "x", *RESULTS]


class TestValues:
    def test_every_distinct_reason_is_named_with_the_nearest_answer(self, tmp_path: Path) -> None:
        """A bad row tells all that is wrong in it: column, value, what was expected, the nearest answer."""
        bad = [
            "exprt,none,NO,military,none",
            "export,5a0001,NO,military,none",
            "export,none,Narnia,militari,none",
            "export,none,NO,military,wdm",
            "EXPORT,none,no,military,none; wmd",
        ]

        summary = screened(tmp_path, "\n".join([WHOLE, *bad, "export,none,NO,military,none"]))

        reasons = [row["reason"] for row in bad_of(tmp_path)]
        assert (summary.bad, summary.written) == (5, 1)
        assert "'exprt' is not an answer to transaction.kind." in reasons[0]
        assert "Did you mean 'export'?" in reasons[0]
        assert "item.annex_i_entry" in reasons[1]
        assert "destination.country" in reasons[2]
        assert "Did you mean 'military'?" in reasons[2]
        assert "Did you mean 'wmd'?" in reasons[3]
        assert all(
            word in reasons[4] for word in ("transaction.kind", "'no'", "'none' is given as a member")
        )

    def test_contradictions_are_bad_with_the_facts_that_make_them(self, tmp_path: Path) -> None:
        """Facts that cannot stand together make a row bad, and the reason names them."""
        lines = ["end_user.kind,end_user.acts_for_state", *["military,no"] * 3, "military,yes"]

        summary = screened(tmp_path, "\n".join(lines))

        assert (summary.bad, summary.written) == (3, 1)
        assert "end_user.kind, end_user.acts_for_state contradict each other" in reasons(tmp_path)

    def test_dates_and_yes_and_no_as_spreadsheets_write_them(self, tmp_path: Path) -> None:
        """Yes and no are read in any capitals; a day of which nothing tells the month is told."""
        text = "scenario.date,transaction.kind,item.designed_to_monitor_people\n" + "\n".join(
            f"{day},export,{word}"
            for day, word in [
                ("2015-06-30", "YES"), ("", "True"), ("05/06/2015", "yes"), ("42185", "no"), ("2015-02-30", "no"),
                ("2015-06-30", "1"), ("2015-06-30", "WAHR"),
            ]
        )  # fmt: skip

        summary = screened(tmp_path, text, as_of="scenario")

        assert (summary.written, summary.bad) == (2, 5)
        reasons = [row["reason"] for row in bad_of(tmp_path)]
        assert all("Expected a day such as 2015-06-30" in reason for reason in reasons[:3])
        assert all("Expected yes, no or unknown." in reason for reason in reasons[3:])

    def test_a_day_with_a_time_behind_it_is_that_day(self, tmp_path: Path) -> None:
        """Whatever time of the day it is; with a time zone it may be another day, and is told."""
        days = ["2015-06-30 00:00:00", "2015-06-30T00:00", "2015-06-30 08:00:15.5", "2015-06-30 08:00Z"]

        summary = screened(tmp_path, "scenario.date,note\n" + "".join(f"{day},{day}\n" for day in days))

        rows = rows_of(tmp_path / "out.csv")
        assert (summary.written, summary.bad) == (3, 1)
        assert [row["scenario.date"] for row in rows] == [row["note"] for row in rows] == days[:3]
        assert {row["scenario.date.read_as"] for row in rows} == {"2015-06-30"}

    def test_texts_that_say_nothing_can_be_named(self, tmp_path: Path) -> None:
        """n/a in a column of facts is a wrong value, until it is said that it means nothing stated."""
        text = (
            "transaction.kind,destination.country,note\nexport,n/a,n/a\nexport, - ,n/a\nexport,NA,n/a\n"
        )

        without = screened(tmp_path, text)
        named = screened(tmp_path, text, gaps=("n/a", "-"), overwrite=True)

        rows = rows_of(tmp_path / "out.csv")
        assert (without.written, named.written) == (1, 3)
        assert [row["destination.country"] for row in rows] == ["n/a", " - ", "NA"]
        assert [row["law.high"] for row in rows] == ["prohibition"] * 3

    @pytest.mark.parametrize("to", ["out.csv", "out.parquet", "out.duckdb::t"])
    def test_codes_stay_text_there_and_back(self, tmp_path: Path, to: str) -> None:
        """5E002 is no number, NO no yes/no, NA no gap: in every kind of table, and back again."""
        text = "transaction.kind,item.annex_i_entry,destination.country,ref\n" + "".join(
            f"export,{code},{country},{ref}\n"
            for code, country, ref in [
                ("5E002", "NO", "007"),
                ("5E002", "NA", "1e5"),
                ("none", "DE", "NULL"),
            ]
        )

        screened(tmp_path, text, to=to)
        frame = (
            pl.read_csv(tmp_path / "out.csv", infer_schema=False)
            if to == "out.csv"
            else _read(tmp_path / to)
        )
        bare = frame.drop(cs.ends_with(".read_as"), *RESULTS)
        bare.write_parquet(tmp_path / "again.parquet")
        screen(str(tmp_path / "again.parquet"), str(tmp_path / "again.csv"), [LAW], CORE)

        assert bare.rows() == [
            ("export", *row)
            for row in [("5E002", "NO", "007"), ("5E002", "NA", "1e5"), ("none", "DE", "NULL")]
        ]
        again = pl.read_csv(tmp_path / "again.csv", infer_schema=False, null_values=[])
        assert again.select(bare.columns).rows() == bare.rows()
        assert again["law.low"].to_list() == ["authorisation", "authorisation", "no_control"]

    def test_typed_columns(self, tmp_path: Path) -> None:
        """Yes/no, days, timestamps, categories and lists of members are read as what they are."""
        frame = pl.DataFrame(
            {
                "transaction.kind": pl.Series(["export"] * 3, dtype=pl.Categorical),
                "scenario.date": [dt.date(2015, 6, 30), None, dt.date(2021, 9, 9)],
                "item.designed_to_monitor_people": [True, None, False],
                "end_use.concerns": [["wmd"], [], None],
                "licence.applied_on": [dt.datetime.fromisoformat("2015-01-01T12:30"), None, None],
            }
        )
        frame.write_parquet(tmp_path / "in.parquet")

        screen(str(tmp_path / "in.parquet"), str(tmp_path / "out.csv"), [LAW], CORE)
        screen(str(tmp_path / "in.parquet"), str(tmp_path / "out.parquet"), [LAW], CORE)

        rows = rows_of(tmp_path / "out.csv")
        assert [row["end_use.concerns"] for row in rows] == ["wmd", "none", ""]
        assert [(row["law.low"], row["law.high"]) for row in rows] == [
            ("prohibition", "prohibition"), ("no_control", "prohibition"), ("no_control", "prohibition"),
        ]  # fmt: skip
        kept = pl.read_parquet(tmp_path / "out.parquet")
        assert kept["end_use.concerns"].to_list() == [["wmd"], [], None]
        assert kept.schema["scenario.date"] == pl.Date

    def test_numbers_where_text_is_expected_are_reported(self, tmp_path: Path) -> None:
        """A country that came as a number is a wrong value, and its row is kept with the reason."""
        pl.DataFrame(
            {"transaction.kind": ["export"] * 2, "destination.country": [49, None]}
        ).write_parquet(tmp_path / "in.parquet")

        summary = screen(str(tmp_path / "in.parquet"), str(tmp_path / "out.csv"), [LAW], CORE)

        assert (summary.written, summary.bad) == (1, 1)
        assert "49 is not an answer to destination.country." in reasons(tmp_path)

    def test_what_csv_cannot_hold_is_reported(self, tmp_path: Path) -> None:
        """A column of structures is refused for CSV, with the kind of file to take."""
        pl.DataFrame({"transaction.kind": ["export"], "parties": [{"a": 1}]}).write_parquet(
            tmp_path / "in.parquet"
        )

        with pytest.raises(
            UsageError, match=r"the column 'parties' holds .* Write to .parquet instead."
        ):
            screen(str(tmp_path / "in.parquet"), str(tmp_path / "out.csv"), [LAW], CORE)
        summary = screen(str(tmp_path / "in.parquet"), str(tmp_path / "out.parquet"), [LAW], CORE)

        assert summary.written == 1
        assert sorted(path.name for path in tmp_path.iterdir()) == ["in.parquet", "out.parquet"]


def _read(path: Path) -> pl.DataFrame:
    if path.suffix == ".parquet":
        return pl.read_parquet(path)
    with duckdb.connect(str(path).partition("::")[0]) as base:
        return pl.DataFrame(pl.from_arrow(base.table("t").to_arrow_table()))


# Nothing is dropped ---------------------------------------------------------------------------------

GARBAGE = st.text(st.sampled_from('ab,;"\n\r\t|0é\0 ?'), max_size=12) | st.sampled_from(
    ["export", "NO", "5E002", "none", "unknown", "", '"', '""', "\r\n", "export,NO"]
)


class TestNothingIsDropped:
    @fewer(2)
    @example(lines=[["", '"\r"']], size=1)  # A bare carriage return ended a row of the side file.
    @given(
        lines=st.lists(st.lists(GARBAGE, min_size=1, max_size=4), max_size=30), size=st.integers(1, 7)
    )
    def test_every_row_of_any_text_is_read_and_found_once(
        self, tmp_path_factory: pytest.TempPathFactory, lines: list[list[str]], size: int
    ) -> None:
        """Whatever stands in a file: read is written and bad, and each line with text is in one of the two."""
        folder = tmp_path_factory.mktemp("garbage")
        body = "\n".join(f"<{number}>" + ",".join(line) for number, line in enumerate(lines))

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(_csv, "CHARACTERS", size)
            summary = screened(folder, f"id,transaction.kind,destination.country\n{body}")

        side = bad_rows_file(str(folder / "out.csv"))
        bad = bad_of(folder) if side.exists() else []
        written = rows_of(folder / "out.csv")
        for row in bad:
            del row["reason"]  # It may quote what stands in the row.
        found = [" ".join(map(str, row.values())) for row in (*bad, *written)]
        assert summary.read == summary.written + summary.bad
        assert (summary.written, summary.bad) == (len(written), len(bad))
        for number in range(len(lines)):
            assert sum(text.count(f"<{number}>") for text in found) == 1
        shutil.rmtree(folder)

    @fewer(3)
    @given(text=st.binary(max_size=200))
    def test_any_bytes_are_read_or_refused_in_words(
        self, tmp_path_factory: pytest.TempPathFactory, text: bytes
    ) -> None:
        """Bytes of any kind below a header make good or bad rows, never a traceback."""
        folder = tmp_path_factory.mktemp("bytes")

        summary = screened(folder, b"id,transaction.kind\n" + text)

        assert summary.read == summary.written + summary.bad + summary.set_aside
        shutil.rmtree(folder)

    def test_batches_make_no_difference(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """One row at a time or all at once: the same rows, the same summary."""
        text = f"{WHOLE}\n" + "export,5E002,NO,military,wmd\nexprt,,,,\n,none,,,\nexport,none\n" * 5

        all_at_once = screened(tmp_path, text, to="all.csv")
        monkeypatch.setattr(_csv, "CHARACTERS", 1)
        one = screened(tmp_path, text, to="one.csv")

        assert one == all_at_once
        assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "all.csv").read_bytes()
        assert bad_of(tmp_path, "one.csv") == bad_of(tmp_path, "all.csv")

    def test_the_output_is_read_by_others(self, tmp_path: Path) -> None:
        """Polars, pandas and DuckDB read what was written."""
        screened(tmp_path, "transaction.kind,x\nexport,1\n", to="out.parquet")
        screened(tmp_path, "transaction.kind,x\nexport,1\n")

        for path in (tmp_path / "out.parquet", tmp_path / "out.csv"):
            kind = path.suffix[1:]
            columns = ["transaction.kind", "x", *RESULTS]
            assert getattr(pl, f"read_{kind}")(path).columns == columns
            assert list(getattr(pd, f"read_{kind}")(path).columns) == columns
            assert (
                duckdb.read_csv(str(path)).columns
                if kind == "csv"
                else duckdb.read_parquet(str(path)).columns == columns
            )


def test_a_row_is_a_scenario() -> None:
    """A row with its id and day is a scenario that compares like any other."""
    row = {"id": 7, "scenario.date": "2015-06-30", "transaction.kind": "export"}

    scenario = scenario_of_row(row, CORE, presume="ordinary")

    assert scenario == Scenario(
        id="7", date=dt.date(2015, 6, 30), presume="ordinary", transaction=Transaction(kind="export")
    )
