"""A comparison in brief, and a fact sheet of one case: what they say, in every form."""

from __future__ import annotations

import re
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner
from tests.support.shipped import CASES, CATALOGUE

import regcompare as rc
from regcompare.cli import main
from regcompare.comparison.comparison import Comparison, compare
from regcompare.views.document import Bullets, Document, Section, plain
from regcompare.views.render import render
from regcompare.words.catalogues import language
from regcompare_cases import FIRST
from regcompare_page.pictures import ladder
from regcompare_publish.brief import brief_document, brief_text
from regcompare_publish.commands import _pictures

REGIMES = list(CATALOGUE.usual())
SOME = compare(CASES[:14], REGIMES)
SHANGHAI = compare(CASES[:1], REGIMES)


def section(document: Document, name: str) -> Section:
    """The section of a document with this name."""
    return next(item for item in document.blocks if isinstance(item, Section) and item.name == name)


def test_a_brief_begins_with_the_finding() -> None:
    """What can be quoted comes first, then the table of the headline."""
    finding = SOME.finding()
    text = render(brief_document(SOME), "markdown")

    assert finding is not None
    assert text.splitlines()[2] == f"**{finding}**"
    for word in ("needs a licence", "people affected", "not legal advice", "SHA-256", "at most"):
        assert word in text


def test_ten_cases_have_a_sentence_each() -> None:
    """Those named first lead; of the others one of each sale, those that differ most first."""
    told = section(brief_document(SOME, first=FIRST), "some-cases")
    bullets = next(block for block in told.blocks if isinstance(block, Bullets))

    assert len(bullets.items) == 10
    assert plain(bullets.items[0].line) == (
        "Facial recognition for the Shanghai Public Security Bureau, 2015: free under "
        "Regulation 428/2009; too little known: from “free” to “must report” "
        "under Regulation 2021/821; must be refused, or is banned under Amnesty's proposal; disputed "
        "facts left open: the company told Le Monde that the system was for recorded video and could "
        "not be used to watch in real time. The ruleset asks for live or recorded alike."
    )


def test_the_lines_of_a_brief_are_in_the_classes_that_it_counts() -> None:
    """Each is the class of its record under each law on the facts of the table, not those as filed."""
    rows = SOME.classes(population=SOME.compared)
    told = section(brief_document(SOME), "some-cases")
    bullets = next(block for block in told.blocks if isinstance(block, Bullets))
    lines = {plain(item.line).partition(",")[0]: plain(item.line) for item in bullets.items}

    for record in SOME.compared:
        line = lines.get((record.first.title or record.id).partition(",")[0], "")
        assert all(row.ends[record.id].words() in line for row in rows if line)
    assert [dict(row.counts) for row in SOME.classes()] == [
        dict(row.counts) for row in SOME.classes(population=SOME.population)
    ]


def test_one_case_is_a_fact_sheet() -> None:
    """The sale, each result with its provision, what would settle it, duties, record and sources."""
    text = render(brief_document(SHANGHAI, lang="nl"), "markdown")

    assert "# Facial recognition for the Shanghai Public Security Bureau" in text
    assert "From: **France (FR)**; To: **China (CN)**" in text
    assert "/NL/TXT/?uri=CELEX:32021R0821" in text
    for title in ("What would settle it", "Duties that bind", "What happened", "Sources"):
        assert f"## {title}" in text
    assert "regcompare cite morpho-shanghai-2015 -r REGIME" in text


@pytest.mark.parametrize("comparison", [SOME, SHANGHAI], ids=["brief", "fact sheet"])
def test_a_brief_in_dutch_says_where_english_begins(comparison: Comparison) -> None:
    """The page is Dutch, its headings too; what is English is marked, and a sentence says so."""
    text = brief_text(comparison, "page", language=language("nl", CATALOGUE.locales), lang="nl")

    head, main = text.split("<main")
    assert '<html lang="nl">' in head
    assert "Wat volgt, is in het Engels" in head
    assert not re.search(
        r"\b(the|with|from|under)\b", re.sub("<style>.*?</style>|<a .*?</a>", "", head, flags=re.DOTALL)
    )
    assert main.startswith(' lang="en">')
    assert all(' lang="nl">' in heading for heading in re.findall("<h2.*?>", main))


