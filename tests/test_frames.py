"""Rulesets over tables: each row comes to what plain assessment says of the same facts."""

from __future__ import annotations

import datetime as dt
import itertools
import math
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.drawing import fewer

from regcompare import UNKNOWN, Outcome, Ruleset, Scenario, UsageError, assess
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
    Discretion,
    Instrument,
    Interpretation,
    Licence,
    MemberSet,
    Period,
    Provisions,
    Rule,
    SetOf,
    SetOffBy,
    Term,
    Transaction,
    Transition,
    YesNo,
    all_of,
    any_of,
    section,
)
from regcompare.conditions import Holds
from regcompare.facts import Day, Same
from regcompare.plugins import Catalogue
from regcompare.readings.frames import assess_frame, frame_rows, rule_ids, rules_in, rules_in_order
from regcompare.readings.frames.bitsets import WIDTH
from regcompare.readings.frames.gates import Circuit, Leaf

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

LEAVES: tuple[Condition, ...] = (
    Holds("toy.small"),
    Holds("toy.round"),
    Holds("toy.loud"),
    Holds("toy.soft"),
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
    Holds("toy.quiet"),
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
        st.sampled_from(LEAVES),
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
    """Draws rules in which later ones may lift earlier ones, also of the base."""
    drawn: list[Rule] = []
    for number in range(draw(st.integers(1, 5))):
        earlier = [*below, *drawn]
        lifts = draw(st.lists(st.sampled_from(earlier), max_size=2, unique_by=id)) if earlier else []
        drawn.append(
            Rule(
                ACT[f"Art. {number + 1}"],
                "An invented rule.",
                when=draw(conditions()),
                then=draw(st.sampled_from(Outcome)),
                set_off_by=SetOffBy.ACT,
                lifts=tuple(lifts),
                states="somebody, by some standard",
                id=f"{word}-{number}" if draw(st.booleans()) else f"r-{number}",
            )
        )
    return tuple(drawn)


REFERENCE = st.sampled_from([dt.date(2012, 1, 1), dt.date(2020, 1, 1), "scenario"])
SCOPES = st.sampled_from([TRUE, Toy.made_in.is_in("FR", "JP"), ~Holds("toy.soft")])
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


@st.composite
def rulesets(draw: st.DrawFn) -> Ruleset:
    """Draws a law alone, a proposal on one of two laws, or laws side by side."""
    switch = draw(st.sampled_from([None, TURNS[1]]))
    old_rules, new_rules = draw(rules("old")), draw(rules("new"))
    old = ruleset(
        "old-law",
        old_rules,
        scope=draw(SCOPES),
        period=draw(PERIODS),
        reference_date=draw(REFERENCE),
        transition=Transition(switch, successor=False) if switch else None,
    )
    new = ruleset(
        "new-law",
        new_rules,
        scope=draw(SCOPES),
        period=draw(PERIODS),
        reference_date=draw(REFERENCE),
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
COLOURS = st.sampled_from(["red", "green", "blue", None, None, UNKNOWN])
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
    lambda toy, kind, date, applied, presume, power: Scenario(
        id="drawn",
        date=date,
        presume=presume,
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
        made_in=st.sampled_from(["FR", "JP", "DE", "NA", None, UNKNOWN]),
        sold_in=st.sampled_from(["FR", "JP", None, UNKNOWN]),
        made_on=st.sampled_from(DAYS),
        quiet=st.sampled_from([None, None, True, UNKNOWN]),
        marks=st.sampled_from([None, None, UNKNOWN, MemberSet(["4A005"])]),
    ),
    st.sampled_from(["export", "export", "brokering", "import", None]),
    st.sampled_from(DAYS),
    st.sampled_from(DAYS),
    st.sampled_from(["ordinary", None]),
    st.sampled_from([True, False, None]),
)


# what is compared ----------------------------------------------------------------------------------

STATES = {True: "yes", False: "no", None: "unknown"}


def expected(scenario: Scenario, ruleset: Ruleset, **options: Any) -> dict[str, Any]:
    """The new cells of a row, from plain assessment."""
    try:
        verdict = assess(scenario, ruleset, look_ahead=False, **options)
    except UsageError:
        return dict.fromkeys(("low", "high", "in_scope", "in_force", "holds", "open"))
    there = verdict.span is not None
    return {
        "low": verdict.span.low.word if verdict.span else None,
        "high": verdict.span.high.word if verdict.span else None,
        "in_scope": STATES[verdict.in_scope],
        "in_force": STATES[verdict.in_force],
        "holds": {finding.rule for finding in verdict.holding} if there else None,
        "open": {finding.rule for finding in verdict.open} if there else None,
    }


def found(row: Mapping[str, Any], ruleset: Ruleset) -> dict[str, Any]:
    """The new cells of a row, with the bits read as rules."""
    cells = {name: row[f"{ruleset.id}.{name}"] for name in ("low", "high", "in_scope", "in_force")}
    order = rules_in_order(ruleset)
    for name in ("holds", "open"):
        columns = [f"{ruleset.id}.{name}", *(f"{ruleset.id}.{name}_{n}" for n in range(2, 9))]
        values = [row[column] for column in columns if column in row]
        if values[0] is None:
            cells[name] = None
        else:
            bits = sum(value << (WIDTH * place) for place, value in enumerate(values))
            cells[name] = {rule for place, rule in enumerate(order) if bits >> place & 1}
    return cells


def plain(value: Any) -> Any:
    """A cell as Python has it."""
    is_null = value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value))
    return None if is_null else value


