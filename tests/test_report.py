from __future__ import annotations

import datetime as dt
import re
import shutil
import sys
from html.parser import HTMLParser
from itertools import pairwise

import attrs
import pytest
from tests.needed import needed

from regcompare import Outcome, Ruleset, Scenario, UsageError
from regcompare.authoring import Checked, Disputed, Instrument, Provisions, Record, Source
from regcompare.comparison.comparison import compare, comparison_sentence
from regcompare.comparison.gaps import gap_sentences
from regcompare.views.document import Document, Link
from regcompare.views.render import render
from regcompare.views.report import report_html, whole, write_report
from regcompare.views.sentences import verdict_sentence
from regcompare_page.pictures import MapCell, coverage_map

LAST = dt.date(2025, 1, 1)
HOSTILE = "</section><script>alert(1)</script><img src=x onerror=alert(1)> & \"q\" 'a' \x00\x1b \u202etxet 日本 🛰"
SHOWN = "</section><script>alert(1)</script><img src=x onerror=alert(1)> & \"q\" 'a'"


@pytest.fixture(scope="module")
def regimes(catalogue):
    """The regimes compared."""
    return [catalogue.ruleset(name) for name in ("eu-428-2009", "eu-2021-821", "amnesty")]


@pytest.fixture(scope="module")
def cases(catalogue):
    """A prohibition, one with an open outcome and rows of tables, and one out of scope."""
    wanted = ("morpho-shanghai-2015", "area-syria-2009-11", "bae-evident-uae-2014-16-support")
    by_id = {case.id: case for case in catalogue.scenarios()}
    return [by_id[name] for name in wanted]


@pytest.fixture(scope="module")
def comparison(cases, regimes):
    """The cases under the regimes."""
    return compare(cases, regimes)


@pytest.fixture(scope="module")
def one_verdict(cases, regimes):
    """One case under one regime, whose report is made quickly."""
    return compare(cases[:1], regimes[1:2])


@pytest.fixture(scope="module")
def report(comparison):
    """A report with all that it may hold."""
    drawn = coverage_map(
        [MapCell("eu", "cameras", "police", Outcome.NO_CONTROL, Outcome.NO_CONTROL)],
        down="function",
        across="user",
    )
    return report_html(
        comparison,
        until=LAST,
        maps=[drawn],
        made_on=dt.date(2024, 2, 29),
    )


class Outline(HTMLParser):
    """What a report is built of: elements with attributes, headings, and the text that is seen."""

    VOID = frozenset({"meta", "br", "link", "img", "input", "hr"})

    def __init__(self, html):
        super().__init__()
        self.elements, self.headings, self.open, self.texts = [], [], [], []
        self.unbalanced = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.unbalanced.append(tag)

    def handle_data(self, data):
        if self.open and self.open[-1] in {"h1", "h2", "h3", "h4", "h5"}:
            self.headings.append((int(self.open[-1][1]), data.strip()))
        if "style" not in self.open and "svg" not in self.open:
            self.texts.append(data)

    @property
    def text(self):
        return re.sub(r"\s+", " ", "".join(self.texts))

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module")
def outline(report):
    """What the report is built of."""
    return Outline(report)


# what it says --------------------------------------------------------------------------------------


@pytest.mark.thorough
def test_the_findings_come_first_in_sentences(outline, comparison):
    """The report opens with its finding; the first section holds every finding as a sentence."""
    findings = outline.text.partition("Findings")[2].partition("Outcome of each case")[0]

    found = comparison.finding()
    assert found is not None
    assert found.sentence in outline.text.partition("Contents")[0]
    for sentence in (comparison_sentence(comparison), *gap_sentences(comparison)):
        assert sentence in findings
    assert "Where a file says `presume: ordinary`" in findings


def test_the_sections_stand_in_their_order(outline):
    """Findings, tables, map, cases, and then what the results rest on."""
    assert [text for level, text in outline.headings if level == 2] == [
        "Contents",
        "Findings",
        "Comparison",
        "Safeguards",
        "Coverage",
        "The cases",
        "What is not encoded",
        "How it was checked",
        "Interpretations assumed",
        "Law and versions",
    ]


def test_each_case_has_its_facts_sources_and_reasons(outline, comparison, cases):
    """Every case is described in full: summary, sources, facts with their origin, and each verdict."""
    text = outline.text

    for case in cases:
        assert re.sub(r"\s+", " ", case.summary.strip()) in text
        assert case.story in text
        for source in case.sources:
            assert source.title in text
    for verdict in comparison.verdicts:
        assert verdict_sentence(verdict) in text
        for finding in verdict.deciding:
            assert finding.rule.sentence in text
    assert "identifies one person among many (identification)" in text
    assert "Assumed, not stated, because the file makes the standard assumptions" in text
    assert "Disputed: " in text


