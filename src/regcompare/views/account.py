"""The account of a verdict as plain data: what follows, from which provisions, on what it hangs.

Text and HTML say the same; they are written from this.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

import attrs

from regcompare.comparison.comparison import duty_record, record
from regcompare.comparison.sensitivity import asked_doubts, otherwise
from regcompare.facts import CodeSet, SetOf
from regcompare.law import Citation, Evidence, Statement
from regcompare.logic.conditions import Trace, walk
from regcompare.ruleset.rules import Duty, Interpretation, NotEncoded, Outcome, Rule
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Established, Source, established
from regcompare.verdict.verdict import Finding, Question, Verdict
from regcompare.words.lexicon import (
    Lexicon,
    answer_words,
    each_answer,
    lexicon,
    member_words,
)
from regcompare.words.reasons import Reason, reasons
from regcompare.words.rows import table_row

from .sentences import verdict_sentence
from .tables import NOT_ADVICE

__all__ = ["account"]


def account(verdict: Verdict, lang: str = "en") -> dict[str, Any]:
    """Returns everything that is said about a verdict, as plain data, with links in a language."""
    told = _Account(verdict, lang)
    data = record(verdict, lang)
    return {
        **data,
        "regime": verdict.ruleset.title,
        "sentence": verdict_sentence(verdict),
        "scope_reasons": [told.reason(reason) for reason in told.scope_reasons()],
        "rules": [told.rule(finding) for finding in (*verdict.holding, *verdict.open)],
        "closest": [told.near_miss(finding) for finding in told.closest()],
        "hangs_on": told.hangs_on(),
        "questions": [told.question(question) for question in verdict.questions],
        "duties": [told.duty(duty, applies) for duty, applies in verdict.duties],
        "presumed": [told.fact(name) for name in verdict.presumed],
        "inferred": [told.fact(name) for name in verdict.inferred],
        "added": list(told.added()),
        "disputed": [{"fact": item.fact, "note": item.note} for item in told.disputed()],
        "glosses": list(told.glosses()),
        "readings": [told.doubt(item, reading) for item, reading in asked_doubts(verdict)],
        "not_encoded": [told.left_out(item) for item in verdict.not_encoded],
        "law": list(told.law()),
        "notice": NOT_ADVICE,
    }


@attrs.frozen(eq=False, slots=False)
class _Account:
    """What is said about one verdict, part by part."""

    verdict: Verdict
    lang: str = "en"

    @cached_property
    def words(self) -> Lexicon:
        return lexicon(self.verdict.ruleset)

    @cached_property
    def known(self) -> Established:
        return established(self.verdict.scenario, self.verdict.ruleset.vocabulary)

    @cached_property
    def answers(self) -> Mapping[str, Any]:
        """What was walked, and the sets that were stated as a whole."""
        return {**self.known.values, **self.verdict._worked.answers}

    @property
    def applied(self) -> list[Ruleset]:
        """The rulesets that were applied: the one asked for, those beside it, and its base."""
        base = self.verdict.base
        return [self.verdict.ruleset, *self.verdict.ruleset.beside, *([base] if base else [])]

    # rules ------------------------------------------------------------------------------------

    def why(self, trace: Trace, rule: Rule | None = None) -> tuple[Reason, ...]:
        """The reasons of a step; citations of the rule's own text are given by their place."""
        words = self.words.within(rule.cite.instrument) if rule else self.words
        return reasons(trace, words, answers=self.answers)

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
        trace = finding.trace
        return {
            "id": finding.rule.id,
            **self.cite(finding.rule.cite),
            "ruleset": finding.ruleset.id,
            "holds": finding.holds,
            "decides": finding.decides,
            "moves": self.moves(finding),
            "outcome": finding.rule.then.word,
            "sentence": finding.rule.sentence,
            "states": finding.rule.states,
            "triggered_by": str(finding.rule.triggered_by),
            "standing": finding.standing,
            "history": finding.rule.cite.history,
            "lifts": [rule.id for rule in finding.rule.lifts],
            "lifted_by": [rule.id for rule in finding.lifted_by],
            "surely_lifted": any(self.verdict.finding(r.id).holds for r in finding.lifted_by),
            "checked": str(finding.checked),
            "evidence": finding.evidence.record(),
            "either_way": finding.holds is not None and trace.truth is None,
            "reasons": [self.reason(reason) for reason in self.why(trace, finding.rule)],
            "rests_on": list(_rows_held(finding)),
            "statements": [_statement(item) for item in finding.rule.rests_on],
        }

    def moves(self, finding: Finding) -> bool:
        """Whether an open rule could still change the outcome, itself or by lifting another."""
        span = self.verdict.span
        if finding.holds is not None or span is None or span.is_settled:
            return False
        others = (rule.id for other in self.verdict.findings for rule in other.lifted_by)
        return finding.rule.then > span.low or finding.rule.id in others

    def closest(self) -> list[Finding]:
        """Of a weak outcome, the stricter rules that failed for want of one thing."""
        weak = self.verdict.low in (Outcome.NO_CONTROL, Outcome.GENERAL_AUTHORISATION)
        return [finding for finding in self.verdict.closest if weak and not finding.rule.lifts]

    def near_miss(self, finding: Finding) -> dict[str, Any]:
        because = self.why(finding.trace, finding.rule)
        return {
            "id": finding.rule.id,
            **self.cite(finding.rule.cite),
            "outcome": finding.rule.then.word,
            "sentence": finding.rule.sentence,
            "missing": [self.reason(reason) for reason in because],
        }

    def scope_reasons(self) -> tuple[Reason, ...]:
        """Why the ruleset does not apply, or why that is open."""
        if self.verdict.in_scope or self.verdict.in_force is False:
            return ()
        worked = self.verdict._worked
        return self.why(walk(worked.program.scope, worked.answers, worked.seen))

    # what it depends on -------------------------------------------------------------------------

    def marks(self, name: str) -> list[str]:
        """Whether a fact is presumed, inferred, disputed, changed as if from elsewhere, or added."""
        disputed = {item.fact for item in self.verdict.scenario.disputed}
        kinds = {
            "presumed": self.verdict.presumed,
            "inferred": self.verdict.inferred,
            "disputed": disputed,
            "changed": as_if.changed if (as_if := self.verdict.scenario.as_if) else (),
            "added": {name for item in self.verdict.scenario.annotations for name in item.facts},
        }
        return [mark for mark, names in kinds.items() if name in names]

    def hangs_on(self) -> dict[str, list[str]]:
        """The facts that are presumed, inferred or disputed among those that decide."""
        shown = [*self.verdict.deciding, *self.closest()]
        reasons_given = (reason for finding in shown for reason in self.why(finding.trace))
        names = dict.fromkeys(name for reason in reasons_given for name in reason.facts)
        marks = ("presumed", "inferred", "disputed")
        return {mark: [name for name in names if mark in self.marks(name)] for mark in marks}

    def added(self) -> Iterator[dict[str, Any]]:
        """The annotations of the case, each with the facts of it that the ruleset asks about."""
        asked = self.verdict._worked.program.questions.about
        for item in self.verdict.scenario.annotations:
            if facts := [self.fact(name) for name in item.facts if name in asked]:
                yield {
                    "owner": item.owner,
                    "place": ":".join(map(str, item.place_of(""))),
                    "facts": facts,
                    "sources": [_dated(source) for source in item.sources],
                }

    def disputed(self) -> Iterator[Any]:
        """The disputed facts that the ruleset asks about."""
        asked = self.verdict._worked.program.questions.about
        return (item for item in self.verdict.scenario.disputed if item.fact in asked)

    def question(self, question: Question) -> dict[str, Any]:
        span = self.verdict.span
        return {
            "name": question.name,
            "text": question.text,
            "members": list(question.members),
            "narrows": any(effect.span != span for effect in question.effects),
            "effects": [
                {
                    "answers": list(effect.answers),
                    "words": self._answers(question.name, effect.answers),
                    "low": effect.span.low.word,
                    "high": effect.span.high.word,
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
        return each_answer(fact, answers)

    def fact(self, name: str) -> dict[str, Any]:
        """A fact with its answer and where that comes from; a set as far as it was settled."""
        fact = self.words.facts.get(name)
        value = self.answers.get(name)
        if fact is None:
            return {"fact": name, "question": name, "answer": str(value), "origin": None}
        if value is None and isinstance(fact, SetOf | CodeSet):
            answer = "; ".join(self._members(name, fact))
        else:
            answer = answer_words(fact, value)
        return {
            "fact": name,
            "question": fact.question,
            "answer": answer,
            "origin": self.known.origins.get(name, "inferred"),
        }

    def _members(self, name: str, fact: SetOf[str] | CodeSet) -> Iterator[str]:
        worked = self.verdict._worked
        for question in worked.program.every_question.about.get(name, ()):
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

    def evidence(self, doubt: Interpretation) -> Evidence:
        """How the reason for the default of a doubt is known."""
        parts = (part for part in self.verdict.ruleset.parts() if doubt in part.doubts)
        return next(parts, self.verdict.ruleset).evidence(doubt)

    def glosses(self) -> Iterator[dict[str, Any]]:
        """What the texts add to the questions on which this verdict is based, or that are open."""
        reasons_given = (
            reason
            for finding in (*self.verdict.holding, *self.verdict.open, *self.closest())
            for reason in self.why(finding.trace)
        )
        asked = dict.fromkeys(name for reason in reasons_given for name in reason.facts)
        asked |= dict.fromkeys(question.name for question in self.verdict.questions)
        for gloss in (gloss for part in self.applied for gloss in part.glosses):
            if gloss.fact.key in asked:
                yield {**self.cite(gloss.cite), "fact": gloss.fact.key, "says": gloss.text}

    def doubt(self, item: Interpretation, reading: str | None) -> dict[str, Any]:
        """A doubt with its reading, and what the other readings would give."""
        others = list(otherwise(self.verdict, [(item, reading)]))
        known = self.evidence(item)
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
                {
                    "reading": other.reading,
                    "says": item.readings[other.reading],
                    "result": other.result,
                }
                for other in others
            ],
        }

    def left_out(self, item: NotEncoded) -> dict[str, Any]:
        """Something not encoded, and whether it is close to a provision that counts here."""
        findings = (*self.verdict.deciding, *self.verdict.open, *self.closest())
        near = {place for finding in findings for place in _places(finding.rule.cite)}
        return {
            **self.cite(item.cite),
            "what": item.what,
            "why": item.why,
            "near": bool(near & _places(item.cite)),
        }

    def law(self) -> Iterator[dict[str, Any]]:
        """The texts that were read."""
        verdict = self.verdict
        findings = (*verdict.holding, *verdict.open, *self.closest())
        cited = {finding.rule.cite.instrument for finding in findings}
        for text in dict.fromkeys(text for part in self.applied for text in part.instruments):
            yield {
                "name": text.name,
                "title": text.title,
                "reference": text.reference,
                "url": text.url(verdict.as_of, self.lang),
                "cited": text in cited,
            }


def _dated(source: Source) -> str:
    return f"{source.title}, {source.date}" if source.date else source.title


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
        row = table_row(term)
        if row is not None:
            alike = (row.table, row.source, str(term.checked.level if term.checked else ""))
            sources.setdefault(alike, {})[row.place] = None
    for (table, source, checked), places in sources.items():
        yield {"table": table, "rows": list(places), "source": source, "checked": checked}


def _places(cite: Citation) -> set[tuple[str, str]]:
    """The articles and annexes that a citation names."""
    found = re.findall(r"(?:Arts?\.? ?|Annex )([\dIVX]+[a-z]?)", cite.pinpoint) or [cite.pinpoint]
    return {(cite.instrument.name, place) for place in found}