def records(frame: Any) -> list[dict[str, Any]]:
    """The rows of a table of any kind, in the order of their numbers."""
    if isinstance(frame, pl.LazyFrame):
        frame = frame.collect()
    if isinstance(frame, pl.DataFrame):
        rows = frame.to_dicts()
    elif isinstance(frame, pd.DataFrame):
        rows = frame.to_dict("records")
    elif isinstance(frame, pa.Table):
        rows = frame.to_pylist()
    else:
        rows = frame.to_arrow_table().to_pylist()
    tidy = [{name: plain(value) for name, value in row.items()} for row in rows]
    return sorted(tidy, key=lambda row: row["number"]) if tidy and "number" in tidy[0] else tidy


def columns_of(scenarios: Sequence[Scenario]) -> dict[str, list[Any]]:
    """The scenarios as columns, numbered."""
    columns = frame_rows(scenarios, VOCABULARY)
    return {"number": list(range(len(scenarios))), **columns}


Engine = Callable[[dict[str, list[Any]]], Any]


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


def _pandas(columns: dict[str, list[Any]]) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(values, dtype=object) for name, values in columns.items()})


def _pandas_native(columns: dict[str, list[Any]]) -> pd.DataFrame:
    frame = _pandas(columns)
    words = {"yes": True, "no": False}
    for name in ("toy.small", "toy.loud"):
        if name in columns and set(columns[name]) <= {"yes", "no", None}:
            frame[name] = pd.array([words.get(value) for value in columns[name]], dtype="boolean")
    for name in ("scenario.date", "toy.made_on"):
        if name in columns:
            frame[name] = pd.to_datetime(frame[name])
    for name in ("toy.colour", "toy.signs"):
        if name in columns:
            frame[name] = frame[name].astype("category")
    for name in ("toy.made_in", "toy.codes"):
        if name in columns:
            frame[name] = frame[name].astype("string")
    return frame


def _relation(table: pa.Table) -> Any:
    connection = duckdb.connect()
    connection.register("register", table)
    return connection.table("register")


ENGINES: dict[str, Engine] = {
    "polars": typed,
    "polars-text": pl.DataFrame,
    "polars-lazy": lambda columns: typed(columns).lazy(),
    "pandas-object": _pandas,
    "pandas-native": _pandas_native,
    "pandas-arrow": lambda columns: (
        typed(columns)
        .with_columns(pl.col(pl.Categorical).cast(pl.String))
        .to_pandas(use_pyarrow_extension_array=True)
    ),
    "pyarrow": lambda columns: typed(columns).to_arrow(),
    "duckdb": lambda columns: _relation(typed(columns).to_arrow()),
}


