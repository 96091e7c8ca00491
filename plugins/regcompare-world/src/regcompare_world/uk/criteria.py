"""The Strategic Export Licensing Criteria, as far as they can be read from a scenario."""

from __future__ import annotations

from regcompare.authoring import (
    Addressee,
    Chapter,
    DutyKind,
    EndUse,
    EvidenceLevel,
    LicensingPolicy,
    Outcome,
    Review,
    Stage,
    Standard,
    Strength,
    Term,
    Trigger,
    any_of,
)
from regcompare_world.facts import Uk

from .order import art_6, art_12a
from .retained_act import art_3_1, art_4_1, art_4_2, art_4_3, gea_001, ogel_eu
from .texts import CRITERIA, EXPORT_CONTROL_ACT

chapter = Chapter()

binding = chapter.interpretation(
    "uk-criteria",
    CRITERIA["Criterion 2"],
    "Must a licence that does not meet the criteria be refused?",
    readings={
        "bind": "Yes: the government will not grant it.",
        "policy": "No: the criteria are policy, from which the government may depart.",
    },
    within={"policy": "bind"},
    default="bind",
    reason=(
        "The government tells Parliament that it will not grant such a licence. The criteria are guidance "
        "under section 9 of the Export Control Act 2002: whoever decides must have regard to them (s. 9(5))."
    ),
    checked=EvidenceLevel.INFERRED,
)
application = Term(
    "application for a licence",
    CRITERIA["introduction"],
    any_of(
        art_3_1.when & ~gea_001.when & ~ogel_eu.when,
        art_4_1.when,
        art_4_2.when,
        art_4_3.when,
        art_6.when,
        art_12a.condition,
    ),
    note="Nobody applies for what a general authorisation covers.",
    checked=EvidenceLevel.INFERRED,
)
clear_risk = Term(
    "clear risk of internal repression",
    CRITERIA["Criterion 2(a)"],
    chapter.shown_by_reports(
        "uk-reports",
        CRITERIA["Criterion 2(a)"],
        "Which earlier reports show a clear risk of use for internal repression?",
        finding=Uk.clear_risk_repression,
        of=("repression", "serious_violations"),
        default="kind_of_user",
        reason=(
            "The risk is that the items might be used so, and what forces of this kind are known to do in "
            "that country shows it; a report on the country alone does not speak of this user. The text "
            "does not say how near a report must come."
        ),
        checked=EvidenceLevel.INFERRED,
    )
    | EndUse.concerns.includes_any("internal_repression"),
    note="Until 8 December 2021 the criteria of 2014 had the same test.",
)

criterion_2_a = chapter.rule(
    CRITERIA["Criterion 2(a)"],
    "The government will not grant a licence if there is a clear risk that the items might be used to "
    "commit or facilitate internal repression.",
    when=application & clear_risk & binding.is_read_as("bind"),
    then=Outcome.REFUSAL,
    review=Review(
        LicensingPolicy.REFUSE, Standard.CLEAR_RISK, "internal repression", found_by="the government"
    ),
    triggered_by=Trigger.FINDING,
    note="“Will not grant” is policy laid before Parliament; the Act asks to have regard to it.",
    id="criterion-2-a",
)
criterion_2_c = chapter.rule(
    CRITERIA["Criterion 2(c)"],
    "The government will not grant a licence if there is a clear risk that the items might be used for "
    "a serious violation of international humanitarian law.",
    when=application & EndUse.concerns.includes_any("ihl_violation") & binding.is_read_as("bind"),
    then=Outcome.REFUSAL,
    review=Review(
        LicensingPolicy.REFUSE,
        Standard.CLEAR_RISK,
        "a serious violation of humanitarian law",
        found_by="the government",
    ),
    triggered_by=Trigger.FINDING,
    note="“Will not grant” is policy laid before Parliament; the Act asks to have regard to it.",
    id="criterion-2-c",
)

assessment = chapter.duty(
    CRITERIA["Criterion 2"],
    "The government must assess each application against the criteria, case by case, human rights in "
    "the destination among them.",
    kind=DutyKind.CRITERIA,
    addressee=Addressee.AUTHORITY,
    strength=Strength.MUST,
    stage=Stage.LICENSING,
    id="criterion-2-assessment",
)
annual_report = chapter.duty(
    EXPORT_CONTROL_ACT["s. 10"],
    "The government must lay an annual report on export controls before Parliament.",
    kind=DutyKind.PUBLICATION,
    addressee=Addressee.AUTHORITY,
    strength=Strength.MUST,
    deadline="each year",
    checked=EvidenceLevel.OFFICIAL,
)
