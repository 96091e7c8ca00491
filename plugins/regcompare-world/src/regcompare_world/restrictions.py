"""What acts restrict for a destination: rows of one shape for Swiss ordinances and British regulations.

Each row is a limb of one act in one period: encoded, read without reach, or unread and then open for what
it may be about.  The Union's table of acts has the same columns; what its acts ban stands in tables beside
it, here in the row itself.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

import attrs

from regcompare.authoring import (
    LAW_DATE,
    TRUE,
    Addressee,
    Chapter,
    Condition,
    DatedTable,
    Destination,
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
    Transaction,
    Trigger,
    any_of,
)
from regcompare.law import Citation
from regcompare.ruleset.rules import Rule
from regcompare.vocabulary.dated import Row
from regcompare_eu.facts import COUNTRY_NAMES, GOODS, OCCUPIED_AREAS, Eu
from regcompare_eu.unread import unread_rule

PLACES = (Destination.country, Destination.purchaser_country, EndUser.country)
"""Where the consignee and the buyer are, and where the item is used."""

_goods = Item.form.is_in("goods")
_is_service = Item.form.is_in("service")
_served = (
    Transaction.kind.is_in("hosted_service", "technical_assistance")
    | (Transaction.kind.is_in("export", "electronic_export") & _is_service)
)  # fmt: skip
_helped = Transaction.kind.is_in("technical_assistance", "brokering", "financing")
_military_use = EndUse.concerns.includes_any(
    "military_end_use"
) | Knowledge.authority_informed.includes_any("military_end_use")
_army = EndUser.kind.is_in("military")
_border_guard = Eu.party_flags.includes_any("border_guard_police")
_intercepts = Item.technology.is_in("mobile_interception", "telecom_interception")

RECIPIENTS: Mapping[str, tuple[str, Condition]] = {
    "": ("", TRUE),
    "owned_abroad": ("", TRUE),
    "military": (" for military use or a military end user", _army | _military_use),
    "military_or_border_guard": (
        " for military use, the armed forces or the border guard police",
        _army | _military_use | _border_guard,
    ),
    "security_forces": (
        " for military use or the security forces",
        _army | _military_use | _border_guard | EndUser.kind.is_in("law_enforcement"),
    ),
    "army": (" for the armed forces", _army),
    "army_or_border_guard": (" for the armed forces or the border guard police", _army | _border_guard),
    "armed_forces": (" for the armed forces", _army),
    "military_user": (" for a military end user", _army),
    "authorities": (
        " for members of authorities",
        EndUser.kind.is_in("law_enforcement", "intelligence", "military", "other_state_body"),
    ),
    "state": (" for the government", EndUser.acts_for_state.__condition__()),
}
"""For whom a row restricts something, in words and as a condition."""

_DONE: Mapping[str, Condition] = {
    "service_military": _helped,
    "service_infrastructure": Transaction.kind.is_in("technical_assistance", "brokering"),
    "service_interception": _served,
    "service_it_consultancy": _served,
    "service_training": _served,
}
"""What is done under rows that are about help or a service, and not about supply."""
_KINDS_OF_HELP: Mapping[str, str] = {
    "technical_assistance brokering": "technical assistance and brokering",
    "technical_assistance brokering financing": "technical assistance, brokering and financing",
}
"""The help of a row in words."""
_SUPPLY = {
    Outcome.PROHIBITION: "The supply of {what} to {place} is prohibited",
    Outcome.REFUSAL: "A licence to supply {what} to {place} may be refused",
}
_HELP = {
    Outcome.PROHIBITION: "For {what}, {kinds} may not be provided for {place}",
    Outcome.AUTHORISATION: "For {what}, {kinds} for {place} need a licence",
}
FOR_MILITARY = Review(
    LicensingPolicy.REFUSE, Standard.REASON_TO_BELIEVE, "a military end use or end user"
)


@attrs.frozen(eq=False)
class Law:
    """The law of one state that restricts items and services by destination.

    Attributes:
        chapter: Where its rules are declared.
        table: Its rows.
        since: The acts, each with the day through which it was read.
        supply: Supply of goods, software or technology.
        listed: An item on the control list.
        list_name: The list in words.
        repression: An item on a list for internal repression.
        interception: An item on a list for interception.
        interception_service: What a service of interception does, whoever it is for.
        military_help: Help that counts as help with military activities.
        authority: Who may license.
        begins: The first day of the ruleset.
        is_cited_by_year: Whether a number is cited with the year of the act, as a later one may take it over.
        doubts: By the items of rows, the reading under which they are restricted, for cases that show it.
        checked: How its acts are known.
    """

    chapter: Chapter
    table: DatedTable
    since: DatedTable
    supply: Condition
    listed: Condition
    list_name: str
    repression: Condition
    interception: Condition
    interception_service: Condition
    military_help: Condition
    authority: str
    begins: dt.date
    checked: Evidence
    is_cited_by_year: bool = False
    doubts: Mapping[str, str] = attrs.field(factory=dict)

    # what rows name

    @cached_property
    def items(self) -> Mapping[str, tuple[str, Condition]]:
        """What a row restricts, in words and as a condition."""
        return {
            "listed": (f"items that {self.list_name} lists", self.listed),
            "technology": ("items of advanced technology", Eu.advanced_technology_item & ~self.listed),
            "repression": ("equipment listed as usable for internal repression", self.repression),
            "interception": ("equipment listed for interception", self.interception),
            "goods": ("goods other than food and medicine", _goods & TRUE),
            "service_interception": ("services of interception", self.interception_service),
            "service_military": ("help with military activities", self.military_help),
            "service_it_consultancy": (
                "IT consultancy",
                ~Transaction.kind.is_in("hosted_service")
                & Eu.service_kind.includes_any("it_consultancy"),
            ),
            "service_infrastructure": (
                "services for infrastructure",
                Eu.service_kind.includes_any("infrastructure"),
            ),
            "service_training": ("training", Eu.service_kind.includes_any("training")),
        }

    @cached_property
    def opens(self) -> Mapping[str, Condition]:
        """What an unread act may be about, by the words of rows."""
        dealt = self.supply | _helped
        headings: dict[str, Condition] = {
            word: dealt & _goods & Eu.goods_headings.includes_any(word) for word in GOODS
        }
        rendered = _served & ~Transaction.kind.is_in("brokering")
        return {
            **headings,
            "anything": dealt | _served,
            "annex_i": dealt & self.listed,
            "advanced_technology": dealt & Eu.advanced_technology_item,
            "repression_list": dealt & self.repression,
            "interception": dealt & self.interception,
            "interception_services": _served & self.interception_service,
            "surveillance": (dealt | _served)
            & (~Item.technology.is_in("not_surveillance", "encryption") | self.repression),
            "goods": dealt & _goods,
            "it_services": rendered & Eu.service_kind.includes_any("it_consultancy", "testing"),
            "testing": rendered & Eu.service_kind.includes_any("testing"),
            "training": rendered & Eu.service_kind.includes_any("training"),
            "infrastructure_services": rendered & Eu.service_kind.includes_any("infrastructure"),
            "hosted_service": Transaction.kind.is_in("hosted_service"),
            "military_assistance": _helped & _army,
            "help_with_listed": _helped & self.listed,
            "business_software": self.supply
            & Item.form.is_in("software")
            & Item.technology.is_in("not_surveillance", "encryption"),
            "public_financing": Transaction.kind.is_in("financing"),
        }

    def _what(self, row: Row) -> tuple[str, Condition]:
        """The items or services of a row; words that are no key are customs headings."""
        if found := self.items.get(row["items"]):
            return found
        headings = row.words("items")
        named = [GOODS[word][0] for word in headings]  # type: ignore[index]
        words = " and ".join(filter(None, ("; ".join(named[:-1]), named[-1])))
        return words, _goods & Eu.goods_headings.includes_any(*headings)  # type: ignore[arg-type]

    # rules

    def declare(self) -> list[Rule]:
        """Declares the rules of all rows, and what acts may say since they were last read.

        Returns:
            The rules of what is encoded.
        """
        encoded = [rule for row in self.table.where(**{"class": "encoded"}) for rule in self._rules(row)]
        unread = (
            self._unread(row) for row in self.table.where(**{"class": "unread"}) if self._opened(row)
        )
        self.chapter.add(*encoded, *unread)
        title = f"Table of {self.table.name}"
        table = Instrument(
            title,
            f"{title}, as far as found",
            "a table of this project",
            checked=Evidence(EvidenceLevel.INFERRED, note="The search for acts was not exhaustive."),
        )
        self.chapter.since_last_reading(
            table["(since the last reading)"],
            "An act on this destination, as it stands since the day on which it was last read, forbids it.",
            self.since,
            lambda row: _place(row) & any_of(*(self.opens[word] for word in row.words("opens_for"))),
            then=Outcome.PROHIBITION,
            triggered_by=Trigger.ACT,
            id="act-since",
        )
        return encoded

    def _instrument(self, row: Row) -> Instrument:
        """The act of a row."""
        year = re.search(r"\d{4}", row["act"]) if self.is_cited_by_year else None
        named = f"{row['number']} of {year[0]}" if year else row["number"]
        return Instrument(
            named, row["act"], row["number"], address=_whole(row["address"]), checked=self.checked
        )

    def act(self, row_id: str) -> Instrument:
        """Returns the act of the row with an id."""
        (row,) = self.table.where(id=row_id)
        return self._instrument(row)

    def _cite(self, row: Row, column: str = "articles") -> Citation:
        cite = self._instrument(row)[row[column]]
        return attrs.evolve(cite, since=row.period.start, address=row["address"])

    def bound_for(self, row: Row) -> Condition:
        """To a country or area of a row, while it is in force."""
        return self.table.where(id=row["id"]).rows_that(_place, LAW_DATE)

    def _opened(self, row: Row) -> list[Condition]:
        """What an unread row opens; freezes are one rule for all acts."""
        return [self.opens[word] for word in row.words("opens_for") if word != "listed_party"]

    def _unread(self, row: Row) -> Rule:
        reach = f": {row['reach']}" if row["reach"] else ""
        when = self.bound_for(row) & any_of(*self._opened(row))
        what = f"what it lists{reach}"
        return unread_rule(row, self._cite(row), place_of(row), what, when, id=row["id"])

    def _rules(self, row: Row) -> Iterator[Rule]:
        words, what = self._what(row)
        recipients, recipient = RECIPIENTS[row["to"]]
        reached = self.bound_for(row) & what & recipient
        if row["exempt"] == "exempt_use":
            reached &= ~(Eu.exempt_use & ~_army & ~_military_use)
        elif row["exempt"]:
            reached &= ~Eu.party_flags.includes_any(row["exempt"])  # type: ignore[arg-type]
        bans = list(self._bans(row, reached, f"{words}{recipients}"))
        yield from bans
        if row["derogation"] not in ("", "none"):
            yield self._derogation(row, bans)
        if row["refusal"]:
            yield self._refusal(row, bans)

    def _bans(self, row: Row, reached: Condition, words: str) -> Iterator[Rule]:
        place, outcome = place_of(row), Outcome(row["outcome"])
        if outcome is Outcome.REFUSAL:
            power = self.chapter.discretion(
                self._cite(row),
                f"Has {self.authority} used its power to refuse the licence?",
                who=Addressee.AUTHORITY,
                id=f"{row['id']}-power",
            )
            reached &= power
        shared: dict[str, Any] = {
            "then": outcome,
            "states": f"{self.authority}, if it uses its power" if outcome is Outcome.REFUSAL else "",
            "has_no_derogation": row["derogation"] == "none",
            "checked": self._known(row),
            "note": row["note"],
        }
        if row["kind"] != "dual_use_services":
            done = _DONE.get(row["items"], self.supply)
            yield Rule(
                self._cite(row),
                f"{_SUPPLY[outcome].format(what=words, place=place)}.",
                when=reached & done,
                triggered_by=Trigger.CLASSIFICATION if done is self.supply else Trigger.ACT,
                id=row["id"],
                fires=self._on_first_day(row, row["id"]),
                misses=self._elsewhen(row, row["id"]),
                **shared,
            )
        if row["help"]:
            kinds = row.words("help")
            named = _KINDS_OF_HELP[row["help"]]
            yield Rule(
                self._cite(row),
                f"{_HELP[outcome].format(what=words, place=place, kinds=named)}.",
                when=reached & Transaction.kind.is_in(*kinds),  # type: ignore[arg-type]
                triggered_by=Trigger.CLASSIFICATION,
                id=f"{row['id']}-help",
                fires=self._on_first_day(row, f"{row['id']}-help"),
                misses=self._elsewhen(row, f"{row['id']}-help"),
                **shared,
            )

    def _first_day(self, row: Row) -> dt.date:
        """The first day on which the row and the ruleset are in force."""
        assert row.period.start is not None
        return max(row.period.start, self.begins)

    def _on_first_day(self, row: Row, case: str) -> str:
        doubt = f" under {self.doubts[row['items']]}" if row["items"] in self.doubts else ""
        return f"{case} as of {self._first_day(row)}{doubt}"

    def _elsewhen(self, row: Row, case: str) -> str:
        """The case on the day before; where the ruleset begins with the row, a case elsewhere."""
        eve = self._first_day(row) - dt.timedelta(days=1)
        return f"{case} as of {eve}" if eve >= self.begins else f"{case}-elsewhere as of {self.begins}"

    def _known(self, row: Row) -> Evidence | None:
        """The row's own evidence, where more than the day is in doubt."""
        return None if row.checked.level is EvidenceLevel.TEXT else row.checked

    def _derogation(self, row: Row, bans: list[Rule]) -> Rule:
        must = row["force"] == "must"
        modal = "must" if must else "may"
        purposes = f": {row['purposes']}" if row["purposes"] else "; no ground is named"
        return Rule(
            self._cite(row, "derogation"),
            f"By way of derogation, {self.authority} {modal} license what is banned for {place_of(row)}"
            f"{purposes}.",
            when=any_of(*(ban.when for ban in bans)) & Eu.derogation,
            then=Outcome.AUTHORISATION,
            overrides=tuple(bans),
            licensed_for=row["purposes"],
            refused_if=f"there is reason to believe in a military use or user ({row['refusal']})"
            if row["refusal"]
            else "",
            review=Review(LicensingPolicy.FAVOURABLE, found_by=self.authority) if must else (),
            triggered_by=Trigger.ACT,
            checked=self._known(row),
            id=f"{row['id']}-derogation",
            fires=self._on_first_day(row, f"{row['id']}-derogation"),
            misses=self._on_first_day(row, row["id"]),
        )

    def _refusal(self, row: Row, bans: list[Rule]) -> Rule:
        asked = any_of(*(ban.when for ban in bans)) & (_army | _military_use)
        is_licensed = row["outcome"] == "authorisation"
        return Rule(
            self._cite(row, "refusal"),
            f"No licence may be granted for {place_of(row)} if there is reason to believe in a military use "
            "or a military end user.",
            when=asked if is_licensed else asked & Eu.derogation,
            then=Outcome.REFUSAL,
            review=FOR_MILITARY,
            triggered_by=Trigger.FINDING,
            checked=self._known(row),
            id=f"{row['id']}-refusal",
            fires=self._on_first_day(row, f"{row['id']}-refusal"),
            misses=self._on_first_day(row, f"{row['id']}-{'help' if is_licensed else 'derogation'}"),
        )


def place_of(row: Row) -> str:
    """Returns the name of the countries or areas that a row is about."""
    if areas := row.words("area"):
        return " or ".join(OCCUPIED_AREAS[area] for area in areas)  # type: ignore[index]
    return " or ".join(COUNTRY_NAMES[word] for word in row.words("country"))


def _place(row: Row) -> Condition:
    """The consignee, the buyer or the place of use is in a country of the row, and in its areas."""
    place = any_of(*(place.is_in(*row.words("country")) for place in PLACES))
    if row.values.get("to") == "owned_abroad":
        place |= Eu.party_flags.includes_any("iranian_owned")
    if areas := row.words("area"):
        place &= Eu.occupied_area.is_in(*areas)  # type: ignore[arg-type]
    return place


def _whole(address: str) -> str:
    """The address of the whole act, from that of a place in it or of a state of it."""
    return re.sub(r"/regulation/.*$|/\d{4}-\d\d-\d\d$|/\d{8}(?=/de$)", "", address)
