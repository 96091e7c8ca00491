"""Monitoring and interception of communications: the six regimes, in the order in which they began.

All six have the same structure: a licence for the supply, another for help with it and for
interception services for the government, and a finding on which the authority must refuse.  They
differ in the finding: for Syria and Iran interception by the state as such, for the others repression.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import attrs

from regcompare.authoring import (
    FACTS_DATE,
    Addressee,
    Chapter,
    Condition,
    DatedTable,
    DutyKind,
    EndUse,
    EndUser,
    EvidenceLevel,
    Instrument,
    Knowledge,
    LicensingPolicy,
    Outcome,
    Review,
    Standard,
    Strength,
    Term,
    Trigger,
    any_of,
)
from regcompare.law import Citation
from regcompare.ruleset.rules import Duty, Rule
from regcompare.vocabulary.dated import Row
from regcompare_eu import plain
from regcompare_eu.facts import MEMBER_STATE, Eu
from regcompare_eu.tables import INTERCEPTION_REGIMES

from .definitions import (
    ACTS,
    FINDINGS,
    RUSSIA,
    assistance,
    cited,
    country_of,
    destined_for,
    in_row,
    russian_derogation,
    service,
    supply,
    under_annex,
    used_in,
)

chapter = Chapter()


@attrs.frozen(eq=False)
class Regime:
    """One act's measures on interception equipment, with the terms that its rules share.

    Attributes:
        row: Its row in the table.
        act: The act.
        country: The country in words.
        by_state: By whom the use must be on which a licence is refused; two acts say where as well.
        place: To a person in the country, or for use there.
        item: The item is under a head of its annex.
        interception: The service intercepts communications for the government.
        finding: What the authority must have reasonable grounds to determine.
        refusal: That a licence must be refused on this finding.
    """

    row: Row
    act: Instrument
    country: str
    by_state: str
    place: Term
    item: Term
    interception: Term
    finding: Term
    refusal: Review

    @classmethod
    def of(cls, row: Row) -> Regime:
        """Returns the regime that a row of the table is about."""
        act, country = ACTS[row["act"]], country_of(row)
        table: DatedTable = INTERCEPTION_REGIMES.where(id=row["id"])
        words, use = FINDINGS[row["refusal"]]
        by_state = "by " + row["by_whom"].replace("the government", f"the government of {country}")
        if row["refusal"] == "monitoring":
            by_state = f"in {country} {by_state}"
        return cls(
            row,
            act,
            country,
            by_state,
            destined_for(INTERCEPTION_REGIMES, row["id"]),
            under_annex(row),
            Term(
                f"interception or monitoring service for the government of {country}",
                cited(row, "services"),
                service & Eu.primarily_interception & EndUser.acts_for_state,
            ),
            Term(
                f"reasonable grounds to determine a use for {words} by or for the government of {country}",
                cited(row, "goods"),
                use & EndUser.acts_for_state & used_in(table),
            ),
            Review(
                LicensingPolicy.REFUSE,
                Standard.REASONABLE_GROUNDS,
                f"a use for {words} {by_state}",
            ),
        )

    def cite(self, article: str, paragraph: str) -> Citation:
        """Returns a paragraph of the article on goods or on services; the six acts number them alike."""
        return in_row(self.row, self.act[self.row[article] + paragraph])

    def id(self, article: str, suffix: str = "") -> str:
        """Returns the id of a rule, such as ``syria-art-4-refusal``."""
        return f"{self.row['id']}-{self.act[self.row[article]].slug}{suffix}"


def _supply(regime: Regime) -> Rule:
    name = regime.row["id"]
    return Rule(
        regime.cite("goods", "(1)"),
        f"Prior authorisation is required for the supply of an item under a heading of {regime.row['annex']} to "
        f"a person in {regime.country}, or for use there.",
        plain=plain.INTERCEPTION_LISTED,
        when=regime.place & supply & regime.item,
        then=Outcome.AUTHORISATION,
        triggered_by=Trigger.CLASSIFICATION,
        id=regime.id("goods"),
        misses=f"{name}-supply-day-before",
    )


def _supply_refused(regime: Regime) -> Rule:
    name = regime.row["id"]
    words, _ = FINDINGS[regime.row["refusal"]]
    return Rule(
        regime.cite("goods", "(2)"),
        f"No authorisation may be granted for the supply of an item under a heading of {regime.row['annex']} "
        f"if there are reasonable grounds to determine that it would be used for {words} {regime.by_state}.",
        plain=plain.INTERCEPTION_REFUSED[regime.row["refusal"]],
        when=regime.place & supply & regime.item & regime.finding,
        then=Outcome.REFUSAL,
        review=regime.refusal,
        triggered_by=Trigger.FINDING,
        id=regime.id("goods", "-refusal"),
        misses=f"{name}-supply",
    )


def _assistance(regime: Regime) -> Rule:
    return Rule(
        regime.cite("services", "(1)(a)-(b)"),
        "Prior authorisation is required for technical assistance, brokering and financing for an item under "
        f"a heading of {regime.row['annex']}, for {regime.country}.",
        plain=plain.INTERCEPTION_LISTED,
        when=regime.place & assistance & regime.item,
        then=Outcome.AUTHORISATION,
        triggered_by=Trigger.CLASSIFICATION,
        id=regime.id("services", "-assistance"),
    )


def _service(regime: Regime) -> Rule:
    return Rule(
        regime.cite("services", "(1)(c)"),
        "Prior authorisation is required for a service that monitors or intercepts communications for the "
        f"government of {regime.country} or anyone acting for it.",
        plain=plain.INTERCEPTION_SERVICE,
        when=regime.place & regime.interception,
        then=Outcome.AUTHORISATION,
        triggered_by=Trigger.ACT,
        id=regime.id("services", "-service"),
    )


def _services_refused(regime: Regime) -> Rule:
    words, _ = FINDINGS[regime.row["refusal"]]
    return Rule(
        regime.cite("services", "(1)"),
        f"No authorisation may be granted for assistance with an item under a heading of "
        f"{regime.row['annex']}, or for an interception service, if there are reasonable grounds to determine "
        f"a use for {words} {regime.by_state}.",
        plain=plain.INTERCEPTION_REFUSED[regime.row["refusal"]],
        when=regime.place & ((assistance & regime.item) | regime.interception) & regime.finding,
        then=Outcome.REFUSAL,
        review=regime.refusal,
        triggered_by=Trigger.FINDING,
        id=regime.id("services", "-refusal"),
    )


def _circumvention(regime: Regime, *besides: Condition) -> Rule:
    name = regime.row["id"]
    reached = any_of((supply | assistance) & regime.item, regime.interception, *besides)
    evades, aware = Eu.evasion.__condition__(), ""
    if day := regime.row["accepted_from"]:
        since = dt.date.fromisoformat(day)
        evades |= FACTS_DATE.on_or_after(since) & Eu.evasion_accepted
        aware = f" Since {day} to be aware of that effect, and to accept it, is enough."
    return Rule(
        cited(regime.row, "circumvention"),
        "No one may knowingly and intentionally take part in activities intended to circumvent the measures on "
        f"{regime.country}, or that have that effect.{aware}",
        when=regime.place & reached & evades,
        then=Outcome.PROHIBITION,
        triggered_by=Trigger.ACT,
        id=regime.id("circumvention", "-circumvention"),
        misses=f"{name}-supply",
    )


def _notice(regime: Regime) -> Duty:
    return Duty(
        cited(regime.row, "goods"),
        "The Member State tells the other Member States and the Commission of an authorisation.",
        kind=DutyKind.INFORMATION_SHARING,
        addressee=MEMBER_STATE,
        strength=Strength.MUST,
        when=regime.place & supply & regime.item,
        deadline=regime.row["notice"],
        id=regime.id("goods", "-notice"),
    )


def _provisions(regime: Regime) -> Iterator[Rule | Duty]:
    yield _supply(regime)
    yield _supply_refused(regime)
    yield _assistance(regime)
    yield _service(regime)
    yield _services_refused(regime)
    if regime.row["circumvention"] and regime.act is not RUSSIA:
        yield _circumvention(regime)
    yield _notice(regime)


REGIMES = {row["id"]: Regime.of(row) for row in INTERCEPTION_REGIMES}
chapter.add(*(item for regime in REGIMES.values() for item in _provisions(regime)))
six_regimes = {item.id: item for item in chapter if isinstance(item, Rule)}

# Russia - Article 5 of Regulation 2024/1485: items that neither of its annexes lists
_russia = REGIMES["russia"]
unlisted_for_repression = Term(
    "unlisted item intended for use in connection with internal repression in Russia",
    RUSSIA["Art. 5"],
    ~_russia.item
    & ~Eu.repression_list_item
    & EndUse.concerns.includes_any("internal_repression")
    & used_in(INTERCEPTION_REGIMES.where(id="russia")),
    note="Any item in neither annex of the act, including a camera, a face-matching engine or an item on "
    "the dual-use list.",
)
russia_doubt = chapter.interpretation(
    "sanctions-russia-art-5",
    RUSSIA["Art. 5"],
    "Which of the two restrictions extends to an unlisted item: the authorisation requirement of "
    "Article 3 or the ban of Article 2?",
    readings={
        "gate": "The requirement of Article 3(1): prior authorisation.",
        "ban": "The ban of Article 2(1), which allows derogations only.",
    },
    within={"gate": "ban"},
    default="gate",
    reason=(
        "Surveillance is closer to the items of Annex II than to the weapons and equipment of Annex I."
    ),
    checked=EvidenceLevel.INFERRED,
)

russia_art_5 = chapter.rule(
    RUSSIA["Art. 5"],
    "Prior authorisation is also required for an item that neither annex of the act lists, if it is "
    "intended for use in connection with internal repression in Russia.",
    when=_russia.place & supply & unlisted_for_repression,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.ACT,
    misses="russia-unlisted-state-surveillance",
    id="russia-art-5",
)
russia_art_5_refusal = chapter.rule(
    RUSSIA["Art. 5"],
    "No authorisation may be granted for an unlisted item if there are reasonable grounds to determine "
    "that it would be used for internal repression in Russia by the government or anyone acting for "
    "it.",
    when=_russia.place & supply & unlisted_for_repression & _russia.finding,
    then=Outcome.REFUSAL,
    review=_russia.refusal,
    triggered_by=Trigger.FINDING,
    checked=EvidenceLevel.INFERRED,
    misses="russia-unlisted",
    id="russia-art-5-refusal",
)
russia_art_5_ban = chapter.rule(
    RUSSIA["Art. 5"],
    "An unlisted item intended for internal repression in Russia may not be supplied.",
    when=_russia.place & supply & unlisted_for_repression & russia_doubt.is_read_as("ban"),
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.ACT,
    checked=EvidenceLevel.INFERRED,
    fires="russia-unlisted under sanctions-russia-art-5=ban",
    misses="russia-unlisted",
    id="russia-art-5-ban",
    note="Only if the extension is interpreted as the ban of Article 2(1).",
)
russia_art_5_notification = chapter.duty(
    RUSSIA["Art. 5"],
    "An operator that becomes aware that an unlisted item is intended for internal repression in "
    "Russia must notify the authority immediately.",
    kind=DutyKind.NOTIFICATION,
    addressee=Addressee.EXPORTER,
    strength=Strength.MUST,
    when=_russia.place
    & supply
    & unlisted_for_repression
    & Knowledge.exporter_aware.includes_any("internal_repression"),
    deadline="at once",
    id="russia-art-5-notification",
)

# Russia - Article 13(1), which reaches what Article 5 extends to as well
chapter.add(_circumvention(_russia, supply & unlisted_for_repression))

# Russia - the derogations of Article 3, which open the way to an authorisation
russia_art_3_derogation = chapter.rule(
    RUSSIA["Art. 3(4)"],
    "By way of derogation, the authority may authorise supply for missions of the Union, of Member "
    "States and of partner countries, for international organisations, for services of EU "
    "telecommunications operators and for data centres in the Union.",
    when=_russia.place & supply & (_russia.item | unlisted_for_repression) & russian_derogation,
    then=Outcome.AUTHORISATION,
    overrides=(six_regimes["russia-art-3-refusal"], russia_art_5_refusal, russia_art_5_ban),
    triggered_by=Trigger.ACT,
    misses="russia-supply-refused",
    id="russia-art-3-derogation",
)
