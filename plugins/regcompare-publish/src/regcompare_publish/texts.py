"""Catalogues for translators: files that are brought up to date and checked, and the texts they need."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping

import attrs

from regcompare._support.said import PLACEHOLDER
from regcompare.facts import CodeSet, Day, facts_of
from regcompare.logic.conditions import nodes
from regcompare.ruleset.ruleset import Ruleset, own_conditions, rules_and_duties
from regcompare.scenario.scenario import Scenario
from regcompare.vocabulary.dated import tables_in
from regcompare.words.catalogues import Entry
from regcompare.words.lexicon import day_name, short_labels

_WIDTH = 100
_ENDS = slice(1), slice(-1, None)


def updated(current: Mapping[str, Entry], needed: Iterable[Entry]) -> list[Entry]:
    """Returns an entry for each text, in their order, with the current translations."""
    entries: dict[str, Entry] = {}
    for item in needed:
        before = current.get(item.text, Entry(item.text))
        entry = entries.get(item.text, attrs.evolve(before, sources=(), notes=(), is_law=item.is_law))
        entries[item.text] = attrs.evolve(
            entry,
            sources=tuple(dict.fromkeys((*entry.sources, *item.sources))),
            notes=tuple(dict.fromkeys((*entry.notes, *filter(None, item.notes)))),
        )
    return list(entries.values())


def formatted(lang: str, entries: Iterable[Entry]) -> str:
    """Returns a file in the gettext format, without dates or names, which would change needlessly."""
    fields = (f"Language: {lang}", "Content-Type: text/plain; charset=utf-8")
    lines = ['msgid ""', 'msgstr ""', *(f'"{line}\\n"' for line in fields), ""]
    for entry in entries:
        lines += [
            *(f"#. {note}" for note in entry.notes),
            *(f"#: {source}" for source in entry.sources),
            *(["#, fuzzy"] if entry.is_fuzzy else []),
            f"msgid {_quoted(entry.text)}",
            f"msgstr {_quoted(entry.translation)}",
            "",
        ]
    return "\n".join(lines)


def _quoted(text: str) -> str:
    """A text in quotation marks; a long one in lines that end between words."""
    text = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    if len(text) + 2 <= _WIDTH:
        return f'"{text}"'
    lines = ["", ""]
    for piece in re.findall(r"\s+|\S+", text):
        if lines[-1] and len(lines[-1]) + len(piece) + 2 >= _WIDTH:
            lines.append("")
        lines[-1] += piece
    return "\n".join(f'"{line}"' for line in lines)


def faults(current: Mapping[str, Entry], needed: Iterable[Entry]) -> Iterator[str]:
    """Yields what is wrong with the entries of a file, one sentence for each fault."""
    texts = {item.text: item for item in needed}
    for text, item in texts.items():
        if text not in current and not item.is_law:
            yield f"missing: {text!r}"
    for text, entry in current.items():
        if text not in texts:
            yield f"stale, no longer used: {text!r}"
        elif not entry.translation.strip():
            if texts[text].is_law:
                continue
            yield f"empty: {text!r}"
        else:
            unfit = list(misfits(text, entry.translation))
            yield from unfit or ([f"fuzzy: {text!r}"] if entry.is_fuzzy else [])


def left_in_english(current: Mapping[str, Entry], needed: Iterable[Entry]) -> list[str]:
    """Returns the sentences of law that a file does not translate: they may stay English."""
    shown = {text for text, entry in current.items() if entry.is_shown}
    return [item.text for item in needed if item.is_law and item.text not in shown]


def misfits(text: str, translation: str) -> Iterator[str]:
    """Yields in what a translation does not fit its text, whatever the language."""
    if {*PLACEHOLDER.findall(text)} != {*PLACEHOLDER.findall(translation)}:
        yield f"different placeholders: {text!r} became {translation!r}"
    if any(text[end].isspace() != translation[end].isspace() for end in _ENDS):
        yield f"different spaces at an end: {text!r} became {translation!r}"


_CLAUSE = "as a clause; {yes|no|after “whether”}, and … where an answer goes"
"""A note for translators on words that an answer completes."""


def section_texts(cls: type) -> Iterator[tuple[str, str]]:
    """Yields the texts of a section of facts, each with a note, from its title to its answers."""
    yield cls.__title__, f"section {cls.__section__}"  # type: ignore[attr-defined]
    for fact in facts_of(cls).values():
        yield fact.question, fact.key
        if fact.states:
            yield (day_name(fact) if isinstance(fact, Day) else fact.states), f"{fact.key}, {_CLAUSE}"
        if fact.help:
            yield fact.help, fact.key
        if isinstance(fact, CodeSet):
            yield fact.expected(), fact.key
        if fact.kind in ("choice", "set"):
            for text in (*fact.labels().values(), *short_labels(fact, fact.labels())):
                yield text, f"answer to {fact.key}"


def ruleset_texts(ruleset: Ruleset) -> Iterator[tuple[str, str]]:
    """Yields titles of a ruleset, its home, and its conditions in everyday words, each with a note."""
    yield from ((text, f"title of {ruleset.id}") for text in (ruleset.title, ruleset.plain_title))
    if ruleset.earlier:
        yield ruleset.earlier, "which law applied before"
    if ruleset.home:
        yield ruleset.home.name, "home of a regime"
    own, *others = [tables_in(nodes(own_conditions(part))) for part in ruleset.parts()]
    shared = {table for tables in others for table in tables}
    yield from ((table.name, "what a table lists") for table in own if table not in shared)
    for plain in dict.fromkeys(rule.plain for rule in ruleset.provisions.rules if rule.plain):
        texts = (plain.clause, plain.sentence, *plain.fails.values())
        yield from ((text, "why a gate is as it is") for text in texts)


def law_texts(ruleset: Ruleset) -> Iterator[tuple[str, str]]:
    """Yields the sentences of its rules and duties, which may stay English, each with a note."""
    for item in rules_and_duties(ruleset):
        yield item.sentence, f"{item.id} of {ruleset.id}, which may stay English"


def case_texts(cases: Iterable[Scenario]) -> Iterator[tuple[str, str]]:
    """Yields what pages say of each case in every language, each text with the id of the case."""
    for case in cases:
        for text in _texts_of(case):
            if text := " ".join(text.split()):
                yield text, case.id


def _texts_of(case: Scenario) -> Iterator[str]:
    """Its story and outcome, its classification, disputes and replies, owners, and corrections."""
    yield from (case.title, case.story)
    yield from (basis.classified for basis in case.known_from.values())
    if case.record is not None:
        yield case.record.note
    for dispute in case.disputed:
        yield from (_described(dispute.by), dispute.note)
    for reply in case.replies:
        yield from (_described(reply.who), reply.words)
    for owner in case.owners:
        yield from (_described(owner.of), owner.name)
    for change in case.changes:
        yield change.what


def _described(who: str) -> str:
    """Somebody who is described rather than named, as files write: without a capital."""
    return "" if who[:1].isupper() else who


def code_texts(source: str) -> Iterator[str]:
    """Yields the texts given to ``say``, and those of claims, in Python code."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and node.args and _name(node.func) in ("say", "Said", "Claim"):
            objections = [word.value for word in node.keywords if word.arg == "objection"]
            for said in (node.args[0], *objections):
                yield from _constants(said)


def _constants(node: ast.expr) -> Iterator[str]:
    """The texts that an expression may have as its value, where it contains them itself."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from (*_constants(node.body), *_constants(node.orelse))
    elif isinstance(node, ast.Subscript) and isinstance(node.value, ast.Dict):
        for value in node.value.values:
            yield from _constants(value)


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
