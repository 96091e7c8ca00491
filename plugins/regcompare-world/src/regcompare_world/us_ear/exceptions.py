"""Part 740: license exceptions, each with its limits; where a limit was not read, it is open."""

from __future__ import annotations

import datetime as dt

from regcompare.authoring import (
    LAW_DATE,
    Chapter,
    Condition,
    Country,
    Destination,
    EndUser,
    EvidenceLevel,
    Item,
    Outcome,
    Period,
    Term,
    Transaction,
    Trigger,
    any_of,
)
from regcompare_world.facts import Us
from regcompare_world.tables import US_COUNTRIES, US_LIMITS

from .control_list import cc_1, cc_all, chart, ei, items, listed, needs_ns_licence, ns, rs, sl
from .embargoes import cuba, iraq, north_korea, occupied, russia_listed, syria, un
from .end_users import military_intelligence, military_intelligence_informed
from .texts import PART_740

chapter = Chapter()


def in_group(country: Country, *groups: str) -> Condition:
    """Returns that a country is in one of the Country Groups."""
    return any_of(*(US_COUNTRIES.where(list=group).names(country, LAW_DATE) for group in groups))


def covered(exception: str) -> Condition:
    """Returns that every entry that needs a licence for national security admits an exception."""
    admits, bars = ({exception: word} for word in ("yes", "no"))
    return needs_ns_licence(**admits) & ~needs_ns_licence(**bars)


for_ns_only = Term(
    "licence needed for national security and for no other reason",
    PART_740["§ 740.2(a) and § 738.4(a)(2)"],
    ns.when & ~any_of(*(rule.when for rule in (chart, rs, cc_1, cc_all, sl, ei))),
)
group_b = Term(
    "destination in Country Group B",
    PART_740["Supplement No. 1"],
    in_group(Destination.country, "b"),
)
gbs_destination = Term(
    "destination in Country Group B, Sudan and Ukraine left out",
    PART_740["§ 740.4"],
    group_b & ~US_LIMITS.where(list="no_gbs_tsr").names(Destination.country, LAW_DATE),
)

# Section 740.3 - shipments of limited value
lvs = chapter.rule(
    PART_740["§ 740.3"],
    "License exception LVS covers an order within the value that the entry names, for Country Group B.",
    when=for_ns_only & covered("lvs") & group_b & Us.small_order,
    overrides=ns,
    then=Outcome.GENERAL_AUTHORISATION,
    triggered_by=Trigger.CLASSIFICATION,
    checked=EvidenceLevel.SECONDARY,
    id="lvs",
)

# Section 740.4 - shipments to Country Group B
gbs = chapter.rule(
    PART_740["§ 740.4"],
    "License exception GBS covers commodities whose entry admits it and that need a licence for national "
    "security only, for Country Group B without Sudan and Ukraine.",
    when=for_ns_only & Item.form.is_in("goods") & covered("gbs") & gbs_destination,
    overrides=ns,
    then=Outcome.GENERAL_AUTHORISATION,
    triggered_by=Trigger.CLASSIFICATION,
    note="The section says nothing about the user or the use. It covers systems that monitor internet traffic "
    "(5A001.j), although the entries of their test equipment and software bar it in words; that may be an "
    "oversight of 86 FR 58205, whose preamble was not read.",
    id="gbs",
)

# Section 740.6 - technology and software under restriction
tsr = chapter.rule(
    PART_740["§ 740.6"],
    "License exception TSR covers software and technology whose entry admits it and that need a licence for "
    "national security only, for Country Group B without Sudan and Ukraine, once the importer has given its "
    "written assurance.",
    when=for_ns_only
    & Item.form.is_in("software", "technology")
    & (needs_ns_licence(tsr="yes") | needs_ns_licence(tsr="a_5"))
    & ~needs_ns_licence(tsr="no")
    & ~(needs_ns_licence(tsr="a_5") & ~in_group(Destination.country, "a_5"))
    & gbs_destination
    & Us.written_assurance,
    overrides=ns,
    then=Outcome.GENERAL_AUTHORISATION,
    triggered_by=Trigger.CLASSIFICATION,
    checked=EvidenceLevel.SECONDARY,
    id="tsr",
)

# Sections 740.9 and 740.10 - temporary exports, servicing
temporary = chapter.rule(
    PART_740["§§ 740.9 and 740.10"],
    "License exceptions TMP and RPL cover temporary exports, and servicing and replacement.",
    when=any_of(*(rule.when for rule in (ns, rs, ei, chart, iraq)))
    & ~any_of(*(rule.when for rule in (cc_1, cc_all, sl)))
    & Transaction.purpose.is_in("repair_return", "exhibition", "private_demonstration"),
    overrides=(ns, rs, ei, chart, iraq),
    then=Outcome.GENERAL_AUTHORISATION,
    triggered_by=Trigger.ACT,
    checked=EvidenceLevel.UNREAD,
    note="The sections were not read. § 740.2(a)(3) bars them for surreptitious interception and (a)(4), but "
    "for close allies, for crime control.",
    id="tmp-rpl",
)

