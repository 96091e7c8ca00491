"""Which cases look-ahead cannot tell apart: those in which the same is left to decide.

What is known stays known whatever else is learned.  So of an undecided condition only its undecided
parts matter, and from the top down that is little; a known fact matters where a constraint connects it
with what is still asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from regcompare._support.derived import derived
from regcompare.logic.bitsets import AnswerBatch, Pair, some

from .program import Program, bits_of, connected


def signature_bitsets(program: Program, rows: AnswerBatch) -> list[int]:
    """Returns bitsets that tell cases apart: those that are in the same ones have the same verdict.

    Args:
        program: The ruleset as conditions.
        rows: The answers of the cases; those implied are added.
    """
    found, contradictory = program.evaluated(rows)
    bitsets = dict.fromkeys(_Left(program, rows, found, rows.mask ^ contradictory).bitsets())
    return [bitset for bitset in (contradictory, *bitsets) if bitset not in (0, rows.mask)]


class _Left:
    """The nodes that are left to decide in cases.

    Attributes:
        wanted: For each inner node the cases in which it is open and something rests on it.
        asked: For each question the cases in which it, or one bound to it, is wanted.
    """

    def __init__(self, program: Program, rows: AnswerBatch, bitsets: Pair, consistent: int) -> None:
        self.program, self.rows, self.circuit = program, rows, program.circuit
        self._certain, self._possible = bitsets
        self._open = [sure ^ may for sure, may in zip(self._certain, self._possible, strict=True)]
        results = self.circuit.results
        self._results = results[: program.halves_place]
        halves = iter(results[program.halves_place :])
        self._constraints = [
            (when, then, links, self._possible[when] & ~self._certain[then] & consistent)
            for when, then, links in zip(halves, halves, program.propagation.links, strict=False)
        ]
        self.wanted, self._found = [0] * len(self._open), [0] * len(self._open)
        self.asked = dict.fromkeys(range(len(program.keys)), 0)
        in_force = self._possible[results[program.force_index]] & consistent
        in_scope = in_force & self._possible[results[0]]
        for index, number in enumerate(self._results):
            self._want(number, in_force if index in (0, program.force_index) else in_scope)
        while any(self._found):
            self._go_down()
            self._ask()

    def _want(self, number: int, cases: int) -> None:
        self._found[number] |= cases & self._open[number]

    def _newly(self, number: int, before: int) -> int:
        """The cases in which a node was found to be wanted, except those before."""
        found, self._found[number] = self._found[number], 0
        return found and found & ~before

    def _go_down(self) -> None:
        """Wants the open parts of what is wanted; of a doubtful text those still possible."""
        for number, (kind, parts) in self.circuit.from_the_top():
            if cases := self._newly(number, self.wanted[number]):
                self.wanted[number] |= cases
                for index, part in enumerate(parts):
                    is_read = kind == "choose" and index % 2
                    self._want(part, cases & self._possible[parts[index - 1]] if is_read else cases)

    def _ask(self) -> None:
        """Asks the questions of the atoms that are wanted, and those bound to them."""
        new = dict[int, int]()
        for questions, atoms in _bound_questions(self.program):
            before = self.asked[questions[0]]
            if cases := some(self._newly(atom, before) for atom in atoms):
                new |= dict.fromkeys(questions, cases)
                self.asked |= dict.fromkeys(questions, before | cases)
        for when, then, cases in self._connecting(new):
            self._want(when, cases)
            self._want(then, cases)

    def _connecting(self, asked: Mapping[int, int]) -> Iterator[tuple[int, int, int]]:
        """Yields the constraints that may pass something on to a question asked, or from one."""
        for when, then, links, active in self._constraints:
            if cases := active and active & some(asked.get(question, 0) for question in links):
                yield when, then, cases

    def bitsets(self) -> Iterator[int]:
        """Yields what is known, and what is left."""
        yield from self._both(self._results, self.rows.mask)
        yield from self.wanted
        for number, (kind, parts) in self.circuit.from_the_top():
            if kind == "choose" and (cases := self.wanted[number]):
                yield from self._both(parts, cases)
        for question, cases in self.asked.items():
            if cases:
                yield from self._both(self.program.atoms.by_question[question], cases)
                for bits in self.rows.among.get(question, {}).values():
                    yield cases & bits
        for when, then, cases in self._connecting(self.asked):
            yield from self._both((when, then), cases)

    def _both(self, numbers: Iterable[int], cases: int) -> Iterator[int]:
        """Yields both halves of nodes in some cases."""
        for number in numbers:
            yield self._certain[number] & cases
            yield self._possible[number] & cases


@derived
def _bound_questions(program: Program) -> Sequence[tuple[Sequence[int], Sequence[int]]]:
    """Groups of questions that are tried together, or may answer one another: sets, and codes.

    Each comes with its atoms.
    """
    count, by_question = len(program.keys), program.atoms.by_question
    nested = ((index, *chain(*program.propagation.nesting(index))) for index in range(count))
    groups = dict.fromkeys(connected(count, map(frozenset, chain(program.sets.values(), nested))))
    members = [tuple(bits_of(group)) for group in groups]
    return [(group, tuple(chain(*map(by_question.__getitem__, group)))) for group in members]
