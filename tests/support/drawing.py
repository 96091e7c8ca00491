"""What property tests draw: how many examples, cases with other answers, and their verdicts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import attrs
from hypothesis import assume, settings
from hypothesis import strategies as st

from regcompare import UNKNOWN, Outcome, Ruleset, Scenario, UsageError, Verdict, assess
from regcompare.facts import Choice, CodeSet, Country, Day, Fact, MemberSet, SetOf, facts_of

PLACES = ("DE", "FR", "GB", "XI", "US", "CN", "BR", "EG", "SY", "MM")
CODES = (
    *("5A001.f.1", "5A001.j", "5A002.a.2", "5A004.a", "5A004.b", "4A005", "4D004", "5D002.c.1"),
    "6A003.b.4",
)
DAYS = tuple(
    map(
        dt.date.fromisoformat,
        ("2014-06-30", "2016-09-28", "2018-01-17", "2019-05-28", "2020-11-08", "2022-06-01"),
    )
)


def fewer(times: int) -> settings:
    """Settings with this many times fewer examples than usual, for a property with expensive examples."""
    return settings(max_examples=max(1, settings().max_examples // times))


def sets(members: Iterable[str]) -> st.SearchStrategy[MemberSet]:
    """Sets of a few members, some of them open."""
    if not (members := tuple(members)):
        return st.just(MemberSet())
    some = st.frozensets(st.sampled_from(members), max_size=2)
    return st.builds(lambda known, left_open: MemberSet(known, left_open - known), some, some)


def answers(fact: Fact) -> st.SearchStrategy[Any]:
    """Answers to one fact, the unknown among them."""
    if isinstance(fact, Choice):
        found: st.SearchStrategy[Any] = st.sampled_from(list(fact.members))
    elif isinstance(fact, Country):
        found = st.sampled_from(PLACES)
    elif isinstance(fact, Day):
        found = st.sampled_from(DAYS)
    elif isinstance(fact, CodeSet):
        found = sets(CODES)
    elif isinstance(fact, SetOf):
        found = sets(fact.members)
    else:
        found = st.booleans()
    return st.just(UNKNOWN) | found


@st.composite
def changed_cases(draw: st.DrawFn, ruleset: Ruleset, cases: Iterable[Scenario]) -> Scenario:
    """A case of a ruleset with up to six facts answered otherwise, or left open."""
    case: Scenario = draw(st.sampled_from(list(cases)))
    facts = [
        (section, name, fact)
        for section in ruleset.vocabulary.sections
        for name, fact in facts_of(section).items()
    ]
    for section, name, fact in draw(st.lists(st.sampled_from(facts), max_size=6)):
        case = case.with_facts(section(**{name: draw(answers(fact))}))
    return attrs.evolve(case, presume=draw(st.sampled_from([None, "ordinary"])))


def assessed(scenario: Scenario, ruleset: Ruleset, **options: Any) -> Verdict:
    """The verdict, where the facts do not contradict each other."""
    try:
        return assess(scenario, ruleset, **options)
    except UsageError:
        assume(False)
        raise


def ends(verdict: Verdict) -> tuple[Outcome, Outcome]:
    """The least and the greatest outcome."""
    assert verdict.low is not None
    assert verdict.high is not None
    return verdict.low, verdict.high
