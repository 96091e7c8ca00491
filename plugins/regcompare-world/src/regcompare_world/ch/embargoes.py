"""Ordinances under the Embargo Act: what each restricts for its destination, and the freezes."""

from __future__ import annotations

import datetime as dt

from regcompare.authoring import (
    Chapter,
    EndUser,
    Evidence,
    EvidenceLevel,
    Instrument,
    Item,
    Outcome,
    Term,
    Transaction,
    Trigger,
    any_of,
)
from regcompare.vocabulary import takes_part
from regcompare_eu.facts import INTERCEPTION_HEADS, Eu
from regcompare_world.facts import CH_LISTED
from regcompare_world.restrictions import Law
from regcompare_world.tables import CH_EMBARGOES, CH_UNREAD_SINCE

from .goods_control import licensed, listed, sends_out
from .texts import ACT

chapter = Chapter()

EMBARGO_ACT = Instrument(
    "Embargo Act",
    "Federal Act of 22 March 2002 on the Implementation of International Sanctions (Embargo Act)",
    "SR 946.231",
    address="https://www.fedlex.admin.ch/eli/cc/2002/564/de",
    checked=Evidence(
        EvidenceLevel.TEXT,
        "SR 946.231, Articles 1 and 2, state of 1 January 2003",
        dt.date(2026, 12, 1),
        "Read in a public copy of Fedlex.",
    ),
)

supplied = Term(
    "export of goods, software or technology",
    EMBARGO_ACT["the bans"],
    sends_out & ~Item.form.is_in("service"),
)
_monitors = Eu.primarily_interception | Item.takes_data_from_ict_systems
listed_doubt = chapter.interpretation(
    "ch-interception-listed",
    EMBARGO_ACT["annexes on surveillance"],
    "Do the annexes on equipment for surveillance leave out what Annex 2 to the Goods Control Ordinance lists, "
    "as those of the Union leave out its list?",
    readings={
        "within": "No: a listed interceptor is banned like any other.",
        "apart": "Yes: what is listed is left to the Goods Control Act.",
    },
    within={"apart": "within"},
    default="open",
    reason="The articles have no such exception; the annexes were not read.",
    checked=EvidenceLevel.INFERRED,
)
_under_a_head = Eu.interception_heads.includes_any(*INTERCEPTION_HEADS)
interception_equipment = Term(
    "equipment, technology or software for the surveillance of communications",
    EMBARGO_ACT["annexes on surveillance"],
    ~Item.form.is_in("service")
    & _under_a_head
    & _monitors
    & listed_doubt.choose(within=_under_a_head, apart=_under_a_head & ~listed),
    note="The heads are taken to be those of the Union's annexes, whose words the articles have.",
    checked=EvidenceLevel.INFERRED,
)

LAW = Law(
    chapter=chapter,
    table=CH_EMBARGOES,
    since=CH_UNREAD_SINCE,
    supply=supplied,
    listed=listed,
    list_name="Annex 2 to the Goods Control Ordinance",
    repression=Eu.repression_list_item.__condition__(),
    interception=interception_equipment,
    interception_service=Eu.primarily_interception.__condition__(),
    military_help=EndUser.kind.is_in("military"),
    authority="SECO",
    begins=dt.date(1997, 10, 1),
    is_cited_by_year=True,
    checked=Evidence(
        EvidenceLevel.TEXT,
        read_on=dt.date(2026, 12, 1),
        note="The articles, in a public copy of Fedlex; no annex is in the copies.",
    ),
)
bans = tuple(
    rule for rule in LAW.declare() if rule.triggered_by is Trigger.CLASSIFICATION and not rule.overrides
)
"""The bans on items, not on services as such."""
embargo = chapter.rule(
    ACT["Art. 6(1)(c)"],
    "A licence must be refused where coercive measures under the Embargo Act forbid the supply.",
    when=licensed
    & any_of(*(ban.when for ban in bans if ban.then is Outcome.PROHIBITION))
    & ~Eu.derogation,
    then=Outcome.REFUSAL,
    states="the authority, where an ordinance forbids the supply",
    triggered_by=Trigger.ACT,
    id="gca-6-1-c",
    fires="ch-ru-dual-use as of 2022-03-04",
    misses="ch-ru-dual-use-derogation as of 2022-03-04",
)
freeze = chapter.rule(
    EMBARGO_ACT["freezes of the ordinances"],
    "No funds, goods, software or technology may be made available to a person on the list of an ordinance "
    "under the Embargo Act: economic resources are assets of every kind.",
    when=takes_part(CH_LISTED) & (supplied | Transaction.kind.is_in("financing")),
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.ACT,
    checked=Evidence(
        EvidenceLevel.TEXT,
        "SR 946.231.157.5, Art. 2(2), state of 7 May 2020; SR 946.231.172.7, Art. 1(c)",
        dt.date(2026, 12, 1),
        "The ordinances on Myanmar and Syria; the others were read by their headings.",
    ),
    note="SECO may license hardship, older contracts, humanitarian aid and Swiss interests (for Myanmar, Art. "
    "2(3)).",
    id="ch-freeze",
    fires="listed-party",
    misses="to-kuwait",
)
INSTRUMENTS = tuple(
    dict.fromkeys(item.cite.instrument for item in chapter if item.cite.instrument is not ACT)
)
"""The ordinances, each as a text of its own, and the act under which they are."""
chapter.left_out(
    EMBARGO_ACT["transit, transport and insurance"],
    "Transit and transport through Switzerland, insurance, and services of other kinds with banned goods.",
    "The ordinances ban them along with the supply; the ruleset does not cover transit, and no question asks "
    "for insurance.",
)
