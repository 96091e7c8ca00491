"""What a result rests on: facts with their sources, provisions with their texts, and what else it takes.

Each ground says how well it is known, and what the result and the headline would be if it were not so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, Literal

import attrs

from regcompare.facts import UNKNOWN
from regcompare.law import Checked, Citation, Evidence
from regcompare.logic.conditions import FALSE, Term
from regcompare.ruleset.rules import Rule
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.established import established_facts
from regcompare.scenario.scenario import Scenario, Source, sections_stating
from regcompare.verdict.assess import assess_all, assessed_again
from regcompare.verdict.verdict import Finding, Verdict
from regcompare.vocabulary import FACTS_DATE
from regcompare.words.lexicon import lexicon
from regcompare.words.reasons import reasons
from regcompare.words.rows import table_row

from .headline import Headline, headline

Kind = Literal["fact", "provision", "term", "row", "reading"]


@attrs.frozen(slots=False)
class Ground:
    """One thing that a result rests on.

    A fact that is stated is known as well as its sources, which are accounts by others; one that is
    assumed, that follows from others or that someone disputes counts as inferred.

    Attributes:
        kind: A fact, a provision, a term or a row of a table that a provision uses, or the reading of a
            doubtful text.
        name: The fact, or the id or name of the rest.
        of: The ids of the provisions that hold by it; of a provision itself none, as it carries the
            result.
        keeps_out: Whether these provisions fail by it instead, which is why nothing stricter applies.
        mark: How it is known.
        known: From which document, of law.
        cite: Where it stands, of law.
        source: Where a row of a table is taken from.
        origin: Of a fact: ``stated``, ``disputed``, ``inferred`` or by which assumption.
        sources: Of a stated fact, what was published about the case.
    """

    kind: Kind
    name: str
    of: tuple[str, ...]
    mark: Checked
    known: Evidence | None = None
    cite: Citation | None = None
    source: str = ""
    origin: str = ""
    sources: tuple[Source, ...] = ()
    keeps_out: bool = False
    _verdicts: Callable[[], Sequence[Verdict]] = attrs.field(
        default=tuple, eq=False, repr=False, kw_only=True
    )

    @cached_property
    def _otherwise(self) -> Sequence[Verdict]:
        return self._verdicts()

    @property
    def otherwise(self) -> Verdict | None:
        """The verdict if it were not so: the fact not known, the provision or row not in the text."""
        return self._otherwise[0] if self._otherwise else None

    @cached_property
    def recount(self) -> Headline | None:
        """The headline if it were not so; None where no cases are counted."""
        cases = self._otherwise[1:]
        return headline(cases[0].ruleset, cases) if cases else None


@attrs.frozen(slots=False)
class Grounds:
    """What a result rests on.

    Attributes:
        verdict: The result.
        grounds: What it rests on, the weakest first.
        cases: The verdicts that the headline counts.
    """

    verdict: Verdict
    grounds: tuple[Ground, ...]
    cases: tuple[Verdict, ...]

    @cached_property
    def headline(self) -> Headline | None:
        """The headline as it is; None where no cases are counted."""
        return headline(self.verdict.ruleset, self.cases) if self.cases else None


def grounds(verdict: Verdict, cases: Iterable[Scenario] = ()) -> Grounds:
    """Returns what a result rests on, the weakest first.

    These are the provisions that decide it or its least outcome, what they use, and the facts by which
    they hold; of a weak result, also the facts by which the nearest stricter provisions fail.

    Args:
        verdict: The result.
        cases: The cases that the headline counts.
    """
    told = _Told(verdict, tuple(cases))
    found = [*told.facts(), *told.readings(), *told.used(), *told.provisions()]
    return Grounds(verdict, tuple(sorted(found, key=lambda ground: ground.mark.rank)), told.counted)


@attrs.frozen(slots=False)
class _Told:
    """The grounds of one verdict, kind by kind."""

    verdict: Verdict
    cases: tuple[Scenario, ...]

    @cached_property
    def counted(self) -> tuple[Verdict, ...]:
        return tuple(self._assessed(self.cases, self.verdict.ruleset))

    @property
    def deciding(self) -> tuple[Finding, ...]:
        return self.verdict.deciding or self.verdict.between

    @cached_property
    def names(self) -> dict[str, dict[str, None]]:
        """What was answered by which provisions hold or fail, each with the ids of these."""
        found: dict[str, dict[str, None]] = {}
        words = lexicon(self.verdict.ruleset)
        near = () if self.deciding else self.verdict.closest
        for finding in (*self.deciding, *near):
            for name in (name for reason in reasons(finding.trace, words) for name in reason.facts):
                found.setdefault(name, {})[finding.rule.id] = None
        return found

    def facts(self) -> Iterator[Ground]:
        scenario = self.verdict.scenario
        known = established_facts(scenario, self.verdict.ruleset.vocabulary)
        disputed = {item.fact for item in scenario.disputed}
        for name, of in self.names.items():
            if known.values.get(name, UNKNOWN) is UNKNOWN or name == FACTS_DATE.key:
                continue  # Open, or a day, by which tables are read.
            origin = "disputed" if name in disputed else known.origins.get(name, "inferred")
            yield Ground(
                "fact",
                name,
                tuple(of),
                Checked.SECONDARY if origin == "stated" else Checked.INFERRED,
                origin=origin,
                sources=scenario.sources if origin in ("stated", "disputed") else (),
                keeps_out=not self.deciding,
                verdicts=self._without_fact(name),
            )

    def readings(self) -> Iterator[Ground]:
        for doubt, taken in self.verdict.assumed:
            if taken is not None and doubt.asked.name in self.names:
                source = next(part for part in self.verdict.ruleset.parts() if doubt in part.doubts)
                known = source.evidence(doubt)
                yield Ground(
                    "reading",
                    f"{doubt.id}: {taken}",
                    tuple(self.names[doubt.asked.name]),
                    known.level,
                    known,
                    doubt.cite,
                    keeps_out=not self.deciding,
                    verdicts=self._left_open(doubt.id),
                )

    def used(self) -> Iterator[Ground]:
        """The terms and rows with marks of their own."""
        carried: dict[Term, dict[str, Finding]] = {}
        for finding in self.deciding:
            for term in finding.rests_on():
                if term.checked:
                    carried.setdefault(term, {})[finding.rule.id] = finding
        for term, of in carried.items():
            row, known = table_row(term), term.checked
            assert known is not None
            yield Ground(
                "row" if row else "term",
                f"{row.table}, {row.place}" if row else term.name,
                tuple(of),
                known.level,
                known,
                None if row else term.cite,  # type: ignore[arg-type]
                source=row.source if row else "",
                verdicts=self._lacking(next(iter(of.values())).ruleset, term),
            )

    def provisions(self) -> Iterator[Ground]:
        for finding in self.deciding:
            rule, known = finding.rule, finding.evidence
            gone = self._lacking(finding.ruleset, rule)
            yield Ground("provision", rule.id, (), known.level, known, rule.cite, verdicts=gone)

    # if it were not so ----------------------------------------------------------------------------

    def _assessed(self, cases: Sequence[Scenario], ruleset: Ruleset, **read: str) -> list[Verdict]:
        taken = {doubt.id: reading or "open" for doubt, reading in self.verdict.assumed}
        kept = {doubt.id for part in ruleset.parts() for doubt in part.doubts}
        readings = {name: reading for name, reading in {**taken, **read}.items() if name in kept}
        return assess_all(cases, ruleset, as_of=self.verdict.as_of or "scenario", readings=readings)

    def _without_fact(self, name: str) -> Callable[[], Sequence[Verdict]]:
        case = self.verdict.scenario
        power = name.removeprefix("discretion.")
        if power != name:
            used = {one: answer for one, answer in case.discretion.items() if one != power}
            less = attrs.evolve(case, discretion=used)
        else:
            less = case.with_facts(*sections_stating({name: UNKNOWN}, self.verdict.ruleset.vocabulary))

        def worked_out() -> Sequence[Verdict]:
            again = assessed_again(self.verdict, scenario=less)
            rest = [again if item.scenario.id == case.id else item for item in self.counted]
            return [again, *rest]

        return worked_out

    def _left_open(self, doubt: str) -> Callable[[], Sequence[Verdict]]:
        cases, ruleset = (self.verdict.scenario, *self.cases), self.verdict.ruleset
        return lambda: self._assessed(cases, ruleset, **{doubt: "open"})

    def _lacking(self, part: Ruleset, item: Rule | Term) -> Callable[[], Sequence[Verdict]]:
        """What the results would be if a part of the ruleset did not have a rule, or a row or term."""
        cases, whole = (self.verdict.scenario, *self.cases), self.verdict.ruleset

        def worked_out() -> Sequence[Verdict]:
            # What a reform would lose: the text less one thing is in force as the text is.
            kept: dict[str, Any] = {
                name: getattr(part, name) for name in ("status", "period", "transition")
            }
            if isinstance(item, Rule):
                less = part.without(item, **kept)
            else:
                less = part.replace(item, attrs.evolve(item, condition=FALSE), **kept)
            return self._assessed(cases, _with_part(whole, part, less))

        return worked_out


def _with_part(whole: Ruleset, part: Ruleset, changed: Ruleset) -> Ruleset:
    """Returns a ruleset with another in the place of one of its parts."""
    if whole is part:
        return changed
    held: dict[str, Any] = {
        name: tuple(_with_part(item, part, changed) for item in getattr(whole, name))
        for name in ("base", "beside")
    }
    return attrs.evolve(whole, **held)
