"""What a check looks at: the ruleset, its cases, and scenarios drawn for it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
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

Drawn = TypeVar("Drawn")


FEW = 10
"""How many examples what takes long is given at the most."""


class NotChecked(Exception):  # noqa: N818 - no fault: the check could not be made, and says why
    """A check that could not be made; the text says why."""


class _Told(Exception):  # noqa: N818 - carries a sentence past Hypothesis, which shrinks the example
    """Something to say about an example."""


@attrs.frozen(eq=False, slots=False)
class Subject:
    """A ruleset to be checked, and how thoroughly.

    Attributes:
        ruleset: The ruleset.
        examples: How many examples each drawing check draws.
        beside: Further rulesets that its cases speak of; installed ones need no mention.
        keys: For tables by name, the columns that say what a row is about.
        nearness: In how many facts a firing case and its near miss may differ.
        repeatable: Whether the same examples are drawn each time.
    """

    ruleset: Ruleset
    examples: int = 25
    beside: tuple[Ruleset, ...] = ()
    keys: Mapping[str, Sequence[str]] = attrs.field(factory=dict)
    nearness: int = 2
    repeatable: bool = False

    @cached_property
    def catalogue(self) -> Catalogue:
        """What is installed."""
        return Catalogue.installed()

    @cached_property
    def rulesets(self) -> Mapping[str, Ruleset]:
        """Every ruleset that a case may speak of, the one checked in place of an installed one."""
        known = dict(self.catalogue.rulesets)
        known |= {item.id: item for item in self.beside}
        return known | {part.id: part for part in reversed(list(self.ruleset.parts()))}

    @cached_property
    def powers(self) -> frozenset[str]:
        """The ids of the powers whose use a case may state."""
        rulesets = (*self.rulesets.values(), *self.ruleset.parts())
        return frozenset(item.id for one in rulesets for item in one.provisions.discretions)

    @cached_property
    def _read(self) -> tuple[dict[str, Scenario], tuple[str, ...]]:
        cases: dict[str, Scenario] = {}
        problems: list[str] = []
        files = scenario_files(self.ruleset.cases)
        vocabulary, powers = self.ruleset.vocabulary, self.powers
        for file in files:
            try:
                found = read_scenarios(file, vocabulary, discretions=powers, others=lambda: files)
            except FileError as error:
                problems += map(str, error.problems)
                continue
            cases.update((case.id, case) for case in found)
        return cases, tuple(problems)

    @property
    def cases(self) -> Mapping[str, Scenario]:
        """The cases of the ruleset by id."""
        return self._read[0]

    @cached_property
    def named(self) -> Mapping[str, RuleCases]:
        """The cases that show each rule, by its id."""
        return named_cases(self.ruleset, self.cases.values())

    @property
    def case_problems(self) -> tuple[str, ...]:
        """What is wrong with the files of cases."""
        return self._read[1]

    def drawn(
        self,
        strategy: st.SearchStrategy[Drawn],
        says: Callable[[Drawn], str | None],
        *,
        few: bool = False,
    ) -> Iterator[str]:
        """Yields the sentence about the simplest drawn example about which there is something to say.

        Args:
            strategy: Draws the examples.
            says: Returns the sentence, or None where there is nothing to say.
            few: For what takes long: fewer examples, of which the first is told, not the simplest.
        """
        drawing = settings(
            max_examples=min(FEW, self.examples) if few else self.examples,
            phases=[Phase.generate] if few else [Phase.generate, Phase.shrink],
            deadline=None,
            database=None,
            print_blob=False,
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
            derandomize=self.repeatable or settings().derandomize,
        )

        @drawing
        @given(strategy)
        def look(example: Drawn) -> None:
            if sentence := says(example):
                raise _Told(sentence)

        try:
            look()
        except _Told as told:
            yield str(told)
        except Flaky:
            yield f"{self.ruleset.id} answers the same question differently from one time to the next."


def judged(scenario: Scenario, ruleset: Ruleset, **options: Any) -> Verdict | None:
    """Returns the verdict, or None where the facts turn out to contradict each other."""
    try:
        return assess(scenario, ruleset, **options)
    except UsageError as error:
        if "contradict each other" in str(error):
            return None
        raise


MOST_FACTS = 12
"""How many facts of a drawn case a sentence names."""


def described(scenario: Scenario, asked: Collection[str] | None = None) -> str:
    """Returns a drawn case in words: the facts that it states, or those of them that are asked for."""
    facts = {
        key: value for key, value in stated_answers(scenario).items() if asked is None or key in asked
    }
    words = {True: "yes", False: "no", UNKNOWN: "unknown"}
    told = [f"{key} {words.get(value, value)}" for key, value in facts.items()]
    rest = f" and {len(told) - MOST_FACTS} more" if len(told) > MOST_FACTS else ""
    presumed = " (the ordinary presumed)" if scenario.presume else ""
    return (", ".join(told[:MOST_FACTS]) or "nothing stated") + rest + presumed
