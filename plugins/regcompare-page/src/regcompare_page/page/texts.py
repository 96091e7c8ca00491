"""The words of the page, as data that accompany its program.

Facts and provisions are worded by the same functions as everywhere else; the script only selects.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from regcompare.facts import CodeSet, Fact
from regcompare.law import Instrument
from regcompare.program.writer import Writer
from regcompare.ruleset.rules import Outcome, Rule
from regcompare.scenario.scenario import Scenario
from regcompare.views import gates
from regcompare.views.colours import accent
from regcompare.views.gates import GATES, NO_GATE, NOT_IN_FORCE, REVIEWS, USES, Gate
from regcompare.views.sentences import (
    CHECKED_WORDS,
    LAW_SAYS,
    NOT_ADVICE,
    PROPOSAL_SAYS,
    SUBJECTS,
    USE_SAYS,
    evidence_words,
    outcome_words,
)
from regcompare.vocabulary import FACTS_DATE, LAW_DATE, Vocabulary
from regcompare.words.lexicon import short_labels


def texts(program: Writer, vocabulary: Vocabulary, links: Mapping[str, str]) -> dict[str, Any]:
    """Returns the words for the numbered parts of the page's program, and for the facts of cases.

    Args:
        program: The rulesets as published.
        vocabulary: The facts that cases may use.
        links: By language of the page, the language in which its links lead to the law.
    """
    facts = (*vocabulary.facts(), FACTS_DATE, LAW_DATE)
    return {
        "outcomes": list(map(_outcome, Outcome)),
        "uses": list(map(_use, Outcome)),
        "reviews": list(REVIEWS.values()),
        "why": _why(),
        "out_of_scope": _gate(NO_GATE),
        "not_in_force": _gate(NOT_IN_FORCE),
        "checked": CHECKED_WORDS,
        "subjects": SUBJECTS,
        "notice": NOT_ADVICE,
        "facts": {fact.key: _fact_texts(fact) for fact in facts},
        "glosses": _glosses(program, facts),
        "rules": [_rule_texts(rule) for rule, _ in program.rules],
        "laws": {
            code: [_law_addresses(text, lang) for text in program.instruments]
            for code, lang in links.items()
        },
        "periods": [str(ruleset.period or "") for ruleset in program.rulesets],
    }


def _why() -> dict[str, Any]:
    """The sentences from which the script makes the reason of a gate, as ``gates.why`` does."""
    names = (
        "IF",
        "OR_IF",
        "MAY_APPLY",
        "OTHERWISE",
        "OUTSIDE",
        "MAY_BE_OUTSIDE",
        "NOTHING",
        "SETTLED_BY",
    )
    return {
        **{name.lower(): getattr(gates, name) for name in names},
        "consequences": [gates.CONSEQUENCES[outcome] for outcome in Outcome],
    }


def _gate(gate: Gate) -> dict[str, str]:
    """A gate as the script reads it: its kind, its word and its meaning."""
    return {"gate": gate.kind, "plain": gate.word, "means": gate.sentence}


def _outcome(outcome: Outcome) -> dict[str, Any]:
    look = accent(outcome)
    return {
        "word": outcome_words(outcome.word),
        "short": look.short,
        "slug": look.slug,
        "glyph": look.glyph,
        **_gate(GATES[outcome]),
        "asks": int(outcome is Outcome.AUTHORISATION),
        "law": LAW_SAYS[outcome],
        "proposal": PROPOSAL_SAYS[outcome],
    }


def _use(outcome: Outcome) -> dict[str, Any]:
    """The words for an outcome of rules on uses."""
    return {
        **_outcome(outcome),
        **_gate(USES[outcome]),
        "asks": 0,
        "law": USE_SAYS[outcome],
        "proposal": USE_SAYS[outcome],
    }


# facts ------------------------------------------------------------------------------------------


def _fact_texts(fact: Fact) -> dict[str, Any]:
    """A fact: its question, and what its control needs to know."""
    data: dict[str, Any] = {"question": fact.question, "help": fact.help}
    if isinstance(fact, CodeSet):
        data["expected"] = fact.expected()
    if fact.kind == "choice":
        answers = list(fact.labels())
        data["answers"] = dict(zip(answers, short_labels(fact, answers), strict=True))
    return data


def _glosses(program: Writer, facts: Iterable[Fact]) -> dict[str, list[str]]:
    """The rulesets' glosses on each fact."""
    glosses_by_fact = {
        fact.key: dict.fromkeys(
            str(gloss) for part in program.rulesets for gloss in part.glosses_on(fact.key)
        )
        for fact in facts
    }
    return {name: list(glosses) for name, glosses in glosses_by_fact.items() if glosses}


# provisions -------------------------------------------------------------------------------------


def _rule_texts(rule: Rule) -> dict[str, Any]:
    evidence = rule.checked or rule.cite.evidence
    return {
        "known": evidence_words(evidence) if evidence else "",
        "rests_on": [str(statement) for statement in rule.rests_on],
        "plain": rule.plain
        and {"clause": rule.plain.clause, "sentence": rule.plain.sentence, "fails": rule.plain.fails},
    }


def _law_addresses(text: Instrument, lang: str) -> list[Any]:
    """The address of a text as published, and of each consolidated state by date, latest first."""
    states = sorted(text.states, reverse=True)
    return [text.url(lang=lang), [[day.isoformat(), text.url(day, lang)] for day in states]]


# cases ------------------------------------------------------------------------------------------


def case_texts(scenario: Scenario) -> dict[str, Any]:
    """Returns the texts of a scenario, other than its facts."""
    record = scenario.record
    return {
        "title": scenario.title or scenario.id,
        "summary": _single_line(scenario.summary),
        "story": scenario.story,
        "kind": scenario.kind,
        "sale": scenario.counted_as,
        "names": scenario.names,
        "group": scenario.record_group,
        "sources": [_source(item) for item in scenario.sources],
        "disputed": {item.fact: _single_line(item.note) for item in scenario.disputed},
        "record": _single_line(record.note) if record else "",
        "decision": str(record.decision) if record else "",
    }


def _source(source: Any) -> Mapping[str, str]:
    text = ", ".join(part for part in (source.title, source.publisher, source.date) if part)
    return {"text": text, "url": source.url if re.match(r"https?://", source.url) else ""}


def _single_line(text: str) -> str:
    return " ".join(text.split())
