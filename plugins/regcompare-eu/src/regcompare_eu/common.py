"""Terms that both dual-use acts share: who is inside, what leaves, what is listed, what is embargoed.

The acts number these provisions differently, so each act cites its own article for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Literal

import attrs

from regcompare.authoring import (
    FACTS_DATE,
    LAW_DATE,
    TRUE,
    Condition,
    Country,
    DatedTable,
    Destination,
    EndUse,
    EndUser,
    EvidenceLevel,
    Exporter,
    Home,
    Item,
    Knowledge,
    Licence,
    National,
    SetOf,
    Term,
    Transaction,
    all_of,
    any_of,
)
from regcompare.law import Citation
from regcompare.ruleset.rules import Interpretation
from regcompare.vocabulary import Concern, TransactionKind
from regcompare.vocabulary.dated import Row

from .facts import Eu
from .tables import (
    ANNEX_I,
    ANNEX_IV,
    EMBARGOES,
    GENERAL_AUTHORISATION_ITEMS,
    GENERAL_AUTHORISATIONS,
    MEMBERSHIP,
    NATIONAL_LISTS,
    SECTION_I,
)

RIGHTS_CONCERNS: tuple[Concern, ...] = (
    "internal_repression",
    "human_rights_violation",
    "rights_interference",
)
"""Uses that breach human rights, serious or not."""


LICENCE_APPLIED_FOR: Condition = Licence.status.is_in(
    "applied", "granted", "refused", "withdrawn", "revoked"
)
"""Somebody has applied for a licence: after a notification, a sign that the authority has required one."""


GLOBALLY_AUTHORISED: Condition = Licence.status.is_in("granted") & Eu.licence_kind.is_in("global")
"""A global authorisation covers the export."""

FINAL_DESTINATION = EndUser.country
"""The country of final destination: where the items will be used, as far as is known.

The acts tell it from the place to which the items are sent first (Annex III, boxes 8 and 12); an ordinary
transaction ends where it is sent.
"""


UNION = Home("the European Union", MEMBERSHIP)
"""The customs territory of the Union, in which its acts find the exporter."""


def in_union(country: Country) -> Condition:
    """The country is in the customs territory of the Union on the day of the facts."""
    return UNION.has(country)


def to_third_country(*kinds: TransactionKind) -> Condition:
    """A transaction of one of these kinds with a destination outside the Union."""
    return Transaction.kind.is_in(*kinds) & ~in_union(Destination.country)


def sends_out() -> Condition:
    """An export by shipment or transmission, which leaves the Union by definition."""
    return Transaction.kind.is_in("export", "electronic_export")


def transfers_within() -> Condition:
    """A transfer from one Member State to another."""
    return Transaction.kind.is_in("intra_eu_transfer")


def listed(cite: Citation) -> Term:
    """The item meets an entry of Annex I that is in force on the day whose law is applied."""
    return Term("item listed in Annex I", cite, ANNEX_I.lists(Item.annex_i_entry, LAW_DATE))


def on_national_list(
    effect: str,
    *,
    own: bool,
    published: tuple[str, ...] = ("yes",),
    table: DatedTable = NATIONAL_LISTS,
    entries: SetOf[Any] = Eu.national_entry,
) -> Condition:
    """The item is on a national list for this export, of the exporter's own state or another's.

    Another state's list counts only where the Commission has published it, or, with ``unknown`` among
    ``published``, may have.
    """
    rows = [row for row in table.where(effect=effect) if row.values.get("kind", "export") == "export"]
    if not own:
        rows = [row for row in rows if row["published"] in published]
    lists = attrs.evolve(table, rows=tuple(rows), whole=table.whole or table)
    return lists.rows_that(lambda row: _national_row(row, entries, own=own), LAW_DATE)


def national_rule(kind: str, effect: str) -> Condition:
    """The exporter's own state has a rule of this kind, for the items that the rule names."""
    rows = NATIONAL_LISTS.where(**{"class": "encoded"}, kind=kind, effect=effect)
    return rows.rows_that(lambda row: _national_row(row, Eu.national_entry, own=True), LAW_DATE)


def extended_to(
    kind: Literal["brokering", "transit", "intra_eu_transfer"], effect: str = "authorisation"
) -> Condition:
    """The exporter's own state has extended its controls, as the table or a file says."""
    return National.extends_to.includes_any(kind) | national_rule(kind, effect)


