"""The provisions behind verdicts: those that decide or may, their names in cells, their addresses."""

from __future__ import annotations

from collections.abc import Iterable

from regcompare.law import Citation
from regcompare.ruleset.ruleset import citation_format
from regcompare.verdict.verdict import Finding, Verdict

from .document import Bullets, Link


def may_move(verdict: Verdict) -> list[Finding]:
    """Returns the open rules that could make the result stricter."""
    span = verdict.span
    return [finding for finding in verdict.open if finding.rule.then > span.low] if span else []


def provisions_named(verdict: Verdict) -> list[str]:
    """Returns the names in cells of the provisions that decide, then of those that may, with a "?"."""
    named = citation_format(verdict.ruleset)

    def cell_names(findings: Iterable[Finding]) -> list[str]:
        return list(dict.fromkeys(named(finding.rule.cite) for finding in findings))

    alternatives = [" or ".join(cell_names(verdict.between))] if verdict.between else []
    deciding = alternatives or cell_names(verdict.deciding)
    return deciding + [f"{cite}?" for cite in cell_names(may_move(verdict)) if cite not in deciding]


def provisions_cited(verdict: Verdict) -> list[tuple[Citation, str]]:
    """Returns the provisions that decide a result or may, otherwise those that fail on one point.

    Each comes with its status in words.
    """
    statuses = [(finding, "decides") for finding in verdict.deciding]
    statuses += [(finding, "may apply") for finding in (*verdict.between, *may_move(verdict))]
    statuses = statuses or [(finding, "fails on one point") for finding in verdict.closest]
    by_citation: dict[str, tuple[Citation, str]] = {}
    for finding, status in statuses:
        by_citation.setdefault(str(finding.rule.cite), (finding.rule.cite, status))
    return list(by_citation.values())


def texts_cited(verdicts: Iterable[Verdict], lang: str | None) -> Bullets:
    """Returns links to the texts cited, each with the day of the law; none without a language."""
    words_by_url: dict[str, str] = {}
    for verdict in verdicts if lang else ():
        cites = [finding.rule.cite for finding in verdict.findings if finding.holds is not False]
        for cite in (*cites, *(duty.cite for duty, _ in verdict.duties)):
            if url := cite.instrument.url(verdict.as_of, lang or "en"):
                words = f"{cite.instrument.name}, as of {verdict.as_of or 'its publication'}"
                words_by_url.setdefault(url, words)
    by_words = {words: url for url, words in words_by_url.items()}
    return Bullets([Link(words, url) for words, url in by_words.items()], "sources")
