"""The published figures on licences, and the page that presents them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from tests.recording import RECORD

from regcompare.show.figures import LicenceFigure, figures_markdown, licence_figures, refusal_share

PAGE = Path(__file__).parents[1] / "docs" / "licence-figures.md"
FIGURES = licence_figures()
EVERY_FIGURE = pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: f"{figure.state}-{figure}")


def test_the_page_is_what_the_figures_give() -> None:
    """The committed page is generated from the table; ``REGCOMPARE_RECORD=1`` records it anew."""
    wanted = figures_markdown()
    if RECORD:
        PAGE.write_text(wanted, encoding="utf-8")

    assert PAGE.read_text(encoding="utf-8") == wanted


@EVERY_FIGURE
def test_every_figure_is_cited(figure: LicenceFigure) -> None:
    """A figure says whose it is, what it counts, for when, and who published it."""
    assert all((figure.state, figure.unit, figure.period, figure.source))
    assert figure.figure >= 0
    assert all(url.startswith(("https://", "http://")) for url in figure.urls)
    assert figure.note == "" or figure.note.endswith(".")


def test_no_figure_stands_twice() -> None:
    """Each row counts something of its own."""
    rows = [(figure.state, figure.unit, figure.period) for figure in FIGURES]

    assert len(rows) == len(set(rows))


def test_share_of_refusals() -> None:
    """The first series of the Union gives 14 of 331, the British one 5 of 118."""
    assert refusal_share(FIGURES, "European Union") == (14, 331)
    assert refusal_share(FIGURES, "United Kingdom") == (5, 118)


def test_the_contested_period_is_spelled_out() -> None:
    """The figure of 317 says which years each source gives, and which are taken."""
    (granted,) = (figure for figure in FIGURES if figure.figure == Decimal(317))

    assert granted.is_disputed
    assert granted.period.startswith("2014-12-31 to 2016-12-21")
    assert "three years" in granted.note
    assert "two years" in granted.note


@pytest.mark.parametrize(
    "caution",
    ["floor", "licences and not deliveries", "not to be added up", "14 / 331 = 4.2 %", "indication"],
)
def test_the_page_says_what_the_figures_do_not_bear(caution: str) -> None:
    """The page states its limits in plain words."""
    assert caution in figures_markdown()


def test_each_state_has_one_table_with_a_caption() -> None:
    """The tables stand state by state, each captioned."""
    states = list(dict.fromkeys(figure.state for figure in FIGURES))
    page = figures_markdown()

    assert page.count("<caption>") == len(states)
    assert all(f"<caption>{state}</caption>" in page for state in states)
