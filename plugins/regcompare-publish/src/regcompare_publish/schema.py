"""The JSON Schema of a scenario file, made from the declarations of the facts.

Editors use it to complete keys and answers.  It describes the structure of a file and each answer; only
the reader finds contradictions between facts, repeated ids and spans that run backwards.
"""

from __future__ import annotations

from typing import Any

from regcompare.facts import CodeSet, Country, Fact, countries, fields_of, one_of_schema
from regcompare.scenario.files._keys import (
    AFTER_FACTS,
    ANNOTATION,
    BEFORE_FACTS,
    LIKE,
    OTHER_STATEMENTS,
    SCENARIO,
)
from regcompare.scenario.files._values import Schema, closed, definitions_of, ref, schemas_of
from regcompare.vocabulary import CORE, Vocabulary


def schema(vocabulary: Vocabulary = CORE) -> dict[str, Any]:
    """Returns the JSON Schema (2020-12) of a file with one or more scenarios that state these facts."""
    entry = {"anyOf": [ref("scenario"), ref("annotation")]}
    entries = {"type": "array", "minItems": 1, "items": entry}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Scenario file",
        "description": "One transaction or annotation, or a list of them, for regcompare.",
        "anyOf": [ref("scenario"), ref("annotation"), entries],
        "$defs": {
            "scenario": _scenario(vocabulary),
            "annotation": _annotation(vocabulary),
            **{f"section_{name}": _section(cls, vocabulary) for name, cls in vocabulary.by_name.items()},
            **{
                _codes(fact): fact.member_schema()
                for fact in vocabulary.facts()
                if isinstance(fact, CodeSet)
            },
            "presumed": closed({name: ref(f"section_{name}") for name in vocabulary.by_name}),
            **definitions_of(SCENARIO),
            "fact_name": {"enum": [*vocabulary.by_key, *vocabulary.names, *OTHER_STATEMENTS]},
            "country": {
                "title": "country",
                "description": "ISO 3166-1, two letters; XI is Northern Ireland.",
                "anyOf": [ref("country_code"), {"const": "unknown"}, one_of_schema(ref("country_code"))],
            },
            "country_code": {"enum": list(countries())},
            "day": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
            "yes_no": {"enum": ["yes", "no", "unknown", True, False]},
        },
    }


def _scenario(vocabulary: Vocabulary) -> Schema:
    leading, trailing = schemas_of({**BEFORE_FACTS, **LIKE}), schemas_of(AFTER_FACTS)
    sections = {name: ref(f"section_{name}") for name in vocabulary.by_name}
    return {"title": "Scenario", **closed({**leading, **sections, **trailing}, "id")}


def _annotation(vocabulary: Vocabulary) -> Schema:
    sections = {name: ref(f"section_{name}") for name in vocabulary.by_name}
    keys = {**schemas_of(ANNOTATION), **sections}
    return {"title": "Annotation", **closed(keys, "for", "owner", "sources")}


def _section(cls: Any, vocabulary: Vocabulary) -> Schema:
    facts = ((name, vocabulary.by_key.get(fact.key, fact)) for name, fact in fields_of(cls).items())
    return {"title": cls.__title__, **closed({name: _fact(fact) for name, fact in facts})}


def _codes(fact: CodeSet) -> str:
    return f"code_of_{fact.section}_{fact.field}"


def _fact(fact: Fact) -> Schema:
    if isinstance(fact, CodeSet):
        answer = fact.schema_of(ref(_codes(fact)))
    else:
        answer = ref("country") if isinstance(fact, Country) else fact.schema()
    return {"title": fact.key, "description": f"{fact.question} {fact.help}".strip(), **answer}
