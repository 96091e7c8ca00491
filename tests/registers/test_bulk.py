"""Rulesets over tables: each row comes to what ``assess`` says of the same facts."""

from __future__ import annotations

import datetime as dt
import itertools
import random
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, Literal

import attrs
import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.registers.row_equality import TOGETHER, differences, expected_result, result_of, shipped
from tests.registers.row_equality import drawn as drawn_rulesets
from tests.support.case_rows import frame_rows
from tests.support.drawing import fewer
from tests.support.shipped import CATALOGUE

from regcompare import UNKNOWN, Outcome, Ruleset, Scenario, UsageError
from regcompare.authoring import (
    CORE,
    FACTS_DATE,
    LAW_DATE,
    TRUE,
    Addressee,
    Choice,
    CodeSet,
    Condition,
    Constraint,
    Country,
    Instrument,
    Licence,
    Period,
    SetOf,
    Term,
    Transaction,
    Transition,
    Trigger,
    YesNo,
    all_of,
    any_of,
    section,
)
from regcompare.facts import Day, MemberSet, Same
from regcompare.logic.bitsets import AnswerBatch, Atoms
from regcompare.logic.conditions import Among, Holds
from regcompare.plugins.catalogue import Catalogue
from regcompare.program.force import applicable_law
from regcompare.program.lookahead import SLICE, evaluate
from regcompare.program.program import Program, program_for
from regcompare.program.signatures import signature_bitsets
from regcompare.ruleset.provisions import Provisions
from regcompare.ruleset.rules import Discretion, Interpretation, Rule
from regcompare.verdict.assess import chosen_readings
from regcompare.vocabulary import Assumption
from regcompare_registers import _batches
from regcompare_registers._bitsets import combinations_of, mask_of
from regcompare_registers._regimes import rule_ids
from regcompare_registers.columns import scenario_of_row
from regcompare_registers.frames import assess_frame

Colour = Literal["red", "green", "blue"]
Sign = Literal["star", "moon"]
ACT = Instrument("Toy Act", "An invented act", "nowhere, 2000")


@section("toy", "Toy")
class Toy:
    """Invented facts."""

    small: YesNo = YesNo("Is it small?")
    round: YesNo = YesNo("Is it round?", ordinary=False)
    loud: YesNo = YesNo("Is it loud?")
    soft: YesNo = YesNo("Is it soft?")
    colour: Choice[Colour] = Choice("Of which colour?", {"red": "r", "green": "g", "blue": "b"})
    inside: Choice[Colour] = Choice(
        "Inside?", {"red": "r", "green": "g", "blue": "b"}, ordinary=Same(colour)
    )
    signs: SetOf[Sign] = SetOf("Which signs?", {"star": "a star", "moon": "a moon"}, ordinary=())
    codes: CodeSet = CodeSet("Which codes?")
    made_in: Country = Country("Made where?")
    sold_in: Country = Country("Sold where?", ordinary=Same(made_in))
    made_on: Day = Day("Made when?")
    quiet: YesNo = YesNo("Is it quiet?", ordinary=Same(soft))
    printed: SetOf[Sign] = SetOf(
        "Which signs in print?", {"star": "a star", "moon": "a moon"}, ordinary=Same(signs)
    )
    marks: CodeSet = CodeSet("Which codes in print?", ordinary=Same(codes))
    used_in: Country = Country("Used where?", ordinary=Same(sold_in))
    seen_on: Day = Day("Seen when?", ordinary=Same(made_on))


VOCABULARY = CORE.with_sections(
    Toy,
    constraints=(
        Constraint("What is small and round is not loud.", Toy.small & Toy.round, ~Toy.loud),
        Constraint(
            "What is not loud is soft and green.", ~Toy.loud, Toy.soft & Toy.colour.is_in("green")
        ),
        Constraint("What is soft meets no code.", Toy.soft, ~Toy.codes.includes_any("*")),
        Constraint("What is red is listed.", Toy.colour.is_in("red"), Toy.codes.includes_any("5A001.f")),
        Constraint("What is small bears a moon.", Toy.small, Toy.signs.includes_any("moon")),
    ),
)
DOUBT = Interpretation(
    "doubt-1",
    ACT["1"],
    "Does loud mean loud?",
    readings={"yes": "Yes.", "no": "No."},
    default="yes",
    reason="It is the plain sense.",
)
POWER = Discretion(ACT["2"], "Was it used?", who=Addressee.AUTHORITY, id="power-1")
DAYS = [dt.date(2009, 5, 1), dt.date(2014, 5, 1), dt.date(2015, 1, 1), dt.date(2016, 5, 1), None]
TURNS = (dt.date(2010, 1, 1), dt.date(2015, 1, 1), dt.date(2016, 1, 1))

ATOMS: tuple[Condition, ...] = (
    Holds(Toy.small.asked()),
    Holds(Toy.round.asked()),
    Holds(Toy.loud.asked()),
    Holds(Toy.soft.asked()),
    Toy.colour.is_in("red"),
    Toy.colour.is_in("red", "green"),
    Toy.inside.is_in("blue"),
    Toy.signs.includes_any("star"),
    Toy.signs.includes_all("star", "moon"),
    Toy.codes.includes_any("5A001"),
    Toy.codes.includes_any("5A001.f!5A001.f.3"),
    Toy.codes.includes_any("/5A001.j", "4D004@2014"),
    Toy.codes.includes_any("?D"),
    Toy.made_in.is_in("FR", "DE"),
    Toy.sold_in.is_in("FR"),
    Holds(Toy.quiet.asked()),
    Toy.printed.includes_any("star"),
    Toy.marks.includes_any("5A001.f"),
    Toy.used_in.is_in("JP"),
    Toy.seen_on.on_or_after(TURNS[2]),
    DOUBT.is_read_as("yes"),
    POWER.__condition__(),
    *(FACTS_DATE.on_or_after(day) for day in TURNS),
    *(LAW_DATE.on_or_after(day) for day in TURNS),
    Toy.made_on.on_or_after(TURNS[1]),
    Licence.applied_on.on_or_after(TURNS[0]),
)


