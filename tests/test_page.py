"""The offline page, driven in the system's chromium: how it is used, read, printed and linked."""

from __future__ import annotations

import base64
import datetime as dt
import json
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from tests.tabs import Opened, browser, file, opened, tab, violations

import regcompare_cases
from regcompare.authoring import Ruleset
from regcompare.cli import main
from regcompare.comparison.comparison import compare
from regcompare.errors import UsageError
from regcompare.facts import MemberSet
from regcompare.law import Checked, Instrument
from regcompare.plugins.catalogue import Catalogue
from regcompare.ruleset.provisions import Provisions
from regcompare.ruleset.rules import Outcome, Rule, Trigger
from regcompare.scenario.provenance import Source
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import assess
from regcompare.vocabulary import CORE, Destination, EndUse, Item
from regcompare_page.page import page_html

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
    assert "default-src 'none'" in text
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
        checked=Checked.UNREAD,
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
        assert HOSTILE.partition(" {{")[0] in page.inner_text("#cards")
        assert "onerror=alert(4)" in page.inner_text("#problems")


# how it is used -----------------------------------------------------------------------------------------


def results(page: Page) -> list[str]:
    """The results as they read on the cards."""
    return [" ".join(text.split()[1:]) for text in page.locator(".card .result").all_inner_texts()]


def test_shows_each_regime_with_its_reasons(tab: Opened) -> None:
    """The regimes are side by side, with the rule that decides, its citation, sentence and reasons."""
    page = tab.go(f"#{MORPHO}")
    card = page.locator("#regime-amnesty")

    assert page.locator(".card h3").count() == len(THREE)
    assert "prohibition" in card.locator(".result").inner_text()
    assert "A02" in card.locator(".rule .cite").first.inner_text()
    assert "The destination is China (CN), not named in" in card.locator(".reasons").first.inner_text()
    assert "disputed" in card.locator(".reasons .tag").first.inner_text()
    for one in page.locator(".card .notice").all_inner_texts():
        assert "Law as of" in one
        assert "not legal advice" in one


def test_answers_change_results_address_and_way_back(tab: Opened) -> None:
    """An answer changes results and address; the way back undoes it; the address alone restores it."""
    page = tab.go(f"#{MORPHO}")
    before = results(page)
    page.locator("[id='ask-item.face_matching'] input[value=none]").check()
    changed = results(page)

    assert changed != before
    assert page.evaluate("location.hash") == f"#{MORPHO}&item.face_matching=none&view=articles"
    assert page.inner_text("#told").startswith("Changed: Amnesty's proposal, from “prohibition” to “")
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
    page.get_by_label("internal repression: yes").first.check()
    got = [page.evaluate(f"view.page().results[{place}].verdict.span") for place in range(4)]
    (case,) = [item for item in catalogue.scenarios() if item.id == MORPHO]
    concerns = MemberSet(["internal_repression"], ["human_rights_violation"])
    changed = case.with_facts(EndUse(concerns=concerns))
    names = page.evaluate("view.page().results.map(result => result.id)")
    verdicts = [assess(changed, catalogue.ruleset(name), as_of=dt.date(2021, 10, 1)) for name in names]

    assert names == [*THREE, "amnesty-moratorium"]
    assert got == [[v.span.low.rank, v.span.high.rank] if v.span else None for v in verdicts]
    assert "law=2021-10-01" in page.evaluate("location.hash")
    page.locator("#section-readings summary").click()
    page.locator("[id='ask-reading.IC-10'] input:not(:checked)").first.check()
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
    assert "applies together with it" not in page.inner_text("#cards")


def test_what_a_result_depends_on_is_listed(tab: Opened) -> None:
    """A card names the interpretation by which its result is another, with that result."""
    page = tab.go(f"#{MORPHO}")
    fold = page.locator("#regime-amnesty details", has_text="What this result depends on")
    fold.locator("summary").click()
    fold.locator("li").first.wait_for()
    told = fold.inner_text()

    assert "Interpreted as “live_only”: refusal to prohibition" in told
    assert "changes this result" not in told


def test_a_question_is_asked_once(tab: Opened) -> None:
    """Regimes that share a fact, a power or a doubt, such as one text that nobody read, share its question."""
    asked = tab.go().locator(".question").evaluate_all("all => all.map(one => one.dataset.key)")

    assert "reading.text.A08-c" in asked
    assert len(set(asked)) == len(asked)


