"""The choices CI-1 to CI-12 that can change an outcome, each with a default.

A choice that changes no outcome is declared as not encoded.
"""

from __future__ import annotations

from regcompare.authoring import Chapter, Destination, EvidenceLevel

from .sources import row

chapter = Chapter()

ci_1 = chapter.interpretation(
    "CI-1",
    row("C01"),
    "Must it be shown, in addition to meeting the definition, that cyber-surveillance technology can "
    "be abused?",
    readings={
        "cumulative": "Yes: the definition and the potential for abuse are separate tests.",
        "presumed": "No: anything that meets the definition is presumed to have that potential.",
    },
    within={"cumulative": "presumed"},
    default="cumulative",
    reason="The account of the widened definition mentions both.",
    checked=EvidenceLevel.SECONDARY,
)
ci_2 = chapter.interpretation(
    "CI-2",
    row("C02"),
    "Must the technology covertly intrude into a system, or does interception count as intrusion?",
    readings={
        "both": "It must be covert and intrude; overt cameras and facial analysis are not covered.",
        "interception_too": "Interception of communications counts as intrusion.",
    },
    within={"both": "interception_too"},
    default="both",
    reason="The account closest to the wording speaks of covert intrusion.",
    checked=EvidenceLevel.SECONDARY,
)
ci_3 = chapter.interpretation(
    "CI-3",
    row("C03"),
    "Do the named families of technology automatically meet the definition?",
    readings={
        "illustrations": "No: they illustrate it, and the test still applies.",
        "deemed": "Yes: a named family is deemed to meet the definition.",
    },
    within={"illustrations": "deemed"},
    default="illustrations",
    reason="The families are named as related to the definition.",
    checked=EvidenceLevel.SECONDARY,
)
ci_4 = chapter.interpretation(
    "CI-4",
    row("C05"),
    "To which destinations does the autonomous list apply?",
    readings={
        "not_favoured": "To all except the favoured destinations of the general authorisation.",
        "all_third_countries": "To all destinations outside the Union.",
    },
    within={"not_favoured": "all_third_countries"},
    default="not_favoured",
    reason=(
        "The clause was not read; the German national entry on which the list is modelled contains it."
    ),
    checked=EvidenceLevel.UNREAD,
)
ci_5 = chapter.interpretation(
    "CI-5",
    row("C06"),
    "Do the carve-outs in the autonomous list also narrow the definition of cyber-surveillance "
    "technology?",
    readings={"list_only": "No, the list only.", "definition_too": "Yes, the definition too."},
    within={"definition_too": "list_only"},
    default="list_only",
    reason=(
        "Industry asked for them to be moved into the definition, which shows that they were not there."
    ),
    checked=EvidenceLevel.INFERRED,
)
ci_6 = chapter.interpretation(
    "CI-6",
    row("C08"),
    "Does the catch-all for human security cover any unlisted item, or only cyber-surveillance "
    "technology?",
    readings={
        "any_item": "Any unlisted dual-use item.",
        "cyber_only": "Cyber-surveillance technology only.",
    },
    within={"cyber_only": "any_item"},
    default="any_item",
    reason="The limb, which was not read, is said not to contain a limit.",
    checked=EvidenceLevel.UNREAD,
)
ci_7 = chapter.interpretation(
    "CI-7",
    row("C08"),
    "Must there be evidence of past use as well as identification of the end user by institutions?",
    readings={
        "cumulative": "Yes: both are needed.",
        "alternative": "No: one of the two is enough.",
    },
    within={"cumulative": "alternative"},
    default="cumulative",
    reason="The two limbs, which were not read, are reported as joined by 'and'.",
    checked=EvidenceLevel.UNREAD,
)
ci_10 = chapter.interpretation(
    "CI-10",
    row("C12"),
    "Do controls on brokering, transit and technical assistance follow the item, listed or not?",
    readings={
        "follow": (
            "Yes: the end uses in the catch-all trigger controls on services for listed and unlisted "
            "items alike."
        ),
        "separate": "No: only services for listed items, as for brokering in the act in force.",
    },
    within={"separate": "follow"},
    default="follow",
    reason="The accounts say that controls on services are harmonised; the articles were not read.",
    checked=EvidenceLevel.UNREAD,
)
ci_11 = chapter.interpretation(
    "CI-11",
    row("C14"),
    "Must the authority refuse where the human-rights criterion is not met?",
    readings={
        "discretion": "No: it weighs the criteria and decides.",
        "refuse": "Yes: it must refuse where there is a substantial risk of violations.",
    },
    within={"discretion": "refuse"},
    default="discretion",
    reason="No account mentions automatic refusal.",
    checked=EvidenceLevel.SECONDARY,
)

substantial_risk = chapter.shown_by_reports(
    "CI-12",
    row("C14"),
    "Which earlier reports show a substantial risk of human-rights violations?",
    finding=Destination.substantial_rights_risk,
    of=("repression", "serious_violations", "surveillance_of_critics"),
    default="kind_of_user",
    reason=(
        "A risk looks ahead, so what bodies of this kind are known to do in that country bears on it; a "
        "report on the country alone does not speak of this user. The row was not read."
    ),
    checked=EvidenceLevel.UNREAD,
)
