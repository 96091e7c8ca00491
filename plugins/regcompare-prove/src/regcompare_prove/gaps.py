"""Gaps over every possible case: where one ruleset controls what another does not.

For each pair of answers to two facts, by default the technology and the kind of end user, it is proved
whether the second ruleset controls all, some or none of the possible cases with these that the first
does not control.  Cases are not counted, since combinations of answers are not exports.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from functools import cached_property
from typing import Any

import attrs

from regcompare.comparison.claims import Claim
from regcompare.comparison.tidy import Tabular
from regcompare.logic.conditions import Condition
from regcompare.ruleset.rules import Outcome, Rule
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import AsOf, Readings
from regcompare.views.render import Form

from .axes import DEFAULT_FACTS, Answer, Axis, Pair, axes, axis, evaluated_pairs
from .frames import frame_for
from .minimal import minimal_case
from .receipts import proved
from .regimes import PossibleCases, Regime, read_regimes

KIND = "transaction.kind"


class Closure(enum.StrEnum):
    """Extent to which one ruleset controls the cases, with some answers, that another does not."""

    ALWAYS = "always"
    """All of them are controlled."""
    SOMETIMES = "sometimes"
    """Some of them are controlled."""
    NEVER = "never"
    """None of them is controlled."""
    NOTHING_OPEN = "nothing let through"
    """The other controls every case with these answers."""
    NO_CASE = "no such case"
    """No possible case with these answers is in the scope of both."""

    @property
    def is_gap(self) -> bool:
        """Tells whether there is a case that one controls and the other does not."""
        return self in (Closure.ALWAYS, Closure.SOMETIMES)


@attrs.frozen(eq=False, slots=False)
class GapCell:
    """The closure that was proved for one pair of answers: how far the other ruleset closes the gap."""

    gaps: PossibleGaps = attrs.field(repr=False)
    down: Answer
    across: Answer
    closure: Closure

    def __data__(self) -> dict[str, Any]:
        return {
            "base": self.gaps.base.ruleset.id,
            "other": self.gaps.other.ruleset.id,
            "down": self.down,
            "across": self.across,
            "closed": self.closure,
            "rules": self.rules,
        }

    @cached_property
    def rules(self) -> tuple[ClosingRule, ...]:
        """The rules that close the gap."""
        return self.gaps.closing_rules(self.down, self.across)


@attrs.frozen
class ClosingRule:
    """A rule that controls some of the cases of a gap.

    Attributes:
        ruleset: The ruleset that it belongs to: the other, or the law that this is based on.
        always: Whether it alone would control every case of the gap.
    """

    rule: Rule
    ruleset: Ruleset
    always: bool


@attrs.define(eq=False, repr=False, slots=False)
class PossibleGaps(Tabular[GapCell]):
    """Gaps over every possible case: one ruleset controls what another does not.

    Attributes:
        base: The regime that may leave cases without control.
        other: The regime that may control them.
        stops_at: The mildest outcome that counts as controlled.
        frame: The possible cases under consideration.
        down: The fact of the lines, with its answers.
        across: The fact of the columns, with its answers.
    """

    base: Regime
    other: Regime
    stops_at: Outcome
    frame: PossibleCases
    down: Axis
    across: Axis
    _ITEMS = "cells"

    def __data__(self) -> dict[str, Any]:
        return {
            "base": self.base,
            "other": self.other,
            "stops_at": self.stops_at,
            "given": self.frame.words,
            "by": self.by,
            "closed_cells": self.cells,
            "uncovered": self.uncovered,
        }

    def __repr__(self) -> str:
        number = sum(cell.closure.is_gap for cell in self.cells)
        return (
            f"<PossibleGaps: {number} of {len(self.cells)} cells in which {self.other.ruleset.id} stops>"
        )

    def finding(self) -> Claim:
        """Returns the finding: where there is a gap, and where always."""
        from .views.possible import gaps_sentence

        asked = {"by": self.by, "stops_at": self.stops_at.word}
        return proved(gaps_sentence(self), "gaps", (self.base, self.other), self.frame, **asked)

    def text(self, form: Form = "table") -> str:
        """Returns it in a form."""
        from .views.possible import possible_gaps_text

        return possible_gaps_text(self, form)

    def to_dicts(self) -> list[dict[str, Any]]:
        """Returns one row for each cell."""
        return [
            {
                "base": self.base.ruleset.id, "other": self.other.ruleset.id,
                self.down.fact.key: cell.down.name, self.across.fact.key: cell.across.name,
                "closed": str(cell.closure),
            }
            for cell in self.cells
        ]  # fmt: skip

    @cached_property
    def gap(self) -> Condition:
        """The condition that the other controls a case that the base does not."""
        open_, stopped = self.base.below(self.stops_at), self.other.at_least(self.stops_at)
        return self.frame.meeting(open_, stopped).condition

    @cached_property
    def cells(self) -> tuple[GapCell, ...]:
        """The cells, line by line."""
        cells = evaluated_pairs(self.down, self.across, self._closure)
        return tuple(GapCell(self, *cell) for cell in cells)

    @property
    def closures(self) -> dict[Pair, Closure]:
        """The closure of each cell, by the names of its answers."""
        return {(cell.down.name, cell.across.name): cell.closure for cell in self.cells}

    @property
    def by(self) -> tuple[str, str]:
        """The facts of the lines and of the columns."""
        return self.down.fact.key, self.across.fact.key

    def among(self, *answers: Answer) -> PossibleCases:
        """Returns the possible cases with these answers."""
        return self.frame.answering(*(answer.known_answers for answer in answers))

    @property
    def gap_cells(self) -> tuple[GapCell, ...]:
        """The cells in which there is a gap."""
        return tuple(cell for cell in self.cells if cell.closure.is_gap)

    def _closure(self, down: Answer, across: Answer) -> Closure:
        can_be, at = self.among(down, across).can_be, self.stops_at
        closes, atoms = can_be(self.gap), can_be(self.base.below(at), self.other.below(at))
        if closes:
            return Closure.SOMETIMES if atoms else Closure.ALWAYS
        if atoms:
            return Closure.NEVER
        return Closure.NOTHING_OPEN if can_be(self.base.scope, self.other.scope) else Closure.NO_CASE

    def closing_rules(self, *answers: Answer) -> tuple[ClosingRule, ...]:
        """Returns the rules that close the gap in the cases with these answers, in textual order.

        A rule counts where it controls a case: it holds, and no other rule overrides it.
        """
        can_be = self.among(*answers).can_be
        if not can_be(self.gap):
            return ()
        entries, stands = self.other.program.entries, self.other.stands
        closing = (index for index in self._stopping_anywhere if can_be(self.gap, stands[index]))
        return tuple(
            ClosingRule(entries[index].rule, entries[index].source, not can_be(self.gap, ~stands[index]))
            for index in closing
        )

    @cached_property
    def _stopping_anywhere(self) -> tuple[int, ...]:
        """The indices of the rules that control a case of some gap, in the order of the text."""
        program, stands = self.other.program, self.other.stands
        strict = (at for at in program.text_order if program.entries[at].rule.then >= self.stops_at)
        return tuple(index for index in strict if self.frame.can_be(self.gap, stands[index]))

    @cached_property
    def uncovered(self) -> tuple[Answer, ...]:
        """The kinds of transaction of which the other controls cases that the base does not cover."""
        uncovered_case = ~self.base.scope, self.other.at_least(self.stops_at)
        kinds = axis(self.frame, KIND).answers
        return tuple(kind for kind in kinds if self.among(kind).can_be(*uncovered_case))

    def departs(self, down: Answer) -> tuple[str, ...]:
        """Returns the facts in which the smallest case of a line's gaps departs from the ordinary."""
        found = minimal_case(self.among(down), self.gap)
        return found.departs if found else ()


