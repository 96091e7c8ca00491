"""The offline page, driven in the system's chromium: how it is used, read, printed and linked."""

from __future__ import annotations

import base64
import datetime as dt
import json
import zlib
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from tests.page.tabs import Opened, browser, file, opened, tab, violations

import regcompare_cases
from regcompare.authoring import Ruleset
from regcompare.cli import main
from regcompare.comparison.classes import classify
from regcompare.comparison.comparison import compare
from regcompare.errors import UsageError
from regcompare.facts import MemberSet
from regcompare.law import EvidenceLevel, Instrument
from regcompare.plugins.catalogue import Catalogue
from regcompare.ruleset.provisions import Provisions
from regcompare.ruleset.rules import Outcome, Rule, Trigger
from regcompare.scenario.provenance import Source
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import assess
from regcompare.views.gates import gate_of, why
from regcompare.vocabulary import CORE, Destination, EndUse, Item
from regcompare_page.page.build import page_html

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["browser", "file", "tab"]  # Fixtures, found by name.
pytestmark = pytest.mark.thorough

MORPHO = "morpho-shanghai-2015"
THREE = ("eu-428-2009", "eu-2021-821", "amnesty")


# the file ---------------------------------------------------------------------------------------------


def test_is_small_and_loads_nothing(file: Path) -> None:
    """With every shipped ruleset and case the file stays below 1.5 MB and names nothing to load."""
    text = file.read_text(encoding="utf-8")

    assert len(text.encode()) < 1_500_000
    assert "default-src 'none'" in unescape(text)
    for mark in ("<link", "<img", " src=", "@import", "url("):
        assert mark not in text.partition('<script type="text/plain"')[0]


HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)> {{script}} \u2028 <!-- & \"'"


def hostile_page() -> str:
    """A page whose every text tries to get out of its place."""
    act = Instrument(f"Act {HOSTILE}", HOSTILE, HOSTILE)
    rule = Rule(
        act["Art. 1"],
        f"{HOSTILE}.",
        when=Item.covert | Destination.country.is_in("CN"),
        then=Outcome.REFUSAL,
        triggered_by=Trigger.ACT,
        states=HOSTILE,
    )
    ruleset = Ruleset(
        "hostile",
        HOSTILE,
        status="proposal",
        instruments=(act,),
        reference_date=dt.date(2020, 1, 1),
        provisions=Provisions(rules=(rule,)),
        covers=("export",),
        vocabulary=CORE,
        checked=EvidenceLevel.UNREAD,
    )
    case = Scenario(
        id="hostile",
        title=HOSTILE,
        summary=HOSTILE,
        sources=(Source(title=HOSTILE, url="javascript:alert(3)"),),
        item=Item(covert=True),
    )
    return page_html([case], [ruleset], CORE)


def test_hostile_texts_are_text(browser: Browser, tmp_path: Path) -> None:
    """Markup, script and odd characters in cases and rulesets appear as text."""
    path = tmp_path / "hostile.html"
    path.write_text(hostile_page(), encoding="utf-8")
    for one in opened(browser, path):
        page = one.go("#hostile&item.covert=yes&<img src=x onerror=alert(4)>=1")
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")

        assert page.inner_text("#title").startswith("</script><script>alert(1)</script>")
        assert (
            page.locator("img, iframe, body script:not([type]) ~ script, a[href^='javascript']").count()
            == 0
        )
        assert HOSTILE.partition(" {{")[0] in page.inner_text("#regimes")
        assert "onerror=alert(4)" in page.inner_text("#problems")


# how it is used -----------------------------------------------------------------------------------------


def results(page: Page) -> list[str]:
    """The results as they read on the cards."""
    return page.locator(".regime .bar").all_inner_texts()


def test_shows_each_regime_with_its_reasons(tab: Opened) -> None:
    """The regimes are side by side, with the rule that decides, its citation, sentence and reasons."""
    page = tab.go(f"#{MORPHO}")
    card = page.locator("#regime-amnesty")

    assert page.locator(".regime h3").count() == len(THREE)
    assert "prohibition" in card.locator(".result").inner_text()
    assert "A02" in card.locator(".provision .cite").first.inner_text()
    grounds = card.locator(".grounds").first
    assert "Which country is the item sent to? – China (CN)" in grounds.inner_text()
    assert "disputed" in grounds.locator(".tag").first.inner_text()
    assert (
        page.locator("#regime-eu-428-2009 .why").inner_text()
        == "It is not on the EU's list of technology that needs a licence."
    )
    for one in page.locator(".regime .notice").all_inner_texts():
        assert "Law as of" in one
        assert "not legal advice" in one


