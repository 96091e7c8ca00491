"""The account of a verdict as plain data: the result, its provisions, and what it depends on.

Text and HTML are both written from it.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import attrs

from regcompare.comparison.data import to_data
from regcompare.comparison.records import duty_record, record, rule_record
from regcompare.facts import CodeSet, Fact, SetOf
from regcompare.law import Citation, Statement
from regcompare.logic.conditions import Trace
from regcompare.ruleset.rules import Duty, Interpretation, Outcome, Rule
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.established import EstablishedFacts, established_facts
from regcompare.verdict.verdict import AlternativeReading, Finding, Question, Verdict
from regcompare.words.lexicon import (
    Lexicon,
    answer_words,
    lexicon,
    member_words,
    short_labels,
)
from regcompare.words.reasons import Reason, reasons
from regcompare.words.rows import table_row

from .sentences import NOT_ADVICE, verdict_sentence


def account(verdict: Verdict, lang: str = "en") -> dict[str, Any]:
    """Returns the whole account of a verdict as plain data, with links in a language."""
    writer = _AccountWriter(verdict, lang)
    return {
        **record(verdict, lang),
        "regime": verdict.ruleset.title,
        "sentence": verdict_sentence(verdict),
        "scope_reasons": list(map(writer.reason, writer.scope_reasons())),
        "rules": [writer.rule(finding) for finding in (*verdict.holding, *verdict.open)],
        "closest": list(map(writer.near_miss, writer.closest)),
        "hangs_on": writer.dependence(),
        "questions": list(map(writer.question, verdict.questions)),
        "duties": [writer.duty(duty, applies) for duty, applies in verdict.duties],
        "presumed": list(map(writer.fact, verdict.presumed)),
        "inferred": list(map(writer.fact, verdict.inferred)),
        "added": list(writer.added()),
        "disputed": list(writer.disputed()),
        "glosses": list(writer.glosses()),
        "readings": list(writer.doubts()),
        "not_encoded": list(writer.omissions()),
        "law": list(writer.law()),
        "notice": NOT_ADVICE,
    }


@attrs.frozen(eq=False, slots=False)
class _AccountWriter:
    """Writes the account of one verdict, part by part."""

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
        """The answers that were evaluated, and the sets stated as a whole."""
        return {**self.known.values, **self.verdict.answers}

    @property
    def asked(self) -> Container[str]:
        """The facts about which the ruleset asks."""
        return self.verdict.program.questions.about

    @property
    def applied(self) -> list[Ruleset]:
        """The rulesets applied: the one asked for, those combined with it, and its base."""
        base = self.verdict.base
        return [self.verdict.ruleset, *self.verdict.ruleset.beside, *([base] if base else [])]

    @cached_property
    def closest(self) -> list[Finding]:
        """For a weak outcome, the stricter rules that fail on a single point."""
        weak = self.verdict.low in (Outcome.NO_CONTROL, Outcome.GENERAL_AUTHORISATION)
        return [finding for finding in self.verdict.closest if weak and not finding.rule.lifts]

    @property
    def relevant_findings(self) -> list[Finding]:
        """The rules that hold or may hold, and the closest."""
        return [*self.verdict.holding, *self.verdict.open, *self.closest]

    # rules ------------------------------------------------------------------------------------

    def why(self, trace: Trace, rule: Rule | None = None) -> tuple[Reason, ...]:
        """The reasons of a step; citations of the rule's own instrument give only their place."""
        words = self.words.within(rule.cite.instrument) if rule else self.words
        return reasons(trace, words, answers=self.answers)

    def facts_behind(self, findings: Iterable[Finding]) -> dict[str, None]:
        decisive_reasons = (reason for finding in findings for reason in self.why(finding.trace))
        return dict.fromkeys(name for reason in decisive_reasons for name in reason.facts)

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
            **rule_record(finding, self.lang),
            **self.cite(rule.cite),
            "moves": self.moves(finding),
            "sentence": rule.sentence,
            "note": rule.note or None,
            "states": rule.states,
            "history": rule.cite.history,
            "lifts": [other.id for other in rule.lifts],
            "surely_lifted": any(
                self.verdict.finding(overriding.id).holds for overriding in finding.lifted_by
            ),
            "either_way": finding.holds is not None and trace.truth is None,
            "reasons": list(map(self.reason, self.why(trace, rule))),
            "rests_on": list(_decisive_rows(finding)),
            "statements": list(map(_statement_record, rule.rests_on)),
        }

    def moves(self, finding: Finding) -> bool:
        """Whether an open rule could still change the outcome, itself or by overriding another."""
        span = self.verdict.span
        if finding.holds is not None or span is None or span.is_settled:
            return False
        overriding_ids = (rule.id for other in self.verdict.findings for rule in other.lifted_by)
        return finding.rule.then > span.low or finding.rule.id in overriding_ids

    def near_miss(self, finding: Finding) -> dict[str, Any]:
        return {
            "id": finding.rule.id,
            **self.cite(finding.rule.cite),
            "outcome": finding.rule.then.word,
            "sentence": finding.rule.sentence,
            "missing": list(map(self.reason, self.why(finding.trace, finding.rule))),
        }

    def scope_reasons(self) -> tuple[Reason, ...]:
        """Why the ruleset does not apply, or why it is not known whether it does."""
        if self.verdict.in_scope or self.verdict.in_force is False:
            return ()
        return self.why(self.verdict.walk(self.verdict.program.scope))

    # what it depends on -------------------------------------------------------------------------

    def marks(self, name: str) -> list[str]:
        """How a fact is known, if not simply stated: presumed, inferred, disputed, changed or added."""
        case = self.verdict.scenario
        facts_by_mark: dict[str, Container[str]] = {
            "presumed": self.verdict.presumed,
            "inferred": self.verdict.inferred,
            "disputed": {dispute.fact for dispute in case.disputed},
            "changed": case.as_if.changed if case.as_if else (),
            "added": {fact for annotation in case.annotations for fact in annotation.facts},
        }
        return [mark for mark, names in facts_by_mark.items() if name in names]

    def dependence(self) -> dict[str, list[str]]:
        """The deciding facts that are presumed, inferred or disputed."""
        names = self.facts_behind([*self.verdict.deciding, *self.closest])
        marks = ("presumed", "inferred", "disputed")
        return {mark: [name for name in names if mark in self.marks(name)] for mark in marks}

    def added(self) -> Iterator[dict[str, Any]]:
        """The annotations of the case, each with those of its facts that the ruleset asks about."""
        for annotation in self.verdict.scenario.annotations:
            if facts := [self.fact(name) for name in annotation.facts if name in self.asked]:
                sources = [
                    f"{source.title}, {source.date}" if source.date else source.title
                    for source in annotation.sources
                ]
                place = str(annotation.place_of(""))
                yield {"owner": annotation.owner, "place": place, "facts": facts, "sources": sources}

    def disputed(self) -> Iterator[dict[str, Any]]:
        for dispute in self.verdict.scenario.disputed:
            if dispute.fact in self.asked:
                yield {"fact": dispute.fact, "by": dispute.by or None, "note": dispute.note}

    def question(self, question: Question) -> dict[str, Any]:
        return {
            "name": question.name,
            "text": question.text,
            "members": list(question.members),
            "narrows": any(effect.span != self.verdict.span for effect in question.effects),
            "effects": [
                {
                    "answers": list(effect.answers),
                    "words": self._answer_words(question.name, effect.answers),
                    **to_data(effect.span),
                }
                for effect in question.effects
            ],
        }

    def _answer_words(self, name: str, answers: Iterable[str]) -> list[str]:
        fact = self.words.facts.get(name)
        if fact is None:
            return list(answers)
        if isinstance(fact, SetOf | CodeSet):
            words = (word if word == _NONE else member_words(fact, [word]) for word in answers)
            return list(dict.fromkeys("another entry" if word == "an entry" else word for word in words))
        return short_labels(fact, answers)

    def fact(self, name: str) -> dict[str, Any]:
        """A fact with its answer and the answer's origin; a set as far as it is settled."""
        fact, value = self.words.facts.get(name), self.answers.get(name)
        if fact is None:
            return {"fact": name, "question": name, "answer": str(value), "origin": None}
        is_partial = value is None and isinstance(fact, SetOf | CodeSet)
        return {
            "fact": name,
            "question": fact.question,
            "answer": "; ".join(self._members(fact)) if is_partial else answer_words(fact, value),
            "origin": self.known.origins.get(name, "inferred"),
        }

    def _members(self, fact: Fact) -> Iterator[str]:
        for question in self.verdict.program.leaves.questions.about.get(fact.key, ()):
            truth = self.verdict.answers.get(question.key)
            if truth is not None:
                member = member_words(fact, [question.member])
                yield member if truth else f"not {member}"

    # duties, readings, limits -----------------------------------------------------------------

    def duty(self, duty: Duty, applies: bool | None) -> dict[str, Any]:
        parts = self.verdict.ruleset.parts()
        source = next((part for part in parts if duty in part.provisions.duties), None)
        evidence = source.evidence(duty) if source else duty.checked
        return {
            **duty_record(duty, applies),
            "url": duty.cite.url(self.verdict.as_of, self.lang),
            "deadline": duty.deadline,
            "breach": str(duty.breach) if duty.breach else None,
            "checked": str(evidence.level) if evidence else None,
            "evidence": evidence.record() if evidence else None,
        }

    def glosses(self) -> Iterator[dict[str, Any]]:
        """What the texts add to the questions that decide this verdict, or are open."""
        relevant = {
            *self.facts_behind(self.relevant_findings),
            *(question.name for question in self.verdict.questions),
        }
        for gloss in (gloss for part in self.applied for gloss in part.glosses):
            if gloss.fact.key in relevant:
                yield {**self.cite(gloss.cite), "fact": gloss.fact.key, "says": gloss.text}

    def doubts(self) -> Iterator[dict[str, Any]]:
        """The doubts that are asked about; only these have other readings."""
        for doubt, reading in self.verdict.assumed:
            if others := [item for item in self.verdict.other_readings if item.doubt is doubt]:
                yield self.doubt(doubt, reading, others)

    def doubt(
        self, doubt: Interpretation, reading: str | None, others: Sequence[AlternativeReading]
    ) -> dict[str, Any]:
        """A doubt with its reading, the source of the reason for its default, and the other readings."""
        declaring = (part for part in self.verdict.ruleset.parts() if doubt in part.doubts)
        evidence = next(declaring, self.verdict.ruleset).evidence(doubt)
        return {
            "id": doubt.id,
            "cite": str(doubt.cite),
            "url": doubt.cite.url(self.verdict.as_of, self.lang),
            "question": doubt.question,
            "reading": reading,
            "says": doubt.readings.get(reading, "") if reading else "",
            "default": reading == doubt.default,
            "reason": doubt.reason,
            "checked": str(evidence.level),
            "evidence": evidence.record(),
            "matters": any(other.differs for other in others),
            "others": [
                {"reading": other.reading, "says": doubt.readings[other.reading], "result": other.result}
                for other in others
            ],
        }

    def omissions(self) -> Iterator[dict[str, Any]]:
        """What is not encoded, and whether it is near a provision that matters here."""
        findings = (*self.verdict.deciding, *self.verdict.open, *self.closest)
        near_places = {place for finding in findings for place in _articles(finding.rule.cite)}
        for item in self.verdict.not_encoded:
            is_near = bool(near_places & _articles(item.cite))
            yield {**self.cite(item.cite), "what": item.what, "why": item.why, "near": is_near}

    def law(self) -> Iterator[dict[str, Any]]:
        """The texts that were read."""
        cited = {finding.rule.cite.instrument for finding in self.relevant_findings}
        for text in dict.fromkeys(text for part in self.applied for text in part.instruments):
            yield {
                "name": text.name,
                "title": text.title,
                "reference": text.reference,
                "url": text.url(self.verdict.as_of, self.lang),
                "cited": text in cited,
            }


_NONE = "none of these"
"""The answer that no open member belongs to a set, as effects word it."""


def _statement_record(statement: Statement) -> dict[str, Any]:
    return {
        "title": statement.title,
        "said_by": str(statement.said_by),
        "date": str(statement.date) if statement.date else None,
        "checked": str(statement.checked.level),
        "url": statement.address or None,
    }


def _decisive_rows(finding: Finding) -> Iterator[dict[str, Any]]:
    """The table rows on which a holding rule is based, grouped by source."""
    sources: dict[tuple[str, str, str], dict[str, None]] = {}
    for term in finding.rests_on() if finding.holds else ():
        if row := table_row(term):
            evidence = finding.known_by(term)
            key = (row.table, row.source, str(evidence.level if evidence else ""))
            sources.setdefault(key, {})[row.place] = None
    for (table, source, level), places in sources.items():
        yield {"table": table, "rows": list(places), "source": source, "checked": level}


def _articles(cite: Citation) -> set[tuple[str, str]]:
    names = re.findall(r"(?:Arts?\.? ?|Annex )([\dIVX]+[a-z]?)", cite.pinpoint) or [cite.pinpoint]
    return {(cite.instrument.name, place) for place in names}
