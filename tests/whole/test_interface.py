"""What a notebook calls: ids, paths, mappings and objects alike, and help for each common mistake."""

from __future__ import annotations

import ast
import datetime as dt
import importlib
import inspect
import subprocess
import sys
from html import unescape
from pathlib import Path

import attrs
import pytest
from tests.cli.test_count_commands import is_typed
from tests.support.shipped import CASES, CATALOGUE

import regcompare as rc
from regcompare import authoring
from regcompare.facts import MemberSet

SCENARIOS = Path(__file__).parents[2] / "scenarios"
MORPHO = "morpho-shanghai-2015"
FILE = SCENARIOS / f"{MORPHO}.yaml"
THREE = ["eu-428-2009", "eu-2021-821", "amnesty"]
RULES = "import regcompare as rc\nLESS = rc.regimes()['eu-2021-821'].without('art-5-2', id='less')\n"


# what is accepted ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "case",
    [
        MORPHO,
        str(FILE),
        FILE,
        CASES[0],
        [MORPHO],
        (case for case in [CASES[0]]),
        {"item": {"form": "goods"}},
    ],
    ids=["id", "path as text", "path", "object", "list", "generator", "mapping"],
)
def test_a_case_is_given_in_any_form(case: object) -> None:
    """By its id, as a path, as itself, as a mapping, and several as anything that yields them."""
    comparison = rc.compare(case, "amnesty")  # type: ignore[arg-type]

    assert [verdict.scenario.id for verdict in comparison] in ([MORPHO], ["a-case"])


def test_nothing_given_is_what_ships() -> None:
    """The documented cases, and the three regimes."""
    assert rc.cases().ids == tuple(case.id for case in CASES)
    assert rc.regimes().ids == tuple(CATALOGUE.rulesets)
    assert [item.id for item in rc.compare(MORPHO).rulesets] == THREE


def test_folders_and_teaching_cases_are_found() -> None:
    """A folder gives its cases; a teaching case is called by its id like a documented one."""
    taught = rc.read(SCENARIOS / "teaching")

    assert len(taught) > 1
    assert rc.cases(taught.ids[0])[0] == taught[0]
    assert len(rc.read(FILE, SCENARIOS / "teaching")) == 1 + len(taught)


def test_a_regime_is_given_in_any_form(tmp_path: Path) -> None:
    """By its id, as itself, or as a Python file that defines some."""
    rules = tmp_path / "mine.py"
    rules.write_text(RULES, encoding="utf-8")
    act = rc.regimes()["eu-2021-821"]

    comparison = rc.compare(MORPHO, ["eu-2021-821", act.without("art-5-2", id="other"), rules])

    assert [item.id for item in comparison.rulesets] == ["eu-2021-821", "other", "less"]
    assert comparison.rulesets[0] is act


@pytest.mark.parametrize("day", ["2021-12-01", dt.date(2021, 12, 1)])
def test_a_day_is_a_date_or_text(day: dt.date | str) -> None:
    """Both read the law of that day."""
    assert rc.assess(MORPHO, "eu-law", day).as_of == dt.date(2021, 12, 1)


def test_the_day_of_the_facts_and_today_are_words() -> None:
    """As on the command line."""
    dated = {"date": "2015-06-30", "transaction": {"kind": "export"}}

    assert rc.assess(dated, "eu-law", "scenario").as_of == dt.date(2015, 6, 30)
    assert rc.assess(MORPHO, "eu-law", "today").as_of == dt.date.today()  # noqa: DTZ011


def test_a_mapping_is_read_as_a_file_is() -> None:
    """True and false are yes and no, a set is a list, a day may be a date; mistakes are told with the place."""
    mine = {
        "id": "my-camera",
        "date": dt.date(2022, 3, 1),
        "item": {"technology": "facial_recognition", "covert": True},
        "end_use": {"concerns": {"internal_repression"}},
    }

    (case,) = rc.cases(mine)

    assert (case.id, case.date, case.item.covert) == ("my-camera", dt.date(2022, 3, 1), True)
    assert case.end_use.concerns == MemberSet(["internal_repression"])
    with pytest.raises(rc.FileError, match=r"the mapping:4:.*Did you mean 'facial_recognition'"):
        rc.cases({"item": {"technology": "face_recognition"}})


