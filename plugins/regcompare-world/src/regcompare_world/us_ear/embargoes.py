"""Part 746: embargoes, and controls on single countries."""

from __future__ import annotations

from regcompare.authoring import (
    LAW_DATE,
    Chapter,
    Condition,
    Destination,
    EndUser,
    EvidenceLevel,
    Item,
    Knowledge,
    LicensingPolicy,
    Outcome,
    Review,
    Trigger,
    any_of,
)
from regcompare_world.facts import Us
from regcompare_world.tables import US_EMBARGOES

from .control_list import items, listed, other_entry, sends_out
from .review import BUREAU
from .texts import PART_746

chapter = Chapter()

DENIED = Review(LicensingPolicy.POLICY, found_by=BUREAU)


def bound_for(control: str) -> Condition:
    """Returns that the item is sent to a country to which a section applies on the day."""
    return sends_out & US_EMBARGOES.where(id=control).names(Destination.country, LAW_DATE)


un = chapter.rule(
    PART_746["§ 746.1(b)(3)"],
    "An item that is controlled for reasons of the United Nations needs a licence for the states under "
    "its arms embargoes.",
    when=bound_for("746-1-b") & items(un="yes"),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.ACT,
)
cuba = chapter.rule(
    PART_746["§ 746.2(a)"],
    "Every item needs a licence for Cuba, and most applications are denied as a matter of policy.",
    when=bound_for("746-2"),
    then=Outcome.AUTHORISATION,
    review=DENIED,
    triggered_by=Trigger.ACT,
)
iraq = chapter.rule(
    PART_746["§ 746.3(a)(1) to (3)"],
    "An item that is controlled for national security, missiles, nuclear, chemical or biological weapons, "
    "regional stability, crime control, encryption, significant items, surreptitious interception or "
    "reasons of the United Nations needs a licence for Iraq, whatever the country chart says.",
    when=bound_for("746-3")
    & any_of(
        *(items(ns="yes"), items(rs="yes"), items(ei="yes"), items(sl="yes"), items(un="yes")),
        *(items(cc="1"), items(cc="all"), items(cc="not_ca"), other_entry),
    ),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.ACT,
    id="746-3-a-1",
)
iraq_military = chapter.rule(
    PART_746["§ 746.3(a)(4)"],
    "Every item needs a licence for Iraq if the exporter knows of, or is told of, a military end-use, or an "
    "end user that supports one and is no legitimate force; not for the government of Iraq or agencies of "
    "the United States. Applications are denied as a matter of policy.",
    when=bound_for("746-3")
    & (
        Knowledge.exporter_aware.includes_any("military_end_use")
        | Knowledge.authority_informed.includes_any("military_end_use")
    )
    & ~EndUser.acts_for_state
    & ~Us.for_us_agency,
    then=Outcome.AUTHORISATION,
    review=DENIED,
    triggered_by=Trigger.KNOWLEDGE,
)
north_korea = chapter.rule(
    PART_746["§ 746.4(a)"],
    "Every item but food and medicine needs a licence for North Korea; applications are reviewed case by "
    "case, and those for arms and luxury goods are denied as a matter of policy.",
    when=bound_for("746-4"),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.ACT,
)
occupied = chapter.rule(
    PART_746["§ 746.6(a)"],
    "Every item but food, medicine and free software for personal communication needs a licence for Crimea "
    "and the occupied Donetsk and Luhansk regions, unless the government of Ukraine deploys it; with few "
    "exceptions, applications are denied as a matter of policy.",
    when=bound_for("746-6") & Us.occupied_area,
    then=Outcome.AUTHORISATION,
    review=DENIED,
    triggered_by=Trigger.ACT,
)
iran = chapter.rule(
    PART_746["§ 746.7(a)(1)(i)"],
    "An item with a column of the country chart in its entry, and every item for surreptitious "
    "interception, needs a licence for Iran; no license exception applies, and most applications are "
    "denied. A licence of the Treasury is enough.",
    when=bound_for("746-7") & listed,
    then=Outcome.AUTHORISATION,
    review=DENIED,
    triggered_by=Trigger.ACT,
)
iran_treasury = chapter.rule(
    PART_746["§ 746.7(e)"],
    "No item may go to Iran without a licence where the Treasury's regulations on Iran forbid it.",
    when=bound_for("746-7") & ~listed,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.ACT,
    checked=EvidenceLevel.UNREAD,
    note="The paragraph was read; the regulations of the Treasury (31 CFR part 560) were not.",
)
russia_listed = chapter.rule(
    PART_746["§ 746.8(a)(1)"],
    "Every item in an entry of the Commerce Control List needs a licence for Russia and Belarus, but for "
    "ordinary telecommunications equipment and mass-market encryption for civil branches of American and "
    "allied firms and for allied missions. Most applications are denied as a matter of policy.",
    when=bound_for("746-8-a-1")
    & listed
    & ~(
        Us.allied_user
        & Us.entry.includes_any("5A991", "5A992", "5D992")
        & ~Item.annex_i_entry.includes_any("*")
    ),
    then=Outcome.AUTHORISATION,
    review=DENIED,
    triggered_by=Trigger.ACT,
)
russia_headings = chapter.rule(
    PART_746["§ 746.8(a)(5) to (8)"],
    "Items that the supplements list by customs heading, and some software, need a licence for Russia and "
    "Belarus although no entry of the Commerce Control List names them.",
    when=bound_for("746-8-a-1") & ~listed,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.ACT,
    checked=EvidenceLevel.UNREAD,
    note="The paragraphs were read, the supplements were not: cameras and telecommunications goods may be in "
    "them.",
)
syria = chapter.rule(
    PART_746["§ 746.9(a)"],
    "Every item but food and medicine needs a licence for Syria, and most applications are denied as a "
    "matter of policy.",
    when=bound_for("746-9"),
    then=Outcome.AUTHORISATION,
    review=DENIED,
    triggered_by=Trigger.ACT,
    note="The text of January 2025 was read; from 2 September 2025 license exception SPP spares what no "
    "entry lists.",
)
