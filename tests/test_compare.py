"""Verdicts side by side, differences and gaps, and what tables say."""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
import json
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import toy_world
from tests.drawing import fewer

from regcompare import Outcome, Ruleset, Scenario, UsageError, Verdict
from regcompare.authoring import Destination, EndUser, Exporter, Item, Knowledge
from regcompare.comparison.comparison import Comparison, compare
from regcompare.plugins.catalogue import Catalogue
from regcompare.proofs.spans import PROVER
from regcompare.verdict.assess import assessed_again
from regcompare.views.dependence import changed_sentences
from regcompare.views.possible import case_gaps_text
from regcompare.views.tables import comparison_text

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
    """No control before, open after, prohibited under the proposal; the open questions are the five."""
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
    """Whichever law the proposal stands on, A02 decides."""
    from regcompare import assess

    verdict = assess(morpho, catalogue.ruleset("amnesty").on_base(catalogue.ruleset(base)))

    assert (verdict.result, [f.rule.id for f in verdict.deciding]) == ("prohibition", ["A02"])


def test_gaps_tell_sure_from_possible(comparison: Comparison) -> None:
    """What the proposal stops and the act lets through for certain is a sure gap."""
    gaps = comparison.gaps("eu-428-2009", "amnesty", stops_at=Outcome.REFUSAL)

    assert "morpho-shanghai-2015" in [gap.scenario.id for gap in gaps.sure]
    assert gaps.cases + gaps.set_aside == len(comparison.rows)
    assert comparison.gaps("amnesty", "eu-428-2009").sure == ()


def test_gaps_set_aside_what_is_out_of_scope(catalogue: Catalogue) -> None:
    """A case that one ruleset does not reach is no gap and is counted apart."""
    swiss = [item for item in catalogue.scenarios() if item.id == "swiss-imsi-granted-2014"]
    gaps = compare(swiss, map(catalogue.ruleset, THREE)).gaps("eu-428-2009", "amnesty")

    assert (gaps.found, gaps.set_aside, gaps.cases) == ((), 1, 0)


def test_a_table_says_which_presumed_answers_its_results_rest_on(
    catalogue: Catalogue, morpho: Scenario
) -> None:
    """An answer that a file presumes case by case is named where the result depends on it, and only there."""
    pair = [catalogue.ruleset(name) for name in ("eu-428-2009", "eu-2021-821")]
    hong_kong = next(case for case in catalogue.scenarios() if case.id == "msab-hongkong-2013-20")
    told = (
        "as well as the standard ones: msab-hongkong-2013-20 (item.annex_i_entry, "
        "knowledge.authority_informed)."
    )

    comparison = compare([hong_kong, morpho], pair)
    assert told in " ".join(comparison_text(comparison).split())
    assert told in comparison_text(comparison, "html")
    assert told in case_gaps_text([comparison.gaps("eu-428-2009", "eu-2021-821")], "markdown")
    assert "Depends on assumptions" not in comparison_text(compare(morpho, pair))
    assert "`presume: ordinary`" in comparison_text(compare(morpho, pair))


def test_of_many_cases_the_presumed_answers_are_counted(catalogue: Catalogue) -> None:
    """Below a long table it says how many cases depend on each assumption."""
    comparison = compare(catalogue.scenarios(), catalogue.ruleset("eu-2021-821"))

    parts = (" ".join(part.split()) for part in comparison_text(comparison).split("\n\n"))
    text = next(part for part in parts if part.startswith("The results of "))
    assert "depend on assumptions made in the case files" in text
    assert "item.annex_i_entry in 3" in text


def test_differences_leave_out_rows_that_agree(comparison: Comparison) -> None:
    """Only rows with more than one result are left."""
    assert all(len({v.result for v in row}) > 1 for row in comparison.differing().rows)


def test_json_keeps_the_contract(comparison: Comparison) -> None:
    """One object for each scenario and ruleset, with the promised keys."""
    records = json.loads(comparison_text(comparison, "json"))["verdicts"]
    keys = {
        *("scenario", "ruleset", "as_of", "in_force", "in_scope", "low", "high", "exact", "rules"),
        *("duties", "open_questions", "presumed", "checked"),
    }

    assert len(records) == len(comparison.verdicts)
    assert all(keys <= set(record) for record in records)
    assert {
        frozenset(rule) >= {"id", "cite", "holds", "outcome"} for r in records for rule in r["rules"]
    } == {True}
    assert {rule["holds"] for record in records for rule in record["rules"]} <= {True, None}


def test_csv_keeps_codes_as_text(comparison: Comparison) -> None:
    """A row for each verdict; nothing is turned into a number."""
    rows = list(csv.DictReader(io.StringIO(comparison_text(comparison, "csv"))))

    assert len(rows) == len(comparison.verdicts)
    assert rows[0]["low"] == "no_control"