def compare(
    engine: Engine,
    drawn: Sequence[Scenario],
    ruleset: Ruleset,
    options: Mapping[str, Any],
    plainly: Mapping[str, Any],
) -> None:
    """Asserts that every row comes to what plain assessment says."""
    rows = records(assess_frame(engine(columns_of(drawn)), ruleset, **options))

    for row, scenario in zip(rows, drawn, strict=True):
        want = expected(scenario, ruleset, **plainly)
        assert found(row, ruleset) == want, (scenario, row)
        assert row["contradiction"] is (want["in_force"] is None)


AS_OF = st.sampled_from([None, "scenario", dt.date(2012, 1, 1), dt.date(2017, 1, 1)])
READINGS = st.sampled_from([None, "open", {"doubt-1": "no"}])


@pytest.mark.parametrize("engine", ENGINES)
def test_each_row_is_the_plain_assessment(engine: str) -> None:
    """Random rulesets over random rows: on every engine each row equals plain assessment."""

    @fewer(3 if engine == "polars" else 15)
    @given(rulesets(), st.lists(SCENARIOS, min_size=12, max_size=30), AS_OF, READINGS)
    def holds(drawn: Ruleset, rows: list[Scenario], as_of: Any, readings: Any) -> None:
        options = {"as_of": as_of, "readings": readings}
        compare(ENGINES[engine], rows, drawn, options, options)

    holds()


@fewer(6)
@given(rulesets(), st.lists(SCENARIOS, min_size=1, max_size=20), st.data())
def test_rows_may_have_their_own_law(drawn: Ruleset, rows: list[Scenario], data: st.DataObject) -> None:
    """With a column of days, each row equals plain assessment under the law of its own day."""
    days = data.draw(st.lists(st.sampled_from(DAYS[:-1]), min_size=len(rows), max_size=len(rows)))
    columns = columns_of(rows) | {"law": days}

    told = records(assess_frame(pl.DataFrame(columns), drawn, as_of="law"))

    for row, scenario, day in zip(told, rows, days, strict=True):
        assert found(row, drawn) == expected(scenario, drawn, as_of=day)


@fewer(6)
@given(rulesets(), st.lists(SCENARIOS, min_size=1, max_size=20))
def test_plain_assessment_of_one_row_is_that_of_many(drawn: Ruleset, rows: list[Scenario]) -> None:
    """A row comes to the same alone as among others: no other row's values matter."""
    columns = columns_of(rows)
    together = records(assess_frame(pl.DataFrame(columns), drawn))
    first = pl.DataFrame(
        columns, schema_overrides={name: pl.String for name in columns if name != "number"}
    ).head(1)

    alone = records(assess_frame(first, drawn))

    assert found(alone[0], drawn) == found(together[0], drawn)


# gates ---------------------------------------------------------------------------------------------

SIZES = {"a": 3, "b": 2, "c": 4}
GATES = st.recursive(
    st.tuples(st.just("leaf"), st.sampled_from(sorted(SIZES)), st.integers(0, 15)),
    lambda below: st.one_of(
        st.tuples(st.just("not"), below),
        st.tuples(st.sampled_from(["and", "or"]), st.lists(below, max_size=5)),
    ),
    max_leaves=16,
)


def made(circuit: Circuit, drawn: Any) -> int:
    """The gate of a drawn expression."""
    word, *rest = drawn
    if word == "leaf":
        return circuit.leaf(*rest)
    if word == "not":
        return circuit.opposite(made(circuit, rest[0]))
    join = circuit.both if word == "and" else circuit.either
    return join(*(made(circuit, part) for part in rest[0]))


def meant(drawn: Any, row: Mapping[str, int]) -> bool:
    """The truth of a drawn expression where the columns are in these cells."""
    word, *rest = drawn
    if word == "leaf":
        column, cells = rest
        return bool(cells >> row[column] & 1)
    if word == "not":
        return not meant(rest[0], row)
    return (all if word == "and" else any)(meant(part, row) for part in rest[0])


def read_off(circuit: Circuit, gate: int, row: Mapping[str, int]) -> bool:
    """The truth of a gate where the columns are in these cells."""
    if gate < 2:
        return bool(gate)
    node = circuit.node(gate)
    if isinstance(node, Leaf):
        return bool(node.cells >> row[node.column] & 1)
    return (any if node.is_any else all)(read_off(circuit, part, row) for part in node.parts)


