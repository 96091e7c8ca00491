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
from regcompare_registers.summary import OUT_OF_SCOPE, RESULTS, FactCount, Summary

MAX_FACTS = 8
"""The most facts listed for each ruleset."""

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
    if not summary.bad:
        return f"{written}; none was bad."
    return f"{written}; {pluralise(summary.bad, 'bad row')} in {places['bad']}, each with its reason."


def _column_notes(summary: Summary) -> Iterator[str]:
    """The columns that were read as facts, so that nobody assumes that others were."""
    yield f"Read as facts: {', '.join(summary.fact_columns)}"
    for name, publishers in summary.categories.items():
        owners = ", ".join(map(str.strip, publishers.split(",")))
        yield f"{name!r} contains categories of {owners}; facts about the item were read from them."
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
    return Table("Rows by result", head, rows)


# facts -----------------------------------------------------------------------------------------------


def _range_words(at_least: int, at_most: int) -> str:
    return str(at_least) if at_least == at_most else f"{at_least}..{at_most}"


def _fact_blocks(summary: Summary, ruleset: Ruleset) -> Iterator[str | Table]:
    unsettled = summary.unsettled.get(ruleset.id, 0)
    if not unsettled:
        yield f"{ruleset.id}: no row leaves several outcomes open."
        return
    verb = "leaves" if unsettled == 1 else "leave"
    sentence = f"{ruleset.id}: {pluralise(unsettled, 'row')} {verb} several outcomes open."
    if (examined := summary.examined[ruleset.id]) < unsettled:
        sentence += f" The open facts of {examined} of them, evenly spread, were examined."
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
