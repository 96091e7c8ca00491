"""The law of Toyland on watching toys as a ruleset for regcompare."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from regcompare.authoring import EvidenceLevel, FactSections, Period, Ruleset, hookimpl

from . import article_1, article_2
from .facts import TOY_CONSTRAINTS, TOY_VOCABULARY, Toy
from .texts import INSTRUMENTS

__all__ = ["TOYLAND", "Toy"]

REGCOMPARE_API = 2

TOYLAND = Ruleset(
    "toyland",
    "Watching Toys Act of Toyland",
    status="law",
    instruments=INSTRUMENTS,
    reference_date=dt.date(2020, 1, 1),
    period=Period(dt.date(2001, 3, 1)),
    covers=("export", "electronic_export"),
    provisions=(article_1.chapter, article_2.chapter),
    vocabulary=TOY_VOCABULARY,
    cases=(Path(__file__).parent / "cases.yaml",),
    checked=EvidenceLevel.TEXT,
    summary="Toys that watch need a licence, unless they are broken or go to a friendly realm.",
)


@hookimpl
def regcompare_facts() -> list[FactSections]:
    """Returns the facts that only this law asks for, and what it makes impossible."""
    return [FactSections((Toy,), TOY_CONSTRAINTS)]


@hookimpl
def regcompare_rulesets() -> list[Ruleset]:
    """Returns the ruleset."""
    return [TOYLAND]


@hookimpl
def regcompare_catalogues() -> list[Path]:
    """Returns the folder of texts in other languages."""
    return [Path(__file__).parent / "locale"]
