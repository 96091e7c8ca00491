"""Parts 738, 742 and 746: which items need a licence for which destinations."""

from __future__ import annotations

import datetime as dt

from regcompare.authoring import (
    LAW_DATE,
    Chapter,
    Checked,
    Destination,
    Evidence,
    Item,
    Outcome,
    Period,
    Review,
    Term,
    Transaction,
    Trigger,
    Weighing,
)
from regcompare_world.facts import DEEMED_EXPORT, REEXPORT, Us
from regcompare_world.tables import US_COUNTRIES, US_ITEMS

from .review import BUREAU, CRIME_CONTROL_REVIEW
from .texts import PART_734, PART_738, PART_742, PART_746

chapter = Chapter()

sends_out = Term(
    "export or reexport",
    PART_734["§§ 734.13 and 734.14"],
    Transaction.kind.is_in("export", "electronic_export", REEXPORT, DEEMED_EXPORT)
    & ~Destination.country.is_in("US"),
    note="A release of technology or source code to a foreigner at home is an export to that person's country.",
)
surreptitious = Term(
    "device primarily useful for surreptitious interception",
    PART_742["§ 742.13(a)"],
    US_ITEMS.where(list="surreptitious").lists(Item.annex_i_entry, LAW_DATE)
    | Us.entry.includes_any("5A980")
    | (Us.entry.includes_any("5D980", "5E980") & Period(dt.date(2006, 11, 20)).holds_on(LAW_DATE)),
)
crime_control = Term(
    "item controlled for crime control",
    PART_742["§ 742.7(a)(1)"],
    Us.entry.includes_any("3A980", "3A981", "3D980", "3E980", "4A980", "4D980", "4E980"),
)
interception = Term(
    "interception item controlled for national security",
    PART_742["§ 742.4(a)"],
    US_ITEMS.where(list="interception").lists(Item.annex_i_entry, LAW_DATE),
)
cyber = Term(
    "cybersecurity item",
    PART_742["§ 742.4(a)"],
    US_ITEMS.where(list="cyber").lists(Item.annex_i_entry, LAW_DATE),
)
_own = "!".join(["*", *dict.fromkeys(row["pattern"] for row in US_ITEMS)])
other_entry = Term(
    "item in another entry",
    PART_738["§ 738.3"],
    Item.annex_i_entry.includes_any(_own),
)

# Part 738 - the country chart, for entries that the tables here lack
chart = chapter.rule(
    PART_738["§ 738.3(a)"],
    "An item needs a licence where the country chart marks the destination for the reason for which its "
    "entry is controlled.",
    when=sends_out & other_entry & Us.chart_marks_destination,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.CLASSIFICATION,
)

# Section 742.4 - national security, columns 1 and 2
ns_cyber = chapter.rule(
    PART_742["§ 742.4(a) (cybersecurity items)"],
    "A cybersecurity item, such as an intrusion platform or a system that monitors internet traffic, "
    "needs a licence for every destination but Canada.",
    when=sends_out & cyber & ~Destination.country.is_in("CA"),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.CLASSIFICATION,
    checked=Evidence(
        Checked.SECONDARY,
        "Section 742.4(a) in a copy; summary of the rule of 21 October 2021, 86 FR 58205",
        dt.date(2026, 11, 26),
        "That all these entries are in column 1 was not read; for 5A001.j it may be column 2.",
    ),
    id="742-4-cyber",
    misses="platform-to-canada",
)
ns_interception = chapter.rule(
    PART_742["§ 742.4(a) (interception items)"],
    "Equipment that intercepts mobile networks needs a licence for destinations outside Country Group "
    "A:1.",
    when=sends_out
    & interception
    & ~US_COUNTRIES.where(list="group_a_1").names(Destination.country, LAW_DATE),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.CLASSIFICATION,
    id="742-4-interception",
)

# Section 742.7 - crime control, column 1
cc_1 = chapter.rule(
    PART_742["§ 742.7(a)(1)"],
    "Voice-print, fingerprint, polygraph and like items need a licence for most destinations; an "
    "application is considered favourably, case by case, unless there is civil disorder or, since "
    "October 2020, a risk that the items will be used to violate or abuse human rights.",
    when=sends_out
    & crime_control
    & ~US_COUNTRIES.where(list="crime_control_free").names(Destination.country, LAW_DATE),
    then=Outcome.AUTHORISATION,
    review=CRIME_CONTROL_REVIEW,
    triggered_by=Trigger.CLASSIFICATION,
    checked=Evidence(
        Checked.TEXT,
        "15 CFR 742.7(a), bis.gov, version of 6 January 2025",
        dt.date(2026, 11, 26),
        "The country chart was read only for the first states of the alphabet; which states are free of "
        "column 1 is taken from reports, and the policy of paragraph (b) from accounts.",
    ),
)

# Section 742.13 - surreptitious interception
sl = chapter.rule(
    PART_742["§ 742.13(a)"],
    "A device primarily useful for surreptitious interception needs a licence for every destination; "
    "there is a general policy of denial, except for providers of communications in the normal course of "
    "business and for government agencies of the United States.",
    when=sends_out & surreptitious,
    then=Outcome.AUTHORISATION,
    review=Review(
        Weighing.POLICY,
        found_by=BUREAU,
        cite=PART_742["§ 742.13(b)"],
        checked=Checked.SECONDARY,
    ),
    triggered_by=Trigger.CLASSIFICATION,
)

# Part 746 - embargoes
embargo = chapter.rule(
    PART_746["§§ 746.2 to 746.9"],
    "Nearly every item needs a licence for an embargoed destination, and most applications are denied as "
    "a matter of policy.",
    when=sends_out & US_COUNTRIES.where(list="embargoed").names(Destination.country, LAW_DATE),
    then=Outcome.AUTHORISATION,
    review=Review(Weighing.POLICY, found_by=BUREAU, checked=Checked.OFFICIAL),
    triggered_by=Trigger.ACT,
    id="746",
)
