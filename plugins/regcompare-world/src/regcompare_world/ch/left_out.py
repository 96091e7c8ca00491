"""What the encoding of Swiss law leaves out, and why."""

from __future__ import annotations

from regcompare.authoring import Chapter

from .texts import ACT, ORDINANCE, SURVEILLANCE_2015, SURVEILLANCE_2020

chapter = Chapter()

chapter.not_encoded(
    ACT["Art. 6(1) and (2)"],
    "The exclusion of licences that contradict treaties, supported control measures or embargoes, and "
    "the refusal for specific military goods.",
    "Embargo ordinances were not read; the ground for weapons of mass destruction is encoded.",
)
chapter.not_encoded(
    ACT["Art. 6(1bis)"],
    "The refusal where there is reason to believe that terrorism, organised crime or a danger to "
    "critical infrastructure could follow.",
    "The day on which the paragraph was inserted was not read.",
)
chapter.not_encoded(
    ORDINANCE["Art. 3(3)"],
    "Goods that contain listed components as main elements or for more than a quarter of their value.",
    "The scenario states the entries that an item meets; no question asks for values.",
)
chapter.not_encoded(
    ORDINANCE["Art. 4"],
    "Exceptions other than for Swiss armed forces, such as the return to their supplier of goods that were "
    "not improved.",
    "No question distinguishes a return to the supplier from the return of what was repaired; the list was "
    "read to point (h), and the rest of what was read concerns firearms and chemicals.",
)
chapter.not_encoded(
    ORDINANCE["before 1 July 2016"],
    "The Goods Control Ordinance of 25 June 1997.",
    "It was not read; the rules of its successor are taken for the time before as well.",
)
chapter.not_encoded(
    ORDINANCE["Art. 6(1)(b) and (c), (2)"],
    "Refusals for regional tension and diversion, and grounds that may lead to one.",
    "No question asks about them.",
)
chapter.not_encoded(
    ORDINANCE["Arts 10 to 14"],
    "General export licences, which a named exporter is granted on request.",
    "Only their headings were read; goods for surveillance need an individual licence in any case.",
)
chapter.not_encoded(
    ORDINANCE["Art. 24"],
    "The refusal of transit, on the grounds of the Act or, outside the states of Annex 7, where the state of "
    "origin has not licensed the export.",
    "No question asks for a licence of the state of origin; transit is outside the scope of this ruleset.",
)
chapter.not_encoded(
    ORDINANCE["Art. 1(2)"],
    "Exports from Liechtenstein, which is part of the Swiss customs territory.",
    "Whether the Act applies there was not read; they are outside the scope of this ruleset.",
)
chapter.not_encoded(
    SURVEILLANCE_2015["Art. 6(1)(b)"],
    "Grounds of refusal besides repression, and exceptions, in the ordinance of 2015.",
    "The text was not read; the exception for Swiss armed forces is that of 2020.",
)
chapter.not_encoded(
    SURVEILLANCE_2020["Art. 2(a) and (c)"],
    "Exceptions for Swiss police, intelligence and rescue services.",
    "No question asks about them. Points (a) to (h) of Article 4 of the Goods Control Ordinance do not name "
    "them; the end of that list was not read.",
)
chapter.not_encoded(
    SURVEILLANCE_2020["Art. 3(b)"],
    "The refusal on the grounds of the Act and of the Goods Control Ordinance.",
    "It refers to those texts; what is encoded of them applies anyway.",
)
