"""One scenario under one ruleset.

The result is a span, the mildest and the strictest outcome that the stated facts allow.  Plain
three-valued logic gives a span that is sound but sometimes too wide; ``assess`` looks ahead: for each
open question alone it tries each answer and keeps what is common to all of them.
"""

from __future__ import annotations

import copyreg
import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Literal

import attrs

from regcompare.errors import UsageError, did_you_mean, nearest
from regcompare.facts import UNKNOWN, MemberSet
from regcompare.program.force import APPLIED_ON, LawState, law_state
from regcompare.program.lookahead import found as found_of
from regcompare.program.program import Program, program_for
from regcompare.ruleset.currency import later_tables
from regcompare.ruleset.rules import Interpretation
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Established, Scenario, answers_to, contradictions, established
from regcompare.vocabulary import LAW_DATE

from .verdict import Prover, Verdict, Worked

__all__ = ["AsOf", "Readings", "assess", "assess_all", "readings_taken"]

AsOf = dt.date | Literal["scenario"] | None
"""The day whose law is applied, ``scenario`` for the day of the facts, None for the reference date."""

Readings = Mapping[str, str] | Literal["open"] | None
"""Readings chosen by id (``open`` leaves one open), ``open`` for all, or None for the defaults."""


def assess(
    scenario: Scenario,
    ruleset: Ruleset,
    *,
    as_of: AsOf = None,
    readings: Readings = None,
    look_ahead: bool = True,
    prover: Prover | None = None,
) -> Verdict:
    """Puts one scenario under one ruleset.

    Args:
        scenario: What is known about the transaction.
        ruleset: The regime or proposal.
        as_of: The day whose law is applied; by default the ruleset's reference date.
        readings: Readings of doubtful texts, by id; the defaults are assumed for the others.
        look_ahead: Whether to try each open question alone and keep what is common; without it the
            span is that of plain three-valued logic, and may be wider.
        prover: What proves the ends of the span over all completions of what is open; None leaves them
            as look-ahead gives them.

    Returns:
        The verdict, whose reasons are worked out when they are asked for.

    Raises:
        UsageError: A reading is not known, the facts contradict each other, or the extra is missing.
    """
    (verdict,) = assess_all(
        [scenario], ruleset, as_of=as_of, readings=readings, look_ahead=look_ahead, prover=prover
    )
    return verdict


def assess_all(
    scenarios: Iterable[Scenario],
    ruleset: Ruleset,
    *,
    as_of: AsOf = None,
    readings: Readings = None,
    look_ahead: bool = True,
    prover: Prover | None = None,
) -> list[Verdict]:
    """Puts several scenarios under one ruleset; see ``assess``.

    Raises:
        UsageError: As for ``assess``.
    """
    taken = readings_taken(ruleset, readings)
    asked = (_Asked.of(scenario, ruleset, as_of, taken) for scenario in scenarios)
    return [item.verdict(look_ahead, prover) for item in asked]


