"""Maps: the exact span for each pair of answers to two facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain
from typing import Any

import attrs

from regcompare._support.displays import Drawn, Pictures, draw
from regcompare.comparison.claims import Claim
from regcompare.comparison.tidy import Tabular
from regcompare.errors import UsageError
from regcompare.ruleset.rules import Outcome, Span
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import AsOf, Readings
from regcompare.views.render import Form

from .axes import DEFAULT_FACTS, Answer, Axis, Pair, axes, evaluated_pairs
from .frames import frame_for
from .receipts import proved
from .regimes import PossibleCases, Regime, read_regimes


@attrs.frozen
class MapCell:
    """One pair of answers under one regime.

    Attributes:
        span: The mildest and the strictest outcome of the possible cases; None where none with these
            answers is in scope.
    """

    regime: Regime
    down: Answer
    across: Answer
    span: Span | None

    __data__ = ("ruleset", "down", "across", "low", "high")

    @property
    def ruleset(self) -> str:
        """The ruleset's id."""
        return self.regime.ruleset.id

    @property
    def low(self) -> Outcome | None:
        """The mildest outcome."""
        return self.span.low if self.span else None

    @property
    def high(self) -> Outcome | None:
        """The strictest outcome."""
        return self.span.high if self.span else None


@attrs.define(eq=False, repr=False, slots=False)
class PossibleMap(Drawn, Tabular[MapCell]):
    """Regimes side by side over the answers to two facts, down and across.

    Attributes:
        regimes: The regimes, in the order named.
    """

    regimes: tuple[Regime, ...]
    frame: PossibleCases
    down: Axis
    across: Axis
    _ITEMS = "cells"

    def __data__(self) -> dict[str, Any]:
        return {"regimes": self.regimes, "by": self.by, "given": self.frame.words, "cells": self.cells}

    @property
    def by(self) -> tuple[str, str]:
        """The facts of the lines and of the columns."""
        return self.down.fact.key, self.across.fact.key

    def __repr__(self) -> str:
        pairs = len(self.down.answers) * len(self.across.answers)
        return f"<PossibleMap: {pairs} cells under {len(self.regimes)} rulesets>"

    def finding(self) -> Claim:
        """Returns the finding: under each law, for which answers a licence may or must be needed."""
        from .views.possible import reach_sentence

        reached = (reach_sentence(self, item, Outcome.AUTHORISATION) for item in self.regimes)
        return proved(" ".join(reached), "map", self.regimes, self.frame, by=self.by)

    def text(self, form: Form = "table") -> str:
        """Returns it in a form."""
        from .views.possible import map_text

        return map_text(self, form, Outcome.AUTHORISATION)

    @property
    def _pictures(self) -> Pictures:
        return {"map": lambda: draw("map", self)}

    def to_dicts(self) -> list[dict[str, Any]]:
        """Returns one row for each pair of answers under each law."""
        return [
            {
                "law": cell.ruleset, self.down.fact.key: cell.down.name,
                self.across.fact.key: cell.across.name, "low": cell.low, "high": cell.high,
            }
            for cell in self.cells
        ]  # fmt: skip

    @cached_property
    def cells(self) -> tuple[MapCell, ...]:
        """The cells, regime by regime and line by line."""
        return tuple(chain.from_iterable(map(self._cells, self.regimes)))

    def of(self, law: Regime | str) -> tuple[MapCell, ...]:
        """Returns the cells of a regime, or of a ruleset by its id, line by line."""
        return tuple(cell for cell in self.cells if law in (cell.regime, cell.ruleset))

    def _cells(self, item: Regime) -> Iterator[MapCell]:
        def span(down: Answer, across: Answer) -> Span | None:
            return self.frame.answering(down.known_answers, across.known_answers).span(item)

        spans = evaluated_pairs(self.down, self.across, span)
        return (MapCell(item, *cell) for cell in spans)

    def reached(self, law: Regime | str, stops_at: Outcome) -> tuple[set[Pair], set[Pair], set[Pair]]:
        """Returns the answers for which a case is in scope, may reach an outcome, and always does."""
        found = [(cell.down.name, cell.across.name, cell.span) for cell in self.of(law)]
        spans = {(down, across): span for down, across, span in found if span}
        may = {pair for pair, span in spans.items() if span.high >= stops_at}
        return set(spans), may, {pair for pair, span in spans.items() if span.low >= stops_at}


def possible_map(
    rulesets: Sequence[Ruleset],
    *,
    by: tuple[str, str] = DEFAULT_FACTS,
    presume: Iterable[str] = (),
    given: Scenario | None = None,
    as_of: AsOf = None,
    readings: Readings = None,
) -> PossibleMap:
    """Maps the mildest and the strictest outcome over the answers to two facts.

    The facts of lines and columns are choices, yes/no, countries, days, or sets, of which each member is
    taken alone.  The other arguments are those of ``read_regimes`` and ``frame_for``.

    Raises:
        UsageError: A fact is unknown; otherwise as for ``read_regimes``.
    """
    if not rulesets:
        raise UsageError("A map needs at least one ruleset; name one with -r ID.")
    regimes = read_regimes(rulesets, as_of, readings, given=given)
    frame = frame_for(regimes, given, presume=presume)
    return PossibleMap(regimes, frame, *axes(frame, by))
