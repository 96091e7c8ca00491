"""Mutants of rulesets: each makes one mistake in one place of the law, and some case should notice.

Conditions are data, so a mutant is a condition with one node replaced.  A term, or a condition that
several rules share, is written in one place; a mutant of it changes every rule that reads it.  What a
proposal takes from its base, or one variant from another, is mutated once, where it is written.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence

import attrs

from regcompare import Outcome, Ruleset
from regcompare.authoring import Citation, Rule
from regcompare.logic.conditions import (
    TRUE,
    All,
    AnyOf,
    Choose,
    Condition,
    Constant,
    Holds,
    Not,
    OneOf,
    OnOrAfter,
    Term,
    all_of,
    any_of,
    rebuild,
)
from regcompare.words.rows import table_row

DAY = dt.timedelta(days=1)


@attrs.frozen(eq=False)
class Mutant:
    """One mistake in a ruleset.

    Attributes:
        where: The rule, or the term, in whose text the mistake is.
        what: The mistake, in a few words.
        old: The condition that is replaced, wherever it stands; None where no condition is.
        new: What stands in its place.
        rule: The rule whose outcome or lifting is another one, or None.
        then: Its outcome.
        spares: The rule that it no longer lifts, or None.
    """

    where: str
    what: str
    old: Condition | None = None
    new: Condition | None = None
    rule: Rule | None = None
    then: Outcome | None = None
    spares: Rule | None = None


def mutants_of(ruleset: Ruleset, elsewhere: set[int]) -> Iterator[Mutant]:
    """Yields the mutants of a ruleset's own text, each with a name of its own.

    Args:
        ruleset: The ruleset.
        elsewhere: The identities of rules and conditions that belong to another text; those found
            here are added.
    """
    named: Counter[tuple[str, str]] = Counter()
    for mutant in _all_mutants(ruleset, elsewhere):
        named[mutant.where, mutant.what] += 1
        again = named[mutant.where, mutant.what]
        yield mutant if again == 1 else attrs.evolve(mutant, what=f"{mutant.what} ({again})")


def _all_mutants(ruleset: Ruleset, elsewhere: set[int]) -> Iterator[Mutant]:
    for rule in ruleset.rules:
        if id(rule) in elsewhere:
            continue
        elsewhere.add(id(rule))
        yield from _of_effect(rule)
        if _is_leaf(rule.when):
            yield Mutant(rule.id, f"not: {told(rule.when)}", rule.when, ~rule.when)
        yield from _of_text(rule.id, rule.when, elsewhere)


def _of_effect(rule: Rule) -> Iterator[Mutant]:
    if rule.then < max(Outcome):
        yield Mutant(rule.id, "outcome one step stricter", rule=rule, then=rule.then.stricter)
    if rule.then > min(Outcome):
        yield Mutant(
            rule.id, "outcome one step weaker", rule=rule, then=list(Outcome)[rule.then.rank - 1]
        )
    for lifted in rule.lifts:
        yield Mutant(rule.id, f"does not lift {lifted.id}", rule=rule, spares=lifted)


def _of_text(where: str, root: Condition, elsewhere: set[int]) -> Iterator[Mutant]:
    """The mutants of a condition, and of the terms in it, each under its own name."""
    waiting = [(where, root)]
    while waiting:
        here, node = waiting.pop(0)
        if id(node) in elsewhere or _is_rows(node):
            continue
        elsewhere.add(id(node))
        inside = f"“{node.name}”" if isinstance(node, Term) else here
        yield from _of_node(inside, node)
        waiting += [(inside, part) for part in node.parts]


def _of_node(where: str, node: Condition) -> Iterator[Mutant]:
    groups = _grouped(node.parts)
    if isinstance(node, All | AnyOf):
        for group in groups:
            rest = [part for part in node.parts if part not in group]
            joined = all_of(*rest) if isinstance(node, All) else any_of(*rest)
            yield Mutant(where, f"without: {_told(group)}", node, joined)
    if isinstance(node, Not):
        yield Mutant(where, f"not negated: {told(node.part)}", node, node.part)
        return
    for place, group in enumerate(groups):
        if all(map(_is_leaf, group)) and not _is_leaf(node):
            together = group[0] if len(group) == 1 else any_of(*group)
            under = f", {node.key}={node.readings[place][0]}" if isinstance(node, Choose) else ""
            yield Mutant(where, f"not: {_told(group)}{under}", node, _with(node, group, ~together))
        if len(group) == 1 and isinstance(leaf := _unnegated(group[0]), OnOrAfter):
            for shift, word in ((DAY, "later"), (-DAY, "earlier")):
                moved: Condition = OnOrAfter(leaf.question, leaf.day + shift)
                put = moved if leaf is group[0] else ~moved
                yield Mutant(where, f"a day {word}: {told(leaf)}", node, _with(node, group, put))


def _with(node: Condition, group: Sequence[Condition], new: Condition) -> Condition:
    """The node with one condition in place of a group of its parts."""
    others = [part for part in node.parts if all(part is not item for item in group)]
    if isinstance(node, All | AnyOf):
        return rebuild(node, [new, *others])
    return rebuild(node, [new if part is group[0] else part for part in node.parts])


def _unnegated(condition: Condition) -> Condition:
    return condition.part if isinstance(condition, Not) else condition


# leaves -----------------------------------------------------------------------------------------


def _is_leaf(condition: Condition) -> bool:
    """Whether a part asks one thing: a question, a term, how a text is read, or a whole list."""
    if isinstance(condition, Choose):
        return all(isinstance(part, Constant) for part in condition.parts)
    return isinstance(condition, Holds | OneOf | OnOrAfter | Term | Constant) or _is_rows(condition)


def _list_name(condition: Condition) -> str:
    """The dated table, or the list of codes, that a part is a line of; blank for any other."""
    row = table_row(condition)
    if row is not None:
        return f"rows of {row.table}"
    if isinstance(condition, Holds) and condition.key.startswith("item.annex_i_entry:"):
        return "codes of Annex I"
    return ""


def _is_rows(condition: Condition) -> bool:
    """Whether it is a dated table or a row of one: rows have tests of their own."""
    parts = condition.parts if isinstance(condition, AnyOf) else (condition,)
    return all(map(_list_name, parts))


def _grouped(parts: Sequence[Condition]) -> list[list[Condition]]:
    """The parts, those of one list together."""
    groups: dict[object, list[Condition]] = {}
    for place, part in enumerate(parts):
        groups.setdefault(_list_name(part) or place, []).append(part)
    return list(groups.values())


# names ------------------------------------------------------------------------------------------

_LONG = 96


def _told(group: Sequence[Condition]) -> str:
    return _list_name(group[0]) or told(group[0])


def told(condition: Condition) -> str:
    """Returns a condition in a few words and signs, to know it by."""
    text = _text(condition)
    return text if len(text) <= _LONG else text[: _LONG - 2] + " …"


def _text(condition: Condition) -> str:
    if _is_rows(condition):
        return _list_name(condition.parts[0] if isinstance(condition, AnyOf) else condition)
    if isinstance(condition, Term):
        named = f"“{condition.name}”"
        return named if isinstance(condition.cite, Citation) else condition.name
    if isinstance(condition, Not):
        return f"~{_text(condition.part)}"
    if isinstance(condition, All | AnyOf):
        sign = " & " if isinstance(condition, All) else " | "
        return f"({sign.join(_told(group) for group in _grouped(condition.parts))})"
    if isinstance(condition, Choose):
        if _is_leaf(condition):
            taken = [name for name, part in condition.readings if part == TRUE]
            return f"{condition.key}={'|'.join(taken)}"
        return f"{condition.key}({', '.join(name for name, _ in condition.readings)})"
    return _leaf_text(condition)


def _leaf_text(condition: Condition) -> str:
    if isinstance(condition, OneOf):
        return f"{condition.key}={'|'.join(sorted(condition.answers))}"
    if isinstance(condition, OnOrAfter):
        return f"{condition.key}>={condition.day}"
    return condition.key if isinstance(condition, Holds) else repr(condition)
