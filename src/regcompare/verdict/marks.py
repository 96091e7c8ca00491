"""The mark of a result: how well the provisions behind it are known.

A set of provisions suffices for a result if it explains the outcome: a rule with that outcome that
stands, what makes its condition hold, and what keeps each stricter rule from standing.  A set is as well
known as its weakest member; of several sets that suffice, the best known counts.

A rule counts with its own mark, a term that holds with its mark, and the assumed reading of a doubtful
text with the mark of its reason, unless every reading has the same result.  A row of a table counts with
its mark on the day, where it holds and where it fails although what it asks holds.  Facts have no mark;
what fails otherwise has none either, since it depends on the fact that fails.  Whether the ruleset
applies at all does not count.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache, reduce
from operator import and_, or_

import attrs

from regcompare._support.derived import derived
from regcompare.law import Checked
from regcompare.logic.conditions import All, AnyOf, Choose, Condition, Term, nodes, questions
from regcompare.logic.network import Network
from regcompare.logic.planes import Rows, read_as
from regcompare.program.lookahead import Truths
from regcompare.program.program import STEPS, Program
from regcompare.ruleset.rules import Outcome
from regcompare.vocabulary.dated import evidence_of, row_of

_BEST = Checked.TEXT.rank

CasesByDay = Callable[[str], Mapping[dt.date | None, int]]
"""Gives, for the key of a date, each day with the cases that have it, a bit each."""


def marks_of(program: Program, rows: Rows, truths: Truths, days: CasesByDay) -> list[Checked | None]:
    """Returns the mark of each case's result; None where it depends on no provision that holds.

    Args:
        program: The ruleset as conditions.
        rows: The answers of the cases.
        truths: The truths of its rules, and the results.
        days: The cases by each date.
    """
    steps = _Steps(program, rows, truths, days)
    known = [_Level(steps, level).known_results() for level in range(1, _BEST + 1)]
    ranks = [sum(plane >> case & 1 for plane in known) for case in range(rows.size)]
    levels = list(Checked)
    has_rules = steps.deciding | steps.is_controlled
    return [
        levels[rank] if rank < _BEST or has_rules >> case & 1 else None
        for case, rank in enumerate(ranks)
    ]


@attrs.frozen(eq=False)
class _Plan:
    """What of a program may depend on less than the official text.

    Attributes:
        conditions: All conditions of its rules and their parts.
        network: How they are evaluated.
        weaker: Those that may depend on less than the official text, each after its parts.
        besides_day: For each row of a table among them, what it asks besides the day.
        defaults: For each doubt, its default reading and the rank of its reason.
    """

    conditions: Sequence[Condition]
    network: Network
    weaker: Mapping[Condition, None]
    besides_day: Mapping[Condition, Sequence[Condition]]
    defaults: Mapping[str, tuple[str, int]]


@derived
def _plan(program: Program) -> _Plan:
    conditions = tuple(
        nodes(part for entry in program.entries for part in (entry.condition, entry.when))
    )
    defaults = {
        doubt.key: (doubt.default, part.mark(doubt).rank)
        for part in program.ruleset.parts()  # Also of a base that is not in force.
        for doubt in part.doubts
    }
    weaker: dict[Condition, None] = {}
    for node in conditions:
        evidence = evidence_of(node, {}) if isinstance(node, Term) else None
        own = defaults[node.key][1] if isinstance(node, Choose) else evidence.rank if evidence else _BEST
        if own < _BEST or not weaker.keys().isdisjoint(node.parts):
            weaker[node] = None
    besides_day = {node: tuple(_besides_day(node)) for node in weaker if row_of(node)}
    return _Plan(conditions, Network.of(conditions, program.leaves), weaker, besides_day, defaults)


def _besides_day(term: Condition) -> Iterator[Condition]:
    """The parts of a row that ask about more than the day on which the row has to be in force."""
    cite, (whole,) = row_of(term), term.parts
    assert cite is not None
    for part in whole.parts if isinstance(whole, All) else (whole,):
        if not questions([part]).keys() <= {cite.day, cite.row.unread.key}:
            yield part


def _every(planes: Iterable[int], mask: int) -> int:
    return reduce(and_, planes, mask)


def _some(planes: Iterable[int]) -> int:
    return reduce(or_, planes, 0)


class _Steps:
    """The truths of all conditions, rules and results of some cases, as planes: whatever the level."""

    def __init__(self, program: Program, rows: Rows, truths: Truths, days: CasesByDay) -> None:
        self.program, self.rows, self.mask = program, rows, rows.mask
        self._days, self._marks = lru_cache(days), dict[Term, dict[int, int]]()
        self.plan = _plan(program)
        conditions = self.plan.conditions
        certain, possible = self.plan.network.evaluate(rows).results(range(len(conditions)))
        self.true = dict(zip(conditions, certain, strict=True))
        self.false = {node: self.mask ^ may for node, may in zip(conditions, possible, strict=True)}
        force, entries = truths.force_place, program.entries
        self.holds = list(zip(truths.certain, truths.possible, strict=True))[1:force]
        self.stands = list(zip(truths.certain, truths.possible, strict=True))[force + 1 : 2 * force]
        reached = list(zip(truths.certain, truths.possible, strict=True))[2 * force :]
        self.reached = dict(zip(STEPS, reached, strict=True))
        self.fails_by_text = {
            condition: self._fails_by_text(condition)
            for entry in entries
            for condition in (entry.condition, entry.when)
        }
        decides = zip(entries, self.stands, strict=True)
        self.decides = [sure & self._is_low(entry.rule.then) for entry, (sure, _) in decides]

    def _is_low(self, outcome: Outcome) -> int:
        """The cases whose mildest outcome this is."""
        stricter = [self.reached[step][0] for step in STEPS if step > outcome][:1]
        return (self.reached[outcome][0] if outcome in self.reached else self.mask) & ~_some(stricter)

    @cached_property
    def deciding(self) -> int:
        """The cases in which a rule alone decides the mildest outcome."""
        return _some(self.decides)

    @cached_property
    def is_controlled(self) -> int:
        """The cases whose mildest outcome is some control."""
        return self.reached[STEPS[0]][0]

    def _fails_by_text(self, condition: Condition) -> int:
        """Where a part of a condition fails that depends on the official text alone."""
        if condition not in self.plan.weaker:
            return self.false[condition]
        if condition in self.plan.besides_day:
            whole, parts = condition.parts[0], self.plan.besides_day[condition]
        else:
            whole = condition.parts[0] if isinstance(condition, Term) else condition
            parts = whole.parts
        return _some(map(self._fails_by_text, parts)) if isinstance(whole, All) else 0

    def marks(self, term: Term) -> Mapping[int, int]:
        """The cases in which the mark of a term counts, by the rank of the mark.

        There it holds, or is a row that fails though what it asks besides the day holds.
        """
        if term not in self._marks:
            asked, cite = self.plan.besides_day.get(term), row_of(term)
            counts = self.true[term]
            if asked is not None:
                counts |= _every((self.true[part] for part in asked), self.false[term])
            cases_by_rank = self._marks[term] = {}
            for day, cases in self._days(cite.day).items() if cite else [(None, self.mask)]:
                if (evidence := cite.row.evidence(day) if cite else term.checked) and cases & counts:
                    rank = evidence.rank
                    cases_by_rank[rank] = cases_by_rank.get(rank, 0) | cases & counts
        return self._marks[term]


class _Level:
    """What is known at least at a level: one of several ways suffices, each of several needs counts."""

    def __init__(self, steps: _Steps, level: int) -> None:
        self.steps, self.level, self.mask = steps, level, steps.mask
        self.known: dict[Condition, int] = {}
        for node in steps.plan.weaker:
            self.known[node] = self._of_node(node)

    def _of_node(self, node: Condition) -> int:
        parts, steps = [self.known.get(part, self.mask) for part in node.parts], self.steps
        every = _every(parts, self.mask)
        if isinstance(node, Choose):
            return self._of_choice(node, parts, every)
        if isinstance(node, All | AnyOf):  # One part that decides it suffices.
            decided = steps.true if isinstance(node, AnyOf) else steps.false
            pairs = zip(node.parts, parts, strict=True)
            return every | _some(decided[part] & known for part, known in pairs)
        if isinstance(node, Term):
            return every & ~_some(
                cases for rank, cases in steps.marks(node).items() if rank < self.level
            )
        return every

    def _of_choice(self, node: Choose, parts: Sequence[int], every: int) -> int:
        """The chosen reading counts, or all of them where they have the same result."""
        steps, (default, rank) = self.steps, self.steps.plan.defaults[node.key]
        places, chosen, is_read = steps.rows.leaves.places, 0, 0
        for (reading, _), known in zip(node.readings, parts, strict=True):
            read = steps.rows.certain[places[read_as(node, reading)]]
            is_read |= read
            chosen |= read & known if reading != default or rank >= self.level else 0
        differs = _some(
            half[part] ^ half[node] for half in (steps.true, steps.false) for part in node.parts
        )
        return chosen | every & ~(is_read & differs)

    def _of(self, condition: Condition) -> int:
        return self.known.get(condition, self.mask) | self.steps.fails_by_text[condition]

    def known_results(self) -> int:
        """The cases whose result is known at this level."""
        steps, entries = self.steps, self.steps.program.entries
        rules, stand, fall = list[int](), list[int](), list[int]()
        for entry, (_, may_hold) in zip(entries, steps.holds, strict=True):  # Each after its lifters.
            is_marked = entry.source.mark(entry.rule).rank >= self.level
            rules.append(self._of(entry.when) if is_marked else 0)
            stand.append(_every((fall[lifter] for lifter in entry.lifters), rules[-1]))
            lifters = [(steps.stands[lifter][0], stand[lifter]) for lifter in entry.lifters]
            is_lifted = may_hold & _some(stands for stands, _ in lifters)
            by_lifter = _some(stands & known for stands, known in lifters)
            fall.append(by_lifter | self._of(entry.condition) & ~is_lifted)
        low = _some(map(and_, steps.decides, stand)) | ~(steps.deciding | steps.is_controlled)
        low |= ~steps.deciding & self._one_of_several(rules)
        return _every(self._kept_out(fall), low & self.mask)

    def _one_of_several(self, rules: Sequence[int]) -> int:
        """Where all rules of which one decides are known; unread law is left out of them."""
        steps, known = self.steps, self.mask
        for place, entry in enumerate(steps.program.entries):
            possible = steps.stands[place][1]
            if entry.source.is_unread(entry.rule):
                possible &= steps.holds[place][0]
            known &= ~possible | rules[place]
        return known

    def _kept_out(self, fall: Sequence[int]) -> Iterator[int]:
        """For each rule, where it is no stricter than the result, or what keeps it out is known."""
        steps = self.steps
        for entry, (_, may_stand), known in zip(steps.program.entries, steps.stands, fall, strict=True):
            if entry.rule.then in steps.reached:
                yield steps.reached[entry.rule.then][1] | may_stand | known
