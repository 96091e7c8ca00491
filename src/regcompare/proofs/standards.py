"""On which finding of harm each regime must, may or need not refuse a licence: proved for all cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

import attrs

from regcompare.errors import UsageError
from regcompare.law import Checked
from regcompare.logic.conditions import TRUE, Condition, all_of
from regcompare.program.program import Entry, is_criterion
from regcompare.ruleset.cites import citation_format
from regcompare.ruleset.review import Weighing
from regcompare.ruleset.rules import Duty, Outcome, Rule
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import AsOf, Readings
from regcompare.vocabulary import Harm, Item, Standard, Transaction

from .frames import Frame, framed
from .regimes import Regime, possible, read_alike

FOUND: tuple[Standard | None, ...] = (
    None,
    *(standard for standard in Standard if standard is not Standard.PRESUMED),
)
"""What an authority may find, from nothing on."""

_SURVEILLANCE = (
    Transaction.kind.is_in("export", "electronic_export")
    & Item.designed_to_monitor_people
    & ~Item.technology.is_in("not_surveillance", "encryption")
    & ~Item.security_research
    & ~Item.commercial_use_only
)
"""An item that is made to observe people is exported for that, not to test systems or to bill calls."""


@attrs.frozen
class ReviewProvision:
    """A provision that says how a licence is decided, and what it says.

    Attributes:
        weighing: What it says.
        provision: The rule or duty.
        ruleset: The ruleset that it belongs to.
        found_by: Who finds what it asks for.
        cite: Where it stands, as a cell of the table cites it.
        checked: How it is known.
    """

    weighing: Weighing
    provision: Rule | Duty
    ruleset: Ruleset
    found_by: str
    cite: str
    checked: Checked


@attrs.frozen
class LicensingStandard:
    """How a regime has licences decided where harm is found to one standard; both ends are proved.

    Attributes:
        regime: The regime.
        found: To which standard harm to people is found; None for not at all.
        least: What its text says at least in every case that needs a licence; None where no case does.
        greatest: What it says at most in some case.
        said: The provisions that can say so there.
    """

    regime: Regime
    found: Standard | None
    least: Weighing | None
    greatest: Weighing | None
    said: tuple[ReviewProvision, ...]

    def by(self, weighing: Weighing) -> tuple[ReviewProvision, ...]:
        """Returns the provisions that say this."""
        return tuple(item for item in self.said if item.weighing is weighing)


@attrs.frozen(eq=False, repr=False, slots=False)
class Standards:
    """The table of standards: findings down, regimes across.

    It looks at every possible export of an item made to observe people that needs a licence and that no
    rule bans: to one that needs none nobody can say no, and one that is banned depends on no finding.

    Attributes:
        regimes: The regimes, in the order named.
        frame: What is taken as given, in words.
        rows: For each finding, what each regime says.
    """

    regimes: tuple[Regime, ...]
    frame: str
    rows: tuple[tuple[LicensingStandard, ...], ...]

    def __repr__(self) -> str:
        return f"<Standards: {len(self.rows)} findings under {len(self.regimes)} rulesets>"

    def of(self, ruleset: str) -> tuple[LicensingStandard, ...]:
        """Returns the column of a ruleset, by id.

        Raises:
            UsageError: The table has no such ruleset.
        """
        ids = [item.ruleset.id for item in self.regimes]
        if ruleset not in ids:
            raise UsageError(f"The table has no ruleset {ruleset!r}; it has {', '.join(ids)}.")
        return tuple(row[ids.index(ruleset)] for row in self.rows)


def standards(
    rulesets: Sequence[Ruleset],
    *,
    as_of: AsOf = None,
    readings: Readings = None,
    given: Scenario | None = None,
    presume: Iterable[str] = ("ordinary", "surveillance"),
    like: Iterable[Scenario] = (),
) -> Standards:
    """Proves for each finding of harm what each regime says to an authority that decides on a licence.

    The arguments are those of ``over``.

    Raises:
        UsageError: No ruleset is named; else as for ``over``.
    """
    if not rulesets:
        raise UsageError("A table of standards needs at least one ruleset; name one with -r ID.")
    regimes = read_alike(rulesets, as_of, readings, given=given)
    layers, like = tuple(presume), tuple(like)
    columns = []
    for item in regimes:
        harms = (_SURVEILLANCE, *(harm.when for harm in item.ruleset.vocabulary.harms))
        cases = possible([item], harms, presume=layers, like=like)
        # Surveillance technology is exported, a licence is needed, and no rule bans the export.
        needed = item.at_least(Outcome.AUTHORISATION) & ~item.at_least(Outcome.PROHIBITION)
        licences = framed(cases, given, presume=layers).meeting(_SURVEILLANCE, needed)
        columns.append(_Column(item, licences))
    rows = tuple(tuple(column.at(found) for column in columns) for found in FOUND)
    return Standards(regimes, columns[0].licences.words, rows)


@attrs.frozen(eq=False, slots=False)
class _Column:
    """One regime, with the cases that are looked at."""

    regime: Regime
    licences: Frame
    known: dict[object, LicensingStandard] = attrs.field(factory=dict)

    def at(self, found: Standard | None) -> LicensingStandard:
        """What the regime says where harm is found to this standard; worked out once for alike."""
        alike = tuple(_is_met(harm, found) for harm in self.regime.ruleset.vocabulary.harms)
        if alike not in self.known:
            self.known[alike] = self._decided(_found(self.regime.ruleset, found))
        return attrs.evolve(self.known[alike], found=found)

    def _decided(self, found: Condition) -> LicensingStandard:
        can_be = self.licences.can_be
        if not can_be(found):
            return LicensingStandard(self.regime, None, None, None, ())
        steps = [(how, self.regime.reached.reviewed(how)) for how in Weighing]
        least = max(how for how, met in steps if not can_be(found, ~met))
        greatest = max(how for how, met in steps if can_be(found, met))
        said = tuple(item for item, when in self.saying if can_be(found, when))
        return LicensingStandard(self.regime, None, least, greatest, said)

    @cached_property
    def saying(self) -> tuple[tuple[ReviewProvision, Condition], ...]:
        """The provisions that say more than that the authority decides, and when they do."""
        reached, cite = self.regime.reached, citation_format(self.regime.ruleset)
        found: list[tuple[ReviewProvision, Condition]] = []
        for entry, stands in zip(reached.program.entries, reached.stands, strict=True):
            found += ((said, all_of(stands, reached.read(when))) for said, when in self._of_rule(entry))
        for duty, part, condition in reached.program.duties:
            if is_criterion(duty):
                said = ReviewProvision(
                    Weighing.CONSIDER, duty, part, _AUTHORITY, cite(duty.cite), part.mark(duty)
                )
                found.append((said, reached.read(condition)))
        return tuple(found)

    def _of_rule(self, entry: Entry) -> Iterator[tuple[ReviewProvision, Condition]]:
        """What a rule says where it stands, and when it does."""
        rule, part, cite = entry.rule, entry.source, citation_format(self.regime.ruleset)
        if rule.then is Outcome.REFUSAL:
            by = next((review.found_by for review in rule.review), _AUTHORITY)
            yield (
                ReviewProvision(Weighing.REFUSE, rule, part, by, cite(rule.cite), part.mark(rule)),
                TRUE,
            )
            return
        for review in rule.review:
            place = cite(review.cite or rule.cite)
            mark = (review.checked or part.evidence(rule)).level
            met = review.met(self.regime.ruleset.vocabulary.harms)
            for how, when in ((review.weighing, met), (review.otherwise, ~met)):
                said = ReviewProvision(how, rule, part, review.found_by, place, mark)
                yield said, all_of(review.holds, when)


_AUTHORITY = "the authority"


def _is_met(harm: Harm, found: Standard | None) -> bool:
    return found is not None and harm.standard <= found


def _found(ruleset: Ruleset, found: Standard | None) -> Condition:
    """Harm is found to this standard, and so to every weaker one, and to no stronger one."""
    harms = ruleset.vocabulary.harms
    return all_of(*(harm.when if _is_met(harm, found) else ~harm.when for harm in harms))
