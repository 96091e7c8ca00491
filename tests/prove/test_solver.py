"""The solver against brute force: every possible case of small invented rulesets, one by one."""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.support.case_files import case_file
from tests.support.drawing import fewer

from regcompare import Outcome, Question, Ruleset, Scenario, Span, UsageError, assess
from regcompare.authoring import (
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
    SetOf,
    Term,
    Transaction,
    Trigger,
    YesNo,
    all_of,
    any_of,
    section,
)
from regcompare.facts import Day, MemberSet
from regcompare.logic.codes import CODE, code_matches
from regcompare.logic.conditions import as_condition, evaluate, nodes, partially_evaluate, questions
from regcompare.plugins.catalogue import Catalogue
from regcompare.ruleset.provisions import Provisions
from regcompare.ruleset.rules import Discretion, Interpretation, Rule
from regcompare.scenario.assumed import answers_to, assumed_facts, contradictions
from regcompare.scenario.files import read_text
from regcompare.vocabulary import Vocabulary
from regcompare_prove.encoding import KnownAnswers
from regcompare_prove.frames import frame_for
from regcompare_prove.regimes import (
    PossibleCases,
    Regime,
    known_answers,
    possible_cases,
    read_regime,
    regime_of,
)
from regcompare_prove.solver import Case, Preference, Solver
from regcompare_prove.witness import witness_of

Colour = Literal["red", "green", "blue"]
Sign = Literal["star", "moon"]
ACT = Instrument("Toy Act", "An invented act", "nowhere, 2000")


@section("toy", "Toy")
class Toy:
    """Invented facts."""

    small: YesNo = YesNo("Is it small?")
    round: YesNo = YesNo("Is it round?", ordinary=False)
    colour: Choice[Colour] = Choice("Of which colour?", {"red": "r", "green": "g", "blue": "b"})
    signs: SetOf[Sign] = SetOf("Which signs?", {"star": "a star", "moon": "a moon"})
    codes: CodeSet = CodeSet("Which codes?")
    made_in: Country = Country("Made where?")
    made_on: Day = Day("Made when?")


DOUBT = Interpretation(
    "doubt-1",
    ACT["1"],
    "Does loud mean loud?",
    readings={"yes": "Yes.", "no": "No."},
    default="yes",
    reason="It is the plain sense.",
)
POWER = Discretion(ACT["2"], "Was it used?", who=Addressee.AUTHORITY, id="power-1")
TURNS = (dt.date(1990, 1, 1), dt.date(2010, 1, 1), dt.date(2015, 1, 1))
DAYS = (dt.date(1985, 5, 1), dt.date(1999, 5, 1), dt.date(2012, 5, 1), dt.date(2016, 5, 1))
OWN = ("5A001", "5A001.f", "5A001.f.3", "6A003", "4D004", "4D004@2014", "5D001.a", "5E002")
PARENTS = ("5A001.j", "5A001.j.1", "4A005")
CODES = (*OWN, *(f"{code}/{up}" for code in OWN if code[1] in "BDE" for up in PARENTS))
PATTERNS = ("5A001", "5A001.f!5A001.f.3", "5A001.f.3", "/5A001.j", "4D004@2014", "?D", "*", "*!?D!?E")

ATOMS: Mapping[str, Sequence[Condition]] = {
    "toy.small": (Toy.small.__condition__(),),
    "toy.round": (Toy.round.__condition__(),),
    "toy.colour": (Toy.colour.is_in("red"), Toy.colour.is_in("red", "green")),
    "toy.signs": (Toy.signs.includes_any("star"), Toy.signs.includes_all("star", "moon")),
    "toy.codes": tuple(Toy.codes.includes_any(pattern) for pattern in PATTERNS),
    "toy.made_in": (Toy.made_in.is_in("FR", "DE"), Toy.made_in.is_in("FR")),
    "toy.made_on": (Toy.made_on.on_or_after(TURNS[1]), Toy.made_on.on_or_after(TURNS[2])),
    "scenario.date": tuple(map(FACTS_DATE.on_or_after, TURNS)),
    "law.as_of": tuple(map(LAW_DATE.on_or_after, TURNS)),
    "discretion.power-1": (POWER.__condition__(),),
    "reading.doubt-1": (DOUBT.is_read_as("yes"),),
    "transaction.kind": (Transaction.kind.is_in("export"), Transaction.kind.is_in("import")),
}
"""Some questions about each fact."""

