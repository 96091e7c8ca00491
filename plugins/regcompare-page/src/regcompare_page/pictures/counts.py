"""Counts as bars: what is certain, what is open, what is not, and what is outside; together all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from regcompare.comparison.counts import Count
from regcompare.comparison.layers import LAYER_WORDS
from regcompare.comparison.numbers import ANSWER_WORDS
from regcompare.errors import UsageError

from .picture import Picture


def count_bars(rows: Sequence[Sequence[Any]], title: str = "") -> Picture:
    """Draws counts, one panel a measure and one bar a law, each with all records of its population."""
    if not any(rows):
        raise UsageError("There is nothing to draw: nothing was counted.")
    panels = [(column[0].head, list(map(_bar, column))) for column in zip(*rows, strict=True)]
    first = rows[0][0]
    all_records, base = " ".join(map(str, first.counted)), first.laws[:-1]
    against = (
        f" Against {base[0].heading()}." if base and len({row[0].laws[0] for row in rows}) == 1 else ""
    )
    known = f" {LAYER_WORDS[first.facts]}." if isinstance(first, Count) else ""  # Rows have no layers.
    return Picture(
        title=title or f"{all_records}: {' and '.join(head for head, _ in panels)}.",
        alt=f"{all_records}. {_described(panels)}",
        note=f"Each bar is all {all_records}. {_FILLS}{known}{against}",
        template="counts",
        data={"panels": panels, "all": first.counted[0]},
    )


def group_bars(groups: Sequence[Any], title: str = "") -> Picture:
    """Draws groups of rows, one panel for each law and measure and one bar a group, to one scale."""
    most = max((group.rows for group in groups), default=0)
    panels = [
        (
            f"{count.law.heading()}: {count.head}",
            [
                {**_bar(group.counts[law][measure]), "label": ", ".join(group.of.values())}
                for group in groups
            ],
        )
        for law, pair in enumerate(groups[0].counts if groups else ())
        for measure, count in enumerate(pair)
    ]
    total, by = sum(group.rows for group in groups), ", ".join(groups[0].of if groups else ())
    return Picture(
        title=title or f"{total} rows by {by}, and what each law requires.",
        alt=_described(panels),
        note=f"Each bar is the rows of a group. {_FILLS}",
        template="counts",
        data={"panels": panels, "all": most},
    )


_FILLS = "Full: certain. Striped: open. Pale: certainly not. Grey: outside."
"""What the fills of a bar mean."""


def _described(panels: Iterable[tuple[str, Sequence[dict[str, object]]]]) -> str:
    """The bars of some panels in words."""
    return " ".join(
        f"{head}: {'; '.join('{label}: {words}'.format(**bar) for bar in bars)}."
        for head, bars in panels
    )


def _bar(count: Any) -> dict[str, object]:
    parts, low, high = count.sizes, count.certain, count.at_most
    return {
        "label": count.law.heading(),
        "parts": parts,
        "number": str(low) if low == high else f"{low} to {high}",
        "words": ", ".join(
            f"{number} {ANSWER_WORDS[answer]}" for answer, number in parts.items() if number
        ),
    }


def history_lines(counts: Iterable[Count], title: str = "") -> Picture:
    """Draws counts under each law day by day: a step for what is certain, a band up to the most."""
    counts = list(counts)
    first, by_law = counts[0], dict[str, list[tuple[str, Count]]]()
    for count in counts:
        if count.of:  # A law that reaches nothing on a day has no point there.
            law = count.laws[-1]
            by_law.setdefault(law.ruleset.title, []).append((str(law.read_on), count))
    days = sorted({day for points in by_law.values() for day, _ in points})
    panels = [
        (law, [(days.index(day), *count.range, count.law.is_verified) for day, count in points])
        for law, points in by_law.items()
    ]
    alt = (
        f"{law}: {'; '.join(f'{day} {count.certain} to {count.at_most}' for day, count in points)}."
        for law, points in by_law.items()
    )
    all_records = " ".join(map(str, first.counted))
    return Picture(
        title=title or f"The same {all_records} under the law of each year: {first.head}.",
        alt=f"{all_records}. {' '.join(alt)}",
        note="Line: certain. Band: up to the most; paler where a table was last read before. "
        f"Each point is the law of {days[0][5:]}, put to all of them, whenever they were made. "
        f"{LAYER_WORDS[first.facts]}.",
        template="history",
        data={"panels": panels, "days": [day[:4] for day in days], "all": len(first.population)},
    )
