"""You decide, write the rule, and the wall: three views of the offline page, driven in the system's chromium."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.tabs import Opened, browser, file, opened, tab, violations

from regcompare.comparison.classes import CLASSES, classify, is_reached
from regcompare.comparison.comparison import compare
from regcompare.logic.conditions import Condition, questions, walk
from regcompare.plugins.catalogue import Catalogue
from regcompare.ruleset.rules import Outcome, Span
from regcompare.scenario.established import answers_to, established_facts
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import assess
from regcompare.verdict.verdict import Verdict
from regcompare.views.gates import GATES, NO_GATE, why
from regcompare.vocabulary import Destination, EndUser, Item
from regcompare_page.page import page_html

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["browser", "file", "tab"]  # Fixtures, found by name.
pytestmark = pytest.mark.thorough

MORPHO = "morpho-shanghai-2015"
THREE = ("eu-428-2009", "eu-2021-821", "amnesty")
OF_2020 = ("morpho-shanghai-2015", "axis-guilin-2012-19", "noldus-china-2012-18")
DOCS = Path(__file__).parents[1] / "docs"


def working(page: Page) -> None:
    """Waits until all cases are worked out."""
    page.wait_for_function(
        "() => { const told = document.querySelector('.view:not([hidden]) .told'); "
        "return told.textContent && !told.textContent.startsWith('Working'); }"
    )


# you decide -----------------------------------------------------------------------------------------


def press_choice(page: Page, place: int) -> None:
    """Tabs from the heading of a sale to a choice, and takes it."""
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.decide') !== null"):
            break
    for _ in range(place):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")


def test_the_game_is_played_by_the_keyboard(tab: Opened) -> None:
    """Eight sales arrive one at a time; each decision has its consequence, with a tally beside that of states."""
    page = tab.go("#", "play")
    heads, told = [], []
    for turn in range(8):
        heads.append(page.inner_text("#dossier"))
        assert page.locator(".dossier .chip, .dossier .signature").count() == 0
        press_choice(page, turn % 2)
        if turn < 7:
            told.append(page.inner_text(".consequence"))
            assert page.evaluate("document.activeElement.closest('.consequence') !== null")

    assert heads[0] == "Sale 1 of 8: France → China · 2015"
    assert len(set(heads)) == len(heads)
    for part in (
        "Nobody asked you",
        "No licence was needed.",
        "The rules of 2015",
        "It is not on the EU's list of technology that needs a licence.",
    ):
        assert part in told[0]
    assert page.evaluate("location.hash").endswith("&view=play&play=0.fsfsfsfs")
    assert page.evaluate("document.activeElement.textContent") == "What you decided, and what happened"
    assert page.locator(".played > li").count() == 8
    tally = page.inner_text(".tally")
    counts = list(map(int, re.findall(r"\d+", tally)))
    assert sum(counts[:3]) == 8
    assert counts[3:] == [317, 14]
    page.go_back()
    page.wait_for_selector("#dossier")
    assert page.inner_text("#dossier") == heads[-1]


def test_the_end_shows_decision_record_and_the_rule_of_the_day(
    tab: Opened, catalogue: Catalogue
) -> None:
    """Each sale is listed with the reader's decision, the record, and the acts of its day, as in Python."""
    page = tab.go("#&play=0.sssfffff", "play")
    shown = page.locator(".played > li").all_inner_texts()
    cases = {case.id: case for case in catalogue.scenarios()}

    assert "Refuse" in shown[0]
    assert "Amnesty reported it in 2020." in shown[0]
    for case_id, text in zip(page.evaluate("play.drawSales(view.page(), 0)"), shown, strict=True):
        for name in THREE[:2]:
            verdict = assess(cases[case_id], catalogue.ruleset(name), as_of="scenario")
            if verdict.in_force:
                assert why(verdict).sentence in text


def test_the_draw_follows_the_address(tab: Opened) -> None:
    """The three companies of 2020 come first, then sales on record, never twice one deal; a seed repeats."""
    page = tab.go("#", "play")
    draws = page.evaluate("[...Array(40).keys()].map(seed => play.drawSales(view.page(), seed))")
    again = page.evaluate("[...Array(40).keys()].map(seed => play.drawSales(view.page(), seed))")
    kinds = page.evaluate(
        "Object.fromEntries([...view.page().cases].map(([id, one]) => [id, one.texts.kind]))"
    )

    assert draws == again
    for ids in draws:
        assert tuple(ids[:3]) == OF_2020
        assert len(set(ids)) == 8
        assert {kinds[one] for one in ids} == {"documented"}
    assert len({tuple(ids) for ids in draws}) > 35
    assert len({one for ids in draws for one in ids}) > 40
    page.get_by_role("link", name="Other sales").click()
    page.wait_for_function("() => location.hash.endsWith('play=1')")
    assert page.inner_text("#dossier").startswith("Sale 1 of 8")