def test_questions_are_found(tab: Opened) -> None:
    """A search and a filter leave only the questions that fit; an open question leads to its control."""
    page = tab.go(f"#{MORPHO}")
    page.fill("#search", "covert")
    found = page.locator(".question:visible").count()
    page.fill("#search", "")
    page.select_option("#which", "open")
    open_now = page.locator(".question:visible").evaluate_all("all => all.map(one => one.dataset.key)")
    first = page.locator("#worth button").first
    question = first.inner_text()
    first.click()

    assert 0 < found < 10
    assert 0 < len(open_now) < 40
    assert "item.covert" in open_now
    legend = "() => document.activeElement.closest('fieldset').querySelector('legend').innerText"
    assert page.evaluate(legend) == question


def test_codes_are_checked_where_they_are_typed(tab: Opened) -> None:
    """A code that is none is refused with what is expected; a code that is one counts."""
    page = tab.go(f"#{MORPHO}")
    entry = page.locator("[id='ask-item.annex_i_entry']")
    entry.get_by_label("These").check()
    field = entry.get_by_label("Entries it meets")
    field.fill("5a1")
    field.press("Tab")

    assert "5a1 is not a code" in entry.locator(".error").inner_text()
    assert "item.annex_i_entry" not in page.evaluate("location.hash")
    field.fill("5A002.a")
    field.press("Tab")
    assert entry.locator(".error").inner_text() == ""
    assert "item.annex_i_entry=5A002.a" in page.evaluate("location.hash")


def test_contradicting_facts_are_reported(tab: Opened) -> None:
    """Facts that contradict each other give no outcome, but the sentence that they break."""
    page = tab.go(f"#{MORPHO}&item.technology=facial_recognition&item.annex_i_entry=5A001.j")

    assert "contradict" in page.inner_text("#told")
    assert "meet none of the surveillance entries" in page.inner_text("#regime-amnesty")


def test_an_address_that_cannot_be_followed_is_reported(tab: Opened) -> None:
    """What an address asks for and the page does not know is named, and the rest is followed."""
    page = tab.go("#no-such-case&item.covert=perhaps&no.fact=yes&item.auditable=yes&law=1.1.2020")
    told = page.inner_text("#problems")

    for part in ("no-such-case", "item.covert=perhaps", "no.fact=yes", "law=1.1.2020"):
        assert part in told
    assert page.locator("[id='ask-item.auditable'] input[value=yes]").is_checked()


def test_the_class_guesses_first(tab: Opened) -> None:
    """Until every regime is guessed nothing gives the answers away; then guess and answer are shown together."""
    page = tab.go(f"#{MORPHO}&guess")

    assert page.locator(".card .result").count() == 0
    assert page.locator("#reveal-button").is_disabled()
    assert "prohibition" not in page.inner_text("#told") + page.inner_text("#cards") + page.inner_text(
        "#strip"
    )
    assert not page.locator("#worth").is_visible()
    for name in THREE:
        page.locator(f"input[name=guess-{name}][value='6']").check()
    page.locator("#reveal-button").click()
    assert page.locator(".ladder .guess").count() == len(THREE)
    assert "1 of 3" in page.inner_text("#reveal-note")
    assert page.inner_text("#told").startswith("Regulation 428/2009: no control; ")
    assert page.locator(".card .result").count() == len(THREE)


def test_a_span_is_shown_by_its_ends(tab: Opened) -> None:
    """Only the ends of a span look like outcomes; a step between is marked as such, and the caption explains it."""
    page = tab.go(f"#{MORPHO}")
    cells = page.locator(".ladder tr td:nth-child(3)").all_inner_texts()

    assert [cell.split(maxsplit=1)[-1:] for cell in cells if cell] == [
        ["at most"],
        ["between"],
        ["at a minimum"],
    ]
    assert page.locator(".ladder td.between .shape").count() == 0
    assert "not every step in between need be possible" in page.inner_text(".ladder caption")


