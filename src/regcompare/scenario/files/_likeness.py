"""Cases as differences: what a case takes over from the one that it is ``like``.

It takes over the date, the facts with their sources, the presumptions and the powers, and states only
what differs.  Title, kind, summary, record and expectations are not taken over.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from functools import cached_property, partial
from itertools import accumulate
from operator import attrgetter
from pathlib import Path
from typing import Any

import attrs

from regcompare.errors import FileError, nearest, quoted
from regcompare.scenario.provenance import Basis, Disputed
from regcompare.scenario.scenario import Scenario

from ._keys import INHERITED, LIKE
from ._tree import SUFFIXES, Data, Fields, Items, Problems, Text, data_of_file
from ._values import Reading, ReadingContext, read_text


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


@attrs.frozen(eq=False, slots=False)
class CaseFiles:
    """The cases of a file, and of others that are read once a case is like one of them.

    Attributes:
        own: The cases of the file itself.
        path: Where the file is; None for a text in memory.
        problems: The mistakes that were found.
        context: What files are checked against.
        read: Reads an entry on top of the case that it is like.
    """

    own: Mapping[str, Fields]
    path: Path | None
    problems: Problems
    context: ReadingContext
    read: Callable[[Reading, Scenario | None], Scenario]
    _files: dict[str, Mapping[str, Fields]] = attrs.field(factory=dict, init=False)
    _cases: dict[int, Scenario] = attrs.field(factory=dict, init=False)

    def case_of(self, entry: Data) -> Scenario:
        """Returns the case of an entry of the file, with what it takes over."""
        chain: dict[int, Reading] = {}
        link: Data | None = entry
        while link is not None and id(link) not in self._cases:
            if id(link) in chain:
                self._report_circle([*chain.values()][[*chain].index(id(link)) :])
                break
            chain[id(link)] = reading = Reading(link, self.problems, self.context)
            link = self._base(reading)
        base = self._cases.get(id(link))
        for reading in reversed(chain.values()):
            base = self._cases[id(reading.entry)] = self.read(reading, base)
        return self._cases[id(entry)]

    def _base(self, reading: Reading) -> Fields | None:
        """The case that an entry is like; reports a wrong reference."""
        entry = reading.entry
        if not isinstance(entry, Fields) or "like" not in entry:
            return None
        name = read_text(entry["like"], "like", reading)
        if name is None:
            return None
        for cases in (self._files.get(entry.place.file, self.own), self.own):
            if name in cases:
                return cases[name]
        for path in (path for path in self._others if path != self.path):
            with suppress(OSError):  # A file that does not name it is not parsed.
                if name.encode() in path.read_bytes() and name in self._file(path):
                    return self._file(path)[name]
        self._report_missing(entry["like"], name)
        return None

    @cached_property
    def _others(self) -> tuple[Path, ...]:
        return tuple(self.context.others())

    def _file(self, path: Path) -> Mapping[str, Fields]:
        if (file := os.fspath(path)) not in self._files:
            self._files[file] = cases_in(data_of_file(path, self.problems))
        return self._files[file]

    def _report_missing(self, data: Data, name: str) -> None:
        folder = self.path.parent.iterdir() if self.path else ()
        for path in sorted(path for path in folder if path.suffix in SUFFIXES and path != self.path):
            if name in _readable_cases(path):
                found = f"The case {quoted(name)} is in {path.name}, which was not read."
                expected = f"{path.name} to be named as well, or a case of this file."
                self.problems.add(data, "RC223", found, expected)
                return
        outside = (case for path in self._others for case in _readable_cases(path))
        suggestion = nearest(name, dict.fromkeys([*self.own, *outside]))
        expected = "the id of a case of this file, of a file read with it, or of the catalogue."
        found = f"There is no case {quoted(name)} to be like."
        self.problems.add(data, "RC221", found, expected, suggestion)

    def _report_circle(self, circle: list[Reading]) -> None:
        entries = [reading.entry for reading in circle if isinstance(reading.entry, Fields)]
        names = [text_at(entry, "id") for entry in entries]
        found = f"Cases are like each other in a circle: {', '.join([*names, names[0]])}."
        own = [entry for entry in entries if entry.place.file not in self._files]
        last: Data = max((entry["like"] for entry in own or entries), key=lambda data: data.place)
        self.problems.add(last, "RC222", found, "one of them to state its facts, without like.")


def _readable_cases(path: Path) -> Collection[str]:
    """The cases of a file; a file with mistakes has none."""
    with suppress(FileError):
        return cases_in(data_of_file(path, Problems()))
    return ()


_ABOUT_THE_USER = {"destination.country", "end_user.country", "end_user.kind", "end_user.name"}
"""Facts on which it depends what reports are about."""
_WHOLE = ("record_kind", "date", "date_means", "presume", "reports")
"""The keys that are taken over where the case does not state them."""
_OWN = frozenset({"sale", "story", "record"})
"""Statements that are never taken over, nor are their sources and disputes."""
_SHARED = ("date", "reports", "replies", "disputed")
"""Keys that two cases on record have in common only if the file says so."""


@attrs.frozen
class _Inheritance:
    """A case, the one that it is like, and the names of the facts and blocks that it leaves out.

    A fact that the case states is replaced as a whole.  It leaves behind what it rested on, and who
    disputed another answer.  Reports are left behind with the end user whom they are about, replies and
    owners with the party, and sources with all that named them.
    """

    case: Scenario
    base: Scenario
    left_out: tuple[str, ...]

    def takes(self, path: str) -> bool:
        """Returns whether what is stated at a path of the other case is taken over."""
        name = path.removeprefix("scenario.")
        return (name == path or name in INHERITED) and not any(map(partial(_is_in, name), self.left_out))

    def taken(self, block: str) -> dict[str, Any]:
        """Returns what is taken over of a block, such as ``presumed``, by fact."""
        prefix = "" if block == "facts" else f"{block}."
        return {key: x for key, x in getattr(self.base, block).items() if self.takes(prefix + key)}

    def joined(self, name: str, key: Callable[[Any], Any], is_kept: Callable[[Any], object]) -> Any:
        """Returns a list of the case, with what is kept of the other one's and is not in it."""
        own, others = getattr(self.case, name), getattr(self.base, name) if self.takes(name) else ()
        keys = set(map(key, own))
        return (*own, *(item for item in others if key(item) not in keys and is_kept(item)))

    def with_facts(self) -> Scenario:
        """Returns the case with the facts that it takes over, what they rest on, and their disputes."""
        case, base, taken = self.case, self.base, self.taken
        own = [name for name in INHERITED if f"scenario.{name}" in case.places]
        restated = [name for name in own if name in ("date", "record_kind")]
        anew = dict.fromkeys([*case.facts, *restated, *self.left_out]).keys()
        whole = {name: getattr(base, name) for name in _WHOLE if name not in own and self.takes(name)}
        if not _ABOUT_THE_USER.isdisjoint(anew):
            whole.pop("reports", None)
        if "date" in whole:
            whole["between"] = base.between
        known_from = taken("known_from")
        bare = [fact for fact in anew if _head(fact) in known_from and case.basis(fact) is None]
        rests_on = {fact: basis for fact, basis in known_from.items() if fact not in anew | _OWN}
        places = {path: place for path, place in base.places.items() if path and self.takes(path)}

        def is_disputed_still(item: Disputed) -> bool:
            is_same = item.fact in case.facts and case.facts[item.fact] == base.facts.get(item.fact)
            return is_same or (anew.isdisjoint({item.fact, _head(item.fact)}) and item.fact not in _OWN)

        return attrs.evolve(
            case,
            **whole,
            disputed=self.joined("disputed", attrgetter("fact", "by"), is_disputed_still),
            known_from={**rests_on, **dict.fromkeys(bare, Basis()), **case.known_from},
            facts={**taken("facts"), **case.facts},
            presumed={**taken("presumed"), **case.presumed},
            discretion={**taken("discretion"), **case.discretion},
            places={**places, **case.places},
        )

    def whole(self) -> Scenario:
        """Returns the case with all that it takes over."""
        base, taken = self.base, self.with_facts()
        gone = {*base.parties_named} - {*taken.parties_named}
        answering = {item.who for item in self.case.replies}
        taken = attrs.evolve(
            taken,
            replies=self.joined(
                "replies",
                attrgetter("who", "source"),
                lambda item: item.who not in gone and (item.words or item.who not in answering),
            ),
            owners=self.joined("owners", attrgetter("of", "when"), lambda item: item.of not in gone),
        )
        left = {*base.sources_named} - {*taken.sources_named}
        sources = self.joined("sources", lambda x: x.id or x.title, lambda x: x.id not in left)
        return attrs.evolve(taken, sources=sources)


