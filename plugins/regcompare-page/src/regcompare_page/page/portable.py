"""Vocabularies and answers as JSON that the script of the page reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from regcompare.facts import CodeSet, Day, Fact, Same, countries, facts_of
from regcompare.logic.conditions import OneOf
from regcompare.program.portable import portable_answer, portable_value
from regcompare.ruleset.review import Weighing
from regcompare.ruleset.rules import Outcome
from regcompare.vocabulary import FACTS_DATE, LAW_DATE, Assumption, Vocabulary


def portable_vocabulary(vocabulary: Vocabulary) -> dict[str, Any]:
    """Returns the facts of a vocabulary, its assumptions, and the orders of the core, as JSON."""
    return {
        "licensed": [Outcome.AUTHORISATION.rank, Outcome.REFUSAL.rank],
        "reviews": [str(weighing) for weighing in Weighing],
        "sections": [
            {
                "name": name,
                "title": cls.__title__,  # type: ignore[attr-defined]
                "facts": [fact.key for fact in facts_of(cls).values()],
            }
            for name, cls in vocabulary.by_name.items()
        ],
        "facts": list(map(_fact, (*vocabulary.facts(), FACTS_DATE, LAW_DATE))),
        "assumptions": [_assumption(item, vocabulary) for item in vocabulary.assumptions],
        "countries": dict(countries()),
    }


def _fact(fact: Fact) -> dict[str, Any]:
    """A fact with its kind and answers; countries are listed once for all facts."""
    data: dict[str, Any] = {"key": fact.key, "kind": fact.kind}
    if fact.kind not in ("country", "yes_no"):
        data["answers"] = dict(fact.labels())
    if isinstance(fact.ordinary, Same):
        data["same"] = fact.ordinary.fact
    elif fact.ordinary is not None:
        data["ordinary"] = portable_value(fact.convert(fact.ordinary))
    if isinstance(fact, Day):
        data["earliest"] = fact.earliest.isoformat()
    if isinstance(fact, CodeSet) and fact.codes:
        code_list = fact.codes
        points = {entry: list(points) for entry, points in code_list.entries.items()}
        data["codes"] = {"name": code_list.name, "entries": points, "wordings": list(code_list.wordings)}
    return data


def _assumption(item: Assumption, vocabulary: Vocabulary) -> dict[str, Any]:
    data = {
        "layer": item.layer,
        "fact": item.fact,
        "answer": portable_value(item.answer_to(vocabulary.fact(item.fact))),
    }
    if isinstance(item.when, OneOf):
        data["when"] = {"fact": item.when.key, "answers": sorted(item.when.answers)}
    return data


def portable_answers(answers: Mapping[str, Any], vocabulary: Vocabulary) -> dict[str, Any]:
    """Returns answers, by fact key as JSON; None stays None.

    Raises:
        AnswerError: One is not an answer to its fact.
        UsageError: There is no such fact.
    """
    facts = {key: vocabulary.fact(key) for key in answers}
    return {
        key: None if (value := answers[key]) is None else portable_answer(fact.convert(value))
        for key, fact in facts.items()
    }
