"""The story of the offline page, driven in chromium: gates, guesses, levers, puzzles, sizes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.tabs import Opened, browser, file, opened, tab, violations

from regcompare.plugins.catalogue import Catalogue
from regcompare.verdict.assess import assess
from regcompare.views.gates import gate_of, why
from regcompare.vocabulary import CORE
from regcompare_page.page.levers import LEVERS

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

__all__ = ["browser", "file", "tab"]  # Fixtures, found by name.
pytestmark = pytest.mark.thorough

MORPHO = "#morpho-shanghai-2015"
THREE = ("eu-428-2009", "eu-2021-821", "amnesty")
LEVERS_READY = "() => document.querySelector('#view-story').dataset.levers === 'ready'"


def bands(page: Page) -> list[str]:
    """The words on the gates."""
    return page.locator("#scene-gates > .gates .gate .word").all_inner_texts()


@pytest.mark.parametrize(("width", "height"), [(390, 844), (820, 1180), (1366, 768)])
def test_the_first_screen_says_it(tab: Opened, width: int, height: int) -> None:
    """Without a scroll one sees what was sold to whom, and three gates in colour."""
    page = tab.page
    page.set_viewport_size({"width": width, "height": height})
    tab.go(MORPHO, view="story")

    for place in ("h1", ".told-story", ".gate-card >> nth=2 >> .gate"):
        box = page.locator(f"#view-story {place}").first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= height, place
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_every_gate_is_that_of_the_verdict(tab: Opened, catalogue: Catalogue) -> None:
    """On every shipped case the gates match Python's verdicts."""
    page = tab.go(MORPHO, view="story")
    cases = [*catalogue.scenarios(), *catalogue.teaching()]
    shown = page.evaluate(
        "() => Object.fromEntries(view.page().ids.map((id) => [id, view.page().verdictsOf(id)"
        ".map((verdict) => gates.gateOf(view.page(), verdict).word)]))"
    )

    for case in cases:
        found = [assess(case, catalogue.ruleset(name)) for name in THREE]
        assert shown[case.id] == [gate_of(verdict).word for verdict in found], case.id


def test_every_reason_is_that_of_the_verdict(tab: Opened, catalogue: Catalogue) -> None:
    """On every shipped case the gates say the same reason as Python, on the same facts."""
    page = tab.go(MORPHO, view="story")
    cases = [*catalogue.scenarios(), *catalogue.teaching()]
    shown = page.evaluate(
        "() => { const page = view.page(); return Object.fromEntries(page.ids.map((id) => [id, "
        "page.shownNumbers().map((number) => { const verdict = page.assess(page.cases.get(id).facts, number); "
        "const { sentence, facts } = why.reason(page, verdict, verdicts.findings(verdict)); "
        "return [sentence, facts.sort()]; })])); }"
    )

    for case in cases:
        reasons = [why(assess(case, catalogue.ruleset(name))) for name in THREE]
        assert shown[case.id] == [[item.text, sorted(item.facts)] for item in reasons], case.id


def test_a_gate_shows_its_reason_its_facts_and_who_disputes_them(tab: Opened) -> None:
    """A contested fact that decides is shown as contested, with what would follow if it were open."""
    page = tab.go("#noldus-china-2012-18", view="story")
    card = page.locator("#view-story .gate-card").nth(2)

    assert "If it recognises people by their faces, it is banned." in card.locator(".why").inner_text()
    assert "Disputed: The company" in card.inner_text()
    assert "Left open: " in card.locator(".dispute").first.inner_text()
    assert "Nobody has said" not in page.inner_text("#view-story")
    unknown = page.locator("#view-story .gate-card").nth(1).locator(".grounds")
    assert "not known" in str(unknown.text_content())


def test_the_same_use_at_home_is_a_gate_that_can_be_opened(tab: Opened) -> None:
    """It is closed at first; once open it stays so, also for the next sale."""
    page = tab.go("#noldus-china-2012-18", view="story")
    home = page.locator("#home .gate")
    before = home.is_visible()
    page.locator("#home-summary").click()

    assert not before
    assert home.locator(".word").inner_text() == "No: banned"
    page.locator("#scene-next a.button").click()
    page.wait_for_selector("#scene-guess", state="visible")
    for name in THREE:
        page.locator(f"input[name=gate-{name}][value=free]").check(force=True)
    page.locator("#scene-guess button.main").click()
    assert page.locator("#home .gate").is_visible()


def test_the_gate_at_home_is_that_of_the_verdict(tab: Opened, catalogue: Catalogue) -> None:
    """On every shipped case the gate at home matches Python's verdict."""
    page = tab.go(MORPHO, view="story")
    cases = [*catalogue.scenarios(), *catalogue.teaching()]
    (home,) = catalogue.rulesets.of_use()
    shown = page.evaluate(
        "() => { const page = view.page(); const [number] = page.homes; return Object.fromEntries("
        "page.ids.map((id) => [id, gates.gateOf(page, verdicts.assess(page.model, page.cases.get(id).facts, "
        "number, { asOf: null, readings: {} })).word])); }"
    )

    for case in cases:
        assert shown[case.id] == gate_of(assess(case, home)).word, case.id


