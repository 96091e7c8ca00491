"""A sale as if it were made from a regime's own home: what changes, what is left out, what is set aside."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import attrs
import pytest
from click.testing import CliRunner
from tests.support.shipped import CATALOGUE

import regcompare as rc
from regcompare import DefinitionError, Outcome, Ruleset, Scenario, UsageError
from regcompare.authoring import (
    Chapter,
    Destination,
    Exporter,
    Home,
    Instrument,
    Knowledge,
    Licence,
    National,
    Transaction,
    Trigger,
)
from regcompare.cli import main
from regcompare.facts import MemberSet
from regcompare.logic.conditions import Among, Between
from regcompare.scenario.as_if import as_if_from
from regcompare.views.tables import home_sentences

ALPS = Home("the Alps", "CH")
chapter = Chapter()
chapter.rule(
    Instrument("Act", "An invented act", "nowhere")["Art. 1"],
    "Whatever is exported needs a licence.",
    when=Transaction.kind.is_in("export"),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.ACT,
)


def ruleset(home: Home | None, name: str = "alps", **more: Any) -> Ruleset:
    """An invented law of a home."""
    fields: dict[str, Any] = {
        "status": "law",
        "instruments": (),
        "reference_date": dt.date(2021, 1, 1),
        "covers": ("export",),
        "provisions": (chapter,),
        "home": home,
    }
    if home:
        fields["scope"] = home.has(Exporter.country)
    return Ruleset(name, f"Law of the {name}", **(fields | more))


LAW = ruleset(ALPS)
SALE = Scenario(
    id="sale",
    date=dt.date(2020, 5, 1),
    presume=("ordinary",),
    transaction=Transaction(kind="export"),
    exporter=Exporter(country="DE", compliance_programme=True),
    destination=Destination(country="ET"),
    knowledge=Knowledge(authority_informed=MemberSet(["wmd"]), exporter_aware=MemberSet()),
    national=National(measure="prohibition"),
    licence=Licence(status="refused"),
)


def test_the_exporter_is_at_home_and_the_rest_stays() -> None:
    """The exporter's country is changed; whatever else is stated of it and of the sale stays."""
    relocated = as_if_from(SALE, LAW, "home")

    assert relocated.exporter == Exporter(country="CH", compliance_programme=True)
    assert (relocated.destination, relocated.transaction) == (SALE.destination, SALE.transaction)
    assert relocated.as_if is not None
    assert relocated.as_if.changed == ("exporter.country",)
    assert relocated.as_if.original is SALE


def test_what_another_state_did_is_left_out() -> None:
    """National measures, the licence and what its authority said are those of the state left behind."""
    relocated = as_if_from(SALE, LAW, "home")

    assert (relocated.national, relocated.licence) == (National(), Licence())
    assert relocated.knowledge == Knowledge(exporter_aware=MemberSet())
    assert relocated.as_if is not None
    assert relocated.as_if.left_out == (
        "national.measure",
        "licence.status",
        "knowledge.authority_informed",
    )


def test_a_presumption_stays_but_for_the_place_of_export() -> None:
    """What a file presumes stays presumed; a presumed country of export gives way to the home."""
    presumed = (Exporter(country="AT"), Knowledge(authority_informed=MemberSet()))
    sale = attrs.evolve(SALE, exporter=Exporter(), presumed=presumed)

    relocated = as_if_from(sale, LAW, "home")

    assert relocated.exporter.country == "CH"
    assert relocated.presumed == {"knowledge.authority_informed": MemberSet()}


@pytest.mark.parametrize("place", [None, "home"])
def test_a_sale_made_at_home_stays_as_it_is(place: Any) -> None:
    """Nothing is changed or left out where the sale was made there, or where nobody asks for it."""
    sale = attrs.evolve(SALE, exporter=Exporter(country="CH"))

    assert as_if_from(sale, LAW, place) is sale


def test_of_several_states_one_is_left_open_among_those_of_the_day() -> None:
    """In a union the state is one of its members on the day of the facts, and none is picked."""
    relocated = as_if_from(SALE.with_facts(Exporter(country="CH")), rc.regimes("eu-2021-821")[0], "home")

    country = relocated.exporter.country
    assert isinstance(country, Among)
    assert {"DE", "AT", "GB"} <= country.words
    assert "CH" not in country.words
    later = attrs.evolve(SALE, date=dt.date(2021, 5, 1), exporter=Exporter(country="CH"))
    found = as_if_from(later, rc.regimes("eu-2021-821")[0], "home").exporter.country
    assert isinstance(found, Among)
    assert "GB" not in found.words


def test_an_exporter_who_may_be_at_home_is() -> None:
    """Of several possible countries those at home remain."""
    sale = SALE.with_facts(Exporter(country=Among(["CH", "DE"])))

    assert as_if_from(sale, LAW, "home").exporter.country == "CH"


def test_a_transfer_within_the_union_is_an_export_from_elsewhere() -> None:
    """What goes from one Member State to another leaves any other state."""
    sale = SALE.with_facts(Transaction(kind="intra_eu_transfer"), Destination(country="FR"))

    relocated = as_if_from(sale, LAW, "home")

    assert relocated.transaction.kind == "export"
    assert relocated.as_if is not None
    assert relocated.as_if.changed == ("exporter.country", "transaction.kind")


