"""The texts from which the demands are taken; the demands are numbered A01 to A14."""

from __future__ import annotations

from regcompare.authoring import Instrument

SEED = Instrument(
    "Amnesty Netherlands",
    "Uitvoer van surveillancetechnologie (Export of surveillance technology)",
    "web page of Amnesty Netherlands, after November 2020",
)
REPORT = Instrument(
    "Amnesty 2020",
    "Out of Control: Failing EU laws for digital surveillance export",
    "EUR 01/2556/2020, 21 September 2020",
)
DEMANDS = Instrument(
    "Amnesty demand",
    "Demands of Amnesty International, and of the coalition to which it belongs, 2017 to 2024, as "
    "numbered in this ruleset",
    "web page of Amnesty Netherlands; EUR 01/2556/2020; coalition texts of May and July 2017, January "
    "2018, June and November 2020, and March 2021; calls on facial recognition of June 2020 and 2021; "
    "releases of April and December 2023; comments of October 2024",
)
COALITION_2017 = Instrument(
    "Coalition 2017",
    "Shared statement on the update of the EU dual-use regulation",
    "May 2017",
)
COALITION_2018 = Instrument(
    "Coalition 2018",
    "Release of the coalition before the vote of the European Parliament",
    "16 January 2018",
)
LETTER_2017 = Instrument(
    "Open letter 2017",
    "Open letter of 13 organisations to Member States and institutions on the export of surveillance equipment",
    "12 July 2017",
    address="https://www.amnesty.eu/news/open-ngo-letter-to-eu-member-states-and-institutions-regarding-the-export-of-surveillance-equipment",
)
LETTER_2020 = Instrument(
    "Joint letter June 2020", "Joint letter to Commissioner Hogan", "8 and 9 June 2020"
)
FACES_2020 = Instrument(
    "Amnesty June 2020", "Call for a ban on facial recognition, exports included", "June 2020"
)
LETTER_TO_COUNCIL_2020 = Instrument(
    "Joint letter November 2020",
    "Joint letter to the Council on the final draft of the dual-use regulation",
    "November 2020",
)
FACES_2021 = Instrument(
    "Letters June 2021",
    "Letter of Amnesty USA, and joint open letter on biometric recognition",
    "3 and 7 June 2021",
)
STATEMENT_2021 = Instrument(
    "Joint statement 2021", "New EU dual-use regulation: a missed opportunity", "25 March 2021"
)

AI_ACT_2023 = Instrument(
    "Amnesty 2023",
    "Press releases on the AI Act: no export of what is banned in the Union",
    "26 April 2023, 5 December 2023 and 9 December 2023",
    address="https://www.amnesty.eu/news/lawmakers-reluctant-to-stop-eu-companies-profiting-from-surveillance-and-abuse-through-the-ai-act",
)
COMMENTS_2024 = Instrument(
    "Joint comments 2024",
    "Comments of civil society to the United States Bureau of Industry and Security",
    "15 October 2024",
    address="https://www.hrw.org/news/2024/12/02/civil-society-joint-comments-bureau-industry-and-security",
)

INSTRUMENTS = (
    SEED,
    REPORT,
    DEMANDS,
    COALITION_2017,
    LETTER_2017,
    COALITION_2018,
    LETTER_2020,
    FACES_2020,
    LETTER_TO_COUNCIL_2020,
    STATEMENT_2021,
    FACES_2021,
    AI_ACT_2023,
    COMMENTS_2024,
)
