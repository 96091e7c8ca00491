"""Faulty definitions are refused where they are written, with the cure."""

from __future__ import annotations

import datetime as dt
import inspect
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest
from tests.support.offenders import of_each

from regcompare import DefinitionError, Outcome, Ruleset, UsageError
from regcompare.authoring import (
    CORE,
    LAW_DATE,
    Addressee,
    Choice,
    Country,
    DatedTable,
    Destination,
    DutyKind,
    EndUse,
    EndUser,
    EvidenceLevel,
    Instrument,
    Item,
    Period,
    Strength,
    Term,
    Transaction,
    Trigger,
    YesNo,
    section,
)
from regcompare.facts import Same
from regcompare.facts.sections import RESERVED, fields_of
from regcompare.law import Citation
from regcompare.logic.codes import code_matches, repaired_code
from regcompare.logic.conditions import Holds
from regcompare.logic.questions import PowerQuestion
from regcompare.ruleset.provisions import Provisions
from regcompare.ruleset.rules import Discretion, Duty, Interpretation, NoDuty, Rule
from regcompare.scenario.files._keys import ANNOTATION, LIKE, SCENARIO
from regcompare.vocabulary import sections

ACT = Instrument("Act", "An invented act", "nowhere")
EXPORT = Transaction.kind.is_in("export")


def rule(pinpoint: str = "Art. 1", **changes: Any) -> Rule:
    """An invented rule."""
    given: dict[str, Any] = {
        "when": EXPORT,
        "then": Outcome.AUTHORISATION,
        "triggered_by": Trigger.ACT,
    }
    return Rule(ACT[pinpoint], "An invented rule.", **(given | changes))


def ruleset(*rules: Rule, **changes: Any) -> Ruleset:
    """An invented ruleset."""
    given: dict[str, Any] = {
        "status": "law",
        "instruments": (ACT,),
        "reference_date": dt.date(2020, 1, 1),
        "provisions": Provisions(rules),
        "covers": ("export",),
    }
    names = changes.pop("id", "invented"), changes.pop("title", "Invented")
    return Ruleset(*names, **(given | changes))


def duty(**changes: Any) -> Duty:
    """An invented duty."""
    given: dict[str, Any] = {
        "kind": DutyKind.RECORDS,
        "addressee": Addressee.EXPORTER,
        "strength": Strength.MUST,
    }
    return Duty(ACT["Art. 9"], "An invented duty.", **(given | changes))


def declared(fact: Any) -> type:
    """A section with this one fact."""
    return section("odd", "Odd")(type("Odd", (), {"fact": fact}))


@section("oddities", "Oddities")
class Oddities:
    """A section that no vocabulary holds."""

    odd: YesNo = YesNo("Is it odd?")