ANSWERS: Mapping[str, Sequence[Any]] = {
    "toy.small": (True, False),
    "toy.round": (True, False),
    "toy.colour": ("red", "green", "blue"),
    "toy.signs": tuple(MemberSet(signs) for signs in ((), ("star",), ("moon",), ("star", "moon"))),
    "toy.made_in": ("FR", "DE", "JP"),
    "toy.made_on": DAYS[1:],
    "scenario.date": DAYS[1:],
    "discretion.power-1": (True, False),
    "reading.doubt-1": ("yes", "no"),
    "transaction.kind": ("export", "brokering", "import", "financing"),
}
"""Answers to each fact from each cell of its questions; none is before the first day."""


# what is drawn -------------------------------------------------------------------------------------


def conditions(atoms: Sequence[Condition], most: int = 6) -> st.SearchStrategy[Condition]:
    """Draws conditions over some questions."""
    return st.recursive(
        st.sampled_from([*atoms, TRUE]),
        lambda inner: st.one_of(
            inner.map(lambda condition: ~condition),
            st.lists(inner, min_size=2, max_size=3).map(lambda parts: all_of(*parts)),
            st.lists(inner, min_size=2, max_size=3).map(lambda parts: any_of(*parts)),
            inner.map(lambda condition: Term("term", ACT["3"], condition)),
            st.tuples(inner, inner).map(lambda pair: DOUBT.choose(yes=pair[0], no=pair[1])),
        ),
        max_leaves=most,
    )


def _rules(draw: st.DrawFn, atoms: Sequence[Condition], prefix: str, most: int) -> tuple[Rule, ...]:
    rules: list[Rule] = []
    for number in range(draw(st.integers(1, most))):
        overrides = draw(st.lists(st.sampled_from(rules), max_size=2, unique_by=id)) if rules else []
        rules.append(
            Rule(
                ACT[f"{prefix} {number + 1}"],
                "An invented rule.",
                when=draw(conditions(atoms)),
                then=draw(st.sampled_from(Outcome)),
                triggered_by=Trigger.ACT,
                overrides=tuple(overrides),
                states="somebody, by some standard",
            )
        )
    return tuple(rules)


@st.composite
def rulesets(draw: st.DrawFn, facts: Sequence[str]) -> Ruleset:
    """Draws rulesets that ask about these facts, some with a base, with constraints."""
    atoms = [draw(st.sampled_from(ATOMS[name])) for name in facts for _ in range(2)]
    stable = [item for item in atoms if item.key not in (LAW_DATE.key, DOUBT.key)]
    pairs = st.tuples(*[conditions(stable or [TRUE], 3)] * 2)
    constraints = tuple(
        Constraint("One thing follows from another.", *pair)
        for pair in draw(st.lists(pairs, max_size=2))
        if not any(node.key == DOUBT.key for node in nodes(pair))
    )
    common: dict[str, Any] = {
        "instruments": (ACT,),
        "covers": ("export", "brokering"),
        "vocabulary": Vocabulary((Transaction, Toy), constraints),
    }
    watched = Rule(
        ACT["Watched"],
        "A condition to ask about; it decides nothing.",
        when=draw(conditions(atoms)),
        then=Outcome.NO_CONTROL,
        triggered_by=Trigger.ACT,
    )
    base = Ruleset(
        "toy-base",
        "Toy base",
        status="law",
        reference_date=dt.date(2012, 1, 1),
        provisions=Provisions(
            _rules(draw, atoms, "Base", 2), interpretations=(DOUBT,), discretions=(POWER,)
        ),
        **common,
    )
    return Ruleset(
        "toy",
        "Toy rules",
        status="law",
        reference_date=draw(st.sampled_from([dt.date(2012, 1, 1), "scenario"])),
        provisions=Provisions(
            (watched, *_rules(draw, atoms, "Art.", 4)),
            interpretations=(DOUBT,),
            discretions=(POWER,),
        ),
        scope=draw(st.one_of(st.just(TRUE), conditions(stable or [TRUE], 2))),
        base=draw(st.sampled_from([(), (base,)])),
        **common,
    )


def _partly_open(draw: st.DrawFn, members: Sequence[str]) -> MemberSet:
    known = draw(st.sets(st.sampled_from(members), max_size=1))
    return MemberSet(known, draw(st.sets(st.sampled_from(members), max_size=3)) - known)


def _stated(draw: st.DrawFn, name: str) -> Any:
    """An answer, None where it is open, or a set of which members are open."""
    if name == "toy.codes":
        return draw(st.none()) if draw(st.booleans()) else _partly_open(draw, CODES)
    if name == "toy.signs" and draw(st.booleans()):
        return _partly_open(draw, ("star", "moon"))
    early = [DAYS[0]] if name == FACTS_DATE.key else []
    return draw(st.sampled_from([None, None, *ANSWERS[name], *early]))


