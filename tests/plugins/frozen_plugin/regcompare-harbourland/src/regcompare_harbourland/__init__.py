"""The Harbour Act, an invented law on surveillance exports, as a ruleset for regcompare."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from regcompare.authoring import (
    Accepted,
    FactSections,
    Gloss,
    Period,
    Ruleset,
    RulesetAt,
    Succession,
    hookimpl,
)

from . import chapter_1, chapter_2
from .facts import FACTS, SHIP, VOCABULARY, Harbour
from .texts import ACT, INSTRUMENTS

__all__ = ["HARBOURLAND", "Harbour"]

REGCOMPARE_API = 1

HERE = Path(__file__).parent

HARBOURLAND = Ruleset(
    "harbourland",
    "Harbour Act on surveillance exports",
    status="law",
    instruments=INSTRUMENTS,
    reference_date=dt.date(2022, 6, 1),
    period=Period(dt.date(2019, 6, 1)),
    covers=("export", "electronic_export", SHIP),
    scope=chapter_1.scope,
    home=chapter_1.HOME,
    provisions=(chapter_1.chapter, chapter_2.chapter),
    vocabulary=VOCABULARY,
    cases=(HERE / "cases.yaml",),
    plain_title="Harbour Act",
    summary="Cargo that watches people needs a licence, unless it sails under a friendly flag.",
    glosses=(Gloss(Harbour.hidden, ACT["Art. 1(4)"], "A cover that can be taken off does not hide."),),
    succeeds=(Succession(ACT["Annex"], "eu-428-2009", (("Art. 3(1)", "Art. 1(2)"),)),),
    accepted=(Accepted("unused-fact", "harbour.sealed", "The harbour master asks it; no rule does."),),
)


@hookimpl
def regcompare_facts() -> list[FactSections]:
    """Returns the facts that only this law asks for, and what it makes impossible."""
    return [FACTS]


@hookimpl
def regcompare_rulesets() -> Iterable[Ruleset | RulesetAt]:
    """Returns the law, and the reform where it is defined."""
    return [HARBOURLAND, RulesetAt("harbour-bill-7", "regcompare_harbourland.reform:BILL")]


@hookimpl
def regcompare_scenarios() -> list[Path]:
    """Returns the folder of sales."""
    return [HERE / "sales"]


@hookimpl
def regcompare_catalogues() -> list[Path]:
    """Returns the folder of texts in Dutch."""
    return [HERE / "locale"]
