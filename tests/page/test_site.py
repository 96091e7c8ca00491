"""The site: what its pages say and where they lead, and that they are for everybody."""

from __future__ import annotations

import json
import re
import shutil
import xml.etree.ElementTree as ET
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from click.testing import CliRunner
from tests.support.needed import needed
from tests.support.recording import RECORD
from tests.support.shipped import CASES, CATALOGUE

from regcompare import UsageError
from regcompare.cli import main
from regcompare.comparison.classes import CLASSES, classify
from regcompare.comparison.comparison import compare
from regcompare.comparison.layers import undisputed
from regcompare.comparison.populations import populations_of
from regcompare.scenario.provenance import RECORD_GROUPS
from regcompare.scenario.scenario import cases_of_kinds
from regcompare.verdict.assess import assess
from regcompare.words.catalogues import ENGLISH, language
from regcompare_cases import FIRST
from regcompare_elsewhere.owed import owed
from regcompare_page.commands.page import puzzles_of
from regcompare_page.face.front import front_of
from regcompare_page.site.build import CARDS, GAME, LESSON, Site
from regcompare_page.site.law import QUESTIONS, LawPage

ROOT = Path(__file__).parents[2]
DUTCH = language("nl", CATALOGUE.locales)
REGIMES = list(CATALOGUE.usual())
DOCUMENTED = cases_of_kinds(CASES)
HOSTILE = "</title><script>alert(1)</script> & \"quoted\" 'so' ]]>"


class Page(HTMLParser):
    """What a page holds: its tags, in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attributes}))

    def values(self, name: str) -> list[str]:
        """Every value of an attribute."""
        return [held[name] for _, held in self.tags if name in held]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as the command writes it."""
    folder = tmp_path_factory.mktemp("site") / "site"
    done = CliRunner().invoke(main, ["site", "-o", str(folder)])
    assert done.exit_code == 0, done.output
    return folder


@pytest.mark.thorough
def test_the_picture_of_the_finding_is_that_of_the_documentation(site: Path) -> None:
    """The page on the lesson shows what the command makes."""
    kept, drawn = ROOT / "docs/pictures/finding.svg", site / "finding.svg"
    if RECORD:
        shutil.copy(drawn, kept)

    assert kept.read_bytes() == drawn.read_bytes()


def pages(site: Path) -> list[Path]:
    """The pages that the site makes itself."""
    return [file for file in site.rglob("*.html") if file.name != "try.html"]


@pytest.mark.thorough
def test_pages_for_lawyers_say_what_an_evaluation_could_change(site: Path) -> None:
    """The list of these pages leads to it in each language."""
    for folder, title in (
        (site, "What could the evaluation of the act change?"),
        (site / "nl", "Wat kan de evaluatie van de verordening veranderen?"),
    ):
        assert f'<a href="evaluation.html"><b>{title}' in (folder / "law.html").read_text("utf-8")
        assert title in (folder / "evaluation.html").read_text("utf-8")


@pytest.mark.thorough
def test_each_documented_case_has_a_page_and_a_card(site: Path) -> None:
    """Nothing else lies in the folder of cases but their list, ordinary trade, and the pictures as PNG."""
    ids = {case.id for case in DOCUMENTED}
    ordinary = {case.id for case in CATALOGUE.ordinary()}

    assert {file.stem for file in (site / "cases").glob("*.html")} == {*ids, *ordinary, "index"}
    assert {file.stem for file in (site / "cases").glob("*.svg")} == ids
    assert {file.stem for file in (site / "cases").glob("*.png")} <= ids


@pytest.mark.thorough
def test_every_relative_link_leads_to_a_file(site: Path) -> None:
    """No link is absolute, and each leads to a file of the site or to a place on its own page."""
    for file in pages(site):
        page = Page(file.read_text(encoding="utf-8"))
        for link in [*page.values("href"), *page.values("src")]:
            parts = urlsplit(link)
            if parts.scheme:
                assert parts.scheme in ("http", "https"), (file, link)
            elif parts.path:
                assert not link.startswith("/"), (file, link)
                assert (file.parent / unquote(parts.path)).is_file(), (file, link)
            else:
                assert parts.fragment in page.values("id"), (file, link)


