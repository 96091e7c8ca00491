"""Mutants of rulesets: each makes one mistake in one place of the law, and some case should notice.

Conditions are data, so a mutant is a condition with one node replaced.  A term, or a condition that
several rules share, is written in one place; a mutant of it changes every rule that uses it.  What a
proposal takes from its base, or one variant from another, is mutated once, where it is written.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence

import attrs

from regcompare import Outcome, Ruleset
from regcompare.law import Citation
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
from regcompare.ruleset.rules import Rule
from regcompare.words.rows import table_row

DAY = dt.timedelta(days=1)


@attrs.frozen(eq=False)
class Mutant:
    """One mistake in a ruleset.

    Attributes:
        rule_or_term: The id of the rule, or the name of the term, whose text has the mistake.
        mistake: The mistake, in a few words.
        old: The condition that is replaced, wherever it occurs, or None.
        new: Its replacement.
        rule: The rule whose outcome or overriding is changed, or None.
        then: Its new outcome.
        unlifted: The rule that it no longer overrides, or None.
    """

    rule_or_term: str
    mistake: str
    old: Condition | None = None
    new: Condition | None = None
    rule: Rule | None = None
    then: Outcome | None = None
    unlifted: Rule | None = None


def mutants_of(ruleset: Ruleset, seen: set[int]) -> Iterator[Mutant]:
    """Yields the mutants of a ruleset's own text, each with a unique name.

    Args:
        ruleset: The ruleset.
        seen: The identities of rules and conditions that belong to another text; those of this
            ruleset are added.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for mutant in _all_mutants(ruleset, seen):
        counts[mutant.rule_or_term, mutant.mistake] += 1
        count = counts[mutant.rule_or_term, mutant.mistake]
        yield mutant if count == 1 else attrs.evolve(mutant, mistake=f"{mutant.mistake} ({count})")


def _all_mutants(ruleset: Ruleset, seen: set[int]) -> Iterator[Mutant]:
    for rule in ruleset.rules:
        if id(rule) in seen:
            continue
        seen.add(id(rule))
        yield from _effect_mutants(rule)
        if _is_atom(rule.when):
            yield Mutant(rule.id, f"not: {condition_label(rule.when)}", rule.when, ~rule.when)
        yield from _condition_mutants(rule.id, rule.when, seen)


def _effect_mutants(rule: Rule) -> Iterator[Mutant]:
    if rule.then < max(Outcome):
        yield Mutant(rule.id, "outcome one step stricter", rule=rule, then=rule.then.stricter)
    if rule.then > min(Outcome):
        yield Mutant(
            rule.id, "outcome one step weaker", rule=rule, then=list(Outcome)[rule.then.rank - 1]
        )
    for overridden in rule.overrides:
        yield Mutant(rule.id, f"does not override {overridden.id}", rule=rule, unlifted=overridden)


def _condition_mutants(rule_id: str, root: Condition, seen: set[int]) -> Iterator[Mutant]:
    """The mutants of a condition, and of the terms in it under their names."""
    queue = [(rule_id, root)]
    while queue:
        name, node = queue.pop(0)
        if id(node) in seen or _is_rows(node):
            continue
        seen.add(id(node))
        name = f"“{node.name}”" if isinstance(node, Term) else name
        yield from _node_mutants(name, node)
        queue += [(name, part) for part in node.parts]


