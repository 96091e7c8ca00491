"""One verdict as a document: what follows and why, what is open, assumed and left out."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import attrs

from regcompare.comparison.classes import classify
from regcompare.comparison.data import record, to_data
from regcompare.comparison.explanation import Explanation, TriedText, is_formal
from regcompare.comparison.measures import pluralise
from regcompare.facts import CodeSet, Fact, SetOf
from regcompare.law import Citation, Instrument, Statement
from regcompare.logic.conditions import ends_of
from regcompare.ruleset.rules import CELL_WORDS, Interpretation, Outcome, Rule
from regcompare.verdict.questions import Effect, Question
from regcompare.verdict.verdict import AlternativeReading, Finding, Verdict
from regcompare.verdict.warnings import span_warning, table_warnings
from regcompare.words.catalogues import ENGLISH, Language
from regcompare.words.lexicon import Lexicon, listing, member_words, short_labels, short_list
from regcompare.words.reasons import Reason
from regcompare.words.rows import table_row

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
    IN_ENGLISH,
    NOT_ADVICE,
    answers_words,
    cell_words,
    citation_list,
    comment,
    derogation_clause,
    evidence_words,
    known_from,
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
        language: The language of what is said; records and the full account are in English, and so are
            sentences of law that nobody has translated.
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
    writer, case = _Writer(Explanation(verdict), lang, language), verdict.scenario
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
    in_english = language.say(IN_ENGLISH) if language.mark else ""
    story, sentence = language.say(case.story), verdict_sentence(verdict)
    return Document(named, [story, result, in_english, sentence, *writer.in_full(), *more])


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
        language: The language of the short account.
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
    def is_settled(self) -> bool:
        return self.verdict.low is self.verdict.high

    def link(self, cite: Citation | Instrument, words: str = "") -> Link:
        return Link(words or str(cite), cite.url(self.verdict.as_of, self.lang))

    def in_full(self) -> Iterator[Block]:
        """Every part."""
        verdict, explanation = self.verdict, self.explanation
        yield Paragraph(self._age())
        yield from self.decisive()
        if how := _review_words(verdict):
            yield Section("How the licence is decided", [f"{how[0].upper()}{how[1:]}."])
        others = (finding for finding in verdict.holding if not finding.decides)
        yield Section("Other rules that hold", map(self._rule, others))
        yield Section(
            "Texts that were tried, and what failed", [Bullets(map(self._tried, self.explanation.tried))]
        )
        yield from (*self.open_rules(), *self.questions(), self.near_misses(), self.dependence())
        yield self.duties()
        for title, facts in (
            ("Assumed, not stated", explanation.presumed),
            ("Inferred from other facts", explanation.inferred),
        ):
            lines = (f"{item.question} – {item.answer} ({item.fact})" for item in facts)
            yield Section(title, [Bullets(lines)])
        glosses = (
            (f"{gloss.fact.key}: ", self.link(gloss.cite), f": {gloss.text}")
            for gloss in explanation.glosses
        )
        yield Section("What the texts add to the questions", [Bullets(glosses)])
        yield from (self.added(), self.readings(), *self.limits(), self.texts_read())

    # rules and their reasons ----------------------------------------------------------------------

    def decisive(self) -> Iterator[Block]:
        verdict, deciding = self.verdict, self.verdict.deciding
        title = "Why it does not apply" if verdict.in_scope is False else "Whether it applies"
        yield Section(title, [Bullets(map(self._marked, self.explanation.scope_reasons))])
        if verdict.span is None:
            return
        if not deciding:
            yield Paragraph(_undecided(verdict))
        is_weaker = deciding and verdict.checked not in {finding.checked for finding in deciding}
        weakest = f"Law known from: {known_from(verdict)}." if is_weaker else None
        title = "What decides" if self.is_settled else "What decides the minimum"
        yield Section(title, [*map(self._rule, deciding), weakest])

    def _age(self) -> str:
        """Which texts were last read before the day of the law, and whether only that opens it."""
        say = self.language.say
        aged = self.verdict.aged
        texts = [say("{law} is known up to {day}", law=text, day=through) for text, through in aged]
        if not texts:
            return ""
        known = say("{texts}; since then open.", texts=self._listed(texts))
        alone = say("For this reason alone the result is open.") if self.verdict.is_open_by_age else ""
        return f"{known[:1].upper()}{known[1:]} {alone}".rstrip()

    def _tried(self, item: TriedText) -> tuple[Inline, ...]:
        return (self.link(item.cite), f": fails on {short_list(item.facts, 'and')}")

    def _rule(self, finding: Finding) -> Entry:
        """One rule with its sentence, trigger, source and reasons."""
        rule, traced = finding.rule, finding.derivation
        lead = "Suspended " if rule.then is Outcome.SUSPENSION else "Refusal is for "
        history = rule.cite.history
        reasons: list[LineContent] = [
            *map(self._first_mention, self.explanation.reasons[rule.id]),
            *_table_rows(finding),
            *map(_statement_words, rule.rests_on),
        ]
        return Entry(
            (self.link(rule.cite), f" [{rule.id}]: ", rule_outcomes(rule)),
            [
                self.language.say_law(rule.sentence),
                comment(rule.note) if rule.note else None,
                f"{lead}{rule.states}." if rule.states else None,
                f"{history[0].upper()}{history[1:]}." if history else None,
                f"Triggered by {rule.triggered_by}. Source: {evidence_words(finding.evidence)}.",
                *self._overriding(finding),
                "It holds because:" if finding.holds else "It depends on:",
                "(It holds whichever way these are answered.)"
                if finding.holds and traced.truth is None
                else None,
                Bullets(reasons),
            ],
        )

    def _overriding(self, finding: Finding) -> Iterator[str]:
        if overrides := [rule.id for rule in finding.rule.overrides]:
            subject = "It" if finding.holds else "Where it holds, it"
            yield f"{subject} overrides {listing(overrides, 'and')}."
        if finding.holds and finding.rule.then is Outcome.PROHIBITION and finding.standing == "law":
            clause = derogation_clause([finding]).lstrip(";, ")
            yield f"{clause[0].upper()}{clause[1:]}."
        if overridden_by := [rule.id for rule in finding.overridden_by]:
            verb = "It is" if finding.holds and finding.is_overridden else "It may be"
            yield f"{verb} overridden by {listing(overridden_by)}."

    def _marked(self, reason: Reason) -> tuple[Inline, ...]:
        """A reason, noting which of its facts are assumed, inferred or disputed."""
        marks = [
            f"{name} {'assumed' if mark == 'presumed' else mark}"
            for name in reason.facts
            for mark in self.explanation.marks(name)
        ]
        return (reason.text, Note(f" [{'; '.join(marks)}]")) if marks else (reason.text,)

    def _first_mention(self, reason: Reason) -> tuple[Inline, ...]:
        """A reason in full the first time; later mentions of a term only name it."""
        line = self._marked(reason)
        text = plain(line)
        if reason.term is not None and text in self.seen:
            return (f"{reason.lead}, as above",)
        self.seen.add(text)
        return line

    def open_rules(self) -> Iterator[Block]:
        """The rules that may hold; those that cannot change the outcome are only named."""
        decisive = [item for item in self.verdict.open if item in self.verdict.pivotal]
        others = dict.fromkeys(self._line(item) for item in self.verdict.open if item not in decisive)
        named = Bullets(map(self._line, decisive[_MAX_IN_FULL:]))
        in_full = map(self._rule, decisive[:_MAX_IN_FULL])
        yield Section("Rules that may hold", [*in_full, named])
        yield Section("Open rules that cannot change the outcome", [Bullets(others)])

    def _line(self, finding: Finding) -> str:
        rule, names = finding.rule, self.explanation.facts_of(finding)
        return f"{rule.cite} ({rule_outcome_words(rule)}), on {short_list(names, 'and')}"

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
            items.append((f"{_rule_citations(rules)}: ", *_joined_lines(lines)))
        if remaining := [rule for rules in groups[_MAX_MISSES:] for rule in rules]:
            items.append((f"on further points: {_rule_citations(remaining)}",))
        return Section("Stricter rules that fail on a single point", [Bullets(items)])

    # what is open, and what it depends on ---------------------------------------------------------

    def questions(self) -> Iterator[Block]:
        """The open questions, with the effect of each answer on its own."""
        narrowing, span, is_exact = self.explanation.narrowing, self.verdict.span, self.verdict.exact
        entries = []
        for question in narrowing:
            effects = sorted(_effects(question, self.explanation.words), key=lambda pair: len(pair[1]))
            lines = (
                (f"{answers_words(words)}: {'still ' * (effect.span == span)}", outcomes(effect.span))
                for effect, words in effects
            )
            head = f"{question.text or question.name} ({question.name})"
            entries.append(Entry(head, [Bullets(lines)]))
        yield Section("Open questions, and what each answer alone would lead to", entries)
        if others := [item.name for item in self.verdict.questions if item not in narrowing]:
            certainty = "proved" if is_exact else "as far as look-ahead shows; --exact proves it"
            yield Paragraph(
                f"Also unanswered; no single answer would narrow the outcome ({certainty}): "
                f"{', '.join(others)}."
            )

    def dependence(self) -> Block:
        """The decisive facts that were assumed or inferred, and what is disputed."""
        known = self.explanation.depends_on
        lines = [
            f"Of the facts above, these {words}: {', '.join(known[mark])}."
            for mark, words in (("presumed", "are assumed"), ("inferred", "follow from others"))
            if known[mark]
        ]
        for dispute in self.explanation.disputed:
            relevance = ", and matters above" if dispute.fact in known["disputed"] else ""
            lines.append(f"{dispute.fact} is disputed{relevance}: {dispute.note}")
        return Section("What it depends on", [Bullets(lines)])

    def duties(self) -> Block:
        """The other things that must be done, by addressee."""
        by_addressee: dict[str, list[tuple[Inline, ...]]] = {}
        for duty, applies in self.verdict.duties:
            remarks = [f"{duty.strength}{'' if applies else ', if it applies (open)'}"]
            terms = {"deadline": duty.deadline, "breach": duty.breach}
            remarks += [f"{name}: {term}" for name, term in terms.items() if term]
            note = Note(f" [{'; '.join(remarks)}]")
            own = Note(f" {comment(duty.note)}" if duty.note else "")
            line = (self.language.say_law(duty.sentence), note, " (", self.link(duty.cite), ")", own)
            by_addressee.setdefault(str(duty.addressee), []).append(line)
        entries = (
            Entry(f"{addressee[0].upper()}{addressee[1:]}:", [Bullets(duties)])
            for addressee, duties in by_addressee.items()
        )
        return Section("Duties", entries)

    def readings(self) -> Block:
        """The interpretations on which the outcome depends; the others are only named."""
        others: dict[Interpretation, list[AlternativeReading]] = {}
        for other in self.verdict.other_readings:
            others.setdefault(other.doubt, []).append(other)
        decisive = [doubt for doubt, items in others.items() if any(item.differs for item in items)]
        other_ids = [doubt.id for doubt in others if doubt not in decisive]
        lead = "Changing the interpretation of any one of these changes nothing here"
        closing = f"{lead}: {', '.join(other_ids)}." if other_ids and self.verdict.span else None
        taken = (_reading(doubt, self.verdict.readings[doubt], others[doubt]) for doubt in decisive)
        return Section("How doubtful texts were interpreted", [*taken, closing])

    def added(self) -> Block:
        """Facts that others added to the case, with their owners and sources."""
        lines = []
        for item in self.explanation.added:
            facts = "; ".join(f"{fact.question} {fact.answer} [{fact.fact}]" for fact in item.facts)
            sources = listing(item.sources, "and")
            lines.append(f"{facts} Added by {item.owner}, from {sources} ({item.place}).")
        return Section("Added to the case by others", [Bullets(lines)])

    # limits ---------------------------------------------------------------------------------------

    def limits(self) -> Iterator[Block]:
        """Warnings, and what is not encoded."""
        verdict = self.verdict
        yield Section("Warnings", [Bullets(verdict.warnings)])
        near = [f"{item.cite}: {item.what}" for item in self.explanation.nearby_omissions]
        hidden = len(verdict.not_encoded) - len(near)
        rulesets = (verdict.ruleset, *([verdict.base] if verdict.base else []))
        shows = " and ".join(f"`regcompare show {item.id}`" for item in rulesets)
        parts = f"{hidden} more" if near else pluralise(hidden, "part")
        hint = f"{parts}: see {shows}." if hidden else None
        yield Section("Not encoded", [Bullets(near), hint])

    def texts_read(self) -> Block:
        """The texts that were read, and the days of law and facts."""
        cited_texts = {finding.rule.cite.instrument for finding in self.explanation.relevant}
        texts = list(
            dict.fromkeys(text for part in self.explanation.applied for text in part.instruments)
        )
        shown = [text for text in texts if text in cited_texts] or texts
        hidden, name = len(texts) - len(shown), self.verdict.ruleset.id
        hint = f"{pluralise(hidden, 'more source')}: see `regcompare show {name}`." if hidden else None
        lines = ((self.link(text, text.name), f": {text.title} ({text.reference})") for text in shown)
        ends = "proved" if self.verdict.exact else "found by look-ahead, not proved"
        ends_said = [] if self.is_settled else [f"The two ends of the outcome are {ends}."]
        notice = " ".join((_days(self.verdict), *ends_said, NOT_ADVICE))
        return Section("Law", [Bullets(lines), hint, notice])

    # on one screen --------------------------------------------------------------------------------

    def on_one_screen(self) -> Iterator[Block]:
        """The result, its first reasons, what would settle it, and how sure it is."""
        say = self.language.say
        yield _short_result(self.verdict, self.language)
        yield Paragraph(_cut(self._age(), 2))
        yield from self._short_reasons()
        if self.is_settled and self.explanation.tried:
            tried = (f"{item.cite} ({self._listed(item.facts)})" for item in self.explanation.tried)
            yield Paragraph(_cut(say("Tried, and what failed: {texts}.", texts="; ".join(tried)), 3))
        yield from self._short_readings()
        if lines := [plain(line) for line in settling_lines(self.explanation, self.language)]:
            shown = [_cut(line, 2 - place) for place, line in enumerate(lines[:2])]
            yield Entry(self._counted(say("What would settle it"), len(lines) - 2), [Bullets(shown)])
        yield from self._short_confidence()

    def _listed(self, words: Sequence[str]) -> str:
        say = self.language.say
        return short_list(words, say("and"), others=say("others"))

    def _counted(self, lead: str, hidden: int) -> str:
        """The lead of a list, with how many of it only the full account has."""
        more = self.language.say("{number} more: --full", number=hidden)
        return f"{lead} ({more}):" if hidden > 0 else f"{lead}:"

    def _short_reasons(self) -> Iterator[Block]:
        """Why it does not apply or may not, and the rules that decide or may; the first's reason."""
        verdict, say = self.verdict, self.language.say
        scope = "; ".join(plain(self._marked(reason)) for reason in self.explanation.scope_reasons)
        if scope and not self.language.mark:  # Conditions are in English; the result says it as well.
            is_outside = verdict.in_scope is False
            lead = "It does not apply" if is_outside else "Whether it applies is open"
            yield Paragraph(_cut(f"{lead}: {scope}.", 2 if is_outside else 1))
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
        if self.is_settled and not self.language.mark and (how := _review_words(verdict, short=True)):
            lines.append(_cut(f"How the licence is decided: {how}.", 2))
        yield Entry(_cut(f"{self._rule_head(first)}: {said_of(first, self.language)}", 2), lines)

    def _first_reasons(self, finding: Finding) -> Iterator[LineContent]:
        """What a rule holds because of, the item and its use first; its address."""
        rule = finding.rule
        reasons = sorted(
            self.explanation.reasons[rule.id], key=lambda item: all(map(is_formal, item.facts))
        )
        if reasons and finding.holds and not self.language.mark:
            because = "; ".join(plain(self._marked(reason)) for reason in reasons)
            yield _cut(f"It holds because: {because}.", 1)
        statements = (statement.address for statement in rule.rests_on)
        if address := next(filter(None, [self.link(rule.cite).url, *statements]), None):
            yield (Link(address, address),)

    def _rule_head(self, finding: Finding) -> str:
        outcome = self.language.say(CELL_WORDS[finding.rule.then])
        if not finding.holds:
            outcome = self.language.say("may apply, {outcome}", outcome=outcome)
        return f"{finding.rule.cite} ({outcome})"

    def _short_readings(self) -> Iterator[Block]:
        """Of a negative result, the doubts of which another reading alone would change it."""
        others = [item for item in self.verdict.other_readings if item.differs]
        taken = ((item, self.verdict.readings[item.doubt]) for item in others)
        lines = [
            f"{item.doubt.cite}: {item.doubt.question} Read as “{reading}”; as “{item.reading}”: "
            f"{item.result.replace('..', ' to ').replace('_', ' ')}."
            for item, reading in taken
            if reading
        ]
        if lines and self.is_settled and self.verdict.low is Outcome.NO_CONTROL:
            lead = self.language.say("It depends on how a text is read")
            yield Entry(self._counted(lead, len(lines) - 1), [Bullets([_cut(lines[0], 3)])])

    def _short_confidence(self) -> Iterator[Block]:
        """How the law is known, what is assumed or disputed, and how to see the rest."""
        verdict, explanation, say = self.verdict, self.explanation, self.language.say
        presumed, disputed = (explanation.depends_on[mark] for mark in ("presumed", "disputed"))
        notes = [item.note.rstrip(".") for item in explanation.disputed if item.fact in disputed]
        labelled = [
            (say("Disputed"), "; ".join(notes or (item.fact for item in explanation.disputed))),
            (say("Law known from"), say(known_from(verdict, short=True))),
            (say("Assumed"), self._listed(presumed)),
            *(
                (
                    say("Added by {owner}", owner=item.owner),
                    self._listed([fact.fact for fact in item.facts]),
                )
                for item in explanation.added
            ),
        ]
        words = " ".join(f"{label}: {text}." for label, text in labelled if text)
        yield Paragraph(" ".join([*([_cut(words, 2)] if words else ()), *verdict.notices]))
        _, last = ends_of(verdict.scenario.known_day)
        said_below = {
            *table_warnings(verdict.ruleset, verdict.as_of, last).values(),
            span_warning(verdict.scenario.known_day),
        }
        others = [
            item for item in verdict.warnings if item not in verdict.notices and item not in said_below
        ]
        days = ", ".join(f"{table.name} {table.verified_through}" for table in explanation.later_tables)
        through = [say("Checked only up to: {days}.", days=days)] if days else []
        more = [_cut(" ".join([*through, *others]), 1)] if through or others else []
        proved = say("Ends proved." if verdict.exact else "Ends by look-ahead.")
        ends = "" if self.is_settled else f"{proved} "
        law = f"{_days(verdict, self.language)} {ends}{say('Not legal advice; --full: the rest.')}"
        yield Paragraph(" ".join([*more, law]))


