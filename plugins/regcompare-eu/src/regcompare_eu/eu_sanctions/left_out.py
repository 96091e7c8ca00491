"""What the encoding of the restrictive measures leaves out, and why."""

from __future__ import annotations

from regcompare.authoring import Chapter, Instrument

from .definitions import (
    ACTS,
    ASSET_FREEZES,
    BELARUS,
    IRAN,
    MYANMAR,
    NORTH_KOREA,
    RUSSIA,
    RUSSIA_UKRAINE,
    SYRIA,
    VENEZUELA,
)

chapter = Chapter()

NICARAGUA = Instrument(
    "Reg. (EU) 2019/1716",
    "Council Regulation (EU) 2019/1716 on Nicaragua",
    "OJ L 262, 15.10.2019, p. 1",
    "32019R1716",
)
IRAN_NUCLEAR = Instrument(
    "Reg. (EU) 267/2012",
    "Council Regulation (EU) No 267/2012 on Iran",
    "OJ L 88, 24.3.2012, p. 1",
    "32012R0267",
)
EMBARGOES = Instrument(
    "Arms embargoes", "Decisions and common positions of the Council", "see the table embargoes.csv"
)
EGYPT = Instrument(
    "Council conclusions on Egypt", "Foreign Affairs Council, conclusions on Egypt", "21.8.2013"
)

_NO_FACT = "No fact asks for it. "

