"""How a text is amended: what is meant, what takes its place, and what then refers to what.

What an amendment changes is told by its mark: where it does not say how it is known it counts as
inferred, however well the text is known.  What it does not change stays the very object.
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
"""Which rule is meant, also where an amendment made it anew: its id and its citation."""

Rewrite = Callable[[Condition], Condition]
"""Returns a condition with some of its nodes replaced."""

# what is meant -----------------------------------------------------------------------------------


def find_provision(
    provisions: Iterable[Provision], terms: Iterable[Term], what: str | Provision | Term, holder: str
) -> Provision | Term:
    """Returns the provision or the term of a text that is meant.

    Args:
        provisions: The provisions of the text.
        terms: The terms of its conditions, looked through where no provision is meant.
        what: The provision or term, also as it was before an amendment; or the id or name of it, which
            names a rule before a duty, then a doubt, a power and last a term.
        holder: What to call the text, should there be none.

    Raises:
        UsageError: There is none, or the name means several terms; the text says which are near.
    """
    provisions = list(provisions)
    for item in provisions:
        if _is(item, what):
            return item
    terms = list(terms)
    found = [term for term in terms if _is(term, what)]
    cites = sorted({str(term.cite) for term in found})
    if len(cites) == 1:
        return found[0]
    name = what if isinstance(what, str) else name_of(what)
    if found:
        raise UsageError(f"{name!r} means several terms, of {'; '.join(cites)}. Give the term itself.")
    known = map(name_of, (*provisions, *terms))
    raise UsageError(f"{holder} has no provision or term {name!r}.{name_hint(name, known)}")


def _is(item: object, what: object) -> bool:
    if isinstance(what, str):
        return what == getattr(item, "id", getattr(item, "name", None))
    return item is what or (type(item) is type(what) and _key(item) == _key(what))


def _key(item: Any) -> Key:
    """An omission has no name, and is the same only where it is the same object."""
    name: Any = getattr(item, "id", None) or getattr(item, "name", item)
    return name, item.cite


def name_hint(name: str, known: Iterable[str]) -> str:
    """Returns the end of a message on a name that is not known: those below it, or the nearest."""
    known = list(known)
    below = ", ".join(item for item in known if item.startswith(f"{name}-"))
    return f" Below it are {below}." if below else did_you_mean(nearest(name, known))


def name_of(item: Provision | Term) -> str:
    """Returns what a provision or a term is called: its id, its name or else its citation."""
    return str(getattr(item, "id", None) or getattr(item, "name", item.cite))


def id_part(item: Provision | Term) -> str:
    """Returns the same as part of an id."""
    return re.sub(r"[^a-z0-9]+", "-", name_of(item).lower()).strip("-")


# what takes its place ----------------------------------------------------------------------------


def with_evidence(item: Any, known: Evidence = UNRECORDED) -> Any:
    """Returns the provision; where neither it nor its citation says how it is known, with this."""
    if not isinstance(item, Rule | Duty | Interpretation) or item.checked or item.cite.evidence:
        return item
    return attrs.evolve(item, checked=known)


def change_fields(item: Any, changes: Mapping[str, Any]) -> Any:
    """Returns a provision, a term or a ruleset with some fields changed.

    Raises:
        UsageError: It has no such field; the text names the nearest.
    """
    names = [field.name for field in attrs.fields(type(item)) if field.init]
    for name in changes:
        if name not in names:
            hint = did_you_mean(nearest(name, names))
            raise UsageError(f"A {type(item).__name__} has no field {name!r}.{hint}")
    return attrs.evolve(item, **changes)


def amend_provision(item: Any, known: Evidence | None, changes: Mapping[str, Any]) -> Any:
    """Returns a provision or a term with some fields changed, inferred at best unless they say."""
    at_best = min(known or UNRECORDED, UNRECORDED, key=lambda evidence: evidence.rank)
    return change_fields(item, {**({"checked": at_best} if hasattr(item, "checked") else {}), **changes})


def replace_provision(old: Provision, new: Provision, text: Provisions) -> Provisions:
    """Returns the text with a provision at the place of another, which lifts what the other lifted.

    Raises:
        UsageError: Another kind is to take its place, or conditions would ask for what is gone.
    """
    if type(old) is not type(new):
        kinds = f"a {type(old).__name__}, in whose place no {type(new).__name__} can stand"
        raise UsageError(f"{name_of(old)} is {kinds}; leave one out, and add the other.")
    if isinstance(old, Interpretation | Discretion) and old.id != getattr(new, "id", None):
        raise UsageError(f"Conditions ask about {name_of(old)} by its id; keep the id.")
    if set(getattr(old, "readings", ())) != set(readings := getattr(new, "readings", ())):
        words = ", ".join(getattr(old, "readings", readings))
        raise UsageError(f"Conditions choose among the readings of {name_of(old)}; keep {words}.")
    put = with_evidence(new)
    return relink([put if _is(item, old) else item for item in text], {_key(old): put})


def term_replacer(conditions: Sequence[Condition], old: Term, new: Term) -> Rewrite:
    """Returns what puts a term in the place of another, wherever the conditions use it.

    The new term may itself rest on the old one.
    """
    put = new
    if not new.checked and all(node is not new for node in nodes(conditions)):
        put = attrs.evolve(new, checked=UNRECORDED)
    made: dict[Condition, Condition] = {put: put, new: put}
    made |= {node: put for node in nodes(conditions) if _is(node, old)}
    return lambda condition: substitute(condition, made)


def map_conditions(text: Provisions, change: Rewrite) -> Provisions:
    """Returns the text with the conditions of rules and duties changed."""

    def changed(item: Provision) -> Provision:
        if not isinstance(item, Rule | Duty) or (when := change(item.when)) is item.when:
            return item
        return attrs.evolve(item, when=when)

    return relink(map(changed, text))


# what refers to what ----------------------------------------------------------------------------


def relink(items: Iterable[Provision], moved: Mapping[Key, Any] = {}) -> Provisions:
    """Returns the provisions, each rule lifting what now stands in the place of what it lifted.

    ``moved`` says what stands in the place of rules that are gone: another, or None.

    Raises:
        DefinitionError: By that, rules would come to lift each other.
    """
    items = list(items)
    now: dict[Key, Rule | None] = {_key(item): item for item in items if isinstance(item, Rule)}
    now |= moved
    made: dict[Provision, Rule] = {}

    def link(rule: Rule, path: tuple[Rule, ...] = ()) -> Rule:
        if rule in path:
            raise DefinitionError(f"By the amendment rules lift each other in a circle: {rule.id}.")
        if rule not in made and rule in items:
            standing = [now.get(_key(lifted), lifted) for lifted in rule.lifts]
            lifts = tuple(link(item, (*path, rule)) for item in standing if item is not None)
            made[rule] = rule if lifts == rule.lifts else attrs.evolve(rule, lifts=lifts)
        return made.get(rule, rule)

    return Provisions.of(link(item) if isinstance(item, Rule) else item for item in items)
