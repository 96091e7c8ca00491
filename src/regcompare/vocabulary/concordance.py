"""Codes of several numbering schemes in one list, and which of them mean the same.

A classification is one list in files and tables: ``[5A002, us:5A980]``.  A code without a prefix is in
the common numbering.  A prefix is the name of a section, and the code after it answers that section's
own fact, as if it were stated there.  So each scheme is a separate fact: a list is complete for every
scheme that it mentions, and says nothing about the others.  ``us:none`` mentions a scheme, and says that
the item meets no entry that only this scheme has.

The concordance says which codes of other schemes mean exactly what an entry of the common numbering
means; such a code is read as that entry.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from importlib import resources

from regcompare.facts import Fact

from .dated import DatedTable
from .sections import Item

CONCORDANCE = DatedTable.read(
    resources.files(__package__).joinpath("concordance.csv"),
    "concordance of control lists",
    dt.date(2022, 5, 26),
)
"""One row for each code of another scheme that was compared, with its source and how that is known."""
EQUIVALENT_CODES: Mapping[str, str] = {
    f"{row['scheme']}:{row['code']}": row["entry"] for row in CONCORDANCE.where(relation="same")
}
"""The codes of other schemes that mean exactly what an entry means, with that entry."""
_UNMATCHED = CONCORDANCE.where(relation="none")
UNMATCHED_CODES = frozenset(
    f"{row['scheme']}:{code}" for row in _UNMATCHED for code in (row["code"], "none")
)
"""The codes of other schemes that no entry covers, and each scheme's ``none``."""


def schemes_of(facts: Iterable[Fact]) -> Mapping[str, Mapping[str, Fact]]:
    """Returns the schemes, by prefix, for each fact whose list takes codes of other schemes."""
    schemes: dict[str, dict[str, Fact]] = {Item.annex_i_entry.key: {}}
    for fact in facts:
        if fact.scheme_of is not None:
            schemes.setdefault(fact.scheme_of.key, {})[fact.section] = fact
    return schemes


def resolve_member(text: str, key: str, schemes: Mapping[str, Fact]) -> tuple[str, str]:
    """Returns the key of the fact that a member of a list answers, and the member without its prefix.

    A member with an undeclared prefix is left as it is, for the fact itself to refuse.
    """
    prefix, colon, code = text.partition(":")
    if colon and text in EQUIVALENT_CODES and key == Item.annex_i_entry.key:
        return key, EQUIVALENT_CODES[text]
    return (schemes[prefix].key, code) if colon and prefix in schemes else (key, text)
