"""The conformance suite: what ships conforms, and each kind of fault is told by one check, in a sentence."""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from tests.support.drawing import fewer
from tests.support.shipped import CATALOGUE as INSTALLED

from regcompare import Outcome, Ruleset, UsageError, assess
from regcompare.authoring import (
    DatedTable,
    Instrument,
    Item,
    Transaction,
    Trigger,
    YesNo,
    section,
)
from regcompare.plugins.catalogue import Catalogue, Plugin
from regcompare.plugins.hooks import RULESETS
from regcompare.ruleset.provisions import Provisions
from regcompare.ruleset.rules import Interpretation, Rule
from regcompare.scenario.assumed import contradictions
from regcompare.scenario.scenario import stated_answers
from regcompare.testing import (
    answers,
    check_ruleset,
    conditions,
    conformance_suite,
    partial_scenarios,
    scenarios,
)
from regcompare.vocabulary import Vocabulary
from regcompare_testing.conformance import CHECKS, NotChecked, Report, Result, Subject

ACT = Instrument("Toy Act", "An invented act", "nowhere, 2000")
LISTED = DatedTable("drums", (), dt.date(2020, 1, 1))


@section("toy", "Toy")
class Toy:
    """Invented facts."""

    small: YesNo = YesNo("Is it small?")
    loud: YesNo = YesNo("Is it loud?")


VOCABULARY = Vocabulary((Item, Transaction, Toy))
CASES = """
- id: loud-drum
  transaction: {kind: export}
  toy: {small: no, loud: yes}
  expect: {toys: authorisation}
- id: quiet-drum
  transaction: {kind: export}
  toy: {small: no, loud: no}
  expect: {toys: no_control}
- id: small-drum
  transaction: {kind: export}
  toy: {small: yes, loud: no}
  expect: {toys: prohibition}
- id: other-drum
  transaction: {kind: export}
  item: {form: goods, covert: no}
  toy: {small: yes, loud: yes}
"""


def sound(folder: Path, text: str = CASES, **changes: Any) -> Ruleset:
    """A ruleset that conforms; changes make it faulty."""
    cases = folder / "cases.yaml"
    cases.write_text(text, encoding="utf-8")
    given: dict[str, Any] = {
        "status": "law",
        "instruments": (ACT,),
        "reference_date": dt.date(2020, 1, 1),
        "provisions": Provisions((loud(), small())),
        "covers": ("export",),
        "vocabulary": VOCABULARY,
        "cases": (cases,),
    }
    return Ruleset("toys", "Toys", **(given | changes))


def loud(**changes: Any) -> Rule:
    """The first rule."""
    given: dict[str, Any] = {
        "when": Toy.loud,
        "then": Outcome.AUTHORISATION,
        "triggered_by": Trigger.ACT,
        "fires": "loud-drum",
        "misses": "quiet-drum",
    }
    return Rule(ACT["Art. 1"], "A loud toy needs a licence.", **(given | changes))


def small(**changes: Any) -> Rule:
    """The second rule."""
    given: dict[str, Any] = {
        "when": Toy.small,
        "then": Outcome.PROHIBITION,
        "triggered_by": Trigger.ACT,
        "fires": "small-drum",
        "misses": "quiet-drum",
    }
    return Rule(ACT["Art. 2"], "A small toy stays.", **(given | changes))


def with_rule(folder: Path, **changes: Any) -> Ruleset:
    """The ruleset with a changed first rule."""
    return sound(folder, provisions=Provisions((loud(**changes), small())))


# what ships --------------------------------------------------------------------------------------

TestEuCommonPosition = conformance_suite(INSTALLED.ruleset("eu-common-position"))
TestEuHome = conformance_suite(INSTALLED.ruleset("eu-home"))
TestTortureGoods = conformance_suite(INSTALLED.ruleset("torture-goods"))


@pytest.mark.thorough
@pytest.mark.parametrize("ruleset_id", ["eu-law", "eu-law-2020", "eu-law-2021"])
def test_rulesets_made_of_others_conform(ruleset_id: str) -> None:
    """What is made of other rulesets passes whatever check can be made of it."""
    report = check_ruleset(INSTALLED.ruleset(ruleset_id))

    assert report.failures == ()


