"""The Goods Control Ordinance: which exports need a licence, and the refusal for weapons."""

from __future__ import annotations

import datetime as dt

from regcompare.authoring import (
    LAW_DATE,
    Chapter,
    Checked,
    Destination,
    EndUse,
    Evidence,
    Item,
    Knowledge,
    Outcome,
    Review,
    Standard,
    Term,
    Transaction,
    Trigger,
    Weighing,
)
from regcompare_world.facts import Ch
from regcompare_world.tables import CH_GOODS

from .texts import ORDINANCE

chapter = Chapter()

sends_out = Term(
    "export from the Swiss customs territory",
    ORDINANCE["Art. 1(2)"],
    Transaction.kind.is_in("export", "electronic_export") & ~Destination.country.is_in("CH", "LI"),
    note="Liechtenstein is part of it (customs treaty of 29 March 1923, SR 0.631.112.514, Art. 1).",
    checked=Evidence(
        Checked.SECONDARY,
        "SR 946.202.1, Article 1(2), reprint at droit-bilingue.ch, state not given; SR 0.631.112.514, Article "
        "1, state of 29 October 2025, reprint at lex.gemeinde-bister.ch",
        dt.date(2026, 11, 28),
        "Neither official publication was opened.",
    ),
)
listed = Term(
    "dual-use goods listed in Annex 2",
    ORDINANCE["Art. 3(1)"],
    CH_GOODS.where(list="annex_2").lists(Item.annex_i_entry, LAW_DATE),
)

# Article 27 - the authority grants where nothing points to a ground of refusal
granted = Review(
    Weighing.FAVOURABLE,
    found_by="SECO",
    cite=ORDINANCE["Art. 27(1)"],
    checked=Checked.SECONDARY,
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
    when=sends_out & listed & ~Ch.own_troops,
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
    then=Outcome.AUTHORISATION,
    review=granted,
    triggered_by=Trigger.KNOWLEDGE,
    id="gco-3-4",
)

# Article 6 - refusal
art_6_1_a = chapter.rule(
    ORDINANCE["Art. 6(1)(a)"],
    "SECO must refuse a licence if there is reason to believe that the goods are intended for nuclear, "
    "biological or chemical weapons.",
    when=(art_3_1.when | art_3_4.when) & EndUse.concerns.includes_any("wmd"),
    then=Outcome.REFUSAL,
    review=Review(Weighing.REFUSE, Standard.REASON_TO_BELIEVE, "use for such weapons", found_by="SECO"),
    triggered_by=Trigger.FINDING,
    id="gco-6-1-a",
)
