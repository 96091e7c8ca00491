"""Parts 738 and 742: which items need a licence for which destinations."""

from __future__ import annotations

import datetime as dt

from regcompare.authoring import (
    LAW_DATE,
    Chapter,
    Condition,
    Destination,
    Evidence,
    EvidenceLevel,
    Item,
    LicensingPolicy,
    Outcome,
    Review,
    Term,
    Transaction,
    Trigger,
    any_of,
)
from regcompare_world.facts import DEEMED_EXPORT, REEXPORT, US_ENTRIES, Us
from regcompare_world.tables import US_COUNTRIES, US_ITEMS

from .review import BUREAU, CRIME_CONTROL_REVIEW
from .texts import PART_734, PART_738, PART_742

chapter = Chapter()

_READ = dt.date(2026, 11, 28)
_COPY = "copy of the electronic Code of Federal Regulations in a public repository"

sends_out = Term(
    "export or reexport",
    PART_734["§§ 734.13 and 734.14"],
    Transaction.kind.is_in("export", "electronic_export", REEXPORT, DEEMED_EXPORT)
    & ~Destination.country.is_in("US"),
    note="A release of technology or source code to a foreigner at home is an export to that person's country.",
)


def items(**flags: str) -> Condition:
    """Returns that the item meets an entry of which the Commerce Control List says this."""
    core, own = (US_ITEMS.where(scheme=scheme, **flags) for scheme in ("core", "us"))
    return any_of(
        core.lists(Item.annex_i_entry, LAW_DATE),
        own.rows_that(lambda row: Us.entry.includes_any(row["pattern"]), LAW_DATE),
    )


def marked(column: str) -> Condition:
    """Returns that the country chart marks the destination in a column."""
    return US_COUNTRIES.where(list=column).names(Destination.country, LAW_DATE)


def needs_ns_licence(**flags: str) -> Condition:
    """Returns that an entry of which the list says this needs a licence for national security.

    Whatever column 2 marks, column 1 marks too, so that an entry whose points have different columns
    needs one wherever column 2 has a mark.
    """
    return items(ns="yes", **flags) & marked("ns_2") | items(ns_1="yes", **flags) & marked("ns_1")


listed = Term(
    "item on the Commerce Control List",
    PART_738["§ 738.3"],
    Item.annex_i_entry.includes_any("*") | Us.entry.includes_any(*US_ENTRIES),
)
_patterns = (row["pattern"].partition("!")[0] for row in US_ITEMS if row["scheme"] == "core")
other_entry = Term(
    "item in another entry",
    PART_738["§ 738.3"],
    Item.annex_i_entry.includes_any("!".join(["*", *dict.fromkeys(_patterns)])),
    note="One that the table of surveillance entries does not have.",
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
ns = chapter.rule(
    PART_742["§ 742.4(a)"],
    "An item that is controlled for national security needs a licence for the destinations that the "
    "country chart marks in its column; applications are considered favourably for destinations outside "
    "Country Group D:1, and case by case for those in it.",
    when=sends_out & needs_ns_licence(),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.CLASSIFICATION,
    checked=Evidence(
        EvidenceLevel.TEXT, f"15 CFR 742.4(a), states of about 2020 and 2022, {_COPY}", _READ
    ),
    id="742-4-a",
    misses="platform-to-canada",
)

# Section 742.6 - regional stability, columns 1 and 2
rs = chapter.rule(
    PART_742["§ 742.6(a)"],
    "An item that is controlled for regional stability, such as a thermal camera, needs a licence for the "
    "destinations that the country chart marks in its column.",
    when=sends_out & (items(rs="yes") & marked("rs_2") | items(rs_1="yes") & marked("rs_1")),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.CLASSIFICATION,
    id="742-6-a",
)

# Section 742.7 - crime control
CRIME_CONTROL_TEXT = Evidence(
    EvidenceLevel.TEXT,
    "15 CFR 742.7(a), bis.gov, version of 6 January 2025",
    _READ,
    "The policy of paragraph (b) is known from accounts.",
)
cc_1 = chapter.rule(
    PART_742["§ 742.7(a)(1)"],
    "Voice-print, fingerprint, polygraph and like items need a licence for the destinations that the "
    "country chart marks in crime control column 1; an application is considered favourably, case by case, "
    "unless there is civil disorder or, since October 2020, a risk that the items will be used to violate "
    "or abuse human rights.",
    when=sends_out & items(cc="1") & marked("cc_1"),
    then=Outcome.AUTHORISATION,
    review=CRIME_CONTROL_REVIEW,
    triggered_by=Trigger.CLASSIFICATION,
    checked=CRIME_CONTROL_TEXT,
)
cc_all = chapter.rule(
    PART_742["§ 742.7(a)(2) to (4)"],
    "Equipment for executions and implements of torture need a licence for every destination, restraints "
    "and discharge weapons for every destination but Canada.",
    when=sends_out & (items(cc="all") | items(cc="not_ca") & ~Destination.country.is_in("CA")),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.CLASSIFICATION,
    checked=CRIME_CONTROL_TEXT,
    id="742-7-a-2",
)

# Section 742.13 - surreptitious interception
sl = chapter.rule(
    PART_742["§ 742.13(a)"],
    "A device primarily useful for surreptitious interception, such as a fake base station that takes "
    "content, and its software and technology need a licence for every destination; there is a general "
    "policy of denial, except for providers of communications in the normal course of business and for "
    "government agencies of the United States.",
    when=sends_out & items(sl="yes"),
    then=Outcome.AUTHORISATION,
    review=Review(
        LicensingPolicy.POLICY,
        found_by=BUREAU,
        cite=PART_742["§ 742.13(b)"],
        checked=EvidenceLevel.SECONDARY,
    ),
    triggered_by=Trigger.CLASSIFICATION,
)

# Section 742.15 - encryption
ei = chapter.rule(
    PART_742["§ 742.15(a)(1)"],
    "Encryption, cryptanalysis and tools that extract data from locked devices need a licence for every "
    "destination but Canada.",
    when=sends_out & items(ei="yes") & ~Destination.country.is_in("CA"),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.CLASSIFICATION,
    checked=Evidence(
        EvidenceLevel.TEXT, f"15 CFR 742.15(a)(1), state of 1 September 2026, {_COPY}", _READ
    ),
)
