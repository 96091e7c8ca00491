"""The vocabulary that every regime can use, and what follows from the roles of listed parties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from regcompare.facts import Country, OwnWord, SetOf
from regcompare.logic.conditions import Condition, any_of

from .sections import (
    CONCERNS,
    TECHNOLOGIES,
    Concern,
    Destination,
    Diligence,
    EndUse,
    EndUser,
    Exporter,
    Item,
    Knowledge,
    Licence,
    National,
    Parties,
    Reported,
    Technology,
    Transaction,
)
from .vocabulary import Assumption, Constraint, Harm, Standard, Vocabulary

_ATYPICAL = ("wmd", "illegally_exported_military_parts")
"""Uses that a sale of surveillance technology is assumed not to have."""
_INTRUSION, _NETWORK = ("4A005", "4D004", "4E001.c"), ("5A001.j", "5D001.c", "5E001.a")
_HARMFUL: Final[tuple[Concern, ...]] = ("internal_repression", "human_rights_violation")
"""Uses of concern that themselves harm people."""
_ENTRIES: Final[Mapping[Technology, tuple[str, ...]]] = {
    "intrusion_platform": _INTRUSION,
    "intrusion_software": _INTRUSION,
    "mobile_interception": ("5A001.f", "5D001.c", "5E001.a"),
    "telecom_interception": ("5A001.f", "5D001.c", "5D001.e", "5E001.a"),
    "ip_network_surveillance": _NETWORK,
    "monitoring_centre": ("5D001.e", *_NETWORK),
    "interception_mediation": ("5D001.e", *_NETWORK),
    "data_retention": ("5D001.e", "5E001.a"),
    "digital_forensics": ("5A004.b", "5D002", "5E002"),
    "cryptanalysis": ("5A004.a", "5D002", "5E002"),
    "encryption": ("5A002", "5D002", "5E002"),
}
"""The entries under which a technology may fall by its function; other technologies have none."""
_UNLISTED: Final[tuple[Technology, ...]] = (
    "facial_recognition", "emotion_recognition", "other_biometrics", "video_surveillance",
    "video_analytics", "number_plate_recognition", "predictive_policing", "behaviour_research",
    "not_surveillance",
)  # fmt: skip
"""Technologies that meet none of the surveillance entries."""
_MAY_INFER: Final[tuple[Technology, ...]] = (
    "facial_recognition", "emotion_recognition", "other_biometrics", "video_analytics",
    "predictive_policing", "behaviour_research", "other_surveillance",
)  # fmt: skip
"""Technologies that may infer ethnicity; others are assumed not to."""


def _other_than(*technologies: Technology) -> Condition:
    return Item.technology.is_in(*(name for name in TECHNOLOGIES if name not in technologies))


_SECTIONS: Final = (
    Item, Transaction, Exporter, Destination, EndUser, Parties, EndUse, Reported, Knowledge, Diligence,
    National, Licence,
)  # fmt: skip
CORE = Vocabulary(
    sections=_SECTIONS,
    constraints=(
        Constraint(
            "Police, intelligence services, armed forces and other state bodies act for the state.",
            EndUser.kind.is_in("law_enforcement", "intelligence", "military", "other_state_body"),
            EndUser.acts_for_state,
        ),
        *(
            Constraint(
                f"Anyone who knows of a use for {CONCERNS[concern]} has grounds to determine it.",
                Knowledge.exporter_aware.includes_any(concern),
                EndUse.concerns.includes_any(concern),
            )
            for concern in CONCERNS
        ),
        Constraint(
            "If serious violations are likely, there is a substantial risk.",
            Destination.serious_violations_likely,
            Destination.substantial_rights_risk,
        ),
        Constraint(
            "Software and technology in the public domain meet no entry of the control list.",
            Item.public_domain & Item.form.is_in("software", "technology"),
            ~Item.annex_i_entry.includes_any("*"),
        ),
        Constraint(
            "Biometric recognition, video, number-plate recognition, predictive policing, behaviour "
            "research and non-surveillance items meet none of the surveillance entries.",
            Item.technology.is_in(*_UNLISTED),
            ~Item.annex_i_entry.includes_any(
                "4A005", "4D004", "4E001.c", "5A001.f", "5A001.j", "5D001.e", "5A004.a", "5A004.b"
            ),
        ),
    ),
    assumptions=(
        *(
            Assumption(fact, all_but=_ATYPICAL)
            for fact in (
                EndUse.concerns,
                Knowledge.authority_informed,
                Knowledge.exporter_aware,
                Knowledge.exporter_suspects,
            )
        ),
        *(
            Assumption(Item.annex_i_entry, {"open": entries}, Item.technology.is_in(technology))
            for technology, entries in _ENTRIES.items()
        ),
        Assumption(Item.annex_i_entry, "none", _other_than(*_ENTRIES)),
        Assumption(Item.face_matching, "none", _other_than("facial_recognition")),
        Assumption(Item.infers_ethnicity, False, _other_than(*_MAY_INFER)),
    ),
    harms=(
        Harm(Standard.SUBSTANTIAL_RISK, Destination.substantial_rights_risk),
        *(
            Harm(Standard.REASONABLE_GROUNDS, EndUse.concerns.includes_any(concern))
            for concern in _HARMFUL
        ),
        Harm(Standard.LIKELY, Destination.serious_violations_likely),
    ),
)
"""The core vocabulary."""

_ROLES: Final[tuple[tuple[str, SetOf[str], Country], ...]] = (
    ("buys, the buyer is", Parties.buyer, Destination.purchaser_country),
    ("receives the item, it is sent", Parties.consignee, Destination.country),
    ("uses the item, it is used", Parties.end_user, EndUser.country),
)
"""Roles of a listed party: its act in words, the fact that lists who has it, and its country."""


def takes_part(*parties: OwnWord) -> Condition:
    """Returns the condition that one of these parties buys, receives or uses the item."""
    return any_of(*(role.includes_any(*parties) for _, role, _ in _ROLES))


def seated(party: OwnWord, *countries: str) -> Iterator[Constraint]:
    """Yields the constraints that follow from a party's seat in one of these countries."""
    for what, role, country in _ROLES:
        sentence = f"If {party} {what} in a country where it is seated."
        yield Constraint(sentence, role.includes_any(party), country.is_in(*countries))
