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
    "Sanctions as international obligations, and commitments under export control regimes.",
    "Sanctions on dual-use items are encoded as eu-sanctions; no question asks about such commitments.",
)
chapter.left_out(
    COMMON_POSITION["Art. 2(3) to (6) and (8)"],
    "Criteria three to six and eight: internal situation, regional peace, allies, the buyer's conduct, "
    "sustainable development.",
    "The European Parliament says that criteria three and four oblige to refuse as well; they were not read, "
    "and no question covers what they name.",
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
