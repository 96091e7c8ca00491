"""Parliament's position, the accounts from which it is known here, and the rows into which it is divided.

Of the position itself only reference data and headings were read, and no amendment.  What Parliament
left alone stands as the Commission proposed it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from regcompare.authoring import Evidence, EvidenceLevel, Instrument
from regcompare.law import Citation

POSITION = Instrument(
    "EP position 2018",
    "Amendments adopted by the European Parliament on 17 January 2018 on the proposal COM(2016) 616, "
    "numbered E01 to E16 here",
    "P8_TA(2018)0006, OJ C 458, 19.12.2018, pp. 187-223; committee report A8-0390/2017",
    "52018AP0006",
)
SUMMARY = Instrument(
    "Legislative Observatory 2018", "Summary of the vote", "procedure 2016/0295(COD), January 2018"
)
COMMITTEE_RELEASE = Instrument("EP release 2017", "Release on the vote in committee", "23 November 2017")
AMENDED_RECITAL = Instrument(
    "WorldECR 2018", "Article that quotes the amended recital on cyber-surveillance items", "2018"
)
NEGOTIATOR = Instrument(
    "Schaake 2018", "Release after the vote, and note on the amendments", "January 2018"
)
GROUP_RELEASE = Instrument("S&D 2018", "Release of a political group", "17 January 2018")
COALITION = Instrument(
    "Coalition 2018", "Release of the coalition before the vote, quoting Amnesty", "16 January 2018"
)

INSTRUMENTS = (
    POSITION,
    SUMMARY,
    COMMITTEE_RELEASE,
    AMENDED_RECITAL,
    NEGOTIATOR,
    GROUP_RELEASE,
    COALITION,
)

SUMMARY_READ = Evidence(
    EvidenceLevel.OFFICIAL,
    "Legislative Observatory, summary of the vote, procedure 2016/0295(COD), January 2018",
    note="Its first three points and the opening of the fourth.",
)
"""How a row is known that the Observatory's summary states; no amendment was read."""
NEGOTIATOR_READ = Evidence(
    EvidenceLevel.SECONDARY, "Schaake, release after the vote and note on the amendments, January 2018"
)
COALITION_READ = Evidence(
    EvidenceLevel.SECONDARY,
    "Release of the coalition before the vote, 16 January 2018",
    note="Its opening.",
)

PLACES: Mapping[str, str] = MappingProxyType(
    {
        "E01": "cyber-surveillance items as a category",
        "E02": "definition of cyber-surveillance items",
        "E03": "exclusion of security research",
        "E04": "Annex I, Section B",
        "E05": "Annex I, Section B, category 10",
        "E06": "Art. 4(1)(d)",
        "E07": "Art. 4(1)(e)",
        "E08": "due diligence",
        "E09": "criteria",
        "E10": "refusal and withdrawal",
        "E11": "transparency",
        "E12": "level playing field",
        "E13": "encryption",
        "E14": "new technologies",
        "E15": "proportionality",
        "E16": "whistle-blowers",
    }
)
"""What each row is about; no number of an article or amendment was checked against the text."""


def row(number: str) -> Citation:
    """Returns the citation of a row, with what it is about."""
    return POSITION[f"{number} ({PLACES[number]}, amendment not read)"]
