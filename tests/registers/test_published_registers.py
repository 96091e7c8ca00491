"""The lines for each published register, on invented rows written as its publisher writes them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.support.needed import needed
from tests.support.page_blocks import BLOCK

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "published-registers.md"
BRITISH = """\
licence_group,date,rating,count,value,country,refused
1,2013-02-04,5A002,1,75000,"Korea, South",0
2,2013-03-05,ML10,2,90000,Norway,0
3,2013-03-05,End Use,1,,Iran,1
4,2013-04-02,IRN,1,18000,Iran,0
"""
DUTCH = """\
Datum afgifte,nummer,SG-Post,Omschrijving goederen,Land van eindbestemming,Waarde(€)
14-01-2013,1,5A002,Versleuteling,China via Hongkong,"25,740"
01/30/2013,2,"5A002a1,
5D002c1",Versleuteling,VS via Israël,"1,234,567"
02/03/2013,3,1C350-07   ,Stof,Diverse landen via VAE,900
02/04/2013,4,Diverse,Van alles,TURKIJE,2.308.000
02/05/2013,5,0,Onbekend,Rusland,17.28
02/06/2013,6,5A002,Versleuteling,Duitsland en VK,1
"""
NAMES = ("british", "dutch", "finnish", "swiss")
FINNISH: list[list[object]] = [
    ["Year", "Date", "Country of destination", "Export control classification"],
    [2018, "2018-06-15 15:51:40", "Albania", "1A004c1; 2B351; 2B351"],
    [2018, "2018-06-16", "Multiple countries of destination", "5A001f2"],
    [2018, "N/A", "Myanmar", "5A002a2"],
    [2018, "2018-06-18", "Russia", "RU"],
]
SWISS: list[list[object]] = [
    ["Ausstellungsdatum", "Bestimmungs-/Lieferland", "Position / Güterart", "Position / EKN"],
    ["07.02.2014", "China, Volksrepublik", "Dual Use Güter\nDual Use Güter", "2B001.B2\n2B201.A1"],
    ["08.02.2014", "Slowenien", "Besondere militärische Güter", "ML10\nML21"],
    ["09.02.2014", "Russische Föderation", "Dual Use Güter", "5.1"],
    ["10.02.2014", "Island", "Dual Use Güter", "6A002.c1"],
    ["11.02.2014", "Iran", "Dual Use Güter", "III.A1.003"],
]


def workbook(name: str, title: str, rows: list[list[object]]) -> None:
    """A workbook with one sheet."""
    book = needed("openpyxl").Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    book.save(name)


@pytest.fixture(name="held")
def _held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the lines of the page hold."""
    monkeypatch.chdir(tmp_path)
    Path("Overzicht.dual-use.goederen-2004-2015.csv").write_text(DUTCH, encoding="utf-8")
    Path("values.csv").write_text(BRITISH, encoding="utf-8")
    name = "saferglobe_arms_exports_dataset_v2-3.xlsx"
    workbook(name, "exp_licences_dual-use", FINNISH)
    workbook("ELIC+Stat+2014+def.xlsx", "export_result", SWISS)
    (lines,) = [b["text"] for b in BLOCK.finditer(PAGE.read_text("utf-8")) if b["kind"] == "python"]
    held: dict[str, Any] = {}
    exec(lines, held)
    return held


def test_each_register_is_read_as_its_publisher_writes_it(held: dict[str, Any]) -> None:
    """Rows read are those written, set aside and bad; days, places and entries are those meant."""
    columns = ("scenario.date", "destination.country", "item.annex_i_entry")
    found = {
        name: [tuple(row[f"{column}.read_as"] for column in columns) for row in held[name]]
        for name in NAMES
    }
    unused = {name: (len(held[name].outside), len(held[name].bad)) for name in NAMES}

    assert found["british"] == [("2013-02-04", "KR", "5A002")]
    assert found["dutch"] == [
        ("2013-01-14", "CN", "5A002"), ("2013-01-30", "US", "5A002.a; 5D002.c"),
        ("2013-02-03", "unknown", "1C350.7"), ("2013-02-04", "TR", "unknown"),
    ]  # fmt: skip
    assert found["finnish"] == [
        ("2018-06-15", "AL", "1A004.c.1; 2B351"), ("2018-06-16", "unknown", "5A001.f.2"),
        (None, "MM", "5A002.a.2"),
    ]  # fmt: skip
    assert found["swiss"] == [
        ("2014-02-07", "CN", "2B001.b.2; 2B201.a.1"), ("2014-02-10", "IS", "6A002.c.1"),
    ]  # fmt: skip
    assert unused == {"british": (2, 1), "dutch": (0, 2), "finnish": (0, 1), "swiss": (2, 1)}


def test_a_presumed_decision_counts_where_the_authority_applies_the_law(held: dict[str, Any]) -> None:
    """Granted in the Netherlands and Finland settles; an exporter that is only supposed decides nothing."""
    decided = {name: held[name].summary.decisions[0] for name in NAMES}

    assert {name: item.agrees + item.settles > 0 for name, item in decided.items()} == {
        "british": True, "dutch": True, "finnish": True, "swiss": False,
    }  # fmt: skip


def test_values_are_summed_as_the_column_writes_them(held: dict[str, Any]) -> None:
    """Thousands behind commas and points; what may be two numbers is in no sum."""
    groups = held["dutch"].by("year", value="Waarde(€)")

    assert [group.values[""] for group in groups] == [25_740 + 1_234_567 + 900 + 2_308_000]
    assert groups.unread == {}