@pytest.mark.thorough
def test_nothing_is_fetched_from_elsewhere(site: Path) -> None:
    """A web address is in links that a reader follows, and nowhere else."""
    for file in pages(site):
        page = Page(file.read_text(encoding="utf-8"))
        fetched = [
            held.get("src") or held.get("href", "")
            for tag, held in page.tags
            if tag in ("img", "script", "link", "iframe", "source", "object")
        ]
        assert not [link for link in fetched if urlsplit(link).scheme]
        assert not re.search(r"@import|url\(\s*[\"']?https?:", file.read_text(encoding="utf-8"))


@pytest.mark.thorough
def test_a_page_has_one_heading_at_the_top_and_no_name_twice(site: Path) -> None:
    """Headings go down step by step, and ids are unique, also those of pictures on the page."""
    for file in pages(site):
        page = Page(file.read_text(encoding="utf-8"))
        levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
        assert levels.count(1) == 1, file
        assert levels[0] == 1, file
        assert all(after <= before + 1 for before, after in pairwise(levels)), file
        assert [name for name, times in Counter(page.values("id")).items() if times > 1] == [], file
        assert {"main", "header", "footer", "nav"} <= {tag for tag, _ in page.tags}, file


@pytest.mark.thorough
def test_the_front_page_tells_the_article_without_a_script(site: Path) -> None:
    """In each language: the question, the claim with its exceptions, one sale, the figures, and ways on."""
    for name, parts in {
        "index.html": (
            "Who has to say no?", "because of the harm to people", "Elsewhere a no can be required",
            "Uyghurs and Kazakhs", "317 × yes, 14 × no", "more openness, hardly more protection",
        ),
        "nl/index.html": (
            "Wie moet er nee zeggen?", "vanwege de schade aan mensen", "Elders kan een nee",
            "Oeigoeren en Kazachen", "317 × ja, 14 × nee", "meer openheid, nauwelijks meer bescherming",
        ),
    }.items():  # fmt: skip
        text = (site / name).read_text(encoding="utf-8")
        assert all(part in text for part in parts), name
        assert "<iframe" not in text
        assert text.count('class="tile"') == len(populations_of(DOCUMENTED)["deals"])
        assert len(text.encode()) <= 109_000, name  # With an address it has up to a kilobyte more: 110.
        assert len(re.findall(r"<[a-z]", text)) <= 1_500, name


@pytest.mark.thorough
def test_each_page_leads_to_itself_in_the_other_language(site: Path) -> None:
    """There and back; tables for lawyers are translated as far as they can be."""
    named = {DUTCH.say(name): name for name in (GAME, LESSON, CARDS)}
    for file in (*pages(site / "nl"), *(site / "nl").glob("*.html")):
        english = site / file.relative_to(site / "nl").with_name(named.get(file.name, file.name))
        there, back = (Page(page.read_text(encoding="utf-8")).values("href") for page in (english, file))
        assert any((english.parent / link).resolve() == file.resolve() for link in there), file
        assert any((file.parent / link).resolve() == english.resolve() for link in back), file


@pytest.mark.thorough
def test_a_case_says_its_gates_in_words_with_the_reason(site: Path) -> None:
    """Each gate has its regime, result and reasons; sources, record and citation follow."""
    text = (site / "cases" / f"{FIRST[0]}.html").read_text(encoding="utf-8")

    for told in (
        "The rules of the day",
        "Free, perhaps report",
        "What Amnesty asks",
        "What is disputed",
        "Whoever is right",
        "What we know, and how",
        "our classification",
        "Sold without a licence",
        "Out of Control (EUR 01/2556/2020)",
        "SHA-256",
        f"../try.html#{FIRST[0]}",
    ):
        assert told in text


