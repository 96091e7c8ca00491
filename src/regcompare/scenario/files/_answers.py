"""Reads sections of facts; each fact is read by its own declaration."""

from __future__ import annotations

import copy
from collections.abc import Collection, Mapping
from itertools import chain
from typing import Any

from regcompare.errors import nearest, quoted
from regcompare.facts import UNKNOWN, AnswerError, Fact, fields_of, section_of

from ._tree import Data, Fields, Items, Nothing, Reported, Text
from ._values import Reading, one_of


def read_section(name: str, data: Data, reading: Reading, prefix: str = "") -> None:
    """Reads the answers in a section; one that cannot be read is unknown."""
    context, answers = reading.context, reading.presumed if prefix else reading.facts
    facts = fields_of(context.vocabulary.by_name[name])
    for key, value in reading.entries(data, prefix + name, "{kind: export}"):
        fact = facts.get(key)
        if fact is None:
            _report_unknown_fact(key, name, facts, reading)
            continue
        path = prefix + fact.key
        answers[fact.key] = _answer(context.vocabulary.by_key.get(fact.key, fact), value, path, reading)
        reading.places[path] = value.place


def read_presumed(data: Data, label: str, reading: Reading) -> Mapping[str, Any]:
    """Reads the further answers that are presumed."""
    for key, value in reading.entries(data, label, "{item: {form: goods}}"):
        if key in reading.context.vocabulary.by_name:
            read_section(key, value, reading, f"{label}.")
        else:
            read_other(key, value, reading, tuple(reading.context.vocabulary.by_name), f"{label}.")
    return reading.presumed


def read_other(
    key: Text, value: Data, reading: Reading, keys: tuple[str, ...], prefix: str = ""
) -> None:
    """Reports an unknown key; a block whose plugin is not loaded counts as stated."""
    name, context = str(key), reading.context
    if name in context.absent and isinstance(value, Fields):
        answers = reading.presumed if prefix else reading.facts
        answers |= {f"{name}.{field}": UNKNOWN for field in value}
    facts = [name] if name in context.vocabulary.by_key else context.keys_of_field(name)
    loading = None if facts else context.loading(name, keys)
    if loading:
        found = f"The section {name!r} belongs to a plugin that is not loaded."
        reading.problems.add(key, "RC214", found, loading)
    elif facts:
        found = f"The fact {quoted(name)} is outside its section."
        expected = f"{one_of(facts)[:-1]}, below the name of its section."
        reading.problems.add(key, "RC201", found, expected, facts[0] if len(facts) == 1 else None)
    else:
        found, suggestion = f"There is no key {quoted(name)} here.", (*keys, *context.absent)
        reading.problems.add(key, "RC201", found, one_of(keys), nearest(name, suggestion))


def check_fact(data: Data, key: str, reading: Reading, others: Collection[str]) -> None:
    """Reports what is neither a fact, nor a name, nor one of these others."""
    section, context = section_of(key), reading.context
    if any(key in names for names in (context.vocabulary.by_key, context.vocabulary.names, others)):
        return
    if loading := context.loading(section, context.vocabulary.by_name):
        found = f"The fact {quoted(key)} belongs to a plugin that is not loaded."
        reading.problems.add(data, "RC214", found, loading)
    else:
        found, suggestion = f"There is no fact {quoted(key)}.", nearest(key, context.vocabulary.by_key)
        reading.problems.add(data, "RC202", found, "a fact such as item.covert.", suggestion)


def _report_unknown_fact(key: Text, section: str, facts: Mapping[str, Fact], reading: Reading) -> None:
    context, found = reading.context, f"There is no fact {quoted(f'{section}.{key}')}."
    suggestion, keys = nearest(key, facts), context.keys_of_field(key)
    if not suggestion and not keys:
        fields = dict.fromkeys(fact.field for fact in context.vocabulary.by_key.values())
        keys = context.keys_of_field(nearest(key, fields))
    expected = one_of(facts)
    if keys:
        expected = f"{one_of(keys)[:-1]}, below the name of its section."
        suggestion = keys[0] if len(keys) == 1 else None
    reading.problems.add(key, "RC202", found, expected, suggestion)


def _answer(fact: Fact, data: Data, path: str, reading: Reading) -> Any:
    """Reads an answer; it is unknown after a report."""
    if isinstance(data, Reported):
        return UNKNOWN
    named = fact
    if path != fact.key:
        named = copy.copy(fact)
        named.key = path
    count = len(reading.problems)
    if isinstance(data, Nothing):
        expected = "an answer; write unknown, or leave the key out."
        reading.problems.add(data, "RC204", f"Nothing is given for {named.key}.", expected)
        return UNKNOWN
    _check_repeated(data, named, reading)
    try:
        answer = named.convert(data)
    except AnswerError as error:
        for mistake in (error, *error.others):
            wrong: Any = data if mistake.part is None else mistake.part
            said = mistake.code, mistake.found, mistake.expected, mistake.suggestion
            if not isinstance(wrong, Reported):
                reading.problems.add(wrong, *said)
        return UNKNOWN
    return answer if len(reading.problems) == count else UNKNOWN


def _check_repeated(data: Data, fact: Fact, reading: Reading) -> None:
    """Reports the members that a list names twice."""
    if not fact.is_asked:
        return
    lists = data.values() if isinstance(data, Fields) else [data]
    members = chain.from_iterable(words for words in lists if isinstance(words, Items))
    first: dict[str, Text] = {}
    for word in (member for member in members if isinstance(member, Text)):
        if first.setdefault(word, word) is not word:
            line = first[word].place.line
            found = f"{quoted(word)} is named twice for {fact.key}, first in line {line}."
            reading.problems.add(word, "RC209", found, "each member once, known or open.")
