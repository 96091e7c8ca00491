"""The texts that the ruleset encodes; all of them are invented."""

from __future__ import annotations

import datetime as dt

from regcompare.authoring import Checked, Evidence, Instrument, SaidBy, Statement

__all__ = ["ACT", "AMENDMENT", "INSTRUMENTS", "PETITION", "REFORM_BILL"]

READ = Evidence(Checked.TEXT, "Harbour Gazette 2019, no. 4", dt.date(2026, 11, 28))

ACT = Instrument(
    "Harbour Act",
    "Act on the export of surveillance technology through the harbours",
    "Harbour Gazette 2019, no. 4",
    address="https://example.org/harbour-act",
    checked=READ,
    headings={"Art. 1(2)": "licence", "Art. 2(1)": "refusal"},
)
AMENDMENT = Instrument("Amending Act", "Act amending the Harbour Act", "Harbour Gazette 2022, no. 9")
INSTRUMENTS = (ACT, AMENDMENT)

REFORM_BILL = Instrument("Bill 7", "A bill on biometric recognition", "2026", checked=Checked.INFERRED)
PETITION = Statement(
    "Petition for the bill",
    said_by=SaidBy.PROPOSER,
    date=dt.date(2026, 3, 1),
    checked=Checked.SECONDARY,
    address="https://example.org/petition",
)