def test_answers_change_results_address_and_way_back(tab: Opened) -> None:
    """An answer changes results and address; the way back undoes it; the address alone restores it."""
    page = tab.go(f"#{MORPHO}")
    before = results(page)
    page.locator("[id='ask-item.face_matching'] select").select_option("none")
    changed = results(page)

    assert changed != before
    assert page.evaluate("location.hash") == f"#{MORPHO}&item.face_matching=none"
    assert page.inner_text("#told").startswith("Changed: What Amnesty asks, from “No: banned” to “")
    page.go_back()
    page.wait_for_function("() => !location.hash.includes('matching')")
    assert results(page) == before
    assert results(tab.go(f"#{MORPHO}&item.face_matching=none")) == changed


def test_law_readings_and_regimes_are_switched(tab: Opened, catalogue: Catalogue) -> None:
    """The day of the law, a reading, a set and the regimes shown are chosen, and Python agrees."""
    page = tab.go(f"#{MORPHO}")
    page.locator("input[name=law][value=day]").check()
    page.fill("#law-day", "2021-10-01")
    page.locator("#law-day").dispatch_event("change")
    page.locator("details.choose summary").click()
    page.locator("input[name=regime][value=amnesty-moratorium]").check()
    page.locator("#section-end_use summary").click()
    asked = page.locator("[id='ask-end_use.concerns']")
    asked.get_by_label("internal repression").select_option("yes")
    got = [page.evaluate(f"view.page().results[{place}].verdict.span") for place in range(4)]
    (case,) = [item for item in catalogue.scenarios() if item.id == MORPHO]
    concerns = MemberSet(["internal_repression"], ["human_rights_violation"])
    changed = case.with_facts(EndUse(concerns=concerns))
    names = page.evaluate("view.page().results.map(result => result.id)")
    verdicts = [assess(changed, catalogue.ruleset(name), as_of=dt.date(2021, 10, 1)) for name in names]

    assert names == [*THREE, "amnesty-moratorium"]
    assert got == [[v.span.low.rank, v.span.high.rank] if v.span else None for v in verdicts]
    assert "law=2021-10-01" in page.evaluate("location.hash")
    page.locator("#section-reading > summary").click()
    page.locator("[id='ask-reading.IC-10'] select").select_option("open")
    assert "reading.IC-10=" in page.evaluate("location.hash")


def test_a_law_that_applies_together_is_named(tab: Opened, catalogue: Catalogue) -> None:
    """Where a law that is not shown applies together with an act and reaches the case, the act's card says so."""
    acts = [catalogue.ruleset(name) for name in THREE[:2]]
    case = next(
        case
        for case in catalogue.scenarios()
        if [
            name
            for name in ("eu-sanctions", "eu-common-position")
            if compare([case], acts, others=[catalogue.ruleset(name)]).sensitivity().beside
        ]
        == ["eu-sanctions"]
    )
    page = tab.go(f"#{case.id}&regimes={','.join(THREE[:2])}")
    told = page.locator(".warnings").all_inner_texts()
    page = tab.go(f"#{case.id}&regimes={','.join(THREE[:2])},eu-sanctions")

    assert all("EU sanctions (eu-sanctions), which applies together with it" in text for text in told)
    assert len(told) == len(acts)
    assert "applies together with it" not in page.inner_text("#regimes")


def test_a_question_is_asked_once(tab: Opened) -> None:
    """Regimes that share a fact, a power or a doubt, such as one text that nobody read, share its question."""
    asked = tab.go().locator(".question").evaluate_all("all => all.map(one => one.dataset.key)")

    assert "text.A08-c" in asked
    assert len(set(asked)) == len(asked)


def test_questions_are_found(tab: Opened) -> None:
    """A search leaves only the questions that fit; an open question leads to its control."""
    page = tab.go(f"#{MORPHO}")
    page.fill("#search", "covert")
    found = page.locator(".question:visible").count()
    summary = page.locator("#regime-eu-2021-821 summary", has_text="Open, and could change the result")
    first = summary.locator("xpath=..").locator("li button").first
    summary.click()
    question = first.inner_text()
    first.click()

    assert 0 < found < 10
    assert page.locator("[id='ask-item.covert'].is-open").count() == 1
    legend = "() => document.activeElement.closest('fieldset').querySelector('legend').innerText"
    assert page.evaluate(legend) == question


