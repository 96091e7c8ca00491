"""The evaluation in the offline page equals Python's: on shipped cases, and on thousands of drawn ones."""

from __future__ import annotations

import datetime as dt
import itertools
import random
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from tests.support.needed import needed

import regcompare_cases
from regcompare.comparison.comparison import compare
from regcompare.comparison.data import record
from regcompare.errors import UsageError
from regcompare.facts import (
    UNKNOWN,
    Choice,
    CodeSet,
    Country,
    Day,
    Fact,
    MemberSet,
    SetOf,
    YesNo,
    facts_of,
)
from regcompare.logic.code_cells import code_cells
from regcompare.logic.code_lists import CodeList
from regcompare.logic.codes import code_matches
from regcompare.logic.conditions import Between, OnOrAfter
from regcompare.plugins.catalogue import Catalogue
from regcompare.program.portable import portable_scenario
from regcompare.ruleset.rules import Outcome
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.assumed import contradictions
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import assess, assess_all
from regcompare.verdict.verdict import Verdict
from regcompare.vocabulary import Vocabulary
from regcompare_page.page.build import page_html
from regcompare_publish.writer import Writer, write_rulesets

if TYPE_CHECKING:
    from playwright.sync_api import Page

sync_playwright = needed("playwright.sync_api").sync_playwright
pytestmark = pytest.mark.thorough

SUMS = Path(__file__).with_name("page_sums.js").read_text(encoding="utf-8")


def worked(sum_of: str) -> str:
    """The script that works out cases on the page and sums up each."""
    assessed = "verdicts.assess(model, facts, regimes.get(ruleset), options)"
    return f"""jobs => {{ {SUMS}
        const {{ model, regimes }} = view.page();
        return jobs.map(([facts, ruleset, options]) => {sum_of}({assessed})); }}"""


SUMMED = worked("verdictSum")


@pytest.fixture(scope="module")
def engine(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A tab of the system's chromium in which only the evaluation of the page is asked."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("No chromium is installed; the page is tested where there is one.")
    path: Path = tmp_path_factory.mktemp("page") / "page.html"
    rulesets = list(catalogue.rulesets.values())
    path.write_text(page_html([Scenario(id="none")], rulesets, catalogue.vocabulary), encoding="utf-8")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-quic"]
        )
        page = browser.new_context(offline=True).new_page()
        page.set_default_timeout(180_000)  # An open case under every ruleset takes a while.
        page.goto(path.as_uri())
        page.wait_for_selector("html[data-ready]")
        yield page
        browser.close()


def expected(jobs: Sequence[Case]) -> list[dict[str, Any]]:
    """What Python makes of cases, as the page sums them up; those of one law are worked out together."""
    found: dict[int, Verdict | None] = {}
    alike: dict[str, list[int]] = {}
    for place, (_, ruleset, given) in enumerate(jobs):
        alike.setdefault(f"{ruleset.id} {given}", []).append(place)
    for places in alike.values():
        _, ruleset, given = jobs[places[0]]
        cases = [jobs[place][0] for place in places]
        try:
            found.update(zip(places, assess_all(cases, ruleset, **given), strict=True))
        except UsageError:  # Of one of them.
            found.update((place, assessed(*jobs[place])) for place in places)
    return [
        {"ruleset": ruleset.id, "contradiction": True} if verdict is None else summed(verdict)
        for (_, ruleset, _), verdict in ((jobs[place], found[place]) for place in range(len(jobs)))
    ]


def assessed(scenario: Scenario, ruleset: Ruleset, given: dict[str, Any]) -> Verdict | None:
    """The verdict of one case; None where its facts contradict each other."""
    try:
        return assess(scenario, ruleset, **given)
    except UsageError:
        return None


def summed(verdict: Verdict) -> dict[str, Any]:
    """A verdict, as the page sums it up."""
    data = record(verdict)
    kept = ("ruleset", "as_of", "base", "in_force", "in_scope", "assumed", "warnings")
    rules = ("id", "ruleset", "holds", "decides", "lifted_by")
    return {
        **{key: data[key] for key in kept},
        "low": None if verdict.low is None else verdict.low.rank,
        "high": None if verdict.high is None else verdict.high.rank,
        "review": None if verdict.review is None else verdict.review.rank,
        "rules": [
            {**{key: rule[key] for key in rules}, "outcome": Outcome.read(rule["outcome"]).rank}
            for rule in data["rules"]
        ],
        "duties": [[duty.id, applies] for duty, applies in verdict.duties],
        "questions": [item.name for item in verdict.questions],
        "presumed": sorted(data["presumed"]),
        "inferred": sorted(data["inferred"]),
    }


Case = tuple[Scenario, Ruleset, dict[str, Any]]


