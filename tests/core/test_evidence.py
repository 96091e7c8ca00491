"""How a provision is known is a record, and every provision leads to the text it is taken from."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from regcompare import DefinitionError, UsageError
from regcompare.authoring import DatedTable, Evidence, EvidenceLevel, Instrument
from regcompare.law import LANGUAGES, Citation, as_evidence
from regcompare.scenario.files import read_scenarios

ACT = Instrument(
    "Reg. (EU) 2021/821",
    "An act",
    "OJ L 206",
    "32021R0821",
    states=(dt.date(2023, 5, 26), dt.date(2022, 5, 5)),
)


PATTERN = "https://eur-lex.europa.eu/legal-content/{}/TXT/?uri=CELEX:{}"


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (None, "32021R0821"),
        (dt.date(2022, 5, 4), "32021R0821"),
        (dt.date(2022, 5, 5), "02021R0821-20220505"),
        (dt.date(2026, 1, 1), "02021R0821-20230526"),
    ],
)
def test_a_citation_leads_to_the_state_of_the_day(day: dt.date | None, state: str) -> None:
    """The latest consolidated state that is known by the day, or the act itself before any is."""
    assert ACT["Art. 5(2)"].url(day) == PATTERN.format("EN", state) + "#art_5"


def test_the_law_is_read_in_any_official_language() -> None:
    """All 24; another language is refused."""
    assert len(LANGUAGES) == 24
    assert ACT["Art. 5(2)"].url(lang="nl") == PATTERN.format("NL", "32021R0821") + "#art_5"
    with pytest.raises(
        UsageError, match="'n1' is not a language in which the law can be linked: bg, cs"
    ):
        ACT.url(lang="n1")


def test_a_text_without_a_number_has_an_address_or_none() -> None:
    """A report links to its address if one is known, otherwise to nothing."""
    report = Instrument("Report", "A report", "2020", address="https://example.org/report")

    assert report["p. 1"].url(dt.date(2020, 1, 1), "nl") == "https://example.org/report"
    assert Instrument("Letter", "A letter", "2019")["p. 1"].url() == ""


def test_a_bare_level_is_evidence_without_a_document() -> None:
    """What was written before goes on working."""
    assert as_evidence(EvidenceLevel.TEXT) == Evidence(EvidenceLevel.TEXT)
    assert Instrument("Act", "An act", "2000", checked=EvidenceLevel.TEXT).checked == Evidence(
        EvidenceLevel.TEXT
    )
    with pytest.raises(DefinitionError, match=r"checked= takes .*Did you mean 'EvidenceLevel.TEXT'"):
        Citation(ACT, "Art. 1", checked="text")  # type: ignore[arg-type]


def test_evidence_names_the_document_that_was_read() -> None:
    """The state that was read, and the day."""
    read = Evidence(
        EvidenceLevel.TEXT, "02021R0821-20230526", dt.date(2026, 11, 25), "Articles 1 to 32."
    )

    assert read.record() == {
        "level": "text",
        "document": "02021R0821-20230526",
        "read_on": "2026-11-25",
        "note": "Articles 1 to 32.",
    }


TABLE = """land,start,end,source,checked,document,read_on
NO,,,Annex,text,,
SE,,,Annex,text,A reprint,2020-02-01
FI,,,Annex,inferred,,
"""


def test_rows_of_a_table_share_what_is_stated_once(tmp_path: Path) -> None:
    """A row says what was read, or takes the first state that it agrees with."""
    (tmp_path / "lands.csv").write_text(TABLE, encoding="utf-8")
    states: list[dict[str, Any]] = [
        {"checked": "text", "document": "02021R0821-20230526", "read_on": "2026-11-25"}
    ]

    table = DatedTable.read(tmp_path / "lands.csv", "lands", dt.date(2020, 1, 1), states)

    assert [row.checked for row in table] == [
        Evidence(EvidenceLevel.TEXT, "02021R0821-20230526", dt.date(2026, 11, 25)),
        Evidence(EvidenceLevel.TEXT, "A reprint", dt.date(2020, 2, 1)),
        Evidence(EvidenceLevel.INFERRED),
    ]


def test_a_source_has_an_address_or_says_that_none_is_known(tmp_path: Path) -> None:
    """What says that there is none has none, as what says nothing."""
    case = "- {id: %s, sources: [%s]}\n"
    silent, none = "{title: A paper}", "{title: A letter, url: none}"
    linked = "{title: A report, url: https://example.org/report}"
    path = tmp_path / "cases.yaml"
    path.write_text(case % ("one", f"{silent}, {none}") + case % ("two", f"{silent}, {linked}"))

    (one, two) = read_scenarios(path)

    assert [source.address for source in (*one.sources, *two.sources)] == [
        *("", "", "", "https://example.org/report")
    ]