def take_over(case: Scenario, base: Scenario | None, reading: Reading) -> Scenario:
    """Returns a case with what it takes over from the one that it is like, if it is like one."""
    entry = reading.entry if isinstance(reading.entry, Fields) else {}
    for name in ("without", "shares"):
        if name in entry and "like" not in entry:
            expected = f"like: ID, or no {name}."
            reading.problems.add(entry[name], "RC224", "The case is like no other.", expected)
    if base is None:
        return case
    left_out = tuple(_left_out(base, entry["without"], reading)) if "without" in entry else ()
    taken = _Inheritance(case, base, left_out).whole()
    shared = LIKE["shares"].read(entry["shares"], "shares", reading) if "shares" in entry else ()
    fields = {name: "known_day" if name == "date" else name for name in _SHARED if name not in shared}
    changed = (name for name, of in fields.items() if getattr(case, of) != getattr(taken, of))
    return attrs.evolve(taken, inherited=tuple(changed))


def _head(path: str) -> str:
    return path.partition(".")[0]


def _is_in(path: str, block: str) -> bool:
    return f"{path}.".startswith(f"{block}.")


def _left_out(base: Scenario, data: Data, reading: Reading) -> Iterator[str]:
    """Yields the names of the facts and blocks that a case leaves out."""
    blocks = ("presumed", "known_from", "discretion")
    paths = [*base.facts, *(f"{block}.{key}" for block in blocks for key in getattr(base, block))]
    paths += [name for name in INHERITED if f"scenario.{name}" in base.places]
    for item in reading.items(data, "without", "[end_use.concerns]") or ():
        name = read_text(item, "a member of without", reading)
        if name is None:
            continue
        if not any(_is_in(path, name) for path in paths):
            names = (name for path in paths for name in accumulate(path.split("."), "{}.{}".format))
            found = f"{quoted(name)} is not in the case that this one is like."
            expected, suggestion = "a fact or block that it states.", nearest(name, dict.fromkeys(names))
            reading.problems.add(item, "RC224", found, expected, suggestion)
        yield name
