"""Lists of the codes that exist: the entries of a control list that somebody read, with their points."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import accumulate, product

import attrs

from regcompare._support.fields import each, takes
from regcompare.errors import DefinitionError, nearest

from .codes import code_matches, is_under, parse_pattern

_FAMILY = len("5A001")


def family(code: str) -> str:
    """Returns the entry to which a code belongs: 5A001 for 5A001.f.1."""
    return code[:_FAMILY]


@attrs.frozen
class Flaw:
    """The reason for which a code does not exist.

    Attributes:
        found: What was found, as a sentence.
        expected: What exists instead.
        suggestion: The code that was probably meant.
    """

    found: str
    expected: str
    suggestion: str | None


@attrs.frozen
class Moved:
    """A number whose meaning in the list of some days is not that of the code list.

    Attributes:
        was: The code in the list of these days, for itself and all below it.
        now: The code of the code list with the same contents; None where none has them.
        start: The first of these days; None where it is not known.
        end: The day after the last.
    """

    was: str = attrs.field(validator=takes(str))
    now: str | None = attrs.field(validator=takes(str, None))
    start: dt.date | None = attrs.field(validator=takes(dt.date, None))
    end: dt.date = attrs.field(validator=takes(dt.date))

    def names(self, code: str, day: dt.date) -> bool:
        """Returns whether a code of the list of a day is this one, or below it."""
        return is_under(code, self.was) and (self.start or day) <= day < self.end


def _tuple(value: Iterable[str]) -> tuple[str, ...]:
    return tuple(value)


@attrs.frozen(eq=False, repr=False)
class CodeList:
    """The codes that exist, for the entries of a control list that somebody read.

    A code of an entry that is not in the list may or may not exist: what depends on it stays unknown.  A
    code with points below it means one of these points, and it is not known which.

    Attributes:
        fact: The fact that is answered with these codes, ``item.annex_i_entry``.
        name: What the list is called in a sentence, ``Annex I``.
        entries: Each entry with its points, ``{"5A001": ["a", "a.1", "b"]}``.  A star after a point, or
            alone, says that there may be further points below it that nobody read.
        wordings: Codes with the year in which a wording began, ``4D004@2014``.
        moved: What earlier lists had under other numbers.

    Raises:
        DefinitionError: The point above a point is missing, or the code of a wording is.
    """

    fact: str = attrs.field(validator=takes(str))
    name: str = attrs.field(validator=takes(str))
    entries: Mapping[str, Iterable[str]]
    wordings: tuple[str, ...] = attrs.field(default=(), converter=_tuple)
    moved: tuple[Moved, ...] = attrs.field(default=(), validator=each(Moved), kw_only=True)

    def __attrs_post_init__(self) -> None:
        for code in sorted(self.codes):
            above = code.rpartition(".")[0]
            if above and above not in self.codes:
                raise DefinitionError(
                    f"{self.name} has {code!r} without {above!r}; add the point above."
                )
        for wording in self.wordings:
            if not self._exists(wording.partition("@")[0]):
                raise DefinitionError(f"{self.name} has the wording {wording!r} of no code in it.")

    def __repr__(self) -> str:
        return f"<CodeList {self.name}: {len(self.entries)} entries>"

    @cached_property
    def codes(self) -> frozenset[str]:
        """Every code of the list, entries and points."""
        points = ((entry, point.rstrip("*")) for entry, point in self._entry_points())
        return frozenset(self.entries) | {f"{entry}.{point}" for entry, point in points if point}

    @cached_property
    def unread(self) -> frozenset[str]:
        """The codes below which there may be points that nobody read."""
        steps = ((code, accumulate(code.split("."), "{}.{}".format)) for code in self.codes)
        return frozenset(code for code, above in steps if not self._starred.isdisjoint(above))

    @cached_property
    def _starred(self) -> frozenset[str]:
        starred = ((entry, point[:-1]) for entry, point in self._entry_points() if point.endswith("*"))
        return frozenset(f"{entry}.{point}".rstrip(".") for entry, point in starred)

    def _entry_points(self) -> Iterator[tuple[str, str]]:
        return ((entry, point) for entry, points in self.entries.items() for point in points)

    @cached_property
    def _below(self) -> Mapping[str, tuple[str, ...]]:
        below: dict[str, list[str]] = {}
        for code in sorted(self.codes, key=_numeric_order):
            below.setdefault(code.rpartition(".")[0], []).append(code)
        return {code: tuple(points) for code, points in below.items()}

    def points(self, code: str) -> tuple[str, ...]:
        """Returns the points directly below a code; below a blank one, the entries."""
        return self._below.get(code, ())

    def joined(self, other: CodeList) -> CodeList:
        """Returns the union of two lists."""
        entries = {**other.entries, **self.entries}
        for entry in set(self.entries) & set(other.entries):
            entries[entry] = tuple(dict.fromkeys((*self.entries[entry], *other.entries[entry])))
        wordings = dict.fromkeys((*self.wordings, *other.wordings))
        moved = tuple(dict.fromkeys((*self.moved, *other.moved)))
        return CodeList(self.fact, self.name, entries, wordings, moved=moved)

    @property
    def expression(self) -> str:
        """A regular expression for the codes that exist or may exist, with the year of any wording."""
        below = r"(\.[a-z0-9]{1,4})*"
        codes = [
            code.replace(".", r"\.") + below * (code in self._starred)
            for code in sorted(self.codes, key=_numeric_order)
        ]
        years = "|".join(sorted({wording[-4:] for wording in self.wordings}))
        listed = f"({'|'.join(codes)})" + (f"(@({years}))?" if years else "")
        other = rf"(?!{'|'.join(self.entries)})\d[A-E]\d{{3}}{below}(@\d{{4}})?"
        return f"({listed}|{other})(/({listed}|{other}))?"

    def moved_on(self, code: str, day: dt.date) -> Moved | None:
        """Returns what moved a code, without a parent, of the list of a day; None if nothing has."""
        among = (item for item in self.moved if item.names(code, day))
        return max(among, key=lambda item: len(item.was), default=None)

    def from_list_of(self, day: dt.date, code: str) -> str | None:
        """Returns the code with the contents that a code had in the list of a day; None if none has."""
        parts = code.split("/")
        now = [item.now if (item := self.moved_on(part, day)) else part for part in parts]
        return None if None in now else "/".join(filter(None, now))

    def is_outside(self, code: str) -> bool:
        """Returns whether the entry of the code, or of the parent that it names, is not in the list."""
        return any(family(part) not in self.entries for part in code.split("/"))

    def flaw(self, code: str) -> Flaw | None:
        """Returns why a code does not exist; None if it does, or may."""
        parts = code.split("/")
        for place, part in enumerate(parts):
            own, _, year = part.partition("@")
            worded = not year or any(_has_wording(own, wording, year) for wording in self.wordings)
            exists = self._exists(own)
            if family(part) in self.entries and not (worded and exists):
                flaw = self._missing_wording(own, year) if exists else self._missing_code(own)
                meant = [*parts[:place], flaw.suggestion or "", *parts[place + 1 :]]
                return attrs.evolve(flaw, suggestion="/".join(meant) if flaw.suggestion else None)
        return None

    def _exists(self, code: str) -> bool:
        return code in self.codes or any(is_under(code, above) for above in self._starred)

    def _missing_code(self, code: str) -> Flaw:
        above = code
        while above not in self.codes:
            above = above.rpartition(".")[0]
        found = f"{self.name} has no {code!r}."
        points = [point.rpartition(".")[2] for point in self.points(above)]
        if not points:
            return Flaw(found, f"{above}, which has no points.", above)
        *others, last = points
        listed = f"{', '.join(others)} or {last}" if others else last
        siblings = [known for known in self.codes if family(known) == family(code)]
        suggestion = nearest(code, sorted(siblings, key=_numeric_order))
        return Flaw(found, f"a point of {above}: {listed}.", suggestion)

    def _missing_wording(self, code: str, year: str) -> Flaw:
        found = f"{self.name} has no wording of {code} that began in {year}."
        wordings = sorted(item for item in self.wordings if _has_wording(code, item, item[-4:]))
        dated = " or ".join(dict.fromkeys(f"{code}@{wording[-4:]}" for wording in wordings))
        without = f"{code}, which every wording takes." if dated else f"{code}, without a year."
        expected = f"{dated}; or {without}" if dated else without
        return Flaw(found, expected, dated.partition(" ")[0] or code)

    def stands_for(self, code: str, patterns: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Returns the most specific codes that a code may mean; itself if no point of it is listed.

        Patterns may name points that nobody has read.
        """
        return _stands_for(self, code, _named(patterns))

    def atoms(self, part: str) -> Iterator[str]:
        """Yields the most specific codes that a code without a parent may mean."""
        code, at, year = part.partition("@")
        points = self.points(code) if code in self.codes else ()
        if not points or code in self.unread:
            yield part
        for point in points:
            yield from self.atoms(f"{point}{at}{year}")

    def falls(self, code: str, pattern: str) -> bool | None:
        """Returns whether a code falls under a pattern; None if that is unknown."""
        return _falls(self, code, pattern)


