"""The proposal, the accounts from which it is known here, and the rows into which it is divided.

Of the proposal itself only the title page and the opening of its memorandum were read.  Its provisions
are known from accounts, and in part not even from these, so each row says how it was checked.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from regcompare.authoring import Instrument
from regcompare.law import Citation

PROPOSAL = Instrument(
    "COM(2016) 616",
    "Proposal for a Regulation setting up a Union regime for the control of exports, transfer, "
    "brokering, technical assistance and transit of dual-use items (recast), numbered C01 to C19 here",
    "COM(2016) 616 final, 28 September 2016, procedure 2016/0295(COD)",
    "52016PC0616",
)
DEFINITIONS_NOTE = Instrument(
    "Meijburg 2016",
    "Note on the proposal, with its definitions of dual-use items and cyber-surveillance technology",
    "note of a law firm, 2016",
)
PRESS_SUMMARY = Instrument(
    "Press summary 2016",
    "Summary of the Commission's release on the proposal",
    "reprints of the release, September and October 2016",
)
CATCH_ALL_NOTES = Instrument(
    "World Trade Controls 2016",
    "Notes on the leaked draft and on the new catch-all",
    "28 July and 30 November 2016",
)
LAW_FIRM_NOTE = Instrument(
    "Kneppelhout 2020", "Note on the proposal", "note of a law firm, updated 6 January 2020"
)
INDUSTRY_PAPERS = Instrument(
    "BDI 2017", "Position papers of German industry on the proposal", "31 March 2017 and later"
)
REPORTERS_RELEASE = Instrument("RSF Germany 2017", "Release on the proposal", "February 2017")

INSTRUMENTS = (
    PROPOSAL,
    DEFINITIONS_NOTE,
    PRESS_SUMMARY,
    CATCH_ALL_NOTES,
    LAW_FIRM_NOTE,
    INDUSTRY_PAPERS,
    REPORTERS_RELEASE,
)

PLACES: Mapping[str, str] = MappingProxyType(
    {
        "C01": "Art. 2(1)(b)",
        "C02": "Art. 2(21)",
        "C03": "Art. 2(21), families of technology",
        "C04": "Annex I, Sections A and B",
        "C05": "Annex I, Section B, 10A001",
        "C06": "Annex I, Section B, carve-outs",
        "C07": "Annex I, Section B, 10D001 and 10E001",
        "C08": "Art. 4(1)(d)",
        "C09": "Art. 4(1)(e)",
        "C10": "Art. 4(2)",
        "C11": "Art. 4, consultation",
        "C12": "Arts 5 and 6",
        "C13": "Art. 7",
        "C14": "Art. 14",
        "C15": "Arts 16 and 17",
        "C16": "new general authorisations",
        "C17": "Art. 23",
        "C18": "Art. 24",
        "C19": "Art. 8 and Annex IV",
    }
)
"""Where each row is said to stand; no number of an article was checked against the text."""


def row(number: str) -> Citation:
    """Returns the citation of a row, with the place at which it is said to stand."""
    return PROPOSAL[f"{number} ({PLACES[number]}, place not checked)"]
