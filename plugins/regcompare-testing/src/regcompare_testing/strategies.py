"""Hypothesis strategies over a vocabulary: answers, scenarios whole and partial, and conditions.

Drawn scenarios are possible: an answer that the constraints of the vocabulary exclude is replaced or
left out.  Given a ruleset in place of a vocabulary, the strategies draw what its conditions distinguish:
the countries, codes and days that it names, and others as well::

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
    Condition,
    Holds,
    OneOf,
    Term,
    all_of,
    any_of,
    days_asked,
    nodes,
    questions,
)
from regcompare.program.cells import cells_of
from regcompare.program.program import program_for
from regcompare.ruleset.provisions import Provisions
from regcompare.ruleset.ruleset import Ruleset, own_conditions
from regcompare.scenario.assumed import AssumedFacts, answers_to, assumed_facts
from regcompare.scenario.scenario import Scenario
from regcompare.vocabulary import CORE, FACTS_DATE, LAW_DATE, Vocabulary

DRAWN_ACT = Instrument("Drawn Act", "An act that a test has drawn", "nowhere")
DAYS = st.dates(dt.date(1995, 7, 1), dt.date(2030, 12, 31))
"""The days that facts may have."""
OTHER_CODES = ("1C350", "3A001.a", "4D004", "5A001.f.1", "5A004.a", "5D001.c/5A001.j", "9E003")
"""Codes of several categories, drawn where nothing asks for a code."""


def answers(
    fact: Fact, *, asked: Iterable[Condition] = (), partial: bool = False
) -> st.SearchStrategy[Any]:
    """Draws answers to a fact, such as ``True``, ``"goods"``, a day, or a ``MemberSet``.

    Args:
        fact: The fact.
        asked: Conditions, whose distinct answers are all drawn.
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
        labels = list(fact.labels())
        return st.one_of(*map(st.sampled_from, _cells(fact, asked, labels)), st.sampled_from(labels))
    return st.booleans()


def _sets(members: Sequence[str], partial: bool) -> st.SearchStrategy[MemberSet]:
    """Sets of a few members; partial sets leave some open."""
    if not members:
        return st.just(MemberSet())
    some = st.frozensets(st.sampled_from(members), max_size=3)
    open_members = some if partial else st.just(frozenset[str]())
    return st.builds(lambda known, maybe: MemberSet(known, maybe - known), some, open_members)


UNLISTED_CODE = "0A999"
"""The code of an entry that no list contains."""


def _codes(fact: CodeSet, asked: Sequence[Condition], partial: bool) -> list[str]:
    """A code for each set of patterns that some code matches; if partial, less specific codes too."""
    patterns = [question.member for question in questions(asked).about.get(fact.key, ())]
    if not patterns:
        return list(OTHER_CODES)
    codes = [cell.code for cell in code_cells(patterns, fact.codes)]
    if not partial or fact.codes is None:
        return codes
    parents = {code.rsplit(".", 1)[0] for code in codes if "." in code and "@" not in code}
    return [*codes, UNLISTED_CODE, *sorted(code for code in parents if not fact.codes.flaw(code))]


def _days(fact: Day, asked: Sequence[Condition]) -> st.SearchStrategy[dt.date]:
    """Days on which a condition changes, the days before them, and any others.

    They include the days on which the law changes, since the facts may be of the same day.
    """
    changes = days_asked(asked, fact.key, LAW_DATE.key)
    boundaries = changes | {day - dt.timedelta(days=1) for day in changes}
    days = sorted(day for day in boundaries if day >= fact.earliest)
    return DAYS | st.sampled_from(days) if days else DAYS


def _cells(fact: Fact, asked: Sequence[Condition], answers: list[str]) -> list[list[str]]:
    """Answers in groups that no condition distinguishes."""
    atoms = [node for node in nodes(asked) if isinstance(node, OneOf) and node.key == fact.key]
    if not atoms:
        return [answers]
    (cells,) = cells_of(atoms, [fact.key], {fact.key: fact}).values()
    return [list(cell.equivalents) for cell in cells]