@attrs.frozen(eq=False)
class _Asked:
    """A scenario as a ruleset asks about it.

    Attributes:
        known: What is known of it, presumptions included.
        law: Which law applies.
        program: What the ruleset comes to then.
        taken: How doubtful texts are read.
        answers: The answers to the questions that are asked.
        wanted: The day whose law is asked for.
    """

    scenario: Scenario
    ruleset: Ruleset
    known: Established
    law: LawState
    program: Program
    taken: Mapping[Interpretation, str | None]
    answers: Mapping[str, Any]
    wanted: AsOf

    @classmethod
    def of(
        cls,
        scenario: Scenario,
        ruleset: Ruleset,
        as_of: AsOf,
        taken: Mapping[Interpretation, str | None],
    ) -> _Asked:
        known = established(scenario, ruleset.vocabulary)
        wanted = ruleset.reference_date if as_of is None else as_of
        law = law_state(ruleset, wanted, scenario.date, _day(known.values.get(APPLIED_ON.key)))
        program = program_for(ruleset, law.along, law.asks)
        answers = answers_to(program.every_key, scenario, known, program.facts)
        answers |= {LAW_DATE.key: law.day} | {item.key: reading for item, reading in taken.items()}
        return cls(scenario, ruleset, known, law, program, taken, answers, wanted)

    def verdict(self, look_ahead: bool, prover: Prover | None) -> Verdict:
        """Returns the verdict."""
        given = self.program.row(self.answers)
        worked_out = found_of(self.program, given, look_ahead=look_ahead)
        if worked_out is None:
            raise self._contradiction()
        found, row = worked_out
        law, taken = self.law, tuple(self.taken.items())
        if prover and law.in_force is not False and found.span:
            found = prover.prove(found, self.program, law.day, taken, self.scenario)
        follows = {
            key: after
            for key, before, after in zip(self.program.keys, given, row, strict=True)
            if before is None and after is not None
        }
        return Verdict(
            scenario=self.scenario,
            ruleset=self.ruleset,
            as_of=law.day,
            base=law.base,
            in_force=found.in_force if law.in_force is None else law.in_force,
            in_scope=found.in_scope,
            span=None if law.in_force is False else found.span,
            presumed=tuple(self._presumed()),
            inferred=self._inferred(follows),
            assumed=taken,
            warnings=tuple(self._warnings()),
            worked=Worked(self.program, given, row, found, {**self.answers, **follows}, look_ahead),
            prover=prover,
        )

    def _contradiction(self) -> UsageError:
        broken = contradictions(self.scenario, self.ruleset.vocabulary)
        said = " ".join(f"{', '.join(facts)}: {item.sentence}" for item, facts in broken)
        msg = f"The facts of {self.scenario.id} contradict each other under {self.ruleset.id}. {said}"
        return UsageError(msg.rstrip())

    def _presumed(self) -> Iterator[str]:
        """The facts presumed that are asked about; the day of application where the law turns on it."""
        for name in self.known.presumed:
            if name in self.program.names or (name == APPLIED_ON.key and self._law_turns_on_it()):
                yield name

    def _law_turns_on_it(self) -> bool:
        """Whether another law would apply if the day of the application were not known."""
        return self.law != law_state(self.ruleset, self.wanted, self.scenario.date, None)

    def _inferred(self, follows: Iterable[str]) -> tuple[str, ...]:
        """The facts that constraints settled, in part at least."""
        names = dict.fromkeys(key.partition(":")[0] for key in follows)
        return tuple(name for name in names if name in self.program.facts)

    def _warnings(self) -> Iterator[str]:
        yield from self.known.notices
        yield from _withdrawn(self.known)
        yield from _unheld(self.known, self.ruleset)
        applied_on = _day(self.known.values.get(APPLIED_ON.key))
        yield from _warnings(self.scenario, self.ruleset, self.law, applied_on)


def assessed_again(
    verdict: Verdict,
    *,
    scenario: Scenario | None = None,
    as_of: AsOf = None,
    readings: Mapping[str, str] | None = None,
    look_ahead: bool = True,
    prover: Prover | None = None,
) -> Verdict:
    """Returns a verdict by the same ruleset, law and readings as another, but for what is given here.

    Args:
        verdict: The other verdict.
        scenario: The case in place of its own.
        as_of: The day in place of its own.
        readings: Readings in place of its own, by id.
        look_ahead: As for ``assess``.
        prover: As for ``assess``.
    """
    taken = {item.id: reading or "open" for item, reading in verdict.assumed}
    return assess(
        scenario or verdict.scenario,
        verdict.ruleset,
        as_of=as_of or verdict.as_of or "scenario",
        readings={**taken, **(readings or {})},
        look_ahead=look_ahead,
        prover=prover,
    )


def restored(
    scenario: Scenario,
    ruleset: Ruleset,
    as_of: AsOf,
    readings: Mapping[str, str],
    look_ahead: bool,
    prover: Prover | None,
    result: str,
) -> Verdict:
    """Returns a verdict that was pickled, worked out again from what it was made of.

    Raises:
        UsageError: The law is encoded differently here, so that the result is another.
    """
    verdict = assess(
        scenario, ruleset, as_of=as_of, readings=readings, look_ahead=look_ahead, prover=prover
    )
    if verdict.result != result:
        raise UsageError(
            f"{scenario.id} under {ruleset.id} was {result} where it was pickled and is "
            f"{verdict.result} here: the law is encoded differently. Assess the scenario again."
        )
    return verdict