# in words -------------------------------------------------------------------------------------------

_MAX_IN_FULL = 12
"""The most rules that are shown in full if they may hold."""
_MAX_MISSES = 5
"""The most points shown on which stricter rules fail."""


def _undecided(verdict: Verdict) -> str:
    if verdict.low is not Outcome.NO_CONTROL:
        return (
            "No single rule decides: whichever way the open facts are answered, one of those below does."
        )
    if verdict.holding:
        return "No rule that holds requires more."
    return "No encoded rule is certain to hold." if verdict.open else "No encoded rule holds."


def _review_words(verdict: Verdict, *, short: bool = False) -> str:
    """How a licence that is certainly needed is decided, and to which end open law may bring it."""
    how, most = verdict.review, verdict.review_at_most
    if most is None:
        return ""
    if how is most:
        return how.value if short else f"{how.value}. {how.meaning.rstrip('.')}"
    if how is None:
        return f"open, up to {most.value}"
    return f"between {how.value} and {most.value}, which open facts or unread law decide"


def _statement_words(statement: Statement) -> str:
    title = ", ".join(filter(None, (statement.title, str(statement.date or ""))))
    source = CHECKED_WORDS[statement.checked.level]
    return f"Based on {title}: {statement.said_by}; {source}. {statement.address}".rstrip()


