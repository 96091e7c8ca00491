"""Law that another state retains: an act with some terms replaced, cited in the retaining text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
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
    """Returns the same place in the retaining text; anything but a citation is returned unchanged."""
    if not isinstance(cite, Citation) or cite.instrument == text:
        return cite
    return Citation(text, cite.pinpoint, origin=cite)


def home_replacements(
    old: Home | None, new: Home | None, vocabulary: Vocabulary
) -> dict[Condition, Condition]:
    """Returns, for each country fact, the condition of the old home with that of the new one."""
    if old is None or new is None or old == new:
        return {}
    countries = [fact for fact in vocabulary.facts() if isinstance(fact, Country)]
    return {old.has(fact): new.has(fact) for fact in countries}


def condition_rewriter(text: Instrument, replaced: Mapping[Condition, Condition]) -> Rewrite:
    """Returns the rewrite that replaces some nodes, and makes all other terms cite the text."""
    replacements: dict[Condition, Condition] = {**{new: new for new in replaced.values()}, **replaced}

    def rewrite(condition: Condition) -> Condition:
        for node in nodes([condition], replacements):
            parts = [replacements[part] for part in node.parts]
            new = node if parts == list(node.parts) else rebuild(node, parts)
            if isinstance(new, Term):
                new = attrs.evolve(new, cite=retained_citation(text, new.cite))
            replacements[node] = new
        return replacements[condition]

    return rewrite


def retained_provisions(
    items: Iterable[Provision],
    text: Instrument,
    rewrite: Rewrite,
    evidence: Callable[[Any], Evidence],
) -> Provisions:
    """Returns provisions as the text retains them: at the same places, and known no better."""
    items = list(items)
    retained = {item: _retained(item, text, rewrite, evidence) for item in items}
    lifted = {rule for item in items if isinstance(item, Rule) for rule in item.lifts}
    moved = {(rule.id, rule.cite): retained.get(rule) for rule in lifted}
    return relink(retained.values(), moved)


def _retained(
    item: Any,
    text: Instrument,
    rewrite: Rewrite,
    evidence: Callable[[Any], Evidence],
) -> Any:
    changes: dict[str, Any] = {"cite": retained_citation(text, item.cite)}
    if isinstance(item, Rule | Duty):
        changes |= {"when": rewrite(item.when), "id": item.id}
    if isinstance(item, Rule):
        changes |= {"fires": "", "misses": ""}
    if isinstance(item, Rule | Duty | Interpretation):
        levels = (evidence(item), text.checked or UNRECORDED)
        changes["checked"] = min(levels, key=attrgetter("rank"))
    return attrs.evolve(item, **changes)


def refuse_old_home(conditions: Iterable[Condition], home: Home | None, where: str) -> None:
    """Refuses conditions that still ask whether a country is in the territory of the original act.

    Raises:
        DefinitionError: A condition does; the text names the row of the table.
    """
    states = home.states if home else None
    for node in nodes(conditions):
        if isinstance(node, Term) and (row := row_of(node)) and row.table is states:
            raise DefinitionError(
                f"{where}: a condition still asks for {node.name!r}, of the home that was left. Replace "
                "the term that asks for it."
            )
