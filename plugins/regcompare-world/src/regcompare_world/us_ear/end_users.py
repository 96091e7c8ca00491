"""Part 744: end uses and end users that need a licence whatever the item is."""

from __future__ import annotations

import datetime as dt

from regcompare.authoring import (
    LAW_DATE,
    Chapter,
    Condition,
    EndUser,
    EvidenceLevel,
    Exporter,
    Knowledge,
    LicensingPolicy,
    Outcome,
    Period,
    Review,
    Term,
    Transaction,
    Trigger,
)
from regcompare.vocabulary import takes_part
from regcompare_world.facts import ENTITIES, MILITARY_INTELLIGENCE, SUPPORT, Us
from regcompare_world.tables import US_ENTITY_LIST, US_LIMITS

from .control_list import listed, sends_out
from .review import BUREAU
from .texts import PART_744

chapter = Chapter()

PRESUMED = Review(LicensingPolicy.PRESUMPTION, found_by=BUREAU)
DENIED = Review(LicensingPolicy.POLICY, found_by=BUREAU)


def used_in(group: str) -> Condition:
    """Returns that the place of use is among the states that a section names."""
    return US_LIMITS.where(list=group).names(EndUser.country, LAW_DATE)


def listed_party(policy: str) -> Condition:
    """Returns that a party to the transaction is listed with this policy for applications."""
    rows = US_ENTITY_LIST.where(policy=policy)
    return rows.rows_that(lambda row: takes_part(ENTITIES[row["party"]]), LAW_DATE)


knows_of_weapons = Knowledge.exporter_aware.includes_any(
    "wmd"
) | Knowledge.authority_informed.includes_any("wmd")
for_military_intelligence = Term(
    "known to be for military intelligence of a named state",
    PART_744["§ 744.22(a)"],
    Us.military_intelligence & used_in("military_intelligence"),
)

# Sections 744.2 to 744.4 - weapons of mass destruction
weapons = chapter.rule(
    PART_744["§§ 744.2 to 744.4"],
    "An item needs a licence if the exporter knows, or is told, that it is for nuclear, chemical or "
    "biological weapons or their missiles.",
    when=sends_out & knows_of_weapons,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.KNOWLEDGE,
    checked=EvidenceLevel.UNREAD,
    note="An account was read; which close allies are spared for nuclear uses was not.",
)

# Section 744.6 - support by persons of the United States
support = chapter.rule(
    PART_744["§ 744.6(b)"],
    "A person of the United States needs a licence to support, even without an item, weapons of mass "
    "destruction or, since 16 March 2021, military intelligence of a named state.",
    when=(
        Transaction.kind.is_in(SUPPORT)
        | (
            Transaction.kind.is_in("technical_assistance", "hosted_service", "brokering", "financing")
            & Exporter.country.is_in("US")
        )
    )
    & (knows_of_weapons | for_military_intelligence),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.KNOWLEDGE,
    note="Close allies are spared for nuclear uses; which was not read.",
)

# Section 744.9 - cameras for military end users
cameras = chapter.rule(
    PART_744["§ 744.9"],
    "Some thermal cameras that are controlled for anti-terrorism only need a licence for military end "
    "users.",
    when=sends_out & Us.entry.includes_any("6A993") & EndUser.kind.is_in("military"),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.KNOWLEDGE,
    checked=EvidenceLevel.UNREAD,
    note="The entry points to the section, which was not read.",
)

