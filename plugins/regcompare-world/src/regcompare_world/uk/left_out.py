"""What the encoding of British law leaves out, and why."""

from __future__ import annotations

from regcompare.authoring import Chapter

from .texts import CRITERIA, ORDER, RETAINED

chapter = Chapter()

chapter.not_encoded(
    RETAINED["Art. 4(2), other points, to (5)"],
    "Parts of unlawfully exported arms, what the exporter itself knows or suspects, and Articles 6 to 8.",
    "The text was not read beyond the opening of Article 4(2).",
)
chapter.not_encoded(
    RETAINED["Art. 9(2) and Annexes IIb to IIf"],
    "Further retained and open general licences, such as that for exports to Member States of the "
    "European Union.",
    "Their conditions were not read, so a listed item for a Member State needs an authorisation here, "
    "which an open licence may cover.",
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
