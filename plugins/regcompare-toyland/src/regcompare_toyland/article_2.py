"""Article 2: refusal, what the Toymaster may do, and what an exporter must keep."""

from __future__ import annotations

from regcompare.authoring import (
    Addressee,
    Breach,
    Chapter,
    Destination,
    DutyKind,
    LicensingPolicy,
    Outcome,
    Review,
    Standard,
    Strength,
    Trigger,
)

from .article_1 import licensed, watching_toy
from .texts import ACT

chapter = Chapter()

# Article 2(1) - refusal, also where a general authorisation would cover the toy
art_2_1 = chapter.rule(
    ACT["Art. 2(1)"],
    "The Toymaster must refuse a licence where the toy is likely to be used against those who play with it.",
    when=licensed & Destination.serious_violations_likely,
    then=Outcome.REFUSAL,
    review=Review(
        LicensingPolicy.REFUSE,
        Standard.LIKELY,
        "use against those who play with it",
        found_by="the Toymaster",
    ),
    triggered_by=Trigger.FINDING,
)

# Article 2(2) - a power
other_toys = chapter.discretion(
    ACT["Art. 2(2)"],
    "Has the Toymaster required a licence for this toy, although it does not watch?",
    who=Addressee.AUTHORITY,
)
art_2_2 = chapter.rule(
    ACT["Art. 2(2)"],
    "The Toymaster may require a licence for a toy that does not watch.",
    when=~watching_toy & other_toys,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.AUTHORITY,
)

# Article 2(3) - a duty
art_2_3 = chapter.duty(
    ACT["Art. 2(3)"],
    "Whoever exports watching toys must keep a record of each for seven years.",
    kind=DutyKind.RECORDS,
    addressee=Addressee.EXPORTER,
    strength=Strength.MUST,
    when=watching_toy,
    deadline="seven years",
    breach=Breach.PRIVILEGE_LOST,
)

# Article 2(4) - left out
chapter.left_out(
    ACT["Art. 2(4)"],
    "The fee for a licence.",
    "A fee does not affect whether the toy may be exported.",
)
