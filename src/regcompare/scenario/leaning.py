"""Counts how a register leans: the years, states and technologies from which its records are.

What became public is no sample, so a count of records is read beside this.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping

from regcompare.facts import countries
from regcompare.logic.conditions import ends_of
from regcompare.vocabulary import Item

from .provenance import RECORD_GROUPS
from .scenario import Scenario

_YEARS = {"until 2009": 2009, "2010 to 2014": 2014, "2015 to 2019": 2019, "from 2020": dt.date.max.year}
"""The years that are counted together, with the last of them."""
_MOST = 6
"""The most answers that are named; the others are counted together."""
OPEN = "not known"


def leanings(cases: Iterable[Scenario]) -> dict[str, Mapping[str, int]]:
    """Returns how many records of documented cases have each answer, by what is asked about them.

    The parts of one deal are counted once, by the first of them.
    """
    records: dict[str, list[Scenario]] = {}
    for case in cases:
        if case.is_documented:
            records.setdefault(case.counted_as, []).append(case)
    firsts = [parts[0] for parts in records.values()]
    decided = Counter(
        any(part.record and part.record.decision != "unknown" for part in parts)
        for parts in records.values()
    )
    groups = Counter(case.record_group for case in firsts)
    kinds = {many: groups[group] for group, (_, many) in RECORD_GROUPS.items() if groups[group]}
    return {
        "Kind of record": kinds,
        "Year": _in_years(firsts),
        "Exported from": _most([case.exporter.country for case in firsts], countries()),
        "Technology": _most([case.item.technology for case in firsts], Item.technology.labels()),
        "What became of a licence": {"known": decided[True], OPEN: decided[False]},
    }


def leaning_sentence(cases: Iterable[Scenario]) -> str:
    """Returns how documented cases lean, in a paragraph."""
    asked = leanings(cases)
    said = " ".join(
        f"{title}: {', '.join(f'{name} {number}' for name, number in counts.items())}."
        for title, counts in asked.items()
    )
    return (
        f"How these {sum(asked['Year'].values())} records lean, since what became public is no sample. "
        f"{said} A record is counted by the first of its parts."
    )


def _in_years(cases: Iterable[Scenario]) -> dict[str, int]:
    """Records by years; one whose span reaches into two of these is not known."""
    counts = dict.fromkeys([*_YEARS, OPEN], 0)
    for case in cases:
        ends = {
            next(name for name, last in _YEARS.items() if day.year <= last) if day else OPEN
            for day in ends_of(case.known_day)
        }
        counts[ends.pop() if len(ends) == 1 else OPEN] += 1
    return counts


def _most(answers: Iterable[object], names: Mapping[str, str]) -> dict[str, int]:
    """The most frequent answers by name, the others together, and those that are not known."""
    counts = Counter(names.get(item, OPEN) if isinstance(item, str) else OPEN for item in answers)
    unknown = counts.pop(OPEN, 0)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    rest = sum(number for _, number in ranked[_MOST:])
    together = {"others": rest, OPEN: unknown}
    return {**dict(ranked[:_MOST]), **{name: count for name, count in together.items() if count}}
