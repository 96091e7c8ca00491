"""Which law applies is an unknown like any other: the result holds on every day that can be."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Sequence
from typing import Any, Literal

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.case_rows import frame_rows
from tests.needed import needed
from tests.oracle import World, ruling
from tests.shipped import CATALOGUE

from regcompare import Outcome, Ruleset, Scenario, UsageError, assess
from regcompare.authoring import (
    FACTS_DATE,
    LAW_DATE,
    TRUE,
    Condition,
    Destination,
    EndUser,
    Exporter,
    Instrument,
    Item,
    Licence,
    Period,
    Term,
    Transaction,
    Transition,
    Trigger,
    all_of,
    any_of,
)
from regcompare.facts import MemberSet
from regcompare.ruleset.provisions import Provisions
from regcompare.ruleset.rules import Rule
from regcompare.views.gates import why
from regcompare.views.sentences import verdict_sentence

ACT = Instrument("Toy Act", "An invented act", "nowhere, 2000")
TURNS = (dt.date(2010, 1, 1), dt.date(2015, 1, 1), dt.date(2020, 1, 1))
DAYS = (*(day - dt.timedelta(days=1) for day in TURNS), *TURNS, dt.date(2022, 1, 1))
"""A day on either side of each threshold: every other day is equivalent to one of these."""
AsOf = dt.date | Literal["scenario"] | None

# rulesets drawn: laws with periods, a switch between them, proposals, laws side by side -----------------

YES_NO: tuple[Condition, ...] = (Item.covert.__condition__(), Item.dual_use.__condition__())
LEAVES: tuple[Condition, ...] = (
    *YES_NO,
    Destination.country.is_in("FR"),
    Item.annex_i_entry.includes_any("5A001"),
    Item.annex_i_entry.includes_any("5A004"),
    *(day.on_or_after(turn) for day in (FACTS_DATE, LAW_DATE, Licence.applied_on) for turn in TURNS),
    # Rows of a dated table: an entry listed for a time.
    Term(
        "row 1",
        ACT["I"],
        Item.annex_i_entry.includes_any("5A001") & Period(*TURNS[:2]).holds_on(LAW_DATE),
    ),
    Term("row 2", ACT["I"], Item.annex_i_entry.includes_any("5A004") & LAW_DATE.on_or_after(TURNS[1])),
)
PERIODS = (
    None,
    Period(None, TURNS[1]),
    Period(TURNS[0], TURNS[1]),
    Period(TURNS[1]),
    Period(*TURNS[1:]),
)


def conditions() -> st.SearchStrategy[Condition]:
    """Draws conditions in which every other question is about a day."""
    return st.recursive(
        st.sampled_from(LEAVES),
        lambda inner: st.one_of(
            inner.map(lambda one: ~one),
            st.lists(inner, min_size=2, max_size=3).map(lambda parts: all_of(*parts)),
            st.lists(inner, min_size=2, max_size=3).map(lambda parts: any_of(*parts)),
        ),
        max_leaves=5,
    )


@st.composite
def rules(draw: st.DrawFn, mark: str, below: Sequence[Rule] = ()) -> tuple[Rule, ...]:
    """Draws rules, of which later ones may override earlier ones and those of the base."""
    drawn: list[Rule] = []
    for number in range(draw(st.integers(1, 3))):
        earlier = [*below, *drawn]
        lifts = draw(st.lists(st.sampled_from(earlier), max_size=2, unique_by=id)) if earlier else []
        drawn.append(
            Rule(
                ACT[f"{mark} {number + 1}"],
                "An invented rule.",
                when=draw(conditions()),
                then=draw(st.sampled_from(Outcome)),
                triggered_by=Trigger.ACT,
                lifts=tuple(lifts),
                states="somebody, by some standard",
                id=f"{mark}-{number + 1}",
            )
        )
    return tuple(drawn)


def ruleset(name: str, rules: tuple[Rule, ...], **changes: Any) -> Ruleset:
    """An invented ruleset."""
    options: dict[str, Any] = {"status": "law", "instruments": (ACT,), "covers": ("export",)} | changes
    return Ruleset(name, name, provisions=Provisions(rules), **options)


@st.composite
def rulesets(draw: st.DrawFn) -> Ruleset:
    """Draws a law alone, a proposal on one of two laws, or laws side by side."""
    switch = draw(st.sampled_from([None, TURNS[1]]))
    old_rules, new_rules = draw(rules("old")), draw(rules("new"))
    periods = draw(st.sampled_from(PERIODS)), draw(st.sampled_from(PERIODS))
    old, new = (
        ruleset(
            name,
            own,
            scope=draw(st.sampled_from([TRUE, ~Item.dual_use])),
            period=period,
            reference_date=draw(
                st.sampled_from([*(day for day in DAYS if not period or day in period), "scenario"])
            ),
            transition=Transition(switch, successor=name == "new") if switch else None,
        )
        for name, own, period in zip(("old", "new"), (old_rules, new_rules), periods, strict=True)
    )
    shape = draw(st.sampled_from(["old", "new", "proposal", "beside"]))
    if shape == "beside":
        return old.combined_with(new)
    if shape != "proposal":
        return old if shape == "old" else new
    reference = draw(st.sampled_from([*DAYS, "scenario"]))
    own = draw(rules("own", (*old_rules, *new_rules)))
    return ruleset("own", own, status="proposal", base=(new, old), reference_date=reference)


ENTRIES = (MemberSet(), MemberSet(["5A001"]), MemberSet(["5A004"]), MemberSet(["5A001", "5A004"]))
OPEN = ("date", "applied_on", "covert", "dual_use", "country", "entries")
CHOICES: dict[str, tuple[Any, ...]] = {
    "date": DAYS,
    "applied_on": DAYS,
    "covert": (True, False),
    "dual_use": (True, False),
    "country": ("FR", "NA"),
    "entries": ENTRIES,
}
FACTS = st.fixed_dictionaries({name: st.sampled_from(answers) for name, answers in CHOICES.items()})
FORGOTTEN = st.sets(st.sampled_from(OPEN), max_size=3).map(lambda names: names | {"date"})
LAWS = st.sampled_from([None, "scenario", "scenario", *DAYS])


def scenario(facts: dict[str, Any]) -> Scenario:
    """An export of which these facts are known."""
    return Scenario(
        id="drawn",
        date=facts.get("date"),
        item=Item(
            covert=facts.get("covert"),
            dual_use=facts.get("dual_use"),
            annex_i_entry=facts.get("entries"),
        ),
        transaction=Transaction(kind="export"),
        destination=Destination(country=facts.get("country")),
        licence=Licence(applied_on=facts.get("applied_on")),
    )


def completions(facts: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every completion of what is not known."""
    missing = [name for name in CHOICES if name not in facts]
    for answers in itertools.product(*(CHOICES[name] for name in missing)):
        yield {**facts, **dict(zip(missing, answers, strict=True))}


