"""Article 2: the criteria on which a licence is denied, as far as they can be read from a scenario."""

from __future__ import annotations

from regcompare.authoring import (
    Chapter,
    EndUse,
    Outcome,
    Review,
    Standard,
    Trigger,
    Weighing,
)

from .definitions import COMMON_POSITION, clear_risk, reached

chapter = Chapter()

criterion_one = chapter.rule(
    COMMON_POSITION["Art. 2(1)"],
    "Under criterion one, a licence must be denied if granting it would be inconsistent with "
    "international obligations, such as those on weapons of mass destruction.",
    when=reached & EndUse.concerns.includes_any("wmd"),
    then=Outcome.REFUSAL,
    states=(
        "the authority, if it finds that a licence would be inconsistent with international obligations"
    ),
    triggered_by=Trigger.FINDING,
    id="criterion-one",
    fires="police-weapons",
    misses="police-clear-risk",
)
criterion_two = chapter.rule(
    COMMON_POSITION["Art. 2(2)"],
    "Under criterion two, a licence must be denied if there is a clear risk that the items might be "
    "used for internal repression.",
    when=reached & clear_risk,
    then=Outcome.REFUSAL,
    review=Review(Weighing.REFUSE, Standard.CLEAR_RISK, "use for internal repression"),
    triggered_by=Trigger.FINDING,
    id="criterion-two",
)