# what is told of mistakes ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "told"),
    [
        (
            "morpho-shangai-2015",
            "'morpho-shangai-2015' is not a case. Did you mean 'morpho-shanghai-2015'?",
        ),
        ("Haftar", "'Haftar' is not a case. It is a word in these: nexa-libya-2020"),
        ("amnesty", "'amnesty' is a regime, not a case."),
        (CATALOGUE.ruleset("amnesty"), "'amnesty' is a regime, not a case."),
        ("nowhere/case.yaml", "nowhere/case.yaml: there is no such file."),
        (str(FILE).replace("shanghai", "shangai"), "Did you mean 'morpho-shanghai-2015.yaml'?"),
        (Path("nowhere"), "nowhere: there is no such file."),
        ("rules.py", "rules.py: a Python file defines rulesets. Give it as a regime."),
        (
            [[MORPHO]],
            "['morpho-shanghai-2015'] is a list within the list of cases. Expected one flat list.",
        ),
        (3, "3 is not a case. Expected the id of a case that ships"),
    ],
    ids=str,
)
def test_what_is_not_a_case_is_told(case: object, told: str) -> None:
    """What was found, what it is taken for, and what was expected."""
    with pytest.raises(rc.UsageError) as raised:
        rc.compare(case, "amnesty")  # type: ignore[arg-type]

    assert told in str(raised.value)


@pytest.mark.parametrize(
    ("regime", "told"),
    [
        ("amnsty", "'amnsty' is not a regime. Did you mean 'amnesty'?"),
        (MORPHO, "'morpho-shanghai-2015' is a case, not a regime."),
        (CASES[0], "'morpho-shanghai-2015' is a case, not a regime."),
        ([["amnesty"]], "['amnesty'] is a list within the list of regimes."),
        (7, "7 is not a regime. Expected one of amnesty,"),
        ("mine.py", "mine.py: there is no such file."),
    ],
    ids=str,
)
def test_what_is_not_a_regime_is_told(regime: object, told: str) -> None:
    """What was found, what it is taken for, and what was expected."""
    with pytest.raises(rc.UsageError) as raised:
        rc.compare(MORPHO, regime)  # type: ignore[arg-type]

    assert told in str(raised.value)


@pytest.mark.parametrize(
    "day", ["2015-6-30", "30 June 2015", "eu-2021-821", 2015, dt.datetime(2015, 6, 30, tzinfo=dt.UTC)]
)
def test_what_is_not_a_day_is_told(day: object) -> None:
    """With a day as it is written, and what else may stand there."""
    with pytest.raises(rc.UsageError, match=r"is not a day. Expected one such as '2015-06-30'"):
        rc.compare(MORPHO, "amnesty", day)  # type: ignore[arg-type]


def test_one_is_asked_for_where_one_is_meant() -> None:
    """Several cases or regimes are never cut down to the first."""
    with pytest.raises(rc.UsageError, match="Expected one case, found 2: "):
        rc.assess([MORPHO, CASES[1]], "amnesty")  # type: ignore[arg-type]
    with pytest.raises(rc.UsageError, match="Expected one regime, found 2: "):
        rc.assess(MORPHO, ["amnesty", "eu-2021-821"])  # type: ignore[arg-type]


def test_what_is_listed_is_found_by_place_and_id() -> None:
    """Cases and regimes are counted, shown as a table, and named where they are not there."""
    regimes = rc.regimes(["amnesty", "eu-2021-821"])

    assert regimes["amnesty"] is regimes[0]
    assert (len(regimes), repr(regimes)) == (2, "<2 regimes: amnesty, eu-2021-821>")
    assert "<caption" in regimes._repr_html_()
    with pytest.raises(rc.UsageError, match="Did you mean 'amnesty'"):
        regimes["amnsty"]


# the other functions ---------------------------------------------------------------------------------


