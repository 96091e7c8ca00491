"""What the encoding of Swiss law leaves out, and why."""

from __future__ import annotations

from regcompare.authoring import Chapter

from .texts import ACT, ORDINANCE, ORDINANCE_1997, SURVEILLANCE_2015, SURVEILLANCE_2020

chapter = Chapter()

chapter.left_out(
    ORDINANCE["Art. 3(3)"],
    "Goods that contain listed components as main elements or for more than a quarter of their value.",
    "The scenario states the entries that an item meets; no question asks for values.",
)
chapter.left_out(
    ORDINANCE["Art. 4"],
    "Exceptions other than for Swiss armed forces, such as the return to their supplier of goods that were "
    "not improved.",
    "No question distinguishes a return to the supplier from the return of what was repaired; the list was "
    "read to point (h), and the rest of what was read concerns firearms and chemicals.",
)
chapter.left_out(
    ORDINANCE_1997["exceptions (articles not read)"],
    "Exceptions before 1 July 2016, such as one for Swiss armed forces, and refusals that SECO may decide on.",
    "The ordinance was not read: that listed goods need a licence is known from an account, what else its "
    "successor says is open.",
)
chapter.left_out(
    ORDINANCE["Arts 10 to 14"],
    "General export licences, which a named exporter is granted on request.",
    "General licences (Arts 12 and 13) never cover goods for surveillance, which need an individual licence "
    "since 2021; for the ordinance of 2015 an account says the same.",
)
chapter.left_out(
    ORDINANCE["Art. 24"],
    "The refusal of transit, on the grounds of the Act or, outside the states of Annex 7, where the state of "
    "origin has not licensed the export.",
    "No question asks for a licence of the state of origin; transit is outside the scope of this ruleset.",
)
chapter.left_out(
    ORDINANCE["Art. 1(2)"],
    "Exports from Liechtenstein, which is part of the Swiss customs territory.",
    "Whether the Act applies there was not read; they are outside the scope of this ruleset.",
)
chapter.left_out(
    ACT["Art. 6(2) and (3)"],
    "The refusal for specific military goods, and the paragraph of 2021 on which the ordinance of 2020 "
    "rests.",
    "The first does not concern surveillance; the second was not read.",
)
chapter.left_out(
    SURVEILLANCE_2015["Art. 6(1)(b) and (c)"],
    "Further grounds of refusal, if there are any, and the exceptions in the ordinance of 2015.",
    "The text was not read, and no judgment that could be opened cites them; the exception for Swiss armed "
    "forces is that of 2020.",
)
chapter.left_out(
    SURVEILLANCE_2020["Annex"],
    "The list of goods since 1 July 2021.",
    "The copy of the ordinance lacks it; the list is from a reprint.",
)
