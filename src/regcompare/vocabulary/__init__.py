"""The core facts of an export, and the constraints on them.

Twelve sections declare the facts that every regime can use; facts that only some regimes need come with
their plugins.  A fact is declared once: the declaration feeds the classes, the loader, the JSON Schema,
conditions, questions and the reference documentation.

It builds on ``facts`` and ``logic``.  It names no law or institution of one legal order, and knows
neither rules nor cases.

It knows one list: the dual-use entries of the Wassenaar Arrangement, in the numbering that the lists
of many states share.  ``item.annex_i_entry`` is answered with its codes, whose syntax is in
``logic.codes``, and ``core`` says under which of its entries surveillance technology may fall.  Files of
cases and registers state an item once, by this code, for all laws; a fact in each law's own section
would be stated as often as there are laws, and could differ.
"""

from .core import CORE, seated, takes_part
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
    "CORE", "FACTS_DATE", "LAW_DATE", "LAYERS", "Assumption", "Category", "Concern",
    "Constraint", "Destination", "Diligence", "EndUse", "EndUser", "Exporter", "Harm", "Item",
    "Knowledge", "Licence", "National", "OwnAnswers", "Parties", "Reported", "Standard",
    "Technology", "Transaction", "TransactionKind", "Vocabulary", "is_vacuous_without",
    "seated", "takes_part",
]  # fmt: skip
