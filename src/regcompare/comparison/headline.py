"""The headline of a comparison: the number of sales by result under each regime, and the finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import TypeVar

import attrs

from regcompare.law import Checked
from regcompare.ruleset.rules import Outcome
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.verdict import Verdict
from regcompare.words.catalogues import ENGLISH, Language

T = TypeVar("T")


@attrs.frozen(slots=False)
class CountRange:
    """The number of sales in which something is certainly so, and in which it may be so.

    Attributes:
        certain: Those in which it is so whatever is not known.
        at_most: Those in which it is or may be so.
    """

    certain: int
    at_most: int
    _sure: Sequence[Sequence[Verdict]] = attrs.field(default=(), eq=False, repr=False)

    @classmethod
    def of(cls, sales: Iterable[Sequence[bool | None]]) -> CountRange:
        """Counts the sales with a part of which something is certainly so (True) or may be so (None)."""
        truths = [(True in sale, None in sale) for sale in sales]
        return cls(
            sum(certain for certain, _ in truths), sum(certain or maybe for certain, maybe in truths)
        )

    @cached_property
    def marks(self) -> Mapping[Checked, int]:
        """How many of the certain ones rest on each mark of the law.

        A sale in several parts has the best mark of its parts.
        """
        marked = (filter(None, (item.checked for item in sale)) for sale in self._sure)
        return Counter(max(sale, default=Checked.TEXT) for sale in marked)

    @property
    def range(self) -> tuple[int, int]:
        """Both numbers."""
        return self.certain, self.at_most


@attrs.frozen
class Headline:
    """The number of sales by result under one regime.

    A sale in several parts has the strictest result of its parts.

    Attributes:
        ruleset: The regime.
        cases: How many cases were compared.
        sales: How many sales they make up.
        reached: In how many the regime is in force and covers at least one part.
        needs_nothing: How many need no authorisation.
        needs_licence: How many need a licence, or may not go at all.
        refused_or_banned: How many must be refused or are banned.
    """

    ruleset: Ruleset
    cases: int
    sales: int
    reached: CountRange
    needs_nothing: CountRange
    needs_licence: CountRange
    refused_or_banned: CountRange

    @property
    def set_aside(self) -> int:
        """How many sales the regime certainly does not reach."""
        return self.sales - self.reached.at_most

    def counts(self) -> tuple[CountRange, ...]:
        """The four counts, in the order of the table."""
        return self.reached, self.needs_nothing, self.needs_licence, self.refused_or_banned


def headline(ruleset: Ruleset, verdicts: Iterable[Verdict]) -> Headline:
    """Counts the verdicts of one regime, sale by sale."""
    cases = list(verdicts)
    sales = by_sale((verdict.scenario, verdict) for verdict in cases)
    return Headline(
        ruleset,
        len(cases),
        len(sales),
        reached=_count(sales, _is_reached),
        needs_nothing=CountRange.of([_needs_nothing(parts)] for parts in sales),
        needs_licence=_count(sales, lambda verdict: reaches(verdict, Outcome.AUTHORISATION)),
        refused_or_banned=_count(sales, lambda verdict: reaches(verdict, Outcome.REFUSAL)),
    )


def by_sale(values: Iterable[tuple[Scenario, T]]) -> list[list[T]]:
    """Returns the values of cases, grouped by sale."""
    sales: dict[str, list[T]] = {}
    for scenario, value in values:
        sales.setdefault(scenario.counted_as, []).append(value)
    return list(sales.values())


def is_sure(verdict: Verdict) -> bool:
    """Returns whether the regime certainly reaches the case."""
    return verdict.span is not None and verdict.in_scope is True and verdict.in_force is True


def _needs_nothing(parts: Sequence[Verdict]) -> bool | None:
    """Whether a sale that is reached needs no authorisation for any part; None where that is open."""
    spans = [verdict.span for verdict in parts if verdict.span]
    if any(map(is_sure, parts)) and all(span.high is Outcome.NO_CONTROL for span in spans):
        return True
    sure = [verdict.span for verdict in parts if verdict.span and is_sure(verdict)]
    return None if spans and all(span.low is Outcome.NO_CONTROL for span in sure) else False


def _is_reached(verdict: Verdict) -> bool | None:
    return is_sure(verdict) or (None if verdict.span else False)


def reaches(verdict: Verdict, least: Outcome) -> bool | None:
    """Returns whether a case reaches an outcome or a stricter one; None where that is open."""
    if verdict.span is None or verdict.span.high < least:
        return False
    return True if is_sure(verdict) and verdict.span.low >= least else None


def _count(sales: Sequence[Sequence[Verdict]], holds: Callable[[Verdict], bool | None]) -> CountRange:
    certain = [parts for sale in sales if (parts := [item for item in sale if holds(item)])]
    return attrs.evolve(CountRange.of([*map(holds, sale)] for sale in sales), sure=certain)


# the finding ---------------------------------------------------------------------------------------


NOUNS = ("case", "cases", "documented sale", "documented sales", "sale", "sales")
"""What is counted, in the singular and the plural."""


@attrs.frozen
class QuotableSentence:
    """The finding of a comparison as a sentence to quote.

    Attributes:
        sentence: The finding in plain English.
        marks: How many of its certain counts rest on each mark of the law.
    """

    sentence: str
    marks: Mapping[Checked, int]


def quotable_sentence(
    rows: Sequence[Headline], noun: str = "sale", language: Language = ENGLISH
) -> QuotableSentence | None:
    """Returns the finding of a headline as a sentence; None where nothing was compared.

    Args:
        rows: The headline.
        noun: What is counted, such as ``documented sale``.
        language: The language of the sentence.
    """
    if not rows or not rows[0].sales:
        return None
    marks: Counter[Checked] = Counter()
    for row in rows:
        marks.update(row.needs_licence.marks)
    set_aside_counts = {row.set_aside for row in rows}
    set_aside = set_aside_counts.pop() if len(set_aside_counts) == 1 else 0
    say, sales = language.say, rows[0].sales
    if set_aside == sales:
        nouns = say(f"{noun}s")
        sentence = say("{nouns} outside the scope of every regime: {count}.", nouns=nouns, count=sales)
        return QuotableSentence(sentence[0].upper() + sentence[1:], marks)
    sentence = say(
        {
            0: "Of {count} {noun}, {clauses}.",
            1: "Of {count} {noun}, {aside} is outside the scope. Of the others, {clauses}.",
            2: "Of {count} {noun}, {aside} are outside the scope. Of the others, {clauses}.",
        }[min(set_aside, 2)],
        count=sales,
        noun=say(noun if sales == 1 else f"{noun}s"),
        aside=set_aside,
        clauses="; ".join(_clause(row, language, with_set_aside=not set_aside) for row in rows),
    )
    return QuotableSentence(sentence, marks)


def _clause(row: Headline, language: Language, *, with_set_aside: bool) -> str:
    """What one regime does with the sales."""
    clause = language.say(
        {
            (False, False): "{regime} requires a licence for {licence} and refuses or bans {refused}",
            (False, True): "{regime} requires at least a licence for {licence} "
            "and refuses or bans {refused}",
            (True, False): "{regime} would require a licence for {licence} and refuse or ban {refused}",
            (True, True): "{regime} would require at least a licence for {licence} "
            "and refuse or ban {refused}",
        }[row.ruleset.status == "proposal", row.refused_or_banned.at_most > 0],
        regime=language.say(row.ruleset.title),
        licence=count_in_words(row.needs_licence, language),
        refused=count_in_words(row.refused_or_banned, language),
    )
    if not (with_set_aside and row.set_aside):
        return clause
    return f"{clause} {language.say('({count} are outside its scope)', count=row.set_aside)}"


def count_in_words(count: CountRange, language: Language = ENGLISH) -> str:
    """Returns a count in words: a number, or from what is certain to what is possible."""
    say, least, most = language.say, count.certain, count.at_most
    if least == most:
        return str(least) if least else say("none")
    return say("{least} to {most}" if least else "up to {most}", least=least, most=most)
