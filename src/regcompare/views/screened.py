"""The end of a screening, as text and JSON: rows by result as intervals, what to find out next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs

from regcompare.bulk import FactCount, Summary
from regcompare.bulk.figures import OUT_OF_SCOPE, RESULTS
from regcompare.ruleset.currency import verified_sentence
from regcompare.ruleset.ruleset import Ruleset
from regcompare.words.lexicon import shortened

from .sentences import SPAN_ENDS
from .tables import NOT_ADVICE, plain_table

__all__ = ["summary_data", "summary_text"]

MOST_FACTS = 8
"""So many facts are listed for each ruleset."""

MOST_ANSWERS = 2
"""So many answers are named for each fact, and more are counted."""


def summary_text(summary: Summary, rulesets: Sequence[Ruleset], places: Mapping[str, str]) -> str:
    """Returns the summary of a screening as text.

    Args:
        summary: What the screening came to.
        rulesets: The rulesets, in the order of the columns.
        places: The names of the table ``written`` and of the file of ``bad`` rows.
    """
    parts = [_finding(summary, places), _columns(summary), _law(summary, rulesets)]
    parts += [_results(summary, rulesets)] if summary.written else []
    parts += [_facts(summary, ruleset) for ruleset in rulesets if summary.written]
    parts += filter(None, [verified_sentence(rulesets)])
    return "\n\n".join((*parts, f"{HOW_TO_READ} {NOT_ADVICE}"))


HOW_TO_READ = (
    "A figure such as 12..40 counts the rows that have the result for certain and those whose span "
    f"includes it. A span: {SPAN_ENDS}."
)


def _finding(summary: Summary, places: Mapping[str, str]) -> str:
    written = f"{_rows(summary.read)} read; {summary.written} written to {places['written']}"
    if not summary.bad:
        return f"{written}; none was bad."
    verbs = "was bad and stands" if summary.bad == 1 else "were bad and stand, each with its reason,"
    return f"{written}; {summary.bad} {verbs} in {places['bad']}."


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count} rows"


def _columns(summary: Summary) -> str:
    """Which columns were read as facts, so that nobody takes one for read that was not."""
    lines = [f"Read as facts: {', '.join(summary.fact_columns)}"]
    if summary.carried:
        lines.append(f"Carried through unread: {', '.join(summary.carried)}")
    lines += [
        f"{name!r} looks like {fact} and was not read as such; if it is: --column '{name}={fact}'."
        for name, fact in summary.looks_like_facts.items()
    ]
    return "\n".join(lines)


def _law(summary: Summary, rulesets: Sequence[Ruleset]) -> str:
    return "\n".join(
        f"{ruleset.id}: {ruleset.title}, as of {_day(summary.as_of[ruleset.id])}."
        for ruleset in rulesets
    )


def _day(day: Any) -> str:
    return "the day of each row's facts" if day == "scenario" else str(day)


def _results(summary: Summary, rulesets: Sequence[Ruleset]) -> str:
    cells = {
        (item.ruleset, item.result): _interval(item.at_least, item.at_most) for item in summary.results
    }
    held = {item.result for item in summary.results}
    rows = [
        (_words(word), *(cells.get((ruleset.id, word), "0") for ruleset in rulesets))
        for word in RESULTS
        if word in held or word in _OUTCOMES
    ]
    return plain_table(("result", *(ruleset.id for ruleset in rulesets)), rows)


_OUTCOMES = RESULTS[: RESULTS.index(OUT_OF_SCOPE)]


def _words(result: str) -> str:
    return result if result in _OUTCOMES else result.replace("_", " ")


def _interval(at_least: int, at_most: int) -> str:
    return str(at_least) if at_least == at_most else f"{at_least}..{at_most}"


def _facts(summary: Summary, ruleset: Ruleset) -> str:
    unsettled = summary.unsettled.get(ruleset.id, 0)
    if not unsettled:
        return f"{ruleset.id}: no row leaves several outcomes open."
    facts = [item for item in summary.facts if item.ruleset == ruleset.id]
    return "\n".join([*_lead(summary, ruleset, unsettled), *_table(facts)])


def _lead(summary: Summary, ruleset: Ruleset, unsettled: int) -> Iterator[str]:
    examined = summary.examined[ruleset.id]
    verb = "leaves" if unsettled == 1 else "leave"
    yield f"{ruleset.id}: {_rows(unsettled)} {verb} several outcomes open."
    if examined < unsettled:
        yield f"The open facts of {examined} of them were examined."


def _table(facts: Sequence[FactCount]) -> Iterator[str]:
    if not facts:
        return
    rows = [
        (
            item.fact,
            *map(str, (item.unknown, item.could_narrow, item.would_settle, item.could_settle)),
            shortened(item.settling, most=MOST_ANSWERS) if item.settling else "",
        )
        for item in facts[:MOST_FACTS]
    ]
    yield (
        'The facts that, if collected, would settle most rows. "May" is: with some answer, likely or '
        "not; the last column names those that settle a row."
    )
    yield plain_table(
        ("fact", "open in", "may narrow", "settles, whatever it is", "may settle", "if it is"), rows
    )
    if len(facts) > MOST_FACTS:
        yield f"({len(facts) - MOST_FACTS} more; --format json lists all.)"


def summary_data(summary: Summary, places: Mapping[str, str]) -> dict[str, Any]:
    """Returns the summary of a screening as data for JSON."""
    data = attrs.asdict(summary)
    days = {name: None if day is None else str(day) for name, day in summary.as_of.items()}
    bad = places["bad"] if summary.bad else None
    return {**data, "as_of": days, "output": places["written"], "bad_rows": bad}