@pytest.mark.parametrize("form", ["table", "markdown", "html"])
def test_text_says_law_day_and_that_it_is_no_advice(comparison: Comparison, form: Any) -> None:
    """Every printed table says which law, as of when, and that it is not legal advice."""
    text = comparison_text(comparison, form)

    assert "Regulation 428/2009" in text
    assert "as of 2020-11-08" in text
    assert "not legal advice" in text
    assert "A02" in text


def test_notebooks_show_an_accessible_table(comparison: Comparison) -> None:
    """The HTML has captions, header scopes and, with the headline, a sentence with the finding."""
    shown = comparison._repr_html_()

    assert "<caption" in shown
    assert 'scope="col"' in shown
    assert 'scope="row"' in shown
    finding = comparison.finding()
    assert finding is not None
    assert finding.sentence in html.unescape(shown)


def test_one_ruleset_is_as_good_as_a_list_of_one(catalogue: Catalogue, morpho: Scenario) -> None:
    """One scenario and one ruleset need no brackets."""
    act = catalogue.ruleset("eu-2021-821")

    assert compare(morpho, act).records() == compare([morpho], [act]).records()


def test_a_reading_that_no_ruleset_knows_is_refused(catalogue: Catalogue, morpho: Scenario) -> None:
    """A misspelt doubt is answered with the nearest."""
    with pytest.raises(UsageError, match="Did you mean 'IC-05'"):
        compare(morpho, map(catalogue.ruleset, THREE), readings={"IC_05": "all"})


def test_readings_reach_the_ruleset_that_knows_them(catalogue: Catalogue, morpho: Scenario) -> None:
    """A reading of the proposal leaves the acts alone."""
    comparison = compare(morpho, map(catalogue.ruleset, THREE), readings={"IC-06": "live_only"})

    assert comparison[morpho.id, "eu-428-2009"].result == "no_control"
    assert comparison[morpho.id, "amnesty"].result == "refusal..prohibition"


@pytest.mark.thorough
def test_every_shipped_expectation_is_met(catalogue: Catalogue) -> None:
    """The documented cases and the rulesets' own cases give what they expect."""
    from regcompare.comparison.expectations import check

    own = [path for ruleset in catalogue.rulesets.values() for path in ruleset.cases]
    cases = (*catalogue.scenarios(), *catalogue.read(*own))
    missed = [item for case in cases for item in check(case, catalogue.rulesets) if not item.is_met]

    assert [f"{item.scenario} under {item.ruleset}: {item.problem}" for item in missed] == []


def test_a_law_that_changed_after_its_reading_is_reported(catalogue: Catalogue) -> None:
    """A case of a day after the law was read, and before it was repealed, is told by the law of its day."""
    phones = Scenario(
        id="phones",
        date=dt.date(2021, 6, 1),
        presume="ordinary",
        item=Item(annex_i_entry=["5A004.b"], form="goods"),
        exporter=Exporter(country="DE"),
        destination=Destination(country="BD"),
    )
    before = attrs.evolve(phones, date=dt.date(2020, 11, 1))

    sensitivity = [
        " ".join(changed_sentences(compare(case, [catalogue.ruleset("eu-428-2009")]).sensitivity()))
        for case in (phones, before)
    ]

    assert "the result differs for 1 case: phones (" in sensitivity[0]
    assert sensitivity[1] == ""


@pytest.mark.parametrize("options", [{"prover": PROVER}, {"readings": "open"}])
def test_a_law_is_read_on_the_day_as_it_was_before(
    catalogue: Catalogue, options: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The law of the day of the facts is read with the same effort and readings, or it could differ by these."""
    seen: list[Verdict] = []
    case = Scenario(id="case", date=dt.date(2021, 6, 1), exporter=Exporter(country="DE"))
    verdicts = compare(case, [catalogue.ruleset("eu-428-2009")], **options)

    def noted(*given: Any, **more: Any) -> Verdict:
        seen.append(assessed_again(*given, **more))
        return seen[-1]

    monkeypatch.setattr("regcompare.comparison.sensitivity.assessed_again", noted)

    changed_sentences(verdicts.sensitivity())

    (before,), (after,) = verdicts.verdicts, seen
    assert (after.exact, after.assumed) == (before.exact, before.assumed)
    assert after.as_of == dt.date(2021, 6, 1)


# jointly, over what is open --------------------------------------------------------------------------


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
    """A case is an exact gap where some answers to what is open make one stop it and the other not."""
    kept = data.draw(st.sets(st.sampled_from((Item, EndUser, Knowledge))))
    known = Scenario(id="case", transaction=case.transaction)
    known = known.with_facts(
        *(part for part in (case.item, case.end_user, case.knowledge) if type(part) in kept)
    )
    completions = [
        full
        for full in toy_world.EVERY_CASE
        if all(full.section(part) == known.section(part) for part in kept)
    ]

    found = compare(known, [base, other], prover=PROVER).gaps("one", "two")

    at = Outcome.AUTHORISATION
    pairs = [(toy_world.outcome(full, base), toy_world.outcome(full, other)) for full in completions]
    shown = any(lets is not None and stops is not None and lets < at <= stops for lets, stops in pairs)
    assert bool(found.found) is shown
