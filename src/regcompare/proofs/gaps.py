"""Gaps over every possible case: where one ruleset stops what another lets through.

For each pair of answers to two facts, by default the technology and the kind of end user, it is proved
whether the second ruleset stops every possible case of that kind that the first lets through, or some of
them, or none.  No number of cases is given: combinations of answers are not exports.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import attrs

from regcompare.comparison.measures import measured
from regcompare.errors import UsageError
from regcompare.logic.conditions import TRUE, Condition, all_of
from regcompare.program.program import Entry
from regcompare.ruleset.rules import Outcome, Rule
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario, stating
from regcompare.verdict.assess import AsOf, Readings

from .axes import Answer, Axis, axis, both, shared
from .ordinary import Smallest, presumed_by, smallest
from .regimes import Given, Possible, Regime, given_by, possible, read_alike
from .witness import SMALLEST, identifier, told

__all__ = ["BY", "Closed", "Closing", "GapCell", "PossibleGaps", "possible_gaps"]

BY = ("item.technology", "end_user.kind")
"""The facts by which gaps are told apart by default."""

KIND = "transaction.kind"


class Closed(enum.StrEnum):
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
        return self in (Closed.ALWAYS, Closed.SOMETIMES)


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
    closed: Closed


@attrs.frozen
class Closing:
    """A rule that stops some of the cases of a gap.

    Attributes:
        rule: The rule.
        ruleset: The ruleset that it stands in: the other, or the law that this stands on.
        always: Whether it alone would stop every case of the gap.
    """

    rule: Rule
    ruleset: Ruleset
    always: bool


@attrs.frozen(eq=False)
class Frame:
    """What is taken as given in every case that is looked at.

    Attributes:
        given: Answers.
        condition: What must hold besides.
        words: What it is, in words; blank for nothing.
    """

    given: Given = attrs.field(factory=Given)
    condition: Condition = TRUE
    words: str = ""


@attrs.define(eq=False, repr=False, slots=False)
class PossibleGaps:
    """Where one ruleset stops what another lets through, over every possible case.

    Attributes:
        base: The regime that lets through.
        other: The regime that stops.
        stops_at: The least outcome that counts as controlled.
        possible: The possible cases.
        down: The fact of the lines, with its answers.
        across: The fact of the columns, with its answers.
        frame: What is taken as given.
    """

    base: Regime
    other: Regime
    stops_at: Outcome
    possible: Possible
    down: Axis
    across: Axis
    frame: Frame

    def __repr__(self) -> str:
        found = sum(cell.closed.is_gap for cell in self.cells)
        return (
            f"<PossibleGaps: {found} of {len(self.cells)} cells in which {self.other.ruleset.id} stops>"
        )

    # the cells ---------------------------------------------------------------------------------

    @cached_property
    def gap(self) -> Condition:
        """The condition that the other stops a case that the base lets through."""
        return all_of(
            self.frame.condition, self.base.below(self.stops_at), self.other.at_least(self.stops_at)
        )

    @cached_property
    def cells(self) -> tuple[GapCell, ...]:
        """The cells, line by line."""
        found = shared(self.down, self.across, self._closed)
        return tuple(
            GapCell(one, two, found[one.name, two.name])
            for one in self.down.answers
            for two in self.across.answers
        )

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

    def _closed(self, down: Answer, across: Answer) -> Closed:
        given, can_be = both(self.frame.given, down, across), self.possible.can_be
        frame, is_open = self.frame.condition, self.base.below(self.stops_at)
        stopped = can_be(self.gap, given=given)
        passed = can_be(frame, is_open, self.other.below(self.stops_at), given=given)
        if stopped:
            return Closed.SOMETIMES if passed else Closed.ALWAYS
        if passed:
            return Closed.NEVER
        in_both = can_be(frame, self.base.scope, self.other.scope, given=given)
        return Closed.NOTHING_OPEN if in_both else Closed.NO_CASE

    # what closes them --------------------------------------------------------------------------

    def closing(self, *cells: GapCell) -> tuple[Closing, ...]:
        """Returns the rules that close the gaps of some cells, in the order of the text.

        A rule counts where it stops a case: it holds, and no other rule lifts it.
        """
        alike = {(cell.down.alike, cell.across.alike): cell for cell in cells if cell.closed.is_gap}
        for slot, cell in alike.items():
            if slot not in self._closing_found:
                self._closing_found[slot] = self._standing(cell)
        found = [self._closing_found[slot] for slot in alike]
        standing = {place: all(one.get(place, False) for one in found) for one in found for place in one}
        order = [place for place in self.other.reached.program.text_order if place in standing]
        return tuple(
            Closing(self._entries[place].rule, self._entries[place].source, standing[place])
            for place in order
        )

    @cached_property
    def _closing_found(self) -> dict[tuple[int, int], dict[int, bool]]:
        return {}

    def _standing(self, cell: GapCell) -> dict[int, bool]:
        """The places of the rules that stop some case of a cell, and whether each stops them all."""
        given = both(self.frame.given, cell.down, cell.across)
        can_be, stands = self.possible.can_be, self.other.reached.stands
        strict = (p for p, entry in enumerate(self._entries) if entry.rule.then >= self.stops_at)
        met = [place for place in strict if can_be(self.gap, stands[place], given=given)]
        return {place: not can_be(self.gap, self._lifted[place], given=given) for place in met}

    @cached_property
    def _lifted(self) -> tuple[Condition, ...]:
        """For each rule the condition that it does not stand."""
        return tuple(~condition for condition in self.other.reached.stands)

    @property
    def _entries(self) -> Sequence[Entry]:
        return self.other.reached.program.entries

    # what is set aside -------------------------------------------------------------------------

    @cached_property
    def uncovered(self) -> tuple[Answer, ...]:
        """The kinds of transaction of which the other stops cases that the base does not cover."""
        outside = (self.frame.condition, ~self.base.scope, self.other.at_least(self.stops_at))
        kinds = axis(self.possible, KIND).answers
        return tuple(
            kind for kind in kinds if self.possible.can_be(*outside, given=both(self.frame.given, kind))
        )

    # witnesses ---------------------------------------------------------------------------------

    def witness(self, cell: GapCell) -> Scenario | None:
        """Returns the smallest, most ordinary case of a gap as a scenario; None where none is."""
        if not cell.closed.is_gap:
            return None
        slot = (cell.down.alike, cell.across.alike)
        if slot not in self._witnesses:
            given = both(self.frame.given, cell.down, cell.across)
            found = smallest(self.possible, self.gap, given)
            assert found is not None, "a gap has a case"
            self._witnesses[slot] = (found, self._told(found, given))
        return self._named(self._witnesses[slot][1], cell)

    @cached_property
    def _witnesses(self) -> dict[tuple[int, int], tuple[Smallest, Scenario]]:
        return {}

    def departs(self, down: Answer) -> tuple[str, ...]:
        """Returns in which facts the smallest case of a line's gaps departs from an ordinary case."""
        found = smallest(self.possible, self.gap, both(self.frame.given, down))
        return found.departs if found else ()

    def _told(self, found: Smallest, given: Given) -> Scenario:
        return told(
            self.possible,
            found.case,
            scenario_id="witness",
            title="A gap",
            summary=SMALLEST,
            given=given,
        )

    def _named(self, scenario: Scenario, cell: GapCell) -> Scenario:
        """The witness under the two answers of its cell, which it states."""
        answers = {self.down.fact.key: cell.down, self.across.fact.key: cell.across}
        for key, answer in answers.items():
            scenario = _stating(scenario, self.possible, key, answer)
        base, other = self.base.ruleset.id, self.other.ruleset.id
        fate = measured(self.stops_at, 1)
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