def test_a_dossier_gives_no_decision_away(tab: Opened) -> None:
    """A sale whose title says that it was refused or granted is introduced without that."""
    page = tab.go("#", "play")
    draws = page.evaluate("[...Array(40).keys()].map(seed => play.drawSales(view.page(), seed))")
    told = [(seed, ids.index(one)) for seed, ids in enumerate(draws) for one in ids if "refus" in one]
    for seed, at in told[:4]:
        text = tab.go(f"#&play={seed}.{'f' * at}", "play").inner_text("article.dossier")
        assert not re.search(r"\b(refused|granted)\b", text)
    assert told


def test_a_sale_older_than_the_acts_says_so(tab: Opened) -> None:
    """Where no act of the page was in force on the day of a sale, no rule of the day is shown."""
    page = tab.go("#", "play")
    seed, at = page.evaluate(
        "(() => { for (let seed = 0; seed < 99; seed += 1) {"
        " const at = play.drawSales(view.page(), seed).findIndex(id => view.page().cases.get(id).facts.date < '2009');"
        " if (at >= 0) return [seed, at]; } })()"
    )

    old = tab.go(f"#&play={seed}.{'f' * (at + 1)}", "play").locator(".consequence").last.inner_text()
    assert re.search(r"The rulebook of 200\d is older than those on this page\.", old)


def test_how_states_decided_comes_from_the_figures(tab: Opened) -> None:
    """The licences granted and refused are those of the table of figures, with their sources."""
    licences = Catalogue.installed().profile.licences
    assert licences
    text = licences.read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    figures = (DOCS / "licence-figures.md").read_text(encoding="utf-8")
    page = tab.go("#&play=0.ffffffff", "play")
    shown = page.inner_text("#view-play")

    for row in rows:
        lines = [
            line
            for line in figures.splitlines()
            if line.startswith(f"| {row['figure']} | {row['counts']} |")
        ]
        assert len(lines) == 1
        for part in (row["from"], row["to"], row["source"], *row["addresses"].split()):
            assert part in lines[0]
        assert row["figure"] in shown
        assert row["source"] in shown
        for url in row["addresses"].split():
            assert page.locator(f"#view-play a[href='{url}']").count() == 1


# write the rule -------------------------------------------------------------------------------------


def gate(verdict: Verdict) -> str:
    """A verdict as a gate, as the page has it."""
    return gate_of(verdict.span)


def gate_of(span: Span | None) -> str:
    """A span as a gate."""
    if span is None:
        return NO_GATE.kind
    low, high = (GATES[end].kind for end in (span.low, span.high))
    return low if low == high else "depends"


def reaches(condition: Condition, scenario: Scenario, catalogue: Catalogue) -> bool | None:
    """Whether a condition holds of a scenario with its presumptions, by Python's walk."""
    known = established_facts(scenario, catalogue.vocabulary)
    asked = questions([condition])
    facts = {name: catalogue.vocabulary.fact(name) for name in asked.about}
    return walk(condition, answers_to(asked, scenario, known, facts)).truth


HEARS = Item.technology.is_in("mobile_interception") & Item.face_matching.is_in("none")
RULES = {
    "tool=4;user=0,1>ask": HEARS & EndUser.kind.is_in("law_enforcement", "intelligence"),
    "harm=0,1>stop": (Destination.serious_violations_likely & Destination.substantial_rights_risk)
    | (~Destination.serious_violations_likely & Destination.substantial_rights_risk),
}
STRICTNESS = {"free": 0, "ask": 1, "stop": 2}


