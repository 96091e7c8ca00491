"""Vocabularies, scenarios and answers as JSON that the script of the page reads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from regcompare.facts import CodeSet, Day, Fact, MemberSet, Same, countries, facts_of
from regcompare.law import Checked
from regcompare.logic.conditions import Among, OneOf
from regcompare.ruleset.review import Weighing
from regcompare.ruleset.rules import Outcome
from regcompare.scenario.provenance import last_day
from regcompare.scenario.scenario import Scenario
from regcompare.vocabulary import FACTS_DATE, LAW_DATE, Assumption, Vocabulary


def portable_vocabulary(vocabulary: Vocabulary) -> dict[str, Any]:
    """Returns the facts of a vocabulary, its assumptions, and the orders of the core, as JSON."""
    return {
        "levels": [mark.value for mark in Checked],
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
        data["ordinary"] = _answer(fact.convert(fact.ordinary))
    if isinstance(fact, Day):
        data["earliest"] = fact.earliest.isoformat()
    if isinstance(fact, CodeSet) and fact.codes:
        code_list = fact.codes
        points = {entry: list(points) for entry, points in code_list.entries.items()}
        data["codes"] = {"name": code_list.name, "entries": points, "wordings": list(code_list.wordings)}
    return data


def _answer(value: Any) -> Any:
    """An answer as data: a set as its known and its open members."""
    if isinstance(value, MemberSet):
        return {"known": sorted(value.known), "open": sorted(value.open)}
    return value.isoformat() if isinstance(value, dt.date) else value


def _assumption(item: Assumption, vocabulary: Vocabulary) -> dict[str, Any]:
    data = {
        "layer": item.layer,
        "fact": item.fact,
        "answer": _answer(item.answer_to(vocabulary.fact(item.fact))),
    }
    if isinstance(item.when, OneOf):
        data["when"] = {"fact": item.when.key, "answers": sorted(item.when.answers)}
    return data


def portable_scenario(scenario: Scenario) -> dict[str, Any]:
    """Returns the facts of a scenario as JSON, with its presumptions and the use of powers.

    A stated ``unknown`` is the word ``unknown``; a set is its known and its open members.
    """
    return {
        "id": scenario.id,
        "date": scenario.date and scenario.date.isoformat(),
        "presume": " ".join(scenario.presume) or None,
        "facts": _stated(scenario.sections()),
        "reports": [
            {"last_day": last_day(item.day).isoformat(), "level": item.level, "of": list(item.of)}
            for item in scenario.reports
        ],
        "presumed": _stated(scenario.presumed),
        "discretion": dict(scenario.discretion),
    }


def portable_answers(answers: Mapping[str, Any], vocabulary: Vocabulary) -> dict[str, Any]:
    """Returns answers, by fact key as JSON; None stays None.

    Raises:
        AnswerError: One is not an answer to its fact.
        UsageError: There is no such fact.
    """
    facts = {key: vocabulary.fact(key) for key in answers}
    return {
        key: None if (value := answers[key]) is None else _written(fact, fact.convert(value))
        for key, fact in facts.items()
    }


def _stated(sections: Iterable[Any]) -> dict[str, Any]:
    facts: Sequence[tuple[Fact, Any]] = [
        (fact, getattr(section, name))
        for section in sections
        for name, fact in facts_of(type(section)).items()
    ]
    return {fact.key: _written(fact, value) for fact, value in facts if value is not None}


def _written(fact: Fact, value: Any) -> Any:
    text = fact.write(value)
    is_written = text == "unknown" or isinstance(value, Among)
    return text if is_written else _answer(value)
