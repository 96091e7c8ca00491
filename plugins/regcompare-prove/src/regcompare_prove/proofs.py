"""Proofs of claims over every possible case, or the smallest, most ordinary counterexample.

Where one ruleset controls a case and another does not cover it, the other is laxer: out of scope,
nothing controls the export.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from regcompare.comparison.counts import receipt_of
from regcompare.comparison.receipts import Receipt
from regcompare.errors import UsageError, did_you_mean, nearest
from regcompare.logic.conditions import Condition, all_of, any_of
from regcompare.ruleset.rules import Outcome
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import AsOf, Readings
from regcompare.verdict.verdict import Verdict
from regcompare.views.document import Document
from regcompare.views.html import fragment_text
from regcompare.words.lexicon import listing

from .frames import frame_for
from .receipts import chosen_readings, domain, laws_of
from .regimes import PossibleCases, Regime, read_regimes
from .witness import Witness, assess_regimes, smallest_witness, unusual_readings


@attrs.frozen(repr=False)
class Proof:
    """A claim about every possible case, with its proof or the case that refutes it.

    Attributes:
        claim: The claim, as a sentence.
        refuted: Its refutation, as a sentence.
        regimes: The rulesets as they were read.
        witness: The smallest case that refutes it: no other has fewer answers that depart from an
            ordinary case.
        is_idle: Whether the claim holds only because no case could refute it.
        fixed: The id of the case whose facts were taken as given; blank without one.
        relation: What is claimed, as the argument of ``rc.prove``.
        frame: The possible cases that it is about.
        except_: The ids of the rules whose cases are left out.
    """

    claim: str
    refuted: str
    regimes: tuple[Regime, ...]
    witness: Witness | None = None
    is_idle: bool = False
    fixed: str = ""
    relation: str = "never_laxer_than"
    frame: PossibleCases | None = None
    except_: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Tells whether it was proved for every possible case."""
        return self.witness is None

    @property
    def counterexample(self) -> Scenario | None:
        """The smallest case that refutes it, which loads."""
        return self.witness.scenario if self.witness else None

    @property
    def departs(self) -> tuple[str, ...]:
        """The facts in which it departs from an ordinary case."""
        return self.witness.departs if self.witness else ()

    def __bool__(self) -> bool:
        return self.holds

    def __repr__(self) -> str:
        return f"<Proof: {self.claim} {'holds' if self.holds else 'does not hold'}>"

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """The verdict of each ruleset on the counterexample, by plain assessment; empty without one."""
        if self.witness is None:
            return ()
        return tuple(assess_regimes(self.witness.scenario, self.regimes, self.witness.readings))

    def sentence(self) -> str:
        """Returns the finding in full sentences."""
        domain = "every possible case" + (f" with the facts of {self.fixed}" if self.fixed else "")
        if self.witness is None:
            idle = " It holds because no case could show the opposite." if self.is_idle else ""
            return f"Proved over {domain}: {self.claim}{idle}"
        results = (f"{item.ruleset.id} gives {item.result.replace('_', ' ')}" for item in self.verdicts)
        unusual = unusual_readings(self.witness.readings, self.regimes)
        readings = [f"{name} is read as {reading}" for name, reading in unusual.items()]
        return (
            f"{self.refuted} In the smallest such case {listing(list(dict.fromkeys(results)), 'and')}. "
            f"It departs from an ordinary case in {listing(self.departs, 'and') or 'nothing'}; "
            "no other does in fewer answers."
            + (f" In it {listing(readings, 'and')}." if readings else "")
        )

    def receipt(self) -> Receipt:
        """Returns what somebody else needs to prove the same."""
        first, second = laws = laws_of(self.regimes)
        cases = self.frame.taken if self.frame else ()
        asked = {
            "except_": self.except_, "readings": chosen_readings(self.regimes),
            "given": cases[0].id if cases else None,
        }  # fmt: skip
        more = "".join(f", {name}={value!r}" for name, value in asked.items() if value)
        line = f"rc.prove({first.python}, {self.relation}={second.python}{more}).sentence()"
        about = domain(self.frame) if self.frame else "Every possible case."
        return receipt_of(line, self.sentence(), about, laws, cases)

    def _repr_html_(self) -> str:
        return fragment_text(Document("", [self.sentence()]))


