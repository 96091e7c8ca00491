"""The summary of a screening, as text and JSON: rows by class, and what to find out next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from regcompare.comparison.data import to_data
from regcompare.comparison.measures import pluralise
from regcompare.comparison.receipts import version
from regcompare.ruleset.currency import verified_sentence
from regcompare.ruleset.ruleset import Ruleset
from regcompare.views.counts import class_table
from regcompare.views.document import Bullets, Document, Paragraph, Strong, Table
from regcompare.views.render import Form, render
from regcompare.views.sentences import NOT_ADVICE, SPAN_ENDS
from regcompare.words.lexicon import listing, short_list

from .columns import OPTION_SEPARATOR, READ_AS, as_text
from .summary import BadCause, Summary

MAX_FACTS = 8
"""The most facts listed for each ruleset."""

MAX_ANSWERS = 2
"""The most answers named for each fact; the others are counted."""


def summary_text(
    summary: Summary,
    rulesets: Sequence[Ruleset],
    files: Mapping[str, str] | None = None,
    form: Form = "text",
) -> str:
    """Returns the summary of a screening in a form; the rulesets are in the order of the columns.

    ``files`` names the table ``written`` and the file of ``bad`` rows; without it they are in memory.
    """
    found, register = summary.finding(), summary.register
    figures = [
        Paragraph(Strong(found.sentence())) if found else "",
        *_decision_blocks(summary, rulesets),
        class_table(summary.classes, "row" if summary.written == 1 else "rows"),
        *(block for ruleset in rulesets for block in _fact_blocks(summary, ruleset)),
    ]
    again = (
        f"To get this again: {register.python}, with {register.name or 'rows'} of SHA-256 "
        f"{register.sha256}, in regcompare {version()}."
    )
    blocks = [
        *_contradiction_blocks(summary, rulesets),
        _summary_sentence(summary, files),
        *_cause_blocks(summary),
        Bullets(_notes(summary, rulesets)),
        *(figures if summary.written else []),
        again,
        verified_sentence(rulesets),
        f"{HOW_TO_READ} {NOT_ADVICE}",
    ]
    return render(Document("", [block for block in blocks if block]), form)


HOW_TO_READ = (
    "Of two numbers the first counts the rows of which it is certain, the second those of which it is "
    f"possible. A span: {SPAN_ENDS}."
)


def _summary_sentence(summary: Summary, files: Mapping[str, str] | None) -> str:
    files = files or {"written": "table", "bad": "bad", "outside": "outside"}
    bad = f"{pluralise(summary.bad, 'bad row')} in {files['bad']}, each with its reason."
    outside = files.get("outside", files["bad"])
    aside = f"{summary.set_aside} set aside in {outside}; " if summary.set_aside else ""
    return (
        f"{pluralise(summary.read, 'row')} read; {summary.written} written to {files['written']}; "
        f"{aside}{bad if summary.bad else 'none was bad.'}"
    )


MAX_CONTRADICTIONS = 6
"""The most contradictions that are named; the others are counted."""


def _contradiction_blocks(summary: Summary, rulesets: Sequence[Ruleset]) -> Iterator[str | Bullets]:
    """Rows for which the law as encoded requires no licence though the authority decided on one."""
    for ruleset, item in zip(rulesets, summary.decisions, strict=True):
        if not item.contradicts:
            continue
        outcomes = Counter[str]()
        for found in item.contradictions:
            outcomes[found.outcome] += found.rows
        by_outcome = listing([f"{rows} {_WORDS[word]}" for word, rows in outcomes.most_common()], "and")
        shown = item.contradictions[:MAX_CONTRADICTIONS]
        named = [f"{' to '.join(found.of) or 'the rest'} ({found.rows})" for found in shown]
        if more := item.contradicts - sum(found.rows for found in shown):
            named.append(f"{more} others")
        yield (
            f"To look at: in {pluralise(item.contradicts, 'row')} an authority decided on a licence, "
            f"and {ruleset.title} as encoded requires none that day ({by_outcome}): "
            f"{listing(named, 'and')}. Each is an error here, a place read wrongly, a general "
            "authorisation that was not used, or national law."
        )


_WORDS = {
    "no_control": "without any control",
    "general_authorisation": "under a general authorisation",
    "notification": "with a notice only",
}


def _decision_blocks(summary: Summary, rulesets: Sequence[Ruleset]) -> Iterator[str]:
    """Rows that count as needing a licence because an authority decided on one: an assumption."""
    for ruleset, item in zip(rulesets, summary.decisions, strict=True):
        if item.settles:
            yield (
                f"Assumed: in {pluralise(item.settles, 'row')} a licence counts as needed under "
                f"{ruleset.title} because the authority granted, refused or revoked one that day; the "
                f"other facts of the row leave it open. {item.agrees} need one by the act alone. {OFF}"
            )


OFF = "--no-decisions (decisions=False) leaves such rows as the act alone has them."

MAX_READ = 8
"""The most texts of a column that are named with what they were read as."""

MAX_CAUSES, MAX_WORDS = 3, 6
"""The most causes of bad rows, and values of each, that are named; the others are counted."""


def _cause_blocks(summary: Summary) -> Iterator[str | Bullets]:
    """Causes that set rows aside, and that make rows bad: one that all share, or the most frequent."""
    aside = [f"{pluralise(item.rows, 'row')}: {_cause_text(item)}" for item in summary.outside]
    if rest := aside[MAX_CAUSES:]:
        aside[MAX_CAUSES:] = [f"{pluralise(len(rest), 'other reason')} to set rows aside."]
    if aside:
        yield Bullets(aside)
    texts = [(item.rows, _cause_text(item)) for item in summary.causes[:MAX_CAUSES]]
    if len(summary.causes) == 1:
        yield f"All bad rows have one cause: {texts[0][1]}"
    elif texts:
        more = len(summary.causes) - MAX_CAUSES
        others = [f"{pluralise(more, 'other cause')}."] if more > 0 else []
        yield Bullets([*(f"{pluralise(rows, 'row')}: {text}" for rows, text in texts), *others])
    if any("is not an answer" in item.cause for item in summary.causes):
        yield "--map 'COLUMN:WORD=ANSWER' (in Python, values=) reads a word of the register's own."


def _cause_text(cause: BadCause) -> str:
    if not cause.words:
        return cause.cause
    words = short_list([f"{word} ({count})" for word, count in cause.words.items()], most=MAX_WORDS)
    return f"{cause.cause} Found: {words}."


def _notes(summary: Summary, rulesets: Sequence[Ruleset]) -> Iterator[str]:
    """Notes on how the register was read, so that nobody assumes that it was read otherwise."""
    yield from summary.guesses
    if summary.bare:
        yield (
            f"Entries without a sub-paragraph: {short_list(sorted(summary.bare), 'and')}. What all "
            "their members share is settled; which of them it is stays open."
        )
    for name, words in summary.read_as.items():
        read = [f"{word} as {answer}" for word, answer in words.items()]
        shown = short_list(read, last="and", most=MAX_READ)
        yield f"Read in {name}: {shown}; each row says it in {name}{READ_AS}."
    if joined := summary.joined:
        sources = dict.fromkeys(
            f"{report.title} ({report.day}{report.url and f', {report.url}'})"
            for reports in joined.reports.values()
            for report in reports
        )
        yield (
            f"Reports joined by country and kind of user from {joined.source}: "
            f"{pluralise(joined.rows, 'row')} with an earlier report. They are: {'; '.join(sources)}."
        )
    yield f"Read as facts: {', '.join(summary.fact_columns)}"
    if presumed := list(_presumed(summary)):
        yield f"Presumed in rows that do not state them: {'; '.join(presumed)}."
    for name, publishers in summary.categories.items():
        yield f"{name!r} contains categories of {publishers}; facts about the item were read from them."
    if summary.carried:
        yield f"Carried through unread: {', '.join(summary.carried)}"
    for ruleset in rulesets:
        for answer, count in summary.restated[ruleset.id].items():
            rows = pluralise(count, "row")
            yield f"{ruleset.id}: {answer}, which was read in place of the answer given, in {rows}."


def _presumed(summary: Summary) -> Iterator[str]:
    """Presumptions for rows that do not state a fact: answers given for all first, then layers."""
    if summary.presumed:
        yield ", ".join(f"{fact} {_cell(answer)}" for fact, answer in summary.presumed.items())
    if summary.presume:
        yield f"the answers of {listing([_LAYERS[layer] for layer in summary.presume], 'and')}"


def _cell(answer: Any) -> str:
    """An answer as a cell of a column has it."""
    if isinstance(answer, dict) and "known" in answer:
        return as_text([*answer["known"], *(f"?{member}" for member in answer["open"])])
    if isinstance(answer, dict) and "one_of" in answer:
        return OPTION_SEPARATOR.join(answer["one_of"])
    return as_text(answer) if isinstance(answer, list) else str(answer)


_LAYERS = {"ordinary": "an ordinary transaction", "surveillance": "a sale of surveillance technology"}


def _fact_blocks(summary: Summary, ruleset: Ruleset) -> Iterator[str | Table]:
    unsettled = summary.unsettled[ruleset.id]
    if not unsettled:
        yield f"{ruleset.id}: no row leaves several outcomes open."
        return
    verb = "leaves" if unsettled == 1 else "leave"
    sentence = f"{ruleset.id}: {pluralise(unsettled, 'row')} {verb} several outcomes open."
    if (examined := summary.examined[ruleset.id]) < unsettled:
        sentence += f" The open facts of {examined} of them, evenly spread, were examined."
    facts = [count for count in summary.facts if count.ruleset == ruleset.id]
    if facts:
        sentence += (
            ' The facts that, if collected, would settle most rows. "May" is: with some answer, likely '
            "or not; the last column names those that settle a row."
        )
    yield sentence
    if facts:
        rows = [
            (
                count.fact,
                *map(str, (count.unknown, count.could_narrow, count.would_settle, count.could_settle)),
                short_list(count.settling, most=MAX_ANSWERS) if count.settling else "",
            )
            for count in facts[:MAX_FACTS]
        ]
        heads = ("fact", "open in", "may narrow", "settles, whatever it is", "may settle", "if it is")
        yield Table(f"Facts that would settle rows under {ruleset.title}", heads, rows)
    if len(facts) > MAX_FACTS:
        yield f"({len(facts) - MAX_FACTS} more; --format json lists all.)"


def summary_data(summary: Summary, files: Mapping[str, str]) -> dict[str, Any]:
    """Returns the summary of a screening as data for JSON."""
    bad_rows = files["bad"] if summary.bad or summary.outside else None
    return {**to_data(summary), "output": files["written"], "bad_rows": bad_rows}
