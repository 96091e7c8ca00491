"""A ruleset on one day of the law as a file that anyone can evaluate, in any language.

The conditions are those of the page, written by the same writer; here each node says what it holds by
name, and the day of the law is put in, so that only the case is left to ask about.
``docs/program.schema.json`` says what each part means.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from regcompare.facts.own_words import key_of
from regcompare.law import Citation, Instrument
from regcompare.logic.conditions import Among, Condition, walk, with_answers
from regcompare.logic.questions import Question
from regcompare.ruleset.review import Review
from regcompare.ruleset.rules import Duty, Interpretation, Outcome, Rule
from regcompare.ruleset.ruleset import Ruleset
from regcompare.vocabulary import LAW_DATE

from .force import Asks, law_state
from .portable import Writer
from .program import Entry, Program, program_for

__all__ = ["CASES_FORMAT", "FORMAT", "VERSION", "answers_data", "conditions_on", "published"]

FORMAT = "regcompare-program"
"""What the file of a program calls itself."""

CASES_FORMAT = "regcompare-cases"
"""What the file of its cases calls itself."""

VERSION = 1
"""Raised when a reader of the files has to read them in another way."""

_INNER = ("when:", "covers:")
"""Conditions that others are made of, of which nobody is told."""


@lru_cache(maxsize=16)
def conditions_on(ruleset: Ruleset, day: dt.date) -> Mapping[str, Condition]:
    """Returns what a ruleset comes to on a day of the law, by name; see ``Program.conditions``."""
    made: dict[Condition, Condition] = {}
    return {
        name: with_answers(condition, {LAW_DATE.key: day}, made)
        for name, condition in _program(ruleset, day).conditions.items()
        if not name.startswith(_INNER)
    }


def _program(ruleset: Ruleset, day: dt.date) -> Program:
    """The ruleset as conditions, whenever the facts are; what may be in force is asked for."""
    return program_for(ruleset, law_state(ruleset, day, None, None).along, Asks.FORCE)


def published(ruleset: Ruleset, day: dt.date) -> dict[str, Any]:
    """Returns a ruleset on a day of the law as JSON.

    Args:
        ruleset: The ruleset; what it stands on or beside comes along.
        day: The day of the law.
    """
    program, writer = _program(ruleset, day), Writer((ruleset,))
    numbers = {name: writer.number(item) for name, item in conditions_on(ruleset, day).items()}
    parts = tuple(dict.fromkeys((ruleset, *program.along)))
    doubts = {item.key: (item, part) for part in parts for item in part.doubts}
    given = {LAW_DATE.key: day}
    constraints = [
        {
            "when": writer.number(with_answers(item.when, given)),
            "then": writer.number(with_answers(item.then, given)),
            "sentence": item.sentence,
        }
        for item in ruleset.vocabulary.constraints
    ]
    return {
        "format": FORMAT,
        "version": VERSION,
        "id": ruleset.id,
        "title": ruleset.title,
        "status": ruleset.status,
        "as_of": day.isoformat(),
        "summary": ruleset.summary,
        "covers": sorted({kind for part in parts for kind in part.covers}),
        "outcomes": [outcome.word for outcome in Outcome],
        "instruments": [
            _instrument(text, day) for text in dict.fromkeys(t for p in parts for t in p.instruments)
        ],
        "questions": {key: _question(key, program) for key in writer.keys},
        "nodes": writer.named(),
        "conditions": numbers,
        "rules": [_rule(place, program, day) for place in program.text_order],
        "duties": [
            {"name": name, **_provision(duty, part, day), **_duty(duty)}
            for name, (duty, part, _) in zip(program.duty_ids, program.duties, strict=True)
        ],
        "doubts": [_doubt(item, part, day) for item, part in doubts.values()],
        "powers": [
            {"id": item.id, **_cite(item.cite, day), "asks": item.question, "who": key_of(item.who)}
            for item in dict.fromkeys(i for part in parts for i in part.provisions.discretions)
        ],
        "constraints": constraints,
        "not_encoded": [
            {**_cite(item.cite, day), "what": item.what, "why": item.why}
            for item in dict.fromkeys(i for part in parts for i in part.provisions.not_encoded)
        ],
    }


# questions and answers ----------------------------------------------------------------------------


def _question(key: str, program: Program) -> dict[str, Any]:
    """What is asked under a key, and which answers there are."""
    question = program.every_question[key]
    fact = program.facts.get(question.fact)
    if fact is None:
        return _asked_of_the_text(question, program)
    if not fact.is_set:
        data = {"kind": fact.kind, "asks": fact.question}
        return data | ({"answers": dict(fact.labels())} if fact.kind == "choice" else {})
    label = fact.labels().get(question.member, question.member)
    kind = "member" if question.member in fact.labels() else "code"
    return {"kind": kind, "asks": fact.question, "fact": fact.key, "member": question.member} | (
        {"label": label} if kind == "member" else {}
    )


def _asked_of_the_text(question: Question, program: Program) -> dict[str, Any]:
    """A doubt, or the use of a power."""
    for part in program.ruleset.parts():
        for doubt in part.doubts:
            if doubt.key == question.key:
                return {"kind": "reading", "asks": doubt.question, "answers": dict(doubt.readings)}
        for power in part.provisions.discretions:
            if power.key == question.key:
                return {"kind": "power", "asks": power.question}
    raise KeyError(question.key)


def answers_data(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Returns those answers to questions that are known, as JSON."""
    return {key: _answer(value) for key, value in answers.items() if value is not None}


