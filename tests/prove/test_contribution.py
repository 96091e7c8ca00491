"""What each demand of a reform contributes, against every case one by one, and as it is printed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import attrs
import pytest
from click.testing import CliRunner
from hypothesis import given
from tests.support.drawing import fewer
from tests.support.recording import RECORD
from tests.support.shipped import CASES, CATALOGUE
from tests.support.toy_world import EVERY_CASE, outcome, rulesets

import regcompare as rc
from regcompare import Outcome, Ruleset, Scenario, UsageError
from regcompare.cli import main
from regcompare.comparison.counts import Count, Counting, Law
from regcompare.comparison.populations import records_of
from regcompare_prove.contribution import DemandShares, by_demand, demands, only_and_without
from regcompare_prove.views.possible import shares_text

ROOT = Path(__file__).parents[2]
EU_2020, EU_2021, AMNESTY = (
    CATALOGUE.ruleset(name) for name in ("eu-428-2009", "eu-2021-821", "amnesty")
)


# against brute force ------------------------------------------------------------------------------

AT = Outcome.AUTHORISATION


def stopped(case: Scenario, ruleset: Ruleset) -> bool:
    """Whether a ruleset stops a case."""
    return (outcome(case, ruleset) or Outcome.NO_CONTROL) >= AT


@given(rulesets("base", scoped=False), rulesets("reform", scoped=False))
@fewer(10)
def test_what_a_demand_controls_alone_is_what_assessment_shows(base: Ruleset, reform: Ruleset) -> None:
    """In complete cases nothing is open, and a demand controls those that it alone controls."""
    cases = [attrs.evolve(case, id=f"case-{number}") for number, case in enumerate(EVERY_CASE)]
    reform = reform.on_base(base, id="reform-on-base")

    shares = by_demand(Counting(lambda: None), records_of(cases), base, reform)

    left = [case for case in cases if not stopped(case, base)]
    added = [case for case in left if stopped(case, reform)]
    assert ids(shares.whole) == [case.id for case in added]
    for share in shares:
        only, without = only_and_without(reform, share.demand)
        assert ids(share.alone) == [case.id for case in left if stopped(case, only)]
        assert ids(share.kept) == [case.id for case in added if stopped(case, without)]
        assert not any(count.groups["open"] for count in share.counts.values())


def ids(count: Count) -> list[str]:
    """Those of which it is certain."""
    return list(count.groups["yes"])


# demands ---------------------------------------------------------------------------------------------


def test_a_demand_is_a_provision_with_all_its_rules() -> None:
    """The three grounds of refusal are one demand; A14 overrides what depends on A01."""
    by_name = {demand.name: demand for demand in demands(AMNESTY)}

    assert list(by_name) == ["A01", "A02", "A03", "A04", "A06", "A08", "A09", "A11", "A14", "A21", "A22"]
    assert [rule.id for rule in by_name["A08"].rules] == ["A08-a", "A08-b", "A08-c"]
    assert "A01" in by_name["A14"].overrides
    assert [rule.id for rule in only_and_without(AMNESTY, by_name["A08"])[0].rules] == [
        "A08-a",
        "A08-b",
        "A08-c",
    ]


def test_a_ruleset_without_rules_of_its_own_has_no_demand() -> None:
    """A ruleset that only combines acts is refused."""
    both = CATALOGUE.ruleset("eu-428-2009").combined_with(CATALOGUE.ruleset("eu-2021-821"), id="both")

    with pytest.raises(UsageError, match="both has no rules of its own"):
        demands(both)


def test_what_the_law_below_closes_is_no_gap_of_the_demands() -> None:
    """Against the act of 2009, what the act of 2021 closes by itself is not counted of a demand."""
    records = records_of([case for case in CASES if case.id.startswith(("msab", "morpho"))])
    law = Counting(lambda: None).count("licence_gap", records, Law(EU_2020), Law(EU_2021))

    shares = by_demand(Counting(lambda: None), records, EU_2020, AMNESTY)

    assert law.groups["yes"]
    for share in shares:
        assert not {*law.groups["yes"]} & {*share.alone.groups["yes"], *share.alone.groups["open"]}


@pytest.fixture(scope="module")
def printed() -> str:
    """What the command prints."""
    words = ["gaps", "eu-2021-821", "amnesty", "--by-demand"]
    return CliRunner().invoke(main, words, catch_exceptions=False).stdout


@pytest.fixture(scope="module")
def documented() -> DemandShares:
    """What the demands contribute over the documented cases."""
    shares: DemandShares = rc.gaps("eu-2021-821", "amnesty", by_demand=True)
    return shares


# the documented cases ---------------------------------------------------------------------------------


@pytest.mark.thorough
def test_a_demand_controls_nothing_that_the_whole_does_not(documented: DemandShares) -> None:
    """By ids, for each that overrides nothing; and what is left without it is part of the whole."""
    whole = {*documented.whole.groups["yes"], *documented.whole.groups["open"]}
    assert [share.demand.name for share in documented.best()] == ["A01"]
    for share in documented:
        assert {*share.alone.groups["yes"], *share.alone.groups["open"]} <= whole
        assert share.kept.population.ids == documented.whole.groups["yes"]
        assert (share.freed is None) == (share.demand.name != "A14")


@pytest.mark.thorough
def test_each_number_has_a_receipt(documented: DemandShares) -> None:
    """Its line of Python gives it again."""
    for count in documented.counts:
        receipt = count.receipt()
        assert repr(eval(receipt.python, {"rc": rc})) == receipt.gives


@pytest.mark.thorough
def test_the_command_prints_the_table_of_demands(printed: str, documented: DemandShares) -> None:
    """The finding in a sentence, then the demands, then what is counted."""
    file = ROOT / "tests" / "golden" / "gaps-by-demand.txt"
    if RECORD:
        file.write_text(printed, encoding="utf-8")

    assert printed == shares_text(documented) + "\n"
    assert file.read_text(encoding="utf-8") == printed


@pytest.mark.thorough
@pytest.mark.parametrize("form", ["markdown", "html", "csv", "json"])
def test_other_forms_name_each_demand(form: Any, documented: DemandShares) -> None:
    """Every form has a line for each demand."""
    text = shares_text(documented, form)

    assert all(demand.name in text for demand in demands(AMNESTY))


@pytest.mark.thorough
def test_json_has_each_count_with_its_line(documented: DemandShares) -> None:
    """The counts of the table, and the line of Python that gives each with its records."""
    data = json.loads(shares_text(documented, "json"))

    first = data["demands"][0]
    assert first["alone"]["certain"] == documented.shares[0].alone.certain
    assert first["kept"]["python"] == documented.shares[0].kept.python
    assert [item["demand"] for item in data["demands"]] == [item.name for item in demands(AMNESTY)]
