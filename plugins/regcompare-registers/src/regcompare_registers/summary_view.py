"""The summary of a screening, as text and JSON: rows by result as ranges, and what to find out next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs

from regcompare.comparison.measures import pluralise
from regcompare.ruleset.currency import verified_sentence
from regcompare.ruleset.ruleset import Ruleset
from regcompare.views.document import Bullets, Document, Table
from regcompare.views.render import Form, render
from regcompare.views.sentences import NOT_ADVICE, SPAN_ENDS
from regcompare.words.lexicon import short_list
from regcompare_registers.figures import OUT_OF_SCOPE, RESULTS, YEAR, CategoryCounts
from regcompare_registers.summary import DECIDED, FactCount, Summary

MAX_FACTS = 8
"""The most facts listed for each ruleset."""

MAX_CATEGORIES = 20
"""The most categories listed, largest first."""

MAX_ANSWERS = 2
"""The most answers named for each fact; the others are counted."""


def summary_text(
    summary: Summary, rulesets: Sequence[Ruleset], places: Mapping[str, str], form: Form = "text"
) -> str:
    """Returns the summary of a screening in a form; the rulesets are in the order of the columns.

    ``places`` names the table ``written`` and the file of ``bad`` rows.
    """
    figures = [
        _result_table(summary, rulesets),
        *_decision_blocks(summary, rulesets),
        *(block for name in summary.by for block in _category_blocks(summary, rulesets, name)),
        *(block for ruleset in rulesets for block in _fact_blocks(summary, ruleset)),
    ]
    blocks = [
        _summary_sentence(summary, places),
        Bullets([*_column_notes(summary), *_law_notes(summary, rulesets)]),
        *(figures if summary.written else []),
        verified_sentence(rulesets),
        f"{HOW_TO_READ} {NOT_ADVICE}",
    ]
    return render(Document("", blocks), form)


HOW_TO_READ = (
    "A figure such as 12..40 counts the rows that have the result for certain and those whose span "
    f"includes it. A span: {SPAN_ENDS}."
)


def _summary_sentence(summary: Summary, places: Mapping[str, str]) -> str:
    written = f"{pluralise(summary.read, 'row')} read; {summary.written} written to {places['written']}"
    if summary.weight:
        written += f", which represent {summary.counted} by the column {summary.weight!r}"
    if not summary.bad:
        return f"{written}; none was bad."
    return f"{written}; {pluralise(summary.bad, 'bad row')} in {places['bad']}, each with its reason."


def _column_notes(summary: Summary) -> Iterator[str]:
    """The columns that were read as facts, so that nobody assumes that others were."""
    yield f"Read as facts: {', '.join(summary.fact_columns)}"
    for name, publishers in summary.categories.items():
        owners = ", ".join(map(str.strip, publishers.split(",")))
        yield f"{name!r} contains categories of {owners}; facts about the item were read from them."
    if summary.weight:
        yield f"All counts below are sums of {summary.weight!r}, not of rows."
    if summary.carried:
        yield f"Carried through unread: {', '.join(summary.carried)}"
    for name, fact in summary.looks_like_facts.items():
        yield f"{name!r} looks like {fact} and was not read as such; if it is: --column '{name}={fact}'."


def _law_notes(summary: Summary, rulesets: Sequence[Ruleset]) -> Iterator[str]:
    for ruleset in rulesets:
        day = summary.as_of[ruleset.id]
        as_of = "the day of each row's facts" if day == "scenario" else day
        restated = "; ".join(
            f"{answer}, which was read in place of the answer given, in {pluralise(count, 'row')}"
            for answer, count in summary.restated[ruleset.id].items()
        )
        yield f"{ruleset.id}: {ruleset.title}, as of {as_of}.{restated and f' {restated}.'}"


def _result_table(summary: Summary, rulesets: Sequence[Ruleset]) -> Table:
    cells = {
        (count.ruleset, count.result): _range_words(count.at_least, count.at_most)
        for count in summary.results
    }
    occurring = {count.result for count in summary.results}
    in_scope_results = RESULTS[: RESULTS.index(OUT_OF_SCOPE)]
    rows = [
        (
            result if result in in_scope_results else result.replace("_", " "),
            *(cells.get((ruleset.id, result), "0") for ruleset in rulesets),
        )
        for result in RESULTS
        if result in occurring or result in in_scope_results
    ]
    head = ("result", *(ruleset.id for ruleset in rulesets))
    return Table(f"{_subject(summary)} by result", head, rows)


def _subject(summary: Summary) -> str:
    return f"Sums of {summary.weight}" if summary.weight else "Rows"


# by category -----------------------------------------------------------------------------------------


def _decision_blocks(summary: Summary, rulesets: Sequence[Ruleset]) -> Iterator[str | Bullets]:
    """Each regime's results for what was granted, and for what was refused."""
    decisions = [counts for counts in summary.measures if counts.by == DECIDED]
    reported = [counts for counts in decisions if counts.category in ("granted", "refused")]
    if not reported:
        return
    yield f"What was decided ({DECIDED}), and what each regime says of the same exports:"
    lines = []
    for ruleset in rulesets:
        sentences = " ".join(
            _decision_sentence(counts) for counts in reported if counts.ruleset == ruleset.id
        )
        lines.append(f"{ruleset.id}. {sentences}{_best_fact_sentence(summary, ruleset)}")
    yield Bullets(lines)


