"""Proofs, as the core passes them on; a package of its own works them out."""

from __future__ import annotations

from typing import Protocol

from .scenario.scenario import Scenario
from .verdict.verdict import Verdict


class Proof(Protocol):
    """A claim about every possible case, with its proof or the case that refutes it.

    Attributes:
        claim: The claim, as a sentence.
        holds: Whether it was proved for every possible case; this is also its truth value.
        counterexample: The smallest case that refutes it, as a scenario that loads.
        departs: The facts in which it departs from an ordinary case.
        is_idle: Whether the claim holds only because no case could refute it.
        verdicts: The verdict of each ruleset on the counterexample; empty without one.
    """

    @property
    def claim(self) -> str: ...

    @property
    def holds(self) -> bool: ...

    @property
    def counterexample(self) -> Scenario | None: ...

    @property
    def departs(self) -> tuple[str, ...]: ...

    @property
    def is_idle(self) -> bool: ...

    @property
    def verdicts(self) -> tuple[Verdict, ...]: ...

    def __bool__(self) -> bool: ...

    def sentence(self) -> str:
        """Returns the finding in full sentences."""
        ...