@given(GATES)
def test_gates_mean_what_they_are_made_of(drawn: Any) -> None:
    """However gates are joined and shortened, they hold in exactly the cells that were meant."""
    circuit = Circuit()
    circuit.every = {column: (1 << size) - 1 for column, size in SIZES.items()}

    gate = made(circuit, drawn)

    rows = [
        dict(zip(SIZES, cells, strict=True)) for cells in itertools.product(*map(range, SIZES.values()))
    ]
    assert [read_off(circuit, gate, row) for row in rows] == [meant(drawn, row) for row in rows]
    assert [read_off(circuit, circuit.opposite(gate), row) for row in rows] == [
        not meant(drawn, row) for row in rows
    ]


# the real regimes on the documented cases ----------------------------------------------------------

REGIMES = ("eu-428-2009", "eu-2021-821", "amnesty", "eu-law-2021", "eu-sanctions")


@pytest.mark.parametrize(
    "as_of",
    [
        "scenario",
        *(pytest.param(day, marks=pytest.mark.thorough) for day in (None, dt.date(2022, 6, 1))),
    ],
)
def test_documented_cases(catalogue: Catalogue, as_of: Any) -> None:
    """Every documented case as a row of a register comes to its plain assessment."""
    cases = catalogue.scenarios()
    regimes = [catalogue.ruleset(name) for name in REGIMES]
    register = pl.DataFrame(frame_rows(cases, catalogue.vocabulary))

    rows = records(assess_frame(register, regimes, as_of=as_of))

    for case, row in zip(cases, rows, strict=True):
        for regime in regimes:
            assert found(row, regime) == expected(case, regime, as_of=as_of), (case, regime)


# small tables, read closely ------------------------------------------------------------------------

LOUD = Rule(
    ACT["Art. 1"],
    "What is loud needs a licence.",
    when=Toy.loud,
    then=Outcome.AUTHORISATION,
    set_off_by=SetOffBy.ACT,
)
STAR = Rule(
    ACT["Art. 2"],
    "What bears a star may not go.",
    when=Toy.signs.includes_any("star"),
    then=Outcome.PROHIBITION,
    set_off_by=SetOffBy.ACT,
)
LISTED = Rule(
    ACT["Art. 3"],
    "What is listed must be notified.",
    when=Toy.codes.includes_any("5A001.f"),
    then=Outcome.NOTIFICATION,
    set_off_by=SetOffBy.ACT,
)
PLAIN = CORE.with_sections(
    Toy,
    constraints=(Constraint("What is small and round is not loud.", Toy.small & Toy.round, ~Toy.loud),),
)
SMALL = ruleset("small", (LOUD, STAR, LISTED), vocabulary=PLAIN)


def spans(frame: Any, rules: Ruleset = SMALL, **options: Any) -> list[str]:
    """The span of each row, in short."""
    rows = records(assess_frame(frame, rules, **options))
    return [f"{row[f'{rules.id}.low']}..{row[f'{rules.id}.high']}" for row in rows]


def exports(**columns: list[Any]) -> pl.DataFrame:
    """A register of exports about which little is open besides the columns given."""
    size = len(next(iter(columns.values())))
    closed = {"transaction.kind": "export", "toy.loud": "no", "toy.signs": "none", "toy.codes": "none"}
    named = {name.replace("__", ".").replace("_of_", ":"): values for name, values in columns.items()}
    return pl.DataFrame({name: [value] * size for name, value in closed.items()} | named, strict=False)


CLOSED, OPEN = "no_control..no_control", "no_control..authorisation"
LICENCE = "authorisation..authorisation"


def test_what_counts_as_unknown() -> None:
    """Null, NaN, blank and unknown leave a fact open; yes and no are read in any case, spaces or not."""
    frame = exports(toy__loud=["yes", " NO ", "True", "", "  ", None, "unknown"])

    assert spans(frame) == [LICENCE, CLOSED, LICENCE, OPEN, OPEN, OPEN, OPEN]
    assert spans(exports(toy__loud=[float("nan")])) == [OPEN]