def groups(text: str, catalogue: Catalogue) -> dict[str, int]:
    """The counts of a rule, worked out in Python."""
    amnesty, counts = catalogue.ruleset("amnesty"), Counter[str]()
    cases = [case for case in catalogue.scenarios() if case.kind != "replay"]
    for parts in sales([*cases, *catalogue.teaching()]):
        truths = [reaches(RULES[text], case, catalogue) for case in parts]
        truth = True if True in truths else None if None in truths else False
        span = strictest([assess(case, amnesty) for case in parts])
        if parts[0].is_documented:
            counts["reached"] += truth is True
            counts["open"] += truth is None
            counts["missed"] += truth is False and span is not None and gate_of(span) == "stop"
        high = GATES[span.high].kind if span else None
        milder = high is not None and STRICTNESS[high] < STRICTNESS[text.partition(">")[2]]
        counts["mistaken"] += truth is True and milder
    return dict(counts)


def sales(cases: Iterable[Scenario]) -> list[list[Scenario]]:
    """Cases as the parts of sales; what is not documented is a sale of its own."""
    found: dict[str, list[Scenario]] = {}
    for case in cases:
        found.setdefault(case.counted_as, []).append(case)
    return list(found.values())


def strictest(verdicts: Iterable[Verdict]) -> Span | None:
    """The result of a sale is the strictest of its parts; one that may not be reached is free at the least."""
    spans = [
        verdict.span if is_reached(verdict) else Span(Outcome.NO_CONTROL, verdict.span.high)
        for verdict in verdicts
        if verdict.span
    ]
    return Span(max(one.low for one in spans), max(one.high for one in spans)) if spans else None


def shown_counts(page: Page, row: int = 0) -> dict[str, int]:
    """The counts in a row of the table."""
    working(page)
    cells = page.locator(".rule-table tbody tr").nth(row).locator("td")
    return {
        cell.get_attribute("data-group") or "": int(cell.locator(".count").inner_text())
        for cell in cells.all()
    }


@pytest.mark.parametrize("text", RULES)
def test_a_rule_counts_as_python_does(tab: Opened, catalogue: Catalogue, text: str) -> None:
    """What a rule reaches, misses, hits by mistake and leaves open equals what Python computes."""
    page = tab.go(f"#&rule={text}", "rule")

    assert shown_counts(page) == groups(text, catalogue)
    for name, count in shown_counts(page).items():
        assert page.locator(f".rule-table tr:nth-child(1) [data-group='{name}'] .dot").count() == count
    for name, count in shown_counts(page).items():
        assert page.locator(f"#list-{name} li a").count() == count


def test_the_regimes_are_compared(tab: Opened, catalogue: Catalogue) -> None:
    """The table also counts how many sales on record each regime makes ask or forbids, as in Python."""
    page = tab.go("#", "rule")
    recorded = sales(case for case in catalogue.scenarios() if case.is_documented)
    for row, name in enumerate(THREE, 1):
        ruleset = catalogue.ruleset(name)
        spans = [strictest(assess(case, ruleset) for case in parts) for parts in recorded]
        held = [span is not None and GATES[span.low].kind != "free" for span in spans]

        assert shown_counts(page, row)["reached"] == sum(held)
        assert shown_counts(page, row)["mistaken"] == 0


def test_every_setting_agrees_with_its_lever(tab: Opened) -> None:
    """For every case: what a lever shows as set is met; what is not met, no lever shows as set.

    Where all that a setting states is known as it states it, the two are the same.
    """
    page = tab.go(f"#{MORPHO}")
    wrong = page.evaluate(
        """() => {
          const page = view.page(), wrong = [];
          for (const { facts: scenario } of page.cases.values())
            for (const { id: key, settings } of page.levers)
              settings.forEach((setting, at) => {
                const changed = levers.withSetting(scenario, setting.facts);
                const met = (one) => clauses.reaches(page, { parts: [{ key, values: [String(at)] }] }, one);
                if (levers.isSet(scenario, setting) && met(scenario) !== true) wrong.push([scenario.id, key, at, 'set']);
                if (met(scenario) === false && levers.isSet(scenario, setting)) wrong.push([scenario.id, key, at, 'not met']);
                if (!levers.isSet(changed, setting) || met(changed) !== true) wrong.push([scenario.id, key, at, 'pulled']);
                settings.forEach((other, place) => {
                  const values = [String(place)];
                  if (place !== at && clauses.reaches(page, { parts: [{ key, values }] }, changed) === true)
                    wrong.push([scenario.id, key, at, place]);
                });
              });
          return wrong;
        }"""
    )

    assert wrong == []


