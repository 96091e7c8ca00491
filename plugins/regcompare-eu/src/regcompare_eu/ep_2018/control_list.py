"""E04 and E05: the autonomous list is kept, with the Commission's entries."""

from __future__ import annotations

from regcompare.authoring import TRUE, Chapter, DutyKind, Item, Strength, Term
from regcompare_eu.com_2016_616 import control_list
from regcompare_eu.eu_428_2009 import definitions as act
from regcompare_eu.facts import COMMISSION

from .definitions import cyber_surveillance_item, released
from .sources import SUMMARY_READ, row

chapter = Chapter()

# E04 - Section B of Annex I
in_section_b = control_list.in_section_b
e04 = chapter.duty(
    row("E04"),
    "The institutions must work towards international adoption of the entries on the autonomous list.",
    kind=DutyKind.LIST_UPDATING,
    addressee=COMMISSION,
    strength=Strength.MUST,
    checked=SUMMARY_READ,
)

# E05 - category 10 as the Commission proposed it: C05, C06 and C07
unlisted = Term(
    "item listed in neither section of Annex I, or no longer",
    row("E04"),
    (~act.listed | released)
    & ~in_section_b
    & act.dual_use_doubt.choose(presupposed=TRUE, tested=Item.dual_use | cyber_surveillance_item),
)
in_the_regime = Term(
    "dual-use or cyber-surveillance item, listed or not",
    row("E01"),
    act.listed | in_section_b | unlisted,
)
