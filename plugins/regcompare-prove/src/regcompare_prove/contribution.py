"""The contribution of each demand of a reform: what it closes alone, and what stays open without it.

A demand is a provision with all its rules.  Alone means that the reform has only these rules, on the
same base; without means that it lacks only these.  What the base closes by itself is no gap here.
Contributions are not added up: several demands may close one gap, and one that overrides others closes
none and opens some.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import attrs

from regcompare.comparison.comparison import readings_for
from regcompare.comparison.gaps import may_differ
from regcompare.comparison.headline import reaches
from regcompare.errors import UsageError
from regcompare.ruleset.rules import Outcome, Rule
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import AsOf, Readings, assess_all
from regcompare.verdict.verdict import Prover, Verdict

from .spans import prover_over

__all__ = ["CaseShare", "CaseShares", "Demand", "by_cases", "demands"]


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


# the demands of a reform ----------------------------------------------------------------------------


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


def only_demand(reform: Ruleset, demand: Demand) -> Ruleset:
    """Returns the reform with only the rules of one demand, on the same base."""
    others = [rule.id for rule in reform.rules if rule not in demand.rules]
    name = f"{reform.id}-only-{demand.rules[0].id.lower()}"
    return reform.without(*others, id=name) if others else reform


def without_demand(reform: Ruleset, demand: Demand) -> Ruleset:
    """Returns the reform without the rules of one demand."""
    name = f"{reform.id}-without-{demand.rules[0].id.lower()}"
    return reform.without(*(rule.id for rule in demand.rules), id=name)


def without_demands(reform: Ruleset) -> Ruleset:
    """Returns the reform without any of its own rules: the law that it is based on."""
    return reform.without(*(rule.id for rule in reform.rules), id=f"{reform.id}-without-its-rules")


def _variants(reform: Ruleset, reform_demands: Iterable[Demand]) -> Iterator[Ruleset]:
    """The law that a reform is based on; then the reform with each demand alone, and without it."""
    yield without_demands(reform)
    for demand in reform_demands:
        yield from (only_demand(reform, demand), without_demand(reform, demand))


# over a set of cases --------------------------------------------------------------------------------


@attrs.frozen
class CaseShares:
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
    proved that some answers to the open facts make the demand control it and the base not.

    Args:
        scenarios: The cases.
        base: The law as it is.
        reform: The reform.
        stops_at: The mildest outcome that counts as controlled.
        as_of: As for ``compare``.
        readings: As for ``compare``.

    Raises:
        UsageError: The reform has no rules of its own, the extra ``prove`` is missing, or as for
            ``compare``.
    """
    reform_demands = demands(reform)
    below, *variants = _variants(reform, reform_demands)
    columns = [base, reform, below, *variants]
    known_readings = dict(zip(columns, readings_for(columns, readings), strict=True))

    def assessed(cases: Sequence[Scenario], *laws: Ruleset) -> Iterator[Row]:
        verdicts = [assess_all(cases, law, as_of=as_of, readings=known_readings[law]) for law in laws]
        return zip(*verdicts, strict=True)

    rows = list(assessed(list(scenarios), base, reform, below))
    applicable = [row for row in rows if row[0].span and row[1].span]
    # Neither the base nor the law that the reform is based on certainly controls these.
    left = [row for row in applicable if not any(reaches(row[place], stops_at) for place in (0, 2))]
    let_through = [row for row in left if reaches(row[0], stops_at) is False]
    touching = list[tuple[Demand, list[tuple[Row, Row]]]]()
    for demand, only, without in zip(reform_demands, variants[::2], variants[1::2], strict=True):
        # Where no rule of the demand can hold, the reform is the same without it, and it adds nothing.
        touched = [row for row in left if _possible_rules(demand, row[1])]
        pairs = assessed([row[0].scenario for row in touched], only, without)
        touching.append((demand, list(zip(touched, pairs, strict=True))))
    reforms = [(row[0], row[1]) for row in left]
    reforms += [(row[0], pair[0]) for _, both in touching for row, pair in both]
    is_open = [pair for pair in reforms if reaches(pair[1], stops_at) is None]
    prover = prover_over(verdict for pair in is_open for verdict in pair)
    shares = tuple(_case_share(demand, both, stops_at, prover) for demand, both in touching)
    law = tuple(
        f"{ruleset.id}: {ruleset.title}, as of {days.pop() if len(days) == 1 else 'the facts'}"
        for place, ruleset in enumerate((base, reform))
        for days in [{str(row[place].as_of) for row in rows}]
    )
    return CaseShares(
        base.id,
        reform.id,
        law,
        stops_at,
        let_through=_ids(let_through),
        may_let_through=_ids(row for row in left if row not in let_through),
        stopped=_ids(row for row in left if reaches(row[1], stops_at)),
        may_be_stopped=_ids(row for row in left if _only_may(row[0], row[1], stops_at, prover)),
        set_aside=_ids(row for row in rows if row not in applicable),
        shares=shares,
    )


Row = Sequence[Verdict]


def _case_share(
    demand: Demand, rows: Sequence[tuple[Row, Row]], at: Outcome, prover: Prover
) -> CaseShare:
    """What a demand contributes to cases that it touches.

    Each comes with its verdicts under the laws, and with those under the demand alone and the reform
    without it.
    """
    with_and_without = [(row, reaches(row[1], at), reaches(without, at)) for row, (_, without) in rows]
    return CaseShare(
        demand,
        stops=_ids(row for row, (only, _) in rows if reaches(only, at)),
        may_stop=_ids(row for row, (only, _) in rows if _may_add(row[0], only, demand, at, prover)),
        opens=_ids(row for row, stops, without in with_and_without if stops and not without),
        frees=_ids(row for row, stops, without in with_and_without if without and not stops),
    )


def _ids(rows: Iterable[Row]) -> tuple[str, ...]:
    return tuple(row[0].scenario.id for row in rows)


def _may_add(base: Verdict, verdict: Verdict, demand: Demand, at: Outcome, prover: Prover) -> bool:
    """Whether a case is open, and a rule of the demand itself, not only the law below, may stop it."""
    may_hold = any(rule.then >= at for rule in _possible_rules(demand, verdict))
    return may_hold and _only_may(base, verdict, at, prover)


def _possible_rules(demand: Demand, verdict: Verdict) -> list[Rule]:
    """The rules of a demand that hold in a case, or may."""
    return [
        finding.rule
        for finding in verdict.findings
        if finding.ruleset is verdict.ruleset
        and finding.rule in demand.rules
        and finding.holds is not False
    ]


def _only_may(base: Verdict, verdict: Verdict, at: Outcome, prover: Prover) -> bool:
    return reaches(verdict, at) is None and may_differ(base, verdict, at, prover)
