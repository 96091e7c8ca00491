"""The interface for authors as data: every name, with all that a plugin may rely on of it.

``python -m tools.interface`` writes ``docs/reference/interface-N.json``, where N is the number of the
interface.  What is new may enter it under the same number; what goes, or becomes another, may not.
"""

from __future__ import annotations

import enum
import importlib
import inspect
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from regcompare import authoring
from regcompare._support.leaving import REFUSED_IN
from regcompare.errors import CODES
from regcompare.facts import Fact
from regcompare.plugins.hooks import API, ITEMS, Hooks
from regcompare.vocabulary import CORE

MODULES = ("regcompare", "regcompare.authoring", "regcompare.testing")
MADE = ("Ruleset", "Scenario")
"""The classes of ``regcompare`` of which users make objects."""
FILE = Path(__file__).parents[1] / "docs" / "reference" / f"interface-{API}.json"

Entries = dict[str, Any]
"""The parts of the interface, by name."""


def interface() -> Entries:
    """Returns the interface as it is."""
    names: Entries = {}
    first: dict[int, str] = {}
    for place in MODULES:
        module = importlib.import_module(place)
        for name in module.__all__:
            item, own = getattr(module, name), f"{place}.{name}"
            known = first.setdefault(id(item), own)
            names[own] = f"as {known}" if known != own else _entry(item)
            if isinstance(item, type) and place == "regcompare" and name not in MADE and known == own:
                names[own].pop("takes", None)  # A result: it is read, and only the library makes one.
    return {
        "interface": API,
        "names": dict(sorted(names.items())),
        "earlier names are refused by": REFUSED_IN,
        "earlier names": dict(sorted(authoring._PLACES.items())),
        "facts": {key: _fact(fact) for key, fact in sorted(CORE.by_key.items())},
        "hooks": {name: _hook(name) for name in ITEMS},
        "problems": list(CODES),
    }


def _entry(item: object) -> Any:
    """The parts of a name that may be relied on."""
    if inspect.ismodule(item):
        return "module"
    if isinstance(item, enum.EnumType):
        members = {name: _plain(vars(item)[name].value) for name in item.__members__}
        return {"members": members, "takes": {}, **_members(item)}
    if isinstance(item, type):
        return {**_called(item), **_members(item)}
    if callable(item) and not isinstance(item, Fact):
        return _called(item)
    return type(item).__name__


def _members(cls: type) -> Entries:
    """The public methods, properties and fields of a class, those that it has from others included."""
    fields = [item.name for item in attrs.fields(cls)] if attrs.has(cls) else []
    public: Entries = {}
    for name in sorted({*dir(cls), *fields}):
        if name.startswith("_") or (isinstance(cls, enum.EnumType) and name in cls.__members__):
            continue
        item = inspect.getattr_static(cls, name, None)
        function = getattr(item, "__func__", item)
        if inspect.isfunction(function):
            public[name] = _called(function)
        elif isinstance(item, Fact):
            public[name] = "fact"
        elif not (hasattr(item, "__objclass__") and name not in fields):
            public[name] = "value"
    return {"has": public} if public else {}


def _called(item: Any) -> Entries:
    """The arguments of a function or a class, each with whether it has to be given."""
    try:
        parameters = inspect.signature(item).parameters.values()
    except (TypeError, ValueError):
        return {}
    return {"takes": {item.name: _parameter(item) for item in parameters if item.name != "self"}}


def _parameter(item: inspect.Parameter) -> str:
    how = {
        item.POSITIONAL_ONLY: "by place", item.POSITIONAL_OR_KEYWORD: "by place or name",
        item.KEYWORD_ONLY: "by name", item.VAR_POSITIONAL: "any by place",
        item.VAR_KEYWORD: "any by name",
    }[item.kind]  # fmt: skip
    needed = item.default is item.empty and item.kind not in (item.VAR_POSITIONAL, item.VAR_KEYWORD)
    return f"{how}, needed" if needed else how


def _fact(fact: Fact) -> Entries:
    answers = list(fact.labels()) if fact.kind in ("choice", "set") else []
    return {"kind": fact.kind, **({"answers": answers} if answers else {})}


def _hook(name: str) -> Entries:
    signature = inspect.signature(getattr(Hooks, name))
    takes = [item for item in signature.parameters if item != "self"]
    return {"takes": takes, "returns": str(signature.return_annotation)}


def _plain(value: object) -> Any:
    return value if isinstance(value, str | int) else str(value)


def breaks(before: Any, now: Any, place: str = "") -> Iterator[str]:
    """Yields what a plugin may miss that was written for the interface as it was before.

    An answer, a member, a field or an argument may be added, but no argument that has to be given.
    """
    if isinstance(before, Mapping) and isinstance(now, Mapping):
        for name, item in before.items():
            at = f"{place} / {name}".removeprefix(" / ")
            if name not in now:
                yield f"{at} is gone"
            else:
                yield from breaks(item, now[name], at)
        for name in now.keys() - before.keys():
            if str(now[name]).endswith(", needed") and place.endswith("/ takes"):
                yield f"{place} / {name} has to be given"
    elif isinstance(before, list) and isinstance(now, list):
        yield from (f"{place} / {item} is gone" for item in before if item not in now)
    elif before not in (now, f"{now}, needed"):
        yield f"{place} was {before!r}, and is {now!r}"


def text(entries: Entries) -> str:
    """Returns the interface as the file has it."""
    return json.dumps(entries, indent=1, ensure_ascii=False) + "\n"


def main() -> None:
    """Writes the file; refuses where something went or changed, unless it is begun anew."""
    now = interface()
    if FILE.exists() and "--anew" not in sys.argv:
        broken = list(breaks(json.loads(FILE.read_text(encoding="utf-8")), json.loads(text(now))))
        if broken:
            cure = "Keep it, or raise the number in hooks.py; what no release has may be begun --anew."
            sys.exit("\n".join([*broken, cure]))
    FILE.write_text(text(now), encoding="utf-8")


if __name__ == "__main__":
    main()
