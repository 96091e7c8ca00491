"""The proposed rule of 29 July 2024, on top of the Export Administration Regulations."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from regcompare.authoring import EvidenceLevel, Ruleset
from regcompare_world.us_ear import US_EAR

from . import proposal

__all__ = ["US_EAR_2024_PROPOSAL"]

US_EAR_2024_PROPOSAL = Ruleset(
    "us-ear-2024-proposal",
    "Proposed American rule on crime controls, 2024",
    status="proposal",
    instruments=(proposal.PROPOSED_RULE, *US_EAR.instruments),
    reference_date=dt.date(2024, 7, 29),
    covers=US_EAR.covers,
    scope=US_EAR.scope,
    base=(US_EAR,),
    provisions=(proposal.chapter,),
    vocabulary=US_EAR.vocabulary,
    cases=(Path(__file__).parents[1] / "cases" / "us-ear-2024-proposal.yaml",),
    checked=EvidenceLevel.SECONDARY,
    plain_title="What the American authority proposed in 2024",
    summary=(
        "A licence for whatever the Commerce Control List names when it goes to police and security "
        "agencies of states under an American arms embargo, and for facial recognition made for crowds."
    ),
)
