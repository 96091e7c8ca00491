"""Asset freezes: nothing of value may be made available to a listed person, whatever the item."""

from __future__ import annotations

from regcompare import Chapter, Checked, Item, Outcome, SetOffBy, Transaction
from regcompare_eu.facts import Eu

from .definitions import ASSET_FREEZES, supply

chapter = Chapter()

asset_freeze = chapter.rule(
    ASSET_FREEZES["ban on making economic resources available"],
    "No funds, and no goods, software or technology, may be made available to a person whose assets are "
    "frozen: economic resources are assets of every kind, tangible or intangible.",
    when=Eu.party_flags.includes_any("asset_frozen")
    & (
        (supply & Item.form.is_in("goods", "software", "technology"))
        | Transaction.kind.is_in("financing")
    ),
    then=Outcome.PROHIBITION,
    set_off_by=SetOffBy.ACT,
    checked=Checked.TEXT,
    id="asset-freeze",
    fires="asset-frozen",
    misses="asset-not-frozen",
)
