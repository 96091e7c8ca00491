"""Lint: the shipped rulesets, tiny faulty ones for each kind with near misses, and brute force."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, get_args

import attrs
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from tests.support.drawing import fewer
from tests.support.shipped import CATALOGUE

from regcompare import DefinitionError, Outcome, Ruleset, Scenario, assess
from regcompare.authoring import (
    CORE,
    LAW_DATE,
    Accepted,
    Addressee,
    Choice,
    Condition,
    Destination,
    DutyKind,
    EvidenceLevel,
    Instrument,
    Item,
    LicensingPolicy,
    Period,
    Review,
    Standard,
    Strength,
    Term,
    Transaction,
    Trigger,
    YesNo,
    all_of,
    any_of,
    section,
)
from regcompare.cli import main
from regcompare.logic.conditions import as_condition
from regcompare.ruleset.provisions import Provisions
from regcompare.ruleset.rules import Discretion, Duty, Interpretation, NotEncoded, Rule
from regcompare.vocabulary.dated import DatedTable, Row
from regcompare_prove.lint import KINDS, lint, unused_facts
from regcompare_testing.commands import new_plugin

ADDRESS = "https://law.toyland.example"
ACT = Instrument("Toy Act", "An invented act", "nowhere, 2000", address=ADDRESS)
OTHER = Instrument("Other Act", "Another invented act", "nowhere, 2001", address=ADDRESS)
DAY = dt.date(2020, 1, 1)
Colour = Literal["red", "green", "blue"]


@section("toy", "Toy")
class Toy:
    """Invented facts."""

    small: YesNo = YesNo("Is it small?")
    round: YesNo = YesNo("Is it round?")
    loud: YesNo = YesNo("Is it loud?")
    colour: Choice[Colour] = Choice("Of which colour?", {"red": "r", "green": "g", "blue": "b"})


VOCABULARY = CORE.with_sections(Toy)
SMALL, ROUND, LOUD = map(as_condition, (Toy.small, Toy.round, Toy.loud))
RED = Toy.colour.is_in("red")
DOUBT = Interpretation(
    "D1", ACT["9"], "Is it so?", readings={"yes": "Yes.", "no": "No."}, default="yes", reason="Plain."
)
POWER = Discretion(ACT["10"], "Was it stopped?", who=Addressee.AUTHORITY, id="stop")


def rule(name: str, when: Condition, then: Outcome = Outcome.AUTHORISATION, *overrides: Rule) -> Rule:
    """An invented rule."""
    return Rule(
        ACT[f"Art. {name}"],
        f"The invented rule {name}.",
        when=when,
        then=then,
        triggered_by=Trigger.ACT,
        states="its finding" if then in (Outcome.REFUSAL, Outcome.SUSPENSION) else "",
        overrides=overrides,
        id=name,
    )


def says(sentence: str, when: Condition) -> Rule:
    """An invented rule with a sentence of its own."""
    return attrs.evolve(rule("a", when), sentence=sentence)


def permits(sentence: str, overridden: Rule) -> Rule:
    """A rule that frees what is round from another."""
    return attrs.evolve(rule("b", SMALL & ROUND, Outcome.NO_CONTROL, overridden), sentence=sentence)


def duty(when: Condition) -> Duty:
    """An invented duty."""
    return Duty(
        ACT["Art. 1"],
        "An invented duty.",
        kind=DutyKind.RECORDS,
        addressee=Addressee.EXPORTER,
        strength=Strength.MUST,
        when=when,
    )


def regime(*rules: Rule, **options: Any) -> Ruleset:
    """An invented regime."""
    parts = {
        name: options.pop(name, ())
        for name in ("duties", "interpretations", "discretions", "not_encoded")
    }
    return Ruleset(
        "toyland",
        "Toyland",
        status="law",
        instruments=options.pop("instruments", (ACT,)),
        reference_date=DAY,
        provisions=Provisions(rules=rules, **parts),
        covers=("export",),
        vocabulary=VOCABULARY,
        **options,
    )


def found(ruleset: Ruleset) -> list[tuple[str, str]]:
    """The findings that are not accepted."""
    return [(item.kind, item.where) for item in lint(ruleset) if not item.accepted]


# the shipped rulesets -------------------------------------------------------------------------------


@pytest.mark.thorough
@pytest.mark.parametrize("name", CATALOGUE.rulesets)
def test_shipped_rulesets_are_clean(name: str) -> None:
    """Every finding in a shipped ruleset is accepted there, with its reason."""
    findings = [item for item in lint(CATALOGUE.ruleset(name)) if not item.accepted]

    assert findings == []


def test_facts_of_the_shipped_plugins_are_asked_about() -> None:
    """Every fact of a plugin is asked about by some condition, or accepted with a reason."""
    items = unused_facts(CATALOGUE.rulesets.values(), CATALOGUE.vocabulary)

    assert [item.where for item in items if not item.accepted] == []


# each kind, with a near miss ------------------------------------------------------------------------

WEAK = rule("weak", SMALL, Outcome.NOTIFICATION)
FREE = rule("free", SMALL & ROUND, Outcome.GENERAL_AUTHORISATION, WEAK)
TERM = Term("big", ACT["Art. 2"], ~SMALL)

LATER = dt.date(2021, 1, 1)
BARE = Instrument("Bare Act", "An act without an address", "nowhere, 2002")
CODES = Item.annex_i_entry


def dated(name: str, when: Condition, start: dt.date | None, end: dt.date | None) -> Rule:
    """A rule with the citation of others, for a time."""
    return attrs.evolve(rule(name, when), cite=ACT["Art. 1"], period=Period(start, end))


def copied(name: str, when: Condition, **fields: Any) -> Rule:
    """A rule with the citation of others."""
    return attrs.evolve(rule(name, when), cite=ACT["Art. 1"], **fields)


def codes(pattern: str, start: dt.date | None) -> DatedTable:
    """A list of one code, verified through the day of the law."""
    row = Row("codes.csv", 2, {"pattern": pattern}, Period(start), "The list.", EvidenceLevel.TEXT)
    return DatedTable("codes", (row,), DAY)


FAULTY = [
    ("never-holds", "a", regime(rule("a", SMALL & ~SMALL & ROUND))),
    ("never-holds", "a", regime(rule("a", Toy.colour.is_in("red") & Toy.colour.is_in("blue")))),
    (
        "never-holds",
        "a",
        regime(rule("a", ~LAW_DATE.on_or_after(dt.date(2000, 1, 1))), period=Period(DAY)),
    ),
    ("never-holds", "a", regime(rule("a", SMALL), scope=~SMALL)),
    ("never-holds", "a", regime(rule("a", Transaction.kind.is_in("transit")))),
    ("always-lifted", "a", regime(a := rule("a", SMALL), rule("b", SMALL, Outcome.NO_CONTROL, a))),
    (
        "implied",
        "a",
        regime(rule("a", SMALL), rule("b", ~~SMALL & (ROUND | ~ROUND), Outcome.REFUSAL)),
    ),
    ("implied", "a", regime(rule("a", SMALL & ROUND), rule("b", SMALL))),
    ("implied", "a", regime(rule("a", SMALL & ROUND), rule("b", SMALL, Outcome.REFUSAL))),
    (
        "never-decisive",
        "a",
        regime(
            rule("a", SMALL),
            rule("b", SMALL & ROUND, Outcome.REFUSAL),
            rule("c", SMALL & ~ROUND, Outcome.AUTHORISATION),
        ),
    ),
    ("term-never-met", "big", regime(rule("a", Term("big", ACT["2"], SMALL & ~SMALL) | ROUND))),
    ("unasked", "D1", regime(rule("a", SMALL), interpretations=(DOUBT,))),
    ("unasked", "stop", regime(rule("a", SMALL), discretions=(POWER,))),
    ("no-citation", "big", regime(rule("a", Term("big", "", SMALL)))),
    ("no-citation", "a", regime(attrs.evolve(rule("a", SMALL), cite=OTHER["Art. 1"]))),
    ("may-binds", "a", regime(says("The ministry may refuse a licence.", SMALL))),
    ("may-binds", "a", regime(says("A licence may be required for what may be loud.", SMALL))),
    ("never-applies", "art-1", regime(rule("a", SMALL), duties=(duty(SMALL & ~SMALL & ROUND),))),
    ("gap", "b", regime(dated("a", SMALL, None, DAY), dated("b", ROUND, LATER, None))),
    ("overlap", "b", regime(dated("a", SMALL, None, LATER), dated("b", ROUND, DAY, None))),
    ("overlap", "b", regime(dated("a", SMALL, None, None), dated("b", ROUND, DAY, None))),
    (
        "same-sentence",
        "b",
        regime(rule("a", SMALL), copied("b", ROUND, sentence=rule("a", RED).sentence)),
    ),
    ("same-citation", "art-1-b", regime(copied("art-1", SMALL), copied("art-1-b", ROUND))),
    ("same-citation", "sale", regime(copied("loan", SMALL), copied("sale", ROUND))),
    ("copied-citation", "art-2", regime(copied("art-1", SMALL), copied("art-2", ROUND))),
    ("brackets", "a", regime(attrs.evolve(rule("a", SMALL), cite=ACT["Art. 8(3"]))),
    ("brackets", "big", regime(rule("a", Term("big", ACT["“Art. 8(3)"], SMALL)))),
    (
        "no-address",
        "Bare Act",
        regime(attrs.evolve(rule("a", SMALL), cite=BARE["1"]), instruments=(BARE,)),
    ),
    ("late-row", "codes.csv:2", regime(rule("a", codes("5A001", LATER).lists(CODES, LAW_DATE)))),
    (
        "unlisted-code",
        "5E902",
        regime(rule("a", codes("5A902", None).lists(CODES, LAW_DATE) & CODES.includes_any("5E902"))),
    ),
    (
        "stale-acceptance",
        "implied a",
        regime(rule("a", SMALL), accepted=(Accepted("implied", "a", "So."),)),
    ),
]


@pytest.mark.parametrize(("kind", "where", "ruleset"), FAULTY)
def test_faults_are_found(kind: str, where: str, ruleset: Ruleset) -> None:
    """Each kind of fault is found at its place, with a sentence."""
    items = {(item.kind, item.where): item.sentence for item in lint(ruleset)}

    assert (kind, where) in items
    assert items[kind, where].endswith(".")


FINE = [
    regime(rule("a", SMALL & ROUND)),
    regime(rule("a", RED & Toy.colour.is_in("red", "blue"))),
    regime(rule("a", ~LAW_DATE.on_or_after(dt.date(2021, 1, 1))), period=Period(DAY)),
    regime(rule("a", SMALL), scope=~ROUND),
    regime(a := rule("a", SMALL), rule("b", SMALL & ROUND, Outcome.NO_CONTROL, a)),
    regime(rule("a", SMALL), rule("b", SMALL & ROUND, Outcome.REFUSAL)),
    regime(WEAK, FREE),
    regime(rule("a", SMALL), rule("b", ROUND)),
    regime(
        rule("a", SMALL),
        rule("b", SMALL & ROUND, Outcome.REFUSAL),
        rule("c", SMALL & ~ROUND & LOUD, Outcome.SUSPENSION),
    ),
    regime(rule("a", TERM & ROUND)),
    regime(rule("a", DOUBT.choose(yes=SMALL, no=SMALL & ROUND)), interpretations=(DOUBT,)),
    regime(rule("a", SMALL), duties=(duty(DOUBT.is_read_as("no")),), interpretations=(DOUBT,)),
    regime(rule("a", SMALL & POWER), discretions=(POWER,)),
    regime(says("The ministry may refuse a licence.", SMALL & POWER), discretions=(POWER,)),
    regime(says("A licence is needed for what is or may be intended for noise.", SMALL)),
    regime(says("No one may send it away; it may only be lent.", SMALL)),
    regime(a := rule("a", SMALL), permits("The ministry may free what is round.", a)),
    regime(dated("a", SMALL, None, DAY), dated("b", ROUND, DAY, None)),
    regime(dated("art-1", SMALL, None, DAY), dated("art-1-2020", ROUND, DAY, None)),
    regime(copied("art-1-told", SMALL), copied("art-1-knows", ROUND, triggered_by=Trigger.KNOWLEDGE)),
    regime(copied("art-1", SMALL), copied("art-1-told", ROUND)),
    regime(attrs.evolve(rule("a", SMALL), cite=ACT["Art. 8(3)(a), “devices”"])),
    regime(rule("a", codes("5A001", DAY).lists(CODES, LAW_DATE))),
    regime(rule("a", codes("5A902", None).lists(CODES, LAW_DATE) & CODES.includes_any("5A902.b"))),
    regime(rule("a", CODES.includes_any("5E902"))),
    regime(rule("a", SMALL), not_encoded=(NotEncoded(OTHER["whole act"], "All.", "Not read."),)),
]


@pytest.mark.parametrize("ruleset", FINE)
def test_near_misses_are_not(ruleset: Ruleset) -> None:
    """Something close to a fault that is not one is not reported."""
    assert found(ruleset) == []


def test_every_kind_is_met_by_a_test() -> None:
    """Each documented kind is triggered in these tests."""
    elsewhere = {
        "unused-fact",
        "todo",
        "old-version",
        "left-out-chapter",
        "case-file",
        "no-case",
        "no-near-miss",
        "other-standard",
    }

    assert {kind for kind, _, _ in FAULTY} | elsewhere == set(KINDS)


def shown(tmp_path: Path, text: str, **named: Any) -> dict[tuple[str, str], str]:
    """What is found in a regime with one rule, on what is small, and a file of cases."""
    file = tmp_path / "cases.yaml"
    file.write_text(text, encoding="utf-8")
    small = attrs.evolve(rule("a", SMALL), **named)
    return {(item.kind, item.where): item.sentence for item in lint(regime(small, cases=(file,)))}


SMALL_CASE = (
    "{id: one, date: 2020-01-01, transaction: {kind: export}, toy: {small: %s}, expect: {toyland: %s}}"
)
HOLDS = SMALL_CASE % ("yes", "{outcome: authorisation, rules: [a]}")
FREE_CASE = SMALL_CASE.replace("one", "two") % ("no", "no_control")


@pytest.mark.parametrize(
    ("cases", "named", "kinds", "said"),
    [
        ([HOLDS, FREE_CASE], {}, [], ""),
        ([FREE_CASE], {}, ["no-case"], "Let a case expect it (rules: [a]), or name one in fires=."),
        ([HOLDS], {}, ["no-near-miss"], "has no case of this kind. Add a case that differs"),
        (
            [HOLDS, FREE_CASE],
            {"fires": "two", "misses": "two"},
            ["no-case"],
            "a does not hold for certain in two, which it names.",
        ),
        (
            [HOLDS, FREE_CASE.replace("small: no", "small: unknown")],
            {},
            ["no-near-miss"],
            "a may hold in two, the nearest that does not expect it.",
        ),
    ],
)
def test_each_rule_has_a_case_and_a_near_miss(
    tmp_path: Path, cases: list[str], named: dict[str, str], kinds: list[str], said: str
) -> None:
    """What is found says which case was taken, and how to choose another."""
    items = shown(tmp_path, "\n".join(f"- {case}" for case in cases), **named)

    assert [kind for kind, _ in items] == kinds
    assert all(said in sentence for sentence in items.values())


def test_any_of_the_nearest_cases_may_be_the_near_miss(tmp_path: Path) -> None:
    """Of cases that are equally near, the one in which the rule fails counts, whatever their order."""
    open_case = FREE_CASE.replace("two", "three").replace("small: no", "small: unknown")

    assert not shown(tmp_path, "\n".join(f"- {case}" for case in (HOLDS, open_case, FREE_CASE)))


def test_a_file_of_cases_that_cannot_be_read_is_found(tmp_path: Path) -> None:
    """With its place; which rules have no case shows once it can be."""
    items = shown(tmp_path, f"- {HOLDS.replace('small', 'smal')}")

    assert list(items) == [("case-file", "cases.yaml")]
    assert "Did you mean 'small'?" in items["case-file", "cases.yaml"]


@pytest.mark.parametrize(
    ("standard", "kinds"), [(Standard.LIKELY, []), (Standard.CLEAR_RISK, ["other-standard"])]
)
def test_a_review_is_by_the_standard_of_the_fact(standard: Standard, kinds: list[str]) -> None:
    """A rule that asks whether harm is likely is not reviewed by a clear risk."""
    refused = attrs.evolve(
        rule("a", Destination.serious_violations_likely & SMALL, Outcome.REFUSAL),
        review=Review(LicensingPolicy.REFUSE, standard, "harm"),
    )

    assert [kind for kind, _ in found(regime(refused))] == kinds


def test_rows_that_cannot_be_met() -> None:
    """A row that no case can meet is found; one that is only of the past is not."""
    table = DatedTable(
        "colours",
        tuple(
            Row("colours.csv", line, {"colour": word}, Period(None, DAY), "The act.", EvidenceLevel.TEXT)
            for line, word in ((2, "red"), (3, "blue"))
        ),
        DAY,
    )
    never = table.rows_that(
        lambda row: RED & Toy.colour.is_in("blue") if row["colour"] == "blue" else RED, LAW_DATE
    )

    ((kind, where),) = found(regime(rule("a", never | SMALL)))
    assert kind == "term-never-met"
    assert where.startswith("colours, line 3")


def test_unfinished_text_is_reported_where_it_is(tmp_path: Path) -> None:
    """Texts of the ruleset, of what it cites, provides and lists, and lines of its cases may say TODO."""
    written = new_plugin("unfinished", tmp_path)
    scope: dict[str, Any] = {}
    package = Path(written["folder"]) / "src" / "regcompare_unfinished"
    cases = package / "cases.yaml"
    cases.write_text(cases.read_text("utf-8").replace("TODO: The same", "The same"), encoding="utf-8")

    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(package.parent))
        exec("from regcompare_unfinished import UNFINISHED", scope)
        findings = [(item.kind, item.where) for item in lint(scope["UNFINISHED"])]

    assert findings == [
        ("todo", where)
        for where in (
            "The ruleset unfinished",
            *["The text Act"] * 3,
            *["The text Amending Act"] * 3,
            *["Act Art. 2"] * 2,
            *["Act Art. 3"] * 2,
            "The term at Act Art. 1",
            "listed_items.csv:2",
            *("cases.yaml:4", "cases.yaml:25"),
        )
    ]


def test_facts_that_nothing_asks_about() -> None:
    """A plugin's fact that no ruleset asks about is found, unless some ruleset accepts it."""
    asking = regime(rule("a", SMALL & ROUND & RED))
    accepting = attrs.evolve(asking, accepted=(Accepted("unused-fact", "toy.loud", "It is recorded."),))

    assert [item.where for item in unused_facts([asking], VOCABULARY)] == ["toy.loud"]
    assert [item.accepted for item in unused_facts([accepting], VOCABULARY)] == ["It is recorded."]
    assert found(accepting) == []


