"""The rows of a register by year, destination, entry or any column, against what each law requires."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

import attrs

from regcompare._support.displays import draw
from regcompare.comparison.measures import pluralise
from regcompare.comparison.receipts import Receipt
from regcompare.comparison.tidy import Tabular
from regcompare.errors import UsageError, did_you_mean, nearest, quoted
from regcompare.logic.codes import code_matches
from regcompare.views.counts import rows_document
from regcompare.views.document import Document
from regcompare.views.render import Form, render
from regcompare.vocabulary import FACTS_DATE, Item, Licence
from regcompare.words.lexicon import short_list

from ._amounts import Amounts
from ._decisions import DECIDED
from .columns import READ_AS
from .summary import MEASURES, RowCount, Summary, sizes_of

YEAR, SURVEILLANCE = "year", "surveillance"
"""Groups made from a fact: the year of the day, and whether the entry is one for surveillance."""

_ENTRIES_OF = "commission"
"""The publisher whose categories name the entries of surveillance items."""

Listed = Literal["yes", "perhaps", "no", ""]


@attrs.frozen
class RowGroup:
    """Some rows of a register.

    Attributes:
        of: What they have in common, by column.
        rows: How many there are.
        decisions: How many were granted, refused or revoked; those without a decision are in none.
        counts: For each law the rows that need a licence, and those that must be refused.
        values: The sum of a column of numbers in all rows, and by decision; blank without one.
    """

    of: Mapping[str, str]
    rows: int
    decisions: Mapping[str, int]
    counts: tuple[tuple[RowCount, ...], ...]
    values: Mapping[str, float] = attrs.field(factory=dict)


@attrs.frozen(eq=False, repr=False)
class RowGroups(Tabular[RowGroup]):
    """The rows of a register in groups.

    Attributes:
        python: The line that makes them in Python.
        unread: The numbers that could not be read, and how many rows have each; they are in no sum.
        guess: How numbers were read, with how to read them otherwise; blank where they are plain.
    """

    summary: Summary
    groups: Sequence[RowGroup]
    python: str
    unread: Mapping[str, int] = attrs.field(factory=dict)
    guess: str = ""
    _ITEMS = "groups"

    def __repr__(self) -> str:
        return f"<RowGroups: {len(self)} groups of {sum(group.rows for group in self.groups)} rows>"

    @property
    def sha256(self) -> str:
        """The SHA-256 of the groups as CSV, by which two tables are known to be the same."""
        return hashlib.sha256((self.to_csv() or "").encode()).hexdigest()

    def receipt(self) -> Receipt:
        """Returns what somebody else needs to get the same table."""
        laws = [pair[0].law for pair in self.summary.counts]
        return self.summary.register.receipt(f"{self.python}.sha256", self.sha256, laws)

    def text(self, form: Form = "text") -> str:
        """Returns the groups in a form, with how numbers were read."""
        if form == "json":
            return self.to_json() or ""
        if form == "csv":
            return self.to_csv() or ""
        return render(Document("", [*self._notes(), *rows_document(self).blocks]), form)

    def _notes(self) -> Iterator[str]:
        if self.guess:
            yield self.guess
        if self.unread:
            words = [f"{text} ({rows})" for text, rows in self.unread.items()]
            rows = pluralise(sum(self.unread.values()), "row")
            yield f"In no sum, as no numbers or two at once: {short_list(words, most=6)} ({rows})."

    def to_dicts(self) -> list[dict[str, Any]]:
        """Returns one row for each group and law, with both ends of each count."""
        return [_row(group, pair) for group in self.groups for pair in group.counts]

    def plot(self) -> Any:
        """Returns the picture: a panel for each law and measure, a bar for each group."""
        return draw("groups", self.groups)


def _row(group: RowGroup, counts: Sequence[RowCount]) -> dict[str, Any]:
    first = counts[0]
    ends = {
        f"{word}_{end}": getattr(count, end)
        for word, count in zip(("licence", "refusal"), counts, strict=True)
        for end in ("certain", "at_most")
    }
    return {
        **group.of, "rows": group.rows,
        **{word: group.decisions.get(word, 0) for word in DECIDED},
        **first.law.columns(), **ends, "outside": sum(first.outside.values()),
        **{f"value_{word}" if word else "value": number for word, number in group.values.items()},
    }  # fmt: skip


def grouped(
    table: Any,
    summary: Summary,
    by: Sequence[str],
    categories: Iterable[Any],
    *,
    value: str = "",
    decimal: str = "",
) -> RowGroups:
    """Returns the rows of a screened table in groups; the arguments are those of ``Screened.by``.

    The published categories name the entries of surveillance items.

    Raises:
        UsageError: There is no such column, or nothing by which to group.
    """
    names = table.column_names
    if not by:
        raise UsageError("by() needs what makes groups, such as by('year', 'destination.country').")
    for name in (*by, value):
        if not isinstance(name, str):
            raise UsageError(f"by() has {quoted(name)}. Expected names, such as by('year', 'country').")
    readers = {name: _reader(name, names, categories) for name in by}
    by = list(readers)
    if value and value not in names:
        raise UsageError(_no_column(value, names))
    laws = [pair[0].law for pair in summary.counts]
    status = _column_of(Licence.status.key, names)
    results = [f"{law.ruleset.id}.{part}" for law in laws for part in ("class", *MEASURES, "in_force")]
    keys = list(dict.fromkeys([*(column for column, _ in readers.values()), *results]))
    keys += [name for name in (status, value) if name and name not in keys]
    found: dict[tuple[str, ...], _Gathered] = {}
    unread, summed = Counter[str](), {""} if value else set[str]()
    combinations = _combinations(table, keys)
    texts = Counter[str]()
    for row in combinations if value else ():
        texts[(row[value] or "").strip()] += row["count_all"]
    amounts = Amounts(texts, decimal)
    for row in combinations:
        number = row["count_all"]
        of = tuple(read(row[column] or "") for column, read in readers.values())
        group = found.setdefault(of, _Gathered(len(laws)))
        decision = (row[status] if status else None) or ""
        group.add(row, number, laws, decision)
        if value:
            text = (row[value] or "").strip()
            if (amount := amounts.read(text) if text else 0.0) is None:
                unread[text] += number
            group.add_value(amount or 0.0, number, decision)
            summed.add(decision)
    words = [
        *map(repr, by),
        *(f"{key}={word!r}" for key, word in (("value", value), ("decimal", decimal)) if word),
    ]
    python = f"{summary.register.python}.by({', '.join(words)})"
    groups = [
        RowGroup(
            dict(zip(by, of, strict=True)), group.rows, dict(group.decisions),
            tuple(
                group.counts(pair, law, f"{python}.groups[{index}].counts[{law}]")
                for law, pair in enumerate(summary.counts)
            ),
            {word: group.values[word] for word in ("", *DECIDED) if word in summed},
        )
        for index, (of, group) in enumerate(sorted(found.items()))
    ]  # fmt: skip
    return RowGroups(summary, groups, python, dict(unread), amounts.guess)


def _combinations(table: Any, keys: Sequence[str]) -> list[dict[str, Any]]:
    """Combinations of values in some columns, with how many rows have each (``count_all``)."""
    import pyarrow as pa

    texts = [column.cast(pa.string()) for column in table.select(keys).itercolumns()]
    counted = pa.table(texts, names=list(keys)).group_by(list(keys)).aggregate([([], "count_all")])
    return list(counted.to_pylist())


def _column_of(fact: str, names: Sequence[str]) -> str:
    """The column that says how a fact was read; blank where there is none."""
    return next((name for name in (f"{fact}{READ_AS}", fact) if name in names), "")


def _reader(
    name: str, names: Sequence[str], categories: Iterable[Any]
) -> tuple[str, Callable[[str], str]]:
    """The column of a group, and what is made of its text."""
    read: Callable[[str], str]
    if name == YEAR:
        column, read = _column_of(FACTS_DATE.key, names), _year_of
    elif name == SURVEILLANCE:
        entries = _surveillance_entries(categories)
        column = _column_of(Item.annex_i_entry.key, names)
        read = lambda text: _listed(text, entries)  # noqa: E731 (one of three readers)
    else:
        column, read = _column_of(name, names), str
    if not column:
        raise UsageError(_no_column(name, names))
    return column, read


def _year_of(text: str) -> str:
    """The year of a day, a quarter or a month, before or behind it; blank where there is none."""
    found = re.search(r"(?<!\d)\d{4}(?!\d)", text)
    return found[0] if found else ""


def _no_column(name: str, names: Sequence[str]) -> str:
    known = [YEAR, SURVEILLANCE, *(item for item in names if not item.endswith(READ_AS))]
    hint = did_you_mean(nearest(name, known)) or f" There are {', '.join(known)}."
    return f"{name!r} is no column of the screened rows.{hint}"


def _surveillance_entries(categories: Iterable[Any]) -> set[str]:
    """The entries that the Commission names for surveillance items."""
    key = Item.annex_i_entry.key
    texts = (item.answers.get(key, "") for item in categories if item.publisher == _ENTRIES_OF)
    return {code.strip(" ?") for text in texts for code in text.split(";")} - {"", "none"}


def _listed(text: str, entries: set[str]) -> Listed:
    """Says whether an entry is among some; blank where a row names none.

    Perhaps, where it is cut before the point that would tell, or is one of several.
    """
    codes = [code.strip() for code in text.split(";")]
    if not text.strip() or codes in (["none"], ["unknown"]):
        return ""
    among = {code for code in codes if any(code_matches(code.strip("?"), entry) for entry in entries)}
    if any(not code.startswith("?") for code in among):
        return "yes"
    is_cut = any(entry.startswith(f"{code.strip('?')}.") for code in codes for entry in entries)
    return "perhaps" if among or is_cut else "no"


class _Gathered:
    """Counts of the rows of a group."""

    def __init__(self, laws: int) -> None:
        self.rows = 0
        self.decisions = Counter[str]()
        self.values: dict[str, float] = defaultdict(float)
        self._cells = [Counter[tuple[str, str]]() for _ in range(laws)]
        self._outside = [Counter[Any]() for _ in range(laws)]

    def add(self, row: Mapping[str, Any], number: int, laws: Sequence[Any], decision: str) -> None:
        self.rows += number
        if decision in DECIDED:
            self.decisions[decision] += number
        for index, law in enumerate(laws):
            name = law.ruleset.id
            for part in MEASURES:
                self._cells[index][part, row[f"{name}.{part}"]] += number
            if row[f"{name}.class"] == "outside":
                why = "force" if row[f"{name}.in_force"] == "no" else "scope"
                self._outside[index][why] += number

    def add_value(self, amount: float, rows: int, decision: str) -> None:
        """Adds a number as often as rows have it."""
        self.values[""] += amount * rows
        if decision in DECIDED:
            self.values[decision] += amount * rows

    def counts(self, pair: Sequence[RowCount], index: int, python: str) -> tuple[RowCount, ...]:
        """The counts of this group under a law, from those of the whole register."""
        cells, outside = self._cells[index], dict(self._outside[index])
        return tuple(
            attrs.evolve(
                whole,
                sizes=sizes_of(
                    cells[part, "yes"], cells[part, "unknown"], sum(outside.values()), self.rows
                ),
                outside=outside,
                python=f"{python}[{which}]",
            )
            for which, (part, whole) in enumerate(zip(MEASURES, pair, strict=True))
        )
