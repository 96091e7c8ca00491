"""The vocabulary as a reference: every fact, its question and its answers."""

from __future__ import annotations

from typing import Any

from regcompare.facts import Fact, Same, facts_of
from regcompare.vocabulary import Vocabulary

from .document import Bullets, Document, Entry, Section, Strong
from .render import Form, render

__all__ = ["facts_data", "facts_text"]

_MANY = 40
"""More answers than this are not listed in text."""


def facts_data(vocabulary: Vocabulary) -> list[dict[str, Any]]:
    """Returns every fact as plain data."""
    return [
        {
            "fact": fact.key,
            "kind": fact.kind,
            "question": fact.question,
            "help": fact.help,
            "changed_by": fact.changed_by,
            "ordinary": _ordinary(fact),
            "answers": dict(fact.labels()),
        }
        for fact in vocabulary.facts()
    ]


def _ordinary(fact: Fact) -> Any:
    if fact.ordinary is None:
        return None
    if isinstance(fact.ordinary, Same):
        return f"as {fact.ordinary.fact}"
    return fact.write(fact.convert(fact.ordinary))


def facts_text(vocabulary: Vocabulary, form: Form = "text") -> str:
    """Returns the reference in a form, section by section."""
    sections = [
        Section(f"{cls.__title__} ({cls.__section__}:)", map(_fact, facts_of(cls).values()))  # type: ignore[attr-defined]
        for cls in vocabulary.sections
    ]
    impossible = Bullets(constraint.sentence for constraint in vocabulary.constraints)
    return render(Document("", [*sections, Section("What is always true", [impossible])]), form)


def _fact(fact: Fact) -> Entry:
    labels, ordinary = fact.labels(), _ordinary(fact)
    listed = 2 < len(labels) <= _MANY or (labels and fact.kind == "set")
    told = ", ".join(ordinary) or "none" if isinstance(ordinary, list) else ordinary
    return Entry(
        Strong(fact.key),
        [
            fact.question,
            fact.help,
            Bullets(f"{answer}: {label}" for answer, label in labels.items() if listed),
            None if listed else f"Answer: {fact.expected()}",
            None if ordinary is None else f"Standard answer: {told}",
        ],
    )
