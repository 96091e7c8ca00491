"""Pickles rulesets for other processes: installed ones by reference, changes to them by value.

Rules are compared by identity: a rule overrides *that* rule.  So every part of an installed ruleset is
pickled as a reference, and resolves to the installed object when it is read; the rest of a reform is
pickled by value.  A reform that is read twice, or that comes back, is one object.
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
"""The id of an installed ruleset, the index of one of its objects, and the number of its objects."""

_data_by_ruleset: WeakKeyDictionary[Ruleset, bytes] = WeakKeyDictionary()
_ruleset_by_digest: WeakValueDictionary[bytes, Ruleset] = WeakValueDictionary()


def reduce_ruleset(ruleset: Ruleset) -> tuple[Callable[[bytes], Ruleset], tuple[bytes]]:
    """Returns a ruleset in the form that ``pickle`` expects: a function and its arguments."""
    if ruleset not in _data_by_ruleset:
        data = io.BytesIO()
        _Pickler(data, protocol=4).dump(ruleset)
        _remember(ruleset, data.getvalue())
    return _read, (_data_by_ruleset[ruleset],)


def _read(data: bytes) -> Ruleset:
    known = _ruleset_by_digest.get(sha256(data).digest())
    if known is not None:
        return known
    ruleset: Ruleset = _Unpickler(io.BytesIO(data)).load()
    _remember(ruleset, data)
    return ruleset


def _remember(ruleset: Ruleset, data: bytes) -> None:
    _data_by_ruleset[ruleset] = data
    _ruleset_by_digest[sha256(data).digest()] = ruleset


class _Pickler(pickle.Pickler):
    def persistent_id(self, obj: Any) -> Reference | None:
        return _references().get(id(obj)) if attrs.has(type(obj)) else None

    def reducer_override(self, obj: Any) -> Any:
        if isinstance(obj, Ruleset):  # By value here; its own reducer would recurse.
            return copyreg.__newobj__, (Ruleset,), obj.__getstate__()  # type: ignore[attr-defined]
        return NotImplemented


class _Unpickler(pickle.Unpickler):
    def persistent_load(self, pid: Any) -> Any:
        name, place, size = pid
        ruleset = _installed().get(name)
        objects = _objects_of(ruleset) if ruleset else []
        if len(objects) != size:
            found = f"another version of {name} is" if ruleset else f"{name} is not"
            raise UsageError(f"{found} installed here. Expected the plugins of the process that wrote.")
        return objects[place]


# what is installed ---------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _installed() -> Mapping[str, Ruleset]:
    return Catalogue.installed().rulesets


@lru_cache(maxsize=1)
def _references() -> Mapping[int, Reference]:
    """References to the objects of installed rulesets, by identity; the cache keeps these alive."""
    references: dict[int, Reference] = {}
    # The smallest first, so that law is referred to by its own ruleset, not by one based on it.
    for name, objects in sorted(
        ((name, _objects_of(ruleset)) for name, ruleset in _installed().items()),
        key=lambda item: len(item[1]),
    ):
        for place, item in enumerate(objects):
            references.setdefault(id(item), (name, place, len(objects)))
    return references


@lru_cache(maxsize=128)
def _objects_of(ruleset: Ruleset) -> list[Any]:
    """All objects of a ruleset, each once, always in the same order."""
    objects: dict[int, Any] = {}
    pending: list[Any] = [ruleset]
    while pending:
        item = pending.pop()
        if isinstance(item, tuple | list):
            pending += item
        elif isinstance(item, Mapping):
            pending += item.values()
        elif attrs.has(type(item)) and id(item) not in objects:
            objects[id(item)] = item
            pending += (getattr(item, field.name) for field in attrs.fields(type(item)))
    return list(objects.values())
