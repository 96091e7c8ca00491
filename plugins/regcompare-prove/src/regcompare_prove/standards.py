"""Findings of harm for which each regime must, may or need not refuse a licence, proved."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

import attrs

from regcompare._support.displays import Drawn, Pictures, draw
from regcompare.comparison.claims import Claim
from regcompare.comparison.tidy import Tabular
from regcompare.errors import UsageError
from regcompare.law import EvidenceLevel
from regcompare.logic.conditions import FALSE, TRUE, Condition, all_of, any_of, substitute
from regcompare.program.program import Entry, is_criterion
from regcompare.ruleset.review import LicensingPolicy
from regcompare.ruleset.rules import Duty, Outcome, Rule
from regcompare.ruleset.ruleset import Ruleset, citation_format
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import AsOf, Readings
from regcompare.views.render import Form
from regcompare.vocabulary import Item, Standard, Transaction

from .frames import frame_for
from .receipts import proved
from .regimes import PossibleCases, Regime, read_regimes

FINDINGS: tuple[Standard | None, ...] = (
    None,
    *(standard for standard in Standard if standard is not Standard.PRESUMED),
)
"""The findings that an authority may make, from none upwards."""

_SURVEILLANCE = (
    Transaction.kind.is_in("export", "electronic_export")
    & Item.designed_to_monitor_people
    & ~Item.technology.is_in("not_surveillance", "encryption")
    & ~Item.security_research
    & ~Item.commercial_use_only
)
"""The condition that an item made to observe people is exported for that use, not to test or to bill."""

_WATCHING = {"an export of an item made to observe people": _SURVEILLANCE}


class Asks(enum.StrEnum):
    """Demands of a regime on such exports, without which there is no licence to refuse."""

    LICENCE = "licence"
    """A licence, for some of them."""
    REFUSAL = "refusal"
    """Refusal of a licence which another act asks for; none of its own."""
    NOTHING = "nothing"
    """No licence for any of them."""
    OUTSIDE = "outside"
    """Nothing: none of them is in its scope."""


@attrs.frozen
class ReviewProvision:
    """A provision on how a licence is decided.

    Attributes:
        weighing: How it says that the licence is decided.
        found_by: Who makes the finding that it asks for.
        cite: Its citation in a cell of the table.
        checked: Its evidence level.
    """

    weighing: LicensingPolicy
    provision: Rule | Duty
    ruleset: Ruleset
    found_by: str
    cite: str
    checked: EvidenceLevel


@attrs.frozen
class LicensingStandard:
    """The way a regime decides licences where harm is found to one standard; both ends are proved.

    Attributes:
        asks: What the regime asks of such exports, whatever is found.
        finding: The standard to which harm to people is found; None for no finding.
        least: The mildest weighing that applies in every case that needs a licence; None without any.
        greatest: The strictest weighing that applies in some case.
        obliges: Whether the harm obliges the authority to refuse in some case: without it, all else
            equal, it need not refuse.
        provisions: The provisions that can apply there.
    """

    regime: Regime
    asks: Asks
    finding: Standard | None
    least: LicensingPolicy | None
    greatest: LicensingPolicy | None
    obliges: bool
    provisions: tuple[ReviewProvision, ...]

    __data__ = (
        "ruleset", "as_of", "asks", "finding", "least", "greatest", "obliges", "provisions",
    )  # fmt: skip

    @property
    def ruleset(self) -> Ruleset:
        """The ruleset of the regime."""
        return self.regime.ruleset

    @property
    def as_of(self) -> dt.date | None:
        """The day whose law is applied."""
        return self.regime.as_of


@attrs.frozen(eq=False, repr=False, slots=False)
class Standards(Drawn, Tabular[LicensingStandard]):
    """The table of standards: findings down, regimes across.

    It covers every possible export of an item made to observe people that needs a licence and that no
    rule bans: without a licence nothing can be refused, and a ban depends on no finding.

    Attributes:
        regimes: The regimes, in the order named.
        frame: The possible cases of the last regime, with what is taken as given of all.
        rows: For each finding, the standard of each regime.
    """

    regimes: tuple[Regime, ...]
    frame: PossibleCases
    rows: tuple[tuple[LicensingStandard, ...], ...]
    _ITEMS = "cells"

    def __repr__(self) -> str:
        return f"<Standards: {len(self.rows)} findings under {len(self.regimes)} rulesets>"

    def finding(self) -> Claim:
        """Returns the finding: which findings of harm oblige an authority to refuse."""
        from .views.standards import brake_sentences

        return proved(" ".join(brake_sentences(self)), "standards", self.regimes, self.frame)

    @property
    def cells(self) -> list[LicensingStandard]:
        """The standard of each regime for each finding, row by row."""
        return list(chain.from_iterable(self.rows))

    @property
    def _pictures(self) -> Pictures:
        from .views.standards import standards_grid

        return {"grid": lambda: draw("grid", *standards_grid(self))}

    def text(self, form: Form = "table") -> str:
        """Returns it in a form."""
        from .views.standards import standards_text

        return standards_text(self, form)

    def to_dicts(self) -> list[dict[str, Any]]:
        """Returns one row for each law, finding and provision, or one without a provision."""
        return [
            {
                "law": item.regime.ruleset.id, "as_of": item.regime.as_of, "asks": str(item.asks),
                "finding": item.finding.value if item.finding else "nothing",
                "least": item.least and str(item.least),
                "greatest": item.greatest and str(item.greatest),
                "obliges": item.obliges, "cite": provision and provision.cite,
                "says": provision and str(provision.weighing),
                "found_by": provision and provision.found_by,
                "checked": provision and str(provision.checked),
            }
            for item in self
            for provision in item.provisions or (None,)
        ]  # fmt: skip

    def of(self, ruleset: str) -> tuple[LicensingStandard, ...]:
        """Returns the column of a ruleset, by id."""
        return tuple(item for item in self.cells if item.ruleset.id == ruleset)


def standards(
    rulesets: Sequence[Ruleset],
    *,
    as_of: AsOf = None,
    readings: Readings = None,
    given: Scenario | None = None,
    presume: Iterable[str] = ("ordinary", "surveillance"),
) -> Standards:
    """Proves, for each finding of harm, how each regime has an authority decide on a licence.

    The arguments are those of ``read_regimes`` and ``frame_for``.

    Raises:
        UsageError: No ruleset is named; otherwise as for ``read_regimes``.
    """
    if not rulesets:
        raise UsageError("A table of standards needs at least one ruleset; name one with -r ID.")
    regimes = read_regimes(rulesets, as_of, readings, given=given)
    layers, columns = tuple(presume), list[Iterator[LicensingStandard]]()
    for regime in regimes:
        harms = (harm.when for harm in regime.ruleset.vocabulary.harms)
        # A duty may ask what no rule does.
        asked = (*harms, *map(regime.review_at_least, LicensingPolicy))
        exports = frame_for([regime], given, extra=asked, presume=layers, within=_WATCHING)
        columns.append(_column(regime, exports))
    return Standards(regimes, exports, tuple(zip(*columns, strict=True)))


def _column(regime: Regime, exports: PossibleCases) -> Iterator[LicensingStandard]:
    """Yields the standard of a regime for each finding; equivalent findings share it."""
    provisions, harms = tuple(_provisions(regime)), regime.ruleset.vocabulary.harms
    licences = exports.meeting(
        regime.at_least(Outcome.AUTHORISATION) & ~regime.at_least(Outcome.PROHIBITION)
    )
    nothing = LicensingStandard(regime, _asks(regime, exports, licences), None, None, None, False, ())
    refused = regime.at_least(Outcome.REFUSAL)
    without_harm: dict[Condition, Condition] = {harm.when: FALSE for harm in harms}
    # All else equal, it need not be refused without a finding of harm.
    because = refused & ~substitute(refused, without_harm)
    proved: dict[tuple[bool, ...], LicensingStandard] = {}
    for finding in FINDINGS:
        # Harm found to a standard is found to every weaker one, and to no stronger one.
        met = tuple(finding is not None and harm.standard <= finding for harm in harms)
        if met not in proved:
            found = (
                each.when if is_met else ~each.when for each, is_met in zip(harms, met, strict=True)
            )
            proved[met] = _standard(nothing, licences.meeting(*found), provisions, because)
        yield attrs.evolve(proved[met], finding=finding)


def _asks(regime: Regime, exports: PossibleCases, licences: PossibleCases) -> Asks:
    """The demand on exports: a licence if a rule that requires one holds, overridden or not."""
    if not exports.can_be(regime.scope):
        return Asks.OUTSIDE
    if not licences.can_be():
        return Asks.NOTHING
    entries = zip(regime.program.entries, regime.holds, strict=True)
    asking = (holds for entry, holds in entries if entry.rule.then in _LICENSING)
    return Asks.LICENCE if licences.can_be(any_of(*asking)) else Asks.REFUSAL


_LICENSING = (Outcome.AUTHORISATION, Outcome.SUSPENSION)
"""The outcomes of rules that ask for a licence."""


Provisions = tuple[tuple[ReviewProvision, Condition], ...]
"""Provisions that constrain the authority, each with the condition under which it does."""


def _standard(
    nothing: LicensingStandard, licences: PossibleCases, provisions: Provisions, because: Condition
) -> LicensingStandard:
    if nothing.asks is not Asks.LICENCE or not licences.can_be():
        return nothing
    ways = [(weighing, nothing.regime.review_at_least(weighing)) for weighing in LicensingPolicy]
    return attrs.evolve(
        nothing,
        least=max(weighing for weighing, condition in ways if not licences.can_be(~condition)),
        greatest=max(weighing for weighing, condition in ways if licences.can_be(condition)),
        obliges=licences.can_be(because),
        provisions=tuple(item for item, when in provisions if licences.can_be(when)),
    )


def _provisions(regime: Regime) -> Iterator[tuple[ReviewProvision, Condition]]:
    """Yields the provisions that constrain the authority, each with its condition."""
    cite = citation_format(regime.ruleset)
    for entry, stands in zip(regime.program.entries, regime.stands, strict=True):
        for provision, when in _rule_provisions(entry, regime.ruleset):
            yield provision, all_of(stands, regime.specialise(when))
    for duty, part, condition in regime.program.duties:
        if is_criterion(duty):
            level, says = part.mark(duty), LicensingPolicy.CONSIDER
            provision = ReviewProvision(says, duty, part, _AUTHORITY, cite(duty.cite), level)
            yield provision, regime.specialise(condition)


def _rule_provisions(entry: Entry, ruleset: Ruleset) -> Iterator[tuple[ReviewProvision, Condition]]:
    """Yields the provisions of a rule that stands, each with its own condition."""
    rule, part, cite = entry.rule, entry.source, citation_format(ruleset)
    if rule.then is Outcome.REFUSAL:
        found_by = next((review.found_by for review in rule.review), _AUTHORITY)
        level, says = part.mark(rule), LicensingPolicy.REFUSE
        yield ReviewProvision(says, rule, part, found_by, cite(rule.cite), level), TRUE
        return
    for review in rule.review:
        citation = cite(review.cite or rule.cite)
        level = (review.checked or part.evidence(rule)).level
        met = review.met(ruleset.vocabulary.harms)
        for weighing, when in ((review.weighing, met), (review.otherwise, ~met)):
            provision = ReviewProvision(weighing, rule, part, review.found_by, citation, level)
            yield provision, all_of(review.holds, when)


_AUTHORITY = "the authority"