def test_an_accepted_finding_keeps_its_reason() -> None:
    """A finding that is accepted is still listed, with its reason."""
    ruleset = regime(
        rule("a", SMALL & ROUND),
        rule("b", SMALL),
        accepted=(Accepted("implied", "a", "The text says it twice."),),
    )

    (item,) = lint(ruleset)
    assert (item.kind, item.where, item.accepted) == ("implied", "a", "The text says it twice.")


def test_a_reason_is_a_sentence() -> None:
    """An acceptance without a full sentence is refused where it is written."""
    with pytest.raises(DefinitionError, match="reason must be a full plain sentence"):
        Accepted("implied", "a", "because")


# brute force ----------------------------------------------------------------------------------------

ATOMS = (SMALL, ROUND, LOUD, RED, Toy.colour.is_in("red", "green"))
CONDITIONS: st.SearchStrategy[Condition] = st.recursive(
    st.sampled_from(ATOMS),
    lambda inner: st.one_of(
        inner.map(lambda one: ~one),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: all_of(*parts)),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: any_of(*parts)),
    ),
    max_leaves=4,
)


def every() -> Iterator[Scenario]:
    """Every possible case in full."""
    yes_no, colours = (True, False), get_args(Colour)
    for small, round_, loud, colour in itertools.product(yes_no, yes_no, yes_no, colours):
        toy = Toy(small=small, round=round_, loud=loud, colour=colour)
        yield Scenario(id="a-toy", transaction=Transaction(kind="export"), more=(toy,))


