"""Marks and barriers: the signs by which pages, pictures and print show a result.

A mark is for a deal among many, a barrier for one verdict.  Neither speaks alone: a word goes with it.
"""

from __future__ import annotations

import math
from itertools import combinations_with_replacement
from typing import Literal

from markupsafe import Markup

from regcompare.comparison.classes import CLASS_OF, CaseClass, ClassSlug

MarkSlug = Literal["free", "tell", "lic", "lic-d", "half", "half-no", "no", "no-d", "out"]

_MARKS: dict[ClassSlug, MarkSlug] = {"free": "free", "tell": "tell", "licence": "lic", "refuse": "no"}
_DASHED: dict[ClassSlug, MarkSlug] = {"licence": "lic-d", "refuse": "no-d"}


def mark_of(found: CaseClass, filed: CaseClass, *, is_proposal: bool) -> MarkSlug:
    """Returns the mark of a deal.

    Args:
        found: Its class with disputed facts left open.
        filed: Its class on the facts as its file has them: a dashed mark where only that is settled.
        is_proposal: Whether it is under a proposal, where a possible no fills half of the mark.  Under
            a law it is a corner instead, since what may require it is law beside the act.
    """
    if found.ends is None:
        return "out"
    low, high = found.ends
    if low == high:
        return _MARKS[low]
    if filed.ends and filed.ends[0] == filed.ends[1] and filed.ends[0] in _DASHED:
        return _DASHED[filed.ends[0]]
    if high == "refuse" and not is_proposal:
        return _MARKS[low] if low == "licence" else "half"
    return "half-no" if high == "refuse" else "half"


_RING, _DISC = '<circle class="{}" cx="10" cy="10" r="8"/>', '<circle class="{}" cx="10" cy="10" r="9"/>'
_LEFT_OPEN = '<path class="{}" d="M10 1a9 9 0 0 1 0 18z"/>'
_STAMP = '<rect class="{}" x="1" y="4" width="18" height="12" rx="3" transform="rotate(-7 10 10)"/>'
_DRAWN: dict[MarkSlug, str] = {
    "free": _RING.format("ring"),
    "tell": f'{_RING.format("edge")}<circle class="am" cx="10" cy="10" r="4"/>',
    "lic": _DISC.format("am edged"),
    "lic-d": _DISC.format("am edged dash"),
    "half": _RING.format("ring") + _LEFT_OPEN.format("am"),
    "half-no": _RING.format("ring") + _LEFT_OPEN.format("pl"),
    "no": _STAMP.format("pl"),
    "no-d": _STAMP.format("dash plum"),
    "out": '<circle class="bk" cx="10" cy="10" r="2.5"/>',
}
"""Each mark as SVG in a square of 20; a half is a half."""


def drawn_mark(slug: MarkSlug, *, has_corner: bool = False) -> Markup:
    """Returns a mark as a picture has it; with a corner where other law may require a no."""
    corner = '<path class="pl" d="M13 0h7v7z"/>' if has_corner else ""
    return Markup(_DRAWN[slug] + corner)  # noqa: S704 (signs of our own)


# barriers -----------------------------------------------------------------------------------------

_ANGLES: dict[ClassSlug, int] = {"free": 80, "tell": 52, "licence": 26, "refuse": 0}
_ARMS: dict[ClassSlug, tuple[str, ...]] = {
    "free": ("arm",),
    "tell": ("arm ae", "arm a"),
    "licence": ("arm ae", "arm a"),
    "refuse": ("arm p",),
}
_POST = '<rect class="bk" x="5" y="24" width="6" height="10"/>'


def barrier(found: CaseClass) -> Markup:
    """Returns a result as a barrier: the thick arm is the most, the thin one the least."""
    arms = ""
    if found.ends:
        low, high = found.ends
        arms = "" if low == high else _arm(low, "arm low")
        arms += "".join(_arm(high, kind) for kind in _ARMS[high])
    return Markup(f'<svg viewBox="0 0 46 34" aria-hidden="true">{arms}{_POST}</svg>')  # noqa: S704 (numbers and names of our own)


def _arm(slug: ClassSlug, kind: str) -> str:
    angle = math.radians(_ANGLES[slug])
    x = round(8 + 34 * math.cos(angle))
    y = 3 if slug == "free" else round(26 - 24 * math.sin(angle))
    return f'<line class="{kind}" x1="8" y1="26" x2="{x}" y2="{y}"/>'


def barriers() -> dict[str, Markup]:
    """Returns every barrier by the ends of its class, the milder first; outside by none."""
    ranked = sorted(CLASS_OF)
    spans = [CaseClass(low, high) for low, high in combinations_with_replacement(ranked, 2)]
    return {" ".join(found.ends or ()): barrier(found) for found in (CaseClass(), *spans)}