def by_oracle(law: Ruleset, as_of: AsOf, facts: dict[str, Any]) -> Outcome | str:
    """The outcome of a complete case, according to the oracle."""
    keys = {
        "date": "scenario.date",
        "applied_on": "licence.applied_on",
        "country": "destination.country",
    }
    keys |= {"covert": "item.covert", "dual_use": "item.dual_use"}
    known = {key: facts[name] for name, key in keys.items()}
    world = World(
        {"transaction.kind": "export", "item.annex_i_entry": facts["entries"].known, **known}, {}, {}
    )
    said = ruling(law, world.on(as_of or law.reference_date, law))
    if said.outcome is None:
        return "out of scope" if said.in_force else "not in force"
    return said.outcome


# what holds of every ruleset ---------------------------------------------------------------------------


@given(rulesets(), FACTS, FORGOTTEN, LAWS)
def test_exact_ends_are_those_of_the_cases_in_full(
    law: Ruleset, facts: dict[str, Any], forgotten: set[str], as_of: AsOf
) -> None:
    """The proved ends are exactly the mildest and the strictest outcome of all complete cases."""
    needed("pysat")
    known_facts = {name: answer for name, answer in facts.items() if name not in forgotten}
    proved = assess(scenario(known_facts), law, as_of=as_of, exact=True)
    ahead = assess(scenario(known_facts), law, as_of=as_of)

    results = {by_oracle(law, as_of, whole) for whole in completions(known_facts)}
    outcomes = [result for result in results if isinstance(result, Outcome)]

    assert (proved.low, proved.high) == (min(outcomes, default=None), max(outcomes, default=None))
    assert proved.span is None or (ahead.span is not None and proved.span in ahead.span)
    assert ("not in force" in results) is (proved.in_force is not True)


