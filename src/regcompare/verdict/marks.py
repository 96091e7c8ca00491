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

from collections.abc import Iterator, Sequence
from operator import and_

from regcompare.law import EvidenceLevel
from regcompare.logic.bitsets import every, some
from regcompare.logic.conditions import All, AnyOf, Choose, Condition, Term

from .steps import BEST, Steps


def marks_of(steps: Steps) -> list[EvidenceLevel | None]:
    """Returns the mark of each case's result; None where it depends on no provision that holds."""
    known = [_Level(steps, level).known_results() for level in range(1, BEST + 1)]
    ranks = [sum(bitset >> case & 1 for bitset in known) for case in range(steps.rows.size)]
    levels = list(EvidenceLevel)
    has_rules = steps.deciding | steps.is_controlled
    return [
        levels[rank] if rank < BEST or has_rules >> case & 1 else None for case, rank in enumerate(ranks)
    ]


class _Level:
    """What is known at least at a level: one of several ways suffices, each of several needs counts."""

    def __init__(self, steps: Steps, level: int) -> None:
        self.steps, self.level, self.mask = steps, level, steps.mask
        self.known: dict[Condition, int] = {}
        for node in steps.plan.weaker:
            self.known[node] = self._of_node(node)

    def _of_node(self, node: Condition) -> int:
        parts, steps = [self.known.get(part, self.mask) for part in node.parts], self.steps
        all_known = every(parts, self.mask)
        if isinstance(node, Choose):
            return self._of_choice(node, parts, all_known)
        if isinstance(node, All | AnyOf):  # One part that decides it suffices.
            decided = steps.true if isinstance(node, AnyOf) else steps.false
            pairs = zip(node.parts, parts, strict=True)
            return all_known | some(decided[part] & known for part, known in pairs)
        if isinstance(node, Term):
            return all_known & ~some(
                cases for rank, cases in steps.marks(node).items() if rank < self.level
            )
        return all_known

    def _of_choice(self, node: Choose, parts: Sequence[int], all_known: int) -> int:
        """The chosen reading counts, or all of them where they have the same result."""
        steps, (default, rank) = self.steps, self.steps.plan.defaults[node.key]
        chosen = is_read = 0
        for (reading, _), known in zip(node.readings, parts, strict=True):
            read = steps.is_read(node, reading)
            is_read |= read
            chosen |= read & known if reading != default or rank >= self.level else 0
        same = every((steps.have_same_truth(node, part) for part in node.parts), self.mask)
        return chosen | all_known & (same | ~is_read)

    def _of(self, condition: Condition) -> int:
        return self.known.get(condition, self.mask) | self.steps.fails_by_text[condition]

    def known_results(self) -> int:
        """The cases whose result is known at this level."""
        steps, entries = self.steps, self.steps.program.entries
        rules, stand, fall = list[int](), list[int](), list[int]()
        for entry, (_, may_hold) in zip(
            entries, steps.holds, strict=True
        ):  # Each after what overrides it.
            is_marked = entry.source.mark(entry.rule).rank >= self.level
            rules.append(self._of(entry.when) if is_marked else 0)
            stand.append(every((fall[overrider] for overrider in entry.overriders), rules[-1]))
            overriders = [
                (steps.stands[overrider][0], stand[overrider]) for overrider in entry.overriders
            ]
            is_overridden = may_hold & some(stands for stands, _ in overriders)
            by_overrider = some(stands & known for stands, known in overriders)
            fall.append(by_overrider | self._of(entry.condition) & ~is_overridden)
        low = some(map(and_, steps.decides, stand)) | ~(steps.deciding | steps.is_controlled)
        low |= ~steps.deciding & self._one_of_several(rules)
        return every(self._kept_out(fall), low & self.mask)

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
