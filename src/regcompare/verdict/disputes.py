"""Which of the disputed facts make results, or an end of them, what they are."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from operator import or_

from regcompare.logic.bitsets import some
from regcompare.logic.conditions import All, Choose, Condition, Not, Term
from regcompare.program.program import Entry

from .steps import Steps


def decisive_facts(steps: Steps, spanned: int, facts: Collection[str]) -> Mapping[str, int]:
    """Returns for each of these facts the cases in which it decides, a bit each.

    That is where it decides whether the ruleset applies, a rule that decides or may change the outcome,
    or, where there is none, a stricter rule that failed for want of one part of its condition.

    Args:
        steps: The truths of the conditions.
        spanned: The cases that have an outcome.
        facts: The facts.
    """
    program = steps.program
    fact_of = {item.key: fact for fact in facts for item in program.by_subject.get(fact, ())}
    asked = sum(1 << program.position[key] for key in fact_of)
    traced, rules = {program.scope: steps.mask ^ steps.scope[0]}, _traced_rules(steps, spanned)
    for entry, cases, keys in zip(program.entries, rules, program.asked_by_core[1:], strict=False):
        if keys & asked:
            for condition, own in _trace_conditions(steps, entry, cases):
                traced[condition] = traced.get(condition, 0) | own
    decisive = dict.fromkeys(facts, 0)
    for node in reversed(steps.plan.conditions):  # Each before its parts.
        if cases := traced.get(node, 0):
            if node.key in fact_of and not node.parts:
                decisive[fact_of[node.key]] |= cases
            for part in node.parts:
                traced[part] = traced.get(part, 0) | cases & _leads_to(steps, node, part)
    return decisive


def _leads_to(steps: Steps, node: Condition, part: Condition) -> int:
    """Where the truth of a condition is that of a part, which is read."""
    if isinstance(node, Not):
        return steps.mask
    same = steps.have_same_truth(node, part)
    if isinstance(node, Choose):
        readings = [(steps.is_read(node, reading), item) for reading, item in node.readings]
        chosen = some(read for read, item in readings if item is part)
        same &= chosen | ~some(read for read, _ in readings)
    return same


def _trace_conditions(steps: Steps, entry: Entry, cases: int) -> list[tuple[Condition, int]]:
    """The rule's own condition where its ruleset applies, otherwise that together with its scope."""
    applies = steps.true[entry.guard]
    return [(entry.when, cases & applies), (entry.condition, cases & ~applies)]


def _traced_rules(steps: Steps, spanned: int) -> list[int]:
    """For each rule, the cases whose outcome it decides or may change, else those it nearly does."""
    entries, found = steps.program.entries, list[int]()
    shared = steps.is_controlled & ~steps.deciding  # One of several decides.
    for entry, (holds, may), decides in zip(entries, steps.holds, steps.decides, strict=True):
        stricter = ~steps.reached[entry.rule.then][0] if entry.rule.then in steps.reached else 0
        movable = may & ~holds & (stricter | shared & steps.is_low(entry.rule.then))
        found.append(spanned & (decides | movable))
    left = spanned & ~some(found)
    return list(map(or_, found, (left and left & _nearly(steps, place) for place in range(len(found)))))


def _nearly(steps: Steps, place: int) -> int:
    """The cases in which a stricter rule fails for want of one part of its condition."""
    entry, (_, may) = steps.program.entries[place], steps.holds[place]
    if entry.rule.then not in steps.reached:
        return 0
    fails = steps.mask & ~(may | steps.reached[entry.rule.then][1])
    pairs = _trace_conditions(steps, entry, fails)
    failures = ((cases, *_failures(steps, condition)) for condition, cases in pairs)
    return some(cases & one & ~several for cases, one, several in failures)


def _failures(steps: Steps, condition: Condition) -> tuple[int, int]:
    """Where a part of a condition fails, each the largest that fails as a whole; where several do."""
    while isinstance(condition, Term):
        condition = condition.condition
    if not isinstance(condition, All):
        return steps.false[condition], 0
    one = several = 0
    for part in condition.parts:
        fails = steps.false[part]
        part_one, part_several = _failures(steps, part)
        several |= fails & (part_several | one & part_one)
        one |= fails & part_one
    return one, several
