"""The solver reading: whether some possible case meets a condition, and the most ordinary one that does.

This package alone knows the solver; everything else asks ``Solver.reachable``.  Every question is made
finite with cells (answers that no leaf tells apart), so that "no" is a proof.  The constraints of the
vocabulary always hold: an impossible case is never found.
"""

from ._solver import NOTHING, Case, KnownAnswers, Preference, Solver

__all__ = ["NOTHING", "Case", "KnownAnswers", "Preference", "Solver"]
