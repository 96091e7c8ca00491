"""The vocabulary as a reference: every fact, its question and its answers."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from regcompare.facts import Fact, Same, facts_of
from regcompare.logic.conditions import questions
from regcompare.ruleset.ruleset import Ruleset, own_conditions
from regcompare.vocabulary import Vocabulary
from regcompare.vocabulary.concordance import CONCORDANCE

from .document import Bullets, Document, Entry, Section, Strong, Table
from .render import Form, render

_MAX_LISTED = 40
"""The most answers listed in text."""


def facts_data(vocabulary: Vocabulary, rulesets: Collection[Ruleset] = ()) -> list[dict[str, Any]]:
    """Returns every fact as plain data or, given rulesets, the facts that they ask about."""
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
        for fact in _asked_facts(vocabulary.facts(), rulesets)
    ]


def _asked_facts(facts: Iterable[Fact], rulesets: Collection[Ruleset]) -> list[Fact]:
    conditions = [
        condition
        for ruleset in rulesets
        for part in ruleset.parts()
        for condition in own_conditions(part)
    ]
    asked = questions(conditions).about
    return [fact for fact in facts if fact.key in asked or not rulesets]


def _glosses(fact: Fact, rulesets: Iterable[Ruleset]) -> list[str]:
    return list(
        dict.fromkeys(str(gloss) for ruleset in rulesets for gloss in ruleset.glosses_on(fact.key))
    )


def _ordinary_answer(fact: Fact) -> Any:
    if fact.ordinary is None:
        return None
    if isinstance(fact.ordinary, Same):
        return f"as {fact.ordinary.fact}"
    return fact.write(fact.convert(fact.ordinary))


def facts_text(vocabulary: Vocabulary, form: Form = "text", rulesets: Collection[Ruleset] = ()) -> str:
    """Returns the reference in a form, by section; given rulesets, only what they ask about."""
    sections = [
        Section(
            f"{cls.__title__} ({cls.__section__}:)",  # type: ignore[attr-defined]
            [_fact_entry(fact, rulesets) for fact in _asked_facts(facts_of(cls).values(), rulesets)],
        )
        for cls in vocabulary.sections
    ]
    known = {constraint for ruleset in rulesets for constraint in ruleset.vocabulary.constraints}
    constraints = (
        constraint for constraint in vocabulary.constraints if constraint in known or not rulesets
    )
    sentences = Bullets(constraint.sentence for constraint in constraints)
    return render(Document("", [*sections, Section("What is always true", [sentences])]), form)


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


def concordance_data() -> list[dict[str, Any]]:
    """Returns each compared code of another numbering scheme, as plain data.

    The relation ``same`` means that code and entry name the same, ``none`` that no entry names it.
    """
    return [
        {
            "code": f"{row['scheme']}:{row['code']}",
            "relation": row["relation"],
            "entry": row["entry"] or None,
            "source": row.source,
            "checked": str(row.checked.level),
            "note": row["note"],
        }
        for row in CONCORDANCE
    ]


def concordance_text(form: Form = "text") -> str:
    """Returns the concordance as a table in a form, with the day up to which it was checked."""
    rows = concordance_data()
    title = f"Concordance of control lists, checked through {CONCORDANCE.verified_through}"
    cells = [[cell or "" for cell in row.values()] for row in rows]
    return render(Document("", [Table(title, tuple(rows[0]), cells)]), form)
