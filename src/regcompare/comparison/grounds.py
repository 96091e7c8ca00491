"""What a result rests on: facts with their sources, provisions with their texts, terms and readings.

Each ground says how well it is known.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cached_property
from typing import Literal

import attrs

from regcompare.facts import UNKNOWN
from regcompare.law import Checked, Citation, Evidence
from regcompare.logic.conditions import Term
from regcompare.scenario.established import established_facts
from regcompare.scenario.provenance import Source
from regcompare.verdict.verdict import Finding, Verdict
from regcompare.vocabulary import FACTS_DATE
from regcompare.words.lexicon import lexicon
from regcompare.words.reasons import reasons
from regcompare.words.rows import table_row

Kind = Literal["fact", "provision", "term", "row", "reading"]


@attrs.frozen
class Ground:
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
        sources: For a stated fact, what it was taken from.
        classified: Why a fact was classified so, where no source states it.
    """

    __data__ = (
        "kind", "name", "provisions", "keeps_out", "mark", "origin", "evidence", "cite", "source",
    )  # fmt: skip

    kind: Kind
    name: str
    provisions: tuple[str, ...]
    mark: Checked
    evidence: Evidence | None = None
    cite: Citation | None = None
    source: str = ""
    origin: str = ""
    sources: tuple[Source, ...] = ()
    classified: str = ""
    keeps_out: bool = False


@attrs.frozen
class Grounds:
    """What a result rests on.

    Attributes:
        verdict: The result.
        grounds: What it rests on, the weakest first.
    """

    __data__ = ("verdict", "checked=verdict.checked", "sources=verdict.scenario.sources", "grounds")

    verdict: Verdict
    grounds: tuple[Ground, ...]

    @property
    def as_of(self) -> dt.date | None:
        """The day whose law was applied."""
        return self.verdict.as_of


def grounds(verdict: Verdict) -> Grounds:
    """Returns what a result rests on, the weakest first.

    These are the provisions that decide it or its least outcome, what they use, and the facts by which
    they hold; of a weak result, also the facts by which the nearest stricter provisions fail.
    """
    finder = _GroundFinder(verdict)
    every = [*finder.facts(), *finder.readings(), *finder.terms_and_rows(), *finder.provisions()]
    return Grounds(verdict, tuple(sorted(every, key=lambda ground: ground.mark.rank)))


@attrs.frozen(slots=False)
class _GroundFinder:
    """Finds the grounds of one verdict, kind by kind."""

    verdict: Verdict

    @property
    def deciding(self) -> tuple[Finding, ...]:
        return self.verdict.deciding or self.verdict.between

    @cached_property
    def provisions_by_answer(self) -> dict[str, dict[str, None]]:
        """The ids of the provisions that hold or fail because of each answer, by fact or doubt."""
        provisions: dict[str, dict[str, None]] = {}
        words = lexicon(self.verdict.ruleset)
        closest = () if self.deciding else self.verdict.closest
        for finding in (*self.deciding, *closest):
            for name in (name for reason in reasons(finding.trace, words) for name in reason.facts):
                provisions.setdefault(name, {})[finding.rule.id] = None
        return provisions

    def facts(self) -> Iterator[Ground]:
        scenario = self.verdict.scenario
        established = established_facts(scenario, self.verdict.ruleset.vocabulary)
        disputed = {item.fact for item in scenario.disputed}
        for name, provisions in self.provisions_by_answer.items():
            if established.values.get(name, UNKNOWN) is UNKNOWN or name == FACTS_DATE.key:
                continue  # Unknown, or the day on which tables are read.
            origin = established.origins.get(name, "inferred")
            is_stated = origin == "stated"
            basis = scenario.basis(name) if is_stated else None
            if basis and basis.classified:
                origin = "classified"
            if name in disputed:
                origin = "disputed"
            yield Ground(
                "fact",
                name,
                tuple(provisions),
                Checked.SECONDARY if origin == "stated" else Checked.INFERRED,
                origin=origin,
                sources=scenario.sources_of(name) if is_stated else (),
                classified=basis.classified if basis else "",
                keeps_out=not self.deciding,
            )

    def readings(self) -> Iterator[Ground]:
        for doubt, option in self.verdict.assumed:
            if option is not None and doubt.asked.name in self.provisions_by_answer:
                part = next(part for part in self.verdict.ruleset.parts() if doubt in part.doubts)
                evidence = part.evidence(doubt)
                yield Ground(
                    "reading",
                    f"{doubt.id}: {option}",
                    tuple(self.provisions_by_answer[doubt.asked.name]),
                    evidence.level,
                    evidence,
                    doubt.cite,
                    keeps_out=not self.deciding,
                )

    def terms_and_rows(self) -> Iterator[Ground]:
        """The terms and rows with marks of their own."""
        findings_by_term: dict[Term, dict[str, Finding]] = {}
        for finding in self.deciding:
            for term in finding.rests_on():
                findings_by_term.setdefault(term, {})[finding.rule.id] = finding
        for term, findings in findings_by_term.items():
            row, evidence = table_row(term), next(iter(findings.values())).known_by(term)
            if evidence is None:
                continue
            yield Ground(
                "row" if row else "term",
                f"{row.table}, {row.place}" if row else term.name,
                tuple(findings),
                evidence.level,
                evidence,
                None if row else term.cite,  # type: ignore[arg-type]
                source=row.source if row else "",
            )

    def provisions(self) -> Iterator[Ground]:
        for finding in self.deciding:
            rule, evidence = finding.rule, finding.evidence
            yield Ground("provision", rule.id, (), evidence.level, evidence, rule.cite)