FAULTY: list[tuple[Callable[[], Any], str]] = [
    (lambda: Item.technology == "facial_recognition", r"cannot be compared with ==.*is_in"),
    (Item.covert.__bool__, r"write &, \| and ~"),
    (lambda: not (EXPORT & Item.covert), r"Write &, \| and ~"),
    (lambda: EXPORT & True, r"True is not a condition"),
    (lambda: EXPORT & Item.technology, r"item.technology is not a condition"),
    (lambda: Item.technology.is_in("facial_recogniton"), r"Did you mean 'facial_recognition'"),  # type: ignore[arg-type]
    (Item.technology.is_in, r"names no answer"),
    (lambda: EndUse.concerns.includes_any("wmds"), r"Did you mean 'wmd'"),  # type: ignore[arg-type]
    (lambda: Item.annex_i_entry.includes_any("5a001"), r"is not a pattern of codes"),
    (lambda: Rule("Art. 1", "S.", when=EXPORT, then=Outcome.REFUSAL, triggered_by=Trigger.ACT), r"needs a citation first"),  # type: ignore[arg-type]
    (lambda: ACT[" "], r"needs a pinpoint"),
    (lambda: rule(then=Outcome.REFUSAL), r"must say who finds what, by which standard: review="),
    (lambda: rule(then=Outcome.SUSPENSION), r"until what it lasts: a clause in states="),
    (lambda: Rule(ACT["1"], "no stop", when=EXPORT, then=Outcome.AUTHORISATION, triggered_by=Trigger.ACT), r"full plain sentence"),
    (lambda: ruleset(rule(), rule()), r"names two provisions"),
    (lambda: ruleset(rule(id="a b")), r"is not a valid id"),
    (lambda: ruleset(id="Bad Id"), r"lower case with hyphens"),
    (lambda: ruleset(rule("Art. 2", overrides=rule())), r"which the ruleset leaves out"),
    (lambda: ruleset(rule(when=Oddities.odd)), r"'oddities.odd'. It has no section 'oddities'"),
    (lambda: ruleset(rule(when=Holds(PowerQuestion("art-9")))), r"power that the ruleset declares"),
    (lambda: ruleset(period=Period(dt.date(2020, 1, 2))), r"reference_date=2020-01-01 is outside its period, from 2020-01-02.*or 'scenario'"),
    (lambda: ruleset(cases=(Path("absent.yaml"),)), r"cases= names absent.yaml, which does not exist"),
    (lambda: ruleset().with_(rule(), id="invented"), r"A reform of invented cannot have the id 'invented'"),
    (lambda: ruleset(status="proposal", period=Period(dt.date(2020, 1, 1))), r"a proposal has no period"),
    (lambda: Period(dt.date(2020, 1, 2), dt.date(2020, 1, 1)), r"cannot end on 2020-01-01"),
    (lambda: CORE.with_sections(section("item", "Item")(type("Other", (), {}))), r"declared twice"),
    (lambda: section("x", "X")(type("X", (), {"__annotations__": {"a": "YesNo"}})), r"X.a has no fact"),
    (lambda: section("My facts", "X")(type("X", (), {})), r"is not a valid name for a section"),
    (lambda: rule(then="refusal"), r"Rule Act Art. 1: then= takes an Outcome \(NO_CONTROL, .*Did you mean 'Outcome.REFUSAL'"),
    (lambda: rule(triggered_by="fnding"), r"Did you mean 'Trigger.FINDING'"),
    (lambda: rule(checked="text"), r"Did you mean 'EvidenceLevel.TEXT'"),
    (lambda: rule(overrides="art-3"), r"overrides= takes the rule itself, or several, found 'art-3'"),
    (lambda: duty(kind="recrods"), r"Duty Act Art. 9: kind= .*found 'recrods'. Did you mean 'DutyKind.RECORDS'"),
    (lambda: duty(addressee="expoter"), r"Did you mean 'Addressee.EXPORTER'"),
    (lambda: duty(strength="must"), r"Did you mean 'Strength.MUST'"),
    (lambda: duty(breach=3), r"breach= takes a Breach .* or None, found 3"),
    (lambda: Discretion(ACT["1"], "Was it used?", who="autority"), r"Did you mean 'Addressee.AUTHORITY'"),  # type: ignore[arg-type]
    (lambda: NoDuty(ACT["1"], kind="remedy"), r"Did you mean 'DutyKind.REMEDY'"),  # type: ignore[arg-type]
    (lambda: Term("odd", ACT["1"], EXPORT, checked="txt"), r"Did you mean 'EvidenceLevel.TEXT'"),  # type: ignore[arg-type]
    (lambda: Instrument("", "An act", "nowhere"), r"name= takes a text, found ''"),
    (lambda: Instrument("Act", "An act", " "), r"reference= takes a text, found ' '"),
    (lambda: Citation("Act", "Art. 1"), r"instrument= takes an Instrument, found 'Act'"),  # type: ignore[arg-type]
    (lambda: ruleset(title=" "), r"title= takes a text, found ' '"),
    (lambda: ruleset(status="statute"), r"status= takes 'law' or 'proposal', found 'statute'"),
    (lambda: ruleset(covers=("exports",)), r"found 'exports'. Did you mean 'export'"),
    (lambda: ruleset(instruments=ACT), r"instruments= takes a tuple, found Instrument.*each an Instrument"),
    (lambda: ruleset(reference_date="2020-01-01"), r"reference_date= takes a day such as dt.date\(2020, 1, 31\) or 'scenario'"),
    (lambda: ruleset(base=(ACT,)), r"base= takes a Ruleset, found Instrument"),
    (lambda: Provisions([rule()]), r"rules= takes a tuple, found \[<Rule"),  # type: ignore[arg-type]
    (lambda: ruleset(provisions=rule()), r"provisions= takes the chapters of a text"),
    (lambda: ruleset().with_((rule(),)), r"is expected, such as a rule, .*or with \* before a list"),  # type: ignore[arg-type]
    (lambda: ruleset().with_(ruleset()), r"found <Ruleset invented.*combined_with"),  # type: ignore[arg-type]
    (lambda: ruleset().with_(rule(), of=rule()), r"with_\(\): ruleset= takes a Ruleset, found <Rule art-1>"),  # type: ignore[arg-type]
    (lambda: ruleset().on_base(rule()), r"on_base\(\): ruleset= takes a Ruleset, found <Rule art-1>"),  # type: ignore[arg-type]
    (lambda: ruleset().combined_with("other"), r"ruleset= takes a Ruleset, found 'other'"),  # type: ignore[arg-type]
    (lambda: ruleset().with_(rule("Art. 2", overrides=rule())), r"art-2 overrides art-1, which the ruleset leaves out; add it, or take"),
    (lambda: Period("2020"), r"Period: start= takes a day"),  # type: ignore[arg-type]
    (lambda: Period(dt.datetime(2020, 1, 1, tzinfo=dt.UTC)), r"Period: start= takes a day"),
    (lambda: LAW_DATE.on_or_after("2020-01-01"), r"law.as_of: day= takes a day"),  # type: ignore[arg-type]
    (lambda: declared(YesNo("Is it?", changed_by="no-one")), r"odd.fact: changed_by= takes 'designer', .*found 'no-one'"),  # type: ignore[arg-type]
    (lambda: declared(YesNo("Is it?", states="there {is} reason")), r"both ways in \{yes\|no\}.*found 'there \{is\} reason'"),
    (lambda: declared(YesNo(" ")), r"question= takes a text"),
    (lambda: declared(Choice("Which?", {"red": "red", "blue": "blue"}, ordinary="rde")), r"ordinary= is another answer: .*Did you mean 'red'"),
    (lambda: Choice("Which?", ["red"]), r"words= takes a Mapping"),  # type: ignore[arg-type]
    (lambda: Item.annex_i_entry.includes_any("5A001f"), r"Did you mean '5A001.f'"),
    (Item.annex_i_entry.includes_any, r"names no answer"),
    (lambda: Item.technology.is_in(["data_retention"]), r"Write the answers one by one, as in is_in\('a', 'b'\)"),  # type: ignore[arg-type]
    (lambda: Item.annex_i_entry.includes_any(["5A001"]), r"or a \* before a list"),  # type: ignore[arg-type]
]  # fmt: skip


