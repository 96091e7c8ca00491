"""The contribution of each demand of a reform: what it closes alone, and what stays open without it.

A demand is a provision with all its rules.  Alone means that the reform has only these rules, on the
same base; without means that it lacks only these.  What the base closes by itself is no gap here.
Contributions are not added up: several demands may close one gap, and one that overrides others closes
none and opens some.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from regcompare.comparison.claims import Claim
from regcompare.comparison.classes import reaches
from regcompare.comparison.comparison import readings_for
from regcompare.comparison.gaps import may_differ
from regcompare.comparison.tidy import Tabular
from regcompare.errors import UsageError
from regcompare.ruleset.rules import Outcome, Rule
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import AsOf, Readings, assess_all
from regcompare.verdict.verdict import Verdict
from regcompare.views.render import Form

from .spans import prover_over


@attrs.frozen
class Demand:
    """A provision of a reform with its rules.

    Attributes:
        name: Its place in the text, such as ``A02`` or ``Art. 5(1)``.
        rules: Its rules.
        lifts: Ids of other rules of the reform that it overrides, as an exemption from them.
    """

    name: str
    rules: tuple[Rule, ...]
    lifts: tuple[str, ...]


@attrs.frozen
class CaseShare:
    """The contribution of a demand over cases that the base leaves, or may leave, without control.

    Attributes:
        demand: The demand.
        stops: The cases that it alone certainly controls.
        may_stop: The further cases that its own rules may control.
        opens: The cases that the reform certainly controls, and would not without it.
        frees: The cases that the reform would certainly control without it, and does not.
    """

    demand: Demand
    stops: tuple[str, ...]
    may_stop: tuple[str, ...]
    opens: tuple[str, ...]
    frees: tuple[str, ...]


def demands(reform: Ruleset) -> tuple[Demand, ...]:
    """Returns the provisions of a reform's own rules, in the order of the text."""
    rules_by_place: dict[str, list[Rule]] = {}
    for rule in reform.rules:
        place = re.sub(r"\([a-z]\)$", "", rule.cite.pinpoint)  # Its points are one provision.
        rules_by_place.setdefault(place, []).append(rule)
    if not rules_by_place:
        raise UsageError(f"{reform.id} has no rules of its own, so there are no demands to compare.")
    return tuple(
        Demand(
            name,
            tuple(rules),
            tuple(other.id for rule in rules for other in rule.lifts if other not in rules),
        )
        for name, rules in rules_by_place.items()
    )


def only_and_without(reform: Ruleset, demand: Demand) -> tuple[Ruleset, Ruleset]:
    """Returns the reform with only the rules of one demand, and without them, on the same base."""
    first, own = demand.rules[0].id.lower(), [rule.id for rule in demand.rules]
    others = [rule.id for rule in reform.rules if rule not in demand.rules]
    only = reform.without(*others, id=f"{reform.id}-only-{first}") if others else reform
    return only, reform.without(*own, id=f"{reform.id}-without-{first}")


@attrs.frozen
class CaseShares(Tabular):
    """The contributions of the demands of a reform over a set of cases.

    Attributes:
        base: The id of the base.
        reform: The id of the reform.
        law: Both, with the day as of which each is applied.
        stops_at: The mildest outcome that counts as controlled.
        let_through: The cases in the scope of both that the base certainly does not control; those that
            the law below the reform controls are left out.
        may_let_through: The further cases that the base may leave without control.
        stopped: The cases, among both, that the reform certainly controls.
        may_be_stopped: The further cases that the reform may control.
        set_aside: The cases outside the scope of one of them.
        shares: The contribution of each demand, in the order of the text.
    """

    base: str
    reform: str
    law: tuple[str, ...]
    stops_at: Outcome
    let_through: tuple[str, ...]
    may_let_through: tuple[str, ...]
    stopped: tuple[str, ...]
    may_be_stopped: tuple[str, ...]
    set_aside: tuple[str, ...]
    shares: tuple[CaseShare, ...]

    def __len__(self) -> int:
        return len(self.shares)

    def __iter__(self) -> Iterator[CaseShare]:
        return iter(self.shares)

    def finding(self) -> Claim:
        """Returns the finding: the single demand that covers most of the cases."""
        from .views.possible import cases_sentence

        command = f"regcompare gaps {self.base} {self.reform} --by-demand"
        return Claim(cases_sentence(self), proved_by=command)

    def text(self, form: Form = "table") -> str:
        """Returns it in a form."""
        from .views.possible import shares_text

        return shares_text(self, form)

    def to_dicts(self) -> list[dict[str, Any]]:
        """Returns one row for each demand and case that it matters to."""
        effects = ("stops", "may_stop", "opens", "frees")
        return [
            {
                "base": self.base, "reform": self.reform, "demand": share.demand.name,
                "scenario": case, "effect": effect,
            }
            for share in self.shares
            for effect in effects
            for case in getattr(share, effect)
        ]  # fmt: skip

    def best(self) -> tuple[CaseShare, ...]:
        """Returns the demands that alone certainly control the most cases; none where none does."""
        most = max((len(share.stops) for share in self.shares), default=0)
        return tuple(share for share in self.shares if most and len(share.stops) == most)