@given(rulesets(), FACTS, LAWS)
def test_an_open_outcome_asks_for_the_day(law: Ruleset, facts: dict[str, Any], as_of: AsOf) -> None:
    """Where only dates are open, the open questions ask for them."""
    known_facts = {name: answer for name, answer in facts.items() if name not in ("date", "applied_on")}
    verdict = assess(scenario(known_facts), law, as_of=as_of)
    assume(verdict.span is not None)
    assert verdict.span  # For the type checker.

    open_questions = set(verdict.open_questions)

    is_settled = verdict.span.is_settled and verdict.in_force and verdict.in_scope
    assert open_questions <= {"scenario.date", "licence.applied_on"}
    assert bool(open_questions) is not bool(is_settled)


# the cases that were wrong -----------------------------------------------------------------------------


def test_nothing_known_but_an_id() -> None:
    """Without a date a proposal may be based on the law of some day, and that counts as proved."""
    needed("pysat")
    undated, dated = Scenario(id="undated"), Scenario(id="undated", date=dt.date(2015, 1, 1))
    proposal = CATALOGUE.ruleset("un-2019")

    without, within = (assess(case, proposal, as_of="scenario", exact=True) for case in (undated, dated))

    assert str(without.span) == "no_control..prohibition"
    assert within.span
    assert without.span
    assert within.span in without.span
    assert "scenario.date" in without.open_questions


def listed(date: dt.date | None) -> Scenario:
    """A listed interception system sold from Sweden to Peru, of which nine facts are known."""
    return Scenario(
        id="listed",
        date=date,
        item=Item(technology="mobile_interception", form="goods", annex_i_entry=["5A001.f.1"]),
        transaction=Transaction(kind="export", purpose="supply"),
        destination=Destination(country="PE", purchaser_country="PE"),
        exporter=Exporter(country="SE"),
        end_user=EndUser(kind="law_enforcement", country="PE"),
    )


def test_a_licence_is_not_lost_with_the_date() -> None:
    """What is settled without a date is settled in the same way with any date."""
    proposal = CATALOGUE.ruleset("amnesty")

    undated = assess(listed(None), proposal, as_of="scenario")
    dated = [
        assess(listed(day), proposal, as_of="scenario")
        for day in (dt.date(2012, 1, 1), dt.date(2022, 1, 1))
    ]

    assert undated.span
    assert not undated.span.is_settled
    assert all(verdict.span and verdict.span in undated.span for verdict in dated)


@pytest.mark.parametrize("ruleset_id", ["eu-2021-821", "eu-428-2009"])
def test_the_switch_is_open_where_the_application_is(ruleset_id: str) -> None:
    """Facts after a switch: the day of the application decides which act applies, and is asked for."""
    late = listed(dt.date(2022, 1, 1))
    act = CATALOGUE.ruleset(ruleset_id)

    verdict = assess(late, act, as_of="scenario")
    early = assess(late.with_facts(Licence(applied_on=dt.date(2021, 9, 1))), act, as_of="scenario")

    assert verdict.in_force is None
    assert "licence.applied_on" in verdict.open_questions
    assert early.in_force is (ruleset_id == "eu-428-2009")


