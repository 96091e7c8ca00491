"""The subject of a check: a ruleset, its cases, and scenarios drawn for it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cached_property
from typing import Any, TypeVar

import attrs
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Flaky

from regcompare.comparison.named_cases import RuleCases, named_cases
from regcompare.errors import FileError, UsageError
from regcompare.facts import UNKNOWN
from regcompare.plugins.catalogue import Catalogue, scenario_files
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.files import read_scenarios
from regcompare.scenario.scenario import Scenario, stated_answers
from regcompare.verdict.assess import assess
from regcompare.verdict.verdict import Verdict

Example = TypeVar("Example")


class NotChecked(Exception):  # noqa: N818 - not an error: the check could not be made
    """A check could not be made; the message says why."""


class _Failure(Exception):  # noqa: N818 - carries a sentence past Hypothesis, which shrinks the example
    """What is wrong with an example."""


@attrs.frozen(eq=False, slots=False)
class Subject:
    """A ruleset to check, and how thoroughly.

    Attributes:
        ruleset: The ruleset.
        examples: How many examples each property check draws.
        beside: Further rulesets that its cases refer to; installed ones need not be named.
    """

    ruleset: Ruleset
    examples: int = 25
    beside: tuple[Ruleset, ...] = ()
    problems: list[str] = attrs.field(factory=list, init=False)

    @cached_property
    def catalogue(self) -> Catalogue:
        """What is installed."""
        return Catalogue.installed()

    @cached_property
    def rulesets(self) -> Mapping[str, Ruleset]:
        """Every ruleset that a case may refer to; the one checked replaces an installed one."""
        others = {**self.catalogue.rulesets, **{item.id: item for item in self.beside}}
        return others | {part.id: part for part in reversed(list(self.ruleset.parts()))}

    @cached_property
    def powers(self) -> frozenset[str]:
        """The ids of the powers whose use a case may state."""
        return frozenset(
            power.id for item in self.rulesets.values() for power in item.provisions.discretions
        )

    @cached_property
    def cases(self) -> dict[str, Scenario]:
        """The cases of the ruleset by id, of files that can be read; the others are in ``problems``."""
        files, vocabulary = scenario_files(self.ruleset.cases), self.ruleset.vocabulary
        cases: dict[str, Scenario] = {}
        for file in files:
            try:
                read = read_scenarios(
                    file, vocabulary, discretions=lambda: self.powers, others=lambda: files
                )
                cases |= {case.id: case for case in read}
            except FileError as error:
                self.problems.extend(map(str, error.problems))
        return cases

    @cached_property
    def named(self) -> Mapping[str, RuleCases]:
        """The cases that show each rule, by its id."""
        return named_cases(self.ruleset, self.cases.values())

    def counterexample(
        self,
        strategy: st.SearchStrategy[Example],
        failure: Callable[[Example], str | None],
    ) -> Iterator[str]:
        """Yields the sentence about the simplest example that fails, if one is drawn.

        Args:
            strategy: Draws the examples.
            failure: Returns what is wrong with an example, or None.
        """
        drawing = settings(
            max_examples=self.examples,
            phases=[Phase.generate, Phase.shrink],
            deadline=None,
            database=None,
            print_blob=False,
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
        )

        @drawing
        @given(strategy)
        def check(example: Example) -> None:
            if sentence := failure(example):
                raise _Failure(sentence)

        try:
            check()
        except _Failure as error:
            yield str(error)
        except Flaky:
            yield f"{self.ruleset.id} answers the same question differently from one time to the next."


def verdict_of(scenario: Scenario, ruleset: Ruleset, **options: Any) -> Verdict | None:
    """Returns the verdict, or None where the facts contradict each other."""
    try:
        return assess(scenario, ruleset, **options)
    except UsageError as error:
        if "contradict each other" in str(error):
            return None
        raise


MOST_FACTS = 12
"""How many facts of a drawn case a sentence names at most."""


def description(scenario: Scenario, keys: Collection[str] | None = None) -> str:
    """Returns a drawn case in words: the facts that it states, or those of them with these keys."""
    facts = {
        key: value for key, value in stated_answers(scenario).items() if keys is None or key in keys
    }
    words = {True: "yes", False: "no", UNKNOWN: "unknown"}
    answers = [f"{key} {words.get(value, value)}" for key, value in facts.items()]
    rest = f" and {len(answers) - MOST_FACTS} more" if len(answers) > MOST_FACTS else ""
    presumed = " (the ordinary presumed)" if scenario.presume else ""
    return (", ".join(answers[:MOST_FACTS]) or "nothing stated") + rest + presumed
