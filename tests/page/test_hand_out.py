"""The hand-out for pupils is made from the shipped data, prints on two pages, and holds no answer."""

from __future__ import annotations

import importlib.util
import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from tests.needed import needed
from tests.shipped import CATALOGUE

from regcompare import assess
from regcompare.views.sentences import result_words
from regcompare.words.catalogues import ENGLISH, language
from regcompare_page.commands.page import puzzles_of
from regcompare_page.site import gift, teachers_zip
from regcompare_page.site import lesson as lesson_of

ROOT = Path(__file__).parents[2]
DOCUMENTS = ROOT / "docs"
EDUCATORS = ROOT / "docs" / "educators"


def tool() -> ModuleType:
    """The script that writes the hand-out."""
    specification = importlib.util.spec_from_file_location("hand_out", ROOT / "tools" / "hand_out.py")
    assert specification
    assert specification.loader
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


TOOL = tool()
PAGES = cache(lambda: TOOL.pages(CATALOGUE))
EACH_ROUND = pytest.mark.parametrize("part", TOOL.ROUNDS, ids=lambda part: part.title)


def halves() -> tuple[str, str]:
    """The two pages for pupils."""
    first, second = PAGES()["hand-out.md"].split("\n---\n")
    return first, second


def test_hand_out_is_up_to_date() -> None:
    """What is committed is what the script writes."""
    held = {name: (EDUCATORS / name).read_text(encoding="utf-8") for name in PAGES()}

    assert held == PAGES(), "Write it anew: python tools/hand_out.py"


def test_the_first_page_is_short() -> None:
    """A pupil reads it in two minutes."""
    assert len(re.findall(r"\w[\w'/-]*", re.sub(r"<!--.*?-->", "", halves()[0]))) < 350


@EACH_ROUND
def test_shared_facts_are_stated_in_the_same_way(part: Any) -> None:
    """No shared fact is missing from a case or differs between the three, and the others do differ."""
    stated = [TOOL.stated(case, CATALOGUE) for case in TOOL.cases(part, CATALOGUE)]

    for key in part.shared:
        assert len({repr(answers[key][1]) for answers in stated}) == 1, key
    for key in part.differ:
        assert len({TOOL._answer(answers, key, ENGLISH) for answers in stated}) > 1, key


def test_the_rounds_hold_a_prohibition_and_a_face() -> None:
    """One round is on facial recognition, and ends for one regime in a prohibition."""
    assert "facial recognition" in halves()[1]
    assert "prohibition" in PAGES()["answers.md"]


def test_second_page_holds_no_answer() -> None:
    """No result of a case, and no provision, is given with the cases."""
    rulesets = [CATALOGUE.ruleset(name) for name in TOOL.REGIMES]
    results = {
        result_words(assess(case, ruleset))
        for part in TOOL.ROUNDS
        for case in TOOL.cases(part, CATALOGUE)
        for ruleset in rulesets
    }

    assert "prohibition" in results
    assert not [words for words in results if words in halves()[1]]
    assert not re.findall(r"Art\. |\bA0\d", halves()[1])


