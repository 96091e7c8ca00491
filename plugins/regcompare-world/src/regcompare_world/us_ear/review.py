"""How an application is reviewed: human rights, since October 2020 for nearly every item."""

from __future__ import annotations

import datetime as dt

from regcompare.authoring import (
    Addressee,
    Chapter,
    DutyKind,
    Period,
    Stage,
    Strength,
)

from .texts import CRIME_CONTROL_2020

chapter = Chapter()

rights_review = chapter.duty(
    CRIME_CONTROL_2020["§ 742.7(b)(2)"],
    "The authority must consider human-rights concerns when it reviews an application for an item that "
    "is controlled for any reason but short supply.",
    kind=DutyKind.RIGHTS_ASSESSMENT,
    addressee=Addressee.AUTHORITY,
    strength=Strength.MUST_CONSIDER,
    period=Period(dt.date(2020, 10, 6)),
    stage=Stage.LICENSING,
    id="742-7-b-2",
)