@pytest.mark.thorough
def test_a_card_is_well_formed_and_names_its_gates(site: Path) -> None:
    """The image has a title and a description, and needs nothing from outside."""
    for file in (site / "cases").glob("*.svg"):
        root = ET.fromstring(file.read_text(encoding="utf-8"))
        title, words = list(root)[:2]
        assert (root.get("width"), root.get("height")) == ("1200", "630")
        assert title.text
        assert (words.text or "").strip()


def test_a_wrong_fact_is_reported_and_a_result_reproduced() -> None:
    """The report has title and hash filled in, where there is a form for it; the data are described."""
    case = DOCUMENTED[0]
    to = "https://example.org/report"
    files = Site(compare([case], REGIMES), story="", report_to=to).files()
    without = Site(compare([case], REGIMES), story="").files()
    page = files[f"cases/{case.id}.html"]
    (markup,) = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', files["cases/index.html"]
    )

    mail = Site(compare([case], REGIMES), story="", report_to="mailto:cases@example.org").files()
    assert f"{to}?title={case.id}%3A%20a%20mistake%2C%20or%20a%20reply&amp;body=" in page
    assert f"mailto:cases@example.org?subject={case.id}%3A%20a" in mail[f"cases/{case.id}.html"]
    assert '<a class="btn" href="../corrections.html">' in without[f"cases/{case.id}.html"]
    assert all(f"regcompare cite {case.id} -r {regime.id}" in page for regime in REGIMES)
    assert json.loads(markup)["@type"] == "Dataset"
    assert files["data/cases.csv"].startswith("case,title,")


def test_what_was_corrected_is_one_page() -> None:
    """Each change of each case has a line, the latest first, with how to report and what becomes of it."""
    changed = [case for case in DOCUMENTED if case.changes][:3]
    site = Site(compare(changed, REGIMES), story="", languages={"": ENGLISH, "nl/": DUTCH})
    files = site.files()
    page, dutch = files["corrections.html"], files["nl/corrections.html"]

    days = re.findall(r"<li>(\d{4}-\d\d-\d\d): ", page)

    assert len(days) == sum(len(case.changes) for case in changed) > 0
    assert days == sorted(days, reverse=True)
    assert "which fact is wrong" in page
    assert "Correcties en reacties" in dutch


def test_in_dutch_a_page_says_which_parts_are_english() -> None:
    """Tables for lawyers have their finding and headings in Dutch; the rest is marked, and told."""
    table = owed(DOCUMENTED[:1], CATALOGUE.rulesets.in_force_on_exports()).document("nl", DUTCH)
    files = Site(
        compare(DOCUMENTED[:1], REGIMES),
        story="",
        lang="nl",
        languages={"": DUTCH},
        law_pages=(LawPage("owed", lambda _: table),),
    ).files()

    assert '<p class="small">Wat volgt, is in het Engels' in files["owed.html"]
    assert "Wie er ook gelijk heeft" in files[f"cases/{FIRST[0]}.html"]
    for name in ("owed.html", f"cases/{FIRST[0]}.html"):
        assert '<html lang="nl">' in files[name]
    assert '<p lang="nl">Van 1 geval waarvan het besluit bekend is' in files["owed.html"]
    assert '<p class="note">What was required' in files["owed.html"]
    assert "Wat eiste het recht van toen?" in files["law.html"]
    assert "Van 1 geval waarvan het besluit bekend is" in files["law.html"]