@of_each(("define", "told"), FAULTY)
def test_a_faulty_definition_is_refused_with_the_cure(define: Callable[[], Any], told: str) -> None:
    """The error says what was found and what to write instead."""
    with pytest.raises(DefinitionError, match=told):
        define()


def test_a_doubt_needs_every_reading() -> None:
    """A condition that chooses by reading says something for each of them."""
    doubt = Interpretation(
        "d", ACT["1"], "Which?", readings={"a": "A.", "b": "B."}, default="a", reason="So."
    )

    with pytest.raises(DefinitionError, match="says nothing for b"):
        doubt.choose(a=EXPORT)
    with pytest.raises(DefinitionError, match="has no reading 'c'"):
        doubt.choose(a=EXPORT, b=EXPORT, c=EXPORT)


def test_a_misspelt_fact_names_the_nearest() -> None:
    """Asking a section for a fact that it lacks is answered with the nearest name."""
    with pytest.raises(AttributeError, match=r"Did you mean 'Item\.technology'"):
        _ = Item.tecnology  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("fact", "told"),
    [
        (Item.annex_i_entry, r"no 'is_not'; write \.includes_any\(\.\.\.\)\."),
        (EndUse.concerns, r"write \.includes_any\(\.\.\.\) or \.includes_all\(\.\.\.\)\."),
        (Item.technology, r"write \.is_in\(\.\.\.\)\."),
        (Item.covert, r"it is itself a condition"),
    ],
)
def test_a_fact_says_how_it_is_asked(fact: Any, told: str) -> None:
    """A method that a kind of fact lacks is answered with those that it has."""
    with pytest.raises(AttributeError, match=told):
        _ = fact.is_not


