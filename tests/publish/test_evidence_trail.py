"""What a result rests on: complete, and weakest first."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from tests.support.shipped import CASES, CATALOGUE

from regcompare import assess
from regcompare.cli import main
from regcompare.law import EvidenceLevel
from regcompare.scenario.scenario import cases_of_kinds
from regcompare.verdict.assess import assess_all
from regcompare_publish.evidence_trail import EvidenceTrail, evidence_trail

DOCUMENTED = cases_of_kinds(CASES)
REGIMES = ("eu-428-2009", "eu-2021-821", "amnesty", "eu-law")


def trail_of(case: str, regime: str) -> EvidenceTrail:
    """What a result of a documented case rests on."""
    scenario = next(item for item in CASES if item.id == case)
    return evidence_trail(assess(scenario, CATALOGUE.ruleset(regime)))


@pytest.mark.thorough
@pytest.mark.parametrize("regime", REGIMES)
def test_every_result_has_its_grounds_the_weakest_first(regime: str) -> None:
    """Each provision that decides is named, and what it rests on."""
    for verdict in assess_all(DOCUMENTED, CATALOGUE.ruleset(regime)):
        every_ground = evidence_trail(verdict).entries
        ranks = [item.mark.rank for item in every_ground]

        assert ranks == sorted(ranks)
        assert {item.name for item in every_ground if item.kind == "provision"} == {
            finding.rule.id for finding in verdict.deciding or verdict.alternatives
        }


def test_a_provision_is_known_by_the_text_that_was_read() -> None:
    """Art. 3(1) carries nearly all that needs a licence."""
    result_grounds = trail_of("msab-hongkong-2013-20", "eu-2021-821")
    (article,) = (item for item in result_grounds.entries if item.kind == "provision")

    assert article.name == "art-3-1"
    assert article.mark is EvidenceLevel.TEXT
    assert article.evidence
    assert article.evidence.document == "02021R0821-20230526"


def test_what_is_assumed_counts_as_inferred() -> None:
    """The entry of one sale is assumed in its file."""
    result_grounds = trail_of("msab-hongkong-2013-20", "eu-2021-821")
    (entry,) = (item for item in result_grounds.entries if item.name == "item.annex_i_entry")

    assert (entry.mark, entry.origin, entry.sources) == (EvidenceLevel.INFERRED, "presumed", ())


def test_a_fact_leads_to_its_own_sources() -> None:
    """From the result to the fact to the source that states or reports it, or to why it is so classified."""
    found = {item.name: item for item in trail_of("hackingteam-sudan-2012", "amnesty").entries}
    country, designed = found["destination.country"], found["item.designed_to_monitor_people"]
    risk = found["destination.substantial_rights_risk"]

    assert (country.origin, country.mark) == ("stated", EvidenceLevel.SECONDARY)
    assert [source.id for source in country.sources] == ["espresso-2016-04"]
    assert (designed.origin, designed.mark) == ("classified", EvidenceLevel.INFERRED)
    assert designed.classified
    assert (risk.origin, risk.mark) == ("reports", EvidenceLevel.INFERRED)
    assert [source.id for source in risk.sources] == ["amnesty-2010"]


def test_rows_and_readings_are_grounds() -> None:
    """A listed item rests on a row of Annex I; a ban by a demand on how its words are read."""
    rows = [
        item for item in trail_of("msab-hongkong-2013-20", "eu-2021-821").entries if item.kind == "row"
    ]
    readings = {
        item.name: item
        for item in trail_of("morpho-shanghai-2015", "amnesty").entries
        if item.kind == "reading"
    }

    assert all("Annex I" in item.source for item in rows)
    assert rows
    assert readings["IC-09: parts_too"].provisions


def test_a_weak_result_rests_on_the_facts_by_which_the_nearest_provision_fails() -> None:
    """Nothing decides that an unlisted item is free, but a fact keeps it from each stricter rule."""
    result_grounds = trail_of("morpho-shanghai-2015", "eu-2021-821").entries

    assert {item.kind for item in result_grounds} <= {"fact", "reading"}
    assert all(item.keeps_out for item in result_grounds)
    assert (
        "art-3-1"
        in next(item for item in result_grounds if item.name == "item.annex_i_entry").provisions
    )


@pytest.mark.thorough
def test_the_command_prints_them_in_every_form() -> None:
    """As text, Markdown and a page for people; as JSON for programs."""
    command = [
        "evidence",
        "msab-hongkong-2013-20",
        "--scenario",
        "msab-hongkong-2013-20",
        "-r",
        "eu-2021-821",
    ]
    output = {
        form: CliRunner().invoke(main, [*command, "--format", form], catch_exceptions=False).stdout
        for form in ("text", "markdown", "html", "json")
    }

    assert "assumed in the case file" in " ".join(output["text"].split())
    assert "[Reg. (EU) 2021/821 Art. 3(1)](https://eur-lex" in output["markdown"]
    assert output["html"].startswith("<!DOCTYPE html>")
    assert "presumed" in {item["origin"] for item in json.loads(output["json"])["grounds"]}