EVERY = tuple(every())


@st.composite
def regimes(draw: st.DrawFn) -> Ruleset:
    """Small regimes, in which a later rule may override an earlier one."""
    rules: list[Rule] = []
    for place in range(draw(st.integers(2, 4))):
        overridden = draw(st.lists(st.sampled_from(rules), max_size=1)) if rules else []
        outcome = draw(st.sampled_from(list(Outcome)))
        rules.append(rule(f"r{place}", draw(CONDITIONS), outcome, *overridden))
    return regime(*rules)


def results(ruleset: Ruleset) -> list[Any]:
    """The outcome of every case."""
    return [assess(scenario, ruleset).span for scenario in EVERY]


@given(ruleset=regimes())
@fewer(3)
def test_as_brute_force_finds(ruleset: Ruleset) -> None:
    """Rules that never hold, are always overridden or never decide are those that brute force finds."""
    kinds: dict[str, str] = {where: kind for kind, where in found(ruleset)}
    holding = {
        item.id: [assess(scenario, ruleset).finding(item.id).holds for scenario in EVERY]
        for item in ruleset.rules
    }
    whole = results(ruleset)

    for item in ruleset.rules:
        dead = not any(holding[item.id])
        idle = results(ruleset.without(item.id)) == whole
        assert (kinds.get(item.id) == "never-holds") == dead
        assert (item.id in kinds) == idle
        if kinds.get(item.id) == "implied":
            pairs = [holding[other.id] for other in ruleset.rules if other.then >= item.then]
            others = [pair for pair in pairs if pair is not holding[item.id]]
            mine = holding[item.id]
            assert any(
                all(theirs for own, theirs in zip(mine, pair, strict=True) if own) for pair in others
            )


