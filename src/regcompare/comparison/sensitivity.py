"""What results depend on: assumptions that carry them, law beside, law changed since; as data.

Views ask here and never assess.  Each part is worked out when it is first asked for, and once.
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
from regcompare.verdict.assess import AsOf, all_assessed_again, assess_all, assessed_again
from regcompare.verdict.verdict import Verdict
from regcompare.vocabulary import FACTS_DATE, LAW_DATE, Licence

from .headline import Headline, headline

Trial = tuple[Verdict, tuple[str, ...]]
"""A verdict, and facts whose answers are not to be presumed."""

_DATES = (FACTS_DATE.key, LAW_DATE.key, Licence.applied_on.key)


@attrs.frozen
class AlternativeReading:
    """What a verdict would be if one doubtful text alone were read in another way.

    Attributes:
        doubt: The doubt.
        reading: The other reading.
        result: The result by it, as look-ahead gives it.
        differs: Whether that is not the result by the reading that was taken.
    """

    doubt: Interpretation
    reading: str
    result: str
    differs: bool


@attrs.frozen
class DecisiveAssumptions:
    """The assumptions without which one verdict would be another, or might.

    Attributes:
        verdict: The verdict.
        presumed: The facts that the file presumes case by case, without which the result differs; where
            none of them alone makes a difference, and all together do, these are all.
        readings: The other readings of doubtful texts that lead to another result.
        unread: The ids of provisions that nobody read, on whose text the result is open.
        dates: The days that are not known, on which the result is open.
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
    """A law that applies beside a compared one and is not compared itself.

    Attributes:
        ruleset: The law.
        parallel_to: The ids of the compared rulesets beside which it applies.
        reached: Its verdicts on the cases that it reaches for certain.
        open: Its verdicts on the cases that it may reach.
    """

    ruleset: Ruleset
    parallel_to: tuple[str, ...]
    reached: tuple[Verdict, ...]
    open: tuple[Verdict, ...]


@attrs.frozen
class ChangedSince:
    """A law that changed between the day at which it was read and that of the facts of some cases.

    Attributes:
        ruleset: The law.
        verdicts: What it gives for these cases as it stood on the day of the facts.
    """

    ruleset: Ruleset
    verdicts: tuple[Verdict, ...]


