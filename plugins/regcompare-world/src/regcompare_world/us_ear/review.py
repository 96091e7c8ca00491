"""How an application is reviewed: human rights, since October 2020 for nearly every item."""

from __future__ import annotations

import datetime as dt

from regcompare.authoring import (
    Addressee,
    Chapter,
    DutyKind,
    EvidenceLevel,
    LicensingPolicy,
    Period,
    Review,
    Stage,
    Standard,
    Strength,
)
from regcompare_world.facts import Us

from .texts import CRIME_CONTROL_2020, PART_742

chapter = Chapter()

BUREAU = "the Bureau of Industry and Security"
CHANGED = dt.date(2020, 10, 6)
risk_of_abuse = chapter.shown_by_reports(
    "us-reports",
    CRIME_CONTROL_2020["§ 742.7(b)(1)"],
    "Which earlier reports show a risk that the items will be used to violate or abuse human rights?",
    finding=Us.risk_of_abuse,
    of=("repression", "serious_violations", "surveillance_of_critics"),
    default="kind_of_user",
    reason=(
        "Any risk is enough, and what bodies of this kind are known to do in that country is one; a "
        "report on the country alone does not speak of this user. No text on how near was read."
    ),
    checked=EvidenceLevel.INFERRED,
)
CRIME_CONTROL_REVIEW = (
    Review(
        LicensingPolicy.FAVOURABLE,
        found_by=BUREAU,
        cite=PART_742["§ 742.7(b)"],
        period=Period(end=CHANGED),
        checked=EvidenceLevel.SECONDARY,
    ),
    Review(
        LicensingPolicy.FREE,
        Standard.RISK,
        "use to violate or abuse human rights",
        found_by=BUREAU,
        otherwise=LicensingPolicy.FAVOURABLE,
        shown=risk_of_abuse,
        cite=CRIME_CONTROL_2020["§ 742.7(b)(1)"],
        period=Period(CHANGED),
        checked=EvidenceLevel.SECONDARY,
    ),
)
"""Crime-control items: favourable; since 2020 unless there is such a risk, when the case is weighed.

Before, evidence that the importing government may have violated human rights was the exception; no
question asks for it.
"""

rights_review = chapter.duty(
    CRIME_CONTROL_2020["§ 742.7(b)(2)"],
    "The authority must consider human-rights concerns when it reviews an application for an item that "
    "is controlled for any reason but short supply.",
    kind=DutyKind.RIGHTS_ASSESSMENT,
    addressee=Addressee.AUTHORITY,
    strength=Strength.MUST_CONSIDER,
    period=Period(CHANGED),
    stage=Stage.LICENSING,
    id="742-7-b-2",
)