def _table_rows(finding: Finding) -> Iterator[str]:
    """The rows of tables on which a rule that holds is based, with their source and evidence level."""
    places: dict[tuple[str, str, str], dict[str, None]] = {}
    for term in finding.rests_on() if finding.holds else ():
        if row := table_row(term):
            evidence = finding.known_by(term)
            level = CHECKED_WORDS[evidence.level] if evidence else ""
            places.setdefault((row.table, row.source, level), {})[row.place] = None
    for (table, source, level), rows in places.items():
        yield f"this is based on “{table}”, {short_list(list(rows), 'and')}: {source}; {level}"


def _joined_lines(lines: Iterable[Iterable[Inline]]) -> Iterator[Inline]:
    for index, line in enumerate(lines):
        yield "; " if index else ""
        yield from line


def _rule_citations(rules: Iterable[Rule]) -> str:
    by_outcome: dict[Outcome, list[Citation]] = {}
    for rule in rules:
        by_outcome.setdefault(rule.then, []).append(rule.cite)
    parts = (f"{citation_list(cites)} ({outcome_words(item)})" for item, cites in by_outcome.items())
    return "; ".join(parts)


def _reading(
    doubt: Interpretation, reading: str | None, alternatives: Iterable[AlternativeReading]
) -> Entry:
    chosen = None
    if reading:
        origin = "Assumed" if reading == doubt.default else "Chosen"
        chosen = f"{origin}: “{reading}”. {doubt.readings[reading]} {doubt.reason}"
    others = []
    for other in alternatives:
        outcome, says = outcome_words(other.result.replace("..", " to ")), doubt.readings[other.reading]
        others.append(f"interpreted as “{other.reading}”: {outcome}. {says}")
    return Entry(f"{doubt.id}, {doubt.cite}: {doubt.question}", [chosen, Bullets(others)])


