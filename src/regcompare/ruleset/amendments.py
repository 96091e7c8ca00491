"""Amends the provisions of a text: finds what is meant, replaces it, and relinks what refers to it.

A provision that an amendment changes counts as inferred, however well the text is known, unless it says
how it is known.  What an amendment does not change stays the same object.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import attrs

from regcompare.errors import DefinitionError, UsageError, did_you_mean, nearest
from regcompare.law import UNRECORDED, Citation, Evidence
from regcompare.logic.conditions import Condition, Term, nodes, substitute

from .provisions import Provisions
from .rules import Discretion, Duty, Interpretation, Provision, Rule

Key = tuple[str, Citation]
"""The id and the citation of a rule, which identify it across amendments."""

Rewrite = Callable[[Condition], Condition]
"""Returns a condition with some of its nodes replaced."""


def find_provision(
    provisions: Iterable[Provision], terms: Iterable[Term], what: str | Provision | Term, holder: str
) -> Any:
    """Finds a provision or a term of a text, which an error calls by its holder.

    Args:
        provisions: The provisions of the text.
        terms: The terms of its conditions, searched if no provision matches.
        what: The provision or term, possibly as it was before an amendment; or its id, its name or its
            place, such as ``Art. 5(2)``, for which a rule precedes all else.
        holder: What an error calls the text.

    Raises:
        UsageError: There is none, or the name means several terms; the text names the nearest.
    """
    provisions = list(provisions)
    for item in provisions:
        if _matches(item, what):
            return item
    terms = list(terms)
    matching = [term for term in terms if _matches(term, what)]
    cites = sorted({str(term.cite) for term in matching})
    if len(cites) == 1:
        return matching[0]
    name = what if isinstance(what, str) else name_of(what)
    cited = [item for item in provisions if is_cited_as(item, name)]
    rules = [item for item in cited if isinstance(item, Rule)] or cited
    if len(rules) == 1:
        return rules[0]
    if rules:
        several = ", ".join(map(name_of, rules))
        raise UsageError(f"{name!r} is the place of several provisions: {several}. Give one of them.")
    if matching:
        raise UsageError(f"{name!r} means several terms, of {'; '.join(cites)}. Give the term itself.")
    hint = name_hint(name, names_in((*provisions, *terms)))
    raise UsageError(f"{holder} has no provision or term {name!r}.{hint}")


def _matches(item: object, what: object) -> bool:
    if isinstance(what, str):
        return what == getattr(item, "id", getattr(item, "name", None))
    return item is what or (type(item) is type(what) and _key(item) == _key(what))


def is_cited_as(item: Any, name: str) -> bool:
    """Returns whether a provision is cited by a place, with or without text and "Art."."""
    cite = getattr(item, "cite", None)
    pinpoint = getattr(cite, "pinpoint", "")
    places = {str(cite), pinpoint, pinpoint.removeprefix("Art. ")}
    return bool(pinpoint) and name in places and hasattr(item, "sentence")


def _key(item: Any) -> Key:
    """The id or name, and the citation; an omission has neither, so it identifies itself."""
    name: Any = getattr(item, "id", None) or getattr(item, "name", item)
    return name, item.cite


def name_hint(name: str, known: Iterable[str]) -> str:
    """Returns the end of a message about an unknown name: the names below it, or the nearest."""
    names = list(known)
    below = ", ".join(item for item in names if item.startswith(f"{name}-"))
    return f" Below it are {below}." if below else did_you_mean(nearest(name, names))


def names_in(items: Iterable[Any]) -> list[str]:
    """Returns the names of provisions and terms, and the places of rules, which name them too."""
    found = list(items)
    places = [item.cite.pinpoint for item in found if isinstance(item, Rule)]
    return [*map(name_of, found), *places]


def name_of(item: Provision | Term) -> str:
    """Returns the id or the name of a provision or a term, or else its citation."""
    return str(getattr(item, "id", None) or getattr(item, "name", item.cite))


def id_part(item: Provision | Term) -> str:
    """Returns the name of a provision or a term as part of an id."""
    return re.sub(r"[^a-z0-9]+", "-", name_of(item).lower()).strip("-")


def with_evidence(item: Any, known: Evidence = UNRECORDED) -> Any:
    """Returns a provision with this evidence, unless it or its citation has evidence of its own."""
    if not isinstance(item, Rule | Duty | Interpretation) or item.checked or item.cite.evidence:
        return item
    return attrs.evolve(item, checked=known)


def change_fields(item: Any, changes: Mapping[str, Any]) -> Any:
    """Returns something with some fields changed; a ``UsageError`` names the nearest to one it lacks."""
    names = [field.alias for field in attrs.fields(type(item)) if field.init]
    for name in changes:
        if name not in names:
            hint = did_you_mean(nearest(name, names))
            raise UsageError(f"A {type(item).__name__} has no field {name!r}.{hint}")
    return attrs.evolve(item, **changes)


def amend_provision(item: Any, known: Evidence | None, changes: Mapping[str, Any]) -> Any:
    """Returns a provision or a term with changed fields; unless they say, it is inferred at best."""
    at_best = min(known or UNRECORDED, UNRECORDED, key=lambda evidence: evidence.rank)
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
    items = (replacement if _matches(item, old) else item for item in text)
    return relink(items, {_key(old): replacement})


def term_replacer(conditions: Sequence[Condition], old: Term, new: Term) -> Rewrite:
    """Returns the rewrite that replaces a term wherever the conditions use it.

    The new term may itself use the old one.
    """
    replacement = new
    if not new.checked and all(node is not new for node in nodes(conditions)):
        replacement = attrs.evolve(new, checked=UNRECORDED)
    replacements: dict[Condition, Condition] = {replacement: replacement, new: replacement}
    replacements |= {node: replacement for node in nodes(conditions) if _matches(node, old)}
    return lambda condition: substitute(condition, replacements)


def map_conditions(text: Provisions, rewrite: Rewrite) -> Provisions:
    """Returns the text with the conditions of its rules and duties rewritten."""
    items = list(text)
    for place, item in enumerate(items):
        if isinstance(item, Rule | Duty) and (when := rewrite(item.when)) is not item.when:
            items[place] = attrs.evolve(item, when=when)
    return relink(items)


def relink(items: Iterable[Provision], moved: Mapping[Key, Any] = {}) -> Provisions:
    """Returns the provisions, with each rule overriding what the rules that it overrode are now.

    Rules that are gone are ``moved`` to others, or to None; a circle is a ``DefinitionError``.
    """
    items = list(items)
    current: dict[Key, Rule | None] = {_key(item): item for item in items if isinstance(item, Rule)}
    current |= moved
    linked: dict[Provision, Rule] = {}

    def link(rule: Rule, path: tuple[Rule, ...] = ()) -> Rule:
        if rule in path:
            raise DefinitionError(f"By the amendment rules override each other in a circle: {rule.id}.")
        if rule not in linked and rule in items:
            overridden = [current.get(_key(item), item) for item in rule.overrides]
            overrides = tuple(link(item, (*path, rule)) for item in overridden if item is not None)
            is_same = overrides == rule.overrides
            linked[rule] = rule if is_same else attrs.evolve(rule, overrides=overrides)
        return linked.get(rule, rule)

    return Provisions.of(link(item) if isinstance(item, Rule) else item for item in items)
