"""Measures: what is asked of records under one law, or two, and how the answer is said."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import attrs

from regcompare.errors import UsageError, did_you_mean, nearest
from regcompare.ruleset.rules import Outcome
from regcompare.verdict.verdict import Verdict

from .classes import ClassSlug, classify, is_reached

Part = tuple[Verdict, ...]
"""A case under each law that a measure is about."""
Asks = Callable[[Sequence[Part]], bool | None]
"""Whether something is so of a record, by its parts; None where that is not known."""


@attrs.frozen
class Measure:
    """What is asked of records under one law, or of two laws, and how the answer is said.

    Attributes:
        id: Its name.
        head: The heading of a column.
        verbs: What is said of one and of several of which it is so, under the law of the day; where that
            is less than certain of others, ``{certainly}`` is in its place.
        would: The same under a law that is not that of the day.
        asks: Whether it is so of a record.
        least: The outcome from which on it is so, where it is about one law.
        lead: How a sentence about two laws begins, with ``{base}`` and ``{law}``.
    """

    id: str
    head: str
    verbs: tuple[str, str]
    would: str
    asks: Asks = attrs.field(repr=False, eq=False)
    least: Outcome | None = None
    lead: str = "Under {law}"

    @property
    def laws(self) -> int:
        """How many laws it is about."""
        return 1 if self.least else 2


def _at_least(slug: ClassSlug) -> Asks:
    """Of several parts the strictest counts."""
    return lambda parts: classify(part[0] for part in parts).is_at_least(slug)


def of_any_part(asks: Callable[[Verdict, Verdict], bool | None]) -> Asks:
    """Makes a question about two verdicts one about records: it is so if it is so of one part.

    So numbers of gaps are no differences of numbers of classes.
    """

    def of_record(parts: Sequence[Part]) -> bool | None:
        truths = [asks(*part) for part in parts]
        return True if True in truths else None if None in truths else False

    return of_record


def gap_at(least: Outcome) -> Callable[[Verdict, Verdict], bool | None]:
    """Asks whether the second of two laws reaches an outcome, and the first stays below it."""

    def asks(lax: Verdict, strict: Verdict) -> bool | None:
        if not lax.span or not strict.span or lax.span.low >= least or strict.span.high < least:
            return False
        if lax.as_of == strict.as_of and _has_no_gap(lax, strict, least):
            return False
        is_sure = lax.span.high < least <= strict.span.low and is_reached(strict)
        return is_sure or None

    return asks


def _has_no_gap(lax: Verdict, strict: Verdict, least: Outcome) -> bool:
    """Whether one law is the other plus rules, and none that could make a gap is added and may hold."""
    if lax.ruleset.only_adds_to(strict.ruleset):
        return True
    own = set(lax.ruleset.rules)
    return strict.ruleset.only_adds_to(lax.ruleset) and not any(
        item.holds is not False and item.rule.then >= least
        for item in strict.findings
        if item.rule not in own
    )


def _double_standard(home: Verdict, away: Verdict) -> bool | None:
    """Whether a use is forbidden at home while its export is neither refused nor banned."""
    return gap_at(Outcome.REFUSAL)(away, home)


def _under_one_alone(reached: Measure, least: Outcome, name: str, head: str) -> Measure:
    """Returns the measure of what one law comes to and another does not, said in the same words."""
    asks, lead = of_any_part(gap_at(least)), "Under {law} but not under {base}"
    return attrs.evolve(reached, id=name, head=head, asks=asks, least=None, lead=lead)


_TELL = Measure(
    "tell",
    "telling",
    ("must {certainly}be told to the authority", "must {certainly}be told to the authority"),
    "would {certainly}have to be told to the authority",
    _at_least("tell"),
    Outcome.NOTIFICATION,
)
_LICENCE = Measure(
    "licence",
    "licence",
    ("{certainly}needs a licence", "{certainly}need a licence"),
    "would {certainly}need a licence",
    _at_least("licence"),
    Outcome.AUTHORISATION,
)
_REFUSE = Measure(
    "refuse",
    "refusal",
    ("must {certainly}be refused or is banned", "must {certainly}be refused or are banned"),
    "would {certainly}have to be refused or be banned",
    _at_least("refuse"),
    Outcome.REFUSAL,
)
MEASURES: Mapping[str, Measure] = {
    item.id: item
    for item in (
        _TELL,
        _LICENCE,
        _REFUSE,
        _under_one_alone(_TELL, Outcome.NOTIFICATION, "tell_gap", "telling under one alone"),
        _under_one_alone(_LICENCE, Outcome.AUTHORISATION, "licence_gap", "licence under one alone"),
        _under_one_alone(_REFUSE, Outcome.REFUSAL, "refusal_gap", "refusal or ban under one alone"),
        Measure(
            "double_standard",
            "forbidden at home alone",
            (
                "is {certainly}forbidden at home while the export is neither refused nor banned",
                "are {certainly}forbidden at home while the export is neither refused nor banned",
            ),
            "would {certainly}be forbidden at home while the export is neither refused nor banned",
            of_any_part(_double_standard),
            lead="With the use under {base} and the export under {law}",
        ),
    )
}
"""The measures by name."""


def measure(name: str | Measure) -> Measure:
    """Returns the measure with this name.

    Raises:
        UsageError: There is none; the text names the nearest.
    """
    if isinstance(name, Measure):
        return name
    if name not in MEASURES:
        hint = did_you_mean(nearest(name, MEASURES))
        raise UsageError(f"There is no measure {name!r}.{hint} Expected one of {', '.join(MEASURES)}.")
    return MEASURES[name]


def verb_phrase(at: Outcome, number: int) -> str:
    """Returns the verb phrase for reaching an outcome or a stricter one: ``need a licence``."""
    is_singular = number < 2
    if at is Outcome.AUTHORISATION:
        return "needs a licence" if is_singular else "need a licence"
    if at is Outcome.REFUSAL:
        return "is refused or banned" if is_singular else "are refused or banned"
    return f"{'comes' if is_singular else 'come'} to {at.word.replace('_', ' ')} or stricter"


def infinitive(at: Outcome) -> str:
    """Returns the verb phrase as it follows "may" or "certain to": ``be refused or banned``."""
    return "be refused or banned" if at is Outcome.REFUSAL else verb_phrase(at, 2)


def pluralise(number: int, word: str) -> str:
    """Returns a number with its noun, such as ``1 case`` and ``2 duties``."""
    if number != 1:
        word = f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"
    return f"{number} {word}"
