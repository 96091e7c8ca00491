"""How a register leans: from which years, states and technologies its records are, and what is known.

What became public is no sample, so a count of records is read beside this.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping

import attrs

from regcompare.facts import countries
from regcompare.logic.conditions import ends_of
from regcompare.vocabulary import Item

from .provenance import RECORD_GROUPS
from .scenario import Scenario

_YEARS = {"until 2009": 2009, "2010 to 2014": 2014, "2015 to 2019": 2019, "from 2020": dt.date.max.year}
"""The years that are counted together, with the last of them."""
_MOST = 6
"""How many answers are named; the others are counted together."""
OPEN = "not known"


@attrs.frozen
class Leaning:
    """How many records have each answer to a question about them.

    Attributes:
        title: What is asked.
        counts: The answers with the number of records, in order.
    """

    title: str
    counts: Mapping[str, int]

    @property
    def sentence(self) -> str:
        """The answers in a line."""
        return f"{self.title}: {', '.join(f'{name} {number}' for name, number in self.counts.items())}."


def leanings(cases: Iterable[Scenario]) -> tuple[Leaning, ...]:
    """Returns how documented cases lean, the parts of one deal counted once."""
    records: dict[str, list[Scenario]] = {}
    for case in cases:
        if case.is_documented:
            records.setdefault(case.counted_as, []).append(case)
    firsts = [parts[0] for parts in records.values()]
    decided = [
        any(part.record and part.record.decision != "unknown" for part in parts)
        for parts in records.values()
    ]
    groups = Counter(case.record_group for case in firsts)
    kinds = {many: groups[group] for group, (_, many) in RECORD_GROUPS.items() if groups[group]}
    return (
        Leaning("Kind of record", kinds),
        Leaning("Year", _in_years(firsts)),
        Leaning("Exported from", _most([_country(case) for case in firsts])),
        Leaning("Technology", _most([_technology(case) for case in firsts])),
        Leaning("What became of a licence", {"known": sum(decided), OPEN: len(decided) - sum(decided)}),
    )


def leaning_sentence(cases: Iterable[Scenario]) -> str:
    """Returns how documented cases lean, in a paragraph."""
    cases = tuple(cases)
    count = len({case.counted_as for case in cases if case.is_documented})
    said = " ".join(item.sentence for item in leanings(cases))
    return (
        f"How these {count} records lean, since what became public is no sample. {said} "
        "A record is counted by the first of its parts."
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


def _country(case: Scenario) -> str:
    country = case.exporter.country
    return countries().get(country, OPEN) if isinstance(country, str) else OPEN


def _technology(case: Scenario) -> str:
    technology = case.item.technology
    return Item.technology.labels().get(technology, OPEN) if isinstance(technology, str) else OPEN


def _most(answers: Iterable[str]) -> dict[str, int]:
    """The most frequent answers, the others together, and those that are not known."""
    counts = Counter(answers)
    unknown = counts.pop(OPEN, 0)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    rest = sum(number for _, number in ranked[_MOST:])
    together = {"others": rest, OPEN: unknown}
    return {**dict(ranked[:_MOST]), **{name: count for name, count in together.items() if count}}
