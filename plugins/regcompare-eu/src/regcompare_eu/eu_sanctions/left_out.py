"""What the encoding of the restrictive measures leaves out, and why."""

from __future__ import annotations

from regcompare.authoring import Chapter

from .definitions import (
    ACTS,
    ASSET_FREEZES,
    BELARUS,
    IRAN,
    IRAN_NUCLEAR,
    IRAN_UAV,
    MYANMAR,
    NORTH_KOREA,
    RUSSIA,
    RUSSIA_UKRAINE,
    SYRIA,
    VENEZUELA,
)

chapter = Chapter()


_NO_FACT = "No question covers it. "

# Whom the acts bind
chapter.left_out(
    SYRIA["scope"],
    "EU nationals and companies acting from outside the Union, and acts on board its ships and "
    "aircraft.",
    "The acts bind them, but the scenario names one country from which the supply is made.",
)
chapter.left_out(
    SYRIA["territory"],
    "The difference between the customs territory and the territory of the Member States (Monaco and "
    "Northern Ireland, for example).",
    "Membership is taken from one table, made for the dual-use regulations.",
)
chapter.left_out(
    VENEZUELA["older contracts"],
    "Clauses on contracts concluded before the measure.",
    _NO_FACT + "Without them the result is stricter.",
)
chapter.left_out(
    SYRIA["imports"],
    "Purchases and imports from a country under a measure.",
    "The ruleset covers items and services that are sent, provided or in transit.",
)
chapter.left_out(
    BELARUS["circumvention"],
    "The clauses against circumventing individual articles, and against circumventing bans, which add "
    "nothing to a ban.",
    "For Iran (Art. 1c(1)(d)) and Syria (Art. 5(1)(d)) an authorisation overrides them; the regulation "
    "on Iran has no general clause for its measures on equipment.",
)
# Interception equipment
chapter.left_out(
    SYRIA["Art. 5(1)(c)"],
    "The ban on an interception service, wherever it is provided, that benefits the government of a "
    "country under sanctions.",
    "The scenario does not state for which state a body acts; the rules require a person or a use "
    "there.",
)
chapter.left_out(
    SYRIA["Annex V"],
    "Whether an item falls under a heading.",
    "A question of fact that the scenario answers; the table shows which headings an annex has.",
)
chapter.left_out(
    SYRIA["Annex V, exceptions"],
    "Mass-market software and items on the Common Military List, which every annex excludes.",
    _NO_FACT + "Without them the result is stricter.",
)
chapter.left_out(
    BELARUS["Annex IV, section D"],
    "Software that has, performs or simulates the functions of the listed equipment.",
    "The scenario states the heading for the equipment whose functions it has.",
)
chapter.left_out(
    RUSSIA_UKRAINE["Annex VII"],
    "Whether an item is on the list of advanced technology for Russia or Belarus.",
    "The scenario answers one question for both lists, which are long and have grown since 2022.",
)
chapter.left_out(
    RUSSIA["Art. 5(2)"],
    "The exception where the operator had no reason to suspect the use.",
    "The rule requires reasonable grounds to determine the use, which are a reason to suspect it.",
)
chapter.left_out(
    RUSSIA["Art. 3(4)"],
    "Whether the derogation, which speaks of services, also covers those of Article 4.",
    "The paragraphs that it derogates from name no service; without it the result is stricter.",
)
chapter.left_out(
    IRAN["grants"],
    "That nothing obliges the authority to grant an authorisation where the finding is not made.",
    "The authority weighs the case and decides; the outcome remains an authorisation.",
)
chapter.left_out(
    ACTS["Reg. (EU) 2016/44"]["whole act"],
    "Interception equipment for Libya, and goods used to smuggle migrants.",
    "The act was read: it has no rule on interception equipment, and boats and engines are not "
    "surveillance.",
)
# Dual-use items, goods and services
chapter.left_out(
    IRAN_NUCLEAR["Arts 6 and 7(1)(b)"],
    "The exceptions for light-water reactors and for chemical weapons, and the approval of the Sanctions "
    "Committee for items of the nuclear and missile lists.",
    "No surveillance item is concerned.",
)
chapter.left_out(
    NORTH_KOREA["Art. 5(1)(b)"],
    "Items that could support the operational capabilities of the armed forces of another state.",
    _NO_FACT,
)
chapter.left_out(
    NORTH_KOREA["Arts 16q and 18(3)"],
    "Parts for civil aircraft, and computer services that are publicly funded for development or "
    "denuclearisation.",
    _NO_FACT + "Without them the result is stricter.",
)
chapter.left_out(
    IRAN_UAV["Art. 2(1)"],
    "Transit through Iran, Russia or Belarus of goods for drones that were exported from the Union, and the sale or "
    "licence of intellectual property and trade secrets for banned goods.",
    _NO_FACT,
)
chapter.left_out(
    RUSSIA_UKRAINE["Arts 3k(3aa)-(3ad) and 5n"],
    "The months that contracts of before an addition to a list had for their execution (also in the acts on "
    "the occupied areas, Belarus and drones for Iran).",
    _NO_FACT + "Without them the result is stricter.",
)
chapter.left_out(
    RUSSIA_UKRAINE["Art. 5n"],
    "Services other than those that the question on services names, such as legal advice; help with banned "
    "services (3a); the exceptions for proceedings and for companies with owners in the Union.",
    _NO_FACT,
)
chapter.left_out(
    ACTS["Reg. (EC) 314/2004"]["Art. 2"],
    "The derogations from the bans on assistance with military activities, for non-lethal and protective "
    "equipment.",
    "They differ from act to act; without them the result is stricter.",
)
chapter.left_out(
    BELARUS["Arts 1e and 1f"],
    "Which use is exempt and which derogation applies, the narrower derogations for the entities in Annex "
    "V (1fa), and refusal for aviation and space (paragraph 7); before March 2022, the named entities.",
    "One question covers every exempt use, and one every derogation.",
)
chapter.left_out(
    RUSSIA_UKRAINE["Arts 2 to 2b"],
    "The narrower derogations for the entities in Annex IV (2b), "
    "refusal for aviation, space and energy (2(7)), clauses on older contracts, and when each "
    "exemption began: cyber-security for non-government users was exempt in February 2022 and is a "
    "derogation in the version of 4.12.2022.",
    _NO_FACT + "One question covers every exempt use, and one every derogation.",
)
chapter.left_out(
    RUSSIA_UKRAINE["Art. 4(1)(a)"],
    "The supply of goods of the Common Military List to Russia, and to Belarus (Art. 1ab of Regulation 765/2006), since "
    "20 July 2025, with the exemptions for spare parts and for protective or humanitarian use.",
    "Military goods are outside the dual-use regulations, and no question asks for them.",
)
chapter.left_out(
    MYANMAR["Art. 3a"],
    "Contracts concluded before 27 April 2018, military use beyond the narrow meaning in the dual-use "
    "regulation, and the Border Guard Police in the duty to refuse (3a(2)).",
    _NO_FACT
    + "The question on military use has the narrow meaning; supply to the Border Guard Police is "
    "banned, and whether the duty also bars what Article 4 allows is unsettled.",
)
# Equipment for repression
chapter.left_out(
    IRAN["Annex III"],
    "Which country's list an item is on; the lists differ, and Russia's has no night vision.",
    "One question asks whether an item is on any such list.",
)
chapter.left_out(
    ACTS["Reg. (EC) 314/2004"]["Art. 3(a)"],
    "That supply to Zimbabwe must be knowing and intentional, and that the old lists exclude items "
    "specially designed for military use.",
    "An exporter knows where it is sending an item; the dual-use regulations do not cover military "
    "items either.",
)
# Everything else
chapter.left_out(
    ASSET_FREEZES["lists"],
    "Who is listed, who is owned or controlled by listed persons, whether a service is an economic "
    "resource, and the derogations.",
    "The scenario states whether a party is listed; the rest varies between the acts and was not read.",
)
