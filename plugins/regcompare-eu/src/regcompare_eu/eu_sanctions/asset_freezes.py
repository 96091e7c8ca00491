"""Asset freezes: nothing of value may be made available to a listed person, whatever the item."""

from __future__ import annotations

import datetime as dt

from regcompare.authoring import Chapter, Checked, Evidence, Item, Outcome, Transaction, Trigger
from regcompare.vocabulary import takes_part
from regcompare_eu.facts import ASSET_FROZEN

from .definitions import ASSET_FREEZES, supply

chapter = Chapter()

asset_freeze = chapter.rule(
    ASSET_FREEZES["ban on making economic resources available"],
    "No funds, goods, software or technology may be made available to a person whose assets are "
    "frozen: economic resources are assets of every kind, tangible or intangible.",
    when=takes_part(ASSET_FROZEN)
    & (
        (supply & Item.form.is_in("goods", "software", "technology"))
        | Transaction.kind.is_in("financing")
    ),
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.ACT,
    checked=Evidence(
        Checked.TEXT,
        "02024R1485-20260713",
        dt.date(2026, 11, 26),
        "Articles 1(e) and 6; Regulations 359/2011, 401/2013 and 2017/2063 say the same. Other acts "
        "were not read on this point.",
    ),
    id="asset-freeze",
)
