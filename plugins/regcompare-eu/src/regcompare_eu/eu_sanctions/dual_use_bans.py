"""Country bans on dual-use items: every cyber-surveillance item that Annex I lists is among them."""

from __future__ import annotations

from regcompare import Checked, Condition, Knowledge, Outcome, Rule, SetOffBy
from regcompare_eu.facts import Eu
from regcompare_eu.tables import DUAL_USE_BANS

from .definitions import (
    BELARUS,
    MYANMAR,
    NORTH_KOREA,
    RUSSIA_UKRAINE,
    assistance,
    destined_for,
    dual_use_item,
    military,
    supply,
)


def _banned_to(name: str) -> Condition:
    """The item goes to a country for which the row of this name is in force."""
    return destined_for(DUAL_USE_BANS, name)


supply_or_assistance = supply | assistance

# Belarus - Article 1e of Regulation 765/2006
belarus_art_1e_military = Rule(
    BELARUS["Art. 1e"],
    "Dual-use items for military use, or for a military end user, may not go to Belarus.",
    when=_banned_to("belarus-military") & supply_or_assistance & dual_use_item & military,
    then=Outcome.PROHIBITION,
    set_off_by=SetOffBy.CLASSIFICATION,
    id="belarus-art-1e-military",
    fires="belarus-dual-use-military",
    misses="belarus-dual-use-civil",
)
belarus_art_1e = Rule(
    BELARUS["Art. 1e"],
    "No dual-use item may go to Belarus, whatever the use or user.",
    when=_banned_to("belarus") & supply_or_assistance & dual_use_item,
    then=Outcome.PROHIBITION,
    set_off_by=SetOffBy.CLASSIFICATION,
    id="belarus-art-1e",
    fires="belarus-dual-use",
    misses="belarus-dual-use-unlisted",
)
belarus_art_1e_derogation = Rule(
    BELARUS["Art. 1e"],
    "The authority may authorise a dual-use item by way of derogation, as for civilian telecommunications "
    "networks.",
    when=_banned_to("belarus") & supply_or_assistance & dual_use_item & Eu.derogation,
    then=Outcome.AUTHORISATION,
    lifts=belarus_art_1e,
    set_off_by=SetOffBy.ACT,
    id="belarus-art-1e-derogation",
    fires="belarus-dual-use-derogation",
    misses="belarus-dual-use",
)

# Russia - Article 2 of Regulation 833/2014
russia_art_2_military = Rule(
    RUSSIA_UKRAINE["Art. 2"],
    "Dual-use items for military use, or for a military end user, may not go to Russia.",
    when=_banned_to("russia-military") & supply_or_assistance & dual_use_item & military,
    then=Outcome.PROHIBITION,
    set_off_by=SetOffBy.CLASSIFICATION,
    checked=Checked.UNREAD,
    id="russia-833-art-2-military",
    fires="russia-dual-use-military",
    misses="russia-dual-use-civil",
)
russia_art_2 = Rule(
    RUSSIA_UKRAINE["Art. 2"],
    "No dual-use item may go to Russia, whatever the use or user.",
    when=_banned_to("russia") & supply_or_assistance & dual_use_item,
    then=Outcome.PROHIBITION,
    set_off_by=SetOffBy.CLASSIFICATION,
    checked=Checked.UNREAD,
    id="russia-833-art-2",
    fires="russia-dual-use",
    misses="russia-dual-use-unlisted",
)
russia_art_2_derogation = Rule(
    RUSSIA_UKRAINE["Art. 2"],
    "The authority may authorise a dual-use item by way of derogation.",
    when=_banned_to("russia") & supply_or_assistance & dual_use_item & Eu.derogation,
    then=Outcome.AUTHORISATION,
    lifts=russia_art_2,
    set_off_by=SetOffBy.ACT,
    checked=Checked.UNREAD,
    id="russia-833-art-2-derogation",
    fires="russia-dual-use-derogation",
    misses="russia-dual-use",
)

# Myanmar - Article 3a of Regulation 401/2013
myanmar_art_3a = Rule(
    MYANMAR["Art. 3a"],
    "Dual-use items for military use, for a military end user or for the Border Guard Police may not go to "
    "Myanmar.",
    when=_banned_to("myanmar-military")
    & supply
    & dual_use_item
    & (military | Eu.party_flags.includes_any("border_guard_police")),
    then=Outcome.PROHIBITION,
    set_off_by=SetOffBy.CLASSIFICATION,
    id="myanmar-art-3a",
    fires="myanmar-border-guard",
    misses="myanmar-police",
)
myanmar_art_3a_refusal = Rule(
    MYANMAR["Art. 3a"],
    "The authority must refuse a licence for a dual-use item where it has reasonable grounds to believe in "
    "such a use or user, of which it has told the exporter.",
    when=_banned_to("myanmar-military")
    & supply
    & dual_use_item
    & Knowledge.authority_informed.includes_any("military_end_use"),
    then=Outcome.REFUSAL,
    states="the authority, on reasonable grounds to believe in military use or a military end user",
    set_off_by=SetOffBy.FINDING,
    id="myanmar-art-3a-refusal",
    fires="myanmar-told-of-military-use",
    misses="myanmar-police",
)

# North Korea - Regulation 2017/1509
north_korea_art_3 = Rule(
    NORTH_KOREA["Art. 3"],
    "No dual-use item may go to North Korea.",
    when=_banned_to("north-korea") & supply_or_assistance & dual_use_item,
    then=Outcome.PROHIBITION,
    set_off_by=SetOffBy.CLASSIFICATION,
    checked=Checked.UNREAD,
    id="north-korea-art-3",
    fires="north-korea-dual-use",
    misses="north-korea-dual-use-unlisted",
)
