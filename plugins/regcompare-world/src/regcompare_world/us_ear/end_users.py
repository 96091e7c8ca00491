"""Part 744: parties on the Entity List, and military intelligence."""

from __future__ import annotations

from regcompare.authoring import (
    LAW_DATE,
    Chapter,
    Checked,
    EndUser,
    Outcome,
    Review,
    Term,
    Trigger,
    Weighing,
)
from regcompare_world.facts import Us
from regcompare_world.tables import US_COUNTRIES, US_ENTITY_LIST

from .control_list import sends_out
from .review import BUREAU
from .texts import PART_744

chapter = Chapter()

listed_party = Term(
    "party on the Entity List",
    PART_744["Supplement No. 4"],
    US_ENTITY_LIST.rows_that(lambda row: Us.parties.includes_any(row["party"]), LAW_DATE),  # type: ignore[arg-type]
    note="As purchaser, consignee or end user; only rows of surveillance firms and bodies are held.",
)

# Section 744.11 - the Entity List
entity_list = chapter.rule(
    PART_744["§ 744.11(a)"],
    "Every item needs a licence where a party to the transaction is on the Entity List; for the "
    "surveillance firms on it there is a presumption of denial, and no license exception applies.",
    when=sends_out & listed_party,
    then=Outcome.AUTHORISATION,
    review=Review(
        Weighing.PRESUMPTION,
        found_by=BUREAU,
        cite=PART_744["Supplement No. 4"],
        checked=Checked.SECONDARY,
    ),
    triggered_by=Trigger.ACT,
)

# Section 744.22 - military intelligence
military_intelligence = chapter.rule(
    PART_744["§ 744.22(a)"],
    "Every item needs a licence if the exporter knows that it is intended for military intelligence of a "
    "named state.",
    when=sends_out
    & Us.military_intelligence
    & EndUser.kind.is_in("military", "intelligence")
    & US_COUNTRIES.where(list="military_intelligence").names(EndUser.country, LAW_DATE),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.KNOWLEDGE,
)
