"""The account of a verdict as plain data: what follows, from which provisions, on what it hangs.

Text and HTML say the same; they are written from this.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

import attrs

from regcompare.comparison.records import duty_record, record
from regcompare.comparison.sensitivity import alternative_readings, applicable_doubts
from regcompare.facts import CodeSet, Fact, SetOf
from regcompare.law import Citation, Statement
from regcompare.logic.conditions import Trace, walk
from regcompare.ruleset.rules import Duty, Interpretation, Outcome, Rule
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.established import EstablishedFacts, established_facts
from regcompare.verdict.verdict import Finding, Question, Verdict
from regcompare.words.lexicon import (
    Lexicon,
    answer_words,
    lexicon,
    member_words,
    short_labels,
)
from regcompare.words.reasons import Reason, reasons
from regcompare.words.rows import table_row

from .records import span_record
from .sentences import NOT_ADVICE, verdict_sentence


def account(verdict: Verdict, lang: str = "en") -> dict[str, Any]:
    """Returns everything that is said about a verdict, as plain data, with links in a language."""
    told = _Account(verdict, lang)
    return {
        **record(verdict, lang),
        "regime": verdict.ruleset.title,
        "sentence": verdict_sentence(verdict),
        "scope_reasons": list(map(told.reason, told.scope_reasons())),
        "rules": [told.rule(finding) for finding in (*verdict.holding, *verdict.open)],
        "closest": list(map(told.near_miss, told.closest)),
        "hangs_on": told.hangs_on(),
        "questions": list(map(told.question, verdict.questions)),
        "duties": [told.duty(duty, applies) for duty, applies in verdict.duties],
        "presumed": list(map(told.fact, verdict.presumed)),
        "inferred": list(map(told.fact, verdict.inferred)),
        "added": list(told.added()),
        "disputed": list(told.disputed()),
        "glosses": list(told.glosses()),
        "readings": [told.doubt(item, reading) for item, reading in applicable_doubts(verdict)],
        "not_encoded": list(told.left_out()),
        "law": list(told.law()),
        "notice": NOT_ADVICE,
    }


@attrs.frozen(eq=False, slots=False)
class _Account:
    """What is said about one verdict, part by part."""

    verdict: Verdict
    lang: str

    @cached_property
    def words(self) -> Lexicon:
        return lexicon(self.verdict.ruleset)

    @cached_property
    def known(self) -> EstablishedFacts:
        return established_facts(self.verdict.scenario, self.verdict.ruleset.vocabulary)

    @cached_property
    def answers(self) -> Mapping[str, Any]:
        """What was walked, and the sets that were stated as a whole."""
        return {**self.known.values, **self.verdict._derivation.answers}

    @property
    def asked(self) -> Container[str]:
        """The facts about which the ruleset asks."""
        return self.verdict._derivation.program.questions.about

    @property
    def applied(self) -> list[Ruleset]:
        """The rulesets that were applied: the one asked for, those beside it, and its base."""
        base = self.verdict.base
        return [self.verdict.ruleset, *self.verdict.ruleset.beside, *([base] if base else [])]

    @cached_property
    def closest(self) -> list[Finding]:
        """Of a weak outcome, the stricter rules that failed for want of one thing."""
        weak = self.verdict.low in (Outcome.NO_CONTROL, Outcome.GENERAL_AUTHORISATION)
        return [finding for finding in self.verdict.closest if weak and not finding.rule.lifts]

    @property
    def counting(self) -> list[Finding]:
        """The rules that hold or may, and the closest."""
        return [*self.verdict.holding, *self.verdict.open, *self.closest]

    # rules ------------------------------------------------------------------------------------

    def why(self, trace: Trace, rule: Rule | None = None) -> tuple[Reason, ...]:
        """The reasons of a step; citations of the rule's own text are given by their place."""
        words = self.words.within(rule.cite.instrument) if rule else self.words
        return reasons(trace, words, answers=self.answers)

    def facts_behind(self, findings: Iterable[Finding]) -> dict[str, None]:
        because = (reason for finding in findings for reason in self.why(finding.trace))
        return dict.fromkeys(name for reason in because for name in reason.facts)

    def cite(self, cite: Citation) -> dict[str, str]:
        return {
            "cite": str(cite),
            "text": cite.instrument.name,
            "place": cite.pinpoint,
            "url": cite.url(self.verdict.as_of, self.lang),
        }

    def reason(self, reason: Reason) -> dict[str, Any]:
        return {
            "text": reason.text,
            "about": reason.text.partition(": ")[0] if reason.term is not None else None,
            "facts": list(reason.facts),
            "marks": [f"{name} {mark}" for name in reason.facts for mark in self.marks(name)],
        }

    def rule(self, finding: Finding) -> dict[str, Any]:
        rule, trace = finding.rule, finding.trace
        return {
            "id": rule.id,
            **self.cite(rule.cite),
            "ruleset": finding.ruleset.id,
            "holds": finding.holds,
            "decides": finding.decides,
            "moves": self.moves(finding),
            "outcome": rule.then.word,
            "sentence": rule.sentence,
            "states": rule.states,
            "triggered_by": str(rule.triggered_by),
            "standing": finding.standing,
            "history": rule.cite.history,
            "lifts": [other.id for other in rule.lifts],
            "lifted_by": [other.id for other in finding.lifted_by],
            "surely_lifted": any(self.verdict.finding(one.id).holds for one in finding.lifted_by),
            "checked": str(finding.checked),
            "evidence": finding.evidence.record(),
            "either_way": finding.holds is not None and trace.truth is None,
            "reasons": list(map(self.reason, self.why(trace, rule))),
            "rests_on": list(_rows_held(finding)),
            "statements": list(map(_statement, rule.rests_on)),
        }

    def moves(self, finding: Finding) -> bool:
        """Whether an open rule could still change the outcome, itself or by lifting another."""
        span = self.verdict.span
        if finding.holds is not None or span is None or span.is_settled:
            return False
        others = (rule.id for other in self.verdict.findings for rule in other.lifted_by)
        return finding.rule.then > span.low or finding.rule.id in others

    def near_miss(self, finding: Finding) -> dict[str, Any]:
        return {
            "id": finding.rule.id,
            **self.cite(finding.rule.cite),
            "outcome": finding.rule.then.word,
            "sentence": finding.rule.sentence,
            "missing": list(map(self.reason, self.why(finding.trace, finding.rule))),
        }

    def scope_reasons(self) -> tuple[Reason, ...]:
        """Why the ruleset does not apply, or why that is open."""
        if self.verdict.in_scope or self.verdict.in_force is False:
            return ()
        worked = self.verdict._derivation
        return self.why(walk(worked.program.scope, worked.answers, worked.seen))

    # what it depends on -------------------------------------------------------------------------

    def marks(self, name: str) -> list[str]:
        """Whether a fact is presumed, inferred, disputed, changed as if from elsewhere, or added."""
        case = self.verdict.scenario
        kinds: dict[str, Container[str]] = {
            "presumed": self.verdict.presumed,
            "inferred": self.verdict.inferred,
            "disputed": {item.fact for item in case.disputed},
            "changed": case.as_if.changed if case.as_if else (),
            "added": {fact for item in case.annotations for fact in item.facts},
        }
        return [mark for mark, names in kinds.items() if name in names]

    def hangs_on(self) -> dict[str, list[str]]:
        """The facts that are presumed, inferred or disputed among those that decide."""
        names = self.facts_behind([*self.verdict.deciding, *self.closest])
        marks = ("presumed", "inferred", "disputed")
        return {mark: [name for name in names if mark in self.marks(name)] for mark in marks}

    def added(self) -> Iterator[dict[str, Any]]:
        """The annotations of the case, each with the facts of it that the ruleset asks about."""
        for item in self.verdict.scenario.annotations:
            if facts := [self.fact(name) for name in item.facts if name in self.asked]:
                dated = [f"{one.title}, {one.date}" if one.date else one.title for one in item.sources]
                place = ":".join(map(str, item.place_of("")))
                yield {"owner": item.owner, "place": place, "facts": facts, "sources": dated}

    def disputed(self) -> Iterator[dict[str, Any]]:
        for item in self.verdict.scenario.disputed:
            if item.fact in self.asked:
                yield {"fact": item.fact, "note": item.note}

    def question(self, question: Question) -> dict[str, Any]:
        return {
            "name": question.name,
            "text": question.text,
            "members": list(question.members),
            "narrows": any(effect.span != self.verdict.span for effect in question.effects),
            "effects": [
                {
                    "answers": list(effect.answers),
                    "words": self._answers(question.name, effect.answers),
                    **span_record(effect.span),
                }
                for effect in question.effects
            ],
        }

    def _answers(self, name: str, answers: Iterable[str]) -> list[str]:
        fact = self.words.facts.get(name)
        if fact is None:
            return list(answers)
        if isinstance(fact, SetOf | CodeSet):
            words = (word if word == _NONE else member_words(fact, [word]) for word in answers)
            return list(dict.fromkeys("another entry" if word == "an entry" else word for word in words))
        return short_labels(fact, answers)

    def fact(self, name: str) -> dict[str, Any]:
        """A fact with its answer and where that comes from; a set as far as it was settled."""
        fact, value = self.words.facts.get(name), self.answers.get(name)
        if fact is None:
            return {"fact": name, "question": name, "answer": str(value), "origin": None}
        in_part = value is None and isinstance(fact, SetOf | CodeSet)
        return {
            "fact": name,
            "question": fact.question,
            "answer": "; ".join(self._members(fact)) if in_part else answer_words(fact, value),
            "origin": self.known.origins.get(name, "inferred"),
        }

    def _members(self, fact: Fact) -> Iterator[str]:
        worked = self.verdict._derivation
        for question in worked.program.every_question.about.get(fact.key, ()):
            truth = worked.answers.get(question.key)
            if truth is not None:
                member = member_words(fact, [question.member])
                yield member if truth else f"not {member}"

    # duties, readings, limits -----------------------------------------------------------------

    def duty(self, duty: Duty, applies: bool | None) -> dict[str, Any]:
        parts = self.verdict.ruleset.parts()
        source = next((part for part in parts if duty in part.provisions.duties), None)
        known = source.evidence(duty) if source else duty.checked
        return {
            **duty_record(duty, applies),
            "url": duty.cite.url(self.verdict.as_of, self.lang),
            "deadline": duty.deadline,
            "breach": str(duty.breach) if duty.breach else None,
            "checked": str(known.level) if known else None,
            "evidence": known.record() if known else None,
        }

    def glosses(self) -> Iterator[dict[str, Any]]:
        """What the texts add to the questions on which this verdict is based, or that are open."""
        asked = {*self.facts_behind(self.counting), *(item.name for item in self.verdict.questions)}
        for gloss in (gloss for part in self.applied for gloss in part.glosses):
            if gloss.fact.key in asked:
                yield {**self.cite(gloss.cite), "fact": gloss.fact.key, "says": gloss.text}

    def doubt(self, item: Interpretation, reading: str | None) -> dict[str, Any]:
        """A doubt with its reading, how the reason for its default is known, and the other readings."""
        others = list(alternative_readings(self.verdict, [(item, reading)]))
        holders = (part for part in self.verdict.ruleset.parts() if item in part.doubts)
        known = next(holders, self.verdict.ruleset).evidence(item)
        return {
            "id": item.id,
            "cite": str(item.cite),
            "url": item.cite.url(self.verdict.as_of, self.lang),
            "question": item.question,
            "reading": reading,
            "says": item.readings.get(reading, "") if reading else "",
            "default": reading == item.default,
            "reason": item.reason,
            "checked": str(known.level),
            "evidence": known.record(),
            "matters": any(other.differs for other in others),
            "others": [
                {"reading": one.reading, "says": item.readings[one.reading], "result": one.result}
                for one in others
            ],
        }

    def left_out(self) -> Iterator[dict[str, Any]]:
        """What is not encoded, and whether it is close to a provision that counts here."""
        findings = (*self.verdict.deciding, *self.verdict.open, *self.closest)
        near = {place for finding in findings for place in _places(finding.rule.cite)}
        for item in self.verdict.not_encoded:
            is_near = bool(near & _places(item.cite))
            yield {**self.cite(item.cite), "what": item.what, "why": item.why, "near": is_near}

    def law(self) -> Iterator[dict[str, Any]]:
        """The texts that were read."""
        cited = {finding.rule.cite.instrument for finding in self.counting}
        for text in dict.fromkeys(text for part in self.applied for text in part.instruments):
            yield {
                "name": text.name,
                "title": text.title,
                "reference": text.reference,
                "url": text.url(self.verdict.as_of, self.lang),
                "cited": text in cited,
            }


_NONE = "none of these"
"""How an answer that no open member belongs to a set is worded."""


def _statement(statement: Statement) -> dict[str, Any]:
    return {
        "title": statement.title,
        "said_by": str(statement.said_by),
        "date": str(statement.date) if statement.date else None,
        "checked": str(statement.checked.level),
        "url": statement.address or None,
    }


def _rows_held(finding: Finding) -> Iterator[dict[str, Any]]:
    """The rows of tables on which the holding of a rule is based, those of one source together."""
    sources: dict[tuple[str, str, str], dict[str, None]] = {}
    for term in finding.rests_on() if finding.holds else ():
        if row := table_row(term):
            alike = (row.table, row.source, str(term.checked.level if term.checked else ""))
            sources.setdefault(alike, {})[row.place] = None
    for (table, source, checked), places in sources.items():
        yield {"table": table, "rows": list(places), "source": source, "checked": checked}


def _places(cite: Citation) -> set[tuple[str, str]]:
    """The articles and annexes that a citation names."""
    found = re.findall(r"(?:Arts?\.? ?|Annex )([\dIVX]+[a-z]?)", cite.pinpoint) or [cite.pinpoint]
    return {(cite.instrument.name, place) for place in found}
