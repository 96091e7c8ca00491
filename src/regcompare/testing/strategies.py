"""Hypothesis strategies over a vocabulary: answers, scenarios whole and partial, and conditions.

Drawn scenarios are possible ones: an answer that the constraints of the vocabulary exclude is replaced,
or left out.  Given a ruleset in place of a vocabulary, the strategies draw what its conditions tell
apart: the countries, codes and days that it names, and others beside them::

    @given(partial_scenarios(TOYLAND))
    def test_mine(scenario): ...
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from regcompare.facts import UNKNOWN, Choice, CodeSet, Country, Day, Fact, MemberSet, SetOf, countries
from regcompare.law import Instrument
from regcompare.logic.code_cells import code_cells
from regcompare.logic.conditions import (
    FALSE,
    TRUE,
    Choose,
    Condition,
    Holds,
    OneOf,
    OnOrAfter,
    Term,
    all_of,
    any_of,
    nodes,
    questions,
)
from regcompare.program.cells import cells_of
from regcompare.program.program import program_for
from regcompare.ruleset.provisions import Provisions
from regcompare.ruleset.ruleset import Ruleset, own_conditions
from regcompare.scenario.established import EstablishedFacts, answers_to, established_facts
from regcompare.scenario.scenario import Scenario
from regcompare.vocabulary import CORE, FACTS_DATE, LAW_DATE, Vocabulary

INVENTED = Instrument("Drawn Act", "An act that a test has drawn", "nowhere")
DAYS = st.dates(dt.date(1995, 7, 1), dt.date(2030, 12, 31))
"""Days of which facts can be."""
OTHER_CODES = ("1C350", "3A001.a", "4D004", "5A001.f.1", "5A004.a", "5D001.c/5A001.j", "9E003")
"""Codes of several categories, drawn where nothing asks for a code."""


def answers(
    fact: Fact, *, asked: Iterable[Condition] = (), partial: bool = False
) -> st.SearchStrategy[Any]:
    """Draws answers to a fact, such as ``True``, ``"goods"``, a day, or a ``MemberSet``.

    Args:
        fact: The fact.
        asked: Conditions: answers that they tell apart are all drawn.
        partial: Whether members of a set may be left open.
    """
    asked = tuple(asked)
    if isinstance(fact, SetOf):
        return _sets(sorted(fact.members), partial)
    if isinstance(fact, CodeSet):
        return _sets(_codes(fact, asked, partial), partial)
    if isinstance(fact, Day):
        return _days(fact, asked)
    if isinstance(fact, Choice | Country):
        known = list(fact.labels())
        return st.one_of(*map(st.sampled_from, _kinds(fact, asked, known)), st.sampled_from(known))
    return st.booleans()


def _sets(members: Sequence[str], partial: bool) -> st.SearchStrategy[MemberSet]:
    """Sets of a few members; of a partial one some are left open."""
    if not members:
        return st.just(MemberSet())
    some = st.frozensets(st.sampled_from(members), max_size=3)
    left_open = some if partial else st.just(frozenset[str]())
    return st.builds(lambda known, maybe: MemberSet(known, maybe - known), some, left_open)


OPEN_CODE = "0A999"
"""A code of an entry that no list holds."""


def _codes(fact: CodeSet, asked: Sequence[Condition], partial: bool) -> list[str]:
    """A code for each set of patterns under which some code falls; partly, codes that say less too."""
    patterns = [question.member for question in questions(asked).about.get(fact.key, ())]
    if not patterns:
        return list(OTHER_CODES)
    codes = [cell.code for cell in code_cells(patterns, fact.codes)]
    if not partial or fact.codes is None:
        return codes
    above = {code.rsplit(".", 1)[0] for code in codes if "." in code and "@" not in code}
    return [*codes, OPEN_CODE, *sorted(code for code in above if not fact.codes.flaw(code))]


def _days(fact: Day, asked: Sequence[Condition]) -> st.SearchStrategy[dt.date]:
    """Days on which a condition turns, the days before them, and any others.

    The law turns on its own days, which may be those of the facts.
    """
    own = (fact.key, LAW_DATE.key)
    turns = {node.day for node in nodes(asked) if isinstance(node, OnOrAfter) and node.key in own}
    both = turns | {day - dt.timedelta(days=1) for day in turns}
    near = sorted(day for day in both if day >= fact.earliest)
    return DAYS | st.sampled_from(near) if near else DAYS


def _kinds(fact: Fact, asked: Sequence[Condition], known: list[str]) -> list[list[str]]:
    """Answers in groups that no condition tells apart."""
    own = [node for node in nodes(asked) if isinstance(node, OneOf) and node.key == fact.key]
    if not own:
        return [known]
    (cells,) = cells_of(own, [fact.key], {fact.key: fact}).values()
    return [list(cell.equivalents) for cell in cells]


# scenarios -----------------------------------------------------------------------------------------


def scenarios(
    source: Vocabulary | Ruleset = CORE, *, days: st.SearchStrategy[dt.date] | None = None
) -> st.SearchStrategy[Scenario]:
    """Draws scenarios that state every fact of a vocabulary, and its use of every power of a ruleset.

    Args:
        source: The vocabulary; or a ruleset, whose own questions are then drawn tellingly.
        days: The dates of the facts; by default any, and those on which the ruleset changes.
    """
    return _scenarios(source, days, partial=False)


def partial_scenarios(
    source: Vocabulary | Ruleset = CORE, *, days: st.SearchStrategy[dt.date] | None = None
) -> st.SearchStrategy[Scenario]:
    """Draws scenarios in which any fact may be unstated, stated as unknown, or partly open.

    Some presume the ordinary answers of what they do not state.

    Args:
        source: The vocabulary; or a ruleset, whose own questions are then drawn tellingly.
        days: The dates of the facts; by default none, any, and those on which the ruleset changes.
    """
    return _scenarios(source, days, partial=True)


def drawn_scenarios(ruleset: Ruleset, number: int, seeded: int = 0) -> list[Scenario]:
    """Returns scenarios drawn for a ruleset, some whole and some partial, numbered.

    Args:
        ruleset: The ruleset whose questions are drawn tellingly.
        number: How many; where fewer can be told apart there are fewer.
        seeded: The same number gives the same scenarios, with the same version of Hypothesis.
    """
    drawn: list[Scenario] = []

    @seed(seeded)
    @settings(
        max_examples=number,
        phases=[Phase.generate],
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(scenarios(ruleset) | partial_scenarios(ruleset))
    def draw(scenario: Scenario) -> None:
        drawn.append(scenario)

    draw()
    return [attrs.evolve(item, id=f"drawn-{place}") for place, item in enumerate(drawn[:number], 1)]


def asked_by(ruleset: Ruleset) -> tuple[Condition, ...]:
    """The conditions of a ruleset and of those that it stands on or beside, that of force included."""
    return tuple(
        condition for part in ruleset.parts() for condition in (part.force, *own_conditions(part))
    )


def _scenarios(
    source: Vocabulary | Ruleset, days: st.SearchStrategy[dt.date] | None, *, partial: bool
) -> st.SearchStrategy[Scenario]:
    vocabulary = source.vocabulary if isinstance(source, Ruleset) else source
    asked = asked_by(source) if isinstance(source, Ruleset) else ()
    dates: st.SearchStrategy[Any] = answers(FACTS_DATE, asked=asked)
    dates = (st.none() | dates if partial else dates) if days is None else days
    given = {fact.key: answers(fact, asked=asked, partial=partial) for fact in vocabulary.facts()}
    powers: dict[str, st.SearchStrategy[Any]] = {}
    if isinstance(source, Ruleset):
        covered = sorted({kind for part in source.parts() for kind in part.covers})
        given["transaction.kind"] |= st.sampled_from(covered) if covered else st.nothing()
        declared = (power for part in source.parts() for power in part.provisions.discretions)
        powers = {power.id: st.booleans() for power in declared}
    if partial:
        given = {key: st.none() | st.just(UNKNOWN) | one for key, one in given.items()}
        powers = {key: st.none() | one for key, one in powers.items()}
    return st.builds(
        _Possible(vocabulary, partial=partial),
        st.fixed_dictionaries(given),
        dates,
        st.fixed_dictionaries(powers),
        st.sampled_from([None, "ordinary"]) if partial else st.none(),
        st.integers(0, max(0, len(given) - 1)),
    )


class _Possible:
    """Makes drawn answers into scenarios that the constraints of the vocabulary allow.

    A plain class: Hypothesis prints the call that made an example, and an attrs class with all it holds.
    """

    def __init__(self, vocabulary: Vocabulary, *, partial: bool) -> None:
        self.vocabulary, self.partial = vocabulary, partial
        self.program = program_for(_without_rules(vocabulary), ())
        self.bound = [fact for fact in vocabulary.facts() if fact.key in self.program.questions.about]

    def __repr__(self) -> str:
        return "drawn_scenario"

    def __call__(
        self,
        drawn: Mapping[str, Any],
        day: dt.date | None,
        powers: Mapping[str, bool | None],
        presume: Any,
        first: int,
    ) -> Scenario:
        """The scenario; where answers exclude each other, those from ``first`` on are kept first."""
        used = {name: answer for name, answer in powers.items() if answer is not None}
        bare = Scenario(id="drawn", date=day, discretion=used)
        values = {key: value for key, value in drawn.items() if value is not None}
        if self._contradict(values, bare):
            values = self._reconciled(values, bare, first)
        scenario = bare.with_facts(*self._sections(values))
        presuming = attrs.evolve(scenario, presume=presume)
        known = established_facts(presuming, self.vocabulary)
        return scenario if self._contradict(known.values, bare) else presuming

    def _contradict(self, values: Mapping[str, Any], bare: Scenario) -> bool:
        program = self.program
        found = answers_to(program.questions, bare, EstablishedFacts(values, {}), program.facts)
        return not program.is_possible(found)

    def _reconciled(self, values: dict[str, Any], bare: Scenario, first: int) -> dict[str, Any]:
        """Keeps what does not contradict what is kept already; of the rest another answer, or none."""
        bound = {fact.key: fact for fact in self.bound if fact.key in values}
        kept = {key: value for key, value in values.items() if key not in bound}
        order = list(bound)
        turn = first % max(1, len(order))
        for key in order[turn:] + order[:turn]:
            others = () if self.partial else _other_answers(bound[key])
            for answer in (values[key], *others):
                if not self._contradict({**kept, key: answer}, bare):
                    kept[key] = answer
                    break
        return kept

    def _sections(self, values: Mapping[str, Any]) -> list[Any]:
        stated: dict[str, dict[str, Any]] = {}
        for key, value in values.items():
            name, _, field = key.partition(".")
            stated.setdefault(name, {})[field] = value
        classes = self.vocabulary.by_name
        return [classes[name](**fields) for name, fields in stated.items()]


def _without_rules(vocabulary: Vocabulary) -> Ruleset:
    return Ruleset(
        "drawn",
        "Drawn",
        status="proposal",
        instruments=(INVENTED,),
        reference_date=dt.date(2000, 1, 1),
        provisions=Provisions(),
        covers=("export",),
        vocabulary=vocabulary,
    )


def _other_answers(fact: Fact) -> tuple[Any, ...]:
    """Answers to try where the one that was drawn cannot be."""
    if isinstance(fact, SetOf):
        return MemberSet(), MemberSet(fact.members)
    if isinstance(fact, CodeSet):
        return (MemberSet(),)
    if isinstance(fact, Choice | Country):
        return tuple(fact.labels())
    return (True, False) if fact.kind == "yes_no" else ()


# conditions ----------------------------------------------------------------------------------------


def conditions(
    source: Vocabulary | Ruleset = CORE, *, max_leaves: int = 8
) -> st.SearchStrategy[Condition]:
    """Draws conditions over the facts of a vocabulary, with ``&``, ``|``, ``~`` and terms.

    Args:
        source: The vocabulary; or a ruleset, whose own leaves, powers and doubts are then drawn too.
        max_leaves: About how many questions a condition asks at the most.
    """
    vocabulary = source.vocabulary if isinstance(source, Ruleset) else source
    leaves = [_leaves(fact) for fact in (*vocabulary.facts(), FACTS_DATE, LAW_DATE)]
    joins: list[Any] = [_joined]
    if isinstance(source, Ruleset):
        own = [node for node in nodes(asked_by(source)) if node.key and not node.parts]
        leaves += [st.sampled_from(own)] if own else []
        doubts = [item for part in source.parts() for item in part.doubts]
        joins += [lambda inner: _doubtful(inner, doubts)] if doubts else []
    return st.recursive(
        st.one_of(*leaves, st.sampled_from([TRUE, FALSE])),
        lambda inner: st.one_of(*(join(inner) for join in joins)),
        max_leaves=max_leaves,
    )


def _joined(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(inner, min_size=2, max_size=4)
    return st.one_of(
        inner.map(lambda one: ~one),
        several.map(lambda parts: all_of(*parts)),
        several.map(lambda parts: any_of(*parts)),
        inner.map(lambda one: Term("drawn term", INVENTED["1"], one)),
    )


def _doubtful(
    inner: st.SearchStrategy[Condition], doubts: Sequence[Any]
) -> st.SearchStrategy[Condition]:
    """Conditions that a doubt chooses among."""
    return st.sampled_from(doubts).flatmap(
        lambda doubt: st.tuples(*(inner for _ in doubt.readings)).map(
            lambda parts: Choose(doubt.asked, tuple(zip(doubt.readings, parts, strict=True)))
        )
    )


def _leaves(fact: Fact) -> st.SearchStrategy[Condition]:
    """Questions that may be put to a fact."""
    if isinstance(fact, Day):
        return DAYS.map(fact.on_or_after)
    if isinstance(fact, SetOf | CodeSet):
        known = sorted(fact.labels()) or list(OTHER_CODES)
        some = st.lists(st.sampled_from(known), min_size=1, max_size=3, unique=True)
        return some.map(lambda members: any_of(*(Holds(fact.asked(one)) for one in members)))
    if isinstance(fact, Choice | Country):
        words = sorted(fact.labels() or countries())
        groups = st.frozensets(st.sampled_from(words), min_size=1, max_size=4)
        return groups.map(lambda group: OneOf(fact.asked(), group))
    return st.just(Holds(fact.asked()))
