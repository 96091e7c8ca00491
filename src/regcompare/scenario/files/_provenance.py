"""What a case that is like another takes over of its sources, of what facts rest on, and of disputes."""

from __future__ import annotations

from collections.abc import Collection

import attrs

from ._nodes import Entries, ListNode, MapNode, Node, Scalar

_ABOUT_THE_USER = frozenset(
    {"destination.country", "end_user.country", "end_user.kind", "end_user.name"}
)
"""Facts on which it depends what reports are about."""


def with_own_provenance(
    inherited: Entries, stated: Entries, facts: Collection[str]
) -> tuple[Entries, Entries]:
    """Returns what is inherited and what is stated, as they are then laid over each other.

    Sources add up.  A fact that is stated anew leaves behind what it rested on and who disputed it, and
    reports are left behind with the end user whom they are about.

    Args:
        inherited: The entries of the other case.
        stated: The entries of the case itself.
        facts: The facts that it states anew or leaves out, and the sections that it leaves out.
    """
    inherited = dict(inherited)
    if not _ABOUT_THE_USER.isdisjoint(facts):
        inherited.pop("reports", None)
    _filter(inherited, "disputed", "fact", facts)
    _leave_bases(inherited, stated, facts)
    stated = dict(stated)
    for name, key in (("sources", "id"), ("disputed", "fact")):
        if name in stated:
            _filter(inherited, name, key, {_word(item, key) for item in _items(stated, name)})
            _append(stated, name, _items(inherited, name))
    return inherited, stated


def _items(entries: Entries, name: str) -> list[Node]:
    value = entries[name][1] if name in entries else None
    return value.items if isinstance(value, ListNode) else []


def _word(item: Node, key: str) -> str:
    """The word by which an item of a list is known: that of the key, or its title."""
    if isinstance(item, MapNode):
        _, value = item.entries.get(key) or item.entries.get("title") or (None, None)
        return value.text if isinstance(value, Scalar) else ""
    return item.text if isinstance(item, Scalar) else ""


def _filter(entries: Entries, name: str, key: str, left_out: Collection[str]) -> None:
    if isinstance(value := entries.get(name, (None, None))[1], ListNode):
        words = ((item, _word(item, key)) for item in value.items)
        items = [item for item, word in words if not {word, word.partition(".")[0]} & set(left_out)]
        entries[name] = (entries[name][0], attrs.evolve(value, items=items))


def _append(entries: Entries, name: str, items: list[Node]) -> None:
    if isinstance(value := entries[name][1], ListNode) and value.items:
        entries[name] = (entries[name][0], attrs.evolve(value, items=[*value.items, *items]))


def _leave_bases(inherited: Entries, stated: Entries, facts: Collection[str]) -> None:
    """Drops what facts that are stated anew rested on; an empty list says that one rests on nothing."""
    key, bases = inherited.get("known_from", (None, None))
    own = stated.get("known_from", (None, None))[1]
    covered = own.entries if isinstance(own, MapNode) else {}
    if key is None or not isinstance(bases, MapNode):
        return
    kept = {name: entry for name, entry in bases.entries.items() if name not in facts}
    for fact in facts:
        section = fact.partition(".")[0]
        if section in bases.entries and not {fact, section} & covered.keys():
            kept[fact] = (Scalar(key.line, key.column, fact), ListNode(key.line, key.column))
    inherited["known_from"] = (key, attrs.evolve(bases, entries=kept))
