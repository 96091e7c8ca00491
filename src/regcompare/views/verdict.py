"""One verdict as a document: what follows and why, what is open, assumed and left out."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import attrs

from regcompare.comparison.classes import classify
from regcompare.comparison.data import record, to_data
from regcompare.comparison.explanation import Explanation, TriedText, is_formal
from regcompare.facts import CodeSet, Fact, SetOf
from regcompare.law import Citation, Instrument, Statement
from regcompare.logic.conditions import Between, ends_of
from regcompare.ruleset.rules import CELL_WORDS, Breach, Interpretation, Outcome, Rule
from regcompare.verdict.questions import Effect, Question
from regcompare.verdict.verdict import AlternativeReading, Finding, Verdict
from regcompare.verdict.warnings import span_warning, table_warnings
from regcompare.words.catalogues import ENGLISH, Language
from regcompare.words.lexicon import Lexicon, listing, member_words, short_labels, short_list
from regcompare.words.reasons import Reason
from regcompare.words.rows import place_words, table_row

from .document import (
    Block,
    Bullets,
    Document,
    Entry,
    Inline,
    LineContent,
    Link,
    Note,
    Outcomes,
    Paragraph,
    Section,
    plain,
)
from .gates import said_of, why
from .render import Form, render
from .sentences import (
    CHECKED_WORDS,
    NAMES_IN_ENGLISH,
    NOT_ADVICE,
    answers_words,
    cell_words,
    citation_list,
    comment,
    derogation_clause,
    evidence_words,
    known_from,
    one_line,
    outcome_words,
    outcomes,
    result_cell,
    rule_outcome_words,
    rule_outcomes,
    verdict_outcomes,
    verdict_sentence,
)


def explain_text(
    verdict: Verdict,
    *,
    full: bool = False,
    lang: str = "en",
    language: Language = ENGLISH,
    form: Form = "text",
    more: Iterable[Block] = (),
) -> str:
    """Returns why a verdict is what it is, what would settle it, and how sure it is.

    Args:
        verdict: The verdict.
        full: Whether to give every rule with its reasons, duties, assumptions, interpretations and
            omissions; otherwise only what fits on a screen.
        lang: The language of the law texts to which links lead; as text, only the short account prints
            their addresses.
        language: The language of what is said; law that nobody has translated is in English, and is
            marked so.
        form: The form.
        more: Blocks to append.
    """
    document = explain_document(verdict, full=full, lang=lang, language=language, more=more)
    width = None if full else _SCREEN_WIDTH
    return render(document, form, width=width)


def explain_document(
    verdict: Verdict,
    *,
    full: bool = False,
    lang: str = "en",
    language: Language = ENGLISH,
    more: Iterable[Block] = (),
) -> Document:
    """Returns why a verdict is what it is; the arguments are those of ``explain_text``."""
    writer, case = _Writer(Explanation(verdict, language), lang, language), verdict.scenario
    title = language.say(case.title)
    if not full:
        room = _SCREEN_WIDTH - len(case.id) - 3
        title = textwrap.shorten(title, room, placeholder=" ...")
        return Document(f"{title} ({case.id})" if title else case.id, [*writer.on_one_screen(), *more])
    result = (
        f"{language.say(verdict.ruleset.title)} ({verdict.ruleset.id}): ",
        verdict_outcomes(verdict, result_cell(verdict, language) if language.mark else ""),
        f". {why(verdict, language).text}",
    )
    named = f"{title} ({case.id})" if title else case.id
    in_english = language.say(NAMES_IN_ENGLISH) if language.mark else ""
    story, sentence = language.say(case.story), verdict_sentence(verdict, language=language)
    return Document(named, [story, result, sentence, in_english, *writer.in_full(), *more])


def explain_data(verdict: Verdict, lang: str = "en") -> dict[str, Any]:
    """Returns what ``explain`` says as plain data: the verdict, its sentence, and the explanation."""
    explanation = to_data(Explanation(verdict), lang, verdict.as_of)
    return {**record(verdict, lang), "sentence": verdict_sentence(verdict), **explanation}


@attrs.frozen(eq=False)
class _Writer:
    """Writes an explanation, part by part.

    Attributes:
        explanation: The explanation.
        lang: The language in which links lead to the law.
        language: The language of what is said.
        seen: Reasons already given in full, which need not be repeated.
    """

    explanation: Explanation
    lang: str
    language: Language
    seen: set[str] = attrs.field(factory=set)

    @property
    def verdict(self) -> Verdict:
        return self.explanation.verdict

    @property
    def say(self) -> Callable[..., str]:
        return self.language.say

    @property
    def is_settled(self) -> bool:
        return self.verdict.low is self.verdict.high

    def link(self, cite: Citation | Instrument, words: str = "") -> Link:
        return Link(words or str(cite), cite.url(self.verdict.as_of, self.lang))

    def in_full(self) -> Iterator[Block]:
        """Every part."""
        verdict, explanation, say = self.verdict, self.explanation, self.say
        yield Paragraph(self._age())
        yield from self.decisive()
        if how := _review_words(verdict, self.language):
            yield Section(say("How the licence is decided"), [f"{how[0].upper()}{how[1:]}."])
        others = (finding for finding in verdict.holding if not finding.decides)
        yield Section(say("Other rules that hold"), map(self._rule, others))
        tried = Bullets(map(self._tried, self.explanation.tried))
        yield Section(say("Texts that were tried, and what failed"), [tried])
        yield from (*self.open_rules(), *self.questions(), self.near_misses(), self.dependence())
        yield self.duties()
        for title, facts in (
            (say("Assumed, not stated"), explanation.presumed),
            (say("Inferred from other facts"), explanation.inferred),
        ):
            lines = (f"{item.question} – {item.answer} ({item.fact})" for item in facts)
            yield Section(title, [Bullets(lines)])
        glosses = (
            (f"{gloss.fact.key}: ", self.link(gloss.cite), f": {self.language.quote_law(gloss.text)}")
            for gloss in explanation.glosses
        )
        yield Section(say("What the texts add to the questions"), [Bullets(glosses)])
        yield from (self.added(), self.readings(), *self.limits(), self.texts_read())

    # rules and their reasons ----------------------------------------------------------------------

    def decisive(self) -> Iterator[Block]:
        verdict, deciding, say = self.verdict, self.verdict.deciding, self.say
        title = say("Why it does not apply" if verdict.in_scope is False else "Whether it applies")
        yield Section(title, [Bullets(map(self._marked, self.explanation.scope_reasons))])
        if verdict.span is None:
            return
        if not deciding:
            yield Paragraph(
                say(
                    "No single rule decides: whichever way the open facts are answered, one of those "
                    "below does."
                    if verdict.low is not Outcome.NO_CONTROL
                    else "No rule that holds requires more."
                    if verdict.holding
                    else "No encoded rule is certain to hold."
                    if verdict.open
                    else "No encoded rule holds."
                )
            )
        is_weaker = deciding and verdict.checked not in {finding.checked for finding in deciding}
        known = known_from(verdict, self.language)
        weakest = say("Law known from: {source}.", source=known) if is_weaker else None
        title = say("What decides" if self.is_settled else "What decides the minimum")
        yield Section(title, [*map(self._rule, deciding), weakest])

    def _age(self) -> str:
        """Names the texts last read before the day of the law; says if only that opens the result."""
        say = self.language.say
        aged = self.verdict.aged
        texts = [say("{law} is known up to {day}", law=text, day=through) for text, through in aged]
        if not texts:
            return ""
        known = say("{texts}; since then open.", texts=self._listed(texts))
        alone = say("For this reason alone the result is open.") if self.verdict.is_open_by_age else ""
        return f"{known[:1].upper()}{known[1:]} {alone}".rstrip()

    def _tried(self, item: TriedText) -> tuple[Inline, ...]:
        return (self.link(item.cite), self.say(": fails on {facts}", facts=self._listed(item.facts)))

    def _rule(self, finding: Finding) -> Entry:
        """One rule with its sentence, trigger, source and reasons."""
        rule, language, say = finding.rule, self.language, self.say
        reasons: list[LineContent] = [
            *map(self._first_mention, self.explanation.reasons[rule.id]),
            *self._table_rows(finding),
            *map(self._statement, rule.rests_on),
        ]
        return Entry(
            (self.link(rule.cite), f" [{rule.id}]: ", rule_outcomes(rule, language)),
            [
                *self._sentences(finding),
                comment(rule.note, language) if rule.note else None,
                *self._terms(rule),
                say(
                    "Triggered by {trigger}. Source: {source}.",
                    trigger=say(str(rule.triggered_by)),
                    source=evidence_words(finding.evidence, language),
                ),
                *self._overriding(finding),
                say("It holds because:" if finding.holds else "It depends on:"),
                say("(It holds whichever way these are answered.)")
                if finding.holds and finding.derivation.truth is None
                else None,
                Bullets(reasons),
            ],
        )

    def _statement(self, statement: Statement) -> str:
        return self.say(
            "Based on {title}: {said_by}; {source}. {address}",
            title=", ".join(filter(None, (statement.title, str(statement.date or "")))),
            said_by=self.say(str(statement.said_by)),
            source=self.say(CHECKED_WORDS[statement.checked.level]),
            address=statement.address,
        ).rstrip()

    def _sentences(self, finding: Finding) -> Iterator[str]:
        """Yields a rule in everyday words where nobody has translated it, then in its own."""
        said, sentence = said_of(finding, self.language), finding.rule.sentence
        if self.language.left_in(sentence) and said != sentence:
            yield said
        yield self.language.quote_law(sentence)

    def _terms(self, rule: Rule) -> Iterator[str]:
        """Yields on what finding a rule refuses or until when it suspends, and what amended it."""
        if rule.states:
            yield self.say(
                "Suspended {condition}."
                if rule.then is Outcome.SUSPENSION
                else "Refusal is for {condition}.",
                condition=self.language.quote_law(rule.states),
            )
        if amendments := rule.cite.amendments:
            texts = listing(map(str, amendments), self.say("and"))
            yield self.say("As amended by {texts}.", texts=texts)

    def _table_rows(self, finding: Finding) -> Iterator[str]:
        """The rows of tables on which a rule that holds is based, with their source and level."""
        lines: dict[tuple[str, str, str], dict[str, None]] = {}
        for term in finding.rests_on() if finding.holds else ():
            if row := table_row(term):
                evidence = finding.known_by(term)
                level = self.say(CHECKED_WORDS[evidence.level]) if evidence else ""
                line = place_words(row, self.language)
                lines.setdefault((row.table, row.source, level), {})[line] = None
        for (table, source, level), rows in lines.items():
            yield self.say(
                "this is based on “{table}”, {rows}: {source}; {level}",
                table=self.say(table),
                rows=self._listed(list(rows)),
                source=source,
                level=level,
            )

    def _overriding(self, finding: Finding) -> Iterator[str]:
        say = self.say
        if overrides := [rule.id for rule in finding.rule.overrides]:
            yield say(
                "It overrides {rules}." if finding.holds else "Where it holds, it overrides {rules}.",
                rules=listing(overrides, say("and")),
            )
        if finding.holds and finding.rule.then is Outcome.PROHIBITION and finding.standing == "law":
            clause = derogation_clause([finding], self.language).lstrip(";, ")
            yield f"{clause[0].upper()}{clause[1:]}."
        if overridden_by := [rule.id for rule in finding.overridden_by]:
            yield say(
                "It is overridden by {rules}."
                if finding.holds and finding.is_overridden
                else "It may be overridden by {rules}.",
                rules=listing(overridden_by, say("or")),
            )

    def _marked(self, reason: Reason) -> tuple[Inline, ...]:
        """A reason, noting which of its facts are assumed, inferred or disputed."""
        notes = [
            self.say(FACT_MARKS[mark], fact=name)
            for name in reason.facts
            for mark in self.explanation.marks(name)
        ]
        return (reason.text, Note(f" [{'; '.join(notes)}]")) if notes else (reason.text,)

    def _first_mention(self, reason: Reason) -> tuple[Inline, ...]:
        """A reason in full the first time; later mentions of a term only name it."""
        line = self._marked(reason)
        text = plain(line)
        if reason.term is not None and text in self.seen:
            return (self.say("{lead}, as above", lead=reason.lead),)
        self.seen.add(text)
        return line

    def open_rules(self) -> Iterator[Block]:
        """The rules that may hold; those that cannot change the outcome are only named."""
        decisive = [item for item in self.verdict.open if item in self.verdict.pivotal]
        others = dict.fromkeys(self._line(item) for item in self.verdict.open if item not in decisive)
        named = Bullets(map(self._line, decisive[_MAX_IN_FULL:]))
        in_full = map(self._rule, decisive[:_MAX_IN_FULL])
        yield Section(self.say("Rules that may hold"), [*in_full, named])
        yield Section(self.say("Open rules that cannot change the outcome"), [Bullets(others)])

    def _line(self, finding: Finding) -> str:
        rule, names = finding.rule, self.explanation.facts_of(finding)
        head = f"{rule.cite} ({rule_outcome_words(rule, self.language)})"
        return self.say("{rule}, on {facts}", rule=head, facts=self._listed(names))

    def near_misses(self) -> Block:
        """The stricter rules that fail on a single point, grouped by the facts on which they fail."""
        by_facts: dict[tuple[str, ...], list[Rule]] = {}
        for finding in self.explanation.near_misses:
            by_facts.setdefault(self.explanation.facts_of(finding), []).append(finding.rule)
        groups = list(by_facts.values())
        items: list[tuple[Inline, ...]] = []
        for rules in groups[:_MAX_MISSES]:
            reasons = (reason for rule in rules for reason in self.explanation.reasons[rule.id])
            lines = dict.fromkeys(map(self._marked, reasons))
            items.append((f"{_rule_citations(rules, self.language)}: ", *_joined_lines(lines)))
        if remaining := [rule for rules in groups[_MAX_MISSES:] for rule in rules]:
            cited = _rule_citations(remaining, self.language)
            items.append((self.say("on further points: {rules}", rules=cited),))
        return Section(self.say("Stricter rules that fail on a single point"), [Bullets(items)])

    # what is open, and what it depends on ---------------------------------------------------------

    def questions(self) -> Iterator[Block]:
        """The open questions, with the effect of each answer on its own."""
        narrowing, span, language = self.explanation.narrowing, self.verdict.span, self.language
        say = language.say
        entries = []
        for question in narrowing:
            effects = sorted(_effects(question, self.explanation.words), key=lambda pair: len(pair[1]))
            lines = (
                (
                    f"{answers_words(words, language)}: ",
                    say("still ") if effect.span == span else "",
                    outcomes(effect.span, language),
                )
                for effect, words in effects
            )
            entries.append(Entry(f"{_asked(question, language)} ({question.name})", [Bullets(lines)]))
        yield Section(say("Open questions, and what each answer alone would lead to"), entries)
        if others := [item.name for item in self.verdict.questions if item not in narrowing]:
            yield Paragraph(
                say(
                    "Also unanswered; no single answer would narrow the outcome (proved): {facts}."
                    if self.verdict.exact
                    else "Also unanswered; no single answer would narrow the outcome "
                    "(as far as look-ahead shows; --exact proves it): {facts}.",
                    facts=", ".join(others),
                )
            )

    def dependence(self) -> Block:
        """The decisive facts that were assumed or inferred, and what is disputed."""
        known, say, lines = self.explanation.depends_on, self.say, list[str]()
        if assumed := ", ".join(known["presumed"]):
            lines.append(say("Of the facts above, these are assumed: {facts}.", facts=assumed))
        if inferred := ", ".join(known["inferred"]):
            lines.append(say("Of the facts above, these follow from others: {facts}.", facts=inferred))
        lines += [
            say(
                "{fact} is disputed, and matters above: {note}"
                if dispute.fact in known["disputed"]
                else "{fact} is disputed: {note}",
                fact=dispute.fact,
                note=self._note(dispute.note),
            )
            for dispute in self.explanation.disputed
        ]
        return Section(say("What it depends on"), [Bullets(lines)])

    def _note(self, note: str) -> str:
        """A note of a case file, which a catalogue has on one line."""
        return self.say(one_line(note)) if self.language.mark else note

    def duties(self) -> Block:
        """The other things that must be done, by addressee."""
        by_addressee: dict[str, list[tuple[Inline, ...]]] = {}
        language, say = self.language, self.say
        for duty, applies in self.verdict.duties:
            strength = say(str(duty.strength))
            remarks = [
                strength if applies else say("{strength}, if it applies (open)", strength=strength)
            ]
            if duty.deadline:
                remarks.append(say("deadline: {term}", term=language.quote_law(duty.deadline)))
            if duty.breach is Breach.NONE:
                remarks.append(say("breach: none"))
            elif duty.breach:
                remarks.append(say("breach: {consequence}", consequence=say(str(duty.breach))))
            note = Note(f" [{'; '.join(remarks)}]")
            own = Note(f" {comment(duty.note, language)}" if duty.note else "")
            line = (language.quote_law(duty.sentence), note, " (", self.link(duty.cite), ")", own)
            by_addressee.setdefault(say(str(duty.addressee)), []).append(line)
        entries = (
            Entry(f"{addressee[0].upper()}{addressee[1:]}:", [Bullets(duties)])
            for addressee, duties in by_addressee.items()
        )
        return Section(say("Duties"), entries)

    def readings(self) -> Block:
        """The interpretations on which the outcome depends; the others are only named."""
        others: dict[Interpretation, list[AlternativeReading]] = {}
        for other in self.verdict.other_readings:
            others.setdefault(other.doubt, []).append(other)
        decisive = [doubt for doubt, items in others.items() if any(item.differs for item in items)]
        other_ids = [doubt.id for doubt in others if doubt not in decisive]
        closing = None
        if other_ids and self.verdict.span:
            closing = self.say(
                "Changing the interpretation of any one of these changes nothing here: {doubts}.",
                doubts=", ".join(other_ids),
            )
        taken = (self._reading(doubt, others[doubt]) for doubt in decisive)
        return Section(self.say("How doubtful texts were interpreted"), [*taken, closing])

    def _reading(self, doubt: Interpretation, alternatives: Iterable[AlternativeReading]) -> Entry:
        """A doubtful text, how it was interpreted, and what follows from another reading."""
        reading, law, say = self.verdict.readings[doubt], self.language.quote_law, self.say
        chosen = None
        if reading:
            chosen = say(
                "Assumed: “{reading}”. {text}"
                if reading == doubt.default
                else "Chosen: “{reading}”. {text}",
                reading=reading,
                text=law(f"{doubt.readings[reading]} {doubt.reason}"),
            )
        others = [
            say(
                "interpreted as “{reading}”: {outcome}. {text}",
                reading=other.reading,
                outcome=self._result(other),
                text=law(doubt.readings[other.reading]),
            )
            for other in alternatives
        ]
        return Entry(f"{doubt.id}, {doubt.cite}: {law(doubt.question)}", [chosen, Bullets(others)])

    def _result(self, other: AlternativeReading) -> str:
        """Returns the result under another reading alone, in words."""
        ends = [self.say(outcome_words(end)) for end in other.result.split("..")]
        return ends[0] if len(ends) == 1 else self.say("{low} to {high}", low=ends[0], high=ends[1])

    def added(self) -> Block:
        """Facts that others added to the case, with their owners and sources."""
        lines = (
            self.say(
                "{facts} Added by {owner}, from {sources} ({place}).",
                facts="; ".join(f"{fact.question} {fact.answer} [{fact.fact}]" for fact in item.facts),
                owner=item.owner,
                sources=listing(item.sources, self.say("and")),
                place=item.place,
            )
            for item in self.explanation.added
        )
        return Section(self.say("Added to the case by others"), [Bullets(lines)])

    # limits ---------------------------------------------------------------------------------------

    def limits(self) -> Iterator[Block]:
        """Warnings, and what is not encoded."""
        verdict, say, law = self.verdict, self.say, self.language.quote_law
        yield Section(say("Warnings"), [Bullets(map(say, verdict.warnings))])
        near = [f"{item.cite}: {law(item.what)}" for item in self.explanation.nearby_omissions]
        hidden = len(verdict.not_encoded) - len(near)
        rulesets = (verdict.ruleset, *([verdict.base] if verdict.base else []))
        shows = listing([f"`regcompare show {item.id}`" for item in rulesets], say("and"))
        hint = say(
            "{number} more: see {commands}."
            if near
            else "{number} part: see {commands}."
            if hidden == 1
            else "{number} parts: see {commands}.",
            number=hidden,
            commands=shows,
        )
        yield Section(say("Not encoded"), [Bullets(near), hint if hidden else None])

    def texts_read(self) -> Block:
        """The texts that were read, and the days of law and facts."""
        cited_texts = {finding.rule.cite.instrument for finding in self.explanation.relevant}
        texts = list(
            dict.fromkeys(text for part in self.explanation.applied for text in part.instruments)
        )
        shown = [text for text in texts if text in cited_texts] or texts
        hidden, say = len(texts) - len(shown), self.say
        hint = say(
            "{number} more source: see {command}."
            if hidden == 1
            else "{number} more sources: see {command}.",
            number=hidden,
            command=f"`regcompare show {self.verdict.ruleset.id}`",
        )
        lines = ((self.link(text, text.name), f": {text.title} ({text.reference})") for text in shown)
        ends = say(
            "The two ends of the outcome are proved."
            if self.verdict.exact
            else "The two ends of the outcome are found by look-ahead, not proved."
        )
        ends_said = () if self.is_settled else (ends,)
        notice = " ".join((_days(self.verdict, self.language), *ends_said, say(NOT_ADVICE)))
        return Section(say("Law"), [Bullets(lines), hint if hidden else None, notice])

    # on one screen --------------------------------------------------------------------------------

    def on_one_screen(self) -> Iterator[Block]:
        """The result, its first reasons, what would settle it, and how sure it is."""
        say = self.say
        verdict, language = self.verdict, self.language
        day = say(", as of {day}", day=verdict.as_of) if verdict.as_of else ""
        lead = f"{say(verdict.ruleset.title)} ({verdict.ruleset.id}){day}: "
        found = classify([verdict])
        words = f" ({found.words(language)})" if found.slug == "open" else ""
        reason = f"{words}. {_cut(why(verdict, language).text, 4)}"
        yield Paragraph((lead, verdict_outcomes(verdict, result_cell(verdict, language)), reason))
        yield Paragraph(_cut(self._age(), 2))
        yield from self._short_reasons()
        if self.is_settled and self.explanation.tried:
            tried = (f"{item.cite} ({self._listed(item.facts)})" for item in self.explanation.tried)
            yield Paragraph(_cut(say("Tried, and what failed: {texts}.", texts="; ".join(tried)), 3))
        yield from self._short_readings()
        if lines := [plain(line) for line in settling_lines(self.explanation, self.language)]:
            shown = [_cut(line, 2 - index) for index, line in enumerate(lines[:2])]
            yield Entry(self._counted(say("What would settle it"), len(lines) - 2), [Bullets(shown)])
        yield from self._short_confidence()

    def _listed(self, words: Sequence[str]) -> str:
        return short_list(words, "and", language=self.language)

    def _counted(self, lead: str, hidden: int) -> str:
        """The lead of a list, with how many of it only the full account has."""
        more = self.language.say("{number} more: --full", number=hidden)
        return f"{lead} ({more}):" if hidden > 0 else f"{lead}:"

    def _short_reasons(self) -> Iterator[Block]:
        """Yields why it does not or may not apply; the rules that decide or may; the first's reason."""
        verdict, say = self.verdict, self.language.say
        scope = "; ".join(plain(self._marked(reason)) for reason in self.explanation.scope_reasons)
        if scope:
            is_outside = verdict.in_scope is False
            text = say(
                "It does not apply: {reasons}."
                if is_outside
                else "Whether it applies is open: {reasons}.",
                reasons=scope,
            )
            yield Paragraph(_cut(text, 2 if is_outside else 1))
        pivotal = (item for item in verdict.open if item in verdict.pivotal)
        if not (findings := [*verdict.deciding, *pivotal]):
            return
        first, *others = findings
        lines = list(self._first_reasons(first))
        if others and self.is_settled:
            rule, number = self._rule_head(others[0]), len(others) - 1
            text = say(
                "Also {rule}, and {number} more." if number else "Also {rule}.", rule=rule, number=number
            )
            lines.append(_cut(text, 1))
        if self.is_settled and (how := _review_words(verdict, self.language, short=True)):
            lines.append(_cut(say("How the licence is decided: {how}.", how=how), 2))
        yield Entry(_cut(f"{self._rule_head(first)}: {next(self._sentences(first))}", 2), lines)

    def _first_reasons(self, finding: Finding) -> Iterator[LineContent]:
        """Yields the reasons of a rule that holds, the item and its use first; its address."""
        rule = finding.rule
        reasons = sorted(
            self.explanation.reasons[rule.id], key=lambda item: all(map(is_formal, item.facts))
        )
        if reasons and finding.holds:
            because = "; ".join(plain(self._marked(reason)) for reason in reasons)
            yield _cut(self.say("It holds because: {reasons}.", reasons=because), 1)
        statements = (statement.address for statement in rule.rests_on)
        if address := next(filter(None, [self.link(rule.cite).url, *statements]), None):
            yield (Link(address, address),)

    def _rule_head(self, finding: Finding) -> str:
        outcome = self.language.say(CELL_WORDS[finding.rule.then])
        if not finding.holds:
            outcome = self.language.say("may apply, {outcome}", outcome=outcome)
        return f"{finding.rule.cite} ({outcome})"

    def _short_readings(self) -> Iterator[Block]:
        """Yields the doubts of which another reading alone would change a negative result."""
        others = [item for item in self.verdict.other_readings if item.differs]
        taken = ((item, self.verdict.readings[item.doubt]) for item in others)
        lines = [
            self.say(
                "{cite}: {question} Read as “{reading}”; as “{other}”: {outcome}.",
                cite=item.doubt.cite,
                question=self.language.quote_law(item.doubt.question),
                reading=reading,
                other=item.reading,
                outcome=self._result(item),
            )
            for item, reading in taken
            if reading
        ]
        if lines and self.is_settled and self.verdict.low is Outcome.NO_CONTROL:
            lead = self.language.say("It depends on how a text is read")
            yield Entry(self._counted(lead, len(lines) - 1), [Bullets([_cut(lines[0], 3)])])

    def _short_confidence(self) -> Iterator[Block]:
        """Yields how the law is known, what is assumed or disputed, and how to see the rest."""
        verdict, explanation, say = self.verdict, self.explanation, self.language.say
        presumed, disputed = (explanation.depends_on[mark] for mark in ("presumed", "disputed"))
        notes = [
            self._note(item.note).rstrip(".") for item in explanation.disputed if item.fact in disputed
        ]
        labelled = [
            (say("Disputed"), "; ".join(notes or (item.fact for item in explanation.disputed))),
            (say("Law known from"), known_from(verdict, self.language, short=True)),
            (say("Assumed"), self._listed(presumed)),
        ]
        for item in explanation.added:
            facts = self._listed([fact.fact for fact in item.facts])
            labelled.append((say("Added by {owner}", owner=item.owner), facts))
        words = " ".join(f"{label}: {text}." for label, text in labelled if text)
        notices = map(say, verdict.notices)
        yield Paragraph(" ".join([*([_cut(words, 2)] if words else ()), *notices]))
        _, last = ends_of(verdict.scenario.known_day)
        said_below = {
            *table_warnings(verdict.ruleset, verdict.as_of, last).values(),
            span_warning(verdict.scenario.known_day),
        }
        others = [
            say(item)
            for item in verdict.warnings
            if item not in verdict.notices and item not in said_below
        ]
        days = ", ".join(
            f"{say(table.name)} {table.verified_through}" for table in explanation.later_tables
        )
        through = [say("Checked only up to: {days}.", days=days)] if days else []
        more = [_cut(" ".join([*through, *others]), 1)] if through or others else []
        proved = say("Ends proved." if verdict.exact else "Ends by look-ahead.")
        ends = "" if self.is_settled else f"{proved} "
        law = f"{_days(verdict, self.language)} {ends}{say('Not legal advice; --full: the rest.')}"
        if self.language.mark:
            law = f"{law} {say(NAMES_IN_ENGLISH)}"
        yield Paragraph(" ".join([*more, law]))


