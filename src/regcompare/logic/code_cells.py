"""Partitions codes into cells: one cell for each set of patterns under which some code falls.

No pattern distinguishes two codes of a cell, so one code represents it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

import attrs

from .code_lists import CodeList, family
from .codes import CODE, Pattern, is_derivable, is_under, parse_pattern


@attrs.frozen
class CodeCell:
    """Codes that fall under the same patterns.

    Attributes:
        code: The most ordinary of them: one that a pattern names rather than one invented below it.
        matches: The patterns under which they fall.
    """

    code: str
    matches: frozenset[str]


def code_cells(patterns: Iterable[str], code_list: CodeList | None = None) -> tuple[CodeCell, ...]:
    """Returns one cell for each set of patterns under which a single existing code can fall.

    Codes that name no parent come first.  A derived entry is in section B (test and production
    equipment), D (software) or E (technology); only such codes name a parent, preferably one of their
    own category.
    """
    return _cells(tuple(dict.fromkeys(patterns)), code_list)


@lru_cache(maxsize=64)
def _cells(patterns: tuple[str, ...], code_list: CodeList | None) -> tuple[CodeCell, ...]:
    parsed = [parse_pattern(pattern) for pattern in patterns]
    pieces = [piece for pattern in parsed for piece in (pattern, *pattern.excluded)]
    parentless = _bits(not piece.parent for piece in pieces)
    plain, derivable = _own_codes(pieces, code_list)
    parents: dict[int, str] = {}
    for bits, code in _fitting([(piece.parent, piece.parent_year) for piece in pieces], code_list):
        parents.setdefault(bits, code)
    texts, unless = _included(patterns, parsed)

    def matched(bits: int) -> int:
        """The pieces that match, given those that fit: a pattern does unless an exclusion fits."""
        for piece, exclusions in unless.items():
            if bits & exclusions:
                bits &= ~piece
        return bits & included

    included = sum(texts)
    cells: dict[int, str] = {}
    for bits, code in plain.items():
        cells.setdefault(matched(bits & parentless), code)
    for bits, by_category in derivable.items():
        for parent_bits, parent in parents.items():
            code = by_category.get(parent[0]) or next(iter(by_category.values()))
            cells.setdefault(matched(bits & parent_bits), f"{code}/{parent}")
    return tuple(
        CodeCell(code, frozenset(text for piece, text in texts.items() if piece & bits))
        for bits, code in cells.items()
    )


def _bits(truths: Iterable[bool]) -> int:
    return sum(1 << index for index, truth in enumerate(truths) if truth)


def _included(
    patterns: Iterable[str], parsed: Iterable[Pattern]
) -> tuple[dict[int, str], dict[int, int]]:
    """The bit of each pattern with its text, and with the bits of its exclusions, which follow it."""
    texts, unless, bit = dict[int, str](), dict[int, int](), 1
    for text, pattern in zip(patterns, parsed, strict=True):
        texts[bit], count = text, len(pattern.excluded)
        if count:
            unless[bit] = ((1 << count) - 1) * (bit << 1)
        bit <<= 1 + count
    return texts, unless


def _under(codes: Iterable[str], above: Iterable[str]) -> dict[str, int]:
    """For each code, a bit for each of those above it; ``is_under`` is asked once for those alike."""
    bits_by_text: dict[str, int] = {}
    for index, text in enumerate(above):
        bits_by_text[text] = bits_by_text.get(text, 0) | 1 << index
    general = {text: bits for text, bits in bits_by_text.items() if "?" in text}
    found = dict[str, int]()
    for code in codes:
        steps = [index for index, mark in enumerate(code) if mark == "."]
        heads = (code[:end] for end in {*range(min(5, len(code))), *steps, len(code)})
        bits = sum(bits_by_text.get(head, 0) for head in heads)
        found[code] = bits + sum(own for text, own in general.items() if is_under(code, text))
    return found


def _own_codes(
    pieces: list[Pattern], code_list: CodeList | None
) -> tuple[dict[int, str], dict[int, dict[str, str]]]:
    """The first code for each set of pieces that its own part fits; the derivable also by category."""
    plain: dict[int, str] = {}
    derivable: dict[int, dict[str, str]] = {}
    parts = [(piece.code, piece.year) for piece in pieces]
    for bits, code in _fitting(parts, code_list):
        plain.setdefault(bits, code)
        if is_derivable(code):
            derivable.setdefault(bits, {}).setdefault(code[0], code)
    return plain, derivable


def _fitting(parts: list[tuple[str, str]], code_list: CodeList | None) -> Iterator[tuple[int, str]]:
    """Yields codes that may exist, each with a bit for each of the parts, with years, that it fits."""
    above = [text for text, _ in parts]
    fitting = _under(_codes(set(above), code_list), above)
    for year in ["", *sorted({year for _, year in parts if year})]:
        year_bits = _bits(own in ("", year) for _, own in parts)
        for code, bits in fitting.items():
            text = f"{code}@{year}" if year else code
            if not (code_list and code_list.flaw(text)):
                yield bits & year_bits, text


def _codes(named: set[str], code_list: CodeList | None) -> list[str]:
    """The codes that are named, then others: existing ones for listed entries, else invented ones."""
    texts = {text for text in named if text}
    digits = {text[0] for text in texts} - {"?"}
    unnamed = next((digit for digit in "0123456789" if digit not in digits), "")
    categories = sorted(digits | {unnamed} - {""})
    spelt = {
        category + section + text[2:]
        for text in texts
        for category in (categories if text[0] == "?" else text[0])
        for section in ("ABCDE" if text[1] == "?" else text[1])
    }
    heads = {category + section for category in categories for section in "ABCDE"}
    heads |= {text[:size] for text in spelt for size in (3, 4) if len(text) >= size}
    entries = set(code_list.entries) if code_list else set()
    existing = list(_existing(code_list, spelt)) if code_list else []
    invented = [_invented(head, spelt | entries) for head in sorted(heads)]
    ordered = [code for code in existing if code in spelt]
    ordered += [code for code in sorted(spelt) if family(code) not in entries]
    codes = dict.fromkeys([*ordered, *existing, *invented])
    return [code for code in codes if CODE.fullmatch(code)]


def _existing(code_list: CodeList, named: Iterable[str]) -> Iterator[str]:
    """Yields the shortest existing codes with no named code below, and those with unread points."""
    known = {code for code in named if family(code) in code_list.entries and not code_list.flaw(code)}
    above = {code.rsplit(".", depth)[0] for code in known for depth in range(1, code.count(".") + 1)}
    for code in sorted(code_list.codes | known):
        parent = code.rpartition(".")[0]
        if code in above:
            if code in code_list.unread:
                yield code
        elif not parent or parent in above:
            yield code


def _invented(head: str, named: set[str]) -> str:
    """A code that begins with the head, and that no named code begins with; blank where none is left."""
    next_digits = {text[len(head)] for text in named if len(text) > len(head) and text.startswith(head)}
    digit = next((digit for digit in "9876543210" if digit not in next_digits), "")
    return (head + digit).ljust(len("5A001"), "9") if digit else ""