def conditions(depth: int = 3) -> st.SearchStrategy[Condition]:
    """Draws conditions over the invented facts."""
    return st.recursive(
        st.sampled_from(ATOMS),
        lambda inner: st.one_of(
            inner.map(lambda one: ~one),
            st.lists(inner, min_size=2, max_size=4).map(lambda parts: all_of(*parts)),
            st.lists(inner, min_size=2, max_size=4).map(lambda parts: any_of(*parts)),
            inner.map(lambda one: Term("term", ACT["2"], one)),
            st.tuples(inner, inner).map(lambda pair: DOUBT.choose(yes=pair[0], no=pair[1])),
        ),
        max_leaves=2**depth,
    )


@st.composite
def rules(draw: st.DrawFn, word: str, below: Sequence[Rule] = ()) -> tuple[Rule, ...]:
    """Draws rules in which later ones may override earlier ones, also of the base."""
    drawn: list[Rule] = []
    for number in range(draw(st.integers(1, 5))):
        earlier = [*below, *drawn]
        overrides = draw(st.lists(st.sampled_from(earlier), max_size=2, unique_by=id)) if earlier else []
        drawn.append(
            Rule(
                ACT[f"Art. {number + 1}"],
                "An invented rule.",
                when=draw(conditions()),
                then=draw(st.sampled_from(Outcome)),
                triggered_by=Trigger.ACT,
                overrides=tuple(overrides),
                states="somebody, by some standard",
                id=f"{word}-{number}" if draw(st.booleans()) else f"r-{number}",
            )
        )
    return tuple(drawn)


REFERENCE = st.sampled_from([dt.date(2012, 1, 1), dt.date(2020, 1, 1), "scenario"])
SCOPES = st.sampled_from([TRUE, Toy.made_in.is_in("FR", "JP"), ~Holds(Toy.soft.asked())])
PERIODS = st.sampled_from(
    [None, Period(None, TURNS[1]), Period(TURNS[0], None), Period(TURNS[1], TURNS[2])]
)


def ruleset(name: str, own: tuple[Rule, ...], **more: Any) -> Ruleset:
    """An invented ruleset."""
    options: dict[str, Any] = {
        "status": "law",
        "instruments": (ACT,),
        "reference_date": dt.date(2020, 1, 1),
        "covers": ("export", "brokering"),
        "vocabulary": VOCABULARY,
    }
    provisions = Provisions(own, interpretations=(DOUBT,), discretions=(POWER,))
    return Ruleset(name, name, provisions=provisions, **(options | more))


# A law is read as of a day on which it is in force, or on the day of each case.
PERIODS_AND_DAYS = st.tuples(PERIODS, REFERENCE).map(
    lambda pair: {
        "period": pair[0],
        "reference_date": pair[1]
        if pair[0] is None or not isinstance(pair[1], dt.date) or pair[1] in pair[0]
        else "scenario",
    }
)


@st.composite
def rulesets(draw: st.DrawFn) -> Ruleset:
    """Draws a law alone, a proposal on one of two laws, or laws side by side."""
    switch = draw(st.sampled_from([None, TURNS[1]]))
    old_rules, new_rules = draw(rules("old")), draw(rules("new"))
    old = ruleset(
        "old-law",
        old_rules,
        scope=draw(SCOPES),
        **draw(PERIODS_AND_DAYS),
        transition=Transition(switch, successor=False) if switch else None,
    )
    new = ruleset(
        "new-law",
        new_rules,
        scope=draw(SCOPES),
        **draw(PERIODS_AND_DAYS),
        transition=Transition(switch, successor=True) if switch else None,
    )
    shape = draw(st.sampled_from(["alone", "proposal", "beside"]))
    if shape == "alone":
        return old
    if shape == "beside":
        return old.combined_with(new)
    own = draw(rules("own", old_rules))
    reference = draw(REFERENCE)
    return ruleset("own", own, status="proposal", base=(old, new), reference_date=reference)


ANSWER = st.sampled_from([True, False, None, UNKNOWN])
COLOURS = st.sampled_from(["red", "green", "blue", None, None, UNKNOWN, Among({"red", "blue"})])
CODES = ("5A001.f", "5A001.f.3", "5A001", "4D004@2014", "5D001.c/5A001.j", "6A003")


def members(names: Sequence[str]) -> st.SearchStrategy[Any]:
    """Draws sets, open members among them."""
    halves = st.tuples(
        st.sets(st.sampled_from(names), max_size=2), st.sets(st.sampled_from(names), max_size=1)
    )
    return st.one_of(
        st.sampled_from([None, UNKNOWN]), halves.map(lambda two: MemberSet(two[0], two[1] - two[0]))
    )


SCENARIOS = st.builds(
    lambda toy, kind, date, applied, power: Scenario(
        id="drawn",
        date=date,
        transaction=Transaction(kind=kind),
        licence=Licence(applied_on=applied),
        more=(toy,),
        discretion={} if power is None else {"power-1": power},
    ),
    st.builds(
        Toy,
        small=ANSWER,
        round=ANSWER,
        loud=ANSWER,
        soft=ANSWER,
        colour=COLOURS,
        inside=COLOURS,
        signs=members(("star", "moon")),
        codes=members(CODES),
        made_in=st.sampled_from(
            ["FR", "JP", "DE", "NA", None, UNKNOWN, Among({"FR", "NA"}), Among({"JP", "DE"})]
        ),
        sold_in=st.sampled_from(["FR", "JP", None, UNKNOWN]),
        made_on=st.sampled_from(DAYS),
        quiet=st.sampled_from([None, None, True, UNKNOWN]),
        marks=st.sampled_from([None, None, UNKNOWN, MemberSet(["4A005"])]),
    ),
    st.sampled_from(["export", "export", "brokering", "import", None]),
    st.sampled_from(DAYS),
    st.sampled_from(DAYS),
    st.sampled_from([True, False, None]),
)


