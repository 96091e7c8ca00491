"""The hand-out for pupils is made from the shipped data, prints on two pages, and holds no answer."""

from __future__ import annotations

import importlib.util
import re
import shutil
from pathlib import Path
from types import ModuleType

import pytest
from tests.needed import needed
from tests.shipped import CATALOGUE

from regcompare import Outcome, assess

ROOT = Path(__file__).parents[1]


def tool() -> ModuleType:
    """The script that writes the hand-out."""
    specification = importlib.util.spec_from_file_location("hand_out", ROOT / "tools" / "hand_out.py")
    assert specification
    assert specification.loader
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


TOOL = tool()


@pytest.mark.parametrize(("name", "text"), TOOL.pages(CATALOGUE).items())
def test_hand_out_is_up_to_date(name: str, text: str) -> None:
    """What is committed is what the script writes."""
    held = (ROOT / "docs" / "educators" / name).read_text(encoding="utf-8")

    assert held == text, "Write it anew: python tools/hand_out.py"


@pytest.mark.parametrize("part", TOOL.PARTS, ids=lambda part: str(part.file))
def test_three_cases_stand_in_each_part(part: object) -> None:
    """Each row names a fact that differs, with one answer for each of the three cases."""
    sheets = {sheet.title: sheet for sheet in TOOL.sheets(CATALOGUE)}

    rows = sheets[part.title].rows  # type: ignore[attr-defined]

    assert rows
    assert {len(row) for row in rows} == {1 + len(TOOL.CASES)}
    assert all(len(set(answers)) > 1 for _, *answers in rows)


@pytest.mark.parametrize("part", TOOL.PARTS, ids=lambda part: str(part.file))
def test_shared_facts_are_stated_alike(part: object) -> None:
    """No shared fact is missing from a case, or differs between the three."""
    folder = ROOT / "scenarios" / "teaching"
    cases = CATALOGUE.read(folder / f"{part.file}.yaml")  # type: ignore[attr-defined]

    stated = [TOOL._stated(case) for case in cases]

    for key in part.shared:  # type: ignore[attr-defined]
        assert len({repr(answers[key][1]) for answers in stated}) == 1, key


def test_second_page_holds_no_answer() -> None:
    """No result of the three files, and no provision, stands beside the cases."""
    page = TOOL.html(CATALOGUE).partition("<h1>Three cases</h1>")[2]
    rulesets = [CATALOGUE.ruleset(name) for name in TOOL.REGIMES]
    cases = [
        case
        for part in TOOL.PARTS
        for case in CATALOGUE.read(ROOT / "scenarios" / "teaching" / f"{part.file}.yaml")
    ]
    results = {assess(case, ruleset).span.low for case in cases for ruleset in rulesets}  # type: ignore[union-attr]

    assert Outcome.REFUSAL in results
    assert not [item.word for item in results if item.word.replace("_", " ") in page]
    assert not re.findall(r"Art\. |\bA0\d", page)


@pytest.mark.thorough
def test_hand_out_prints_on_two_pages(tmp_path: Path) -> None:
    """On A4, with the system's chromium and its fonts."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("No chromium is installed; the print is tested where there is one.")
    playwright = needed("playwright.sync_api")
    page = tmp_path / "hand-out.html"
    page.write_text(TOOL.html(CATALOGUE), encoding="utf-8")

    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=chromium, args=["--disable-gpu", "--no-sandbox"]
        )
        opened = browser.new_page()
        opened.goto(page.as_uri())
        printed = opened.pdf(prefer_css_page_size=True)
        browser.close()

    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 2


def test_rules_stand_before_the_cases() -> None:
    """Each regime has the rules that decide the three cases, in the ruleset's own sentences."""
    page, markdown = TOOL.html(CATALOGUE).partition("<h1>Three cases</h1>")[0], TOOL.markdown(CATALOGUE)
    cases = [
        case
        for part in TOOL.PARTS
        for case in CATALOGUE.read(ROOT / "scenarios" / "teaching" / f"{part.file}.yaml")
    ]

    for name in TOOL.REGIMES:
        ruleset = CATALOGUE.ruleset(name)
        given = {ruleset.rule(rule) for rule in TOOL.RULES[name]}
        assert all(rule.sentence in page and rule.sentence in markdown for rule in given)
        for case in cases:
            deciding = [finding.rule for finding in assess(case, ruleset).deciding]
            stated = {rule.sentence for rule in given} | _both_acts()
            assert not deciding or any(rule.sentence in stated for rule in deciding), (name, case.id)


def _both_acts() -> set[str]:
    """The rules of the act on which the proposal stands."""
    act = CATALOGUE.ruleset("eu-2021-821")
    return {act.rule(name).sentence for name in TOOL.RULES["eu-2021-821"]}


@pytest.mark.thorough
def test_hand_out_fits_a_phone_and_a_dark_screen(tmp_path: Path) -> None:
    """On a narrow screen nothing stands out to the side; on a dark one ink and symbols stay dark on white."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("No chromium is installed; the look is tested where there is one.")
    playwright = needed("playwright.sync_api")
    page = tmp_path / "hand-out.html"
    page.write_text(TOOL.html(CATALOGUE), encoding="utf-8")

    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=chromium, args=["--disable-gpu", "--no-sandbox"]
        )
        colours = []
        for scheme in ("light", "dark"):
            opened = browser.new_page(viewport={"width": 390, "height": 844}, color_scheme=scheme)
            opened.goto(page.as_uri())
            colours.append(
                opened.evaluate("getComputedStyle(document.querySelector('th > span')).color")
            )
            width = opened.evaluate("document.documentElement.scrollWidth")
        browser.close()

    assert width <= 390
    assert colours[0] == colours[1]


def test_the_lesson_names_links_of_the_page() -> None:
    """The lesson names, for each tab, the case by the title that the page's link bears."""
    lesson = (ROOT / "docs" / "educators" / "lesson.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \d \| \*(.+?)\* \| `class\.html#(.+?)&guess` \|$", lesson, re.MULTILINE)
    titles = {
        case.id: case.title
        for part in TOOL.PARTS
        for case in CATALOGUE.read(ROOT / "scenarios" / "teaching" / f"{part.file}.yaml")
    }

    assert len(rows) == len(TOOL.PARTS)
    assert all(titles[case] == title for title, case in rows)


def test_hand_out_asks_for_nothing_outside() -> None:
    """The file stands alone: no address, no script, no picture from elsewhere."""
    assert not re.findall(r"https?:|<script|<img|<link|url\(", TOOL.html(CATALOGUE))
