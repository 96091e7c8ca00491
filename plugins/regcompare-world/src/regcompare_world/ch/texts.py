"""The Swiss texts, and how each is known."""

from __future__ import annotations

import datetime as dt

from regcompare.authoring import Evidence, EvidenceLevel, Instrument

_READ = dt.date(2026, 11, 26)

ACT = Instrument(
    "GCA",
    "Federal Act of 13 December 1996 on the Control of Dual-Use Goods, Specific Military Goods and "
    "Strategic Goods (Goods Control Act)",
    "SR 946.202",
    address="https://www.fedlex.admin.ch/eli/cc/1997/1697_1697_1697/de",
    checked=Evidence(
        EvidenceLevel.TEXT,
        "SR 946.202, Article 6, states of 2002 to 1 July 2016, German, from Fedlex",
        _READ,
        "Read in a public copy of Fedlex; Article 6(3), in force since 2021, was not.",
    ),
)
ORDINANCE = Instrument(
    "GCO",
    "Ordinance of 3 June 2016 on the Export, Import and Transit of Dual Use Goods, Specific Military "
    "Goods and Strategic Goods (Goods Control Ordinance)",
    "SR 946.202.1",
    address="https://www.fedlex.admin.ch/eli/cc/2016/352/de",
    checked=Evidence(
        EvidenceLevel.TEXT,
        "SR 946.202.1, states of 1 July 2016 to 1 May 2018, German, from Fedlex",
        dt.date(2026, 11, 28),
        "Read in a public copy of Fedlex; the annexes were not read.",
    ),
)
ORDINANCE_1997 = Instrument(
    "GCO 1997",
    "Ordinance of 25 June 1997 on the Export, Import and Transit of Dual Use Goods and Specific Military "
    "Goods (Goods Control Ordinance)",
    "SR 946.202.1, AS 1997 1704; repealed on 1 July 2016",
    checked=Evidence(
        EvidenceLevel.SECONDARY,
        "Account of a notice of SECO of May 2015, news.save.ch; SR 946.202.1 of 2016, Article 30",
        dt.date(2026, 12, 3),
        "The account says that goods for surveillance needed a licence before, with few grounds to refuse it; "
        "the ordinance itself was not found.",
    ),
)
SURVEILLANCE_2015 = Instrument(
    "Ordinance of 13 May 2015",
    "Ordinance of 13 May 2015 on the export and brokering of goods for internet and mobile-network "
    "surveillance, made under Article 184(3) of the Constitution",
    "SR 946.202.3, AS 2015 1527; 2019 1291; 2020 827; repealed on 1 January 2021",
    address="https://fedlex.data.admin.ch/eli/oc/2015/302",
    checked=Evidence(
        EvidenceLevel.SECONDARY,
        "Press release of the federal government of 13 May 2015; accounts of May 2015",
        _READ,
        "The text was not stored anywhere that could be opened.",
    ),
)
COURT_2018 = Evidence(
    EvidenceLevel.TEXT,
    "Federal Administrative Court, B-7184/2017 of 17 April 2018 and B-2054/2017 of 19 April 2018: openings",
    dt.date(2026, 11, 28),
    "The openings cite the provision and its ground; the rest of the judgments was not read.",
)
SURVEILLANCE_2020 = Instrument(
    "Ordinance of 25 November 2020",
    "Ordinance of 25 November 2020 on the export and brokering of goods for internet and mobile-network "
    "surveillance",
    "SR 946.202.3",
    address="https://www.fedlex.admin.ch/eli/cc/2020/1039/de",
    checked=Evidence(
        EvidenceLevel.TEXT,
        "SR 946.202.3, state of 1 July 2021, German, from Fedlex",
        dt.date(2026, 11, 28),
        "Articles 1 to 8, read in a public copy of Fedlex that lacks the annex.",
    ),
)

INSTRUMENTS = (ACT, ORDINANCE, ORDINANCE_1997, SURVEILLANCE_2015, SURVEILLANCE_2020)