# what is compared ----------------------------------------------------------------------------------


def columns_of(scenarios: Sequence[Scenario]) -> dict[str, list[Any]]:
    """The scenarios as columns, numbered."""
    columns = frame_rows(scenarios, VOCABULARY)
    return {"number": list(range(len(scenarios))), **columns}


def typed(columns: dict[str, list[Any]]) -> pl.DataFrame:
    """A polars frame with native Booleans, days, categories and lists where the values allow it."""
    frame = pl.DataFrame(
        columns, schema_overrides={name: pl.String for name in columns if name != "number"}
    )
    words = {"yes": True, "no": False}
    for name in ("toy.small", "toy.round", "discretion:power-1"):
        if name in columns and set(columns[name]) <= {"yes", "no", None}:
            answers = [words.get(value) for value in columns[name]]
            frame = frame.with_columns(pl.Series(name, answers, pl.Boolean))
    for name in ("scenario.date", "licence.applied_on", "toy.made_on"):
        if name in columns and "unknown" not in columns[name]:
            frame = frame.with_columns(pl.col(name).str.to_date())
    if "toy.codes" in columns and "unknown" not in columns["toy.codes"]:
        lists = [
            None if text is None else [] if text == "none" else text.split("; ")
            for text in columns["toy.codes"]
        ]
        frame = frame.with_columns(pl.Series("toy.codes", lists, pl.List(pl.String)))
    return frame.with_columns(
        pl.col(name).cast(pl.Categorical) for name in ("toy.colour",) if name in columns
    )


def in_pandas(columns: dict[str, list[Any]]) -> pd.DataFrame:
    """A pandas frame of Python objects, with categories and days of its own."""
    frame = pd.DataFrame({name: pd.Series(values, dtype=object) for name, values in columns.items()})
    kinds = {"scenario.date": "datetime64[s]", "toy.colour": "category", "toy.made_in": "string"}
    return frame.astype({name: kind for name, kind in kinds.items() if name in columns})


def relation(table: pa.Table) -> Any:
    """A table of a DuckDB connection of its own."""
    connection = duckdb.connect()
    connection.register("register", table)
    return connection.table("register")


ENGINES: dict[str, Callable[[dict[str, list[Any]]], Any]] = {
    "polars": typed,
    "pandas": in_pandas,
    "pandas, Arrow": lambda columns: typed(columns).to_pandas(use_pyarrow_extension_array=True),
    "pyarrow": lambda columns: typed(columns).to_arrow(),
    "record batch": pa.RecordBatch.from_pydict,
    "DuckDB": lambda columns: relation(typed(columns).to_arrow()),
}
AS_OF = st.sampled_from([None, "scenario", dt.date(2012, 1, 1), dt.date(2017, 1, 1)])
READINGS = st.sampled_from([None, "open", {"doubt-1": "no"}])


LAYER = st.sampled_from(["ordinary", None])


def check(
    table: Any, drawn: Sequence[Scenario], ruleset: Ruleset, layer: Any = None, **options: Any
) -> None:
    """Asserts that every row comes to what its case comes to alone."""
    rows = assess_frame(table, ruleset, presume=layer, **options).to_pylist()
    for row, stated in zip(rows, drawn, strict=True):
        scenario = attrs.evolve(stated, presume=layer)
        want = expected_result(scenario, ruleset, **options)
        assert result_of(row, ruleset) == want, (scenario, row)
        assert (row["problem"] is not None) is (want["in_force"] is None)


@fewer(2)
@given(rulesets(), st.lists(SCENARIOS, min_size=12, max_size=30), AS_OF, READINGS, LAYER)
def test_each_row_is_the_assessment_of_its_case(
    drawn: Ruleset, rows: list[Scenario], as_of: Any, readings: Any, layer: Any
) -> None:
    """Random rulesets over random rows: each row equals ``assess``, look-ahead and all.

    Half of the rows share all but a few facts with another, so that some leave the same to decide.
    """
    rows += [attrs.evolve(one, more=[other.section(Toy)]) for one, other in itertools.pairwise(rows)]
    check(pa.table(columns_of(rows)), rows, drawn, layer, as_of=as_of, readings=readings)


@pytest.mark.parametrize(
    ("rows", "together"), [(500, (100,)), pytest.param(8_000, TOGETHER, marks=pytest.mark.thorough)]
)
def test_drawn_rows_of_shipped_rulesets(
    rows: int, together: Sequence[int], pytestconfig: pytest.Config
) -> None:
    """Gaps, contradictions, one_of, open readings and unknown dates: rows come to what their case does."""
    seed = int(pytestconfig.getoption("--hypothesis-seed") or random.SystemRandom().getrandbits(32))
    counts: Counter[str] = Counter()

    assert list(differences(shipped(seed), rows, seed, counts, together)) == [], f"seed {seed}"
    assert counts["rows"] >= rows


@pytest.mark.parametrize("number", [10, pytest.param(100, marks=pytest.mark.thorough)])
def test_drawn_rows_of_drawn_rulesets(number: int, pytestconfig: pytest.Config) -> None:
    """So do those of rulesets whose sets share members, with exclusions, overrides and constraints."""
    seed = int(pytestconfig.getoption("--hypothesis-seed") or random.SystemRandom().getrandbits(32))
    counts: Counter[str] = Counter()

    rows = 100 * number
    assert list(differences(drawn_rulesets(seed, number), rows, seed, counts, (100,))) == []
    assert counts["rows"] == rows, f"seed {seed}"


