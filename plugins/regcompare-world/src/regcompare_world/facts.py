"""The facts that only Swiss, British or American law asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from regcompare.authoring import (
    CORE,
    Constraint,
    Harm,
    Item,
    OwnAnswers,
    OwnWord,
    Parties,
    SetOf,
    Standard,
    Technology,
    Transaction,
    YesNo,
    seated,
    section,
)

from .tables import US_ENTITY_LIST

UsEntry = Literal[
    "3A980", "3A981", "3D980", "3E980", "4A980", "4D980", "4E980", "5A980", "5D980", "5E980"
]
US_ENTRIES: Mapping[UsEntry, str] = {
    "3A980": "voice print identification and analysis equipment (3A980)",
    "3A981": "polygraphs, fingerprint analysers and the like (3A981)",
    "3D980": "software for 3A980 or 3A981 (3D980)",
    "3E980": "technology for 3A980 or 3A981 (3E980)",
    "4A980": "computers for fingerprint equipment (4A980)",
    "4D980": "software for them (4D980)",
    "4E980": "technology for them (4E980)",
    "5A980": "devices primarily useful for surreptitious interception of communications (5A980)",
    "5D980": "software for them (5D980)",
    "5E980": "technology for them (5E980)",
}


@section("ch", "Switzerland")
class Ch:
    """What only Swiss law asks for."""

    reason_to_believe: YesNo = YesNo(
        "Is there reason to believe that the end recipient will use the goods for repression?",
        help="The finding of the authority. A reason is enough; it need not be likely.",
        states="there is {|no }reason to believe that the end recipient will use the goods for repression",
    )
    own_troops: YesNo = YesNo(
        "Do Swiss armed forces take the goods abroad for missions or training of their own?",
        changed_by="exporter",
        ordinary=False,
        states="Swiss armed forces {take|do not take} the goods abroad themselves",
    )


@section("uk", "United Kingdom")
class Uk:
    """What only British law asks for."""

    clear_risk_repression: YesNo = YesNo(
        "Is there a clear risk that the items might be used to commit or facilitate internal repression?",
        help=(
            "The finding of the government, for these items and this end user. That they might be used "
            "in this way is enough, but the risk must be clear. Repression includes serious violations "
            "of human rights."
        ),
        states="there {is a|is no} clear risk that the items might be used for internal repression",
    )
    told_of_forces: YesNo = YesNo(
        "Has the government told the exporter that the items are or may be intended for military, "
        "police, security or intelligence forces?",
        help="Or for someone who acts for such a force.",
        changed_by="authority",
        states=(
            "the government {has|has not} told the exporter that the items are or may be intended for "
            "armed, police, security or intelligence forces"
        ),
    )
    everyday_goods: YesNo = YesNo(
        "Are these medical goods for civilians, or goods, software or technology that the public can "
        "generally buy?",
        changed_by="designer",
        ordinary=False,
        states="the items {are|are not} medical goods for civilians or generally available to the public",
    )


@section("us", "United States")
class Us:
    """What only American law asks for."""

    entry: SetOf[UsEntry] = SetOf(
        "Which American entries for crime control or surreptitious interception does the item meet?",
        US_ENTRIES,
        help=(
            "The entries that only the Commerce Control List has. Files write them among the other codes, "
            "with the prefix us: (us:5A980), and us:none where the item meets none of them."
        ),
        changed_by="designer",
        states="the item is among the",
        scheme_of=Item.annex_i_entry,
    )
    chart_marks_destination: YesNo = YesNo(
        "Does the Commerce Country Chart mark the destination for another entry that the item meets?",
        help="For an entry other than the surveillance entries in the ruleset's own tables.",
        states="the country chart {marks|does not mark} the destination for another entry",
    )
    for_us_agency: YesNo = YesNo(
        "Is the item consigned to an agency of the United States government for its official use?",
        changed_by="exporter",
        ordinary=False,
        states="the item {is|is not} for the official use of a United States agency",
    )
    risk_of_abuse: YesNo = YesNo(
        "Is there a risk that the item will be used to violate or abuse human rights?",
        help="The finding of the authority. A risk is enough; it need not be substantial.",
        states="there {is a|is no} risk that the item will be used to violate or abuse human rights",
    )
    unauthorised_use: YesNo = YesNo(
        "Does the exporter know, or have reason to know, that the item will be used against a system "
        "without its owner's authority?",
        changed_by="exporter",
        states="the exporter {knows|does not know} of use against a system without its owner's authority",
    )
    military_intelligence: YesNo = YesNo(
        "Does the exporter know that the item is intended for military intelligence?",
        help="For an intelligence body of armed forces, or for such a use.",
        changed_by="exporter",
        states="the exporter {knows|does not know} that the item is intended for military intelligence",
    )
    scans_crowds: YesNo = YesNo(
        "Is the item specially designed to recognise faces in mass surveillance or crowds?",
        changed_by="designer",
        states="the item {is|is not} specially designed to recognise faces in crowds",
    )


_LISTENS: tuple[Technology, ...] = (
    "covert_listening",
    "mobile_interception",
    "telecom_interception",
    "interception_mediation",
    "monitoring_centre",
    "other_surveillance",
)
"""Technologies whose devices may be primarily useful for surreptitious interception."""
_IDENTIFIES: tuple[Technology, ...] = (
    "other_biometrics",
    "emotion_recognition",
    "behaviour_research",
    "other_surveillance",
    "not_surveillance",
)
"""Technologies that may be voice prints, fingerprints or polygraphs."""

REEXPORT = OwnWord("us:reexport", "re-export of an American item from another country")
DEEMED_EXPORT = OwnWord("us:deemed_export", "release to a foreigner in the United States")
ENTITIES = {row["party"]: OwnWord(row["party"], row["name"]) for row in US_ENTITY_LIST}
"""The parties on the Entity List that the table holds."""
US_ANSWERS = (
    OwnAnswers((Transaction.kind,), (REEXPORT, DEEMED_EXPORT)),
    OwnAnswers((Parties.buyer, Parties.consignee, Parties.end_user), tuple(ENTITIES.values())),
)
"""Kinds of transaction, and parties, that American law knows besides what the core has."""

US_CONSTRAINTS = (
    *(
        constraint
        for row in US_ENTITY_LIST
        for constraint in seated(ENTITIES[row["party"]], *row.words("seats"))
    ),
    Constraint(
        "Only technology and software are released to a foreigner in the United States.",
        Transaction.kind.is_in(DEEMED_EXPORT),
        Item.form.is_in("technology", "software"),
    ),
    Constraint(
        "Only devices that listen or intercept meet the American entries for surreptitious interception.",
        Us.entry.includes_any("5A980", "5D980", "5E980"),
        Item.technology.is_in(*_LISTENS),
    ),
    Constraint(
        "Only voice prints, fingerprints, polygraphs and the like meet the American entries for crime "
        "control.",
        Us.entry.includes_any("3A980", "3A981", "3D980", "3E980", "4A980", "4D980", "4E980"),
        Item.technology.is_in(*_IDENTIFIES),
    ),
)

WORLD_VOCABULARY = CORE.with_sections(
    Ch,
    Uk,
    Us,
    constraints=US_CONSTRAINTS,
    own_answers=US_ANSWERS,
    harms=(
        Harm(Standard.CLEAR_RISK, Uk.clear_risk_repression),
        Harm(Standard.REASON_TO_BELIEVE, Ch.reason_to_believe),
        Harm(Standard.RISK, Us.risk_of_abuse),
    ),
)
"""The core facts with those of the three laws."""
