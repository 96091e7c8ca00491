"""What the law of the day required in a documented sale: a licence, a refusal, a ban, on which finding.

Provisions are applied to the facts as reported, and the record of the case says what was done.  The two
are set side by side, and nothing is concluded about anyone.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence

import attrs

from regcompare.ruleset.rules import Outcome
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.established import established_facts
from regcompare.scenario.provenance import Disputed, Source
from regcompare.scenario.scenario import Decision, Scenario
from regcompare.verdict.assess import Readings, assess
from regcompare.verdict.verdict import Finding, Verdict
from regcompare.words.lexicon import lexicon
from regcompare.words.reasons import reasons

_BY = {
    Outcome.NOTIFICATION: "the exporter",
    Outcome.AUTHORISATION: "the exporter",
    Outcome.SUSPENSION: "the exporter and the authority",
    Outcome.REFUSAL: "the authority",
    Outcome.PROHIBITION: "the exporter",
}
"""Of whom each outcome requires something, if the provision names nobody."""

_LEAST = Outcome.NOTIFICATION
"""The mildest outcome that asks something of anyone."""


@attrs.frozen(eq=False)
class Requirement:
    """A provision in force that day that requires something, or may, depending on open facts.

    Attributes:
        verdict: The case under the law of the day.
        finding: The provision and whether it holds.
        is_certain: Whether it requires this on the known facts.
    """

    __data__ = ("finding", "as_of", "by", "states", "is_certain", "depends_on")

    verdict: Verdict
    finding: Finding
    is_certain: bool

    @property
    def as_of(self) -> dt.date | None:
        """The day whose law was applied."""
        return self.verdict.as_of

    @property
    def by(self) -> str:
        """Who had to act."""
        rule = self.finding.rule
        return rule.review[0].found_by if rule.review else _BY[self.outcome]

    @property
    def states(self) -> str:
        """The finding on which it depends; blank for none."""
        return self.finding.rule.states

    @property
    def depends_on(self) -> tuple[str, ...]:
        """The open reasons, in words, where it is not certain."""
        if self.is_certain:
            return ()
        ruleset, answers = self.verdict.ruleset, self.verdict.answers
        known = {**established_facts(self.verdict.scenario, ruleset.vocabulary).values, **answers}
        words = lexicon(ruleset).within(self.finding.rule.cite.instrument)
        return tuple(item.text for item in reasons(self.finding.trace, words, answers=known))

    @property
    def outcome(self) -> Outcome:
        """What it requires."""
        return self.finding.rule.then


@attrs.frozen
class KnownSources:
    """The sources of a case, by whether they were published before the decision.

    Attributes:
        before: Published before it, for certain.
        unclear: Published about then, or on a day that is not known.
        after: Published after it, for certain.
    """

    before: tuple[Source, ...]
    unclear: tuple[Source, ...]
    after: tuple[Source, ...]


@attrs.frozen(eq=False)
class DutyRecord:
    """One documented sale: what the law of the day required, what was known by then, what was done.

    Attributes:
        scenario: The case.
        verdicts: The case under each law in force that day that covers it, or may.
        requirements: What they require, or may.
        known: What had been published by then.
        not_yet: Laws that follow no other encoded one and were not in force yet.
    """

    __data__ = ("scenario", "title", "date", "verdicts", "requirements", "decision", "disputed", "known")

    scenario: Scenario
    verdicts: tuple[Verdict, ...]
    requirements: tuple[Requirement, ...]
    known: KnownSources
    not_yet: tuple[Ruleset, ...] = ()

    @property
    def title(self) -> str:
        """The title of the case."""
        return self.scenario.title

    @property
    def date(self) -> dt.date | None:
        """The day of the facts."""
        return self.scenario.date

    @property
    def disputed(self) -> tuple[Disputed, ...]:
        """What is disputed about the case."""
        return tuple(self.scenario.disputed)

    @property
    def decision(self) -> Decision:
        """What became of the licence."""
        return self.scenario.record.decision if self.scenario.record else "unknown"

    def requires(self, outcome: Outcome, *, certainly: bool) -> bool:
        """Whether some law required this outcome, or a stricter one, for certain or at most."""
        return any(
            item.outcome >= outcome and (item.is_certain or not certainly) for item in self.requirements
        )


def owed(
    scenarios: Iterable[Scenario], rulesets: Sequence[Ruleset], readings: Readings = None
) -> tuple[DutyRecord, ...]:
    """Returns for each sale whose decision is on record what the law of the day required.

    Args:
        scenarios: The cases; those without a recorded decision are left out.
        rulesets: The laws; each is read on the day of the facts, and counts where it is in force and
            covers the sale, or may.
        readings: Readings of doubtful texts.
    """
    decided = (case for case in scenarios if case.record and case.record.decision != "unknown")
    return tuple(_duty_record(case, rulesets, readings) for case in decided)


def _duty_record(case: Scenario, rulesets: Sequence[Ruleset], readings: Readings) -> DutyRecord:
    verdicts_on_the_day = [assess(case, item, as_of="scenario", readings=readings) for item in rulesets]
    verdicts = tuple(
        item for item in verdicts_on_the_day if item.in_force is not False and item.in_scope is not False
    )
    requirements = tuple(item for verdict in verdicts for item in _requirements(verdict))
    not_yet = tuple(item.ruleset for item in verdicts_on_the_day if _is_before_any_act(item))
    return DutyRecord(case, verdicts, requirements, _known_sources(case), not_yet)


def _is_before_any_act(verdict: Verdict) -> bool:
    """Whether the sale is older than a law that follows no other encoded one."""
    period, day = verdict.ruleset.period, verdict.scenario.date
    is_first = not verdict.ruleset.succeeds
    return bool(is_first and day and period and period.start and day < period.start)


def _requirements(verdict: Verdict) -> Iterator[Requirement]:
    """The provisions that require something and that no other provision surely overrides."""
    for finding in (*verdict.holding, *verdict.open):
        if finding.rule.then >= _LEAST and not finding.is_overridden:
            is_certain = bool(finding.holds and not finding.lifted_by and verdict.in_scope)
            yield Requirement(verdict, finding, is_certain)


# what was known -----------------------------------------------------------------------------------


def _known_sources(case: Scenario) -> KnownSources:
    date = case.record.date if case.record and case.record.date else str(case.date or "")
    decision = _day_range(date)
    groups: dict[str, list[Source]] = {"before": [], "unclear": [], "after": []}
    for source in case.sources:
        publication = _day_range(source.date)
        if decision is None or publication is None:
            groups["unclear"].append(source)
        elif publication[1] < decision[0]:
            groups["before"].append(source)
        else:
            groups["after" if publication[0] > decision[1] else "unclear"].append(source)
    return KnownSources(**{name: tuple(items) for name, items in groups.items()})


def _day_range(text: str) -> tuple[dt.date, dt.date] | None:
    """The first and the last day of a day, a month or a year; None for anything else."""
    if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", text):
        return None
    year, month, day = ([int(part) for part in text.split("-")] + [0, 0])[:3]
    last = month or 12
    return (dt.date(year, month or 1, day or 1), dt.date(year, last, day or monthrange(year, last)[1]))
