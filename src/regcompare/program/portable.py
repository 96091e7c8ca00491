"""The portable reading: rulesets as JSON, from which a small script works out what ``assess`` does.

Nothing is said twice: a condition is written once, in the order in which it can be evaluated (parts
before the whole), and is referred to by its number; so are questions, lists of answers, rules, duties
and doubts.  When a ruleset, and what it is based on or combined with, is in force is written as
conditions; what it then comes to is planned here, once for each state of the law that can occur and for
what is left to ask of the days, so that the script only picks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any, Literal

import attrs

from regcompare.facts import CodeSet, Day, Fact, MemberSet, Same, countries, facts_of
from regcompare.law import Checked
from regcompare.logic.conditions import (
    All,
    Among,
    AnyOf,
    Choose,
    Condition,
    Constant,
    Holds,
    Not,
    OneOf,
    OnOrAfter,
    Term,
    nodes,
)
from regcompare.ruleset.currency import tables_of
from regcompare.ruleset.review import Weighing
from regcompare.ruleset.rules import Discretion, Duty, Interpretation, Outcome, Rule
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario
from regcompare.vocabulary import FACTS_DATE, LAW_DATE, Assumption, Constraint, Vocabulary

from .force import force_of, law_state, switches_of
from .program import STEPS, Program, program_for

__all__ = ["Portable", "Writer", "portable", "portable_answers", "portable_scenario"]

FORMAT = 2
"""Raised when the script has to read the data in another way."""

KINDS: dict[type[Condition], str] = {
    Constant: "constant",
    Holds: "holds",
    OneOf: "one_of",
    OnOrAfter: "on_or_after",
    Not: "not",
    All: "all",
    AnyOf: "any",
    Choose: "choose",
    Term: "term",
}
"""The kinds of nodes; in the data each is given by its place in this list."""

_KIND_NUMBERS = {kind: number for number, kind in enumerate(KINDS)}


@attrs.frozen(eq=False)
class Portable:
    """Rulesets and their vocabulary as JSON, with what stands behind each number.

    Attributes:
        data: Plain data, ready for JSON.
        nodes: Conditions by their numbers.
        rules: Rules by their numbers.
        duties: Duties by their numbers.
        doubts: Doubtful texts by their numbers.
        powers: Discretions by their numbers.
        rulesets: Rulesets by their numbers: those asked for, then what they stand on or beside.
        facts: Facts in the order of the data.
    """

    data: Mapping[str, Any]
    nodes: tuple[Condition, ...]
    rules: tuple[Rule, ...]
    duties: tuple[Duty, ...]
    doubts: tuple[Interpretation, ...]
    powers: tuple[Discretion, ...]
    rulesets: tuple[Ruleset, ...]
    facts: tuple[Fact, ...]


def portable(rulesets: Iterable[Ruleset], vocabulary: Vocabulary) -> Portable:
    """Returns rulesets, and the facts that they may ask about, as JSON.

    Args:
        rulesets: The rulesets; what they stand on or beside comes along.
        vocabulary: The facts, at least those of every ruleset.
    """
    asked = tuple(dict.fromkeys(rulesets))
    every = tuple(dict.fromkeys([*asked, *(part for item in asked for part in item.parts())]))
    writer = Writer(every)
    facts = (*vocabulary.facts(), FACTS_DATE, LAW_DATE)
    written = [writer.ruleset(item, is_asked=item in asked) for item in every]
    rules = [writer.rule(rule) for rule in writer.rules]
    data = {
        "format": FORMAT,
        "kinds": list(KINDS.values()),
        "marks": [mark.value for mark in Checked],
        "licensed": [Outcome.AUTHORISATION.rank, Outcome.REFUSAL.rank],
        "steps": [str(outcome) for outcome in STEPS],
        "reviews": [str(how) for how in Weighing],
        "sections": _sections(vocabulary),
        "facts": [_fact(fact) for fact in facts],
        "assumptions": [_assumption(item, vocabulary) for item in vocabulary.assumptions],
        "countries": dict(countries()),
        "keys": list(writer.keys),
        "nested": [list(pair) for pair in sorted(writer.nested)],
        "groups": list(map(list, writer.groups)),
        "nodes": writer.written,
        "rules": rules,
        "duties": [duty.id for duty in writer.duties],
        "doubts": list(map(_doubt, writer.doubts)),
        "powers": [power.id for power in writer.powers],
        "constraints": list(writer.constraints.values()),
        "rulesets": written,
        "plans": writer.plans,
        "conditions": writer.conditions,
    }
    return Portable(
        data,
        nodes=tuple(writer.nodes),
        rules=tuple(writer.rules),
        duties=tuple(writer.duties),
        doubts=tuple(writer.doubts),
        powers=tuple(writer.powers),
        rulesets=every,
        facts=facts,
    )


# conditions -------------------------------------------------------------------------------------


@attrs.define(eq=False)
class Writer:
    """Gives numbers to what is written, each thing one.

    Attributes:
        every: The rulesets by their numbers.
        nodes: Conditions by their numbers.
        written: The same as data.
        keys: The questions, with their numbers.
        groups: Lists of answers that are asked about together, with their numbers.
        nested: Pairs of questions about codes, of which the first cannot be met without the second.
        constraints: Constraints as data.
        plans: What rulesets come to in each state of the law.
        conditions: By name the number of the condition in each plan; None in one that has none.
    """

    every: tuple[Ruleset, ...]
    nodes: list[Condition] = attrs.field(factory=list)
    written: list[list[Any]] = attrs.field(factory=list)
    keys: dict[str, int] = attrs.field(factory=dict)
    groups: dict[tuple[str, ...], int] = attrs.field(factory=dict)
    nested: set[tuple[int, int]] = attrs.field(factory=set)
    constraints: dict[Constraint, list[Any]] = attrs.field(factory=dict)
    plans: list[dict[str, Any]] = attrs.field(factory=list)
    conditions: dict[str, list[int | None]] = attrs.field(factory=dict)
    rules: dict[Rule, int] = attrs.field(factory=dict)
    duties: dict[Duty, int] = attrs.field(factory=dict)
    doubts: dict[Interpretation, int] = attrs.field(factory=dict)
    powers: dict[Discretion, int] = attrs.field(factory=dict)
    _known: dict[object, int] = attrs.field(factory=dict)
    _numbers: dict[Condition, int] = attrs.field(factory=dict)

    def number(self, condition: Condition) -> int:
        """The number of a condition, which is written first where it is new."""
        for node in nodes([condition], self._numbers):
            self._numbers[node] = self._write(node)
        return self._numbers[condition]

    def _write(self, node: Condition) -> int:
        parts = [self._numbers[part] for part in node.parts]
        said = [_KIND_NUMBERS[type(node)], *self._asked(node, parts)]
        same = (tuple(map(str, said)), _term_identity(node))
        if same not in self._known:
            self._known[same] = len(self.nodes)
            self.nodes.append(node)
            self.written.append(said)
        return self._known[same]

    def _asked(self, node: Condition, parts: list[int]) -> list[Any]:
        """What a node says besides its kind."""
        if isinstance(node, Constant):
            return [int(node.truth)]
        if isinstance(node, OneOf):
            return [self.key(node.key), _placed(self.groups, tuple(sorted(node.answers)))]
        if isinstance(node, OnOrAfter):
            return [self.key(node.key), node.day.isoformat()]
        if isinstance(node, Choose):
            return [self.key(node.key), [name for name, _ in node.readings], parts]
        if isinstance(node, Term):
            mark = node.checked.rank if node.checked else -1
            return [*parts, mark]
        return [self.key(node.key)] if isinstance(node, Holds) else parts

    def key(self, key: str) -> int:
        """The number of a question."""
        return _placed(self.keys, key)

    def named(self) -> list[dict[str, Any]]:
        """The nodes as objects that name what they hold; parts are given by their numbers."""
        return [self._named(node) for node in self.nodes]

    def _named(self, node: Condition) -> dict[str, Any]:
        data: dict[str, Any] = {"kind": KINDS[type(node)]}
        parts = [self._numbers[part] for part in node.parts]
        if node.key:
            data["question"] = node.key
        if isinstance(node, Constant):
            data["truth"] = node.truth
        elif isinstance(node, OneOf):
            data["answers"] = sorted(node.answers)
        elif isinstance(node, OnOrAfter):
            data["day"] = node.day.isoformat()
        elif isinstance(node, Choose):
            names = (name for name, _ in node.readings)
            return data | {"readings": dict(zip(names, parts, strict=True))}
        elif isinstance(node, Term):
            mark = node.checked.level.value if node.checked else None
            data |= {"name": node.name, "cite": str(node.cite), "note": node.note, "mark": mark}
        return data | ({"parts": parts} if parts else {})

    # rulesets ---------------------------------------------------------------------------------

    def ruleset(self, ruleset: Ruleset, *, is_asked: bool) -> dict[str, Any]:
        switch, provisions = ruleset.transition, ruleset.provisions
        return {
            "id": ruleset.id,
            "is_proposal": ruleset.status == "proposal",
            "reference": str(ruleset.reference_date),
            "transition": _day(switch.day) if switch else None,
            "switches": [_day(day) for day in switches_of(ruleset)],
            "base": [self.every.index(item) for item in ruleset.base],
            "beside": [self.every.index(item) for item in ruleset.beside],
            "parallel_to": list(ruleset.parallel_to),
            "tables": [
                [table.name, _day(table.verified_through), LAW_DATE.key in days, FACTS_DATE.key in days]
                for table, days in tables_of(ruleset).items()
            ],
            "doubts": [_placed(self.doubts, item) for item in ruleset.doubts],
            "doubt_marks": [ruleset.mark(item).rank for item in ruleset.doubts],
            "powers": [_placed(self.powers, item) for item in provisions.discretions],
            "force": [self.force(ruleset, follows) for follows in (False, True)] if is_asked else [],
            "plans": list(map(self.program, _programs(ruleset))) if is_asked else [],
        }

    def force(self, ruleset: Ruleset, follows: bool) -> dict[str, Any]:
        """When the ruleset is in force, with what it is based on or combined with."""
        force = force_of(ruleset, follows)
        return {
            "in_force": self.number(force.in_force),
            "bases": [[self.every.index(part), self.number(when)] for part, when in force.bases.items()],
            "along": [[self.every.index(part), self.number(when)] for part, when in force.along.items()],
        }

    def program(self, program: Program) -> int:
        """Writes a program; its conditions by name, beside those of that name in others."""
        number, every = len(self.plans), list(program.every_question)
        for name, condition in program.conditions.items():
            row = self.conditions.setdefault(name, [])
            row += [*[None] * (number - len(row)), self.number(condition)]
        rules = [
            {
                "name": name,
                "rule": _placed(self.rules, entry.rule),
                "source": self.every.index(entry.source),
                "lifters": list(entry.lifters),
                "checked": entry.source.mark(entry.rule).rank,
                "unread": int(entry.source.is_unread(entry.rule)),
            }
            for name, entry in zip(program.rule_ids, program.entries, strict=True)
        ]
        duties = [
            {"name": name, "duty": _placed(self.duties, duty), "source": self.every.index(part)}
            for name, (duty, part, _) in zip(program.duty_ids, program.duties, strict=True)
        ]
        self.plans.append(
            {
                "along": [self.every.index(part) for part in program.along],
                "asks": program.asks.value,
                "keys": [self.key(key) for key in program.keys],
                "days": [[[place, _day(day)] for place, day in days.items()] for days in program.days],
                "rules": _columns(rules),
                "order": list(program.text_order),
                "duties": _columns(duties),
                "duty_keys": list(map(self.key, every[len(program.keys) :])),
                "constraints": self._constraints(program),
            }
        )
        return number

    def _constraints(self, program: Program) -> list[int]:
        """The constraints of a program, each with the answers that either half forces."""
        keys, follows = program.keys, program.propagation
        declared = program.ruleset.vocabulary.constraints
        for item, forced in zip(declared, follows.forced, strict=True):
            halves = [[[self.key(keys[place]), answer] for place, answer in half] for half in forced]
            sides = [self.number(item.when), self.number(item.then)]
            instead = [self.key(item.taken_as[0]), item.taken_as[1]] if item.taken_as else None
            self.constraints.setdefault(item, [*sides, *halves, item.sentence, instead])
        for inner, outers in follows.above.items():
            self.nested |= {(self.key(keys[inner]), self.key(keys[outer])) for outer in outers}
        places = list(self.constraints)
        return [places.index(item) for item in declared]

    def rule(self, rule: Rule) -> dict[str, Any]:
        """A rule as far as it counts; what it says in words is added by who shows it."""
        return {
            "id": rule.id,
            "then": rule.then.rank,
            "lifts": [lifted.id for lifted in rule.lifts],
        }


def _columns(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """Records as columns, which is shorter."""
    return {name: [row[name] for row in rows] for name in (rows[0] if rows else {})}


def _placed(places: dict[Any, int], item: Any) -> int:
    return places.setdefault(item, len(places))


def _term_identity(node: Condition) -> object:
    """What tells two terms apart that mean the same."""
    return (node.name, str(node.cite), node.note) if isinstance(node, Term) else None


# states of the law ------------------------------------------------------------------------------


def _programs(ruleset: Ruleset) -> Iterator[Program]:
    """What the ruleset comes to in each state of the law that can occur.

    A state is tried on the days on which one can turn into another, and with days that are not known.
    """
    parts = list(ruleset.parts())
    turns = {day for part in parts if part.period for day in (part.period.start, part.period.end) if day}
    turns |= {part.transition.day for part in parts if part.transition}
    days = [dt.date.min, *sorted(turns)]
    laws: list[dt.date | Literal["scenario"]] = [*days, "scenario"]
    states = (
        law_state(ruleset, wanted, facts, applied_on)
        for wanted, facts, applied_on in product(laws, [None, *days], [None, *days])
    )
    for along, asks in dict.fromkeys((state.along, state.asks) for state in states):
        yield program_for(ruleset, along, asks)


# facts ------------------------------------------------------------------------------------------


def _sections(vocabulary: Vocabulary) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "title": cls.__title__,  # type: ignore[attr-defined]
            "facts": [fact.key for fact in facts_of(cls).values()],
        }
        for name, cls in vocabulary.by_name.items()
    ]


def _fact(fact: Fact) -> dict[str, Any]:
    """A fact with its kind and answers; countries are listed once for all."""
    same = isinstance(fact.ordinary, Same)
    data: dict[str, Any] = {"key": fact.key, "kind": fact.kind}
    if fact.kind not in ("country", "yes_no"):
        data["answers"] = dict(fact.labels())
    if same:
        data["same"] = fact.ordinary.fact
    elif fact.ordinary is not None:
        data["ordinary"] = _answer(fact.convert(fact.ordinary))
    if isinstance(fact, Day):
        data["earliest"] = fact.earliest.isoformat()
    if isinstance(fact, CodeSet) and fact.codes:
        held = fact.codes
        points = {entry: list(points) for entry, points in held.entries.items()}
        data["codes"] = {"name": held.name, "entries": points, "wordings": list(held.wordings)}
    return data


def _answer(value: Any) -> Any:
    """An answer as data: a set as what is known and what is left open."""
    if isinstance(value, MemberSet):
        return {"known": sorted(value.known), "open": sorted(value.open)}
    return value.isoformat() if isinstance(value, dt.date) else value


def _assumption(item: Assumption, vocabulary: Vocabulary) -> dict[str, Any]:
    data = {
        "layer": item.layer,
        "fact": item.fact,
        "answer": _answer(item.answer_to(vocabulary.fact(item.fact))),
    }
    if isinstance(item.when, OneOf):
        data["when"] = {"fact": item.when.key, "answers": sorted(item.when.answers)}
    return data


def _doubt(item: Interpretation) -> dict[str, Any]:
    return {"id": item.id, "readings": list(item.readings), "default": item.default}


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


# scenarios --------------------------------------------------------------------------------------


def portable_scenario(scenario: Scenario) -> dict[str, Any]:
    """Returns the facts of a scenario as JSON: what is stated, what it presumes, how powers were used.

    A stated ``unknown`` is the word ``unknown``; a set is what is known and what is left open.
    """
    return {
        "id": scenario.id,
        "date": _day(scenario.date),
        "presume": " ".join(scenario.presume) or None,
        "facts": _stated(scenario.sections()),
        "presumed": _stated(scenario.presumed),
        "discretion": dict(scenario.discretion),
    }


def portable_answers(answers: Mapping[str, Any], vocabulary: Vocabulary) -> dict[str, Any]:
    """Returns answers, by fact key as JSON; None stays None.

    Raises:
        AnswerError: One is not an answer to its fact.
        UsageError: There is no such fact.
    """
    facts = {key: vocabulary.fact(key) for key in answers}
    return {
        key: None if (value := answers[key]) is None else _written(fact, fact.convert(value))
        for key, fact in facts.items()
    }


def _stated(sections: Iterable[Any]) -> dict[str, Any]:
    facts: Sequence[tuple[Fact, Any]] = [
        (fact, getattr(section, name))
        for section in sections
        for name, fact in facts_of(type(section)).items()
    ]
    return {fact.key: _written(fact, value) for fact, value in facts if value is not None}


def _written(fact: Fact, value: Any) -> Any:
    written = fact.write(value)
    is_written = written == "unknown" or isinstance(value, Among)
    return written if is_written else _answer(value)
