"""Codes of control lists, and the patterns by which conditions ask about them.

A code names an entry to the sub-paragraph, ``5A001.f.1``; with the EU year in which the only wording
that it meets began, ``4D004@2014``; for a derived entry with its parent, ``5D001.c/5A001.j``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

import attrs

from .errors import DefinitionError

__all__ = ["CODE", "CodeCell", "code_cells", "code_matches", "parsed_pattern"]

CODE = re.compile(
    r"\d[A-E]\d{3}(\.[a-z0-9]{1,4})*(@\d{4})?(/\d[A-E]\d{3}(\.[a-z0-9]{1,4})*(@\d{4})?)?", re.ASCII
)
"""What a code looks like."""


@attrs.frozen
class Pattern:
    code: str
    year: str
    parent: str
    parent_year: str
    but: tuple[Pattern, ...]


@lru_cache(maxsize=4096)
def parsed_pattern(text: str) -> Pattern:
    """Returns the parts of a pattern.

    Raises:
        DefinitionError: The text is no pattern; it says how one is written.
    """
    first, *rest = text.split("!")
    shape = re.fullmatch(
        r"(\*|[\d?][A-E?][\da-z.]*)?(?:@(\d{4}))?(?:/(\d[A-E]\d{3}[\da-z.]*)(?:@(\d{4}))?)?", first
    )
    if shape is None or not first:
        msg = (
            f"{text!r} is no pattern of codes. Write 5A001.f (the entry and all below it), ?D (section "
            "D of every category), 4D004@2014 (a wording), /5A001.j (derived from it) or *, and after "
            "each ! a pattern that is left out."
        )
        raise DefinitionError(msg)
    code, year, parent, parent_year = (part or "" for part in shape.groups())
    return Pattern(
        "" if code == "*" else code, year, parent, parent_year, tuple(map(parsed_pattern, rest))
    )


def is_under(code: str, above: str) -> bool:
    """Whether a code is the one above or stands below it; ``?`` stands for any one character."""
    if "?" in above:
        code = (
            "".join("?" if mark == "?" else own for own, mark in zip(code, above, strict=False))
            + code[len(above) :]
        )
    if len(above) < len("5A001"):
        return code.startswith(above)
    return code == above or code.startswith(above + ".")


@lru_cache(maxsize=65536)
def code_matches(member: str, pattern: str) -> bool:
    """Whether a code falls under a pattern.

    ``5A001.f`` takes that entry and all below it, whatever the wording; ``?D`` every entry of section
    D; ``4D004@2014`` only codes with that wording; ``/5A001.j`` every entry derived from it; ``*`` any
    code.  What stands after each ``!`` is left out: ``5A001.f!5A001.f.3``.
    """
    own, _, parent = member.partition("/")
    return _matches((*own.partition("@")[::2], *parent.partition("@")[::2]), parsed_pattern(pattern))


def _matches(member: tuple[str, ...], pattern: Pattern) -> bool:
    code, year, parent, parent_year = member
    return (
        is_under(code, pattern.code)
        and pattern.year in ("", year)
        and (not pattern.parent or (bool(parent) and is_under(parent, pattern.parent)))
        and pattern.parent_year in ("", parent_year)
        and not any(_matches(member, left_out) for left_out in pattern.but)
    )


# codes that no pattern tells apart -----------------------------------------------------------------


@attrs.frozen
class CodeCell:
    """Codes that none of some patterns tells apart.

    Attributes:
        code: The most ordinary of them: one that a pattern names rather than one made up below it.
        matches: The patterns that it falls under.
    """

    code: str
    matches: frozenset[str]


def code_cells(patterns: Iterable[str]) -> tuple[CodeCell, ...]:
    """Returns one cell for each set of patterns under which some one code falls.

    A code stands for itself, or for a sub-paragraph that no pattern names.  A derived entry is one of
    section D (software) or E (technology); only such codes name a parent.
    """
    asked = tuple(dict.fromkeys(patterns))
    parsed = [parsed_pattern(text) for text in asked]
    pieces = [piece for pattern in parsed for piece in (pattern, *pattern.but)]
    owns = _distinct(pieces, _places(pieces, ((piece.code, piece.year) for piece in pieces)), _own_fits)
    above = _places(pieces, ((piece.parent, piece.parent_year) for piece in pieces if piece.parent))
    parents = _distinct(pieces, above, _parent_fits)
    free = sum(1 << place for place, piece in enumerate(pieces) if not piece.parent)
    cells: dict[frozenset[str], str] = {}
    for own, fits in owns.items():
        derived = parents.items() if own[1] in "DE" else ()
        for code, met in [(own, fits & free), *((f"{own}/{up}", fits & also) for up, also in derived)]:
            cells.setdefault(frozenset(_met(asked, parsed, met)), code)
    return tuple(CodeCell(code, matches) for matches, code in cells.items())


def _met(asked: tuple[str, ...], parsed: list[Pattern], met: int) -> Iterator[str]:
    """The patterns of which the first piece is met and no later one, given a bit for each piece."""
    for text, pattern in zip(asked, parsed, strict=True):
        own, left_out = met & 1, (met >> 1) & ((1 << len(pattern.but)) - 1)
        met >>= 1 + len(pattern.but)
        if own and not left_out:
            yield text


def _places(pieces: list[Pattern], named: Iterable[tuple[str, str]]) -> list[str]:
    """Codes that are named, with and without the mark of a wording, then codes below them."""
    whole = sorted({code for code, _ in named if len(code) >= len("5A001")})
    years = sorted({year for piece in pieces for year in (piece.year, piece.parent_year) if year})
    categories = sorted({"0", *(piece.code[0] for piece in pieces if piece.code)} - {"?"})
    others = [f"{category}{section}999" for category in categories for section in "ABCDE"]
    plain = [*whole, *others, *(f"{code}.zz" for code in whole)]
    return [*plain, *(f"{code}@{year}" for code in plain[: len(whole)] for year in years)]


def _distinct(
    pieces: list[Pattern], codes: list[str], fits: Callable[[Pattern, str, str], bool]
) -> dict[str, int]:
    """For each set of pieces that fit some code, the first such code, and the set as bits."""
    found: dict[int, str] = {}
    for text in codes:
        code, _, year = text.partition("@")
        bits = sum(1 << place for place, piece in enumerate(pieces) if fits(piece, code, year))
        found.setdefault(bits, text)
    return {text: bits for bits, text in found.items()}


def _own_fits(piece: Pattern, code: str, year: str) -> bool:
    return is_under(code, piece.code) and piece.year in ("", year)


def _parent_fits(piece: Pattern, code: str, year: str) -> bool:
    return (not piece.parent or is_under(code, piece.parent)) and piece.parent_year in ("", year)
