"""Which codes exist: the entries of a list that somebody read, with their points.

Lists number in *schemes*: the fact's own, and others whose codes carry a prefix.  A concordance says
which codes of another scheme name an entry of the own one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Literal, get_args

import attrs

from regcompare._support.fields import takes
from regcompare.errors import DefinitionError, nearest

from .codes import NOTHING, code_matches, family, is_under, parsed_pattern, scheme_of

__all__ = ["CodeList", "Concord", "Flaw", "Relation"]

Relation = Literal["same", "wider", "narrower", "none"]


@attrs.frozen
class Concord:
    """What a code of another scheme comes to in the fact's own.

    Attributes:
        code: The code with its prefix, spelt as its list spells it, ``wa:5.A.1.j``.
        relation: Whether it takes the same items as an entry of the own scheme, more or fewer; or that
            the own scheme has no such entry.
        entry: The code of the own scheme; blank where there is none.

    Raises:
        DefinitionError: A row with an entry says that there is none, or the other way round.
    """

    code: str = attrs.field(validator=takes(str))
    relation: Relation = attrs.field(validator=attrs.validators.in_(get_args(Relation)))
    entry: str = attrs.field(default="", validator=takes(str, ""))

    def __attrs_post_init__(self) -> None:
        if (self.relation == "none") is not (self.entry == ""):
            raise DefinitionError(
                f"{self.code} is {self.relation!r} beside the entry {self.entry!r}; name an entry for "
                "same, wider and narrower, and no entry for none."
            )


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


def _rows(value: Iterable[Concord]) -> tuple[Concord, ...]:
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
        concordance: Which codes of another scheme name a code of the own one.

    Raises:
        DefinitionError: A point stands below none that is held, or a wording is of no code that is held.
    """

    fact: str = attrs.field(validator=takes(str))
    name: str = attrs.field(validator=takes(str))
    entries: Mapping[str, Iterable[str]]
    wordings: tuple[str, ...] = attrs.field(default=(), converter=_words)
    concordance: tuple[Concord, ...] = attrs.field(default=(), converter=_rows)

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
    def schemes(self) -> frozenset[str]:
        """The prefixes of the schemes whose entries or codes are held, blank for the fact's own."""
        return self.numbered | {scheme_of(row.code) for row in self.concordance}

    @cached_property
    def numbered(self) -> frozenset[str]:
        """The prefixes of the schemes of which entries are held."""
        return frozenset(map(scheme_of, self.entries))

    @cached_property
    def same(self) -> Mapping[str, str]:
        """The codes of other schemes that name just what a code of the own one names, with that code."""
        return {row.code: row.entry for row in self.concordance if row.relation == "same"}

    @cached_property
    def apart(self) -> tuple[str, ...]:
        """The codes of other schemes for which the own one has no entry."""
        return tuple(row.code for row in self.concordance if row.relation == "none")

    def meant(self, code: str) -> str:
        """Returns a code in the own scheme, as far as the concordance says it; else the code."""
        return "/".join(self.same.get(part, part) for part in code.split("/"))

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
        name = self.name if self.entries else other.name
        concordance = tuple(dict.fromkeys((*self.concordance, *other.concordance)))
        return CodeList(self.fact, name, entries, wordings, concordance)

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
        entries = f"(?!{'|'.join(self.entries)})" if self.entries else ""
        other = rf"{entries}([a-z]{{2,}}:)?\d[A-E]\d{{3}}{below}(@\d{{4}})?"
        part = "|".join([*([held] if known else []), other, *map(re.escape, sorted(self.same))])
        return f"(({part})(/({part}))?|{NOTHING.pattern})"

    # what a code comes to ------------------------------------------------------------------------

    def is_outside(self, code: str) -> bool:
        """Whether the code, or the parent that it names, is of an entry that its list does not hold."""
        parts = self.meant(code).split("/")
        return any(scheme_of(one) in self.numbered and family(one) not in self.entries for one in parts)

    def is_unplaced(self, code: str) -> bool:
        """Whether the code is of another scheme and nothing says what it comes to in the own one."""
        parts = self.meant(code).split("/")
        foreign = [one for one in parts if scheme_of(one)]
        return any(not any(is_under(one, above) for above in self.apart) for one in foreign)

    def concord(self, code: str) -> Concord | None:
        """Returns the row of the concordance for a code, or for the parent that it names."""
        parts = code.split("/")
        return next((row for row in self.concordance if row.code in parts), None)

    def flaw(self, code: str) -> Flaw | None:
        """Returns why a code does not exist, or None where it does or may."""
        for place, part in enumerate(self.meant(code).split("/")):
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
    named, code = parsed_pattern(pattern), held.meant(code)
    if held.is_unplaced(code) and "" in (scheme_of(named.code), scheme_of(code)):
        return None
    if named.is_of_other_entry(code):
        return False
    if held.is_outside(code) and not named.names(code):
        return None if code_matches(code, pattern) else False
    answers = {code_matches(one, pattern) for one in held.stands_for(code)}
    return answers.pop() if len(answers) == 1 else None


@lru_cache(maxsize=4096)
def _stands_for(held: CodeList, code: str) -> tuple[str, ...]:
    own, _, parent = held.meant(code).partition("/")
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
