"""Two acts, or two days of one, provision by provision, with a proof of how each pair relates.

Provisions are compared as conditions over the facts, in the cases to which both acts apply.  They are
paired by the act's own correlation table; without one, as the same rule, or by a proof that both reach
the same cases, or one reaches all cases of the other.  Where a list that both name
changed, they are also compared with the later list on both sides: what remains is due to the text.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from functools import cached_property
from itertools import compress, product
from operator import itemgetter
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
    """The relation of the cases that a later provision reaches to those of an earlier one."""

    SAME = "same"
    WIDER = "wider"
    """The later one reaches all that the earlier one does, and more."""
    NARROWER = "narrower"
    INCOMPARABLE = "incomparable"
    """The provisions each reach cases that the other does not."""
    NEW = "new"
    GONE = "gone"
    OPEN = "open"
    """The text of one of them, or of a list that decides, was not read, so nothing is proved."""


@attrs.frozen(eq=False)
class ListChange:
    """The change of a pair by its text, and that by lists which both provisions name and that changed.

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
        relation: How the later provision relates to the earlier one, each with the lists of its day.
        exclusive: The condition that a case meets only the earlier provision, and that it meets only the
            later one; None where that was proved impossible.  If the row is new or gone, it is met by
            cases in which the other act has a weaker outcome.
        by_table: Whether the act's own correlation table pairs them.
        lists: What of their relation is due to lists; None where no list changed the cases they reach.
    """

    before: Entry | None
    after: Entry | None
    relation: Relation
    exclusive: tuple[Condition | None, Condition | None]
    by_table: bool = False
    lists: ListChange | None = None

    @property
    def rules(self) -> tuple[Rule | None, Rule | None]:
        """The two rules; None where there is no such provision."""
        first, second = (entry.rule if entry else None for entry in (self.before, self.after))
        return first, second

    @property
    def text(self) -> Relation:
        """The relation with the lists of the later day on both sides."""
        return self.lists.text if self.lists else self.relation


@attrs.frozen(eq=False, repr=False, slots=False)
class Correlation(Tabular[Row]):
    """Two acts, or two days of one, provision by provision.

    Attributes:
        frame: The possible cases under consideration.
    """

    before: Regime
    after: Regime
    frame: PossibleCases
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
            acts = zip(row.exclusive, row.rules, (self.before, self.after), strict=True)
            titled = [
                (exclusive, f"{rule and rule.id} of {act.ruleset.id} as of {act.as_of} only")
                for exclusive, rule, act in acts
            ]
            first, second = (
                None if exclusive is None else smallest_witness(self.frame, exclusive, title)
                for exclusive, title in titled
            )
            self._witnesses[row] = first, second
        return self._witnesses[row]

    @cached_property
    def scope(self) -> Relation:
        """The relation of the cases to which the later act applies to those of the earlier one."""
        scopes = self.before.scope, self.after.scope
        return self._exclusive(scopes, self._prove(*scopes, TRUE), TRUE)[0]

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The provisions in the order of the later text, each that is gone after its predecessor."""
        by_table = dict(self._pairs())
        before, after = self._entries
        order = {entry: index for index, entry in enumerate(after)}
        rows: list[tuple[float, Row]] = []
        index = -0.5
        for entry in before:
            pairs = [pair for pair in by_table if pair[0] is entry]
            for pair in pairs:
                index = order[pair[1]]
                rows.append((index, self._row(pair, by_table[pair])))
            if not pairs:
                rows.append((index + 0.5, self._unpaired(entry, 0)))
        paired = {pair[1] for pair in by_table}
        rows += [(order[entry], self._unpaired(entry, 1)) for entry in after if entry not in paired]
        return tuple(row for _, row in sorted(rows, key=itemgetter(0)))

    @cached_property
    def _entries(self) -> tuple[list[Entry], list[Entry]]:
        """The rules of each act that can hold, in the order of the text."""
        before, after = (
            [
                entry
                for entry in map(regime.program.entries.__getitem__, regime.program.text_order)
                if self.frame.can_be(_guard(entry, regime), regime.specialise(entry.when))
            ]
            for regime in (self.before, self.after)
        )
        return before, after

    def _row(self, pair: tuple[Entry, Entry], is_by_table: bool) -> Row:
        unread = any(entry.source.is_unread(entry.rule) for entry in pair)
        relation = Relation.OPEN if unread else self._relation(*pair)
        relation, exclusive = self._exclusive(self._conditions(*pair), relation, self._frame(*pair))
        lists = None if relation is Relation.OPEN else self._list_change(*pair)
        return Row(*pair, relation, exclusive, is_by_table, lists)

    def _unpaired(self, entry: Entry, side: int) -> Row:
        """A provision without a counterpart, and the cases in which the other act is milder."""
        own, other = (self.before, self.after) if side == 0 else (self.after, self.before)
        stands = own.stands[own.indices[entry.rule]]
        weaker_elsewhere = all_of(own.scope, stands, ~other.at_least(entry.rule.then))
        is_unread = entry.source.is_unread(entry.rule)
        exclusive = None if is_unread or not self.frame.can_be(weaker_elsewhere) else weaker_elsewhere
        relation = Relation.OPEN if is_unread else (Relation.GONE, Relation.NEW)[side]
        if side == 0:
            return Row(entry, None, relation, (exclusive, None))
        return Row(None, entry, relation, (None, exclusive))

    def _pairs(self) -> Iterator[tuple[tuple[Entry, Entry], bool]]:
        """Yields each pair of provisions, and whether a table names it; see the module."""
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

    def _conditions(self, before: Entry, after: Entry) -> tuple[Condition, Condition]:
        return self.before.specialise(before.when), self.after.specialise(after.when)

    def _relation(self, before: Entry, after: Entry) -> Relation:
        return self._prove(*self._conditions(before, after), self._frame(before, after))

    def _list_change(self, before: Entry, after: Entry) -> ListChange | None:
        """The change by lists that both name, as of the day of the law; None if they change nothing."""
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

    def _frame(self, before: Entry, after: Entry) -> Condition:
        """The condition that both acts apply, and powers that succeed each other are used alike."""
        both = all_of(_guard(before, self.before), _guard(after, self.after))
        return all_of(*((both,) if self.frame.can_be(both) else ()), *self._used_alike)

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

    def _exclusive(
        self, conditions: tuple[Condition, Condition], relation: Relation, frame: Condition
    ) -> tuple[Relation, tuple[Condition | None, Condition | None]]:
        """The relation and the cases that show it; open where these depend on law that was not read."""
        before, after = conditions
        if relation in (Relation.SAME, Relation.OPEN):
            return relation, (None, None)
        only_before = None if relation is Relation.WIDER else all_of(frame, before, ~after)
        only_after = None if relation is Relation.NARROWER else all_of(frame, after, ~before)
        exclusive = (only_before, only_after)
        proved = (self.frame.despite_unread(item) for item in exclusive if item is not None)
        if not all(map(self.frame.can_be, proved)):
            return Relation.OPEN, (None, None)
        return relation, exclusive


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
    follows = any(item.of == before.id for item in after.succeeds)
    last_day = before.period.last_day if follows and before.period else None
    days = before_as_of or last_day, as_of
    first, second = read_regimes([before, after], readings=readings, days=days, given=given)
    if first is second:
        raise UsageError(
            f"{before.id} is compared with itself on one day. Name another ruleset, or other days with "
            "base_as_of and as_of, or --base-as-of and --as-of."
        )
    any_day = regime_for(first.program, None, first.assumed, first.base)
    frame = frame_for((first, second), given, extra=any_day.holds, presume=presume)
    return Correlation(first, second, frame)


def _guard(entry: Entry, regime: Regime) -> Condition:
    return all_of(regime.in_force, regime.specialise(entry.guard))


_RELATIONS = {
    (False, False): Relation.SAME,
    (False, True): Relation.WIDER,
    (True, False): Relation.NARROWER,
    (True, True): Relation.INCOMPARABLE,
}
"""The relation, by whether a case is lost, and whether one is gained."""


def _by_table(before: Entry, after: Entry) -> bool:
    return any(
        item.of == before.source.id and item.pairs_up(before.rule.cite, after.rule.cite)
        for item in after.source.succeeds
    )