FACT_MARKS = {
    "presumed": "{fact} assumed",
    "inferred": "{fact} inferred",
    "disputed": "{fact} disputed",
    "changed": "{fact} changed",
    "added": "{fact} added",
}
"""Notes after a reason on facts that are not simply stated."""


# in words -------------------------------------------------------------------------------------------

_MAX_IN_FULL = 12
"""The most rules that are shown in full if they may hold."""
_MAX_MISSES = 5
"""The most points shown on which stricter rules fail."""


def _review_words(verdict: Verdict, language: Language, *, short: bool = False) -> str:
    """Returns how a licence that is certainly needed is decided, and how open law may change that."""
    how, most, say = verdict.review, verdict.review_at_most, language.say
    if most is None:
        return ""
    if how is most:
        return say(how.value) if short else f"{say(how.value)}. {say(how.meaning).rstrip('.')}"
    if how is None:
        return say("open, up to {most}", most=say(most.value))
    return say(
        "between {how} and {most}, which open facts or unread law decide",
        how=say(how.value),
        most=say(most.value),
    )


def _joined_lines(lines: Iterable[Iterable[Inline]]) -> Iterator[Inline]:
    for index, line in enumerate(lines):
        yield "; " if index else ""
        yield from line


def _rule_citations(rules: Iterable[Rule], language: Language) -> str:
    by_outcome: dict[Outcome, list[Citation]] = {}
    for rule in rules:
        by_outcome.setdefault(rule.then, []).append(rule.cite)
    parts = (
        f"{citation_list(cites, language.say('and'))} ({language.say(outcome_words(item))})"
        for item, cites in by_outcome.items()
    )
    return "; ".join(parts)


