"""Comparisons of verdicts: differences, gaps, and how tables report them."""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
import json
import re
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.test_rulesets import LATER, OLD, rule
from tests.support import toy_world
from tests.support.drawing import fewer

import regcompare as rc
from regcompare import Outcome, Ruleset, Scenario, UsageError, Verdict
from regcompare.authoring import Destination, EndUser, Exporter, Item, Knowledge
from regcompare.comparison.comparison import Comparison, compare
from regcompare.plugins.catalogue import Catalogue
from regcompare.verdict.assess import reassess
from regcompare.views.tables import changed_sentences, comparison_text
from regcompare_prove.spans import PROVER
from regcompare_prove.views.possible import case_gaps_text

THREE = ("eu-428-2009", "eu-2021-821", "amnesty")


@pytest.fixture(scope="module")
def comparison(catalogue: Catalogue) -> Comparison:
    """The three cases of Amnesty's report under the three regimes."""
    return compare(catalogue.read(*catalogue.paths[:3]), map(catalogue.ruleset, THREE))


@pytest.fixture
def morpho(catalogue: Catalogue) -> Scenario:
    """The Shanghai case."""
    return catalogue.read(catalogue.paths[0])[0]


def test_morpho_under_the_three_regimes(comparison: Comparison) -> None:
    """No control before, not settled after, prohibited under the proposal; four questions are open."""
    before, after, proposal = (comparison["morpho-shanghai-2015", name] for name in THREE)

    assert (before.result, after.result, proposal.result) == (
        "no_control",
        "no_control..notification",
        "prohibition",
    )
    assert after.open_questions == (
        "item.specially_designed",
        "item.covert",
        "item.takes_data_from_ict_systems",
        "knowledge.exporter_aware",
    )
    assert [finding.rule.id for finding in proposal.deciding] == ["A02"]


@pytest.mark.parametrize("base", ["eu-428-2009", "eu-2021-821"])
def test_morpho_is_prohibited_on_either_base(catalogue: Catalogue, morpho: Scenario, base: str) -> None:
    """Whichever law the proposal is based on, A02 decides."""
    from regcompare import assess

    verdict = assess(morpho, catalogue.ruleset("amnesty").on_base(catalogue.ruleset(base)))

    assert verdict.result == "prohibition"
    assert [finding.rule.id for finding in verdict.deciding] == ["A02"]


def test_gaps_distinguish_sure_from_possible(comparison: Comparison) -> None:
    """A case that the proposal certainly refuses, and the act certainly does not, is a sure gap."""
    gaps = comparison.gaps("eu-428-2009", "amnesty", stops_at=Outcome.REFUSAL, facts="filed")

    assert "morpho-shanghai-2015" in [gap.scenario.id for gap in gaps.sure]
    assert len(gaps.count) == len(comparison.compared)
    assert comparison.gaps("amnesty", "eu-428-2009").sure == ()


def test_gaps_set_aside_what_is_out_of_scope(catalogue: Catalogue) -> None:
    """A case outside the scope of one ruleset is not a gap, and is counted separately."""
    swiss = [case for case in catalogue.scenarios() if case.id == "swiss-vietnam-2015"]

    gaps = compare(swiss, map(catalogue.ruleset, THREE)).gaps("eu-428-2009", "amnesty")

    assert (gaps.found, gaps.count.of) == ((), 0)
    assert len(gaps.count.groups["outside"]) == 1


