"""Why a verdict is what it is, what would settle it, and what it depends on."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

import attrs

from regcompare.law import Citation, Instrument
from regcompare.logic.conditions import Derivation, ends_of, nodes
from regcompare.ruleset.currency import later_tables
from regcompare.ruleset.gloss import Gloss
from regcompare.ruleset.rules import NotEncoded, Outcome
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.provenance import Disputed
from regcompare.verdict.questions import Question
from regcompare.verdict.verdict import Finding, Verdict
from regcompare.vocabulary import FACTS_DATE, LAW_DATE, Destination, EndUser, Exporter, Transaction
from regcompare.vocabulary.dated import DatedTable, tables_in
from regcompare.words.catalogues import ENGLISH, Language
from regcompare.words.lexicon import Lexicon, answer_words, lexicon, member_words
from regcompare.words.reasons import Reason, reasons


@attrs.frozen
class FactAnswer:
    """A fact with its answer.

    Attributes:
        fact: The name of the fact.
        question: The question, in plain words.
        answer: The answer in words; of a set that is settled in part, the members that are.
        origin: Where the answer comes from: ``stated``, ``presumed`` in the file, ``ordinary`` or
            another layer, or ``inferred``; null where the ruleset does not know the fact.
    """

    fact: str
    question: str
    answer: str
    origin: str | None


@attrs.frozen
class AddedFacts:
    """Facts that others added to the case.

    Attributes:
        owner: Whose the added facts are.
        place: The file, line and column.
        facts: The facts, with their answers.
        sources: Where they come from.
    """

    owner: str
    place: str
    facts: tuple[FactAnswer, ...]
    sources: tuple[str, ...]


@attrs.frozen
class TriedText:
    """A text whose rules on this kind of deal and this place were tried, and do not apply.

    Attributes:
        text: The text.
        cite: The rule of it that comes nearest.
        facts: The facts on which that rule fails.
    """

    text: Instrument
    cite: Citation
    facts: tuple[str, ...]

    __data__ = ("cite", "facts")


@attrs.frozen(eq=False, slots=False)
class Explanation:
    """The reasons of one verdict; each part is worked out when it is first asked for.

    Attributes:
        verdict: The verdict.
        language: The language of reasons, questions and answers.
    """

    verdict: Verdict
    language: Language = ENGLISH

    def __data__(self) -> dict[str, Any]:
        return {
            "scope_reasons": self.scope_reasons,
            "reasons": self.reasons,
            "closest": self.near_misses,
            "tried": self.tried,
            "depends_on": self.depends_on,
            "questions": self.verdict.questions,
            "presumed": self.presumed,
            "inferred": self.inferred,
            "added": self.added,
            "disputed": self.disputed,
            "glosses": self.glosses,
            "other_readings": self.verdict.other_readings,
            "not_encoded": self.verdict.not_encoded,
        }

    @cached_property
    def words(self) -> Lexicon:
        """The facts, doubts and powers of the ruleset."""
        return attrs.evolve(lexicon(self.verdict.ruleset), language=self.language)

    @cached_property
    def answers(self) -> Mapping[str, Any]:
        """The answers that were evaluated, and the sets stated as a whole."""
        return {**self.verdict.known.values, **self.verdict.answers}

    # rules ------------------------------------------------------------------------------------

    @cached_property
    def near_misses(self) -> tuple[Finding, ...]:
        """Of a weak outcome, the stricter rules that failed for want of one thing."""
        if self.verdict.low not in (Outcome.NO_CONTROL, Outcome.GENERAL_AUTHORISATION):
            return ()
        return tuple(finding for finding in self.verdict.near_misses if not finding.rule.overrides)

    @cached_property
    def tried(self) -> tuple[TriedText, ...]:
        """Of a result that no rule decides, the texts that were tried, with the strictest rules first.

        A rule was tried if it fails on the facts themselves, not on the kind, place or day of the deal.
        What fails on the fewest facts comes nearest.
        """
        if self.verdict.deciding or self.verdict.low is not Outcome.NO_CONTROL:
            return ()
        nearest: dict[Instrument, TriedText] = {}
        outcomes: dict[Instrument, Outcome] = {}
        for finding in self.verdict.findings:
            text, facts = finding.rule.cite.instrument, self._fails_on(finding)
            if not facts or any(map(is_formal, facts)) or finding.rule.overrides:
                continue
            if text not in nearest or len(facts) < len(nearest[text].facts):
                nearest[text] = TriedText(text, finding.rule.cite, facts)
            outcomes[text] = max(outcomes.get(text, finding.rule.then), finding.rule.then)
        return tuple(sorted(nearest.values(), key=lambda item: outcomes[item.text], reverse=True))

    def _fails_on(self, finding: Finding) -> tuple[str, ...]:
        """The facts because of which a rule fails; none where it does not."""
        if finding.holds is not False:
            return ()
        questions = self.verdict.program.questions
        keys = finding.derivation.deciding_questions()
        return tuple(dict.fromkeys(questions[key].name for key in keys if key in questions))

    @cached_property
    def later_tables(self) -> tuple[DatedTable, ...]:
        """The tables read at a later day than they were checked, what the result rests on first.

        It rests on the rules that decide or may, or else on those that were tried and on the closest.
        """
        verdict = self.verdict
        _, last = ends_of(verdict.scenario.known_day)
        later = later_tables(verdict.ruleset, verdict.as_of, last)
        tried = {item.cite for item in self.tried}
        near = [item for item in verdict.findings if item.rule.cite in tried]
        findings = (*verdict.deciding, *verdict.pivotal, *self.near_misses, *near)
        asked = tables_in(nodes(finding.rule.condition for finding in findings))
        return tuple(sorted(later, key=lambda table: table not in asked))

    @cached_property
    def relevant(self) -> tuple[Finding, ...]:
        """The rules that hold, strictest first, those that may hold, and the closest."""
        return (*self.verdict.holding, *self.verdict.open, *self.near_misses)

    @cached_property
    def reasons(self) -> Mapping[str, tuple[Reason, ...]]:
        """By rule, why it holds or fails, or what it is open on."""
        return {
            finding.rule.id: self._why(finding.derivation, finding.rule.cite.instrument)
            for finding in self.relevant
        }

    @cached_property
    def scope_reasons(self) -> tuple[Reason, ...]:
        """Reasons why it is out of scope, or why that is open."""
        if self.verdict.in_scope or self.verdict.in_force is False:
            return ()
        return self._why(self.verdict.derivation(self.verdict.program.scope))

    def _why(self, derivation: Derivation, own_text: Instrument | None = None) -> tuple[Reason, ...]:
        """The reasons of a step; citations of the rule's own text give only their place."""
        words = self.words.within(own_text) if own_text else self.words
        return reasons(derivation, words, answers=self.answers)

    def facts_of(self, *findings: Finding) -> tuple[str, ...]:
        """Returns the facts, doubts and powers on which rules hold, fail or are open."""
        why = (reason for finding in findings for reason in self.reasons[finding.rule.id])
        return tuple(dict.fromkeys(name for reason in why for name in reason.facts))

    # what it depends on ---------------------------------------------------------------------------

    @cached_property
    def _facts_by_mark(self) -> dict[str, Container[str]]:
        case = self.verdict.scenario
        return {
            "presumed": self.verdict.presumed,
            "inferred": self.verdict.inferred,
            "disputed": {dispute.fact for dispute in case.disputed},
            "changed": case.as_if.changed if case.as_if else (),
            "added": {fact for annotation in case.annotations for fact in annotation.facts},
        }

    def marks(self, name: str) -> list[str]:
        """Returns how a fact is known, if not simply stated."""
        return [mark for mark, names in self._facts_by_mark.items() if name in names]

    @cached_property
    def depends_on(self) -> Mapping[str, list[str]]:
        """The deciding facts that are presumed, inferred or disputed."""
        names = self.facts_of(*self.verdict.deciding, *self.near_misses)
        marks = ("presumed", "inferred", "disputed")
        return {mark: [name for name in names if mark in self.marks(name)] for mark in marks}

    @property
    def presumed(self) -> tuple[FactAnswer, ...]:
        """The facts that were assumed, with their answers."""
        return tuple(map(self._answer, self.verdict.presumed))

    @property
    def inferred(self) -> tuple[FactAnswer, ...]:
        """The facts that follow from others, with their answers."""
        return tuple(map(self._answer, self.verdict.inferred))

    @property
    def disputed(self) -> tuple[Disputed, ...]:
        """The facts that the file says are disputed, as far as the ruleset asks about them."""
        return tuple(item for item in self.verdict.scenario.disputed if self._is_asked(item.fact))

    @property
    def added(self) -> Iterator[AddedFacts]:
        """Facts that others added to the case, as far as the ruleset asks about them."""
        for annotation in self.verdict.scenario.annotations:
            if facts := tuple(map(self._answer, filter(self._is_asked, annotation.facts))):
                titles = ((source.title, source.date) for source in annotation.added.sources)
                sources = tuple(f"{title}, {date}" if date else title for title, date in titles)
                place = str(annotation.added.place)
                yield AddedFacts(annotation.owner, place, facts, sources)

    def _is_asked(self, name: str) -> bool:
        return name in self.verdict.program.questions.about

    def _answer(self, name: str) -> FactAnswer:
        fact, value = self.words.facts.get(name), self.answers.get(name)
        if fact is None:
            return FactAnswer(name, name, str(value), None)
        say, words = self.language.say, answer_words(fact, value, self.language)
        if value is None and fact.is_set:
            asked = self.verdict.program.atoms.questions.about.get(name, ())
            members = ((item.member, self.verdict.answers.get(item.key)) for item in asked)
            settled = (
                (member_words(fact, [item], language=self.language), truth)
                for item, truth in members
                if truth is not None
            )
            words = "; ".join(
                member if truth else say("not {member}", member=member) for member, truth in settled
            )
        origin = self.verdict.known.origins.get(name, "inferred")
        return FactAnswer(name, say(fact.question), words, origin)

    # questions and limits -------------------------------------------------------------------------

    @property
    def narrowing(self) -> list[Question]:
        """The open questions of which an answer alone would change the outcome."""
        questions, span = self.verdict.questions, self.verdict.span
        return [item for item in questions if any(effect.span != span for effect in item.effects)]

    @property
    def glosses(self) -> tuple[Gloss, ...]:
        """Words that the texts add to the questions that decide this verdict, or are open."""
        names = (*self.facts_of(*self.relevant), *self.verdict.open_questions)
        glosses = (gloss for part in self.applied for gloss in part.glosses)
        return tuple(gloss for gloss in glosses if gloss.fact.key in names)

    @property
    def applied(self) -> list[Ruleset]:
        """The rulesets applied: the one asked for, those combined with it, and its base."""
        base = self.verdict.base
        return [self.verdict.ruleset, *self.verdict.ruleset.beside, *([base] if base else [])]

    @property
    def nearby_omissions(self) -> list[NotEncoded]:
        """Omissions of the articles that the rules that matter here come from."""
        findings = (*self.verdict.deciding, *self.verdict.open, *self.near_misses)
        near = {place for finding in findings for place in _articles(finding.rule.cite)}
        return [item for item in self.verdict.not_encoded if near & _articles(item.cite)]


def is_formal(fact: str) -> bool:
    """Returns whether a fact is about the kind, place or day of a transaction."""
    return fact in _FORMAL


_FORMAL = {
    fact.key
    for fact in (
        Transaction.kind, Exporter.country, Destination.country, EndUser.country, FACTS_DATE, LAW_DATE,
    )
}  # fmt: skip


def _articles(cite: Citation) -> set[tuple[str, str]]:
    names: Iterable[str] = re.findall(r"(?:Arts?\.? ?|Annex )([\dIVX]+[a-z]?)", cite.pinpoint)
    return {(cite.instrument.name, place) for place in names or [cite.pinpoint]}
