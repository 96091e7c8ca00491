"""Sentences that state a verdict: under which law, as of which day, with which outcome, by what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from regcompare.law import Citation, Evidence, EvidenceLevel
from regcompare.ruleset.rules import CELL_WORDS, Outcome, Rule, Span
from regcompare.ruleset.ruleset import citation_format
from regcompare.scenario.provenance import Source
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.verdict import Finding, Verdict
from regcompare.vocabulary.sections import LICENCE_STATUSES
from regcompare.words.catalogues import ENGLISH, Language
from regcompare.words.lexicon import lexicon, listing, short_list
from regcompare.words.reasons import reasons
from regcompare.words.rows import table_row

from .document import Bullets, Inline, Link, Note, Outcomes

NOT_ADVICE = "A reading of the encoded texts for comparison; not legal advice."

SPAN_ENDS = "the mildest and the strictest possible outcome; not every step in between need be possible"
"""The explanation of a span, wherever one is drawn."""

CHECKED_WORDS = {
    EvidenceLevel.TEXT.value: "official text",
    EvidenceLevel.OWN.value: "its own text",
    EvidenceLevel.OFFICIAL.value: "official account",
    EvidenceLevel.SECONDARY.value: "secondary account",
    EvidenceLevel.INFERRED.value: "inferred",
    EvidenceLevel.UNREAD.value: "unread",
}
"""The evidence level of a provision, as it reads after "Source:"."""


def known_from(verdict: Verdict, language: Language = ENGLISH, *, short: bool = False) -> str:
    """Returns from what the law behind a result is known, and which part of it is known no better."""
    say = language.say
    words = say(CHECKED_WORDS.get(verdict.checked or "", ""))
    if verdict.checked in (None, EvidenceLevel.TEXT):
        return words
    provisions = [item.checked for item in verdict.deciding or verdict.alternatives]
    used = list(_used_law(verdict, language))
    weakest = [name for name, level in used if level is verdict.checked]
    if not weakest or verdict.checked in provisions:
        return words
    names = short_list([*dict.fromkeys(weakest)], "and", 2 if short else 6, language)
    named = f"{words} ({names})"
    better = {*provisions, *(level for _, level in used)} - {verdict.checked}
    if short or not better:
        return named
    return say("{named}, otherwise {rest}", named=named, rest=say(CHECKED_WORDS[min(better)]))


def _used_law(verdict: Verdict, language: Language) -> Iterator[tuple[str, EvidenceLevel]]:
    """The readings, terms and rows of tables behind the provisions that decide, each with its level."""
    deciding, words = verdict.deciding or verdict.alternatives, lexicon(verdict.ruleset)
    derivations = [finding.derivation for finding in deciding or verdict.near_misses]
    asked = {name for item in derivations for reason in reasons(item, words) for name in reason.facts}
    for doubt, option in verdict.assumed:
        if option is not None and doubt.asked.name in asked:
            part = next(part for part in verdict.ruleset.parts() if doubt in part.doubts)
            pinpoint, reading = doubt.cite.pinpoint, f"{doubt.id}: {option}"
            name = language.say("{place} read as {reading}", place=pinpoint, reading=reading)
            yield name, part.mark(doubt)
    for finding in deciding:
        for term in finding.rests_on():
            if evidence := finding.known_by(term):
                row = table_row(term)
                yield language.say(row.table) if row else f"“{term.name}”", evidence.level


def mark_words(level: EvidenceLevel) -> str:
    """Returns the evidence level of a provision after its citation; blank for the official text."""
    return "" if level is EvidenceLevel.TEXT else f" [{CHECKED_WORDS[level.value]}]"


def source_line(source: Source) -> tuple[Inline, ...]:
    """Returns a source of a case, with its address."""
    missing = "no address known" if source.url == "none" else ""
    if missing and source.looked_for:
        missing = f"no address found on {source.looked_for}"
    known = "not opened, known by an account" if source.known else ""
    how_much = {"whole": "read whole", "part": "read in part", "opening": "its opening was read"}
    seen = how_much.get(source.seen or "", "read" if source.opened else "")
    seen += f" on {source.opened}" if seen and source.opened else ""
    details = ", ".join(filter(None, (source.publisher, source.date, missing, known, seen)))
    copy: tuple[Inline, ...] = (" (", Link("the copy that was read", source.copy), ")")
    return (
        Link(source.title, source.address),
        f", {details}" if details else "",
        *(copy if source.copy else ()),
    )


def record_lines(scenario: Scenario, language: Language = ENGLISH) -> Iterator[str]:
    """Yields sentences on what happened to the export."""
    if scenario.record is not None:
        decision = language.say(DECISION_WORDS[scenario.record.decision])
        day = f" ({scenario.record.date})" if scenario.record.date else ""
        yield f"{decision[0].upper()}{decision[1:]}{day}."
        yield language.say(one_line(scenario.record.note))


def one_line(text: str) -> str:
    """Returns a text of a file on one line, as catalogues have it."""
    return " ".join(text.split())


DECISION_WORDS: Mapping[str, str] = dict(LICENCE_STATUSES) | {"unknown": "what was decided is not known"}


def comment(note: str, language: Language = ENGLISH) -> str:
    """Returns a comment on a provision, which is no part of its text, as it is printed."""
    return language.say("Our comment: {note}", note=language.quote_law(note))


def evidence_words(evidence: Evidence, language: Language = ENGLISH) -> str:
    """Returns a provision's evidence, as it reads after "Source:"."""
    say = language.say
    read_on = say("read on {day}", day=evidence.read_on) if evidence.read_on else ""
    note = f" ({language.quote_law(evidence.note.rstrip('.'))})" if evidence.note else ""
    stated = (say(CHECKED_WORDS[evidence.level]), evidence.document, read_on)
    return ", ".join(filter(None, stated)) + note


