"""The seven outcomes as three gates that anybody understands: free to go, must ask, may not."""

from __future__ import annotations

from typing import Final, Literal

import attrs

from regcompare.ruleset.rules import Outcome, Span
from regcompare.words.catalogues import ENGLISH, Language

__all__ = ["GATES", "KINDS", "NO_GATE", "Gate", "gate_of"]

Kind = Literal["free", "ask", "stop", "depends"]

KINDS: Final[dict[Kind, str]] = {"free": "Free to go", "ask": "Must ask", "stop": "May not"}
"""What each of the three gates is called."""


@attrs.frozen
class Gate:
    """An outcome as a gate.

    Attributes:
        kind: Which of the three gates it is, or that it depends.
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


def gate_of(span: Span | None, language: Language = ENGLISH) -> Gate:
    """Returns the gate of a result, in a language; without a span the regime does not apply.

    Where the mildest and the strictest outcome stand at different gates, it depends.
    """
    say = language.say
    if span is None:
        return Gate(NO_GATE.kind, say(NO_GATE.word), say(NO_GATE.sentence))
    low, high = GATES[span.low], GATES[span.high]
    if span.is_settled:
        return Gate(high.kind, say(high.word), say(high.sentence))
    ends = say("From “{low}” to “{high}”.", low=say(low.word), high=say(high.word))
    if low.kind == high.kind:
        return Gate(high.kind, say(high.word), ends)
    return Gate("depends", say("It depends"), ends)
