"""Part 740: license exceptions, and the end users whom they leave out."""

from __future__ import annotations

from regcompare.authoring import LAW_DATE, Chapter, Checked, EndUser, Item, Outcome, Term, Trigger
from regcompare_world.facts import Us
from regcompare_world.tables import US_COUNTRIES, US_ITEMS

from .control_list import cc_1, chart, crime_control, ns_cyber, ns_interception, sl
from .texts import PART_740

chapter = Chapter()


def _names(group: str) -> Term:
    table = US_COUNTRIES.where(list=group)
    return Term(
        f"place of use in the group {group}",
        PART_740["Supplement No. 1"],
        table.names(EndUser.country, LAW_DATE),
    )


government_left_out = Term(
    "government end user whom the exception leaves out",
    PART_740["§ 740.22(c)(1)(ii)"],
    EndUser.acts_for_state & _names("ace_no_government"),
    note=(
        "The text also counts state-owned utilities, banks and the like from a quarter of the votes; a "
        "scenario states whether the end user acts for a state."
    ),
)
private = chapter.interpretation(
    "us-ace-private",
    PART_740["§ 740.22(c)(1)(iii)"],
    "Does license exception ACE leave out end users other than governments in Country Groups D:1 and D:5?",
    readings={"left_out": "Yes, with exceptions.", "covered": "No, only government end users."},
    within={"covered": "left_out"},
    default="open",
    reason="The paragraph was not read; an account says that some such end users are left out.",
    checked=Checked.UNREAD,
)
private_left_out = Term(
    "other end user whom the exception leaves out",
    PART_740["§ 740.22(c)(1)(iii)"],
    private.is_read_as("left_out") & ~EndUser.acts_for_state & _names("ace_no_private"),
)

# Section 740.2 - no exception for technology for surreptitious interception
interception_technology = Term(
    "technology for surreptitious interception",
    PART_740["§ 740.2(a)(3)"],
    US_ITEMS.where(list="surreptitious_technology").lists(Item.annex_i_entry, LAW_DATE)
    | Us.entry.includes_any("5E980"),
)

# Section 740.11 - official use by agencies of the United States
gov = chapter.rule(
    PART_740["§ 740.11(b)(2)(ii)"],
    "License exception GOV covers items for the official use of an agency of the United States, but not "
    "technology for surreptitious interception.",
    when=(chart.when | ns_cyber.when | ns_interception.when | cc_1.when | sl.when)
    & Us.for_us_agency
    & ~interception_technology,
    lifts=(chart, ns_cyber, ns_interception, cc_1, sl),
    then=Outcome.GENERAL_AUTHORISATION,
    triggered_by=Trigger.ACT,
    id="gov",
)

# Section 740.22 - authorized cybersecurity exports
ace = chapter.rule(
    PART_740["§ 740.22"],
    "License exception ACE covers cybersecurity items, but not for embargoed states, not for government "
    "end users in Country Groups D:1 to D:5, not for some other end users, and never where the exporter "
    "knows or has reason to know of use against a system without its owner's authority.",
    when=ns_cyber.when
    & ~_names("ace_nobody")
    & ~government_left_out
    & ~private_left_out
    & ~Us.unauthorised_use
    & ~crime_control,
    lifts=ns_cyber,
    then=Outcome.GENERAL_AUTHORISATION,
    triggered_by=Trigger.CLASSIFICATION,
    id="ace",
)
