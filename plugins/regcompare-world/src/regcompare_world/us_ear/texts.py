"""The American texts, and how each is known."""

from __future__ import annotations

import datetime as dt

from regcompare.authoring import Evidence, EvidenceLevel, Instrument

_READ = dt.date(2026, 11, 26)
_ADDRESS = "https://www.ecfr.gov/current/title-15/subtitle-B/chapter-VII/subchapter-C"
_COPY = "copy of the electronic Code of Federal Regulations in a public repository, day not given"


def _part(number: str, about: str, level: EvidenceLevel, document: str, note: str) -> Instrument:
    return Instrument(
        f"EAR part {number}",
        f"Export Administration Regulations, part {number}: {about}",
        f"15 CFR part {number}",
        address=f"{_ADDRESS}/part-{number}",
        checked=Evidence(level, document, _READ, note),
    )


PART_734 = _part(
    "734",
    "scope of the regulations",
    EvidenceLevel.TEXT,
    "15 CFR 734.13(a)(1)-(2) and (b) and 734.14(a)(1)-(2) and (b), stored copy of bis.gov, day not given",
    "The definitions of export and reexport; which items abroad are subject to the regulations was not read.",
)
PART_738 = _part(
    "738",
    "Commerce Control List overview and the country chart",
    EvidenceLevel.TEXT,
    "15 CFR part 738, stored copy of bis.gov, day not given",
    "Section 738.3 and the opening of section 738.4.",
)
PART_740 = _part(
    "740",
    "license exceptions",
    EvidenceLevel.TEXT,
    f"Section 740.4 whole, bis.gov, version of 4 April 2024; sections 740.2(a), 740.20(a) and (b) and "
    f"740.22(a) and (b): {_COPY}; law firms' notes of June 2022 on the rest of 740.22",
    "The bodies of sections 740.9, 740.10, 740.11, 740.17, 740.20(c) and (d) and 740.22(c) were not read.",
)
PART_742 = _part(
    "742",
    "controls based on the Commerce Control List",
    EvidenceLevel.SECONDARY,
    f"Section 742.7(a): bis.gov, version of 6 January 2025; sections 742.4(a) and 742.15(a)(1): {_COPY}; "
    "accounts of 742.7(b) and 742.13",
    "The bodies of sections 742.6, 742.7(b) and 742.13 were not read.",
)
PART_744 = _part(
    "744",
    "controls based on end users and end uses",
    EvidenceLevel.SECONDARY,
    f"Sections 744.6(a) and (b)(1)-(2) and 744.22(a) to (d): {_COPY}; an account of part 744 made from the "
    "text of 23 July 2026; rules in the Federal Register and accounts on the Entity List",
    "The definition of military end users in section 744.21(g) and Supplement No. 2 were not read.",
)
PART_746 = _part(
    "746",
    "embargoes and other special controls",
    EvidenceLevel.TEXT,
    "15 CFR part 746, electronic Code of Federal Regulations, copy of 24 January 2025",
    "Its supplements were not read, nor any change since.",
)
CRIME_CONTROL_2020 = Instrument(
    "85 FR 63007",
    "Amendment to Licensing Policy for Items Controlled for Crime Control Reasons, 6 October 2020",
    "85 FR 63007",
    address="https://www.federalregister.gov/citation/85-FR-63007",
    checked=Evidence(
        EvidenceLevel.SECONDARY,
        "85 FR 63007, FR Doc. 2020-21815: opening, in a reprint, and law firms' notes of October 2020 that "
        "give the wording of § 742.7(b)",
        _READ,
    ),
)

INSTRUMENTS = (PART_734, PART_738, PART_740, PART_742, PART_744, PART_746, CRIME_CONTROL_2020)
