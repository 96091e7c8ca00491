"""The Goods Control Ordinance: which exports need a licence, and the refusal for weapons."""

from __future__ import annotations

import datetime as dt

from regcompare.authoring import (
    LAW_DATE,
    Addressee,
    Chapter,
    Destination,
    EndUse,
    Evidence,
    EvidenceLevel,
    Item,
    Knowledge,
    LicensingPolicy,
    Outcome,
    Period,
    Review,
    Standard,
    Term,
    Transaction,
    Trigger,
)
from regcompare_world.facts import ACT_GROUNDS, Ch
from regcompare_world.tables import CH_GOODS

from .texts import ACT, ORDINANCE, ORDINANCE_1997, SURVEILLANCE_2020

chapter = Chapter()

SWITCH = dt.date(2016, 7, 1)
"""The day from which the ordinance of 2016 applies in the place of that of 1997."""
BEFORE = Period(None, SWITCH)
SINCE = Period(SWITCH)

sends_out = Term(
    "export from the Swiss customs territory",
    ORDINANCE["Art. 1(2)"],
    Transaction.kind.is_in("export", "electronic_export") & ~Destination.country.is_in("CH", "LI"),
    note="Liechtenstein is part of it (customs treaty of 29 March 1923, SR 0.631.112.514, Art. 1).",
    checked=Evidence(
        EvidenceLevel.SECONDARY,
        "SR 946.202.1, Article 1(2); SR 0.631.112.514, Article 1, state of 29 October 2025, reprint at "
        "lex.gemeinde-bister.ch",
        dt.date(2026, 11, 28),
        "The official publication of the treaty was not opened.",
    ),
)
listed = Term(
    "dual-use goods listed in Annex 2",
    ORDINANCE["Art. 3(1)"],
    CH_GOODS.where(list="annex_2").lists(Item.annex_i_entry, LAW_DATE),
)

# Article 27 - the authority grants where nothing points to a ground of refusal
excepted_2020 = Term(
    "export for which the ordinance of 2020 requires no licence",
    SURVEILLANCE_2020["Art. 2(a) and (c)"],
    (Ch.own_authority | Ch.rescue) & Period(dt.date(2021, 1, 1)).holds_on(LAW_DATE),
)
surveillance_goods = Term(
    "goods for internet or mobile-network surveillance",
    SURVEILLANCE_2020["Annex"],
    CH_GOODS.where(list="surveillance").lists(Item.annex_i_entry, LAW_DATE),
    checked=EvidenceLevel.SECONDARY,
)
granted = Review(
    LicensingPolicy.FAVOURABLE,
    found_by="SECO",
    cite=ORDINANCE["Art. 27(1)"],
    checked=EvidenceLevel.SECONDARY,
)

reason_to_believe = Term(
    "knowledge, or reason to believe, that goods are for weapons",
    ORDINANCE["Art. 3(4)"],
    Knowledge.exporter_aware.includes_any("wmd")
    | Knowledge.exporter_suspects.includes_any("wmd")
    | Knowledge.authority_informed.includes_any("wmd"),
    note="An exporter to whom the authority says so has reason to believe it.",
)

# Article 3 - licence requirements; Article 4(f) - Swiss armed forces abroad
art_3_1 = chapter.rule(
    ORDINANCE["Art. 3(1)"],
    "Exporting listed dual-use goods requires a licence from SECO, unless Swiss armed "
    "forces take them abroad for missions or training of their own.",
    when=sends_out & listed & ~Ch.own_troops & ~(surveillance_goods & excepted_2020),
    note="The ordinance of 2020 applies to its goods in the place of this one (its Art. 5).",
    period=SINCE,
    then=Outcome.AUTHORISATION,
    review=granted,
    triggered_by=Trigger.CLASSIFICATION,
    id="gco-3-1",
)
art_3_4 = chapter.rule(
    ORDINANCE["Art. 3(4)"],
    "Whoever knows, or has reason to believe, that goods that are not listed, or that are excepted, are "
    "intended for nuclear, biological or chemical weapons must apply for a licence.",
    when=sends_out & (~listed | Ch.own_troops) & reason_to_believe,
    period=SINCE,
    then=Outcome.AUTHORISATION,
    review=granted,
    triggered_by=Trigger.KNOWLEDGE,
    id="gco-3-4",
)


# Article 25 - brokering
art_25_1 = chapter.rule(
    ORDINANCE["Art. 25(1)"],
    "Whoever knows, or has reason to believe, that goods are intended for nuclear, biological or chemical "
    "weapons must apply for a licence to broker them.",
    when=Transaction.kind.is_in("brokering") & reason_to_believe,
    period=SINCE,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.KNOWLEDGE,
    id="gco-25-1",
)

# Ordinance of 1997
licence_1997 = chapter.rule(
    ORDINANCE_1997["licence requirement (article not read)"],
    "Exporting listed dual-use goods requires a licence from SECO.",
    when=sends_out & listed,
    period=BEFORE,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.CLASSIFICATION,
    id="gco-1997-licence",
)
weapons_1997 = chapter.rule(
    ORDINANCE_1997["goods for weapons (article not read)"],
    "Whoever knows, or has reason to believe, that goods that are not listed are intended for nuclear, "
    "biological or chemical weapons must apply for a licence to export or broker them.",
    when=(sends_out & ~listed | Transaction.kind.is_in("brokering")) & reason_to_believe,
    period=BEFORE,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.KNOWLEDGE,
    checked=EvidenceLevel.UNREAD,
    id="gco-1997-weapons",
)


