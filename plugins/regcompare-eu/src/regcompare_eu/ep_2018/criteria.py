"""E09 to E12: criteria, mandatory refusal, transparency and a level playing field."""

from __future__ import annotations

from regcompare.authoring import (
    Addressee,
    Chapter,
    DutyKind,
    EvidenceLevel,
    LicensingPolicy,
    Outcome,
    Review,
    Stage,
    Standard,
    Strength,
    Term,
    Trigger,
)
from regcompare_eu.com_2016_616 import control_list as proposal_list
from regcompare_eu.com_2016_616 import general_authorisations as proposal_authorisations
from regcompare_eu.eu_428_2009 import EU_428_2009
from regcompare_eu.facts import COMMISSION
from regcompare_eu.licensing import licence_needed

from . import catch_alls, release, services
from .control_list import in_section_b
from .definitions import cyber_surveillance_item
from .interpretations import ei_9, substantial_risk
from .interpretations import violations_likely as likely_by_reports
from .sources import row

chapter = Chapter()

# E09 - criteria
licence_in_force = Term(
    "export or service that requires an individual licence under the act in force",
    row("E09"),
    licence_needed(
        (
            *EU_428_2009.rules,
            proposal_authorisations.c16,
            release.e13,
            release.e13_informed,
            release.e13_authorised,
            release.e13_transfer,
        )
    ),
)
licence_proposed = Term(
    "export or service that requires an individual licence only under Parliament's position",
    row("E09"),
    licence_needed(
        (
            proposal_list.c05,
            proposal_list.c07,
            catch_alls.e06,
            catch_alls.e07,
            services.e06_brokering,
            services.e06_assistance,
        )
    ),
)
surveillance_item = Term(
    "cyber-surveillance item, listed or not",
    row("E09"),
    cyber_surveillance_item | in_section_b,
)
e09 = chapter.duty(
    row("E09"),
    "The authority must decide by clear criteria, with human rights prominent among them.",
    kind=DutyKind.CRITERIA,
    addressee=Addressee.AUTHORITY,
    strength=Strength.MUST,
    stage=Stage.LICENSING,
    checked=EvidenceLevel.SECONDARY,
)
e09_rights = chapter.duty(
    row("E09"),
    "For cyber-surveillance items the authority must assess the effects on privacy, data protection, "
    "and freedom of expression, assembly and association, as well as the rule of law, the legal "
    "framework for the use and the risk to security.",
    kind=DutyKind.RIGHTS_ASSESSMENT,
    addressee=Addressee.AUTHORITY,
    strength=Strength.MUST,
    when=surveillance_item,
    stage=Stage.LICENSING,
    checked=EvidenceLevel.UNREAD,
    id="E09-rights",
)

# E10 - no licence where serious violations are likely
violations_likely = Term(
    "item that is likely to lead to serious human-rights violations",
    row("E10"),
    ei_9.choose(
        both=likely_by_reports,
        either=likely_by_reports | substantial_risk,
    ),
)
e10 = chapter.rule(
    row("E10"),
    "The authority must refuse a licence required under the act in force for a cyber-surveillance item "
    "that is likely to lead to serious human-rights violations.",
    when=licence_in_force & cyber_surveillance_item & violations_likely,
    then=Outcome.REFUSAL,
    review=Review(LicensingPolicy.REFUSE, Standard.LIKELY, "serious human-rights violations"),
    triggered_by=Trigger.FINDING,
    checked=EvidenceLevel.INFERRED,
)
e10_proposed = chapter.rule(
    row("E10"),
    "The authority must refuse a licence for a cyber-surveillance item that is likely to lead to "
    "serious human-rights violations, where the licence is required by the autonomous list or by the "
    "reshaped catch-all, or is required on other grounds for an item on the autonomous list.",
    when=((licence_proposed & surveillance_item) | (licence_in_force & in_section_b))
    & violations_likely,
    then=Outcome.REFUSAL,
    review=Review(LicensingPolicy.REFUSE, Standard.LIKELY, "serious human-rights violations"),
    triggered_by=Trigger.FINDING,
    checked=EvidenceLevel.UNREAD,
    id="E10-proposed",
    fires="monitoring-told-of-violation-likely",
)
e10_withdrawal = chapter.duty(
    row("E10"),
    "The authority must annul, suspend, modify or revoke a licence that it has granted for a "
    "cyber-surveillance item, if serious human-rights violations become likely.",
    kind=DutyKind.REVIEW,
    addressee=Addressee.AUTHORITY,
    strength=Strength.MUST,
    when=surveillance_item,
    stage=Stage.LICENSING,
    checked=EvidenceLevel.UNREAD,
    id="E10-withdrawal",
)

# E11 - transparency
e11 = chapter.duty(
    row("E11"),
    "The authority must report fully on its decisions.",
    kind=DutyKind.PUBLICATION,
    addressee=Addressee.AUTHORITY,
    strength=Strength.MUST,
    stage=Stage.LICENSING,
    checked=EvidenceLevel.SECONDARY,
)
e11_fields = chapter.duty(
    row("E11"),
    "For each licence, the report states its type, value and volume, the nature of the item, the end "
    "user, the end use, the destination, and whether it was granted or refused.",
    kind=DutyKind.PUBLICATION,
    addressee=Addressee.AUTHORITY,
    strength=Strength.MUST,
    stage=Stage.LICENSING,
    deadline="at least once a quarter (not checked)",
    checked=EvidenceLevel.UNREAD,
    id="E11-fields",
)

# E12 - level playing field
e12 = chapter.duty(
    row("E12"),
    "The Commission must publish guidance when the rules start to apply, so that controls work in the "
    "same way everywhere.",
    kind=DutyKind.INFORMATION_SHARING,
    addressee=COMMISSION,
    strength=Strength.MUST,
    deadline="when the rules start to apply",
    checked=EvidenceLevel.SECONDARY,
)
