"""What results depend on, as data: decisive assumptions, law that also applies, law changed since.

Views read it and never assess.  Each part is computed once, when it is first asked for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

import attrs

from regcompare.facts import facts_of
from regcompare.ruleset.currency import tables_by_day
from regcompare.ruleset.rules import Interpretation, Outcome
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.established import established_facts
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import AsOf, assess_all, reassess, reassess_all
from regcompare.verdict.verdict import Verdict
from regcompare.vocabulary import FACTS_DATE, LAW_DATE, Licence

from .headline import Headline, headline

Trial = tuple[Verdict, tuple[str, ...]]
"""A verdict, and the facts whose answers are not to be presumed."""

_DATES = (FACTS_DATE.key, LAW_DATE.key, Licence.applied_on.key)


@attrs.frozen
class AlternativeReading:
    """What a verdict would be if a single doubtful text were read differently.

    Attributes:
        doubt: The doubt.
        reading: The other reading.
        result: The result by it, as look-ahead gives it.
        differs: Whether that differs from the result by the reading that was chosen.
    """

    doubt: Interpretation
    reading: str
    result: str
    differs: bool


@attrs.frozen
class DecisiveAssumptions:
    """The assumptions without which a verdict would or might be different.

    Attributes:
        verdict: The verdict.
        presumed: The facts that the file presumes case by case and without which the result differs; all
            of them where only all together make a difference.
        readings: The other readings of doubtful texts that lead to a different result.
        unread: The ids of provisions that nobody read and whose text could change the result.
        dates: The unknown dates that could change the result.
    """

    verdict: Verdict
    presumed: tuple[str, ...]
    readings: tuple[AlternativeReading, ...]
    unread: tuple[str, ...]
    dates: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.presumed or self.readings or self.unread or self.dates)


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
    """What the results of a comparison depend on.

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
    def without_presumed(self) -> tuple[Headline, ...]:
        """The headline of each regime if nothing is presumed, so that unstated facts stay unknown."""
        unassuming = {
            case: attrs.evolve(case, presume=(), presumed=())
            for case in {verdict.scenario for verdict in self.verdicts}
        }
        cases = (unassuming[verdict.scenario] for verdict in self.verdicts)
        verdicts = reassess_all(self.verdicts, cases)
        return tuple(
            headline(ruleset, (item for item in verdicts if item.ruleset.id == ruleset.id))
            for ruleset in self.rulesets
        )

    @cached_property
    def presumed(self) -> Mapping[str, tuple[str, ...]]:
        """By case, the facts presumed in its file on which a result under any ruleset rests."""
        facts_by_case: dict[str, dict[str, None]] = {}
        for verdict, facts in zip(self.verdicts, self._decisive_presumptions, strict=True):
            if facts:
                facts_by_case.setdefault(verdict.scenario.id, {}).update(dict.fromkeys(facts))
        return {name: tuple(facts) for name, facts in facts_by_case.items()}

    @cached_property
    def carried(self) -> tuple[DecisiveAssumptions, ...]:
        """The verdicts that rest on assumptions, or on unknown law or dates, with what they rest on."""
        return tuple(
            filter(None, map(_decisive_assumptions, self.verdicts, self._decisive_presumptions))
        )

    @cached_property
    def _decisive_presumptions(self) -> tuple[tuple[str, ...], ...]:
        return tuple(_decisive_presumptions(self.verdicts))

    @cached_property
    def beside(self) -> tuple[ParallelLaw, ...]:
        """The laws that apply together with a compared one, are not compared, and control a case."""
        compared = {part.id for column in self.rulesets for part in column.parts()}
        candidates = [item for item in self.others if item.id not in compared]
        return tuple(filter(None, (self._beside(item, compared) for item in candidates)))

    def _beside(self, ruleset: Ruleset, compared: set[str]) -> ParallelLaw | None:
        parallel_to = sorted(compared & set(ruleset.parallel_to))
        if not parallel_to:
            return None
        cases = dict.fromkeys(verdict.scenario for verdict in self.verdicts)
        verdicts = assess_all(cases, ruleset, as_of=self.as_of)
        reached = tuple(item for item in verdicts if item.span and item.span.low > Outcome.NO_CONTROL)
        possible = tuple(
            item
            for item in verdicts
            if item.span and item.span.high > Outcome.NO_CONTROL and item not in reached
        )
        if not reached and not possible:
            return None
        return ParallelLaw(ruleset, tuple(parallel_to), reached, possible)

    @cached_property
    def changed_since(self) -> tuple[ChangedSince, ...]:
        """The laws that give a different result as they were on the later day of the facts."""
        verdicts_by_ruleset: dict[Ruleset, list[Verdict]] = {}
        for verdict in self.verdicts:
            on_the_day = _on_the_day(verdict)
            if on_the_day and on_the_day.result != verdict.result:
                verdicts_by_ruleset.setdefault(verdict.ruleset, []).append(on_the_day)
        ordered = (ruleset for ruleset in self.rulesets if ruleset in verdicts_by_ruleset)
        return tuple(ChangedSince(ruleset, tuple(verdicts_by_ruleset[ruleset])) for ruleset in ordered)

    @cached_property
    def verified_through(self) -> Mapping[dt.date, tuple[str, ...]]:
        """The names of the tables of the law, by the day through which they are verified."""
        return tables_by_day(self.rulesets)


