"""Populations: what is counted, each defined once; a part of a deal is never counted beside another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

import attrs

from regcompare.errors import UsageError, did_you_mean, nearest
from regcompare.logic.conditions import ends_of
from regcompare.scenario.leaning import leaning_sentence
from regcompare.scenario.provenance import RECORD_GROUPS
from regcompare.scenario.scenario import Scenario

from .tidy import Tabular


@attrs.frozen
class Record:
    """A unit that counts as one: a deal, a licence, a use that was found; a case for each of its parts.

    Attributes:
        id: Its name: that of the deal, or of its only case.
        parts: Its cases.
    """

    id: str
    parts: tuple[Scenario, ...] = attrs.field(repr=False)

    @property
    def first(self) -> Scenario:
        """The case that stands for it."""
        return self.parts[0]

    @property
    def group(self) -> str | None:
        """The group that it is of, as ``deals``; None for an invention, or if its file does not say."""
        return self.first.record_group

    @property
    def decision(self) -> str:
        """The decision on it; of several parts the first whose decision is known counts."""
        decisions = (case.record.decision for case in self.parts if case.record)
        return next((item for item in decisions if item != "unknown"), "unknown")


@attrs.frozen(repr=False)
class Population(Tabular[Record]):
    """Records that are counted together.

    Attributes:
        id: Its name.
        nouns: What one and what several of them are called.
        what: Its definition, as a sentence.
        records: The records.
        python: The expression that makes it in Python.
    """

    _ITEMS = "records"
    id: str
    nouns: tuple[str, str]
    what: str
    records: tuple[Record, ...]
    python: str = ""

    def __repr__(self) -> str:
        return f"<Population {self.id}: {len(self)} {self.noun(len(self))}. {self.what}>"

    @property
    def ids(self) -> tuple[str, ...]:
        """The names of its records."""
        return tuple(record.id for record in self.records)

    @property
    def cases(self) -> tuple[Scenario, ...]:
        """The cases of all its records."""
        return tuple(case for record in self.records for case in record.parts)

    def record(self, name: str) -> Record:
        """Returns the record with this name."""
        return next(record for record in self.records if record.id == name)

    def noun(self, number: int) -> str:
        """Returns what so many of them are called."""
        return self.nouns[number != 1]

    def leaning(self) -> str:
        """Returns how it leans: from which years, states and technologies its records are."""
        return leaning_sentence(self.cases)

    def __add__(self, other: object) -> Any:
        """Refuses a sum, in which a record of both would count twice."""
        raise UsageError(
            "Populations do not add up: a record may be in both. Count their cases as one population: "
            "[*one.cases, *other.cases]."
        )

    def those(self, keep: Iterable[str] | Callable[[Record], bool], **named: Any) -> Population:
        """Returns a part of the population; the ids of its records, or a test, say which.

        Args:
            keep: The ids, or the test.
            named: ``id``, ``nouns``, ``what`` and ``python`` of the part; by default it is made again
                from the ids of its records.
        """
        test = keep if callable(keep) else None
        ids = () if callable(keep) else frozenset(keep)
        kept = tuple(item for item in self.records if (test(item) if test else item.id in ids))
        again = f"{self.python}.those({[item.id for item in kept]})"
        part = {"id": f"{self.id}:part", "what": f"{self.what} Some of these.", "python": again}
        return attrs.evolve(self, records=kept, **{**part, **named})

    def to_dicts(self) -> list[dict[str, Any]]:
        """Returns one row for each record."""
        return [
            {
                "record": record.id, "title": record.first.title, "group": record.group,
                "parts": len(record.parts), "date": record.first.date, "decision": record.decision,
            }
            for record in self.records
        ]  # fmt: skip


@attrs.frozen(repr=False)
class Populations(Tabular[str]):
    """The populations of some cases, by name."""

    _named: Mapping[str, Population]

    def __getitem__(self, name: str) -> Population:
        if name not in self._named:
            hint = did_you_mean(nearest(name, self._named))
            raise UsageError(
                f"There is no population {name!r}.{hint} Expected one of {', '.join(self._named)}."
            )
        return self._named[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._named)

    def __len__(self) -> int:
        return len(self._named)

    def items(self) -> Iterable[tuple[str, Population]]:
        """Returns each name with its population."""
        return self._named.items()

    def __repr__(self) -> str:
        sizes = ", ".join(f"{len(item)} {name}" for name, item in self._named.items())
        return f"<Populations: {sizes}>"

    def to_dicts(self) -> list[dict[str, Any]]:
        """Returns one row for each population."""
        return [
            {"population": name, "records": len(item), "cases": len(item.cases), "what": item.what}
            for name, item in self._named.items()
        ]


NOUNS = {
    "records": ("record", "records"),
    "cases": ("case", "cases"),
    "decided": ("record whose decision is known", "records whose decision is known"),
}
"""What is counted is called, in the singular and the plural, beside the groups of records."""
_WHAT = {
    "deals": "A delivery or a contract is on record.",
    "supplies_disputed": "A supply was reported and is disputed, or was alleged in a charge.",
    "uses_found": "A use was found; that it was supplied is inferred.",
    "licences": "A licence was granted; nothing shows a contract or a delivery.",
    "refused_or_withdrawn": "An application was refused or withdrawn.",
    "refusals_set_aside": "A licence was refused, and the refusal was set aside.",
    "offers": "It was offered or negotiated only.",
    "plans": "Public money was set aside; nothing shows a supply.",
}
"""What is on record of each group."""


def records_of(cases: Iterable[Scenario], python: str = "") -> Population:
    """Returns cases as records, the parts of one documented deal together."""
    groups: dict[str, list[Scenario]] = {}
    for case in cases:
        groups.setdefault(case.counted_as, []).append(case)
    records = tuple(Record(name, tuple(parts)) for name, parts in groups.items())
    what = "Whatever is on record, of any kind."
    return Population("records", NOUNS["records"], what, records, python)


def populations_of(
    cases: Iterable[Scenario], homes: Iterable[Any] = (), python: str = "rc.populations()"
) -> Populations:
    """Returns the populations of documented cases by name.

    Args:
        cases: The cases.
        homes: Homes of laws, each with a ``name`` and ``on(day)``; the deals that were certainly made
            from it are one more population.
        python: The expression that makes them in Python.
    """
    records = records_of(cases)
    found = {"records": records}

    def add(base: str, name: str, keep: Iterable[str] | Callable[[Record], bool], **named: Any) -> None:
        found[name] = found[base].those(keep, id=name, **named)

    for group, nouns in RECORD_GROUPS.items():
        kept = [record.id for record in records if record.group == group]
        add("records", group, kept, nouns=nouns, what=_WHAT[group])
    for home in homes:
        add(
            "deals", f"deals_from_{home.name.removeprefix('the ').lower().replace(' ', '_')}",
            partial(_is_made_from, home),
            nouns=(f"deal made from {home.name}", f"deals made from {home.name}"),
            what=f"A delivery or a contract is on record, certainly made from {home.name}.",
        )  # fmt: skip
    add(
        "records", "made", lambda item: item.group not in (None, "offers", "plans"),
        what=(
            "It was made or said to be, licensed, applied for or found in use; mere offers and plans "
            "are left out."
        ),
    )  # fmt: skip
    add(
        "records", "decided", lambda item: item.decision != "unknown",
        nouns=NOUNS["decided"],
        what="What became of the licence, or that none was asked for, is on record.",
    )  # fmt: skip
    return Populations(
        {name: attrs.evolve(item, python=f'{python}["{name}"]') for name, item in found.items()}
    )


def _is_made_from(home: Any, record: Record) -> bool:
    """Returns whether a part of a record was certainly made from a home, on its day."""
    return any(
        all(day and case.exporter.country in home.on(day) for day in ends_of(case.known_day))
        for case in record.parts
    )


def counted_population(cases: Iterable[Scenario], python: str = "") -> Population:
    """Returns what a comparison of cases counts: deals if there are any, else all of its records."""
    found = populations_of(cases, python=python or "rc.populations(cases)")
    groups = {record.group for record in found["records"]}
    only = groups.pop() if len(groups) == 1 else None
    name = "deals" if len(found["deals"]) else only or "records"
    if name == "records":
        return attrs.evolve(found[name], nouns=NOUNS["cases"])
    return found[name]
