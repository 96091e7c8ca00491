"""The ordinances of 2015 and 2020 on goods that monitor the internet and mobile networks."""

from __future__ import annotations

import datetime as dt

from regcompare.authoring import (
    Addressee,
    Chapter,
    Destination,
    DutyKind,
    EndUse,
    EndUser,
    EvidenceLevel,
    LicensingPolicy,
    Outcome,
    Period,
    Review,
    Standard,
    Strength,
    Term,
    Transaction,
    Trigger,
    any_of,
)
from regcompare_world.facts import ACT_GROUNDS, Ch

from .goods_control import excepted_2020, refusal, sends_out, surveillance_goods
from .texts import COURT_2018, SURVEILLANCE_2015, SURVEILLANCE_2020

chapter = Chapter()

_GENERAL = (*ACT_GROUNDS, "conventional_arms", "diversion")
SWITCH = dt.date(2021, 1, 1)
"""The day from which the second ordinance applies."""

exported_or_brokered = Term(
    "export or brokering of goods for surveillance",
    SURVEILLANCE_2020["Art. 1"],
    (sends_out | Transaction.kind.is_in("brokering"))
    & surveillance_goods
    & ~Ch.own_troops
    & ~excepted_2020,
)
ORDINANCE_2015 = Period(dt.date(2015, 5, 13), SWITCH)
ORDINANCE_2020 = Period(SWITCH)

# What the authority has to find
reason = chapter.interpretation(
    "ch-reason-to-believe",
    SURVEILLANCE_2020["Art. 3(a)"],
    "Is a substantial risk that a state body will use the goods to violate human rights a reason to "
    "believe that it will use them for repression?",
    readings={
        "risk": "Yes: whoever sees a substantial risk has reason to believe.",
        "finding": "No: the authority must find a reason to expect repression itself.",
    },
    within={"finding": "risk"},
    default="risk",
    reason=(
        "A reason to believe asks for less than a substantial risk, and the authority that refused in "
        "2015 spoke of a fear of misuse; the ordinance does not define the words."
    ),
    checked=EvidenceLevel.INFERRED,
)
believed = Term(
    "reason to believe in use for repression",
    SURVEILLANCE_2020["Art. 3(a)"],
    any_of(
        chapter.shown_by_reports(
            "ch-reports",
            SURVEILLANCE_2020["Art. 3(a)"],
            "Which earlier reports are a reason to believe in use for repression?",
            finding=Ch.reason_to_believe,
            of=("repression", "serious_violations"),
            default="kind_of_user",
            reason=(
                "A reason to believe is no proof, so what bodies of this kind are known to do in that "
                "country is one; a report on the country alone does not speak of the end recipient. The "
                "ordinance does not define the words."
            ),
            checked=EvidenceLevel.INFERRED,
        ),
        EndUse.concerns.includes_any("internal_repression"),
        reason.is_read_as("risk") & Destination.substantial_rights_risk & EndUser.acts_for_state,
    ),
    note="Grounds to determine that repression is intended are more than a reason to believe.",
)

REPRESSION = Review(
    LicensingPolicy.REFUSE,
    Standard.REASON_TO_BELIEVE,
    "use for repression",
    found_by="SECO with the ministries",
)

# Ordinance of 2015
licence_2015 = chapter.rule(
    SURVEILLANCE_2015["licence requirement (article not read)"],
    "Exporting or brokering goods for surveillance, or passing on the know-how for them, requires a "
    "licence.",
    when=exported_or_brokered,
    period=ORDINANCE_2015,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.CLASSIFICATION,
    id="ordinance-2015-licence",
    fires="imsi-catcher-brokered as of 2015-07-15",
    misses="tool-brokered as of 2015-07-15",
)
refusal_2015 = chapter.rule(
    SURVEILLANCE_2015["Art. 6(1)(a)"],
    "The licence must be refused if there is reason to believe that the end recipient will use the "
    "goods for repression.",
    when=licence_2015.when & believed,
    period=ORDINANCE_2015,
    then=Outcome.REFUSAL,
    review=REPRESSION,
    triggered_by=Trigger.FINDING,
    checked=COURT_2018,
    id="ordinance-2015-6-1-a",
    fires="imsi-catcher-for-repression as of 2015-07-15",
    misses="imsi-catcher-abroad as of 2015-07-15",
)

general_2015 = chapter.rule(
    SURVEILLANCE_2015["Art. 6(2)"],
    "The licence must be refused on the grounds of the general law too, such as reason to believe that the "
    "goods will not stay with the declared end recipient.",
    when=licence_2015.when & Ch.refusal_grounds.includes_any(*_GENERAL),
    period=ORDINANCE_2015,
    then=Outcome.REFUSAL,
    review=refusal("a ground of the general law"),
    triggered_by=Trigger.FINDING,
    checked=COURT_2018,
    id="ordinance-2015-6-2",
    fires="imsi-catcher-diverted as of 2017-03-20",
    misses="imsi-catcher-abroad as of 2017-03-20",
)

# Ordinance of 2020, Article 1 - individual licence; Article 2 - exceptions
art_1 = chapter.rule(
    SURVEILLANCE_2020["Art. 1"],
    "Exporting or brokering goods for surveillance requires an individual licence from SECO, even to "
    "return them to their supplier, unless Swiss armed forces, prosecution authorities or the Federal "
    "Intelligence Service export them for operations or training, or Swiss rescue services use them.",
    when=exported_or_brokered,
    period=ORDINANCE_2020,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.CLASSIFICATION,
    id="ordinance-2020-1",
    fires="imsi-catcher-brokered",
)

# Article 3 - refusal
art_3_a = chapter.rule(
    SURVEILLANCE_2020["Art. 3(a)"],
    "The licence must be refused if there is reason to believe that the end recipient will use the "
    "goods for repression.",
    when=art_1.when & believed,
    period=ORDINANCE_2020,
    then=Outcome.REFUSAL,
    review=REPRESSION,
    triggered_by=Trigger.FINDING,
    id="ordinance-2020-3-a",
)

art_3_b = chapter.rule(
    SURVEILLANCE_2020["Art. 3(b)"],
    "The licence must be refused if a ground of Article 6 of the Goods Control Act or of its ordinance "
    "exists.",
    when=art_1.when & (Ch.refusal_grounds.includes_any(*_GENERAL) | EndUse.concerns.includes_any("wmd")),
    period=ORDINANCE_2020,
    then=Outcome.REFUSAL,
    review=refusal("a ground of the general law"),
    triggered_by=Trigger.FINDING,
    note="The grounds of Article 6(2) of the ordinance, on which it may be refused, are left to that rule.",
    id="ordinance-2020-3-b",
    fires="imsi-catcher-diverted",
)

# Article 4 - who decides
art_4 = chapter.duty(
    SURVEILLANCE_2020["Art. 4"],
    "SECO must decide in agreement with the ministries of foreign affairs, defence and "
    "communications, after hearing the intelligence service; where they disagree, the Federal Council "
    "decides.",
    kind=DutyKind.CONSULTATION,
    addressee=Addressee.AUTHORITY,
    strength=Strength.MUST,
    when=art_1.when,
    period=ORDINANCE_2020,
    id="ordinance-2020-4",
)
