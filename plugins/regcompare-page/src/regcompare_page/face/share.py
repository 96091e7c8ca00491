"""Pictures to share, 1200 by 630: a case with its dispute whole, and the finding with its caveat.

They are drawn with the barriers of the page.  A dispute is never cut: its letters become smaller, and
reasons go first.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any, NamedTuple

from regcompare.words.catalogues import Language

from .case import CasePage
from .deals import year_of
from .files import templates
from .front import Front
from .marks import drawn_mark

WIDTH, HEIGHT = 1200, 630
MARGIN = 60
_LETTERS = {"plain": 0.49, "grey": 0.53, "bold": 0.525, "serif": 0.45}
"""The width of a letter as a part of its size, on average over a line, with a little to spare."""
_SIZES = (24, 21, 18, 16, 14, 12)
"""The sizes in which a text is tried."""
_TRIED = [*((size, True) for size in _SIZES[:3]), *((size, False) for size in _SIZES)]
"""The sizes in which a dispute is tried, with reasons and without."""
_LOWEST = HEIGHT - 52
"""The lowest base line above the foot."""
_COLUMNS = (MARGIN, MARGIN + 366, MARGIN + 732)
"""The left ends of the columns of laws."""
_PER_ROW = 13
"""The number of signs side by side."""


class Line(NamedTuple):
    """A line of text in a picture: its left end, base line, size of letters, text and style."""

    x: int
    y: int
    size: int
    text: str
    kind: str = "plain"  # Or bold, grey, or serif for somebody's words.


def paragraph(text: str, x: int, y: int, size: int, width: int, kind: str = "plain") -> list[Line]:
    """Returns a text as lines one below the other that fit a width."""
    step, letters = round(size * 1.25), int(width / (size * _LETTERS[kind]))
    parts = textwrap.wrap(text, letters) or [""]
    return [Line(x, y + at * step, size, part, kind) for at, part in enumerate(parts)]


def case_picture(page: CasePage, address: str) -> str:
    """Returns the picture of a case as SVG, with the address of the site where it is known."""
    head = [Line(MARGIN, 66, 24, page.route, "grey")]
    head += paragraph(page.title, MARGIN, 112, 38, WIDTH - 2 * MARGIN, "bold")
    top = head[-1].y + 34
    results = list(zip(_COLUMNS, page.names, page.marks(), strict=False))
    bars = [(x, top, result.barrier) for x, _, result in results]
    lines: list[Line] = []
    for size, has_reasons in _TRIED:
        lines = [*head]
        for x, name, result in results:
            lines += paragraph(name, x + 84, top + 20, 18, 270, "grey")[:1]
            lines += paragraph(result.word(page.language), x + 84, top + 50, 26, 270, "bold")
            if has_reasons:
                reason = result.reason(page.language)
                lines += paragraph(reason, x + 84, lines[-1].y + 26, 16, 270)
        lines += _disputed(page, max(line.y for line in lines) + 26, size)
        if max(line.y for line in lines) <= _LOWEST:
            break
    return _drawn(page.title, lines, bars, address, page.language)


def _disputed(page: CasePage, top: int, size: int) -> list[Line]:
    """The first dispute of a case, whole, in letters of a size; nothing where there is none."""
    whole = WIDTH - 2 * MARGIN
    if not page.disputes.points:
        if not (others := page.other_disputes()):
            return []
        who, said = others[0]
        text = f"{page.language.say('Disputed by {who}', who=who)}: {said}"
        return paragraph(text, MARGIN, top + size, size, whole, "serif")
    point, width = page.disputes.points[0], (whole - 40) // 2
    lines = paragraph(point.question, MARGIN, top + size, size, whole, "bold")
    begin, lowest = lines[-1].y + round(size * 1.5), 0
    for x, side in zip((MARGIN, MARGIN + width + 40), point.sides, strict=True):
        lines += paragraph(side.who, x, begin, max(12, size - 4), width, "grey")
        lines += paragraph(side.words, x, lines[-1].y + round(size * 1.3), size, width, "serif")
        if side.then:
            lines += paragraph(f"→ {side.then}", x, lines[-1].y + round(size * 1.3), size, width, "bold")
        lowest = max(lowest, lines[-1].y)
    return lines + paragraph(point.whoever, MARGIN, lowest + round(size * 1.6), size, whole, "bold")


def finding_picture(front: Front, language: Language, address: str) -> str:
    """Returns the picture of the finding as SVG: who had to say no, under each law, and the caveat."""
    say, numbers = language.say, front.numbers()
    lines = paragraph(say(front.texts.question), MARGIN, 100, 60, WIDTH - 2 * MARGIN, "bold")
    top = lines[-1].y + 86
    marks = list[Any]()
    for place, (x, law) in enumerate(zip(_COLUMNS, front.texts.laws, strict=True)):
        count = front.count("refuse", place)
        lines.append(Line(x, top, 64, str(count.certain), "bold"))
        number = say("× no for certain, at most {most}", most=count.at_most)
        lines.append(Line(x + 40 * len(str(count.certain)) + 8, top, 19, number, "bold"))
        lines.append(Line(x, top + 34, 22, say(law.name), "bold"))
        lines += paragraph(say(law.when), x, top + 60, 16, 350, "grey")[:2]
        for at, deal in enumerate(front.deals):
            result = deal.results[place]
            sign = drawn_mark(result.mark, has_corner=result.may_be_refused_by_other_law)
            marks.append((x + at % _PER_ROW * 26, top + 92 + at // _PER_ROW * 26, sign))
    caveat = f"{say(front.texts.claim)} {say(front.texts.elsewhere, **numbers)}"
    bottom = top + 92 + 26 * -(-len(front.deals) // _PER_ROW)
    years = [year_of(deal.record.first) for deal in front.deals]
    shown = say(
        "Each sign is one of {deals} sales of {first} to {last}, from published sources. Ring: free. "
        "Disc: licence. Stamp: no. Half-filled: not known. Dashed: a fact is disputed. Corner: a no "
        "possible through other EU law.",
        first=min(filter(None, years)), last=max(years), **numbers,
    )  # fmt: skip
    lines += paragraph(shown, MARGIN, bottom + 20, 14, WIDTH - 2 * MARGIN, "grey")
    top = lines[-1].y + 10
    for size in _SIZES:
        below = paragraph(caveat, MARGIN, top + size, size, WIDTH - 2 * MARGIN)
        if below[-1].y <= _LOWEST:
            break
    lines += below
    return _drawn(say(front.texts.question), lines, [], address, language, marks)


def _drawn(
    title: str,
    lines: Sequence[Line],
    bars: Sequence[Any],
    address: str,
    language: Language,
    marks: Sequence[Any] = (),
) -> str:
    name = " · ".join(filter(None, ("regcompare", address)))
    caution = "Our reading of the law, for comparison. No legal advice, and no judgement on any company."
    foot = [
        Line(MARGIN, HEIGHT - 24, 18, name, "bold"),
        Line(MARGIN + 420, HEIGHT - 24, 14, language.say(caution), "grey"),
    ]
    described = " ".join(line.text for line in lines)
    return templates().get_template("face/share.svg").render(
        title=title, described=described, lines=[*lines, *foot], bars=bars, marks=marks, width=WIDTH,
        height=HEIGHT,
    )  # fmt: skip
