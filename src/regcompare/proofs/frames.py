"""How possible cases are asked about: a proof that there is none, or the most ordinary one to show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import attrs

from regcompare.logic.conditions import TRUE, Condition, all_of
from regcompare.ruleset.rules import Outcome, Span
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import AsOf, Readings

from .ordinary import MinimalCase, presumed_by, smallest
from .regimes import KnownAnswers, PossibleCases, Regime, given_by, possible, read_alike
from .witness import identifier, needed_readings, readings_of, told

__all__ = ["Frame", "Witness", "framed", "over"]

_EVERY = Span(min(Outcome), max(Outcome))
_SMALLEST = (
    "Found among all possible cases; invented, not reported. No case that shows this differs from an "
    "ordinary one in fewer answers."
)


@attrs.frozen(eq=False, slots=False)
class Witness:
    """The smallest, most ordinary case that shows something, as a scenario that loads.

    Attributes:
        scenario: The case; it says what each regime gives.
        departs: The facts in which it departs from an ordinary case.
    """

    scenario: Scenario
    departs: tuple[str, ...]
    _cases: PossibleCases
    _found: MinimalCase

    @cached_property
    def readings(self) -> Mapping[str, str]:
        """The readings of doubts left open, by id, without which it does not show it."""
        regimes = self._cases.regimes
        return needed_readings(readings_of(self._found.case, regimes), self.scenario, regimes)


@attrs.frozen(eq=False)
class Frame:
    """The possible cases that are looked at.

    Attributes:
        cases: All possible cases.
        given: The answers that those looked at have.
        condition: What they meet besides.
        words: What is taken as given, in words; blank for nothing.
    """

    cases: PossibleCases
    given: KnownAnswers = attrs.field(factory=KnownAnswers)
    condition: Condition = TRUE
    words: str = ""

    def answering(self, *others: KnownAnswers) -> Frame:
        """Returns the frame with these answers in place of its own."""
        return attrs.evolve(self, given=self.given.but(*others))

    def meeting(self, *conditions: Condition) -> Frame:
        """Returns the frame of those cases that meet these conditions as well."""
        return attrs.evolve(self, condition=all_of(self.condition, *conditions))

    def can_be(self, *conditions: Condition) -> bool:
        """Whether some case meets all of these conditions; no is a proof."""
        return self.cases.can_be(self.condition, *conditions, given=self.given)

    def span(self, of: Regime, within: Span = _EVERY) -> Span | None:
        """Returns the mildest and the strictest outcome of all cases in scope; None where none is.

        Args:
            of: The regime.
            within: A span in which both are known to lie.
        """
        if not self.can_be(of.scope):
            return None
        outcomes = [item for item in Outcome if item in within]
        reached = (item for item in outcomes[:0:-1] if self.can_be(of.at_least(item)))
        high = next(reached, within.low)
        weaker = (item for item in outcomes if item < high)
        return Span(next((item for item in weaker if self.can_be(of.below(item.stricter))), high), high)

    def smallest(self, condition: Condition) -> MinimalCase | None:
        """Returns the smallest case that meets a condition, or None, which is a proof."""
        return smallest(self.cases, all_of(self.condition, condition), self.given)

    def witness(self, condition: Condition, shown: str, title: str) -> Witness | None:
        """Returns the smallest case that meets a condition as a scenario, or None, which is a proof.

        Args:
            condition: What it must meet.
            shown: What it shows, in words of which its id is made.
            title: What it shows, in a line.
        """
        found = self.smallest(condition)
        if found is None:
            return None
        scenario = told(
            self.cases,
            found.case,
            scenario_id=identifier(shown),
            title=title,
            summary=_SMALLEST,
            given=self.given,
        )
        return Witness(scenario, found.departs, self.cases, found)


_LAYERS_IN_WORDS = {
    "ordinary": "standard assumptions",
    "surveillance": "the standard assumptions for a sale of surveillance technology",
}


def framed(
    cases: PossibleCases, scenario: Scenario | None = None, *, presume: Iterable[str] = ()
) -> Frame:
    """Returns the cases with the facts of a case, with what layers of presumptions answer, or all."""
    given, words, layers = KnownAnswers(), list[str](), tuple(presume)
    condition: Condition = TRUE
    if layers:
        given, condition = presumed_by(cases, layers)
        words.append(_LAYERS_IN_WORDS[layers[-1]])
    if scenario is not None:
        given = given.but(given_by(scenario, cases))
        words.append(f"the facts of {scenario.id}")
    return Frame(cases, given, condition, " and ".join(words))


def over(
    rulesets: Sequence[Ruleset],
    extra: Iterable[Condition] = (),
    *,
    as_of: AsOf = None,
    days: Sequence[AsOf] | None = None,
    readings: Readings = None,
    given: Scenario | None = None,
    presume: Iterable[str] = (),
    like: Iterable[Scenario] = (),
    fold: bool = False,
) -> Frame:
    """Returns the possible cases under some rulesets, to be asked about; the regimes are in its cases.

    Args:
        rulesets: The regimes and proposals.
        extra: Further conditions that will be asked about.
        as_of: The day whose law is applied; by default each ruleset's reference date.
        days: A day for each ruleset in place of ``as_of``.
        readings: Readings of doubtful texts; with ``open`` what is proved holds under every reading.
        given: A case whose facts are taken as given; what it leaves open is free.
        presume: Layers of presumptions that are taken as given, as a file names them: ``ordinary``,
            ``surveillance``.
        like: Cases that say what is ordinary.
        fold: As for ``possible``.

    Raises:
        UsageError: A ruleset cannot be read on the day, or the extra ``prove`` is missing.
    """
    regimes, layers = read_alike(rulesets, as_of, readings, days=days, given=given), tuple(presume)
    cases = possible(regimes, extra, presume=layers, like=like, fold=fold)
    return framed(cases, given, presume=layers)
