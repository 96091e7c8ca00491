"""The mark of a result is that of the best set of provisions that suffices, the weakest within a set."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from regcompare import Outcome, Ruleset, Scenario, assess
from regcompare.authoring import (
    FACTS_DATE,
    DatedTable,
    Destination,
    EvidenceLevel,
    Instrument,
    Item,
    Period,
    Term,
    Transaction,
    Trigger,
)
from regcompare.comparison.comparison import compare
from regcompare.ruleset.provisions import Provisions
from regcompare.ruleset.rules import Interpretation, Rule
from regcompare.vocabulary.dated import Row

ACT = Instrument("Toy Act", "An act on toys", "Gazette 1")


DAY = dt.date(2020, 1, 1)


TEXT, SECONDARY, INFERRED = EvidenceLevel.TEXT, EvidenceLevel.SECONDARY, EvidenceLevel.INFERRED


def rule(place: str, when: Any, checked: EvidenceLevel = TEXT, **changes: Any) -> Rule:
    """A rule of the toy act that asks for an authorisation."""
    asked = {"then": Outcome.AUTHORISATION, "triggered_by": Trigger.ACT, **changes}
    return Rule(ACT[place], "A licence is needed.", when=when, checked=checked, **asked)


EXPORT = Transaction(kind="export")


def ruleset(name: str, *rules: Rule, doubts: tuple[Interpretation, ...] = ()) -> Ruleset:
    """A toy act with these rules, read in the text."""
    return Ruleset(
        name,
        "the Toy Act",
        status="law",
        instruments=(ACT,),
        reference_date=DAY,
        covers=("export",),
        provisions=Provisions(rules, interpretations=doubts),
        checked=TEXT,
    )


def mark(*rules: Rule, doubts: tuple[Interpretation, ...] = (), **readings: str) -> EvidenceLevel | None:
    """The mark of the result for a covert toy to Norway."""
    toys = ruleset("toys", *rules, doubts=doubts)
    case = Scenario(id="toy", title="A toy.", date=DAY).with_facts(
        Item(covert=True, auditable=False),
        EXPORT,
        Destination(country="NO"),
    )
    return assess(case, toys, readings=readings or None).checked


def doubt(checked: EvidenceLevel = INFERRED) -> Interpretation:
    """Whether overt toys count, by default not."""
    return Interpretation(
        "overt",
        ACT["Art. 9"],
        "Do overt toys count?",
        readings={"yes": "They do.", "no": "They do not."},
        default="no",
        reason="It does not say so.",
        checked=checked,
    )


COVERT, AUDITABLE = Item.covert.__condition__(), Item.auditable.__condition__()


WEAK = Term("hidden toy", ACT["Art. 2"], COVERT, checked=INFERRED)


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ([rule("Art. 1", COVERT, SECONDARY)], SECONDARY),
        ([rule("Art. 1", COVERT, SECONDARY), rule("Art. 3", COVERT)], TEXT),
        ([rule("Art. 1", COVERT, SECONDARY), rule("Art. 3", AUDITABLE)], SECONDARY),
        ([rule("Art. 1", WEAK)], INFERRED),
        ([rule("Art. 1", WEAK | COVERT)], TEXT),
        ([rule("Art. 1", WEAK & COVERT)], INFERRED),
        ([rule("Art. 1", WEAK | AUDITABLE)], INFERRED),
        ([rule("Art. 1", COVERT & ~Term("open toy", ACT["Art. 2"], AUDITABLE, checked=INFERRED))], TEXT),
    ],
    ids=[
        "the only rule",
        "the better of two rules",
        "the one that holds",
        "the weakest within a rule",
        "the better of two limbs",
        "both limbs",
        "the limb that holds",
        "what fails has no mark",
    ],
)
def test_of_several_sets_that_suffice_the_best_counts(
    rules: list[Rule], expected: EvidenceLevel
) -> None:
    """A set is as good as its weakest member; the best set is the mark of the result."""
    assert mark(*rules) is expected


def test_the_row_of_a_table_counts_where_it_holds() -> None:
    """The row that names the destination weakens the result; another row does not."""
    period = Period(dt.date(2010, 1, 1))
    rows = [
        Row("lands.csv", line, {"countries": land}, period, "Gazette 2", checked)
        for line, land, checked in ((2, "NO", SECONDARY), (3, "SE", INFERRED))
    ]
    lands = DatedTable("lands", tuple(rows), DAY)

    assert mark(rule("Art. 1", lands.names(Destination.country, FACTS_DATE))) is SECONDARY


def test_a_reading_that_matters_counts() -> None:
    """The default reading weakens a result that another reading would change, and no other."""
    overt = doubt()
    narrow = rule("Art. 1", overt.choose(yes=AUDITABLE, no=COVERT))
    alike = rule("Art. 1", overt.choose(yes=COVERT, no=COVERT & ~AUDITABLE))

    assert mark(narrow, doubts=(overt,)) is INFERRED
    assert mark(alike, doubts=(overt,)) is TEXT


def test_a_reading_of_ones_own_choice_has_no_mark() -> None:
    """Only a reading that is assumed rests on the reason for the default."""
    overt = doubt()

    assert mark(rule("Art. 1", overt.is_read_as("yes")), doubts=(overt,), overt="yes") is TEXT


def test_what_keeps_a_stricter_rule_out_counts() -> None:
    """A reading that alone bars a ban weakens the licence; a fact that bars it does not."""
    overt = doubt()
    licence = rule("Art. 1", COVERT)
    by_reading = rule("Art. 3", overt.is_read_as("yes") & COVERT, then=Outcome.PROHIBITION)
    by_fact = rule("Art. 3", overt.is_read_as("yes") & AUDITABLE, then=Outcome.PROHIBITION)

    assert mark(licence, by_reading, doubts=(overt,)) is INFERRED
    assert mark(licence, by_fact, doubts=(overt,)) is TEXT


def test_no_control_rests_on_what_keeps_rules_out() -> None:
    """Where facts alone do, it rests on no provision; where a reading does, on the reading."""
    overt = doubt()

    assert mark(rule("Art. 1", AUDITABLE)) is None
    assert mark(rule("Art. 1", overt.is_read_as("yes") & COVERT), doubts=(overt,)) is INFERRED


def test_an_exception_counts_for_the_rule_that_it_exempts_from() -> None:
    """The exception decides with its own mark, and keeps the stricter rule out with it."""
    ban = rule("Art. 1", COVERT, then=Outcome.PROHIBITION)
    exception = rule("Art. 2", COVERT, SECONDARY, overrides=ban)

    assert mark(ban, exception) is SECONDARY
    assert mark(ban, exception, rule("Art. 3", COVERT)) is SECONDARY


def test_a_count_says_what_it_rests_on() -> None:
    """The cases that one ruleset stops and another lets through, by the mark of what they rest on."""
    free = ruleset("free", rule("Art. 1", AUDITABLE))
    strict = ruleset("strict", rule("Art. 1", COVERT & ~Item.public_domain), rule("Art. 2", WEAK))
    cases = [
        Scenario(id="sure", date=DAY).with_facts(
            EXPORT, Item(covert=True, auditable=False, public_domain=False)
        ),
        Scenario(id="weak", date=DAY).with_facts(
            EXPORT, Item(covert=True, auditable=False, public_domain=True)
        ),
    ]

    both, one = compare(cases, [free, strict]), compare(cases[1:], [free, strict])
    plain = compare(cases[:1], [free, strict])

    certain = "Certain: 1 on the official text and 1 on inference."
    assert both.gaps("free", "strict").sentence().endswith(certain)
    assert one.gaps("free", "strict").sentence().endswith("Certain: 1 on inference.")
    assert "Certain:" not in plain.gaps("free", "strict").sentence()


def test_unread_law_never_secures_the_least_outcome() -> None:
    """Where one of several rules decides, one that nobody read is not among those it rests on."""
    general = rule("Art. 1", Item.public_domain, then=Outcome.GENERAL_AUTHORISATION)
    licence = rule("Art. 2", ~Item.public_domain, SECONDARY)
    unread = rule("Art. 3", COVERT, EvidenceLevel.UNREAD, then=Outcome.PROHIBITION)

    assert mark(general, licence) is SECONDARY
    assert mark(general, licence, unread) is SECONDARY


def test_a_rule_rests_on_the_terms_by_which_it_holds_or_that_are_already_met() -> None:
    """Not on a term that fails, on one that is denied, or on one that is still open."""
    met = Term("covert toy", ACT["Art. 2"], COVERT)
    unmet = Term("audited toy", ACT["Art. 2"], AUDITABLE)
    unknown = Term("public toy", ACT["Art. 2"], Item.public_domain)
    toys = ruleset(
        "toys",
        rule("Art. 1", met | unmet),
        rule("Art. 3", met & ~unmet),
        rule("Art. 4", met & unknown),
        rule("Art. 5", met & unmet),
    )
    case = Scenario(id="toy", title="A toy.", date=DAY).with_facts(
        Item(covert=True, auditable=False), EXPORT
    )

    findings = assess(case, toys).findings

    assert [list(finding.rests_on()) for finding in findings] == [[met], [met], [met], []]


@pytest.mark.parametrize(
    ("as_of", "told"),
    [("2019-12-31", ["later"]), ("2020-01-02", ["earlier"]), ("2020-01-01", [])],
)
def test_facts_of_another_day_than_the_law_are_told(as_of: str, told: list[str]) -> None:
    """Whether they are later or earlier; nothing where the days are one."""
    toys = ruleset("toys", rule("Art. 1", COVERT))
    case = Scenario(id="toy", title="A toy.", date=DAY).with_facts(Item(covert=True), EXPORT)

    warnings = assess(case, toys, as_of=dt.date.fromisoformat(as_of)).warnings

    assert [
        word for word in ("later", "earlier") if any(f"are {word} than" in item for item in warnings)
    ] == told