def drawn_rows(name: str, count: int, chance: random.Random) -> tuple[Program, AnswerBatch]:
    """Rows of answers to the questions of a shipped ruleset: gaps, one_of, sets that are partly open."""
    ruleset = CATALOGUE.ruleset(name)
    day = ruleset.reference_date
    assert isinstance(day, dt.date)
    law = applicable_law(ruleset, day, day, day)
    program = program_for(ruleset, law.concurrent, law.open_law)
    fixed: dict[str, Any] = {
        item.key: reading for item, reading in chosen_readings(ruleset, None).items()
    }
    fixed |= {LAW_DATE.key: day}

    def answer(place: int, key: str, gaps: float) -> Any:
        if key in fixed:
            return fixed[key]
        if chance.random() < gaps:
            return None
        if program.questions[key].member:
            return chance.random() < 0.05
        return chance.choice(program.cells[place]).answer

    drawn: list[list[Any]] = []
    for number in range(count):
        if number % 10:  # Like the row before but for a few answers.
            drawn.append(drawn[-1].copy())
            for place in chance.sample(range(len(program.keys)), 5):
                drawn[-1][place] = answer(place, program.keys[place], 0.5)
        else:
            gaps = chance.random()
            drawn.append([answer(place, key, gaps) for place, key in enumerate(program.keys)])
    return program, AnswerBatch.of(program.atoms, drawn)


@pytest.mark.parametrize(
    "name",
    [
        "eu-428-2009",
        pytest.param("eu-2021-821", marks=pytest.mark.thorough),
        pytest.param("amnesty", marks=pytest.mark.thorough),
    ],
)
def test_many_rows_are_evaluated_as_few_are(name: str, pytestconfig: pytest.Config) -> None:
    """A shipped ruleset over more drawn answers than are tried at once, and over some of them alone."""
    seed = int(pytestconfig.getoption("--hypothesis-seed") or random.SystemRandom().getrandbits(32))
    program, rows = drawn_rows(name, SLICE + 100, random.Random(seed))
    parts = [(first, rows.part(first, 150)) for first in (0, SLICE - 50)]
    all_of_them, contradictory = evaluate(program, rows)
    for first, part in parts:
        found, impossible = evaluate(program, part)
        assert contradictory >> first & part.mask == impossible, f"seed {seed}"
        possible = part.mask & ~impossible
        for half in ("certain", "possible"):
            bitsets = zip(getattr(all_of_them, half), getattr(found, half), strict=True)
            assert all(not (many >> first ^ few) & possible for many, few in bitsets), f"seed {seed}"


@pytest.mark.parametrize("name", ["eu-428-2009", "eu-2021-821", "amnesty"])
def test_rows_that_leave_the_same_to_decide_have_one_verdict(
    name: str, pytestconfig: pytest.Config
) -> None:
    """Rows that a table evaluates as one have the same truths when each is evaluated."""
    seed = int(pytestconfig.getoption("--hypothesis-seed") or random.SystemRandom().getrandbits(32))
    program, rows = drawn_rows(name, 1_000, random.Random(seed))
    told = signature_bitsets(program, rows)
    kinds, firsts, _ = combinations_of(told, rows.size)
    found, contradictory = evaluate(program, rows)
    assert len(firsts) < rows.size
    for bitset in (
        contradictory,
        *(each & ~contradictory for each in (*found.certain, *found.possible)),
    ):
        of_rows = mask_of(bitset, rows.size)
        assert (of_rows[firsts][kinds] == of_rows).all(), f"seed {seed}"


def test_rows_that_leave_other_questions_open_stay_apart() -> None:
    """Two rules are open in both rows, but only where the one open question decides both, a licence is sure."""
    blue = Toy.inside.is_in("blue")
    law = ruleset(
        "either",
        (
            attrs.evolve(LOUD, when=Toy.quiet & blue),
            attrs.evolve(STAR, when=blue & ~Holds(Toy.quiet.asked()), then=LOUD.then),
        ),
    )
    table = pa.table(
        {
            "transaction.kind": ["export"] * 3,
            "toy.inside": ["blue", None, None],
            "toy.quiet": [None, None, "yes"],
        }
    )

    rows = assess_frame(table, law).to_pylist()

    assert [row["either.low"] for row in rows] == [LOUD.then.word, "no_control", "no_control"]
    for row, stated in zip(rows, table.to_pylist(), strict=True):
        assert result_of(row, law) == expected_result(scenario_of_row(stated, VOCABULARY), law)


def test_sets_that_share_members_stay_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """A table notices if members of two sets with the same name are taken for one question."""
    law = ruleset(
        "shared",
        (
            attrs.evolve(LOUD, when=Toy.signs.includes_any("star") & ~Toy.printed.includes_any("star")),
            attrs.evolve(STAR, when=Toy.printed.includes_any("moon") & ~Toy.signs.includes_any("moon")),
        ),
    )
    halves = ["star", "moon", "?star", "?moon; star", "none", None]
    table = pa.table(
        {
            "transaction.kind": ["export"] * 36,
            "toy.signs": [first for first in halves for _ in halves],
            "toy.printed": halves * 6,
        }
    )

    def different() -> int:
        rows = assess_frame(table, law).to_pylist()
        cases = [scenario_of_row(row, VOCABULARY) for row in table.to_pylist()]
        pairs = zip(rows, cases, strict=True)
        return sum(result_of(row, law) != expected_result(case, law) for row, case in pairs)

    assert not different()

    merge = Atoms.literals_about

    def merged(atoms: Atoms, subject: str, answer: Any, truth: Any = None) -> Any:
        return merge(atoms, subject.replace("printed", "signs"), answer, truth)

    monkeypatch.setattr(Atoms, "literals_about", merged)
    assert different()


@pytest.mark.parametrize("engine", ENGINES)
def test_each_kind_of_table(engine: str) -> None:
    """Whatever holds the table and however its columns are typed, each row equals ``assess``."""

    @fewer(15)
    @given(rulesets(), st.lists(SCENARIOS, min_size=12, max_size=20), LAYER)
    def holds(drawn: Ruleset, rows: list[Scenario], layer: Any) -> None:
        check(ENGINES[engine](columns_of(rows)), rows, drawn, layer, as_of="scenario")

    holds()


@fewer(6)
@given(rulesets(), st.lists(SCENARIOS, min_size=3, max_size=20), st.integers(1, 5))
def test_batches_make_no_difference(drawn: Ruleset, rows: list[Scenario], size: int) -> None:
    """What is kept of earlier batches changes nothing: a table in pieces comes to the whole."""
    table = pa.table(columns_of(rows))
    whole = assess_frame(table, drawn)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_batches, "ROWS", size)
        assert assess_frame(table, drawn).to_pylist() == whole.to_pylist()


