"""What the encoding of the restrictive measures leaves out, and why."""

from __future__ import annotations

from regcompare import Instrument, NotEncoded

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

NICARAGUA = Instrument(
    "Reg. (EU) 2019/1716", "Council Regulation (EU) 2019/1716 on Nicaragua", "OJ L 262, 15.10.2019, p. 1"
)
IRAN_NUCLEAR = Instrument(
    "Reg. (EU) 267/2012", "Council Regulation (EU) No 267/2012 on Iran", "OJ L 88, 24.3.2012, p. 1"
)
EMBARGOES = Instrument(
    "Arms embargoes", "Decisions and common positions of the Council", "see the table embargoes.csv"
)
EGYPT = Instrument(
    "Council conclusions on Egypt", "Foreign Affairs Council, conclusions on Egypt", "21.8.2013"
)

_NO_FACT = "No fact asks for it. "

left_out = (
    # Whom the acts bind
    NotEncoded(
        SYRIA["scope"],
        "Persons and companies of the Union who act from outside it, and what is done on board its ships and "
        "aircraft.",
        "The acts bind them; the scenario names one country from which the supply is made.",
    ),
    NotEncoded(
        SYRIA["territory"],
        "The difference between the customs territory and the territory of the Member States, such as Monaco "
        "and Northern Ireland.",
        "Membership is read from one table, made for the dual-use acts.",
    ),
    NotEncoded(
        SYRIA["Art. 4, within the Union"],
        "A transfer within the Union of an item for use in a country under a measure, and imports.",
        "The supply may be caught as an indirect one; the ruleset covers what leaves the Union, or passes "
        "through.",
    ),
    NotEncoded(
        VENEZUELA["older contracts"],
        "Clauses for contracts concluded before the measure.",
        _NO_FACT + "Without them the result is stricter.",
    ),
    NotEncoded(
        SYRIA["circumvention"],
        "The ban on taking part in activities meant to get round a measure.",
        "The clauses were not read.",
    ),
    # Interception equipment
    NotEncoded(
        SYRIA["Annex V"],
        "Whether an item falls under a head.",
        "A question of fact that the scenario answers; the table tells which heads an annex has.",
    ),
    NotEncoded(
        SYRIA["Annex V, exceptions"],
        "Mass-market software and items of the Common Military List, which every annex leaves out.",
        _NO_FACT + "Without them the result is stricter.",
    ),
    NotEncoded(
        BELARUS["Annex IV, section D"],
        "Software that has, performs or simulates the functions of the equipment.",
        "The scenario states the head of the equipment whose functions it has.",
    ),
    NotEncoded(
        RUSSIA["Art. 3(7)"],
        "Items to which Article 2a of Regulation 833/2014 applies, which the annex leaves out, and that ban.",
        "The list of that article was not read.",
    ),
    NotEncoded(
        RUSSIA["Art. 5, second sentence"],
        "That there is no breach where there was no reason to suspect.",
        "It concerns liability after the event, not the gate.",
    ),
    NotEncoded(
        IRAN["grants"],
        "That nothing obliges the authority to grant where the finding is not made.",
        "The authority weighs and decides; the outcome stays an authorisation.",
    ),
    NotEncoded(
        NICARAGUA["whole act"],
        "Interception equipment for Nicaragua.",
        "The act was read and has no such rule; it freezes assets.",
    ),
    NotEncoded(
        ACTS["Reg. (EU) 2016/44"]["whole act"],
        "Interception equipment for Libya, and the goods for smuggling migrants.",
        "The act was read: it has no rule on interception equipment, and boats and engines are no "
        "surveillance.",
    ),
    # Dual-use items
    NotEncoded(
        SYRIA["Art. 2d"],
        "The power of a Member State to ban or license the items of Article 4(2) of Regulation 428/2009.",
        "The first day of the provision is not known, and the dual-use act requires a licence for them "
        "already.",
    ),
    NotEncoded(
        IRAN_NUCLEAR["annexes"],
        "Nuclear-related lists for Iran, suspended on 16 January 2016 and imposed again on 29 September "
        "2025, and the ban of 2025 on certain software.",
        "They were not read, and which entries of interest for surveillance they hold is not known.",
    ),
    NotEncoded(
        BELARUS["Art. 1e, exemptions"],
        "Exempt uses, such as consumer devices and cyber-security for users outside the government; the "
        "named entities of 2021.",
        _NO_FACT + "A derogation is asked for as one fact, whichever it is.",
    ),
    NotEncoded(
        RUSSIA_UKRAINE["Art. 2, exemptions"],
        "Exempt uses and named entities.",
        "The article was not read.",
    ),
    NotEncoded(
        MYANMAR["Art. 3a"],
        "Assistance with dual-use items, and military use beyond the closed sense of the dual-use act.",
        "Whether the article bans assistance was not noted; the fact asks for the closed sense.",
    ),
    NotEncoded(
        NORTH_KOREA["exceptions"],
        "Exceptions, and the bans before September 2017.",
        "The act was not read.",
    ),
    # Equipment for repression
    NotEncoded(
        IRAN["Annex III"],
        "On which country's list an item is; the lists differ, and Russia's has no night vision.",
        "One fact asks whether an item is on such a list.",
    ),
    NotEncoded(
        IRAN["Annex III, assistance"],
        "Assistance with equipment on the lists.",
        "Whether each act bans it was not noted.",
    ),
    NotEncoded(
        SYRIA["Arts 2 and 2a, Annexes IA and IX"],
        "Since June 2013: the general list at the option of each Member State, a ban on Annex IA and a gate "
        "for Annex IX.",
        "The annexes hold chemical and production goods, largely; the option is left to national law.",
    ),
    # Everything else
    NotEncoded(
        ASSET_FREEZES["lists"],
        "Who is listed, who is owned or controlled by listed persons, technology and services as economic "
        "resources, and derogations.",
        "The scenario states whether a party is listed; the rest differs from act to act and was not read.",
    ),
    NotEncoded(
        EMBARGOES["scope"],
        "Arms embargoes as bans of their own.",
        "They reach military items; for surveillance they count where the dual-use acts ask for one, and "
        "their table and doubts stand there.",
    ),
    NotEncoded(
        EGYPT["licences"],
        "The agreement to suspend licences for equipment that might be used for internal repression.",
        "A political commitment without a legal act, applied by each state.",
    ),
)
