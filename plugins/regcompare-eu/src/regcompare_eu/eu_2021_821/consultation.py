"""Chapter III, Article 14: what other Member States say before an authority decides."""

from __future__ import annotations

from regcompare.authoring import (
    Addressee,
    Chapter,
    DutyKind,
    LicensingPolicy,
    Outcome,
    Review,
    Stage,
    Strength,
    Term,
)
from regcompare_eu import plain
from regcompare_eu.facts import MEMBER_STATE, OBJECTION, Eu

from .authorisations import generally_authorised
from .definitions import ACT, REGULATION, export_or_made_available
from .scope import (
    art_3_1,
    art_9_1_authorisation,
    art_10_1,
    requirement_of_article_4,
    requirement_of_article_5,
)

chapter = Chapter()

# Article 14(1) - the state where the items are
consulted = Term(
    "individual licence on which the Member State where the items are is consulted",
    REGULATION["Art. 14(1)"],
    export_or_made_available
    & (~ACT.goes_to("eu001") | ACT.in_annex_iv)
    & Eu.items_elsewhere
    & ~Eu.licence_kind.is_in("global"),
)
needs_licence = Term(
    "export that needs a licence under the regulation",
    REGULATION["Art. 14(1)"],
    (art_3_1.when & ~generally_authorised)
    | requirement_of_article_4
    | requirement_of_article_5
    | art_9_1_authorisation.when
    | art_10_1.when,
)
consults_located = chapter.duty(
    REGULATION["Art. 14(1)"],
    "Before granting an individual licence for a destination not covered by EU001, or for an Annex IV "
    "item, the authority must consult the Member State where the items are located if that is another "
    "state; its objection is binding.",
    kind=DutyKind.CONSULTATION,
    addressee=Addressee.AUTHORITY,
    strength=Strength.MUST,
    when=consulted,
    stage=Stage.LICENSING,
    deadline="10 working days, at most 30 more",
)
objection = chapter.rule(
    REGULATION["Art. 14(1)"],
    "The authority must refuse an individual licence for a destination not covered by EU001, or for an "
    "Annex IV item, if the items are in another Member State and that state objects in time.",
    plain=plain.OBJECTION,
    when=consulted & needs_licence & Eu.consulted_state_answer.is_in("objection"),
    then=Outcome.REFUSAL,
    review=Review(LicensingPolicy.REFUSE, found_by="the Member State where the items are"),
    states="the Member State where the items are, if it objects in time, for whatever reason",
    triggered_by=OBJECTION,
    id="art-14-1-objection",
    fires="objection-binds",
    misses="objection-not-made",
    note="The article does not say on which grounds it may object; no finding of harm is needed.",
)

# Article 14(2) - essential security interests
security_interests = chapter.duty(
    REGULATION["Art. 14(2)"],
    "A Member State may ask another not to grant an authorisation that would harm its essential "
    "security interests, or to withdraw one; the other must enter into consultations, which do "
    "not bind it.",
    kind=DutyKind.CONSULTATION,
    addressee=MEMBER_STATE,
    strength=Strength.MAY,
    when=export_or_made_available,
    stage=Stage.LICENSING,
    deadline="10 working days",
)
