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
    SANCTIONS["exceptions and licences"],
    "Exceptions for national security and serious crime, emergencies, missions and travellers, and the general "
    "licences of the Secretary of State.",
    "No question asks for them, except missions for IT consultancy; a licence can be granted on any ground.",
)
chapter.left_out(
    SANCTIONS["connected persons"],
    "Persons connected with a state who are elsewhere, and persons who are owned or controlled by designated ones.",
    "The scenario names the countries of the consignee, the buyer and the use, and who is designated.",
)
chapter.left_out(
    SANCTIONS["schedules"],
    "The lists of critical-industry, luxury, aviation and other goods.",
    "They were not read; the result is open for goods that such a list may hold.",
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