def scenario_of(values: Mapping[str, Any]) -> Scenario:
    """The scenario that states these answers."""
    toy = {key.partition(".")[2]: value for key, value in values.items() if key.startswith("toy.")}
    power = values.get("discretion.power-1")
    return Scenario(
        id="drawn",
        date=values.get(FACTS_DATE.key),
        transaction=Transaction(kind=values.get("transaction.kind")),
        more=(Toy(**toy),),
        discretion={} if power is None else {POWER.id: power},
    )


@attrs.frozen
class World:
    """One possible case: its answers by fact and by question, and the outcome; None out of scope."""

    values: Mapping[str, Any]
    answers: Mapping[str, Any]
    outcome: Outcome | None


@attrs.frozen(eq=False)
class Drawn:
    """A drawn ruleset and a drawn scenario, of which some answers are open."""

    ruleset: Ruleset
    facts: tuple[str, ...]
    stated: Mapping[str, Any]
    readings: Any

    @property
    def scenario(self) -> Scenario:
        return scenario_of(self.stated)

    def options(self) -> dict[str, Sequence[Any]]:
        """Every answer that the scenario leaves possible, for each fact that is asked about."""
        return {name: self._options(name) for name in self.asked()}

    def asked(self) -> tuple[str, ...]:
        """The facts that are asked about; the date of the facts where that decides the law."""
        keys = questions(every_condition(self.ruleset))
        names = list(map(fact_of, keys))
        if self.ruleset.reference_date == "scenario":
            names = [FACTS_DATE.key if name == LAW_DATE.key else name for name in names]
        return tuple(name for name in dict.fromkeys(names) if name != LAW_DATE.key)

    def _options(self, name: str) -> Sequence[Any]:
        value = self.stated.get(name)
        if name == "reading.doubt-1":
            readings = {None: ("yes",), "open": ("yes", "no")}
            return readings[self.readings] if not isinstance(self.readings, dict) else ("no",)
        if isinstance(value, MemberSet):
            return tuple(
                MemberSet(value.known | set(further_codes))
                for size in range(len(value.open) + 1)
                for further_codes in itertools.combinations(sorted(value.open), size)
            )
        if value is not None:
            return (value,)
        return tuple(self._code_sets()) if name == "toy.codes" else ANSWERS[name]

    def _code_sets(self) -> Iterator[MemberSet]:
        """One set of codes for each way of answering the patterns that are asked about."""
        keys = questions(every_condition(self.ruleset))
        patterns = [key.partition(":")[2] for key in keys if key.startswith("toy.codes:")]
        kinds = {tuple(code_matches(code, pattern) for pattern in patterns): code for code in CODES}
        codes_by_truths: dict[tuple[bool, ...], frozenset[str]] = {(False,) * len(patterns): frozenset()}
        for truths, code in kinds.items():
            for pattern_truths, codes in list(codes_by_truths.items()):
                joint_truths = tuple(map(any, zip(pattern_truths, truths, strict=True)))
                codes_by_truths.setdefault(joint_truths, codes | {code})
        yield from map(MemberSet, codes_by_truths.values())

    def worlds(self) -> list[World]:
        """Every possible case that the scenario leaves open."""
        options = self.options()
        products = itertools.product(*options.values())
        return [
            world
            for combination in products
            if (world := self._world(dict(zip(options, combination, strict=True)))) is not None
        ]

    def _world(self, values: Mapping[str, Any]) -> World | None:
        scenario = scenario_of(values)
        reading = values.get("reading.doubt-1", "yes" if self.readings != {"doubt-1": "no"} else "no")
        law, day = self.ruleset.reference_date, scenario.date
        known_facts = assumed_facts(scenario, self.ruleset.vocabulary)
        facts = {fact.key: fact for fact in (*self.ruleset.vocabulary.facts(), FACTS_DATE)}
        keys = questions(every_condition(self.ruleset))
        answers = answers_to(keys, scenario, known_facts, facts) | {DOUBT.key: reading}
        answers |= {FACTS_DATE.key: day, LAW_DATE.key: day if law == "scenario" else law}
        for item in self.ruleset.vocabulary.constraints:
            if evaluate(item.when, answers).truth and not evaluate(item.then, answers).truth:
                return None
        return World(values, answers, outcome_of(self.ruleset, answers))