@attrs.frozen(eq=False, repr=False, slots=False)
class Sensitivity:
    """What the results of a comparison depend on.

    Attributes:
        rulesets: The rulesets compared.
        verdicts: The verdicts, row by row.
        others: The rulesets at hand, among which laws beside the compared ones are looked for.
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
        """What each regime comes to where nothing is presumed, and unstated facts stay unknown."""
        bare = {
            case: attrs.evolve(case, presume=(), presumed=())
            for case in {verdict.scenario for verdict in self.verdicts}
        }
        cases = (bare[verdict.scenario] for verdict in self.verdicts)
        found = all_assessed_again(self.verdicts, cases)
        return tuple(
            headline(ruleset, (item for item in found if item.ruleset.id == ruleset.id))
            for ruleset in self.rulesets
        )

    @cached_property
    def presumed(self) -> Mapping[str, tuple[str, ...]]:
        """By case, the answers of its file that results under any ruleset rest on."""
        found: dict[str, dict[str, None]] = {}
        for verdict, facts in zip(self.verdicts, self._presumed, strict=True):
            if facts:
                found.setdefault(verdict.scenario.id, {}).update(dict.fromkeys(facts))
        return {name: tuple(facts) for name, facts in found.items()}

    @cached_property
    def carried(self) -> tuple[DecisiveAssumptions, ...]:
        """The verdicts that rest on assumptions, or on law or days that are not known, with these."""
        return tuple(filter(None, map(_carried, self.verdicts, self._presumed)))

    @cached_property
    def _presumed(self) -> tuple[tuple[str, ...], ...]:
        return tuple(_presumed(self.verdicts))

    @cached_property
    def beside(self) -> tuple[ParallelLaw, ...]:
        """The laws that apply beside a compared one, are not compared themselves, and reach a case."""
        compared = {part.id for column in self.rulesets for part in column.parts()}
        asked = [item for item in self.others if item.id not in compared]
        return tuple(filter(None, (self._beside(item, compared) for item in asked)))

    def _beside(self, ruleset: Ruleset, compared: set[str]) -> ParallelLaw | None:
        parallel = sorted(compared & set(ruleset.parallel_to))
        if not parallel:
            return None
        cases = dict.fromkeys(verdict.scenario for verdict in self.verdicts)
        found = assess_all(cases, ruleset, as_of=self.as_of)
        reached = tuple(item for item in found if item.span and item.span.low > Outcome.NO_CONTROL)
        left = tuple(
            item
            for item in found
            if item.span and item.span.high > Outcome.NO_CONTROL and item not in reached
        )
        return ParallelLaw(ruleset, tuple(parallel), reached, left) if reached or left else None

    @cached_property
    def changed_since(self) -> tuple[ChangedSince, ...]:
        """The laws that give something else as they stood on the later day of the facts."""
        found: dict[Ruleset, list[Verdict]] = {}
        for verdict in self.verdicts:
            later = _on_the_day(verdict)
            if later and later.result != verdict.result:
                found.setdefault(verdict.ruleset, []).append(later)
        ordered = (ruleset for ruleset in self.rulesets if ruleset in found)
        return tuple(ChangedSince(ruleset, tuple(found[ruleset])) for ruleset in ordered)

    @cached_property
    def verified_through(self) -> Mapping[dt.date, tuple[str, ...]]:
        """The days through which tables of the law are verified, each with the names of the tables."""
        return tables_by_day(self.rulesets)


# one verdict ---------------------------------------------------------------------------------------


def applicable_doubts(verdict: Verdict) -> tuple[tuple[Interpretation, str | None], ...]:
    """Returns the doubts that the ruleset, on the base that it was made to stand on, asks about."""
    if verdict.in_force is False:
        return ()
    keys = set(verdict._worked.program.keys)
    return tuple(pair for pair in verdict.assumed if pair[0].key in keys)


def alternative_readings(
    verdict: Verdict, doubts: Sequence[tuple[Interpretation, str | None]]
) -> Iterator[AlternativeReading]:
    """Yields for each other reading of these doubts what the verdict would be by it."""
    if not doubts:
        return
    result = assessed_again(verdict).result if verdict.exact else verdict.result
    for doubt, taken in doubts:
        for reading in doubt.readings:
            if reading != taken:
                found = assessed_again(verdict, readings={doubt.id: reading}).result
                yield AlternativeReading(doubt, reading, found, found != result)


def _carried(verdict: Verdict, presumed: tuple[str, ...]) -> DecisiveAssumptions:
    asked = verdict.open_questions
    unread = (first.rule for first, *_ in verdict._left_open.values() if first.rule)
    read_otherwise = alternative_readings(verdict, _doubts_that_matter(verdict))
    return DecisiveAssumptions(
        verdict,
        presumed=presumed,
        readings=tuple(item for item in read_otherwise if item.differs),
        unread=tuple(unread),
        dates=tuple(name for name in asked if name in _DATES),
    )


def _doubts_that_matter(verdict: Verdict) -> list[tuple[Interpretation, str | None]]:
    """The doubts with a reading that could move the result: those open once every doubt is left open."""
    taken = [pair for pair in applicable_doubts(verdict) if pair[1] is not None]
    if not taken:
        return []
    left_open = assessed_again(verdict, readings={doubt.id: "open" for doubt, _ in taken})
    asked = set(left_open.open_questions)
    return [pair for pair in taken if pair[0].asked.name in asked]


def _presumed(verdicts: Sequence[Verdict]) -> Iterator[tuple[str, ...]]:
    """For each verdict the facts that its file presumes case by case and without which it differs."""
    pairs: list[Trial] = []
    for verdict in verdicts:
        origins = established_facts(verdict.scenario, verdict.ruleset.vocabulary).origins
        pairs.append((verdict, tuple(name for name in verdict.presumed if origins[name] == "presumed")))
    alone = _differing((verdict, (name,)) for verdict, names in pairs for name in names)
    each = [tuple(name for name in names if (verdict, (name,)) in alone) for verdict, names in pairs]
    together = _differing(
        pair for pair, some in zip(pairs, each, strict=True) if not some and len(pair[1]) > 1
    )
    for pair, some in zip(pairs, each, strict=True):
        yield pair[1] if pair in together else some


def _differing(trials: Iterable[Trial]) -> set[Trial]:
    """The trials in which the result is another where the answers to these facts are not presumed.

    Each effort gives a span within that of the one before, and none is narrower than with the answers:
    where a lesser effort already comes to the same result, so do the others.
    """
    left = [(verdict, names, _not_presuming(verdict.scenario, names)) for verdict, names in trials]
    for look_ahead in (False, True):
        verdicts, cases = [item[0] for item in left], [item[2] for item in left]
        again = all_assessed_again(verdicts, cases, look_ahead=look_ahead)
        left = [item for item, found in zip(left, again, strict=True) if _is_other(item[0], found)]
    return {
        (verdict, names)
        for verdict, names, case in left
        if not verdict.exact
        or _is_other(verdict, assessed_again(verdict, scenario=case, prover=verdict._prover))
    }


def _is_other(verdict: Verdict, found: Verdict) -> bool:
    return (found.result, found.in_scope) != (verdict.result, verdict.in_scope)


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
    """The verdict by the law of the day of the facts, if that is later and the law still in force."""
    day, facts = verdict.as_of, verdict.scenario.date
    if day is None or not isinstance(facts, dt.date) or facts <= day:
        return None
    if verdict.ruleset.status != "law" or verdict.ruleset.in_force(facts) is not True:
        return None
    return assessed_again(verdict, as_of="scenario", prover=verdict._prover)
