"""The columns that a ruleset adds to a table, and how gates become their values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs

from regcompare.rules import Outcome
from regcompare.rulesets import Ruleset

from .bitsets import WIDTH, rules_in_order
from .engines import Lowering
from .expressions import Pair, Results
from .gates import FALSE, TRUE, Circuit, Gate
from .natives import is_exact_with_null, picks_words

__all__ = ["Bits", "Flag", "Output", "Words", "outputs"]

_SHORT = 15
"""So many bits are gathered in a short integer before they are widened, where an engine has one."""


@attrs.frozen
class Words:
    """A column of text: the word of the first case that holds."""

    cases: tuple[tuple[Gate, str | None], ...]
    otherwise: str

    @property
    def gates(self) -> tuple[Gate, ...]:
        """The gates that the column is made of."""
        return tuple(gate for gate, _ in self.cases)

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the column, by number."""
        return tuple(
            dict.fromkeys(word for word in (*(word for _, word in self.cases), self.otherwise) if word)
        )

    def expression(self, lowering: Lowering) -> Any:
        """Returns the column as an expression, of numbers where the engine picks words by number."""
        import narwhals as nw

        numbered = picks_words(lowering.frame)

        def literal(word: str | None) -> Any:
            if not numbered:
                return nw.lit(word, dtype=nw.String)
            return nw.lit(None if word is None else self.words.index(word), dtype=nw.UInt32)

        chain: Any = None
        for gate, word in self.cases:
            if gate == TRUE:
                return literal(word) if chain is None else chain.otherwise(literal(word))
            condition = lowering.expression(gate)
            chain = (nw.when(condition) if chain is None else chain.when(condition)).then(literal(word))
        return literal(self.otherwise) if chain is None else chain.otherwise(literal(self.otherwise))


@attrs.frozen
class Bits:
    """A column of whole numbers: one bit for each gate, where there is a result."""

    parts: tuple[Gate, ...]
    there: Gate

    @property
    def gates(self) -> tuple[Gate, ...]:
        """The gates that the column is made of."""
        return (*self.parts, self.there)

    def expression(self, lowering: Lowering) -> Any:
        """Returns the column as an expression, without its nulls where the engine takes none."""
        import narwhals as nw

        is_short = lowering.frame.implementation.is_polars()
        width, kind = (_SHORT, nw.Int16) if is_short else (WIDTH, nw.Int64)
        whole = [nw.lit(0, dtype=nw.Int64)]
        for start in range(0, len(self.parts), width):
            bits = [
                self._bit(lowering, gate, 1 << place, kind)
                for place, gate in enumerate(self.parts[start : start + width])
                if gate != FALSE
            ]
            if bits:
                wide = _sum(bits).cast(nw.Int64)
                whole.append(wide * (1 << start) if start else wide)
        number = _sum(whole[1:] or whole)
        if self.there == TRUE or not is_exact_with_null(lowering.frame):
            return number
        none = nw.lit(None, dtype=nw.Int64)
        return nw.when(lowering.expression(self.there)).then(number).otherwise(none)

    @staticmethod
    def _bit(lowering: Lowering, gate: Gate, value: int, kind: Any) -> Any:
        import narwhals as nw

        bit = nw.lit(value, dtype=kind)
        if gate == TRUE:
            return bit
        return nw.when(lowering.expression(gate)).then(bit).otherwise(nw.lit(0, dtype=kind))


@attrs.frozen
class Flag:
    """A column of yes and no."""

    gate: Gate

    @property
    def gates(self) -> tuple[Gate, ...]:
        """The gates that the column is made of."""
        return (self.gate,)

    def expression(self, lowering: Lowering) -> Any:
        """Returns the column as an expression."""
        return lowering.expression(self.gate)


Output = Words | Bits | Flag


def _sum(terms: Sequence[Any]) -> Any:
    whole = terms[0]
    for term in terms[1:]:
        whole = whole + term
    return whole


def outputs(circuit: Circuit, ruleset: Ruleset, found: Results) -> Iterator[tuple[str, Output]]:
    """Yields the columns of one ruleset, by name."""
    sound = circuit.opposite(found.contradiction)
    there = circuit.both(sound, found.in_force[1], found.in_scope[1])
    yield f"{ruleset.id}.low", _outcome(circuit, there, found.low)
    yield f"{ruleset.id}.high", _outcome(circuit, there, found.high)
    yield f"{ruleset.id}.in_scope", _state(found.contradiction, found.in_scope)
    yield f"{ruleset.id}.in_force", _state(found.contradiction, found.in_force)
    pairs = [found.rules.get(rule, (FALSE, FALSE)) for rule in rules_in_order(ruleset)]
    for start in range(0, max(len(pairs), 1), WIDTH):
        suffix = f"_{start // WIDTH + 1}" if start else ""
        some = pairs[start : start + WIDTH]
        holds = tuple(certain for certain, _ in some)
        left_open = tuple(circuit.both(maybe, circuit.opposite(sure)) for sure, maybe in some)
        yield f"{ruleset.id}.holds{suffix}", Bits(holds, there)
        yield f"{ruleset.id}.open{suffix}", Bits(left_open, there)


def _outcome(circuit: Circuit, there: Gate, at_least: Mapping[Outcome, Gate]) -> Words:
    """The strictest outcome that is reached; an outcome that no rule adds is left out."""
    cases: list[tuple[Gate, str | None]] = [(circuit.opposite(there), None)]
    stricter = FALSE
    for outcome in sorted(at_least, reverse=True)[:-1]:
        if at_least[outcome] != stricter:
            stricter = at_least[outcome]
            cases.append((stricter, outcome.word))
    return _words(cases, Outcome.NO_CONTROL.word)


def _state(contradiction: Gate, pair: Pair) -> Words:
    return _words([(contradiction, None), (pair[0], "yes"), (pair[1], "unknown")], "no")


def _words(cases: Sequence[tuple[Gate, str | None]], otherwise: str) -> Words:
    return Words(tuple(case for case in cases if case[0] != FALSE), otherwise)
