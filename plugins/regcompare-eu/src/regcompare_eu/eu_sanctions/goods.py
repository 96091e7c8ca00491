"""Goods that an act lists by customs heading: bans by country or area, whatever the use of the goods."""

from __future__ import annotations

from collections.abc import Iterator

from regcompare.authoring import (
    Chapter,
    Condition,
    Item,
    LicensingPolicy,
    Outcome,
    Review,
    Standard,
    Term,
    Trigger,
    any_of,
)
from regcompare.ruleset.rules import Rule
from regcompare.vocabulary.dated import Row
from regcompare_eu import plain
from regcompare_eu.facts import UNIT_VALUES, Eu
from regcompare_eu.tables import GOODS_BANS

from .definitions import (
    cited,
    country_of,
    derogable,
    destined_for,
    help_named,
    may_be_military,
    military,
    supply,
)
from .dual_use_bans import exempt

chapter = Chapter()

goods = Item.form.is_in("goods")
MILITARY_END_USE = Review(LicensingPolicy.REFUSE, Standard.REASONABLE_GROUNDS, "a military end use")


_BELIEVED = "there are reasonable grounds to believe that the goods might have a military end use"


def goods_of(*headings: str) -> Condition:
    """Goods of one of these headings."""
    return goods & Eu.goods_headings.includes_any(*headings)  # type: ignore[arg-type]


def _dearer_than(euros: str) -> Condition:
    """Each of the goods is worth more than an amount on which a list turns."""
    bands = list(UNIT_VALUES)
    return Eu.unit_value.is_in(*bands[bands.index(f"up_to_{euros}") + 1 :])  # type: ignore[arg-type]


def _listed(row: Row) -> Term:
    headings = goods_of(*row.words("headings"))
    return Term(
        f"goods on the list of {row['article']}",
        cited(row, "article"),
        headings & _dearer_than(row["over"]) if row["over"] else headings,
    )


def _named(row: Row) -> str:
    """The goods of a row in words."""
    labels = {**Eu.goods_headings.labels(), "other_84_85": "other goods of chapter 84 or 85"}
    return "; ".join(labels[heading] for heading in row.words("headings"))


_EXEMPT = {
    "": "",
    "exempt_use": ", except for exempt non-military uses",
    "diplomatic_mission": ", except to missions and international organisations",
}


def _rules(row: Row) -> Iterator[Rule]:
    place = country_of(row)
    worth = f", if worth more than EUR {row['over']} each," if row["over"] else ""
    excepted = _EXEMPT[row["exempt"]]
    reached = destined_for(GOODS_BANS, row["id"]) & _listed(row)
    if row["exempt"] == "exempt_use":
        reached &= ~exempt
    elif row["exempt"]:
        reached &= ~Eu.party_flags.includes_any(row["exempt"])  # type: ignore[arg-type]
    bans = [
        Rule(
            cited(row, "article"),
            f"These goods{worth} may not be supplied to {place}{excepted}: {_named(row)}.",
            plain=plain.SANCTIONED_GOODS,
            when=reached & supply,
            then=Outcome.PROHIBITION,
            triggered_by=Trigger.CLASSIFICATION,
            has_no_derogation=row["derogation"] == "none",
            id=row["id"],
        )
    ]
    if row["help"]:
        words = [word.replace("_", " ") for word in row.words("help")]
        bans.append(
            Rule(
                cited(row, "help_article"),
                f"For these goods{worth} {', '.join(words[:-1])} and {words[-1]} may not be provided to "
                f"{place}{excepted}: {_named(row)}.",
                plain=plain.SANCTIONED_GOODS,
                when=reached & help_named(row.words("help")),
                then=Outcome.PROHIBITION,
                triggered_by=Trigger.CLASSIFICATION,
                has_no_derogation=row["derogation"] == "none",
                id=f"{row['id']}-help",
                fires=f"{row['id']}-help",
                misses=f"{row['id']}-help-other",
            )
        )
    yield from bans
    if row["derogation"] not in ("", "none"):
        yield _derogation(row, bans)
    if row["refusal"]:
        yield _refusal(row, bans)


def _derogation(row: Row, bans: list[Rule]) -> Rule:
    civil = [~military] if row["country"] == "IR" else []
    excused = derogable & Eu.derogation
    for part in civil:
        excused &= part
    return Rule(
        cited(row, "derogation"),
        f"By way of derogation, the authority may authorise listed goods for {country_of(row)}, or technical "
        "or financial assistance with them, for example for medical or humanitarian purposes.",
        when=any_of(*(ban.when for ban in bans)) & excused,
        then=Outcome.AUTHORISATION,
        overrides=tuple(bans),
        licensed_for=row["purposes"],
        refused_if=f"{_BELIEVED} ({row['refusal']})" if row["refusal"] else "",
        triggered_by=Trigger.ACT,
        id=f"{row['id']}-derogation",
        misses=row["id"],
    )


def _refusal(row: Row, bans: list[Rule]) -> Rule:
    return Rule(
        cited(row, "refusal"),
        f"No authorisation may be granted by way of derogation for {country_of(row)} if {_BELIEVED}.",
        plain=plain.MILITARY_BELIEVED,
        when=any_of(*(ban.when for ban in bans)) & Eu.derogation & (may_be_military | military),
        then=Outcome.REFUSAL,
        review=MILITARY_END_USE,
        states=f"the authority, if {_BELIEVED}",
        triggered_by=Trigger.FINDING,
        id=f"{row['id']}-refusal",
        misses=f"{row['id']}-derogation",
    )


for row in GOODS_BANS:
    chapter.add(*_rules(row))
