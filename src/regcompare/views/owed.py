"""What the law of the day required in documented sales, what was known by then, and what was done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from regcompare.comparison.measures import pluralise
from regcompare.comparison.owed import DutyRecord, Requirement
from regcompare.ruleset.rules import Outcome
from regcompare.words.lexicon import listing

from .account import account
from .document import Block, Bullets, Document, Inline, Link, Note, Strong, Table
from .records import day_record, rule_record, source_record
from .render import Form, render
from .report.case import case_name, record_lines, source_line
from .sentences import NOT_ADVICE, mark_words
from .tables import to_json

CAVEAT = (
    "What a provision required is what it says of the facts as the sources report them, by this "
    "project's reading. It is no finding by a court or an authority, and no statement about the conduct "
    "or the knowledge of a person or a company. An authority may have had other facts before it. What "
    "could be known is judged by the day on which the sources of the case were published, and by no "
    "other."
)

_REQUIRED = {
    Outcome.NOTIFICATION: ("the exporter had to notify the authority", "the exporter"),
    Outcome.AUTHORISATION: ("the exporter had to apply for a licence", "the exporter"),
    Outcome.SUSPENSION: ("the export had to wait", "the exporter and the authority"),
    Outcome.REFUSAL: ("a licence had to be refused", "the authority"),
    Outcome.PROHIBITION: ("the export was banned", "the exporter"),
}
"""What a provision required, and of whom where it names nobody."""


def owed_text(found: Sequence[DutyRecord], form: Form = "table", lang: str = "en") -> str:
    """Returns what was owed in one of the forms, links in a language."""
    if form == "json":
        return to_json(_data(found, lang))
    return render(owed_document(found, lang), form)


def owed_document(found: Sequence[DutyRecord], lang: str = "en") -> Document:
    """Returns the finding, the caveat, and the sales, each with what the law of its day required."""
    required, done = "what the law of the day required", "what was done, as reported"
    table = Table(
        "What was required, what was known and what was done",
        ("sale", required, "published by then", done),
        [_line(item, lang) for item in found],
    )
    return Document("", [*owed_sentences(found), CAVEAT, table, NOT_ADVICE])


def owed_sentences(found: Sequence[DutyRecord]) -> Iterator[str]:
    """Yields in how many sales a licence or a refusal was required, and what was done there."""
    if not found:
        yield "No sale with a recorded decision."
        return
    yield f"{pluralise(len(found), 'documented sale')} with a recorded decision."
    for outcome, what in ((Outcome.AUTHORISATION, "a licence"), (Outcome.REFUSAL, "a refusal or ban")):
        certain, most = (
            [item for item in found if item.requires(outcome, certainly=sure)] for sure in (True, False)
        )
        counts = {word: sum(item.decision == key for item in most) for key, word in _DECISIONS.items()}
        done = listing([f"{number} {word}" for word, number in counts.items() if number], "and")
        many = f"in {len(certain) or 'none'} of them"
        if len(most) > len(certain):
            many += f" for certain and in {len(most)} at most"
        them = "that one" if len(most) == 1 else f"the {len(most)}"
        tail = f" Of {them}: {done}." if done else ""
        yield f"The law of the day required {what} {many}.{tail}"


_DECISIONS = {
    "none_needed": "sold without a licence",
    "not_applied": "sold without an application",
    "applied": "applied for",
    "granted": "granted",
    "refused": "refused",
    "suspended": "suspended",
    "withdrawn": "withdrawn",
    "revoked": "granted and later revoked",
}
"""What was done, as counts say it."""


# one sale -----------------------------------------------------------------------------------------


def _line(item: DutyRecord, lang: str) -> tuple[Any, ...]:
    case = item.scenario
    required = [block for one in item.requirements for block in _requirement(one, lang)]
    return (
        [Strong(case_name(case)), Note(f"{case.id}, {case.date or 'day not known'}")],
        required or [_nothing(item, lang)],
        list(_published(item)),
        [*record_lines(case), *(Note(f"Disputed: {entry.note}") for entry in case.disputed)],
    )


def _nothing(item: DutyRecord, lang: str) -> tuple[Inline, ...] | str:
    if not item.verdicts:
        return "None of the laws asked covered such a sale that day."
    texts = (
        Link(f"{one.ruleset.title} as of {one.as_of}", text.url(one.as_of, lang))
        for one in item.verdicts
        for text in one.ruleset.instruments[:1]
    )
    laws = [piece for link in texts for piece in (link, "; ")]
    return ("Nothing. Asked: ", *laws[:-1], ".")


def _requirement(item: Requirement, lang: str) -> Iterator[Block | tuple[Inline, ...]]:
    """What a provision required, at which place, on whose finding, and what is open."""
    rule, day = item.finding.rule, item.verdict.as_of
    what, _ = _REQUIRED[item.outcome]
    found = f", on the finding of {rule.states}" if rule.states else ""
    yield (
        "" if item.is_certain else "Not certain: ",
        Link(str(rule.cite), rule.cite.url(day, lang)),
        f"{mark_words(item.finding.checked)}, as of {day}: {what}{found}.",
    )
    if not item.is_certain:
        yield Bullets(_open(item))


def _open(item: Requirement) -> list[str]:
    """What is not known and decides."""
    told = account(item.verdict)["rules"]
    rule = next(one for one in told if one["id"] == item.finding.rule.id)
    return [reason["text"] for reason in rule["reasons"]]


def _published(item: DutyRecord) -> Iterator[Any]:
    known = item.known
    before = Bullets(map(source_line, known.before))
    yield before or "No source of the case is known to be older."
    others = {"of about then or undated": known.unclear, "later": known.after}
    rest = [f"{pluralise(len(some), 'source')} {words}" for words, some in others.items() if some]
    if rest:
        yield Note(f"{listing(rest, 'and')}.")


# as data ------------------------------------------------------------------------------------------


def _data(found: Sequence[DutyRecord], lang: str) -> dict[str, Any]:
    return {
        "findings": list(owed_sentences(found)),
        "caveat": CAVEAT,
        "sales": [_record(item, lang) for item in found],
    }


def _record(item: DutyRecord, lang: str) -> dict[str, Any]:
    case = item.scenario
    return {
        "scenario": case.id,
        "title": case.title,
        "date": day_record(case.date),
        "laws": [one.ruleset.id for one in item.verdicts],
        "required": [_required(one, lang) for one in item.requirements],
        "decision": item.decision,
        "done": list(record_lines(case)),
        "disputed": [{"fact": one.fact, "note": one.note} for one in case.disputed],
        "published_before": list(map(source_record, item.known.before)),
        "published_about_then": list(map(source_record, item.known.unclear)),
        "published_after": list(map(source_record, item.known.after)),
    }


def _required(item: Requirement, lang: str) -> dict[str, Any]:
    rule = item.finding.rule
    return {
        "ruleset": item.finding.ruleset.id,
        "as_of": str(item.verdict.as_of),
        **rule_record(rule, item.verdict.as_of, lang),
        "outcome": item.outcome.word,
        "by": rule.review[0].found_by if rule.review else _REQUIRED[item.outcome][1],
        "finding": rule.states or None,
        "certain": item.is_certain,
        "depends_on": [] if item.is_certain else _open(item),
        "checked": str(item.finding.checked),
    }
