"""Codes of the shared dual-use list, and the patterns by which conditions ask about them.

A code names an entry down to the sub-paragraph, ``5A001.f.1``.  It adds the year in which a wording
began, if the item meets only that one, ``4D004@2014``; a derived entry adds its parent,
``5D001.c/5A001.j``.
"""

from __future__ import annotations

import re
from functools import lru_cache

import attrs

from regcompare.errors import DefinitionError, did_you_mean

CODE = re.compile(
    r"\d[A-E]\d{3}(\.[a-z0-9]{1,4})*(@\d{4})?(/\d[A-E]\d{3}(\.[a-z0-9]{1,4})*(@\d{4})?)?", re.ASCII
)
"""The syntax of a code."""

_POINTS = r"(?:\.[a-z0-9]{1,4})*"
_PATTERN = re.compile(
    rf"(\*|[\d?][A-E?](?:\d{{0,2}}|\d{{3}}{_POINTS}))?(?:@(\d{{4}}))?"
    rf"(?:/(\d[A-E]\d{{3}}{_POINTS})(?:@(\d{{4}}))?)?",
    re.ASCII,
)
"""The syntax of a pattern without its exclusions; some code falls under every such pattern."""


_RUNS = re.compile(r"[a-z]+|\d+")


def repaired_code(text: str) -> str | None:
    """Returns the code that a text with wrong capitals, spaces or dots means; None if it means none.

    Registers write ``5A002a1``, in which letters and numbers follow each other without dots, and
    ``1C350-07``.
    """
    dotted = re.sub(r"[.\s]+|-(?=\d)", ".", text.strip().lower())
    dotted = re.sub(r"\.0+(?=\d)", ".", dotted)
    dotted = re.sub(r"(\d[a-e]\d{3})(?=[a-z])", r"\1.", dotted)
    dotted = re.sub(r"(?<=\.)[a-z\d]+", lambda points: ".".join(_RUNS.findall(points[0])), dotted)
    repaired = re.sub(r"\d[a-e]\d{3}", lambda entry: entry[0].upper(), dotted)
    return repaired if repaired != text and CODE.fullmatch(repaired) else None


@attrs.frozen
class Pattern:
    """The parts of a pattern; a part that sets no condition is blank.

    Attributes:
        included: The pattern without its exclusions, as it is written.
    """

    included: str
    code: str
    year: str
    parent: str
    parent_year: str
    excluded: tuple[Pattern, ...]

    @property
    def is_derived(self) -> bool:
        """True if it covers whatever is derived from an entry."""
        return bool(self.parent) and not self.code

    @property
    def entry(self) -> str:
        """The entry to which all its codes belong, ``5A001``; blank if they belong to several."""
        entry = self.code[: len("5A001")]
        return "" if len(entry) < len("5A001") or "?" in entry else entry

    @property
    def section(self) -> str:
        """The section that it covers in every category, ``D`` of ``?D``; otherwise blank."""
        return self.code[1:] if self.code[:1] == "?" else ""

    def names(self, code: str) -> bool:
        """Returns whether the pattern names the entry that the code belongs to, and not any entry."""
        return len(self.code) >= len("5A001") and is_under(code, self.code[: len("5A001")])


@lru_cache(maxsize=4096)
def parse_pattern(text: str) -> Pattern:
    """Parses a pattern; a ``DefinitionError`` says how to write one."""
    included, *excluded = text.split("!")
    match = _PATTERN.fullmatch(included)
    if match is None or not included:
        msg = (
            f"{text!r} is not a pattern of codes. Write 5A001.f (the entry and all below it), 5? "
            "(all of category 5), ?D (section D of every category), 4D004@2014 (a wording), /5A001.j "
            "(derived from it) or *, and after each ! a pattern that is left out."
            f"{did_you_mean(repaired_code(text))}"
        )
        raise DefinitionError(msg)
    code, year, parent, parent_year = (part or "" for part in match.groups())
    return Pattern(
        included,
        "" if code == "*" else code,
        year,
        parent,
        parent_year,
        tuple(map(parse_pattern, excluded)),
    )


def is_under(code: str, above: str) -> bool:
    """Returns whether a code is the one above, or lies below it; ``?`` matches any one character."""
    if "?" in above:
        head = ("?" if mark == "?" else own for own, mark in zip(code, above, strict=False))
        code = "".join(head) + code[len(above) :]
    if len(above) < len("5A001"):
        return code.startswith(above)
    return code == above or code.startswith(above + ".")


@lru_cache(maxsize=65536)
def code_matches(member: str, pattern: str) -> bool:
    """Returns whether a code falls under a pattern.

    ``5A001.f`` covers that point and all below it, whatever the wording; ``5?`` every entry of category
    5, ``?D`` of section D; ``4D004@2014`` only codes with that wording; ``/5A001.j`` every entry derived
    from it; ``*`` any code.  Each ``!`` excludes the pattern after it: ``5A001.f!5A001.f.3``.
    """
    own, _, parent = member.partition("/")
    return _matches((*own.partition("@")[::2], *parent.partition("@")[::2]), parse_pattern(pattern))


def _matches(member: tuple[str, ...], pattern: Pattern) -> bool:
    code, year, parent, parent_year = member
    return (
        is_under(code, pattern.code)
        and pattern.year in ("", year)
        and (not pattern.parent or (bool(parent) and is_under(parent, pattern.parent)))
        and pattern.parent_year in ("", parent_year)
        and not any(_matches(member, excluded) for excluded in pattern.excluded)
    )


def is_derivable(code: str) -> bool:
    """Returns whether a code may name a parent, as equipment (B), software (D) and technology (E) do."""
    return code[1] in "BDE"
