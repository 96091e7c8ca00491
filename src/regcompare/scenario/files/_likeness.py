"""Cases as differences: what a case takes over from the one that it is ``like``.

It takes over the date, the facts with their sources, the presumptions and the powers, and states only
what differs.  Title, kind, summary, record and expectations are not taken over.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import Any

from regcompare.errors import FileError, nearest, quoted
from regcompare.scenario.provenance import Basis

from ._keys import INHERITED, SCENARIO
from ._tree import SUFFIXES, Data, Fields, Items, Problems, Text, data_of_file
from ._values import Reading, ReadingContext, by_name, read_text

KEYS = by_name(SCENARIO)

Paths = Callable[[], Iterable[Path]]
"""Finds files once they are needed."""


def no_files() -> tuple[Path, ...]:
    """Returns no files."""
    return ()


def cases_in(root: Data | None) -> dict[str, Fields]:
    """Returns the cases of a file by id, the first of two with the same id."""
    cases: dict[str, Fields] = {}
    for entry in root if isinstance(root, Items) else (root,):
        if isinstance(entry, Fields) and (name := text_at(entry, "id")):
            cases.setdefault(name, entry)
    return cases


def text_at(entry: Fields, key: str) -> str:
    """Returns the text of a key; blank if there is none."""
    value = entry.get(key)
    return str(value) if isinstance(value, Text) else ""


class CaseFiles:
    """The cases of a file, and of others that are read once a case is like one of them.

    Args:
        own: The cases of the file itself.
        problems: The mistakes that were found.
        context: What files are checked against.
        read: Reads an entry on top of the one that it is like.
        others: Finds the files that may be referred to.
        path: Where the file is; None for a text in memory.
    """

    def __init__(
        self,
        own: Mapping[str, Fields],
        problems: Problems,
        context: ReadingContext,
        read: Callable[[Reading, Reading | None], None],
        others: Paths,
        path: Path | None,
    ) -> None:
        self.own, self._problems, self._context, self._read = own, problems, context, read
        self._list_others, self._path = others, path
        self._files: dict[str, Mapping[str, Fields]] = {}
        self._readings: dict[int, Reading] = {}

    def reading_of(self, entry: Data) -> Reading:
        """Returns what an entry of the file states, with what it takes over."""
        chain: dict[int, Reading] = {}
        link: Data | None = entry
        while link is not None and id(link) not in self._readings:
            if id(link) in chain:
                self._report_circle([*chain.values()][[*chain].index(id(link)) :])
                break
            chain[id(link)] = reading = Reading(link, self._problems, self._context)
            link = self._base(reading)
        base = self._readings.get(id(link))
        for reading in reversed(chain.values()):
            self._read(reading, base)
            base = self._readings[id(reading.entry)] = reading
        return self._readings[id(entry)]

    def _base(self, reading: Reading) -> Fields | None:
        """The case that an entry is like; reports a wrong reference."""
        entry = reading.entry
        if not isinstance(entry, Fields) or "like" not in entry:
            return None
        name = read_text(entry["like"], "like", reading)
        if name is None:
            return None
        for known in (self._files.get(entry.place.file, self.own), self.own):
            if name in known:
                return known[name]
        for path in self._others:
            if path != self._path and _contains(path, name) and name in self._file(path):
                return self._file(path)[name]
        self._report_missing(entry["like"], name)
        return None

    @cached_property
    def _others(self) -> tuple[Path, ...]:
        return tuple(self._list_others())

    def _file(self, path: Path) -> Mapping[str, Fields]:
        if (file := os.fspath(path)) not in self._files:
            self._files[file] = cases_in(data_of_file(path, self._problems))
        return self._files[file]

    def _report_missing(self, data: Data, name: str) -> None:
        folder = self._path.parent.iterdir() if self._path else ()
        for path in sorted(path for path in folder if path.suffix in SUFFIXES and path != self._path):
            if _contains(path, name) and name in _readable_cases(path):
                found = f"The case {quoted(name)} is in {path.name}, which was not read."
                expected = f"{path.name} to be named as well, or a case of this file."
                self._problems.add(data, "RC223", found, expected)
                return
        outside = (case for path in self._others for case in _readable_cases(path))
        suggestion = nearest(name, dict.fromkeys([*self.own, *outside]))
        expected = "the id of a case of this file, of a file read with it, or of the catalogue."
        found = f"There is no case {quoted(name)} to be like."
        self._problems.add(data, "RC221", found, expected, suggestion)

    def _report_circle(self, circle: list[Reading]) -> None:
        entries = [reading.entry for reading in circle if isinstance(reading.entry, Fields)]
        names = [text_at(entry, "id") for entry in entries]
        found = f"Cases are like each other in a circle: {', '.join([*names, names[0]])}."
        own = [entry for entry in entries if entry.place.file not in self._files]
        last: Data = max((entry["like"] for entry in own or entries), key=lambda data: data.place)
        self._problems.add(last, "RC222", found, "one of them to state its facts, without like.")


def _readable_cases(path: Path) -> Collection[str]:
    """The cases of a file; a file with mistakes has none."""
    with suppress(FileError):
        return cases_in(data_of_file(path, Problems()))
    return ()


def _contains(file: Path, id: str) -> bool:
    try:
        return id.encode() in file.read_bytes()
    except OSError:
        return False


# what is taken over -------------------------------------------------------------------------------

_ABOUT_THE_USER = frozenset(
    {"destination.country", "end_user.country", "end_user.kind", "end_user.name"}
)
"""Facts on which it depends what reports are about."""


def take_over(reading: Reading, base: Reading | None) -> None:
    """Adds to what a case states what it takes over; a fact that it states is replaced as a whole.

    Sources add up.  A fact that is stated anew leaves behind what it rested on and who disputed it, and
    reports are left behind with the end user whom they are about.
    """
    own: dict[str, Any] = reading.values
    entry = reading.entry if isinstance(reading.entry, Fields) else {}
    if "without" in entry and "like" not in entry:
        expected = "like: ID, or no without."
        reading.problems.add(entry["without"], "RC224", "The case is like no other.", expected)
    if base is None:
        return
    values = {
        path: value
        for path, value in base.values.items()
        if _head(path) not in KEYS or _head(path) in INHERITED
    }
    anew = [path for path in own if _head(path) not in KEYS or path in ("date", "record_kind")]
    if "without" in entry:
        anew += _leave_out(values, entry["without"], reading)
    if not _ABOUT_THE_USER.isdisjoint(anew):
        values.pop("reports", None)
    _leave_bases(values, own, anew)
    disputed = values.get("disputed") or ()
    values["disputed"] = tuple(item for item in disputed if not {item.fact, _head(item.fact)} & {*anew})
    _add_inherited(own, values, "sources", lambda item: item.id or item.title)
    _add_inherited(own, values, "disputed", lambda item: item.fact)
    heads = {*values, *map(_head, values)}
    taken_over = {path: data for path, data in base.stated.items() if path in heads}
    reading.stated = {**taken_over, **reading.stated}
    reading.values = {**values, **own}


def _head(path: str) -> str:
    return path.partition(".")[0]


def _leave_out(values: dict[str, Any], data: Data, reading: Reading) -> Iterator[str]:
    """Removes the facts and blocks that a case names, and yields their names."""
    for item in reading.items(data, "without", "[end_use.concerns]") or ():
        name = read_text(item, "a member of without", reading)
        if name is None:
            continue
        named = [path for path in values if f"{path}.".startswith(f"{name}.")]
        if not named:
            names = (name for path in values for name in accumulate(path.split("."), "{}.{}".format))
            found = f"{quoted(name)} is not in the case that this one is like."
            expected, suggestion = "a fact or block that it states.", nearest(name, dict.fromkeys(names))
            reading.problems.add(item, "RC224", found, expected, suggestion)
        for path in named:
            del values[path]
        yield name


def _leave_bases(values: dict[str, Any], own: Mapping[str, Any], anew: Iterable[str]) -> None:
    """Drops what facts that are stated anew rested on; a blank basis says that one rests on nothing."""
    stated = {path for path in values if path.startswith("known_from.")}
    for fact in anew:
        places = {f"known_from.{fact}", f"known_from.{_head(fact)}"}
        values.pop(f"known_from.{fact}", None)
        if f"known_from.{_head(fact)}" in stated and not places & own.keys():
            values[f"known_from.{fact}"] = Basis()


def _add_inherited(
    own: dict[str, Any], values: Mapping[str, Any], name: str, word: Callable[[Any], str]
) -> None:
    """Adds to a list that a case states the items of the other one that it does not have."""
    if own.get(name):
        words = {word(item) for item in own[name]}
        more = (item for item in values.get(name) or () if word(item) not in words)
        own[name] = (*own[name], *more)