SUBJECTS = {
    "export": "the export",
    "electronic_export": "the export",
    "brokering": "the brokering",
    "technical_assistance": "the technical assistance",
    "hosted_service": "the hosted service",
    "financing": "the financing",
    "transit": "the transit",
    "intra_eu_transfer": "the transfer",
    "import": "the import",
    "use": "the same use at home",
}
"""The subject of a sentence on a transaction, by its kind, or on the use that it serves."""

LAW_SAYS: dict[Outcome, str] = {
    Outcome.NO_CONTROL: "needs no authorisation",
    Outcome.GENERAL_AUTHORISATION: "is covered by a general authorisation, on its conditions and "
    "without an individual decision",
    Outcome.NOTIFICATION: "must be notified to the authority, which then clears it or requires "
    "a licence",
    Outcome.AUTHORISATION: "needs an authorisation, which the authority may grant or refuse",
    Outcome.SUSPENSION: "is suspended: it may not go ahead, and no licence may be used, until "
    "a stated condition is met",
    Outcome.REFUSAL: "needs an authorisation, which the authority must refuse",
    Outcome.PROHIBITION: "is prohibited",
}
"""The predicate for each outcome of a law, about a transaction."""

PROPOSAL_SAYS: dict[Outcome, str] = {
    Outcome.NO_CONTROL: "would need no authorisation",
    Outcome.GENERAL_AUTHORISATION: "would be covered by a general authorisation, on its conditions "
    "and without an individual decision",
    Outcome.NOTIFICATION: "would have to be notified to the authority, which would then clear it or "
    "require a licence",
    Outcome.AUTHORISATION: "would need an authorisation, which the authority might grant or refuse",
    Outcome.SUSPENSION: "would be suspended: it could not go ahead, and no licence could be used, "
    "until a stated condition is met",
    Outcome.REFUSAL: "would need an authorisation, which the authority would have to refuse",
    Outcome.PROHIBITION: "would be prohibited",
}
"""The predicate for each outcome of a proposal."""

USE_SAYS: dict[Outcome, str] = {
    **LAW_SAYS,
    Outcome.NO_CONTROL: "is neither forbidden by these rules nor subject to authorisation",
    Outcome.AUTHORISATION: "needs an authorisation by a court or an independent authority",
    Outcome.PROHIBITION: "is forbidden",
}
"""The predicate for each outcome of rules on uses, about a use."""


def outcome_words(word: str) -> str:
    """Returns an outcome's words in a sentence: ``general authorisation``."""
    return word.replace("_", " ")


def rule_outcome_words(rule: Rule, language: Language = ENGLISH) -> str:
    """Returns the outcome of a rule in words; of a power to refuse, that the licence may be refused."""
    outcome = language.say(outcome_words(rule.then))
    if not rule.may_refuse:
        return outcome
    return language.say("{outcome}, which the authority may refuse", outcome=outcome)


def span_words(span: Span, language: Language = ENGLISH) -> str:
    """Returns a span in words: ``no control to notification``."""
    low, high = (language.say(outcome_words(end)) for end in (span.low, span.high))
    return low if span.is_settled else language.say("{low} to {high}", low=low, high=high)


_MAX_LISTED_ANSWERS = 40
"""More answers than this are summed up as "any other"."""


def answers_words(words: Sequence[str], language: Language = ENGLISH) -> str:
    """Returns answers with the same effect as a short list."""
    if len(words) > _MAX_LISTED_ANSWERS:
        return language.say("any other")
    return short_list(words, "or", 10, language)