REGIMES = ("eu-428-2009", "eu-2021-821", "amnesty", "eu-law-2021", "eu-sanctions")


@pytest.mark.thorough
@pytest.mark.parametrize(
    "as_of",
    ["scenario", None, dt.date(2022, 6, 1)],
)
def test_documented_cases(catalogue: Catalogue, as_of: Any) -> None:
    """Every documented case as a row of a register comes to what it comes to alone.

    A register states a day or none: a case that is known to a month or a year is a row without a day.
    """
    cases = [case.on(case.date) for case in catalogue.scenarios()]
    regimes = [catalogue.ruleset(name) for name in REGIMES]
    for layer in (None, "ordinary"):
        alike = [case for case in cases if ("ordinary" in case.presume) is bool(layer)]
        if not alike:
            continue
        register = pa.table(frame_rows(alike, catalogue.vocabulary))
        rows = assess_frame(register, regimes, as_of=as_of, presume=layer).to_pylist()
        for case, row in zip(alike, rows, strict=True):
            for regime in regimes:
                want = expected_result(case, regime, as_of=as_of)
                assert result_of(row, regime) == want, (case, regime)


@pytest.mark.thorough
def test_a_register_as_offices_keep_them(catalogue: Catalogue) -> None:
    """Generated rows under three regimes: a sample of them equals ``assess``."""
    rows = pytest.importorskip("benchmarks.rows")
    table = pa.Table.from_batches(list(rows.register_batches(20_000)))
    regimes = [catalogue.ruleset(name) for name in REGIMES[:3]]

    done = assess_frame(table, regimes, presume="ordinary").to_pylist()

    for row in done[::97]:
        case = scenario_of_row(row, catalogue.vocabulary, presume="ordinary")
        for regime in regimes:
            assert result_of(row, regime) == expected_result(case, regime), row


# small tables, read closely ------------------------------------------------------------------------

LOUD = Rule(
    ACT["Art. 1"],
    "What is loud needs a licence.",
    when=Toy.loud,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.ACT,
)
STAR = Rule(
    ACT["Art. 2"],
    "What bears a star may not go.",
    when=Toy.signs.includes_any("star"),
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.ACT,
)
LISTED = Rule(
    ACT["Art. 3"],
    "What is listed must be notified.",
    when=Toy.codes.includes_any("5A001.f"),
    then=Outcome.NOTIFICATION,
    triggered_by=Trigger.ACT,
)
PLAIN = CORE.with_sections(
    Toy,
    constraints=(Constraint("What is small and round is not loud.", Toy.small & Toy.round, ~Toy.loud),),
)
SMALL = ruleset("small", (LOUD, STAR, LISTED), vocabulary=PLAIN)


def spans(frame: Any, rules: Ruleset = SMALL, **options: Any) -> list[str]:
    """The span of each row, in short."""
    rows = assess_frame(frame, rules, **options).to_pylist()
    return [f"{row[f'{rules.id}.low']}..{row[f'{rules.id}.high']}" for row in rows]


def exports(**columns: list[Any]) -> pl.DataFrame:
    """A register of exports about which little is open besides the columns given."""
    size = len(next(iter(columns.values())))
    closed = {"transaction.kind": "export", "toy.loud": "no", "toy.signs": "none", "toy.codes": "none"}
    named = {name.replace("__", ".").replace("_of_", ":"): values for name, values in columns.items()}
    return pl.DataFrame({name: [value] * size for name, value in closed.items()} | named, strict=False)


CLOSED, OPEN = "no_control..no_control", "no_control..authorisation"
LICENCE = "authorisation..authorisation"


def test_outcomes_are_ordered_categories() -> None:
    """An outcome is compared by severity, never by the alphabet, in whatever takes the table."""
    rows = {"transaction.kind": ["export"] * 3, "toy.loud": ["yes", "no", "no"]}
    rows["toy.signs"] = ["none", "star", "none"]
    low, strict = "small.low", [True, True, False]
    for frame in (
        pa.table(rows),
        pa.RecordBatch.from_pydict(rows),
        pd.DataFrame(rows),
        pl.DataFrame(rows),
    ):
        table = assess_frame(frame, SMALL)

        assert table.schema.field(low).type.ordered
        assert (table.to_pandas()[low] >= "authorisation").tolist() == strict
        assert (pl.DataFrame(table)[low] >= "authorisation").to_list() == strict
        assert pa.types.is_dictionary(table.schema.field("small.holds").type)


def test_any_table_with_the_pycapsule_interface() -> None:
    """A table of an unknown library that hands over an Arrow stream is read, and comes back as Arrow."""

    class Table:
        def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
            return pa.table({"toy.loud": ["yes"]}).__arrow_c_stream__(requested_schema)

    assert (
        assess_frame(Table(), SMALL, presumed={"transaction.kind": "export"}).to_pylist()[0]["small.low"]
        == "authorisation"
    )


def test_what_an_ordinary_transaction_assumes_under_a_condition() -> None:
    """A layer may assume an answer only under another; a table does so row by row."""
    vocabulary = VOCABULARY.with_sections(
        assumptions=(Assumption(Toy.loud, True, when=Toy.colour.is_in("red"), layer="ordinary"),)
    )
    law = ruleset("assuming", (LOUD,), vocabulary=vocabulary)
    table = pa.table(
        {
            "transaction.kind": ["export"] * 3,
            "toy.colour": ["red", "green", "red"],
            "toy.codes": ["5A001.f"] * 3,
            "toy.loud": [None, None, "no"],
            "toy.soft": ["no", None, None],
        }
    )

    for presume in ("ordinary", None):
        rows = assess_frame(table, law, presume=presume).to_pylist()
        for row, plain in zip(rows, table.to_pylist(), strict=True):
            case = scenario_of_row(plain, vocabulary, presume=presume)
            assert result_of(row, law) == expected_result(case, law)


