"""The contribution of each demand of a reform: what it controls alone, and what is lost without it.

A demand is a provision with all its rules.  Alone means that the reform has only these rules, on the
same base; without means that it lacks only these.  What the base closes by itself is no gap here.
Contributions are not added up: several demands may close one gap, and one that overrides others closes
none and opens some.
"""

from __future__ import annotations

import re
from functools import partial
from typing import Any

import attrs

from regcompare._support.displays import Drawn, Pictures, draw
from regcompare.comparison.claims import Claim, joined, stated
from regcompare.comparison.counts import Count, Counting, Law
from regcompare.comparison.measures import measure_at
from regcompare.comparison.populations import Population
from regcompare.comparison.tidy import Tabular
from regcompare.errors import UsageError
from regcompare.ruleset.rules import Outcome, Rule
from regcompare.ruleset.ruleset import Ruleset
from regcompare.verdict.assess import AsOf
from regcompare.views.render import Form


@attrs.frozen
class Demand:
    """A provision of a reform with its rules.

    Attributes:
        name: Its citation in the text, such as ``A02`` or ``Art. 5(1)``.
    """

    name: str
    rules: tuple[Rule, ...]

    @property
    def overrides(self) -> tuple[str, ...]:
        """Ids of other rules of the reform that it overrides, as an exemption from them."""
        overridden = (other for rule in self.rules for other in rule.overrides)
        return tuple(other.id for other in overridden if other not in self.rules)


@attrs.frozen
class DemandShare:
    """The contribution of a demand, in records.

    Attributes:
        alone: What it alone would control, and the law without the reform does not.
        kept: Of what the reform certainly adds, what it would control without the demand as well.
        freed: What the reform would control without it, and does not; None where it overrides nothing.
    """

    demand: Demand
    alone: Count
    kept: Count
    freed: Count | None

    @property
    def counts(self) -> dict[str, Count]:
        """Its counts by what they say of it."""
        found = {"alone": self.alone, "kept": self.kept, "freed": self.freed}
        return {name: count for name, count in found.items() if count is not None}


def demands(reform: Ruleset) -> tuple[Demand, ...]:
    """Returns the provisions of a reform's own rules, in the order of the text."""
    rules_by_name: dict[str, list[Rule]] = {}
    for rule in reform.rules:
        name = re.sub(r"\([a-z]\)$", "", rule.cite.pinpoint)  # Its points are one provision.
        rules_by_name.setdefault(name, []).append(rule)
    if not rules_by_name:
        raise UsageError(f"{reform.id} has no rules of its own, so there are no demands to compare.")
    return tuple(Demand(name, tuple(rules)) for name, rules in rules_by_name.items())


def only_and_without(reform: Ruleset, demand: Demand) -> tuple[Ruleset, Ruleset]:
    """Returns the reform with only the rules of one demand, and without them, on the same base."""
    first, own = demand.rules[0].id.lower(), [rule.id for rule in demand.rules]
    others = [rule.id for rule in reform.rules if rule not in demand.rules]
    alone = {"id": f"{reform.id}-only-{first}", "title": f"{reform.title}, {demand.name} alone"}
    rest = {"id": f"{reform.id}-without-{first}", "title": f"{reform.title} without {demand.name}"}
    return reform.without(*others, **alone) if others else reform, reform.without(*own, **rest)


@attrs.frozen(repr=False)
class DemandShares(Drawn, Tabular[DemandShare]):
    """The contributions of the demands of a reform, in records.

    Attributes:
        whole: What the reform controls and the base does not.
        shares: The contribution of each demand, in the order of the text.
    """

    whole: Count
    shares: tuple[DemandShare, ...]
    _ITEMS = "shares"

    def __repr__(self) -> str:
        return f"<DemandShares: {len(self)} demands of {self.reform}>"

    @property
    def base(self) -> str:
        """The id of the base."""
        return self.whole.laws[0].ruleset.id

    @property
    def reform(self) -> str:
        """The id of the reform."""
        return self.whole.laws[1].ruleset.id

    @property
    def counts(self) -> tuple[Count, ...]:
        """Every count."""
        return (self.whole, *(count for share in self for count in share.counts.values()))

    def finding(self) -> Claim:
        """Returns the finding: the whole, and the single demand that covers most of it."""
        best = self.best()
        if not best:
            clause = Claim("No single demand makes that certain for any.")
        elif len(best) > 1:
            names = tuple(share.demand.name for share in best)
            clause = Claim(
                "By themselves, {names} each would do that for {count}.",
                {"names": names, "count": best[0].alone},
                tuple(share.alone for share in best),
            )
        else:
            clause = Claim(
                "By itself, {name} would do that for {count}.",
                {"name": best[0].demand.name, "count": best[0].alone},
            )
        return joined((stated(self.whole), clause))

    @property
    def _pictures(self) -> Pictures:
        return {"bars": lambda: draw("counts", [(share.alone,) for share in self])}

    def text(self, form: Form = "table") -> str:
        """Returns it in a form."""
        from .views.possible import shares_text

        return shares_text(self, form)

    def to_dicts(self) -> list[dict[str, Any]]:
        """Returns one row for each demand and what is counted of it: alone, kept or freed."""
        return [
            {"demand": share.demand.name, "effect": effect, **count.row()}
            for share in self
            for effect, count in share.counts.items()
        ]

    def best(self) -> tuple[DemandShare, ...]:
        """Returns the demands that alone certainly control the most; none where none does."""
        most = max((share.alone.certain for share in self), default=0)
        return tuple(share for share in self if most and share.alone.certain == most)


def by_demand(
    counting: Counting,
    population: Population,
    base: Ruleset,
    reform: Ruleset,
    *,
    stops_at: Outcome = Outcome.AUTHORISATION,
    as_of: AsOf = None,
) -> DemandShares:
    """Returns what each demand of a reform would control by itself, and what is left without it.

    A demand by itself is set against the base, the law that leaves records without control, or, where
    the reform is not one of the base on that day, against the law that it reforms; then what the base
    certainly controls is left out.  What reaches ``stops_at`` or a stricter outcome is controlled.

    Raises:
        UsageError: The reform has no rules of its own.
    """
    found = demands(reform)
    reached, gap = measure_at(stops_at), measure_at(stops_at, of_two=True)
    law, count = partial(Law, day=as_of), counting.count
    whole = count(gap, population, law(base), law(reform))
    added, below, counted = whole.those("yes", nouns=population.nouns), base, population
    day = law(reform).fixed_day
    first = next((item for item in reform.base if day and item.in_force(day) is not False), None)
    if base.id not in {item.id for item in (first, reform.made_from) if item}:  # It reforms another.
        own = (rule.id for rule in reform.rules)
        below = reform.without(*own, id=f"{reform.id}-below", title=f"{reform.title}, no demand")
        counted = count(reached, population, law(base)).those("open", "no", nouns=population.nouns)

    def share(demand: Demand) -> DemandShare:
        only, without = only_and_without(reform, demand)
        return DemandShare(
            demand,
            count(gap, counted, law(below), law(only)),
            count(reached, added, law(without)),
            count(gap, population, law(reform), law(without)) if demand.overrides else None,
        )

    return DemandShares(whole, tuple(map(share, found)))