def cell_words(span: Span, language: Language = ENGLISH) -> str:
    """Returns a span in a cell's wording: ``licence``, ``must report?``, ``licence, refused?``."""
    low, high = language.say(CELL_WORDS[span.low]), language.say(CELL_WORDS[span.high])
    if span.low is span.high:
        return low
    return f"{high}?" if span.low is Outcome.NO_CONTROL else f"{low}, {high}?"


IN_ENGLISH = "What follows is in English: reasons, records and sources are not translated."
"""The notice in another language before the parts that have no translation."""

NAMES_IN_ENGLISH = "Names of terms and readings, in quotation marks, are in English."
"""The notice in another language after reasons, on the names in them."""


def result_cell(verdict: Verdict, language: Language = ENGLISH) -> str:
    """Returns the result in a cell's wording, or why there is none."""
    return cell_words(verdict.span, language) if verdict.span else language.say(verdict.result)


def result_words(verdict: Verdict) -> str:
    """Returns the result in a few words."""
    return span_words(verdict.span) if verdict.span else verdict.result


def outcomes(span: Span | Outcome, language: Language = ENGLISH) -> Outcomes:
    """Returns a span, or an outcome, to be drawn in its colours."""
    span = Span(span, span) if isinstance(span, Outcome) else span
    return Outcomes(span, span_words(span, language))


def rule_outcomes(rule: Rule, language: Language = ENGLISH) -> Outcomes:
    """Returns the outcome of a rule to be drawn in its colours."""
    return Outcomes(Span(rule.then, rule.then), rule_outcome_words(rule, language))


def verdict_outcomes(verdict: Verdict, text: str = "") -> Inline:
    """Returns the result to be drawn in its colours, or why there is none; ``text`` is its wording."""
    if verdict.span is None:
        return Note(text or verdict.result)
    return Outcomes(verdict.span, text or result_words(verdict))


def verdict_sentence(verdict: Verdict, case: str = "", language: Language = ENGLISH) -> str:
    """Returns the verdict as a sentence: the law, its date, the effect, and the provisions.

    Args:
        verdict: The verdict.
        case: The title of the case, where the sentence names it, which it does in English.
        language: The language.
    """
    say = language.say
    known = f"On the known facts of “{case}”" if case else ""
    title, subject, under = verdict.ruleset.title, _subject(verdict), _law_phrase(verdict, language)
    lead = f"{known} and {under[0].lower()}{under[1:]}" if known else under
    if verdict.in_force is False:
        return _not_in_force(verdict, language)
    if verdict.is_domestic:
        return say("{law}, the sale is domestic: it is not an export, and is set aside.", law=lead)
    if verdict.span is None:
        return say(
            "{law}, {subject} is out of scope: {title} does not apply to it and gives no outcome.",
            law=lead,
            subject=say(subject),
            title=say(title),
        )
    clause = _quotable_clause(verdict, verdict.span, language)
    if verdict.in_force is not None and verdict.in_scope is not None:
        return say("{law}, {clause}.", law=lead, clause=clause)
    return say(
        "{law}, if it applies, which is not known, {clause}."
        if verdict.in_force is not None
        else "{law}, if it is in force, which is not known, {clause}."
        if verdict.in_scope is not None
        else "{law}, if it is in force and applies, which is not known, {clause}.",
        law=lead,
        clause=clause,
    )


def _quotable_clause(verdict: Verdict, span: Span, language: Language) -> str:
    """The effect of a span as a clause, with its provisions in brackets."""
    is_law = verdict.ruleset.status == "law"
    says = USE_SAYS if verdict.ruleset.asks == "use" else LAW_SAYS if is_law else PROPOSAL_SAYS
    texts = {"subject": _subject(verdict), "low": says[span.low], "high": says[span.high]}
    values = {name: language.say(text) for name, text in texts.items()}
    possible = (finding for finding in verdict.open if finding.rule.then is span.high)
    is_decided = bool(span.is_settled and verdict.deciding)
    findings = [*verdict.deciding, *(() if is_decided else possible)]
    cites = citation_list((finding.rule.cite for finding in findings), language.say("and"))
    citations = f" ({cites})" if findings else ""
    is_ban = span.low is Outcome.PROHIBITION and says is LAW_SAYS
    exceptions = derogation_clause(verdict.deciding, language) if is_ban else ""
    text = language.say(
        "the outcome is open: at the least {subject} {low}; at the most it {high}"
        if not span.is_settled
        else "{subject} {low}, which is not to say that it is lawful"
        if span.high is Outcome.NO_CONTROL
        else "{subject} {low}",
        **values,
    )
    return text + citations + exceptions


