"""Measures: what is asked of records under one law, or two, and how the answer is said."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import attrs

from regcompare.errors import UsageError, did_you_mean, nearest
from regcompare.ruleset.rules import Outcome
from regcompare.verdict.verdict import Prover, Verdict

from .classes import classify, is_reached, reaches

Part = tuple[Verdict, ...]
"""A case under each law that a measure is about."""
Asks = Callable[[Sequence[Part]], bool | None]
"""Whether something is so of a record, by its parts; None where that is not known."""


@attrs.frozen
class Measure:
    """A question about records under one law, or two, with how the answer is said.

    Attributes:
        id: Its name.
        head: The heading of a column.
        verbs: What is said of one and of several of which it is so, under the law of the day; where that
            is less than certain of others, ``{certainly}`` is in its place.
        would: The same under a law that is not that of the day.
        asks: Whether it is so of a record.
        least: The outcome from which on it is so.
        laws: How many laws it is about.
        lead: How a sentence about two laws begins, with ``{base}`` and ``{law}``.
        proved: What is asked instead where a prover says which answers can hold together.
    """

    id: str
    head: str
    verbs: tuple[str, str]
    would: str
    asks: Asks = attrs.field(repr=False, eq=False)
    least: Outcome
    laws: int = 1
    lead: str = "Under {law}"
    proved: Callable[[Prover], Asks] | None = attrs.field(default=None, repr=False, eq=False)

    def jointly(self, prover: Prover | None) -> Measure:
        """Returns it with what is proved never to be so under the same facts as not so.

        That is asked of gaps, where a prover is there.
        """
        if prover is None or self.proved is None:
            return self
        return attrs.evolve(self, asks=self.proved(prover))


def of_any_part(asks: Callable[[Verdict, Verdict], bool | None]) -> Asks:
    """Makes a question about two verdicts one about records: it is so if it is so of one part.

    So numbers of gaps are no differences of numbers of classes.
    """

    def of_record(parts: Sequence[Part]) -> bool | None:
        truths = [asks(*part) for part in parts]
        return True if True in truths else None if None in truths else False

    return of_record


def gap_at(least: Outcome, prover: Prover | None = None) -> Callable[[Verdict, Verdict], bool | None]:
    """Asks whether the second of two laws reaches an outcome, and the first stays below it.

    With a prover it is so, or may be, only where some answers to the open questions do both.
    """

    def asks(lax: Verdict, strict: Verdict) -> bool | None:
        if not lax.span or not strict.span or lax.span.low >= least or strict.span.high < least:
            return False
        if lax.as_of == strict.as_of and _has_no_gap(lax, strict, least):
            return False
        if lax.span.high < least <= strict.span.low and is_reached(strict):
            return True
        return None if prover is None or prover.may_diverge(lax, strict, least) else False

    return asks


def _has_no_gap(lax: Verdict, strict: Verdict, least: Outcome) -> bool:
    """Returns whether one law is the other plus rules, of which none that may hold could make a gap."""
    if lax.ruleset.only_adds_to(strict.ruleset):
        return True
    own = set(lax.ruleset.rules)
    return strict.ruleset.only_adds_to(lax.ruleset) and not any(
        item.holds is not False and item.rule.then >= least
        for item in strict.findings
        if item.rule not in own
    )


def forbidden_at_home(below: Outcome) -> Asks:
    """Asks whether a use is forbidden under the first law, and its export stays below an outcome."""

    def asks(home: Verdict, away: Verdict) -> bool | None:
        forbidden, stricter = reaches(home, Outcome.REFUSAL), reaches(away, below)
        if forbidden is False or stricter is True or away.span is None:
            return False
        return True if forbidden and stricter is False and is_reached(away) else None

    return of_any_part(asks)


def _reaching(least: Outcome, name: str, head: str, verbs: tuple[str, str], would: str) -> Measure:
    """Returns the measure of what comes to an outcome; of several parts the strictest counts."""

    def asks(parts: Sequence[Part]) -> bool | None:
        return classify(part[0] for part in parts).reaches(least)

    return Measure(name, head, verbs, would, asks, least)


def _under_one_alone(reached: Measure) -> Measure:
    """Returns the measure of what one law comes to and another does not, said in the same words."""
    name, head = ("refusal", "refusal or ban") if reached.id == "refuse" else (reached.id, reached.head)
    return attrs.evolve(
        reached,
        id=f"{name}_gap",
        head=f"{head} under one alone",
        asks=of_any_part(gap_at(reached.least)),
        laws=2,
        lead="Under {law} but not under {base}",
        proved=lambda prover: of_any_part(gap_at(reached.least, prover)),
    )


_SINGLE = (
    _reaching(
        Outcome.NOTIFICATION, "tell", "telling",
        ("must {certainly}be told to the authority", "must {certainly}be told to the authority"),
        "would {certainly}have to be told to the authority",
    ),
    _reaching(
        Outcome.AUTHORISATION, "licence", "licence",
        ("{certainly}needs a licence", "{certainly}need a licence"),
        "would {certainly}need a licence",
    ),
    _reaching(
        Outcome.REFUSAL, "refuse", "refusal",
        ("must {certainly}be refused or is banned", "must {certainly}be refused or are banned"),
        "would {certainly}have to be refused or be banned",
    ),
)  # fmt: skip
_LEAD = "With the use under {base} and the export under {law}"
_OF_USES = (
    Measure(
        "double_standard", "forbidden at home alone",
        (
            "is {certainly}forbidden at home while the export is neither refused nor banned",
            "are {certainly}forbidden at home while the export is neither refused nor banned",
        ),
        "would {certainly}be forbidden at home while the export is neither refused nor banned",
        forbidden_at_home(Outcome.REFUSAL), Outcome.REFUSAL, 2, _LEAD,
    ),
    Measure(
        "unlicensed_abroad", "forbidden at home, free abroad",
        (
            "is {certainly}forbidden at home while the export needs no licence",
            "are {certainly}forbidden at home while the export needs no licence",
        ),
        "would {certainly}be forbidden at home while the export needs no licence",
        forbidden_at_home(Outcome.AUTHORISATION), Outcome.REFUSAL, 2, _LEAD,
    ),
    Measure(
        "refused_abroad", "refused abroad, not forbidden at home",
        (
            "{certainly}must not be exported while the use is not forbidden at home",
            "{certainly}must not be exported while the use is not forbidden at home",
        ),
        "would {certainly}be refused or banned for export while the use is not forbidden at home",
        of_any_part(gap_at(Outcome.REFUSAL)), Outcome.REFUSAL, 2, _LEAD,
    ),
)  # fmt: skip
"""Of a law on use at home and one on exports."""
MEASURES: Mapping[str, Measure] = {
    item.id: item for item in (*_SINGLE, *map(_under_one_alone, _SINGLE), *_OF_USES)
}
"""The measures by name."""


def measure(name: str | Measure) -> Measure:
    """Returns the measure with this name; every outcome is the name of one, as in ``prohibition``.

    Raises:
        UsageError: There is none; the text names the nearest.
    """
    if isinstance(name, Measure):
        return name
    if name in MEASURES:
        return MEASURES[name]
    for least in Outcome:
        if name in (least.word, f"{least.word}_gap"):
            return measure_at(least, of_two=name != least.word)
    hint = did_you_mean(nearest(name, MEASURES))
    raise UsageError(f"There is no measure {name!r}.{hint} Expected one of {', '.join(MEASURES)}.")


def measure_at(least: Outcome, *, of_two: bool = False) -> Measure:
    """Returns the measure of what comes to an outcome or a stricter one, under one law or it alone."""
    words = f"{least.word.replace('_', ' ')} or stricter"
    named = next((item for item in _SINGLE if item.least is least), None) or _reaching(
        least, least.word, words,
        (f"{{certainly}}comes to {words}", f"{{certainly}}come to {words}"),
        f"would {{certainly}}come to {words}",
    )  # fmt: skip
    return _under_one_alone(named) if of_two else named


def outcome_of(given: Outcome | str, name: str) -> Outcome:
    """Returns the outcome that an argument names.

    Raises:
        UsageError: There is none.
    """
    try:
        return given if isinstance(given, Outcome) else Outcome.read(given)
    except ValueError as error:
        raise UsageError(f"{name}={given!r}: {error}") from None


def verb_phrase(at: Outcome, number: int) -> str:
    """Returns the verb phrase for reaching an outcome or a stricter one: ``need a licence``."""
    is_singular = number < 2
    if at is Outcome.AUTHORISATION:
        return "needs a licence" if is_singular else "need a licence"
    if at is Outcome.REFUSAL:
        return "is refused or banned" if is_singular else "are refused or banned"
    return f"{'comes' if is_singular else 'come'} to {at.word.replace('_', ' ')} or stricter"


def pluralise(number: int, word: str) -> str:
    """Returns a number with its noun, such as ``1 case`` and ``2 duties``."""
    if number != 1:
        word = f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"
    return f"{number} {word}"
