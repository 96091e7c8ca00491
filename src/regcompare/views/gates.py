"""Results as gates in everyday words: free, report, licence, no, or outside; or between two of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Literal

import attrs

from regcompare.comparison.classes import CLASS_OF, CaseClass, ClassSlug
from regcompare.comparison.explanation import is_formal
from regcompare.ruleset.review import LicensingPolicy
from regcompare.ruleset.rules import Outcome, Span
from regcompare.verdict.verdict import Finding, Verdict
from regcompare.vocabulary import Exporter, Item
from regcompare.words.catalogues import ENGLISH, Language
from regcompare.words.reasons import Reason

Kind = Literal["free", "ask", "stop", "depends", "none"]


@attrs.frozen
class Gate:
    """An outcome, or a result, as a gate.

    Attributes:
        kind: One of the three gates; a result may also be ``depends``, or ``none`` where no rule is in
            force.
        word: Its word, one of a few that every page and picture uses; of a result, with both ends.
        sentence: What it means for the seller, in a sentence.
        detail: What parts it from another outcome of the same word; blank for nothing.
    """

    kind: Kind
    word: str
    sentence: str
    detail: str = ""

    def label(self, language: Language = ENGLISH) -> str:
        """Returns its word with its detail, in a language."""
        word = language.say(self.word)
        return f"{word}: {language.say(self.detail)}" if self.detail else word


GATES: dict[Outcome, Gate] = {
    Outcome.NO_CONTROL: Gate("free", "Free", "Nobody has to be asked or told."),
    Outcome.GENERAL_AUTHORISATION: Gate(
        "free",
        "Free",
        "A standing permit covers it. The seller keeps its conditions; nobody looks at this sale first.",
        "on conditions",
    ),
    Outcome.NOTIFICATION: Gate(
        "ask",
        "Report",
        "The seller must tell the authority, which then decides whether a licence is needed.",
    ),
    Outcome.AUTHORISATION: Gate(
        "ask", "Licence", "The seller needs a licence. The authority may grant it or refuse it."
    ),
    Outcome.SUSPENSION: Gate(
        "ask", "Licence", "The sale has to wait until a condition is met.", "on hold"
    ),
    Outcome.REFUSAL: Gate(
        "stop", "No", "The seller must ask, and the authority has to refuse.", "must be refused"
    ),
    Outcome.PROHIBITION: Gate(
        "stop",
        "No",
        "The sale is forbidden. "
        "If the rules allow a licence as an exception, these facts do not fit it.",
        "banned",
    ),
}
"""The gate of each outcome of a sale, without legal terms."""

USES: dict[Outcome, Gate] = {
    **GATES,
    Outcome.NO_CONTROL: Gate(
        "free",
        "No rule here",
        "No rule read here forbids this use or asks for permission; other law may.",
    ),
    Outcome.AUTHORISATION: Gate(
        "ask", "Permission", "A court or an independent authority has to authorise the use."
    ),
    Outcome.PROHIBITION: Gate("stop", "No", "The use is forbidden.", "banned"),
}
"""The gate of each outcome of a use, under rules on uses."""

REVIEWS: dict[LicensingPolicy, str] = {
    LicensingPolicy.FAVOURABLE: "The seller needs a licence. As a rule the authority grants it.",
    LicensingPolicy.FREE: GATES[Outcome.AUTHORISATION].sentence,
    LicensingPolicy.CONSIDER: (
        "The seller needs a licence. The authority must weigh the case, and may grant it all the same."
    ),
    LicensingPolicy.PRESUMPTION: (
        "The seller needs a licence. The authority starts from no; the seller has to convince it."
    ),
    LicensingPolicy.POLICY: "The seller needs a licence. As a rule the authority refuses it.",
    LicensingPolicy.REFUSE: GATES[Outcome.REFUSAL].sentence,
}
"""The sentence for a licence that is certainly needed, by how it is decided."""

NO_GATE = Gate("none", "Outside", "These rules say nothing about a deal of this kind.")
"""The gate of a regime that does not apply."""

NOT_IN_FORCE = Gate("none", "Not in force", "These rules did not apply on that day.")
"""The gate of a regime that is not in force."""


def gate_of(verdict: Verdict, language: Language = ENGLISH) -> Gate:
    """Returns a verdict as a gate, in a language.

    A span has the words of both ends, the milder first: never its stricter end alone.  Over two kinds of
    gate its kind is ``depends``.
    """
    say, span = language.say, verdict.span
    if span is None:
        gate = NOT_IN_FORCE if verdict.in_force is False else NO_GATE
        return Gate(gate.kind, say(gate.word), say(gate.sentence))
    gates = USES if verdict.ruleset.asks == "use" else GATES
    low, high = gates[span.low], gates[span.high]
    if low is high:
        is_licence = gates is GATES and span.low is Outcome.AUTHORISATION
        is_settled = is_licence and verdict.review is verdict.review_at_most
        weighing = verdict.review if is_settled else None
        sentence = REVIEWS[weighing] if weighing else high.sentence
        return Gate(high.kind, high.label(language), say(sentence))
    mild, strict = low.label(language), high.label(language)
    further = say(high.detail) if low.word == high.word else say(high.word).lower()
    return Gate(
        low.kind if low.kind == high.kind else "depends",
        say(PERHAPS, low=mild if low.word == high.word else say(low.word), high=further),
        say("From “{low}” to “{high}”.", low=mild, high=strict),
    )


PERHAPS = "{low}, perhaps {high}"
"""The word of a span."""


WORDS: dict[ClassSlug, str] = {slug: GATES[outcome].word for outcome, slug in CLASS_OF.items()}
"""The word of each class, as on gates."""
WORDS["outside"] = NO_GATE.word


def word_of(found: CaseClass, language: Language = ENGLISH) -> str:
    """Returns the word of a class; between two, both, the milder first."""
    say = language.say
    if found.ends is None:
        return say(WORDS["outside"])
    low, high = found.ends
    if low == high:
        return say(WORDS[low])
    return say(PERHAPS, low=say(WORDS[low]), high=say(WORDS[high]).lower())


# why ------------------------------------------------------------------------------------------------

CONSEQUENCES: dict[Outcome, str] = {
    Outcome.NO_CONTROL: "nobody has to be asked",
    Outcome.GENERAL_AUTHORISATION: "a standing permit covers it",
    Outcome.NOTIFICATION: "the seller must report it",
    Outcome.AUTHORISATION: "the seller must ask for a licence",
    Outcome.SUSPENSION: "it has to wait",
    Outcome.REFUSAL: "the authority must say no",
    Outcome.PROHIBITION: "it is banned",
}
"""The consequence of each outcome, after a clause with "if"."""

IF = "If {condition}, {consequence}."
MAY_APPLY = "This may apply: {sentence}"
OR_IF = "{one}, or if {other}"
OTHERWISE = "Otherwise {consequence}."
OUTSIDE = "The seller is outside {home}, so these rules do not apply."
MAY_BE_OUTSIDE = "Whether the seller is in {home} is not settled."
NOTHING = "No rule that was read reaches this sale."
SETTLED_BY = {
    "disputed": "The sources disagree about that.",
    "unknown": "No source settles that.",
    "law": "The law that was read does not settle that.",
    "either": "Whichever it is, the answer is the same.",
}
"""Reasons why a condition is open: sources differ, none says, or the law is; or it does not matter."""
_MOST = 2
"""The most open rules in a reason."""
_MOST_MISSED = 3
"""The most reasons why rules do not apply."""


def why(verdict: Verdict, language: Language = ENGLISH, *, is_short: bool = False) -> Reason:
    """Returns why a gate is as it is, in everyday words: for every gate there is a sentence.

    The words of a rule that has none in plain language are those of its own sentence.

    Args:
        verdict: The verdict.
        language: The language.
        is_short: Whether one reason of each sort is enough.
    """
    say, span = language.say, verdict.span
    if verdict.in_force is False:
        return Reason(say(verdict.earlier_law or NOT_IN_FORCE.sentence), ())
    home = say(verdict.ruleset.home.name) if verdict.ruleset.home else ""
    if span is None:
        keys = verdict.derivation(verdict.program.scope).deciding_questions()
        country = Exporter.country.key
        if home and country in _facts(verdict, keys, formal=True):
            return Reason(say(OUTSIDE, home=home), (country,))
        return Reason(say(NO_GATE.sentence), ())
    sentences: list[str] = []
    facts: dict[str, None] = {}
    deciding, open_findings = (
        verdict.deciding[:1],
        _open_reasons(verdict, span)[: 1 if is_short else _MOST],
    )
    if deciding:
        rule = deciding[0].rule
        sentences.append(say(rule.plain.sentence) if rule.plain else language.say_law(rule.sentence))
        facts |= dict.fromkeys(_facts(verdict, deciding[0].derivation.deciding_questions()))
    elif not verdict.alternatives:
        known = [*dict(_missed(verdict)).items()]
        if is_short:  # Whether it is listed comes first, whichever text asks that.
            known = sorted(known, key=lambda item: item[1] != Item.annex_i_entry.key)[:1]
        missed = dict(known[:_MOST_MISSED])
        sentences += map(say, missed)
        facts |= dict.fromkeys(missed.values())
    if open_findings:
        sentences += _conditionals(open_findings, language)
        if verdict.alternatives and open_findings[0].rule.then < span.high:
            sentences.append(say(OTHERWISE, consequence=say(CONSEQUENCES[span.high])))
        questions = [key for finding in open_findings for key in finding.derivation.open_questions()]
        asked = _facts(verdict, questions)
        disputed = {item.fact for item in verdict.scenario.disputed} & {*asked}
        mark = "law" if not asked else "disputed" if disputed else "unknown"
        sentences.append(say(SETTLED_BY["either" if span.is_settled else mark]))
        facts |= dict.fromkeys(asked)
    if home and verdict.in_scope is None:
        sentences.append(say(MAY_BE_OUTSIDE, home=home))
    return Reason(" ".join(sentences) or say(NOTHING), tuple(facts))


def _conditionals(findings: Sequence[Finding], language: Language) -> Iterator[str]:
    """Yields the consequences if rules applied; rules with one consequence share a sentence."""
    say, by_outcome = language.say, dict[Outcome, str]()
    for finding in findings:
        plain, outcome = finding.rule.plain, finding.rule.then
        if plain is None:
            yield say(MAY_APPLY, sentence=language.say_law(finding.rule.sentence))
        elif outcome in by_outcome:
            by_outcome[outcome] = say(OR_IF, one=by_outcome[outcome], other=say(plain.clause))
        else:
            by_outcome[outcome] = say(plain.clause)
    for outcome, condition in by_outcome.items():
        yield say(IF, condition=condition, consequence=say(CONSEQUENCES[outcome]))


def said_of(finding: Finding, language: Language) -> str:
    """Returns what a rule says: its own sentence, or failing a translation that in everyday words."""
    plain, sentence = finding.rule.plain, finding.rule.sentence
    if plain is None or not language.left_in(sentence):
        return language.say_law(sentence)
    return language.say(plain.sentence) if finding.holds else next(_conditionals([finding], language))


def _open_reasons(verdict: Verdict, span: Span) -> Sequence[Finding]:
    """The strictest open rules that could raise the outcome, or of which one must hold."""
    floor = max(span.low, Outcome.GENERAL_AUTHORISATION)
    candidates = [*verdict.alternatives, *(item for item in verdict.open if item.rule.then > floor)]
    candidates.sort(key=attrgetter("rule.then.rank"), reverse=True)
    unlike: dict[object, Finding] = {}
    for item in candidates:
        unlike.setdefault(item.rule.plain or item.rule.sentence, item)
    return list(unlike.values())


def _missed(verdict: Verdict) -> Iterator[tuple[str, str]]:
    """Yields why rules that a reader would expect do not apply, each with the fact on which they fail.

    Of what a rule says on its failing, the first that is true of the case and on which it fails counts.
    """
    for finding in verdict.findings:
        fails = finding.rule.plain.fails if finding.rule.plain and finding.holds is False else {}
        facts = _facts(verdict, finding.derivation.deciding_questions(), formal=True) if fails else ()
        for condition, sentence in fails.items():
            met = verdict.derivation(condition)
            behind = _facts(verdict, met.deciding_questions(), formal=True) if met.truth else ()
            if shared := [fact for fact in behind if fact in facts]:
                yield sentence, shared[0]
                break


def _facts(verdict: Verdict, keys: Iterable[str], *, formal: bool = False) -> tuple[str, ...]:
    """The facts among questions; without the kind, place and day of the sale unless asked for."""
    program = verdict.program
    known = (key for key in keys if key in program.questions and key in program.position)
    names = dict.fromkeys(program.questions[key].name for key in known)
    return tuple(name for name in names if name in program.facts and (formal or not is_formal(name)))
