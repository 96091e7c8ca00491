"""The law of Lorikeet, invented."""

import datetime as dt
from pathlib import Path

from regcompare.authoring import (
    EvidenceLevel,
    Exporter,
    FactSections,
    Period,
    Ruleset,
    Term,
    hookimpl,
)

from . import controls, services
from .facts import CONSTRAINTS, OWN, VOCABULARY, Lori
from .texts import LATER, ORD

REGCOMPARE_API = 2

LORIKEET = Ruleset(
    "lorikeet",
    "Lorikeet Ordinance",
    status="law",
    instruments=(ORD, LATER),
    reference_date="scenario",
    period=Period(dt.date(2013, 8, 1)),
    covers=("export", "electronic_export", "technical_assistance", "lori:lease"),
    scope=Term("exporter in Lorikeet", ORD["§ 1"], Exporter.country.is_in("NZ")),
    provisions=(controls.chapter, services.chapter),
    vocabulary=VOCABULARY,
    cases=(Path(__file__).parent / "cases.yaml",),
    checked=EvidenceLevel.TEXT,
)


@hookimpl
def regcompare_facts():
    """Facts."""
    return [FactSections((Lori,), CONSTRAINTS, own_answers=OWN)]


@hookimpl
def regcompare_rulesets():
    """The law."""
    return [LORIKEET]


@hookimpl
def regcompare_catalogues():
    """Texts."""
    return [Path(__file__).parent / "locale"]
