"""The Swiss texts, and how each is known."""

from __future__ import annotations

import datetime as dt

from regcompare.authoring import Checked, Evidence, Instrument

_READ = dt.date(2026, 11, 26)
_REPRINT = "reprint in German and English at droit-bilingue.ch, state not given"

ACT = Instrument(
    "GCA",
    "Federal Act of 13 December 1996 on the Control of Dual-Use Goods, Specific Military Goods and "
    "Strategic Goods (Goods Control Act)",
    "SR 946.202",
    address="https://www.fedlex.admin.ch/eli/cc/1997/1697_1697_1697/de",
    checked=Evidence(
        Checked.SECONDARY,
        f"SR 946.202, Article 6: {_REPRINT}",
        _READ,
        "The whole article was in the reprint; the official publication was not opened.",
    ),
)
ORDINANCE = Instrument(
    "GCO",
    "Ordinance of 3 June 2016 on the Export, Import and Transit of Dual Use Goods, Specific Military "
    "Goods and Strategic Goods (Goods Control Ordinance)",
    "SR 946.202.1",
    address="https://www.fedlex.admin.ch/eli/cc/2016/352/de",
    checked=Evidence(
        Checked.SECONDARY,
        f"SR 946.202.1, Articles 1, 3, 4(a) to (h), 6, 12, 24 and 27: {_REPRINT}",
        dt.date(2026, 11, 28),
        "The official publication was not opened, and the ordinance of 1997 before it was not read.",
    ),
)
SURVEILLANCE_2015 = Instrument(
    "Ordinance of 13 May 2015",
    "Ordinance of 13 May 2015 on the export and brokering of goods for internet and mobile-network "
    "surveillance, made directly under the Constitution",
    "SR 946.202.3, AS 2015, in force until it was replaced on 1 January 2021",
    checked=Evidence(
        Checked.SECONDARY,
        "Accounts of the ordinance by digitale-gesellschaft.ch, May 2015, and in a note on the refusal "
        "for Turkey, 2016, which cites the article",
        _READ,
        "The text was not read, and no address of it was found.",
    ),
)
SURVEILLANCE_2020 = Instrument(
    "Ordinance of 25 November 2020",
    "Ordinance of 25 November 2020 on the export and brokering of goods for internet and mobile-network "
    "surveillance",
    "SR 946.202.3",
    address="https://www.fedlex.admin.ch/eli/cc/2020/1039/de",
    checked=Evidence(
        Checked.TEXT,
        "SR 946.202.3, state of 1 January 2021, German",
        _READ,
        "Read in a stored copy of the official text, which shows the articles without their numbers; "
        "they are numbered here in their order.",
    ),
)

INSTRUMENTS = (ACT, ORDINANCE, SURVEILLANCE_2015, SURVEILLANCE_2020)
