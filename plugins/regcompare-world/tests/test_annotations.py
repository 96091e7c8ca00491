"""What the plugin adds to documented sales: facts that their sources report and only these laws ask for."""

from __future__ import annotations

from pathlib import Path

import pytest

import regcompare as rc
import regcompare_world
from regcompare import Scenario
from regcompare.authoring import Destination, Ruleset
from regcompare.plugins.catalogue import Catalogue
from regcompare_world import CH, UK, US_EAR, Ch

FOLDER = Path(regcompare_world.__file__).parent / "annotations"


@pytest.fixture(scope="module")
def cases() -> dict[str, Scenario]:
    """The documented sales with what is added to them."""
    catalogue = Catalogue.installed()
    for ruleset in (CH, UK, US_EAR):
        catalogue = catalogue.with_ruleset(ruleset)
    return {case.id: case for case in catalogue.read(FOLDER)}


def test_each_fact_comes_from_a_source_of_its_sale(cases: dict[str, Scenario]) -> None:
    """Nothing is added that the sources of the case itself do not carry, and each has its owner."""
    for case in cases.values():
        for annotation in case.annotations:
            assert annotation.owner == "regcompare-world"
            assert set(annotation.added.sources) <= set(rc.cases(case.id)[0].sources)


@pytest.mark.parametrize("regime", [CH, UK, US_EAR], ids=lambda regime: str(regime.id))
def test_what_they_expect_is_met(cases: dict[str, Scenario], regime: Ruleset) -> None:
    """Each annotation holds what its sale comes to with it."""
    expected = [
        (case, item) for case in cases.values() for item in case.expect if item.ruleset == regime.id
    ]

    assert expected
    for case, item in expected:
        span = rc.assess(case, regime, as_of=item.as_of).span
        assert span is not None
        assert item.low is not None
        assert item.high is not None
        assert item.low <= span.low <= span.high <= item.high


def test_the_swiss_finding_no_longer_rests_on_how_a_text_is_read(cases: dict[str, Scenario]) -> None:
    """With the authority's own finding the refusal stands under either reading."""
    verdict = rc.assess(cases["swiss-vietnam-2015"], CH, readings={"ch-reason-to-believe": "finding"})

    assert str(verdict.span) == "refusal"


@pytest.mark.parametrize(
    ("named", "result"),
    [("switzerland", "refusal"), ("austria", "out of scope"), ("no-risk", "out of scope")],
)
def test_the_swiss_refusal_as_it_is_taught(named: str, result: str) -> None:
    """Swiss law refuses the invented sale from Switzerland, and says nothing of the same from Austria."""
    (case,) = rc.cases(f"the-swiss-refused-it-{named}")

    assert rc.assess(case, CH).result == result


def test_the_invented_refusal_needs_the_risk() -> None:
    """Without risk and without reason to believe, Swiss law requires a licence for it and bars none."""
    (case,) = rc.cases("the-swiss-refused-it-switzerland")
    harmless = case.with_facts(
        Destination(country="PE", substantial_rights_risk=False), Ch(reason_to_believe=False)
    )

    assert rc.assess(harmless, CH).result == "authorisation"


def test_the_british_finding_closes_a_question(cases: dict[str, Scenario]) -> None:
    """That the government saw no clear risk leaves open what the sources leave open."""
    verdict = rc.assess(cases["uk-honduras-2016-17"], UK)

    assert "end_use.concerns" in verdict.open_questions
    assert "uk.clear_risk_repression" not in verdict.open_questions


def test_the_american_list_reaches_the_police_of_xinjiang(cases: dict[str, Scenario]) -> None:
    """Sequencers that no entry names need a licence once the buyer is on the list."""
    assert str(rc.assess(cases["thermofisher-xinjiang-2017"], US_EAR).span) == "authorisation"
