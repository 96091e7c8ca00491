"""The terms that the rules on use share: which systems the AI Act reaches, and what they do."""

from __future__ import annotations

from regcompare.authoring import Chapter, EvidenceLevel, Item, Term, any_of
from regcompare_eu.home_use import HomeUse

from .sources import AI_ACT, POLICE_DATA

chapter = Chapter()

# AI Act, Articles 2 and 3

ai_act_applies = Term(
    "AI system within the AI Act",
    AI_ACT["Arts 2(3), 2(6) and 3(1)"],
    HomeUse.ai_system & ~HomeUse.only_national_security & ~HomeUse.only_research,
    note="Systems used exclusively for military, defence or national security purposes are outside, and "
    "those made for scientific research alone.",
)
identifies = any_of(Item.face_matching.is_in("one_to_many"), Item.technology.is_in("other_biometrics"))
live_identification = Term(
    "real-time remote biometric identification",
    AI_ACT["Art. 3(41) and (42)"],
    identifies & HomeUse.remote_identification.includes_any("real_time"),
)
later_identification = Term(
    "post-remote biometric identification",
    AI_ACT["Art. 3(43)"],
    identifies & HomeUse.remote_identification.includes_any("afterwards"),
)
reads_emotions = Term(
    "inferring emotions of a natural person",
    AI_ACT["Art. 3(39)"],
    Item.technology.is_in("emotion_recognition") | HomeUse.infers_emotions,
)

race_doubt = chapter.interpretation(
    "race-and-ethnicity",
    AI_ACT["Art. 5(1)(g)"],
    "Does inferring ethnic origin count as inferring race?",
    readings={
        "counts": "Yes: a system that sorts people by ethnic origin sorts them by race.",
        "race_only": "No: the list names race, and other acts name ethnic origin beside it.",
    },
    within={"race_only": "counts"},
    default="counts",
    reason="The Article names race alone, where data protection law names racial or ethnic origin, and "
    "recital 32 names ethnicity beside race. But what a system reads from a body are physical features, "
    "which race means, and the narrower reading would let a word evade the ban.",
    checked=EvidenceLevel.INFERRED,
)
infers_traits = Term(
    "inferring sensitive traits of individuals from biometric data",
    AI_ACT["Arts 3(40) and 5(1)(g)"],
    any_of(
        HomeUse.inferred_traits.includes_any(
            "race", "political_opinions", "union", "beliefs", "sexuality"
        ),
        race_doubt.is_read_as("counts") & Item.infers_ethnicity,
    ),
)

# Data protection

within_union_law = Term(
    "within the scope of Union law on data protection",
    POLICE_DATA["Art. 2(3)(a)"],
    ~HomeUse.only_national_security,
    note="Regulation 2016/679, Art. 2(2), leaves the same out.",
)
handles_personal_data = Term(
    "processing of personal data",
    POLICE_DATA["Art. 3(1) and (2)"],
    Item.targets_natural_persons,
    note="An item that monitors living persons handles data about them.",
)
sensitive_data = Term(
    "processing of special categories of personal data",
    POLICE_DATA["Art. 10"],
    any_of(identifies, Item.face_matching.is_in("one_to_one"), Item.infers_ethnicity, infers_traits),
    note="Biometric data that allow or confirm identification (Art. 3(13)), verification included, or data "
    "that reveal racial or ethnic origin, opinions or beliefs.",
)