# one verdict ---------------------------------------------------------------------------------------


def applicable_doubts(verdict: Verdict) -> tuple[tuple[Interpretation, str | None], ...]:
    """Returns the doubts that the ruleset, on the base that was applied, asks about."""
    if verdict.in_force is False:
        return ()
    question_keys = set(verdict.derivation.program.keys)
    return tuple(pair for pair in verdict.assumed if pair[0].key in question_keys)


def alternative_readings(
    verdict: Verdict, doubts: Sequence[tuple[Interpretation, str | None]]
) -> Iterator[AlternativeReading]:
    """Yields what the verdict would be by each other reading of these doubts."""
    if not doubts:
        return
    result = reassess(verdict).result if verdict.exact else verdict.result
    for doubt, chosen in doubts:
        for reading in doubt.readings:
            if reading != chosen:
                alternative = reassess(verdict, readings={doubt.id: reading}).result
                yield AlternativeReading(doubt, reading, alternative, alternative != result)


def _decisive_assumptions(verdict: Verdict, presumed: tuple[str, ...]) -> DecisiveAssumptions:
    open_questions = verdict.open_questions
    unread = (first.rule for first, *_ in verdict._left_open.values() if first.rule)
    alternatives = alternative_readings(verdict, _relevant_doubts(verdict))
    return DecisiveAssumptions(
        verdict,
        presumed=presumed,
        readings=tuple(item for item in alternatives if item.differs),
        unread=tuple(unread),
        dates=tuple(name for name in open_questions if name in _DATES),
    )


def _relevant_doubts(verdict: Verdict) -> list[tuple[Interpretation, str | None]]:
    """The doubts that could change the result: those still asked about once every doubt is left open."""
    chosen = [pair for pair in applicable_doubts(verdict) if pair[1] is not None]
    if not chosen:
        return []
    left_open = reassess(verdict, readings={doubt.id: "open" for doubt, _ in chosen})
    open_questions = set(left_open.open_questions)
    return [pair for pair in chosen if pair[0].asked.name in open_questions]


def _decisive_presumptions(verdicts: Sequence[Verdict]) -> Iterator[tuple[str, ...]]:
    """For each verdict, the facts that its file presumes and without which the result differs."""
    trials: list[Trial] = []
    for verdict in verdicts:
        origins = established_facts(verdict.scenario, verdict.ruleset.vocabulary).origins
        trials.append((verdict, tuple(name for name in verdict.presumed if origins[name] == "presumed")))
    alone = _differing_trials((verdict, (name,)) for verdict, names in trials for name in names)
    decisive = [
        tuple(name for name in names if (verdict, (name,)) in alone) for verdict, names in trials
    ]
    undecided = (trial for trial, facts in zip(trials, decisive, strict=True) if not facts)
    together = _differing_trials(trial for trial in undecided if len(trial[1]) > 1)
    for trial, facts in zip(trials, decisive, strict=True):
        yield trial[1] if trial in together else facts


def _differing_trials(trials: Iterable[Trial]) -> set[Trial]:
    """The trials in which the result differs once the answers to their facts are not presumed.

    Each greater effort gives a span within that of the one before, and none is narrower than the span
    with the answers: where a lesser effort already gives the same result, so do the others.
    """
    candidates = [(verdict, names, _not_presuming(verdict.scenario, names)) for verdict, names in trials]
    for look_ahead in (False, True):
        verdicts, cases = [item[0] for item in candidates], [item[2] for item in candidates]
        reassessed = reassess_all(verdicts, cases, look_ahead=look_ahead)
        candidates = [
            item for item, other in zip(candidates, reassessed, strict=True) if _is_other(item[0], other)
        ]
    return {
        (verdict, names)
        for verdict, names, case in candidates
        if not verdict.exact
        or _is_other(verdict, reassess(verdict, scenario=case, prover=verdict.prover))
    }


def _is_other(verdict: Verdict, other: Verdict) -> bool:
    return (other.result, other.in_scope) != (verdict.result, verdict.in_scope)


def _not_presuming(case: Scenario, names: Sequence[str]) -> Scenario:
    presumed = [
        attrs.evolve(
            section,
            **{name: None for name, fact in facts_of(type(section)).items() if fact.key in names},
        )
        for section in case.presumed
    ]
    return attrs.evolve(case, presumed=tuple(presumed))


def _on_the_day(verdict: Verdict) -> Verdict | None:
    """The verdict under the law on the day of the facts, if that is later and it is still in force."""
    day, facts = verdict.as_of, verdict.scenario.date
    if day is None or not isinstance(facts, dt.date) or facts <= day:
        return None
    if verdict.ruleset.status != "law" or verdict.ruleset.in_force(facts) is not True:
        return None
    return reassess(verdict, as_of="scenario", prover=verdict.prover)
