"""What a table holds: which columns are facts, and the cells of each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any

import attrs

from regcompare.codes import parsed_pattern
from regcompare.conditions import questions
from regcompare.errors import DefinitionError, UsageError, did_you_mean, nearest
from regcompare.facts import Choice, CodeSet, Day, Fact, Same, SetOf, YesNo
from regcompare.program.force import APPLIED_ON
from regcompare.rulesets import Ruleset, joined_vocabulary
from regcompare.vocabulary import FACTS_DATE

from .columns import (
    BadValue,
    Cells,
    asked_members,
    day_cells,
    flag_cells,
    listed_cells,
    power,
    signature_of,
)
from .days import named_days
from .natives import Compared, compared, distinct_values, is_list, lists_as_text, with_plain_names

__all__ = ["PRESUME", "Table", "free_name", "read_table"]

PRESUME = "presume"
"""The column that says, row by row, whether ordinary answers are presumed."""

MOST_VALUES = 100_000
"""A column with more distinct values than these holds no answers to a question."""


@attrs.frozen(eq=False)
class Table:
    """A table as read.

    Attributes:
        frame: The narwhals frame, with text beside each column of lists.
        names: The names of its columns, with those that they bear in the frame.
        texts: For columns of lists, as they are called in the frame, the columns of text made of them.
        cells: The cells of each column that holds facts.
        facts: The facts of the rulesets, by key.
        parts: The Dask table of which the frame only shows the columns.
        compared: For columns of few texts the columns that compare them with each value.
    """

    frame: Any
    names: Mapping[str, str]
    texts: Mapping[str, str]
    cells: Mapping[str, Cells]
    facts: Mapping[str, Fact]
    parts: Any = None
    compared: Compared = attrs.field(factory=dict)

    @property
    def bad(self) -> tuple[BadValue, ...]:
        """The values that cannot be read."""
        return tuple(value for cells in self.cells.values() for value in cells.bad)

    @property
    def sources(self) -> dict[str, str]:
        """For each column the one of the frame that is read in its place."""
        return {name: self.texts.get(held, held) for name, held in self.names.items()}


def read_table(frame: Any, rulesets: Sequence[Ruleset], as_of: str | None, parts: Any = None) -> Table:
    """Reads the columns that the rulesets ask about.

    Args:
        frame: A narwhals frame.
        rulesets: The rulesets.
        as_of: The column that holds the day whose law is applied, if one does.
        parts: The Dask table of which the frame only shows the columns.

    Raises:
        UsageError: A column looks like a fact and is none, or cannot be read as one.
    """
    facts = _facts(rulesets)
    frame, names = with_plain_names(frame)
    kinds = dict(_kinds(names, rulesets, facts))
    keys = _asked(rulesets, facts)
    if as_of is not None:
        kinds[as_of] = _law_day(as_of, kinds.get(as_of))
        keys = (*keys, as_of)
    wanted = {name: kinds[name] for name in names if name in kinds and _is_asked(name, keys)}
    texts = _texts(frame, names, wanted, parts is not None)
    table = Table(lists_as_text(frame, texts) if texts else frame, names, texts, {}, facts, parts)
    table = _with_comparisons(table, wanted)
    return attrs.evolve(table, cells=_cells(table, wanted, keys, named_days(rulesets)))


def _with_comparisons(table: Table, wanted: Iterable[str]) -> Table:
    """The table with the comparisons of columns of few texts, where they pay."""
    if table.parts is not None:
        return table
    taken = set(table.frame.collect_schema().names())

    def new_name() -> str:
        taken.add(name := free_name("value", taken, len(taken)))
        return name

    frame, found = compared(table.frame, [table.sources[name] for name in wanted], new_name)
    return attrs.evolve(table, frame=frame, compared=found)


def _facts(rulesets: Sequence[Ruleset]) -> dict[str, Fact]:
    """The facts of all rulesets, by key."""
    sections: dict[str, type] = {}
    for ruleset in rulesets:
        for name, cls in ruleset.vocabulary.by_name.items():
            if sections.setdefault(name, cls) is not cls:
                msg = (
                    f"{ruleset.id} means other facts by {name!r} than a ruleset before it. Assess the "
                    "table under one of them at a time."
                )
                raise UsageError(msg)
    return {fact.key: fact for fact in joined_vocabulary(*rulesets).facts()}


def _law_day(column: str, fact: Fact | None) -> Fact:
    """What is read in the column that says which state of the law is applied."""
    if fact is not None and not isinstance(fact, Day):
        msg = f"as_of={column!r} names a column that holds no days. Expected a column of days."
        raise UsageError(msg)
    if fact is None:
        fact = Day("Which state of the law is applied?")
        fact.named("column", column)
    return fact


def free_name(word: str, taken: Collection[Any], first: int = 0) -> str:
    """Returns a name for a column on the way that no column bears."""
    return next(name for number in count(first) if (name := f"_{word}_{number}") not in taken)


# which columns are facts ---------------------------------------------------------------------------


def _asked(rulesets: Iterable[Ruleset], facts: Mapping[str, Fact]) -> tuple[str, ...]:
    """The questions that may be asked, with those whose answers others copy."""
    parts = {id(part): part for ruleset in rulesets for part in ruleset.parts()}.values()
    conditions = [rule.when for part in parts for rule in part.rules]
    conditions += [part.scope for part in parts]
    for part in parts:
        for constraint in part.vocabulary.constraints:
            conditions += [constraint.when, constraint.then]
    copied = (fact.ordinary.fact for fact in facts.values() if isinstance(fact.ordinary, Same))
    always = ("transaction.kind", FACTS_DATE.key, APPLIED_ON.key, PRESUME)
    return tuple(dict.fromkeys((*always, *questions(conditions), *copied)))


def _is_asked(name: str, keys: Iterable[str]) -> bool:
    """Whether a column bears on a question; one for a single code may bear on patterns above it."""
    fact = name.partition(":")[0]
    if fact == "discretion":
        return name in keys
    return any(key == name or key.partition(":")[0] == fact for key in keys)


def _kinds(
    names: Iterable[Any], rulesets: Iterable[Ruleset], facts: Mapping[str, Fact]
) -> Iterator[tuple[str, Fact]]:
    """The columns that hold facts, with what is read in them."""
    powers = {
        item.id: power(item.id)
        for ruleset in rulesets
        for part in ruleset.parts()
        for item in part.provisions.discretions
    }
    sections = {key.partition(".")[0] for key in facts} | {"scenario"}
    for name in names:
        if not isinstance(name, str):
            continue
        key, _, member = name.partition(":")
        if name == PRESUME:
            yield name, _presume()
        elif name == FACTS_DATE.key:
            yield name, FACTS_DATE
        elif key == "discretion":
            yield (
                name,
                _known(powers, member, f"Column {name!r}: there is no power {member!r}.", "discretion:"),
            )
        elif key == "reading":
            cure = "how a doubtful text is read holds for all rows; pass readings={'ID': 'ANSWER'}."
            raise UsageError(f"Column {name!r}: {cure}")
        elif key.partition(".")[0] in sections and "." in key:
            fact = _known(
                {**facts, FACTS_DATE.key: FACTS_DATE},
                key,
                f"Column {name!r}: there is no fact {key!r}.",
                "",
            )
            yield name, _of_member(name, fact, member) if ":" in name else fact


def _known(known: Mapping[str, Fact], name: str, found: str, before: str) -> Fact:
    if name in known:
        return known[name]
    near = nearest(name, known)
    hint = did_you_mean(near and before + near)
    cure = "" if near else " Rename the column, or drop it, if it holds no fact."
    raise UsageError(f"{found}{hint}{cure}")


def _of_member(name: str, fact: Fact, member: str) -> Fact:
    """What is read in a column for one member of a set."""
    single = YesNo(f"Does {member} belong to it?")
    single.named(fact.section, f"{fact.field}:{member}")
    if isinstance(fact, SetOf) and member in fact.members:
        return single
    if isinstance(fact, CodeSet):
        try:
            parsed_pattern(member)
        except DefinitionError as error:
            raise UsageError(f"Column {name!r}: {error}") from None
        return single
    near = nearest(member, fact.labels()) if fact.is_set else None
    hint = did_you_mean(near and f"{fact.key}:{near}")
    what = f"{member!r} is no member of {fact.key}" if fact.is_set else f"{fact.key} is no set"
    raise UsageError(f"Column {name!r}: {what}.{hint}")


def _presume() -> Fact:
    fact = Choice("What is presumed?", {"ordinary": "the answers of an ordinary transaction"})
    fact.named("presume", "row")
    return fact


# what they hold ------------------------------------------------------------------------------------


def _texts(
    frame: Any, names: Mapping[str, str], wanted: Mapping[str, Fact], may_hide: bool
) -> dict[str, str]:
    """For each column that holds lists of members the name of a column of text to make of it.

    Args:
        frame: A narwhals frame.
        names: What its columns are called in it.
        wanted: The columns that are asked about.
        may_hide: Whether any Python object may be in a column whose type does not say what it holds.
    """
    schema = frame.collect_schema()
    texts: dict[str, str] = {}
    for name, fact in wanted.items():
        held = names[name]
        _check_nesting(name, fact, str(schema[held]))
        hides = may_hide and frame.to_native()[held].dtype == object
        if fact.is_set and (is_list(schema[held]) or hides):
            texts[held] = free_name("members", {*schema, *texts.values()})
    return texts


def _check_nesting(name: str, fact: Fact, kind: str) -> None:
    """Refuses a column that holds several things where the fact takes one."""
    outer, _, inner = kind.partition("(")
    if outer in ("List", "Array") and not fact.is_set:
        raise UsageError(f"Column {name!r} holds lists or the like. Expected one answer in each row.")
    if outer == "Struct" or inner.startswith(("List", "Array", "Struct")):
        msg = f"Column {name!r} holds structures or lists of lists. Expected lists of members, or text."
        raise UsageError(msg)


def _cells(
    table: Table, wanted: Mapping[str, Fact], keys: Sequence[str], days: Sequence[dt.date]
) -> dict[str, Cells]:
    """The cells of each column that is asked about."""
    import narwhals as nw

    members = _with_copies(asked_members(keys), table.facts)
    schema = table.frame.collect_schema()
    cells: dict[str, Cells] = {}
    for name, fact in wanted.items():
        kind = schema[table.names[name]]
        if isinstance(fact, YesNo) and kind == nw.Boolean:
            cells[name] = flag_cells(name, _has_null(table, name))
        elif isinstance(fact, Day) and kind in (nw.Date, nw.Datetime):
            cells[name] = day_cells(name, days)
    listed = {name: fact for name, fact in wanted.items() if name not in cells}
    for name, values in _distinct(table, listed).items():
        fact = listed[name]
        signature = signature_of(fact, members.get(fact.key, ()), days)
        cells[name] = listed_cells(name, fact, values, signature)
    return {name: cells[name] for name in wanted}


def _with_copies(
    members: Mapping[str, tuple[str, ...]], facts: Mapping[str, Fact]
) -> Mapping[str, tuple[str, ...]]:
    """The members asked about of each set, with those that are asked of facts that copy its answer."""
    found = {name: dict.fromkeys(asked) for name, asked in members.items()}
    copies = [fact for fact in facts.values() if isinstance(fact.ordinary, Same)]
    for _ in copies:
        for fact in copies:
            found.setdefault(fact.ordinary.fact, {}).update(found.get(fact.key, {}))
    return {name: tuple(asked) for name, asked in found.items()}


def _has_null(table: Table, name: str) -> bool:
    """Whether a column may have nulls; a lazy frame is not asked."""
    import narwhals as nw

    if table.parts is not None or not isinstance(table.frame, nw.DataFrame):
        return True
    return bool(table.frame[table.names[name]].null_count())


def _distinct(table: Table, names: Iterable[str]) -> dict[str, list[Any]]:
    """The distinct values of each column of listed answers."""
    sources = table.names if table.parts is not None else table.sources
    held = {name: sources[name] for name in names}
    left = [source for source in held.values() if source not in table.compared]
    found = distinct_values(table.frame, left, MOST_VALUES + 1, table.parts, table.texts)
    for source, values in table.compared.items():
        null = [None] if table.frame[source].null_count() else []
        found[source] = [*values, *null]
    for name, source in held.items():
        if len(found[source]) > MOST_VALUES:
            msg = (
                f"Column {name!r} has more than {MOST_VALUES:,} distinct values, which answers to a "
                "question never have. Expected answers as in a scenario file; see "
                "docs/how-to/rulesets-over-tables.md."
            )
            raise UsageError(msg)
    return {name: found[source] for name, source in held.items()}
