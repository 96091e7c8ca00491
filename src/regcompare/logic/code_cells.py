"""Codes that no pattern tells apart: one cell for each set of patterns under which some code falls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

import attrs

from .code_lists import CodeList, family
from .codes import CODE, Pattern, is_derivable, is_under, parsed_pattern


@attrs.frozen
class CodeCell:
    """Codes that none of some patterns tells apart.

    Attributes:
        code: The most ordinary of them: one that a pattern names rather than one made up below it.
        matches: The patterns that it falls under.
    """

    code: str
    matches: frozenset[str]


def code_cells(patterns: Iterable[str], held: CodeList | None = None) -> tuple[CodeCell, ...]:
    """Returns one cell for each set of patterns under which some one code falls.

    Codes that name no parent come first.  A derived entry is one of section B (test and
    production equipment), D (software) or E (technology); only such codes name a parent, preferably one
    of their own category.

    Args:
        patterns: The patterns.
        held: Which codes exist, as far as that is known.
    """
    return _cells(tuple(dict.fromkeys(patterns)), held)


@lru_cache(maxsize=64)
def _cells(asked: tuple[str, ...], held: CodeList | None) -> tuple[CodeCell, ...]:
    parsed = [parsed_pattern(text) for text in asked]
    pieces = [piece for pattern in parsed for piece in (pattern, *pattern.but)]
    free = _bits(not piece.parent for piece in pieces)
    plain, derivable = _owns(pieces, held)
    parents = _parents(pieces, held)
    cells: dict[frozenset[str], str] = {}
    for fits, own in plain.items():
        cells.setdefault(frozenset(_met(asked, parsed, fits & free)), own)
    for fits, owns in derivable.items():
        for also, parent in parents.items():
            own = owns.get(parent[0]) or next(iter(owns.values()))
            cells.setdefault(frozenset(_met(asked, parsed, fits & also)), f"{own}/{parent}")
    return tuple(CodeCell(code, matches) for matches, code in cells.items())


def _bits(truths: Iterable[bool]) -> int:
    return sum(1 << place for place, truth in enumerate(truths) if truth)


def _met(asked: tuple[str, ...], parsed: list[Pattern], met: int) -> Iterator[str]:
    """The patterns of which the first piece is met and no later one, given a bit for each piece."""
    for text, pattern in zip(asked, parsed, strict=True):
        own, left_out = met & 1, (met >> 1) & ((1 << len(pattern.but)) - 1)
        met >>= 1 + len(pattern.but)
        if own and not left_out:
            yield text


def _owns(
    pieces: list[Pattern], held: CodeList | None
) -> tuple[dict[int, str], dict[int, dict[str, str]]]:
    """For each set of pieces that own codes fit: the first of these, the derivable by category."""
    plain: dict[int, str] = {}
    derivable: dict[int, dict[str, str]] = {}
    codes = _codes({piece.code for piece in pieces}, held)
    under = {code: _bits(is_under(code, piece.code) for piece in pieces) for code in codes}
    for year, in_year in _years(pieces, [piece.year for piece in pieces]):
        for code, fits in under.items():
            text = f"{code}@{year}" if year else code
            if held and held.flaw(text):
                continue
            plain.setdefault(fits & in_year, text)
            if is_derivable(code):
                derivable.setdefault(fits & in_year, {}).setdefault(code[0], text)
    return plain, derivable


def _parents(pieces: list[Pattern], held: CodeList | None) -> dict[int, str]:
    """For each set of pieces that a parent fits, own codes apart, the first such parent."""
    found: dict[int, str] = {}
    codes = _codes({piece.parent for piece in pieces}, held)
    under = {
        code: _bits(not piece.parent or is_under(code, piece.parent) for piece in pieces)
        for code in codes
    }
    for year, in_year in _years(pieces, [piece.parent_year for piece in pieces]):
        for code, fits in under.items():
            text = f"{code}@{year}" if year else code
            if not (held and held.flaw(text)):
                found.setdefault(fits & in_year, text)
    return found


def _years(pieces: list[Pattern], asked: list[str]) -> list[tuple[str, int]]:
    """Each year, none first, with the pieces that it fits."""
    years = ["", *sorted(set(asked) - {""})]
    return [(year, _bits(wanted in ("", year) for wanted in asked)) for year in years]


def _codes(named: set[str], held: CodeList | None) -> list[str]:
    """The codes that are named, then others: of what is held those that exist, else ones made up."""
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
    entries = set(held.entries) if held else set()
    existing = list(_existing(held, spelt)) if held else []
    others = [_other_way(head, spelt | entries) for head in sorted(heads)]
    ordered = [code for code in existing if code in spelt]
    ordered += [code for code in sorted(spelt) if family(code) not in entries]
    codes = dict.fromkeys([*ordered, *existing, *others])
    return [code for code in codes if CODE.fullmatch(code)]


def _existing(held: CodeList, named: Iterable[str]) -> Iterator[str]:
    """Of what exists the shortest codes below which none is named, and those whose points are unread."""
    known = {code for code in named if family(code) in held.entries and not held.flaw(code)}
    above = {code.rsplit(".", depth)[0] for code in known for depth in range(1, code.count(".") + 1)}
    for code in sorted(held.codes | known):
        parent = code.rpartition(".")[0]
        if code in above:
            if code in held.unread:
                yield code
        elif not parent or parent in above:
            yield code


def _other_way(head: str, named: set[str]) -> str:
    """A code with this beginning that leaves those named at the next digit; blank where none does."""
    taken = {text[len(head)] for text in named if len(text) > len(head) and text.startswith(head)}
    digit = next((digit for digit in "9876543210" if digit not in taken), "")
    return (head + digit).ljust(len("5A001"), "9") if digit else ""
