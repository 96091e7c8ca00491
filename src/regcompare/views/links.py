"""Where the provisions behind verdicts can be read: in the state of the day, in a language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from regcompare.law import Citation
from regcompare.verdict.verdict import Verdict

__all__ = ["texts_cited"]


def texts_cited(verdicts: Iterable[Verdict], lang: str = "en") -> dict[str, str]:
    """Returns each text cited, with the day whose law was applied, and its address."""
    found: dict[str, str] = {}
    for verdict in verdicts:
        for cite in _cited(verdict):
            if url := cite.url(verdict.as_of, lang):
                found.setdefault(
                    url, f"{cite.instrument.name}, as of {verdict.as_of or 'its publication'}"
                )
    return {words: url for url, words in found.items()}


def _cited(verdict: Verdict) -> Iterator[Citation]:
    yield from (finding.rule.cite for finding in verdict.findings if finding.holds is not False)
    yield from (duty.cite for duty, _ in verdict.duties)