def differing(page: Page, jobs: Sequence[Case]) -> list[tuple[str, str, dict[str, Any], list[str]]]:
    """The cases on which the page and Python differ, with the keys in which they do."""
    found = []
    for start in range(0, len(jobs), 500):
        batch = jobs[start : start + 500]
        sent = [[portable_scenario(case), ruleset.id, _sent(given)] for case, ruleset, given in batch]
        told = zip(batch, page.evaluate(SUMMED, sent), expected(batch), strict=True)
        for (case, ruleset, given), got, want in told:
            for key in ("presumed", "inferred"):
                got[key] = sorted(got.get(key, []))
                want.setdefault(key, [])
            keys = [key for key in {*want, *got} if want.get(key) != got.get(key)]
            found += [(case.id, ruleset.id, given, keys)] if keys else []
    return found


def _sent(options: dict[str, Any]) -> dict[str, Any]:
    day, readings = options.get("as_of"), options.get("readings")
    return {"asOf": None if day is None else str(day), "readings": readings or {}}


def test_agrees_on_every_shipped_case(engine: Page, catalogue: Catalogue) -> None:
    """They come to the same on every documented and teaching case under every ruleset."""
    shipped = [*catalogue.scenarios(), *catalogue.read(regcompare_cases.folder() / "teaching")]
    rulesets = list(catalogue.rulesets.values())
    jobs: list[Case] = [(case, ruleset, {}) for ruleset in rulesets for case in shipped]

    assert len(jobs) > 900
    assert differing(engine, jobs) == []


def test_agrees_on_which_other_law_applies(engine: Page, catalogue: Catalogue) -> None:
    """A law that applies together with one of the three and reaches a case, or may, is named."""
    shipped, ids = catalogue.scenarios(), ("eu-428-2009", "eu-2021-821", "amnesty")
    three = [catalogue.ruleset(name) for name in ids]
    found = compare(shipped, three, others=catalogue.rulesets.values()).sensitivity().beside
    wanted = {
        (verdict.scenario.id, law.ruleset.id, is_certain)
        for law in found
        for verdicts, is_certain in ((law.reached, True), (law.open, False))
        for verdict in verdicts
    }

    said = engine.evaluate(
        "([cases, ids]) => cases.map((facts) => { const page = view.page();"
        " const shown = ids.map((id) => page.regimes.get(id));"
        " return shown.flatMap((number) => regimes.beside(page, number, shown, facts)); })",
        [[portable_scenario(case) for case in shipped], list(ids)],
    )

    got = {
        (case.id, match[1], match[2] == "certainly applies")
        for case, sentences in zip(shipped, said, strict=True)
        for sentence in sentences
        if (match := re.search(r"\(([\w-]+)\), .* (certainly applies|may apply) to", sentence))
    }
    assert {is_certain for *_, is_certain in wanted} == {True, False}
    assert got == wanted


def test_agrees_on_the_cases_of_each_ruleset(engine: Page, catalogue: Catalogue) -> None:
    """They come to the same on the firing cases and near misses that each ruleset brings."""
    jobs: list[Case] = [
        (case, ruleset, {})
        for ruleset in catalogue.rulesets.values()
        for path in ruleset.cases
        for case in catalogue.read(path)
    ]

    assert len(jobs) > 300
    assert differing(engine, jobs) == []


def test_agrees_on_drawn_cases(engine: Page, catalogue: Catalogue) -> None:
    """They come to the same on drawn facts, open members, codes, days, readings and states of the law."""
    draw = _Drawn(catalogue, random.Random(20_211_109))
    jobs = sorted((draw.case(number) for number in range(2000)), key=lambda job: f"{job[1].id} {job[2]}")

    assert differing(engine, jobs) == []


def test_agrees_on_codes(engine: Page, catalogue: Catalogue) -> None:
    """A code falls under the same patterns on the page as in Python."""
    patterns = _patterns(write_rulesets(catalogue.rulesets.values()))
    codes = [cell.code for cell in code_cells(patterns)]
    pairs = list(itertools.product(codes, patterns))[::7]

    got = engine.evaluate(
        "pairs => pairs.map(([code, pattern]) => codes.codeMatches(code, pattern))", pairs
    )

    assert got == [code_matches(code, pattern) for code, pattern in pairs]
    assert any(got)
    assert not all(got)


def test_agrees_on_which_codes_exist(engine: Page, catalogue: Catalogue) -> None:
    """A code exists on the page where it does in Python; one that says less falls as openly."""
    held = _held(catalogue.vocabulary)
    codes = [*sorted(held.codes), "5A001.z", "0A999", "5A002.a@2009", "4D004@2013", "5D001.c/5A001.f"]
    patterns = _patterns(write_rulesets(catalogue.rulesets.values()))[::5]
    pairs = [pair for pair in itertools.product(codes, patterns) if not held.flaw(pair[0])][::7]
    asked = "const list = view.page().model.facts.get('item.annex_i_entry').codes;"

    exist = engine.evaluate(
        f"all => {{ {asked} return all.map((one) => codes.exists(list, one)); }}", codes
    )
    fall = engine.evaluate(
        f"all => {{ {asked} return all.map((one) => codes.isUnderPattern(list, ...one)); }}", pairs
    )

    assert exist == [held.flaw(code) is None for code in codes]
    assert fall == [held.falls(code, pattern) for code, pattern in pairs]