def _national_row(row: Row, entries: SetOf[Any], *, own: bool) -> Condition:
    state = Exporter.country.is_in(*row.words("state"))
    parts = [state if own else ~state]
    if row["entries"]:
        parts.append(entries.includes_any(*row.words("entries")))
    parts.extend(~_destinations(exempt) for exempt in row.words("except"))
    if row["only"]:
        parts.append(FINAL_DESTINATION.is_in(*row.words("only")))
    if row["recipient"]:
        parts.append(EndUser.kind.is_in(row["recipient"]))  # type: ignore[arg-type]
    if row.values.get("carve_outs"):
        parts.append(~Eu.national_carve_outs.includes_any(*row.words("carve_outs")))  # type: ignore[arg-type]
    if row.values.get("free_up_to"):
        parts.append(~(Item.form.is_in("goods") & Eu.contract_up_to_5000))
    return all_of(*parts)


def _destinations(word: str) -> Condition:
    if word == "EU":
        return in_union(FINAL_DESTINATION)
    if word == "EU001":
        return GENERAL_AUTHORISATIONS.where(id="eu001").names(FINAL_DESTINATION, LAW_DATE)
    return FINAL_DESTINATION.is_in(word)


class Act:
    """The conditions that the two acts share, with the citations of one of them.

    Attributes:
        id: The id of the ruleset, which is also the word for the act in the tables.
        parts: For which illegally exported military items a part counts.
        annex_parts: For which it counts under the general authorisations.
        embargoed: The purchasing country or the destination is under an arms embargo.
        destination_embargoed: The final destination, where the items will be used, is under one.
        informed: The authority has told the exporter of a use that Article 4 names.
        aware: The exporter knows of such a use.
        suspects: The exporter has grounds to suspect such a use.
        intended: The items are intended for such a use.
        no_such_use: Neither informed nor aware of such a use, military end-use counting where the buyer's
            country or the destination is under an embargo.
        no_such_use_in_place: The same, military end-use counting where the use itself is.
        in_annex_iv: The item is one whose transfer within the Union needs an authorisation.
        in_section_i: The item is one for which there is no general authorisation.
    """

    def __init__(
        self,
        act_id: str,
        *,
        embargo: Citation,
        catch_all: Citation,
        section_i: Citation,
        annex_iv: Citation,
        parts: Condition = TRUE,
        annex_parts: Condition | None = None,
    ) -> None:
        self.id = act_id
        self.parts = parts
        self.annex_parts = parts if annex_parts is None else annex_parts
        self.doubts = _embargo_doubts(act_id, embargo)
        self.embargoed = Term(
            "country under an arms embargo",
            embargo,
            _embargoed(Destination.purchaser_country, self.doubts)
            | _embargoed(FINAL_DESTINATION, self.doubts),
        )
        self.destination_embargoed = Term(
            "final destination under an arms embargo",
            embargo,
            _embargoed(FINAL_DESTINATION, self.doubts),
            within=self.embargoed,
        )
        self.informed = Term(
            "informed of a use covered by Article 4",
            catch_all,
            self._of_article_4(Knowledge.authority_informed),
        )
        self.suspects = Term(
            "grounds to suspect a use covered by Article 4", catch_all, suspects(self._of_article_4)
        )
        self.aware = Term(
            "aware of a use covered by Article 4",
            catch_all,
            self._of_article_4(Knowledge.exporter_aware),
            within=self.suspects,
        )
        self.intended = self._of_article_4(EndUse.concerns)
        self.no_such_use = Term(
            "neither informed nor aware of a use covered by Article 4",
            catch_all,
            self._no_use(self.embargoed),
        )
        self.no_such_use_in_place = Term(
            "neither informed nor aware of a use covered by Article 4, including military end-use in a "
            "country under an arms embargo",
            catch_all,
            self._no_use(self.destination_embargoed),
        )
        self.in_annex_iv = Term(
            "item listed in Annex IV",
            annex_iv,
            _in_annex_iv(ANNEX_IV.where(act=act_id)),
        )
        self.in_section_i = Term(
            "item without general authorisation",
            section_i,
            self.in_annex_iv | SECTION_I.where(act=act_id).lists(Item.annex_i_entry, LAW_DATE),
        )

    def _of_article_4(
        self,
        known: SetOf[Concern],
        embargo: Condition | None = None,
        parts: Condition | None = None,
    ) -> Condition:
        """One of the three uses that Article 4 names, military end-use only under an embargo."""
        military = known.includes_any("military_end_use") & (
            self.embargoed if embargo is None else embargo
        )
        components = known.includes_any("illegally_exported_military_parts")
        return (
            military
            | known.includes_any("wmd")
            | (components & (self.parts if parts is None else parts))
        )

    def _no_use(self, embargo: Condition) -> Condition:
        """Neither informed nor aware of such a use, as the general authorisations word it."""
        known = (Knowledge.authority_informed, Knowledge.exporter_aware)
        return ~any_of(*(self._of_article_4(item, embargo, self.annex_parts) for item in known))

    def goes_to(self, authorisation: str) -> Condition:
        """The final destination is one of the general authorisation's on the day of the law applied."""
        table = GENERAL_AUTHORISATIONS.where(id=authorisation, act=self.id)
        excluded = table.where(mode="excluded")
        if excluded.rows:
            return ~excluded.names(FINAL_DESTINATION, LAW_DATE)
        return table.where(mode="included").names(FINAL_DESTINATION, LAW_DATE)

    def takes_item(self, authorisation: str) -> Condition:
        """No entry that the item meets lies outside the general authorisation."""
        table = GENERAL_AUTHORISATION_ITEMS.where(id=authorisation, act=self.id)
        included = _patterns(table.where(mode="included"))
        excluded = table.where(mode="excluded")
        outside = [] if "*" in included else ["!".join(["*", *included])]
        outside += _patterns(row for row in excluded if not row.is_open)
        rows = attrs.evolve(excluded, rows=tuple(row for row in excluded if row.is_open))
        left_out = rows.rows_that(lambda row: Item.annex_i_entry.includes_any(row["pattern"]), LAW_DATE)
        taken = ~Item.annex_i_entry.includes_any(*outside) if outside else TRUE
        return taken & ~left_out & ~self.in_section_i


