"""Proofs over every possible case, or the smallest, most ordinary case that shows otherwise.

A case that one ruleset stops and another does not cover at all is one in which the other is laxer: out
of scope, nothing stops the export.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import attrs

from regcompare._support.displays import html_of
from regcompare.errors import UsageError, did_you_mean, nearest
from regcompare.logic.conditions import FALSE, Condition, any_of, partially_evaluate
from regcompare.program.program import Entry
from regcompare.ruleset.review import Weighing
from regcompare.ruleset.rules import Outcome, Rule
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import AsOf, Readings
from regcompare.verdict.verdict import Verdict
from regcompare.vocabulary import LAW_DATE
from regcompare.words.lexicon import listing

from .frames import framed
from .regimes import Regime, possible, read_alike
from .witness import unusual_readings, verdicts

__all__ = ["Except", "Proof", "equivalent", "implies", "never_laxer"]

Except = Condition | Rule | str | Sequence[Rule | str] | None
"""Cases that are left out: those of a condition, or those in which rules, given or by id, hold."""


@attrs.frozen(repr=False)
class Proof:
    """A claim about every possible case, with its proof or the case that refutes it.

    Attributes:
        claim: What was claimed, as a sentence.
        refuted: The same claim refuted, as a sentence.
        holds: Whether it is so in every possible case, which was then proved.
        regimes: The rulesets as they were read.
        counterexample: The smallest case that refutes it: no other has fewer answers that depart from
            an ordinary case.  It loads, and says what each ruleset gives.
        departs: The facts in which it departs from an ordinary case.
        readings: Readings of doubtful texts, by id, without which the counterexample does not show it.
        is_idle: Whether the claim holds for want of any case that could refute it.
        fixed: The case whose facts were taken as given, if one was.
    """

    claim: str
    refuted: str
    holds: bool
    regimes: tuple[Regime, ...]
    counterexample: Scenario | None = None
    departs: tuple[str, ...] = ()
    readings: Mapping[str, str] = attrs.field(factory=dict)
    is_idle: bool = False
    fixed: str = ""

    def __bool__(self) -> bool:
        return self.holds

    def __repr__(self) -> str:
        return f"<Proof: {self.claim} {'holds' if self.holds else 'does not hold'}>"

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """What each ruleset gives for the counterexample, by plain assessment; empty without one."""
        if self.counterexample is None:
            return ()
        return tuple(verdicts(self.counterexample, self.regimes, self.readings))

    def sentence(self) -> str:
        """Returns the finding in full sentences."""
        over = "every possible case" + (f" with the facts of {self.fixed}" if self.fixed else "")
        if self.holds:
            idle = " It holds because no case could show the opposite." if self.is_idle else ""
            return f"Proved over {over}: {self.claim}{idle}"
        told = (f"{item.ruleset.id} gives {item.result.replace('_', ' ')}" for item in self.verdicts)
        unusual = unusual_readings(self.readings, self.regimes)
        taken = [f"{name} is read as {reading}" for name, reading in unusual.items()]
        results, departs = listing(list(dict.fromkeys(told)), "and"), listing(self.departs, "and")
        return (
            f"{self.refuted} In the smallest such case {results}. It departs from an ordinary case in "
            f"{departs or 'nothing'}; no other does in fewer answers."
            + (f" In it {listing(taken, 'and')}." if taken else "")
        )

    def _repr_html_(self) -> str:
        return html_of(self)


# what can be claimed --------------------------------------------------------------------------------


def never_laxer(
    a: Ruleset,
    b: Ruleset,
    *,
    except_: Except = None,
    as_of: AsOf = None,
    readings: Readings = None,
    given: Scenario | None = None,
    like: Iterable[Scenario] = (),
    reviews: bool = False,
) -> Proof:
    """Proves that ``a`` is never laxer than ``b``, or finds the smallest case in which it is.

    ``a`` is laxer in a case that ``b`` reaches with some outcome above no control, and that ``a``
    reaches with a weaker one, or does not cover at all.  This speaks of gates, unless asked for how
    licences are decided as well.

    Args:
        a: The ruleset that is claimed to be as strict.
        b: The ruleset that it is measured by.
        except_: Cases to leave out: a condition, or rules of either, whose cases are left out.
        as_of: The day whose law is applied; by default each ruleset's reference date.
        readings: Readings of doubtful texts; with ``open`` the proof holds under every reading, the same
            in both.
        given: A case whose facts are taken as given; what it leaves open is free.
        like: Cases that say what is ordinary.
        reviews: Whether ``a`` is laxer, too, where both ask for a licence and it is decided more mildly.

    Raises:
        UsageError: A rule is not known, a ruleset cannot be read on the day, or the extra is missing.
    """
    pair = read_alike([a, b], as_of, readings, given=given)
    first, second = map(_read, pair)
    how = ", at the gate or in how licences are decided" if reviews else ""
    return _Question(pair, except_, given, like).answered(
        f"{first} is never laxer than {second}{how}",
        f"{first} is laxer than {second} in some cases{how}",
        f"{a.id} is laxer than {b.id}",
        any_of(_laxer(*pair), *([_milder(*pair)] if reviews else [])),
        any_of(*(pair[1].at_least(outcome) for outcome in _ABOVE)),
    )


def equivalent(
    a: Ruleset,
    b: Ruleset,
    *,
    except_: Except = None,
    as_of: AsOf = None,
    readings: Readings = None,
    given: Scenario | None = None,
    like: Iterable[Scenario] = (),
) -> Proof:
    """Proves that neither of two rulesets is ever laxer, or finds the smallest difference.

    A case that one of them does not cover, and the other leaves without control, is no difference.  The
    arguments are those of ``never_laxer``.
    """
    pair = read_alike([a, b], as_of, readings, given=given)
    both = f"{_read(pair[0])} and {_read(pair[1])}"
    return _Question(pair, except_, given, like).answered(
        f"{both} always come to the same outcome",
        f"{both} differ in some cases",
        f"{a.id} and {b.id} differ",
        any_of(_laxer(*pair), _laxer(*pair[::-1])),
        any_of(*(item.at_least(outcome) for item in pair for outcome in _ABOVE)),
    )


def implies(
    rule_a: Rule | str,
    rule_b: Rule | str,
    of: Ruleset,
    other: Ruleset | None = None,
    *,
    except_: Except = None,
    as_of: AsOf = None,
    readings: Readings = None,
    given: Scenario | None = None,
    like: Iterable[Scenario] = (),
) -> Proof:
    """Proves that wherever one rule holds another does, or finds the smallest case that shows otherwise.

    A rule, given or by its id, holds within the scope of its ruleset; whether another lifts it does not
    count.  The first is one of ``of``, the second one of ``other``, by default the same.  The remaining
    arguments are those of ``never_laxer``.
    """
    pair = read_alike([of] if other is None else [of, other], as_of, readings, given=given)
    first, second = _entry(rule_a, pair[:1]), _entry(rule_b, pair[-1:])
    one, two = f"{first.rule.id} of {_read(pair[0])}", f"{second.rule.id} of {_read(pair[-1])}"
    holds, follows = pair[0].reached.holding(first.rule), pair[-1].reached.holding(second.rule)
    return _Question(pair, except_, given, like).answered(
        f"wherever {one} holds, {two} holds",
        f"There are cases in which {one} holds and {two} does not",
        f"{first.rule.id} holds and {second.rule.id} does not",
        holds & ~follows,
        holds,
    )


# how it is answered ---------------------------------------------------------------------------------

_ABOVE = tuple(Outcome)[1:]


def _laxer(a: Regime, b: Regime) -> Condition:
    return any_of(*(b.at_least(outcome) & ~a.at_least(outcome) for outcome in _ABOVE))


def _milder(a: Regime, b: Regime) -> Condition:
    """Both ask for a licence, and one has it decided more mildly."""
    milder = any_of(*(b.reached.reviewed(how) & ~a.reached.reviewed(how) for how in Weighing))
    return a.at_least(Outcome.AUTHORISATION) & milder


def _read(item: Regime) -> str:
    return f"{item.ruleset.id} as of {item.as_of}" if item.as_of else f"{item.ruleset.id} at any date"


@attrs.frozen
class _Question:
    """A claim's setting: who is read, what is left out, what is given, what is ordinary."""

    regimes: tuple[Regime, ...]
    except_: Except
    fixed: Scenario | None
    like: Iterable[Scenario]

    def answered(
        self, claim: str, refuted: str, shown: str, against: Condition, basis: Condition
    ) -> Proof:
        """Returns the proof: no case meets ``against``, or the smallest that does.

        Args:
            claim: That the claim holds, in words.
            refuted: That it does not.
            shown: What a case against it shows.
            against: What such a case meets.
            basis: What a case meets that could show it.
        """
        left_out, but = _left_out(self.except_, self.regimes), _but(self.except_)
        extra = () if left_out == FALSE else (left_out,)
        frame = framed(possible(self.regimes, extra, like=self.like), self.fixed)
        found = frame.witness(against & ~left_out, shown, f"A case in which {shown}")
        return Proof(
            f"{claim}{but}.",
            f"{refuted}{but}.",
            found is None,
            self.regimes,
            counterexample=found.scenario if found else None,
            departs=found.departs if found else (),
            readings=found.readings if found else {},
            is_idle=found is None and not frame.can_be(basis & ~left_out),
            fixed=self.fixed.id if self.fixed else "",
        )


