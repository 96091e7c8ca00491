"""The coverage map: mildest and strictest outcome for each pair of answers, regime below regime."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from regcompare.ruleset.rules import Outcome, Span
from regcompare.views.colours import ACCENTS
from regcompare.views.sentences import span_words

from .picture import Picture

_PLURALS = {"item.technology": "kinds of tool", "end_user.kind": "kinds of user"}
"""What a map calls the answers to a fact that it counts; "answers" for other facts."""

Table = Sequence[Sequence[Span | None]]
"""The spans under one regime, line by line; None where no case with both answers is in scope."""


def coverage_map(possible: Any, *, down: str = "", across: str = "") -> Picture:
    """Draws a map of outcomes over the answers to two facts, which the package for proofs works out.

    Lines or columns that are equal under every regime are drawn once; their answers are listed below.

    Args:
        possible: The map.
        down: The question of the lines, in a few words; by default the name of the fact.
        across: The question of the columns.
    """
    axes = (possible.down, possible.across)
    names = [axis.fact.key.replace(".", " ").replace("_", " ") for axis in axes]
    down, across = down or names[0], across or names[1]
    titles, width = [item.ruleset.title for item in possible.regimes], len(axes[1].answers)
    tables: list[Table] = []
    for item in possible.regimes:
        spans = [cell.span for cell in possible.of(item)]
        tables.append([tuple(spans[at : at + width]) for at in range(0, len(spans), width)])
    lines, line_lists = _merged(axes[0], zip(*tables, strict=True))
    columns, column_lists = _merged(axes[1], zip(*chain(*tables), strict=True))
    merged = [[[table[line][column] for column, _ in columns] for line, _ in lines] for table in tables]
    panels = list(zip(titles, merged, strict=True))
    ends = {end for span in chain(*chain(*tables)) if span for end in (span.low, span.high)}
    lists = line_lists + column_lists
    labels = [f"{across}: {label}" if label in ("yes", "no") else label for _, label in columns]
    return Picture(
        title=_title(zip(titles, tables, strict=True)),
        alt=" ".join(
            [f"Outcomes by {down} (down) and {across} (across).", *_alt(panels, lines, labels), *lists]
        ),
        note=f"Down: {down}. Across: {across}. The left half of a cell is the mildest possible outcome, "
        "the right half the strictest; an undivided cell means that both are the same.",
        template="coverage",
        data={
            "panels": panels,
            "lines": [label for _, label in lines],
            "columns": labels,
            "lists": lists,
            "looks": [look for look in ACCENTS if look.outcome in ends],
        },
    )


def _merged(axis: Any, looks: Iterable[Hashable]) -> tuple[list[tuple[int, str]], list[str]]:
    """The first of all equal lines or columns, with labels; and the answers that a label counts."""
    groups: dict[Hashable, list[int]] = {}
    for place, look in enumerate(looks):
        groups.setdefault(look, []).append(place)
    labels, lists = list[str](), list[str]()
    for group in groups.values():
        answers = [axis.answers[place].label for place in group]
        if len(answers) < 3:
            labels.append(" / ".join(answers))
            continue
        counted = f"{len(answers)} {_PLURALS.get(axis.fact.key, 'answers')}"
        labels.append(counted.replace(" ", " other ", counted in labels))
        lists.append(f"The {labels[-1]}: {'; '.join(answers)}.")
    return [(group[0], label) for group, label in zip(groups.values(), labels, strict=True)], lists


def _title(tables: Iterable[tuple[str, Table]]) -> str:
    """Under which regimes a licence is never, in part or always needed, without a number of cells."""
    spans = ((title, [span for span in chain(*table) if span]) for title, table in tables)
    return f"A licence is {'; '.join(f'{_needed(found)} under {title}' for title, found in spans)}."


def _needed(spans: Sequence[Span]) -> str:
    always = [span.low >= Outcome.AUTHORISATION for span in spans]
    may = [span.high >= Outcome.AUTHORISATION for span in spans]
    if not any(may):
        return "never needed"
    possible = "possibly needed everywhere" if all(may) else "possibly needed in part"
    if not any(always):
        return possible
    if all(always):
        return "always needed"
    return "certainly needed in part" + (f", {possible}" if may != always else "")


def _alt(
    panels: Iterable[tuple[str, Table]], lines: Sequence[tuple[int, str]], columns: Sequence[str]
) -> Iterator[str]:
    """Yields the cells that are drawn under each regime, in words."""
    for title, table in panels:
        clauses = (
            f"{line}, {column}: {span_words(span) if span else 'none in scope'}"
            for (_, line), spans in zip(lines, table, strict=True)
            for column, span in zip(columns, spans, strict=True)
        )
        yield f"{title}. {'; '.join(clauses)}."
