"""Writes rulesets to one file that any language can evaluate; the page carries the same file.

The file describes a ruleset as law: its rules and duties, each with its own condition.  It also
describes it as a program: for each state of the law, conditions that need only be
evaluated.  Nothing is written twice: parts precede the whole, and everything is referred to by its
index.  ``docs/program.schema.json`` says what each part means.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any, Literal

import attrs

from regcompare.facts import Fact
from regcompare.facts.answers import key_of
from regcompare.law import Citation, Instrument
from regcompare.logic.conditions import (
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
    evaluate,
    nodes,
    partially_evaluate,
)
from regcompare.logic.questions import Question
from regcompare.program.force import APPLIED_ON, OpenLawQuestion, applicable_law, force_of
from regcompare.program.program import Entry, Program, program_for
from regcompare.ruleset.currency import tables_of
from regcompare.ruleset.home import Home
from regcompare.ruleset.reports import ShownByReports
from regcompare.ruleset.review import Review
from regcompare.ruleset.rules import Discretion, Duty, Interpretation, Outcome, Rule
from regcompare.ruleset.ruleset import Ruleset
from regcompare.vocabulary import FACTS_DATE, LAW_DATE, Constraint
from regcompare.vocabulary.dated import DatedTable, RowCitation
from regcompare.vocabulary.periods import Period

FORMAT = "regcompare-program"
"""The name of the format, as the file states it."""

VERSION = 4
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


def rulesets_as_data(rulesets: Iterable[Ruleset], day: dt.date | None = None) -> dict[str, Any]:
    """Returns rulesets as JSON, with those that they are based on or combined with.

    Only the law of a day is written; that of every day for None.
    """
    return write_rulesets(rulesets, day).data()


def write_rulesets(rulesets: Iterable[Ruleset], day: dt.date | None = None) -> Writer:
    """Returns the writer of the file, which keeps the object at each index; see ``rulesets_as_data``."""
    programs = {item: [law_on(item, day)] if day else list(_states(item)) for item in rulesets}
    parts = (part for item in programs for part in _parts(item, programs[item][0], day))
    writer = Writer(tuple(dict.fromkeys([*programs, *parts])), day)
    for part in writer.rulesets:  # In the order of the texts.
        for rule in part.rules:
            _indexed(writer.rules, (rule, part))
        for duty in part.provisions.duties:
            _indexed(writer.duties, (duty, part))
    for program in (program for states in programs.values() for program in states):
        writer.state(program)
    writer.law()
    return writer


def _parts(ruleset: Ruleset, program: Program, day: dt.date | None) -> Iterator[Ruleset]:
    """The rulesets behind one; on a day, those that apply or that declare what is asked."""
    asked = program.atoms.questions
    for part in ruleset.parts():
        declared: list[Interpretation | Discretion] = [*part.doubts, *part.provisions.discretions]
        if not day or part in program.concurrent or any(item.is_asked_in(asked) for item in declared):
            yield part


def law_on(ruleset: Ruleset, day: dt.date) -> Program:
    """Returns a ruleset as conditions for any date of the facts, with force left open."""
    return program_for(
        ruleset, applicable_law(ruleset, day, None, None).concurrent, OpenLawQuestion.FORCE
    )


def _states(ruleset: Ruleset) -> Iterator[Program]:
    """The ruleset as conditions in each state of the law that can occur.

    States change on known days; each of these is tried, and an unknown date.
    """
    dates = [dt.date.min, *sorted(ruleset.days_of_change())]
    laws: list[dt.date | Literal["scenario"]] = [*dates, "scenario"]
    states = (
        applicable_law(ruleset, as_of, facts_date, applied_on)
        for as_of, facts_date, applied_on in product(laws, [None, *dates], [None, *dates])
    )
    for concurrent, open_law in dict.fromkeys((state.concurrent, state.open_law) for state in states):
        yield program_for(ruleset, concurrent, open_law)


@attrs.define(eq=False)
class Writer:
    """Collects what the file contains and gives each object one index.

    Attributes:
        rulesets: The rulesets in order: those requested, then those based on or combined with.
        day: The day of the law for which conditions are evaluated; None leaves it open.
        conditions: Conditions by the indices of their nodes.
        nodes: The nodes as data.
        questions: The questions of the nodes, by key.
        rules: Rules, each with its ruleset.
        duties: Duties, each with its ruleset.
    """

    rulesets: tuple[Ruleset, ...] = ()
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
    _constraint_data: list[dict[str, Any]] = attrs.field(factory=list)
    _states: list[dict[str, Any]] = attrs.field(factory=list)
    _conditions_by_name: dict[str, list[int | None]] = attrs.field(factory=dict)
    _law: dict[str, Any] = attrs.field(factory=dict)
    _index_by_text: dict[str, int] = attrs.field(factory=dict)
    _indices: dict[Condition, int] = attrs.field(factory=dict)
    _evaluated: dict[Condition, Condition] = attrs.field(factory=dict)

    def data(self) -> dict[str, Any]:
        """Returns the file as JSON."""
        return {
            "format": FORMAT,
            "version": VERSION,
            "as_of": _day(self.day),
            "outcomes": [outcome.word for outcome in Outcome],
            **self._law,
            "questions": self._questions(),
            "nested": [list(pair) for pair in sorted(self._nested) if {*pair} <= {*self.questions}],
            "nodes": [*self.nodes],  # A caller may write further conditions, which are not of the law.
            "constraints": self._constraint_data,
            "states": self._states,
            "conditions": self._conditions_by_name,
        }

    # conditions -------------------------------------------------------------------------------

    def node(self, condition: Condition) -> int:
        """Returns the index of a condition; writes it first where it is new."""
        if self.day:
            condition = partially_evaluate(condition, {LAW_DATE.key: self.day}, self._evaluated)
        for node in nodes([condition], self._indices):
            self._indices[node] = self._write(node)
        return self._indices[condition]

    def _write(self, node: Condition) -> int:
        data = self._node(node)
        text = json.dumps(data)
        if text not in self._index_by_text:
            self._index_by_text[text] = len(self.nodes)
            self.conditions.append(node)
            self.nodes.append(data)
            if node.key:
                self.questions.setdefault(node.key, node.question)
        return self._index_by_text[text]

    def _node(self, node: Condition) -> dict[str, Any]:
        data: dict[str, Any] = {"kind": KINDS[type(node)]}
        parts = [self._indices[part] for part in node.parts]
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
                table, row = _indexed(self.tables, node.cite.table), node.cite.row
                data["row"] = {
                    "table": table,
                    "line": row.line,
                    **_period(row.period),
                    **_known(node.cite),
                }
        return data | ({"parts": parts} if parts else {})

    def _questions(self) -> dict[str, dict[str, Any]]:
        declared: dict[str, dict[str, Any]] = {
            item.key: {"kind": "reading", "asks": item.question, "answers": dict(item.readings)}
            for item in self.doubts
        } | {item.key: {"kind": "power", "asks": item.question} for item in self.powers}
        vocabularies = dict.fromkeys(part.vocabulary for part in self.rulesets)
        vocabulary_facts = (fact for vocabulary in vocabularies for fact in vocabulary.facts())
        facts = {fact.key: fact for fact in (*vocabulary_facts, FACTS_DATE, LAW_DATE, APPLIED_ON)}
        return {
            key: declared[key] if key in declared else _fact_data(facts[item.fact], item)
            for key, item in self.questions.items()
        }

    # programs ---------------------------------------------------------------------------------

    def state(self, program: Program) -> None:
        """Writes the conditions of a ruleset in a state of the law, by name."""
        for name, condition in program.conditions.items():
            indices = self._conditions_by_name.setdefault(name, [])
            indices += [*[None] * (len(self._states) - len(indices)), self.node(condition)]
        constraints = self._constrained(program)
        entries = zip(program.rule_ids, program.entries, strict=True)
        rules = [self._entry(name, entry) for name, entry in entries]
        duties = [
            {"name": name, "duty": _indexed(self.duties, (duty, part))}
            for name, (duty, part, _) in zip(program.duty_ids, program.duties, strict=True)
        ]
        keys, index = program.keys, {key: index for index, key in enumerate(self.questions)}
        also = program.atoms.keys[len(keys) :]
        dates = ([[keys[at], _day(day)] for at, day in days.items()] for days in program.date_cells)
        self._states.append(
            {
                "ruleset": self.rulesets.index(program.ruleset),
                "along": [self.rulesets.index(part) for part in program.concurrent],
                "asks": program.open_law.value,
                "questions": [index[key] for key in keys if key in index],
                "also": [index[key] for key in also if key in index],
                "days": list(dates),
                "rules": _columns(rules),
                "order": list(program.text_order),
                "duties": _columns(duties),
                "constraints": constraints,
            }
        )

    def _entry(self, name: str, entry: Entry) -> dict[str, Any]:
        return {
            "name": name,
            "rule": _indexed(self.rules, (entry.rule, entry.source)),
            "lifters": list(entry.overriders),
            "covers": self.node(entry.guard),
            "when": self.node(entry.when),
        }

    def _constrained(self, program: Program) -> list[int]:
        """Writes the constraints of a program, each with the answers that either half implies."""
        keys, propagation = program.keys, program.propagation
        declared = program.ruleset.vocabulary.constraints
        for item, implied in zip(declared, propagation.implied, strict=True):
            if item in self._constraints:
                continue
            then, refuted = ([[keys[at], answer] for at, answer in half] for half in implied)
            self._constraints[item] = len(self._constraint_data)
            self._constraint_data.append(
                {
                    "when": self.node(item.when),
                    "then": self.node(item.then),
                    "sentence": item.sentence,
                    "follows": then,
                    "otherwise": refuted,
                    "instead": list(item.taken_as) if item.taken_as else None,
                }
            )
        for inner, outers in propagation.above.items():
            self._nested |= {(keys[inner], keys[outer]) for outer in outers}
        return [self._constraints[item] for item in declared]

    # law --------------------------------------------------------------------------------------

    def law(self) -> None:
        """Writes the rulesets as law, after their states."""
        rulesets = list(map(self._ruleset, self.rulesets))
        left_out = [
            {"ruleset": index, **self._cite(item.cite), **_fields(item, "what", "why")}
            for index, part in enumerate(self.rulesets)
            for item in part.provisions.not_encoded
        ]
        provisions = {
            "rules": [self._rule(*entry) for entry in self.rules],
            "duties": [
                self._provision(duty, part)
                | _fields(duty, "kind", "addressee", "strength", "stage", "deadline", "breach")
                for duty, part in self.duties
            ],
            "doubts": list(map(self._doubt, self.doubts)),
            "powers": [
                {"id": item.id, **self._cite(item.cite), "asks": item.question, "who": key_of(item.who)}
                for item in self.powers
            ],
            "not_encoded": left_out,
        }
        self._law = {
            "rulesets": rulesets,
            "instruments": [_instrument(text, self.day) for text in self.instruments],
            "tables": list(map(_table, self.tables)),
            "words": {word.key: word.label for part in self.rulesets for word in part.own_words()},
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
            "later": {"day": _day(later[0]), "id": later[1]} if (later := ruleset.later) else None,
            "base": self._among(ruleset.base),
            "beside": self._among(ruleset.beside),
            "parallel_to": list(ruleset.parallel_to),
            "force": [
                self._force(ruleset, by_case_date)
                for by_case_date in ((False,) if self.day else (False, True))
            ],
            "instruments": [_indexed(self.instruments, text) for text in ruleset.instruments],
            "tables": [
                {"table": _indexed(self.tables, table), "read_on": sorted(days)}
                for table, days in tables_of(ruleset).items()
            ],
            "doubts": [_indexed(self.doubts, item) for item in ruleset.doubts],
            "levels": [ruleset.mark(item).value for item in ruleset.doubts],
            "powers": [_indexed(self.powers, item) for item in provisions.discretions],
        }

    def _among(self, parts: Iterable[Ruleset]) -> list[int]:
        return [self.rulesets.index(part) for part in parts if part in self.rulesets]

    def _force(self, ruleset: Ruleset, by_case_date: bool) -> dict[str, Any]:
        """The conditions of force: of a ruleset, and of those that it is based on or combined with."""
        force = force_of(ruleset, by_case_date)
        bases, concurrent = (
            [
                [self.rulesets.index(part), self.node(when)]
                for part, when in half.items()
                if part in self.rulesets
            ]
            for half in (force.bases, force.concurrent)
        )
        return {"in_force": self.node(force.in_force), "bases": bases, "along": concurrent}

    def _cite(self, cite: Citation) -> dict[str, Any]:
        text = _indexed(self.instruments, cite.instrument)
        return {"cite": str(cite), "instrument": text, **_fields(cite, "pinpoint", "anchor")}

    def _provision(self, item: Rule | Duty, part: Ruleset) -> dict[str, Any]:
        return {
            "id": item.id,
            "ruleset": self.rulesets.index(part),
            **self._cite(item.cite),
            "sentence": item.sentence,
            "note": item.note,
            "evidence": part.evidence(item).record(),
            "when": self.node(item.condition),
        }

    def _rule(self, rule: Rule, part: Ruleset) -> dict[str, Any]:
        law_answers = {LAW_DATE.key: self.day}
        overridden = ((other, below) for other in rule.overrides for below in part.parts())
        return {
            **self._provision(rule, part),
            "outcome": rule.then.word,
            **_fields(rule, "triggered_by", "states"),
            "lifts": [self.rules[each] for each in overridden if each in self.rules],
            "reviews": [
                self._review(review)
                for review in rule.review
                if not self.day or evaluate(review.holds, law_answers).truth
            ],
        }

    def _review(self, review: Review) -> dict[str, Any]:
        period = _period(review.period) if review.period and not self.day else None
        fields = {"period": period, "shown": self.node(review.shown)}
        return {**review.record(), **_fields(review, "otherwise"), **fields}

    def _doubt(self, item: Interpretation) -> dict[str, Any]:
        part = next(part for part in self.rulesets if item in part.doubts)
        return {
            "id": item.id,
            "question": item.key,
            **_shown(item.shown),
            **self._cite(item.cite),
            "asks": item.question,
            "readings": dict(item.readings),
            "default": None if item.default == "open" else item.default,
            "reason": item.reason,
            "evidence": part.evidence(item).record(),
        }


def _shown(shown: ShownByReports | None) -> dict[str, Any]:
    """The findings that reports may show, as questions and facts by key."""
    if shown is None:
        return {"finding": None, "reported": [], "presupposes": None}
    weaker = shown.presupposes
    finding, presupposes = shown.finding.key, weaker.key if weaker else None
    return {"finding": finding, "reported": list(shown.of), "presupposes": presupposes}


def _fact_data(fact: Fact, question: Question) -> dict[str, Any]:
    data: dict[str, Any] = {"kind": fact.kind, "asks": fact.question}
    if fact.is_set:
        label = fact.labels().get(question.member)
        data |= {"kind": "member" if label else "code", "fact": fact.key, "member": question.member}
        return data | ({"label": label} if label else {})
    return data | ({"answers": dict(fact.labels())} if fact.kind == "choice" else {})


def _instrument(text: Instrument, day: dt.date | None) -> dict[str, Any]:
    names = _fields(text, "name", "title", "reference", "celex")
    return names | {"states": sorted(map(str, text.states)), "url": text.url(day)}


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


def _known(cite: RowCitation) -> dict[str, Any]:
    """The day on which a row is asked, and how it is known from which day on."""
    known = [[_day(step.since), step.evidence.level.value, step.is_open] for step in cite.row.steps]
    return {"day": cite.day, "known": known}


def _fields(item: object, *names: str) -> dict[str, Any]:
    return {name: key_of(getattr(item, name)) for name in names}


def _columns(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """Records as columns, which take less space."""
    return {name: [row[name] for row in rows] for name in (rows[0] if rows else {})}


def _indexed(indices: dict[Any, int], item: Any) -> int:
    return indices.setdefault(item, len(indices))