def test_a_misspelt_fact_of_a_case_names_the_nearest() -> None:
    """Stating a fact that a section lacks is answered with the nearest name, too."""
    with pytest.raises(UsageError, match=r"Item has no fact 'tecnology'\. Did you mean 'technology'"):
        Item(tecnology="data_retention")  # type: ignore[call-arg]


def test_a_section_is_made_as_its_signature_says() -> None:
    """Each fact by its name, and nothing else."""
    parameters = inspect.signature(Item).parameters

    assert [*parameters] == [*fields_of(Item)]
    assert {item.kind for item in parameters.values()} == {inspect.Parameter.KEYWORD_ONLY}
    with pytest.raises(TypeError, match="positional"):
        Item("data_retention")  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("5a001 f 1", "5A001.f.1"),
        ("5A001f", "5A001.f"),
        ("5A001F1", "5A001.f.1"),
        ("5A002a1a", "5A002.a.1.a"),
        ("6A003b4b@2014", "6A003.b.4.b@2014"),
        ("4d004@2014", "4D004@2014"),
        ("5d001.c/5a001.J", "5D001.c/5A001.j"),
        ("5A001.f", None),
        ("cameras", None),
    ],
)
def test_a_code_with_slips_is_repaired(text: str, meant: str | None) -> None:
    """Capitals, spaces and a missing dot do not hide which entry is meant."""
    assert repaired_code(text) == meant


def test_a_misspelt_fact_is_answered_once() -> None:
    """The interpreter adds no second suggestion to that of the message."""
    source = "from regcompare.vocabulary import Item; Item.tecnology"

    done = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=False)

    assert done.stderr.splitlines()[-1] == (
        "AttributeError: Item has no fact 'tecnology'. Did you mean 'Item.technology'?"
    )


@of_each(
    ("member", "pattern", "falls"),
    [
        ("5A001.f.1", "5A001.f", True),
        ("5A001.f.1", "5A001", True),
        ("5A001.fx", "5A001.f", False),
        ("5A0011", "5A001", False),
        ("5D001.c/5A001.j", "5A001.j", False),
        ("5D001.c/5A001.j", "/5A001.j", True),
        ("5D001.c/5A001.j", "5D001.c/5A001", True),
        ("4D004@2014", "4D004", True),
        ("4D004", "4D004@2014", False),
        ("4D004@2014", "4D004!4D004@2014", False),
        ("4E001.a/4D004@2014", "/4D004@2014", True),
        ("6D003", "?D", True),
        ("6E003", "?D", False),
        ("1C350", "*", True),
        ("1C350", "*!1C350", False),
        ("1C350.1", "*!1C350.2", True),
    ],
)
def test_codes_fall_under_patterns(member: str, pattern: str, falls: bool) -> None:
    """A pattern takes an entry and what is below it, by code, wording and parent."""
    assert code_matches(member, pattern) is falls