# Whom the acts bind
chapter.not_encoded(
    SYRIA["scope"],
    "Persons and companies of the Union who act from outside it, and what is done on board its ships and "
    "aircraft.",
    "The acts bind them; the scenario names one country from which the supply is made.",
)
chapter.not_encoded(
    SYRIA["territory"],
    "The difference between the customs territory and the territory of the Member States, such as Monaco "
    "and Northern Ireland.",
    "Membership is read from one table, made for the dual-use acts.",
)
chapter.not_encoded(
    VENEZUELA["older contracts"],
    "Clauses for contracts concluded before the measure.",
    _NO_FACT + "Without them the result is stricter.",
)
chapter.not_encoded(
    SYRIA["imports"],
    "Purchases and imports from a country under a measure.",
    "The ruleset covers what is sent, provided or passes through.",
)
chapter.not_encoded(
    BELARUS["circumvention"],
    "The clauses against circumvention of single articles, and of bans: they add nothing to a ban.",
    "For Iran (Art. 1c(1)(d)) and Syria (Art. 5(1)(d)) an authorisation lifts them; the act on Iran has no "
    "general clause for its measures on equipment.",
)
# Interception equipment
chapter.not_encoded(
    SYRIA["Art. 5(1)(c)"],
    "That a service of interception is barred wherever it is given, if it is of benefit to the government "
    "of a country under a measure.",
    "The scenario does not state for which state a body acts; the rules ask for a person or a use there.",
)
chapter.not_encoded(
    SYRIA["Annex V"],
    "Whether an item falls under a head.",
    "A question of fact that the scenario answers; the table tells which heads an annex has.",
)
chapter.not_encoded(
    SYRIA["Annex V, exceptions"],
    "Mass-market software and items of the Common Military List, which every annex leaves out.",
    _NO_FACT + "Without them the result is stricter.",
)
chapter.not_encoded(
    BELARUS["Annex IV, section D"],
    "Software that has, performs or simulates the functions of the equipment.",
    "The scenario states the head of the equipment whose functions it has.",
)
chapter.not_encoded(
    RUSSIA_UKRAINE["Annex VII"],
    "Whether an item is on the list of advanced technology for Russia or Belarus.",
    "The scenario answers one question for both lists; they are long, and they have grown since 2022.",
)
chapter.not_encoded(
    RUSSIA["Art. 5(2)"],
    "That the extension does not apply where the operator had no reason to suspect.",
    "The rule asks for reasonable grounds to determine such a use, which are a reason to suspect.",
)
chapter.not_encoded(
    IRAN["grants"],
    "That nothing obliges the authority to grant where the finding is not made.",
    "The authority weighs and decides; the outcome stays an authorisation.",
)
chapter.not_encoded(
    NICARAGUA["whole act"],
    "Interception equipment for Nicaragua.",
    "The act was read and has no such rule; it freezes assets.",
)
chapter.not_encoded(
    ACTS["Reg. (EU) 2016/44"]["whole act"],
    "Interception equipment for Libya, and the goods for smuggling migrants.",
    "The act was read: it has no rule on interception equipment, and boats and engines are no "
    "surveillance.",
)
# Dual-use items
chapter.not_encoded(
    SYRIA["Art. 2d"],
    "The power of a Member State to ban or license the items of Article 4(2) of Regulation 428/2009.",
    "The first day of the provision is not known, and the dual-use act requires a licence for them "
    "already.",
)
chapter.not_encoded(
    IRAN_NUCLEAR["annexes"],
    "Nuclear-related lists for Iran, suspended on 16 January 2016 and imposed again on 29 September "
    "2025, and the ban of 2025 on certain software.",
    "They were not read, and which entries of interest for surveillance they hold is not known.",
)
chapter.not_encoded(
    BELARUS["Arts 1e and 1f"],
    "Which use is exempt and which derogation applies; before March 2022 the named entities.",
    "An exempt use and a derogation are asked for as one fact each, whichever it is.",
)
chapter.not_encoded(
    RUSSIA_UKRAINE["Arts 2 to 2b"],
    "Transit through Russia (2(1a)), the narrower derogations for the entities of Annex IV (2b), refusal "
    "for aviation, space and energy (2(7)), clauses for older contracts, and when each exemption began: "
    "cyber-security for users outside the government was exempt in February 2022 and is a derogation in "
    "the state of 4.12.2022.",
    _NO_FACT + "An exempt use and a derogation are asked for as one fact each, whichever it is.",
)
chapter.not_encoded(
    MYANMAR["Art. 3a"],
    "Contracts of before 27 April 2018, and military use beyond the closed sense of the dual-use act.",
    _NO_FACT + "The fact on military use asks for the closed sense.",
)
chapter.not_encoded(
    NORTH_KOREA["Arts 5(1)(b), 16p and 18"],
    "Items that could help the forces of another state, industrial machinery (Annex XIl, which may hold "
    "electrical equipment), computer and related services, and the bans before September 2017.",
    "The articles were read, their annexes were not; the earlier act was not.",
)
# Equipment for repression
chapter.not_encoded(
    IRAN["Annex III"],
    "On which country's list an item is; the lists differ, and Russia's has no night vision.",
    "One fact asks whether an item is on such a list.",
)
chapter.not_encoded(
    ACTS["Reg. (EU) 961/2010"]["assistance"],
    "Assistance with equipment on the lists for Iran before 2012, Libya before 2016, Syria and Guinea; for "
    "Venezuela other services.",
    "The acts, or their articles, were not read; no fact asks for other services.",
)
chapter.not_encoded(
    ACTS["Reg. (EC) 314/2004"]["Art. 3(a)"],
    "That the supply to Zimbabwe must be knowing and intentional, and that the old lists leave out what "
    "is specially designed for military use.",
    "An exporter knows where it sends an item; the dual-use acts do not reach military items either.",
)
chapter.not_encoded(
    SYRIA["Arts 2 and 2a, Annexes IA and IX"],
    "Since June 2013: the general list at the option of each Member State, a ban on Annex IA and a gate "
    "for Annex IX.",
    "The annexes hold chemical and production goods, largely; the option is left to national law.",
)
# Everything else
chapter.not_encoded(
    ASSET_FREEZES["lists"],
    "Who is listed, who is owned or controlled by listed persons, whether a service is an economic "
    "resource, and derogations.",
    "The scenario states whether a party is listed; the rest differs from act to act and was not read.",
)
chapter.not_encoded(
    EMBARGOES["scope"],
    "Arms embargoes as bans of their own.",
    "They reach military items; for surveillance they count where the dual-use acts ask for one, and "
    "their table and doubts stand there.",
)
chapter.not_encoded(
    EGYPT["licences"],
    "The agreement to suspend licences for equipment that might be used for internal repression.",
    "A political commitment without a legal act, applied by each state.",
)
