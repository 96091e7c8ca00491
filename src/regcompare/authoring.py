"""The names with which law is written, apart from ``regcompare.testing``, which checks it.

Facts and conditions; texts and evidence; chapters, in which provisions are declared; dated tables;
rulesets; the hooks of a plugin.  Results, cases and errors are in ``regcompare``.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from ._support.leaving import leaving
from .facts import Choice, CodeSet, Country, Day, OwnWord, SetOf, YesNo, section
from .law import Evidence, EvidenceLevel, Instrument
from .logic.conditions import TRUE, Condition, Term, all_of, any_of
from .plugins.features import Feature
from .plugins.hooks import FactSections, hookimpl
from .plugins.profile import Profile
from .plugins.rulesets import RulesetAt
from .ruleset.accepted import Accepted
from .ruleset.gloss import Gloss
from .ruleset.home import Home
from .ruleset.provisions import Chapter
from .ruleset.review import LicensingPolicy, Review
from .ruleset.rules import Addressee, Breach, DutyKind, Outcome, Plain, Stage, Strength, Trigger
from .ruleset.ruleset import Ruleset
from .ruleset.succession import Transition
from .vocabulary import (
    CORE,
    FACTS_DATE,
    LAW_DATE,
    Constraint,
    Destination,
    Diligence,
    EndUse,
    EndUser,
    Exporter,
    Item,
    Knowledge,
    Licence,
    National,
    OwnAnswers,
    Standard,
    Transaction,
)
from .vocabulary.dated import DatedTable
from .vocabulary.periods import Period

__all__ = [
    "CORE", "FACTS_DATE", "LAW_DATE", "TRUE", "Accepted", "Addressee", "Breach", "Chapter", "Choice",
    "CodeSet", "Condition", "Constraint", "Country", "DatedTable", "Day", "Destination", "Diligence",
    "DutyKind", "EndUse", "EndUser", "Evidence", "EvidenceLevel", "Exporter", "FactSections", "Feature",
    "Gloss", "Home", "Instrument", "Item", "Knowledge", "Licence", "LicensingPolicy", "National",
    "Outcome", "OwnAnswers", "OwnWord", "Period", "Plain", "Profile", "Review", "Ruleset", "RulesetAt",
    "SetOf", "Stage", "Standard", "Strength", "Term", "Transaction", "Transition", "Trigger", "YesNo",
    "all_of", "any_of", "hookimpl", "section",
]  # fmt: skip

_MOVED = {
    "regcompare": "DefinitionError Effect FileError Finding Problem Question RegcompareError Scenario"
    " Span UNKNOWN UsageError Verdict",
    "regcompare.facts": "MemberSet Same Unknown countries",
    "regcompare.law": "Citation SaidBy Statement weakest",
    "regcompare.logic.code_lists": "CodeList",
    "regcompare.logic.conditions": "Among FALSE Trace questions walk",
    "regcompare.plugins.catalogue": "Catalogue",
    "regcompare.ruleset.provisions": "Provisions",
    "regcompare.ruleset.rules": "Discretion Duty Interpretation NoDuty NotEncoded Rule Silence",
    "regcompare.ruleset.succession": "Succession",
    "regcompare.scenario.expectation": "Expectation",
    "regcompare.scenario.provenance": "Disputed Source",
    "regcompare.scenario.scenario": "Record",
    "regcompare.vocabulary": "Assumption Category Concern Harm Parties Technology TransactionKind"
    " Vocabulary seated takes_part",
    "regcompare.vocabulary.dated": "Row",
    "regcompare.authoring": "Checked Weighing",
}
"""Names that were here under interface 1, by the module that has them."""

_RENAMED = {
    "Checked": "EvidenceLevel",
    "Trace": "Derivation",
    "Weighing": "LicensingPolicy",
    "walk": "evaluate",
}
"""Names that are called otherwise now."""

_PLACES = {name: module for module, names in _MOVED.items() for name in names.split()}


if not TYPE_CHECKING:  # A checker would take every name for one that is here.

    def __getattr__(name):
        """Returns a name that has moved, with a warning that says what to write."""
        if name not in _PLACES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        place, now = _PLACES[name], _RENAMED.get(name, name)
        gone = "has moved" if now == name else f"is now {now}"
        leaving(f"regcompare.authoring.{name} {gone}: write `from {place} import {now}`.")
        return getattr(import_module(place), now)
