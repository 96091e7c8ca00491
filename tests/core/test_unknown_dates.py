"""Which law applies is an unknown like any other: the result holds on every day that can be."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Sequence
from typing import Any, Literal

from hypothesis import assume, given
from hypothesis import strategies as st
from tests.core.oracle import World, ruling

from regcompare import Outcome, Ruleset, Scenario, assess
from regcompare.authoring import (
    FACTS_DATE,
    LAW_DATE,
    TRUE,
    Condition,
    Destination,
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
from regcompare.ruleset.rules import Rule, Span

ACT = Instrument("Toy Act", "An invented act", "nowhere, 2000")


TURNS = (dt.date(2010, 1, 1), dt.date(2015, 1, 1), dt.date(2020, 1, 1))


DAYS = (*(day - dt.timedelta(days=1) for day in TURNS), *TURNS, dt.date(2022, 1, 1))
"""A day on either side of each threshold: every other day is equivalent to one of these."""


AsOf = dt.date | Literal["scenario"] | None


YES_NO: tuple[Condition, ...] = (Item.covert.__condition__(), Item.dual_use.__condition__())


ATOMS: tuple[Condition, ...] = (
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
        st.sampled_from(ATOMS),
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
        overrides = draw(st.lists(st.sampled_from(earlier), max_size=2, unique_by=id)) if earlier else []
        drawn.append(
            Rule(
                ACT[f"{mark} {number + 1}"],
                "An invented rule.",
                when=draw(conditions()),
                then=draw(st.sampled_from(Outcome)),
                triggered_by=Trigger.ACT,
                overrides=tuple(overrides),
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


@given(rulesets(), FACTS, FORGOTTEN, LAWS)
def test_the_span_has_every_outcome_of_the_cases_in_full(
    law: Ruleset, facts: dict[str, Any], forgotten: set[str], as_of: AsOf
) -> None:
    """Whatever the open facts are, and whichever law applies for them."""
    known_facts = {name: answer for name, answer in facts.items() if name not in forgotten}
    ahead = assess(scenario(known_facts), law, as_of=as_of)

    results = {by_oracle(law, as_of, whole) for whole in completions(known_facts)}
    outcomes = [result for result in results if isinstance(result, Outcome)]

    assert not outcomes or (ahead.span and Span(min(outcomes), max(outcomes)) in ahead.span)
    assert ahead.in_force is not True or "not in force" not in results
    assert ahead.in_force is not False or results == {"not in force"}


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