def test_every_ruleset_that_ships_is_checked() -> None:
    """Each has its line, here or beside its other tests."""
    texts = (file.read_text("utf-8") for file in Path(__file__).parents[1].rglob("test_*.py"))
    checked = {name for text in texts for name in re.findall(r'_suite\(\w+\.ruleset\("([^"]+)"', text)}
    made_of_others = {"eu-law", "eu-law-2020", "eu-law-2021"}

    assert set(INSTALLED.rulesets) == checked | made_of_others


# what is faulty ----------------------------------------------------------------------------------


def with_rows(folder: Path, *rows: str) -> Ruleset:
    """The ruleset with a dated table."""
    file = folder / "drums.csv"
    text = "\n".join(["realm,start,end,source,checked,note", *rows])
    file.write_text(text + "\n", encoding="utf-8")
    return sound(folder, tables=(DatedTable.read(file, "drums", dt.date(2020, 1, 1)),))


def doubtful(folder: Path, default: str = "a") -> Ruleset:
    """The ruleset with a rule that names a reading under which it fires."""
    doubt = Interpretation(
        "d-1", ACT["Art. 1"], "Which?", readings={"a": "A.", "b": "B."}, default=default, reason="So."
    )
    rule = loud(when=doubt.choose(a=Toy.small & Toy.loud, b=Toy.loud), fires="loud-drum under d-1=b")
    text = CASES.replace(
        "authorisation", "no_control" if default == "a" else "no_control..authorisation"
    )
    return sound(folder, text, provisions=Provisions((rule, small()), interpretations=(doubt,)))


FAULTY: list[tuple[str, Callable[[Path], Ruleset], str]] = [
    (
        "tables",
        lambda folder: with_rows(folder, "a,2001-01-01,2005-01-01,s,text,", "a,2004-01-01,,s,text,"),
        r"drums.csv:2 and 3: two rows about a overlap",
    ),
    (
        "tables",
        lambda folder: with_rows(folder, "DE FR,2001-01-01,,s,text,", "US FR,2004-01-01,,s,text,"),
        r"drums.csv:2 and 3: two rows about FR overlap",
    ),
    (
        "tables",
        lambda folder: with_rows(folder, "a,,2005-01-01,s,text,x", "a,2005-01-02,,s,text,"),
        r"one day, 2005-01-01, is lost between the rows about a\. The column end contains the day after",
    ),
    (
        "tables",
        lambda folder: with_rows(folder, "a,,2005-01-01,s,text,", "a,2006-01-01,,s,text,"),
        r"no row about a is in force from 2005-01-01 to 2005-12-31\. Join the rows, or say in the column note",
    ),
    (
        "misses",
        lambda folder: sound(
            folder, provisions=Provisions((loud(), small(fires="other-drum", misses="quiet-drum")))
        ),
        r"near miss quiet-drum differs from other-drum in 4 facts \(item\.form, item\.covert",
    ),
    (
        "cases",
        lambda folder: sound(folder, CASES.replace("prohibition", "refusal")),
        r"Case small-drum \(cases.yaml:10\) under toys \(refusal\): Expected refusal, got prohibition",
    ),
    (
        "cases",
        lambda folder: sound(folder, CASES.replace("toys: prohibition", "toy: prohibition")),
        r"cases\.yaml:13:12: RC213 'toy' is not a ruleset\..*Did you mean 'toys'",
    ),
]


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("check", "made", "told"),
    [pytest.param(*case, id=f"{case[0]}-{number}") for number, case in enumerate(FAULTY)],
)
def test_a_fault_is_reported_by_one_check(
    tmp_path: Path, check: str, made: Callable[[Path], Ruleset], told: str
) -> None:
    """Each fault fails the check that is about it, and no other, with a sentence that names its place."""
    report = check_ruleset(made(tmp_path))
    failed = {name: result.found for name, result in report.results.items() if result.failures}

    assert list(failed) == [check]
    assert re.search(told, failed[check]), failed[check]


@pytest.mark.thorough
def test_a_sound_ruleset_fails_nothing(tmp_path: Path) -> None:
    """The ruleset that the faulty ones are made of conforms, as does one with a reading named."""
    for made in (sound, doubtful):
        report = check_ruleset(made(tmp_path))

        assert report.failures == ()
        assert not report.failures


