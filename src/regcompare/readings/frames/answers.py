"""What a row of a table answers to the questions of conditions, presumptions included, as gates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import attrs

from regcompare._propagation import is_within
from regcompare.facts import UNKNOWN, CodeSet, Fact, Same
from regcompare.vocabulary import FACTS_DATE

from .columns import Cells
from .gates import FALSE, TRUE, Circuit, Gate

__all__ = ["Answers", "Truth"]

Truth = tuple[Gate, Gate]
"""When a question is certainly answered yes, and when certainly no."""

Holding = Callable[[Any], bool]


@attrs.frozen(eq=False)
class Answers:
    """Answers to questions, before constraints add what follows from them.

    Attributes:
        circuit: Where the gates are made.
        cells: The cells of each column that the table has.
        facts: The facts of the vocabulary, by key.
        presumes: When ordinary answers are presumed.
        presumed: Answers presumed in every row, by fact.
        discretion: How powers were used, in every row that does not say.
        withdrawn: When what is presumed about a fact is withdrawn, by fact.
    """

    circuit: Circuit
    cells: Mapping[str, Cells]
    facts: Mapping[str, Fact]
    presumes: Gate
    presumed: Mapping[str, Any]
    discretion: Mapping[str, bool]
    withdrawn: Mapping[str, Gate] = attrs.field(factory=dict)
    _done: dict[Any, Truth] = attrs.field(factory=dict, init=False)

    def among(self, column: str, cells: int) -> Gate:
        """The gate that the cell of a column is among these."""
        return self.circuit.leaf(column, cells)

    def absent(self, column: str) -> Gate:
        """When a column states nothing; always, where the table lacks it."""
        if column not in self.cells:
            return TRUE
        return self.among(column, self.cells[column].absent)

    def stated(self, column: str, holds: Holding) -> Gate:
        """When a column states an answer of which this holds."""
        if column not in self.cells:
            return FALSE
        return self.among(column, self.cells[column].where(holds))

    # facts, with presumptions ------------------------------------------------------------------

    def known(self, key: str, holds: Holding) -> Gate:
        """When the answer to a fact is stated or presumed, and such that this holds of it."""
        stated = self.stated(key, holds)
        presumed = self._presumed(key, holds)
        if presumed == FALSE:
            return stated
        return self.circuit.either(stated, self.circuit.both(self._silent(key), presumed))

    def may_presume(self, key: str) -> bool:
        """Whether anything is presumed about a fact in some row."""
        fact = self.facts.get(key)
        has_ordinary = fact is not None and fact.ordinary is not None
        return key in self.presumed or (has_ordinary and self.presumes != FALSE)

    def _silent(self, key: str) -> Gate:
        """When nothing is stated about a fact, and what is presumed about it is not withdrawn."""
        stays = self.circuit.opposite(self.withdrawn.get(key, FALSE))
        return self.circuit.both(self.absent(key), stays)

    def _presumed(self, key: str, holds: Holding) -> Gate:
        if key in self.presumed:
            answer = self.presumed[key]
            return TRUE if answer is not UNKNOWN and holds(answer) else FALSE
        fact = self.facts.get(key)
        if fact is None or fact.ordinary is None or isinstance(fact.ordinary, Same):
            return FALSE
        return self.presumes if holds(fact.convert(fact.ordinary)) else FALSE

    def _with_copy(self, key: str, truth: Truth, asked: Callable[[str], Truth]) -> Truth:
        """The truth of a question to a fact with what is copied from another fact, asked the same."""
        fact = self.facts.get(key)
        if fact is None or not isinstance(fact.ordinary, Same) or key in self.presumed:
            return truth
        if self.presumes == FALSE or fact.ordinary.fact not in self.facts:
            return truth
        circuit = self.circuit
        silent = circuit.both(self.presumes, self._silent(key))
        yes, no = asked(fact.ordinary.fact)
        sure, never = truth
        return circuit.either(sure, circuit.both(silent, yes)), circuit.either(
            never, circuit.both(silent, no)
        )

    # questions ---------------------------------------------------------------------------------

    def yes_or_no(self, key: str) -> Truth:
        """The truth of a yes/no fact, of one member of a set, or of the use of a power."""
        if key not in self._done:
            name, _, member = key.partition(":")
            if name == "discretion":
                self._done[key] = self._power(key, member)
            elif name == FACTS_DATE.key:
                self._done[key] = FALSE, FALSE
            else:
                self._done[key] = self._fact(key, name, member)
        return self._done[key]

    def _power(self, key: str, member: str) -> Truth:
        used = self.discretion.get(member)
        yes = self.stated(key, lambda answer: answer is True)
        no = self.stated(key, lambda answer: answer is False)
        if used is None:
            return yes, no
        silent = self.absent(key)
        either = self.circuit.either
        return (either(yes, silent), no) if used else (yes, either(no, silent))

    def _fact(self, key: str, name: str, member: str) -> Truth:
        fact = self.facts[name]
        sure = self.known(name, lambda answer: fact.truth(answer, member) is True)
        never = self.known(name, lambda answer: fact.truth(answer, member) is False)
        ask = f"{{}}:{member}" if member else "{}"
        truth = self._with_copy(name, (sure, never), lambda other: self.yes_or_no(ask.format(other)))
        return self._overridden(key, fact, *truth) if member else truth

    def _overridden(self, key: str, fact: Fact, sure: Gate, never: Gate) -> Truth:
        """Columns for single members, where they say something, stand before the column of the set.

        A code that belongs to the set meets every pattern above it, and one that does not, none below.
        """
        columns = [name for name in self.cells if name.startswith(f"{fact.key}:")]
        if not columns:
            return sure, never
        circuit = self.circuit
        codes = isinstance(fact, CodeSet)
        inner = [name for name in columns if name == key or (codes and _under(name, key))]
        outer = [name for name in columns if name == key or (codes and _under(key, name))]
        yes = circuit.either(*(self.stated(name, lambda answer: answer is True) for name in inner))
        no = circuit.either(*(self.stated(name, lambda answer: answer is False) for name in outer))
        silent = circuit.both(circuit.opposite(yes), circuit.opposite(no))
        if key in self.cells:
            silent = circuit.both(silent, self.absent(key))
        return (
            circuit.either(yes, circuit.both(silent, sure)),
            circuit.both(circuit.opposite(yes), circuit.either(no, circuit.both(silent, never))),
        )

    def one_of(self, key: str, group: frozenset[str]) -> Truth:
        """The truth of "the answer is one of these"."""
        done = self._done.get((key, group))
        if done is None:
            own = (
                self.known(key, lambda answer: answer in group),
                self.known(key, lambda answer: answer not in group),
            )
            done = self._with_copy(key, own, lambda other: self.one_of(other, group))
            self._done[key, group] = done
        return done

    def from_day(self, key: str, day: dt.date) -> Truth:
        """The truth of "on this day or later"."""
        done = self._done.get((key, day))
        if done is None:
            own = (
                self.known(key, lambda answer: answer >= day),
                self.known(key, lambda answer: answer < day),
            )
            done = self._with_copy(key, own, lambda other: self.from_day(other, day))
            self._done[key, day] = done
        return done


def _under(inner: str, outer: str) -> bool:
    return "!" not in outer and is_within(inner, outer)