def _days(verdict: Verdict, language: Language = ENGLISH) -> str:
    say = language.say
    as_of, day = (day or say("an unknown date") for day in (verdict.as_of, verdict.scenario.known_day))
    if as_of == day:
        return say("Law and facts of {day}.", day=day)
    return say("Law as of {law}; facts of {day}.", law=as_of, day=day)


_SCREEN_WIDTH = 80


def _cut(text: str, lines: int) -> str:
    """What fits into so many lines of a screen."""
    return textwrap.shorten(text, lines * (_SCREEN_WIDTH - 6), placeholder=" ...")


def _short_result(verdict: Verdict, language: Language) -> Paragraph:
    """The result, as a cell has it; where too little is known, with the classes of both ends; why."""
    say = language.say
    day = say(", as of {day}", day=verdict.as_of) if verdict.as_of else ""
    lead = f"{say(verdict.ruleset.title)} ({verdict.ruleset.id}){day}: "
    item = classify([verdict])
    words = f" ({item.words(language)})" if item.slug == "open" else ""
    reason = f"{words}. {_cut(why(verdict, language).text, 4)}"
    return Paragraph((lead, verdict_outcomes(verdict, result_cell(verdict, language)), reason))


def settling_lines(explanation: Explanation, language: Language = ENGLISH) -> list[tuple[Inline, ...]]:
    """Returns the open questions that would each change the outcome alone, with their effects."""
    lines, span = [], explanation.verdict.span
    for question in explanation.narrowing:
        pivotal = [
            (
                f"{answers_words(list(map(language.say, words)), language)}: ",
                Outcomes(effect.span, cell_words(effect.span, language)),
            )
            for effect, words in _effects(question, explanation.words)
            if effect.span != span
        ]
        if pivotal:
            asked = language.say(question.text or question.name)
            lines.append((f"{asked} ", *_joined_lines(pivotal)))
    return lines


def _effects(question: Question, words: Lexicon) -> list[tuple[Effect, list[str]]]:
    """What answers lead to, with the answers in words."""
    fact = words.facts.get(question.name)
    return [(effect, _answers(fact, effect.answers)) for effect in question.effects]


def _answers(fact: Fact | None, answers: Sequence[str]) -> list[str]:
    if fact is None:
        return list(answers)
    if isinstance(fact, SetOf | CodeSet):
        members = (word if word == _NONE else member_words(fact, [word]) for word in answers)
        return list(dict.fromkeys("another entry" if word == "an entry" else word for word in members))
    return short_labels(fact, answers)


_NONE = "none of these"
"""The answer that no open member belongs to a set, as effects word it."""
