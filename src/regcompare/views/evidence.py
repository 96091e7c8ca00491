"""What a result rests on, from published sentence to provision to verdict, in any form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, get_args

from regcompare.comparison.grounds import Ground, Grounds
from regcompare.comparison.headline import Headline, count_in_words, quotable_sentence
from regcompare.program.signatures import Signature, signatures_of
from regcompare.scenario.established import established_facts
from regcompare.words.lexicon import answer_words, lexicon, listing

from .document import Document, Inline, Link, Table
from .prov import provenance
from .records import read_record
from .render import Form, render
from .sentences import CHECKED_WORDS, NOT_ADVICE, evidence_words, result_words, verdict_sentence
from .tables import to_json

EvidenceForm = Literal["text", "markdown", "html", "json", "prov"]
EVIDENCE_FORMS: tuple[EvidenceForm, ...] = get_args(EvidenceForm)

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
    """Returns what a result rests on, with what reviewers signed; ``prov`` is W3C PROV as JSON."""
    if form == "prov":
        return to_json(provenance(found, lang))
    if form == "json":
        return to_json(_data(found, lang, signatures))
    plain: Form = "page" if form == "html" else form
    return render(_document(found, lang, signatures), plain)


def _document(found: Grounds, lang: str, signatures: Sequence[Signature]) -> Document:
    case, now = found.verdict.scenario, found.headline
    what = _What(found, lang)
    rows = [
        (what.of(item), _known(found, item, signatures), _otherwise(found, item))
        for item in found.grounds
    ]
    named = "; ".join(source.title for source in case.sources)
    said = quotable_sentence([now], "documented sale") if now else None
    own = "Only a ground that changes these numbers shows its own."
    return Document(
        f"What it rests on: {case.title or case.id}",
        [
            verdict_sentence(found.verdict),
            Table("What the result rests on", ("what", "how it is known", "if it were not so"), rows),
            f"The facts of the case are from: {named}." if named else None,
            f"{said.sentence} {own}" if said else None,
            _NOTE,
            NOT_ADVICE,
        ],
    )


class _What:
    """Says what each ground is, and what it carries."""

    def __init__(self, found: Grounds, lang: str) -> None:
        verdict = found.verdict
        self.as_of, self.lang = verdict.as_of, lang
        self.facts = lexicon(verdict.ruleset).facts
        stated = established_facts(verdict.scenario, verdict.ruleset.vocabulary).values
        self.answers = {**stated, **verdict._derivation.answers}

    def of(self, item: Ground) -> list[list[Inline] | str]:
        carried = listing(item.provisions, "and") if item.provisions else "the result"
        return [self._named(item), f"{'keeps out' if item.keeps_out else 'carries'} {carried}"]

    def _named(self, item: Ground) -> list[Inline] | str:
        if item.kind == "fact" and item.name in self.facts:
            return f"{item.name}: {answer_words(self.facts[item.name], self.answers.get(item.name))}"
        if item.kind == "fact" or item.cite is None:
            return item.name
        link = Link(str(item.cite), item.cite.url(self.as_of, self.lang))
        named = {"provision": "", "term": f": “{item.name}”", "reading": f", read as {item.name}"}
        return [link, named[item.kind]]


def _known(found: Grounds, item: Ground, signatures: Sequence[Signature]) -> str:
    if item.evidence is None:
        return f"{CHECKED_WORDS[item.mark]}: {_ORIGINS[item.origin]}"
    told = evidence_words(item.evidence.record())
    lines = [f"{told}; {item.source}" if item.source else told]
    return "\n".join([*lines, *_signed(found, item, signatures)])


def _signed(found: Grounds, item: Ground, signatures: Sequence[Signature]) -> list[str]:
    """What reviewers signed of a provision, as sentences."""
    if item.kind != "provision":
        return []
    finding = found.verdict.finding(item.name)
    of = signatures_of(finding.ruleset, finding.rule, signatures)
    return [signature.sentence(finding.rule) for signature in of]


def _otherwise(found: Grounds, item: Ground) -> str:
    now, then = found.verdict, item.counterfactual
    said = "the same"
    if then is not None and (now.result, now.in_scope) != (then.result, then.in_scope):
        said = result_words(then)
    before, after = found.headline, item.recount
    if before is None or after is None or _counts(before) == _counts(after):
        return said
    stopped = count_in_words(after.refused_or_banned)
    return (
        f"{said}\nneeds a licence: {count_in_words(after.needs_licence)}; refused or banned: {stopped}"
    )


# as data ------------------------------------------------------------------------------------------

_MEASURES = ("reached", "needs_nothing", "needs_licence", "refused_or_banned")


def _counts(row: Headline | None) -> dict[str, list[int]] | None:
    return {name: list(getattr(row, name).range) for name in _MEASURES} if row else None


def _data(found: Grounds, lang: str, signatures: Sequence[Signature]) -> dict[str, Any]:
    verdict = found.verdict
    return {
        "scenario": verdict.scenario.id,
        **read_record(verdict.ruleset, verdict.as_of),
        "result": verdict.result,
        "checked": str(verdict.checked) if verdict.checked else None,
        "headline": _counts(found.headline),
        "sources": [
            {"title": item.title, "date": item.date or None, "url": item.address or None}
            for item in verdict.scenario.sources
        ],
        "grounds": [
            {
                "kind": item.kind,
                "name": item.name,
                "carries": list(item.provisions),
                "keeps_out": item.keeps_out,
                "checked": str(item.mark),
                "origin": item.origin or None,
                "evidence": item.evidence.record() if item.evidence else None,
                "cite": str(item.cite) if item.cite else None,
                "url": (item.cite.url(verdict.as_of, lang) or None) if item.cite else None,
                "source": item.source or None,
                "signed": _signed(found, item, signatures),
                "otherwise": item.counterfactual.result if item.counterfactual else None,
                "headline_otherwise": _counts(item.recount),
            }
            for item in found.grounds
        ],
    }