def test_a_verdict_is_explained_in_words() -> None:
    """From a case and a regime, or from the verdict itself."""
    text = rc.explain(MORPHO, "amnesty")

    assert "Amnesty's proposal (amnesty), as of 2021-09-09: banned." in text
    assert rc.explain(rc.assess(MORPHO, "amnesty")) == text


def test_expectations_are_checked() -> None:
    """Of a case, each with whether it is met."""
    found = rc.check(MORPHO)

    assert {item.ruleset for item in found} >= set(THREE)
    assert all(item.is_met for item in found)


def test_a_claim_is_proved_or_refuted() -> None:
    """Over every case, or with the facts of one; one claim at a time."""
    assert rc.prove("amnesty", never_laxer_than="amnesty-seed")
    assert rc.prove("eu-law-2020", equivalent_to="eu-law-2020", given=MORPHO)
    with pytest.raises(rc.UsageError, match="Expected one claim"):
        rc.prove("amnesty")


def test_exact_ends_are_proved() -> None:
    """By the extra ``prove``; the verdict says so."""
    assert rc.assess(MORPHO, "eu-2021-821", exact=True).exact
    assert rc.compare(MORPHO, "eu-2021-821", exact=True)[MORPHO, "eu-2021-821"].exact


# what is promised ------------------------------------------------------------------------------------


RESULTS = {
    "timeline": lambda: rc.timeline(MORPHO),
    "gaps": lambda: rc.gaps("eu-428-2009", "amnesty", [MORPHO]),
    "safeguards": lambda: rc.safeguards(MORPHO),
    "owed": lambda: rc.owed([MORPHO]),
    "mirror": lambda: rc.mirror([MORPHO]),
    "evaluation": rc.evaluation,
    "whatif": lambda: rc.whatif(MORPHO, "eu-2021-821", to="authorisation"),
    "standards": lambda: rc.standards(["eu-2021-821"], given=rc.cases(MORPHO)[0]),
}


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.thorough) if name == "evaluation" else name
        for name in RESULTS
    ],
)
def test_every_result_is_a_frame_a_document_and_a_picture(name: str) -> None:
    """The rows of all frames are those of the records; documents are not empty."""
    result = RESULTS[name]()
    rows = result.to_dicts()

    assert rows
    assert len(result.to_pandas()) == len(result.to_polars()) == result.to_arrow().num_rows == len(rows)
    assert list(result.to_pandas().columns) == result.to_csv().splitlines()[0].split(",")
    assert result.to_markdown()
    assert "\\end{" in result.to_latex()
    assert "<p" in result._repr_html_()
    assert len(result) == len(list(result))
    finding = str(result.finding())
    assert finding.endswith(".")
    for drawn in filter(None, [getattr(result, "plot", None)]):
        assert drawn().svg().startswith("<svg")
    assert all(is_typed(value) for row in rows for value in row.values())


def test_a_notebook_shows_many_cases_as_their_counts() -> None:
    """The finding and a number for each class; few cases are shown one by one."""
    many, few = rc.compare(CASES[:20]), rc.compare(MORPHO)
    finding = many.finding()
    assert finding

    shown = unescape(many._repr_html_())
    assert finding.sentence() in shown
    assert shown.count("<tr>") == 1 + len(THREE)
    assert CASES[0].title not in shown
    assert CASES[0].title in unescape(few._repr_html_())


def test_a_wrong_name_gets_the_nearest() -> None:
    """Of the front door, of a regime and of an answer; a beginning is enough."""
    with pytest.raises(AttributeError, match="Did you mean 'cases'"):
        rc.case  # type: ignore[attr-defined]  # noqa: B018
    with pytest.raises(rc.UsageError, match="Did you mean 'eu-2021-821'"):
        rc.compare(MORPHO, "eu-2021")
    with pytest.raises(rc.UsageError, match=r"no option 'reading'\. Did you mean 'readings'"):
        rc.explain(MORPHO, reading="open")  # type: ignore[call-arg]
    with pytest.raises(rc.FileError, match="Did you mean 'facial_recognition'"):
        rc.compare({"item": {"technology": "facial"}})


