"""What an analyst writes out of habit works, or is refused in our words with the nearest right one."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pandas as pd
import polars as pl
import pytest
from tests.support.offenders import of_each

import regcompare as rc

ACT = rc.regimes()["eu-2021-821"]
MORPHO = "morpho-shanghai-2015"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: rc.timeline(MORPHO, as_of="2020-01-01"), "It takes case, regimes, until"),  # type: ignore[call-arg]
        (lambda: rc.count("licence", "deals", "amnesty", fact="filed"), "Did you mean 'facts'"),  # type: ignore[call-arg]
        (rc.count, "missing a required argument: 'measure'"),
        (lambda: rc.compare(MORPHO, regime="amnesty"), "Did you mean 'regimes'"),  # type: ignore[call-arg]
        (
            lambda: rc.gaps("eu-428-2009", "amnesty", MORPHO, stops_at="refusel"),
            "Did you mean 'refusal'",
        ),
        (lambda: ACT.term("cyber surveillance item"), "Did you mean 'cyber-surveillance item'"),
        (lambda: ACT.fact("item.technolgy"), "Did you mean 'item.technology'"),
    ],
)
def test_a_wrong_argument_has_the_nearest_right_one(call: Any, message: str) -> None:
    """No bare error of Python."""
    with pytest.raises(rc.UsageError, match=message):
        call()


CASES = (MORPHO, "area-egypt-2016")
LAWS = ("eu-428-2009", "eu-2021-821", "amnesty")
COMPARISON = rc.compare(CASES, LAWS)
COUNT = rc.count("licence", "offers", "eu-2021-821")
WORK: dict[str, Callable[[], object]] = {
    "to_csv()": COMPARISON.to_csv,
    "to_json()": COMPARISON.to_json,
    "to_pandas(columns=)": lambda: COMPARISON.to_pandas(columns=["scenario", "low"]),
    "to_polars()": COMPARISON.to_polars,
    "to_arrow()": COMPARISON.to_arrow,
    "pd.DataFrame": lambda: pd.DataFrame(COMPARISON.to_dicts()),
    "pl.DataFrame": lambda: pl.DataFrame(COMPARISON),
    "low >= authorisation": lambda: COMPARISON.to_pandas()["low"] >= "authorisation",
    "len": lambda: len(COMPARISON) + len(COUNT) + len(COUNT.by("decision")),
    "iteration": lambda: [*COMPARISON, *COUNT, *COUNT.by("decision"), *rc.licences()],
    "[case]": lambda: COMPARISON[MORPHO],
    "[case, regime]": lambda: COMPARISON[MORPHO, "amnesty"],
    "where": lambda: COMPARISON.where(technology="facial_recognition"),
    "gaps(stops_at=word)": lambda: COMPARISON.gaps(
        "eu-428-2009", "amnesty", stops_at="refusal"
    ).sentence(),
    "rc.gaps(stops_at=)": lambda: rc.gaps("eu-428-2009", "amnesty", CASES, stops_at="refusal"),
    "rc.gaps(as_of=)": lambda: rc.gaps("eu-428-2009", "amnesty", CASES, as_of="2021-01-01"),
    "plot(kind=)": lambda: COMPARISON.plot(kind="cases"),
    "plot().data": lambda: COMPARISON.plot().data,
    "rule(place)": lambda: ACT.rule("5(2)"),
    "act[rule]": lambda: ACT["art-5-2"],
    "act.on(day)": lambda: ACT.on("2022-01-01"),
    "a mapping as a case": lambda: rc.compare({"item": {"technology": "encryption"}}, LAWS),
    "explain(verdict)": lambda: rc.explain(COMPARISON[MORPHO, "amnesty"]),
    "regimes, then a case": lambda: rc.safeguards(LAWS, MORPHO),
    "several laws": lambda: rc.counts("licence", "deals", *LAWS),
    "by(column)": lambda: COUNT.by("exporter_country"),
    "a rate": lambda: COUNT.certain / COUNT.of,
    "one year": lambda: rc.history("eu-428-2009", years=2015),
    "f'{count:>120}'": lambda: f"{COUNT:>120}",
    "count(population=name)": lambda: COMPARISON.count("licence", population="records"),
    "at(layer)": lambda: COUNT.at("stated"),
    "receipt()[part]": lambda: COUNT.receipt()["python"],
    "screen a list": lambda: rc.screen([{"item.technology": "encryption"}], LAWS),
    "message()[law, measure]": lambda: rc.message()["eu-law", "licence"],
    "low >= a word": lambda: COMPARISON[MORPHO, "amnesty"].low >= "refusal",  # type: ignore[operator]
}
"""What is written out of habit, and works."""


@of_each("name", WORK)
def test_what_is_written_out_of_habit_works(name: str) -> None:
    """In a script as in a notebook."""
    assert WORK[name]() is not None


REFUSED: dict[str, tuple[Callable[[], object], str]] = {
    "to_csv(index=)": (lambda: COMPARISON.to_csv(index=False), "It takes path, overwrite"),  # type: ignore[call-arg]
    "to_json(orient=)": (lambda: COMPARISON.to_json(orient="records"), "It takes path, overwrite"),  # type: ignore[call-arg]
    "to_pandas(wrong)": (
        lambda: COMPARISON.to_pandas(columns=["outcome"]),
        "There is no column 'outcome'",
    ),
    "headline(regime)": (lambda: COMPARISON.headline("amnesty"), "headline: too many"),  # type: ignore[call-arg]
    "[0]": (lambda: COMPARISON[0], "no id of a case"),  # type: ignore[call-overload]
    "[regime]": (lambda: COMPARISON["amnesty"], "It follows the case"),
    "[wrong case]": (lambda: COMPARISON["morpho"], "Did you mean 'morpho-shanghai-2015'"),
    "where(wrong)": (lambda: COMPARISON.where(tecnology="x"), "Did you mean 'technology'"),
    "gaps(wrong)": (lambda: COMPARISON.gaps("eu-428", "amnesty"), "Did you mean 'eu-428-2009'"),
    "count(license)": (lambda: COMPARISON.count("license"), "Did you mean 'licence'"),
    "plot(kind=wrong)": (lambda: COMPARISON.plot(kind="bar"), "Did you mean 'bars'"),
    "plot(figsize=)": (lambda: COMPARISON.plot(figsize=(3, 4)), "It takes kind"),  # type: ignore[call-arg]
    "save(pdf)": (lambda: COMPARISON.plot().save("x.pdf"), "saved as .svg or .png"),
    "rule(wrong)": (lambda: ACT.rule("art-5-9"), "Did you mean 'art-5-"),
    "without(wrong)": (lambda: ACT.without("Art. 55"), "Did you mean"),
    "with_ without of": (lambda: ACT.with_("A02"), "say of which ruleset with of="),
    "amend(wrong field)": (lambda: ACT.amend("Art. 5(2)", outcome="refusal"), "no field 'outcome'"),
    "timeline of several": (lambda: rc.timeline(CASES), "Expected one case"),  # type: ignore[arg-type]
    "compare(regimes, case)": (lambda: rc.compare(LAWS, MORPHO), "Cases come first"),
    "as_of=01/01/2021": (lambda: rc.compare(MORPHO, LAWS, as_of="01/01/2021"), "is not a day"),
    "a frame as cases": (lambda: rc.compare(pd.DataFrame([{"a": 1}]), LAWS), "is not a case"),
    "whatif without to": (lambda: rc.whatif(MORPHO, "amnesty"), "'to'"),  # type: ignore[call-arg]
    "whatif(to=licence)": (
        lambda: rc.whatif(MORPHO, "amnesty", to="licence"),
        "Did you mean 'authorisation'",
    ),
    "whatif(hold=)": (
        lambda: rc.whatif(MORPHO, "amnesty", to="refusal", hold=["item"]),  # type: ignore[call-arg]
        "Did you mean 'holding'",
    ),
    "screen(column=)": (lambda: rc.screen([{"item.technology": "x"}], LAWS, column={}), "column"),
    "standards(date=)": (lambda: rc.standards(LAWS, date="2021-01-01"), "unexpected .*'date'"),  # type: ignore[call-arg]
    "map(by=one)": (lambda: rc.map("amnesty", by="item.technology"), "expected two facts"),
    "map(bye=)": (lambda: rc.map("amnesty", bye=("a", "b")), "Did you mean 'by'"),  # type: ignore[call-arg]
    "correlate(asof=)": (lambda: rc.correlate(*LAWS[:2], asof="2021-09-09"), "Did you mean 'as_of'"),  # type: ignore[call-arg]
    "shopping(reading=)": (lambda: rc.shopping(MORPHO, LAWS[1], reading="x"), "Did you mean 'readings'"),  # type: ignore[call-arg]
    "brief(language=)": (lambda: rc.brief(MORPHO, LAWS, language="nl"), "no option 'language'"),  # type: ignore[call-arg]
    "brief(form=docx)": (lambda: rc.brief(MORPHO, LAWS, form="docx"), "expected one of markdown"),
    "history(start=)": (lambda: rc.history("eu-law", start=2019), "It takes regimes"),  # type: ignore[call-arg]
    "history(years=text)": (
        lambda: rc.history("eu-law", years="2015-2019"),  # type: ignore[arg-type]
        "expected a year",
    ),
    "history(years=[])": (lambda: rc.history("eu-law", years=[]), "expected a year"),
    "history(years=words)": (
        lambda: rc.history("eu-law", years=["2015"]),  # type: ignore[list-item]
        "expected a year",
    ),
    "where(text)": (lambda: COMPARISON.where("low > 3"), "expected a column with its value"),  # type: ignore[arg-type]
    "count(population=wrong)": (
        lambda: COMPARISON.count("licence", population="deal"),
        "Did you mean 'deals'",
    ),
    "between(one law)": (
        lambda: COMPARISON.between("licence", *LAWS[:2]),
        "licence takes one law, found 2",
    ),
    "sum(counts)": (lambda: sum([COUNT, COUNT]), "do not add up"),
    "count + count": (lambda: COUNT + COUNT, "do not add up"),
    "round(count)": (lambda: round(COUNT), "two ends"),
    "receipt()[wrong]": (lambda: COUNT.receipt()["pyhton"], "Did you mean 'python'"),
    "safeguards(before the act)": (
        lambda: rc.safeguards(regimes="eu-2021-821", as_of="1999-01-01"),
        "is not in force on 1999-01-01",
    ),
    "by(wrong)": (lambda: COUNT.by("exporter"), "Did you mean 'exporter_country'"),
    "by(two)": (lambda: COUNT.by("exporter_country", "decision"), "It takes column"),  # type: ignore[call-arg]
    "to_csv(number)": (lambda: rc.cases().to_csv(5), "5 is not a path. Expected a file or folder"),  # type: ignore[arg-type]
    "load(number)": (lambda: rc.load(3), "3 is not a path. Expected a file or folder"),  # type: ignore[arg-type]
    "read(number)": (lambda: rc.read(3), "3 is not a path. Expected a file or folder"),  # type: ignore[arg-type]
    "population + population": (
        lambda: rc.populations()["deals"] + rc.populations()["offers"],
        "do not add up",
    ),
    "int(count)": (lambda: int(COUNT), "two ends"),
    "count > 3": (lambda: COUNT > 3, "two ends"),
    "count[answer]": (lambda: COUNT["yes"], "its rows are in to_dicts"),
    "at(wrong)": (lambda: COUNT.at("all"), "Expected stated, undisputed or filed"),  # type: ignore[arg-type]
    "those(wrong)": (lambda: COUNT.those("certain"), "Expected yes, open, no, outside"),  # type: ignore[arg-type]
    "populations()[wrong]": (lambda: rc.populations()["deal"], "Did you mean 'deals'"),
    "message()[wrong]": (lambda: rc.message()["eu", "licence"], "Expected a law and a measure"),
    "message()[0]": (lambda: rc.message()[0], "Expected a law and a measure"),  # type: ignore[index]
    "cases()[wrong]": (lambda: rc.cases()["morpho"], "Did you mean 'morpho-shanghai-2015'"),
    "cases(population)": (lambda: rc.cases("deals"), "is not a case"),
    "count(population first)": (
        lambda: rc.count("deals", "licence", "amnesty"),
        "no population 'licence'",
    ),
    "count(as_of=)": (lambda: rc.count("licence", "deals", "amnesty", as_of="2021-01-01"), "It takes"),  # type: ignore[call-arg]
    "prove without a claim": (lambda: rc.prove("amnesty"), "Expected one claim"),
    "Outcome(licence)": (lambda: rc.Outcome("licence"), "Did you mean 'authorisation'"),
    "low >= licence": (
        lambda: COMPARISON[MORPHO, "amnesty"].low >= "licence",  # type: ignore[operator]
        "Did you mean 'authorisation'",
    ),
}
"""What is written out of habit and does nothing here, with what the refusal says."""


@of_each("name", REFUSED)
def test_what_does_nothing_here_is_refused_in_our_words(name: str) -> None:
    """With the nearest right name, or with what was expected."""
    call, message = REFUSED[name]

    with pytest.raises((rc.UsageError, ValueError), match=message):
        call()


NAMES = {
    "df": "Use to_pandas()",
    "head": "Use to_pandas().head()",
    "shape": "Use to_pandas().shape",
    "groupby": "Use by()",
    "query": "Use where()",
    "filter": "Use where()",
    "sort_values": "Use to_pandas().sort_values()",
    "to_excel": "Use to_pandas().to_excel()",
    "summary": "Use finding()",
    "savefig": "Use save(), of plot()",
    "clases": "Did you mean 'classes'",
}
"""Names by the habit of frames, each with what does it here."""


@of_each("name", NAMES)
def test_a_name_by_habit_is_answered_with_the_right_one(name: str) -> None:
    """As an attribute that is missing, so that completion and ``hasattr`` work as always."""
    with pytest.raises(AttributeError, match=re.escape(NAMES[name])):
        getattr(COMPARISON, name)
    assert not hasattr(COMPARISON, name)


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda: ACT.articles, "Use rules"),  # type: ignore[attr-defined]
        (lambda: ACT.at, r"Use on\(\)"),  # type: ignore[attr-defined]
        (lambda: COMPARISON[MORPHO, "amnesty"].outcome, "Use result"),  # type: ignore[attr-defined]
        (lambda: rc.cases()[MORPHO].technology, "Use item.technology"),  # type: ignore[attr-defined]
        (lambda: COMPARISON.plot().savefig, "Use save"),
        (lambda: rc.gap, "Did you mean"),  # type: ignore[attr-defined]
    ],
)
def test_law_cases_and_verdicts_answer_habits_too(ask: Any, message: str) -> None:
    """With the name that they have here."""
    with pytest.raises(AttributeError, match=message):
        ask()


def test_a_provision_is_found_by_its_place() -> None:
    """With or without the name of the text; a rule before the duties of the same place."""
    rule = ACT.rule("art-5-2")

    assert ACT.rule("Art. 5(2)") is rule
    assert rule not in ACT.without("Art. 5(2)").rules
    assert rule not in ACT.without("5(2)").rules
    assert ACT.term("cyber-surveillance item").name == "cyber-surveillance item"
    assert ACT.fact("item.technology").key == "item.technology"


def test_a_reform_has_the_title_that_it_is_given() -> None:
    """In its sentences too."""
    mine = ACT.without("Art. 5(2)", title="The act without awareness")

    assert "Under The act without awareness" in str(rc.count("tell", "deals", mine))


def test_a_notebook_shows_law_in_short() -> None:
    """A ruleset, a rule, its condition in words, a table; a condition is short in plain Python too."""
    rule = ACT.rule("art-5-2")

    assert len(repr(rule.when)) < 1_000
    assert rule.sentence in rule._repr_html_()
    assert "cyber-surveillance item" in rule.when._repr_html_()
    assert ACT.control_list is not None
    assert "Verified through" in ACT.control_list._repr_html_()
    assert all(str(item.cite) in ACT._repr_html_() for item in ACT.rules[:3])
    assert "text-align: left !important" in ACT._repr_html_()
