"""Two acts, or two days of one, provision by provision, with a proof of how each pair relates.

Provisions are compared as conditions over the facts, in the cases to which both acts apply.  They are
paired by the act's own correlation table; without one, as the same rule, or by a proof that both reach
the same cases, or one reaches all cases of the other.  Where a list that both name
changed, they are also compared with the later list on both sides: what remains is due to the text.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from functools import cached_property
from itertools import compress, product
from typing import Any

import attrs

from regcompare.comparison.claims import Claim
from regcompare.comparison.tidy import Tabular
from regcompare.errors import UsageError
from regcompare.logic.conditions import TRUE, Condition, all_of, nodes, partially_evaluate
from regcompare.program.program import Entry
from regcompare.ruleset.rules import Rule
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import AsOf, Readings
from regcompare.views.render import Form
from regcompare.vocabulary import LAW_DATE
from regcompare.vocabulary.dated import RowCitation, row_of
from regcompare.words.rows import table_row

from .frames import frame_for
from .receipts import proved
from .regimes import PossibleCases, Regime, read_regimes, regime_for
from .witness import Witness, smallest_witness


class Relation(enum.StrEnum):
    """How the cases that a later provision reaches relate to those of an earlier one."""

    SAME = "same"
    WIDER = "wider"
    """The later one reaches all that the earlier one does, and more."""
    NARROWER = "narrower"
    INCOMPARABLE = "incomparable"
    """Each reaches cases that the other does not."""
    NEW = "new"
    GONE = "gone"
    OPEN = "open"
    """The text of one of them, or of a list that decides, was not read, so nothing is proved."""


@attrs.frozen(eq=False)
class ConditionComparison:
    """What was proved about two conditions.

    Attributes:
        relation: How the later one relates to the earlier one.
        exclusive: The condition that a case meets only the earlier one, and that it meets only the later
            one; None where that was proved impossible.
    """

    relation: Relation
    exclusive: tuple[Condition | None, Condition | None] = (None, None)


@attrs.frozen(eq=False)
class ListChange:
    """What a pair owes to its text, and what to lists that both provisions name and that changed.

    Attributes:
        text: How the later provision relates to the earlier one with the later lists on both sides.
        relation: How the earlier provision with the later lists relates to itself with its own.
        names: The lists that matter, each by itself; all that both name, if they matter only together.
    """

    text: Relation
    relation: Relation
    names: tuple[str, ...]


@attrs.frozen(eq=False)
class Row:
    """A provision with its counterpart.

    Attributes:
        before: The earlier provision; None where the later one is new.
        after: The later provision; None where the earlier one is gone.
        comparison: Their relation.  If it is new or gone, what is exclusive are cases in which the
            other act has a weaker outcome; None where there are none.
        by_table: Whether the act's own correlation table pairs them.
        lists: What of their relation is due to lists; None where no list changed the cases they reach.
    """

    before: Entry | None
    after: Entry | None
    comparison: ConditionComparison
    by_table: bool = False
    lists: ListChange | None = None

    @property
    def rules(self) -> tuple[Rule | None, Rule | None]:
        """The two rules; None where there is no such provision."""
        first, second = (entry.rule if entry else None for entry in (self.before, self.after))
        return first, second

    @property
    def relation(self) -> Relation:
        """How the later provision relates to the earlier one, each with the lists of its day."""
        return self.comparison.relation

    @property
    def text(self) -> Relation:
        """How they relate with the lists of the later day on both sides."""
        return self.lists.text if self.lists else self.relation


@attrs.frozen(eq=False, repr=False, slots=False)
class Correlation(Tabular[Row]):
    """Two acts, or two days of one, provision by provision.

    Attributes:
        frame: The possible cases under consideration.
        scope: The comparison of their scopes.
        rows: The provisions in the order of the later text, each that is gone after its predecessor.
    """

    before: Regime
    after: Regime
    frame: PossibleCases
    scope: ConditionComparison
    rows: tuple[Row, ...]
    _witnesses: dict[Row, tuple[Witness | None, Witness | None]] = attrs.field(init=False, factory=dict)
    _ITEMS = "rows"

    def __repr__(self) -> str:
        return (
            f"<Correlation {self.before.ruleset.id} to {self.after.ruleset.id}: {len(self.rows)} rows>"
        )

    def finding(self) -> Claim:
        """Returns the finding: how many provisions are the same, wider, narrower, new or gone."""
        from .views.correlation import correlation_sentences

        said = " ".join(correlation_sentences(self))
        return proved(said, "correlate", (self.before, self.after), self.frame)

    def text(self, form: Form = "table") -> str:
        """Returns it in a form."""
        from .views.correlation import correlation_text

        return correlation_text(self, form)

    def to_dicts(self) -> list[dict[str, Any]]:
        """Returns one row for each provision with its counterpart."""
        return [
            {
                "before": before and before.id, "before_cite": before and str(before.cite),
                "after": after and after.id, "after_cite": after and str(after.cite),
                "relation": str(row.relation), "of_the_text": str(row.text), "by_table": row.by_table,
            }
            for row in self.rows
            for before, after in [row.rules]
        ]  # fmt: skip

    def witnesses(self, row: Row) -> tuple[Witness | None, Witness | None]:
        """Returns the most ordinary case that only the earlier provision reaches, and only the later."""
        if row not in self._witnesses:
            acts = zip(row.comparison.exclusive, row.rules, (self.before, self.after), strict=True)
            titles = [
                (exclusive, f"{rule and rule.id} of {act.ruleset.id} as of {act.as_of} only")
                for exclusive, rule, act in acts
            ]
            first, second = (
                None if exclusive is None else smallest_witness(self.frame, exclusive, title)
                for exclusive, title in titles
            )
            self._witnesses[row] = first, second
        return self._witnesses[row]


def correlate(
    before: Ruleset,
    after: Ruleset,
    *,
    before_as_of: AsOf = None,
    as_of: AsOf = None,
    readings: Readings = None,
    given: Scenario | None = None,
    presume: Iterable[str] = (),
) -> Correlation:
    """Proves how each provision of an act relates to those of another act, or of another day.

    By default the earlier act is read at its reference date; or, where the later one replaces it, on the
    last day on which it is in force, so that both use the lists of one day and the differences are those
    of the acts.  With a given case, only provisions that it can meet are shown.  ``before_as_of`` is the
    day of the earlier act; the other arguments are those of ``read_regimes`` and ``frame_for``.

    Raises:
        UsageError: The same law is given twice; otherwise as for ``read_regimes``.
    """
    days = before_as_of or _last_day(before, after), as_of
    first, second = read_regimes([before, after], readings=readings, days=days, given=given)
    if first is second:
        raise UsageError(
            f"{before.id} is compared with itself on one day. Name another ruleset, or other days with "
            "base_as_of and as_of, or --base-as-of and --as-of."
        )
    any_day = regime_for(first.program, None, first.assumed, first.base)
    frame = frame_for((first, second), given, extra=any_day.holds, presume=presume)
    return _Correlator(first, second, frame).correlation()


def _last_day(before: Ruleset, after: Ruleset) -> dt.date | None:
    """The last day of an act that another replaces."""
    follows = any(item.of == before.id for item in after.succeeds)
    return before.period.last_day if follows and before.period else None


@attrs.frozen(eq=False, slots=False)
class _Correlator:
    """Correlates two acts within a frame."""

    before: Regime
    after: Regime
    frame: PossibleCases

    def correlation(self) -> Correlation:
        scopes = (self.before.scope, self.after.scope)
        scope = self._compare(scopes, self._prove(*scopes, TRUE), TRUE)
        return Correlation(self.before, self.after, self.frame, scope, tuple(self._rows()))

    # the rows ---------------------------------------------------------------------------------

    def _rows(self) -> Iterator[Row]:
        """The pairs and the new provisions in the order of the later text, those gone in between."""
        by_table = dict(self._pairs())
        entries = self._entries
        paired = [{pair[side] for pair in by_table} for side in (0, 1)]
        order = {entry: place for place, entry in enumerate(entries[1])}
        placed_rows: list[tuple[float, Row]] = []
        place = -0.5
        for entry in entries[0]:
            for pair in (pair for pair in by_table if pair[0] is entry):
                place = order[pair[1]]
                unread = any(item.source.is_unread(item.rule) for item in pair)
                relation = Relation.OPEN if unread else self._relation(*pair)
                conditions = self.before.specialise(pair[0].when), self.after.specialise(pair[1].when)
                comparison = self._compare(conditions, relation, self._frame(*pair))
                is_open = comparison.relation is Relation.OPEN
                lists = None if is_open else self._list_change(*pair)
                placed_rows.append((place, Row(*pair, comparison, by_table[pair], lists)))
            if entry not in paired[0]:
                placed_rows.append((place + 0.5, self._unpaired(entry, 0)))
        new = (entry for entry in entries[1] if entry not in paired[1])
        placed_rows += [(order[entry], self._unpaired(entry, 1)) for entry in new]
        placed_rows.sort(key=lambda row: row[0])
        return (row for _, row in placed_rows)

    @cached_property
    def _entries(self) -> tuple[list[Entry], list[Entry]]:
        """The rules of each act that can hold, in the order of the text."""
        before, after = (
            [
                entry
                for entry in map(regime.program.entries.__getitem__, regime.program.text_order)
                if self.frame.can_be(self._guard(entry, regime), regime.specialise(entry.when))
            ]
            for regime in (self.before, self.after)
        )
        return before, after

    def _unpaired(self, entry: Entry, side: int) -> Row:
        """A provision without a counterpart, and the cases in which the other act is milder."""
        own, other = (self.before, self.after) if side == 0 else (self.after, self.before)
        stands = own.stands[own.places[entry.rule]]
        weaker_elsewhere = all_of(own.scope, stands, ~other.at_least(entry.rule.then))
        is_unread = entry.source.is_unread(entry.rule)
        exclusive = None if is_unread or not self.frame.can_be(weaker_elsewhere) else weaker_elsewhere
        if side == 0:
            relation = Relation.OPEN if is_unread else Relation.GONE
            return Row(entry, None, ConditionComparison(relation, (exclusive, None)))
        relation = Relation.OPEN if is_unread else Relation.NEW
        return Row(None, entry, ConditionComparison(relation, (None, exclusive)))

    # pairs ------------------------------------------------------------------------------------

    def _pairs(self) -> Iterator[tuple[tuple[Entry, Entry], bool]]:
        """Each pair of provisions, and whether a table names it; see the module."""
        candidates = list(product(*self._entries))
        like = [pair for pair in candidates if pair[0].rule is pair[1].rule or _by_table(*pair)]
        # One side of a pair may have a counterpart with its own outcome elsewhere.
        same_outcome = [pair for pair in like if pair[0].rule.then is pair[1].rule.then]
        found = {entry for pair in same_outcome for entry in pair}
        matched = [pair for pair in like if pair in same_outcome or found.isdisjoint(pair)]
        yield from ((pair, _by_table(*pair)) for pair in matched)
        paired = {entry for pair in matched for entry in pair}
        unmatched = [
            pair
            for pair in candidates
            if paired.isdisjoint(pair)
            and not any(item.of == pair[0].source.id for item in pair[1].source.succeeds)
            and pair[0].rule.then is pair[1].rule.then
        ]
        for relations in ({Relation.SAME}, {Relation.WIDER, Relation.NARROWER}):
            for pair in unmatched:
                if paired.isdisjoint(pair) and self._relation(*pair) in relations:
                    paired.update(pair)
                    yield pair, False

    def _relation(self, before: Entry, after: Entry) -> Relation:
        conditions = self.before.specialise(before.when), self.after.specialise(after.when)
        return self._prove(*conditions, self._frame(before, after))

    # lists ------------------------------------------------------------------------------------

    def _list_change(self, before: Entry, after: Entry) -> ListChange | None:
        """What is due to lists that both name, as of the day of the law; None if they change nothing."""
        named, others = ({*map(row_of, nodes([entry.when]))} for entry in (before, after))
        shared = {cite for cite in named & others if cite and cite.day == LAW_DATE.key}
        own, frame = self.before.specialise(before.when), self._frame(before, after)
        relation = self._prove(own, held := self._with_later_rows(before, shared), frame)
        if relation is Relation.SAME:
            return None
        text = self._prove(held, self.after.specialise(after.when), frame)
        tables = sorted({cite.table.name for cite in shared})
        rows = ({cite for cite in shared if cite.table.name == name} for name in tables)
        conditions = (self._with_later_rows(before, some) for some in rows)
        moved = [self._prove(own, held, frame) is not Relation.SAME for held in conditions]
        return ListChange(text, relation, tuple(compress(tables, moved)) or tuple(tables))

    def _with_later_rows(self, entry: Entry, rows: AbstractSet[RowCitation]) -> Condition:
        """The condition of an earlier provision with these rows in force as on the later day."""
        residues: dict[Condition, Condition] = {}
        for node in nodes([entry.when]):
            cite, row = row_of(node), table_row(node)
            if cite and row and cite in rows:
                asked = partially_evaluate(row.condition, self.before.answers, residues)
                in_force = all_of(asked, cite.row.in_force(LAW_DATE))
                residues[node] = self.after.specialise(in_force)
        return partially_evaluate(entry.when, self.before.answers, residues)

    # proofs -----------------------------------------------------------------------------------

    def _guard(self, entry: Entry, regime: Regime) -> Condition:
        return all_of(regime.in_force, regime.specialise(entry.guard))

    def _frame(self, before: Entry, after: Entry) -> Condition:
        """That both acts apply, and that powers which succeed each other are used in the same way."""
        both = all_of(self._guard(before, self.before), self._guard(after, self.after))
        alike = self._used_alike
        return all_of(both, *alike) if self.frame.can_be(both) else all_of(*alike)

    @cached_property
    def _used_alike(self) -> tuple[Condition, ...]:
        questions = self.frame.solver.questions
        powers = [
            [(part, item) for part in regime.ruleset.parts() for item in part.provisions.discretions]
            for regime in (self.before, self.after)
        ]
        pairs = (
            (one.__condition__(), two.__condition__())
            for (old, one), (new, two) in product(*powers)
            if one.key != two.key
            and {one.key, two.key} <= questions.keys()
            and any(item.of == old.id and item.pairs_up(one.cite, two.cite) for item in new.succeeds)
        )
        return tuple((one & two) | (~one & ~two) for one, two in pairs)

    def _prove(self, before: Condition, after: Condition, frame: Condition) -> Relation:
        lost = before is not after and self.frame.can_be(frame, before, ~after)
        gained = before is not after and self.frame.can_be(frame, after, ~before)
        return _RELATIONS[lost, gained]

    def _compare(
        self, conditions: tuple[Condition, Condition], relation: Relation, frame: Condition
    ) -> ConditionComparison:
        before, after = conditions
        if relation in (Relation.SAME, Relation.OPEN):
            return ConditionComparison(relation)
        only_before = None if relation is Relation.WIDER else all_of(frame, before, ~after)
        only_after = None if relation is Relation.NARROWER else all_of(frame, after, ~before)
        exclusive = (only_before, only_after)
        proved = (self.frame.despite_unread(item) for item in exclusive if item is not None)
        if not all(map(self.frame.can_be, proved)):
            return ConditionComparison(Relation.OPEN)
        return ConditionComparison(relation, exclusive)


_RELATIONS = {
    (False, False): Relation.SAME,
    (False, True): Relation.WIDER,
    (True, False): Relation.NARROWER,
    (True, True): Relation.INCOMPARABLE,
}
"""By whether a case is lost, and whether one is gained."""


def _by_table(before: Entry, after: Entry) -> bool:
    return any(
        item.of == before.source.id and item.pairs_up(before.rule.cite, after.rule.cite)
        for item in after.source.succeeds
    )
