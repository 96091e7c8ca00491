"""Rulesets as one file that anyone can evaluate, in any language; the page carries the very file.

A ruleset is told as law, from which it can be loaded: its rules and duties, each with its own condition.
It is told as a program as well: what follows in each state of the law, as conditions that need no more
than evaluation.  Nothing is written twice; conditions stand parts before the whole, and all is referred
to by its place.  ``docs/program.schema.json`` says what each part means.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product
from typing import Any, Literal

import attrs

from regcompare.facts import Fact
from regcompare.facts.own_words import key_of
from regcompare.law import Citation, Instrument
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
    partially_evaluate,
    walk,
)
from regcompare.logic.questions import Question
from regcompare.ruleset.currency import tables_of
from regcompare.ruleset.home import Home
from regcompare.ruleset.review import Review
from regcompare.ruleset.rules import Discretion, Duty, Interpretation, Outcome, Rule
from regcompare.ruleset.ruleset import Ruleset
from regcompare.vocabulary import FACTS_DATE, LAW_DATE, Constraint
from regcompare.vocabulary.dated import DatedTable, Period, RowCitation

from .force import APPLIED_ON, OpenLawQuestion, force_of, law_state
from .program import Program, program_for

FORMAT = "regcompare-program"
"""What the file calls itself."""

VERSION = 2
"""Raised with each change of the format."""

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
"""The kinds of nodes, as the file names them."""

_INNER = ("when:", "covers:")
"""Conditions that others are made of; a state tells them beside its rules."""


def published(rulesets: Iterable[Ruleset], day: dt.date | None = None) -> dict[str, Any]:
    """Returns rulesets as JSON.

    Args:
        rulesets: The rulesets; what they stand on or beside comes along.
        day: The day whose law alone is told; None tells that of every day.
    """
    return written(rulesets, day).data()


def written(rulesets: Iterable[Ruleset], day: dt.date | None = None) -> Writer:
    """Returns what is published, with what stands behind each place; see ``published``."""
    programs = {item: [_law_on(item, day)] if day else list(_states(item)) for item in rulesets}
    parts = (part for item in programs for part in (programs[item][0].along if day else item.parts()))
    writer = Writer(tuple(dict.fromkeys([*programs, *parts])), day)
    for part in writer.every:  # In the order of the texts.
        for rule in part.rules:
            _placed(writer.rules, (rule, part))
        for duty in part.provisions.duties:
            _placed(writer.duties, (duty, part))
    for program in (program for states in programs.values() for program in states):
        writer.state(program)
    writer.law()
    return writer


def _law_on(ruleset: Ruleset, day: dt.date) -> Program:
    """The ruleset as conditions, whenever the facts are: what may be in force is asked for."""
    return program_for(ruleset, law_state(ruleset, day, None, None).along, OpenLawQuestion.FORCE)


def _states(ruleset: Ruleset) -> Iterator[Program]:
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


@lru_cache(maxsize=16)
def conditions_on(ruleset: Ruleset, day: dt.date) -> Mapping[str, Condition]:
    """Returns what a ruleset comes to on a day of the law, by name; see ``Program.conditions``."""
    made: dict[Condition, Condition] = {}
    return {
        name: partially_evaluate(condition, {LAW_DATE.key: day}, made)
        for name, condition in _law_on(ruleset, day).conditions.items()
        if not name.startswith(_INNER)
    }


@attrs.define(eq=False)
class Writer:
    """Gives a place to what is written, each thing one.

    Attributes:
        every: The rulesets by their places: those asked for, then what they stand on or beside.
        day: The day of the law that is put in; None leaves it to be asked.
        conditions: Conditions by the places of their nodes.
        nodes: The nodes as data.
        questions: What nodes ask, by key.
        rules: Rules, each with its ruleset.
        duties: Duties, likewise.
        doubts: Doubtful texts.
        powers: Discretions.
        instruments: Texts.
        tables: Dated tables.
    """

    every: tuple[Ruleset, ...] = ()
    day: dt.date | None = None
    conditions: list[Condition] = attrs.field(factory=list)
    nodes: list[dict[str, Any]] = attrs.field(factory=list)
    questions: dict[str, Question] = attrs.field(factory=dict)
    rules: dict[tuple[Rule, Ruleset], int] = attrs.field(factory=dict)
    duties: dict[tuple[Duty, Ruleset], int] = attrs.field(factory=dict)
    doubts: dict[Interpretation, int] = attrs.field(factory=dict)
    powers: dict[Discretion, int] = attrs.field(factory=dict)
    instruments: dict[Instrument, int] = attrs.field(factory=dict)
    tables: dict[DatedTable, int] = attrs.field(factory=dict)
    _nested: set[tuple[str, str]] = attrs.field(factory=set)
    _constraints: dict[Constraint, int] = attrs.field(factory=dict)
    _forced: list[dict[str, Any]] = attrs.field(factory=list)
    _states: list[dict[str, Any]] = attrs.field(factory=list)
    _named: dict[str, list[int | None]] = attrs.field(factory=dict)
    _law: dict[str, Any] = attrs.field(factory=dict)
    _known: dict[str, int] = attrs.field(factory=dict)
    _numbers: dict[Condition, int] = attrs.field(factory=dict)
    _read: dict[Condition, Condition] = attrs.field(factory=dict)

    def data(self) -> dict[str, Any]:
        """Returns what is written as JSON."""
        return {
            "format": FORMAT,
            "version": VERSION,
            "as_of": _day(self.day),
            "outcomes": [outcome.word for outcome in Outcome],
            **self._law,
            "questions": self._questions(),
            "nested": [list(pair) for pair in sorted(self._nested) if {*pair} <= {*self.questions}],
            "nodes": self.nodes,
            "constraints": self._forced,
            "states": self._states,
            "conditions": self._named,
        }

    # conditions -------------------------------------------------------------------------------

    def node(self, condition: Condition) -> int:
        """Returns the place of a condition, which is written first where it is new."""
        if self.day:
            condition = partially_evaluate(condition, {LAW_DATE.key: self.day}, self._read)
        for node in nodes([condition], self._numbers):
            self._numbers[node] = self._write(node)
        return self._numbers[condition]

    def _write(self, node: Condition) -> int:
        data = self._node(node)
        same = json.dumps(data)
        if same not in self._known:
            self._known[same] = len(self.nodes)
            self.conditions.append(node)
            self.nodes.append(data)
            if node.key:
                self.questions.setdefault(node.key, node.question)
        return self._known[same]

    def _node(self, node: Condition) -> dict[str, Any]:
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
            if isinstance(node.cite, RowCitation):
                place, row = _placed(self.tables, node.cite.table), node.cite.row
                data["row"] = {"table": place, "line": row.line, **_period(row.period)}
        return data | ({"parts": parts} if parts else {})

    def _questions(self) -> dict[str, dict[str, Any]]:
        """By key what is asked, and which answers there are."""
        items: list[Interpretation | Discretion] = [*self.doubts, *self.powers]
        declared = {item.key: item for item in items}
        vocabularies = dict.fromkeys(part.vocabulary for part in self.every)
        own = (fact for vocabulary in vocabularies for fact in vocabulary.facts())
        facts = {fact.key: fact for fact in (*own, FACTS_DATE, LAW_DATE, APPLIED_ON)}
        return {
            key: _declared(declared[key]) if key in declared else _asked(facts[asked.fact], asked)
            for key, asked in self.questions.items()
        }

    # programs ---------------------------------------------------------------------------------

    def state(self, program: Program) -> None:
        """Writes what a ruleset comes to in a state of the law: its conditions, by name."""
        number, keys, every = len(self._states), program.keys, list(program.every_question)
        for name, condition in program.conditions.items():
            if not name.startswith(_INNER):
                row = self._named.setdefault(name, [])
                row += [*[None] * (number - len(row)), self.node(condition)]
        constraints = self._constrained(program)
        rules = [
            {
                "name": name,
                "rule": _placed(self.rules, (entry.rule, entry.source)),
                "lifters": list(entry.lifters),
                "covers": self.node(entry.guard),
                "when": self.node(entry.when),
            }
            for name, entry in zip(program.rule_ids, program.entries, strict=True)
        ]
        duties = [
            {"name": name, "duty": _placed(self.duties, (duty, part))}
            for name, (duty, part, _) in zip(program.duty_ids, program.duties, strict=True)
        ]
        asked = {key: place for place, key in enumerate(self.questions)}
        self._states.append(
            {
                "ruleset": self.every.index(program.ruleset),
                "along": [self.every.index(part) for part in program.along],
                "asks": program.asks.value,
                "questions": [asked[key] for key in keys if key in asked],
                "also": [asked[key] for key in every[len(keys) :] if key in asked],
                "days": [[[keys[at], _day(day)] for at, day in days.items()] for days in program.days],
                "rules": _columns(rules),
                "order": list(program.text_order),
                "duties": _columns(duties),
                "constraints": constraints,
            }
        )

    def _constrained(self, program: Program) -> list[int]:
        """The constraints of a program, each with the answers that either half forces."""
        keys, follows = program.keys, program.propagation
        declared = program.ruleset.vocabulary.constraints
        for item, forced in zip(declared, follows.implied, strict=True):
            if item in self._constraints:
                continue
            then, otherwise = ([[keys[at], answer] for at, answer in half] for half in forced)
            self._constraints[item] = len(self._forced)
            self._forced.append(
                {
                    "when": self.node(item.when),
                    "then": self.node(item.then),
                    "sentence": item.sentence,
                    "follows": then,
                    "otherwise": otherwise,
                    "instead": list(item.taken_as) if item.taken_as else None,
                }
            )
        for inner, outers in follows.above.items():
            self._nested |= {(keys[inner], keys[outer]) for outer in outers}
        return [self._constraints[item] for item in declared]

    # law --------------------------------------------------------------------------------------

    def law(self) -> None:
        """Writes the rulesets as law, once their states are written."""
        rulesets = list(map(self._ruleset, self.every))
        left_out = [
            {"ruleset": place, **self._cite(item.cite), **_fields(item, "what", "why")}
            for place, part in enumerate(self.every)
            for item in part.provisions.not_encoded
        ]
        provisions = {
            "rules": [self._rule(*one) for one in self.rules],
            "duties": [self._duty(*one) for one in self.duties],
            "doubts": list(map(self._doubt, self.doubts)),
            "powers": list(map(self._power, self.powers)),
            "not_encoded": left_out,
        }
        self._law = {
            "rulesets": rulesets,
            "instruments": [_instrument(text, self.day) for text in self.instruments],
            "tables": list(map(_table, self.tables)),
            "words": {word.key: word.label for part in self.every for word in part.own_words()},
            **provisions,
        }

    def _ruleset(self, ruleset: Ruleset) -> dict[str, Any]:
        provisions, switch = ruleset.provisions, ruleset.transition
        return {
            **_fields(ruleset, "id", "title", "plain_title", "status", "asks", "summary"),
            "reference": _day(self.day) or str(ruleset.reference_date),
            "reconstructed": ruleset.reconstructed,
            "covers": list(ruleset.covers),
            "scope": self.node(ruleset.scope),
            "home": _home(ruleset.home) if ruleset.home else None,
            "period": _period(ruleset.period) if ruleset.period else None,
            "transition": {"day": _day(switch.day), "successor": switch.successor} if switch else None,
            "base": self._among(ruleset.base),
            "beside": self._among(ruleset.beside),
            "parallel_to": list(ruleset.parallel_to),
            "force": [
                self._force(ruleset, follows) for follows in ((False,) if self.day else (False, True))
            ],
            "instruments": [_placed(self.instruments, text) for text in ruleset.instruments],
            "tables": [
                {"table": _placed(self.tables, table), "read_on": sorted(days)}
                for table, days in tables_of(ruleset).items()
            ],
            "doubts": [_placed(self.doubts, item) for item in ruleset.doubts],
            "levels": [ruleset.mark(item).value for item in ruleset.doubts],
            "powers": [_placed(self.powers, item) for item in provisions.discretions],
        }

    def _among(self, parts: Iterable[Ruleset]) -> list[int]:
        return [self.every.index(part) for part in parts if part in self.every]

    def _force(self, ruleset: Ruleset, follows: bool) -> dict[str, Any]:
        """When the ruleset is in force, and what it is based on or combined with."""
        force = force_of(ruleset, follows)
        bases, along = (
            [
                [self.every.index(part), self.node(when)]
                for part, when in half.items()
                if part in self.every
            ]
            for half in (force.bases, force.along)
        )
        return {"in_force": self.node(force.in_force), "bases": bases, "along": along}

    def _cite(self, cite: Citation) -> dict[str, Any]:
        text = _placed(self.instruments, cite.instrument)
        return {"cite": str(cite), "instrument": text, "pinpoint": cite.pinpoint}

    def _provision(self, item: Rule | Duty, part: Ruleset) -> dict[str, Any]:
        return {
            "id": item.id,
            "ruleset": self.every.index(part),
            **self._cite(item.cite),
            "sentence": item.sentence,
            "evidence": part.evidence(item).record(),
            "when": self.node(item.condition),
        }

    def _rule(self, rule: Rule, part: Ruleset) -> dict[str, Any]:
        given = {LAW_DATE.key: self.day}
        lifted = ((other, below) for other in rule.lifts for below in part.parts())
        return {
            **self._provision(rule, part),
            "outcome": rule.then.word,
            **_fields(rule, "triggered_by", "states"),
            "lifts": [self.rules[one] for one in lifted if one in self.rules],
            "reviews": [
                self._review(review)
                for review in rule.review
                if not self.day or walk(review.holds, given).truth
            ],
        }

    def _review(self, review: Review) -> dict[str, Any]:
        period = _period(review.period) if review.period and not self.day else None
        return {**review.record(), **_fields(review, "otherwise"), "period": period}

    def _duty(self, duty: Duty, part: Ruleset) -> dict[str, Any]:
        names = ("kind", "addressee", "strength", "stage", "deadline", "breach")
        return {**self._provision(duty, part), **_fields(duty, *names)}

    def _doubt(self, item: Interpretation) -> dict[str, Any]:
        part = next(part for part in self.every if item in part.doubts)
        return {
            "id": item.id,
            "question": item.key,
            **self._cite(item.cite),
            "asks": item.question,
            "readings": dict(item.readings),
            "default": None if item.default == "open" else item.default,
            "reason": item.reason,
            "evidence": part.evidence(item).record(),
        }

    def _power(self, item: Discretion) -> dict[str, Any]:
        return {"id": item.id, **self._cite(item.cite), "asks": item.question, "who": key_of(item.who)}


def _declared(item: Interpretation | Discretion) -> dict[str, Any]:
    if isinstance(item, Interpretation):
        return {"kind": "reading", "asks": item.question, "answers": dict(item.readings)}
    return {"kind": "power", "asks": item.question}


def _asked(fact: Fact, question: Question) -> dict[str, Any]:
    data: dict[str, Any] = {"kind": fact.kind, "asks": fact.question}
    if fact.is_set:
        label = fact.labels().get(question.member)
        data |= {"kind": "member" if label else "code", "fact": fact.key, "member": question.member}
        return data | ({"label": label} if label else {})
    return data | ({"answers": dict(fact.labels())} if fact.kind == "choice" else {})


def _instrument(text: Instrument, day: dt.date | None) -> dict[str, Any]:
    named = _fields(text, "name", "title", "reference", "celex")
    return named | {"states": sorted(map(str, text.states)), "url": text.url(day)}


def _table(table: DatedTable) -> dict[str, Any]:
    file = table.rows[0].table if table.rows else ""
    return {"name": table.name, "file": file, "verified_through": _day(table.verified_through)}


def _home(home: Home) -> dict[str, Any]:
    """A territory: the code of a country, or which states lie in it from when to when."""
    if isinstance(home.states, str):
        return {"name": home.name, "states": home.states}
    rows = [{"countries": row["countries"], **_period(row.period)} for row in home.states]
    return {"name": home.name, "states": rows}


def _period(period: Period) -> dict[str, str | None]:
    return {"start": _day(period.start), "end": _day(period.end)}


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _fields(item: object, *names: str) -> dict[str, Any]:
    return {name: key_of(getattr(item, name)) for name in names}


def _columns(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """Records as columns, which is shorter."""
    return {name: [row[name] for row in rows] for name in (rows[0] if rows else {})}


def _placed(places: dict[Any, int], item: Any) -> int:
    return places.setdefault(item, len(places))


def answers_data(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Returns those answers to questions that are known, as JSON."""
    return {key: _answer(value) for key, value in answers.items() if value is not None}


def _answer(value: Any) -> Any:
    if isinstance(value, Among):
        return {"one_of": sorted(value.words)}
    return value.isoformat() if isinstance(value, dt.date) else value
