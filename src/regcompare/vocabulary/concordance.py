"""Codes of several numbering schemes in one list, and which of them name the same.

A classification is one list in files and tables: ``[5A002, us:5A980]``.  What stands without a prefix is
in the common numbering.  A prefix is the name of a section, and what stands behind it answers that
section's own fact, as if it were stated there.  So each scheme is a fact of its own: a list says all of
a scheme that it names, and nothing of one that it does not name.  ``us:none`` names a scheme and says
that no entry is met that only this one has.

The concordance says which codes of other schemes name just what an entry of the common numbering names;
such a code is read as that entry.
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
"""A row for each code of another scheme that was compared, with its source and how it is known."""
EQUIVALENT_CODES: Mapping[str, str] = {
    f"{row['scheme']}:{row['code']}": row["entry"] for row in CONCORDANCE.where(relation="same")
}
"""The codes of other schemes that name just what an entry names, with that entry."""
_UNMATCHED = CONCORDANCE.where(relation="none")
UNMATCHED_CODES = frozenset(
    f"{row['scheme']}:{code}" for row in _UNMATCHED for code in (row["code"], "none")
)
"""The codes of other schemes that no entry names, and each scheme's ``none``."""


def schemes_of(facts: Iterable[Fact]) -> Mapping[str, Mapping[str, Fact]]:
    """Returns, for each fact whose list takes codes of other schemes, these schemes by prefix."""
    found: dict[str, dict[str, Fact]] = {Item.annex_i_entry.key: {}}
    for fact in facts:
        if fact.scheme_of is not None:
            found.setdefault(fact.scheme_of.key, {})[fact.section] = fact
    return found


def resolve_member(text: str, key: str, schemes: Mapping[str, Fact]) -> tuple[str, str]:
    """Returns the key of the fact that a member of a list answers, and the member in its own numbering.

    A member with a prefix that nobody declares is left as it is, for the fact itself to refuse.
    """
    prefix, colon, code = text.partition(":")
    if colon and text in EQUIVALENT_CODES and key == Item.annex_i_entry.key:
        return key, EQUIVALENT_CODES[text]
    return (schemes[prefix].key, code) if colon and prefix in schemes else (key, text)