def test_a_table_names_the_presumed_answers_on_which_its_results_depend(
    catalogue: Catalogue, morpho: Scenario
) -> None:
    """An answer that a case file presumes is named if, and only if, the result depends on it."""
    pair = [catalogue.ruleset(name) for name in ("eu-428-2009", "eu-2021-821")]
    hong_kong = next(case for case in catalogue.scenarios() if case.id == "msab-hongkong-2013-20")
    sentence = (
        "as well as the standard ones: msab-hongkong-2013-20 (item.annex_i_entry, "
        "knowledge.authority_informed)."
    )

    both = compare([hong_kong, morpho], pair)

    assert sentence in " ".join(comparison_text(both).split())
    assert sentence in comparison_text(both, "html")
    assert sentence in case_gaps_text([both.gaps("eu-428-2009", "eu-2021-821")], "markdown")
    assert "Depends on assumptions" not in comparison_text(compare(morpho, pair))
    assert "`presume: ordinary`" in comparison_text(compare(morpho, pair))


def test_presumed_answers_of_many_cases_are_counted(catalogue: Catalogue) -> None:
    """A note below a long table says how many cases depend on each assumption."""
    comparison = compare(catalogue.scenarios(), catalogue.ruleset("eu-2021-821"))

    paragraphs = (" ".join(text.split()) for text in comparison_text(comparison).split("\n\n"))
    text = next(text for text in paragraphs if text.startswith("The results of "))

    assert "depend on assumptions made in the case files" in text
    assert re.search(r"item\.annex_i_entry in \d+", text)


def test_differences_leave_out_rows_that_agree(comparison: Comparison) -> None:
    """Only rows with more than one result remain."""
    assert all(len({verdict.result for verdict in row}) > 1 for row in comparison.differing().rows)


def test_json_keeps_the_contract(comparison: Comparison) -> None:
    """There is one object for each scenario and ruleset, with the documented keys."""
    records = json.loads(comparison_text(comparison, "json"))["verdicts"]
    keys = {
        *("scenario", "ruleset", "as_of", "in_force", "in_scope", "low", "high", "exact", "rules"),
        *("duties", "open_questions", "presumed", "checked"),
    }

    assert len(records) == len(comparison.verdicts)
    assert all(keys <= set(record) for record in records)
    rules = [rule for record in records for rule in record["rules"]]
    assert rules
    assert all({"id", "cite", "holds", "outcome"} <= set(rule) for rule in rules)
    assert {rule["holds"] for rule in rules} <= {True, None}


def test_csv_keeps_codes_as_text(comparison: Comparison) -> None:
    """There is one row for each verdict, and no value is converted to a number."""
    rows = list(csv.DictReader(io.StringIO(comparison_text(comparison, "csv"))))

    assert len(rows) == len(comparison.verdicts)
    assert rows[0]["low"] == "no_control"


@pytest.mark.parametrize("form", ["table", "markdown", "html"])
def test_text_names_the_law_and_its_day_and_is_no_advice(comparison: Comparison, form: Any) -> None:
    """Every printed table says which law it applies, as of when, and that it is not legal advice."""
    text = comparison_text(comparison, form)

    assert "Regulation 428/2009" in text
    assert "as of 2020-11-08" in text
    assert "not legal advice" in text
    assert "A02" in text


def test_notebooks_show_an_accessible_table(comparison: Comparison) -> None:
    """The HTML has captions, header scopes and, with the headline, a sentence with the finding."""
    markup = comparison._repr_html_()
    finding = comparison.finding()

    assert "<caption" in markup
    assert 'scope="col"' in markup
    assert 'scope="row"' in markup
    assert finding is not None
    assert finding.sentence() in html.unescape(markup)


def test_a_single_ruleset_equals_a_list_of_one(catalogue: Catalogue, morpho: Scenario) -> None:
    """A single scenario and a single ruleset need no brackets."""
    act = catalogue.ruleset("eu-2021-821")

    assert compare(morpho, act).records() == compare([morpho], [act]).records()


def test_a_reading_that_no_ruleset_has_is_refused(catalogue: Catalogue, morpho: Scenario) -> None:
    """The error for a misspelt doubt suggests the nearest."""
    with pytest.raises(UsageError, match="Did you mean 'IC-05'"):
        compare(morpho, map(catalogue.ruleset, THREE), readings={"IC_05": "all"})