# Article 6 - refusal
def refusal(finding: str) -> Review:
    """Returns that the authority must refuse on a finding for which a reason to believe is enough."""
    return Review(LicensingPolicy.REFUSE, Standard.REASON_TO_BELIEVE, finding, found_by="SECO")


art_6_1_a = chapter.rule(
    ORDINANCE["Art. 6(1)(a)"],
    "SECO must refuse a licence if there is reason to believe that the goods are intended for nuclear, "
    "biological or chemical weapons.",
    when=(art_3_1.when | art_3_4.when) & EndUse.concerns.includes_any("wmd"),
    period=SINCE,
    then=Outcome.REFUSAL,
    review=refusal("use for such weapons"),
    triggered_by=Trigger.FINDING,
    id="gco-6-1-a",
)
art_25_2 = chapter.rule(
    ORDINANCE["Art. 25(2)"],
    "SECO must refuse to license brokering if it has reason to believe that the goods are intended for "
    "nuclear, biological or chemical weapons.",
    when=art_25_1.when & EndUse.concerns.includes_any("wmd"),
    period=SINCE,
    then=Outcome.REFUSAL,
    review=refusal("use for such weapons"),
    triggered_by=Trigger.FINDING,
    id="gco-25-2",
)
refusal_1997 = chapter.rule(
    ORDINANCE_1997["refusal (article not read)"],
    "SECO must refuse a licence if there is reason to believe that the goods are for nuclear, biological or "
    "chemical weapons, add to arms in a conflict, or will not stay with the declared end recipient.",
    when=(licence_1997.when | weapons_1997.when)
    & (
        EndUse.concerns.includes_any("wmd")
        | Ch.refusal_grounds.includes_any("conventional_arms", "diversion")
    ),
    period=BEFORE,
    then=Outcome.REFUSAL,
    review=refusal("one of these grounds"),
    triggered_by=Trigger.FINDING,
    checked=EvidenceLevel.UNREAD,
    id="gco-1997-refusal",
)
needs_licence = Term(
    "licence required by the Goods Control Ordinance", ORDINANCE["Art. 3"], art_3_1.when | art_3_4.when
)

art_6_1_b = chapter.rule(
    ORDINANCE["Art. 6(1)(b)"],
    "SECO must refuse a licence if there is reason to believe that the goods add to a state's conventional "
    "arms so that regional tension or a conflict grows.",
    when=needs_licence & Ch.refusal_grounds.includes_any("conventional_arms"),
    period=SINCE,
    then=Outcome.REFUSAL,
    review=refusal("arming that adds to tension"),
    triggered_by=Trigger.FINDING,
    id="gco-6-1-b",
)
art_6_1_c = chapter.rule(
    ORDINANCE["Art. 6(1)(c)"],
    "SECO must refuse a licence if there is reason to believe that the goods will not stay with the "
    "declared end recipient.",
    when=needs_licence & Ch.refusal_grounds.includes_any("diversion"),
    period=SINCE,
    then=Outcome.REFUSAL,
    review=refusal("diversion from the declared recipient"),
    triggered_by=Trigger.FINDING,
    id="gco-6-1-c",
)
licensed = Term(
    "licence required by the ordinance of the day",
    ACT["Art. 6(1)"],
    needs_licence & SINCE.holds_on(LAW_DATE) | licence_1997.when & BEFORE.holds_on(LAW_DATE),
)
act_6_1 = chapter.rule(
    ACT["Art. 6(1) and (1bis)"],
    "A licence must be refused if it would breach an international agreement or a control that Switzerland "
    "supports, if coercive measures under the Embargo Act exist, or if there is reason to believe that "
    "terrorists or organised crime would be supported or critical infrastructure endangered.",
    when=licensed & Ch.refusal_grounds.includes_any(*ACT_GROUNDS),
    then=Outcome.REFUSAL,
    states="the authority, if it finds one of these grounds",
    triggered_by=Trigger.FINDING,
    id="gca-6-1",
)
may_refuse = chapter.discretion(
    ORDINANCE["Art. 6(2)"],
    "Has SECO refused because a partner state did, or the state of origin or of destination objects?",
    who=Addressee.AUTHORITY,
    id="gco-6-2-power",
)
art_6_2 = chapter.rule(
    ORDINANCE["Art. 6(2)"],
    "SECO may refuse a licence if a partner state refused a similar good to the same recipient, if the "
    "state of origin has not given the consent that it asks for, or if the state of destination forbids the "
    "import.",
    when=needs_licence
    & Ch.refusal_grounds.includes_any("partner_refused", "origin_objects", "import_forbidden")
    & may_refuse,
    period=SINCE,
    then=Outcome.REFUSAL,
    states="SECO, if it uses its power on one of these grounds",
    triggered_by=Trigger.FINDING,
    note="It applies where the authority has used this power.",
    id="gco-6-2",
)