def fact_of(key: str) -> str:
    """The fact, doubt or power that a question is about."""
    name, _, member = key.partition(":")
    return f"{name}.{member}" if name in ("reading", "discretion") else name


def every_condition(ruleset: Ruleset) -> list[Condition]:
    """Every condition of a ruleset, of its base and of the constraints."""
    halves = [half for item in ruleset.vocabulary.constraints for half in (item.when, item.then)]
    kind = Transaction.kind.is_in(*ruleset.covers)
    scopes = [part.scope for part in ruleset.parts()]
    return [kind, *scopes, *(rule.when for part in ruleset.parts() for rule in part.rules), *halves]


def outcome_of(ruleset: Ruleset, answers: Mapping[str, Any]) -> Outcome | None:
    """The outcome as the design states it: that of the strictest rule that holds and is not overridden."""
    applying = [
        part
        for part in ruleset.parts()
        if answers["transaction.kind"] in part.covers and evaluate(part.scope, answers).truth
    ]
    if not applying:
        return None
    holding = [rule for part in applying for rule in part.rules if evaluate(rule.when, answers).truth]
    standing: list[Rule] = []
    for rule in reversed(holding):  # A rule lifts only rules before it.
        if not any(rule in other.overrides for other in standing):
            standing.append(rule)
    return max((rule.then for rule in standing), default=Outcome.NO_CONTROL)


FACTS = st.lists(st.sampled_from(sorted(ATOMS)), min_size=1, max_size=3, unique=True)


@st.composite
def drawn_cases(draw: st.DrawFn, *, blank: bool = False) -> Drawn:
    """Draws a ruleset, a scenario and readings."""
    facts = tuple(draw(FACTS))
    ruleset = draw(rulesets(facts))
    names = [name for name in facts if name not in ("law.as_of", "reading.doubt-1")]
    stated: dict[str, Any] = {"transaction.kind": "export"}
    stated |= {name: _stated(draw, name) for name in names}
    if ruleset.reference_date == "scenario" and "scenario.date" not in stated:
        stated["scenario.date"] = _stated(draw, "scenario.date")
    values = {} if blank else {name: value for name, value in stated.items() if value is not None}
    readings = draw(st.sampled_from([None, "open", {"doubt-1": "no"}]))
    return Drawn(ruleset, facts, values, readings)


# what is asked of the solver ------------------------------------------------------------------------

FEW = fewer(5)


def judged(drawn: Drawn, **options: Any) -> Any:
    """The verdict on the drawn scenario."""
    return assess(drawn.scenario, drawn.ruleset, readings=drawn.readings, **options)


def read_drawn(drawn: Drawn) -> Regime:
    """The regime of the drawn ruleset."""
    assume(not drawn.ruleset.base or drawn.ruleset.reference_date != "scenario")
    return read_regime(drawn.ruleset, readings=drawn.readings)


def span_of(worlds: Iterable[World]) -> Span | None:
    """The mildest and the strictest outcome of these cases; None where all are out of scope."""
    outcomes = [world.outcome for world in worlds if world.outcome is not None]
    return Span(min(outcomes), max(outcomes)) if outcomes else None


def same_in_solver(cases: PossibleCases, key: str, answer: Any, other: Any) -> bool:
    """Whether no condition distinguishes two answers to a question."""
    if key in cases.solver.thresholds:
        return all((answer >= day) is (other >= day) for day in cases.solver.thresholds[key])
    if answer is other or answer == other:
        return True
    return any({answer, other} <= {*cell.equivalents} for cell in cases.solver.cells[key])


def known_answers_of(drawn: Drawn, cases: PossibleCases) -> KnownAnswers:
    """The answers of the drawn scenario, for the solver."""
    return known_answers(drawn.scenario, cases)


def met_by(condition: Condition, worlds: Iterable[World]) -> list[World]:
    """The cases that meet a condition."""
    return [world for world in worlds if evaluate(condition, world.answers).truth]


def check_case(
    cases: PossibleCases, case: Case, condition: Condition, stated_answers: KnownAnswers
) -> None:
    """Checks that a case meets the condition, the given answers and the constraints, with its codes."""
    assert evaluate(condition, case.answers).truth is True
    for item in cases.vocabulary.constraints:
        assert not (
            evaluate(item.when, case.answers).truth and not evaluate(item.then, case.answers).truth
        )
    for key, answer in stated_answers.answers.items():
        assert same_in_solver(cases, key, case.answers[key], answer)
    for key in cases.solver.questions:
        name, _, pattern = key.partition(":")
        if name == Toy.codes.key:
            is_met = any(code_matches(code, pattern) for code in case.codes[name])
            assert case.answers[key] is is_met
    for code in case.codes.get(Toy.codes.key, ()):
        assert CODE.fullmatch(code)