def test_a_case_out_of_scope_is_described_in_words(outline):
    """Where a regime does not reach a case, the cell says so and the section says why."""
    assert "out of scope" in outline.text
    assert "does not apply to it and gives no outcome" in outline.text


def test_limits_readings_and_law_are_printed(outline, comparison, regimes):
    """What is not encoded, every reading assumed, the texts, the days and the versions are there."""
    text = outline.text

    for regime in regimes:
        for item in regime.provisions.not_encoded:
            assert re.sub(r"\s+", " ", item.what) in text
        for instrument in regime.instruments:
            assert instrument.reference in text
    for verdict in comparison.verdicts:
        for item, _ in verdict.assumed:
            assert item.question in text
    assert "law as of 2021-09-09" in text
    assert "Made on 2024-02-29" in text
    assert text.count("not legal advice") >= 2
    assert re.search(r"regcompare: \d+\.\d+", text)


def test_marks_are_counted_over_every_provision(outline, regimes):
    """Of each ruleset the rules and duties are counted by how they were checked, and none is missed."""
    for regime in regimes:
        row = outline.text.partition(f"{regime.title}: rules and duties")[2]
        marks = [regime.mark(item) for item in (*regime.rules, *regime.provisions.duties)]
        counts = [str(marks.count(mark)) for mark in reversed(Checked)]
        assert row.startswith("".join(counts))


def test_pictures_stand_in_the_report(report, outline):
    """Ladder, safeguards, map and one timeline a case, each with title and description."""
    assert len(outline.all("svg")) == 3 + 3
    assert report.count("<desc ") == report.count('role="img"') == 6


def test_without_a_last_day_there_is_no_timeline(one_verdict):
    """Timelines are drawn when a last day is given, for no clock is read."""
    html = report_html(one_verdict)

    assert "Over time" not in html
    assert "Made on" not in html


@pytest.mark.thorough
def test_timelines_of_many_cases_are_shown_in_tables(comparison, monkeypatch):
    """Of many cases the timelines are not drawn, and nothing of them is lost."""
    monkeypatch.setattr(whole, "_MAX_TIMELINES", 2)

    outline = Outline(report_html(comparison, until=LAST))
    assert len(outline.all("svg")) == 2
    assert outline.text.count("Regulation 2021/821 comes into force") == 3


@pytest.mark.parametrize("missing", ["altair", pytest.param("vl_convert", marks=pytest.mark.thorough)])
def test_without_the_extra_the_report_says_what_is_left_out(comparison, missing, monkeypatch):
    """A machine without the extra gets the whole report but the pictures, and the line to type."""
    monkeypatch.setitem(sys.modules, missing, None)

    outline = Outline(report_html(comparison, until=LAST))
    assert outline.all("svg") == []
    assert "Pictures are left out" in outline.text
    assert "python -m pip install 'regcompare[plot]'" in outline.text
    assert "Regulation 2021/821 comes into force" in outline.text


@pytest.mark.thorough
def test_one_case_is_introduced_by_its_results(cases, regimes):
    """The report of a single case opens with what each regime makes of it."""
    outline = Outline(report_html(compare(cases[:1], regimes)))

    assert outline.headings[0] == (
        1,
        "Facial recognition for the Shanghai Public Security Bureau under 3 regimes",
    )
    assert "Amnesty's proposal: prohibition." in outline.text


@pytest.mark.thorough
def test_the_same_comparison_gives_the_same_report(one_verdict):
    """Nothing but the comparison and the arguments shapes a report."""
    assert report_html(one_verdict, until=LAST) == report_html(one_verdict, until=LAST)


def test_a_bare_case_under_a_bare_ruleset_is_reported():
    """Without facts, sources, doubts or rules that hold the report says so, and what law was read."""
    bare = Ruleset(
        "bare",
        "A bare law",
        status="law",
        instruments=(Instrument("Bare", "A bare law", "nowhere"),),
        reference_date="scenario",
        provisions=Provisions(),
        covers=("export",),
        checked=Checked.TEXT,
    )
    scenarios = [Scenario(id=f"case-{day}", date=dt.date(2020, 1, day)) for day in (1, 2)]

    text = Outline(report_html(compare(scenarios, [bare]))).text
    assert "law on the date of each case" in text
    assert "No facts are stated." in text
    assert "No encoded rule holds." in text
    assert "These rulesets do not declare any text as doubtful." in text
    assert "The ruleset does not declare anything as left out." in text
    assert "Sources" not in text


