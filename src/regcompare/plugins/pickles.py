"""Rulesets for other processes: what is installed goes by name, and what was made of it by value.

Law is told apart by identity: a rule lifts *that* rule.  So whatever an installed ruleset holds is
pickled as a reference, and is the installed object again where it is read; the rest of a reform goes
along.  A reform that is read twice, or that comes back, is one object.
"""

from __future__ import annotations

import copyreg
import io
import pickle
from collections.abc import Callable, Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Any
from weakref import WeakKeyDictionary, WeakValueDictionary

import attrs

from regcompare.errors import UsageError
from regcompare.ruleset.ruleset import Ruleset

from .catalogue import Catalogue

Reference = tuple[str, int, int]
"""The id of an installed ruleset, a place among what it holds, and how much it holds."""

_written: WeakKeyDictionary[Ruleset, bytes] = WeakKeyDictionary()
_known: WeakValueDictionary[bytes, Ruleset] = WeakValueDictionary()


def reduced(ruleset: Ruleset) -> tuple[Callable[[bytes], Ruleset], tuple[bytes]]:
    """Returns a ruleset as ``pickle`` takes it: a function, and what to call it with."""
    if ruleset not in _written:
        data = io.BytesIO()
        _Pickler(data, protocol=4).dump(ruleset)
        _remember(ruleset, data.getvalue())
    return _read, (_written[ruleset],)


def _read(data: bytes) -> Ruleset:
    known = _known.get(sha256(data).digest())
    if known is not None:
        return known
    ruleset: Ruleset = _Unpickler(io.BytesIO(data)).load()
    _remember(ruleset, data)
    return ruleset


def _remember(ruleset: Ruleset, data: bytes) -> None:
    _written[ruleset] = data
    _known[sha256(data).digest()] = ruleset


class _Pickler(pickle.Pickler):
    def persistent_id(self, obj: Any) -> Reference | None:
        return _references().get(id(obj)) if attrs.has(type(obj)) else None

    def reducer_override(self, obj: Any) -> Any:
        if isinstance(obj, Ruleset):  # By value here; its own way would ask for this one again.
            return copyreg.__newobj__, (Ruleset,), obj.__getstate__()  # type: ignore[attr-defined]
        return NotImplemented


class _Unpickler(pickle.Unpickler):
    def persistent_load(self, pid: Any) -> Any:
        name, place, size = pid
        ruleset = _installed().get(name)
        held = _held(ruleset) if ruleset else []
        if len(held) != size:
            found = f"another version of {name} is" if ruleset else f"{name} is not"
            raise UsageError(f"{found} installed here. Expected the plugins of the process that wrote.")
        return held[place]


# what is installed ---------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _installed() -> Mapping[str, Ruleset]:
    return Catalogue.installed().rulesets


@lru_cache(maxsize=1)
def _references() -> Mapping[int, Reference]:
    """What installed rulesets hold, by identity; they stay, so that no other object takes its place."""
    found: dict[int, Reference] = {}
    # The smallest first, so that law is named by its own ruleset and not by one that stands on it.
    for name, held in sorted(
        ((name, _held(ruleset)) for name, ruleset in _installed().items()), key=lambda item: len(item[1])
    ):
        for place, item in enumerate(held):
            found.setdefault(id(item), (name, place, len(held)))
    return found


@lru_cache(maxsize=128)
def _held(ruleset: Ruleset) -> list[Any]:
    """Everything that a ruleset is made of, each object once, always in the same order."""
    held: dict[int, Any] = {}
    waiting: list[Any] = [ruleset]
    while waiting:
        item = waiting.pop()
        if isinstance(item, tuple | list):
            waiting += item
        elif isinstance(item, Mapping):
            waiting += item.values()
        elif attrs.has(type(item)) and id(item) not in held:
            held[id(item)] = item
            waiting += (getattr(item, field.name) for field in attrs.fields(type(item)))
    return list(held.values())
