"""The headline of a comparison: one row a regime, with how many sales come to what, and the finding."""

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
    """In how many sales something is so for certain, and in how many at most.

    Attributes:
        certain: In how many it is so whatever is not known.
        at_most: In how many it may be so.
    """

    certain: int
    at_most: int
    _sure: Sequence[Sequence[Verdict]] = attrs.field(default=(), eq=False, repr=False)

    @classmethod
    def of(cls, sales: Iterable[Sequence[bool | None]]) -> CountRange:
        """Counts the sales of which something is so of a part, for certain (True) or perhaps (None)."""
        found = [(True in sale, None in sale) for sale in sales]
        return cls(sum(sure for sure, _ in found), sum(sure or may for sure, may in found))

    @cached_property
    def marks(self) -> Mapping[Checked, int]:
        """How the law is known on which the certain ones rest, each with how many.

        Of a sale in several parts the part with the best mark carries it.
        """
        marked = (filter(None, (item.checked for item in sale)) for sale in self._sure)
        return Counter(max(sale, default=Checked.TEXT) for sale in marked)

    @property
    def range(self) -> tuple[int, int]:
        """Both numbers."""
        return self.certain, self.at_most


@attrs.frozen
class Headline:
    """How many sales come to what under one regime.

    A sale in several parts comes to the strictest result of its parts.

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
    found = list(verdicts)
    parts = by_sale((verdict.scenario, verdict) for verdict in found)
    return Headline(
        ruleset,
        len(found),
        len(parts),
        reached=_count(parts, _is_reached),
        needs_nothing=CountRange(
            sum(any(map(is_sure, sale)) and all(map(_is_free, sale)) for sale in parts),
            sum(
                any(verdict.span for verdict in sale) and all(map(_may_be_free, sale)) for sale in parts
            ),
        ),
        needs_licence=_count(parts, lambda verdict: reaches(verdict, Outcome.AUTHORISATION)),
        refused_or_banned=_count(parts, lambda verdict: reaches(verdict, Outcome.REFUSAL)),
    )


def by_sale(parts: Iterable[tuple[Scenario, T]]) -> list[list[T]]:
    """Returns what was found of cases, that of the parts of one sale together."""
    sales: dict[str, list[T]] = {}
    for scenario, found in parts:
        sales.setdefault(scenario.counted_as, []).append(found)
    return list(sales.values())


def is_sure(verdict: Verdict) -> bool:
    """Returns whether the regime certainly reaches the case."""
    return verdict.span is not None and verdict.in_scope is True and verdict.in_force is True


def _is_free(verdict: Verdict) -> bool:
    return verdict.span is None or verdict.span.high is Outcome.NO_CONTROL


def _may_be_free(verdict: Verdict) -> bool:
    return not is_sure(verdict) or (verdict.span is not None and verdict.span.low is Outcome.NO_CONTROL)


def _is_reached(verdict: Verdict) -> bool | None:
    return is_sure(verdict) or (None if verdict.span else False)


def reaches(verdict: Verdict, least: Outcome) -> bool | None:
    """Returns whether a case comes to an outcome or a stricter one; None where that is open."""
    if verdict.span is None or verdict.span.high < least:
        return False
    return True if is_sure(verdict) and verdict.span.low >= least else None


def _count(sales: Sequence[Sequence[Verdict]], holds: Callable[[Verdict], bool | None]) -> CountRange:
    sure = [parts for sale in sales if (parts := [item for item in sale if holds(item)])]
    return attrs.evolve(CountRange.of([*map(holds, sale)] for sale in sales), sure=sure)


# the finding ---------------------------------------------------------------------------------------


NOUNS = ("case", "cases", "documented sale", "documented sales", "sale", "sales")
"""What is counted, one and several."""


@attrs.frozen
class QuotableSentence:
    """What a comparison comes to, as a sentence to quote.

    Attributes:
        sentence: The finding in plain English.
        marks: How the law is known on which its certain counts rest, each with how many.
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
    aside = {row.set_aside for row in rows}
    everywhere = aside.pop() if len(aside) == 1 else 0
    say, sales = language.say, rows[0].sales
    if everywhere == sales:
        nouns = say(f"{noun}s")
        said = say("{nouns} outside the scope of every regime: {count}.", nouns=nouns, count=sales)
        return QuotableSentence(said[0].upper() + said[1:], marks)
    said = say(
        {
            0: "Of {count} {noun}, {clauses}.",
            1: "Of {count} {noun}, {aside} is outside the scope. Of the others, {clauses}.",
            2: "Of {count} {noun}, {aside} are outside the scope. Of the others, {clauses}.",
        }[min(everywhere, 2)],
        count=sales,
        noun=say(noun if sales == 1 else f"{noun}s"),
        aside=everywhere,
        clauses="; ".join(_clause(row, language, tell_aside=not everywhere) for row in rows),
    )
    return QuotableSentence(said, marks)


def _clause(row: Headline, language: Language, *, tell_aside: bool) -> str:
    """What one regime does with the sales."""
    said = language.say(
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
    if not (tell_aside and row.set_aside):
        return said
    return f"{said} {language.say('({count} are outside its scope)', count=row.set_aside)}"


def count_in_words(count: CountRange, language: Language = ENGLISH) -> str:
    """Returns a count in words: a number, or from what is certain to what is possible."""
    say, least, most = language.say, count.certain, count.at_most
    if least == most:
        return str(least) if least else say("none")
    return say("{least} to {most}" if least else "up to {most}", least=least, most=most)
