"""What a result rests on, from published sentence to provision to verdict, in any form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal

from regcompare.comparison.grounds import Ground, Grounds
from regcompare.comparison.headline import Headline, quotable, spoken
from regcompare.program.signatures import Signature, signatures_of
from regcompare.scenario.scenario import established
from regcompare.verdict.verdict import Verdict
from regcompare.words.lexicon import answer_words, lexicon, listing

from .document import Document, Inline, Link, Table
from .prov import provenance
from .render import Form, render
from .sentences import CHECKED_WORDS, NOT_ADVICE, evidence_words, result_words, verdict_sentence
from .tables import to_json

__all__ = ["EVIDENCE_FORMS", "EvidenceForm", "evidence_text"]

EvidenceForm = Literal["text", "markdown", "html", "json", "prov"]
EVIDENCE_FORMS: tuple[EvidenceForm, ...] = ("text", "markdown", "html", "json", "prov")

_ORIGINS = {
    "stated": "stated in the case file, from its sources",
    "disputed": "stated in the case file, and disputed",
    "inferred": "follows from other facts",
    "presumed": "assumed in the case file",
    "ordinary": "assumed as ordinary",
    "surveillance": "assumed of surveillance technology",
}

_NOTE = (
    "Weakest first. A fact from published accounts is known as they are; one that is assumed, follows "
    "from others or is disputed counts as inferred. “If it were not so” means: the fact not known, the "
    "doubtful text open, or the provision, term or row not in the law."
)


def evidence_text(
    found: Grounds,
    form: EvidenceForm = "text",
    lang: str = "en",
    signatures: Sequence[Signature] = (),
) -> str:
    """Returns what a result rests on in one of the forms.

    Args:
        found: The grounds of the result.
        form: The form; ``prov`` is W3C PROV as JSON.
        lang: The language in which links lead to the law.
        signatures: What reviewers signed.
    """
    if form == "prov":
        return to_json(provenance(found, lang))
    if form == "json":
        return to_json(_data(found, lang, signatures))
    plain: Form = "page" if form == "html" else form
    return render(_document(found, lang, signatures), plain)


def _document(found: Grounds, lang: str, signatures: Sequence[Signature]) -> Document:
    verdict = found.verdict
    told = _Told(found, lang, signatures)
    return Document(
        f"What it rests on: {verdict.scenario.title or verdict.scenario.id}",
        [
            verdict_sentence(verdict),
            Table(
                "What the result rests on",
                ("what", "how it is known", "if it were not so"),
                [(told.what(item), told.known(item), told.otherwise(item)) for item in found.grounds],
            ),
            told.sources(),
            told.counted(),
            _NOTE,
            NOT_ADVICE,
        ],
    )


class _Told:
    """The cells of the table."""

    def __init__(self, found: Grounds, lang: str, signatures: Sequence[Signature]) -> None:
        self.found, self.lang, self.signatures = found, lang, signatures
        verdict = found.verdict
        self.words = lexicon(verdict.ruleset)
        self.answers = {
            **established(verdict.scenario, verdict.ruleset.vocabulary).values,
            **verdict._worked.answers,
        }

    def what(self, item: Ground) -> list[list[Inline] | str]:
        verb = "keeps out" if item.keeps_out else "carries"
        carries = f"{verb} {listing(item.of, 'and') if item.of else 'the result'}"
        if item.kind == "fact":
            return [self._fact(item.name), carries]
        if item.cite is None:
            return [item.name, carries]
        link = Link(str(item.cite), item.cite.url(self.found.verdict.as_of, self.lang))
        named = {"provision": "", "term": f": “{item.name}”", "reading": f", read as {item.name}"}
        return [[link, named[item.kind]], carries]

    def _fact(self, name: str) -> str:
        fact = self.words.facts.get(name)
        if fact is None:
            return name
        return f"{name}: {answer_words(fact, self.answers.get(name))}"

    def known(self, item: Ground) -> str:
        if item.known is None:
            return f"{CHECKED_WORDS[item.mark]}: {_ORIGINS[item.origin]}"
        told = evidence_words(item.known.record())
        lines = [f"{told}; {item.source}" if item.source else told]
        return "\n".join([*lines, *_signed(self.found, item, self.signatures)])

    def otherwise(self, item: Ground) -> str:
        now, then = self.found.verdict, item.otherwise
        said = "the same" if then is None or _alike(now, then) else result_words(then)
        before, after = self.found.headline, item.recount
        if before is None or after is None or _counts(before) == _counts(after):
            return said
        stopped = spoken(after.refused_or_banned)
        return f"{said}\nneeds a licence: {spoken(after.needs_licence)}; refused or banned: {stopped}"

    def sources(self) -> str | None:
        named = [source.title for source in self.found.verdict.scenario.sources]
        return f"The facts of the case are from: {'; '.join(named)}." if named else None

    def counted(self) -> str | None:
        now = self.found.headline
        said = quotable([now], "documented sale") if now else None
        return (
            f"{said.sentence} Only a ground that changes these numbers shows its own." if said else None
        )


def _signed(found: Grounds, item: Ground, signatures: Sequence[Signature]) -> list[str]:
    """What reviewers signed of a provision, as sentences."""
    if item.kind != "provision":
        return []
    finding = found.verdict.finding(item.name)
    of = signatures_of(finding.ruleset, finding.rule, signatures)
    return [signature.said_of(finding.rule) for signature in of]


def _alike(one: Verdict, two: Verdict) -> bool:
    return (one.result, one.in_scope) == (two.result, two.in_scope)


def _counts(row: Headline) -> list[tuple[int, int]]:
    return [count.range for count in row.counts()]


# as data ------------------------------------------------------------------------------------------


def _data(found: Grounds, lang: str, signatures: Sequence[Signature]) -> dict[str, Any]:
    verdict = found.verdict
    return {
        "scenario": verdict.scenario.id,
        "ruleset": verdict.ruleset.id,
        "as_of": str(verdict.as_of) if verdict.as_of else None,
        "result": verdict.result,
        "checked": str(verdict.checked) if verdict.checked else None,
        "headline": _headline(found.headline),
        "sources": [
            {"title": item.title, "date": item.date or None, "url": item.address or None}
            for item in verdict.scenario.sources
        ],
        "grounds": list(_records(found, lang, signatures)),
    }


def _records(found: Grounds, lang: str, signatures: Sequence[Signature]) -> Iterator[dict[str, Any]]:
    for item in found.grounds:
        then = item.otherwise
        yield {
            "kind": item.kind,
            "name": item.name,
            "carries": list(item.of),
            "keeps_out": item.keeps_out,
            "checked": str(item.mark),
            "origin": item.origin or None,
            "evidence": item.known.record() if item.known else None,
            "cite": str(item.cite) if item.cite else None,
            "url": (item.cite.url(found.verdict.as_of, lang) or None) if item.cite else None,
            "source": item.source or None,
            "signed": _signed(found, item, signatures),
            "otherwise": then.result if then else None,
            "headline_otherwise": _headline(item.recount),
        }


def _headline(row: Headline | None) -> dict[str, list[int]] | None:
    if row is None:
        return None
    names = ("reached", "needs_nothing", "needs_licence", "refused_or_banned")
    return {name: list(getattr(row, name).range) for name in names}