def test_a_rule_is_written_and_shared(tab: Opened) -> None:
    """A rule is picked by keyboard, said in words, and its address alone gives the same counts again."""
    page = tab.go(f"#{MORPHO}", "rule")
    example = page.inner_text(".rule-words")
    page.focus("[id='rule-user-0']")
    page.keyboard.press("Space")
    page.focus("[id='rule-tool-4']")
    page.keyboard.press("Space")
    page.focus("#rule-ask")
    page.keyboard.press("ArrowRight")
    kept = page.evaluate("document.activeElement.id")
    before, told = shown_counts(page), page.inner_text("#rule-told")
    address = page.evaluate("location.hash")

    assert "picks one face out of many" in example
    assert "a police force" in example
    assert address == f"#{MORPHO}&view=rule&rule=tool=0,4%3Estop"
    assert kept == "rule-stop"
    assert "The sale may not go ahead if this is so:" in page.inner_text(".rule-words")
    assert "picks one face out of many or listens in on mobile phones nearby" in page.inner_text(
        ".rule-words"
    )
    again = tab.go(address, "rule")
    assert shown_counts(again) == before
    assert again.inner_text("#rule-told") == told
    again.click("#rule-copy")
    again.wait_for_function("() => document.querySelector('#rule-copy ~ .note').textContent")


def test_a_class_votes_by_pasted_links(tab: Opened) -> None:
    """Each pasted address is a vote; the same rule counts once more, and what holds no rule is told."""
    page = tab.go("#", "rule")
    working(page)
    page.locator("#vote-part summary").click()
    page.fill(
        "#vote",
        "story.html#a&view=rule&rule=tool=0%3Eask\nhttps://x.org/#b&rule=tool=0>ask\n#&rule=user=0>stop\nhello %zz",
    )
    votes = page.locator(".candidate").all_inner_texts()

    assert [vote.split(":")[0] for vote in votes] == ["2 votes", "1 vote"]
    assert "picks one face out of many" in votes[0]
    assert re.search(r"Your rule reaches \d+ of \d+ cases", votes[1])
    assert "1" in page.inner_text("#vote-told > .note")
    page.click("[id='rule-user-0']")
    working(page)
    assert page.locator(".candidate").count() == 2


@pytest.mark.parametrize(
    "part",
    [
        "rule=nonsense",
        "rule=tool=99>ask",
        "rule=tool=0>maybe",
        "rule=tool=0;tool=1>ask",
        "rule=item.face_matching=one_to_many>stop",
        "rule=tool=length>stop",
        "rule=__proto__=0>ask",
        "rule=tool=constructor>ask",
        "play=abc",
        "play=1.fax",
        "view=nowhere",
    ],
)
def test_nonsense_in_the_address_is_reported(tab: Opened, part: str) -> None:
    """What is no rule and no game is named, and the page starts from its own."""
    page = tab.go(f"#{MORPHO}&{part}", "play" if part.startswith("play") else "rule")

    assert f"“{part}” in the address was ignored" in page.inner_text("#problems")
    assert page.locator(".view:not([hidden]) h1").count() == 1


# the wall -------------------------------------------------------------------------------------------


def wall_counts(page: Page) -> list[dict[str, int]]:
    """The counts above the dots of each regime."""
    rows = page.locator("table.wall tbody")
    return [
        {
            count.get_attribute("data-kind") or "": int(count.inner_text())
            for count in row.locator(".count").all()
        }
        for row in rows.all()
    ]


def expected_wall(catalogue: Catalogue) -> list[dict[str, int]]:
    """The same in Python."""
    recorded = sales(case for case in catalogue.scenarios() if case.record_group == "deals")
    laws = map(catalogue.ruleset, THREE)
    return [
        dict.fromkeys(map(str, CLASSES), 0)
        | Counter[str](classify(assess(case, law) for case in parts).slug for parts in recorded)
        for law in laws
    ]


def test_the_wall_counts_as_python_does(tab: Opened, catalogue: Catalogue) -> None:
    """The dots of each regime are where Python puts the sales."""
    page = tab.go("#", "wall")
    counts = wall_counts(page)

    assert counts == expected_wall(catalogue)
    assert page.locator("table.wall a.dot:visible").count() == 3 * sum(counts[0].values())