def possible_gaps(
    base: Ruleset,
    other: Ruleset,
    *,
    stops_at: Outcome = Outcome.AUTHORISATION,
    by: tuple[str, str] = DEFAULT_FACTS,
    presume: Iterable[str] = (),
    given: Scenario | None = None,
    as_of: AsOf = None,
    base_as_of: AsOf = None,
    readings: Readings = None,
) -> PossibleGaps:
    """Finds where ``other`` controls what ``base`` does not, over every possible case.

    A case is controlled where its outcome is ``stops_at`` or stricter.  Cases are grouped by two facts,
    whatever a given case says about these.  ``base_as_of`` is the day of the base, where that differs;
    the other arguments are those of ``read_regimes`` and ``frame_for``.

    Raises:
        UsageError: A fact is unknown; otherwise as for ``read_regimes``.
    """
    days = (as_of if base_as_of is None else base_as_of, as_of)
    first, second = read_regimes([base, other], readings=readings, days=days, given=given)
    frame = frame_for((first, second), given, presume=presume)
    return PossibleGaps(first, second, stops_at, frame, *axes(frame, by))


def reverse(gaps: PossibleGaps) -> PossibleGaps:
    """Returns the gaps the other way round: where the base controls what the other does not."""
    return attrs.evolve(gaps, base=gaps.other, other=gaps.base)
