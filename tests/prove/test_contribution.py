"""What each demand of a reform contributes, against every case one by one, and as it is printed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest
from click.testing import CliRunner
from hypothesis import given
from tests.drawing import fewer
from tests.recording import RECORD
from tests.shipped import CASES, CATALOGUE
from tests.toy_world import EVERY_CASE, outcome, rulesets

from regcompare import Outcome, Ruleset, Scenario, UsageError
from regcompare.cli import main
from regcompare.comparison.comparison import compare
from regcompare_prove import commands
from regcompare_prove.contribution import (
    CaseShares,
    by_cases,
    demands,
    only_and_without,
)
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
def test_cases_stopped_alone_are_what_assessment_shows(base: Ruleset, reform: Ruleset) -> None:
    """In complete cases nothing is open, and a demand controls those that it alone controls."""
    cases = [attrs.evolve(case, id=f"case-{number}") for number, case in enumerate(EVERY_CASE)]

    shares = by_cases(cases, base, reform)

    let_through = [case for case in cases if not stopped(case, base)]
    assert shares.let_through == tuple(case.id for case in let_through)
    assert shares.stopped == tuple(case.id for case in let_through if stopped(case, reform))
    for share in shares.shares:
        only, without = only_and_without(reform, share.demand)
        assert share.stops == tuple(case.id for case in let_through if stopped(case, only))
        assert share.may_stop == ()
        assert share.opens == tuple(
            case.id for case in let_through if stopped(case, reform) and not stopped(case, without)
        )


# demands ---------------------------------------------------------------------------------------------


def test_a_demand_is_a_provision_with_all_its_rules() -> None:
    """The three grounds of refusal are one demand; A14 overrides what depends on A01."""
    by_name = {demand.name: demand for demand in demands(AMNESTY)}

    assert list(by_name) == ["A01", "A02", "A03", "A04", "A06", "A08", "A09", "A11", "A14", "A21", "A22"]
    assert [rule.id for rule in by_name["A08"].rules] == ["A08-a", "A08-b", "A08-c"]
    assert "A01" in by_name["A14"].lifts
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


@pytest.mark.thorough
def test_what_the_law_below_closes_is_no_gap_of_the_demands() -> None:
    """Against the act of 2009, what the act of 2021 closes by itself is not counted."""
    cases = [case for case in CASES if case.id.startswith(("msab", "morpho"))]

    shares = by_cases(cases, EU_2020, AMNESTY)
    law = {
        gap.scenario.id for gap in compare(cases, [EU_2020, EU_2021]).gaps(EU_2020.id, EU_2021.id).sure
    }

    assert law
    assert not law & {*shares.let_through, *shares.may_let_through}


@pytest.fixture(scope="module")
def command() -> tuple[str, dict[str, Any]]:
    """What the command prints, and what it has worked out for that."""
    found: dict[str, Any] = {}

    def kept(work: Callable[..., Any]) -> Callable[..., Any]:
        def keeping(*given: Any, **options: Any) -> Any:
            found[work.__name__] = work(*given, **options)
            return found[work.__name__]

        return keeping

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(commands, "by_cases", kept(by_cases))
        words = ["gaps", "eu-2021-821", "amnesty", "--by-demand"]
        done = CliRunner().invoke(main, words, catch_exceptions=False)
    return done.stdout, found


@pytest.fixture(scope="module")
def documented(command: tuple[str, dict[str, Any]]) -> CaseShares:
    """What the demands contribute over the documented cases."""
    shares: CaseShares = command[1]["by_cases"]
    return shares


# the documented cases ---------------------------------------------------------------------------------


@pytest.mark.thorough
def test_the_first_demand_alone_stops_most_documented_cases(documented: CaseShares) -> None:
    """A01 by itself controls every documented case that the whole reform does."""
    assert [share.demand.name for share in documented.best()] == ["A01"]
    assert set(documented.stopped) <= set(documented.best()[0].stops)


@pytest.mark.thorough
def test_what_is_certain_and_what_is_open_are_counted_apart(documented: CaseShares) -> None:
    """No case is both; a demand may control a case only by a rule of its own."""
    for share in documented.shares:
        assert not set(share.stops) & set(share.may_stop)
    (exemption,) = [share for share in documented.shares if share.demand.name == "A14"]
    assert (exemption.stops, exemption.may_stop) == ((), ())


@pytest.mark.thorough
def test_the_command_prints_the_table_of_demands(
    command: tuple[str, dict[str, Any]], documented: CaseShares
) -> None:
    """The finding in a sentence, then the demands, then what is counted."""
    printed, _ = command
    file = ROOT / "tests" / "golden" / "gaps-by-demand.txt"
    if RECORD:
        file.write_text(printed, encoding="utf-8")

    assert printed == shares_text(documented) + "\n"
    assert file.read_text(encoding="utf-8") == printed


@pytest.mark.thorough
@pytest.mark.parametrize("form", ["markdown", "html", "csv", "json"])
def test_other_forms_name_each_demand(form: Any, documented: CaseShares) -> None:
    """Every form has a line for each demand."""
    text = shares_text(documented, form)

    assert all(demand.name in text for demand in demands(AMNESTY))


@pytest.mark.thorough
def test_json_names_the_cases(documented: CaseShares) -> None:
    """JSON names the cases that each demand stops."""
    data = json.loads(shares_text(documented, "json"))

    assert data["shares"][0]["stops"] == list(documented.shares[0].stops)
    assert [share["demand"]["name"] for share in data["shares"]] == [
        item.name for item in demands(AMNESTY)
    ]
