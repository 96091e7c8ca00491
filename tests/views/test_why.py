"""Why a gate is as it is: a plain reason for every gate, in every language, made of what the rules say."""

from __future__ import annotations

import random
import re
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.drawing import fewer

from regcompare.authoring import Plain
from regcompare.comparison.comparison import compare
from regcompare.errors import DefinitionError
from regcompare.plugins.catalogue import Catalogue
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import assess
from regcompare.views import gates
from regcompare.views.gates import why
from regcompare.vocabulary import Destination, Exporter, Item, Technology, Transaction, TransactionKind
from regcompare.words.catalogues import language

CATALOGUE = Catalogue.installed()
CASES = [*CATALOGUE.scenarios(), *CATALOGUE.teaching()]
REGIMES = [CATALOGUE.ruleset(name) for name in CATALOGUE.profile.regimes]
DUTCH = language("nl", CATALOGUE.locales)
LEGAL = re.compile(r"\b(Art\.|Article|Annex|Regulation|authorisation|end-use|dual-use|items? listed)\b")


def case(*sections: object) -> Scenario:
    """Morpho's sale to Shanghai with the facts of some sections changed."""
    morpho = next(item for item in CASES if item.id == "morpho-shanghai-2015")
    return morpho.with_facts(*sections)


def test_every_rule_of_the_default_regimes_says_its_condition_in_everyday_words() -> None:
    """None lacks a plain clause, and none speaks the language of statutes."""
    rules = {rule for regime in REGIMES for part in regime.parts() for rule in part.provisions.rules}

    assert [rule.id for rule in rules if rule.plain is None] == []
    for plain in {rule.plain for rule in rules if rule.plain}:
        assert not any(LEGAL.search(text) for text in (plain.clause, *plain.fails.values())), plain


@pytest.mark.thorough
def test_every_gate_of_every_shipped_case_says_its_reason_in_both_languages() -> None:
    """The reason is never the general one, and no word of it is left in English on a Dutch page."""
    for verdict in compare(CASES, REGIMES):
        reason = why(verdict)

        assert reason.text.endswith("."), verdict
        assert gates.NOTHING not in reason.text, verdict
        for sentence in re.split(r"(?<=\.) ", reason.text):
            assert sentence not in why(verdict, DUTCH).text, (verdict, sentence)


@pytest.mark.thorough
def test_every_gate_of_the_law_of_the_day_says_its_reason_in_everyday_words() -> None:
    """Sanctions, the Common Position and national lists too: what decides or could has words of its own.

    An act that applied before the first that is encoded is named as it is.
    """
    lawful = [CATALOGUE.ruleset(name) for name in ("eu-law", "eu-law-2020", "eu-law-2021")]
    for verdict in compare(CASES, lawful):
        ends = {verdict.span.low, verdict.span.high} if verdict.span else set()
        speaking = [*verdict.deciding, *verdict.alternatives]
        speaking += [finding for finding in verdict.open if finding.rule.then in ends]

        assert [item.rule.id for item in speaking if item.rule.plain is None] == [], verdict
        said = why(verdict).text.removeprefix(verdict.earlier_law)
        assert not LEGAL.search(said), verdict


def test_an_open_gate_says_what_would_follow_and_why_it_is_open() -> None:
    """The clause of the open rule comes after an if, with its consequence, and who could settle it."""
    reason = why(assess(case(), CATALOGUE.ruleset("eu-2021-821")))

    assert reason.text == (
        "It is not on the EU's list of technology that needs a licence. No authority is known to have warned "
        "the seller of repression or abuses. If it was made to watch "
        "people in secret, and the seller knows that it is meant for repression or serious abuses, the "
        "seller must report it. No source settles that."
    )
    assert reason.facts[-1] == "knowledge.exporter_aware"


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        (Item(covert=False, specially_designed=True), "People can notice that it watches them."),
        (
            Item(takes_data_from_ict_systems=False),
            "It takes no data from computers, phones or networks.",
        ),
        (Destination(country="DE"), "It stays inside the EU."),
        (
            Exporter(country="CH"),
            "The seller is outside the European Union, so these rules do not apply.",
        ),
    ],
)
def test_what_is_not_reached_says_why(changed: object, says: str) -> None:
    """A condition that a reader would expect, and that fails, is named."""
    assert says in why(assess(case(changed), CATALOGUE.ruleset("eu-2021-821"))).text


def test_a_plain_reason_is_checked_where_it_is_written() -> None:
    """A clause follows if, and what fails is said in a sentence, with the condition that makes it true."""
    assert Plain("it is red", {Item.covert: "It is seen."}).fails == {
        Item.covert.__condition__(): "It is seen."
    }
    with pytest.raises(DefinitionError, match=r"without a full stop: 'it is red\.'"):
        Plain("it is red.")
    with pytest.raises(DefinitionError, match="is not a full sentence: 'seen'"):
        Plain("it is red", {Item.covert: "seen"})


LAWFUL = [CATALOGUE.ruleset(name) for name in ("eu-428-2009", "eu-2021-821", "eu-law", "amnesty")]
PLACES = ("CN", "RU", "KP", "ZW", "IR", "DE", "US", "MM")
KINDS = get_args(TransactionKind)
CODES: tuple[list[str], ...] = ([], ["4A005"], ["5A001.j"], ["5A002.a"])


def moved(seed: int) -> Scenario:
    """A shipped case as another deal: of another kind, to another place, with another item, elsewhere from."""
    draw = random.Random(seed)
    technologies: list[Technology] = ["intrusion_platform", "mobile_interception", "encryption"]
    technology = draw.choice(technologies)
    item = Item(
        technology=technology, annex_i_entry=draw.choice(CODES), covert=draw.choice([True, False])
    )
    return draw.choice(CASES).with_facts(
        Transaction(kind=draw.choice(KINDS)),
        Destination(country=draw.choice(PLACES)),
        Exporter(country=draw.choice(("FR", "US", "GB"))),
        item,
    )


@fewer(2)
@given(st.integers(min_value=0))
def test_no_reason_why_a_rule_fails_is_false_of_the_case(seed: int) -> None:
    """Each is true by its own condition, of a rule that fails on the same fact; shipped cases and drawn ones."""
    for verdict in compare([moved(seed), CASES[seed % len(CASES)]], LAWFUL):
        failing = [
            item.rule.plain.fails for item in verdict.findings if item.rule.plain and not item.holds
        ]
        said = why(verdict).text
        for sentence in {text for fails in failing for text in fails.values() if text in said}:
            truths = {
                verdict.derivation(condition).truth
                for fails in failing
                for condition, text in fails.items()
                if text == sentence
            }
            assert True in truths, (verdict, sentence)


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("hosted_service", "It is a service used from afar; nothing is sent out of the EU."),
        ("transit", "It only passes through the EU."),
        ("brokering", "It goes from one other country to another; the seller arranges the deal."),
        ("export", "It is not on the EU's list of technology that needs a licence."),
    ],
)
def test_a_kind_of_deal_is_told_as_what_it_is(kind: str, says: str) -> None:
    """A hosted service to a third country does not stay inside the Union, and transit is no service."""
    sale = case(Transaction(kind=kind), Destination(country="ZW"))  # type: ignore[arg-type]
    said = why(assess(sale, CATALOGUE.ruleset("eu-law-2020"))).text

    assert says in said
    assert "stays inside" not in said