def test_every_lever_offered_changes_something(tab: Opened) -> None:
    """Each setting that is offered moves a gate, as its dots said; the others are named as idle."""
    for address in (MORPHO, "#ignorance-pays-suspects", "#amesys-libya-2007"):
        page = tab.go(address, view="story")
        page.wait_for_function(LEVERS_READY)
        before = page.evaluate("JSON.stringify(view.page().results.map(({ verdict }) => verdict.span))")
        shown_levers = page.locator("#scene-fact > .levers > .lever")
        offered = shown_levers.locator("input:not(:checked)")
        assert 1 <= shown_levers.count() <= 3
        for place in range(offered.count()):
            label = offered.nth(place).locator("xpath=..")
            promised = label.locator(".signature").get_attribute("aria-label")
            at_once = offered.nth(place).evaluate(
                "(input) => (input.click(), [...document.querySelectorAll('#scene-gates > .gates .word')]"
                ".map((word) => word.textContent))"
            )
            page.wait_for_function(
                "before => JSON.stringify(view.page().results.map(({ verdict }) => verdict.span)) !== before",
                arg=before,
            )
            shown = page.evaluate(
                "view.page().results.map((one) => `${gates.plainName(view.page(), one.number)}: "
                "${gates.gateOf(view.page(), one.verdict).word}`).join('; ')"
            )
            assert shown == promised
            assert [part.partition(": ")[2] for part in shown.split("; ")] == at_once
            page.go_back()
            page.wait_for_function(
                f"() => location.hash.startsWith('{address}&view') || location.hash === '{address}'"
            )
            page.wait_for_function(LEVERS_READY)


def test_a_guess_is_made_before_the_answers(tab: Opened) -> None:
    """Guess, reveal, because, next: nothing gives the answer away, then the next case names one change."""
    page = tab.go("#ignorance-pays-suspects&guess", view="story")
    hidden = page.inner_text("#view-story")
    button = page.locator("#scene-guess button.main")
    assert button.is_disabled()
    for name in THREE:
        page.locator(f"input[name=gate-{name}][value=free]").check(force=True)
    button.click()

    for choice in ("Free", "Report, or licence", "No"):
        assert hidden.count(choice) == len(THREE), choice
    assert bands(page) == ["Free", "Free", "No: must be refused"]
    assert page.inner_text(".score") == "2 of 3 guesses fit."
    assert "One difference: Which uses does the exporter know" in page.inner_text("#scene-next mark")
    page.locator("#scene-next a.button").click()
    page.wait_for_function("() => location.hash === '#ignorance-pays-aware&guess'")
    assert page.locator("#scene-guess").is_visible()


def test_a_term_is_explained_where_it_arises(tab: Opened) -> None:
    """A word of law on a gate opens its explanation, by keyboard too."""
    page = tab.go(MORPHO, view="story")
    term = page.locator(".term").first
    term.focus()
    page.keyboard.press("Enter")

    assert page.locator(".meaning:popover-open").count() == 1


@pytest.mark.parametrize(
    ("address", "view"),
    [(MORPHO, "story"), ("#broker-brokered&guess", "story")],
)
def test_the_story_is_accessible(browser: Browser, file: Path, address: str, view: str) -> None:
    """Axe finds nothing to correct on the story and a guess, light and dark."""
    for one in opened(browser, file, reduced_motion="reduce"):
        page = one.go(address, view=view)
        if "guess" not in address and view == "story":
            page.wait_for_function(LEVERS_READY)

        assert violations(page) == []


def test_the_levers_state_answers_to_facts() -> None:
    """Each setting of a lever answers facts that there are, each with an answer of its kind."""
    for lever in LEVERS:
        for answers in lever.settings.values():
            assert {fact.key for fact in lever.facts} & {fact.key for fact in answers}
            for fact, answer in answers.items():
                assert answer is None or CORE.fact(fact.key).convert(answer) is not None


def test_a_sale_prints_on_one_sheet(tab: Opened) -> None:
    """Print contains the sale, its gates, facts and sources, and nothing to press."""
    for address in (MORPHO, "#noldus-china-2012-18", "#hackingteam-ethiopia-2011-15"):
        page = tab.go(address, view="story")
        page.wait_for_function(LEVERS_READY)
        printed = page.pdf(format="A4", print_background=True)
        page.emulate_media(media="print")

        assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
        assert page.locator("#view-story button:visible:not(.term)").count() == 0
        assert page.locator(".on-paper .known").first.is_visible()
        page.emulate_media(media="null")
