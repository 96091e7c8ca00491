"""Proofs of claims over every possible case, or the smallest, most ordinary counterexample.

Where one ruleset controls a case and another does not cover it, the other is laxer: out of scope,
nothing controls the export.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs

from regcompare.errors import UsageError, did_you_mean, nearest
from regcompare.logic.conditions import FALSE, Condition, all_of, any_of, partially_evaluate
from regcompare.program.program import Entry
from regcompare.ruleset.review import Weighing
from regcompare.ruleset.rules import Outcome, Rule
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import AsOf, Readings
from regcompare.verdict.verdict import Verdict
from regcompare.views.document import Document
from regcompare.views.html import fragment_text
from regcompare.vocabulary import LAW_DATE
from regcompare.words.lexicon import listing

from .frames import frame_for
from .regimes import Regime, possible_cases, read_regimes
from .witness import assess_regimes, unusual_readings

__all__ = ["Except", "Proof", "equivalent", "never_laxer", "prove"]

Except = Condition | Rule | str | Sequence[Rule | str] | None
"""Cases to leave out: those that meet a condition, or those in which rules (or rules by id) hold."""


@attrs.frozen(repr=False)
class Proof:
    """A claim about every possible case, with its proof or the case that refutes it.

    Attributes:
        claim: The claim, as a sentence.
        refuted: Its refutation, as a sentence.
        holds: Whether it was proved for every possible case.
        regimes: The rulesets as they were read.
        counterexample: The smallest case that refutes it: no other has fewer answers that depart from
            an ordinary case.  It loads, and states the result under each ruleset.
        departs: The facts in which it departs from an ordinary case.
        readings: Readings of doubtful texts, by id, without which the counterexample does not refute it.
        is_idle: Whether the claim holds only because no case could refute it.
        fixed: The id of the case whose facts were taken as given; blank without one.
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
        """The verdict of each ruleset on the counterexample, by plain assessment; empty without one."""
        if self.counterexample is None:
            return ()
        return tuple(assess_regimes(self.counterexample, self.regimes, self.readings))

    def sentence(self) -> str:
        """Returns the finding in full sentences."""
        domain = "every possible case" + (f" with the facts of {self.fixed}" if self.fixed else "")
        if self.holds:
            idle = " It holds because no case could show the opposite." if self.is_idle else ""
            return f"Proved over {domain}: {self.claim}{idle}"
        results = (f"{item.ruleset.id} gives {item.result.replace('_', ' ')}" for item in self.verdicts)
        unusual = unusual_readings(self.readings, self.regimes)
        readings = [f"{name} is read as {reading}" for name, reading in unusual.items()]
        return (
            f"{self.refuted} In the smallest such case {listing(list(dict.fromkeys(results)), 'and')}. "
            f"It departs from an ordinary case in {listing(self.departs, 'and') or 'nothing'}; "
            "no other does in fewer answers."
            + (f" In it {listing(readings, 'and')}." if readings else "")
        )

    def _repr_html_(self) -> str:
        return fragment_text(Document("", [self.sentence()]))


# claims ---------------------------------------------------------------------------------------------


def prove(a: Ruleset, claims: Mapping[str, Ruleset], *, reviews: bool = False, **options: Any) -> Proof:
    """Proves the one claim that is named ``never_laxer_than`` or ``equivalent_to``.

    Raises:
        UsageError: There is not exactly one claim, or ``reviews`` does not go with it.
    """
    if len(claims) != 1:
        raise UsageError(
            "Expected one claim, with a regime: either never_laxer_than= or equivalent_to=."
        )
    ((name, b),) = claims.items()
    if name == "never_laxer_than":
        return never_laxer(a, b, reviews=reviews, **options)
    if reviews:
        raise UsageError("reviews= goes with never_laxer_than=; leave it out.")
    return equivalent(a, b, **options)


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

    ``a`` is laxer in a case for which ``b`` has an outcome above no control, and ``a`` a weaker one or
    none, as the case is out of its scope.  Only outcomes count, unless ``reviews`` is set.

    Args:
        a: The ruleset that is claimed to be as strict.
        b: The ruleset that it is compared with.
        except_: Cases to leave out: those of a condition, or those in which rules of either hold.
        as_of: The day whose law is applied; by default each ruleset's reference date.
        readings: Readings of doubtful texts; with ``open`` the proof holds under every reading, the same
            in both.
        given: A case whose facts are taken as given; the facts that it leaves open are free.
        like: Cases that show what is ordinary.
        reviews: Whether ``a`` is also laxer where both ask for a licence and it is decided more mildly.

    Raises:
        UsageError: A rule is unknown, a ruleset cannot be read on the day, or the extra is missing.
    """
    pair = read_regimes([a, b], as_of, readings, given=given)
    first, second = map(_regime_name, pair)
    aspects = ", at the gate or in how licences are decided" if reviews else ""
    return _Question(pair, except_, given, like).prove(
        f"{first} is never laxer than {second}{aspects}",
        f"{first} is laxer than {second} in some cases{aspects}",
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

    It is no difference that one does not cover a case and the other leaves it without control.  The
    arguments are those of ``never_laxer``.
    """
    pair = read_regimes([a, b], as_of, readings, given=given)
    both = f"{_regime_name(pair[0])} and {_regime_name(pair[1])}"
    return _Question(pair, except_, given, like).prove(
        f"{both} always come to the same outcome",
        f"{both} differ in some cases",
        f"{a.id} and {b.id} differ",
        any_of(_laxer(*pair), _laxer(*pair[::-1])),
        any_of(*(item.at_least(outcome) for item in pair for outcome in _ABOVE)),
    )