# the tests ------------------------------------------------------------------------------------------


@FEW
@given(drawn_cases())
def test_reachable_agrees_with_enumeration(drawn: Drawn) -> None:
    """A case is found exactly where one exists, and it meets the condition and the given answers."""
    regime_read = read_drawn(drawn)
    condition = regime_read.holds[regime_read.indices[drawn.ruleset.rules[0]]]
    cases = possible_cases([regime_read])
    stated_answers = known_answers_of(drawn, cases)

    case = cases.solver.reachable(condition, stated_answers)

    assert (case is not None) == bool(met_by(condition, drawn.worlds()))
    if case is not None:
        check_case(cases, case, condition, stated_answers)


@FEW
@given(drawn_cases(), st.data())
def test_preferred_answers_in_turn(drawn: Drawn, data: st.DataObject) -> None:
    """Each preference is met, in turn, if some case that meets the earlier ones can meet it."""
    regime_read = read_drawn(drawn)
    cases = possible_cases([regime_read])
    told_apart = {
        key: [cell.answer for cell in cells]
        for key, cells in cases.solver.cells.items()
        if not key.startswith(Toy.codes.key)
    }
    assume(told_apart)
    keys = data.draw(st.lists(st.sampled_from(sorted(told_apart)), unique=True, min_size=1))
    preferences = [Preference(key, tuple(data.draw(st.permutations(told_apart[key])))) for key in keys]
    remaining = drawn.worlds()

    case = cases.solver.reachable(TRUE, known_answers_of(drawn, cases), prefer=preferences)

    assume(remaining)
    for item in preferences:
        for answer in item.answers:
            if better := [
                w for w in remaining if same_in_solver(cases, item.key, w.answers[item.key], answer)
            ]:
                remaining = better
                break
        assert case is not None
        assert same_in_solver(cases, item.key, case.answers[item.key], remaining[0].answers[item.key])


@FEW
@given(drawn_cases())
def test_exact_spans_are_those_of_all_completions(drawn: Drawn) -> None:
    """Exact spans and scope equal the enumerated ones, and lie within look-ahead and plain logic."""
    worlds = drawn.worlds()
    if not worlds:
        with contextlib.suppress(UsageError):
            assert judged(drawn, exact=True).in_scope is False
        return
    exact, ahead, plain = judged(drawn, exact=True), judged(drawn), judged(drawn, look_ahead=False)

    assert exact.span == span_of(worlds)
    scopes = {world.outcome is not None for world in worlds}
    assert exact.in_scope is (scopes.pop() if len(scopes) == 1 else None)
    for narrow, wide in ((exact, ahead), (ahead, plain)):
        assert wide.in_scope in (None, narrow.in_scope)
        assert narrow.span is None or narrow.span in wide.span


@FEW
@given(drawn_cases())
def test_spans_of_answers_are_exact(drawn: Drawn) -> None:
    """Each answer to an open question comes with the exact span that it leads to."""
    cases = possible_cases([read_drawn(drawn)])
    worlds = drawn.worlds()
    assume(worlds)
    stated_answers = known_answers_of(drawn, cases)

    for item in judged(drawn, exact=True).questions:
        keys = [key for key in cases.solver.questions if fact_of(key) == item.name]
        keys = [key for key in keys if key not in stated_answers.answers]
        spans = {answer: effect.span for effect in item.effects for answer in effect.answers}
        for label, fits in _labelled(cases, item, keys).items():
            span = span_of([world for world in worlds if fits(world)])
            if span and label in spans and not isinstance(cases.solver.facts.get(item.name), CodeSet):
                assert spans[label] == span


def _labelled(
    cases: PossibleCases, item: Question, keys: Sequence[str]
) -> dict[str, Callable[[World], bool]]:
    """The name of each answer to an open fact, with the cases that have it."""
    if item.name in (Toy.signs.key, Toy.codes.key):
        members = {key.partition(":")[2]: _fits(cases, key, True) for key in keys}
        return members | {"none of these": lambda world: not any(world.answers[key] for key in keys)}
    (key,) = keys
    return {cell.equivalents[0]: _fits(cases, key, cell.answer) for cell in cases.solver.cells[key]}


def _fits(cases: PossibleCases, key: str, answer: Any) -> Callable[[World], bool]:
    return lambda world: same_in_solver(cases, key, world.answers[key], answer)


