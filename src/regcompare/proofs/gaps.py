"""Gaps over every possible case: where one ruleset stops what another lets through.

For each pair of answers to two facts, by default the technology and the kind of end user, it is proved
whether the second ruleset stops every possible case of that kind that the first lets through, or some of
them, or none.  No number of cases is given: combinations of answers are not exports.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

import attrs

from regcompare.comparison.measures import verb_phrase
from regcompare.errors import UsageError
from regcompare.logic.conditions import Condition
from regcompare.program.program import Entry
from regcompare.ruleset.rules import Outcome, Rule
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario, sections_stating
from regcompare.verdict.assess import AsOf, Readings

from .axes import BY, Answer, Axis, axes, axis, shared
from .frames import Frame, over
from .regimes import Regime
from .witness import identifier

__all__ = ["BY", "ClosingRule", "Closure", "GapCell", "PossibleGaps", "possible_gaps"]

KIND = "transaction.kind"


class Closure(enum.StrEnum):
    """How far one ruleset stops what another lets through, among the possible cases of a kind."""

    ALWAYS = "always"
    """It stops every one."""
    SOMETIMES = "sometimes"
    """It stops some, and lets others through."""
    NEVER = "never"
    """It stops none."""
    NOTHING_OPEN = "nothing let through"
    """The first lets none through."""
    NO_CASE = "no such case"
    """No possible case of the kind is in the scope of both."""

    @property
    def is_gap(self) -> bool:
        """Whether there is a case that the one stops and the other lets through."""
        return self in (Closure.ALWAYS, Closure.SOMETIMES)


@attrs.frozen
class GapCell:
    """What was proved for one pair of answers.

    Attributes:
        down: The answer to the first fact.
        across: The answer to the second.
        closed: How far the other ruleset stops what the base lets through.
    """

    down: Answer
    across: Answer
    closed: Closure

    @property
    def alike(self) -> tuple[int, int]:
        """The same for cells that no condition tells apart."""
        return self.down.alike, self.across.alike


@attrs.frozen
class ClosingRule:
    """A rule that stops some of the cases of a gap.

    Attributes:
        rule: The rule.
        ruleset: The ruleset that it stands in: the other, or the law that this stands on.
        always: Whether it alone would stop every case of the gap.
    """

    rule: Rule
    ruleset: Ruleset
    always: bool


@attrs.define(eq=False, repr=False, slots=False)
class PossibleGaps:
    """Where one ruleset stops what another lets through, over every possible case.

    Attributes:
        base: The regime that lets through.
        other: The regime that stops.
        stops_at: The least outcome that counts as controlled.
        frame: The possible cases that are looked at.
        down: The fact of the lines, with its answers.
        across: The fact of the columns, with its answers.
    """

    base: Regime
    other: Regime
    stops_at: Outcome
    frame: Frame
    down: Axis
    across: Axis
    _closing_found: dict[tuple[int, int], dict[int, bool]] = attrs.field(init=False, factory=dict)
    _witnesses: dict[tuple[int, int], Scenario] = attrs.field(init=False, factory=dict)

    def __repr__(self) -> str:
        found = sum(cell.closed.is_gap for cell in self.cells)
        return (
            f"<PossibleGaps: {found} of {len(self.cells)} cells in which {self.other.ruleset.id} stops>"
        )

    # the cells ---------------------------------------------------------------------------------

    @cached_property
    def gap(self) -> Condition:
        """The condition that the other stops a case that the base lets through."""
        open_, stopped = self.base.below(self.stops_at), self.other.at_least(self.stops_at)
        return self.frame.meeting(open_, stopped).condition

    @cached_property
    def cells(self) -> tuple[GapCell, ...]:
        """The cells, line by line."""
        return tuple(GapCell(*cell) for cell in shared(self.down, self.across, self._closed))

    def among(self, *answers: Answer) -> Frame:
        """Returns the possible cases with these answers."""
        return self.frame.answering(*(answer.given for answer in answers))

    @property
    def found(self) -> tuple[GapCell, ...]:
        """The cells in which there is a gap."""
        return tuple(cell for cell in self.cells if cell.closed.is_gap)

    def cell(self, down: str, across: str) -> GapCell:
        """Returns the cell of two answers, as a file writes them.

        Raises:
            UsageError: There is no such cell.
        """
        for cell in self.cells:
            if (cell.down.name, cell.across.name) == (down, across):
                return cell
        raise UsageError(f"The map has no cell {down!r} by {across!r}.")

    def _closed(self, down: Answer, across: Answer) -> Closure:
        can_be, is_open = self.among(down, across).can_be, self.base.below(self.stops_at)
        stopped, passed = can_be(self.gap), can_be(is_open, self.other.below(self.stops_at))
        if stopped:
            return Closure.SOMETIMES if passed else Closure.ALWAYS
        if passed:
            return Closure.NEVER
        return Closure.NOTHING_OPEN if can_be(self.base.scope, self.other.scope) else Closure.NO_CASE

    # what closes them --------------------------------------------------------------------------

    def closing(self, *cells: GapCell) -> tuple[ClosingRule, ...]:
        """Returns the rules that close the gaps of some cells, in the order of the text.

        A rule counts where it stops a case: it holds, and no other rule lifts it.
        """
        alike = {cell.alike: cell for cell in cells if cell.closed.is_gap}
        for slot, cell in alike.items():
            if slot not in self._closing_found:
                self._closing_found[slot] = self._standing(cell)
        found = [self._closing_found[slot] for slot in alike]
        standing = {place: all(one.get(place, False) for one in found) for one in found for place in one}
        order = [place for place in self.other.reached.program.text_order if place in standing]
        return tuple(
            ClosingRule(self._entries[place].rule, self._entries[place].source, standing[place])
            for place in order
        )

    def _standing(self, cell: GapCell) -> dict[int, bool]:
        """The places of the rules that stop some case of a cell, and whether each stops them all."""
        can_be, stands = self.among(cell.down, cell.across).can_be, self.other.reached.stands
        strict = (p for p, entry in enumerate(self._entries) if entry.rule.then >= self.stops_at)
        met = [place for place in strict if can_be(self.gap, stands[place])]
        return {place: not can_be(self.gap, self._lifted[place]) for place in met}

    @cached_property
    def _lifted(self) -> tuple[Condition, ...]:
        return tuple(~condition for condition in self.other.reached.stands)

    @property
    def _entries(self) -> Sequence[Entry]:
        return self.other.reached.program.entries

    # what is set aside -------------------------------------------------------------------------

    @cached_property
    def uncovered(self) -> tuple[Answer, ...]:
        """The kinds of transaction of which the other stops cases that the base does not cover."""
        outside = ~self.base.scope, self.other.at_least(self.stops_at)
        kinds = axis(self.frame.cases, KIND).answers
        return tuple(kind for kind in kinds if self.among(kind).can_be(*outside))

    # witnesses ---------------------------------------------------------------------------------

    def witness(self, cell: GapCell) -> Scenario | None:
        """Returns the smallest, most ordinary case of a gap as a scenario; None where none is."""
        if not cell.closed.is_gap:
            return None
        if cell.alike not in self._witnesses:
            found = self.among(cell.down, cell.across).witness(self.gap, "witness", "A gap")
            assert found is not None, "a gap has a case"
            self._witnesses[cell.alike] = found.scenario
        return self._named(self._witnesses[cell.alike], cell)

    def departs(self, down: Answer) -> tuple[str, ...]:
        """Returns in which facts the smallest case of a line's gaps departs from an ordinary case."""
        found = self.among(down).smallest(self.gap)
        return found.departs if found else ()

    def _named(self, scenario: Scenario, cell: GapCell) -> Scenario:
        """The witness under the two answers of its cell, which it states."""
        for axis_, answer in ((self.down, cell.down), (self.across, cell.across)):
            fact = axis_.fact  # What other kinds of fact answer is stated already.
            if fact.kind in ("choice", "yes_no"):
                stated = sections_stating(
                    {fact.key: fact.read(answer.name)}, self.frame.cases.vocabulary
                )
                scenario = scenario.with_facts(*stated)
        base, other = self.base.ruleset.id, self.other.ruleset.id
        fate = verb_phrase(self.stops_at, 1)
        words = f"{cell.down.name}-{cell.across.name}".lower().replace("_", "-")
        return attrs.evolve(
            scenario,
            id=identifier(f"{words}-{other}-stops"),
            title=f"{cell.down.label}, {cell.across.label}: {fate} under {other} but not under {base}",
        )

    def witnesses(self) -> Iterator[tuple[GapCell, Scenario]]:
        """Yields for each gap its witness; they are worked out one by one."""
        for cell in self.found:
            scenario = self.witness(cell)
            if scenario is not None:
                yield cell, scenario