def scenarios(
    source: Vocabulary | Ruleset = CORE, *, days: st.SearchStrategy[dt.date] | None = None
) -> st.SearchStrategy[Scenario]:
    """Draws scenarios that state every fact of a vocabulary, and its use of every power of a ruleset.

    Args:
        source: The vocabulary; or a ruleset, so that answers which it distinguishes are all drawn.
        days: The dates of the facts; by default any, including those on which the ruleset changes.
    """
    return _scenarios(source, days, partial=False)


def partial_scenarios(
    source: Vocabulary | Ruleset = CORE, *, days: st.SearchStrategy[dt.date] | None = None
) -> st.SearchStrategy[Scenario]:
    """Draws scenarios in which any fact may be unstated, stated as unknown, or partly open.

    Some presume the ordinary answers to what they do not state.

    Args:
        source: The vocabulary; or a ruleset, so that answers which it distinguishes are all drawn.
        days: The dates of the facts; by default none or any, and those on which the ruleset changes.
    """
    return _scenarios(source, days, partial=True)


def drawn_scenarios(ruleset: Ruleset, number: int, seeded: int = 0) -> list[Scenario]:
    """Returns scenarios drawn for a ruleset, some whole and some partial, numbered.

    Args:
        ruleset: The ruleset, of which answers that it distinguishes are all drawn.
        number: How many at most; there are fewer where fewer are distinct.
        seeded: The seed; it gives the same scenarios with the same version of Hypothesis.
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
    return [attrs.evolve(item, id=f"drawn-{index}") for index, item in enumerate(drawn[:number], 1)]


def conditions_of(ruleset: Ruleset) -> tuple[Condition, ...]:
    """The conditions of a ruleset and of all its parts, including those of force."""
    return tuple(
        condition for part in ruleset.parts() for condition in (part.force, *own_conditions(part))
    )


def _scenarios(
    source: Vocabulary | Ruleset, days: st.SearchStrategy[dt.date] | None, *, partial: bool
) -> st.SearchStrategy[Scenario]:
    vocabulary = source.vocabulary if isinstance(source, Ruleset) else source
    asked = conditions_of(source) if isinstance(source, Ruleset) else ()
    dates: st.SearchStrategy[Any] = answers(FACTS_DATE, asked=asked)
    dates = (st.none() | dates if partial else dates) if days is None else days
    values = {fact.key: answers(fact, asked=asked, partial=partial) for fact in vocabulary.facts()}
    powers: dict[str, st.SearchStrategy[Any]] = {}
    if isinstance(source, Ruleset):
        kinds = sorted({kind for part in source.parts() for kind in part.covers})
        values["transaction.kind"] |= st.sampled_from(kinds) if kinds else st.nothing()
        discretions = (power for part in source.parts() for power in part.provisions.discretions)
        powers = {power.id: st.booleans() for power in discretions}
    if partial:
        values = {key: st.none() | st.just(UNKNOWN) | value for key, value in values.items()}
        powers = {key: st.none() | use for key, use in powers.items()}
    return st.builds(
        _PossibleScenario(vocabulary, partial=partial),
        st.fixed_dictionaries(values),
        dates,
        st.fixed_dictionaries(powers),
        st.sampled_from([None, "ordinary"]) if partial else st.none(),
        st.integers(0, max(0, len(values) - 1)),
    )


class _PossibleScenario:
    """Makes drawn answers into scenarios that the constraints of the vocabulary allow.

    It is a plain class, since Hypothesis prints the call that made an example, and would print an attrs
    class with all its attributes.
    """

    def __init__(self, vocabulary: Vocabulary, *, partial: bool) -> None:
        self.vocabulary, self.partial = vocabulary, partial
        self.program = program_for(_without_rules(vocabulary), ())
        about = self.program.questions.about
        self.constrained = [fact for fact in vocabulary.facts() if fact.key in about]

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
        """Returns the scenario; of contradicting answers, those from ``first`` on take precedence."""
        uses = {name: use for name, use in powers.items() if use is not None}
        empty = Scenario(id="drawn", date=day, discretion=uses)
        values = {key: value for key, value in drawn.items() if value is not None}
        if self._contradict(values, empty):
            values = self._reconciled(values, empty, first)
        scenario = empty.stating(self.vocabulary.answers(values))
        presuming = attrs.evolve(scenario, presume=presume)
        facts = assumed_facts(presuming, self.vocabulary)
        return scenario if self._contradict(facts.values, empty) else presuming

    def _contradict(self, values: Mapping[str, Any], empty: Scenario) -> bool:
        program = self.program
        facts = AssumedFacts(values, {})
        return not program.is_possible(answers_to(program.questions, empty, facts, program.facts))

    def _reconciled(self, values: dict[str, Any], empty: Scenario, first: int) -> dict[str, Any]:
        """The values without contradictions: a contradicting one is replaced, or left out."""
        constrained = {fact.key: fact for fact in self.constrained if fact.key in values}
        result = {key: value for key, value in values.items() if key not in constrained}
        keys = list(constrained)
        start = first % max(1, len(keys))
        for key in keys[start:] + keys[:start]:
            alternatives = () if self.partial else _alternatives(constrained[key])
            for answer in (values[key], *alternatives):
                if not self._contradict({**result, key: answer}, empty):
                    result[key] = answer
                    break
        return result


def _without_rules(vocabulary: Vocabulary) -> Ruleset:
    return Ruleset(
        "drawn",
        "Drawn",
        status="proposal",
        instruments=(DRAWN_ACT,),
        reference_date=dt.date(2000, 1, 1),
        provisions=Provisions(),
        covers=("export",),
        vocabulary=vocabulary,
    )


def _alternatives(fact: Fact) -> tuple[Any, ...]:
    """Answers to try where the one drawn contradicts others."""
    if isinstance(fact, SetOf):
        return MemberSet(), MemberSet(fact.members)
    if isinstance(fact, CodeSet):
        return (MemberSet(),)
    if isinstance(fact, Choice | Country):
        return tuple(fact.labels())
    return (True, False) if fact.kind == "yes_no" else ()


def conditions(vocabulary: Vocabulary = CORE, *, max_leaves: int = 8) -> st.SearchStrategy[Condition]:
    """Draws conditions over the facts of a vocabulary, with ``&``, ``|``, ``~`` and terms.

    Args:
        vocabulary: The vocabulary.
        max_leaves: About how many questions a condition asks at most.
    """
    atoms = [_atoms(fact) for fact in (*vocabulary.facts(), FACTS_DATE, LAW_DATE)]
    return st.recursive(
        st.one_of(*atoms, st.sampled_from([TRUE, FALSE])), _joined, max_leaves=max_leaves
    )


def _joined(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(inner, min_size=2, max_size=4)
    return st.one_of(
        inner.map(lambda part: ~part),
        several.map(lambda parts: all_of(*parts)),
        several.map(lambda parts: any_of(*parts)),
        inner.map(lambda part: Term("drawn term", DRAWN_ACT["1"], part)),
    )


def _atoms(fact: Fact) -> st.SearchStrategy[Condition]:
    """Conditions of one question about a fact, or a few about its members."""
    if isinstance(fact, Day):
        return DAYS.map(fact.on_or_after)
    if isinstance(fact, SetOf | CodeSet):
        members = sorted(fact.labels()) or list(OTHER_CODES)
        some = st.lists(st.sampled_from(members), min_size=1, max_size=3, unique=True)
        return some.map(lambda members: any_of(*(Holds(fact.asked(member)) for member in members)))
    if isinstance(fact, Choice | Country):
        choices = sorted(fact.labels() or countries())
        groups = st.frozensets(st.sampled_from(choices), min_size=1, max_size=4)
        return groups.map(lambda group: OneOf(fact.asked(), group))
    return st.just(Holds(fact.asked()))