def test_an_ordinary_transaction_is_not_applied_for_early() -> None:
    """That no earlier application was made is presumed of an ordinary transaction, and said."""
    late = attrs.evolve(listed(dt.date(2022, 1, 1)), presume="ordinary")
    before = attrs.evolve(listed(dt.date(2020, 1, 1)), presume="ordinary")
    act = CATALOGUE.ruleset("eu-2021-821")

    verdict = assess(late, act, as_of="scenario")

    assert verdict.in_force is True
    assert "licence.applied_on" in verdict.presumed
    assert "licence.applied_on" not in assess(before, act).presumed


def test_the_effects_of_a_date_are_listed() -> None:
    """The question for the date says from when the act applies and with which outcome."""
    case = attrs.evolve(listed(None), presume="ordinary")

    verdict = assess(case, CATALOGUE.ruleset("eu-2021-821"), as_of="scenario")
    (question,) = verdict.questions

    assert (str(verdict.span), verdict.in_force) == ("authorisation", None)
    assert question.name == "scenario.date"
    assert [(effect.answers[0], str(effect.span)) for effect in question.effects] == [
        ("from 2021-09-09", "authorisation")
    ]


def test_which_base_is_open_is_said() -> None:
    """A warning names the laws on which a proposal may be based."""
    verdict = assess(listed(None), CATALOGUE.ruleset("amnesty"))

    assert verdict.base is None
    assert any("eu-2021-821 or eu-428-2009" in line for line in verdict.warnings)


def test_whether_it_is_in_force_is_said_to_be_open() -> None:
    """The sentence of a verdict says before the result that the act may not be in force."""
    verdict = assess(listed(None), CATALOGUE.ruleset("eu-2021-821"), as_of="scenario")

    assert ", if it is in force, which is not known, the outcome is" in verdict_sentence(verdict)


def test_a_row_without_a_day_is_open() -> None:
    """In a table a blank date leaves open what the date decides."""
    polars = needed("polars")
    needed("pyarrow")
    from regcompare_registers.frames import assess_frame

    cases = [attrs.evolve(listed(day), presume="ordinary") for day in (None, dt.date(2015, 6, 1))]
    act, proposal = CATALOGUE.ruleset("eu-2021-821"), CATALOGUE.ruleset("amnesty")
    frame = polars.DataFrame(frame_rows(cases, CATALOGUE.vocabulary))

    rows = assess_frame(frame, [act, proposal], as_of="scenario", presume="ordinary")
    blank, dated = rows.to_pylist()

    assert (blank["eu-2021-821.in_force"], dated["eu-2021-821.in_force"]) == ("unknown", "no")
    assert (blank["amnesty.low"], dated["amnesty.low"]) == ("no_control", "authorisation")


def test_a_map_around_a_case_reads_the_law_of_that_case() -> None:
    """An application made before a switch leaves no map of the later act."""
    needed("pysat")
    from regcompare_prove.maps import possible_map

    early = listed(dt.date(2022, 1, 1)).with_facts(Licence(applied_on=dt.date(2021, 9, 1)))
    act = CATALOGUE.ruleset("eu-2021-821")

    with pytest.raises(UsageError, match="not in force on 2021-09-09 for listed"):
        possible_map([act], by=("item.covert", "end_user.kind"), given=early)


def test_a_day_before_the_act_names_the_regulation_that_applied() -> None:
    """Before 27 August 2009 Regulation 1334/2000 applied, also where the day is known to a span only."""
    act = CATALOGUE.ruleset("eu-428-2009")
    eve, first = dt.date(2009, 8, 26), dt.date(2009, 8, 27)

    def told(day: dt.date | str) -> str:
        return why(assess({"id": "deal", "date": str(day)}, act, as_of="scenario")).sentence

    assert "1334/2000" in told(eve)
    assert "1334/2000" in told("2008-07")
    assert "1334/2000" not in told(first)
    assert "1334/2000" in verdict_sentence(
        assess({"id": "deal", "date": str(eve)}, act, as_of="scenario")
    )
