"""The truths of conditions as bit bitsets give them, for one set of answers."""

from __future__ import annotations

from collections.abc import Sequence

from regcompare.logic.bitsets import AnswerBatch
from regcompare.logic.circuit import Circuit
from regcompare.logic.conditions import Answers, Condition


def truths_of(conditions: Sequence[Condition], answers: Answers) -> tuple[bool | None, ...]:
    """Returns the three-valued truth of each condition."""
    circuit = Circuit.of(conditions)
    rows = AnswerBatch.of(circuit.atoms, [[answers.get(key) for key in circuit.atoms.keys]])
    pairs = zip(*circuit.bitsets(rows), strict=True)
    return tuple(True if sure else None if may else False for sure, may in pairs)
