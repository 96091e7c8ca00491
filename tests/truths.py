"""The truths of conditions as bit planes give them, for one set of answers."""

from __future__ import annotations

from collections.abc import Sequence

from regcompare.logic.conditions import Answers, Condition
from regcompare.logic.network import Network
from regcompare.logic.planes import Rows


def truths_of(conditions: Sequence[Condition], answers: Answers) -> tuple[bool | None, ...]:
    """Returns the three-valued truth of each condition."""
    network = Network.of(conditions)
    rows = Rows.of(network.leaves, [[answers.get(key) for key in network.leaves.keys]])
    pairs = zip(*network.planes(rows), strict=True)
    return tuple(True if sure else None if may else False for sure, may in pairs)
