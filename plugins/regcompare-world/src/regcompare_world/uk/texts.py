"""The British texts, and how each is known."""

from __future__ import annotations

import datetime as dt

from regcompare.authoring import Evidence, EvidenceLevel, Instrument

_READ = dt.date(2026, 11, 26)

RETAINED = Instrument(
    "Retained Reg. 428/2009",
    "Council Regulation (EC) No 428/2009 as it forms part of the law of Great Britain and as amended there",
    "legislation.gov.uk, eur/2009/428",
    address="https://www.legislation.gov.uk/eur/2009/428",
    checked=Evidence(
        EvidenceLevel.TEXT,
        "legislation.gov.uk, eur/2009/428, Articles 1, 2, 3, 4(1) and (2) and 9 as amended",
        _READ,
        "Read in a stored copy; the openings of the chapters only, and no annex.",
    ),
)
ORDER = Instrument(
    "Export Control Order 2008",
    "The Export Control Order 2008",
    "SI 2008/3231",
    address="https://www.legislation.gov.uk/uksi/2008/3231",
    checked=Evidence(
        EvidenceLevel.TEXT,
        "SI 2008/3231, Articles 2 to 23, state of 20 May 2025; SI 2022/491, article 2, as made",
        dt.date(2026, 11, 28),
        "Articles 12A and 12B were read as made, and Schedule 4 was not; the day on which they came into "
        "force, 19 May 2022, is from general knowledge.",
    ),
)
AMENDMENT_2022 = Instrument(
    "Export Control (Amendment) Order 2022",
    "The Export Control (Amendment) Order 2022",
    "SI 2022/491",
    address="https://www.legislation.gov.uk/uksi/2022/491",
    checked=ORDER.checked,
)
OGEL_EU = Instrument(
    "OGEL for dual-use items to the EU",
    "Open General Export Licence (Export of Dual-Use items to EU Member States) of 31 December 2020",
    "Department for International Trade, Export Control Joint Unit",
    address=(
        "https://www.gov.uk/government/publications/"
        "open-general-export-licence-export-of-dual-use-items-to-eu-member-states"
    ),
    checked=Evidence(
        EvidenceLevel.SECONDARY,
        "Licence of 31 December 2020 in a reprint, paragraphs 1, 2 and the opening of 3; HMRC manual "
        "SGSELSG3065",
        dt.date(2026, 11, 28),
        "The manual names the destinations, and allows 30 days from first use to register. The schedules "
        "were not read, nor paragraph 3 beyond uses for weapons; items and exclusions are taken to be "
        "those of general authorisation 001.",
    ),
)
CRITERIA = Instrument(
    "Strategic Export Licensing Criteria",
    "Strategic Export Licensing Criteria, laid before Parliament on 8 December 2021; before that the "
    "Consolidated EU and National Arms Export Licensing Criteria of 25 March 2014",
    "House of Lords written statement HLWS437, 8 December 2021",
    address=("https://questions-statements.parliament.uk/written-statements/detail/2021-12-08/hlws437"),
    checked=Evidence(
        EvidenceLevel.OFFICIAL,
        "Answers of the government to parliamentary questions 172500 (2018) and 52095 on the criteria",
        _READ,
        "Of the statement itself only the opening was read.",
    ),
)
EXPORT_CONTROL_ACT = Instrument(
    "Export Control Act 2002",
    "Export Control Act 2002",
    "2002 c. 28",
    address="https://www.legislation.gov.uk/ukpga/2002/28",
    checked=Evidence(
        EvidenceLevel.TEXT,
        "2002 c. 28, sections 1 to 9, revised to 31 December 2020; Annual Report 2020, HC 503, title page",
        dt.date(2026, 11, 28),
        "Read in a public copy of legislation.gov.uk; of section 10 only what the report says.",
    ),
)
SANCTIONS = Instrument(
    "UK sanctions regulations",
    "Regulations under the Sanctions and Anti-Money Laundering Act 2018 on Belarus, Iran, Myanmar, Russia, "
    "Syria, Venezuela and others: terms that they share",
    "each with its own S.I. number",
    address="https://www.legislation.gov.uk/ukpga/2018/13",
    checked=Evidence(
        EvidenceLevel.TEXT,
        "The regulations on interception and monitoring goods, and their schedules, in copies of "
        "legislation.gov.uk; the table of the instruments says which were read",
        dt.date(2026, 11, 28),
    ),
)
INSTRUMENTS = (RETAINED, ORDER, AMENDMENT_2022, OGEL_EU, CRITERIA, EXPORT_CONTROL_ACT, SANCTIONS)