def test_codes_are_checked_where_they_are_typed(tab: Opened) -> None:
    """A code that is none is refused with what is expected; a code that is one counts."""
    page = tab.go(f"#{MORPHO}")
    entry = page.locator("[id='ask-item.annex_i_entry']")
    field = entry.locator("input")
    field.fill("5a1")
    field.press("Tab")

    assert "5a1 is not a code" in entry.locator(".error").inner_text()
    assert "item.annex_i_entry" not in page.evaluate("location.hash")
    field.fill("5A002.a, ?4D004")
    field.press("Tab")
    assert entry.locator(".error").inner_text() == ""
    assert "item.annex_i_entry=5A002.a,?4D004" in page.evaluate("location.hash")


def test_contradicting_facts_are_reported(tab: Opened) -> None:
    """Facts that contradict each other give no outcome, but the sentence that they break."""
    page = tab.go(f"#{MORPHO}&item.technology=facial_recognition&item.annex_i_entry=5A001.j")

    assert "contradict" in page.inner_text("#regime-amnesty .result")
    assert "meet none of the surveillance entries" in page.inner_text("#regime-amnesty")


def test_an_address_that_cannot_be_followed_is_reported(tab: Opened) -> None:
    """What an address asks for and the page does not know is named, and the rest is followed."""
    page = tab.go("#no-such-case&item.covert=perhaps&no.fact=yes&item.auditable=yes&law=1.1.2020")
    told = page.inner_text("#problems")

    for part in ("no-such-case", "item.covert=perhaps", "no.fact=yes", "law=1.1.2020"):
        assert part in told
    assert page.locator("[id='ask-item.auditable'] select").input_value() == "yes"


def test_days_that_differ_are_no_alarm(tab: Opened) -> None:
    """That the facts are of another day than the law takes a line; the box is for what surprises."""
    page = tab.go("#ignorance-pays-suspects")

    boxes = page.locator("#regimes .warnings").all_inner_texts()
    assert not any("The facts (" in text for text in boxes)
    told = page.inner_text("#regime-amnesty")
    assert "The facts (2020-11-08) are earlier than the law applied (2021-09-09)." in told


def test_a_case_of_a_year_opens(tab: Opened, catalogue: Catalogue) -> None:
    """A day that is known to a span is said as a span, in the reasons too."""
    case = next(item for item in catalogue.scenarios() if item.id == "amesys-libya-2007")
    assert case.between

    page = tab.go(f"#{case.id}&regimes=eu-sanctions")

    assert f"between {case.between.first} and {case.between.last}" in page.inner_text("#regimes")


def test_the_keyboard_is_enough(tab: Opened) -> None:
    """From the top, with keys alone: skip to the results, answer a question, and stay where one is."""
    page = tab.go(f"#{MORPHO}")
    page.keyboard.press("Tab")
    skip = page.evaluate("document.activeElement.id")
    page.keyboard.press("Enter")
    at_results = page.evaluate("document.activeElement.id")
    page.locator("#section-item > summary").focus()
    seen: list[str] = []
    while "item.face_matching" not in seen and len(seen) < 40:
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate("document.activeElement.closest('fieldset.question')?.dataset.key ?? ''")
        )
    page.keyboard.press("ArrowUp")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")

    assert (skip, at_results) == ("skip", "results")
    assert seen[-1] == "item.face_matching"
    assert (
        page.evaluate("document.activeElement.closest('fieldset').dataset.key") == "item.face_matching"
    )
    assert outline == "solid"
    assert "item.face_matching=one_to_one" in page.evaluate("location.hash")
    assert page.inner_text("#told").startswith("Changed:")


@pytest.mark.parametrize("address", [f"#{MORPHO}", "#"])
def test_is_accessible(browser: Browser, file: Path, address: str) -> None:
    """Axe finds nothing to correct, light and dark, on the front page and on a case with all parts open."""
    for one in opened(browser, file, reduced_motion="reduce"):
        page = one.go(address)
        assert violations(page) == []


