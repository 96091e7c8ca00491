"""Which columns of a register hold facts, under which names, and which are merely carried through."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

import attrs

from regcompare.errors import UsageError, did_you_mean, nearest
from regcompare.facts import Choice, Day, Fact, YesNo
from regcompare.readings.frames.columns import power
from regcompare.vocabulary import FACTS_DATE, Vocabulary

__all__ = ["Columns", "columns_of", "fact_of", "free_name"]

PRESUME = "presume"
ADDED = ("problem", "contradiction")
"""Columns that putting a table under rulesets adds, and that the output does not keep."""


@attrs.frozen
class Columns:
    """The columns of a register.

    Attributes:
        names: The name of each column while it is worked on, in order.
        outer: The names on the way that are given back at the end, where two would have met.
        facts: The columns that hold facts, days, powers or presumptions.
        days: Those that hold days.
        carried: The others.
        near: Carried columns that look like a fact, with the fact.
    """

    names: Mapping[str, str]
    outer: Mapping[str, str]
    facts: tuple[str, ...]
    days: tuple[str, ...]
    carried: tuple[str, ...]
    near: Mapping[str, str]


def columns_of(
    columns: Sequence[str], wanted: Mapping[str, str], vocabulary: Vocabulary, source: str
) -> Columns:
    """Returns what the columns of a table hold.

    Args:
        columns: Their names.
        wanted: Name of a column to the fact that it is said to hold.
        vocabulary: The facts.
        source: The name of the table, for messages.

    Raises:
        UsageError: A column or a fact is not there, two would hold the same fact, or none holds one.
    """
    for column, fact in wanted.items():
        _check(column, fact, columns, vocabulary)
    names = {column: wanted.get(column, column) for column in columns}
    _refuse_twice(names)
    facts = tuple(name for name in names.values() if _holds_fact(name, vocabulary))
    if not set(facts) - {PRESUME}:
        raise UsageError(f"{source}: {_none_holds(columns, vocabulary)}")
    carried = tuple(name for name in names.values() if name not in facts)
    outer = {free_name(name, names.values()): name for name in ADDED if name in names.values()}
    inner = {name: hidden for hidden, name in outer.items()}
    on_the_way = {column: inner.get(name, name) for column, name in names.items()}
    by_key = {fact.key: fact for fact in vocabulary.facts()}
    days = tuple(name for name in facts if isinstance(fact_of(name, by_key), Day))
    return Columns(on_the_way, outer, facts, days, carried, _near(carried, facts, vocabulary))


def _check(column: str, fact: str, columns: Sequence[str], vocabulary: Vocabulary) -> None:
    if column not in columns:
        hint = did_you_mean(nearest(column, columns)) or f" There are {', '.join(columns)}."
        raise UsageError(f"There is no column {column!r}.{hint}")
    if fact not in (FACTS_DATE.key, PRESUME) and not fact.startswith("discretion:"):
        vocabulary.fact(fact.partition(":")[0])


def _refuse_twice(names: Mapping[str, str]) -> None:
    holders: dict[str, list[str]] = {}
    for column, name in names.items():
        holders.setdefault(name, []).append(column)
    for name, two in holders.items():
        if len(two) > 1:
            raise UsageError(
                f"The columns {two[0]!r} and {two[1]!r} would both hold {name}; leave one out."
            )


def free_name(name: str, taken: Collection[str]) -> str:
    """Returns the name, with a number behind it where there is a column of that name already."""
    number, free = 1, name
    while free in taken:
        number, free = number + 1, f"{name} {number + 1}"
    return free


# what a column holds -------------------------------------------------------------------------------


def _holds_fact(name: str, vocabulary: Vocabulary) -> bool:
    key, _, member = name.partition(":")
    if key == "discretion":
        return bool(member)
    return name == PRESUME or key in {FACTS_DATE.key, *(fact.key for fact in vocabulary.facts())}


def fact_of(name: str, facts: Mapping[str, Fact]) -> Fact | None:
    """Returns the fact that reads the values of a column, or None where it holds none.

    Args:
        name: The name of the column.
        facts: The facts by key.
    """
    key, _, member = name.partition(":")
    if name == PRESUME:
        return _named(Choice("What is presumed?", {"ordinary": "ordinary answers"}), PRESUME, "row")
    if name == FACTS_DATE.key:
        return FACTS_DATE
    if key == "discretion" and member:
        return power(member)
    fact = facts.get(key)
    if fact is None or not member:
        return fact
    return _named(YesNo(fact.question), fact.section, f"{fact.field}:{member}")


def _named(fact: Fact, section: str, field: str) -> Fact:
    fact.named(section, field)
    return fact


def _near(carried: Iterable[str], facts: Collection[str], vocabulary: Vocabulary) -> dict[str, str]:
    """Carried columns whose name is that of a fact but for capitals, spaces and marks."""
    known = {_plain(fact.key): fact.key for fact in (*vocabulary.facts(), FACTS_DATE)}
    found = {name: known[_plain(name)] for name in carried if _plain(name) in known}
    return {name: fact for name, fact in found.items() if fact not in facts}


def _none_holds(columns: Sequence[str], vocabulary: Vocabulary) -> str:
    """That no column is a fact; the example of the cure names a column that looks like one, or none."""
    keys = [fact.key for fact in vocabulary.facts()]
    like = {name: found for name in columns if "." in name and (found := nearest(name, keys))}
    near = list((like | _near(columns, (), vocabulary)).items())
    column, fact = (near or [_answering(columns, vocabulary)])[0]
    asked = "".join(f" Did you mean {fact!r} by {name!r}?" for name, fact in near[:1])
    return (
        "no column is named after a fact, such as item.technology or destination.country. There are "
        f"{', '.join(columns)}. Name the columns so, or say which holds what: --column "
        f"'{column}={fact}'. `regcompare facts` lists the facts.{asked}"
    )


def _answering(columns: Sequence[str], vocabulary: Vocabulary) -> tuple[str, str]:
    """A column named like a section, with the first fact in it, or as one fact alone is; else none."""
    facts = list(vocabulary.facts())
    fields = Counter(fact.field for fact in facts)
    asked = {_plain(fact.field): fact.key for fact in facts if fields[fact.field] == 1}
    asked |= {_plain(fact.section): fact.key for fact in reversed(facts)}
    named = ((name, asked[_plain(name)]) for name in columns if _plain(name) in asked)
    return next(named, ("COLUMN", "FACT"))


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())
