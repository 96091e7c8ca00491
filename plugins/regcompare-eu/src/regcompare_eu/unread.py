"""What an act that nobody has read may do: one rule for each of its limbs, open up to what the act can do.

The Union's acts, Swiss ordinances and British regulations that restrict something for a destination are read
in the same way.
"""

from __future__ import annotations

from collections.abc import Mapping

from regcompare.authoring import Condition, Evidence, EvidenceLevel, Outcome, Plain, Trigger
from regcompare.law import Citation
from regcompare.ruleset.rules import Rule
from regcompare.vocabulary.dated import Row

MAY_SAY: Mapping[Outcome, str] = {
    Outcome.PROHIBITION: "The act forbids the supply{place} of {what}.",
    Outcome.REFUSAL: "The act bars the authority from licensing the supply{place} of {what}.",
    Outcome.AUTHORISATION: "The act requires a licence for the supply{place} of {what}.",
    Outcome.NOTIFICATION: "The act requires that the authority be told of the supply{place} of {what}.",
}
"""What an unread row may say, by its outcome."""


def unread_rule(
    row: Row,
    cite: Citation,
    place: str,
    what: str,
    when: Condition,
    *,
    id: str,
    plain: Plain | None = None,
) -> Rule:
    """Returns the rule of a row that was not read; whether it holds stays open.

    Args:
        row: The row, with what the act can do at most as its outcome.
        cite: The place in the act.
        place: The destination in words; blank for every destination.
        what: What the row may be about, in words.
        when: The deals that it may be about.
        id: The id of the rule.
        plain: Its condition in everyday words.
    """
    outcome = Outcome(row["outcome"])
    is_refusal = outcome is Outcome.REFUSAL
    return Rule(
        cite,
        MAY_SAY[outcome].format(place=f" to {place}" if place else "", what=what),
        plain=plain,
        when=when,
        then=outcome,
        states="the authority, if the act bars a licence" if is_refusal else "",
        triggered_by=Trigger.ACT,
        checked=Evidence(EvidenceLevel.UNREAD, note=row["note"] or "The text was not read."),
        id=id,
    )
