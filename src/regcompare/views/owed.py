"""What the law of the day required in documented sales, what was known by then, and what was done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from regcompare.comparison.measures import pluralise
from regcompare.comparison.owed import DutyRecord, Requirement
from regcompare.ruleset.rules import Outcome
from regcompare.words.catalogues import ENGLISH, Language
from regcompare.words.lexicon import listing

from .document import Block, Bullets, Document, Inline, Link, Note, Paragraph, Strong, Table
from .render import Form, written
from .sentences import IN_ENGLISH, NOT_ADVICE, mark_words, record_lines, source_line

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


def owed_document(
    sales: Sequence[DutyRecord], lang: str = "en", language: Language = ENGLISH
) -> Document:
    """Returns the finding, the caveat, and each sale with what the law of its day required."""
    say, mark = language.say, language.mark
    heads = (
        *(say("case"), say("what the law of the day required"), say("published by then")),
        say("what was done, as reported"),
    )
    rows = [_table_row(sale, lang) for sale in sales]
    caption = say("What was required, what was known and what was done")
    said = [*owed_sentences(sales, language), say(CAVEAT), *([say(IN_ENGLISH)] if mark else [])]
    table = Table(caption, heads, rows, mark)
    notice = Paragraph(say(NOT_ADVICE), lang=mark)
    return Document("", [*(Paragraph(text, lang=mark) for text in said), table, notice])


def owed_sentences(sales: Sequence[DutyRecord], language: Language = ENGLISH) -> Iterator[str]:
    """Yields the number of cases in which a licence or a refusal was required, and what was done."""
    say = language.say
    if not sales:
        yield say("No case with a recorded decision.")
        return
    yield say("Documented cases with a recorded decision: {count}.", count=len(sales))
    for outcome, what in (
        (Outcome.AUTHORISATION, say("a licence")),
        (Outcome.REFUSAL, say("a refusal or ban")),
    ):
        certain, possible = (
            [sale for sale in sales if sale.requires(outcome, certainly=certainly)]
            for certainly in (True, False)
        )
        counts = [
            (sum(sale.decision == key for sale in possible), word) for key, word in DECISIONS.items()
        ]
        decisions = [f"{number} {say(word)}" for number, word in counts if number]
        sentences = [
            say(
                "The law of the day clearly required {what} in {count} of them.",
                what=what,
                count=len(certain),
            )
            if certain
            else say("The law of the day never clearly required {what}.", what=what)
        ]
        if len(possible) > len(certain):
            sentences.append(say("In up to {count} it may have.", count=len(possible)))
        if decisions:
            sentences.append(say("Of those: {decisions}.", decisions=listing(decisions, say("and"))))
        yield " ".join(sentences)


DECISIONS = {
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
