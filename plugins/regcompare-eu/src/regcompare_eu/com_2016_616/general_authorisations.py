"""C16: new general authorisations, of which only the one for encryption is encoded."""

from __future__ import annotations

from regcompare.authoring import Chapter, EvidenceLevel, Outcome, Term, Trigger, any_of
from regcompare_eu.common import FINAL_DESTINATION
from regcompare_eu.eu_428_2009 import authorisations as act_authorisations
from regcompare_eu.eu_428_2009 import consultation as act_consultation
from regcompare_eu.eu_428_2009 import definitions as act
from regcompare_eu.eu_428_2009 import scope as act_scope
from regcompare_eu.eu_2021_821 import authorisations as later_authorisations
from regcompare_eu.eu_2021_821 import definitions as later_act
from regcompare_eu.facts import Eu
from regcompare_eu.tables import GENERAL_AUTHORISATIONS

from .sources import row

chapter = Chapter()

# C16 - new general authorisations
destination_left_out = Term(
    "destination that the later general authorisation for encryption excludes",
    row("C16"),
    any_of(
        *(
            FINAL_DESTINATION.is_in(*named.words("countries"))
            for named in GENERAL_AUTHORISATIONS.where(id="eu008", mode="excluded")
        )
    )
    | act.ACT.destination_embargoed,
    checked=EvidenceLevel.UNREAD,
)
c16 = chapter.rule(
    row("C16"),
    "A new general authorisation covers encryption.",
    when=act_authorisations.listed_export
    & ~destination_left_out
    & later_act.ACT.takes_item("eu008")
    & Eu.conditions_met.includes_any("eu008_encryption")
    & act_authorisations.not_barred
    & act_authorisations.no_free_zone
    & act_authorisations.no_barred_reexport
    & act.ACT.no_such_use
    & ~act.ACT.in_section_i
    & ~later_authorisations.security_use
    & ~later_authorisations.named_service
    & ~later_authorisations.rights_use,
    overrides=(act_scope.art_3_1, act_consultation.objection),
    then=Outcome.GENERAL_AUTHORISATION,
    triggered_by=Trigger.CLASSIFICATION,
    checked=EvidenceLevel.UNREAD,
    fires="encryption",
    misses="encryption-changeable-by-user",
    note="Its conditions were not read, and are borrowed from the one in the 2021 regulation.",
)
