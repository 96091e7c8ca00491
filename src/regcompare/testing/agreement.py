"""All readings of a ruleset's conditions agree with the walk.

Each has a function that says where it differs, here or in a plugin.  One whose extra is not installed is
left out, and reported as such.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from regcompare.logic.conditions import Condition, Seen, questions, walk
from regcompare.logic.planes import compile_conditions
from regcompare.plugins.features import FUNCTIONS
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.established import answers_to, established_facts
from regcompare.scenario.scenario import Scenario
from regcompare.vocabulary import FACTS_DATE, LAW_DATE
from regcompare.words.words import condition_words

from .strategies import partial_scenarios
from .subject import NotChecked, Subject, description

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
    for reading in readings(subject).values():
        try:
            yield from reading(subject)
        except NotChecked:
            continue


def missing(subject: Subject) -> Iterator[str]:
    """Reports which readings were left out, and why."""
    for name, reading in readings(subject).items():
        try:
            reading(subject)  # Nothing is compared before the first disagreement is asked for.
        except NotChecked as reason:
            yield f"The reading {name!r} was left out. {reason}"


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
                return disagreement((name, condition), "the generated function", truth, walked, scenario)
        return None

    yield from subject.counterexample(partial_scenarios(ruleset), differs)
    yield from filter(None, map(differs, subject.cases.values()))


def disagreement(
    named: tuple[str, Condition],
    reading: str,
    truth: bool | None,
    walked: bool | None,
    scenario: Scenario,
) -> str:
    """Returns the sentence that a reading and the walk differ, and in which case."""
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


READINGS: Mapping[str, Callable[[Subject], Iterator[str]]] = {"compiled": compiled, "words": words}
"""The readings of the core that are compared with the walk."""


def readings(subject: Subject) -> dict[str, Callable[[Subject], Iterator[str]]]:
    """Returns all readings that are compared with the walk: those of the core, then those of plugins."""
    features = subject.catalogue.features
    return {
        **READINGS,
        **{
            title.partition(".")[2]: features.load(FUNCTIONS, title, "")
            for title in features.of(FUNCTIONS, "agreement")
        },
    }