def test_with_an_address_other_sites_find_the_images() -> None:
    """Previews need the full address, as what is handed on alone does; other links stay relative."""
    cases = compare(DOCUMENTED[:1], REGIMES)
    files = Site(cases, story="", game=FIRST[:1], address="https://example.org/site/").files()
    alone = [link for link in Page(files["game.html"]).values("href") if not link.startswith("#")]
    text = files[f"cases/{FIRST[0]}.html"]

    assert f'content="https://example.org/site/cases/{FIRST[0]}.png"' in text
    assert 'href="../index.html"' in text
    assert 'href="https://example.org/site/cases/' in text
    assert f"https://example.org/site/cases/{FIRST[0]}.html" in alone
    assert all(link.startswith("https://example.org/site/") for link in alone)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--address", "ftp://example.org"], "is not an address such as https://example.org/site"),
        (["--lang", "xx"], "'xx' is not one of"),
        (["-r", "eu-2021-812"], "eu-2021-821"),
    ],
)
def test_a_wrong_option_is_refused(words: list[str], said: str, tmp_path: Path) -> None:
    """Nothing is written, and the cause is said."""
    done = CliRunner().invoke(main, ["site", "-o", str(tmp_path / "site"), *words])

    assert done.exit_code == 2
    assert said in done.stderr
    assert not (tmp_path / "site").exists()


@pytest.mark.thorough
def test_an_existing_site_is_not_replaced_unasked(site: Path) -> None:
    """The same folder again needs --overwrite."""
    done = CliRunner().invoke(main, ["site", "-o", str(site)])

    assert done.exit_code == 2
    assert "--overwrite" in done.stderr


@pytest.mark.thorough
def test_the_puzzles_are_questions_for_moodle(site: Path) -> None:
    """Each case asks for the gate of every regime; a puzzle ends with its answer; marks are escaped."""
    written = (site / "nl" / "puzzles.gift.txt").read_text(encoding="utf-8")
    first, *others = written.split("$CATEGORY: regcompare/")[1:]

    assert len(others) + 1 == len(puzzles_of(CATALOGUE))
    assert written.count("::") == 2 * len(CATALOGUE.teaching())
    assert re.findall(r"^=(.+?) -> (.+)$", first, re.MULTILINE)[:3] == [
        ("EU-regels tot 2021", "Vrij"), ("EU-regels sinds 2021", "Vrij"),
        ("Wat Amnesty vraagt", r"Nee\: moet worden geweigerd"),
    ]  # fmt: skip
    assert "Loont het om niets te weten? Ja, volgens de EU-regels sinds 2021" in first
    assert re.search(r"^=.*(?<!\\)[:{}#~]", written, re.MULTILINE) is None


@pytest.mark.thorough
@pytest.mark.parametrize("name", ["cards.html", "nl/kaartjes.html"])
def test_cards_fit_on_their_sheets(browser: Any, site: Path, name: str) -> None:
    """A sheet of A4 has eight, and no card holds more than its frame shows."""
    tab = browser.new_page()
    tab.goto((site / name).as_uri())
    tab.emulate_media(media="print")
    tab.set_viewport_size({"width": 733, "height": 1060})  # A4 within its margins, at 96 dots an inch.
    cut = """[...document.querySelectorAll(".cards li")]
        .filter((card) => card.scrollHeight > card.clientHeight + 1)
        .map((card) => card.querySelector("h2").textContent)"""
    number = tab.evaluate('document.querySelectorAll(".sheet").length')

    assert tab.evaluate(cut) == []
    assert len(re.findall(rb"/Type\s*/Page\b", tab.pdf(prefer_css_page_size=True))) == number


def test_without_a_case_there_is_no_site() -> None:
    """That is said."""
    with pytest.raises(UsageError, match="at least one documented case"):
        Site(compare([], REGIMES), story="").files()


