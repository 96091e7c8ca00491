"""A ruleset on one day of the law as a file that anyone can evaluate, in any language.

The conditions are written by the writer of the page; here each node names what it holds, and the day of
the law is put in.  ``docs/program.schema.json`` says what each part means.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from regcompare.facts.own_words import key_of
from regcompare.law import Citation
from regcompare.logic.conditions import Among, Condition, walk, with_answers
from regcompare.ruleset.currency import tables_of
from regcompare.ruleset.rules import Discretion, Duty, Interpretation, Outcome, Rule
from regcompare.ruleset.ruleset import Ruleset
from regcompare.vocabulary import LAW_DATE

from .force import Asks, law_state
from .portable import Writer
from .program import Program, program_for

__all__ = ["FORMAT", "VERSION", "answers_data", "conditions_on", "published"]

FORMAT = "regcompare-program"
"""What the file calls itself."""

VERSION = 1
"""Raised with each change of the format."""

_INNER = ("when:", "covers:")
"""Conditions that others are made of, of which nobody is told."""

Declared = Mapping[str, Interpretation | Discretion]
"""Doubts and powers by the keys of their questions."""


def _program(ruleset: Ruleset, day: dt.date) -> Program:
    """The ruleset as conditions, whenever the facts are: what may be in force is asked for."""
    return program_for(ruleset, law_state(ruleset, day, None, None).along, Asks.FORCE)


@lru_cache(maxsize=16)
def conditions_on(ruleset: Ruleset, day: dt.date) -> Mapping[str, Condition]:
    """Returns what a ruleset comes to on a day of the law, by name; see ``Program.conditions``."""
    made: dict[Condition, Condition] = {}
    return {
        name: with_answers(condition, {LAW_DATE.key: day}, made)
        for name, condition in _program(ruleset, day).conditions.items()
        if not name.startswith(_INNER)
    }


def published(ruleset: Ruleset, day: dt.date) -> dict[str, Any]:
    """Returns a ruleset on a day of the law as JSON.

    Args:
        ruleset: The ruleset; what it stands on or beside comes along.
        day: The day of the law.
    """
    program, writer = _program(ruleset, day), Writer((ruleset,))
    numbers = {name: writer.number(item) for name, item in conditions_on(ruleset, day).items()}
    constraints = [
        {name: writer.number(with_answers(half, {LAW_DATE.key: day})) for name, half in halves.items()}
        | {"sentence": item.sentence}
        for item in ruleset.vocabulary.constraints
        for halves in [{"when": item.when, "then": item.then}]
    ]
    parts = tuple(dict.fromkeys((ruleset, *program.along)))
    doubts = {item.key: (item, part) for part in parts for item in part.doubts}
    powers = {item.key: item for part in parts for item in part.provisions.discretions}
    declared: Declared = {**{key: item for key, (item, _) in doubts.items()}, **powers}
    texts = [(*part.instruments, *(item.cite.instrument for item in part.provisions)) for part in parts]
    return {
        "format": FORMAT,
        "version": VERSION,
        **_fields(ruleset, "id", "title", "status"),
        "as_of": day.isoformat(),
        "summary": ruleset.summary,
        "covers": sorted({kind for part in parts for kind in part.covers}),
        "outcomes": [outcome.word for outcome in Outcome],
        "instruments": [
            _fields(text, "name", "title", "reference", "celex")
            | {"states": sorted(map(str, text.states)), "url": text.url(day)}
            for text in dict.fromkeys(text for some in texts for text in some)
        ],
        "tables": [
            {"name": table.name, "verified_through": table.verified_through.isoformat()}
            for table in tables_of(ruleset)
        ],
        "questions": {key: _question(key, program, declared) for key in writer.keys},
        "nodes": writer.named(),
        "conditions": numbers,
        "rules": [_rule(place, program, day) for place in program.text_order],
        "duties": [
            {"name": name, **_provision(duty, part, day)}
            | _fields(duty, "kind", "addressee", "strength", "deadline", "breach")
            for name, (duty, part, _) in zip(program.duty_ids, program.duties, strict=True)
        ],
        "doubts": [_doubt(item, part, day) for item, part in doubts.values()],
        "powers": [
            {"id": item.id, **_cite(item.cite, day), "asks": item.question, "who": key_of(item.who)}
            for item in powers.values()
        ],
        "constraints": constraints,
        "not_encoded": [
            _cite(item.cite, day) | _fields(item, "what", "why")
            for item in dict.fromkeys(one for part in parts for one in part.provisions.not_encoded)
        ],
    }


def _fields(item: object, *names: str) -> dict[str, Any]:
    return {name: key_of(getattr(item, name)) for name in names}


# questions and answers ----------------------------------------------------------------------------


def _question(key: str, program: Program, declared: Declared) -> dict[str, Any]:
    """What is asked under a key, and which answers there are."""
    item = declared.get(key)
    if isinstance(item, Interpretation):
        return {"kind": "reading", "asks": item.question, "answers": dict(item.readings)}
    if item:
        return {"kind": "power", "asks": item.question}
    asked = program.every_question[key]
    fact = program.facts[asked.fact]
    data = {"kind": fact.kind, "asks": fact.question}
    if fact.is_set:
        label = fact.labels().get(asked.member)
        data |= {"kind": "member" if label else "code", "fact": fact.key, "member": asked.member}
        return data | ({"label": label} if label else {})
    return data | ({"answers": dict(fact.labels())} if fact.kind == "choice" else {})


def answers_data(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Returns those answers to questions that are known, as JSON."""
    return {key: _answer(value) for key, value in answers.items() if value is not None}


def _answer(value: Any) -> Any:
    if isinstance(value, Among):
        return {"one_of": sorted(value.words)}
    return value.isoformat() if isinstance(value, dt.date) else value


# provisions ---------------------------------------------------------------------------------------


def _cite(cite: Citation, day: dt.date) -> dict[str, str]:
    text = cite.instrument
    return {
        "cite": str(cite),
        "instrument": text.name,
        "pinpoint": cite.pinpoint,
        "url": text.url(day),
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
    """A rule, with what its text says on the day of how a licence is decided."""
    entry, given = program.entries[place], {LAW_DATE.key: day}
    reviews = (item for item in entry.rule.review if walk(item.holds, given).truth)
    return {
        "name": program.rule_ids[place],
        **_provision(entry.rule, entry.source, day),
        "outcome": entry.rule.then.word,
        **_fields(entry.rule, "triggered_by", "states"),
        "lifted_by": [program.rule_ids[other] for other in entry.lifters],
        "reviews": [item.record() | _fields(item, "otherwise") for item in reviews],
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
