"""A register as it is published: countries by name, words of its own, bare entries, reports joined."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from click.testing import CliRunner
from tests.support.offenders import of_each
from tests.support.page_blocks import BLOCK

import regcompare as rc
from regcompare.cli import main
from regcompare.comparison.data import to_data
from regcompare.facts import country_named
from regcompare_registers.summary import MEASURES

ROWS = [
    {"date": "2013-02-04", "rating": "5A002", "country": "Korea, South", "refused": 0},
    {"date": "2013-02-11", "rating": "5D001", "country": "Turkmenistan", "refused": 0},
    {"date": "2013-03-05", "rating": "5A001f1", "country": "IDN", "refused": 1},
    {"date": "2013-03-19", "rating": "5A001.f.1", "country": "Channel Islands", "refused": 1},
]
OPTIONS: dict[str, Any] = {
    "columns": {
        "rating": "item.annex_i_entry", "country": "destination.country", "date": "scenario.date",
        "refused": "licence.status",
    },
    "values": {"refused": {0: "granted", 1: "refused"}},
    "presumed": {"exporter.country": "GB", "transaction.kind": "export"},
    "presume": "surveillance",
}  # fmt: skip
DOCS = Path(__file__).parents[2] / "docs"
ACT = "eu-2021-821@2021-09-09"
ID = "eu-2021-821"


@of_each(
    ("text", "code"),
    [
        ("Korea, South", "KR"),
        ("Sudan, South", "SS"),
        ("Congo, Democratic Republic of", "CD"),
        ("Hong Kong Special Administrative Region", "HK"),
        ("Cote d'Ivoire", "CI"),
        ("IDN", "ID"),
        ("UK", "GB"),
        ("Saint Lucia", "LC"),
        ("Macedonia", "MK"),
        ("uk", None),
        ("and", None),
        ("Congo", None),
        ("Virgin Islands", None),
        ("Channel Islands", None),
        ("Georgia, USA", None),
        ("Indonesai", None),
        ("Netherlands Antilles", None),
        ("Continental Shelf: United Kingdom sector", None),
        ("Northern Cyprus", None),
        ("Papua New Guinea (PNG)", None),
    ],
)
def test_a_country_is_read_by_name_where_only_one_is_meant(text: str, code: str | None) -> None:
    """A name or synonym with its words in any order, or a code in capitals; never a name among others."""
    assert country_named(text) == code


@pytest.mark.parametrize("frame", [pd.DataFrame, pl.DataFrame, pa.Table.from_pylist, list])
def test_a_table_of_any_library_is_read(frame: Any) -> None:
    """Names, codes and words are read and told once; what no answer is goes to the bad rows."""
    screened = rc.screen(frame(ROWS), ACT, **OPTIONS)

    summary = screened.summary
    assert (summary.read, summary.written, len(screened.bad)) == (4, 3, 1)
    assert summary.read_as == {
        "destination.country": {"Korea, South": "KR", "Turkmenistan": "TM", "IDN": "ID"},
    }
    assert set(summary.bare) == {"5A002", "5D001"}
    said = " ".join(str(screened).split())
    assert "All bad rows have one cause" in said
    assert "'Channel Islands' (1)" in said


def test_what_was_read_has_a_column() -> None:
    """Beside a text that was interpreted stands what it was read as; beside one that was not, nothing."""
    rows = [*ROWS, {**ROWS[0], "country": "n/a", "rating": None}]

    screened = rc.screen(rows, ACT, gaps=["n/a"], **OPTIONS)

    columns = ("scenario.date", "item.annex_i_entry", "destination.country", "licence.status")
    assert [[row[f"{name}.read_as"] for name in columns] for row in screened.to_dicts()] == [
        ["2013-02-04", "5A002", "KR", "granted"],
        ["2013-02-11", "5D001", "TM", "granted"],
        ["2013-03-05", "5A001.f.3.a", "ID", "refused"],
        ["2013-02-04", None, None, "granted"],
    ]


def test_a_doubtful_name_is_asked() -> None:
    """The row is bad; its reason has the nearest names and what to write, which then is read."""
    rows = [{**ROWS[3], "country": "Netherlands Antilles"}]

    asked = rc.screen(rows, ACT, **OPTIONS)
    meant = {**OPTIONS["values"], "country": {"Netherlands Antilles": "CW"}}
    answered = rc.screen(rows, ACT, **{**OPTIONS, "values": meant})

    (bad,) = asked.bad
    assert "The nearest names, which may not be meant: Netherlands (NL)." in bad.reason
    assert "--map 'destination.country:Netherlands Antilles=ANSWER'" in bad.reason
    (row,) = answered.to_dicts()
    assert row["destination.country.read_as"] == "CW"


def test_the_law_is_that_of_the_day_of_the_row() -> None:
    """Where rows have days it is the default, and each sentence says so; a day that is named wins."""
    rows = [{**ROWS[2], "rating": "4D004", "date": day} for day in ("2012-01-01", "2015-01-01")]
    laws = ["eu-428-2009", "eu-2021-821@2021-09-09"]

    screened = rc.screen(rows, laws, **OPTIONS)
    undated = rc.screen(
        [{**row, "date": None} for row in rows], laws[0], columns={"rating": "item.annex_i_entry"}
    )

    old, new = (
        [row[f"{law.partition('@')[0]}.needs_licence"] for row in screened.to_dicts()] for law in laws
    )
    assert (old[0], new) == ("no", ["yes", "yes"])
    finding = screened.finding()
    assert finding
    assert "Regulation 428/2009 on the day of each requires" in finding.sentence()
    assert "Regulation 2021/821 as of 2021-09-09 would require" in finding.sentence()
    assert "as of 2020-11-08" in str(undated.finding())
    early = rc.screen([{**rows[0], "date": "2008-01-01"}], laws[0], **OPTIONS)
    assert "(1 when it was not in force)" in str(early.finding())


def test_each_row_has_its_class_and_two_answers() -> None:
    """As ``compare`` says of the same facts; the headline counts what the rows say."""
    screened = rc.screen(ROWS, ACT, **OPTIONS)

    rows = screened.to_dicts()
    (classes,) = screened.summary.classes
    for slug, number in classes.counts.items():
        assert sum(row[f"{ID}.class"] == slug for row in rows) == number
    ((licence, refusal),) = screened.counts()
    for name, count in zip(MEASURES, (licence, refusal), strict=True):
        told = [row[f"{ID}.{name}"] for row in rows]
        assert told.count("yes") == count.certain == count.sizes["yes"]
        assert len(told) - told.count("no") == count.at_most
        assert sum(count.sizes.values()) == len(rows)
    case = {
        "date": "2013-03-05", "presume": ["ordinary", "surveillance"],
        "item": {"annex_i_entry": ["5A001.f.1"]}, "transaction": {"kind": "export"},
        "exporter": {"country": "GB"}, "destination": {"country": "ID"}, "licence": {"status": "refused"},
    }  # fmt: skip
    (verdict,) = rc.compare(case, ACT)
    assert verdict.low
    assert verdict.high
    assert (rows[2][f"{ID}.low"], rows[2][f"{ID}.high"]) == (verdict.low.word, verdict.high.word)
    finding = screened.finding()
    assert finding
    assert str(finding).startswith("Of 3 rows, Regulation 2021/821 as of 2021-09-09 would require at")
    assert screened.to_polars().height == len(screened.to_pandas()) == len(screened) == 3


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"values": {"refusd": {1: "refused"}}}, "There is no column 'refusd'. Did you mean 'refused'?"),
        ({"values": {"refused": {1: "denied"}}}, "'denied' is not an answer to licence.status."),
        ({"presume": "all"}, "Expected None or 'ordinary' or 'surveillance'."),
        ({"join": [{"end_user.country": "Narnia", "day": "2012", "of": "repression"}]}, "'Narnia'"),
        ({"join": [{"end_user.country": "ID", "day": "12", "of": "storms"}]}, "expected repression,"),
    ],
)
def test_what_cannot_be_read_is_told(options: dict[str, Any], message: str) -> None:
    """A wrong column, answer, layer or report is refused before any row is read."""
    with pytest.raises(rc.UsageError) as told:
        rc.screen(ROWS, ACT, **(OPTIONS | options))

    assert message in str(told.value)


@pytest.mark.parametrize("layers", [(), ("ordinary",), ("ordinary", "surveillance")])
def test_what_is_presumed_is_told(layers: tuple[str, ...]) -> None:
    """Layers and answers, as data and in words; nothing where nothing is presumed."""
    presumed = {"exporter.country": "GB", "diligence.completed": True, "end_use.concerns": "?wmd"}
    options = {**OPTIONS, "presumed": presumed if layers else {}, "presume": [None, *layers][-1]}

    summary = rc.screen(ROWS, ACT, **options).summary
    text = " ".join(rc.screen(ROWS, ACT, **options).text().split())

    assert summary.presume == layers
    assert summary.presumed == (
        {
            "exporter.country": "GB", "diligence.completed": "yes",
            "end_use.concerns": {"known": [], "open": ["wmd"]},
        }
        if layers
        else {}
    )  # fmt: skip
    told = "do not state them: exporter.country GB, diligence.completed yes, end_use.concerns ?wmd; the"
    assert (told in text) == bool(layers)
    assert ("and a sale of surveillance technology" in text) == ("surveillance" in layers)


REPORTS = """\
end_user.country,end_user.kind,day,of,title,url
Indonesia,,2012,repression,A yearly report,https://example.org/yearly
Indonesia,law_enforcement,2013-03-04,repression; serious_violations,A report on the police,
Indonesia,,2013-03-05,humanitarian_law,On the day itself,
"""


def test_reports_are_joined_by_country_kind_of_user_and_day(tmp_path: Path) -> None:
    """The nearest report before the day of the row counts, a stated answer stays, the source is printed."""
    (tmp_path / "reports.csv").write_text(REPORTS, encoding="utf-8")
    kinds = ["law_enforcement", "military", "law_enforcement"]
    stated = [None, None, "user"]
    rows = [
        {**ROWS[2], "end_user.kind": kind, "reported.repression": level}
        for kind, level in zip(kinds, stated, strict=True)
    ]

    screened = rc.screen(rows, ACT, join=str(tmp_path / "reports.csv"), **OPTIONS)

    found = screened.to_pandas()
    assert found["reported.repression"].tolist() == ["kind_of_user", "country", "user"]
    assert found["reported.serious_violations"].fillna("").tolist() == [
        "kind_of_user",
        "",
        "kind_of_user",
    ]
    assert found["reported.humanitarian_law"].isna().all()
    assert "A yearly report (2012, https://example.org/yearly)" in " ".join(str(screened).split())


def test_the_command_says_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """--map, --join and --presume are what they are in Python."""
    monkeypatch.chdir(tmp_path)
    pd.DataFrame(ROWS).to_csv("in.csv", index=False)
    Path("reports.csv").write_text(REPORTS, encoding="utf-8")
    columns = [f"{column}={fact}" for column, fact in OPTIONS["columns"].items()]
    presumed = [f"{fact}={answer}" for fact, answer in OPTIONS["presumed"].items()]
    words = [
        *(word for column in columns for word in ("--column", column)),
        *(word for answer in presumed for word in ("--presumed", answer)),
        *("--map", "refused:0=granted", "--map", "refused:1=refused", "--presume", "surveillance"),
        *("--join", "reports.csv", "-r", ACT, "--format", "json"),
    ]

    done = CliRunner().invoke(main, ["screen", "in.csv", "out.csv", *words], catch_exceptions=False)

    screened = rc.screen(ROWS, ACT, join="reports.csv", **OPTIONS)
    data = json.loads(done.stdout)
    assert data["counts"] == to_data(screened.summary.counts)
    assert data["read_as"] == screened.summary.read_as
    assert data["joined"]["rows"] == 1
    assert [row["law"] for row in data["classes"]] == [ID]


def test_the_example_of_end_use_controls_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its lines read such rows, and a decision on an item under no entry counts as a licence needed."""
    (tmp_path / "values.csv").write_text(
        "date,rating,country,refused\n2013-02-04,End Use,Iran,1\n2013-02-05,5A002,Iran,0\n"
        "2013-02-06,End Use,France,0\n"
    )
    page = (DOCS / "explanation" / "end-use-controls.md").read_text(encoding="utf-8")
    (lines,) = [block["text"] for block in BLOCK.finditer(page) if block["kind"] == "python"]
    monkeypatch.chdir(tmp_path)
    held: dict[str, Any] = {}
    exec(lines, held)
    by_place = held["screened"].by("destination.country").groups

    assert [(group.of["destination.country"], group.rows) for group in by_place] == [
        ("FR", 1),
        ("IR", 1),
    ]
    assert by_place[1].counts[0][0].certain == 1
    assert [item.contradicts for item in held["screened"].summary.decisions] == [1, 0, 0]
