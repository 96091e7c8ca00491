"""Results as gates that anybody understands: free to go, must ask, may not; or that it depends."""

from __future__ import annotations

from typing import Literal

import attrs

from regcompare.ruleset.review import Weighing
from regcompare.ruleset.rules import Outcome
from regcompare.verdict.verdict import Verdict
from regcompare.words.catalogues import ENGLISH, Language

Kind = Literal["free", "ask", "stop", "depends", "none"]


@attrs.frozen
class Gate:
    """An outcome, or a result, as a gate.

    Attributes:
        kind: Which of the three gates an outcome is; of a result also that it depends, or that no rule
            is in force.
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

USES: dict[Outcome, Gate] = {
    **GATES,
    Outcome.NO_CONTROL: Gate(
        "free", "Free", "No rule read here forbids this use or asks for permission; other law may."
    ),
    Outcome.AUTHORISATION: Gate(
        "ask", "Must ask", "A court or an independent authority has to authorise the use."
    ),
    Outcome.PROHIBITION: Gate("stop", "May not", "The use is forbidden."),
}
"""What each outcome says of a use, under rules that judge uses."""

REVIEWS: dict[Weighing, str] = {
    Weighing.FAVOURABLE: "The seller needs a licence. As a rule the authority grants it.",
    Weighing.FREE: GATES[Outcome.AUTHORISATION].sentence,
    Weighing.CONSIDER: (
        "The seller needs a licence. The authority must weigh the case, and may grant it all the same."
    ),
    Weighing.PRESUMPTION: (
        "The seller needs a licence. The authority starts from no; the seller has to convince it."
    ),
    Weighing.POLICY: "The seller needs a licence. As a rule the authority refuses it.",
    Weighing.REFUSE: GATES[Outcome.REFUSAL].sentence,
}
"""What a licence that is needed for certain says of the sale, by how it is decided."""

NO_GATE = Gate("free", "Not covered", "These rules say nothing about a deal of this kind.")
"""Where a regime does not apply."""

NOT_IN_FORCE = Gate("none", "Not in force", "These rules did not exist on that day.")
"""Where a regime is not in force."""


def gate_of(verdict: Verdict, language: Language = ENGLISH) -> Gate:
    """Returns a verdict as a gate, its words in a language.

    A span between two kinds depends; one within a kind has the word of its stricter end.
    """
    say, span = language.say, verdict.span
    if span is None:
        bare = NOT_IN_FORCE if verdict.in_force is False else NO_GATE
        return Gate(bare.kind, say(bare.word), say(bare.sentence))
    gates = USES if verdict.ruleset.asks == "use" else GATES
    low, high = gates[span.low], gates[span.high]
    if low is high:
        weighed = verdict.review if gates is GATES and span.low is Outcome.AUTHORISATION else None
        return Gate(high.kind, say(high.word), say(REVIEWS[weighed] if weighed else high.sentence))
    ends = say("From “{low}” to “{high}”.", low=say(low.word), high=say(high.word))
    if low.kind == high.kind:
        return Gate(high.kind, say(high.word), ends)
    return Gate("depends", say("It depends"), ends)