def _node_mutants(name: str, node: Condition) -> Iterator[Mutant]:
    groups = _grouped(node.parts)
    if isinstance(node, All | AnyOf):
        for group in groups:
            rest = [part for part in node.parts if part not in group]
            joined = all_of(*rest) if isinstance(node, All) else any_of(*rest)
            yield Mutant(name, f"without: {_group_label(group)}", node, joined)
    if isinstance(node, Not):
        yield Mutant(name, f"not negated: {condition_label(node.part)}", node, node.part)
        return
    for index, group in enumerate(groups):
        if all(map(_is_atom, group)) and not _is_atom(node):
            joined = group[0] if len(group) == 1 else any_of(*group)
            reading = f", {node.key}={node.readings[index][0]}" if isinstance(node, Choose) else ""
            mistake = f"not: {_group_label(group)}{reading}"
            yield Mutant(name, mistake, node, _replaced(node, group, ~joined))
        if len(group) == 1 and isinstance(atom := _unnegated(group[0]), OnOrAfter):
            for shift, word in ((DAY, "later"), (-DAY, "earlier")):
                shifted: Condition = OnOrAfter(atom.question, atom.day + shift)
                new = shifted if atom is group[0] else ~shifted
                mistake = f"a day {word}: {condition_label(atom)}"
                yield Mutant(name, mistake, node, _replaced(node, group, new))


def _replaced(node: Condition, group: Sequence[Condition], new: Condition) -> Condition:
    """The node with one condition in place of a group of its parts."""
    others = [part for part in node.parts if all(part is not item for item in group)]
    if isinstance(node, All | AnyOf):
        return rebuild(node, [new, *others])
    return rebuild(node, [new if part is group[0] else part for part in node.parts])


def _unnegated(condition: Condition) -> Condition:
    return condition.part if isinstance(condition, Not) else condition


# atoms ------------------------------------------------------------------------------------------


def _is_atom(condition: Condition) -> bool:
    """Whether a part is a single question, term, doubt or list."""
    if isinstance(condition, Choose):
        return all(isinstance(part, Constant) for part in condition.parts)
    return isinstance(condition, Holds | OneOf | OnOrAfter | Term | Constant) or _is_rows(condition)


def _list_name(condition: Condition) -> str:
    """The dated table or list of codes to which a part belongs; blank for other parts."""
    row = table_row(condition)
    if row is not None:
        return f"rows of {row.table}"
    if isinstance(condition, Holds) and condition.key.startswith("item.annex_i_entry:"):
        return "codes of Annex I"
    return ""


def _is_rows(condition: Condition) -> bool:
    """Whether a condition is a dated table or a row of one; rows have tests of their own."""
    parts = condition.parts if isinstance(condition, AnyOf) else (condition,)
    return all(map(_list_name, parts))


def _grouped(parts: Sequence[Condition]) -> list[list[Condition]]:
    """The parts, grouped where they belong to one list."""
    groups: dict[object, list[Condition]] = {}
    for index, part in enumerate(parts):
        groups.setdefault(_list_name(part) or index, []).append(part)
    return list(groups.values())


# names ------------------------------------------------------------------------------------------

_LONG = 96


def _group_label(group: Sequence[Condition]) -> str:
    return _list_name(group[0]) or condition_label(group[0])


def condition_label(condition: Condition) -> str:
    """Returns a condition in a few words and signs, as a label."""
    text = _text(condition)
    return text if len(text) <= _LONG else text[: _LONG - 2] + " …"


def _text(condition: Condition) -> str:
    if _is_rows(condition):
        return _list_name(condition.parts[0] if isinstance(condition, AnyOf) else condition)
    if isinstance(condition, Term):
        is_legal_term = isinstance(condition.cite, Citation)
        return f"“{condition.name}”" if is_legal_term else condition.name
    if isinstance(condition, Not):
        return f"~{_text(condition.part)}"
    if isinstance(condition, All | AnyOf):
        sign = " & " if isinstance(condition, All) else " | "
        return f"({sign.join(_group_label(group) for group in _grouped(condition.parts))})"
    if isinstance(condition, Choose):
        if _is_atom(condition):
            readings = [name for name, part in condition.readings if part == TRUE]
            return f"{condition.key}={'|'.join(readings)}"
        return f"{condition.key}({', '.join(name for name, _ in condition.readings)})"
    return _atom_text(condition)


def _atom_text(condition: Condition) -> str:
    if isinstance(condition, OneOf):
        return f"{condition.key}={'|'.join(sorted(condition.answers))}"
    if isinstance(condition, OnOrAfter):
        return f"{condition.key}>={condition.day}"
    return condition.key if isinstance(condition, Holds) else repr(condition)
