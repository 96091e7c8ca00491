"""What the encoding of British law leaves out, and why."""

from __future__ import annotations

from regcompare.authoring import Chapter

from .texts import CRITERIA, ORDER, RETAINED, SANCTIONS

chapter = Chapter()

chapter.left_out(
    RETAINED["Arts 5 and 6"],
    "Transit of items for weapons of mass destruction.",
    "It is no kind of transaction here, and the articles as retained were not read.",
)
chapter.left_out(
    RETAINED["Art. 9(2) and Annexes IIb to IIf"],
    "Further retained general authorisations (repair, fairs, telecommunications, chemicals) and other open "
    "general licences.",
    "Annexes IIc, IIe and IIf were read only in part, and none was made for surveillance items; such an "
    "export needs an authorisation here, which one of them may cover.",
)
chapter.left_out(
    RETAINED["Annex IIa, free zones"],
    "That a general authorisation does not reach customs-free zones.",
    "The European annex says so; as retained it was not read.",
)
chapter.left_out(
    RETAINED["Annex I"],
    "British amendments of the list since 2021.",
    "They were not read; most follow the Wassenaar list.",
)
chapter.left_out(
    ORDER["Art. 4 and Schedules 2 and 3"],
    "Military and British-controlled goods, trade controls on brokers, transit.",
    "They do not concern surveillance items, or were not read.",
)
chapter.left_out(
    CRITERIA["Criteria 1 and 3 to 8"],
    "Obligations, internal and regional peace, national security, the buyer's conduct, diversion and "
    "sustainable development.",
    "No question covers what they name.",
)
chapter.left_out(
    CRITERIA["Criterion 2(b)"],
    "Special caution where competent bodies have established serious violations of human rights.",
    "The wording was not read, and caution decides nothing by itself.",
)
chapter.left_out(
    SANCTIONS["other chapters"],
    "British sanctions on other goods, services, finance and listed persons.",
    "The chapters were not opened. An instrument whose chapter on interception goods was not read leaves "
    "the result open; the one on Zimbabwe names internal repression and military goods only.",
)
chapter.left_out(
    SANCTIONS["Northern Ireland"],
    "Which Annex I decides in Northern Ireland what is no interception and monitoring good.",
    "The regulations refer to Regulation 428/2009; the dual-use act there is Regulation 2021/821.",
)
chapter.left_out(
    RETAINED["Northern Ireland"],
    "Exports from Northern Ireland, where the European act applies.",
    "They are outside the scope of this ruleset.",
)