def test_a_reading_applies_to_the_ruleset_that_has_it(catalogue: Catalogue, morpho: Scenario) -> None:
    """A reading of the proposal does not affect the acts."""
    comparison = compare(morpho, map(catalogue.ruleset, THREE), readings={"IC-06": "live_only"})

    assert comparison[morpho.id, "eu-428-2009"].result == "no_control"
    assert comparison[morpho.id, "amnesty"].result == "refusal..prohibition"


def test_a_change_of_law_after_the_reference_date_is_reported(catalogue: Catalogue) -> None:
    """A case after the ruleset's reference date is compared with the law of its own day."""
    phones = Scenario(
        id="phones",
        date=dt.date(2021, 6, 1),
        presume="ordinary",
        item=Item(annex_i_entry=["5A004.b"], form="goods"),
        exporter=Exporter(country="DE"),
        destination=Destination(country="BD"),
    )
    before = attrs.evolve(phones, date=dt.date(2020, 11, 1))

    notes = [
        " ".join(changed_sentences(compare(case, [catalogue.ruleset("eu-428-2009")]).sensitivity()))
        for case in (phones, before)
    ]

    assert "the result differs for 1 case: phones (" in notes[0]
    assert notes[1] == ""


@pytest.mark.parametrize("options", [{"prover": PROVER}, {"readings": "open"}])
def test_the_law_of_the_day_is_assessed_with_the_same_options(
    catalogue: Catalogue, options: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Options that differed would make a difference that is not the law's."""
    reassessed: list[Verdict] = []
    case = Scenario(id="case", date=dt.date(2021, 6, 1), exporter=Exporter(country="DE"))
    comparison = compare(case, [catalogue.ruleset("eu-428-2009")], **options)

    def recorded(*args: Any, **kwargs: Any) -> Verdict:
        reassessed.append(reassess(*args, **kwargs))
        return reassessed[-1]

    monkeypatch.setattr("regcompare.comparison.sensitivity.reassess", recorded)

    changed_sentences(comparison.sensitivity())

    (before,), (after,) = comparison.verdicts, reassessed
    assert (after.exact, after.assumed) == (before.exact, before.assumed)
    assert after.as_of == dt.date(2021, 6, 1)


# gaps over the completions of a case -----------------------------------------------------------------


@given(
    toy_world.rulesets("one"),
    toy_world.rulesets("two"),
    st.sampled_from(toy_world.EVERY_CASE),
    st.data(),
)
@fewer(3)
def test_exact_gaps_are_what_some_completion_shows(
    base: Ruleset, other: Ruleset, case: Scenario, data: st.DataObject
) -> None:
    """A case is an exact gap if, for some completion, only the other ruleset needs a licence."""
    known = data.draw(st.sets(st.sampled_from((Item, EndUser, Knowledge))))
    partial = Scenario(id="case", transaction=case.transaction).with_facts(
        *(part for part in (case.item, case.end_user, case.knowledge) if type(part) in known)
    )
    completions = [
        full
        for full in toy_world.EVERY_CASE
        if all(full.section(part) == partial.section(part) for part in known)
    ]

    gaps = compare(partial, [base, other], prover=PROVER).gaps("one", "two")

    pairs = [(toy_world.outcome(full, base), toy_world.outcome(full, other)) for full in completions]
    shown = any(
        milder is not None and stricter is not None and milder < Outcome.AUTHORISATION <= stricter
        for milder, stricter in pairs
    )
    assert bool(gaps.found) is shown


def test_a_reform_cannot_pass_for_a_regime_that_is_installed() -> None:
    """Two columns under one name could not be told apart."""
    other = OLD.with_(rule(LATER["Art. 9"], Item.covert, id="art-9"), id="eu-2021-821")

    with pytest.raises(UsageError, match=r"has the id 'eu-2021-821' of a regime that is installed"):
        rc.compare("morpho-shanghai-2015", ["eu-2021-821", other])