def _day(day: dt.date | Between | None, language: Language) -> str:
    if isinstance(day, Between) and not day.period:
        return language.say("{first} to {last}", first=day.first, last=day.last)
    return str(day or language.say("an unknown date"))


def _days(verdict: Verdict, language: Language = ENGLISH) -> str:
    say = language.say
    as_of, day = (_day(day, language) for day in (verdict.as_of, verdict.scenario.known_day))
    if as_of == day:
        return say("Law and facts of {day}.", day=day)
    return say("Law as of {law}; facts of {day}.", law=as_of, day=day)


_SCREEN_WIDTH = 80


def _cut(text: str, lines: int) -> str:
    """Shortens a text to so many lines of a screen."""
    return textwrap.shorten(text, lines * (_SCREEN_WIDTH - 6), placeholder=" ...")


def settling_lines(explanation: Explanation, language: Language = ENGLISH) -> list[tuple[Inline, ...]]:
    """Returns the open questions that would each change the outcome alone, with their effects."""
    lines, span = [], explanation.verdict.span
    for question in explanation.narrowing:
        pivotal = [
            (
                f"{answers_words(words, language)}: ",
                Outcomes(effect.span, cell_words(effect.span, language)),
            )
            for effect, words in _effects(question, explanation.words)
            if effect.span != span
        ]
        if pivotal:
            lines.append((f"{_asked(question, language)} ", *_joined_lines(pivotal)))
    return lines


def _asked(question: Question, language: Language) -> str:
    """A question to a fact in a language; one about a text of law is in the words of its encoding."""
    text = question.text or question.name
    return language.quote_law(text) if question.text and language.left_in(text) else language.say(text)


def _effects(question: Question, words: Lexicon) -> list[tuple[Effect, list[str]]]:
    """Returns the effects of answers, with the answers in words."""
    fact = words.facts.get(question.name)
    return [(effect, _answers(fact, effect.answers, words.language)) for effect in question.effects]


def _answers(fact: Fact | None, answers: Sequence[str], language: Language) -> list[str]:
    say = language.say
    if fact is None:
        return list(map(say, answers))
    if isinstance(fact, SetOf | CodeSet):
        members = (
            say(word)
            if word == _NONE
            else say("another entry")
            if word == "*" and isinstance(fact, CodeSet)
            else member_words(fact, [word], language=language)
            for word in answers
        )
        return list(dict.fromkeys(members))
    return list(map(say, short_labels(fact, answers)))


_NONE = "none of these"
"""The answer that no open member belongs to a set, as effects word it."""
