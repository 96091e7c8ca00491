"""The published statements behind the demands: whose they are, their dates, and how they are known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

from regcompare.authoring import LAW_DATE, TRUE, Condition, EvidenceLevel, Term
from regcompare.law import SaidBy, Statement

from .sources import DEMANDS


def _statement(
    title: str, said_by: SaidBy, date: dt.date | None, checked: EvidenceLevel, address: str = ""
) -> Statement:
    return Statement(title, said_by=said_by, date=date, checked=checked, address=address)


AMNESTY, COALITION, ANOTHER = SaidBy.PROPOSER, SaidBy.COALITION, SaidBy.ANOTHER
READ, ACCOUNT = EvidenceLevel.OWN, EvidenceLevel.SECONDARY

page = _statement(
    "Amnesty Netherlands, Uitvoer van surveillancetechnologie, after November 2020",
    *(AMNESTY, None, READ),
    "https://www.amnesty.nl/wat-we-doen/tech-en-mensenrechten/uitvoer-surveillancetechnologie",
)
coalition_2017 = _statement(
    "Shared statement on the update of the EU dual-use regulation (its opening, and the heads of its parts)",
    *(COALITION, dt.date(2017, 5, 31), READ),
)
coalition_2017_research = _statement(
    "Liberties, on the shared statement of May 2017", COALITION, dt.date(2017, 5, 31), ACCOUNT
)
# Issued on 11 July; the day is that on which Amnesty published it as its own.
letter_2017 = _statement(
    "Open letter of 13 organisations, as carried by Liberties (an edited reprint, cut after point b)",
    *(COALITION, dt.date(2017, 7, 12), READ),
    "https://www.liberties.eu/en/stories/ngo-letter-to-eu-on-surveillance-exports/12486",
)
letter_2017_reported = _statement(
    "WorldECR, 20 July 2017, on the open letter of 13 organisations",
    *(COALITION, dt.date(2017, 7, 12), ACCOUNT),
    "https://www.worldecr.com/news/human-rights-groups-urge-surveillance-tech-reform",
)
release_2018 = _statement(
    "Release of the coalition before the vote of the European Parliament",
    *(COALITION, dt.date(2018, 1, 16), READ),
    "https://www.amnesty.eu/news/eu-european-parliament-must-vote-to-stop-surveillance-equipment-going-to-rights-abusing-governm-1095",
)
denmark_2018 = _statement(
    "Amnesty Denmark, before the vote of 17 January 2018",
    *(AMNESTY, dt.date(2018, 1, 16), READ),
    "https://localeyes.dk/ritzau/r05733",
)
letter_2020 = _statement(
    "Joint letter to Commissioner Hogan (its opening)", COALITION, dt.date(2020, 6, 8), READ
)
letter_2020_refusals = _statement(
    "Reporters without Borders, June 2020, on the joint letter",
    *(COALITION, dt.date(2020, 6, 8), ACCOUNT),
    "https://rsf.org/fr/actualites/exportations-des-technologies-de-surveillance-rsf-appelle-la-commission-europeenne-intensifier-ses",
)
letter_2020_rules = _statement(
    "Access Now and Brot für die Welt, on the joint letter", COALITION, dt.date(2020, 6, 8), ACCOUNT
)
letter_2020_reasons = _statement(
    "Agence Europe 12503/19, on the joint letter", COALITION, dt.date(2020, 6, 8), ACCOUNT
)
germany_2014 = _statement(
    "Amnesty Germany and three others, 2014 (the day is not shown): a catch-all for new techniques, and no "
    "export unless an examination of the single case shows no danger to human rights",
    *(AMNESTY, None, READ),
    "https://www.verbaende.com/news/pressemitteilung/exportstopp-fuer-ueberwachungstechnologie-ist-gut-aber-nicht-genug",
)
germany_appeal_2020 = _statement(
    "Amnesty Germany, public appeal of autumn 2020: no export at a risk to human rights",
    *(AMNESTY, None, READ),
    "https://www.amnesty.de/mitmachen/petition/export-von-ueberwachungstechnologie-kontrollieren",
)
germany_2020 = _statement("Amnesty Germany, on the negotiations", AMNESTY, dt.date(2020, 6, 9), READ)
faces_2020 = _statement(
    "Amnesty, call for a ban on facial recognition, exports included",
    AMNESTY,
    dt.date(2020, 6, 30),
    READ,
)
report_neutral = _statement("TechCrunch, on the 2020 report", ANOTHER, dt.date(2020, 9, 21), ACCOUNT)
report_control = _statement(
    "NOS, as reported in English, on the 2020 report", ANOTHER, dt.date(2020, 9, 21), ACCOUNT
)
report_catch_all = _statement(
    "Amnesty Germany, on the 2020 report", AMNESTY, dt.date(2020, 9, 21), ACCOUNT
)
statement_2021 = _statement(
    "Joint statement, New EU dual-use regulation: a missed opportunity (Access Now, Amnesty, CPJ, FIDH, "
    "HRW, Privacy International, RSF)",
    *(COALITION, dt.date(2021, 3, 25), READ),
)
faces_2021 = _statement(
    "Amnesty United Kingdom, on the Commission's proposal for an AI act, 2021",
    *(AMNESTY, None, READ),
    "https://www.amnesty.org.uk/press-releases/eu-proposed-legislation-artificial-intelligence-falls-short",
)
pegasus_2021 = _statement(
    "A news agency, on Amnesty's call after the Pegasus disclosures",
    *(ANOTHER, dt.date(2021, 7, 31), ACCOUNT),
)
lab_2023 = _statement(
    "Amnesty Security Lab, on Predator",
    *(AMNESTY, dt.date(2023, 10, 31), READ),
    "https://securitylab.amnesty.org",
)
predator_2023 = _statement(
    "European Centre for Press and Media Freedom, list of the recommendations of The Predator Files",
    *(ANOTHER, dt.date(2023, 10, 31), ACCOUNT),
)
companies = _statement("Le Monde, as summarised, on a call on companies", ANOTHER, None, ACCOUNT)
home_april_2023 = _statement(
    "Amnesty, on its open letter before the vote of the European Parliament's committees on the AI act",
    *(AMNESTY, dt.date(2023, 4, 26), READ),
    "https://www.amnesty.org/en/?p=190154",
)
home_2023 = _statement(
    "Amnesty, on lawmakers reluctant to stop the export of banned technologies, as carried on that day",
    *(AMNESTY, dt.date(2023, 12, 5), READ),
    "https://www.amnesty.eu/news/lawmakers-reluctant-to-stop-eu-companies-profiting-from-surveillance-and-abuse-through-the-ai-act",
)
comments_2024 = _statement(
    "Joint comments to the United States Bureau of Industry and Security (their opening)",
    *(COALITION, dt.date(2024, 10, 15), READ),
    "https://www.hrw.org/news/2024/12/02/civil-society-joint-comments-bureau-industry-and-security",
)

BEHIND: Mapping[str, tuple[Statement, ...]] = MappingProxyType(
    {
        "A01": (page, report_neutral),
        "A02": (page, faces_2020, faces_2021),
        "A03": (report_control,),
        "A04": (page, letter_2020, germany_2020, report_neutral),
        "A05": (coalition_2017,),
        "A06": (letter_2020, germany_2014, germany_2020, report_catch_all),
        "A07": (coalition_2017, statement_2021),
        "A08": (letter_2017, letter_2017_reported, letter_2020_refusals, germany_appeal_2020),
        "A09": (release_2018, denmark_2018),
        "A10": (letter_2020, letter_2020_reasons),
        "A11": (letter_2020_rules,),
        "A12": (letter_2020, letter_2020_reasons, germany_2020),
        "A13": (letter_2020, letter_2020_reasons, statement_2021),
        "A14": (coalition_2017_research, letter_2017),
        "A15": (pegasus_2021,),
        "A16": (predator_2023,),
        "A17": (predator_2023, lab_2023),
        "A18": (predator_2023,),
        "A19": (predator_2023,),
        "A20": (companies,),
        "A21": (home_april_2023, home_2023),
        "A22": (comments_2024,),
    }
)
"""The statements behind each demand; its first day is that of the earliest."""


WHOLE = dt.date(2021, 9, 9)
"""The day whose demands are applied whole, on whatever day the law below them is read."""


def demand_made(demand: str, whole: dt.date = WHOLE) -> Condition:
    """That the demand was made, in the earliest dated statement; see ``demand_made_in``."""
    dated = [statement for statement in BEHIND[demand] if statement.date]
    earliest = min(dated, key=lambda item: item.date or dt.date.max) if dated else None
    return demand_made_in(demand, earliest, whole) if earliest else TRUE


def demand_made_in(demand: str, statement: Statement, whole: dt.date = WHOLE) -> Condition:
    """That the demand was made in the statement, if that is dated.

    What was demanded by the day on which a proposal is whole belongs to it on every day: applied to an
    earlier day it would otherwise look like what nobody demands.  Later demands count from their day.
    """
    day = statement.date
    if not day:
        return TRUE
    made = TRUE if day <= whole else LAW_DATE.on_or_after(day)
    return Term(f"demand made by {day:%B %Y}", DEMANDS[demand], made)