# Section 740.11 - official use by agencies of the United States
no_exception = Term(
    "technology for surreptitious interception, or an implement of torture",
    PART_740["§ 740.2(a)(3)"],
    Item.annex_i_entry.includes_any("5E001/5A001.f.1") | Us.entry.includes_any("5E980", "0A983"),
)
_BY_ITEM = (chart, ns, rs, cc_1, cc_all, sl, ei)
_BY_COUNTRY = (un, cuba, iraq, north_korea, occupied, russia_listed, syria)
_BY_USER = (military_intelligence, military_intelligence_informed)
gov = chapter.rule(
    PART_740["§ 740.11(b)(2)(ii)"],
    "License exception GOV covers items for the official use of an agency of the United States, but not "
    "technology for surreptitious interception.",
    when=any_of(*(rule.when for rule in (*_BY_ITEM, *_BY_COUNTRY, *_BY_USER)))
    & Us.for_us_agency
    & ~no_exception,
    overrides=(*_BY_ITEM, *_BY_COUNTRY, *_BY_USER),
    then=Outcome.GENERAL_AUTHORISATION,
    triggered_by=Trigger.ACT,
    checked=EvidenceLevel.INFERRED,
    note="Known from § 740.2(a)(3), § 744.22(c) and part 746, which refer to it; the section itself, and what it says on "
    "cooperating governments, was not read.",
    id="gov",
)

# Section 740.17 - encryption
enc = chapter.rule(
    PART_740["§ 740.17"],
    "License exception ENC covers some encryption, cryptanalysis and forensic tools, but not for Country "
    "Groups E:1 and E:2, not for Russia and Belarus but for allied firms, and since 26 May 2022 not where "
    "the exporter knows or has reason to know of use against a system without its owner's authority.",
    when=(ei.when | ns.when | iraq.when | russia_listed.when)
    & items(enc="yes")
    & ~needs_ns_licence(enc="no")
    & ~any_of(*(rule.when for rule in (chart, rs, cc_1, cc_all, sl)))
    & ~in_group(Destination.country, "e_1", "e_2")
    & ~(russia_listed.when & ~Us.allied_user)
    & ~(Us.unauthorised_use & Period(dt.date(2022, 5, 26)).holds_on(LAW_DATE)),
    overrides=(ei, ns, iraq, russia_listed),
    then=Outcome.GENERAL_AUTHORISATION,
    triggered_by=Trigger.CLASSIFICATION,
    checked=EvidenceLevel.UNREAD,
    note="Paragraphs (b) to (d), which set apart forensic tools, government end users and classification "
    "requests, were not read.",
    id="enc",
)

# Section 740.20 - strategic trade authorization
sta = chapter.rule(
    PART_740["§ 740.20"],
    "License exception STA covers items for Country Group A:5, and those controlled for national security "
    "only for Country Group A:6, with a prior statement of the consignee; not encryption, not surreptitious "
    "interception, and not where the entry bars it.",
    when=any_of(ns.when, rs.when, cc_1.when)
    & ~any_of(chart.when, cc_all.when, sl.when, ei.when)
    & ~items(sta="no")
    & (
        in_group(Destination.country, "a_5")
        | in_group(Destination.country, "a_6") & ~any_of(rs.when, cc_1.when)
    )
    & Us.consignee_statement,
    overrides=(ns, rs, cc_1),
    then=Outcome.GENERAL_AUTHORISATION,
    triggered_by=Trigger.CLASSIFICATION,
    checked=EvidenceLevel.UNREAD,
    note="Paragraph (c), and what (d) asks of the statement, were not read.",
    id="sta",
)

# Section 740.22 - authorized cybersecurity exports
government_left_out = Term(
    "government end user whom the exception leaves out",
    PART_740["§ 740.22(c)(1)(ii)"],
    EndUser.acts_for_state
    & in_group(EndUser.country, "d_1", "d_2", "d_3", "d_4", "d_5")
    & ~(
        Us.ace_exceptions.includes_any("digital_artifact")
        & EndUser.kind.is_in("law_enforcement", "other_state_body")
        & in_group(EndUser.country, "a_6")
    ),
    note=(
        "The text also counts state-owned utilities, banks and the like from a quarter of the votes; a "
        "scenario states whether the end user acts for a state."
    ),
)
private_left_out = Term(
    "other end user whom the exception leaves out",
    PART_740["§ 740.22(c)(1)(iii)"],
    ~EndUser.acts_for_state
    & in_group(EndUser.country, "d_1", "d_5")
    & ~Us.ace_exceptions.includes_any("favourable_user", "incident_response"),
    checked=EvidenceLevel.SECONDARY,
)
ace = chapter.rule(
    PART_740["§ 740.22"],
    "License exception ACE covers cybersecurity items, but not for Country Groups E:1 and E:2; not for "
    "government end users in Country Groups D:1 to D:5, but for traces of an incident for the police of "
    "those that are in A:6; not for other end users in D:1 and D:5, but for favoured ones and for responses "
    "to incidents; and never where the exporter knows or has reason to know of use against a system without "
    "its owner's authority.",
    when=for_ns_only
    & covered("ace")
    & ~in_group(EndUser.country, "e_1", "e_2")
    & ~government_left_out
    & ~private_left_out
    & ~Us.unauthorised_use,
    overrides=ns,
    then=Outcome.GENERAL_AUTHORISATION,
    triggered_by=Trigger.CLASSIFICATION,
    checked=EvidenceLevel.SECONDARY,
    note="Paragraphs (a) and (b) were read; (c) is known from law firms' notes.",
    id="ace",
)

# Section 740.5 - Syria
spp = chapter.rule(
    PART_740["§ 740.5"],
    "License exception SPP covers what no entry lists, for Syria.",
    when=syria.when & ~listed,
    period=Period(dt.date(2025, 9, 2)),
    overrides=syria,
    then=Outcome.GENERAL_AUTHORISATION,
    triggered_by=Trigger.ACT,
    checked=EvidenceLevel.UNREAD,
    note="90 FR 42320: an account was read; whom it leaves out was not.",
    id="spp",
)