def by_cases(
    scenarios: Iterable[Scenario],
    base: Ruleset,
    reform: Ruleset,
    *,
    stops_at: Outcome = Outcome.AUTHORISATION,
    as_of: AsOf = None,
    readings: Readings = None,
) -> CaseShares:
    """Returns which of some cases each demand of a reform would have controlled by itself.

    Certain and possible contributions are counted separately: a demand may control a case if it is
    proved that some answers to the open facts make the demand control it and the base not.  The options
    are those of ``compare``.

    Raises:
        UsageError: The reform has no rules of its own, the extra ``prove`` is missing, or as for
            ``compare``.
    """
    variants = {demand: only_and_without(reform, demand) for demand in demands(reform)}
    below = reform.without(*(rule.id for rule in reform.rules), id=f"{reform.id}-without-its-rules")
    laws = [base, reform, below, *(law for pair in variants.values() for law in pair)]
    known_readings = dict(zip(laws, readings_for(laws, readings), strict=True))

    def assessed(cases: Iterable[Scenario], *laws: Ruleset) -> list[tuple[Verdict, ...]]:
        given = list(cases)
        verdicts = [assess_all(given, law, as_of=as_of, readings=known_readings[law]) for law in laws]
        return list(zip(*verdicts, strict=True))

    rows = assessed(scenarios, base, reform, below)
    applicable = [row for row in rows if row[0].span and row[1].span]
    # Neither the base nor the law that the reform is based on certainly controls these.
    left = [row[:2] for row in applicable if not any(reaches(row[at], stops_at) for at in (0, 2))]
    touching = dict[Demand, list[tuple[Verdict, ...]]]()
    for demand, pair in variants.items():
        # Where no rule of the demand can hold, the reform is the same without it, and it adds nothing.
        touched = [row for row in left if _possible_rules(demand, row[1])]
        varied = assessed((row[0].scenario for row in touched), *pair)
        touching[demand] = [row + others for row, others in zip(touched, varied, strict=True)]
    reforms = [*left, *((row[0], row[2]) for touched in touching.values() for row in touched)]
    prover = prover_over(item for pair in reforms if reaches(pair[1], stops_at) is None for item in pair)

    def may_add(ours: Verdict, theirs: Verdict) -> bool:
        return reaches(theirs, stops_at) is None and may_differ(ours, theirs, stops_at, prover)

    def share(demand: Demand) -> CaseShare:
        alone, may, opens, frees = list[Verdict](), list[Verdict](), list[Verdict](), list[Verdict]()
        for ours, whole, only, without in touching[demand]:
            stops, stops_without = reaches(whole, stops_at), reaches(without, stops_at)
            # A rule of the demand itself, not only the law below, may stop it.
            own = any(rule.then >= stops_at for rule in _possible_rules(demand, only))
            alone += [ours] if reaches(only, stops_at) else []
            may += [ours] if own and may_add(ours, only) else []
            opens += [ours] if stops and not stops_without else []
            frees += [ours] if stops_without and not stops else []
        return CaseShare(demand, *map(_ids, (alone, may, opens, frees)))

    days = [{str(row[place].as_of) for row in rows} for place in (0, 1)]
    let_through = [ours for ours, _ in left if reaches(ours, stops_at) is False]
    return CaseShares(
        base.id,
        reform.id,
        tuple(
            f"{law.id}: {law.title}, as of {min(days) if len(days) == 1 else 'the facts'}"
            for law, days in zip((base, reform), days, strict=True)
        ),
        stops_at,
        let_through=_ids(let_through),
        may_let_through=_ids(ours for ours, _ in left if ours not in let_through),
        stopped=_ids(ours for ours, theirs in left if reaches(theirs, stops_at)),
        may_be_stopped=_ids(ours for ours, theirs in left if may_add(ours, theirs)),
        set_aside=_ids(row[0] for row in rows if row not in applicable),
        shares=tuple(map(share, touching)),
    )


def _ids(verdicts: Iterable[Verdict]) -> tuple[str, ...]:
    return tuple(verdict.scenario.id for verdict in verdicts)


def _possible_rules(demand: Demand, verdict: Verdict) -> list[Rule]:
    """The rules of a demand that hold in a case, or may."""
    return [
        finding.rule
        for finding in verdict.findings
        if finding.ruleset is verdict.ruleset
        and finding.rule in demand.rules
        and finding.holds is not False
    ]