def test_an_assumption_under_several_answers_goes_before_the_ordinary_answer() -> None:
    """Row by row as for a case: under all limbs nothing is presumed, nor of what copies it."""
    when = Toy.colour.is_in("red") & FACTS_DATE.on_or_after(dt.date(2020, 1, 1))
    vocabulary = VOCABULARY.with_sections(
        assumptions=(Assumption(Toy.signs, UNKNOWN, when=when, layer="ordinary"),)
    )
    printed = attrs.evolve(STAR, when=Toy.printed.includes_any("star"), id="printed")
    law = ruleset("assuming", (STAR, printed), vocabulary=vocabulary)
    table = pa.table(
        {
            "transaction.kind": ["export"] * 5,
            "scenario.date": ["2020-01-01", "2019-12-31", "2020-01-01", None, "2021-01-01"],
            "toy.colour": ["red", "red", "green", "red", "red"],
            "toy.signs": [None, None, None, None, "moon"],
        }
    )
    spans_found = []

    for presume in ("ordinary", None):
        rows = assess_frame(table, law, presume=presume).to_pylist()
        for row, plain in zip(rows, table.to_pylist(), strict=True):
            case = scenario_of_row(plain, vocabulary, presume=presume)
            assert result_of(row, law) == expected_result(case, law)
            spans_found.append(row["assuming.high"])

    assert spans_found[:5] == ["prohibition", "no_control", "no_control", "prohibition", "no_control"]


def test_what_counts_as_unknown() -> None:
    """Null, NaN, blank and unknown leave a fact open; yes and no are read in any case, spaces or not."""
    frame = exports(toy__loud=["yes", " NO ", "True", "", "  ", None, "unknown"])

    assert spans(frame) == [LICENCE, CLOSED, LICENCE, OPEN, OPEN, OPEN, OPEN]
    assert spans(exports(toy__loud=[float("nan")])) == [OPEN]


def test_a_missing_column_is_unknown() -> None:
    """A table without any fact leaves everything open, scope included; an empty one stays empty."""
    register = pl.DataFrame({"id": ["x"]})

    (row,) = assess_frame(register, SMALL).to_pylist()

    assert row == {
        "id": "x",
        "small.low": "no_control",
        "small.high": "prohibition",
        "small.class": "open",
        "small.needs_licence": "unknown",
        "small.must_be_refused": "unknown",
        "small.in_scope": "unknown",
        "small.in_force": "yes",
        "small.holds": "none",
        "small.open": "art-1; art-2; art-3",
        "problem": None,
    }
    for empty in (register.head(0), exports(toy__loud=["yes"]).head(0)):
        assert len(assess_frame(empty, SMALL)) == 0


def test_sets_in_columns() -> None:
    """Members stand in any order, separated by semicolon, comma or space; ? leaves one open."""
    sets = ["star", "moon; star", "moon,star", "moon star", "?star", "moon; ?star", "moon", "none"]
    stops, may = "prohibition..prohibition", "no_control..prohibition"

    assert spans(exports(toy__signs=sets)) == [stops, stops, stops, stops, may, may, CLOSED, CLOSED]


def test_presumptions() -> None:
    """Stated, then presumed, then ordinary; a stated unknown is not replaced."""
    frame = exports(toy__signs=["star", None, "unknown"])
    stops, may = "prohibition..prohibition", "no_control..prohibition"

    assert spans(frame) == [stops, may, may]
    assert spans(frame, presume="ordinary") == [stops, CLOSED, may]
    assert spans(frame, presume="ordinary", presumed={"toy.signs": "star; moon"}) == [stops, stops, may]
    assert spans(frame, presumed={"toy.signs": ["star"]}) == [stops, stops, may]


def test_ordinary_answers_that_copy_another_fact() -> None:
    """An ordinary answer copies what is stated of the other fact, and no unknown."""
    rules = ruleset("sold", (one_rule(Toy.sold_in.is_in("FR")),), vocabulary=PLAIN)
    frame = exports(toy__made_in=["FR", "DE", "unknown", None, "DE"], toy__sold_in=[None] * 4 + ["FR"])

    assert spans(frame, rules, presume="ordinary") == [LICENCE, CLOSED, OPEN, OPEN, LICENCE]
    assert spans(frame, rules) == [OPEN, OPEN, OPEN, OPEN, LICENCE]
    presumed = {"toy.made_in": "FR"}
    assert spans(frame, rules, presume="ordinary", presumed=presumed)[2:4] == [OPEN, LICENCE]


def test_constraints_follow_from_each_other() -> None:
    """What follows from one constraint sets off the next, forwards and backwards."""
    listed = ruleset("listed", (one_rule(Toy.codes.includes_any("5A001")),))
    frame = pl.DataFrame(
        {
            "transaction.kind": ["export"] * 3,
            "toy.small": ["yes", None, None],
            "toy.round": ["yes", None, None],
            "toy.colour": [None, "red", None],
        }
    )

    assert spans(frame, listed) == [CLOSED, LICENCE, OPEN]


def test_powers() -> None:
    """A column says how a power was used; the argument holds for the rows that do not say.

    A power to refuse counts as an authorisation, which may be refused.
    """
    rule = Rule(
        ACT["Art. 1"],
        "The power.",
        when=POWER,
        then=Outcome.REFUSAL,
        triggered_by=Trigger.ACT,
        states="x",
    )
    rules = ruleset("power", (rule,), vocabulary=PLAIN)
    frame = exports(toy__small=[None, None, None]).with_columns(
        pl.Series("discretion:power-1", ["yes", "no", None])
    )

    assert spans(frame, rules) == [LICENCE, CLOSED, OPEN]
    assert spans(frame, rules, discretion={"power-1": True})[2] == LICENCE
    assert spans(frame, rules, discretion={"power-1": False})[2] == CLOSED


