"""The offline page in another language, driven in chromium: what it says, marks and keeps."""

from __future__ import annotations

import re

import pytest
from tests.page.tabs import Opened, browser, file, tab, violations

from regcompare_eu.facts import LISTED

__all__ = ["browser", "file", "tab"]  # Fixtures, found by name.
pytestmark = pytest.mark.thorough

MORPHO = "#morpho-shanghai-2015"
ENGLISH = re.compile(r"\b(the|and|with|from|this|that|which|whether|licence|not)\b", re.IGNORECASE)
SAID = """() => [...document.querySelectorAll('body :not(script, noscript, noscript *)')]
  .filter((one) => !one.closest('[lang]:not(html, [lang=nl])') && !one.closest('code, cite'))
  .flatMap((one) => [
    ...[...one.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data),
    ...['aria-label', 'title', 'placeholder'].map((name) => one.getAttribute(name) ?? ''),
  ])"""


def test_opens_in_dutch_and_marks_what_is_not_translated(tab: Opened) -> None:
    """The page says in Dutch all that it says itself; rules and reasons are marked, links lead to Dutch."""
    page = tab.go("#fair-and-repair-sale&lang=nl")

    assert page.evaluate("document.documentElement.lang") == "nl"
    assert page.inner_text("#results-title") == "De uitkomst volgens elke set regels"
    assert "EU-regels tot 2021: " in page.inner_text("#told")
    assert page.locator("#ask-item\\.covert legend").text_content() == (
        "Blijft voor mensen verborgen dat ze worden gevolgd?"
    )
    assert page.locator(".provision > p[lang=en]").count()
    assert "/NL/" in (page.locator(".provision cite a").first.get_attribute("href") or "")


def test_a_language_is_chosen_on_the_page_and_stays_in_the_address(tab: Opened) -> None:
    """The link to the other language keeps the case and its changes, and opens the page in it."""
    page = tab.go(f"{MORPHO}&item.covert=no")

    assert page.evaluate("document.documentElement.lang") == "en"
    page.click("#languages a[hreflang=nl]")
    page.wait_for_selector("html[lang=nl][data-ready]")

    assert page.evaluate("location.hash") == f"{MORPHO}&item.covert=no&lang=nl"
    assert page.inner_text("#languages a[aria-current]") == "NL"
    assert page.inner_text("#changes").startswith("1 antwoord verschilt van het oorspronkelijke geval.")


@pytest.mark.parametrize("case", ["#", MORPHO, "#ignorance-pays-suspects"])
def test_dutch_has_no_english_left(tab: Opened, case: str) -> None:
    """What is not marked as English has no English sentence in it, whatever is opened."""
    page = tab.go(f"{case}&lang=nl")
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    page.wait_for_timeout(500)

    names = {word.label for word in LISTED.values()}  # Listed parties are called so in every language.
    said = [text for text in page.evaluate(SAID) if not any(name in text for name in names)]
    assert [text for text in said if ENGLISH.search(text)][:20] == []


@pytest.mark.parametrize("case", ["#", MORPHO])
def test_has_no_barriers_in_dutch(tab: Opened, case: str) -> None:
    """Axe finds nothing to correct in Dutch either: a longer word breaks no layout, no label is missing."""
    page = tab.go(f"{case}&lang=nl")

    assert violations(page) == []
