"""The evidence for a result: facts with their sources, provisions with their texts, terms and readings.

Each entry has its evidence level.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any, Literal

import attrs

from regcompare.comparison.tidy import Tabular
from regcompare.facts import UNKNOWN
from regcompare.law import Citation, Evidence, EvidenceLevel
from regcompare.logic.conditions import Term
from regcompare.ruleset.rules import Interpretation
from regcompare.scenario.provenance import Source
from regcompare.verdict.readings import report_tests
from regcompare.verdict.verdict import Finding, Verdict
from regcompare.views.document import Document, Inline, Link, Table
from regcompare.views.render import Form, render
from regcompare.views.sentences import CHECKED_WORDS, NOT_ADVICE, evidence_words, verdict_sentence
from regcompare.vocabulary import FACTS_DATE
from regcompare.words.lexicon import answer_words, lexicon, listing
from regcompare.words.reasons import reasons
from regcompare.words.rows import place_words, table_row

Kind = Literal["fact", "provision", "term", "row", "reading"]


@attrs.frozen
class TrailEntry:
    """One thing that a result rests on.

    A fact that is stated is known as well as its sources, which are accounts by others; one that is
    assumed, classified by whoever encoded the case, disputed, or that follows from others counts as
    inferred.

    Attributes:
        kind: A fact, a provision, a term or a row of a table that a provision uses, or the reading of a
            doubtful text.
        name: The fact, or the id or name of anything else.
        provisions: The ids of the provisions that hold because of it; blank for a provision, which
            carries the result itself.
        keeps_out: Whether these provisions fail because of it, so that nothing stricter applies.
        mark: How it is known.
        evidence: The document from which law is known.
        cite: The citation of law.
        source: Where a row of a table is taken from.
        origin: For a fact, ``stated``, ``classified``, ``disputed``, ``inferred`` or the assumption.
        sources: For a stated fact, what it was taken from; for one that reports show, these reports.
        classified: Why a fact was classified so, where no source states it.
        table: For a row, what its table lists.
    """

    kind: Kind
    name: str
    provisions: tuple[str, ...]
    mark: EvidenceLevel
    evidence: Evidence | None = None
    cite: Citation | None = None
    source: str = ""
    origin: str = ""
    sources: tuple[Source, ...] = ()
    classified: str = ""
    keeps_out: bool = False
    table: str = attrs.field(default="", kw_only=True)

    __data__ = (
        "kind", "name", "provisions", "keeps_out", "mark", "origin", "evidence", "cite", "source",
    )  # fmt: skip


@attrs.frozen
class EvidenceTrail(Tabular[TrailEntry]):
    """The evidence trail of a result.

    Attributes:
        verdict: The result.
        entries: What it rests on, the weakest first.
    """

    _ITEMS = "entries"
    verdict: Verdict
    entries: tuple[TrailEntry, ...]

    def text(self, form: Form = "text") -> str:
        """Returns it in a form of text."""
        return render(evidence_document(self), form)

    def __data__(self) -> dict[str, Any]:
        return {
            "verdict": self.verdict,
            "checked": self.verdict.checked,
            "sources": self.verdict.scenario.sources,
            "grounds": self.entries,
        }

    def to_dicts(self) -> list[dict[str, Any]]:
        """Returns one row for each thing that the result rests on and each of its sources."""
        return [
            {
                "scenario": self.verdict.scenario.id, "law": self.verdict.ruleset.id,
                "as_of": self.as_of, "kind": item.kind, "name": item.name, "mark": str(item.mark),
                "origin": item.origin or None, "keeps_out": item.keeps_out,
                "cite": item.cite and str(item.cite),
                "source": source.title if source else item.source or None,
                "address": source.address if source else None,
            }
            for item in self.entries
            for source in item.sources or (None,)
        ]  # fmt: skip

    @property
    def as_of(self) -> dt.date | None:
        """The day whose law was applied."""
        return self.verdict.as_of


def evidence_trail(verdict: Verdict) -> EvidenceTrail:
    """Returns what a result rests on, the weakest first.

    These are the provisions that decide it or its least outcome, what they use, and the facts by which
    they hold; of a weak result, also the facts by which the nearest stricter provisions fail.
    """
    deciding = verdict.deciding or verdict.alternatives
    keeps_out = not deciding
    # By the fact or doubt because of which they hold or fail.
    provisions: dict[str, dict[str, None]] = {}
    words = lexicon(verdict.ruleset)
    for finding in deciding or verdict.near_misses:
        for name in (name for reason in reasons(finding.derivation, words) for name in reason.facts):
            provisions.setdefault(name, {})[finding.rule.id] = None
    every = [
        *(_fact(verdict, name, tuple(ids), keeps_out) for name, ids in provisions.items()),
        *(
            _reading(verdict, doubt, option, tuple(provisions[doubt.asked.name]), keeps_out)
            for doubt, option in verdict.assumed
            if option is not None and doubt.asked.name in provisions
        ),
        *_terms_and_rows(deciding),
        *(
            TrailEntry("provision", item.rule.id, (), item.checked, item.evidence, item.rule.cite)
            for item in deciding
        ),
    ]
    return EvidenceTrail(verdict, tuple(sorted(filter(None, every), key=lambda entry: entry.mark.rank)))


def _fact(
    verdict: Verdict, name: str, provisions: tuple[str, ...], keeps_out: bool
) -> TrailEntry | None:
    """A fact; None where it is unknown, or the day on which tables are read."""
    scenario = verdict.scenario
    assumed = verdict.known
    if assumed.values.get(name, UNKNOWN) is UNKNOWN or name == FACTS_DATE.key:
        return None
    origin = assumed.origins.get(name, "inferred")
    is_stated = origin == "stated"
    basis = scenario.basis(name) if is_stated else None
    if basis and basis.classified:
        origin = "classified"
    if any(item.fact == name for item in scenario.disputed):
        origin = "disputed"
    return TrailEntry(
        "fact",
        name,
        provisions,
        EvidenceLevel.SECONDARY if origin == "stated" else EvidenceLevel.INFERRED,
        origin=origin,
        sources=scenario.sources_of(name) if is_stated else _reports_showing(verdict, name),
        classified=basis.classified if basis else "",
        keeps_out=keeps_out,
    )


def _reports_showing(verdict: Verdict, name: str) -> tuple[Source, ...]:
    """The sources of the earlier reports that show a fact, as the texts are read; else none."""
    scenario = verdict.scenario
    if verdict.known.origins.get(name) != "reports":
        return ()
    near = {
        (fact, level)
        for shown, levels in report_tests(verdict.readings)
        if shown.finding.fact == name
        for fact in shown.of
        for level in levels
    }
    ids = {
        report.source
        for report in scenario.reports
        if report.is_before(scenario.known_day)
        and any((f"reported.{matter}", report.level) in near for matter in report.of)
    }
    return tuple(source for source in scenario.sources if source.id and source.id in ids)


def _reading(
    verdict: Verdict, doubt: Interpretation, option: str, provisions: tuple[str, ...], keeps_out: bool
) -> TrailEntry:
    part = next(part for part in verdict.ruleset.parts() if doubt in part.doubts)
    name, evidence = f"{doubt.id}: {option}", part.evidence(doubt)
    return TrailEntry(
        "reading", name, provisions, evidence.level, evidence, doubt.cite, keeps_out=keeps_out
    )


def _terms_and_rows(deciding: Iterable[Finding]) -> Iterator[TrailEntry]:
    """The terms and rows with marks of their own."""
    findings_by_term: dict[Term, dict[str, Finding]] = {}
    for finding in deciding:
        for term in finding.rests_on():
            findings_by_term.setdefault(term, {})[finding.rule.id] = finding
    for term, findings in findings_by_term.items():
        row, evidence = table_row(term), next(iter(findings.values())).known_by(term)
        if evidence:
            yield TrailEntry(
                "row" if row else "term",
                f"{row.table}, {place_words(row)}" if row else term.name,
                tuple(findings),
                evidence.level,
                evidence,
                None if row else term.cite,  # type: ignore[arg-type]
                source=row.source if row else "",
                table=row.table if row else "",
            )


# as a document -----------------------------------------------------------------------------------

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