def test_a_missing_column_is_unknown() -> None:
    """A table without any fact leaves everything open, scope included; an empty one stays empty."""
    register = pl.DataFrame({"id": ["x"]})

    (row,) = records(assess_frame(register, SMALL))

    assert row == {
        "id": "x",
        "small.low": "no_control",
        "small.high": "prohibition",
        "small.in_scope": "unknown",
        "small.in_force": "yes",
        "small.holds": 0,
        "small.open": 0b111,
        "contradiction": False,
    }
    for empty in (register.head(0), exports(toy__loud=["yes"]).head(0)):
        assert assess_frame(empty, SMALL).height == 0


def test_sets_in_columns() -> None:
    """Members stand in any order, separated by semicolon, comma or space; ? leaves one open."""
    sets = ["star", "moon; star", "moon,star", "moon star", "?star", "moon; ?star", "moon", "none"]
    stops, may = "prohibition..prohibition", "no_control..prohibition"

    assert spans(exports(toy__signs=sets)) == [stops, stops, stops, stops, may, may, CLOSED, CLOSED]


def test_columns_of_single_members() -> None:
    """A column for a member stands before that of the set; blank, it says nothing."""
    frame = exports(
        toy__signs=["none", "star", "star", None, None],
        toy__signs_of_star=["yes", "no", None, "no", None],
    )
    stops, may = "prohibition..prohibition", "no_control..prohibition"

    assert spans(frame) == [stops, CLOSED, stops, CLOSED, may]


def test_columns_of_single_codes() -> None:
    """A code that is met meets what stands above it; one that is not, leaves out what is below."""
    below = exports(**{"toy__codes": ["none", "none"], "toy__codes_of_5A001.f.1": ["yes", "no"]})
    above = exports(toy__codes=[None, None], toy__codes_of_5A001=["no", "yes"])
    must, may = "notification..notification", "no_control..notification"

    assert spans(below) == [must, CLOSED]
    assert spans(above) == [CLOSED, may]


def test_presumptions() -> None:
    """Stated, then presumed, then ordinary; a stated unknown is not replaced."""
    frame = exports(toy__signs=["star", None, "unknown"])
    stops, may = "prohibition..prohibition", "no_control..prohibition"

    assert spans(frame) == [stops, may, may]
    assert spans(frame, presume="ordinary") == [stops, CLOSED, may]
    assert spans(frame, presume="ordinary", presumed={"toy.signs": "star; moon"}) == [stops, stops, may]
    assert spans(frame, presumed={"toy.signs": ["star"]}) == [stops, stops, may]
    by_row = frame.with_columns(pl.Series("presume", [None, "ordinary", "ordinary"]))
    assert spans(by_row) == [stops, CLOSED, may]


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
    """A column says how a power was used; the argument holds for the rows that do not say."""
    rule = Rule(
        ACT["Art. 1"],
        "The power.",
        when=POWER,
        then=Outcome.REFUSAL,
        set_off_by=SetOffBy.ACT,
        states="x",
    )
    rules = ruleset("power", (rule,), vocabulary=PLAIN)
    frame = exports(toy__small=[None, None, None]).with_columns(
        pl.Series("discretion:power-1", ["yes", "no", None])
    )

    assert spans(frame, rules) == ["refusal..refusal", CLOSED, "no_control..refusal"]
    assert spans(frame, rules, discretion={"power-1": True})[2] == "refusal..refusal"
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
        set_off_by=SetOffBy.ACT,
    )
    late = pl.Series("scenario.date", ["2014-12-31", "2015-01-01", None])
    if kind != pl.String:
        times = late.str.to_datetime("%Y-%m-%d")
        zone = getattr(kind, "time_zone", None)
        late = times.dt.replace_time_zone(zone).cast(kind) if zone else times.cast(kind)
    frame = exports(toy__small=[None, None, None]).with_columns(late)

    tables = [frame, frame.to_arrow(), frame.to_pandas()]
    if getattr(kind, "time_zone", None) is None:  # DuckDB keeps no zone with a time.
        tables.append(_relation(frame.to_arrow()))
    for table in tables:
        assert spans(table, ruleset("late", (rule,), vocabulary=PLAIN)) == [CLOSED, LICENCE, OPEN]


