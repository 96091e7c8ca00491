"""The vocabulary that every regime can read, with what cannot be."""

from __future__ import annotations

from .sections import (
    Destination,
    Diligence,
    EndUse,
    EndUser,
    Exporter,
    Item,
    Knowledge,
    Licence,
    National,
    Transaction,
)
from .vocabulary import Constraint, Vocabulary
from .words import CONCERNS

__all__ = ["CORE"]

CORE = Vocabulary(
    sections=(
        Item,
        Transaction,
        Exporter,
        Destination,
        EndUser,
        EndUse,
        Knowledge,
        Diligence,
        National,
        Licence,
    ),
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
            "Software and technology in the public domain meet no entry in Annex I.",
            Item.public_domain & Item.form.is_in("software", "technology"),
            ~Item.annex_i_entry.includes_any("*"),
        ),
        Constraint(
            "Biometric recognition, video, number-plate recognition, predictive policing, behaviour "
            "research and non-surveillance items meet none of the surveillance entries.",
            Item.technology.is_in(
                "facial_recognition",
                "emotion_recognition",
                "other_biometrics",
                "video_surveillance",
                "video_analytics",
                "number_plate_recognition",
                "predictive_policing",
                "behaviour_research",
                "not_surveillance",
            ),
            ~Item.annex_i_entry.includes_any(
                "4A005", "4D004", "4E001.c", "5A001.f", "5A001.j", "5D001.e", "5A004.a", "5A004.b"
            ),
        ),
    ),
)
"""The core vocabulary."""