def _reduced(verdict: Verdict) -> tuple[Callable[..., Verdict], tuple[Any, ...]]:
    """A verdict as ``pickle`` takes it: by what it was made of, for the reader to work out again."""
    taken = {item.id: reading or "open" for item, reading in verdict.assumed}
    how = (verdict.as_of or "scenario", taken, verdict._worked.looked_ahead, verdict._prover)
    return restored, (verdict.scenario, verdict.ruleset, *how, verdict.result)


copyreg.pickle(Verdict, _reduced)


def _day(answer: Any) -> dt.date | None:
    return None if answer is UNKNOWN else answer


def _withdrawn(known: Established) -> Iterator[str]:
    """Says which assumptions gave way to what is stated."""
    for fact, sentence in known.withdrawn.items():
        why = sentence or "What follows from it contradicts what is stated."
        yield f"{fact} is not assumed, because that would contradict the other facts: {why}"


def readings_taken(ruleset: Ruleset, readings: Readings) -> dict[Interpretation, str | None]:
    """Returns the reading of each doubtful text of a ruleset, and of what it stands on or beside.

    Raises:
        UsageError: A doubt or a reading is not known; the text names the nearest.
    """
    declared = {item.id: item for part in ruleset.parts() for item in part.doubts}
    if readings == "open":
        return dict.fromkeys(declared.values())
    chosen = dict(readings or {})
    for name, reading in chosen.items():
        if name not in declared:
            hint = did_you_mean(nearest(name, declared))
            raise UsageError(f"{ruleset.id} has no doubt {name!r}.{hint}")
        if reading not in (*declared[name].readings, "open"):
            options = ", ".join(declared[name].readings)
            raise UsageError(f"{name} has no reading {reading!r}; it has {options}, or open.")
    taken = {item: chosen.get(name, item.default) for name, item in declared.items()}
    return {item: None if reading == "open" else reading for item, reading in taken.items()}


def _unheld(known: Established, ruleset: Ruleset) -> Iterator[str]:
    """Which codes are of entries that no list holds."""
    for held in ruleset.vocabulary.code_lists:
        value = known.values.get(held.fact)
        for code in sorted(value.known | value.open) if isinstance(value, MemberSet) else ():
            if held.is_outside(code):
                yield f"{code}: this entry of {held.name} is not recorded; whether it is listed is open."


def _warnings(
    scenario: Scenario, ruleset: Ruleset, law: LawState, applied_on: dt.date | None
) -> Iterator[str]:
    facts, day = scenario.date, law.day
    if day is None:
        yield _NO_DAY if facts is None else _WHICH_DAY
    if facts and day and facts != day:
        when = "later" if facts > day else "earlier"
        yield (
            f"The facts ({facts}) are {when} than the law applied ({day}): membership, "
            "embargoes and sanctions follow the date of the facts, lists of items and general "
            "authorisations that of the law."
        )
    yield from _base_warnings(ruleset, law)
    for table in later_tables(ruleset, day, facts):
        yield f"{table.name} was checked only up to {table.verified_through}."
    if facts and applied_on and ruleset.transition and applied_on < ruleset.transition.day <= facts:
        yield f"The application of {applied_on} remains subject to the act in force when it was made."


_NO_DAY = "The scenario has no date, so the law on that date is not known."
_WHICH_DAY = (
    "The date of the application is not known, so it is not known whether the law of that date or of "
    "the date of the facts applies."
)


def _base_warnings(ruleset: Ruleset, law: LawState) -> Iterator[str]:
    """Says which law a proposal is based on where that is not the first that it names."""
    if not ruleset.base:
        return
    first, base = ruleset.base[0], law.base
    possible = [item for item in ruleset.base if item in law.along]
    if base is None and possible:
        names = " or ".join(item.id for item in possible)
        yield f"Which law {ruleset.id} is based on depends on dates that are not known: {names}."
    elif base is None:
        yield f"No law that {ruleset.id} is based on is in force on {law.day}; it is applied alone."
    elif base is not first:
        yield f"{first.id} is not in force on {law.day}; the proposal is based on {base.id}."
