"""The end of a screening, as text and JSON: rows by result as intervals, what to find out next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs

from regcompare.bulk import FactCount, Summary
from regcompare.bulk.figures import OUT_OF_SCOPE, RESULTS, YEAR, CategoryCounts
from regcompare.bulk.summary import DECIDED
from regcompare.comparison.measures import pluralise
from regcompare.ruleset.currency import verified_sentence
from regcompare.ruleset.ruleset import Ruleset
from regcompare.words.lexicon import short_list

from .document import Bullets, Document, Table
from .render import Form, render
from .sentences import NOT_ADVICE, SPAN_ENDS

MOST_FACTS = 8
"""So many facts are listed for each ruleset."""

MOST_CATEGORIES = 20
"""So many categories are listed, those first that count most."""

MOST_ANSWERS = 2
"""So many answers are named for each fact, and more are counted."""


def summary_text(
    summary: Summary, rulesets: Sequence[Ruleset], places: Mapping[str, str], form: Form = "text"
) -> str:
    """Returns the summary of a screening in a form; the rulesets stand in the order of the columns.

    ``places`` names the table ``written`` and the file of ``bad`` rows.
    """
    figures = [
        _results(summary, rulesets),
        *_decisions(summary, rulesets),
        *(part for name in summary.by for part in _categories(summary, rulesets, name)),
        *(part for item in rulesets for part in _facts(summary, item)),
    ]
    blocks = [
        _finding(summary, places),
        Bullets([*_columns(summary), *_law(summary, rulesets)]),
        *(figures if summary.written else []),
        verified_sentence(rulesets),
        f"{HOW_TO_READ} {NOT_ADVICE}",
    ]
    return render(Document("", blocks), form)


HOW_TO_READ = (
    "A figure such as 12..40 counts the rows that have the result for certain and those whose span "
    f"includes it. A span: {SPAN_ENDS}."
)


def _finding(summary: Summary, places: Mapping[str, str]) -> str:
    written = f"{pluralise(summary.read, 'row')} read; {summary.written} written to {places['written']}"
    if summary.weight:
        written += f", which stand for {summary.counted} by the column {summary.weight!r}"
    if not summary.bad:
        return f"{written}; none was bad."
    return f"{written}; {pluralise(summary.bad, 'bad row')} in {places['bad']}, each with its reason."


def _columns(summary: Summary) -> Iterator[str]:
    """Which columns were read as facts, so that nobody takes one for read that was not."""
    yield f"Read as facts: {', '.join(summary.fact_columns)}"
    for name, publishers in summary.categories.items():
        told = ", ".join(map(str.strip, publishers.split(",")))
        yield f"{name!r} holds categories of {told}; what they tell of the item was read from it."
    if summary.weight:
        yield f"All counts below are sums of {summary.weight!r}, not of rows."
    if summary.carried:
        yield f"Carried through unread: {', '.join(summary.carried)}"
    for name, fact in summary.looks_like_facts.items():
        yield f"{name!r} looks like {fact} and was not read as such; if it is: --column '{name}={fact}'."


def _law(summary: Summary, rulesets: Sequence[Ruleset]) -> Iterator[str]:
    for ruleset in rulesets:
        day = summary.as_of[ruleset.id]
        read = "the day of each row's facts" if day == "scenario" else day
        yield f"{ruleset.id}: {ruleset.title}, as of {read}."


def _results(summary: Summary, rulesets: Sequence[Ruleset]) -> Table:
    cells = {
        (item.ruleset, item.result): _interval(item.at_least, item.at_most) for item in summary.results
    }
    held = {item.result for item in summary.results}
    always = RESULTS[: RESULTS.index(OUT_OF_SCOPE)]
    rows = [
        (
            word if word in always else word.replace("_", " "),
            *(cells.get((ruleset.id, word), "0") for ruleset in rulesets),
        )
        for word in RESULTS
        if word in held or word in always
    ]
    head = ("result", *(ruleset.id for ruleset in rulesets))
    return Table(f"{_subject(summary)} by result", head, rows)


def _subject(summary: Summary) -> str:
    return f"Sums of {summary.weight}" if summary.weight else "Rows"


# by category -----------------------------------------------------------------------------------------


def _decisions(summary: Summary, rulesets: Sequence[Ruleset]) -> Iterator[str | Bullets]:
    """What each regime says of what was granted, and of what was refused."""
    decided = [item for item in summary.measures if item.by == DECIDED]
    told = [item for item in decided if item.category in ("granted", "refused")]
    if not told:
        return
    yield f"What was decided ({DECIDED}), and what each regime says of the same exports:"
    lines = []
    for ruleset in rulesets:
        found = " ".join(_decision(item) for item in told if item.ruleset == ruleset.id)
        lines.append(f"{ruleset.id}. {found}{_telling(summary, ruleset)}")
    yield Bullets(lines)


def _decision(item: CategoryCounts) -> str:
    licence, refused = (
        str(most) if certain == most else f"{certain} for certain and {most} at most"
        for certain, most in (_ends(item, measure) for measure in _MEASURES)
    )
    return (
        f"Of {item.counted} {item.category}, {licence} would need a licence; {refused} would be refused "
        "or banned."
    )


def _ends(item: CategoryCounts, measure: str) -> tuple[int, int]:
    certain, most = (getattr(item, f"{measure}_{end}") for end in ("for_certain", "at_most"))
    return certain, most


def _telling(summary: Summary, ruleset: Ruleset) -> str:
    """The one fact that would tell most, as a sentence."""
    if (fact := summary.tells_most.get(ruleset.id)) is None:
        return ""
    if fact.would_settle:
        says = f"settle {fact.would_settle} whatever it is"
    elif fact.could_settle:
        says = f"settle {fact.could_settle} if it were {short_list(fact.settling, most=MOST_ANSWERS)}"
    else:
        says = f"narrow {fact.could_narrow} with some answer"
    told = f"would tell most: of {summary.unsettled[ruleset.id]} that are open it would {says}"
    return f" If one more fact were published, {fact.fact} {told}."


def _categories(summary: Summary, rulesets: Sequence[Ruleset], by: str) -> Iterator[str | Table]:
    """How many rows of each category come to what, a table for all regimes."""
    groups: dict[str, dict[str, CategoryCounts]] = {}
    for item in summary.measures:
        if item.by == by:
            groups.setdefault(item.category, {})[item.ruleset] = item
    first = rulesets[0].id
    order = groups if by == YEAR else sorted(groups, key=lambda name: -groups[name][first].counted)
    rows = []
    for name in order:
        found = groups[name]
        sums = [str(found[first].counted)] if summary.weight else []
        cells = [_interval(*_ends(found[item.id], key)) for item in rulesets for key in _MEASURES]
        rows.append([name or "(unknown)", str(found[first].rows), *sums, *cells])
    measures = [f"{ruleset.id}: {words}" for ruleset in rulesets for words in _MEASURES.values()]
    header = (by, "rows", *([summary.weight] if summary.weight else []), *measures)
    yield f"By {by}: for certain, and after two dots at most, where that differs."
    yield Table(f"{_subject(summary)} by {by}", header, rows[:MOST_CATEGORIES])
    if len(rows) > MOST_CATEGORIES:
        yield f"({len(rows) - MOST_CATEGORIES} more; --format json lists all.)"


_MEASURES = {"needs_licence": "needs a licence", "refused_or_banned": "refused or banned"}


# facts -----------------------------------------------------------------------------------------------


def _interval(at_least: int, at_most: int) -> str:
    return str(at_least) if at_least == at_most else f"{at_least}..{at_most}"


def _facts(summary: Summary, ruleset: Ruleset) -> Iterator[str | Table]:
    unsettled = summary.unsettled.get(ruleset.id, 0)
    if not unsettled:
        yield f"{ruleset.id}: no row leaves several outcomes open."
        return
    verb = "leaves" if unsettled == 1 and not summary.weight else "leave"
    rows = f"Rows that stand for {unsettled}" if summary.weight else pluralise(unsettled, "row")
    lead = f"{ruleset.id}: {rows} {verb} several outcomes open."
    if (examined := summary.examined[ruleset.id]) < unsettled:
        lead += f" The open facts of {examined} of them were examined."
    facts = [item for item in summary.facts if item.ruleset == ruleset.id]
    if not facts:
        yield lead
        return
    yield (
        f'{lead} The facts that, if collected, would settle most rows. "May" is: with some answer, '
        "likely or not; the last column names those that settle a row."
    )
    yield _table(ruleset, facts)
    if len(facts) > MOST_FACTS:
        yield f"({len(facts) - MOST_FACTS} more; --format json lists all.)"


def _table(ruleset: Ruleset, facts: Sequence[FactCount]) -> Table:
    return Table(
        f"Facts that would settle rows under {ruleset.title}",
        ("fact", "open in", "may narrow", "settles, whatever it is", "may settle", "if it is"),
        [
            (
                item.fact,
                *map(str, (item.unknown, item.could_narrow, item.would_settle, item.could_settle)),
                short_list(item.settling, most=MOST_ANSWERS) if item.settling else "",
            )
            for item in facts[:MOST_FACTS]
        ],
    )


def summary_data(summary: Summary, places: Mapping[str, str]) -> dict[str, Any]:
    """Returns the summary of a screening as data for JSON."""
    data = attrs.asdict(summary)
    days = {name: None if day is None else str(day) for name, day in summary.as_of.items()}
    bad = places["bad"] if summary.bad else None
    most = {name: fact.fact for name, fact in summary.tells_most.items()}
    return {**data, "as_of": days, "tells_most": most, "output": places["written"], "bad_rows": bad}