def test_the_answers_are_those_of_the_rulesets() -> None:
    """Each case has its result under each regime."""
    for name in TOOL.REGIMES:
        start = f"| **{CATALOGUE.ruleset(name).plain_title}**"
        rows = [line for line in PAGES()["answers.md"].splitlines() if line.startswith(start)]
        for row, part in zip(rows, TOOL.ROUNDS, strict=True):
            told = [cell.rpartition("** (")[2].strip(" )") for cell in row.strip("| ").split("|")[1:]]
            assert told == [
                result_words(assess(case, CATALOGUE.ruleset(name)))
                for case in TOOL.cases(part, CATALOGUE)
            ]


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_the_lesson_opens_the_first_case_of_each_round(lang: str) -> None:
    """Its table names the case by its title, with its address on the page, answers hidden."""
    lesson, say = lesson_of(DOCUMENTS, lang)["lesson"], language(lang, CATALOGUE.locales).say
    rows = re.findall(r"^\| \d \| (.+?) \| `story\.html#(.+?)&guess` \|$", lesson, re.MULTILINE)

    first = [TOOL.cases(part, CATALOGUE)[0] for part in TOOL.ROUNDS]
    assert rows == [(say(case.title), case.id) for case in first]


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_the_lesson_takes_forty_five_minutes(lang: str) -> None:
    """The parts follow each other without a gap, in the same minutes in each language."""
    lesson = lesson_of(DOCUMENTS, lang)["lesson"]
    times = [(int(a), int(b)) for a, b in re.findall(r"^\| (\d+)-(\d+) \|", lesson, re.MULTILINE)]

    assert [begin for begin, _ in times] == [0, *(end for _, end in times[:-1])]
    assert times[-1][1] == 45


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """The system's chromium, without a window."""
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("No chromium is installed; the pages are tested where there is one.")
    with needed("playwright.sync_api").sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=["--disable-gpu", "--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def unpacked() -> dict[str, bytes]:
    """What the ZIP for teachers holds."""
    needed("markdown_it")
    with zipfile.ZipFile(io.BytesIO(teachers_zip("<p>story</p>", lesson_of(DOCUMENTS)))) as made:
        return {name: made.read(name) for name in made.namelist()}


def test_the_zip_is_all_that_a_lesson_needs(unpacked: dict[str, bytes]) -> None:
    """Every link of the lesson leads to a file of the ZIP, and nothing asks for the network."""
    assert set(unpacked) == {
        "README.txt", "story.html", "lesson.html", "hand-out.html", "answers.html",
    }  # fmt: skip
    for name in ("lesson.html", "hand-out.html", "answers.html"):
        text = unpacked[name].decode()
        links = [link.partition("#")[0] for link in re.findall(r'(?:href|src)="([^"]*)"', text)]
        assert set(links) <= set(unpacked), name
        assert text.count("<h1>") == 1
        assert not re.findall(r"https?:|<script", text)
    lesson = unpacked["lesson.html"].decode()
    assert 'href="story.html#morpho-shanghai-2015&amp;guess"' in lesson
    assert 'href="hand-out.html"' in lesson


@pytest.mark.thorough
@pytest.mark.parametrize("lang", ["en", "nl"])
def test_the_hand_out_prints_on_two_pages(chromium: Any, lang: str, tmp_path: Path) -> None:
    """One to read and one to work on, in each language; its type has nine points or more."""
    words = language(lang, CATALOGUE.locales)
    with zipfile.ZipFile(
        io.BytesIO(teachers_zip("", lesson_of(DOCUMENTS, lang), language=words))
    ) as made:
        (tmp_path / "hand-out.html").write_bytes(made.read("hand-out.html"))
    tab = chromium.new_page()
    tab.goto((tmp_path / "hand-out.html").as_uri())
    tab.emulate_media(media="print")
    size = "Math.min(...[...document.querySelectorAll('p, li')].map((one) => parseFloat(getComputedStyle(one).fontSize)))"

    assert tab.evaluate(size) >= 9 * 96 / 72 * 0.95
    assert len(re.findall(rb"/Type\s*/Page\b", tab.pdf(format="A4"))) == 2
    assert tab.evaluate("document.documentElement.lang") == lang


def test_the_zip_can_be_dutch() -> None:
    """The file to begin with is Dutch."""
    needed("markdown_it")
    dutch, papers = language("nl", CATALOGUE.locales), lesson_of(DOCUMENTS, "nl")
    with zipfile.ZipFile(io.BytesIO(teachers_zip("", papers, language=dutch))) as made:
        begin = made.read("README.txt").decode()

    assert begin.startswith("Een les over de uitvoer van surveillancetechnologie")


def test_puzzles_become_questions_for_moodle() -> None:
    """Each case asks for the gate of every regime; a puzzle ends with its answer; marks are escaped."""
    regimes = list(CATALOGUE.usual())
    written = gift(puzzles_of(CATALOGUE), regimes, language("nl", CATALOGUE.locales))
    categories = written.split("$CATEGORY: regcompare/")[1:]
    first = categories[0]

    assert len(categories) == len(CATALOGUE.profile.puzzles)
    assert written.count("::") == 2 * len(CATALOGUE.teaching())
    assert re.findall(r"^=(.+?) -> (.+)$", first, re.MULTILINE)[:3] == [
        ("EU-regels tot 2021", "Vrij"), ("EU-regels sinds 2021", "Vrij"),
        ("Wat Amnesty vraagt", r"Nee\: moet worden geweigerd"),
    ]  # fmt: skip
    assert "Loont het om niets te weten? Ja, volgens de EU-regels sinds 2021" in first
    assert re.search(r"^=.*(?<!\\)[:{}#~]", written, re.MULTILINE) is None


def test_the_zip_is_the_same_each_time(unpacked: dict[str, bytes]) -> None:
    """Neither the clock nor chance is in it."""
    again = teachers_zip("<p>story</p>", lesson_of(DOCUMENTS))
    with zipfile.ZipFile(io.BytesIO(again)) as made:
        assert {name: made.read(name) for name in made.namelist()} == unpacked


@pytest.mark.thorough
@pytest.mark.parametrize("name", ["lesson.html", "hand-out.html", "answers.html"])
def test_pages_of_the_zip_are_for_everybody(
    unpacked: dict[str, bytes], chromium: Any, name: str, tmp_path: Path
) -> None:
    """On a phone in the dark axe finds nothing, and nothing stands out to the side."""
    (tmp_path / name).write_bytes(unpacked[name])
    tab = chromium.new_page(viewport={"width": 390, "height": 844}, color_scheme="dark")
    tab.goto((tmp_path / name).as_uri())
    width = tab.evaluate("document.documentElement.scrollWidth")
    found = needed("axe_playwright_python.sync_playwright").Axe().run(tab)

    assert width <= 390
    assert [item["id"] for item in found.response["violations"]] == []