def test_another_case_forgets_the_guesses(tab: Opened) -> None:
    """A case that is opened by its address has its results hidden, and no guess of the case before."""
    page = tab.go(f"#{MORPHO}&guess")
    for name in THREE:
        page.locator(f"input[name=guess-{name}][value='6']").check()
    page.locator("#reveal-button").click()
    page.evaluate("location.hash = '#broker-brokered&guess&view=articles'")
    page.wait_for_function("() => document.title.includes('(invented)')")

    assert page.locator(".card .result").count() == 0
    assert page.locator(".ladder input:checked").count() == 0


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1366, 768)])
def test_a_guess_is_marked_without_a_search_for_it(tab: Opened, width: int, height: int) -> None:
    """The table of guesses comes before the questions if they are in one column; its button is in sight."""
    page = tab.go("#ignorance-pays-suspects&guess")
    page.set_viewport_size({"width": width, "height": height})
    table = page.locator("#ladder").bounding_box()
    assert table is not None
    page.locator("#told").evaluate("one => one.scrollIntoView()")
    button = page.locator("#reveal-button").bounding_box()
    assert button is not None

    assert table["y"] < height
    assert button["y"] + button["height"] <= height
    heads = page.locator(".ladder thead th .regime")
    assert all(
        one.evaluate("one => one.scrollWidth <= one.parentElement.clientWidth") for one in heads.all()
    )


def test_days_that_differ_are_no_alarm(tab: Opened) -> None:
    """That the facts are of another day than the law takes a line; the box is for what surprises."""
    page = tab.go("#ignorance-pays-suspects")

    boxes = page.locator("#cards .warnings").all_inner_texts()
    assert not any("The facts (" in text for text in boxes)
    assert any("that counts" in text for text in boxes)  # A finding denied against reports is one.
    told = page.inner_text("#regime-amnesty")
    assert "The facts (2020-11-08) are earlier than the law applied (2021-09-09)." in told


def test_the_filter_says_where_nothing_is_open(tab: Opened) -> None:
    """Where all that decides is stated, no open question is left, and the page says so."""
    page = tab.go("#ignorance-pays-suspects")
    page.locator("#which").select_option("open")

    assert page.inner_text("#found").startswith("None: no open question could change a result.")


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


@pytest.mark.parametrize("address", [f"#{MORPHO}&presume=nothing", f"#{MORPHO}&guess"])
def test_is_accessible(browser: Browser, file: Path, address: str) -> None:
    """Axe finds nothing to correct, light and dark, with the answers shown and hidden, all parts open."""
    for one in opened(browser, file, reduced_motion="reduce"):
        page = one.go(address)
        assert violations(page) == []


@pytest.mark.parametrize("width", [360, 390, 768])
def test_fits_narrow_screens(tab: Opened, width: int) -> None:
    """On a narrow screen nothing overflows to the side, and the results stay in sight in short."""
    page = tab.go(f"#{MORPHO}")
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate("document.querySelector('[id=\"ask-item.face_matching\"]').scrollIntoView()")
    strip = page.locator(".strip").bounding_box()

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert strip is not None
    assert 0 <= strip["y"] < 5


def test_prints_the_case(tab: Opened) -> None:
    """Print contains the case, its facts and the regimes with all that is closed on the screen."""
    page = tab.go(f"#{MORPHO}&item.face_matching=none")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    facts = page.inner_text("#paper")
    closed = page.locator("#cards details:not([open]):visible").count()
    duties = page.locator("#regime-eu-2021-821").inner_text()
    page.evaluate("dispatchEvent(new Event('afterprint'))")

    assert "Does the item match faces, and how?" in facts
    assert "(presumed)" in facts
    assert closed == 0
    assert "must" in duties
    assert not page.locator(".facts").is_visible()
    assert page.locator("#cards details:not([open])").count() > 0
    assert page.pdf()[:5] == b"%PDF-"


def test_follows_the_reader_in_light_and_dark(tab: Opened) -> None:
    """The page follows the system's scheme until the reader chooses one."""
    page = tab.go()
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    page.emulate_media(color_scheme="dark")
    dark = page.evaluate(paper)
    page.select_option("#theme", "light")

    assert dark != light
    assert page.evaluate(paper) == light


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
    assert data["groups"][0][0] == "Cases"


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


def test_page_html_refuses_what_it_cannot_show(catalogue: Catalogue) -> None:
    """No case, no ruleset, two cases of one name and an unknown ruleset to show are refused."""
    case, ruleset = Scenario(id="one"), catalogue.ruleset("eu-2021-821")

    for given, told in [
        (([], [ruleset]), "at least one case"),
        (([case], []), "at least one ruleset"),
        (([case, case], [ruleset]), "Two cases have the id 'one'"),
    ]:
        with pytest.raises(UsageError, match=told):
            page_html(*given, catalogue.vocabulary)
    with pytest.raises(UsageError, match="cannot show 'two'"):
        page_html([case], [ruleset], catalogue.vocabulary, shown=["two"])
