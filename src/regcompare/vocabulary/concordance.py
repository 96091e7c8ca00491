"""Which codes of other control lists name an entry of the common numbering, and which name none."""

from __future__ import annotations

import datetime as dt
from importlib import resources

from regcompare.logic.code_lists import CodeList, Concord

from .dated import DatedTable
from .sections import Item

__all__ = ["CONCORDANCE", "FOREIGN_CODES"]

CONCORDANCE = DatedTable.read(
    resources.files(__package__).joinpath("concordance.csv"),
    "concordance of control lists",
    dt.date(2022, 5, 26),
)
"""A row for each code of another list, with its source and how it is known."""
FOREIGN_CODES = CodeList(
    Item.annex_i_entry.key,
    "the control list",
    {},
    concordance=[
        Concord(f"{row['scheme']}:{row['code']}", row["relation"], row["entry"])  # type: ignore[arg-type]
        for row in CONCORDANCE
    ],
)
"""The codes of other lists that the concordance knows."""
