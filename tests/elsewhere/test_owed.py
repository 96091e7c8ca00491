"""What the law of the day required in documented sales: the cases that a lawyer reads, one by one."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import attrs
import pytest
from click.testing import CliRunner
from tests.support.shipped import CASES, CATALOGUE

import regcompare as rc
from regcompare import Outcome, Ruleset, Scenario
from regcompare.cli import main
from regcompare.scenario.provenance import Source
from regcompare.scenario.scenario import Record, cases_of_kinds
from regcompare_elsewhere.owed import CAVEAT, DECISIONS, DutyRecord, owed
from regcompare_world import CH, US_EAR

LAWS = CATALOGUE.rulesets.in_force_on_exports()
SHIPPED = {case.id: case for case in CASES}


def record_of(name: str, *laws: Ruleset) -> DutyRecord:
    """What was owed in one case."""
    [found] = owed([SHIPPED[name]], laws or LAWS)
    return found


def required(record: DutyRecord) -> dict[str, bool]:
    """Each provision that requires something, and whether it does for certain."""
    return {
        f"{item.finding.ruleset.id}/{item.finding.rule.id}": item.is_certain
        for item in record.requirements
    }


@pytest.mark.parametrize("name", ["morpho-shanghai-2015", "axis-guilin-2012-19", "noldus-china-2012-18"])
def test_the_three_cases_of_the_report_needed_no_licence(name: str) -> None:
    """The law of their day asked for nothing; the company is heard."""
    record = record_of(name)

    assert required(record) == {}
    assert {item.ruleset.id for item in record.verdicts} == {
        "eu-428-2009", "eu-sanctions", "eu-common-position",
    }  # fmt: skip
    assert record.decision == "none_needed"
    assert "Disputed: " in owed([record.scenario], LAWS).text("markdown")


def test_innovatrics_is_under_the_act_of_2021() -> None:
    """That act was in force and asked for nothing; what was decided is known of nobody, so it is supposed."""
    case = SHIPPED["innovatrics-parana-2023"]
    supposed = attrs.evolve(case, record=Record(decision="none_needed", note="Supposed."))

    assert not list(owed([case], LAWS))
    [record] = owed([supposed], LAWS)

    assert next(item.ruleset.id for item in record.verdicts) == "eu-2021-821"
    assert required(record) == {}


def test_the_swiss_refusal_was_owed() -> None:
    """On the day of the press report the ordinance obliged the authority, on its reason to believe."""
    record = record_of("swiss-vietnam-2015", CH)

    refusal = next(item for item in record.requirements if item.outcome is Outcome.REFUSAL)
    assert refusal.is_certain
    assert "reason to believe" in refusal.finding.rule.states
    assert record.decision == "refused"
    assert record_of("swiss-vietnam-2015").verdicts == ()


def test_a_licence_that_was_revoked() -> None:
    """A licence was needed for certain; whether a refusal was owed depends on a finding that nobody published."""
    record = record_of("area-egypt-2016")

    assert required(record) == {
        "eu-428-2009/art-3-1": True, "eu-common-position/criterion-two": False,
        "eu-common-position/criterion-two-c": False,
    }  # fmt: skip
    refusals = [item.is_certain for item in record.requirements if item.outcome >= Outcome.REFUSAL]
    assert refusals
    assert not any(refusals)


def test_a_refusal_of_an_item_that_is_not_named() -> None:
    """In 2009 neither the entry nor the destination is known: nothing is certain."""
    record = record_of("datong-refused-2009")

    assert record.requirements
    assert not any(item.is_certain for item in record.requirements)


@pytest.mark.parametrize("case", ["creativity-irancell-2009", "amesys-libya-2007"])
def test_before_the_first_encoded_act_nothing_is_asserted(case: str) -> None:
    """Until 26 August 2009 an older act applied that is not encoded: that is not "nothing required"."""
    record = record_of(case)
    text = owed([record.scenario], LAWS).text("markdown")

    assert [law.id for law in record.not_yet][:1] == ["eu-428-2009"]
    assert "Not known: it was before Regulation 428/2009" in text
    assert "Nothing, by what is encoded" not in text
    assert record_of("area-egypt-2016").not_yet == ()


def test_no_decision_is_asserted_where_no_supply_by_the_firm_is_shown() -> None:
    """Spyware was found in Bahrain; that its maker supplied it without applying is not said."""
    assert owed([SHIPPED["gamma-bahrain-2010-12"]], LAWS).records == ()


# what was known -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("published", "group"),
    [
        ("2015-06-30", "before"),
        ("2014", "before"),
        ("2015-07", "unclear"),
        ("2015", "unclear"),
        ("", "unclear"),
        ("2015-08", "after"),
    ],
)
def test_sources_are_dated_from_the_decision(published: str, group: str) -> None:
    """A source is older only if every day it may be of is; a month or a year may hold the day."""
    source = Source(title="A report", date=published)
    case = Scenario(id="case", sources=(source,), record=Record(decision="granted", date="2015-07"))

    [found] = owed([case], LAWS)

    assert getattr(found.known, group) == (source,)


def test_cases_without_a_recorded_decision_are_left_out() -> None:
    """Nothing is said about what is not on record."""
    cases = [Scenario(id="bare"), Scenario(id="open", record=Record(note="Delivered."))]

    assert owed(cases, LAWS).records == ()
    assert str(owed(cases, LAWS).finding()) == "No case with a recorded decision."


# as printed -----------------------------------------------------------------------------------------


def test_what_the_documented_sales_come_to() -> None:
    """Counted for certain and at most; no refusal is certain, as no finding was published."""
    whole = CATALOGUE.ruleset("eu-law")
    found = owed(cases_of_kinds(SHIPPED.values()), LAWS, whole)
    said = str(found.finding())
    licence, refusal = found.licence, found.refusal

    assert f"required a licence for {licence.number()}." in said
    assert f"required a refusal or a ban for {refusal.number()}." in said
    assert refusal.certain == 0
    assert not any(word in said for word in ("sold", "clearly", "up to"))


def test_what_was_done_is_said_of_what_is_certain_alone() -> None:
    """The numbers by decision are those of one set; no application is on record of what, is said."""
    whole = CATALOGUE.ruleset("eu-law")
    found = owed(cases_of_kinds(SHIPPED.values()), LAWS, whole)
    certain = found.licence.those("yes")
    decisions = Counter(record.decision for record in certain)
    said = str(found.finding())

    assert f"In the {len(certain)} of which that is certain, the licence was:" in said
    for decision, number in decisions.items():
        words = DECISIONS[decision].partition("{kinds}")[0].replace("{number}", str(number))
        assert words in said


def test_where_only_the_scope_is_open_the_reason_is_the_scope() -> None:
    """A provision whose condition is met is uncertain because its law may not reach the item at all."""
    record = record_of("swiss-vietnam-2015", US_EAR)
    [met] = [
        item for item in record.requirements if item.finding.holds and not item.finding.overridden_by
    ]

    assert not met.is_certain
    assert met.depends_on == ("whether the item is subject to the American regulations",)


def test_an_offer_is_no_sale_and_a_disputed_record_is_disputed() -> None:
    """Of an offer without an application no sale is said, and what somebody disputes is said to be."""
    offer = {
        "id": "an-offer", "kind": "documented", "date": "2019-05-01", "record_kind": "offer",
        "presume": ["ordinary", "surveillance"], "item": {"annex_i_entry": ["5A001.j"]},
        "transaction": {"kind": "export"}, "exporter": {"country": "FR"},
        "destination": {"country": "EG"}, "record": {"decision": "not_applied"},
        "disputed": [{"fact": "record", "by": "the company", "note": "It applied."}],
    }  # fmt: skip
    said = str(rc.owed([offer]).finding())

    assert "no application on record in 1 of an offer (1 disputed)" in said
    assert "sold" not in said


def test_the_command_links_every_provision() -> None:
    """As data: each requirement with its text of the day, and the caveat."""
    done = CliRunner().invoke(main, ["owed", "area-egypt-2016", "--format", "json"])

    data = json.loads(done.stdout)
    assert data["caveat"] == CAVEAT
    links: list[Any] = [
        item["finding"]["url"] for sale in data["sales"] for item in sale["requirements"]
    ]
    assert links
    assert all(link.startswith("https://") for link in links)
    assert [item["is_certain"] for item in data["sales"][0]["requirements"]] == [True, False, False]
    assert data["sales"][0]["requirements"][1]["depends_on"]


@pytest.mark.parametrize("form", ["table", "markdown", "html"])
def test_every_form_names_provision_and_deed(form: str) -> None:
    """And no form says that anybody breached anything."""
    text = owed([SHIPPED["area-egypt-2016"]], LAWS).text(form)  # type: ignore[arg-type]

    assert "3(1)" in text
    assert "efused" in text
    assert not any(word in text.lower() for word in ("guilt", "breach", "unlawful", "illegal"))
