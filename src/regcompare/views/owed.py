"""What the law of the day required in documented sales, what was known by then, and what was done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from regcompare.comparison.measures import pluralise
from regcompare.comparison.owed import DutyRecord, Requirement
from regcompare.ruleset.rules import Outcome
from regcompare.words.lexicon import listing

from .document import Block, Bullets, Document, Inline, Link, Note, Strong, Table
from .render import Form, written
from .sentences import NOT_ADVICE, mark_words, record_lines, source_line

CAVEAT = (
    "What a provision required is what it says of the facts as the sources report them, by this "
    "project's reading. It is not a finding by a court or an authority, nor a statement about the "
    "conduct or the knowledge of a person or a company. An authority may have had other facts before "
    "it. What could be known is judged by the day on which the sources of the case were published, and "
    "by no other."
)

_REQUIRED = {
    Outcome.NOTIFICATION: "the exporter had to notify the authority",
    Outcome.AUTHORISATION: "the exporter had to apply for a licence",
    Outcome.SUSPENSION: "the export had to wait",
    Outcome.REFUSAL: "a licence had to be refused",
    Outcome.PROHIBITION: "the export was banned",
}
"""What each outcome required."""


def owed_text(sales: Sequence[DutyRecord], form: Form = "table", lang: str = "en") -> str:
    """Returns what was owed in a form, with links to the law in a language."""
    data = {"findings": list(owed_sentences(sales)), "caveat": CAVEAT, "sales": sales}
    return written(form, lambda: owed_document(sales, lang), data, lang=lang)


def owed_document(sales: Sequence[DutyRecord], lang: str = "en") -> Document:
    """Returns the finding, the caveat, and each sale with what the law of its day required."""
    required_head, done_head = "what the law of the day required", "what was done, as reported"
    table = Table(
        "What was required, what was known and what was done",
        ("case", required_head, "published by then", done_head),
        [_table_row(sale, lang) for sale in sales],
    )
    return Document("", [*owed_sentences(sales), CAVEAT, table, NOT_ADVICE])


def owed_sentences(sales: Sequence[DutyRecord]) -> Iterator[str]:
    """Yields the number of cases in which a licence or a refusal was required, and what was done."""
    if not sales:
        yield "No case with a recorded decision."
        return
    yield f"{pluralise(len(sales), 'documented case')} with a recorded decision."
    for outcome, what in ((Outcome.AUTHORISATION, "a licence"), (Outcome.REFUSAL, "a refusal or ban")):
        certain, possible = (
            [sale for sale in sales if sale.requires(outcome, certainly=certainly)]
            for certainly in (True, False)
        )
        counts = {
            word: sum(sale.decision == key for sale in possible) for key, word in _DECISIONS.items()
        }
        decisions = listing([f"{number} {word}" for word, number in counts.items() if number], "and")
        extent = f"in {len(certain) or 'none'} of them"
        if len(possible) > len(certain):
            extent += f" for certain and in {len(possible)} at most"
        subject = "that one" if len(possible) == 1 else f"the {len(possible)}"
        breakdown = f" Of {subject}: {decisions}." if decisions else ""
        yield f"The law of the day required {what} {extent}.{breakdown}"


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
"""The recorded decisions, worded for counts."""


# one sale -----------------------------------------------------------------------------------------


def _table_row(sale: DutyRecord, lang: str) -> tuple[Any, ...]:
    case = sale.scenario
    required = [
        block for requirement in sale.requirements for block in _requirement_blocks(requirement, lang)
    ]
    return (
        [Strong(case.title or case.id), Note(f"{case.id}, {case.date or 'day not known'}")],
        required or [_no_requirement(sale, lang)],
        list(_publication_blocks(sale)),
        [*record_lines(case), *(Note(f"Disputed: {dispute.note}") for dispute in case.disputed)],
    )


def _no_requirement(sale: DutyRecord, lang: str) -> tuple[Inline, ...] | str:
    if sale.not_yet:
        titles = listing([ruleset.title for ruleset in sale.not_yet], "and")
        return f"Not known: it was before {titles}, and what applied until then is not encoded."
    if not sale.verdicts:
        return "None of the laws applied covered such a sale on that day."
    texts = (
        Link(f"{verdict.ruleset.title} as of {verdict.as_of}", text.url(verdict.as_of, lang))
        for verdict in sale.verdicts
        for text in verdict.ruleset.instruments[:1]
    )
    laws = [piece for link in texts for piece in (link, "; ")]
    return ("Nothing. Laws applied: ", *laws[:-1], ".")


def _requirement_blocks(requirement: Requirement, lang: str) -> Iterator[Block | tuple[Inline, ...]]:
    """What a provision required, its citation, on whose finding, and what is not known."""
    rule, day = requirement.finding.rule, requirement.verdict.as_of
    duty = _REQUIRED[requirement.outcome]
    finding = f", on the finding of {rule.states}" if rule.states else ""
    yield (
        "" if requirement.is_certain else "Not certain: ",
        Link(str(rule.cite), rule.cite.url(day, lang)),
        f"{mark_words(requirement.finding.checked)}, as of {day}: {duty}{finding}.",
    )
    if not requirement.is_certain:
        yield Bullets(requirement.depends_on)


def _publication_blocks(sale: DutyRecord) -> Iterator[Any]:
    sources = sale.known
    before = Bullets(map(source_line, sources.before))
    yield before or "No source of the case is known to be older."
    others = {"of about then or undated": sources.unclear, "later": sources.after}
    counts = [f"{pluralise(len(group), 'source')} {words}" for words, group in others.items() if group]
    if counts:
        yield Note(f"{listing(counts, 'and')}.")