def test_contradictions() -> None:
    """A row whose facts break a constraint has no result, and says so."""
    frame = exports(toy__small=["yes", "yes"], toy__round=["yes", "no"]).with_columns(
        pl.Series("toy.loud", ["yes", "yes"]), pl.lit("moon").alias("toy.signs")
    )

    broken, sound = records(assess_frame(frame, SMALL))

    assert {broken[f"small.{name}"] for name in ("low", "high", "in_scope", "in_force", "holds")} == {
        None
    }
    assert (broken["contradiction"], sound["contradiction"]) == (True, False)
    assert sound["small.low"] == "authorisation"


def test_what_is_carried_through() -> None:
    """The table's own columns stay in place, untouched, and it stays of its kind, eager or lazy."""
    frame = exports(toy__loud=["yes", "no"]).with_columns(
        pl.Series("a.b", [1, 2]), _gate_0=pl.lit("mine")
    )

    done = assess_frame(frame, SMALL)

    assert done.columns[: frame.width] == frame.columns
    assert done.select(frame.columns).equals(frame)
    assert isinstance(assess_frame(frame.lazy(), SMALL), pl.LazyFrame)
    labelled = frame.to_pandas().set_index(pd.Index(["p", "q"]))
    assert list(assess_frame(labelled, SMALL).index) == ["p", "q"]
    assert str(assess_frame(labelled, SMALL)["small.holds"].dtype) == "Int64"


# bits ----------------------------------------------------------------------------------------------


def test_bits() -> None:
    """Bits tell which rules hold and which are open, in the order of the text."""
    frame = exports(toy__loud=["yes", None], toy__codes=["5A001.f.2", "none"])

    first, second = records(assess_frame(frame, SMALL))

    assert rule_ids(SMALL) == ("art-1", "art-2", "art-3")
    assert rules_in(first["small.holds"], SMALL) == ("art-1", "art-3")
    assert rules_in(second["small.open"], SMALL) == ("art-1",)
    assert rules_in(None, SMALL) == ()
    with pytest.raises(UsageError, match=r"8 are no bits of rules of small, which has 3\."):
        rules_in(8, SMALL)


def test_many_rules_take_further_columns() -> None:
    """More rules than one whole number holds go into columns with a number."""
    own = tuple(
        Rule(
            ACT[f"Art. {n}"],
            "A rule.",
            when=Toy.loud if n % 7 else Toy.small,
            then=Outcome.AUTHORISATION,
            set_off_by=SetOffBy.ACT,
        )
        for n in range(1, 131)
    )
    rules = ruleset("many", own, vocabulary=PLAIN)
    frame = exports(toy__loud=["yes"], toy__small=[None])

    for table in (frame, frame.to_pandas(), frame.to_arrow()):
        (row,) = records(assess_frame(table, rules))
        holds = [row["many.holds"], row["many.holds_2"], row["many.holds_3"]]
        left_open = [row["many.open"], row["many.open_2"], row["many.open_3"]]
        assert rules_in(holds, rules) == tuple(f"art-{n}" for n in range(1, 131) if n % 7)
        assert rules_in(left_open, rules) == tuple(f"art-{n}" for n in range(1, 131) if not n % 7)


def test_rules_of_base_and_proposal_with_one_id() -> None:
    """Where base and proposal have a rule with one id, the ruleset stands before it."""
    demand = Rule(
        ACT["Art. 1"], "All.", when=TRUE, then=Outcome.REFUSAL, set_off_by=SetOffBy.ACT, states="x"
    )
    proposal = ruleset("demands", (demand,), base=(SMALL,), status="proposal")

    assert rule_ids(proposal) == ("demands/art-1", "small/art-1", "art-2", "art-3")


# what is refused -----------------------------------------------------------------------------------


