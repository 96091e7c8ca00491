"""The front page: the deals on record in envelopes, who had to say no, and what a no costs."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import attrs

from regcompare.comparison.claims import Message
from regcompare.comparison.classes import reaches
from regcompare.comparison.counts import Count, Counting, Law
from regcompare.comparison.populations import Populations, populations_of
from regcompare.inputs import counting_in, message_of
from regcompare.plugins.catalogue import Catalogue
from regcompare.ruleset.rules import Outcome, Protects
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario, cases_of_kinds
from regcompare.verdict.assess import assess
from regcompare_publish.safeguards import Cell, Safeguards, safeguards

from .deals import Deal, deals_of
from .price import Price, price_of
from .texts import FrontRow, FrontTexts, read_front


@attrs.frozen(slots=False, eq=False)
class Front:
    """What the front page shows.

    Attributes:
        message: What is said first of the cases, with its counts.
        laws: The law of the day, the act of today, and what is asked for.
        ordinary: Cases of ordinary trade.
        licences: The figures of licences granted and refused.
    """

    texts: FrontTexts
    message: Message
    populations: Populations
    counting: Counting
    laws: tuple[Law, ...]
    ordinary: Sequence[Scenario]
    licences: Mapping[str, Any] | None

    @cached_property
    def deals(self) -> list[Deal]:
        """The deals, by year."""
        return list(deals_of(self.populations["deals"], self.laws, self.counting))

    @cached_property
    def sale(self) -> Deal:
        """The deal that is followed."""
        return next(
            deal for deal in self.deals if any(case.id == self.texts.sale for case in deal.record.parts)
        )

    def count(self, asked: str, law: int) -> Count:
        """Returns a count of the deals under one of the laws."""
        return self.counting.count(asked, self.populations["deals"], self.laws[law])

    @cached_property
    def price(self) -> Price:
        """What the rules that a reader can write refuse, and what they cost."""
        return price_of(self.deals, self.ordinary, *self.laws[1:])

    @property
    def safeguards(self) -> Safeguards:
        """The safeguards for people, under each regime."""
        return safeguards([law.ruleset for law in self.acts]).group(Protects.PEOPLE)

    @property
    def acts(self) -> tuple[Law, ...]:
        """The acts before and now, and what is asked for, for tables of what they contain."""
        return (self.message.rows[1][0].laws[0], *self.laws[1:])

    @property
    def changes(self) -> list[tuple[FrontRow, list[bool]]]:
        """What the acts before and now contain, row by row."""
        acts = [law.ruleset for law in self.acts[:2]]
        return [(row, [self._has(act, row) for act in acts]) for row in self.texts.changes]

    def _has(self, act: Ruleset, row: FrontRow) -> bool:
        """Whether an act contains what a row says."""
        if row.provisions:
            found = {*(item.id for item in act.rules), *(item.id for item in act.provisions.duties)}
            return not found.isdisjoint(row.provisions)
        if row.listed:
            (case,) = (item for item in self.populations["records"].cases if item.id == row.listed)
            return reaches(assess(case, act), Outcome.AUTHORISATION) is True
        kinds = dict(safeguards([act]).rows)
        return any(square(cells[0]) == "full" for kind, cells in kinds.items() if str(kind) == row.duty)

    def numbers(self) -> dict[str, int]:
        """Returns every number that the texts of the page name, each counted."""
        own, now, asked = (self.count("refuse", law) for law in range(3))
        refused = self.price.refused
        records = self.populations["records"]
        return {
            "deals": len(own), "no_then": own.certain, "perhaps": own.at_most, "no_now": now.certain,
            "no_asked": asked.certain, "at_most": asked.at_most,
            "disputed": len(refused) - self.price.certain, "filed": len(refused),
            "greens": len(self.ordinary), "green_banned": sum(self.price.banned),
            "pages": len(records.cases), "records": len(records),
            "outside": self.count("licence", 1).outside["scope"],
            "older": self.count("licence", 0).outside["older"],
            **{group: len(self.populations[group])
               for group in ("licences", "refused_or_withdrawn", "offers", "uses_found")},
        }  # fmt: skip


def square(cell: Cell) -> str:
    """Returns how full the square of a safeguard is: a duty, something less, or nothing.

    A refusal that another state's objection requires protects nobody from harm, and is left out.
    """
    held = [item for item in cell.held if not item.without_finding]
    if any(item.applies and item.binds for item in held):
        return "full"
    return "half" if held else "empty"


def front_of(catalogue: Catalogue) -> Front | None:
    """Returns the front page of the documented cases; None where the installed texts have none."""
    profile, rulesets = catalogue.profile, catalogue.rulesets
    cases = cases_of_kinds(catalogue.scenarios())
    texts = read_front(profile.front) if profile.front else None
    message = message_of(catalogue, cases)
    if texts is None or message is None or any(law.ruleset not in rulesets for law in texts.laws):
        return None
    laws = tuple(Law(rulesets[law.ruleset], law.day or None) for law in texts.laws)
    figures = licence_figures(profile.licences) if profile.licences else None
    counted = populations_of(cases), counting_in(catalogue)
    return Front(texts, message, *counted, laws, catalogue.ordinary(), figures)


def licence_figures(file: Path) -> dict[str, Any]:
    """Returns how many licences were granted and refused by the first states, with the source."""
    rows = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
    counts = {row["decision"]: int(row["figure"]) for row in rows if row["where"] == rows[0]["where"]}
    return {**rows[0], "urls": rows[0]["addresses"].split(), **counts}
