"""What each demand of a reform contributes: what it closes alone, and what stays open without it.

A demand is a provision: its rules together.  Alone means that of the reform's own rules only those of
the demand are adopted, on the same base; without means that they alone are dropped.  What the law that
the reform stands on closes by itself is no gap here.  Demands are not added up: several may close the
same gap, and one that lifts others closes none and opens some.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from regcompare.comparison.comparison import compare
from regcompare.comparison.gaps import may_differ
from regcompare.comparison.headline import reaches
from regcompare.errors import UsageError
from regcompare.ruleset.rules import Outcome, Rule
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import AsOf, Readings
from regcompare.verdict.verdict import Verdict

from .axes import BY
from .frames import over
from .gaps import GapCell, PossibleGaps, gaps_between
from .regimes import Regime
from .spans import PROVER

__all__ = ["CaseShare", "CaseShares", "CellShare", "Demand", "by_cases", "by_cells", "demands"]


@attrs.frozen
class Demand:
    """A provision of a reform with its rules.

    Attributes:
        name: Its place in the text, such as ``A02`` or ``Art. 5(1)``.
        rules: Its rules.
        lifts: Ids of rules of the reform that it lifts: it exempts from them.
    """

    name: str
    rules: tuple[Rule, ...]
    lifts: tuple[str, ...]


@attrs.frozen
class CellShare:
    """What a demand contributes over the cells of a map in which there is a gap.

    Attributes:
        demand: The demand.
        closes_all: The cells in which it alone closes the whole gap.
        closes_some: The cells in which it alone closes a part of the gap, and no more.
        opens_all: The cells in which nothing is closed without it.
        opens_some: The cells in which a part of the gap stays open without it, and no more.
        of: The cells in which the reform closes anything.
        frees: Whether without it the reform would stop cases that it now lets through.
    """

    demand: Demand
    closes_all: tuple[GapCell, ...]
    closes_some: tuple[GapCell, ...]
    opens_all: tuple[GapCell, ...]
    opens_some: tuple[GapCell, ...]
    of: tuple[GapCell, ...]
    frees: bool


@attrs.frozen
class CaseShare:
    """What a demand contributes over a set of cases that the base lets through, or may let through.

    Attributes:
        demand: The demand.
        stops: The cases that it alone stops for certain.
        may_stop: The cases that its own rules may stop, besides.
        opens: The cases that the reform stops for certain, and would not without it.
        frees: The cases that the reform would stop for certain without it, and does not.
    """

    demand: Demand
    stops: tuple[str, ...]
    may_stop: tuple[str, ...]
    opens: tuple[str, ...]
    frees: tuple[str, ...]


# the demands of a reform ----------------------------------------------------------------------------


def demands(reform: Ruleset) -> tuple[Demand, ...]:
    """Returns the provisions of a reform's own rules, in the order of the text."""
    grouped: dict[str, list[Rule]] = {}
    for rule in reform.rules:
        grouped.setdefault(rule.cite.pinpoint, []).append(rule)
    if not grouped:
        raise UsageError(f"{reform.id} has no rules of its own, so no demand to look at.")
    return tuple(
        Demand(name, tuple(rules), tuple(lifted.id for rule in rules for lifted in rule.lifts))
        for name, rules in grouped.items()
    )


def alone(reform: Ruleset, demand: Demand) -> Ruleset:
    """Returns the reform with only the rules of one demand, on the same base."""
    others = [rule.id for rule in reform.rules if rule not in demand.rules]
    name = f"{reform.id}-only-{demand.rules[0].id.lower()}"
    return reform.without(*others, id=name) if others else reform


def dropped(reform: Ruleset, demand: Demand) -> Ruleset:
    """Returns the reform without the rules of one demand."""
    name = f"{reform.id}-without-{demand.rules[0].id.lower()}"
    return reform.without(*(rule.id for rule in demand.rules), id=name)


def bare(reform: Ruleset) -> Ruleset:
    """Returns the reform without any of its own rules: the law that it stands on."""
    return reform.without(*(rule.id for rule in reform.rules), id=f"{reform.id}-without-its-rules")


def _variants(reform: Ruleset, asked: Iterable[Demand]) -> Iterator[Ruleset]:
    """The law that a reform stands on; then for each demand it alone, and the reform without it."""
    yield bare(reform)
    for demand in asked:
        yield from (alone(reform, demand), dropped(reform, demand))


# over the cells of a map ----------------------------------------------------------------------------


def by_cells(
    base: Ruleset,
    reform: Ruleset,
    *,
    stops_at: Outcome = Outcome.AUTHORISATION,
    by: tuple[str, str] = BY,
    given: Scenario | None = None,
    presume: Iterable[str] = (),
    as_of: AsOf = None,
    readings: Readings = None,
    like: Iterable[Scenario] = (),
) -> tuple[PossibleGaps, tuple[CellShare, ...]]:
    """Returns the gaps that a reform closes in a base, and what each demand contributes to that.

    The arguments are those of ``possible_gaps``.  Counts are of cells of the named map, never of cases.

    Raises:
        UsageError: As for ``possible_gaps``; or the reform has no rules of its own.
    """
    asked = demands(reform)
    frame = over(
        [base, reform, *_variants(reform, asked)],
        as_of=as_of,
        readings=readings,
        given=given,
        presume=presume,
        like=like,
    )
    regimes = frame.cases.regimes
    left = frame.meeting(~regimes[2].at_least(stops_at))
    gaps = gaps_between(regimes[0], regimes[1], left, stops_at=stops_at, by=by)
    pairs = zip(asked, regimes[3::2], regimes[4::2], strict=True)
    return gaps, tuple(_cell_share(gaps, demand, only, without) for demand, only, without in pairs)


