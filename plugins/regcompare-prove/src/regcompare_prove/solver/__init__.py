"""The solver: whether some possible case meets a condition, and the most ordinary one that does.

Only this package knows the solver library.  Cells (answers that no leaf distinguishes) make every
question finite, so that "no" is a proof.  The constraints of the vocabulary always hold, so no case that
is found is impossible.
"""

from ._solver import NOTHING, Case, KnownAnswers, Preference, Solver

__all__ = ["NOTHING", "Case", "KnownAnswers", "Preference", "Solver"]