def test_a_report_of_nothing_is_refused(regimes, cases):
    """A comparison without cases or regimes has no report."""
    for empty in (compare([], regimes), compare(cases, [])):
        with pytest.raises(UsageError, match="nothing to report"):
            report_html(empty)


@pytest.mark.thorough
def test_a_report_is_written_to_a_file(one_verdict, tmp_path):
    """The file contains the report in UTF-8; a missing folder is reported."""
    write_report(tmp_path / "report.html", one_verdict, title="My report")

    assert (tmp_path / "report.html").read_text(encoding="utf-8") == report_html(
        one_verdict, title="My report"
    )
    with pytest.raises(UsageError, match=r"the folder .* does not exist"):
        write_report(tmp_path / "no" / "report.html", one_verdict)


# how it is built -----------------------------------------------------------------------------------


def test_elements_are_balanced_and_names_are_unique(outline):
    """Every element is closed where it should be, and no two share an id."""
    ids = [attributes["id"] for _, attributes in outline.elements if "id" in attributes]

    assert (outline.unbalanced, outline.open) == ([], [])
    assert len(ids) == len(set(ids))


def test_headings_descend_step_by_step(outline):
    """There is one title, and no level is left out on the way down."""
    levels = [level for level, _ in outline.headings]

    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_tables_have_captions_and_scopes(report):
    """Each table has a caption, and each heading of a table says what it heads."""
    tables = re.findall(r"<table.*?</table>", report, re.DOTALL)

    assert len(tables) > 10
    for table in tables:
        assert table.count("<caption>") == 1
        assert re.search(r"<caption>\s*\S", table)
        assert table.count("<th") - table.count("<thead") == table.count("<th scope=")


def test_links_lead_somewhere(outline):
    """Every link inside the page has its target; the others lead to sources on the web."""
    ids = {attributes["id"] for _, attributes in outline.elements if "id" in attributes}

    for attributes in outline.all("a"):
        target = attributes["href"]
        assert (
            target[1:] in ids if target.startswith("#") else target.startswith(("https://", "http://"))
        )
    for _, attributes in outline.elements:
        for name in (attributes.get("aria-labelledby"), attributes.get("aria-describedby")):
            assert name is None or name in ids


def test_nothing_is_loaded_and_nothing_runs(report, outline):
    """No script, no handler, no file: the policy forbids what the page does not need."""
    policy = next(a["content"] for a in outline.all("meta") if a.get("http-equiv"))
    names = {name for _, attributes in outline.elements for name in attributes}

    assert policy.startswith("default-src 'none'")
    assert "script" not in policy
    assert {tag for tag, _ in outline.elements} & {
        "script",
        "img",
        "link",
        "iframe",
        "object",
        "form",
    } == set()
    assert not [name for name in names if name.startswith("on")]
    assert names & {"src", "srcset", "xlink:href", "data"} == set()
    assert not re.search(r"@import|url\((?!#)", report)


def hostile(case):
    """A case that says hostile things wherever a file may."""
    return attrs.evolve(
        case,
        title=HOSTILE,
        summary=HOSTILE,
        sources=[Source(title=HOSTILE, url="javascript:alert(1)", publisher=HOSTILE, date=HOSTILE)],
        disputed=[Disputed(fact="item.face_matching", note=HOSTILE)],
        record=Record(decision="granted", note=HOSTILE, date=HOSTILE),
    )


@pytest.mark.thorough
def test_hostile_texts_appear_as_text(cases, regimes):
    """Markup in a case, a ruleset or an argument is shown; it makes no element and no link."""
    titled = attrs.evolve(regimes[0], title=HOSTILE)
    plain = report_html(compare(cases[:1], [regimes[0]]), until=LAST)
    html = report_html(
        compare([hostile(cases[0])], [titled]),
        until=LAST,
        title=HOSTILE,
    )

    outline = Outline(html)
    assert {tag for tag, _ in outline.elements} == {tag for tag, _ in Outline(plain).elements}
    assert outline.text.count(SHOWN) > 12
    outside = {a["href"] for a in outline.all("a") if not a["href"].startswith("#")}
    act = regimes[0].instruments[0]
    assert outside == {act.url(), act.url(regimes[0].reference_date)}
    assert "javascript:alert(1)" in outline.text
    assert "\\u202etxet 日本 🛰" in outline.text
    assert (outline.unbalanced, outline.open) == ([], [])
    html.encode("utf-8")


