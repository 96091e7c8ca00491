"""Amends the provisions of a text: replaces one, and relinks what refers to it.

A provision that an amendment changes counts as inferred, however well the text is known, unless it says
how it is known.  What an amendment does not change stays the same object.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any

import attrs

from regcompare.errors import DefinitionError, UsageError, did_you_mean, nearest
from regcompare.law import UNRECORDED, Evidence
from regcompare.logic.conditions import Condition, Term, nodes, substitute

from .naming import Key, is_meant_by, key_of, name_of
from .provisions import Provisions
from .rules import Discretion, Duty, Interpretation, Provision, Rule

Rewrite = Callable[[Condition], Condition]
"""Returns a condition with some of its nodes replaced."""


def with_evidence(item: Any, evidence: Evidence = UNRECORDED) -> Any:
    """Returns a provision with this evidence, unless it or its citation has evidence of its own."""
    if not isinstance(item, Rule | Duty | Interpretation) or item.checked or item.cite.evidence:
        return item
    return attrs.evolve(item, checked=evidence)


def change_fields(item: Any, changes: Mapping[str, Any]) -> Any:
    """Returns something with some fields changed; a ``UsageError`` names the nearest to one it lacks."""
    names = [field.alias for field in attrs.fields(type(item)) if field.init]
    for name in changes:
        if name not in names:
            hint = did_you_mean(nearest(name, names))
            raise UsageError(f"A {type(item).__name__} has no field {name!r}.{hint}")
    return attrs.evolve(item, **changes)


def amend_provision(item: Any, evidence: Evidence | None, changes: Mapping[str, Any]) -> Any:
    """Returns a provision or a term with changed fields; unless they say, it is inferred at best."""
    at_best = min(evidence or UNRECORDED, UNRECORDED, key=attrgetter("rank"))
    return change_fields(item, {**({"checked": at_best} if hasattr(item, "checked") else {}), **changes})


def replace_provision(old: Provision, new: Provision, text: Provisions) -> Provisions:
    """Returns the text with one provision replaced by another, which overrides what the first overrode.

    It is a ``UsageError`` if the kinds differ, or conditions would ask about what is gone.
    """
    if type(old) is not type(new):
        kinds = f"a {type(old).__name__}, which a {type(new).__name__} cannot replace"
        raise UsageError(f"{name_of(old)} is {kinds}; remove one and add the other.")
    if isinstance(old, Interpretation | Discretion) and old.id != getattr(new, "id", None):
        raise UsageError(f"Conditions ask about {name_of(old)} by its id; keep the id.")
    if set(getattr(old, "readings", ())) != set(readings := getattr(new, "readings", ())):
        words = ", ".join(getattr(old, "readings", readings))
        raise UsageError(f"Conditions choose among the readings of {name_of(old)}; keep {words}.")
    replacement = with_evidence(new)
    items = (replacement if is_meant_by(item, old) else item for item in text)
    return relink(items, {key_of(old): replacement})


def term_replacer(conditions: Sequence[Condition], old: Term, new: Term) -> Rewrite:
    """Returns the rewrite that replaces a term wherever the conditions use it.

    The new term may itself use the old one.
    """
    replacement = new
    if not new.checked and all(node is not new for node in nodes(conditions)):
        replacement = attrs.evolve(new, checked=UNRECORDED)
    replacements: dict[Condition, Condition] = {replacement: replacement, new: replacement}
    replacements |= {node: replacement for node in nodes(conditions) if is_meant_by(node, old)}
    return lambda condition: substitute(condition, replacements)


def map_conditions(text: Provisions, rewrite: Rewrite) -> Provisions:
    """Returns the text with the conditions of its rules and duties rewritten."""
    items = list(text)
    for index, item in enumerate(items):
        if isinstance(item, Rule | Duty) and (when := rewrite(item.when)) is not item.when:
            items[index] = attrs.evolve(item, when=when)
    return relink(items)


def relink(items: Iterable[Provision], moved: Mapping[Key, Any] = {}) -> Provisions:
    """Returns the provisions, with each rule overriding what the rules that it overrode are now.

    Rules that are gone are ``moved`` to others, or to None; a circle is a ``DefinitionError``.
    """
    items = list(items)
    current: dict[Key, Rule | None] = {key_of(item): item for item in items if isinstance(item, Rule)}
    current |= moved
    linked: dict[Provision, Rule] = {}

    def link(rule: Rule, path: tuple[Rule, ...] = ()) -> Rule:
        if rule in path:
            raise DefinitionError(f"By the amendment rules override each other in a circle: {rule.id}.")
        if rule not in linked and rule in items:
            overridden = [current.get(key_of(item), item) for item in rule.overrides]
            overrides = tuple(link(item, (*path, rule)) for item in overridden if item is not None)
            is_same = overrides == rule.overrides
            linked[rule] = rule if is_same else attrs.evolve(rule, overrides=overrides)
        return linked.get(rule, rule)

    return Provisions.of(link(item) if isinstance(item, Rule) else item for item in items)