# the command ----------------------------------------------------------------------------------------

FAULTY_FILE = """
import datetime as dt
from regcompare.authoring import *

ACT = Instrument("Toy Act", "An invented act", "nowhere, 2000", address="https://law.toyland.example")
chapter = Chapter()
chapter.rule(ACT["Art. 1"], "A.", when=Item.covert & Item.dual_use, then=Outcome.AUTHORISATION,
             triggered_by=Trigger.ACT, id="a")
chapter.rule(ACT["Art. 2"], "B.", when=Item.covert, then=Outcome.AUTHORISATION,
             triggered_by=Trigger.ACT, id="b")
MINE = Ruleset("mine", "Mine", status="law", instruments=(ACT,), reference_date=dt.date(2020, 1, 1),
               provisions=(chapter,), covers=("export",), accepted=(ACCEPTED))
"""


@pytest.mark.parametrize(
    ("accepted", "status"), [("", 1), ('Accepted("implied", "a", "It is said twice."),', 0)]
)
def test_the_command_ends_with_1_where_something_is_left(
    tmp_path: Path, accepted: str, status: int
) -> None:
    """What is not accepted is a finding, status 1; what is accepted is listed with its reason."""
    file = tmp_path / "mine.py"
    file.write_text(FAULTY_FILE.replace("ACCEPTED", accepted), encoding="utf-8")

    done = CliRunner().invoke(main, ["lint", "mine", "--load", str(file)], catch_exceptions=False)
    data = CliRunner().invoke(
        main, ["lint", "mine", "--load", str(file), "--format", "json"], catch_exceptions=False
    )

    assert (done.exit_code, data.exit_code) == (status, status)
    assert "implied: Wherever a (authorisation) holds, b (authorisation) holds too." in done.stdout
    (row,) = json.loads(data.stdout)
    assert (row["ruleset"], row["kind"], row["where"]) == ("mine", "implied", "a")


def test_a_misspelt_ruleset_is_reported() -> None:
    """An unknown ruleset ends with status 2 and the nearest name."""
    done = CliRunner().invoke(main, ["lint", "amnety"], catch_exceptions=False)

    assert done.exit_code == 2
    assert "Did you mean 'amnesty'" in done.stderr
