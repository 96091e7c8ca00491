"""Literals: which atoms an answer to a fact decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from regcompare.facts import UNKNOWN, Fact, MemberSet, SetOf
from regcompare.logic.bitsets import AnswerBatch, Atoms
from regcompare.logic.conditions import PARTLY_KNOWN

Positions = tuple[Sequence[int], Sequence[int]]
"""The positions of the atoms that an answer makes true, and of those it makes false."""
Decided = tuple[Sequence[int], Sequence[int], tuple[int, Any] | None]
"""These, and an answer that is only known to be one of several, after the position of its question."""


class Literals(dict[tuple[str, Any], Decided]):
    """The literals of each answer to a fact, or to a question about something else, by its key.

    They are found when they are first asked for, and kept, as many cases give one answer.
    """

    def __init__(self, atoms: Atoms, facts: Mapping[str, Fact]) -> None:
        super().__init__()
        self._atoms, self._facts = atoms, facts
        self._atom_of_member: dict[str, Mapping[str, int]] = {}

    def enter(self, rows: AnswerBatch, answers: Iterable[tuple[str, Any]], bits: int) -> None:
        """Enters answers in some rows, all with the same answers."""
        true: list[int] = []
        false: list[int] = []
        for own_true, own_false, several in map(self.__getitem__, answers):
            if own_true:
                true += own_true
            if own_false:
                false += own_false
            if several:
                rows.among.setdefault(several[0], {})[several[1]] = bits
        rows.decide(true, false, bits)

    def __missing__(self, stated: tuple[str, Any]) -> Decided:
        name, answer = stated
        fact = self._facts.get(name)
        if answer is UNKNOWN or name not in self._atoms.by_subject:
            literals: Positions = (), ()
        elif isinstance(fact, SetOf) and isinstance(answer, MemberSet):
            literals = self._of_members(name, answer)
        else:
            literals = self._atoms.literals_about(name, answer, None if fact is None else fact.truth)
        is_partly_known = isinstance(answer, PARTLY_KNOWN) and name in self._atoms.position
        decided = self[stated] = (
            *literals,
            (self._atoms.position[name], answer) if is_partly_known else None,
        )
        return decided

    def _of_members(self, name: str, answer: MemberSet) -> Positions:
        """The literals of a listed set, whose members that are neither known nor open are excluded."""
        atoms = self._atom_of_member.get(name)
        if atoms is None:
            by_question, position = self._atoms.by_question, self._atoms.position
            asked = self._atoms.by_subject[name]
            atoms = {item.member: by_question[position[item.key]][0] for item in asked}
            self._atom_of_member[name] = atoms
        true = [atoms[member] for member in answer.known if member in atoms]
        left = {*true, *(atoms[member] for member in answer.open if member in atoms)}
        return true, [atom for atom in atoms.values() if atom not in left]