@FEW
@given(drawn_cases(blank=True), st.data())
def test_fewest_changes_are_fewest(drawn: Drawn, data: st.DataObject) -> None:
    """No case that meets the condition differs in fewer facts; excluded sets never change together."""
    regime_read = read_drawn(drawn)
    cases = possible_cases([regime_read])
    worlds = drawn.worlds()
    assume(worlds)
    start = data.draw(st.sampled_from(worlds))
    condition = data.draw(st.sampled_from([regime_read.at_least(item) for item in Outcome]))
    keys = {name: [k for k in cases.solver.questions if fact_of(k) == name] for name in drawn.asked()}
    groups = {name: keys[name] for name in data.draw(st.sets(st.sampled_from(sorted(keys)), min_size=1))}
    start_from = KnownAnswers({key: start.answers[key] for key in cases.solver.questions})

    changed = {
        frozenset(
            name
            for name in keys
            if not all(same_in_solver(cases, k, w.answers[k], start.answers[k]) for k in keys[name])
        )
        for w in met_by(condition, worlds)
    }
    possible_sets = {names for names in changed if names <= set(groups)}
    excluded: list[frozenset[str]] = []
    fewest = cases.solver.fewest
    while (names := fewest(condition, start_from, groups, excluded=excluded)) is not None:
        remaining_sets = {
            item for item in possible_sets if not any(barred <= item for barred in excluded)
        }

        assert names in remaining_sets
        assert len(names) == min(map(len, remaining_sets))
        fixed = {
            key: start_from.answers[key] for name in keys if name not in names for key in keys[name]
        }
        case = cases.solver.reachable(condition, KnownAnswers(fixed))
        assert case is not None
        check_case(cases, case, condition, KnownAnswers(fixed))
        differing = {
            name
            for name in groups
            if not all(same_in_solver(cases, k, case.answers[k], start.answers[k]) for k in keys[name])
        }
        assert differing == names
        if not names:
            return
        excluded.append(names)
    assert not {item for item in possible_sets if not any(barred <= item for barred in excluded)}


@FEW
@given(drawn_cases(), st.data())
def test_outcomes_as_conditions_agree_with_assessment(drawn: Drawn, data: st.DataObject) -> None:
    """On a complete case the conditions of scope, rules and outcomes say what assessment says."""
    worlds = drawn.worlds()
    assume(worlds)
    regime_read = read_drawn(drawn)

    for world in data.draw(st.lists(st.sampled_from(worlds), min_size=1, max_size=5)):
        readings = {DOUBT.id: world.answers[DOUBT.key]}
        verdict = assess(scenario_of(world.values), drawn.ruleset, readings=readings)
        holding = {
            entry.rule.id
            for entry, holds in zip(regime_read.program.entries, regime_read.holds, strict=True)
            if evaluate(holds, world.answers).truth
        }

        assert verdict.span == (None if world.outcome is None else Span(world.outcome, world.outcome))
        assert evaluate(regime_read.scope, world.answers).truth is (world.outcome is not None)
        for item in Outcome:
            is_reached = world.outcome is not None and world.outcome >= item
            assert evaluate(regime_read.at_least(item), world.answers).truth is is_reached
            below = world.outcome is not None and world.outcome < item
            assert evaluate(regime_read.below(item), world.answers).truth is below
        if world.outcome is not None:
            assert {finding.rule.id for finding in verdict.holding} == holding


@FEW
@given(drawn_cases(blank=True))
def test_a_minimal_scenario_shows_its_claim(drawn: Drawn) -> None:
    """The most ordinary case of each outcome, written and read again, has it."""
    regime_read = read_drawn(drawn)
    cases = possible_cases([regime_read])

    for item in Outcome:
        case = cases.ordinary(regime_read.at_least(item))
        if case is None:
            continue
        scenario = witness_of(cases, case, "A case").scenario
        text = case_file(scenario)
        (loaded,) = read_text(text, vocabulary=cases.vocabulary, discretions=lambda: [POWER.id])
        readings = drawn.readings
        if readings == "open":
            readings = {DOUBT.id: case.answers.get(DOUBT.key, DOUBT.default)}
        as_of: Any = regime_read.as_of or "scenario"
        verdict = assess(loaded, drawn.ruleset, as_of=as_of, readings=readings)

        assert loaded == scenario
        assert verdict.low is not None
        assert verdict.low >= item


# by hand --------------------------------------------------------------------------------------------