def test_a_table_row_without_source_is_refused(tmp_path: Path) -> None:
    """A row says where it stands and how it was checked, or the file and line are named."""
    file = tmp_path / "rows.csv"
    file.write_text("countries,start,end,source,checked\nFR,2010-01-01,,,text\n", encoding="utf-8")

    with pytest.raises(DefinitionError, match=r"rows.csv:2: the row cannot be used \(the source"):
        DatedTable.read(file, "rows", dt.date(2020, 1, 1))


def test_periods_are_half_open() -> None:
    """The first day counts, the end does not."""
    period = Period(dt.date(2010, 1, 1), dt.date(2011, 1, 1))

    assert dt.date(2010, 1, 1) in period
    assert dt.date(2011, 1, 1) not in period
    assert str(period) == "from 2010-01-01 to 2010-12-31"


def test_marks_have_an_order() -> None:
    """Unread is the weakest level, the text itself the strongest."""
    assert sorted(EvidenceLevel, key=lambda mark: mark.rank) == [
        EvidenceLevel.UNREAD,
        EvidenceLevel.INFERRED,
        EvidenceLevel.SECONDARY,
        EvidenceLevel.OFFICIAL,
        EvidenceLevel.OWN,
        EvidenceLevel.TEXT,
    ]


def test_ids_come_from_citations() -> None:
    """The id of a rule is its pinpoint; a demand keeps its number."""
    assert rule("Art. 5(1)").id == "art-5-1"
    assert rule("Art. 4(1)(b)").id == "art-4-1-b"
    assert rule("A02").id == "A02"


# names and copies ----------------------------------------------------------------------------------


def test_a_section_takes_no_key_of_a_file() -> None:
    """Every key of a scenario file is refused as the name of a section."""
    assert {*SCENARIO, *LIKE, *ANNOTATION} <= RESERVED

    for name in sorted(RESERVED):
        with pytest.raises(DefinitionError, match=f"'{name}' is taken by scenario files"):
            section(name, "Taken")


@pytest.mark.parametrize(
    ("copy", "told"),
    [
        (
            lambda: Country("Where?", ordinary=Same("destination.country")),  # type: ignore[arg-type]
            "original= takes a Fact, found 'dest",
        ),
        (
            lambda: Country("Where?", ordinary=Same(Destination.contry)),  # type: ignore[attr-defined]
            "Did you mean 'Destination.country",
        ),
        (lambda: Country("Where?", ordinary=Same(EndUser.kind)), "another kind \\(choice, not country"),
        (lambda: Country("Where?", ordinary=Same(Country("There?"))), "no section declares before it"),
        (
            lambda: Choice("What?", {"goods": "Goods"}, ordinary=Same(Item.form)),
            "copies item.form, whose answer 'software' it does not take",
        ),
    ],
)
def test_a_copy_fits_what_it_copies(copy: Callable[[], Any], told: str) -> None:
    """A copy of a misspelt fact, or of one of another kind or with other answers, is refused."""
    with pytest.raises((DefinitionError, AttributeError), match=told):
        section("toy", "Toy")(type("Toy", (), {"made": copy()}))


def test_each_answer_of_the_core_has_a_label() -> None:
    """The labels of the core's choices and sets are of just the answers that a checker of types knows."""
    held = {name: value for name, value in vars(sections).items() if not name.startswith("_")}
    known = [get_args(value) for value in held.values() if get_origin(value) is Literal]
    labelled = [tuple(value) for value in held.values() if isinstance(value, dict)]

    assert sorted(known) == sorted(labelled)
    assert len(known) > 10


def test_a_section_says_who_changes_its_facts() -> None:
    """A fact that names nobody takes whom its section names; without either, nobody changes it."""

    @section("lent", "Lent", changed_by="exporter")
    class Lent:
        back: YesNo = YesNo("Is it given back?")
        clean: YesNo = YesNo("Can it be cleaned?", changed_by="designer")

    @section("found", "Found")
    class Found:
        here: YesNo = YesNo("Was it here?")

    who = [fact.changed_by for fact in (Lent.back, Lent.clean, Found.here)]
    assert who == ["exporter", "designer", "nobody"]
