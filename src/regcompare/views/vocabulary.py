"""The vocabulary as a reference: every fact, its question and its answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from regcompare.facts import Fact, Same, facts_of
from regcompare.vocabulary import Vocabulary

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


def facts_text(vocabulary: Vocabulary) -> str:
    """Returns the reference as plain text, section by section."""
    lines: list[str] = []
    for cls in vocabulary.sections:
        title = f"{cls.__title__} ({cls.__section__}:)"  # type: ignore[attr-defined]
        lines += [title, "=" * len(title), ""]
        for fact in facts_of(cls).values():
            lines += [*_fact_lines(fact), ""]
    if vocabulary.constraints:
        lines += ["What cannot be otherwise", "========================", ""]
        lines += [f"- {constraint.sentence}" for constraint in vocabulary.constraints]
    return "\n".join(lines).rstrip()


def _fact_lines(fact: Fact) -> Iterator[str]:
    yield fact.key
    yield f"  {fact.question}"
    if fact.help:
        yield f"  {fact.help}"
    labels = fact.labels()
    if 2 < len(labels) <= _MANY or (labels and fact.kind == "set"):
        width = max(map(len, labels))
        for answer, label in labels.items():
            yield f"    {answer:<{width}}  {label}"
    else:
        yield f"  Answer: {fact.expected()}"
    ordinary = _ordinary(fact)
    if ordinary is not None:
        told = ", ".join(ordinary) or "none" if isinstance(ordinary, list) else ordinary
        yield f"  Ordinary answer: {told}"
