"""Pictures to share, 1200 by 630: a case with its dispute whole, and the finding with its caveat.

They are drawn with the barriers of the page.  A dispute is never cut: its letters become smaller, and
reasons go first.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

import attrs

from regcompare.words.catalogues import Language

from .case import CasePage
from .disputes import Point
from .files import templates
from .front import Front
from .marks import drawn_mark

WIDTH, HEIGHT = 1200, 630
MARGIN = 60
_LETTER = 0.52
"""The width of a letter as a part of its size, on average, with a little to spare."""
_SIZES = (24, 21, 18, 16, 14, 12)
"""The sizes in which a dispute is tried."""


@attrs.frozen
class Line:
    """A line of text in a picture.

    Attributes:
        x: Its left end.
        y: Its base line.
        size: The size of its letters.
        text: The text.
        kind: Its style: plain, bold, grey, or serif for somebody's words.
    """

    x: int
    y: int
    size: int
    text: str
    kind: str = "plain"

    @property
    def right(self) -> float:
        """Its right end, as estimated."""
        return self.x + len(self.text) * self.size * _LETTER


def wrapped(text: str, size: int, width: int) -> list[str]:
    """Returns a text in lines that fit a width."""
    return textwrap.wrap(text, max(8, int(width / (size * _LETTER)))) or [""]


def paragraph(text: str, x: int, y: int, size: int, width: int, kind: str = "plain") -> list[Line]:
    """Returns a text as lines one below the other."""
    step = round(size * 1.25)
    return [
        Line(x, y + at * step, size, part, kind) for at, part in enumerate(wrapped(text, size, width))
    ]


def case_picture(page: CasePage, address: str) -> str:
    """Returns the picture of a case as SVG.

    Args:
        page: The case as its page shows it.
        address: The address that is printed; blank for the name of the project alone.
    """
    lines = [Line(MARGIN, 66, 24, page.route, "grey")]
    lines += paragraph(page.title, MARGIN, 112, 38, WIDTH - 2 * MARGIN, "bold")
    top = lines[-1].y + 34
    results = list(page.results())
    columns = [MARGIN + at * 366 for at in range(len(results))]
    bars = [(x, top, result["barrier"]) for x, result in zip(columns, results, strict=True)]
    for x, result in zip(columns, results, strict=True):
        lines += paragraph(result["name"], x + 84, top + 20, 18, 270, "grey")[:1]
        lines += paragraph(result["word"], x + 84, top + 50, 26, 270, "bold")
    bottom = max(line.y for line in lines) + 26
    point = next(iter(page.disputes.points), None)
    others = page.other_disputes()
    if point:
        lines += _dispute(point, bottom)
    elif others:
        text = page.language.say("{who} says", who=others[0][0]) + f": {others[0][1]}"
        lines += _fitting(text, bottom)
    return _drawn(page.title, lines, bars, address, page.language)


def _dispute(point: Point, top: int) -> list[Line]:
    """Both sides of a point in two columns, and what follows whoever is right, in letters that fit."""
    width = (WIDTH - 2 * MARGIN - 40) // 2
    for size in _SIZES:
        lines = paragraph(point.question, MARGIN, top + size, size, WIDTH - 2 * MARGIN, "bold")
        begin = lines[-1].y + round(size * 1.5)
        ends = []
        for at, side in enumerate(point.sides):
            x = MARGIN + at * (width + 40)
            lines.append(Line(x, begin, max(12, size - 4), side.who, "grey"))
            side_lines = paragraph(side.words, x, begin + round(size * 1.3), size, width, "serif")
            if side.then:
                side_lines += paragraph(
                    f"→ {side.then}", x, side_lines[-1].y + round(size * 1.3), size, width, "bold"
                )
            lines += side_lines
            ends.append(side_lines[-1].y)
        lines += paragraph(
            point.whoever, MARGIN, max(ends) + round(size * 1.6), size, WIDTH - 2 * MARGIN, "bold"
        )
        if lines[-1].y <= HEIGHT - 52:
            return lines
    return lines


def _fitting(text: str, top: int) -> list[Line]:
    """A text in letters that fit below a height."""
    lines: list[Line] = []
    for size in _SIZES:
        lines = paragraph(text, MARGIN, top + size, size, WIDTH - 2 * MARGIN, "serif")
        if lines[-1].y <= HEIGHT - 52:
            break
    return lines


def finding_picture(front: Front, language: Language, address: str) -> str:
    """Returns the picture of the finding as SVG: who had to say no, under each law, and the caveat."""
    say, numbers = language.say, front.numbers()
    lines = paragraph(say(front.texts.question), MARGIN, 100, 60, WIDTH - 2 * MARGIN, "bold")
    top = lines[-1].y + 70
    marks = list[Any]()
    for place, law in enumerate(front.texts.laws):
        x, count = MARGIN + place * 366, front.count("refuse", place)
        lines.append(Line(x, top, 64, str(count.certain), "bold"))
        number = say("× no for certain, at most {most}", most=count.at_most)
        lines.append(Line(x + 40 * len(str(count.certain)) + 8, top, 19, number, "bold"))
        lines.append(Line(x, top + 34, 22, say(law.name), "bold"))
        lines += paragraph(say(law.when), x, top + 60, 16, 330, "grey")[:2]
        for at, deal in enumerate(front.deals):
            result = deal.results[place]
            sign = drawn_mark(result.mark, has_corner=result.may_be_refused_by_other_law)
            marks.append((x + at % _PER_ROW * 24, top + 94 + at // _PER_ROW * 24, sign))
    caveat = f"{say(front.texts.claim)} {say(front.texts.elsewhere, **numbers)}"
    bottom = top + 94 + 24 * -(-len(front.deals) // _PER_ROW)
    shown = say(
        "Each sign is one of {deals} sales of {first} to {last}, from published sources. Ring: free. "
        "Disc: licence. Stamp: no. Half-filled: not known. Dashed: a fact is disputed. Corner: a no "
        "possible through other EU law.",
        first=front.deals[0].year, last=max(deal.year for deal in front.deals), **numbers,
    )  # fmt: skip
    lines += paragraph(shown, MARGIN, bottom + 20, 14, WIDTH - 2 * MARGIN, "grey")
    lines += [attrs.evolve(line, kind="plain") for line in _fitting(caveat, lines[-1].y + 10)]
    return _drawn(say(front.texts.question), lines, [], address, language, marks)


_PER_ROW = 14
"""How many signs stand side by side."""


def _drawn(
    title: str,
    lines: Sequence[Line],
    bars: Sequence[Any],
    address: str,
    language: Language,
    marks: Sequence[Any] = (),
) -> str:
    name = " · ".join(filter(None, ("regcompare", address)))
    caution = language.say(
        "Our reading of the law, for comparison. No legal advice, and no judgement on any company."
    )
    foot = [
        Line(MARGIN, HEIGHT - 24, 18, name, "bold"),
        Line(MARGIN + 420, HEIGHT - 24, 14, caution, "grey"),
    ]
    described = " ".join(_words(lines))
    template = templates().get_template("face/share.svg")
    return template.render(
        title=title, described=described, lines=[*lines, *foot], bars=bars, marks=marks, width=WIDTH,
        height=HEIGHT,
    )  # fmt: skip


def _words(lines: Sequence[Line]) -> Iterator[str]:
    return (line.text for line in lines)
