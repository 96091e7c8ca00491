"""What the encoding of the Common Position leaves out, and why."""

from __future__ import annotations

from regcompare.authoring import Chapter

from .definitions import COMMON_POSITION

chapter = Chapter()

chapter.not_encoded(
    COMMON_POSITION["Art. 1"],
    "Items of the Common Military List, transit and transhipment, and that Member States are encouraged "
    "since September 2019 to reassess licences after they were granted.",
    "The vocabulary is that of dual-use items; whether Article 6 carries the encouragement over to them "
    "was not read.",
)
chapter.not_encoded(
    COMMON_POSITION["Art. 2(1)"],
    "Arms embargoes and sanctions as international obligations, and commitments under export control "
    "regimes.",
    "Sanctions on dual-use items are encoded as eu-sanctions; whether an embargo on arms bars a dual-use "
    "item for military use is left to the authority, for which the dual-use act asks for a licence.",
)
chapter.not_encoded(
    COMMON_POSITION["Art. 2(2)"],
    "Special caution where bodies of the United Nations, the Union or the Council of Europe have "
    "established serious violations, and humanitarian law.",
    "The text was not read; the account of it tells denial from caution.",
)
chapter.not_encoded(
    COMMON_POSITION["Art. 2(3) to (8)"],
    "Criteria three to eight: internal situation, regional peace, allies, the buyer's conduct, diversion, "
    "sustainable development.",
    "Three and four lead to denial as well, by an account of them; no fact asks for what they name.",
)
chapter.not_encoded(
    COMMON_POSITION["Arts 3 to 5 and 7 to 15"],
    "Consultation on denials, end-use assurances, reports, the user's guide, and stricter national "
    "policies.",
    "The text was not read.",
)
chapter.not_encoded(
    COMMON_POSITION["Decisions (CFSP) 2019/1560 and 2025/779"],
    "What the amendments of 16 September 2019 and 14 April 2025 changed.",
    "Only their openings were read; the rules here are taken to hold before and after.",
)