@pytest.mark.parametrize("width", [360, 390, 768])
def test_fits_narrow_screens(tab: Opened, width: int) -> None:
    """On a narrow screen nothing overflows to the side, and what a change does stays in sight."""
    page = tab.go(f"#{MORPHO}")
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate("document.querySelector('[id=\"ask-item.face_matching\"]').scrollIntoView()")
    told = page.locator("#told").bounding_box()

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert told is not None
    assert 0 <= told["y"] < 5


def test_prints_the_case(tab: Opened) -> None:
    """Print contains the case and the regimes with what is open on the screen, and nothing to press."""
    page = tab.go(f"#{MORPHO}&item.face_matching=none")
    page.locator("#regime-eu-2021-821 summary", has_text="Duties").click()
    page.emulate_media(media="print")

    assert "must" in page.locator("#regime-eu-2021-821").inner_text()
    assert not page.locator(".facts").is_visible()
    assert page.locator("#regimes details:not([open]):visible").count() == 0
    assert page.pdf()[:5] == b"%PDF-"


def test_the_front_page_comes_first_and_builds_no_case(tab: Opened) -> None:
    """Without a case in the address one sees the envelopes, each leading to its case; no case is built yet."""
    page = tab.go("#")
    built = page.evaluate("document.querySelectorAll('#view-case *').length")
    page.locator(".tile").first.click()
    page.locator("#card a").click()
    page.wait_for_selector("#view-case", state="visible")

    assert built < 60
    assert page.locator(".regime").count() == len(THREE)
    assert not page.locator("#view-front").is_visible()


def test_every_word_and_reason_is_that_of_the_verdict(tab: Opened, catalogue: Catalogue) -> None:
    """On every shipped case the page says the word and the reason that Python says, on the same facts."""
    page = tab.go(f"#{MORPHO}")
    cases = [*catalogue.scenarios(), *catalogue.teaching()]
    (home,) = catalogue.rulesets.of_use()
    laws = [*map(catalogue.ruleset, THREE), home]
    shown = page.evaluate(
        "(laws) => { const page = view.page(); return Object.fromEntries(page.ids.map((id) => [id, "
        "laws.map((law) => { const verdict = page.assess(page.cases.get(id).facts, page.regimes.get(law)); "
        "const { sentence, facts } = why.reason(page, verdict, verdicts.findings(verdict)); "
        "const { word, ends } = why.gateOf(page, verdict); "
        "return [word, ends, sentence, facts.sort()]; })])); }",
        [law.id for law in laws],
    )

    for case in cases:
        for law, said in zip(laws, shown[case.id], strict=True):
            verdict = assess(case, law)
            reason, ends = why(verdict), " ".join(classify([verdict]).ends or ())
            assert said == [gate_of(verdict).word, ends, reason.text, sorted(reason.facts)], case.id


def test_follows_the_system_in_light_and_dark(tab: Opened) -> None:
    """The page is dark where the reader's system is."""
    page = tab.go()
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    page.emulate_media(color_scheme="dark")

    assert page.evaluate(paper) != light


# the command --------------------------------------------------------------------------------------------


def test_the_command_takes_files_and_rulesets(tmp_path: Path) -> None:
    """``page FILE -r ID`` starts from that case and shows that regime first."""
    path = tmp_path / "page.html"
    case = str(regcompare_cases.folder() / f"{MORPHO}.yaml")
    done = CliRunner().invoke(main, ["page", case, "-o", str(path), "-r", "un-2019"])
    text = path.read_text(encoding="utf-8")
    packed = text.partition('id="data">')[2].partition("</script>")[0]
    data = json.loads(zlib.decompress(base64.b64decode(packed)))

    assert done.exit_code == 0
    assert data["shown"] == ["un-2019"]
    assert data["cases"][0]["facts"]["id"] == MORPHO


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["-o", "no/such/folder/page.html"], "the folder no/such/folder does not exist; make it first."),
        (["-o", "page.html", "-r", "eu-2021-822"], "Did you mean 'eu-2021-821'?"),
    ],
)
def test_the_command_refuses_gently(
    arguments: list[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that cannot be written and a ruleset that is unknown are reported in a sentence."""
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["page", *arguments])

    assert done.exit_code == 2
    assert told in done.output
    assert "Traceback" not in done.output


def test_a_page_without_a_case_is_refused(catalogue: Catalogue) -> None:
    """There is nothing to start from."""
    with pytest.raises(UsageError, match="at least one case"):
        page_html([], [catalogue.ruleset("eu-2021-821")], catalogue.vocabulary)
