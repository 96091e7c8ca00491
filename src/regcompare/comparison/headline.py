"""The headline of a comparison: each deal in one class under each regime, in layers, and the finding."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Protocol, TypeVar

import attrs

from regcompare.law import Checked
from regcompare.ruleset.rules import Outcome
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.provenance import RECORD_GROUPS, RecordGroup
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import reassess_all
from regcompare.verdict.verdict import Verdict
from regcompare.words.catalogues import ENGLISH, Language

from .classes import CLASSES, CaseClass, ClassSlug, classify, is_reached
from .layers import LAYERS, Layer, in_layer

T = TypeVar("T")

# counting -----------------------------------------------------------------------------------------


@attrs.frozen
class CountRange:
    """The number of deals in which something is certainly so, and in which it may be so.

    Attributes:
        certain: Those in which it is so whatever is not known.
        at_most: Those in which it is or may be so.
    """

    certain: int
    at_most: int

    @classmethod
    def of(cls, sales: Iterable[Sequence[bool | None]]) -> CountRange:
        """Counts the deals with a part of which something is certainly so (True) or may be so (None)."""
        truths = [(True in sale, True in sale or None in sale) for sale in sales]
        return cls(sum(certain for certain, _ in truths), sum(possible for _, possible in truths))

    @property
    def range(self) -> tuple[int, int]:
        """Both numbers."""
        return self.certain, self.at_most


class HeadlineRow(Protocol):
    """What one regime makes of deals, or of the rows of a table; ``Headline`` says what each part is."""

    @property
    def ruleset(self) -> Ruleset: ...
    @property
    def as_of(self) -> dt.date | None: ...
    @property
    def group(self) -> RecordGroup | None: ...
    @property
    def count(self) -> int: ...
    @property
    def marks(self) -> Mapping[Checked, int]: ...
    def counts(self, layer: Layer = ...) -> Mapping[ClassSlug, int]: ...
    def reaching(self, slug: ClassSlug, layer: Layer = ...) -> CountRange: ...


@attrs.frozen(slots=False)
class Headline:
    """The deals of one regime by class.

    Attributes:
        ruleset: The regime.
        verdicts: Its verdicts on the cases that are counted.
        group: What is counted, by what is on record; None for cases of every kind.
    """

    __data__ = (
        "ruleset", "title=ruleset.title", "as_of", "counted=group", "count", "*counts", "layers",
        "marks",
    )  # fmt: skip

    ruleset: Ruleset
    verdicts: tuple[Verdict, ...] = attrs.field(repr=False)
    group: RecordGroup | None = None

    @cached_property
    def _layers(self) -> dict[Layer, dict[str, list[Verdict]]]:
        return {}

    def deals(self, layer: Layer = "filed") -> Mapping[str, Sequence[Verdict]]:
        """Returns the verdicts on the parts of each deal in a layer, by the name of the deal."""
        if layer not in self._layers:
            cases = [(item, in_layer(item.scenario, layer)) for item in self.verdicts]
            changed = [  # In a layer results are those of look-ahead.
                (item, case)
                for item, case in cases
                if layer != "filed" and (case is not item.scenario or item.exact)
            ]
            again = reassess_all(changed)
            self._layers[layer] = by_deal((item.original, again.get(item, item)) for item, _ in cases)
        return self._layers[layer]

    def classes(self, layer: Layer = "filed") -> dict[str, CaseClass]:
        """Returns the class of each deal, by its name."""
        return {name: classify(parts) for name, parts in self.deals(layer).items()}

    def counts(self, layer: Layer = "filed") -> dict[ClassSlug, int]:
        """Returns the number of deals in each class; together they are all deals."""
        counter = Counter(item.slug for item in self.classes(layer).values())
        return {slug: counter[slug] for slug in CLASSES}

    def reaching(self, slug: ClassSlug, layer: Layer = "undisputed") -> CountRange:
        """Returns the number of deals in a class or a stricter one."""
        return CountRange.of([item.is_at_least(slug)] for item in self.classes(layer).values())

    @property
    def count(self) -> int:
        """How many deals there are."""
        return len({verdict.original.counted_as for verdict in self.verdicts})

    @property
    def as_of(self) -> dt.date | None:
        """The day whose law is applied; None where it is that of each case, or not known."""
        days = {verdict.as_of for verdict in self.verdicts}
        return days.pop() if len(days) == 1 else None

    @property
    def marks(self) -> Mapping[Checked, int]:
        """How many deals that certainly need a licence rest on each mark of the law.

        A deal in several parts has the best mark of its parts.
        """
        marks: Counter[Checked] = Counter()
        for parts in self.deals("undisputed").values():
            needing = [item for item in parts if classify([item]).is_at_least("licence")]
            if known := [item.checked for item in needing if item.checked]:
                marks[max(known)] += 1
        return marks

    @property
    def layers(self) -> Mapping[str, Mapping[str, int]]:
        """The numbers that reach a class or a stricter one, by the facts that count."""
        layers: dict[str, Mapping[str, int]] = {
            layer: {slug: self.reaching(slug, layer).certain for slug in _MEASURES} for layer in LAYERS
        }
        return {"at_most": {slug: self.reaching(slug).at_most for slug in _MEASURES}, **layers}


_MEASURES: tuple[ClassSlug, ...] = ("tell", "licence", "refuse")


def by_deal(values: Iterable[tuple[Scenario, T]]) -> dict[str, list[T]]:
    """Returns the values of cases by the deal of which they are parts."""
    deals: dict[str, list[T]] = {}
    for scenario, value in values:
        deals.setdefault(scenario.counted_as, []).append(value)
    return deals


def group_counted(cases: Iterable[Scenario]) -> RecordGroup | None:
    """Returns what a headline counts: deals if there are any, or the only group; else None, for all."""
    groups = {case.record_group for case in cases}
    return "deals" if "deals" in groups else groups.pop() if len(groups) == 1 else None


def counted_apart(cases: Iterable[Scenario]) -> dict[RecordGroup | None, int]:
    """Returns how many of each group there are besides those that the headline counts."""
    cases = list(cases)
    counted = group_counted(cases)
    if counted is None:
        return {}
    groups = Counter({case.counted_as: case.record_group for case in cases}.values())
    return {
        group: groups[group] for group in (*RECORD_GROUPS, None) if group != counted and groups[group]
    }


def headline(ruleset: Ruleset, verdicts: Iterable[Verdict]) -> Headline:
    """Counts the verdicts of one regime, deal by deal; where there are deals, nothing else counts."""
    verdicts = tuple(verdicts)
    group = group_counted(verdict.original for verdict in verdicts)
    counted = (item for item in verdicts if group is None or item.original.record_group == group)
    return Headline(ruleset, tuple(counted), group)


def reaches(verdict: Verdict, least: Outcome) -> bool | None:
    """Returns whether a case reaches an outcome or a stricter one; None where that is open."""
    if verdict.span is None or verdict.span.high < least:
        return False
    return True if is_reached(verdict) and verdict.span.low >= least else None


# the finding ---------------------------------------------------------------------------------------


def noun(group: RecordGroup | None, number: int = 2) -> str:
    """Returns what is counted, in the singular or the plural."""
    if group is None:
        return "case" if number == 1 else "cases"
    return f"documented {RECORD_GROUPS[group][number != 1]}"


@attrs.frozen
class QuotableSentence:
    """The finding of a comparison as a sentence to quote.

    Attributes:
        sentence: The finding in plain English.
        layer: The facts that count.
        marks: How many of its certain counts rest on each mark of the law.
    """

    sentence: str
    marks: Mapping[Checked, int]
    layer: Layer = "undisputed"


def quotable_sentence(
    rows: Sequence[HeadlineRow], language: Language = ENGLISH
) -> QuotableSentence | None:
    """Returns the finding of a headline as a sentence; None where nothing was compared."""
    if not rows or not rows[0].count:
        return None
    marks: Counter[Checked] = Counter()
    for row in rows:
        marks.update(row.marks)
    set_aside_counts = {row.counts("undisputed")["outside"] for row in rows}
    set_aside = set_aside_counts.pop() if len(set_aside_counts) == 1 else 0
    say, count = language.say, rows[0].count
    words = say(noun(rows[0].group, count))
    if set_aside == count:
        nouns = say(noun(rows[0].group))
        sentence = say("{nouns} outside the scope of every regime: {count}.", nouns=nouns, count=count)
        return QuotableSentence(sentence[0].upper() + sentence[1:], marks)
    sentence = say(
        "Of {count} {noun}, {clauses}."
        if not set_aside
        else "Of {count} {noun}, {aside} is outside the scope. Of the others, {clauses}."
        if set_aside == 1
        else "Of {count} {noun}, {aside} are outside the scope. Of the others, {clauses}.",
        count=count,
        noun=words,
        aside=set_aside,
        clauses="; ".join(_clause(row, language, with_set_aside=not set_aside) for row in rows),
    )
    return QuotableSentence(sentence, marks)


def _clause(row: HeadlineRow, language: Language, *, with_set_aside: bool) -> str:
    refused = row.reaching("refuse")
    clause = language.say(
        {
            "law": "{regime} requires a licence for {licence}, and refusal or a ban for none",
            "law, refusing": "{regime} requires at least a licence for {licence}, and refusal or a ban "
            "for {refused}",
            "proposal": "{regime} would require a licence for {licence}, and refusal or a ban for none",
            "proposal, refusing": "{regime} would require at least a licence for {licence}, and refusal "
            "or a ban for {refused}",
        }[f"{row.ruleset.status}{', refusing' if refused.at_most else ''}"],
        regime=language.say(row.ruleset.title),
        licence=count_in_words(row.reaching("licence"), language),
        refused=count_in_words(refused, language),
    )
    outside = row.counts("undisputed")["outside"]
    if not (with_set_aside and outside):
        return clause
    return f"{clause} {language.say('({count} are outside its scope)', count=outside)}"


def count_in_words(count: CountRange, language: Language = ENGLISH) -> str:
    """Returns a count in words: a number, or from what is certain to what is possible."""
    say, least, most = language.say, count.certain, count.at_most
    if least == most:
        return str(least) if least else say("none")
    return say("{least} to {most}" if least else "up to {most}", least=least, most=most)