def _stating(scenario: Scenario, possible: Possible, key: str, answer: Answer) -> Scenario:
    """The scenario with an answer of a choice or a yes/no fact stated; other kinds are there already."""
    fact = possible.solver.facts[key]
    if fact.kind not in ("choice", "yes_no"):
        return scenario
    return scenario.with_facts(*stating({key: fact.read(answer.name)}, possible.vocabulary))


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

    Args:
        base: The ruleset that lets through.
        other: The ruleset that stops.
        stops_at: The least outcome that counts as controlled.
        by: The two facts by which the cases are told apart.
        presume: Layers of presumptions that are taken as given, as a file names them: ``ordinary``,
            ``surveillance``.
        given: A case whose facts are taken as given, but for the two facts; its open facts are free.
        as_of: The day whose law is applied; by default each ruleset's reference date.
        base_as_of: The day on which the base is read, where that is another.
        readings: Readings of doubtful texts; with ``open`` what is said holds under every reading.
        like: Cases that say what is ordinary.

    Raises:
        UsageError: A fact is not known, a ruleset cannot be read on the day, or the extra is missing.
    """
    days = (as_of if base_as_of is None else base_as_of, as_of)
    pair = read_alike([base, other], readings=readings, days=days, given=given)
    cases = possible(pair, presume=presume, like=like, fold=given is None and not _names_sets(pair, by))
    frame = framed(cases, given, presume=presume)
    return gaps_between(pair[0], pair[1], cases, frame, stops_at=stops_at, by=by)


def _names_sets(regimes: Sequence[Regime], by: Iterable[str]) -> bool:
    """Whether a map has a line for each member of a set."""
    facts = [fact for item in regimes for fact in item.ruleset.vocabulary.facts() if fact.is_set]
    return not {fact.key for fact in facts}.isdisjoint(by)


def gaps_between(
    base: Regime,
    other: Regime,
    cases: Possible,
    frame: Frame | None = None,
    *,
    stops_at: Outcome = Outcome.AUTHORISATION,
    by: tuple[str, str] = BY,
) -> PossibleGaps:
    """Finds the gaps between two regimes among possible cases that several questions share."""
    down, across = by
    if down == across:
        raise UsageError(f"A map needs two different facts; {down} was named twice.")
    return PossibleGaps(
        base, other, stops_at, cases, axis(cases, down), axis(cases, across), frame or Frame()
    )


def reverse(gaps: PossibleGaps) -> PossibleGaps:
    """Returns the gaps the other way round: where the base stops what the other lets through."""
    return attrs.evolve(gaps, base=gaps.other, other=gaps.base)


_LAYERS_IN_WORDS = {
    "ordinary": "standard assumptions",
    "surveillance": "the standard assumptions for a sale of surveillance technology",
}


def framed(cases: Possible, scenario: Scenario | None = None, *, presume: Iterable[str] = ()) -> Frame:
    """Returns what is taken as given: the facts of a case, layers of presumptions, or nothing."""
    given: Given = Given()
    condition: Condition = TRUE
    words: list[str] = []
    layers = tuple(presume)
    if layers:
        given, condition = presumed_by(cases, layers)
        words.append(_LAYERS_IN_WORDS[layers[-1]])
    if scenario is not None:
        stated = given_by(scenario, cases)
        given = Given(
            {**_without(given.answers, stated), **stated.answers}, {**given.codes, **stated.codes}
        )
        words.append(f"the facts of {scenario.id}")
    return Frame(given, condition, " and ".join(words))


def _without(answers: Mapping[str, Any], stated: Given) -> dict[str, Any]:
    return {key: answer for key, answer in answers.items() if key not in stated.answers}
