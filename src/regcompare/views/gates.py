"""The seven outcomes as three gates that anybody understands: free to go, must ask, may not."""

from __future__ import annotations

from typing import Literal

import attrs

from regcompare.ruleset.rules import Outcome
from regcompare.verdict.verdict import Verdict

__all__ = ["GATES", "NO_GATE", "Gate", "gate_words"]

Kind = Literal["free", "ask", "stop"]


@attrs.frozen
class Gate:
    """An outcome as a gate.

    Attributes:
        kind: Which of the three gates it is.
        word: What stands on it, in two or three words.
        sentence: What it means for the seller, in a sentence.
    """

    kind: Kind
    word: str
    sentence: str


GATES: dict[Outcome, Gate] = {
    Outcome.NO_CONTROL: Gate("free", "Free to go", "Nobody has to be asked or told."),
    Outcome.GENERAL_AUTHORISATION: Gate(
        "free",
        "Free, on conditions",
        "A standing permit covers it. The seller keeps its conditions; nobody looks at this sale first.",
    ),
    Outcome.NOTIFICATION: Gate(
        "ask",
        "Must tell",
        "The seller must tell the authority, which then decides whether a licence is needed.",
    ),
    Outcome.AUTHORISATION: Gate(
        "ask", "Must ask", "The seller needs a licence. The authority may grant it or refuse it."
    ),
    Outcome.SUSPENSION: Gate("stop", "On hold", "The sale has to wait until a condition is met."),
    Outcome.REFUSAL: Gate("stop", "May not", "The seller must ask, and the authority has to refuse."),
    Outcome.PROHIBITION: Gate("stop", "Banned", "The sale is forbidden. No licence can allow it."),
}
"""What each outcome says of the sale, without a term of law."""

NO_GATE = Gate("free", "Not covered", "These rules say nothing about a deal of this kind.")
"""Where a regime does not apply."""


def gate_words(verdict: Verdict) -> tuple[str, ...]:
    """Returns what stands on the gate of a verdict: one word, or the mildest and the strictest."""
    span = verdict.span
    if span is None:
        return (NO_GATE.word,)
    return tuple(dict.fromkeys(GATES[outcome].word for outcome in (span.low, span.high)))
