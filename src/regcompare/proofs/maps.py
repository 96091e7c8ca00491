"""The mildest and the strictest outcome for each pair of answers to two facts, exactly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

import attrs

from regcompare.errors import UsageError
from regcompare.ruleset.rules import Outcome, Span
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import AsOf, Readings

from .axes import Answer, Axis, axis, both, shared
from .gaps import BY, Closed, Frame, framed
from .regimes import Possible, Regime, possible, read_alike

__all__ = ["Coverage", "MapCell", "PossibleMap", "coverage", "possible_map"]

PlainCell = tuple[str, str, str, Outcome | None, Outcome | None]
"""Ruleset, answer down, answer across, mildest and strictest outcome; as pictures take it."""


@attrs.frozen
class MapCell:
    """One pair of answers under one regime.

    Attributes:
        ruleset: The ruleset's id.
        down: The answer to the first fact.
        across: The answer to the second.
        span: The mildest and the strictest outcome of all possible cases; None where no possible case
            with these answers is in scope.
    """

    ruleset: str
    down: Answer
    across: Answer
    span: Span | None

    @property
    def low(self) -> Outcome | None:
        """The least outcome."""
        return self.span.low if self.span else None

    @property
    def high(self) -> Outcome | None:
        """The strictest outcome."""
        return self.span.high if self.span else None


@attrs.define(eq=False, repr=False, slots=False)
class PossibleMap:
    """Regimes side by side over the answers of two facts.

    Attributes:
        regimes: The regimes, in the order named.
        possible: The possible cases.
        down: The fact of the lines, with its answers.
        across: The fact of the columns, with its answers.
        frame: What is taken as given.
    """

    regimes: tuple[Regime, ...]
    possible: Possible
    down: Axis
    across: Axis
    frame: Frame

    def __repr__(self) -> str:
        pairs = len(self.down.answers) * len(self.across.answers)
        return f"<PossibleMap: {pairs} cells under {len(self.regimes)} rulesets>"

    @cached_property
    def cells(self) -> tuple[MapCell, ...]:
        """The cells, regime by regime and line by line."""
        return tuple(cell for item in self.regimes for cell in self._cells(item))

    def of(self, ruleset: str) -> tuple[MapCell, ...]:
        """Returns the cells of one ruleset, line by line."""
        return tuple(cell for cell in self.cells if cell.ruleset == ruleset)

    def _cells(self, item: Regime) -> Iterator[MapCell]:
        def span(one: Answer, two: Answer) -> Span | None:
            return self.possible.span(item, both(self.frame.given, one, two))

        found = shared(self.down, self.across, span)
        for one in self.down.answers:
            for two in self.across.answers:
                yield MapCell(item.ruleset.id, one, two, found[one.name, two.name])

    def plain(self) -> tuple[PlainCell, ...]:
        """Returns the cells with labels alone, as ``show.pictures.coverage_map`` takes them."""
        return tuple(
            (cell.ruleset, cell.down.label, cell.across.label, cell.low, cell.high)
            for cell in self.cells
        )

    def never_reached(self, ruleset: str, stops_at: Outcome) -> tuple[Answer, ...]:
        """Returns the answers to the first fact that reach an outcome in no cell of the map.

        Answers of which no cell is in scope are left out.
        """
        lines: dict[str, list[MapCell]] = {}
        for cell in self.of(ruleset):
            lines.setdefault(cell.down.name, []).append(cell)
        spans = {name: [cell.span for cell in cells if cell.span] for name, cells in lines.items()}
        missed = {
            name for name, own in spans.items() if own and all(span.high < stops_at for span in own)
        }
        return tuple(answer for answer in self.down.answers if answer.name in missed)


def possible_map(
    rulesets: Sequence[Ruleset],
    *,
    by: tuple[str, str] = BY,
    presume: Iterable[str] = (),
    given: Scenario | None = None,
    as_of: AsOf = None,
    readings: Readings = None,
    like: Iterable[Scenario] = (),
) -> PossibleMap:
    """Maps the mildest and the strictest outcome over the answers of two facts.

    Args:
        rulesets: The regimes and proposals.
        by: The facts of the lines and of the columns: choices, yes/no, countries, days, or sets, each
            member of which is taken alone.
        presume: Layers of presumptions that are taken as given.
        given: A case that fixes the other facts; what it leaves open is free, and without it everything.
        as_of: The day whose law is applied; by default each ruleset's reference date.
        readings: Readings of doubtful texts; with ``open`` the ends are those over every reading.
        like: Cases that say what is ordinary.

    Raises:
        UsageError: A fact is not known, a ruleset cannot be read on the day, or the extra is missing.
    """
    if not rulesets:
        raise UsageError("A map needs at least one ruleset; name one with -r ID.")
    down, across = by
    if down == across:
        raise UsageError(f"A map needs two different facts; {down} was named twice.")
    regimes = read_alike(rulesets, as_of, readings, given=given)
    cases = possible(regimes, presume=presume, like=like)
    return PossibleMap(
        regimes, cases, axis(cases, down), axis(cases, across), framed(cases, given, presume=presume)
    )


# which answers a regime reaches ---------------------------------------------------------------------


@attrs.frozen
class Coverage:
    """How far a regime stops the possible cases with one answer.

    Attributes:
        ruleset: The ruleset's id.
        answer: The answer.
        reached: ``always``, ``sometimes`` or ``never``; ``no such case`` where none is in scope.
    """

    ruleset: str
    answer: Answer
    reached: Closed


def coverage(
    rulesets: Sequence[Ruleset],
    *,
    by: str = BY[0],
    stops_at: Outcome = Outcome.AUTHORISATION,
    given: Scenario | None = None,
    as_of: AsOf = None,
    readings: Readings = None,
) -> tuple[Coverage, ...]:
    """Returns for each answer to a fact whether a regime can reach it at all: proved, not sampled.

    Args:
        rulesets: The regimes and proposals.
        by: The fact, by default the technology.
        stops_at: The least outcome that counts as reached.
        given: A case that fixes other facts.
        as_of: As for ``possible_map``.
        readings: As for ``possible_map``.
    """
    regimes = read_alike(rulesets, as_of, readings, given=given)
    cases = possible(regimes)
    line, frame = axis(cases, by), framed(cases, given)
    return tuple(
        Coverage(item.ruleset.id, answer, _reached(cases, item, frame, answer, stops_at))
        for item in regimes
        for answer in line.answers
    )


def _reached(cases: Possible, item: Regime, frame: Frame, answer: Answer, stops_at: Outcome) -> Closed:
    given = both(frame.given, answer)
    stopped = cases.can_be(item.at_least(stops_at), given=given)
    passed = cases.can_be(item.below(stops_at), given=given)
    if stopped:
        return Closed.SOMETIMES if passed else Closed.ALWAYS
    return Closed.NEVER if passed else Closed.NO_CASE
