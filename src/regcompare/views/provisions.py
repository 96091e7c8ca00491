"""The provisions behind verdicts: which decide or may, how a cell names them, where to read them."""

from __future__ import annotations

from collections.abc import Iterable

from regcompare.law import Citation
from regcompare.ruleset.cites import cell_cites
from regcompare.verdict.verdict import Finding, Verdict

from .document import Bullets, Link


def may_move(verdict: Verdict) -> list[Finding]:
    """Returns the open rules that would make the result stricter."""
    span = verdict.span
    return [item for item in verdict.open if item.rule.then > span.low] if span else []


def provisions_named(verdict: Verdict) -> list[str]:
    """Returns the provisions that decide, as cells name them, then those that may, with a "?"."""

    def named(findings: Iterable[Finding]) -> list[str]:
        return cell_cites(verdict.ruleset, (item.rule.cite for item in findings))

    between = [" or ".join(named(verdict.between))] if verdict.between else []
    decided = between or named(verdict.deciding)
    return decided + [f"{cite}?" for cite in named(may_move(verdict)) if cite not in decided]


def provisions_cited(verdict: Verdict) -> list[tuple[Citation, str]]:
    """Returns the provisions that decide a result or may move it, else those that fail on one point.

    Each comes with which of these it does, in words.
    """
    told = [(item, "decides") for item in verdict.deciding]
    told += [(item, "may apply") for item in (*verdict.between, *may_move(verdict))]
    told = told or [(item, "fails on one point") for item in verdict.closest]
    found: dict[str, tuple[Citation, str]] = {}
    for item, status in told:
        found.setdefault(str(item.rule.cite), (item.rule.cite, status))
    return list(found.values())


def texts_cited(verdicts: Iterable[Verdict], lang: str | None) -> Bullets:
    """Returns the texts cited, each with the day whose law was applied; without a language, none."""
    found: dict[str, str] = {}
    for verdict in verdicts if lang else ():
        cites = [finding.rule.cite for finding in verdict.findings if finding.holds is not False]
        for cite in (*cites, *(duty.cite for duty, _ in verdict.duties)):
            if url := cite.url(verdict.as_of, lang or "en"):
                words = f"{cite.instrument.name}, as of {verdict.as_of or 'its publication'}"
                found.setdefault(url, words)
    by_words = {words: url for url, words in found.items()}
    return Bullets([Link(words, url) for words, url in by_words.items()], "sources")
