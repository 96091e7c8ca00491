"""The vocabulary as a reference: every fact, its question and its answers."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from regcompare.errors import UsageError, did_you_mean, nearest
from regcompare.facts import Fact, Same, facts_of, section_of, written
from regcompare.logic.conditions import questions
from regcompare.ruleset.ruleset import Ruleset, own_conditions
from regcompare.views.document import Bullets, Document, Entry, Section, Strong
from regcompare.views.render import Form, render
from regcompare.vocabulary import Vocabulary

_MAX_LISTED = 40
"""The most answers listed in text."""


def facts_data(
    vocabulary: Vocabulary, rulesets: Collection[Ruleset] = (), name: str = ""
) -> list[dict[str, Any]]:
    """Returns facts as plain data: all, or those that ``listed_facts`` returns."""
    return [
        {
            "fact": fact.key,
            "kind": fact.kind,
            "question": fact.question,
            "help": fact.help,
            "changed_by": fact.changed_by,
            "ordinary": _ordinary_answer(fact),
            "answers": dict(fact.labels()),
            **({"glosses": _glosses(fact, rulesets)} if rulesets else {}),
        }
        for fact in listed_facts(vocabulary, rulesets, name).values()
    ]


def listed_facts(
    vocabulary: Vocabulary, rulesets: Collection[Ruleset] = (), name: str = ""
) -> dict[str, Fact]:
    """Returns by key the facts that rulesets ask about, and of a section, or the one of this name.

    Raises:
        UsageError: No fact and no section has the name.
    """
    names = (*vocabulary.by_name, *vocabulary.by_key)
    if name and name not in names:
        hint = did_you_mean(nearest(name, names))
        raise UsageError(
            f"{name!r} is neither a section nor a fact. Expected one such as item or "
            f"item.technology.{hint}"
        )
    parts = (part for ruleset in rulesets for part in ruleset.parts())
    asked = questions(condition for part in parts for condition in own_conditions(part)).about
    return {
        key: fact
        for key, fact in vocabulary.by_key.items()
        if (key in asked or not rulesets) and name in ("", key, fact.section)
    }


def _glosses(fact: Fact, rulesets: Iterable[Ruleset]) -> list[str]:
    glosses = (gloss for ruleset in rulesets for gloss in ruleset.glosses_on(fact.key))
    return list(dict.fromkeys(map(str, glosses)))


def _ordinary_answer(fact: Fact) -> Any:
    if fact.ordinary is None:
        return None
    if isinstance(fact.ordinary, Same):
        return f"as {fact.ordinary.fact}"
    return written(fact.convert(fact.ordinary))


def facts_text(
    vocabulary: Vocabulary, form: Form = "text", rulesets: Collection[Ruleset] = (), name: str = ""
) -> str:
    """Returns the reference in a form, by section: all facts, or those that ``listed_facts`` returns.

    It has what is always true as well, of a section or a fact what is said about it.
    """
    listed = listed_facts(vocabulary, rulesets, name)
    sections = [
        Section(
            f"{cls.__title__} ({cls.__section__}:)",  # type: ignore[attr-defined]
            [_fact_entry(fact, rulesets) for fact in facts_of(cls).values() if fact.key in listed],
        )
        for cls in vocabulary.sections
        if not name or section_of(name) == cls.__section__  # type: ignore[attr-defined]
    ]
    known = {constraint for ruleset in rulesets for constraint in ruleset.vocabulary.constraints}
    sentences = [
        item.sentence
        for item in vocabulary.constraints
        if (item in known or not rulesets)
        and (not name or listed.keys() & questions([item.when, item.then]).about.keys())
    ]
    always = [Section("What is always true", [Bullets(sentences)])] if sentences else []
    return render(Document("", [*sections, *always]), form)


def _fact_entry(fact: Fact, rulesets: Iterable[Ruleset]) -> Entry:
    labels, ordinary = fact.labels(), _ordinary_answer(fact)
    is_listed = 2 < len(labels) <= _MAX_LISTED or (labels and fact.kind == "set")
    ordinary_words = ", ".join(ordinary) or "none" if isinstance(ordinary, list) else ordinary
    return Entry(
        Strong(fact.key),
        [
            fact.question,
            fact.help,
            *_glosses(fact, rulesets),
            Bullets(f"{answer}: {label}" for answer, label in labels.items() if is_listed),
            None if is_listed else f"Answer: {fact.expected()}",
            None if ordinary is None else f"Standard answer: {ordinary_words}",
        ],
    )