def _but(except_: Except) -> str:
    if except_ is None:
        return ""
    if isinstance(except_, Condition):
        return ", except where the given condition holds"
    names = [item if isinstance(item, str) else item.id for item in _sequence(except_)]
    return f", except where {' or '.join(names)} holds"


def _sequence(except_: Rule | str | Sequence[Rule | str]) -> Sequence[Rule | str]:
    return [except_] if isinstance(except_, Rule | str) else except_


def _left_out(except_: Except, regimes: Sequence[Regime]) -> Condition:
    if except_ is None:
        return FALSE
    if isinstance(except_, Condition):
        settled = [
            {item.key: reading for item, reading in regime.assumed if reading}
            | ({LAW_DATE.key: regime.as_of} if regime.as_of else {})
            for regime in regimes
        ]
        return any_of(*(partially_evaluate(except_, answers) for answers in settled))
    holding = []
    for item in _sequence(except_):
        entry = _entry(item, regimes)
        owners = (one for one in regimes if entry in one.reached.program.entries)
        holding.append(next(owners).reached.holding(entry.rule))
    return any_of(*holding)


def _entry(rule: Rule | str, regimes: Sequence[Regime]) -> Entry:
    """The place of a rule in the first of these rulesets, or what it stands on, that has it."""
    entries = [entry for regime in regimes for entry in regime.reached.program.entries]
    for entry in entries:
        if entry.rule is rule or entry.rule.id == rule:
            return entry
    name = rule if isinstance(rule, str) else rule.id
    hint = did_you_mean(nearest(name, [entry.rule.id for entry in entries]))
    owners = " or ".join(dict.fromkeys(regime.ruleset.id for regime in regimes))
    raise UsageError(f"{owners} has no rule {name!r}, as it is read here.{hint}")