def test_a_brief_is_text() -> None:
    """Of all cases with what is said first, of one a fact sheet."""
    assert str(rc.message().lead[0]) in rc.brief()
    assert rc.brief(MORPHO, form="page").startswith("<!DOCTYPE html>")


def test_few_names_are_promised() -> None:
    """What users meet, and nothing that only authors need."""
    assert len([name for name in rc.__all__ if not name.islower()]) <= 20
    assert all(hasattr(rc, name) for name in rc.__all__)
    assert not hasattr(rc, "Rule")
    assert all(hasattr(rc.authoring, name) for name in rc.authoring.__all__)


def test_a_name_is_what_its_type_says() -> None:
    """What is imported on first use is what type checkers and editors are told."""
    (told,) = (
        node for node in ast.parse(inspect.getsource(rc)).body
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
    )  # fmt: skip
    imports = [node for node in told.body if isinstance(node, ast.ImportFrom) and node.module]
    places = {alias.name: f"regcompare.{node.module}" for node in imports for alias in node.names}

    assert {*places, "authoring"} == {*rc.__all__}
    for name, place in places.items():
        assert inspect.unwrap(getattr(rc, name)) is getattr(importlib.import_module(place), name)


def test_law_is_written_with_few_names() -> None:
    """Every other name of interface 1 is still there, and a warning says what to write."""
    before = authoring._PLACES

    assert len(authoring.__all__) <= 55
    assert not set(before) & set(authoring.__all__)
    assert len({*before, *authoring.__all__}) >= 106
    for name, place in before.items():
        now = authoring._RENAMED.get(name, name)
        with pytest.warns(DeprecationWarning, match=f"write `from {place} import {now}`"):
            assert getattr(authoring, name) is getattr(importlib.import_module(place), now)
    with pytest.raises(AttributeError, match="no attribute 'Rules'"):
        authoring.Rules  # type: ignore[attr-defined]  # noqa: B018


@pytest.mark.parametrize("kind", ["rule", "duty", "interpretation", "discretion", "left_out", "no_duty"])
def test_a_declaration_says_what_it_takes(kind: str) -> None:
    """As an editor shows it: each argument by name, with a sentence, and an example."""
    method = getattr(authoring.Chapter, kind)
    _, *arguments = inspect.signature(method).parameters.values()
    text = inspect.getdoc(method) or ""

    assert all(item.kind not in (item.VAR_POSITIONAL, item.VAR_KEYWORD) for item in arguments)
    assert [item.name for item in arguments if f"    {item.name}: " not in text] == []
    assert "Example:" in text or kind == "no_duty"


def test_a_ruleset_says_what_it_is_made_of() -> None:
    """Its docstring names each field, in forty lines; its signature is that of its fields."""
    text = inspect.getdoc(rc.Ruleset) or ""

    assert len(text.splitlines()) <= 40
    fields = [field.name for field in attrs.fields(rc.Ruleset) if field.init and field.name[0] != "_"]
    assert [name for name in fields if f"``{name}``" not in text] == []
    assert [*inspect.signature(rc.Ruleset).parameters] == fields


def test_nothing_is_gathered_when_it_is_imported() -> None:
    """No plugin is imported and no library of frames or proofs before something is asked for."""
    code = (
        "import sys, regcompare\n"
        "from regcompare.inputs import LIBRARY\n"
        "assert 'catalogue' not in vars(LIBRARY), vars(LIBRARY)\n"
        "late = {'regcompare_eu', 'regcompare_amnesty', 'pandas', 'polars', 'pyarrow', 'pysat', 'click'}\n"
        "assert not late & set(sys.modules), late & set(sys.modules)\n"
    )

    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_scenario_says_what_it_is_made_of() -> None:
    """A notebook shows its attributes, sections included, although these are views of one mapping."""
    parameters = inspect.signature(rc.Scenario).parameters

    assert {"id", "title", "facts", "item", "licence", "presumed", "more"} <= parameters.keys()
    assert rc.Scenario(id="a", facts={"item.covert": True}).item.covert is True
