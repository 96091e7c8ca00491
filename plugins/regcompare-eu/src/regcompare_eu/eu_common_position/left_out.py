"""What the encoding of the Common Position leaves out, and why."""

from __future__ import annotations

from regcompare.authoring import Chapter

from .definitions import COMMON_POSITION

chapter = Chapter()

chapter.left_out(
    COMMON_POSITION["Art. 1"],
    "Items on the Common Military List, transit and transhipment, and the encouragement to Member "
    "States, since September 2019, to reassess licences already granted.",
    "The questions are about dual-use items; whether Article 6 extends the encouragement to them was "
    "not read.",
)
chapter.left_out(
    COMMON_POSITION["Art. 2(1)"],
    "Arms embargoes and sanctions as international obligations, and commitments under export control "
    "regimes.",
    "Sanctions on dual-use items are encoded as eu-sanctions; whether an arms embargo bars a dual-use "
    "item for military use is left to the authority, since the dual-use regulation requires a licence "
    "for it.",
)
chapter.left_out(
    COMMON_POSITION["Art. 2(2)(b)"],
    "Special caution where United Nations, EU or Council of Europe bodies have established serious "
    "violations.",
    "The text was not read; the account of it distinguishes denial from caution.",
)
chapter.left_out(
    COMMON_POSITION["Art. 2(3) to (8)"],
    "Criteria three to eight: internal situation, regional peace, allies, the buyer's conduct, diversion, "
    "sustainable development.",
    "According to an account of them, criteria three and four also lead to denial; no question covers "
    "what they name.",
)
chapter.left_out(
    COMMON_POSITION["Arts 3 to 5 and 7 to 15"],
    "Consultation on denials, which Article 6 is said to extend to listed dual-use items, end-use "
    "assurances, reports, the user's guide, and stricter national "
    "policies.",
    "The text was not read.",
)
chapter.left_out(
    COMMON_POSITION["Decisions (CFSP) 2019/1560 and 2025/779"],
    "The changes made by the amendments of 16 September 2019 and 14 April 2025.",
    "Only their openings were read. The criteria are taken to be the same before and after the first; from "
    "the second on, whether a licence must be denied is open.",
)
