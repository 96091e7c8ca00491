"""The names of provisions and terms: an id or a name, and the place that is cited."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from regcompare.errors import UsageError, did_you_mean, nearest
from regcompare.law import Citation
from regcompare.logic.conditions import Term

from .rules import Provision, Rule

Key = tuple[str, Citation]
"""The id and the citation of a rule, which identify it across amendments."""


def find_provision(
    items: Iterable[Provision | Term],
    what: str | Provision | Term,
    holder: str,
    noun: str = "provision or term",
) -> Any:
    """Finds a provision or a term of a text, which an error calls by its holder.

    Args:
        items: The provisions of the text, then the terms of its conditions.
        what: The provision or term, possibly as it was before an amendment; or its id, its name or its
            place, such as ``Art. 5(2)``, for which a rule precedes all else.
        holder: What an error calls the text.
        noun: What it calls the items.

    Raises:
        UsageError: There is none, or several; the text names the nearest.
    """
    items = list(items)
    matching = [item for item in items if is_meant_by(item, what)]
    cites = sorted({str(item.cite) for item in matching})
    if matching and (len(cites) == 1 or not isinstance(matching[0], Term)):
        return matching[0]
    name = what if isinstance(what, str) else name_of(what)
    cited = [item for item in items if _is_cited_as(item, name)]
    rules = [item for item in cited if isinstance(item, Rule)] or cited
    if len(rules) == 1:
        return rules[0]
    if rules:
        several = ", ".join(map(name_of, rules))
        raise UsageError(f"{name!r} is the place of several provisions: {several}. Give one of them.")
    if matching:
        raise UsageError(f"{name!r} means several terms, of {'; '.join(cites)}. Give the term itself.")
    names = [*map(name_of, items), *(item.cite.pinpoint for item in items if isinstance(item, Rule))]
    below = ", ".join(item for item in names if item.startswith(f"{name}-"))
    hint = f" Below it are {below}." if below else did_you_mean(nearest(name, names))
    raise UsageError(f"{holder} has no {noun} {name!r}.{hint}")


def is_meant_by(item: object, what: object) -> bool:
    """Returns whether a name, or a provision or term as it was before an amendment, means this one."""
    if isinstance(what, str):
        return what == getattr(item, "id", getattr(item, "name", None))
    return item is what or (type(item) is type(what) and key_of(item) == key_of(what))


def _is_cited_as(item: Any, name: str) -> bool:
    """Returns whether a rule or a duty is cited by a place, with or without text and "Art."."""
    pinpoint = item.cite.pinpoint if hasattr(item, "sentence") else ""
    return bool(pinpoint) and name in (str(item.cite), pinpoint, pinpoint.removeprefix("Art. "))


def key_of(item: Any) -> Key:
    """The id or name, and the citation; an omission has neither, so it identifies itself."""
    name: Any = getattr(item, "id", None) or getattr(item, "name", item)
    return name, item.cite


def name_of(item: Provision | Term) -> str:
    """Returns the id or the name of a provision or a term, or else its citation."""
    return str(getattr(item, "id", None) or getattr(item, "name", item.cite))


def id_part(item: Provision | Term) -> str:
    """Returns the name of a provision or a term as part of an id."""
    return re.sub(r"[^a-z0-9]+", "-", name_of(item).lower()).strip("-")
