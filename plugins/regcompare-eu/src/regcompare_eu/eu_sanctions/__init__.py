"""Restrictive measures of the Union that reach surveillance exports, read at the day of the facts."""

from __future__ import annotations

from pathlib import Path

from regcompare.authoring import Accepted, EvidenceLevel, Exporter, Ruleset
from regcompare_eu.common import UNION, in_union
from regcompare_eu.facts import EU_VOCABULARY
from regcompare_eu.tables import ANNEX_I, MEMBERSHIP, SANCTIONS_TABLES

from . import (
    acts_by_country,
    asset_freezes,
    definitions,
    dual_use_bans,
    goods,
    interception,
    left_out,
    repression_lists,
    services,
)

__all__ = ["EU_SANCTIONS"]

EU_SANCTIONS = Ruleset(
    "eu-sanctions",
    "EU sanctions",
    status="law",
    instruments=tuple(
        dict.fromkeys((*definitions.ACTS.values(), *acts_by_country.TEXTS, *asset_freezes.TEXTS))
    ),
    reference_date="scenario",
    covers=(
        "export",
        "electronic_export",
        "hosted_service",
        "brokering",
        "technical_assistance",
        "financing",
        "transit",
        "intra_eu_transfer",
    ),
    home=UNION,
    scope=in_union(Exporter.country),
    provisions=(
        definitions.chapter,
        interception.chapter,
        dual_use_bans.chapter,
        goods.chapter,
        services.chapter,
        repression_lists.chapter,
        asset_freezes.chapter,
        acts_by_country.chapter,
        left_out.chapter,
    ),
    vocabulary=EU_VOCABULARY,
    parallel_to=("eu-428-2009", "eu-2021-821"),
    tables=(MEMBERSHIP, ANNEX_I, *SANCTIONS_TABLES),
    cases=(Path(__file__).parents[1] / "cases" / "eu-sanctions.yaml",),
    checked=EvidenceLevel.TEXT,
    accepted=(
        *acts_by_country.NEVER_DECISIVE,
        *dual_use_bans.ALIKE,
        Accepted(
            "no-address", acts_by_country.TABLE.name, "It is a table here; each row names its act."
        ),
        Accepted(
            "no-address",
            definitions.ASSET_FREEZES.name,
            "It stands for the same article of several acts, which its evidence names.",
        ),
    ),
    summary=(
        "Measures against individual countries: prior authorisation for interception equipment, with a "
        "duty to refuse on certain findings, and bans on dual-use items and on equipment for "
        "repression."
    ),
)