# proof ----------------------------------------------------------------------------------------------

_ABOVE = tuple(Outcome)[1:]


def _laxer(a: Regime, b: Regime) -> Condition:
    return any_of(*(b.at_least(outcome) & ~a.at_least(outcome) for outcome in _ABOVE))


def _milder(a: Regime, b: Regime) -> Condition:
    """That both ask for a licence, and ``a`` has it decided more mildly."""
    ways = ((b.review_at_least(way), a.review_at_least(way)) for way in Weighing)
    milder = any_of(*(strict & ~mild for strict, mild in ways))
    return a.at_least(Outcome.AUTHORISATION) & milder


def _regime_name(item: Regime) -> str:
    return f"{item.ruleset.id} as of {item.as_of}" if item.as_of else f"{item.ruleset.id} at any date"


@attrs.frozen
class _Question:
    """The setting of a claim: the regimes, the cases left out, the given case, the ordinary cases."""

    regimes: tuple[Regime, ...]
    except_: Except
    fixed: Scenario | None
    like: Iterable[Scenario]

    def prove(
        self, claim: str, refuted: str, shown: str, counter_condition: Condition, basis: Condition
    ) -> Proof:
        """Returns the proof that no case meets a condition, or the smallest case that does.

        Args:
            claim: The claim, in words.
            refuted: Its refutation, in words.
            shown: What a counterexample shows, in words.
            counter_condition: The condition that a counterexample meets.
            basis: The condition that a case meets for which the claim says anything.
        """
        excluded = _excluded_condition(self.except_, self.regimes)
        exception = _exception_words(self.except_)
        extra = () if excluded == FALSE else (excluded,)
        frame = frame_for(possible_cases(self.regimes, extra, like=self.like), self.fixed)
        witness = frame.witness(counter_condition & ~excluded, shown, f"A case in which {shown}")
        return Proof(
            f"{claim}{exception}.",
            f"{refuted}{exception}.",
            witness is None,
            self.regimes,
            counterexample=witness.scenario if witness else None,
            departs=witness.departs if witness else (),
            readings=witness.readings if witness else {},
            is_idle=witness is None and not frame.can_be(basis & ~excluded),
            fixed=self.fixed.id if self.fixed else "",
        )


def _exception_words(except_: Except) -> str:
    if except_ is None:
        return ""
    if isinstance(except_, Condition):
        return ", except where the given condition holds"
    names = [item if isinstance(item, str) else item.id for item in _as_sequence(except_)]
    return f", except where {' or '.join(names)} holds"


def _as_sequence(except_: Rule | str | Sequence[Rule | str]) -> Sequence[Rule | str]:
    return [except_] if isinstance(except_, Rule | str) else except_


def _excluded_condition(except_: Except, regimes: Sequence[Regime]) -> Condition:
    if except_ is None:
        return FALSE
    if isinstance(except_, Condition):
        answers_by_regime = [
            {item.key: reading for item, reading in regime.assumed if reading}
            | ({LAW_DATE.key: regime.as_of} if regime.as_of else {})
            for regime in regimes
        ]
        return any_of(*(partially_evaluate(except_, answers) for answers in answers_by_regime))
    holding = []
    for item in _as_sequence(except_):
        entry = _entry(item, regimes)
        owner = next(regime for regime in regimes if entry in regime.program.entries)
        holding.append(all_of(owner.scope, owner.holds[owner.places[entry.rule]]))
    return any_of(*holding)


def _entry(rule: Rule | str, regimes: Sequence[Regime]) -> Entry:
    """The entry of a rule in the first of these regimes that has it."""
    entries = [entry for regime in regimes for entry in regime.program.entries]
    for entry in entries:
        if entry.rule is rule or entry.rule.id == rule:
            return entry
    name = rule if isinstance(rule, str) else rule.id
    hint = did_you_mean(nearest(name, [entry.rule.id for entry in entries]))
    owners = " or ".join(dict.fromkeys(regime.ruleset.id for regime in regimes))
    raise UsageError(f"{owners} has no rule {name!r} in the law applied.{hint}")