@pytest.mark.parametrize("comparison", [SOME, SHANGHAI], ids=["brief", "fact sheet"])
def test_latex_is_a_whole_document(comparison: Comparison) -> None:
    """Every environment ends, every sign is escaped, and every command has its package."""
    text = brief_text(comparison, "article", title="50% of #1 & [x] -- y_z")

    assert text.startswith(r"\documentclass")
    assert text.endswith("\\end{document}\n")
    assert r"\title{50\% of \#1 \& {[}x{]} -{}- y\_z}" in text
    for name in set(re.findall(r"\\begin\{(\w+)\}", text)):
        assert text.count(f"\\begin{{{name}}}") == text.count(f"\\end{{{name}}}")
    assert set(re.findall(r"\\begin\{(\w+)\}", text)) <= {"document", "longtable", "itemize"}
    assert {"longtable", "booktabs", "array", "hyperref"} <= set(
        re.findall(r"\\usepackage(?:\[\w*\])?\{(\w+)\}", text)
    )
    body = text.partition(r"\begin{document}")[2]
    assert not re.search(r"(?<!\\)[#%$_^~]", re.sub(r"\\href\{[^{}]*\}|\$\\rightarrow\$", "", body))


def test_a_picture_whose_cells_are_all_alike_is_left_out() -> None:
    """A ladder of equal results says nothing; nor does a comparison of one case need one."""
    alike = compare(CASES[:1], REGIMES[:1])
    twice = attrs.evolve(alike, rows=alike.rows * 2)

    assert _pictures(CATALOGUE, twice) == []
    assert _pictures(CATALOGUE, SHANGHAI) == []


def test_nothing_to_write_is_said() -> None:
    """Without a case there is no brief."""
    with pytest.raises(rc.UsageError, match="nothing to write"):
        brief_document(compare([], REGIMES))


@pytest.mark.parametrize("ending", ["html", "md", "tex"])
def test_the_command_writes_by_the_ending(ending: str, tmp_path: Path) -> None:
    """The name of the file says the form; an existing file is not replaced."""
    words = ["brief", "morpho-shanghai-2015", "-o", str(tmp_path / f"sheet.{ending}")]

    done = CliRunner().invoke(main, words)
    again = CliRunner().invoke(main, words)

    assert (done.exit_code, again.exit_code) == (0, 2)
    assert "Shanghai" in (tmp_path / f"sheet.{ending}").read_text(encoding="utf-8")


def test_another_ending_is_refused(tmp_path: Path) -> None:
    """Nothing is written, and the endings are named."""
    done = CliRunner().invoke(main, ["brief", "morpho-shanghai-2015", "-o", str(tmp_path / "sheet.pdf")])

    assert done.exit_code == 2
    assert ".html, .md or .tex" in done.stderr


# pictures from commands ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        ["compare", "morpho-shanghai-2015", "axis-guilin-2012-19"],
        pytest.param(
            [
                "map",
                "morpho-shanghai-2015",
                "--by",
                "item.covert",
                "--by",
                "exporter.compliance_programme",
            ],
            marks=pytest.mark.thorough,
        ),
    ],
    ids=lambda words: words[0],
)
def test_a_command_draws_its_picture(words: list[str]) -> None:
    """As SVG it is a text with a title, as PNG bytes that begin as a PNG does."""
    svg = CliRunner().invoke(main, [*words, "--format", "svg"], catch_exceptions=False)
    png = CliRunner().invoke(main, [*words, "--format", "png"], catch_exceptions=False)

    assert svg.stdout.startswith("<svg")
    assert "<title" in svg.stdout
    assert png.stdout_bytes.startswith(b"\x89PNG")


@pytest.mark.thorough
@pytest.mark.parametrize("columns", [1, 3, 6])
def test_six_regimes_fit(columns: int) -> None:
    """However many regimes there are, a picture is no wider than a page can show."""
    names = (*CATALOGUE.profile.regimes, "com-2016-616", "ep-2018", "un-2019")[:columns]
    comparison = compare(CASES[:2], [CATALOGUE.ruleset(name) for name in names])

    assert int(re.findall(r'width="(\d+)"', ladder(comparison).svg())[0]) <= 1350