def refused(frame: Any, rules: Any = SMALL, **options: Any) -> str:
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

    told = refused(frame).splitlines()

    assert told[0] == "7 values of columns cannot be read:"
    assert sorted(told[1:-1]) == [
        "Column 'toy.codes', '5A001 5A001.f.': '5A001.f.' is not a code of an entry for toy.codes. Expected "
        "members separated by ; such as first; second, each with a ? in front where it is left open; "
        "none; or unknown. The members are codes such as 5A001.f.1, 4D004@2014 or 5D001.c/5A001.j.",
        "Column 'toy.codes', '5a001': '5a001' is not a code of an entry for toy.codes. Expected members "
        "separated by ; such as first; second, each with a ? in front where it is left open; none; or "
        "unknown. The members are codes such as 5A001.f.1, 4D004@2014 or 5D001.c/5A001.j. Did you mean "
        "'5A001'?",
        "Column 'toy.loud', '1': '1' is not an answer to toy.loud. Expected yes, no or unknown.",
        "Column 'toy.loud', 'maybe': 'maybe' is not an answer to toy.loud. Expected yes, no or unknown.",
        "Column 'toy.signs', 'none; star': 'none' is given as a member of toy.signs. Expected none, and "
        "nothing else.",
        "Column 'toy.signs', 'star; star': A member of toy.signs is named twice. Expected members "
        "separated by ; such as first; second, each with a ? in front where it is left open; none; or "
        "unknown.",
        "Column 'toy.signs', 'sun': 'sun' is not an answer to toy.signs. Expected members separated by ; "
        "such as first; second, each with a ? in front where it is left open; none; or unknown. The "
        "members are star, moon.",
    ]
    assert (
        told[-1] == "Mend them, or pass on_bad='mark' to take them for unknown and to have them named."
    )


@pytest.mark.parametrize("engine", ["polars", "pandas", "pyarrow", "duckdb"])
def test_bad_values_can_be_marked(engine: str) -> None:
    """Marked, a bad value is a stated unknown, and the row names its column and the value."""
    frame = exports(toy__loud=["maybe", "yes", None], toy__signs=["sun", "star", None])
    numbered = frame.with_columns(number=pl.int_range(3))
    tables = {"polars": numbered, "pandas": numbered.to_pandas(), "pyarrow": numbered.to_arrow()}
    table = tables.get(engine, _relation(numbered.to_arrow()))

    rows = records(assess_frame(table, SMALL, on_bad="mark", presume="ordinary"))

    assert [row["problem"] for row in rows] == ["toy.loud: maybe; toy.signs: sun", None, None]
    assert [row["small.high"] for row in rows] == ["prohibition", "prohibition", "authorisation"]
    sound = assess_frame(numbered.drop("toy.loud", "toy.signs"), SMALL, on_bad="mark")
    assert sound["problem"].to_list() == [None, None, None]


def test_wrong_numbers_and_types() -> None:
    """Numbers are no answers; the listing of bad values is cut off."""
    assert "Column 'toy.loud', 1: 1 is not an answer to toy.loud." in refused(exports(toy__loud=[1, 0]))
    many = exports(toy__colour=[f"shade {n}" for n in range(60)])
    rules = ruleset("hue", (one_rule(Toy.colour.is_in("red")),), vocabulary=PLAIN)
    told = refused(many, rules).splitlines()
    assert (len(told), told[-2]) == (53, "... and 10 more.")


def one_rule(when: Any) -> Rule:
    """A rule with one condition."""
    return Rule(ACT["Art. 9"], "A rule.", when=when, then=Outcome.AUTHORISATION, set_off_by=SetOffBy.ACT)


