"""Asset freezes: nothing of value may be made available to a listed person, whatever the item."""

from __future__ import annotations

from regcompare import Checked, Item, Outcome, Rule, SetOffBy, Transaction
from regcompare_eu.facts import Eu

from .definitions import ASSET_FREEZES, supply

asset_freeze = Rule(
    ASSET_FREEZES["ban on making economic resources available"],
    "No goods, software or funds may be made available to a person whose assets are frozen.",
    when=Eu.party_flags.includes_any("asset_frozen")
    & ((supply & Item.form.is_in("goods", "software")) | Transaction.kind.is_in("financing")),
    then=Outcome.PROHIBITION,
    set_off_by=SetOffBy.ACT,
    checked=Checked.UNREAD,
    id="asset-freeze",
    fires="asset-frozen",
    misses="asset-not-frozen",
)