def test_signs_that_no_file_can_hold_are_shown_by_their_number(cases, regimes):
    """A lone surrogate or a control sign does not stop the report, nor get into it."""
    html = report_html(compare([attrs.evolve(cases[0], summary="a\ud800b\x07c\uffffd")], regimes[:1]))

    assert r"a\ud800b\u0007c" in html


@pytest.mark.parametrize(
    ("url", "is_link"),
    [
        ("https://example.org/a?b=1&c=2", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        (" https://example.org", False),
        ("https://example.org/ onclick=x", False),
        ("https://example.org\njavascript:x", False),
        ("", False),
    ],
)
def test_only_addresses_of_the_web_become_links(url, is_link):
    """An address that is no plain http(s) address stays text."""
    shown = render(Document("", [Link("A source", url)]), "html")

    assert ("<a " in shown) is is_link


# in a browser --------------------------------------------------------------------------------------

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="module")
def browser():
    """The system's chromium, without a window."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("chromium is not installed")
    sync_playwright = needed("playwright.sync_api").sync_playwright

    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=program, args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture(scope="module")
def address(report, tmp_path_factory):
    """Where the report is stored."""
    file = tmp_path_factory.mktemp("report") / "report.html"
    file.write_text(report, encoding="utf-8")
    return file.as_uri()


@pytest.fixture
def opened(browser, address):
    """Opens the report, and at the end sees that nothing was said or asked for."""
    said, asked, pages = [], [], []

    def open_(**options):
        page = browser.new_page(**options)
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address)
        pages.append(page)
        return page

    yield open_
    for page in pages:
        page.close()
    assert said == []
    assert {request.partition("#")[0] for request in asked} == {address}


@pytest.mark.thorough
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_barrier(scheme, opened):
    """The report has no barrier that axe knows of, in light and in dark."""
    axe = needed("axe_playwright_python.sync_playwright").Axe()

    results = axe.run(opened(color_scheme=scheme))
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.thorough
def test_the_colours_follow_the_reader(opened):
    """The page is light or dark as the reader's system is."""
    look = "getComputedStyle(document.body).backgroundColor"

    light, dark = (opened(color_scheme=scheme).evaluate(look) for scheme in ("light", "dark"))
    assert (light, dark) == ("rgb(252, 251, 248)", "rgb(23, 24, 28)")


@pytest.mark.thorough
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_no_screen_is_too_narrow(width, opened):
    """The page itself never scrolls sideways; wide tables scroll within themselves."""
    page = opened(viewport={"width": width, "height": 800})

    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.thorough
def test_the_first_stop_of_the_keyboard_skips_to_the_findings(opened):
    """Tab reaches the skip link first, which is then seen, and Enter leads to the findings."""
    page = opened()
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.textContent") == "Skip to the findings"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#findings"


@pytest.mark.thorough
def test_it_prints_on_pages_of_its_own(opened):
    """In print, cases start on a new page, links to parts are gone, and nothing is cut off."""
    page = opened(color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    style = "getComputedStyle(document.querySelector('{}')).{}"

    assert page.evaluate(style.format("#case-2", "breakBefore")) == "page"
    assert page.evaluate(style.format("nav", "display")) == "none"
    assert page.evaluate(style.format(".scroll", "overflowX")) == "visible"
    assert page.evaluate(style.format("body", "color")) == "rgb(31, 31, 36)"
    printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) > 6
    boxes = {tuple(map(float, box.split())) for box in re.findall(rb"/MediaBox\s*\[([^\]]*)\]", printed)}
    assert all(abs(box[2] - 595) < 2 and abs(box[3] - 842) < 2 for box in boxes)


@pytest.mark.thorough
def test_a_hostile_case_runs_nothing_in_a_browser(browser, cases, regimes, tmp_path):
    """Scripts and handlers in the texts of a case do not run."""
    file = tmp_path / "hostile.html"
    write_report(file, compare([hostile(cases[0])], regimes[:1]), title=HOSTILE)
    page, said = browser.new_page(), []
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.on("console", lambda message: said.append(message.text))
    page.goto(file.as_uri())

    assert said == []
    assert page.evaluate("document.querySelectorAll('script, img').length") == 0
    assert page.title().startswith("</section><script>alert(1)</script>")
    page.close()