def _cell_share(gaps: PossibleGaps, demand: Demand, only: Regime, without: Regime) -> CellShare:
    closed, opened = _parts(gaps, only, stopped=True), _parts(gaps, without, stopped=False)
    at, base, other = gaps.stops_at, gaps.base, gaps.other
    frees = gaps.frame.can_be(base.below(at), other.below(at), without.at_least(at))
    return CellShare(
        demand,
        closes_all=closed[True],
        closes_some=closed[False],
        opens_all=opened[True],
        opens_some=opened[False],
        of=gaps.found,
        frees=frees,
    )


def _parts(gaps: PossibleGaps, variant: Regime, *, stopped: bool) -> Mapping[bool, tuple[GapCell, ...]]:
    """The cells of which a variant stops (or not) every case of the gap, and those of which some."""
    stops = variant.at_least(gaps.stops_at)
    wanted, unwanted = (stops, ~stops) if stopped else (~stops, stops)
    done: dict[tuple[int, int], bool | None] = {}

    def whole(cell: GapCell) -> bool | None:
        if cell.alike not in done:
            can_be = gaps.among(cell.down, cell.across).can_be
            done[cell.alike] = not can_be(gaps.gap, unwanted) if can_be(gaps.gap, wanted) else None
        return done[cell.alike]

    return {truth: tuple(cell for cell in gaps.found if whole(cell) is truth) for truth in (True, False)}


# over a set of cases --------------------------------------------------------------------------------


@attrs.frozen
class CaseShares:
    """What the demands of a reform contribute over a set of cases.

    Attributes:
        base: The id of the base.
        reform: The id of the reform.
        stops_at: The least outcome that counts as controlled.
        let_through: The cases that the base lets through for certain, in the scope of both; those that
            the law that the reform stands on stops are left out.
        may_let_through: The cases that it may let through, besides.
        stopped: Those of both that the reform stops for certain.
        may_be_stopped: Those that it may stop, besides.
        set_aside: The cases that one of them does not reach.
        shares: The demands with what each contributes, in the order of the text.
    """

    base: str
    reform: str
    stops_at: Outcome
    let_through: tuple[str, ...]
    may_let_through: tuple[str, ...]
    stopped: tuple[str, ...]
    may_be_stopped: tuple[str, ...]
    set_aside: tuple[str, ...]
    shares: tuple[CaseShare, ...]

    def best(self) -> tuple[CaseShare, ...]:
        """Returns the demands that alone stop the most cases for certain; none where none stops any."""
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
    """Returns which of some cases each demand of a reform would have stopped by itself.

    What is certain and what may be are counted apart: a case that a demand may stop is one in which it
    is proved that some answers to what is open make the demand stop it and the base let it through.

    Args:
        scenarios: The cases.
        base: The law as it is.
        reform: The reform.
        stops_at: The least outcome that counts as controlled.
        as_of: As for ``compare``.
        readings: As for ``compare``.

    Raises:
        UsageError: The reform has no rules of its own, the extra ``prove`` is missing, or as for
            ``compare``.
    """
    asked = demands(reform)
    columns = [base, reform, *_variants(reform, asked)]
    rows = compare(scenarios, columns, as_of=as_of, readings=readings, prover=PROVER).rows
    reached = [row for row in rows if row[0].span and row[1].span]
    # The base and the law that the reform stands on do not stop it for certain.
    left = [row for row in reached if not any(reaches(row[place], stops_at) for place in (0, 2))]
    sure = [row for row in left if reaches(row[0], stops_at) is False]
    return CaseShares(
        base.id,
        reform.id,
        stops_at,
        let_through=_ids(sure),
        may_let_through=_ids(row for row in left if row not in sure),
        stopped=_ids(row for row in left if reaches(row[1], stops_at)),
        may_be_stopped=_ids(row for row in left if _only_may(row[0], row[1], stops_at)),
        set_aside=_ids(row for row in rows if row not in reached),
        shares=tuple(
            _case_share(demand, left, 3 + 2 * number, stops_at) for number, demand in enumerate(asked)
        ),
    )


Row = Sequence[Verdict]


def _case_share(demand: Demand, rows: Sequence[Row], only: int, at: Outcome) -> CaseShare:
    """What a demand contributes; the column in which it stands alone is followed by that without it."""
    with_and_without = [(row, reaches(row[1], at), reaches(row[only + 1], at)) for row in rows]
    return CaseShare(
        demand,
        stops=_ids(row for row in rows if reaches(row[only], at)),
        may_stop=_ids(row for row in rows if _may_add(row[0], row[only], demand, at)),
        opens=_ids(row for row, stops, without in with_and_without if stops and not without),
        frees=_ids(row for row, stops, without in with_and_without if without and not stops),
    )


def _ids(rows: Iterable[Row]) -> tuple[str, ...]:
    return tuple(row[0].scenario.id for row in rows)


def _may_add(base: Verdict, verdict: Verdict, demand: Demand, at: Outcome) -> bool:
    """Whether a case is open, and a rule of the demand itself, not only the law below, may stop it."""
    own = {rule.id for rule in demand.rules if rule.then >= at}
    return _only_may(base, verdict, at) and any(
        finding.rule.id in own and finding.ruleset is verdict.ruleset and finding.holds is not False
        for finding in verdict.findings
    )


def _only_may(base: Verdict, verdict: Verdict, at: Outcome) -> bool:
    return reaches(verdict, at) is None and may_differ(base, verdict, at)