ANY_ANSWERS = st.fixed_dictionaries(
    {
        "toy.small": st.sampled_from([True, False, None]),
        "toy.round": st.sampled_from([True, False, None]),
        "toy.colour": st.sampled_from(["red", "green", "blue", None]),
        "toy.signs:star": st.sampled_from([True, False, None]),
        "toy.made_in": st.sampled_from(["FR", "JP", None]),
        "scenario.date": st.sampled_from([*DAYS, None]),
        "reading:doubt-1": st.sampled_from(["yes", "no", None]),
    }
)


@given(conditions([atom for atoms in ATOMS.values() for atom in atoms], 10), ANY_ANSWERS, ANY_ANSWERS)
def test_partial_evaluation_keeps_the_truth(
    condition: Condition, given_before: Mapping[str, Any], given_after: Mapping[str, Any]
) -> None:
    """A partially evaluated condition has, on the remaining answers, the truth of the whole."""
    before = {key: answer for key, answer in given_before.items() if answer is not None}
    shorter = partially_evaluate(condition, before)

    assert evaluate(shorter, given_after).truth is evaluate(condition, {**given_after, **before}).truth
    assert not set(questions([shorter])) & set(before)


def ruleset_of(*pairs: tuple[Condition, Outcome], **options: Any) -> Ruleset:
    """An invented ruleset with a rule for each condition and outcome."""
    rules = tuple(
        Rule(
            ACT[f"Art. {number}"],
            "An invented rule.",
            when=when,
            then=then,
            triggered_by=Trigger.ACT,
            states="somebody, by some standard",
        )
        for number, (when, then) in enumerate(pairs, 1)
    )
    settings_of_all: dict[str, Any] = {
        "status": "law",
        "instruments": (ACT,),
        "reference_date": dt.date(2020, 1, 1),
        "provisions": Provisions(rules, interpretations=(DOUBT,), discretions=(POWER,)),
        "covers": ("export",),
        "vocabulary": Vocabulary((Transaction, Toy)),
    }
    return Ruleset("toy", "Toy rules", **(settings_of_all | options))


def stated(**answers: Any) -> Scenario:
    """An export with these stated facts of the toy."""
    date = answers.pop("date", dt.date(2016, 5, 1))
    transaction = Transaction(kind="export")
    return Scenario(id="by-hand", date=date, transaction=transaction, more=(Toy(**answers),))


LISTED = Toy.codes.includes_any("5A001.f", "/5A001.j")
DERIVED = Toy.codes.includes_any("/5A001.j")


@pytest.mark.parametrize(
    ("known", "left_open", "expected"),
    [
        ((), (), "no_control"),
        ((), ("5A001.f",), "no_control..authorisation"),
        (("5A001.f",), ("5D001/5A001.j",), "authorisation..prohibition"),
        (("5D001/5A001.j",), ("5A001.f",), "prohibition"),
        ((), ("5A001.f", "6A003"), "no_control..authorisation"),
        (("6A003",), ("4A005",), "no_control"),
    ],
)
def test_only_open_codes_can_be_added(
    known: tuple[str, ...], left_open: tuple[str, ...], expected: str
) -> None:
    """Where some codes of a set are open, the others stay out."""
    ruleset = ruleset_of((LISTED, Outcome.AUTHORISATION), (DERIVED, Outcome.PROHIBITION))

    verdict = assess(stated(codes=MemberSet(known, left_open)), ruleset, exact=True)

    assert str(verdict.span) == expected


def test_days_before_the_first_that_is_tried() -> None:
    """A stated early day is kept, though an open day is never as early."""
    ruleset = ruleset_of((FACTS_DATE.on_or_after(TURNS[0]), Outcome.PROHIBITION))

    spans = [str(assess(stated(date=day), ruleset, exact=True).span) for day in (DAYS[0], DAYS[1], None)]

    assert spans == ["no_control", "prohibition", "prohibition"]


def test_law_of_the_day_of_the_facts() -> None:
    """Where the law of the day of the facts is applied, the two days are the same."""
    gap = FACTS_DATE.on_or_after(TURNS[2]) & ~LAW_DATE.on_or_after(TURNS[2])
    ruleset = ruleset_of((gap, Outcome.PROHIBITION), reference_date="scenario")

    read_as = read_regime(ruleset)
    assert not possible_cases([read_as]).can_be(read_as.at_least(Outcome.PROHIBITION))
    assert str(assess(stated(date=None), ruleset, exact=True).span) == "no_control"


