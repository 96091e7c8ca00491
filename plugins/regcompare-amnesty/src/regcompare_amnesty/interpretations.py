"""The interpretive choices: what the sources leave open and decides an outcome, each with a default.

A choice that changes no outcome, or that no fact can tell apart, is declared as not encoded.
"""

from __future__ import annotations

from regcompare.authoring import Chapter, Destination, EvidenceLevel

from .sources import DEMANDS

chapter = Chapter()

ic_01 = chapter.interpretation(
    "IC-01",
    DEMANDS["A01"],
    'Does "digital surveillance technology" include overt systems such as street cameras?',
    readings={"overt_too": "Yes, overt systems too.", "covert_only": "No, covert ones only."},
    within={"covert_only": "overt_too"},
    default="overt_too",
    reason="The demand covers all digital surveillance technology, and the Axis case is about cameras.",
    checked=EvidenceLevel.OWN,
)
ic_02 = chapter.interpretation(
    "IC-02",
    DEMANDS["A01"],
    "Must an item be able to monitor people, be designed to, or be specially designed to?",
    readings={
        "designed": "Designed to, which includes being marketed for that purpose.",
        "specially_designed": "Specially designed to, in the sense of the EU rules: for covert surveillance.",
        "able": "Any surveillance technology that is able to do so.",
    },
    within={"specially_designed": "designed", "designed": "able"},
    default="designed",
    reason="Amnesty argued from the design of the three companies' products.",
    checked=EvidenceLevel.SECONDARY,
)
ic_03 = chapter.interpretation(
    "IC-03",
    DEMANDS["A01"],
    "Are laboratory tools for behaviour research in scope?",
    readings={
        "in_scope": "Yes, as items; the outcome depends on the end user.",
        "consent_exempt": "No, if those studied consent.",
    },
    within={"consent_exempt": "in_scope"},
    default="in_scope",
    reason="Amnesty included Noldus, which replied that the definition is too wide.",
    checked=EvidenceLevel.SECONDARY,
)
ic_04 = chapter.interpretation(
    "IC-04",
    DEMANDS["A14"],
    "Are security research, protective tools and encryption exempt?",
    readings={
        "exempt": "Authorised testing, protective tools and encryption are exempt.",
        "legitimate_too": (
            "So is technology used for legitimate purposes, taken to mean commercial use only."
        ),
        "no_exemption": "There is no exemption.",
    },
    within={"no_exemption": "exempt", "exempt": "legitimate_too"},
    default="exempt",
    reason="The May 2017 statement asks for an exemption for security research; the July 2017 letter, in "
    "words quoted from it, also for technology that serves legitimate purposes; the exemption for encryption "
    "depends on unread text.",
    checked=EvidenceLevel.SECONDARY,
)
ic_05 = chapter.interpretation(
    "IC-05",
    DEMANDS["A02"],
    "Does the ban on facial recognition cover verifying one person against one record?",
    readings={
        "identification": "No: only identification of one person among many.",
        "all": "Yes: all facial recognition.",
    },
    within={"identification": "all"},
    default="identification",
    reason="In 2021 Amnesty United Kingdom called for a ban on exports for identification.",
    checked=EvidenceLevel.OWN,
)
ic_06 = chapter.interpretation(
    "IC-06",
    DEMANDS["A02"],
    "Does the ban cover recorded video as well as live video?",
    readings={"both": "Both.", "live_only": "Live video only."},
    within={"live_only": "both"},
    default="both",
    reason="The supplier said that only recorded video was used, and Amnesty was not persuaded.",
    checked=EvidenceLevel.SECONDARY,
)
ic_07 = chapter.interpretation(
    "IC-07",
    DEMANDS["A02"],
    "Which end users does the ban cover?",
    readings={
        "every": "Every end user, state or private.",
        "state": (
            "Only police, intelligence and armed forces; in 2020 police and other government agencies "
            "were named."
        ),
    },
    within={"state": "every"},
    default="every",
    reason=(
        "In 2021 Amnesty United Kingdom mentioned identification by the state or by private entities."
    ),
    checked=EvidenceLevel.OWN,
)
ic_08 = chapter.interpretation(
    "IC-08",
    DEMANDS["A02"],
    "Which destinations does the ban cover?",
    readings={
        "all": "All destinations outside the Union.",
        "poor_record": (
            "Only those with a poor record, taken to mean a substantial risk with this user there."
        ),
    },
    within={"poor_record": "all"},
    default="all",
    reason="The demand is unqualified.",
    checked=EvidenceLevel.OWN,
)
ic_09 = chapter.interpretation(
    "IC-09",
    DEMANDS["A02"],
    "Does the ban cover components, algorithms, training data and services?",
    readings={
        "parts_too": "Software, services and purpose-made parts too, but not general-purpose cameras.",
        "complete_systems": "Complete systems only.",
    },
    within={"complete_systems": "parts_too"},
    default="parts_too",
    reason=(
        "The ban called for covers development, production and sale, so it covers parts and software."
    ),
    checked=EvidenceLevel.INFERRED,
)
ic_10 = chapter.interpretation(
    "IC-10",
    DEMANDS["A03"],
    "Is the export of emotion and ethnicity recognition subject to a licence or banned?",
    readings={
        "licence": "Subject to a licence, until the demand of December 2023 that it be banned.",
        "ban": "Banned from the start.",
    },
    within={"licence": "ban"},
    default="licence",
    reason="An account of the 2020 report distinguishes controls on these from the ban on facial "
    "recognition; a ban was asked for in 2023.",
    checked=EvidenceLevel.SECONDARY,
)
ic_11 = chapter.interpretation(
    "IC-11",
    DEMANDS["A08(a)"],
    "At what level of risk must an authority refuse a licence?",
    readings={
        "substantial_risk": "Where there is a substantial risk that it could be used for a violation.",
        "any_risk": "Where there is any risk that it contributes to a violation.",
        "high_risk": "Where there is a high risk of use against those who defend human rights.",
        "serious_likely": "Only where serious violations are likely (A09).",
    },
    within={
        "serious_likely": "high_risk",
        "high_risk": "substantial_risk",
        "substantial_risk": "any_risk",
    },
    default="substantial_risk",
    reason=(
        "It is the test of the open letter of July 2017; Amnesty Germany asked for refusal at any risk in "
        "autumn 2020, and an officer of Amnesty for none at a high risk in January 2018."
    ),
    checked=EvidenceLevel.OWN,
)
ic_12 = chapter.interpretation(
    "IC-12",
    DEMANDS["A06"],
    "Which violations count?",
    readings={
        "any_right": "Any internationally recognised human right.",
        "serious": "Serious violations and internal repression only.",
    },
    within={"serious": "any_right"},
    default="any_right",
    reason="The coalition's letters list privacy, non-discrimination, assembly, association and expression.",
    checked=EvidenceLevel.OWN,
)
ic_13 = chapter.interpretation(
    "IC-13",
    DEMANDS["A08(b)"],
    "Is a missing law in the destination a bar to a licence, or one factor among others?",
    readings={"bar": "A bar: the licence must be refused.", "factor": "A factor to weigh."},
    within={"factor": "bar"},
    default="bar",
    reason="The open letter of July 2017 makes it a ground on which states must be required to refuse.",
    checked=EvidenceLevel.OWN,
)
ic_13_c = chapter.interpretation(
    "IC-13-c",
    DEMANDS["A08(c)"],
    "Is a substandard law in the destination a bar to a licence, or one factor among others?",
    readings={"bar": "A bar: the licence must be refused.", "factor": "A factor to weigh."},
    within={"factor": "bar"},
    default="bar",
    reason="The list of the letter of July 2017 goes on after the missing law; what follows was not read.",
    checked=EvidenceLevel.UNREAD,
)
ic_15 = chapter.interpretation(
    "IC-15",
    DEMANDS["A04"],
    "What follows if no due diligence was done?",
    readings={
        "blocked": "The export may not go ahead.",
        "sanctionable": "The export is lawful, but the exporter is liable to a penalty.",
    },
    within={"sanctionable": "blocked"},
    default="blocked",
    reason="The duty must have some effect; no source states one.",
    checked=EvidenceLevel.INFERRED,
)
ic_16 = chapter.interpretation(
    "IC-16",
    DEMANDS["A04"],
    "Who is an exporter?",
    readings={
        "anyone": "Anyone who exports from the Union, wherever established.",
        "established": "Only those established in the Union.",
    },
    within={"established": "anyone"},
    default="anyone",
    reason=(
        "According to a press account, it applies whatever the company's size, location or structure."
    ),
    checked=EvidenceLevel.SECONDARY,
)
ic_17 = chapter.interpretation(
    "IC-17",
    DEMANDS["A06"],
    "Who can trigger the catch-all?",
    readings={
        "exporter_or_authority": (
            "Either the exporter, by what it knows or its due diligence finds, or the authority."
        ),
        "authority_only": "The authority alone.",
    },
    within={"authority_only": "exporter_or_authority"},
    default="exporter_or_authority",
    reason="Amnesty asks to return to the 2016 draft, whose catch-all has both routes.",
    checked=EvidenceLevel.SECONDARY,
)
ic_21 = chapter.interpretation(
    "IC-21",
    DEMANDS["A01"],
    "Do brokering, technical assistance, updates, support and hosted access have the same outcome as "
    "the item?",
    readings={
        "as_the_item": "Yes: the same outcome as the item.",
        "items_only": "No: goods, software and technology only.",
    },
    within={"items_only": "as_the_item"},
    default="as_the_item",
    reason="The United Nations rapporteur mentions servicing; Amnesty's own text on it was not read.",
    checked=EvidenceLevel.INFERRED,
)
ic_26 = chapter.interpretation(
    "IC-26",
    DEMANDS["A11"],
    "Is one Member State's refusal binding on the others for an essentially identical transaction?",
    readings={"binds": "Yes.", "consultation": "No, they consult."},
    within={"consultation": "binds"},
    default="binds",
    reason="The aim is to stop exporters shopping around for the laxest authority.",
    checked=EvidenceLevel.SECONDARY,
)
ic_28 = chapter.interpretation(
    "IC-28",
    DEMANDS["A01"],
    "If all surveillance technology is brought within the rules, do general authorisations for allies "
    "remain?",
    readings={
        "allies_general": "Yes: exports to EU001 destinations are covered by a general authorisation.",
        "each_time": "No: every export needs a licence of its own.",
    },
    within={"each_time": "allies_general"},
    default="allies_general",
    reason="No text excludes a general authorisation for allies, and the existing rules have one.",
    checked=EvidenceLevel.INFERRED,
)
ic_29 = chapter.interpretation(
    "IC-29",
    DEMANDS["A02"],
    "Does the ban cover face matching that is incidental to a product, such as sorting your own "
    "photographs?",
    readings={
        "left_out": (
            "No: not if the product is neither surveillance technology nor made to observe people."
        ),
        "counts": "Yes: all matching of one face against many.",
    },
    within={"left_out": "counts"},
    default="left_out",
    reason="The 2021 call is about identification by the state or by private entities.",
    checked=EvidenceLevel.INFERRED,
)

substantial_risk = chapter.shown_by_reports(
    "IC-30",
    DEMANDS["A08"],
    "Which earlier reports show a substantial risk that the export will be used to violate human rights?",
    finding=Destination.substantial_rights_risk,
    of=("repression", "serious_violations", "surveillance_of_critics"),
    default="kind_of_user",
    reason=(
        "A risk looks ahead, so what bodies of this kind are known to do in that country bears on it; a "
        "report on the country alone does not speak of this user. No text says how near it must come."
    ),
    checked=EvidenceLevel.INFERRED,
)
violations_likely = chapter.shown_by_reports(
    "IC-31",
    DEMANDS["A09"],
    "Which earlier reports show that serious human-rights violations are likely?",
    finding=Destination.serious_violations_likely,
    of=("serious_violations",),
    default="user",
    reason=(
        "What is likely is more than a risk, so the reports must be on this user or on this product in "
        "this state's hands. No text says how near they must come."
    ),
    checked=EvidenceLevel.INFERRED,
    presupposes=Destination.substantial_rights_risk,
)
