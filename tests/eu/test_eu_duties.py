"""When the duties of the two dual-use acts arise, and how strongly they bind, limb by limb."""

from __future__ import annotations

import pytest
from tests.support.shipped import CATALOGUE

from regcompare import assess
from regcompare.authoring import Strength

BEFORE, SINCE = "eu-428-2009", "eu-2021-821"


@pytest.mark.parametrize(
    ("ruleset_id", "case_id", "duty", "applies"),
    [
        pytest.param(BEFORE, "told-of-weapons", "art-4-6", True, id="catch-all shared, 4(1)"),
        pytest.param(BEFORE, "suspects-weapons", "art-4-6", True, id="catch-all shared, 4(5)"),
        pytest.param(BEFORE, "told-of-repression-only", "art-4-6", False, id="no catch-all"),
        pytest.param(SINCE, "told-of-weapons", "art-4-4", True, id="catch-all shared, 4(1)(a)"),
        pytest.param(SINCE, "suspects-weapons", "art-4-4", True, id="catch-all shared, 4(3)"),
        pytest.param(SINCE, "aware-of-weapons", "art-4-4", None, id="aware, licence not known"),
        pytest.param(SINCE, "told-of-repression", "art-4-4", False, id="Article 5 alone"),
        pytest.param(BEFORE, "transit-undecided", "art-6-1-criteria", True, id="transit weighed"),
        pytest.param(BEFORE, "transit-for-repression", "art-6-1-criteria", False, id="no power"),
        pytest.param(BEFORE, "transit-undecided", "art-13-5-transit", True, id="denials checked"),
        pytest.param(BEFORE, "transit-for-repression", "art-13-5-transit", False, id="nothing to check"),
        pytest.param(BEFORE, "transit-prohibited", "art-13-3", True, id="prohibition shared before"),
        pytest.param(BEFORE, "transit-extended", "art-13-3", False, id="listed items only before"),
        pytest.param(BEFORE, "transit-left-to-pass", "art-13-3", False, id="nothing prohibited before"),
        pytest.param(SINCE, "transit-prohibited", "art-16-3", True, id="prohibition shared"),
        pytest.param(SINCE, "transit-extended", "art-16-3", True, id="unlisted items too"),
        pytest.param(SINCE, "transit-left-to-pass", "art-16-3", False, id="nothing prohibited"),
        pytest.param(BEFORE, "listed-item", "art-20-1-and-3", True, id="records of exports before"),
        pytest.param(BEFORE, "transit-prohibited", "art-20-1-and-3", False, id="not of transit before"),
        pytest.param(SINCE, "listed-item", "art-27-exports", True, id="records of exports"),
        pytest.param(SINCE, "transit-prohibited", "art-27-exports", False, id="not of transit"),
    ],
)
def test_a_duty_arises_where_its_provision_says(
    ruleset_id: str, case_id: str, duty: str, applies: bool | None
) -> None:
    """A duty applies (True), may (None) or does not, in a case beside the rules."""
    ruleset = CATALOGUE.ruleset(ruleset_id)
    (case,) = [case for case in CATALOGUE.read(*ruleset.cases) if case.id == case_id]
    found = {held.id: holds for held, holds in assess(case, ruleset).duties}

    assert duty in {held.id for held in ruleset.provisions.duties}
    assert found.get(duty, False) is applies


@pytest.mark.parametrize(
    ("ruleset_id", "duty", "strength"),
    [
        (BEFORE, "art-4-6", Strength.MUST),  # "shall, where appropriate"
        (BEFORE, "art-13-1", Strength.MAY),
        (BEFORE, "art-13-1-denials", Strength.MUST),
        (BEFORE, "art-19-2", Strength.MUST),
        (SINCE, "art-16-1", Strength.MAY),
        (SINCE, "art-16-1-denials", Strength.MUST),
    ],
)
def test_a_power_is_no_duty_and_a_duty_no_power(ruleset_id: str, duty: str, strength: Strength) -> None:
    """To refuse and revoke is a power; to tell others of it is a duty."""
    (found,) = [held for held in CATALOGUE.ruleset(ruleset_id).provisions.duties if held.id == duty]

    assert found.strength is strength


def test_eu001_says_that_it_covers_spyware() -> None:
    """Section I and Annex IV name no spyware, so the sentence must not call it an exception."""
    ruleset = CATALOGUE.ruleset(SINCE)
    (case,) = [case for case in CATALOGUE.read(*ruleset.cases) if case.id == "ally"]

    assert assess(case, ruleset).low == "general_authorisation"
    assert "all items of Annex I except those in Section I" in ruleset.rule("eu001").sentence
    assert "spyware" in ruleset.rule("eu001").note.lower()
