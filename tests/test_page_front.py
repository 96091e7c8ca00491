"""The front page of the offline page: it tells the article in one scroll, in English and Dutch, from data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.tabs import Opened, browser, file, tab, violations

from regcompare.comparison.comparison import compare
from regcompare.comparison.safeguards import safeguards
from regcompare.inputs import message_of
from regcompare.plugins.catalogue import Catalogue
from regcompare.ruleset.rules import Protects
from regcompare.scenario.scenario import cases_of_kinds

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["browser", "file", "tab"]  # Fixtures, found by name.
pytestmark = pytest.mark.thorough


def told(tab: Opened, lang: str = "en") -> Page:
    """The front page with its chart drawn."""
    page = tab.go(f"#&lang={lang}", view="front")
    page.wait_for_selector("#front-wall table.wall")
    return page


def test_an_address_without_a_case_opens_the_front_page(tab: Opened) -> None:
    """A case has its story; the brand leads back."""
    page = told(tab)
    page.goto(f"{tab.file.as_uri()}#")
    page.wait_for_selector("#view-front:not([hidden]) h1")
    page.goto(f"{tab.file.as_uri()}#noldus-china-2012-18")
    page.wait_for_selector("#view-story:not([hidden]) h1")

    assert page.locator("#view-front").is_hidden()


def test_its_numbers_are_those_of_the_message_and_of_the_safeguards(tab: Opened) -> None:
    """Licences, deals, refusals and safeguards are counted, never typed."""
    page = told(tab)
    catalogue = Catalogue.installed()
    said = message_of(catalogue)
    assert said
    comparison = compare(cases_of_kinds(catalogue.scenarios()), catalogue.usual())
    rows = {row.law.ruleset.id: row for row in comparison.classes()}
    regimes = [catalogue.ruleset(name) for name in catalogue.profile.regimes]
    people = safeguards(regimes).group(Protects.PEOPLE)
    title = page.inner_text("#front-wall h2")
    dots = "#front-wall a.dot[data-at='2'][data-kind='{}']"

    assert f"none of {rows['amnesty'].count} documented deals" in title
    assert title.endswith(f"would, in {said['amnesty', 'refuse'].number()}.")
    for kind, number in rows["amnesty"].counts.items():
        assert page.locator(dots.format(kind)).count() == number
    assert page.locator(".mark-of:not(.refused)").count() == 317
    assert page.locator(".mark-of.refused").count() == 14
    shown = page.locator("#front-agreed dd").all_inner_texts()
    assert shown == [f"{low} of {len(people.rows)}" for low, _ in people.counts()]


def test_in_dutch_it_tells_the_article(tab: Opened) -> None:
    """Its gist in a reader's words, and nothing left in English but titles of sources."""
    text = told(tab, "nl").inner_text("#view-front")

    for part in (
        "Spionagesoftware kijkt stiekem mee", "Gezichtsherkenning haalt één mens uit een menigte",
        "bedrijven uit Nederland, Frankrijk en Zweden", "september 2020", "Oeigoeren en Kazachen",
        "Chinese veiligheidsdiensten", "Verenigde Arabische Emiraten", "Bahrein", "Belarus",
        "317 keer ja, 14 keer nee", "Amnesty vraagt een verbod", "Op 9 november 2020",
        "meer openheid, geen goede waarborgen",
    ):  # fmt: skip
        assert part in text
    assert "the" not in text.split()


def test_a_guess_is_answered_and_keeps_the_focus(tab: Opened) -> None:
    """The answer comes after the guess, by keyboard too."""
    page = told(tab)
    page.locator("#front-guess input[value=ask]").focus()
    page.keyboard.press("Space")

    assert page.inner_text("#front-guess .answer-told").startswith(
        "You guessed differently. By the rules of"
    )
    assert page.evaluate("document.activeElement.value") == "ask"


def test_a_lever_changed_by_keyboard_keeps_the_focus(tab: Opened) -> None:
    """The story is drawn anew around the levers, at once and again when they are worked out."""
    page = tab.go("#morpho-shanghai-2015", view="story")
    page.wait_for_function("() => document.querySelector('#view-story').dataset.levers === 'ready'")
    page.locator("#lever-tool input:checked").focus()
    page.keyboard.press("ArrowDown")
    at_once = page.evaluate("document.activeElement.closest('.lever')?.id")
    page.wait_for_function("() => document.querySelector('#view-story').dataset.levers === 'ready'")

    assert at_once == "lever-tool"
    assert page.evaluate("document.activeElement.closest('.lever')?.id") == "lever-tool"


@pytest.mark.parametrize("width", [320, 390, 820, 1366])
def test_nothing_overflows(tab: Opened, width: int) -> None:
    """On a phone as on a desk the page is as wide as the screen, and axe finds nothing to correct."""
    tab.page.set_viewport_size({"width": width, "height": 800})
    page = told(tab, "nl")

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []
