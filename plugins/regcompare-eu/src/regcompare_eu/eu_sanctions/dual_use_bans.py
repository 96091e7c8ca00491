"""Country bans on dual-use items and advanced technology: listed cyber-surveillance items are among them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import attrs

from regcompare.authoring import (
    FACTS_DATE,
    Accepted,
    Addressee,
    Chapter,
    Condition,
    DutyKind,
    EndUse,
    EndUser,
    Evidence,
    EvidenceLevel,
    Instrument,
    Item,
    Knowledge,
    LicensingPolicy,
    Outcome,
    Review,
    Standard,
    Strength,
    Term,
    Transaction,
    Trigger,
    any_of,
)
from regcompare.law import Citation
from regcompare.ruleset.rules import Duty, Rule
from regcompare_eu import plain
from regcompare_eu.facts import Eu
from regcompare_eu.tables import DUAL_USE_BANS

from .definitions import (
    ACTS,
    BELARUS,
    BELARUS_BEFORE_2022,
    IRAN_NUCLEAR,
    MYANMAR,
    NORTH_KOREA,
    RUSSIA_BEFORE_2022,
    RUSSIA_UKRAINE,
    SHARED,
    assistance,
    derogable,
    destined_for,
    dual_use_item,
    help_or_service,
    in_row,
    listed_military_user,
    may_be_military,
    military,
    sent_on,
    supply,
)

chapter = Chapter()

MAY_BE_MILITARY = Review(
    LicensingPolicy.REFUSE, Standard.REASONABLE_GROUNDS, "a military end use or end user"
)
BELIEVED = (
    "the authority, if it has reasonable grounds to believe that the end use or the end user is military"
)


def _in_row(name: str, act: Instrument, pinpoint: str) -> Citation:
    """A place in an act, with what the row of this name says on since when the act has it."""
    (row,) = DUAL_USE_BANS.where(id=name)
    return in_row(row, act[pinpoint])


def _banned_to(name: str) -> Condition:
    """The item goes to a country for which the row of this name is in force."""
    return destined_for(DUAL_USE_BANS, name)


supply_or_assistance = supply | assistance
NARROWED = dt.date(2025, 2, 25)
exempt = Term(
    "use exempted by the article",
    SHARED,
    derogable & Eu.exempt_use & ~military & (~FACTS_DATE.on_or_after(NARROWED) | Eu.humanitarian_use),
    note="Since 25 February 2025 only humanitarian and medical uses, emergencies and disasters (Regulations "
    "2025/392 and 2025/395).",
)
advanced_technology = Term(
    "item on the list of advanced technology", SHARED, Eu.advanced_technology_item.__condition__()
)

# Belarus - Article 1e of Regulation 765/2006, before the general ban
belarus_art_1e_military = chapter.rule(
    _in_row("belarus-military", BELARUS, "Art. 1e"),
    "Dual-use items for military use, or for a military end user, may not be supplied to Belarus.",
    plain=plain.MILITARY_BAN,
    when=_banned_to("belarus-military") & supply_or_assistance & dual_use_item & military,
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.CLASSIFICATION,
    checked=BELARUS_BEFORE_2022,
    id="belarus-art-1e-military",
)

# Russia - Articles 2, 2a and 4 of Regulation 833/2014, before the general ban
_russian_military = _banned_to("russia-military") & dual_use_item & military
russia_art_2_military = chapter.rule(
    _in_row("russia-military", RUSSIA_UKRAINE, "Art. 2(1)"),
    "Dual-use items that are or may be intended, even in part, for military use or a military end user "
    "may not be supplied to Russia.",
    plain=plain.MILITARY_BAN,
    when=_russian_military & supply,
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.CLASSIFICATION,
    checked=RUSSIA_BEFORE_2022,
    id="russia-833-art-2-military",
    misses="russia-dual-use-civil",
)
russia_art_2_military_refusal = chapter.rule(
    _in_row("russia-military", RUSSIA_UKRAINE, "Art. 2(2)"),
    "The authority must refuse a licence for a dual-use item if it has reasonable grounds to believe "
    "that the end user or the end use might be military.",
    plain=plain.MILITARY_BELIEVED,
    when=_banned_to("russia-military") & supply & dual_use_item & may_be_military,
    then=Outcome.REFUSAL,
    review=MAY_BE_MILITARY,
    states=BELIEVED,
    triggered_by=Trigger.FINDING,
    checked=RUSSIA_BEFORE_2022,
    id="russia-833-art-2-military-refusal",
)
russia_art_2a_listed_users = chapter.rule(
    _in_row("russia-listed-users", RUSSIA_UKRAINE, "Art. 2a"),
    "Dual-use items, and related assistance, may not be supplied to the entities listed in Annex IV, "
    "except for exempt non-military uses.",
    when=_banned_to("russia-listed-users")
    & (supply | help_or_service)
    & dual_use_item
    & listed_military_user
    & ~exempt,
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.CLASSIFICATION,
    checked=RUSSIA_BEFORE_2022,
    plain=plain.LISTED_USER,
    id="russia-833-art-2a-listed-users",
)
russia_art_4_1 = chapter.rule(
    _in_row("russia-military", RUSSIA_UKRAINE, "Art. 4(1)(c)-(d)"),
    "Technical assistance, brokering and financing for dual-use items are prohibited if the items are "
    "or may be intended for military use or a military end user in Russia.",
    when=_russian_military & assistance,
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.CLASSIFICATION,
    checked=RUSSIA_BEFORE_2022,
    id="russia-833-art-4-1",
    misses="russia-dual-use-civil-loan",
)


# Belarus and Russia since 2022 - four articles of one shape


@attrs.frozen(eq=False)
class GeneralBan:
    """One article that bans items whatever the use, with exempt uses, derogations and a duty to refuse.

    Attributes:
        name: The start of the ids of its rules.
        cases: The start of the names of their cases.
        row: Its row in the table.
        act: The act.
        article: The article.
        item: What it bans.
        words: The same in words.
        country: The country.
    """

    name: str
    cases: str
    row: str
    act: Instrument
    article: str
    item: Condition
    words: str
    country: str

    @property
    def reached(self) -> Condition:
        """Supply of such an item to the country, or help with it."""
        return _banned_to(self.row) & (supply | help_or_service) & self.item


_CIVIL = (
    "non-military use and users: cooperation in civil matters or space programmes, civil nuclear capabilities, "
    "maritime safety, certain civil networks, firms that are owned from the Union or a partner country, "
    "missions, or (for Russia) the cyber-security of others than the state"
)


def _general(ban: GeneralBan) -> Iterator[Rule | Duty]:
    banned = Rule(
        _in_row(ban.row, ban.act, f"{ban.article}(1)-(2)"),
        f"No {ban.words} may be supplied to {ban.country}, except for exempt non-military uses.",
        plain=plain.DUAL_USE_BAN,
        when=ban.reached & ~exempt,
        then=Outcome.PROHIBITION,
        triggered_by=Trigger.CLASSIFICATION,
        id=ban.name,
        fires=ban.cases,
        misses=f"{ban.cases}-unlisted",
    )
    yield banned
    yield Rule(
        _in_row(ban.row, ban.act, f"{ban.article}(4)"),
        f"By way of derogation, the authority may authorise the supply to {ban.country} of any {ban.words}, or "
        "technical or financial assistance with it, for non-military use and users, for example for certain "
        "civilian networks.",
        when=banned.when & derogable & Eu.derogation & ~military,
        then=Outcome.AUTHORISATION,
        overrides=banned,
        licensed_for=_CIVIL,
        refused_if="there are reasonable grounds to believe that the user might be military or listed, or the "
        f"use might be military ({ban.article}(7))",
        triggered_by=Trigger.ACT,
        id=f"{ban.name}-derogation",
        fires=f"{ban.cases}-derogation",
        misses=ban.cases,
    )
    yield Rule(
        _in_row(ban.row, ban.act, f"{ban.article}(7)"),
        "No authorisation may be granted by way of derogation if there are reasonable grounds to "
        "believe that the end user might be military or listed, or that the end use might be military.",
        when=banned.when & Eu.derogation & (may_be_military | listed_military_user),
        then=Outcome.REFUSAL,
        review=MAY_BE_MILITARY,
        states=BELIEVED,
        triggered_by=Trigger.FINDING,
        id=f"{ban.name}-refusal",
        fires=f"{ban.cases}-derogation-refused",
        misses=f"{ban.cases}-derogation",
    )
    yield Duty(
        _in_row(ban.row, ban.act, f"{ban.article}(3)"),
        "An exporter that relies on an exempt use, other than personal use (and, for Belarus, "
        "cyber-security), must declare it to customs and inform the authority of the first use.",
        kind=DutyKind.NOTIFICATION,
        addressee=Addressee.EXPORTER,
        strength=Strength.MUST,
        when=ban.reached & exempt & supply,
        deadline="within 30 days of the first export",
        id=f"{ban.name}-notice",
    )


BELARUS_ART_1E = GeneralBan(
    "belarus-art-1e",
    "belarus-dual-use",
    "belarus",
    BELARUS,
    "Art. 1e",
    dual_use_item,
    "dual-use item",
    "Belarus",
)
BELARUS_ART_1F = GeneralBan(
    "belarus-art-1f",
    "belarus-technology",
    "belarus-technology",
    BELARUS,
    "Art. 1f",
    advanced_technology,
    "item of advanced technology",
    "Belarus",
)
RUSSIA_ART_2 = GeneralBan(
    "russia-833-art-2",
    "russia-dual-use",
    "russia",
    RUSSIA_UKRAINE,
    "Art. 2",
    dual_use_item,
    "dual-use item",
    "Russia",
)
RUSSIA_ART_2A = GeneralBan(
    "russia-833-art-2a",
    "russia-technology",
    "russia-technology",
    RUSSIA_UKRAINE,
    "Art. 2a",
    advanced_technology,
    "item of advanced technology",
    "Russia",
)
for general_ban in (BELARUS_ART_1E, BELARUS_ART_1F, RUSSIA_ART_2, RUSSIA_ART_2A):
    chapter.add(*_general(general_ban))

# Listed users wherever they are, and items that the authority says may be diverted
diverted_item = Term(
    "dual-use item or item of advanced technology", SHARED, dual_use_item | advanced_technology
)


def _elsewhere(act: Instrument, of: str, annex: str, place: str, words: str) -> Iterator[Rule]:
    """The bans on listed users, and the requirement of a licence, that one act has for any destination."""
    listed, informed = (f"{kind}-{of}" for kind in ("listed-anywhere", "informed"))
    (row,) = DUAL_USE_BANS.where(id=listed)
    ban = Rule(
        _in_row(listed, act, row["article"]),
        f"Dual-use items and advanced technology, and help with them, may not be supplied to a party that {annex} "
        "lists, wherever it is.",
        plain=plain.LISTED_USER,
        when=_banned_to(listed) & (supply | help_or_service) & diverted_item & listed_military_user,
        then=Outcome.PROHIBITION,
        triggered_by=Trigger.CLASSIFICATION,
        id=listed,
        fires="listed-anywhere",
        misses="listed-anywhere-unlisted",
        note="One question asks for both lists, of Regulation 833/2014 and of Regulation 765/2006.",
    )
    yield ban
    yield Rule(
        _in_row(listed, act, place),
        f"The authority may allow a supply to a party that {annex} lists for the urgent prevention of serious harm to "
        "health, safety or the environment.",
        when=ban.when & derogable & Eu.derogation,
        then=Outcome.AUTHORISATION,
        overrides=ban,
        licensed_for="the urgent prevention or mitigation of serious harm to health, safety or the environment",
        triggered_by=Trigger.ACT,
        id=f"{listed}-derogation",
        fires="listed-anywhere-derogation",
        misses="listed-anywhere",
    )
    (row,) = DUAL_USE_BANS.where(id=informed)
    yield Rule(
        _in_row(informed, act, row["article"]),
        f"An authorisation is required for the export of advanced technology to any third country if the authority "
        f"has told the exporter that it is or may be meant for {words} or for use there.",
        plain=plain.TOLD_OF_DIVERSION,
        when=_banned_to(informed)
        & Transaction.kind.is_in("export", "electronic_export")
        & advanced_technology
        & Eu.informed_of_diversion.includes_any(of),  # type: ignore[arg-type]
        then=Outcome.AUTHORISATION,
        triggered_by=Trigger.AUTHORITY,
        id=informed,
        fires=informed,
        misses=f"{informed}-not-told",
    )


chapter.add(
    *_elsewhere(RUSSIA_UKRAINE, "russia", "Annex IV", "Art. 2b(1b)", "Russia"),
    *_elsewhere(BELARUS, "belarus", "Annex V", "Art. 1fa(1b)", "Belarus"),
)


# Transit through Russia or Belarus of what is exported from the Union
_PASSING = {
    "": ("Dual-use items", dual_use_item),
    "-technology": ("Items of advanced technology", advanced_technology),
    "-aviation": (
        "Goods for aviation, such as drones,",
        Item.form.is_in("goods") & Eu.goods_headings.includes_any("drone"),
    ),
}


def _transit(act: Instrument, through: str, name: str) -> Iterator[Rule]:
    """The bans on passing through a country, from the day of each."""
    for kind, (words, item) in _PASSING.items():
        row_id = f"transit-{through}{kind}"
        (row,) = DUAL_USE_BANS.where(id=row_id)
        yield Rule(
            _in_row(row_id, act, row["article"]),
            f"{words} that are exported from the Union may not pass through {name}.",
            plain=plain.PASSES_THROUGH,
            when=_banned_to(row_id) & sent_on(through) & item,
            then=Outcome.PROHIBITION,
            triggered_by=Trigger.CLASSIFICATION,
            id=row_id,
            fires=row_id,
            misses=f"{row_id}-day-before",
        )


chapter.add(*_transit(RUSSIA_UKRAINE, "russia", "Russia"), *_transit(BELARUS, "belarus", "Belarus"))
ALIKE = tuple(
    Accepted("implied", f"listed-anywhere-{of}", "One question asks for the lists of both acts.")
    for of in ("russia", "belarus")
)
"""Rules that hold together, though each act has a list of its own."""

# Myanmar - Article 3a of Regulation 401/2013
myanmar_doubt = chapter.interpretation(
    "sanctions-myanmar-art-4",
    MYANMAR["Art. 4(1)"],
    "Does the derogation of Article 4 also override the duty to refuse of Article 3a(2)?",
    readings={
        "stays": "No: it names Article 3a(1), and the duty to refuse stays.",
        "lifted": "Yes: what the authority may authorise it need not refuse.",
    },
    within={"lifted": "stays"},
    default="open",
    reason="The article derogates from paragraph 1, and no decision on paragraph 2 was found.",
    checked=EvidenceLevel.INFERRED,
)
_for_myanmars_military = (
    _banned_to("myanmar-military")
    & dual_use_item
    & (military | Eu.party_flags.includes_any("border_guard_police"))
)
myanmar_art_3a = chapter.rule(
    _in_row("myanmar-military", MYANMAR, "Art. 3a(1)"),
    "Dual-use items for military use, for a military end user or for the Border Guard Police may not "
    "be supplied to Myanmar; anything bought by the military counts as being for military use.",
    plain=plain.MILITARY_BAN_MYANMAR,
    when=_for_myanmars_military & supply,
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.CLASSIFICATION,
    id="myanmar-art-3a",
    misses="myanmar-police",
)
myanmar_art_3a_refusal = chapter.rule(
    _in_row("myanmar-military", MYANMAR, "Art. 3a(2)"),
    "The authority must refuse a licence for a dual-use item for Myanmar if it has reasonable grounds "
    "to believe that the end user or the end use might be military.",
    plain=plain.MILITARY_BELIEVED,
    when=_banned_to("myanmar-military")
    & supply
    & dual_use_item
    & myanmar_doubt.choose(stays=may_be_military, lifted=may_be_military & ~Eu.derogation),
    then=Outcome.REFUSAL,
    review=MAY_BE_MILITARY,
    states=BELIEVED,
    triggered_by=Trigger.FINDING,
    id="myanmar-art-3a-refusal",
)
myanmar_art_3a_assistance = chapter.rule(
    _in_row("myanmar-military", MYANMAR, "Art. 3a(4)"),
    "Technical assistance, brokering, financing and other services for dual-use items may not be provided to "
    "a military end user or the Border Guard Police of Myanmar, or for military use there.",
    when=_for_myanmars_military & help_or_service,
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.CLASSIFICATION,
    id="myanmar-art-3a-assistance",
)
myanmar_art_4 = chapter.rule(
    _in_row("myanmar-military", MYANMAR, "Art. 4(1)"),
    "The authority may authorise the supply of dual-use items, and related technical or financial "
    "assistance, by way of derogation, for humanitarian or protective use and for United Nations and "
    "EU programmes.",
    when=_for_myanmars_military & derogable & Eu.derogation,
    then=Outcome.AUTHORISATION,
    overrides=(myanmar_art_3a, myanmar_art_3a_assistance),
    licensed_for="humanitarian or protective use, programmes of the United Nations and the Union to build institutions, "
    "crisis management or demining",
    triggered_by=Trigger.ACT,
    id="myanmar-art-4-derogation",
    misses="myanmar-border-guard",
)

# Iran - Regulations 961/2010 and 267/2012
iran_961_art_2 = chapter.rule(
    ACTS["Reg. (EU) 961/2010"]["Art. 2(1)(a)"],
    "No item of Annex I outside Category 5 may be supplied to Iran, nor technical assistance, brokering or "
    "financing provided for it.",
    when=_banned_to("iran-2010")
    & supply_or_assistance
    & dual_use_item
    & Item.annex_i_entry.includes_any("*!5?"),
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.CLASSIFICATION,
    checked=Evidence(
        EvidenceLevel.OFFICIAL,
        "32010R0961",
        dt.date(2026, 11, 28),
        "Recital 6: all of Annex I but for certain items of Category 5. That Art. 5(1)(b) and (d) ban "
        "assistance and financing follows from the titles of the annexes and from the act of 2012.",
    ),
    id="iran-961-art-2",
)
_CRYPTOGRAPHY = ("5A002.a", "5D002.a.1/5A002.a", "5D002.c.1/5A002.a", "5E002.a/5A002.a")
"""The entries that Part A of Annex I to Regulation 267/2012 leaves out, numbered as in the list of 2021."""
_other_item = Item.annex_i_entry.includes_any("!".join(["*", *_CRYPTOGRAPHY]))
iranian_abroad = Term(
    "body outside Iran that Iran, or a person or body in Iran, owns or controls",
    IRAN_NUCLEAR["Art. 1(o)"],
    Eu.party_flags.includes_any("iranian_owned"),
)


def _to_iranians(row_id: str) -> Condition:
    """To Iran, or to an Iranian body abroad, while the row is in force."""
    (row,) = DUAL_USE_BANS.where(id=row_id)
    return _banned_to(row_id) | (row.period.holds_on(FACTS_DATE) & iranian_abroad)


banned_to_iran = Term(
    "item of Annex I that Part A does not leave out, for an Iranian person or for use in Iran",
    IRAN_NUCLEAR["Art. 2(1)-(2)"],
    dual_use_item
    & any_of(
        _to_iranians("iran-2012") & _other_item,
        (_to_iranians("iran-2012-12") | _to_iranians("iran-2025")) & (_other_item | ~Eu.exempt_use),
    ),
    note="Until 22 December 2012 Part A leaves out cryptography whatever its use, afterwards only cryptography "
    "for public telecommunication and internet services. Items on the Common Military List are not in the annex.",
)
iran_267_art_2 = chapter.rule(
    IRAN_NUCLEAR["Art. 2(1)"],
    "No dual-use item that Part A of Annex I does not leave out may be supplied to an Iranian person or body, "
    "or for use in Iran.",
    plain=plain.DUAL_USE_BAN_WHOLE,
    when=banned_to_iran & supply,
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.CLASSIFICATION,
    id="iran-267-art-2",
)
iran_267_art_5 = chapter.rule(
    IRAN_NUCLEAR["Art. 5(1)(b)-(c)"],
    "Technical assistance, brokering and financing for a dual-use item that may not go to Iran may not be "
    "provided to an Iranian person or body, or for use in Iran.",
    when=banned_to_iran & assistance,
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.CLASSIFICATION,
    id="iran-267-art-5",
    misses="iran-267-art-5-unlisted",
)
iran_267_art_7 = chapter.rule(
    IRAN_NUCLEAR["Art. 7(1)"],
    "The authority may authorise the supply of a dual-use item to Iran, technical assistance or brokering, for "
    "food, agricultural, medical or other humanitarian purposes.",
    when=banned_to_iran
    & (supply | Transaction.kind.is_in("technical_assistance", "brokering"))
    & Eu.derogation,
    then=Outcome.AUTHORISATION,
    overrides=(iran_267_art_2, iran_267_art_5),
    licensed_for="food, agricultural, medical or other humanitarian purposes",
    triggered_by=Trigger.ACT,
    id="iran-267-art-7-derogation",
)
iran_267_art_41 = chapter.rule(
    IRAN_NUCLEAR["Art. 41"],
    "No one may knowingly and intentionally take part in activities intended to circumvent the bans on "
    "dual-use items for Iran, or that have that effect.",
    when=banned_to_iran & supply_or_assistance & Eu.evasion,
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.ACT,
    id="iran-267-art-41-circumvention",
)

# North Korea - Regulation 2017/1509
_to_north_korea = _banned_to("north-korea")
for_the_army = Term(
    "destined for the armed forces of North Korea, as the exporter knows or has reasonable grounds to "
    "believe",
    NORTH_KOREA["Art. 5(1)"],
    EndUser.kind.is_in("military")
    | EndUse.concerns.includes_any("military_end_use")
    | Knowledge.exporter_aware.includes_any("military_end_use"),
    note=(
        "An exporter is taken to know its customer. Grounds to determine a military use are grounds to "
        "believe that there is one."
    ),
)
north_korea_art_3 = chapter.rule(
    NORTH_KOREA["Art. 3(1)"],
    "No dual-use item may be supplied to North Korea.",
    plain=plain.DUAL_USE_BAN_WHOLE,
    when=_to_north_korea & supply & dual_use_item,
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.CLASSIFICATION,
    id="north-korea-art-3",
)
north_korea_art_7 = chapter.rule(
    NORTH_KOREA["Art. 7(1)"],
    "Technical assistance, brokering and financing for dual-use items may not be provided to North Korea.",
    when=_to_north_korea & assistance & dual_use_item,
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.CLASSIFICATION,
    id="north-korea-art-7",
    misses="north-korea-dual-use-unlisted-loan",
)
north_korea_art_8 = chapter.rule(
    NORTH_KOREA["Art. 8"],
    "The authority may authorise the supply of a dual-use item to North Korea, or related assistance, "
    "by way of derogation, for humanitarian purposes or with the approval of the Security Council.",
    when=_to_north_korea & supply_or_assistance & dual_use_item & Eu.derogation,
    then=Outcome.AUTHORISATION,
    overrides=(north_korea_art_3, north_korea_art_7),
    licensed_for="food, agricultural, medical or other humanitarian purposes, or with the approval of the Security "
    "Council",
    triggered_by=Trigger.ACT,
    id="north-korea-art-8-derogation",
)
north_korea_art_5 = chapter.rule(
    NORTH_KOREA["Art. 5(1)"],
    "No item other than food or medicine may be supplied to North Korea if the exporter knows, or has "
    "reasonable grounds to believe, that it is for the armed forces.",
    plain=plain.FOR_ARMED_FORCES,
    when=_to_north_korea & supply & for_the_army,
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.FINDING,
    id="north-korea-art-5",
    misses="north-korea-dual-use-unlisted",
)
north_korea_art_6 = chapter.rule(
    NORTH_KOREA["Art. 6(1)"],
    "The authority may authorise an item destined for the armed forces of North Korea by way of "
    "derogation, for example for humanitarian purposes.",
    when=_to_north_korea & supply & for_the_army & Eu.derogation,
    then=Outcome.AUTHORISATION,
    overrides=north_korea_art_5,
    licensed_for="humanitarian purposes and the other cases of Art. 6(1)",
    triggered_by=Trigger.ACT,
    id="north-korea-art-6-derogation",
)
north_korea_art_32 = chapter.rule(
    NORTH_KOREA["Art. 32"],
    "No financing or financial assistance may be provided for trade with North Korea, export credits and "
    "insurance included.",
    when=_to_north_korea & Transaction.kind.is_in("financing"),
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.ACT,
    id="north-korea-art-32",
    fires="north-korea-art-32",
    misses="north-korea-art-32-elsewhere",
)
north_korea_art_33 = chapter.rule(
    NORTH_KOREA["Art. 33"],
    "The authority may authorise financing for trade with North Korea if the Sanctions Committee has approved "
    "it in the single case.",
    when=_to_north_korea & Transaction.kind.is_in("financing") & Eu.derogation,
    then=Outcome.AUTHORISATION,
    overrides=north_korea_art_32,
    licensed_for="trade that the Sanctions Committee has approved in the single case",
    triggered_by=Trigger.ACT,
    id="north-korea-art-33-derogation",
)
