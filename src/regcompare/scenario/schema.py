"""The JSON Schema of a scenario file, made from the declarations of the facts.

Editors use it to complete keys and answers.  It describes the structure of a file and each answer; only
the reader finds contradictions between facts, repeated ids and spans that run backwards.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from inspect import cleandoc
from typing import Any

from regcompare.facts import CodeSet, Country, Fact, countries, fields_of, one_of_schema
from regcompare.vocabulary import CORE, Vocabulary
from regcompare.vocabulary.concordance import EQUIVALENT_CODES, schemes_of

from .files._expectations import HOW as EXPECTATION_HOW
from .files._expectations import KEYS as EXPECTATION_KEYS
from .files._expectations import WORDS as OUTCOMES
from .files._keys import AFTER_FACTS, ANNOTATION, BEFORE_FACTS, DEFINED, LIKE, ROUGH_DATE, by_name

_Schema = dict[str, Any]


def schema(vocabulary: Vocabulary = CORE) -> dict[str, Any]:
    """Returns the JSON Schema (2020-12) of a file: one scenario, or a list of them.

    Args:
        vocabulary: The facts that files may state; add the sections of plugins to it first.
    """
    entry = {"anyOf": [_ref("scenario"), _ref("annotation")]}
    entries = {"type": "array", "minItems": 1, "items": entry}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Scenario file",
        "description": "One transaction or annotation, or a list of them, for regcompare.",
        "anyOf": [_ref("scenario"), _ref("annotation"), entries],
        "$defs": {
            "scenario": _scenario(vocabulary),
            "annotation": _annotation(vocabulary),
            **{f"section_{name}": _section(cls, vocabulary) for name, cls in vocabulary.by_name.items()},
            **{
                _codes(fact): _member(fact, vocabulary)
                for fact in vocabulary.facts()
                if isinstance(fact, CodeSet)
            },
            # Closed where the scenario is.
            "presumed": _open({name: _ref(f"section_{name}") for name in vocabulary.by_name}),
            **{item.name: item.definition(vocabulary) for item in DEFINED},
            **_expectations(),
            "country": {
                "title": "country",
                "description": "ISO 3166-1, two letters; XI is Northern Ireland.",
                "anyOf": [
                    _ref("country_code"),
                    {"const": "unknown"},
                    one_of_schema(_ref("country_code")),
                ],
            },
            "country_code": {"enum": list(countries())},
            "day": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
            "rough_date": {
                "description": "A day, a month or a year.",
                "type": ["string", "integer"],
                "pattern": f"^({ROUGH_DATE.pattern})$",
            },
            "yes_no": {"enum": ["yes", "no", "unknown", True, False]},
        },
    }


def _ref(name: str, description: str = "") -> _Schema:
    ref: _Schema = {"$ref": f"#/$defs/{name}"}
    return {"description": description, **ref} if description else ref


def _open(properties: Mapping[str, Any], *required: str) -> _Schema:
    requirement = {"required": list(required)} if required else {}
    return {"type": "object", "properties": dict(properties), **requirement}


def _closed(properties: Mapping[str, Any], *required: str) -> _Schema:
    return {**_open(properties, *required), "additionalProperties": False}


# the scenario ------------------------------------------------------------------------------------


def _scenario(vocabulary: Vocabulary) -> _Schema:
    leading = {key.name: key.schema(vocabulary) for key in (*BEFORE_FACTS, *LIKE)}
    sections = {name: _ref(f"section_{name}") for name in vocabulary.by_name}
    trailing = {key.name: key.schema(vocabulary) for key in AFTER_FACTS}
    closed = _closed_but_for_needs({**leading, **sections, **trailing}, vocabulary, "id")
    return {"title": "Scenario", **closed}


def _annotation(vocabulary: Vocabulary) -> _Schema:
    sections = {name: _ref(f"section_{name}") for name in vocabulary.by_name}
    keys = {**{name: key.schema(vocabulary) for name, key in by_name(ANNOTATION).items()}, **sections}
    closed = _closed_but_for_needs(keys, vocabulary, "for", "owner", "sources")
    return {"title": "Annotation", **closed}


def _closed_but_for_needs(
    properties: Mapping[str, Any], vocabulary: Vocabulary, *required: str
) -> _Schema:
    """A mapping with these keys, and with further sections if it names the plugins that they need."""
    sections = {"propertyNames": {"enum": list(vocabulary.by_name)}}
    closed = {"propertyNames": {"enum": list(properties)}, "properties": {"presumed": sections}}
    return {**_open(properties, *required), "if": {"required": ["needs"]}, "else": closed}


def _section(cls: Any, vocabulary: Vocabulary) -> _Schema:
    return {
        "title": cls.__title__,
        "description": cleandoc(cls.__doc__ or cls.__title__),
        **_closed(
            {name: _fact(vocabulary.by_key.get(fact.key, fact)) for name, fact in fields_of(cls).items()}
        ),
    }


def _member(fact: CodeSet, vocabulary: Vocabulary) -> _Schema:
    """A code, in the common numbering or under the prefix of another scheme."""
    schema, schemes = fact.member_schema(), schemes_of(vocabulary.facts()).get(fact.key)
    if schemes is None:
        return schema
    foreign_words = [
        f"{name}:{word}" for name, other in schemes.items() for word in ("none", *other.labels())
    ]
    pattern = "|".join(
        re.escape(word)
        for word in [*EQUIVALENT_CODES, *foreign_words, *(["none"] if foreign_words else [])]
    )
    return {**schema, "pattern": f"^({schema['pattern'][1:-1]}|{pattern})$"}


def _codes(fact: CodeSet) -> str:
    return f"code_of_{fact.section}_{fact.field}"


def _fact(fact: Fact) -> _Schema:
    if isinstance(fact, CodeSet):
        answer = fact.schema_of(_ref(_codes(fact)))
    else:
        answer = _ref("country") if isinstance(fact, Country) else fact.schema()
    return {"title": fact.key, "description": f"{fact.question} {fact.help}".strip(), **answer}


# expectations ------------------------------------------------------------------------------------


def _expectations() -> _Schema:
    single = _ref("one_expectation")
    several = {"type": "array", "minItems": 1, "items": single}
    words = "|".join(OUTCOMES)
    span = {"type": "string", "pattern": rf"^({words})\.\.({words})$"}
    return {
        "outcome": {
            "description": "An outcome, or a span low..high.",
            "anyOf": [{"enum": list(OUTCOMES)}, span],
        },
        "expectation": {"anyOf": [_ref("outcome"), single, several]},
        "one_expectation": _one_expectation(),
    }


def _one_expectation() -> _Schema:
    properties: Mapping[str, _Schema] = {
        "outcome": _ref("outcome", "The result, with both ends exact."),
        "within": _ref("outcome", "A span that contains the result."),
        "rules": {
            "description": "Ids of rules that must hold.",
            "type": "array",
            "uniqueItems": True,
            "items": {"type": "string"},
        },
        "as_of": {
            "description": "The date of the law applied, or that of the scenario.",
            "anyOf": [{"const": "scenario"}, _ref("day")],
        },
        "as_if_from": {
            "description": "home: the same sale as if made from the ruleset's own home.",
            "const": "home",
        },
        "in_scope": _ref("yes_no", "Whether the ruleset applies to the case."),
        "in_force": _ref("yes_no", "Whether the ruleset is in force."),
    }
    expecting = [key for key in EXPECTATION_KEYS if key not in EXPECTATION_HOW]
    no = {"enum": ["no", False]}
    excluded = [{"properties": {key: no}, "required": [key]} for key in ("in_scope", "in_force")]
    result = {"anyOf": [{"required": ["outcome"]}, {"required": ["within"]}]}
    return {
        **_closed({key: properties[key] for key in EXPECTATION_KEYS}),
        "anyOf": [{"required": [key]} for key in expecting],
        "not": {"required": ["outcome", "within"]},
        "if": {"anyOf": excluded},
        "then": {"not": result},
    }