@pytest.mark.parametrize(
    "kind", [pl.Date, pl.Datetime("us"), pl.Datetime("ms", "Asia/Tokyo"), pl.String]
)
def test_days(kind: Any) -> None:
    """Days are read from dates, from the date part of times, where they were told, and from text."""
    rule = Rule(
        ACT["Art. 1"],
        "Late.",
        when=FACTS_DATE.on_or_after(dt.date(2015, 1, 1)),
        then=Outcome.AUTHORISATION,
        triggered_by=Trigger.ACT,
    )
    late = pl.Series("scenario.date", ["2014-12-31", "2015-01-01", None])
    if kind != pl.String:
        times = late.str.to_datetime("%Y-%m-%d")
        zone = getattr(kind, "time_zone", None)
        late = times.dt.replace_time_zone(zone).cast(kind) if zone else times.cast(kind)
    frame = exports(toy__small=[None, None, None]).with_columns(late)

    tables = [frame, frame.to_arrow(), frame.to_pandas()]
    if getattr(kind, "time_zone", None) is None:  # DuckDB keeps no zone with a time.
        tables.append(relation(frame.to_arrow()))
    for table in tables:
        assert spans(table, ruleset("late", (rule,), vocabulary=PLAIN)) == [CLOSED, LICENCE, OPEN]


def test_contradictions() -> None:
    """A row whose facts break a constraint has no result, and says so."""
    frame = exports(toy__small=["yes", "yes"], toy__round=["yes", "no"]).with_columns(
        pl.Series("toy.loud", ["yes", "yes"]), pl.lit("moon").alias("toy.signs")
    )

    broken, sound = assess_frame(frame, SMALL).to_pylist()

    assert {broken[f"small.{name}"] for name in ("low", "high", "in_scope", "in_force", "holds")} == {
        None
    }
    assert (broken["problem"], sound["problem"]) == (
        "The facts toy.loud, toy.small, toy.round contradict each other. What is small and round is not loud.",
        None,
    )
    assert sound["small.low"] == "authorisation"


def test_what_is_carried_through() -> None:
    """The table's own columns stay in place, untouched."""
    frame = exports(toy__loud=["yes", "no"]).with_columns(
        pl.Series("a.b", [1, 2]), _gate_0=pl.lit("mine")
    )

    for table in (frame, frame.to_arrow(), frame.to_pandas(), relation(frame.to_arrow())):
        done = pl.DataFrame(assess_frame(table, SMALL))

        assert done.columns[: frame.width] == frame.columns
        assert done.select(frame.columns).equals(frame)


# rules ---------------------------------------------------------------------------------------------


def test_rules_are_reported_by_id() -> None:
    """The rules that hold and those that are open stand in the order of the text, as a set would."""
    frame = exports(toy__loud=["yes", None], toy__codes=["5A001.f.2", "none"])

    first, second = assess_frame(frame, SMALL).to_pylist()

    assert (first["small.holds"], first["small.open"]) == ("art-1; art-3", "none")
    assert (second["small.holds"], second["small.open"]) == ("none", "art-1")


def test_rules_of_base_and_proposal_with_one_id() -> None:
    """Where base and proposal have a rule with one id, the ruleset stands before it."""
    demand = Rule(
        ACT["Art. 1"], "All.", when=TRUE, then=Outcome.REFUSAL, triggered_by=Trigger.ACT, states="x"
    )
    proposal = ruleset("demands", (demand,), base=(SMALL,), status="proposal")

    assert list(rule_ids(proposal).values()) == ["demands/art-1", "small/art-1", "art-2", "art-3"]


# what is refused -----------------------------------------------------------------------------------


def message_of(frame: Any, rules: Any = SMALL, **options: Any) -> str:
    """What the refusal says."""
    with pytest.raises(UsageError) as raised:
        assess_frame(frame, rules, **options)
    return str(raised.value)


def test_bad_values_are_listed_together() -> None:
    """Every distinct value that is no answer is named with its column and what was expected."""
    frame = exports(
        toy__loud=["maybe", "1", "yes"],
        toy__signs=["sun", "star; star", "none; star"],
        toy__codes=["5a001", "5A001", "5A001 5A001.f."],
    )

    told = message_of(frame).splitlines()

    assert told[0] == "7 values of columns cannot be read:"
    assert sorted(told[1:-1]) == [
        "'1' is not an answer to toy.loud. Expected yes, no or unknown.",
        "'5A001.f.' is not a code of an entry for toy.codes. Expected members separated by ; such as "
        "first; second, each with a ? in front if it is open; none; or unknown. The members are codes "
        "such as 5A001.f.1, 4D004@2014 or 5D001.c/5A001.j.",
        "'5a001' is not a code of an entry for toy.codes. Expected members separated by ; such as "
        "first; second, each with a ? in front if it is open; none; or unknown. The members are codes "
        "such as 5A001.f.1, 4D004@2014 or 5D001.c/5A001.j. Did you mean '5A001'?",
        "'maybe' is not an answer to toy.loud. Expected yes, no or unknown.",
        "'none' is given as a member of toy.signs. Expected members separated by ; such as first; second, "
        "each with a ? in front if it is open; none; or unknown. The members are star, moon. Did you mean "
        "'none'?",
        "'sun' is not an answer to toy.signs. Expected members separated by ; such as first; second, "
        "each with a ? in front if it is open; none; or unknown. The members are star, moon.",
        "A member of toy.signs is named twice. Expected members separated by ; such as first; second, "
        "each with a ? in front if it is open; none; or unknown. The members are star, moon.",
    ]
    assert told[-1] == "Correct them, or use rc.screen, which sets such rows apart."


def test_wrong_numbers_and_types() -> None:
    """Numbers are no answers; the listing of bad values is cut off."""
    assert "1 is not an answer to toy.loud." in message_of(exports(toy__loud=[1, 0]))
    many = exports(toy__colour=[f"shade {n}" for n in range(60)])
    rules = ruleset("hue", (one_rule(Toy.colour.is_in("red")),), vocabulary=PLAIN)
    told = message_of(many, rules).splitlines()
    assert (len(told), told[-2]) == (53, "... and 10 more.")


