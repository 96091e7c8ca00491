"""The grounds of a result, from publication to provision to verdict."""

from __future__ import annotations

from regcompare.comparison.evidence_trail import EvidenceTrail, TrailEntry
from regcompare.scenario.provenance import Source
from regcompare.words.lexicon import answer_words, lexicon, listing

from .document import Document, Inline, Link, Table
from .sentences import CHECKED_WORDS, NOT_ADVICE, evidence_words, verdict_sentence

_ORIGINS = {
    "stated": "stated in the case file, from",
    "classified": "classified by the author of the case file",
    "disputed": "stated in the case file, and disputed",
    "inferred": "follows from other facts",
    "presumed": "assumed in the case file",
    "reports": "assumed, as earlier reports show it",
    "ordinary": "assumed as ordinary",
    "surveillance": "assumed of surveillance technology",
}

_NOTE = (
    "Weakest first. A fact from published accounts is known as they are; one that is assumed, "
    "classified, disputed or follows from others counts as inferred."
)


def evidence_document(trail: EvidenceTrail, lang: str = "en") -> Document:
    """Returns what a result rests on, with links to the law in a language."""
    verdict, case = trail.verdict, trail.verdict.scenario
    facts = lexicon(verdict.ruleset).facts
    stated = verdict.known.values
    answers = {**stated, **verdict.answers}

    def named(entry: TrailEntry) -> list[Inline] | str:
        if entry.kind == "fact" and entry.name in facts:
            return f"{entry.name}: {answer_words(facts[entry.name], answers.get(entry.name))}"
        if entry.kind == "fact" or entry.cite is None:
            return entry.name
        link = Link(str(entry.cite), entry.cite.url(verdict.as_of, lang))
        suffixes = {"provision": "", "term": f": “{entry.name}”", "reading": f", read as {entry.name}"}
        return [link, suffixes[entry.kind]]

    def effect(entry: TrailEntry) -> str:
        verb = "keeps out" if entry.keeps_out else "carries"
        return f"{verb} {listing(entry.provisions, 'and') if entry.provisions else 'the result'}"

    rows = [([named(item), effect(item)], _source_cell(item)) for item in trail.entries]
    return Document(
        f"What it rests on: {case.title or case.id}",
        [
            verdict_sentence(verdict),
            Table("What the result rests on", ("what", "how it is known"), rows),
            _NOTE,
            NOT_ADVICE,
        ],
    )


def _source_cell(entry: TrailEntry) -> list[list[Inline] | str] | str:
    if entry.evidence is None:
        origin = f"{CHECKED_WORDS[entry.mark]}: {_ORIGINS[entry.origin]}"
        reason = [entry.classified] if entry.classified else []
        return [origin, *reason, *map(_published, entry.sources)]
    evidence = evidence_words(entry.evidence)
    return f"{evidence}; {entry.source}" if entry.source else evidence


def _published(source: Source) -> list[Inline] | str:
    """A source with its address, and whether it was opened."""
    title = ", ".join(part for part in (source.title, source.date) if part)
    opened = f" (opened {source.opened})" if source.opened else ""
    known = " (known by an account)" if source.known else opened
    if not source.address:
        return f"{title} (no address found on {source.looked_for})" if source.looked_for else title
    return [Link(title, source.address), known]
