"""The steps of results, as bitsets: the truths of all conditions of some cases; which rules decide."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

import attrs

from regcompare._support.derived import derived
from regcompare.law import EvidenceLevel
from regcompare.logic.bitsets import AnswerBatch, Pair, every, read_as, some
from regcompare.logic.conditions import All, AnyOf, Choose, Condition, Term, nodes
from regcompare.program.lookahead import Truths
from regcompare.program.program import STEPS, Program
from regcompare.ruleset.rules import Outcome
from regcompare.vocabulary.dated import evidence_of, row_of

BEST = EvidenceLevel.TEXT.rank

CasesByDay = Callable[[str], Mapping[dt.date | None, int]]
"""Gives, for the key of a date, each day with the cases that have it, a bit each."""


@attrs.frozen(eq=False)
class Plan:
    """What of a program may depend on less than the official text.

    Attributes:
        conditions: The scope, all conditions of its rules, and their parts.
        weaker: Those that may depend on less than the official text, each after its parts.
        besides_day: For each row of a table among them, what it asks besides the day.
        defaults: For each doubt, its default reading and the rank of its reason.
    """

    conditions: Sequence[Condition]
    weaker: Mapping[Condition, None]
    besides_day: Mapping[Condition, Sequence[Condition]]
    defaults: Mapping[str, tuple[str, int]]


@derived
def _plan(program: Program) -> Plan:
    of_rules = ((entry.guard, entry.condition, entry.when) for entry in program.entries)
    conditions = tuple(nodes([program.scope, *(item for items in of_rules for item in items)]))
    defaults = {
        doubt.key: (doubt.default, part.mark(doubt).rank)
        for part in program.ruleset.parts()  # Also of a base that is not in force.
        for doubt in part.doubts
    }
    weaker: dict[Condition, None] = {}
    for node in conditions:
        evidence = evidence_of(node, {}) if isinstance(node, Term) else None
        own = defaults[node.key][1] if isinstance(node, Choose) else evidence.rank if evidence else BEST
        if own < BEST or not weaker.keys().isdisjoint(node.parts):
            weaker[node] = None
    besides_day = {node: tuple(_besides_day(node)) for node in weaker if row_of(node)}
    return Plan(conditions, weaker, besides_day, defaults)


def _besides_day(term: Condition) -> Iterator[Condition]:
    """The parts of a row that ask about more than the day on which the row has to be in force.

    The day until which a text was read is no account of a text, so it counts besides.
    """
    cite, (whole,) = row_of(term), term.parts
    assert cite is not None
    of_day = ("", cite.day, cite.row.unread.key)
    for part in whole.parts if isinstance(whole, All) else (whole,):
        if _is_age(term) or any(node.key not in of_day for node in nodes([part])):
            yield part


def _is_age(node: Condition) -> bool:
    """Whether a node is a row that says until which day a text was read."""
    cite = row_of(node)
    return cite is not None and "through" in cite.row.values


class Steps:
    """The truths of all conditions, rules and results of some cases, as bitsets: whatever the level."""

    def __init__(
        self, program: Program, rows: AnswerBatch, bitsets: Pair, truths: Truths, days: CasesByDay
    ) -> None:
        self.program, self.rows, self.mask = program, rows, rows.mask
        self._days, self._marks = lru_cache(days), dict[Term, dict[int, int]]()
        self.plan = _plan(program)
        numbers, (certain, possible) = program.circuit.numbers, bitsets
        self.true, self.false = dict[Condition, int](), dict[Condition, int]()
        for node in self.plan.conditions:
            if (number := numbers.get(node)) is not None:
                self.true[node] = certain[number]
                self.false[node] = self.mask ^ possible[number]
            else:  # A rule's own condition, or its guard: the program joins the parts of both.
                self.true[node] = every((self.true[part] for part in node.parts), self.mask)
                self.false[node] = some(self.false[part] for part in node.parts)
        force, entries = truths.force_place, program.entries
        pairs = list(zip(truths.certain, truths.possible, strict=True))
        self.scope, self.force = pairs[0], pairs[force]
        self.holds, self.stands = pairs[1:force], pairs[force + 1 : 2 * force]
        self.reached = dict(zip(STEPS, pairs[2 * force :], strict=True))
        self.fails_by_text = {
            condition: self._fails_by_text(condition)
            for entry in entries
            for condition in (entry.condition, entry.when)
        }
        decides = zip(entries, self.stands, strict=True)
        self.decides = [sure & self.is_low(entry.rule.then) for entry, (sure, _) in decides]

    def is_low(self, outcome: Outcome) -> int:
        """The cases whose mildest outcome this is."""
        stricter = [self.reached[step][0] for step in STEPS if step > outcome][:1]
        return (self.reached[outcome][0] if outcome in self.reached else self.mask) & ~some(stricter)

    @cached_property
    def deciding(self) -> int:
        """The cases in which a rule alone decides the mildest outcome."""
        return some(self.decides)

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
        if isinstance(whole, AnyOf) and all(map(_is_age, parts)):
            return every(map(self._fails_by_text, parts), self.mask)
        return some(map(self._fails_by_text, parts)) if isinstance(whole, All) else 0

    def marks(self, term: Term) -> Mapping[int, int]:
        """The cases in which the mark of a term counts, by the rank of the mark.

        There it holds, or is a row that fails though what it asks besides the day holds.
        """
        if term not in self._marks:
            asked, cite = self.plan.besides_day.get(term), row_of(term)
            counts = self.true[term]
            if asked is not None:
                counts |= every((self.true[part] for part in asked), self.false[term])
            cases_by_rank = self._marks[term] = {}
            for day, cases in self._days(cite.day).items() if cite else [(None, self.mask)]:
                if cases & counts and (evidence := cite.row.evidence(day) if cite else term.checked):
                    rank = evidence.rank
                    cases_by_rank[rank] = cases_by_rank.get(rank, 0) | cases & counts
        return self._marks[term]

    def is_read(self, node: Choose, reading: str) -> int:
        """The cases in which a doubtful text has a reading."""
        return self.rows.certain[self.rows.atoms.places[read_as(node, reading)]]

    def have_same_truth(self, node: Condition, other: Condition) -> int:
        """The cases in which two conditions have the same truth."""
        true, false = self.true, self.false
        return self.mask & ~(true[node] ^ true[other] | false[node] ^ false[other])