def _in_annex_iv(table: DatedTable) -> Condition:
    """An entry of the annex, or of the part of an entry that it takes."""

    def row_condition(row: Row) -> Condition:
        entry = Item.annex_i_entry.includes_any(table.governing(row, "pattern"))
        return entry if row["part"] == "whole" else entry & Eu.annex_iv_part

    rows = tuple(row for row in table if row["part"] != "none")
    return attrs.evolve(table, rows=rows).rows_that(row_condition, LAW_DATE)


def _patterns(rows: Iterable[Row]) -> list[str]:
    return [word for row in rows for word in row.words("pattern")]


def suspects(uses: Callable[[SetOf[Concern]], Condition]) -> Condition:
    """Returns that the exporter has grounds to suspect such a use, as one that knows of it has."""
    return uses(Knowledge.exporter_suspects) | uses(Knowledge.exporter_aware)


def suspects_weapons() -> Condition:
    """Returns that the exporter has grounds to suspect a use for weapons of mass destruction."""
    return suspects(lambda known: known.includes_any("wmd"))


def _embargo_doubts(act_id: str, cite: Citation) -> dict[str, Interpretation]:
    prefix = act_id.removeprefix("eu-")
    readings = {
        "counts": "The country is subject to an arms embargo.",
        "does_not_count": "The country is not subject to an arms embargo.",
    }
    within = {"does_not_count": "counts"}
    return {
        "forces": Interpretation(
            f"embargo-forces-{prefix}",
            cite,
            "Is a country subject to an arms embargo if only non-governmental forces or named actors "
            "in it are?",
            readings=readings,
            within=within,
            default="does_not_count",
            reason="The article speaks of the country; Member States interpret it differently.",
            checked=EvidenceLevel.INFERRED,
        ),
        "political": Interpretation(
            f"embargo-china-1989-{prefix}",
            cite,
            "Does the European Council's declaration on China of 27 June 1989 count as an arms embargo?",
            readings=readings,
            within=within,
            default="does_not_count",
            reason=(
                "It is no Council decision or common position, no OSCE decision and no binding "
                "resolution of the Security Council."
            ),
            checked=EvidenceLevel.INFERRED,
        ),
        "osce": Interpretation(
            f"embargo-osce-1992-{prefix}",
            cite,
            "Does the 1992 request concerning forces in Nagorno-Karabakh make Armenia and Azerbaijan "
            "subject to an arms embargo?",
            readings=readings,
            within=within,
            default="does_not_count",
            reason=(
                "The article requires a decision; the 1992 text is a request addressed to combatants."
            ),
            checked=EvidenceLevel.INFERRED,
        ),
        "syria": Interpretation(
            f"embargo-syria-2013-{prefix}",
            cite,
            "Is Syria still subject to an arms embargo now that the ban on arms lapsed on 31 May 2013?",
            readings=readings,
            within=within,
            default="does_not_count",
            reason=(
                "Decision 2013/255/CFSP contains no general ban on arms; some national lists kept one."
            ),
            checked=EvidenceLevel.INFERRED,
        ),
    }


def _embargoed(country: Country, doubts: dict[str, Interpretation]) -> Condition:
    def in_class(embargo_class: str) -> Condition:
        return EMBARGOES.where(**{"class": embargo_class}).names(country, FACTS_DATE)

    lapsed = EMBARGOES.where(countries="SY")
    contested = [
        doubts[name].is_read_as("counts") & in_class(name) for name in ("forces", "political", "osce")
    ]
    after_lapse = any_of(
        *(FACTS_DATE.on_or_after(row.period.end) for row in lapsed if row.period.end is not None)
    )
    syria = doubts["syria"].is_read_as("counts") & country.is_in("SY") & after_lapse
    return any_of(in_class("state"), *contested, syria)