def _patterns(program: Writer) -> list[str]:
    asked = program.questions.values()
    return [question.member for question in asked if question.fact == "item.annex_i_entry"]


def _held(vocabulary: Vocabulary) -> CodeList:
    (held,) = vocabulary.code_lists
    return held


class _Drawn:
    """Draws cases under rulesets, many of them with little known."""

    def __init__(self, catalogue: Catalogue, source: random.Random) -> None:
        self.source = source
        self.rulesets = list(catalogue.rulesets.values())
        self.vocabulary = catalogue.vocabulary
        program = write_rulesets(self.rulesets)
        held = _held(self.vocabulary)
        bare = [code for code in held.codes if held.points(code)]
        self.codes = [
            *(cell.code for cell in code_cells(_patterns(program), held)),
            *self.source.sample(sorted(bare), 20),
            "0A999",
        ]
        self.powers = [power.id for power in program.powers]
        turns = {node.day for node in program.conditions if isinstance(node, OnOrAfter)}
        for ruleset in program.rulesets:
            period = ruleset.period
            turns |= {day for day in (period.start, period.end) if day} if period else set()
        every = sorted(turns | {day - dt.timedelta(days=1) for day in turns})
        self.days = self.source.sample(every, min(len(every), 40))
        # A few ways to read the law each, because Python orders the members of sets anew for every one.
        self.options = {
            ruleset.id: [self._option(ruleset) for _ in range(6)] for ruleset in self.rulesets
        }

    def _option(self, ruleset: Ruleset) -> dict[str, Any]:
        return {"as_of": self._law(), "readings": self._readings(ruleset)}

    def case(self, number: int) -> Case:
        """A case that the constraints allow: answers that contradict each other are left out."""
        ruleset = self.source.choice(self.rulesets)
        scenario = self._scenario(f"drawn-{number}")
        while broken := contradictions(scenario, self.vocabulary):
            left_out = {name for _, names in broken for name in names}
            scenario = self._without(scenario, left_out)
        return scenario, ruleset, self.source.choice(self.options[ruleset.id])

    def _without(self, scenario: Scenario, names: set[str]) -> Scenario:
        facts = {key: answer for key, answer in scenario.facts.items() if key not in names}
        presume = None if names - set(self._stated(scenario)) else scenario.presume
        return attrs.evolve(scenario, presume=presume, presumed={}, facts=facts)

    @staticmethod
    def _stated(scenario: Scenario) -> list[str]:
        return list(portable_scenario(scenario)["facts"])

    def _law(self) -> Any:
        return self.source.choice([None, "scenario", *[self.source.choice(self.days)] * 3])

    def _readings(self, ruleset: Ruleset) -> Any:
        doubts = [item for part in ruleset.parts() for item in part.provisions.interpretations]
        chosen = {
            item.id: self.source.choice([*item.readings, "open"])
            for item in doubts
            if self.source.random() < 0.4
        }
        return self.source.choice([None, "open", chosen])

    def _scenario(self, name: str) -> Scenario:
        share = self.source.choice([0.1, 0.5, 0.8, 0.95])
        sections = []
        for cls in self.vocabulary.sections:
            given: dict[str, Any] = {}
            for field, fact in facts_of(cls).items():
                dice = self.source.random()
                if dice < share:
                    given[field] = self._answer(fact)
                elif dice < share + 0.05:
                    given[field] = UNKNOWN
            sections.append(cls(**given))
        used = {power: self.source.random() < 0.5 for power in self.powers if self.source.random() < 0.3}
        day = self.source.choice([None, *[self.source.choice(self.days)] * 5])
        presume: Any = self.source.choice([None, "ordinary", ("ordinary", "surveillance")])
        between = None
        if self.source.random() < 0.2:
            day, between = None, Between(*sorted(self.source.sample(self.days, 2)))
        drawn = Scenario(id=name, date=day, between=between, presume=presume, discretion=used)
        return drawn.with_facts(*sections)

    def _answer(self, fact: Fact) -> Any:
        if isinstance(fact, SetOf | CodeSet):
            members = self.codes if isinstance(fact, CodeSet) else list(fact.labels())
            known = self.source.sample(members, min(len(members), self.source.choice([0, 0, 1, 2])))
            maybe = self.source.sample(members, min(len(members), self.source.choice([0, 0, 1, 2])))
            return MemberSet(known, set(maybe) - set(known))
        if isinstance(fact, Day):
            return self.source.choice(self.days)
        if isinstance(fact, YesNo):
            return self.source.random() < 0.5
        if isinstance(fact, Choice | Country) and self.source.random() < 0.1:
            return {"one_of": self.source.sample(sorted(fact.labels()), 2)}
        if isinstance(fact, Country) and self.source.random() < 0.6:
            return self.source.choice(["DE", "FR", "CN", "US", "GB", "XI", "SY", "RU", "BY", "EG", "CH"])
        return self.source.choice(list(fact.labels()))
