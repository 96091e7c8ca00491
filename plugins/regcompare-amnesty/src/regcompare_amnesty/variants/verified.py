"""The preset "verified only": a ruleset without what rests on text that nobody read."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import attrs

from regcompare import Accepted, Checked, Duty, Interpretation, NotEncoded, Rule, Ruleset
from regcompare.conditions import questions

__all__ = ["verified_only"]

READ: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"IC-11": ("serious_likely", "Of the thresholds of refusal only that of A09 was read.")}
)
"""Doubts whose default was not read: the reading that was, and the reason."""


def verified_only(ruleset: Ruleset) -> Ruleset:
    """Returns a reform of a ruleset without the rules and duties that are marked as unverified.

    What is dropped is declared as not encoded.  A doubt whose default was not read takes the reading
    that was (IC-11: the threshold of A09); a doubt that nothing asks any longer goes.  The law on which
    a proposal stands is left as it is.
    """
    rules = [rule for rule in ruleset.rules if _is_unread(ruleset, rule)]
    duties = [duty for duty in ruleset.provisions.duties if _is_unread(ruleset, duty)]
    kept = ruleset.without(
        *(rule.id for rule in rules),
        id=f"{ruleset.id}-verified-only",
        title=f"{ruleset.title}, verified text only",
    )
    dropped: list[Rule | Duty] = [*rules, *duties]
    provisions = attrs.evolve(
        kept.provisions,
        duties=tuple(duty for duty in kept.provisions.duties if duty not in duties),
        not_encoded=(*kept.provisions.not_encoded, *map(_dropped, dropped)),
    )
    asked = _asked(ruleset, [*kept.rules, *provisions.duties])
    doubts = tuple(
        _as_read(doubt)
        for doubt in ruleset.provisions.interpretations
        if doubt.key in asked or doubt.id in READ
    )
    accepted = tuple(
        Accepted("unasked-reading", doubt.id, "It says which reading was read; what asked it was not.")
        for doubt in doubts
        if doubt.key not in asked
    )
    provisions = attrs.evolve(provisions, interpretations=doubts)
    summary = f"A reform of {ruleset.id}: without what rests on text that nobody read."
    return attrs.evolve(kept, provisions=provisions, accepted=accepted, summary=summary)


def _is_unread(ruleset: Ruleset, provision: Rule | Duty) -> bool:
    return ruleset.mark(provision) is Checked.UNREAD


def _dropped(provision: Rule | Duty) -> NotEncoded:
    return NotEncoded(provision.cite, provision.sentence, "It rests on text that was not read.")


def _asked(ruleset: Ruleset, kept: list[Rule | Duty]) -> set[str]:
    return set(questions([ruleset.scope, *(item.when for item in kept)]))


def _as_read(doubt: Interpretation) -> Interpretation:
    if doubt.id not in READ:
        return doubt
    reading, reason = READ[doubt.id]
    return attrs.evolve(doubt, default=reading, reason=reason, checked=Checked.TEXT)
