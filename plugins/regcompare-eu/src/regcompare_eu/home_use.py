"""Facts about a use, asked by rules on what may be done at home; who sold the item plays no part."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from regcompare.authoring import OwnWord, SetOf, YesNo, section

from .facts import EU_VOCABULARY

DEPLOYER = OwnWord("home_use:deployer", "whoever uses the system")

Identification = Literal["real_time", "afterwards"]
IDENTIFICATION: Mapping[Identification, str] = {
    "real_time": "without a significant delay",
    "afterwards": "from recordings, afterwards",
}

Objective = Literal["victims", "imminent_threat", "serious_suspect"]
OBJECTIVES: Mapping[Objective, str] = {
    "victims": "the search for certain victims of abduction, trafficking or sexual exploitation, or missing persons",
    "imminent_threat": (
        "the prevention of a specific, substantial and imminent threat to life or physical safety, or of "
        "a genuine threat of a terrorist attack"
    ),
    "serious_suspect": (
        "locating or identifying a suspect of an offence in Annex II that can carry four years in prison "
        "or more"
    ),
}

Trait = Literal["race", "political_opinions", "union", "beliefs", "sexuality"]
TRAITS: Mapping[Trait, str] = {
    "race": "race",
    "political_opinions": "political opinions",
    "union": "trade union membership",
    "beliefs": "religious or philosophical beliefs",
    "sexuality": "sex life or sexual orientation",
}

ScoreEffect = Literal["unrelated_context", "disproportionate"]
SCORE_EFFECTS: Mapping[ScoreEffect, str] = {
    "unrelated_context": "worse treatment in a context other than the one from which the data come",
    "disproportionate": "worse treatment that is unjustified or disproportionate",
}


@section("home_use", "The use, as the law at home sees it")
class HomeUse:
    """What is done with the item, whoever does it; of a use abroad, as if an authority at home did it."""

    ai_system: YesNo = YesNo(
        "Does the system infer its output from what it is given?",
        help=(
            "An AI system (Art. 3(1) of Regulation 2024/1689), and not one that only carries out rules "
            "written by people. Systems that match faces or read emotion from faces are ordinarily AI "
            "systems."
        ),
        changed_by="designer",
        ordinary=True,
        states="the system {is|is not} an AI system",
    )
    only_national_security: YesNo = YesNo(
        "Is it used exclusively for military, defence or national security purposes?",
        changed_by="authority",
        ordinary=False,
        states="the use {is|is not} exclusively for military, defence or national security purposes",
    )
    only_research: YesNo = YesNo(
        "Was the system developed and put into service for scientific research alone?",
        changed_by="designer",
        ordinary=False,
        states="the system {is|is not} for scientific research alone",
    )
    law_enforcement: YesNo = YesNo(
        "Is it used for law enforcement?",
        help=(
            "By or for an authority that prevents, investigates or prosecutes crime or protects public "
            "security, and for that purpose."
        ),
        changed_by="authority",
        states="the use {is|is not} for law enforcement",
    )
    publicly_accessible: YesNo = YesNo(
        "Is it used in places that the public can enter?",
        help="Whoever owns them, and whatever the conditions of entry, such as a ticket.",
        changed_by="authority",
        states="the use {is|is not} in publicly accessible places",
    )
    remote_identification: SetOf[Identification] = SetOf(
        "When are people identified at a distance, without taking part?",
        IDENTIFICATION,
        help="By comparing faces or other biometric data with a database.",
        changed_by="authority",
        states="people {are|are not} identified",
    )
    objectives: SetOf[Objective] = SetOf(
        "For which of the objectives that the law excepts is the use strictly necessary?",
        OBJECTIVES,
        help="Art. 5(1)(h) of Regulation 2024/1689. The system is used only to confirm an identity.",
        changed_by="authority",
        ordinary=(),
        states="the use {is|is not} strictly necessary for",
    )
    targeted_search: YesNo = YesNo(
        "Does it search for a certain person suspected or convicted of an offence?",
        changed_by="authority",
        states="the use {is|is not} a search for a certain suspect or convict",
    )
    initial_identification: YesNo = YesNo(
        "Does it identify a possible suspect for the first time, from facts tied directly to the offence?",
        changed_by="authority",
        ordinary=False,
        states="the use {is|is not} the first identification of a suspect from facts tied to the offence",
    )
    linked_to_offence: YesNo = YesNo(
        "Is it linked to an offence, a proceeding, a genuine threat of an offence, or a missing person?",
        changed_by="authority",
        states=(
            "the use {is|is not} linked to an offence, a proceeding, a threat of an offence or a missing "
            "person"
        ),
    )
    infers_emotions: YesNo = YesNo(
        "Does it infer the emotions of people, besides its main function?",
        changed_by="designer",
        ordinary=False,
        states="the item {infers|does not infer} emotions besides its main function",
    )
    work_or_education: YesNo = YesNo(
        "Is it used on people at work or in education?",
        changed_by="authority",
        states="the use {is|is not} at work or in education",
    )
    medical_or_safety: YesNo = YesNo(
        "Is it used for medical or safety reasons?",
        changed_by="authority",
        ordinary=False,
        states="the use {is|is not} for medical or safety reasons",
    )
    inferred_traits: SetOf[Trait] = SetOf(
        "Which traits of individual people does it infer from their biometric data?",
        TRAITS,
        changed_by="designer",
        ordinary=(),
        states="the system {infers|does not infer} from biometric data the",
    )
    lawful_dataset: YesNo = YesNo(
        "Does it only label or filter biometric data that were acquired lawfully?",
        changed_by="authority",
        ordinary=False,
        states="the use {only labels or filters|does more than label or filter} lawful biometric data",
    )
    scraped_faces: YesNo = YesNo(
        "Does it build a database of faces by untargeted scraping of the internet or of camera footage?",
        changed_by="designer",
        ordinary=False,
        states="a database of faces {is|is not} built by untargeted scraping",
    )
    score_effects: SetOf[ScoreEffect] = SetOf(
        "Where people are scored over time by their behaviour or traits, what follows for them?",
        SCORE_EFFECTS,
        changed_by="authority",
        ordinary=(),
        states="the score {leads|does not lead} to",
    )
    predicts_crime: YesNo = YesNo(
        "Does it predict from a person's profile or traits alone that the person will offend?",
        changed_by="designer",
        ordinary=False,
        states="the system {predicts|does not predict} offending from profiles or traits alone",
    )
    supports_assessment: YesNo = YesNo(
        "Does it support a human assessment that already rests on facts tied directly to a crime?",
        changed_by="authority",
        ordinary=False,
        states="the use {supports|does not support} a human assessment that rests on facts tied to a crime",
    )
    authorised_by_law: YesNo = YesNo(
        "Is the use necessary for a task of the authority, and authorised by law?",
        help="By a law of the Union or of the Member State that provides for this use.",
        changed_by="legislator",
        states="the use {is|is not} necessary for a task of the authority and authorised by law",
    )
    strictly_necessary: YesNo = YesNo(
        "Is it strictly necessary, with appropriate safeguards?",
        changed_by="authority",
        states="the use {is|is not} strictly necessary with appropriate safeguards",
    )
    vital_or_public: YesNo = YesNo(
        "Does it protect someone's vital interests, or concern data that the person plainly made public?",
        changed_by="nobody",
        ordinary=False,
        states=(
            "the use {protects vital interests or concerns data made public|neither protects vital "
            "interests nor concerns data made public}"
        ),
    )
    data_exception: YesNo = YesNo(
        "Does an exception to the ban on processing sensitive data apply, other than consent?",
        help=(
            "Art. 9(2)(b) to (j) of Regulation 2016/679, such as a law for a substantial public "
            "interest that is proportionate and has safeguards."
        ),
        changed_by="legislator",
        states="{an|no} exception to the ban on processing sensitive data, other than consent, applies",
    )
    targets_media: YesNo = YesNo(
        "Is it used on journalists, or on people who may know their sources?",
        help=(
            "Media service providers, their editorial staff, and people who through their regular or "
            "professional relationship with them may know sources or confidential communications."
        ),
        changed_by="authority",
        states="the use {is|is not} on journalists or people who may know their sources",
    )
    seeks_sources: YesNo = YesNo(
        "Is its purpose to learn of journalistic sources or confidential communications?",
        changed_by="authority",
        ordinary=False,
        states="the purpose {is|is not} to learn of journalistic sources or confidential communications",
    )
    media_grounds: YesNo = YesNo(
        "Is it provided for by law, compatible with the Charter, and justified case by case?",
        help=(
            "Art. 4(4)(a) to (c) of Regulation 2024/1083: by an overriding reason of public interest, "
            "and proportionate; Article 52(1) of the Charter is a condition there."
        ),
        changed_by="authority",
        ordinary=False,
        states=(
            "the use {is|is not} provided for by law, compatible with the Charter and justified by an "
            "overriding reason"
        ),
    )
    media_serious_crime: YesNo = YesNo(
        "Does it investigate one of these people for a serious crime for which the law excepts spyware?",
        help=(
            "Art. 4(5)(b) of Regulation 2024/1083: an offence of the European arrest warrant that can "
            "carry three years, or another serious crime that can carry five."
        ),
        changed_by="authority",
        ordinary=False,
        states="one of these people {is|is not} investigated for a serious crime for which spyware is excepted",
    )
    milder_measure: YesNo = YesNo(
        "Would another measure, such as a search, be adequate and sufficient?",
        changed_by="authority",
        states="a milder measure {would|would not} be sufficient",
    )


HOME_VOCABULARY = EU_VOCABULARY.with_sections(HomeUse)
"""The facts of European law with those about the use."""
