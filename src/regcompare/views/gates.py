"""Results as gates in everyday words: free to go, must ask, may not, or it depends."""

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
        kind: One of the three gates; a result may also be ``depends``, or ``none`` where no rule is in
            force.
        word: Its label, in two or three words.
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
    Outcome.SUSPENSION: Gate("ask", "On hold", "The sale has to wait until a condition is met."),
    Outcome.REFUSAL: Gate("stop", "May not", "The seller must ask, and the authority has to refuse."),
    Outcome.PROHIBITION: Gate("stop", "Banned", "The sale is forbidden. No licence can allow it."),
}
"""The gate of each outcome of a sale, without legal terms."""

USES: dict[Outcome, Gate] = {
    **GATES,
    Outcome.NO_CONTROL: Gate(
        "free",
        "No rule here",
        "No rule read here forbids this use or asks for permission; other law may.",
    ),
    Outcome.AUTHORISATION: Gate(
        "ask", "Must ask", "A court or an independent authority has to authorise the use."
    ),
    Outcome.PROHIBITION: Gate("stop", "May not", "The use is forbidden."),
}
"""The gate of each outcome of a use, under rules on uses."""

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
"""The sentence for a licence that is certainly needed, by how it is decided."""

NO_GATE = Gate("free", "Not covered", "These rules say nothing about a deal of this kind.")
"""The gate of a regime that does not apply."""

NOT_IN_FORCE = Gate("none", "Not in force", "These rules did not exist on that day.")
"""The gate of a regime that is not in force."""


def gate_of(verdict: Verdict, language: Language = ENGLISH) -> Gate:
    """Returns a verdict as a gate, in a language.

    A span over two kinds of gate is ``depends``; one within a kind takes the word of its stricter end.
    """
    say, span = language.say, verdict.span
    if span is None:
        gate = NOT_IN_FORCE if verdict.in_force is False else NO_GATE
        return Gate(gate.kind, say(gate.word), say(gate.sentence))
    gates = USES if verdict.ruleset.asks == "use" else GATES
    low, high = gates[span.low], gates[span.high]
    if low is high:
        weighing = verdict.review if gates is GATES and span.low is Outcome.AUTHORISATION else None
        return Gate(high.kind, say(high.word), say(REVIEWS[weighing] if weighing else high.sentence))
    ends = say("From “{low}” to “{high}”.", low=say(low.word), high=say(high.word))
    if low.kind == high.kind:
        return Gate(high.kind, say(high.word), ends)
    return Gate("depends", say("It depends"), ends)
