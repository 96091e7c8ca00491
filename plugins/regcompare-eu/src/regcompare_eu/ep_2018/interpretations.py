"""The choices EI-1 to EI-12 that can change an outcome, each with a default.

A choice that changes no outcome is declared as not encoded.  Choices about what Parliament left alone
are those of the proposal.
"""

from __future__ import annotations

from regcompare.authoring import Chapter, Destination, EvidenceLevel

from .sources import COALITION_READ, SUMMARY_READ, row

chapter = Chapter()

ei_1 = chapter.interpretation(
    "EI-1",
    row("E02"),
    "Does 'and/or' free the limb on monitoring from the word 'covert'?",
    readings={
        "stands_alone": "Yes: an item designed to monitor people's data is enough.",
        "covert_governs": "No: covert intrusion or covert monitoring only.",
    },
    within={"covert_governs": "stands_alone"},
    default="stands_alone",
    reason="The summary joins the limbs by 'and/or'.",
    checked=SUMMARY_READ,
)
ei_2 = chapter.interpretation(
    "EI-2",
    row("E02"),
    'Whose authorisation takes an item out of the definition: the authorisation of "the owner of the '
    'data"?',
    readings={
        "person": "The person monitored.",
        "operator": "Whoever owns or runs the system, taken to mean authorised testing or protection.",
    },
    default="person",
    reason=(
        "The position speaks of the owner of the data; an earlier draft spoke of the owner of the "
        "system."
    ),
    checked=SUMMARY_READ,
)
ei_5 = chapter.interpretation(
    "EI-5",
    row("E06"),
    "Does the reshaped catch-all cover cyber-surveillance items only?",
    readings={"cyber_only": "Yes.", "any_item": "No: any unlisted item."},
    within={"cyber_only": "any_item"},
    default="cyber_only",
    reason="This fits the aim stated in the committee's press release; the amendment was not read.",
    checked=EvidenceLevel.UNREAD,
)
ei_6 = chapter.interpretation(
    "EI-6",
    row("E07"),
    "Is the catch-all against terrorism deleted?",
    readings={"dropped": "Yes.", "kept": "No: it stays as the Commission proposed it."},
    within={"dropped": "kept"},
    default="dropped",
    reason="From general knowledge of the debate; the amendment was not read.",
    checked=EvidenceLevel.UNREAD,
)
ei_9 = chapter.interpretation(
    "EI-9",
    row("E10"),
    "Must violations be both likely and serious before the authority has to refuse?",
    readings={
        "both": "Both: serious violations are likely.",
        "either": "Not both: a substantial risk of violations is enough.",
    },
    within={"both": "either"},
    default="both",
    reason="The coalition speaks of exports that are likely to lead to serious violations.",
    checked=COALITION_READ,
)
ei_12 = chapter.interpretation(
    "EI-12",
    row("E13"),
    "Is all encryption taken off the list, or only mass-market encryption?",
    readings={
        "all": "All encryption.",
        "mass_market": "Only mass-market encryption, which the notes to the list already exempt.",
    },
    within={"mass_market": "all"},
    default="all",
    reason="The accounts of the vote mention no limit.",
    checked=EvidenceLevel.SECONDARY,
)

substantial_risk = chapter.shown_by_reports(
    "EI-13",
    row("E10"),
    "Which earlier reports show a substantial risk of human-rights violations?",
    finding=Destination.substantial_rights_risk,
    of=("repression", "serious_violations", "surveillance_of_critics"),
    default="kind_of_user",
    reason=(
        "A risk looks ahead, so what bodies of this kind are known to do in that country bears on it; a "
        "report on the country alone does not speak of this user."
    ),
    checked=EvidenceLevel.INFERRED,
)
violations_likely = chapter.shown_by_reports(
    "EI-14",
    row("E10"),
    "Which earlier reports show that serious human-rights violations are likely?",
    finding=Destination.serious_violations_likely,
    of=("serious_violations",),
    default="user",
    reason=(
        "What is likely is more than a risk, so the reports must be on this user or on this product in "
        "this state's hands. No account says how near they must come."
    ),
    checked=EvidenceLevel.INFERRED,
    presupposes=Destination.substantial_rights_risk,
)