# how gaps are found ---------------------------------------------------------------------------------


def possible_gaps(
    base: Ruleset,
    other: Ruleset,
    *,
    stops_at: Outcome = Outcome.AUTHORISATION,
    by: tuple[str, str] = BY,
    presume: Iterable[str] = (),
    given: Scenario | None = None,
    as_of: AsOf = None,
    base_as_of: AsOf = None,
    readings: Readings = None,
    like: Iterable[Scenario] = (),
) -> PossibleGaps:
    """Finds where ``other`` stops what ``base`` lets through, over every possible case.

    It stops a case where it comes to ``stops_at`` or a stricter outcome.  Cases are told apart by two
    facts, whatever a case that is given says of these.  ``base_as_of`` is the day on which the base is
    read, where that is another; the other arguments are those of ``over``.

    Raises:
        UsageError: A fact is not known; else as for ``over``.
    """
    pair = (base, other)
    facts = [fact for item in pair for fact in item.vocabulary.facts() if fact.is_set]
    names_sets = not {fact.key for fact in facts}.isdisjoint(by)  # Then each member has a line.
    frame = over(
        pair,
        days=(as_of if base_as_of is None else base_as_of, as_of),
        readings=readings,
        given=given,
        presume=presume,
        like=like,
        fold=given is None and not names_sets,
    )
    first, second = frame.cases.regimes
    return gaps_between(first, second, frame, stops_at=stops_at, by=by)


def gaps_between(
    base: Regime, other: Regime, frame: Frame, *, stops_at: Outcome, by: tuple[str, str]
) -> PossibleGaps:
    """Returns the gaps between two regimes among possible cases that several questions share."""
    return PossibleGaps(base, other, stops_at, frame, *axes(frame.cases, by))


def reverse(gaps: PossibleGaps) -> PossibleGaps:
    """Returns the gaps the other way round: where the base stops what the other lets through."""
    return attrs.evolve(gaps, base=gaps.other, other=gaps.base)