def test_a_sale_that_becomes_domestic_is_set_aside_and_named() -> None:
    """A destination at home leaves no export: no outcome, counted apart, and named."""
    domestic = attrs.evolve(SALE.with_facts(Destination(country="CH")), id="to-the-alps")

    comparison = rc.compare([SALE, domestic], [LAW], as_if_from="home")

    verdict = comparison["to-the-alps", "alps"]
    assert (verdict.result, verdict.span, verdict.checked) == ("domestic sale", None, None)
    assert comparison["sale", "alps"].result == "authorisation"
    assert comparison.domestic() == {"alps": (domestic,)}
    assert comparison.classes()[0].counts["outside"] == 1
    assert list(home_sentences(comparison))[1:] == [
        "Set aside as domestic under Law of the alps: 1 case (to-the-alps)."
    ]


def test_a_destination_that_may_lie_at_home_is_not_set_aside() -> None:
    """Only what is certainly domestic is."""
    open_sale = SALE.with_facts(Destination(country=Among(["CH", "ET"])))

    assert rc.assess(open_sale, LAW, as_if_from="home").result == "authorisation"


def test_a_transfer_by_an_unknown_exporter_is_not_set_aside() -> None:
    """Who may have made it within the Union already made no domestic sale of it; which it is stays open."""
    union = rc.regimes("eu-2021-821")[0]
    transfer = Transaction(kind="intra_eu_transfer")
    sale = SALE.with_facts(Exporter(country="unknown"), transfer, Destination(country="FR"))

    relocated = as_if_from(sale, union, "home")

    assert relocated.as_if is not None
    assert not relocated.as_if.is_domestic
    assert relocated.transaction.kind == Among(["export", "intra_eu_transfer"])
    assert rc.assess(sale, union, as_if_from="home").span is not None


def test_a_regime_without_home_is_asked_as_it_was_and_that_is_said() -> None:
    """Nothing is guessed for a ruleset that records no home."""
    homeless = ruleset(None, "sea")

    comparison = rc.compare([SALE], [LAW, homeless], as_if_from="home")

    assert comparison["sale", "sea"].scenario is SALE
    assert (
        "No home is recorded for Law of the sea; sales are asked about as they were made."
        in home_sentences(comparison)
    )


def test_a_proposal_and_a_combination_have_the_home_of_their_parts() -> None:
    """A home comes along where all that a ruleset stands on or beside have one and the same."""
    other = ruleset(Home("the Andes", "CL"), "andes")

    assert LAW.with_().home == ALPS
    assert LAW.combined_with(ruleset(ALPS, "glacier")).home == ALPS
    assert LAW.combined_with(other).home is None
    assert ruleset(None, "plan", status="proposal", base=(LAW,)).home == ALPS


def test_of_a_day_that_is_one_of_several_the_states_are_those_of_each() -> None:
    """The United Kingdom is among the states of a sale of some day in 2015, not of one until 2020."""
    union = CATALOGUE.ruleset("eu-2021-821").home

    assert union
    assert union.on(Between(dt.date(2015, 1, 1), dt.date(2015, 12, 31))) == union.on(
        dt.date(2015, 6, 30)
    )
    assert "GB" in union.on(dt.date(2015, 6, 30))
    assert "GB" not in union.on(Between(dt.date(2015, 1, 1), dt.date(2021, 12, 31)))


def test_a_misspelt_country_is_refused_at_the_definition() -> None:
    """The nearest code is named."""
    with pytest.raises(DefinitionError, match="'Ch' is not the code of a country"):
        Home("Switzerland", "Ch")


def test_another_place_is_refused() -> None:
    """Only home can be asked from."""
    with pytest.raises(UsageError, match="Expected 'home', or nothing"):
        rc.compare([SALE], [LAW], as_if_from="CH")  # type: ignore[arg-type]


def test_every_form_says_what_was_changed() -> None:
    """A verdict, its explanation, its citation and a table say from where the sale was asked about."""
    verdict = rc.assess("swiss-vietnam-2015", "eu-2021-821", as_if_from="home")
    text = rc.explain(verdict)

    assert "as if from the European Union" in text
    assert "Changed: exporter.country" in text
    assert "as if from the European Union" in rc.cite(verdict).sentence


def invoke(*arguments: str) -> Any:
    """What a command prints as JSON."""
    done = CliRunner().invoke(main, [*arguments, "--format", "json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_the_command_line_takes_it_and_json_carries_it() -> None:
    """``compare`` notes from where each regime was asked; each verdict says what was changed."""
    output = invoke("compare", "swiss-vietnam-2015", "-r", "eu-2021-821", "--as-if-from", "home")

    assert output["notes"]["as_if_from"] == {
        "from": "home",
        "regimes": [{"ruleset": "eu-2021-821", "home": "the European Union", "domestic": []}],
    }
    assert output["verdicts"][0]["as_if_from"] == {
        "home": "the European Union",
        "changed": ["exporter.country"],
        "left_out": [],
        "domestic": False,
    }
    assert output["verdicts"][0]["low"] == "authorisation"


def test_without_the_option_nothing_is_changed() -> None:
    """A sale is asked about as it was made, and a Swiss one is out of the Union's scope."""
    output = invoke("compare", "swiss-vietnam-2015", "-r", "eu-2021-821")

    assert output["notes"]["as_if_from"] is None
    assert output["verdicts"][0]["as_if_from"] is None
    assert output["verdicts"][0]["in_scope"] is False


def test_expectations_may_ask_as_if_from_home() -> None:
    """A file holds what its sale comes to from the home of a regime, and ``check`` verifies it."""
    case: dict[str, Any] = {
        "date": "2021-10-01",
        "exporter": {"country": "CH"},
        "transaction": {"kind": "export"},
        "expect": {"eu-2021-821": [{"in_scope": "no"}, {"as_if_from": "home", "in_scope": "no"}]},
    }

    met, missed = rc.check(case)

    assert met.is_met
    assert missed.expected == "in_scope no; as if from home"
    assert missed.problem == "Expected in_scope: no, got yes."