def _answer(value: Any) -> Any:
    if isinstance(value, Among):
        return {"one_of": sorted(value.words)}
    return value.isoformat() if isinstance(value, dt.date) else value


# provisions ---------------------------------------------------------------------------------------


def _instrument(text: Instrument, day: dt.date) -> dict[str, Any]:
    return {
        "name": text.name,
        "title": text.title,
        "reference": text.reference,
        "celex": text.celex,
        "url": text.url(day),
    }


def _cite(cite: Citation, day: dt.date) -> dict[str, str]:
    return {
        "cite": str(cite),
        "instrument": cite.instrument.name,
        "pinpoint": cite.pinpoint,
        "url": cite.instrument.url(day),
    }


def _provision(item: Rule | Duty, part: Ruleset, day: dt.date) -> dict[str, Any]:
    return {
        "id": item.id,
        "ruleset": part.id,
        **_cite(item.cite, day),
        "sentence": item.sentence,
        "evidence": part.evidence(item).record(),
    }


def _rule(place: int, program: Program, day: dt.date) -> dict[str, Any]:
    entry: Entry = program.entries[place]
    rule = entry.rule
    return {
        "name": program.rule_ids[place],
        **_provision(rule, entry.source, day),
        "outcome": rule.then.word,
        "triggered_by": str(key_of(rule.triggered_by)),
        "lifted_by": [program.rule_ids[other] for other in entry.lifters],
        "states": rule.states,
        "reviews": _reviews(rule.review, day),
    }


def _reviews(reviews: Iterable[Review], day: dt.date) -> list[dict[str, Any]]:
    """How a licence is decided, as far as the text says it on the day."""
    given = {LAW_DATE.key: day}
    said = (item for item in reviews if walk(item.holds, given).truth)
    return [item.record() | {"otherwise": item.otherwise.value} for item in said]


def _duty(duty: Duty) -> dict[str, Any]:
    return {
        "kind": duty.kind.value,
        "addressee": str(key_of(duty.addressee)),
        "strength": duty.strength.value,
        "deadline": duty.deadline,
        "breach": duty.breach.value if duty.breach else None,
    }


def _doubt(item: Interpretation, part: Ruleset, day: dt.date) -> dict[str, Any]:
    return {
        "id": item.id,
        "question": item.key,
        **_cite(item.cite, day),
        "asks": item.question,
        "readings": dict(item.readings),
        "default": None if item.default == "open" else item.default,
        "reason": item.reason,
        "evidence": part.evidence(item).record(),
    }