def test_the_wall_counts_as_a_comparison_does(tab: Opened, catalogue: Catalogue) -> None:
    """A sale at a certain gate is certain in the comparison too, also where part of it may be out of scope."""
    page = tab.go("#", "wall")
    documented = [case for case in catalogue.scenarios() if case.is_documented]
    rows = compare(documented, [catalogue.ruleset(name) for name in THREE]).classes()

    assert wall_counts(page) == [row.counts for row in rows]


def test_the_wall_is_walked_by_the_keyboard(tab: Opened) -> None:
    """One dot of each regime takes the tab key, arrows lead on, enter opens its story."""
    page = tab.go("#", "wall")
    page.locator("table.wall a.dot[tabindex='0']").first.focus()
    first = page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("End")
    last = page.evaluate("document.activeElement.getAttribute('aria-label')")
    stops = page.locator("table.wall a.dot[tabindex='0']").count()
    href = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("Enter")
    page.wait_for_selector("#story-title")

    assert stops == 3
    assert first != last
    assert re.search(r"\(20\d\d\)", first)
    assert page.evaluate("location.hash") == href


def test_the_wall_is_embedded(tab: Opened, browser: Browser, file: Path) -> None:
    """The line that the wall offers puts it, without the top and the foot of the page, into another page."""
    page = tab.go("#", "wall")
    page.locator("#view-wall summary").click()
    line = page.inner_text("#wall-embed")
    host = file.with_name("host.html")
    host.write_text(
        f"<!doctype html><html lang=en><title>Host</title><main>{line}</main></html>", encoding="utf-8"
    )
    page.goto(host.as_uri())
    inside = page.frame_locator("iframe")
    inside.locator("table.wall a.dot:visible").first.wait_for()

    assert not inside.locator(".masthead").is_visible()
    assert not inside.locator(".foot").is_visible()
    assert "not legal advice" in inside.locator("#view-wall").inner_text()
    assert inside.locator("table.wall a.dot").first.get_attribute("target") == "_blank"
    page.wait_for_function("document.querySelector('iframe').height !== '900'")
    wall_height = page.evaluate("Number(document.querySelector('iframe').height)")
    assert inside.locator("body").evaluate("body => body.offsetHeight") <= wall_height
    assert "embed" not in (inside.locator("table.wall a.dot").first.get_attribute("href") or "")


# all three ------------------------------------------------------------------------------------------

VIEWS = [
    ("play", "#"),
    ("play", "#&play=0.fsfsfsfs"),
    ("rule", "#&rule=tool=0,4;user=0>stop"),
    ("wall", "#"),
    ("wall", "#&embed"),
]

WIDTHS = (360, 390, 820, 1366)


@pytest.mark.parametrize(("view", "address"), VIEWS)
def test_is_accessible(browser: Browser, file: Path, view: str, address: str) -> None:
    """Axe finds nothing to correct, light and dark, all parts open."""
    for own in opened(browser, file, reduced_motion="reduce"):
        page = own.go(address, view)
        if view == "rule":
            working(page)
        assert violations(page) == []


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_fits_every_screen(tab: Opened, lang: str) -> None:
    """Nothing overflows to the side, and both choices of the game are on the first screen of a phone."""
    for view, address in VIEWS:
        page = tab.go(f"{address}&lang={lang}", view)
        if view == "rule":
            working(page)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 844})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (view, address, width)
    page = tab.go(f"#&lang={lang}", "play")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        box = page.locator(".decide").bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 844, width


@pytest.fixture
def poor(browser: Browser, catalogue: Catalogue, tmp_path: Path) -> Iterator[Opened]:
    """A page with one invented case and one act."""
    case = Scenario(id="one", kind="teaching", item=Item(technology="facial_recognition"))
    path = tmp_path / "poor.html"
    path.write_text(
        page_html([case], [catalogue.ruleset("eu-2021-821")], catalogue.vocabulary), encoding="utf-8"
    )
    yield from opened(browser, path)


def test_a_page_without_sales_says_so(poor: Opened) -> None:
    """Without a sale on record there is no game and no wall; without a proposal nothing is missed."""
    assert "This page has no sale on record." in poor.go("#", "play").inner_text("#view-play")
    assert "“view=wall” in the address was ignored" in poor.go("#", "wall").inner_text("#problems")
    page = poor.go("#", "rule")
    working(page)
    assert page.inner_text("#rule-told") == "Your rule reaches 0 of 0 cases. For 0 too little is known."
    assert page.locator(".rule-table thead th").all_inner_texts() == ["Reached", "Cannot tell"]
