"""C14 and C15: what the authority weighs, and how the autonomous list is amended."""

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
from regcompare_eu.eu_428_2009 import EU_428_2009
from regcompare_eu.facts import COMMISSION
from regcompare_eu.licensing import licence_needed

from . import catch_alls, control_list, general_authorisations, services
from .interpretations import ci_11, substantial_risk
from .sources import row

chapter = Chapter()

# C14 - criteria
licence_application = Term(
    "export, transfer or service that requires an individual licence",
    row("C14"),
    licence_needed(
        (
            *EU_428_2009.rules,
            control_list.c05,
            control_list.c07,
            catch_alls.c08,
            catch_alls.c09,
            services.c12_informed,
            services.c13_informed,
            general_authorisations.c16,
        )
    ),
)
c14 = chapter.duty(
    row("C14"),
    "The authority must take into account international commitments and sanctions, respect for human "
    "rights and humanitarian law in the destination, its internal situation, peace and security, the "
    "end use and the risk of diversion.",
    kind=DutyKind.RIGHTS_ASSESSMENT,
    addressee=Addressee.AUTHORITY,
    strength=Strength.MUST_CONSIDER,
    stage=Stage.LICENSING,
    checked=EvidenceLevel.SECONDARY,
)
c14_refusal = chapter.rule(
    row("C14"),
    "The authority must refuse a licence where there is a substantial risk of human-rights violations.",
    when=licence_application & substantial_risk & ci_11.is_read_as("refuse"),
    then=Outcome.REFUSAL,
    review=Review(
        LicensingPolicy.REFUSE, Standard.SUBSTANTIAL_RISK, "human-rights violations in the destination"
    ),
    triggered_by=Trigger.FINDING,
    checked=EvidenceLevel.UNREAD,  # The licence itself may rest on rows that were not read.
    id="C14-refusal",
    fires="told-of-repression under CI-11=refuse",
    misses="told-of-repression",
    note="Only if the criterion is interpreted as a bar (CI-11).",
)

# C15 - amendment of the autonomous list
c15 = chapter.duty(
    row("C15"),
    "The Commission may amend the autonomous list by delegated act, immediately in urgent cases, where "
    "exports may pose a risk of serious violations or a risk to essential security interests.",
    kind=DutyKind.LIST_UPDATING,
    addressee=COMMISSION,
    strength=Strength.MAY,
    checked=EvidenceLevel.UNREAD,
)
