"""Services to a country or area: those that an act bans by kind, and those that need an authorisation.

Technical assistance with goods that an act bans is banned with them; these rules are about services that
an act names by themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from regcompare.authoring import (
    Chapter,
    Condition,
    EndUser,
    EvidenceLevel,
    Outcome,
    Transaction,
    Trigger,
)
from regcompare.ruleset.rules import Rule
from regcompare.vocabulary.dated import Row
from regcompare_eu import plain
from regcompare_eu.facts import SERVICES, Eu
from regcompare_eu.tables import SERVICES_BANS

from .definitions import BELARUS, cited, country_of, destined_for, service

chapter = Chapter()

rendered = service | Transaction.kind.is_in("technical_assistance")
"""A service is provided, technical assistance among them."""
_DONE: Mapping[str, Condition] = {
    "loan": Transaction.kind.is_in("financing"),
    "infrastructure": rendered | Transaction.kind.is_in("brokering"),
    "": rendered | Transaction.kind.is_in("brokering"),
}
"""What is provided, by the kinds of a row: a loan, or a service with brokering; otherwise a service without."""

state_doubt = chapter.interpretation(
    "sanctions-state-bodies",
    BELARUS["Art. 1jc(5a)"],
    "Where an act names a government, its bodies, corporations and agencies, does it reach others who act for "
    "the state?",
    readings={
        "bodies": "No: only the state's own bodies.",
        "acting": "Yes: whoever acts for the state, such as a private operator.",
    },
    within={"bodies": "acting"},
    default="bodies",
    reason="The bans on services to Belarus name those who act for the state besides; the requirement of an "
    "authorisation does not.",
    checked=EvidenceLevel.TEXT,
)
_acts_for_state = EndUser.acts_for_state | Eu.buyer_acts_for_state
_body = EndUser.kind.is_in("law_enforcement", "intelligence", "military", "other_state_body")
RECIPIENTS: Mapping[str, tuple[str, Condition]] = {
    "any": ("any person", rendered | Transaction.kind.is_in("brokering")),
    "legal_person": (
        "the government or legal persons",
        _acts_for_state | ~EndUser.kind.is_in("individual"),
    ),
    "state_or_acting": ("the state, or whoever acts for it,", _acts_for_state),
    "state": ("the government", _body | (state_doubt.is_read_as("acting") & _acts_for_state)),
}
"""To whom an act restricts services, in words and as a condition."""


def _reached(row: Row) -> Condition:
    _, recipient = RECIPIENTS[row["recipient"]]
    done = _DONE.get(row["kinds"], rendered)
    reached = destined_for(SERVICES_BANS, row["id"]) & done & recipient
    if row["kinds"] not in ("", "loan"):
        reached &= Eu.service_kind.includes_any(*row.words("kinds"))  # type: ignore[arg-type]
    if row["exempt"] == "diplomatic_mission":
        return reached & ~Eu.party_flags.includes_any("diplomatic_mission")
    return reached & ~Eu.exempt_use if row["exempt"] else reached


def _kinds(row: Row) -> str:
    if row["kinds"] == "loan":
        return "a loan or other financing"
    named = (SERVICES[word] for word in row.words("kinds"))  # type: ignore[index]
    return "; ".join(f"{name} ({meant})" if meant else name for name, meant in named)


def _rules(row: Row) -> Iterator[Rule]:
    place = country_of(row)
    words, _ = RECIPIENTS[row["recipient"]]
    banned = row["outcome"] == "prohibition"
    rule = Rule(
        cited(row, "article"),
        f"These services may not be provided to {words} in {place}: {_kinds(row)}."
        if banned
        else f"Prior authorisation is required for any service to {words} of {place} that is not banned.",
        plain=plain.SANCTIONED_SERVICE if banned else plain.SERVICE_WITH_LICENCE,
        when=_reached(row),
        then=Outcome(row["outcome"]),
        triggered_by=Trigger.ACT,
        id=row["id"],
        fires=row["id"],
        misses=f"{row['id']}-other",
    )
    yield rule
    if row["derogation"]:
        yield Rule(
            cited(row, "derogation"),
            f"By way of derogation, the authority may authorise a banned service to {place}, for example for "
            "humanitarian purposes or civilian needs.",
            when=rule.when & Eu.derogation,
            then=Outcome.AUTHORISATION,
            overrides=rule,
            licensed_for=row["purposes"],
            triggered_by=Trigger.ACT,
            id=f"{row['id']}-derogation",
            misses=row["id"],
        )


for row in SERVICES_BANS:
    chapter.add(*_rules(row))
