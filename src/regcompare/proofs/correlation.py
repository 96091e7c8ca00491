"""Two acts, or two days of one, provision by provision: the relation of each pair is proved.

Provisions are compared as conditions over the facts, in the cases to which both acts apply.  Which
belong together says the act's own correlation table; without one, the same rule, a retained place, or a
proof that they reach the same cases, or one no case that the other does not.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import product

import attrs

from regcompare.errors import UsageError
from regcompare.logic.conditions import (
    TRUE,
    All,
    AnyOf,
    Condition,
    Not,
    OneOf,
    Term,
    all_of,
    any_of,
    questions,
)
from regcompare.logic.questions import Question
from regcompare.program.program import Entry
from regcompare.ruleset.rules import Rule
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.expectation import Expectation
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import AsOf, Readings
from regcompare.words.rows import table_row

from .frames import Frame, Witness, over
from .regimes import Regime


class Relation(enum.StrEnum):
    """What became of a provision, as a relation between the cases that it reaches."""

    SAME = "same"
    WIDER = "wider"
    """The later one reaches all that the earlier one does, and more."""
    NARROWER = "narrower"
    INCOMPARABLE = "incomparable"
    """Each reaches cases that the other does not."""
    NEW = "new"
    GONE = "gone"
    OPEN = "open"
    """The text of one was not read, so nothing is proved about it."""


@attrs.frozen
class ConditionDifference:
    """In what two conditions differ; what both ask alike is left out.

    Attributes:
        won: Where the later one holds and the earlier one does not, of the alternatives that it gives.
        lost: Where the earlier one holds and the later one does not, likewise.
        added: What the later one asks besides.
        dropped: What the earlier one asks besides.
    """

    won: tuple[Condition, ...] = ()
    lost: tuple[Condition, ...] = ()
    added: tuple[Condition, ...] = ()
    dropped: tuple[Condition, ...] = ()


@attrs.frozen(eq=False)
class ConditionComparison:
    """Two conditions, and what was proved about them.

    Attributes:
        relation: How the later one relates to the earlier one.
        difference: In what they differ.
        only: The condition that a case meets the earlier one alone, and that it meets the later one
            alone; None where that was proved impossible.
    """

    relation: Relation
    difference: ConditionDifference = ConditionDifference()
    only: tuple[Condition | None, Condition | None] = (None, None)


@attrs.frozen(eq=False)
class Row:
    """A provision with its counterpart.

    Attributes:
        before: The earlier provision; None where the later one is new.
        after: The later provision; None where the earlier one is gone.
        compared: Their relation.  Of one that is new or gone the difference is that of outcomes: a case
            in which the other act comes to less than it does; None where there is none.
        by_table: Whether the act's own correlation table pairs them.
    """

    before: Entry | None
    after: Entry | None
    compared: ConditionComparison
    by_table: bool = False

    @property
    def rules(self) -> tuple[Rule | None, Rule | None]:
        """The two rules."""
        first, second = (entry.rule if entry else None for entry in (self.before, self.after))
        return first, second

    @property
    def relation(self) -> Relation:
        """How the later provision relates to the earlier one."""
        return self.compared.relation


@attrs.frozen(eq=False, repr=False, slots=False)
class Correlation:
    """Two acts, or two days of one, provision by provision.

    Attributes:
        before: The earlier act as it is read.
        after: The later one.
        frame: The possible cases that are looked at.
        scope: To which cases each of them applies.
        rows: The provisions in the order of the later text, what is gone after what stood before it.
    """

    before: Regime
    after: Regime
    frame: Frame
    scope: ConditionComparison
    rows: tuple[Row, ...]
    _found: dict[tuple[Row, int], tuple[Scenario, Witness]] = attrs.field(init=False, factory=dict)

    def __repr__(self) -> str:
        return (
            f"<Correlation {self.before.ruleset.id} to {self.after.ruleset.id}: {len(self.rows)} rows>"
        )

    def witnesses(self, row: Row) -> tuple[Scenario | None, Scenario | None]:
        """Returns the most ordinary case that only the earlier provision reaches, and only the later.

        Each loads as a scenario file and says which outcome each act gives, and which rule holds.
        """
        first, second = (
            self._witness(row, place) if only is not None else None
            for place, only in enumerate(row.compared.only)
        )
        return first, second

    def readings_of(self, case: Scenario) -> Mapping[str, str]:
        """Returns the readings of doubts left open without which a witness does not show its claim."""
        shown = {scenario.id: witness for scenario, witness in self._found.values()}
        return shown[case.id].readings if case.id in shown else {}

    def _witness(self, row: Row, place: int) -> Scenario:
        if (row, place) not in self._found:
            only, rule, other = row.compared.only[place], row.rules[place], row.rules[1 - place]
            regimes = (self.before, self.after)
            mine, its = (
                f"{item.ruleset.id} as of {item.as_of}" for item in (regimes[place], regimes[1 - place])
            )
            assert only is not None
            assert rule is not None
            less = f"{other.id} of {its} does not" if other else f"{its} comes to less"
            title = f"A case in which {rule.id} of {mine} holds and {less}"
            found = self.frame.witness(only, f"{rule.id} of {mine} only", title)
            assert found is not None, "a difference that was proved has a case"
            self._found[row, place] = _expecting(found.scenario, regimes[place], rule), found
        return self._found[row, place][0]


def _expecting(scenario: Scenario, item: Regime, rule: Rule) -> Scenario:
    """The scenario, which expects that the rule holds under the regime."""

    def with_rule(one: Expectation) -> Expectation:
        day = one.as_of or item.ruleset.reference_date
        mine = one.ruleset == item.ruleset.id and day == item.as_of and one.low is not None
        return attrs.evolve(one, rules=(*one.rules, rule.id)) if mine else one

    return attrs.evolve(scenario, expect=tuple(map(with_rule, scenario.expect)))


def correlate(
    before: Ruleset,
    after: Ruleset,
    *,
    before_as_of: AsOf = None,
    as_of: AsOf = None,
    readings: Readings = None,
    given: Scenario | None = None,
    presume: Iterable[str] = (),
    like: Iterable[Scenario] = (),
) -> Correlation:
    """Proves what became of each provision of an act in another act, or on another day.

    By default the earlier act is read at its reference date, or, where the later one takes its place, on
    the last day on which it is in force: so the lists that both use are those of one day, and what is
    shown is the work of the later act.  With a case given only provisions that it can meet are shown.
    ``before_as_of`` is the day of the earlier act; the other arguments are those of ``over``.

    Raises:
        UsageError: One and the same law is given twice; else as for ``over``.
    """
    frame = over(
        [before, after],
        days=(before_as_of or _last_day(before, after), as_of),
        readings=readings,
        given=given,
        presume=presume,
        like=like,
    )
    first, second = frame.cases.regimes
    if first is second:
        raise UsageError(
            f"{before.id} is compared with itself on one day. Name another ruleset, or another day with "
            "--base-as-of and --as-of."
        )
    return _Correlator(first, second, frame).correlation()


def _last_day(before: Ruleset, after: Ruleset) -> dt.date | None:
    """The last day of an act that another takes the place of."""
    follows = any(item.of == before.id for item in after.succeeds)
    end = before.period.end if before.period else None
    return end - dt.timedelta(days=1) if follows and end else None


@attrs.frozen(eq=False, slots=False)
class _Correlator:
    """The two acts, and the solver over all of their conditions."""

    before: Regime
    after: Regime
    frame: Frame
    _proved: dict[tuple[Entry, Entry], Relation] = attrs.field(init=False, factory=dict)

    def correlation(self) -> Correlation:
        scopes = (self.before.scope, self.after.scope)
        scope = self._compared(scopes, self._related(*scopes, TRUE), TRUE)
        return Correlation(self.before, self.after, self.frame, scope, tuple(self._rows()))

    # the rows ---------------------------------------------------------------------------------

    def _rows(self) -> Iterator[Row]:
        """The pairs and the new provisions in the order of the later text, what is gone in between."""
        pairs = dict(self._pairs())
        ends = self._entries(self.before), self._entries(self.after)
        paired = [{both[place] for both in pairs} for place in (0, 1)]
        order = {entry: place for place, entry in enumerate(ends[1])}
        lines: list[tuple[float, Row]] = []
        place = -0.5
        for entry in ends[0]:
            for both in (both for both in pairs if both[0] is entry):
                place = order[both[1]]
                unread = any(item.source.is_unread(item.rule) for item in both)
                relation = Relation.OPEN if unread else self._relation(*both)
                whens = self._when(both[0], self.before), self._when(both[1], self.after)
                compared = self._compared(whens, relation, self._frame(*both))
                lines.append((place, Row(*both, compared, pairs[both])))
            if entry not in paired[0]:
                lines.append((place + 0.5, self._alone(entry, 0)))
        lines += [(order[entry], self._alone(entry, 1)) for entry in ends[1] if entry not in paired[1]]
        lines.sort(key=lambda line: line[0])
        return (row for _, row in lines)

    @lru_cache(maxsize=2)  # noqa: B019  # It lives as long as one correlation is worked out.
    def _entries(self, regime: Regime) -> tuple[Entry, ...]:
        """The rules that can hold, in the order of the text."""
        program = regime.reached.program
        entries = (program.entries[place] for place in program.text_order)
        return tuple(
            entry
            for entry in entries
            if self.frame.can_be(self._guard(entry, regime), self._when(entry, regime))
        )

    def _alone(self, entry: Entry, place: int) -> Row:
        """A provision without counterpart, and the cases in which the other act comes to less."""
        mine, other = (self.before, self.after) if place == 0 else (self.after, self.before)
        stands = mine.reached.stands[mine.reached.program.entries.index(entry)]
        less = all_of(mine.scope, stands, ~other.at_least(entry.rule.then))
        only: list[Condition | None] = [None, None]
        only[place] = less if self.frame.can_be(less) else None
        relation = (Relation.GONE, Relation.NEW)[place]
        if entry.source.is_unread(entry.rule):
            relation, only = Relation.OPEN, [None, None]
        compared = ConditionComparison(relation, only=(only[0], only[1]))
        return Row(entry, None, compared) if place == 0 else Row(None, entry, compared)

    # which belong together --------------------------------------------------------------------

    def _pairs(self) -> Iterator[tuple[tuple[Entry, Entry], bool]]:
        """Each pair of provisions, and whether a table names it; see the text of the module."""
        every = list(product(self._entries(self.before), self._entries(self.after)))
        named = _best([both for both in every if _same_rule(*both) or _by_table(*both)])
        yield from ((both, _by_table(*both)) for both in named)
        taken = {entry for both in named for entry in both}
        left = [
            both
            for both in every
            if taken.isdisjoint(both)
            and not any(item.of == both[0].source.id for item in both[1].source.succeeds)
            and both[0].rule.then is both[1].rule.then
        ]
        for wanted in ({Relation.SAME}, {Relation.WIDER, Relation.NARROWER}):
            for both in left:
                if taken.isdisjoint(both) and self._relation(*both) in wanted:
                    taken.update(both)
                    yield both, False

    def _relation(self, one: Entry, two: Entry) -> Relation:
        if (one, two) not in self._proved:
            whens = self._when(one, self.before), self._when(two, self.after)
            self._proved[one, two] = self._related(*whens, self._frame(one, two))
        return self._proved[one, two]

    # what is proved ---------------------------------------------------------------------------

    def _when(self, entry: Entry, regime: Regime) -> Condition:
        return regime.reached.read(entry.when)

    def _guard(self, entry: Entry, regime: Regime) -> Condition:
        return all_of(regime.reached.in_force, regime.reached.read(entry.guard))

    def _frame(self, one: Entry, two: Entry) -> Condition:
        """That both acts apply, and that powers which follow each other are used alike."""
        both = all_of(self._guard(one, self.before), self._guard(two, self.after))
        return all_of(both, *self._used_alike) if self.frame.can_be(both) else all_of(*self._used_alike)

    @cached_property
    def _used_alike(self) -> tuple[Condition, ...]:
        known = self.frame.cases.solver.questions
        powers = [
            [(part, item) for part in regime.ruleset.parts() for item in part.provisions.discretions]
            for regime in (self.before, self.after)
        ]
        alike = (
            (one.__condition__(), two.__condition__())
            for (old, one), (new, two) in product(*powers)
            if one.key != two.key
            and {one.key, two.key} <= known.keys()
            and any(item.of == old.id and item.pairs_up(one.cite, two.cite) for item in new.succeeds)
        )
        return tuple((one & two) | (~one & ~two) for one, two in alike)

    def _related(self, one: Condition, two: Condition, frame: Condition) -> Relation:
        lost = one is not two and self.frame.can_be(frame, one, ~two)
        won = one is not two and self.frame.can_be(frame, two, ~one)
        return _RELATIONS[lost, won]

    def _compared(
        self, whens: tuple[Condition, Condition], relation: Relation, frame: Condition
    ) -> ConditionComparison:
        one, two = whens
        if relation in (Relation.SAME, Relation.OPEN):
            return ConditionComparison(relation)
        lost, won = relation is not Relation.WIDER, relation is not Relation.NARROWER
        only = (all_of(frame, one, ~two) if lost else None, all_of(frame, two, ~one) if won else None)
        extra, less = self._alone_reached(two, one, frame), self._alone_reached(one, two, frame)
        added = self._unexplained(one, two, frame, less)
        dropped = self._unexplained(two, one, frame, extra)
        return ConditionComparison(relation, ConditionDifference(extra, less, added, dropped), only)

    def _alone_reached(
        self, mine: Condition, other: Condition, frame: Condition
    ) -> tuple[Condition, ...]:
        """Of the alternatives of a condition those by which it, and not another, holds.

        They count where the other asks for some of the same alternatives, and not for these.
        """
        found: dict[Condition, None] = {}
        for asked in (limb for limb in _limbs(other) if self.frame.can_be(frame, mine, ~limb)):
            limb = min(self._like(asked, mine), key=lambda one: len(questions([one])), default=TRUE)
            every = list(self._alternatives(limb))
            reach = [one for one in every if self.frame.can_be(frame, mine, one, ~asked)]
            if len(reach) < len(every):
                found |= dict.fromkeys(self._without(one, asked, frame) for one in reach)
        return (_gathered(list(found)),) if found else ()

    def _like(self, asked: Condition, mine: Condition) -> list[Condition]:
        """The limbs of a condition with several alternatives, some of them enough for what is asked."""
        can_be, ways = self.frame.can_be, list(self._alternatives(asked))
        limbs = (limb for limb in _limbs(mine) if len(list(self._alternatives(limb))) > 1)
        return [limb for limb in limbs if not all(can_be(way, ~limb) for way in ways)]

    def _without(self, one: Condition, asked: Condition, frame: Condition) -> Condition:
        """An alternative but for the cases in which one that asks for more is enough elsewhere."""
        stricter = (
            way
            for way in self._alternatives(asked)
            if self.frame.can_be(frame, way) and not self.frame.can_be(frame, way, ~one)
        )
        rests = (all_of(*self._beyond(way, all_of(frame, one))) for way in stricter)
        return all_of(one, *(~rest for rest in rests))

    def _alternatives(self, limb: Condition) -> Iterator[Condition]:
        """What each would do for a limb to hold; of a choice, answers that are told apart."""
        while isinstance(limb, Term):
            limb = limb.condition
        if isinstance(limb, AnyOf):
            for part in limb.parts:
                yield from self._alternatives(part)
        elif isinstance(limb, OneOf):
            cells = self.frame.cases.solver.cells[limb.key]
            kept = (limb.answers & frozenset(cell.stands_for) for cell in cells)
            yield from (OneOf(limb.question, answers) for answers in kept if answers)
        else:
            yield limb

    def _unexplained(
        self, one: Condition, two: Condition, frame: Condition, lost: Sequence[Condition]
    ) -> tuple[Condition, ...]:
        """What one condition asks that another does not, but for what is told of alternatives."""
        known, defined = all_of(frame, one, ~any_of(*lost)), frozenset(_defined(one))
        return tuple(dict.fromkeys(self._beyond(two, known, defined)))

    def _beyond(
        self, condition: Condition, known: Condition, defined: Container[str] = ()
    ) -> Iterator[Condition]:
        """The limbs of a condition that do not follow from what is known.

        A term of which most does not is told whole, unless a term of that name is known, which is then
        another on the other day.
        """
        if not self.frame.can_be(known, ~condition):
            return
        limbs = _limbs(condition, deep=False)
        kept = (
            [part for limb in limbs for part in self._beyond(limb, known, defined)]
            if len(limbs) > 1 or limbs[0] is not condition
            else []
        )
        is_whole = len(kept) > _FEW and not isinstance(condition, All)
        if is_whole and not any(name in defined for name in _defined(condition)):
            kept = [condition]
        yield from kept or [_without_row(condition)]


_FEW = 4
"""Of a definition, so many parts in which it differs are told one by one."""

_RELATIONS = {
    (False, False): Relation.SAME,
    (False, True): Relation.WIDER,
    (True, False): Relation.NARROWER,
    (True, True): Relation.INCOMPARABLE,
}
"""By whether a case is lost, and whether one is won."""


def _limbs(condition: Condition, *, deep: bool = True) -> tuple[Condition, ...]:
    """What must all hold for a condition to hold; terms are opened, all of them or the first.

    Rows of tables stay whole.
    """
    inner = _opened(condition)
    parts: tuple[Condition, ...] = inner.parts if isinstance(inner, All) else ()
    if isinstance(inner, Not) and isinstance(below := _opened(inner.part), AnyOf):
        parts = tuple(~part for part in below.parts)
    if not deep:
        return parts or (condition,)
    return tuple(limb for part in parts for limb in _limbs(part)) or (condition,)


def _opened(condition: Condition) -> Condition:
    while isinstance(condition, Term) and not table_row(condition):
        condition = condition.condition
    return condition


def _without_row(condition: Condition) -> Condition:
    """What a row of a table asks, without the row."""
    if isinstance(condition, Not):
        return ~_without_row(condition.part)
    return condition.condition if isinstance(condition, Term) and table_row(condition) else condition


def _defined(condition: Condition) -> Iterator[str]:
    """The names of the terms that a condition, or its negation, asks for in every case."""
    if isinstance(condition, Term):
        yield condition.name
        yield from _defined(condition.condition)
    elif isinstance(condition, All | Not):
        for part in condition.parts:
            yield from _defined(part)


def _gathered(alternatives: Sequence[Condition]) -> Condition:
    """Any of these; answers to one choice together."""
    answers: dict[Question, frozenset[str]] = {}
    others = []
    for item in alternatives:
        if isinstance(item, OneOf):
            answers[item.question] = answers.get(item.question, frozenset()) | item.answers
        else:
            others.append(item)
    return any_of(*others, *(OneOf(asked, words) for asked, words in answers.items()))


def _same_rule(one: Entry, two: Entry) -> bool:
    """Whether two entries are one rule, or one retains the place of the other."""
    places = (one.rule.cite, two.rule.cite)
    origins = [place.origin for place in places]
    return one.rule is two.rule or (
        one.rule.id == two.rule.id and (origins[0] == places[1] or origins[1] == places[0])
    )


def _by_table(one: Entry, two: Entry) -> bool:
    return any(
        item.of == one.source.id and item.pairs_up(one.rule.cite, two.rule.cite)
        for item in two.source.succeeds
    )


def _best(pairs: Sequence[tuple[Entry, Entry]]) -> list[tuple[Entry, Entry]]:
    """The pairs without those of which one side has a counterpart with its own outcome elsewhere."""
    alike = [both for both in pairs if both[0].rule.then is both[1].rule.then]
    settled = {entry for both in alike for entry in both}
    return [both for both in pairs if both in alike or settled.isdisjoint(both)]