def test_a_reason_in_the_note_explains_a_hole(tmp_path: Path) -> None:
    """Years without a row are no fault where a note says why; rows about others never are."""
    ruleset = with_rows(
        tmp_path, "a,,2005-01-01,s,text,left", "a,2006-01-01,,s,text,", "b,2001-01-01,,s,text,"
    )

    assert check_ruleset(ruleset).results["tables"].failures == ()


def test_a_case_file_that_cannot_be_read_is_reported(tmp_path: Path) -> None:
    """Mistakes in a file of cases are told with their place."""
    report = check_ruleset(sound(tmp_path, CASES.replace("small: yes", "smal: yes")))

    assert re.search(r"cases\.yaml:12:9: RC202 .*Did you mean", report.results["cases"].found)


# registration ------------------------------------------------------------------------------------


def registered(ruleset: Ruleset, *, offered: Ruleset | None, problems: tuple[Any, ...] = ()) -> Result:
    """What the check says where a plugin offers a ruleset under the id."""
    plugin = Plugin("toys:toys", items={RULESETS: [ruleset]}, problems=list(problems))
    catalogue = Catalogue(
        {"toys": offered} if offered else {}, plugins=(plugin,) if offered or problems else ()
    )
    subject = Subject(ruleset)
    vars(subject)["catalogue"] = catalogue
    try:
        return Result("registers", "", tuple(CHECKS[0](subject)))
    except NotChecked as reason:
        return Result("registers", "", skipped=str(reason))


def test_registration_is_checked(tmp_path: Path) -> None:
    """The very ruleset passes, another under its id and a faulty plugin fail, none at all is said."""
    ruleset = sound(tmp_path)
    problem = INSTALLED.problems or ("toys:toys: RC405 twice",)

    assert registered(ruleset, offered=ruleset).word == "holds"
    assert "offers another ruleset" in registered(ruleset, offered=sound(tmp_path)).found
    assert registered(ruleset, offered=None, problems=problem).failures == ("toys:toys: RC405 twice",)
    assert "No installed plugin offers toys" in registered(ruleset, offered=None).skipped


# report and suite --------------------------------------------------------------------------------


def test_a_report_reads_as_text_and_table(tmp_path: Path) -> None:
    """A report has a finding, a line for each check, and an accessible table for notebooks."""
    report = check_ruleset(sound(tmp_path, CASES.replace("prohibition", "refusal")))

    assert repr(report) == "<Report toys: 1 of 3 checks fail: cases. 2 not made.>"
    assert "cases: fails\n  Case small-drum (cases.yaml:10) under toys (refusal): Expected" in str(
        report
    )
    assert "<caption" in report._repr_html_()
    assert '<th scope="row"' in report._repr_html_()
    assert isinstance(report, Report)
    assert report.failures


@pytest.mark.thorough
def test_the_suite_fails_with_the_sentences_alone(pytester_run: Callable[[str], str]) -> None:
    """In pytest a failure is the sentence."""
    told = pytester_run("TestToys = conformance_suite(RULES)")

    assert "Case a (cases.yaml:1) under toys (prohibition): Expected prohibition, got" in told
    assert "test_cases" in told
    assert "Traceback" not in told


@pytest.fixture
def pytester_run(tmp_path: Path) -> Callable[[str], str]:
    """Runs a test file with one bound suite in a process of its own."""
    import subprocess

    def run(line: str) -> str:
        (tmp_path / "cases.yaml").write_text("id: a\nexpect: {toys: prohibition}\n", encoding="utf-8")
        (tmp_path / "test_it.py").write_text(
            "from pathlib import Path\n"
            "import datetime as dt\n"
            "from regcompare.authoring import *\n"
            "from regcompare.ruleset.provisions import Provisions\n"
            "from regcompare.ruleset.rules import Rule\n"
            "from regcompare.testing import conformance_suite\n"
            "ACT = Instrument('Act', 'An act', 'nowhere')\n"
            "RULE = Rule(ACT['Art. 1'], 'All.', when=Item.covert, then=Outcome.AUTHORISATION, triggered_by=Trigger.ACT)\n"
            "RULES = Ruleset('toys', 'T', status='law', instruments=(ACT,), reference_date=dt.date(2020, 1, 1),\n"
            "    provisions=Provisions((RULE,)), covers=('export',),\n"
            "    cases=(Path(__file__).with_name('cases.yaml'),))\n" + line + "\n",
            encoding="utf-8",
        )
        done = subprocess.run(
            [
                *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-rf"),
                *("-k", "misses or cases", str(tmp_path)),
            ],
            capture_output=True,
            text=True,
            check=False,
            cwd=tmp_path,
        )
        return done.stdout

    return run