@pytest.mark.parametrize(
    ("column", "told"),
    [
        ("toy.lod", "Column 'toy.lod': there is no fact 'toy.lod'. Did you mean 'toy.loud'?"),
        ("item.technolgy", "Column 'item.technolgy': there is no fact 'item.technolgy'. Did you mean 'item.technology'?"),
        ("scenario.day", "Column 'scenario.day': there is no fact 'scenario.day'. Did you mean 'scenario.date'?"),
        ("toy.signs:stra", "Column 'toy.signs:stra': 'stra' is no member of toy.signs. Did you mean 'toy.signs:star'?"),
        ("toy.loud:star", "Column 'toy.loud:star': toy.loud is no set."),
        ("discretion:power-2", "Column 'discretion:power-2': there is no power 'power-2'. Did you mean 'discretion:power-1'?"),
        ("small.low", "The table has the column 'small.low' already, which would be added. Drop or rename it first."),
    ],
)  # fmt: skip
def test_columns_that_cannot_be_meant(column: str, told: str) -> None:
    """A column that looks like a fact and is none is refused, with the nearest name."""
    assert refused(pl.DataFrame({column: ["yes"]})) == told


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"as_of": "2020"}, "as_of='2020' is neither a datetime.date, nor 'scenario', nor a column of the table."),
        ({"as_of": "toy.loud"}, "as_of='toy.loud' names a column that holds no days. Expected a column of days."),
        ({"presume": "all"}, "presume='all' is not known. Expected None or 'ordinary'."),
        ({"on_bad": "skip"}, "on_bad='skip' is not known. Expected 'raise' or 'mark'."),
        ({"presumed": {"toy.lod": "yes"}}, "presumed: there is no fact 'toy.lod'. Did you mean 'toy.loud'?"),
        ({"presumed": {"toy.loud": "maybe"}}, "presumed: 'maybe' is not an answer to toy.loud. Expected yes, no or unknown."),
        ({"discretion": {"power-9": True}}, "discretion: no ruleset given has the power 'power-9'. Did you mean 'power-1'?"),
        ({"readings": {"doubt-2": "yes"}}, "small has no doubt 'doubt-2'. Did you mean 'doubt-1'?"),
    ],
)  # fmt: skip
def test_options_that_do_not_exist(options: dict[str, Any], told: str) -> None:
    """What is asked for and does not exist is named, with what does."""
    assert refused(exports(toy__loud=["yes"]), **options) == told


def test_rulesets_and_tables_that_are_none() -> None:
    """A dictionary, or the id of a ruleset, is answered with what to write instead."""
    frame = exports(toy__loud=["yes"])

    assert refused({"toy.loud": ["yes"]}).startswith(
        "dict is not a table that can be read. Expected a data"
    )
    assert refused(frame, "small").startswith(
        "'small' is not a ruleset. Expected one, or a list of them"
    )
    assert refused(frame, []).startswith("No ruleset is given.")
    assert refused(frame, [SMALL, SMALL]).startswith("The ruleset id 'small' is given twice.")


def test_tables_of_an_odd_shape() -> None:
    """Two columns of one name, lists where one answer belongs, and lists of lists are refused in words."""
    doubled = pd.DataFrame([["yes", "no"]], columns=["toy.loud", "toy.loud"])
    many = pd.DataFrame({"toy.loud": [["yes"], ["no"]]})
    nested = pl.DataFrame({"toy.signs": [[["star"]]]})

    assert refused(doubled).startswith("Two columns of the table have one name.")
    assert refused(many) == "Column 'toy.loud' holds lists or the like. Expected one answer in each row."
    assert refused(pl.DataFrame({"toy.loud": [["yes"]]})) == refused(many)
    assert refused(nested).startswith("Column 'toy.signs' holds structures or lists of lists.")


def test_lists_of_members() -> None:
    """A list is a closed set, an empty one nothing of the kind, and a null unknown."""
    lists = pl.Series("toy.signs", [["moon", "star"], [], ["?star"], None], pl.List(pl.String))
    frame = exports(toy__small=[None] * 4).with_columns(lists)
    stops, may = "prohibition..prohibition", "no_control..prohibition"

    for table in (frame, frame.lazy(), frame.to_arrow(), frame.to_pandas(), _relation(frame.to_arrow())):
        assert spans(table) == [stops, CLOSED, may, may]


def test_python_objects_in_pandas() -> None:
    """A pandas column of Python objects may mix truth values, text, days and nulls."""
    frame = exports(toy__small=[None] * 4).to_pandas()
    frame["toy.loud"] = pd.Series([True, False, None, "yes"], dtype=object)

    assert spans(frame) == [LICENCE, CLOSED, OPEN, LICENCE]


def test_too_many_different_values() -> None:
    """A column of ever new values holds no answers, and is not read to its end."""
    frame = exports(toy__codes=[f"5A001.{n:x}" for n in range(100_001)])

    assert refused(frame).startswith("Column 'toy.codes' has more than 100,000 distinct values")


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without narwhals the refusal is the line to type."""
    monkeypatch.setitem(sys.modules, "narwhals", None)

    assert refused(object()).endswith("python -m pip install 'regcompare[frames]'")
