"""The rules that hold or stay open in a row, as bits of whole numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from regcompare.errors import UsageError
from regcompare.rules import Rule
from regcompare.rulesets import Ruleset

__all__ = ["WIDTH", "rule_ids", "rules_in", "rules_in_order"]

WIDTH = 62
"""So many rules go into one column; further columns are named ``ID.holds_2``, ``ID.open_2`` ..."""


def rules_in_order(ruleset: Ruleset) -> tuple[Rule, ...]:
    """Returns the rules of a ruleset and of all that it stands on or beside, in the order of the bits.

    Its own rules come first, in the order of the text.
    """
    return tuple(dict.fromkeys(rule for part in ruleset.parts() for rule in part.rules))


def rule_ids(ruleset: Ruleset) -> tuple[str, ...]:
    """Returns the id of each rule in the order of the bits: bit 0 stands for the first.

    Where two of the rulesets have a rule with the same id, the ruleset stands before it, as in
    ``eu-2021-821/art-3-1``.
    """
    home: dict[Rule, str] = {}
    for part in ruleset.parts():
        for rule in part.rules:
            home.setdefault(rule, part.id)
    names = Counter(rule.id for rule in home)
    return tuple(rule.id if names[rule.id] == 1 else f"{part}/{rule.id}" for rule, part in home.items())


def rules_in(bits: int | Sequence[int] | None, ruleset: Ruleset) -> tuple[str, ...]:
    """Returns the ids of the rules whose bits are set.

    Args:
        bits: The value of ``ID.holds`` or ``ID.open`` in a row; the values of ``ID.holds``,
            ``ID.holds_2`` ... where there are several columns; None where there is no result.
        ruleset: The ruleset ``ID``.

    Raises:
        UsageError: A bit stands for no rule of the ruleset.
    """
    columns = _columns(bits)
    ids = rule_ids(ruleset)
    together = sum(int(column) << (WIDTH * place) for place, column in enumerate(columns))
    if together < 0 or together >> len(ids):
        msg = (
            f"{bits!r} are no bits of rules of {ruleset.id}, which has {len(ids)}. Give the value of "
            "its own column holds or open."
        )
        raise UsageError(msg)
    return tuple(name for place, name in enumerate(ids) if together >> place & 1)


def _columns(bits: int | Iterable[int] | None) -> list[int]:
    if bits is None:
        return []
    return list(bits) if isinstance(bits, Iterable) else [bits]