# in a browser ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser() -> Any:
    """The system's chromium, without a window."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("No chromium is installed; the site is tested where there is one.")
    with needed("playwright.sync_api").sync_playwright() as driver:
        started = driver.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        yield started
        started.close()


LAWYERS = tuple(f"{name}.html" for name in QUESTIONS)
SHOWN = (
    "index.html",
    "nl/index.html",
    "cases/index.html",
    f"cases/{FIRST[2]}.html",
    "game.html",
    "lesson.html",
    "nl/kaartjes.html",
    "corrections.html",
    "law.html",
    *LAWYERS,
    *(f"nl/{name}" for name in LAWYERS),
)


@pytest.mark.thorough
@pytest.mark.parametrize("name", SHOWN)
@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (820, "dark"), (1366, "light")])
def test_pages_are_accessible_at_every_size(
    browser: Any, site: Path, name: str, width: int, scheme: str
) -> None:
    """Axe finds nothing, no page is wider than the screen, and the browser complains of nothing."""
    axe = needed("axe_playwright_python.sync_playwright").Axe()
    context = browser.new_context(
        viewport={"width": width, "height": 844}, color_scheme=scheme, reduced_motion="reduce"
    )
    tab, complaints = context.new_page(), []
    tab.on("console", lambda message: complaints.append(message.text))
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.goto((site / name).as_uri())
    assert complaints == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    found = axe.run(tab, options={"iframes": False})
    context.close()

    assert [(item["id"], item["nodes"][0]["target"]) for item in found.response["violations"]] == []


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("name", "nobody", "times"),
    [
        ("index.html", "nobody", "at least {} times"),
        ("nl/index.html", "niemand", "minstens {} keer"),
    ],
)
def test_a_reader_opens_every_envelope_and_asks_for_more(
    browser: Any, site: Path, name: str, nobody: str, times: str
) -> None:
    """By keyboard: the words are those of the case pages, what is asked stays hidden until it is pressed."""
    tab = browser.new_page(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    tab.goto((site / name).as_uri())
    tab.locator(".tile").first.focus()
    tab.keyboard.press("Enter")
    tab.keyboard.press("ArrowRight")
    tab.keyboard.press(" ")
    masked = tab.inner_text("#card")
    tab.keyboard.press("Escape")
    tab.locator("#all").click()
    tab.wait_for_function("() => document.querySelectorAll('.tile:not(.open)').length === 0")
    first = tab.inner_text("#answer")
    tab.locator(".laws button").nth(2).click()
    stamps = tab.locator(".tile .m.no").count()
    asked = tab.inner_text("#answer")
    moved = tab.evaluate(
        "performance.getEntriesByType('layout-shift').reduce((sum, { value }) => sum + value, 0)"
    )
    doors = tab.locator("#doors").evaluate("(head) => head.getBoundingClientRect().top + scrollY")
    tab.close()

    assert "?" in masked
    assert nobody in first
    assert times.format(stamps) in asked
    assert moved < 0.05
    assert doors <= 5 * 844


# numbers that a script counts ----------------------------------------------------------------------


@pytest.mark.thorough
def test_a_game_counts_what_is_on_record(browser: Any, site: Path) -> None:
    """After each case: how often the reader refused, a government did, and nobody was asked, which is no yes."""
    cases = {case.id: case for case in CASES}
    records = [record for name in CATALOGUE.profile.game if (record := cases[name].record)]
    tab = browser.new_page()
    tab.goto((site / "game.html").as_uri())
    told = []
    while tab.locator(".btns:visible").count():
        tab.locator(".btns:visible button").last.click()
        told.append(tab.locator(".tal:visible").get_attribute("aria-label"))
        tab.locator("button.main:visible").click()
    told.append(tab.inner_text(".told"))
    tab.close()

    assert len(told) == len(records) + 1
    for at, text in enumerate(told, 1):
        done = [record.decision for record in records[:at]]
        nobody = sum(decision in ("none_needed", "not_applied") for decision in done)
        assert [int(number) for number in re.findall(r"(\d+) times", text)] == [
            len(done), done.count("refused"), nobody,
        ]  # fmt: skip


@pytest.mark.thorough
def test_the_front_page_counts_what_a_count_says(browser: Any, site: Path) -> None:
    """Envelopes that are open, decisions that are drawn, and what each rule hits and costs."""
    front = front_of(CATALOGUE)
    assert front
    refusal, figures = front.count("refuse", 0), front.licences
    assert figures
    tab = browser.new_page(reduced_motion="reduce")
    tab.goto((site / "index.html").as_uri())
    tallies = []
    for at in range(len(front.deals) - 1):
        tab.locator(".tile").nth(at).evaluate("(tile) => tile.click()")
        tallies.append(tab.inner_text("#tally"))
    tab.locator("#asks").evaluate("(asks) => { asks.open = true; }")
    for _ in range((figures["granted"] + figures["refused"]) // 25 + 1):
        tab.evaluate("document.getElementById('ask-many').click()")
    drawn = tab.locator("#said").text_content()
    hits = {}
    for rule in front.price.hits:
        for name, value in (("what", rule[0]), ("who", rule[1])):
            tab.locator(f"#rule-{name}").select_option(value)
        hits[rule] = [int(tab.locator(f"#{name}").text_content()) for name in ("refuses", "costs")]
    tab.close()

    for opened, text in enumerate(tallies, 1):
        ids = {deal.record.id for deal in front.deals[:opened]}
        perhaps = len(ids.intersection(refusal.groups["open"]))
        assert [int(number) for number in re.findall(r"\d+", text)] == [
            opened, len(refusal), refusal.certain, perhaps,
        ]  # fmt: skip
    assert [int(number) for number in re.findall(r"\d+", drawn)] == [
        figures["granted"], figures["refused"],
    ]  # fmt: skip
    assert hits == {rule: list(map(sum, both)) for rule, both in front.price.hits.items()}


@pytest.mark.thorough
def test_the_list_of_cases_counts_what_it_shows(browser: Any, site: Path) -> None:
    """By what is on record, and by what each law says at least or at most."""
    laws, _ = Site(compare(DOCUMENTED[:1], REGIMES), story="", front=front_of(CATALOGUE)).laws
    tab = browser.new_page()
    tab.goto((site / "cases" / "index.html").as_uri())

    def found(**chosen: str) -> list[int]:
        for name in ("kind", "outcome"):
            tab.locator(f"#{name}").select_option(chosen.get(name, ""))
        return [int(number) for number in tab.inner_text("#found").split(" / ")]

    every = len(DOCUMENTED)
    assert found() == [every, every]
    for group in RECORD_GROUPS:
        assert found(kind=group) == [sum(case.record_group == group for case in DOCUMENTED), every]
    offered = tab.locator("#outcome option").evaluate_all("(all) => all.map(({ value }) => value)")
    for at, law in enumerate(laws):
        verdicts = [undisputed(assess(case, law.ruleset, as_of=law.day)) for case in DOCUMENTED]
        ends = Counter(
            slug for verdict in verdicts for slug in {*(classify([verdict]).ends or ("outside",))}
        )
        for slug in sorted({*CLASSES} - {"open"}):
            assert f"{at}-{slug}" in offered
            assert found(outcome=f"{at}-{slug}") == [ends[slug], every]
    tab.close()


@pytest.mark.thorough
@pytest.mark.parametrize("folder", [".", "nl"])
def test_every_line_of_a_picture_fits(browser: Any, site: Path, folder: str) -> None:
    """As a browser draws them, no line leaves its picture or lies upon another."""
    tab = browser.new_page()
    faults = {}
    for file in ((site / folder / "finding.svg"), *(site / folder / "cases").glob("*.svg")):
        tab.set_content(file.read_text("utf-8"))
        faults[file.stem] = tab.evaluate("""() => {
            const boxes = [...document.querySelectorAll("text")].map((text) => [text.getBBox(), text.textContent]);
            const meet = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width
                && a.y + 0.25 * a.height < b.y + 0.75 * b.height && b.y + 0.25 * b.height < a.y + 0.75 * a.height;
            return boxes.filter(([box], at) => box.x + box.width > 1180 || box.y + box.height > 626
                || boxes.some(([other], place) => place > at && meet(box, other))).map(([, words]) => words);
        }""")
    tab.close()

    assert {name: lines for name, lines in faults.items() if lines} == {}
    assert len(faults) == len(DOCUMENTED) + 1
