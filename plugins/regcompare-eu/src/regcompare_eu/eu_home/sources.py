"""The acts of the Union that forbid or restrict a use inside it, as far as they were read."""

from __future__ import annotations

import datetime as dt

from regcompare.authoring import Evidence, EvidenceLevel, Instrument

READ_ON = dt.date(2026, 11, 27)


def _read(document: str, note: str) -> Evidence:
    """What was read of an act: in a public copy, not in the Official Journal."""
    return Evidence(EvidenceLevel.TEXT, document, READ_ON, f"{note} Read in a public copy.")


AI_ACT = Instrument(
    "Reg. (EU) 2024/1689",
    "Regulation (EU) 2024/1689 of 13 June 2024 laying down harmonised rules on artificial intelligence",
    "OJ L, 2024/1689, 12.7.2024",
    "32024R1689",
    states=(dt.date(2026, 7, 27),),
    checked=_read(
        "02024R1689-20260727",
        "Articles 1 to 9, 26 to 35, 111 to 113, and Annexes I to V, as amended on 27 July 2026; recitals 25 "
        "to 33 of the act as adopted.",
    ),
)
AI_OMNIBUS = Instrument(
    "Reg. (EU) 2026/1744",
    "Regulation (EU) 2026/1744 of 8 July 2026 amending Regulations (EU) 2024/1689, (EU) 2018/1139 and "
    "(EU) 2023/1230 (digital omnibus on AI)",
    "OJ L, 2026/1744, 24.7.2026",
    "32026R1744",
    checked=_read(
        "02024R1689-20260727",
        "What it changed was read in the amended act, which marks it; of the amending act itself the first "
        "recitals and the end, in French, with its entry into force on 27 July 2026.",
    ),
)
MEDIA_ACT = Instrument(
    "Reg. (EU) 2024/1083",
    "Regulation (EU) 2024/1083 of 11 April 2024 establishing a common framework for media services "
    "(European Media Freedom Act)",
    "OJ L, 2024/1083, 17.4.2024",
    "32024R1083",
    checked=_read("32024R1083", "Articles 1 to 4 and 29."),
)
POLICE_DATA = Instrument(
    "Dir. (EU) 2016/680",
    "Directive (EU) 2016/680 of 27 April 2016 on the processing of personal data by competent authorities "
    "for the purposes of criminal law",
    "OJ L 119, 4.5.2016, p. 89",
    "32016L0680",
    checked=_read(
        "32016L0680",
        "Articles 1 to 15 and 63. A directive binds through national law.",
    ),
)
DATA_PROTECTION = Instrument(
    "Reg. (EU) 2016/679",
    "Regulation (EU) 2016/679 of 27 April 2016 on the processing of personal data (General Data Protection "
    "Regulation)",
    "OJ L 119, 4.5.2016, p. 1",
    "32016R0679",
    checked=_read("32016R0679", "Articles 1 to 14 (10 to 14 in an earlier reading) and 99."),
)

INSTRUMENTS = (AI_ACT, AI_OMNIBUS, MEDIA_ACT, POLICE_DATA, DATA_PROTECTION)

PROHIBITIONS_APPLY = dt.date(2025, 2, 2)
"""Art. 113(a) of the AI Act: Chapters I and II."""
HIGH_RISK_APPLIES = dt.date(2027, 12, 2)
"""Art. 113(c)(i), as amended in 2026: the duties for systems of Annex III; 2 August 2026 before."""
MEDIA_APPLIES = dt.date(2025, 8, 8)
"""Art. 29 of the Media Freedom Act: Article 4, except its paragraphs 1 and 2."""
POLICE_DATA_APPLIES = dt.date(2018, 5, 6)
"""Art. 63(1) of Directive 2016/680: the day from which Member States apply it."""
DATA_APPLIES = dt.date(2018, 5, 25)
"""Art. 99(2) of Regulation 2016/679."""
