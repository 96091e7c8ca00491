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

_MANY = 40
"""More answers than this are not listed in text."""


def facts_data(vocabulary: Vocabulary, rulesets: Collection[Ruleset] = ()) -> list[dict[str, Any]]:
    """Returns every fact as plain data, or where rulesets are named, those that they ask about."""
    return [
        {
            "fact": fact.key,
            "kind": fact.kind,
            "question": fact.question,
            "help": fact.help,
            "changed_by": fact.changed_by,
            "ordinary": _ordinary(fact),
            "answers": dict(fact.labels()),
            **({"glosses": _glosses(fact, rulesets)} if rulesets else {}),
        }
        for fact in _asked(vocabulary.facts(), rulesets)
    ]


def _asked(facts: Iterable[Fact], rulesets: Collection[Ruleset]) -> list[Fact]:
    """The facts that some rulesets ask about; without any, all."""
    conditions = [
        item for ruleset in rulesets for part in ruleset.parts() for item in own_conditions(part)
    ]
    asked = questions(conditions).about
    return [fact for fact in facts if fact.key in asked or not rulesets]


def _glosses(fact: Fact, rulesets: Iterable[Ruleset]) -> list[str]:
    """What the texts of rulesets add to the question."""
    return list(dict.fromkeys(str(said) for item in rulesets for said in item.glosses_on(fact.key)))


def _ordinary(fact: Fact) -> Any:
    if fact.ordinary is None:
        return None
    if isinstance(fact.ordinary, Same):
        return f"as {fact.ordinary.fact}"
    return fact.write(fact.convert(fact.ordinary))


def facts_text(vocabulary: Vocabulary, form: Form = "text", rulesets: Collection[Ruleset] = ()) -> str:
    """Returns the reference in a form, section by section; of rulesets, what they ask about."""
    sections = [
        Section(
            f"{cls.__title__} ({cls.__section__}:)",  # type: ignore[attr-defined]
            [_fact(fact, rulesets) for fact in _asked(facts_of(cls).values(), rulesets)],
        )
        for cls in vocabulary.sections
    ]
    known = {one for item in rulesets for one in item.vocabulary.constraints}
    held = (one for one in vocabulary.constraints if one in known or not rulesets)
    impossible = Bullets(constraint.sentence for constraint in held)
    return render(Document("", [*sections, Section("What is always true", [impossible])]), form)


def _fact(fact: Fact, rulesets: Iterable[Ruleset]) -> Entry:
    labels, ordinary = fact.labels(), _ordinary(fact)
    listed = 2 < len(labels) <= _MANY or (labels and fact.kind == "set")
    told = ", ".join(ordinary) or "none" if isinstance(ordinary, list) else ordinary
    return Entry(
        Strong(fact.key),
        [
            fact.question,
            fact.help,
            *_glosses(fact, rulesets),
            Bullets(f"{answer}: {label}" for answer, label in labels.items() if listed),
            None if listed else f"Answer: {fact.expected()}",
            None if ordinary is None else f"Standard answer: {told}",
        ],
    )


def concordance_data() -> list[dict[str, Any]]:
    """Returns each code of another numbering scheme that was compared, as plain data.

    ``same`` says that it names just what the entry names, ``none`` that no entry names it.
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
