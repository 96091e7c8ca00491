"""The core facts of an export, and what cannot be.

Ten sections hold the facts that every regime can read; what only some regimes need comes with their
plugin.  A fact is declared here once: the declaration feeds the classes, the loader, the JSON Schema,
conditions, questions and the reference documentation.
"""

from .categories import Category, plain_name, published
from .core import CORE
from .harms import Harm, Standard
from .levers import LEVERS, Lever, Setting
from .sections import (
    Destination,
    Diligence,
    EndUse,
    EndUser,
    Exporter,
    Item,
    Knowledge,
    Licence,
    National,
    Transaction,
)
from .vocabulary import FACTS_DATE, LAW_DATE, LAYERS, Assumption, Constraint, Vocabulary, rests_on
from .words import Concern, Technology, TransactionKind

__all__ = [
    "CORE",
    "FACTS_DATE",
    "LAW_DATE",
    "LAYERS",
    "LEVERS",
    "Assumption",
    "Category",
    "Concern",
    "Constraint",
    "Destination",
    "Diligence",
    "EndUse",
    "EndUser",
    "Exporter",
    "Harm",
    "Item",
    "Knowledge",
    "Lever",
    "Licence",
    "National",
    "Setting",
    "Standard",
    "Technology",
    "Transaction",
    "TransactionKind",
    "Vocabulary",
    "plain_name",
    "published",
    "rests_on",
]
