"""Frames: the possible cases under consideration, with proofs and witnesses among them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from regcompare.logic.conditions import TRUE, Condition, all_of
from regcompare.ruleset.rules import Outcome, Span
from regcompare.scenario.scenario import Scenario

from .encoding import KnownAnswers
from .ordinary import Departures, departures, minimal_case, presumed_answers
from .regimes import PossibleCases, Regime, known_answers, possible_cases
from .witness import Witness, witness_of

_EVERY = Span(min(Outcome), max(Outcome))


@attrs.frozen(eq=False)
class Frame:
    """The possible cases under consideration.

    Attributes:
        cases: All possible cases.
        given: The answers that those under consideration have.
        condition: A condition that they also meet.
        words: What is taken as given, in words; blank for nothing.
    """

    cases: PossibleCases
    given: KnownAnswers = attrs.field(factory=KnownAnswers)
    condition: Condition = TRUE
    words: str = ""

    def answering(self, *others: KnownAnswers) -> Frame:
        """Returns the frame with these answers added or in place of its own."""
        return attrs.evolve(self, given=self.given.updated(*others))

    def meeting(self, *conditions: Condition) -> Frame:
        """Returns the frame of the cases that also meet these conditions."""
        return attrs.evolve(self, condition=all_of(self.condition, *conditions))

    def can_be(self, *conditions: Condition) -> bool:
        """Whether some case meets all of these conditions; no is a proof."""
        return self.cases.can_be(self.condition, *conditions, given=self.given)

    def span(self, regime: Regime, within: Span = _EVERY) -> Span | None:
        """Returns the mildest and the strictest outcome of the cases in scope; None without any.

        Args:
            regime: The regime.
            within: A span that is known to contain both.
        """
        if not self.can_be(regime.scope):
            return None
        outcomes = [item for item in Outcome if item in within]
        stricter = (item for item in outcomes[:0:-1] if self.can_be(regime.at_least(item)))
        high = next(stricter, within.low)
        weaker = (item for item in outcomes if item < high)
        return Span(
            next((item for item in weaker if self.can_be(regime.below(item.stricter))), high), high
        )

    def departures(self, condition: Condition) -> Departures | None:
        """Returns how the smallest case that meets a condition departs from an ordinary one, or None."""
        return departures(self.cases, all_of(self.condition, condition), self.given)

    def witness(self, condition: Condition, title: str) -> Witness | None:
        """Returns the smallest case that meets a condition as a scenario, or None, which is a proof.

        Args:
            condition: The condition that it must meet.
            title: What it shows, in a line.
        """
        minimal = minimal_case(self.cases, all_of(self.condition, condition), self.given)
        return witness_of(self.cases, minimal, title, given=self.given) if minimal else None


_LAYERS_IN_WORDS = {
    "ordinary": "standard assumptions",
    "surveillance": "the standard assumptions for a sale of surveillance technology",
}


def frame_for(
    regimes: Sequence[Regime],
    given: Scenario | None = None,
    *,
    extra: Iterable[Condition] = (),
    presume: Iterable[str] = (),
) -> Frame:
    """Returns the frame of possible cases under regimes.

    Args:
        regimes: The regimes.
        given: A case whose facts are taken as given; the facts that it leaves open are free.
        extra: As for ``possible_cases``.
        presume: Layers of presumptions that are taken as given, as a file names them: ``ordinary``,
            ``surveillance``.

    Raises:
        UsageError: The extra ``prove`` is missing.
    """
    layers, words = tuple(presume), list[str]()
    cases = possible_cases(regimes, extra, presume=layers)
    known, condition = presumed_answers(cases, layers) if layers else (KnownAnswers(), TRUE)
    if layers:
        words.append(_LAYERS_IN_WORDS[layers[-1]])
    if given is not None:
        known = known.updated(known_answers(given, cases))
        words.append(f"the facts of {given.id}")
    return Frame(cases, known, condition, " and ".join(words))