def one_rule(when: Any) -> Rule:
    """A rule with one condition."""
    return Rule(
        ACT["Art. 9"], "A rule.", when=when, then=Outcome.AUTHORISATION, triggered_by=Trigger.ACT
    )


@pytest.mark.parametrize(
    ("column", "message"),
    [
        ("toy.lod", "Column 'toy.lod': there is no such fact. Did you mean 'toy.loud'?"),
        ("item.technolgy", "Column 'item.technolgy': there is no such fact. Did you mean 'item.technology'?"),
        ("scenario.day", "Column 'scenario.day': there is no such fact. Did you mean 'scenario.date'?"),
        ("toy.signs:stra", "Column 'toy.signs:stra': there is no such fact. Did you mean 'toy.signs'?"),
        ("discretion:power-2", "Column 'discretion:power-2': there is no such power. Did you mean 'discretion:power-1'?"),
        ("small.low", "The table has the column 'small.low' already, which would be added. Drop or rename it first."),
    ],
)  # fmt: skip
def test_columns_that_cannot_be_meant(column: str, message: str) -> None:
    """A column that looks like a fact and is none is refused, with the nearest name."""
    assert message_of(pl.DataFrame({column: ["yes"]})) == message


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"as_of": "2020"}, "as_of='2020' is not known. Expected a datetime.date, 'scenario' or None."),
        ({"presume": "all"}, "presume='all' is not known. Expected None or 'ordinary' or 'surveillance'."),
        ({"presumed": {"toy.lod": "yes"}}, "presumed: there is no fact 'toy.lod'. Did you mean 'toy.loud'?"),
        ({"presumed": {"toy.loud": "maybe"}}, "presumed: 'maybe' is not an answer to toy.loud. Expected yes, no or unknown."),
        ({"discretion": {"power-9": True}}, "discretion: no ruleset given has the power 'power-9'. Did you mean 'power-1'?"),
        ({"readings": {"doubt-2": "yes"}}, "There is no doubt 'doubt-2' in the comparison. Did you mean 'doubt-1'?"),
    ],
)  # fmt: skip
def test_options_that_do_not_exist(options: dict[str, Any], message: str) -> None:
    """What is asked for and does not exist is named, with what does."""
    assert message_of(exports(toy__loud=["yes"]), **options) == message


def test_rulesets_and_tables_that_are_none() -> None:
    """A dictionary, or the id of a ruleset, is answered with what to write instead."""
    frame = exports(toy__loud=["yes"])

    assert message_of({"toy.loud": ["yes"]}).startswith(
        "dict is not a table that can be read. Expected one of"
    )
    assert message_of(frame, "small").startswith(
        "'small' is not a ruleset. Expected one, or a list of them"
    )
    assert message_of(frame, []).startswith("No ruleset is given.")
    assert message_of(frame, [SMALL, SMALL]).startswith("The ruleset id 'small' is given twice.")


def test_tables_of_an_odd_shape() -> None:
    """Two columns of one name, lists where one answer belongs, and lists of lists are refused in words."""
    doubled = pd.DataFrame([["yes", "no"]], columns=["toy.loud", "toy.loud"])
    many = pd.DataFrame({"toy.loud": [["yes"], ["no"]]})
    nested = pl.DataFrame({"toy.signs": [[["star"]]]})

    assert message_of(doubled).startswith("the table: the column 'toy.loud' appears twice")
    assert message_of(many) == (
        "Column 'toy.loud' holds list<item: string>. Expected answers as text, yes/no or days; convert it "
        "first."
    )
    assert message_of(pl.DataFrame({"toy.loud": [["yes"]]})) == message_of(many)
    assert message_of(nested).startswith("Column 'toy.signs' holds list<item: list")


def test_lists_of_members() -> None:
    """A list is a closed set, an empty one nothing of the kind, and a null unknown."""
    lists = pl.Series("toy.signs", [["moon", "star"], [], ["?star"], None], pl.List(pl.String))
    frame = exports(toy__small=[None] * 4).with_columns(lists)
    stops, may = "prohibition..prohibition", "no_control..prohibition"

    for table in (frame, frame.to_arrow(), frame.to_pandas(), relation(frame.to_arrow())):
        assert spans(table) == [stops, CLOSED, may, may]


def test_python_objects_in_pandas() -> None:
    """A pandas column of Python objects may mix truth values, text, days and nulls."""
    frame = exports(toy__small=[None] * 4).to_pandas()
    frame["toy.loud"] = pd.Series([True, False, None, "yes"], dtype=object)

    assert spans(frame) == [LICENCE, CLOSED, OPEN, LICENCE]


@pytest.mark.thorough
def test_many_different_values() -> None:
    """A column of ever new answers is no reason to stop."""
    frame = exports(toy__codes=[f"5A001.f.{n}" for n in range(1, 10_000)] * 11)

    assert set(spans(frame)) == {"notification..notification"}


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        (pa.binary(), "binary"),
        (pa.map_(pa.string(), pa.string()), "map<string, string>"),
        (pa.duration("s"), "duration[s]"),
        (pa.time32("s"), "time32[s]"),
        (pa.struct([("a", pa.string())]), "struct<a: string>"),
    ],
)
def test_columns_that_hold_no_answers(kind: Any, message: str) -> None:
    """Binary data, maps and the like are refused in words, in a column that is asked about alone."""
    table = pa.table({"toy.loud": pa.nulls(2, kind), "transaction.kind": ["export"] * 2})

    assert message_of(table).startswith(f"Column 'toy.loud' holds {message}. Expected answers as text")
    assert assess_frame(table.rename_columns(["loud", "transaction.kind"]), SMALL).num_rows == 2


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pyarrow the refusal is the line to type."""
    for name in [name for name in sys.modules if name.startswith("regcompare_registers._")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pyarrow", None)

    assert message_of(exports(toy__loud=["yes"])).endswith("python -m pip install 'regcompare[frames]'")