@lru_cache(maxsize=65536)
def _falls(code_list: CodeList, code: str, pattern: str) -> bool | None:
    parsed = parse_pattern(pattern)
    entry = family(parsed.code)
    if len(entry) == _FAMILY and "?" not in entry and not code.startswith(entry):
        return False
    answers = {code_matches(atom, pattern) for atom in code_list.stands_for(code, (pattern,))}
    if code_list.is_outside(code) and not parsed.names(code):
        return None if True in answers else False
    return answers.pop() if len(answers) == 1 else None


@lru_cache(maxsize=4096)
def _stands_for(code_list: CodeList, code: str, named: frozenset[str]) -> tuple[str, ...]:
    meant = []
    for part in code.split("/"):  # Points that nobody has read may exist as well.
        below = (name for name in named - code_list.codes if is_under(name, part))
        unread = (x for x in below if family(x) not in code_list.entries or code_list._exists(x))
        meant.append((*code_list.atoms(part), *unread))
    return tuple(map("/".join, product(*meant)))


@lru_cache(maxsize=4096)
def _named(patterns: tuple[str, ...]) -> frozenset[str]:
    """The codes and parents that patterns name, and those that they exclude."""
    parsed = list(map(parse_pattern, patterns))
    pieces = (piece for pattern in parsed for piece in (pattern, *pattern.excluded))
    return frozenset(name for piece in pieces for name in (piece.code, piece.parent))


def _has_wording(code: str, wording: str, year: str) -> bool:
    """Returns whether a wording began in that year and is of the code, or of one above or below it."""
    worded, _, began = wording.partition("@")
    return began == year and (is_under(code, worded) or is_under(worded, code))


def _numeric_order(code: str) -> tuple[tuple[int, str], ...]:
    """A sort key that puts 5A001.b.2 before 5A001.b.10."""
    return tuple((int(part), "") if part.isdigit() else (0, part) for part in code.split("."))