def derogation_clause(bans: Iterable[Finding], language: Language = ENGLISH) -> str:
    """Returns who may license what despite bans, to be read after their citations.

    What the texts name is said in English alone; in other languages its place is.
    """
    bans, say = list(bans), language.say
    if any(ban.rule.has_no_derogation for ban in bans):
        return say(", and no licence can exist")
    rules = dict.fromkeys(rule for ban in bans for rule in ban.derogations)
    named = [rule for rule in rules if rule.licensed_for and language is ENGLISH]
    places = citation_list((rule.cite for rule in rules if rule not in named), say("and"))
    clauses = [
        f"; the authority may license it only for {rule.licensed_for} ({rule.cite})"
        + (f", and must refuse if {rule.refused_if}" if rule.refused_if else "")
        for rule in dict.fromkeys(named)
    ]
    if places:
        clauses.append(say("; what may be licensed by way of derogation is in {places}", places=places))
    if not clauses:
        return say("; whether anybody may license an exception is not encoded")
    if silent := citation_list((ban.rule.cite for ban in bans if not ban.derogations), say("and")):
        clauses.append(
            say("; whether anybody may license an exception to {places} is not encoded", places=silent)
        )
    return "".join(clauses)


def _subject(verdict: Verdict) -> str:
    is_use = verdict.ruleset.asks == "use"
    kind = "use" if is_use else str(verdict.answers.get("transaction.kind"))
    return SUBJECTS.get(kind, "the transaction")


def _law_phrase(verdict: Verdict, language: Language) -> str:
    say, as_if = language.say, verdict.scenario.as_if
    parts = [
        say(
            "Under {law}, read as of {day}" if verdict.as_of else "Under {law}, on an unknown date",
            law=say(verdict.ruleset.title),
            day=verdict.as_of,
        )
    ]
    if verdict.base:
        parts.append(say(" on top of {law}", law=say(verdict.base.title)))
    if as_if:
        parts.append(say(", as if from {home}", home=say(as_if.home)))
    if verdict.normalised:
        facts = [
            say("{fact} read as {answer}", fact=fact, answer=answer)
            for fact, answer in verdict.normalised.items()
        ]
        parts.append(say(", with {facts} and not as given", facts=listing(facts, say("and"))))
    return "".join(parts)


def _not_in_force(verdict: Verdict, language: Language) -> str:
    say, period = language.say, verdict.ruleset.period
    sentence = say(
        "{regime} is not in force on {day} (in force {period})."
        if period
        else "{regime} is not in force on {day}.",
        regime=say(verdict.ruleset.title),
        day=verdict.as_of,
        period=period,
    )
    applied = say("It gives no outcome, and no other version of the law is applied instead.")
    earlier = f" {say(verdict.earlier_law)}" if verdict.earlier_law else ""
    return f"{sentence} {applied}{earlier}"


def citation_list(cites: Iterable[Citation], last: str = "and") -> str:
    """Returns citations as a list that names each instrument once."""
    pinpoints: dict[str, dict[str, None]] = {}
    for cite in cites:
        pinpoints.setdefault(cite.instrument.name, {})[cite.pinpoint] = None
    texts = (f"{name} {short_list(list(in_text), last)}" for name, in_text in pinpoints.items())
    return listing(texts, last)


# provisions -----------------------------------------------------------------------------------------


def may_move(verdict: Verdict) -> list[Finding]:
    """Returns the open rules that could make the result stricter."""
    span = verdict.span
    return [finding for finding in verdict.open if finding.rule.then > span.low] if span else []


def provisions_named(verdict: Verdict) -> list[str]:
    """Returns the names in cells of the provisions that decide, then of those that may, with a "?"."""
    named = citation_format(verdict.ruleset)

    def cell_names(findings: Iterable[Finding]) -> list[str]:
        return list(dict.fromkeys(named(finding.rule.cite) for finding in findings))

    alternatives = [" or ".join(cell_names(verdict.alternatives))] if verdict.alternatives else []
    deciding = alternatives or cell_names(verdict.deciding)
    return deciding + [f"{cite}?" for cite in cell_names(may_move(verdict)) if cite not in deciding]


def texts_cited(verdicts: Iterable[Verdict], lang: str | None) -> Bullets:
    """Returns links to the texts cited, each with the day of the law; none without a language."""
    words_by_url: dict[str, str] = {}
    for verdict in verdicts if lang else ():
        cites = [finding.rule.cite for finding in verdict.findings if finding.holds is not False]
        for cite in (*cites, *(duty.cite for duty, _ in verdict.duties)):
            if url := cite.instrument.url(verdict.as_of, lang or "en"):
                words = f"{cite.instrument.name}, as of {verdict.as_of or 'its publication'}"
                words_by_url.setdefault(url, words)
    by_words = {words: url for url, words in words_by_url.items()}
    return Bullets([Link(words, url) for words, url in by_words.items()], "sources")