# strategies --------------------------------------------------------------------------------------

AMNESTY = INSTALLED.ruleset("amnesty")


@fewer(4)
@given(scenarios(AMNESTY))
def test_whole_scenarios_are_possible_and_whole(scenario: Any) -> None:
    """What is drawn breaks no constraint, and hardly a fact is left out."""
    left_out = {fact.key for fact in AMNESTY.vocabulary.facts()} - set(stated_answers(scenario))

    assert contradictions(scenario, AMNESTY.vocabulary) == []
    assert len(left_out) <= 2
    assert assess(scenario, AMNESTY) is not None


@fewer(4)
@given(partial_scenarios(AMNESTY))
def test_partial_scenarios_are_possible(scenario: Any) -> None:
    """What is drawn breaks no constraint, with what is presumed."""
    assert contradictions(scenario, AMNESTY.vocabulary) == []
    assert assess(scenario, AMNESTY) is not None


@pytest.mark.thorough
def test_strategies_reach_what_a_ruleset_distinguishes() -> None:
    """Among a few drawn cases are such as the demands prohibit, refuse and leave open."""
    results: set[str] = set()

    @settings(max_examples=120, derandomize=True, database=None)
    @given(partial_scenarios(AMNESTY))
    def collect(scenario: Any) -> None:
        results.add(assess(scenario, AMNESTY).result)

    collect()

    assert "out of scope" in results
    assert any(".." in result for result in results)
    assert len(results) >= 5


@fewer(5)
@given(conditions(VOCABULARY), scenarios(VOCABULARY))
def test_drawn_conditions_can_be_put_to_drawn_scenarios(condition: Any, scenario: Any) -> None:
    """A ruleset of one drawn condition gives a verdict on any drawn scenario."""
    rule = Rule(
        ACT["Art. 1"], "Drawn.", when=condition, then=Outcome.AUTHORISATION, triggered_by=Trigger.ACT
    )
    alone = Ruleset(
        "drawn",
        "Drawn",
        status="proposal",
        instruments=(ACT,),
        reference_date=dt.date(2020, 1, 1),
        provisions=Provisions((rule,)),
        covers=("export",),
        vocabulary=VOCABULARY,
    )

    assert assess(scenario, alone).ruleset is alone


@fewer(5)
@given(answers(Item.annex_i_entry, asked=[Item.annex_i_entry.includes_any("5A001.f")], partial=True))
def test_answers_of_a_set_may_be_open(answer: Any) -> None:
    """Members are known or open, never both."""
    assert not answer.known & answer.open


def test_the_extra_is_named_where_it_is_missing() -> None:
    """Without pytest or Hypothesis the kit says which line to type."""
    import importlib

    hidden = {
        name: module
        for name, module in sys.modules.items()
        if name.startswith(("regcompare.testing", "regcompare_testing"))
    }
    hypothesis = sys.modules["hypothesis"]
    try:
        for name in hidden:
            del sys.modules[name]
        sys.modules["hypothesis"] = None  # type: ignore[assignment]
        with pytest.raises(UsageError, match=r"pip install 'regcompare\[testing\]'"):
            importlib.import_module("regcompare.testing")
    finally:
        sys.modules["hypothesis"] = hypothesis
        sys.modules.update(hidden)


def test_a_doubt_without_a_default_is_checked_like_others(tmp_path: Path) -> None:
    """A ruleset that assumes no reading of a doubt conforms, and its results stay open."""
    report = check_ruleset(doubtful(tmp_path, default="open"))

    assert report.failures == ()