# Section 744.11 - the Entity List
entity_list = chapter.rule(
    PART_744["§ 744.11(a)"],
    "Every item needs a licence where a party to the transaction is on the Entity List; for most of the "
    "surveillance firms and police bodies on it there is a presumption of denial, and no license exception "
    "applies.",
    when=sends_out & listed_party("presumption of denial"),
    then=Outcome.AUTHORISATION,
    review=PRESUMED,
    triggered_by=Trigger.ACT,
    note="As purchaser, ultimate consignee or end user; only rows of surveillance firms and police bodies are "
    "in the table. For some rows protective gear and what serves against infectious disease is reviewed case "
    "by case.",
)
entity_list_policy = chapter.rule(
    PART_744["Supplement No. 4, rows with a policy of denial"],
    "Every item needs a licence where a party is on the Entity List with a policy of denial, and no license "
    "exception applies.",
    when=sends_out & listed_party("policy of denial"),
    then=Outcome.AUTHORISATION,
    review=DENIED,
    triggered_by=Trigger.ACT,
    id="744-11-a-policy",
)
affiliates = chapter.rule(
    PART_744["§ 744.11(a), affiliates"],
    "A party of which listed parties own at least half is treated as they are.",
    when=sends_out & Us.owned_by_listed,
    period=Period(dt.date(2025, 9, 29)),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.ACT,
    checked=EvidenceLevel.UNREAD,
    note="90 FR 47201: the opening of the rule was read; whether it was suspended in November 2025 was not.",
    id="744-11-affiliates",
)

# Section 744.21 - military end uses and end users
military_end_user = Term(
    "military end use or military end user",
    PART_744["§ 744.21(f) and (g)"],
    EndUser.kind.is_in("military")
    | Knowledge.exporter_aware.includes_any("military_end_use")
    | EndUser.kind.is_in("law_enforcement", "intelligence") & Us.military_end_user,
    note="A military end user is taken to be known to the exporter. The definition was not read; armed forces "
    "are in it, and accounts name national police and government intelligence bodies.",
)
military_all_items = chapter.rule(
    PART_744["§ 744.21(a)(2)"],
    "Every item needs a licence for a military end use or end user in Russia or Belarus; most applications "
    "are denied as a matter of policy.",
    when=sends_out & military_end_user & used_in("military_all_items"),
    then=Outcome.AUTHORISATION,
    review=DENIED,
    triggered_by=Trigger.KNOWLEDGE,
)
military_supplement = chapter.rule(
    PART_744["§ 744.21(a)(1)"],
    "Items of Supplement No. 2 need a licence for a military end use or end user in Myanmar, Cambodia, "
    "China, Nicaragua or Venezuela; denial is presumed.",
    when=sends_out & military_end_user & listed & used_in("supplement_2"),
    then=Outcome.AUTHORISATION,
    review=PRESUMED,
    triggered_by=Trigger.KNOWLEDGE,
    checked=EvidenceLevel.UNREAD,
    note="Which items the supplement lists was not read; what no entry lists is not in it.",
)
military_informed = chapter.rule(
    PART_744["§ 744.21(b)"],
    "An item needs a licence where the authority tells the exporter that it is or may be for a military end "
    "use or end user in one of these states.",
    when=sends_out
    & Knowledge.authority_informed.includes_any("military_end_use")
    & (used_in("military_all_items") | used_in("supplement_2")),
    then=Outcome.AUTHORISATION,
    review=PRESUMED,
    triggered_by=Trigger.AUTHORITY,
)

# Section 744.22 - military intelligence
military_intelligence = chapter.rule(
    PART_744["§ 744.22(a)"],
    "Every item needs a licence if the exporter knows that it is intended for military intelligence of a "
    "named state; denial is presumed.",
    when=sends_out & for_military_intelligence,
    then=Outcome.AUTHORISATION,
    review=PRESUMED,
    triggered_by=Trigger.KNOWLEDGE,
)
military_intelligence_informed = chapter.rule(
    PART_744["§ 744.22(b)"],
    "Every item needs a licence if the authority tells the exporter that it is or may be for military "
    "intelligence of such a state.",
    when=sends_out
    & Knowledge.authority_informed.includes_any(MILITARY_INTELLIGENCE)
    & used_in("military_intelligence"),
    then=Outcome.AUTHORISATION,
    review=PRESUMED,
    triggered_by=Trigger.AUTHORITY,
)
