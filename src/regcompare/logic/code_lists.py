"""Which codes exist: the entries of a list that somebody read, with their points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache

import attrs

from regcompare._support.fields import takes
from regcompare.errors import DefinitionError, nearest

from .codes import code_matches, is_under, parsed_pattern

_FAMILY = len("5A001")


def family(code: str) -> str:
    """Returns the entry that a code belongs to: 5A001 of 5A001.f.1."""
    return code[:_FAMILY]


@attrs.frozen
class Flaw:
    """Why a code does not exist.

    Attributes:
        found: What was found, as a sentence.
        expected: What exists in its place.
        suggestion: The code that was probably meant.
    """

    found: str
    expected: str
    suggestion: str | None


def _words(value: Iterable[str]) -> tuple[str, ...]:
    return tuple(value)


@attrs.frozen(eq=False, repr=False)
class CodeList:
    """The codes that exist, of the entries of a list that somebody read.

    A code of an entry that is not held here may exist or not: what depends on it stays open.  A code
    with points below it is one of them, and it is not known which.

    Attributes:
        fact: The fact whose answers these are, ``item.annex_i_entry``.
        name: What the list is called in a sentence, ``Annex I``.
        entries: Each entry with its points, ``{"5A001": ["a", "a.1", "b"]}``.  A star behind a point,
            or alone, says that there may be further points below it, which are not held.
        wordings: Codes with the year in which a wording began, ``4D004@2014``.

    Raises:
        DefinitionError: A point stands below none that is held, or a wording is of no code that is held.
    """

    fact: str = attrs.field(validator=takes(str))
    name: str = attrs.field(validator=takes(str))
    entries: Mapping[str, Iterable[str]]
    wordings: tuple[str, ...] = attrs.field(default=(), converter=_words)

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
        """Every code that is held, entries and points."""
        points = ((entry, point.rstrip("*")) for entry, held in self.entries.items() for point in held)
        return frozenset(self.entries) | {f"{entry}.{point}" for entry, point in points if point}

    @cached_property
    def unread(self) -> frozenset[str]:
        """The codes below which there may be points that are not held."""
        points = ((entry, point) for entry, held in self.entries.items() for point in held)
        return frozenset(
            f"{entry}.{point[:-1]}".rstrip(".") for entry, point in points if point.endswith("*")
        )

    @cached_property
    def _below(self) -> Mapping[str, tuple[str, ...]]:
        below: dict[str, list[str]] = {}
        for code in sorted(self.codes, key=_in_order):
            below.setdefault(code.rpartition(".")[0], []).append(code)
        return {code: tuple(points) for code, points in below.items()}

    def points(self, code: str) -> tuple[str, ...]:
        """Returns the points directly below a code; of a blank one, the entries."""
        return self._below.get(code, ())

    def joined(self, other: CodeList) -> CodeList:
        """Returns a list that holds what either holds."""
        entries = {**other.entries, **self.entries}
        for entry in set(self.entries) & set(other.entries):
            entries[entry] = tuple(dict.fromkeys((*self.entries[entry], *other.entries[entry])))
        wordings = dict.fromkeys((*self.wordings, *other.wordings))
        return CodeList(self.fact, self.name, entries, wordings)

    @property
    def expression(self) -> str:
        """A regular expression for the codes that exist or may; any year of a wording goes with any."""
        below = r"(\.[a-z0-9]{1,4})*"
        known = [
            code.replace(".", r"\.") + below * (code in self.unread)
            for code in sorted(self.codes, key=_in_order)
        ]
        years = "|".join(sorted({wording[-4:] for wording in self.wordings}))
        held = f"({'|'.join(known)})" + (f"(@({years}))?" if years else "")
        other = rf"(?!{'|'.join(self.entries)})\d[A-E]\d{{3}}{below}(@\d{{4}})?"
        return f"({held}|{other})(/({held}|{other}))?"

    # what a code comes to ------------------------------------------------------------------------

    def is_outside(self, code: str) -> bool:
        """Whether the code, or the parent that it names, is of an entry that is not held."""
        return any(family(part) not in self.entries for part in code.split("/"))

    def flaw(self, code: str) -> Flaw | None:
        """Returns why a code does not exist, or None where it does or may."""
        for place, part in enumerate(code.split("/")):
            flaw = self._flaw(part) if family(part) in self.entries else None
            if flaw is not None:
                meant = code.split("/")
                meant[place] = flaw.suggestion or ""
                suggestion = "/".join(meant) if flaw.suggestion else None
                return attrs.evolve(flaw, suggestion=suggestion)
        return None

    def _flaw(self, part: str) -> Flaw | None:
        code, _, year = part.partition("@")
        if not self._exists(code):
            return self._no_such_code(code)
        if year and not any(_are_related(code, wording, year) for wording in self.wordings):
            return self._no_such_wording(code, year)
        return None

    def _exists(self, code: str) -> bool:
        return code in self.codes or any(is_under(code, above) for above in self.unread)

    def _no_such_code(self, code: str) -> Flaw:
        above = code
        while above not in self.codes:
            above = above.rpartition(".")[0]
        found = f"{self.name} has no {code!r}."
        points = [point.rpartition(".")[2] for point in self.points(above)]
        if not points:
            return Flaw(found, f"{above}, which has no points.", above)
        *others, last = points
        told = f"{', '.join(others)} or {last}" if others else last
        known = [held for held in self.codes if family(held) == family(code)]
        return Flaw(found, f"a point of {above}: {told}.", nearest(code, sorted(known, key=_in_order)))

    def _no_such_wording(self, code: str, year: str) -> Flaw:
        found = f"{self.name} has no wording of {code} that began in {year}."
        years = [one for one in self.wordings if _are_related(code, one, one[-4:])]
        told = " or ".join(dict.fromkeys(f"{code}@{one[-4:]}" for one in sorted(years)))
        expected = (
            f"{told}; or {code}, which every wording takes." if told else f"{code}, without a year."
        )
        return Flaw(found, expected, told.partition(" ")[0] or code)

    def stands_for(self, code: str) -> tuple[str, ...]:
        """Returns the codes to the point that one may be: itself where no point of it is held."""
        return _stands_for(self, code)

    def leaves(self, part: str) -> Iterator[str]:
        """Yields the codes to the point that one without a parent may be."""
        code, at, year = part.partition("@")
        points = self.points(code) if code in self.codes else ()
        if not points or code in self.unread:
            yield part
        for point in points:
            yield from self.leaves(f"{point}{at}{year}")

    def falls(self, code: str, pattern: str) -> bool | None:
        """Whether a code falls under a pattern; None where that is not known."""
        return _falls(self, code, pattern)


@lru_cache(maxsize=65536)
def _falls(held: CodeList, code: str, pattern: str) -> bool | None:
    named = parsed_pattern(pattern)
    if named.is_of_other_entry(code):
        return False
    if held.is_outside(code) and not named.names(code):
        return None if code_matches(code, pattern) else False
    answers = {code_matches(one, pattern) for one in held.stands_for(code)}
    return answers.pop() if len(answers) == 1 else None


@lru_cache(maxsize=4096)
def _stands_for(held: CodeList, code: str) -> tuple[str, ...]:
    own, _, parent = code.partition("/")
    owns = tuple(held.leaves(own))
    if not parent:
        return owns
    return tuple(f"{one}/{other}" for one in owns for other in held.leaves(parent))


def _are_related(code: str, wording: str, year: str) -> bool:
    """Whether a wording of that year is one of the code, of a point of it or of what is above it."""
    worded, _, began = wording.partition("@")
    return began == year and (is_under(code, worded) or is_under(worded, code))


def _in_order(code: str) -> tuple[tuple[int, str], ...]:
    """Sorts 5A001.b.2 before 5A001.b.10."""
    return tuple((int(part), "") if part.isdigit() else (0, part) for part in code.split("."))
