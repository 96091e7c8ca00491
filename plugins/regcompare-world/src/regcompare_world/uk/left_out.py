"""What the encoding of British law leaves out, and why."""

from __future__ import annotations

from regcompare.authoring import Chapter

from .texts import CRITERIA, ORDER, RETAINED

chapter = Chapter()

chapter.not_encoded(
    RETAINED["Arts 5 and 6"],
    "Brokering and transit of items for weapons of mass destruction.",
    "The articles as retained were not read.",
)
chapter.not_encoded(
    RETAINED["Art. 9(2) and Annexes IIb to IIf"],
    "Further retained general authorisations (repair, fairs, telecommunications, chemicals) and other open "
    "general licences.",
    "Annexes IIc, IIe and IIf were read only in part, and none was made for surveillance items; such an "
    "export needs an authorisation here, which one of them may cover.",
)
chapter.not_encoded(
    RETAINED["Annex IIa, free zones"],
    "That a general authorisation does not reach customs-free zones.",
    "The European annex says so; as retained it was not read.",
)
chapter.not_encoded(
    RETAINED["Annex I"],
    "British amendments of the list since 2021.",
    "They were not read; most follow the Wassenaar list.",
)
chapter.not_encoded(
    ORDER["Art. 4 and Schedules 2 and 3"],
    "Military and British-controlled goods, trade controls on brokers, transit.",
    "They do not concern surveillance items, or were not read.",
)
chapter.not_encoded(
    CRITERIA["Criteria 1 and 3 to 8"],
    "Obligations, internal and regional peace, national security, the buyer's conduct, diversion and "
    "sustainable development.",
    "No question covers what they name.",
)
chapter.not_encoded(
    CRITERIA["Criterion 2(b)"],
    "Special caution where competent bodies have established serious violations of human rights.",
    "The wording was not read, and caution decides nothing by itself.",
)
chapter.not_encoded(
    ORDER["sanctions regulations"],
    "British sanctions with their own lists of interception and monitoring goods.",
    "They are separate regulations, which were not read.",
)
chapter.not_encoded(
    RETAINED["Northern Ireland"],
    "Exports from Northern Ireland, where the European act applies.",
    "They are outside the scope of this ruleset.",
)
