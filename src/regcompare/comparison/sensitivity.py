"""What results depend on, as data: decisive assumptions, law that also applies, law changed since.

Views read it and never assess.  Each part is computed once, when it is first asked for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import cached_property

import attrs

from regcompare.ruleset.currency import tables_by_day
from regcompare.ruleset.rules import Outcome
from regcompare.ruleset.ruleset import Ruleset
from regcompare.verdict.assess import AsOf, assess_all, reassess
from regcompare.verdict.verdict import Verdict


@attrs.frozen
class ParallelLaw:
    """A law that applies together with a compared one and is not compared itself.

    Attributes:
        ruleset: The law.
        parallel_to: The ids of the compared rulesets with which it applies.
        reached: Its verdicts on the cases that it certainly controls.
        open: Its verdicts on the cases that it may control.
    """

    ruleset: Ruleset
    parallel_to: tuple[str, ...]
    reached: tuple[Verdict, ...]
    open: tuple[Verdict, ...]


@attrs.frozen
class ChangedSince:
    """A law that changed between the day on which it was read and the later day of some cases' facts.

    Attributes:
        ruleset: The law.
        verdicts: Its verdicts on these cases as it was on the day of the facts.
    """

    ruleset: Ruleset
    verdicts: tuple[Verdict, ...]


@attrs.frozen(eq=False, repr=False, slots=False)
class Sensitivity:
    """The facts and reports on which the results of a comparison depend.

    Attributes:
        rulesets: The rulesets compared.
        verdicts: The verdicts, row by row.
        others: The rulesets among which laws that apply with the compared ones are sought.
        as_of: The day of the law that was asked for.
    """

    rulesets: tuple[Ruleset, ...]
    verdicts: tuple[Verdict, ...]
    others: tuple[Ruleset, ...] = ()
    as_of: AsOf = None

    def __repr__(self) -> str:
        return f"<Sensitivity of {len(self.verdicts)} verdicts>"

    @cached_property
    def presumed(self) -> Mapping[str, tuple[str, ...]]:
        """By case, the facts presumed in its file on which a result under any ruleset rests."""
        return self._by_case(lambda verdict: verdict.batch.decisive_presumptions[verdict.place])

    @cached_property
    def reported(self) -> Mapping[str, tuple[str, ...]]:
        """By case, the findings that reports are presumed to show, on which any result rests."""
        return self._by_case(lambda verdict: verdict.batch.decisive_reports.get(verdict.place, ()))

    def _by_case(self, facts_of: Callable[[Verdict], tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
        facts_by_case: dict[str, dict[str, None]] = {}
        for verdict in self.verdicts:
            if facts := facts_of(verdict):
                facts_by_case.setdefault(verdict.scenario.id, {}).update(dict.fromkeys(facts))
        return {name: tuple(facts) for name, facts in facts_by_case.items()}

    @property
    def carried(self) -> tuple[Verdict, ...]:
        """The verdicts that rest on assumptions, or on unknown law or dates."""
        return tuple(verdict for verdict in self.verdicts if verdict.rests_on)

    @cached_property
    def beside(self) -> tuple[ParallelLaw, ...]:
        """The laws that apply together with a compared one, are not compared, and control a case."""
        compared = {part.id for column in self.rulesets for part in column.parts()}
        cases = dict.fromkeys(verdict.scenario for verdict in self.verdicts)
        laws = []
        for ruleset in self.others:
            parallel_to = sorted(compared & set(ruleset.parallel_to))
            if ruleset.id in compared or not parallel_to:
                continue
            verdicts = assess_all(cases, ruleset, as_of=self.as_of)
            spans = [(item, item.span) for item in verdicts if item.span]
            free = Outcome.NO_CONTROL
            reached = tuple(item for item, span in spans if span.low > free)
            possible = tuple(item for item, span in spans if span.low is free < span.high)
            if reached or possible:
                laws.append(ParallelLaw(ruleset, tuple(parallel_to), reached, possible))
        return tuple(laws)

    @cached_property
    def changed_since(self) -> tuple[ChangedSince, ...]:
        """The laws that give a different result as they were on the later day of the facts."""
        verdicts: dict[Ruleset, list[Verdict]] = {ruleset: [] for ruleset in self.rulesets}
        for verdict in self.verdicts:
            if (later := _on_the_day(verdict)) and later.result != verdict.result:
                verdicts.setdefault(verdict.ruleset, []).append(later)
        return tuple(ChangedSince(law, tuple(items)) for law, items in verdicts.items() if items)

    @cached_property
    def verified_through(self) -> Mapping[dt.date, tuple[str, ...]]:
        """The names of the tables of the law, by the day through which they are verified."""
        return tables_by_day(self.rulesets)


def _on_the_day(verdict: Verdict) -> Verdict | None:
    """The verdict under the law on the day of the facts, if that is later and it is still in force."""
    day, facts, law = verdict.as_of, verdict.scenario.date, verdict.ruleset
    if day is None or not isinstance(facts, dt.date) or facts <= day or law.status != "law":
        return None
    if law.in_force(facts) is not True:
        return None
    return reassess(verdict, as_of="scenario", prover=verdict.prover)
