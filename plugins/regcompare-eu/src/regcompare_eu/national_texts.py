"""How texts of single Member States are known, by which they use options that the two acts leave to them."""

from __future__ import annotations

import datetime as dt

from regcompare.authoring import Evidence, EvidenceLevel

AWV = Evidence(
    EvidenceLevel.TEXT,
    "Aussenwirtschaftsverordnung (AWV), text of 2026",
    dt.date(2026, 11, 28),
    "Section 11. Read in a public copy.",
)
FINNISH_ACT = Evidence(
    EvidenceLevel.TEXT,
    "Act 500/2024 of Finland on the control of exports of dual-use items",
    dt.date(2026, 11, 28),
    "Sections 5 and 6. Read in a public copy.",
)
