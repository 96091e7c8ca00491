"""Decisions of authorities as evidence: a licence that one granted or refused, it held to be needed.

That counts under the law of the row's own day, which the exporter's authority applies, for an item
under an entry of its list, or under none, and under no other law or day: there a decision says nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from regcompare.facts import MemberSet
from regcompare.logic.bitsets import some
from regcompare.logic.conditions import Between, ends_of
from regcompare.ruleset.rules import Outcome
from regcompare.ruleset.ruleset import Ruleset
from regcompare.vocabulary import FACTS_DATE, Exporter, Item, Licence

from ._bitsets import Answers, mask_of

if TYPE_CHECKING:
    from ._answers import ReadBatch

DECIDED: Final = ("granted", "refused", "revoked")
"""The decisions of an authority that holds that a licence is needed."""

READ_ONE_BY_ONE: Final = (Licence.status.key, Exporter.country.key)
"""The facts whose answers are kept apart although no condition distinguishes them."""

DECISIONS: Final = ("agrees", "settles", "contradicts")
"""The relation of a decision to the law as encoded: it requires a licence, may require one, or none."""

AGREES, SETTLES, CONTRADICTS = range(len(DECISIONS))
_NEEDED: Final = tuple(Outcome).index(Outcome.AUTHORISATION)


def counts_under(ruleset: Ruleset) -> bool:
    """Tells whether a decision may be one under a ruleset: law with a list, applied by states."""
    has_list = any(part.control_list is not None for part in ruleset.parts())
    return ruleset.status == "law" and ruleset.home is not None and has_list


def decided_rows(ruleset: Ruleset, batch: ReadBatch, answers: Answers) -> Any:
    """Returns the rows with a decision of an authority that applied a ruleset on their day.

    The answers are what the rows state, with presumptions.
    """
    status = answers.get(Licence.status.key, {})
    decided = some(bitset for answer, bitset in status.items() if answer in DECIDED)
    return mask_of(decided & some(_listed(batch)) & some(_at_home(ruleset, answers)), batch.size)


def _listed(batch: ReadBatch) -> Iterator[int]:
    """The rows that say under which entry of the list the item is, or that it is under none."""
    yield batch.moved  # An entry of its day, whatever that is now.
    for answer, bitset in batch.stated.get(Item.annex_i_entry.key, {}).items():
        if isinstance(answer, MemberSet) and (answer.known or not answer.open):
            yield bitset


def _at_home(ruleset: Ruleset, answers: Answers) -> Iterator[int]:
    """The rows exported on their day from a state whose authority applies a ruleset."""
    countries = answers.get(Exporter.country.key, {})
    for day, of_day in answers.get(FACTS_DATE.key, {}).items():
        first, last = ends_of(day) if isinstance(day, dt.date | Between) else (None, None)
        if first and last and ruleset.home:
            states = {*ruleset.home.on(first)} & {*ruleset.home.on(last)}
            yield of_day & some(bitset for code, bitset in countries.items() if code in states)


def decisions_of(columns: dict[str, Any], decided: Any) -> Any:
    """Returns what decisions say beside the results of rows, -1 where there is none that counts."""
    reached = decided & (columns["in_scope"] > 1) & (columns["in_force"] > 1)
    found = np.where(columns["low"] >= _NEEDED, AGREES, SETTLES)
    found = np.where(columns["high"] < _NEEDED, CONTRADICTS, found)
    return np.where(reached, found, -1).astype(np.int32)


def held_needed(columns: dict[str, Any]) -> dict[str, Any]:
    """Returns the ends of rows whose decision settles that a licence was needed."""
    low = np.where(columns["decision"] == SETTLES, _NEEDED, columns["low"])
    return {**columns, "low": low}
