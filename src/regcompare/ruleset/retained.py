"""Law that another state retains: an act with its terms replaced, each provision marked as retained."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import attrs

from regcompare.errors import DefinitionError
from regcompare.facts import Country
from regcompare.law import UNRECORDED, Citation, Evidence, Instrument
from regcompare.logic.conditions import Condition, Term, nodes, rebuild
from regcompare.vocabulary import Vocabulary
from regcompare.vocabulary.dated import row_of

from .amendments import Rewrite, relink
from .home import Home
from .provisions import Provisions
from .rules import Duty, Interpretation, Provision, Rule


def retained_citation(text: Instrument, cite: Any) -> Any:
    """Returns the same place in the retaining text; a row of a table, and what is there, stays."""
    if not isinstance(cite, Citation) or cite.instrument == text:
        return cite
    return Citation(text, cite.pinpoint, origin=cite)


def home_replacements(
    old: Home | None, new: Home | None, vocabulary: Vocabulary
) -> dict[Condition, Condition]:
    """Returns, for each country asked about, its lying in the new home in place of the old one."""
    if old is None or new is None or old == new:
        return {}
    countries = [fact for fact in vocabulary.facts() if isinstance(fact, Country)]
    return {old.has(fact): new.has(fact) for fact in countries}


def condition_rewriter(text: Instrument, put: Mapping[Condition, Condition]) -> Rewrite:
    """Returns what rewrites a condition: some nodes are replaced, and other terms cite the text."""
    made: dict[Condition, Condition] = {**{new: new for new in put.values()}, **put}

    def change(condition: Condition) -> Condition:
        for node in nodes([condition], made):
            parts = [made[part] for part in node.parts]
            new = node if parts == list(node.parts) else rebuild(node, parts)
            if isinstance(new, Term):
                new = attrs.evolve(new, cite=retained_citation(text, new.cite))
            made[node] = new
        return made[condition]

    return change


def retained_provisions(
    items: Iterable[Provision],
    text: Instrument,
    change: Rewrite,
    known: Callable[[Any], Evidence],
) -> Provisions:
    """Returns provisions as the text retains them: at the same place, and as well known at best."""
    items = list(items)
    made = {item: _retained(item, text, change, known) for item in items}
    lifted = {rule for item in items if isinstance(item, Rule) for rule in item.lifts}
    moved = {(rule.id, rule.cite): made.get(rule) for rule in lifted}
    return relink(made.values(), moved)


def _retained(
    item: Any,
    text: Instrument,
    change: Rewrite,
    known: Callable[[Any], Evidence],
) -> Any:
    changes: dict[str, Any] = {"cite": retained_citation(text, item.cite)}
    if isinstance(item, Rule | Duty):
        changes |= {"when": change(item.when), "id": item.id}
    if isinstance(item, Rule):
        changes |= {"fires": "", "misses": ""}
    if isinstance(item, Rule | Duty | Interpretation):
        changes["checked"] = min(known(item), text.checked or UNRECORDED, key=lambda one: one.rank)
    return attrs.evolve(item, **changes)


def refuse_old_home(conditions: Iterable[Condition], home: Home | None, where: str) -> None:
    """Refuses conditions that still ask whether a country lies in the territory that was left.

    Raises:
        DefinitionError: One does; the text names the row of the table.
    """
    states = home.states if home else None
    for node in nodes(conditions):
        if isinstance(node, Term) and (row := row_of(node)) and row.table is states:
            raise DefinitionError(
                f"{where}: a condition still asks for {node.name!r}, of the home that was left. Replace "
                "the term that asks for it."
            )
