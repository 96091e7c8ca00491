"""The solver agrees with the walk: a check of the suite for authors of rulesets."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec

from regcompare.logic.conditions import Seen, walk
from regcompare.scenario.scenario import Scenario
from regcompare.testing.agreement import default_answers, disagreement, named_conditions
from regcompare.testing.strategies import scenarios
from regcompare.testing.subject import FEW, NotChecked, Subject

from .solver import KnownAnswers, Solver


def disagreements(subject: Subject) -> Iterator[str]:
    """Says where the solver differs from the walk, with every question answered.

    Raises:
        NotChecked: The extra ``prove`` is not installed.
    """
    if not find_spec("z3"):
        raise NotChecked("To check it as well, type: python -m pip install 'regcompare[prove]'")
    return _disagreements(subject)


def _disagreements(subject: Subject) -> Iterator[str]:
    ruleset = subject.ruleset
    conditions = named_conditions(ruleset)
    prover = Solver(ruleset.vocabulary, list(conditions.values()))

    def differs(scenario: Scenario) -> str | None:
        answers, seen = default_answers(ruleset, scenario), Seen()
        for name, condition in conditions.items():
            walked = walk(condition, answers, seen).truth
            opposite = ~condition if walked else condition
            if walked is not None and prover.reachable(opposite, KnownAnswers(answers)) is not None:
                return disagreement((name, condition), "the solver", not walked, walked, scenario)
        return None

    yield from subject.counterexample(scenarios(ruleset), differs, few=True)
    yield from filter(None, map(differs, list(subject.cases.values())[:FEW]))
