"""Codes of control lists, and the patterns by which conditions ask about them.

A code names an entry to the sub-paragraph, ``5A001.f.1``; with the EU year in which the only wording
that it meets began, ``4D004@2014``; for a derived entry with its parent, ``5D001.c/5A001.j``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

import attrs

from .errors import DefinitionError, did_you_mean

__all__ = [
    "CODE",
    "CodeCell",
    "code_cells",
    "code_matches",
    "is_derivable",
    "parsed_pattern",
    "repaired_code",
]

CODE = re.compile(
    r"\d[A-E]\d{3}(\.[a-z0-9]{1,4})*(@\d{4})?(/\d[A-E]\d{3}(\.[a-z0-9]{1,4})*(@\d{4})?)?", re.ASCII
)
"""What a code looks like."""

_BELOW = r"(?:\.[a-z0-9]{1,4})*"
_PATTERN = re.compile(
    rf"(\*|[\d?][A-E?](?:\d{{0,2}}|\d{{3}}{_BELOW}))?(?:@(\d{{4}}))?"
    rf"(?:/(\d[A-E]\d{{3}}{_BELOW})(?:@(\d{{4}}))?)?",
    re.ASCII,
)
"""What a pattern looks like, without what is left out; only what some code can fall under."""


def repaired_code(text: str) -> str | None:
    """Returns the code that was meant by a text with other capitals, spaces or dots, or None."""
    dotted = re.sub(r"[.\s]+", ".", text.strip().lower())
    dotted = re.sub(r"(\d[a-e]\d{3})(?=[a-z])", r"\1.", dotted)
    repaired = re.sub(r"\d[a-e]\d{3}", lambda entry: entry[0].upper(), dotted)
    return repaired if repaired != text and CODE.fullmatch(repaired) else None


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
    shape = _PATTERN.fullmatch(first)
    if shape is None or not first:
        msg = (
            f"{text!r} is no pattern of codes. Write 5A001.f (the entry and all below it), ?D (section "
            "D of every category), 4D004@2014 (a wording), /5A001.j (derived from it) or *, and after "
            f"each ! a pattern that is left out.{did_you_mean(repaired_code(text))}"
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

    Codes that name no parent come first.  A derived entry is one of section B (test and
    production equipment), D (software) or E (technology); only such codes name a parent, preferably one
    of their own category.
    """
    asked = tuple(dict.fromkeys(patterns))
    parsed = [parsed_pattern(text) for text in asked]
    pieces = [piece for pattern in parsed for piece in (pattern, *pattern.but)]
    free = _bits(not piece.parent for piece in pieces)
    plain, derivable = _owns(pieces)
    parents = _parents(pieces)
    cells: dict[frozenset[str], str] = {}
    for fits, own in plain.items():
        cells.setdefault(frozenset(_met(asked, parsed, fits & free)), own)
    for fits, owns in derivable.items():
        for also, parent in parents.items():
            own = owns.get(parent[0]) or next(iter(owns.values()))
            cells.setdefault(frozenset(_met(asked, parsed, fits & also)), f"{own}/{parent}")
    return tuple(CodeCell(code, matches) for matches, code in cells.items())


def is_derivable(code: str) -> bool:
    """Whether a code may name a parent, as test equipment (B), software (D) and technology (E) do."""
    return code[1] in "BDE"


def _bits(truths: Iterable[bool]) -> int:
    return sum(1 << place for place, truth in enumerate(truths) if truth)


def _met(asked: tuple[str, ...], parsed: list[Pattern], met: int) -> Iterator[str]:
    """The patterns of which the first piece is met and no later one, given a bit for each piece."""
    for text, pattern in zip(asked, parsed, strict=True):
        own, left_out = met & 1, (met >> 1) & ((1 << len(pattern.but)) - 1)
        met >>= 1 + len(pattern.but)
        if own and not left_out:
            yield text


def _owns(pieces: list[Pattern]) -> tuple[dict[int, str], dict[int, dict[str, str]]]:
    """For each set of pieces that own codes fit: the first of these, the derivable by category."""
    plain: dict[int, str] = {}
    derivable: dict[int, dict[str, str]] = {}
    codes = _codes(piece.code for piece in pieces)
    under = {code: _bits(is_under(code, piece.code) for piece in pieces) for code in codes}
    for year, in_year in _years(pieces, [piece.year for piece in pieces]):
        for code, fits in under.items():
            text = f"{code}@{year}" if year else code
            plain.setdefault(fits & in_year, text)
            if is_derivable(code):
                derivable.setdefault(fits & in_year, {}).setdefault(code[0], text)
    return plain, derivable


def _parents(pieces: list[Pattern]) -> dict[int, str]:
    """For each set of pieces that a parent fits, own codes apart, the first such parent."""
    found: dict[int, str] = {}
    codes = _codes(piece.parent for piece in pieces)
    under = {
        code: _bits(not piece.parent or is_under(code, piece.parent) for piece in pieces)
        for code in codes
    }
    for year, in_year in _years(pieces, [piece.parent_year for piece in pieces]):
        for code, fits in under.items():
            found.setdefault(fits & in_year, f"{code}@{year}" if year else code)
    return found


def _years(pieces: list[Pattern], asked: list[str]) -> list[tuple[str, int]]:
    """Each year, none first, with the pieces that it fits."""
    years = ["", *sorted(set(asked) - {""})]
    return [(year, _bits(wanted in ("", year) for wanted in asked)) for year in years]


def _codes(named: Iterable[str]) -> list[str]:
    """The codes that are named, then for each beginning of one a code that goes on in another way."""
    texts = {text for text in named if text}
    firsts = {text[0] for text in texts} - {"?"}
    unnamed = next((digit for digit in "0123456789" if digit not in firsts), "")
    categories = sorted(firsts | {unnamed} - {""})
    spelt = {
        category + section + text[2:]
        for text in texts
        for category in (categories if text[0] == "?" else text[0])
        for section in ("ABCDE" if text[1] == "?" else text[1])
    }
    heads = {category + section for category in categories for section in "ABCDE"}
    heads |= {text[:size] for text in spelt for size in (3, 4) if len(text) >= size}
    others = [_other_way(head, spelt) for head in sorted(heads)]
    return [code for code in (*sorted(spelt), *others) if CODE.fullmatch(code)]


def _other_way(head: str, named: set[str]) -> str:
    """A code with this beginning that leaves those named at the next digit; blank where none does."""
    taken = {text[len(head)] for text in named if len(text) > len(head) and text.startswith(head)}
    digit = next((digit for digit in "9876543210" if digit not in taken), "")
    return (head + digit).ljust(len("5A001"), "9") if digit else ""
