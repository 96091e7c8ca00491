"""All readings of a ruleset's conditions agree: walked, compiled, in words, in bulk and proved.

Each has a function here, which says where it differs from the walk.  One whose extra is not installed is
left out, and reported as such.
"""

from __future__ import annotations

import datetime as dt
import importlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

from regcompare.logic.conditions import Condition, Seen, questions, walk
from regcompare.logic.planes import compile_conditions
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.established import answers_to, established_facts
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import assess
from regcompare.vocabulary import FACTS_DATE, LAW_DATE
from regcompare.words.words import condition_words

from .strategies import partial_scenarios, scenarios
from .subject import FEW, NotChecked, Subject, description, verdict_of

TRUTH_WORDS = {True: "that it holds", False: "that it does not hold", None: "that it is open"}
ROWS = 12
"""How many rows a drawn frame has at most."""


def named_conditions(ruleset: Ruleset) -> dict[str, Condition]:
    """Returns the conditions of a ruleset itself, by the name of each in a failure."""
    provisions = ruleset.provisions
    return {
        "the scope": ruleset.scope,
        **{f"rule {item.id} ({item.cite})": item.condition for item in provisions.rules},
        **{f"duty {item.id} ({item.cite})": item.condition for item in provisions.duties},
    }


def default_answers(ruleset: Ruleset, scenario: Scenario) -> dict[str, Any]:
    """Returns the answers of a case to the questions of a ruleset, with every doubt at its default.

    A doubt whose default is open has no answer.
    """
    facts = {fact.key: fact for fact in (*ruleset.vocabulary.facts(), FACTS_DATE)}
    doubts = [doubt for part in ruleset.parts() for doubt in part.doubts]
    day, known = ruleset.reference_date, established_facts(scenario, ruleset.vocabulary)
    asked = questions(named_conditions(ruleset).values())
    return {
        **answers_to(asked, scenario, known, facts),
        **{doubt.key: doubt.default for doubt in doubts if doubt.default != "open"},
        LAW_DATE.key: day if isinstance(day, dt.date) else scenario.date,
    }


def agree(subject: Subject) -> Iterator[str]:
    """Every reading gives the conditions the truth that the walk gives them."""
    for reading in READINGS.values():
        try:
            yield from reading(subject)
        except NotChecked:
            continue


NEEDS = {"bulk": ("pyarrow", "frames"), "solver": ("z3", "prove")}
"""The library that a reading needs, and the extra that brings it."""


def missing(subject: Subject) -> Iterator[str]:
    """Reports which readings were left out, and why."""
    for reading, (_, extra) in NEEDS.items():
        try:
            _require(reading)
        except NotChecked:
            yield (
                f"The reading {reading!r} was left out. To check it as well, type: "
                f"python -m pip install 'regcompare[{extra}]'"
            )


def _require(reading: str) -> None:
    library, _ = NEEDS[reading]
    try:
        importlib.import_module(library)
    except ModuleNotFoundError:
        raise NotChecked(f"{library} is not installed.") from None


# compiled ----------------------------------------------------------------------------------------


def compiled(subject: Subject) -> Iterator[str]:
    """The generated function agrees with the walk, on drawn cases and on the ruleset's own."""
    ruleset = subject.ruleset
    conditions = named_conditions(ruleset)
    function = compile_conditions(list(conditions.values()))

    def differs(scenario: Scenario) -> str | None:
        answers, seen = default_answers(ruleset, scenario), Seen()
        for (name, condition), truth in zip(conditions.items(), function.truths(answers), strict=True):
            if (walked := walk(condition, answers, seen).truth) is not truth:
                return _disagreement(
                    (name, condition), "the generated function", truth, walked, scenario
                )
        return None

    yield from subject.counterexample(partial_scenarios(ruleset), differs)
    yield from filter(None, map(differs, subject.cases.values()))


def _disagreement(
    named: tuple[str, Condition],
    reading: str,
    truth: bool | None,
    walked: bool | None,
    scenario: Scenario,
) -> str:
    name, condition = named
    keys = {question.name for question in questions([condition]).values()}
    facts = f"a case with {description(scenario, keys)}"
    case = facts if scenario.id == "drawn" else f"the case {scenario.id}"
    return f"For {name} {reading} says {TRUTH_WORDS[truth]}, the walk {TRUTH_WORDS[walked]}, in {case}."


# words -------------------------------------------------------------------------------------------


def words(subject: Subject) -> Iterator[str]:
    """Every condition can be put into words."""
    for name, condition in named_conditions(subject.ruleset).items():
        try:
            text = condition_words(condition, subject.ruleset)
        except Exception as error:  # noqa: BLE001 - whatever is raised is what the check is about
            yield f"{name} cannot be put into words: {type(error).__name__}: {error}."
            continue
        if not text.strip():
            yield f"{name} has no words."


# solver ------------------------------------------------------------------------------------------


def solver(subject: Subject) -> Iterator[str]:
    """The solver agrees with the walk where every question is answered."""
    _require("solver")
    from regcompare_prove.solver import KnownAnswers, Solver

    ruleset = subject.ruleset
    conditions = named_conditions(ruleset)
    prover = Solver(ruleset.vocabulary, list(conditions.values()))

    def differs(scenario: Scenario) -> str | None:
        answers, seen = default_answers(ruleset, scenario), Seen()
        for name, condition in conditions.items():
            walked = walk(condition, answers, seen).truth
            opposite = ~condition if walked else condition
            if walked is not None and prover.reachable(opposite, KnownAnswers(answers)) is not None:
                return _disagreement((name, condition), "the solver", not walked, walked, scenario)
        return None

    yield from subject.counterexample(scenarios(ruleset), differs, few=True)
    yield from filter(None, map(differs, list(subject.cases.values())[:FEW]))


# bulk --------------------------------------------------------------------------------------------


def bulk(subject: Subject) -> Iterator[str]:
    """In bulk each row has the result that its case has alone."""
    _require("bulk")
    import pyarrow as pa

    from regcompare_registers import assess_frame, frame_rows

    ruleset = subject.ruleset

    def differs(scenarios: Sequence[Scenario]) -> str | None:
        possible = [case for case in scenarios if verdict_of(case, ruleset) is not None]
        if not possible:
            return None
        table = pa.table(frame_rows(possible, ruleset.vocabulary))
        rows = assess_frame(table, [ruleset]).to_pylist()
        for case, row in zip(possible, rows, strict=True):
            span = assess(case, ruleset).span
            alone = (span.low.word, span.high.word) if span else (None, None)
            in_bulk = (row[f"{ruleset.id}.low"], row[f"{ruleset.id}.high"])
            if alone != in_bulk:
                return (
                    f"In bulk {ruleset.id} gives {in_bulk[0]} to {in_bulk[1]}, alone {alone[0]} to "
                    f"{alone[1]}, in a case with {description(case)}."
                )
        return None

    rows = st.lists(partial_scenarios(ruleset), min_size=1, max_size=ROWS)
    yield from subject.counterexample(rows, differs, few=True)


READINGS: Mapping[str, Callable[[Subject], Iterator[str]]] = {
    "compiled": compiled,
    "words": words,
    "solver": solver,
    "bulk": bulk,
}
"""The readings that are compared with the walk."""
