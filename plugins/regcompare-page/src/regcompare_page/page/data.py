"""What the script of the page reads besides the program: facts, words, and the cases.

Facts and provisions are worded by the same functions as everywhere else; the script only selects.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from regcompare.comparison.classes import CLASS_OF
from regcompare.facts import UNKNOWN, CodeSet, Day, Fact, Same, countries, facts_of
from regcompare.logic.conditions import OneOf
from regcompare.program.portable import portable_scenario, portable_value
from regcompare.ruleset.review import LicensingPolicy
from regcompare.ruleset.rules import Outcome, Rule
from regcompare.scenario.scenario import Scenario
from regcompare.views import gates
from regcompare.views.gates import GATES, NO_GATE, NOT_IN_FORCE, REVIEWS, USES, Gate
from regcompare.views.sentences import (
    CHECKED_WORDS,
    NOT_ADVICE,
    evidence_words,
    one_line,
    outcome_words,
)
from regcompare.vocabulary import FACTS_DATE, LAW_DATE, Assumption, Vocabulary
from regcompare.words.lexicon import short_labels
from regcompare_page.face.marks import barriers
from regcompare_publish.writer import Writer

# facts ------------------------------------------------------------------------------------------


def vocabulary_data(vocabulary: Vocabulary, program: Writer) -> dict[str, Any]:
    """Returns the facts of a vocabulary with their words, its assumptions, and orders of the core."""
    return {
        "licensed": [Outcome.AUTHORISATION.rank, Outcome.REFUSAL.rank],
        "reviews": [str(weighing) for weighing in LicensingPolicy],
        "sections": [
            {
                "name": name,
                "title": cls.__title__,  # type: ignore[attr-defined]
                "facts": [fact.key for fact in facts_of(cls).values()],
            }
            for name, cls in vocabulary.by_name.items()
        ],
        "facts": [
            _fact(fact, vocabulary, program) for fact in (*vocabulary.facts(), FACTS_DATE, LAW_DATE)
        ],
        "assumptions": [_assumption(item, vocabulary) for item in vocabulary.presumptions],
        "countries": dict(countries()),
    }


def _fact(fact: Fact, vocabulary: Vocabulary, program: Writer) -> dict[str, Any]:
    """A fact with its question, kind and answers; countries are listed once for all facts."""
    glosses = dict.fromkeys(
        str(gloss) for part in program.rulesets for gloss in part.glosses_on(fact.key)
    )
    data: dict[str, Any] = {
        "key": fact.key,
        "kind": fact.kind,
        "question": fact.question,
        "help": fact.help,
        "glosses": list(glosses),
    }
    if fact.kind not in ("country", "yes_no"):
        data["answers"] = dict(fact.labels())
    if fact.kind == "choice":
        data["short"] = dict(
            zip(data["answers"], short_labels(fact, list(data["answers"])), strict=True)
        )
    if isinstance(fact.ordinary, Same):
        data["same"] = fact.ordinary.fact
    elif fact.key in vocabulary.ordinary:
        data["ordinary"] = portable_value(fact.convert(fact.ordinary))
    if isinstance(fact, Day):
        data["earliest"] = fact.earliest.isoformat()
    if isinstance(fact, CodeSet):
        data["expected"] = fact.expected()
        if code_list := fact.codes:
            points = {entry: list(points) for entry, points in code_list.entries.items()}
            wordings = list(code_list.wordings)
            data["codes"] = {"name": code_list.name, "entries": points, "wordings": wordings}
    return data


def _assumption(item: Assumption, vocabulary: Vocabulary) -> dict[str, Any]:
    answer = item.answer_to(vocabulary.fact(item.fact))
    data = {
        "layer": item.layer,
        "fact": item.fact,
        "answer": "unknown" if answer is UNKNOWN else portable_value(answer),
    }
    if item.limbs:
        data["when"] = [
            {"fact": limb.key, "answers": sorted(limb.answers)}
            if isinstance(limb, OneOf)
            else {"from": limb.day.isoformat()}
            for limb in item.limbs
        ]
    return data


# outcomes and provisions ------------------------------------------------------------------------


def texts(program: Writer, links: Mapping[str, str]) -> dict[str, Any]:
    """Returns the words for outcomes, and for the numbered parts of the page's program.

    ``links`` has, by language of the page, the language in which its links lead to the law.
    """
    return {
        "outcomes": [_outcome(outcome, GATES) for outcome in Outcome],
        "uses": [_outcome(outcome, USES) for outcome in Outcome],
        "reviews": list(REVIEWS.values()),
        "why": {
            **{name.lower(): getattr(gates, name) for name in _REASONS.split()},
            "consequences": [gates.CONSEQUENCES[outcome] for outcome in Outcome],
        },
        "bars": barriers(),
        "out_of_scope": _gate(NO_GATE),
        "not_in_force": _gate(NOT_IN_FORCE),
        "checked": CHECKED_WORDS,
        "notice": NOT_ADVICE,
        "rules": [_rule_texts(rule, program) for rule, _ in program.rules],
        "laws": {  # As published, then each consolidated state, latest first.
            code: [
                [
                    text.url(lang=lang),
                    [[str(day), text.url(day, lang)] for day in sorted(text.states, reverse=True)],
                ]
                for text in program.instruments
            ]
            for code, lang in links.items()
        },
    }


_REASONS = "IF OR_IF MAY_APPLY OTHERWISE OUTSIDE MAY_BE_OUTSIDE NOTHING PERHAPS SETTLED_BY"
"""The sentences from which the script makes the reason of a gate, as ``gates.why`` does."""


def _gate(gate: Gate) -> dict[str, str]:
    """A gate as the script reads it: its word, its detail, and its meaning."""
    return {"plain": gate.word, "detail": gate.detail, "means": gate.sentence}


def _outcome(outcome: Outcome, gates_of: Mapping[Outcome, Gate]) -> dict[str, Any]:
    return {
        "word": outcome_words(outcome.word),
        "slug": CLASS_OF[outcome],
        **_gate(gates_of[outcome]),
        "asks": gates_of is GATES and outcome is Outcome.AUTHORISATION,
    }


def _rule_texts(rule: Rule, program: Writer) -> dict[str, Any]:
    """What is said of a rule; why it fails with the place of the condition under which that is true."""
    fails = rule.plain.fails.items() if rule.plain else ()
    reasons = [[program.node(condition), sentence] for condition, sentence in fails]
    evidence = rule.checked or rule.cite.evidence
    return {
        "known": evidence_words(evidence) if evidence else "",
        "rests_on": [str(statement) for statement in rule.rests_on],
        "plain": rule.plain
        and {"clause": rule.plain.clause, "sentence": rule.plain.sentence, "fails": reasons},
    }


# cases ------------------------------------------------------------------------------------------


def case_data(scenario: Scenario) -> dict[str, Any]:
    """Returns the facts of a scenario, and its texts."""
    texts = {
        "title": scenario.title or scenario.id,
        "story": one_line(scenario.story or scenario.summary),
        "sources": [
            {
                "text": ", ".join(filter(None, (item.title, item.publisher, item.date))),
                "url": item.url if re.match(r"https?://", item.url) else "",
            }
            for item in scenario.sources
        ],
        "disputed": {item.fact: one_line(item.note) for item in scenario.disputed},
        "record": one_line(scenario.record.note) if scenario.record else "",
    }
    return {"facts": portable_scenario(scenario), "texts": texts}
