"""The core facts of an export, and the constraints on them.

Twelve sections declare the facts that every regime can use; facts that only some regimes need come with
their plugins.  A fact is declared once: the declaration feeds the classes, the loader, the JSON Schema,
conditions, questions and the reference documentation.

It builds on ``facts`` and ``logic``.  It names no law, list or institution of one legal order, and knows
neither rules nor cases.
"""

from .core import CORE, PARTS, seated, takes_part
from .sections import (
    Concern,
    Destination,
    Diligence,
    EndUse,
    EndUser,
    Exporter,
    Item,
    Knowledge,
    Licence,
    National,
    Parties,
    Reported,
    Technology,
    Transaction,
    TransactionKind,
)
from .vocabulary import (
    FACTS_DATE,
    LAW_DATE,
    LAYERS,
    Assumption,
    Category,
    Constraint,
    Harm,
    OwnAnswers,
    Standard,
    Vocabulary,
    is_vacuous_without,
)

__all__ = [
    "CORE", "FACTS_DATE", "LAW_DATE", "LAYERS", "PARTS", "Assumption", "Category", "Concern",
    "Constraint", "Destination", "Diligence", "EndUse", "EndUser", "Exporter", "Harm", "Item",
    "Knowledge", "Licence", "National", "OwnAnswers", "Parties", "Reported", "Standard",
    "Technology", "Transaction", "TransactionKind", "Vocabulary", "is_vacuous_without",
    "seated", "takes_part",
]  # fmt: skip