def never_laxer(
    a: Ruleset,
    b: Ruleset,
    *,
    except_: Sequence[str] = (),
    as_of: AsOf = None,
    readings: Readings = None,
    given: Scenario | None = None,
) -> Proof:
    """Proves that ``a`` is never laxer than ``b``, or finds the smallest case in which it is.

    ``a`` is laxer in a case for which ``b`` has an outcome above no control, and ``a`` a weaker one or
    none, as the case is out of its scope.  Only outcomes count.

    Args:
        a: The ruleset that is claimed to be as strict.
        b: The ruleset that it is compared with.
        except_: Ids of rules of either; cases in which one of them holds are left out.
        as_of: The day whose law is applied; by default each ruleset's reference date.
        readings: Readings of doubtful texts; with ``open`` the proof holds under every reading, the same
            in both.
        given: A case whose facts are taken as given; the facts that it leaves open are free.

    Raises:
        UsageError: A rule is unknown, a ruleset cannot be read on the day, or the extra is missing.
    """
    pair = read_regimes([a, b], as_of, readings, given=given)
    first, second = (item.name for item in pair)
    words = (
        f"{first} is never laxer than {second}",
        f"{first} is laxer than {second} in some cases",
        f"A case in which {a.id} is laxer than {b.id}",
    )
    return _prove(words, pair, _laxer(*pair), pair[1:], except_, given, "never_laxer_than")


def equivalent(
    a: Ruleset,
    b: Ruleset,
    *,
    except_: Sequence[str] = (),
    as_of: AsOf = None,
    readings: Readings = None,
    given: Scenario | None = None,
) -> Proof:
    """Proves that neither of two rulesets is ever laxer, or finds the smallest difference.

    It is no difference that one does not cover a case and the other leaves it without control.  The
    arguments are those of ``never_laxer``.
    """
    pair = read_regimes([a, b], as_of, readings, given=given)
    both = f"{pair[0].name} and {pair[1].name}"
    words = (
        f"{both} always come to the same outcome",
        f"{both} differ in some cases",
        f"A case in which {a.id} and {b.id} differ",
    )
    different = _laxer(*pair) | _laxer(*pair[::-1])
    return _prove(words, pair, different, pair, except_, given, "equivalent_to")


_LEAST_CONTROL = Outcome.NO_CONTROL.stricter


def _laxer(a: Regime, b: Regime) -> Condition:
    strict = (outcome for outcome in Outcome if outcome >= _LEAST_CONTROL)
    return any_of(*(b.at_least(outcome) & ~a.at_least(outcome) for outcome in strict))


def _prove(
    words: tuple[str, str, str],
    regimes: tuple[Regime, ...],
    refuting: Condition,
    controlling: Iterable[Regime],
    except_: Sequence[str],
    given: Scenario | None,
    relation: str,
) -> Proof:
    """Returns the proof that no case meets a condition, or the smallest case that does.

    ``words`` are the claim, its refutation, and the title of a counterexample.  One of the
    ``controlling`` regimes must control a case, or the claim says nothing of it.
    """
    claim, refuted, title = words
    exception = f", except where {' or '.join(except_)} holds" if except_ else ""
    excluded = any_of(*(_holding(name, regimes) for name in except_))
    frame = frame_for(regimes, given).meeting(~excluded)
    witness = smallest_witness(frame, refuting, title)
    basis = any_of(*(item.at_least(_LEAST_CONTROL) for item in controlling))
    return Proof(
        f"{claim}{exception}.",
        f"{refuted}{exception}.",
        regimes,
        witness,
        is_idle=witness is None and not frame.can_be(basis),
        fixed=given.id if given else "",
        relation=relation,
        frame=frame,
        except_=tuple(except_),
    )


def _holding(name: str, regimes: Sequence[Regime]) -> Condition:
    """The condition that the rule with this id holds, in the first of these regimes that has it."""
    rules = {rule.id: (item, rule) for item in reversed(regimes) for rule in item.indices}
    if name not in rules:
        owners = " or ".join(dict.fromkeys(regime.ruleset.id for regime in regimes))
        hint = did_you_mean(nearest(name, rules))
        raise UsageError(f"{owners} has no rule {name!r} in the law applied.{hint}")
    owner, rule = rules[name]
    return all_of(owner.scope, owner.holds[owner.indices[rule]])