def test_one_change_is_preferred_to_two() -> None:
    """The fewest changes are found even where keeping what is named first would need more."""
    red = Toy.colour.is_in("red")
    ruleset = ruleset_of((red | (Toy.small & Toy.round), Outcome.PROHIBITION))
    read_as = read_regime(ruleset)
    start = {"transaction.kind": "export", "toy.colour": "blue", "toy.small": False, "toy.round": False}
    groups = {key: [key] for key in start}

    solver = possible_cases([read_as]).solver
    names = solver.fewest(read_as.at_least(Outcome.PROHIBITION), KnownAnswers(start), groups)

    assert names == frozenset({"toy.colour"})


def test_a_minimal_scenario_states_an_unused_power() -> None:
    """The scenario states that a power was not used where the result depends on that, and only there."""
    read_as = read_regime(ruleset_of((~POWER & Toy.small, Outcome.PROHIBITION)))
    cases = possible_cases([read_as])

    shown = {
        item: witness_of(cases, case, "A case").scenario
        for item, condition in (("gap", read_as.at_least(Outcome.PROHIBITION)), ("rest", ~Toy.small))
        if (case := cases.ordinary(all_of(condition, read_as.scope)))
    }

    assert {item: dict(scenario.discretion) for item, scenario in shown.items()} == {
        "gap": {"power-1": False},
        "rest": {},
    }


def test_a_condition_unknown_to_the_solver_is_an_error() -> None:
    """A condition that the solver was not built with raises an error, never gives a wrong answer."""
    solver = Solver(Vocabulary((Toy,)), [Toy.colour.is_in("red"), FACTS_DATE.on_or_after(TURNS[2])])

    for unknown in (
        Toy.colour.is_in("red", "green"),
        FACTS_DATE.on_or_after(TURNS[1]),
        as_condition(Toy.small),
    ):
        with pytest.raises(UsageError, match="does not know of"):
            solver.reachable(unknown)
    assert solver.reachable(Toy.colour.is_in("green", "blue")) is not None


# the shipped regimes --------------------------------------------------------------------------------

SHIPPED = ("eu-428-2009", "eu-2021-821", "amnesty")


@pytest.mark.thorough
def test_exact_spans_of_the_documented_cases() -> None:
    """On every other documented case the exact span, asked for by itself, lies within that of look-ahead."""
    catalogue = Catalogue.installed()

    for scenario in catalogue.scenarios()[::2]:
        for name in SHIPPED:
            ahead = assess(scenario, catalogue.ruleset(name))
            exact = assess(scenario, catalogue.ruleset(name), exact=True)
            read_as = regime_of(ahead)
            assert exact.span == frame_for([read_as], scenario).span(read_as)
            assert exact.span is None or (ahead.span and exact.span in ahead.span), (scenario.id, name)
            assert ahead.in_scope in (None, exact.in_scope), (scenario.id, name)


@pytest.mark.thorough
@pytest.mark.parametrize("name", SHIPPED)
def test_a_case_for_each_outcome_of_a_shipped_regime(name: str, tmp_path: Path) -> None:
    """A case of each outcome, written to a file and read as any other, has it."""
    catalogue = Catalogue.installed()
    read_as = read_regime(catalogue.ruleset(name))
    cases = possible_cases([read_as])

    for item in Outcome:
        condition = all_of(read_as.at_least(item), *_not_above(read_as, item))
        if case := cases.ordinary(condition):
            scenario = witness_of(cases, case, f"A {item.word}").scenario
            (tmp_path / f"{item}.yaml").write_text(case_file(scenario), encoding="utf-8")
            (loaded,) = catalogue.read(tmp_path / f"{item}.yaml")

            assert not contradictions(loaded, catalogue.vocabulary)
            verdict = assess(loaded, catalogue.ruleset(name))
            is_unread = any(question.startswith("text.") for question in verdict.open_questions)
            assert is_unread or str(verdict.span) == item.word


def _not_above(read_as: Regime, outcome: Outcome) -> list[Condition]:
    return [read_as.below(outcome.stricter)] if outcome < max(Outcome) else []


def test_a_minimal_scenario_keeps_facts_that_presumptions_would_contradict() -> None:
    """An answer implied by two constraints in turn may contradict an ordinary answer."""
    chain = (
        Constraint("Who has no power gets it.", ~POWER, POWER),
        Constraint("Who has the power is round.", POWER, Toy.round),
    )
    vocabulary = Vocabulary((Transaction, Toy), chain)
    ruleset = ruleset_of((TRUE, Outcome.PROHIBITION), vocabulary=vocabulary)
    read_so = read_regime(ruleset)
    cases = possible_cases([read_so])
    case = cases.ordinary(read_so.scope)

    assert case is not None
    scenario = witness_of(cases, case, "A case").scenario
    assert str(assess(scenario, ruleset).span) == "prohibition"
