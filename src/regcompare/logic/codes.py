"""Codes of control lists, and the patterns by which conditions ask about them.

A code names an entry to the sub-paragraph, ``5A001.f.1``; with the year in which the only wording
that it meets began, ``4D004@2014``; for a derived entry with its parent, ``5D001.c/5A001.j``.  A code
of another list than the one by which the fact numbers carries the prefix of that list's *scheme*,
``us:5A980``.
"""

from __future__ import annotations

import re
from functools import lru_cache

import attrs

from regcompare.errors import DefinitionError, did_you_mean

__all__ = [
    "CODE",
    "FAMILY",
    "NOTHING",
    "WRITTEN",
    "Pattern",
    "code_matches",
    "family",
    "is_derivable",
    "is_under",
    "parsed_pattern",
    "repaired_code",
    "scheme_of",
]

_PART = r"([a-z]{2,}:)?\d[A-E]\d{3}(\.[a-z0-9]{1,4})*(@\d{4})?"
CODE = re.compile(f"{_PART}(/{_PART})?", re.ASCII)
"""What a code looks like."""
_WRITTEN = rf"({_PART}|[a-z]{{2,}}:\d[0-9A-Za-z.]+)"
WRITTEN = re.compile(f"{_WRITTEN}(/{_WRITTEN})?", re.ASCII)
"""What may be a code where no list is held: another list spells its codes in its own way."""
NOTHING = re.compile(r"[a-z]{2,}:none", re.ASCII)
"""What says that no code of another scheme is met, ``us:none``."""
FAMILY = len("5A001")
"""The length of an entry, without the prefix of its scheme."""

_BELOW = r"(?:\.[a-z0-9]{1,4})*"
_SCHEME = r"(?:[a-z]{2,}:)?"
_PREFIX = re.compile(r"[a-z]{2,}:", re.ASCII)
_PATTERN = re.compile(
    rf"({_SCHEME}(?:\*|[\d?][A-E?](?:\d{{0,2}}|\d{{3}}{_BELOW})))?(?:@(\d{{4}}))?"
    rf"(?:/({_SCHEME}\d[A-E]\d{{3}}{_BELOW})(?:@(\d{{4}}))?)?",
    re.ASCII,
)
"""What a pattern looks like, without what is left out; only what some code can fall under."""


def scheme_of(code: str) -> str:
    """Returns the prefix of a code or pattern with its colon, ``us:``; blank for the own scheme."""
    found = _PREFIX.match(code) if ":" in code else None
    return found[0] if found else ""


def family(code: str) -> str:
    """Returns the entry that a code belongs to: 5A001 of 5A001.f.1, us:5A980 of us:5A980.a."""
    return code[: len(scheme_of(code)) + FAMILY]


def repaired_code(text: str) -> str | None:
    """Returns the code that was meant by a text with other capitals, spaces or dots, or None."""
    dotted = re.sub(r"[.\s]+", ".", text.strip().lower())
    dotted = re.sub(r"(\d[a-e]\d{3})(?=[a-z])", r"\1.", dotted)
    repaired = re.sub(r"\d[a-e]\d{3}", lambda entry: entry[0].upper(), dotted)
    return repaired if repaired != text and CODE.fullmatch(repaired) else None


@attrs.frozen
class Pattern:
    """The parts of a pattern; a part that asks for nothing is blank."""

    code: str
    year: str
    parent: str
    parent_year: str
    but: tuple[Pattern, ...]

    def is_of_other_entry(self, code: str) -> bool:
        """Whether the pattern takes codes of one entry alone, and another one than that of a code."""
        return self._is_of_one_entry and "?" not in self.code and family(code) != family(self.code)

    def names(self, code: str) -> bool:
        """Whether the pattern is one of the entry that a code belongs to, not of any entry."""
        return self._is_of_one_entry and is_under(code, family(self.code))

    @property
    def _is_of_one_entry(self) -> bool:
        return len(self.code) - len(scheme_of(self.code)) >= FAMILY


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
            f"{text!r} is not a pattern of codes. Write 5A001.f (the entry and all below it), ?D "
            "(section D of every category), 4D004@2014 (a wording), /5A001.j (derived from it), * (any "
            "code without a prefix), or a code and a star with the prefix of another scheme, us:5A980; "
            f"and after each ! a pattern that is left out.{did_you_mean(repaired_code(text))}"
        )
        raise DefinitionError(msg)
    code, year, parent, parent_year = (part or "" for part in shape.groups())
    return Pattern(code.removesuffix("*"), year, parent, parent_year, tuple(map(parsed_pattern, rest)))


def is_under(code: str, above: str) -> bool:
    """Whether a code is the one above or stands below it; ``?`` stands for any one character.

    Codes of two schemes never stand below one another.
    """
    scheme = scheme_of(above)
    if scheme != scheme_of(code):
        return False
    code, above = code.removeprefix(scheme), above.removeprefix(scheme)
    if "?" in above:
        code = (
            "".join("?" if mark == "?" else own for own, mark in zip(code, above, strict=False))
            + code[len(above) :]
        )
    if len(above) < FAMILY:
        return code.startswith(above)
    return code == above or code.startswith(above + ".")


@lru_cache(maxsize=65536)
def code_matches(member: str, pattern: str) -> bool:
    """Whether a code falls under a pattern.

    ``5A001.f`` takes that entry and all below it, whatever the wording; ``?D`` every entry of section
    D; ``4D004@2014`` only codes with that wording; ``/5A001.j`` every entry derived from it; ``*`` any
    code.  All of these take codes without a prefix; ``us:*`` any code with this one.  What stands after
    each ``!`` is left out: ``5A001.f!5A001.f.3``.
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


def is_derivable(code: str) -> bool:
    """Whether a code may name a parent, as test equipment (B), software (D) and technology (E) do."""
    return code.removeprefix(scheme_of(code))[1] in "BDE"