def _decision_sentence(counts: CategoryCounts) -> str:
    licence, refused = (
        str(at_most) if certain == at_most else f"{certain} for certain and {at_most} at most"
        for certain, at_most in (_range(counts, measure) for measure in _MEASURES)
    )
    return (
        f"Of {counts.counted} {counts.category}, {licence} would need a licence; {refused} would be "
        "refused or banned."
    )


def _range(counts: CategoryCounts, measure: str) -> tuple[int, int]:
    certain, at_most = (getattr(counts, f"{measure}_{end}") for end in ("for_certain", "at_most"))
    return certain, at_most


def _best_fact_sentence(summary: Summary, ruleset: Ruleset) -> str:
    """The fact whose publication would settle most rows, as a sentence."""
    if (fact := summary.tells_most.get(ruleset.id)) is None:
        return ""
    if fact.would_settle:
        effect = f"settle {fact.would_settle} whatever it is"
    elif fact.could_settle:
        effect = f"settle {fact.could_settle} if it were {short_list(fact.settling, most=MAX_ANSWERS)}"
    else:
        effect = f"narrow {fact.could_narrow} with some answer"
    claim = f"would help most: of {summary.unsettled[ruleset.id]} that are open it would {effect}"
    return f" If one more fact were published, {fact.fact} {claim}."


def _category_blocks(summary: Summary, rulesets: Sequence[Ruleset], by: str) -> Iterator[str | Table]:
    """The rows of each category by result, in one table for all regimes."""
    groups: dict[str, dict[str, CategoryCounts]] = {}
    for counts in summary.measures:
        if counts.by == by:
            groups.setdefault(counts.category, {})[counts.ruleset] = counts
    first = rulesets[0].id
    order = groups if by == YEAR else sorted(groups, key=lambda name: -groups[name][first].counted)
    rows = []
    for name in order:
        group = groups[name]
        sums = [str(group[first].counted)] if summary.weight else []
        cells = [_range_words(*_range(group[item.id], key)) for item in rulesets for key in _MEASURES]
        rows.append([name or "(unknown)", str(group[first].rows), *sums, *cells])
    measures = [f"{ruleset.id}: {words}" for ruleset in rulesets for words in _MEASURES.values()]
    header = (by, "rows", *([summary.weight] if summary.weight else []), *measures)
    yield f"By {by}: for certain, and after two dots at most, where that differs."
    yield Table(f"{_subject(summary)} by {by}", header, rows[:MAX_CATEGORIES])
    if len(rows) > MAX_CATEGORIES:
        yield f"({len(rows) - MAX_CATEGORIES} more; --format json lists all.)"


_MEASURES = {"needs_licence": "needs a licence", "refused_or_banned": "refused or banned"}


# facts -----------------------------------------------------------------------------------------------


def _range_words(at_least: int, at_most: int) -> str:
    return str(at_least) if at_least == at_most else f"{at_least}..{at_most}"


def _fact_blocks(summary: Summary, ruleset: Ruleset) -> Iterator[str | Table]:
    unsettled = summary.unsettled.get(ruleset.id, 0)
    if not unsettled:
        yield f"{ruleset.id}: no row leaves several outcomes open."
        return
    verb = "leaves" if unsettled == 1 and not summary.weight else "leave"
    rows = f"Rows that represent {unsettled}" if summary.weight else pluralise(unsettled, "row")
    sentence = f"{ruleset.id}: {rows} {verb} several outcomes open."
    if (examined := summary.examined[ruleset.id]) < unsettled:
        sentence += f" The open facts of {examined} of them were examined."
    facts = [count for count in summary.facts if count.ruleset == ruleset.id]
    if not facts:
        yield sentence
        return
    yield (
        f'{sentence} The facts that, if collected, would settle most rows. "May" is: with some answer, '
        "likely or not; the last column names those that settle a row."
    )
    yield _fact_table(ruleset, facts)
    if len(facts) > MAX_FACTS:
        yield f"({len(facts) - MAX_FACTS} more; --format json lists all.)"


def _fact_table(ruleset: Ruleset, facts: Sequence[FactCount]) -> Table:
    return Table(
        f"Facts that would settle rows under {ruleset.title}",
        ("fact", "open in", "may narrow", "settles, whatever it is", "may settle", "if it is"),
        [
            (
                count.fact,
                *map(str, (count.unknown, count.could_narrow, count.would_settle, count.could_settle)),
                short_list(count.settling, most=MAX_ANSWERS) if count.settling else "",
            )
            for count in facts[:MAX_FACTS]
        ],
    )


def summary_data(summary: Summary, places: Mapping[str, str]) -> dict[str, Any]:
    """Returns the summary of a screening as data for JSON."""
    data = attrs.asdict(summary)
    days = {name: None if day is None else str(day) for name, day in summary.as_of.items()}
    bad_path = places["bad"] if summary.bad else None
    best_facts = {name: fact.fact for name, fact in summary.tells_most.items()}
    return {
        **data,
        "as_of": days,
        "tells_most": best_facts,
        "output": places["written"],
        "bad_rows": bad_path,
    }
