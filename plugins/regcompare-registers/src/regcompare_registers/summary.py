"""The summary of a screening: rows by class, causes of bad rows, and facts that would settle most."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from regcompare.comparison.classes import ClassSlug
from regcompare.comparison.headline import CountRange, Layer, QuotableSentence, quotable_sentence
from regcompare.law import Checked
from regcompare.ruleset.ruleset import Ruleset

if TYPE_CHECKING:
    from ._implied import JoinedReports

MEASURES: Mapping[str, ClassSlug] = {"needs_licence": "licence", "must_be_refused": "refuse"}
"""The columns that say whether a row reaches a class or a stricter one."""


@attrs.frozen
class RowHeadline:
    """The rows of a table by class under one ruleset, each in exactly one.

    Attributes:
        ruleset: The ruleset.
        as_of: The day whose law is applied; None where it is that of each row.
        classes: The number of rows in each class.
        measures: The rows that certainly and at most reach each of ``MEASURES``.
        group: None: what a row records is not told.
        marks: None of the deals by how the law is known, which is worked out for cases alone.
    """

    __data__ = ("ruleset", "title=ruleset.title", "as_of", "count", "*classes", "*measures")

    ruleset: Ruleset
    as_of: dt.date | None
    classes: Mapping[ClassSlug, int]
    measures: Mapping[str, CountRange]
    group: None = None
    marks: Mapping[Checked, int] = attrs.field(factory=dict)

    @property
    def count(self) -> int:
        """How many rows there are."""
        return sum(self.classes.values())

    def counts(self, layer: Layer = "filed") -> Mapping[ClassSlug, int]:
        """Returns the number of rows in each class; a row has no disputes, so all layers are one."""
        return self.classes

    def reaching(self, slug: ClassSlug, layer: Layer = "undisputed") -> CountRange:
        """Returns the number of rows that certainly and at most need a licence, or must be refused."""
        return next(self.measures[name] for name, measure in MEASURES.items() if measure == slug)


@attrs.frozen
class BadCause:
    """What makes rows bad.

    Attributes:
        cause: The reason, with … in place of the value.
        rows: How many rows it makes bad.
        words: The values, each with the number of its rows; the most frequent come first.
    """

    cause: str
    rows: int
    words: Mapping[str, int]


@attrs.frozen
class FactCount:
    """A fact that is unknown in some rows.

    Attributes:
        fact: The fact, or ``discretion:ID`` or ``reading:ID``.
        ruleset: The ruleset under which rows stay open.
        unknown: Examined rows in which it is open and an undecided rule depends on it.
        would_settle: Rows that its answer alone settles, whatever it is.
        could_settle: Rows that some answer alone settles.
        could_narrow: Rows in which some answer alone narrows or settles the outcome.
        settling: The answers that settle rows, those that settle most first, regardless of how likely
            they are.
    """

    fact: str
    ruleset: str
    unknown: int
    would_settle: int
    could_settle: int
    could_narrow: int
    settling: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Summary:
    """The summary of a screening.

    Attributes:
        read: Rows read.
        written: Rows written with their results.
        bad: Rows that could not be used.
        fact_columns: The columns that were read as facts.
        carried: The columns that were carried through unread.
        categories: The carried columns that were read as published categories, with the publisher.
        restated: For each ruleset, the rows in which an answer was read in place of the one given, by
            fact and answer.
        causes: What makes rows bad; the most frequent comes first.
        read_as: What was read as an answer though it is written otherwise, by column and text.
        bare: Entries of control lists without a sub-paragraph, each with one that conditions ask about.
        joined: Where joined reports were read, how many rows have one, and the reports; None without.
        headline: The rows by class under each ruleset.
        unsettled: For each ruleset the rows that leave several outcomes open.
        examined: The unsettled rows whose open facts were examined.
        facts: The open facts of which some answer alone narrows an outcome; those that would settle,
            then narrow, most rows come first.
    """

    read: int
    written: int
    bad: int
    fact_columns: tuple[str, ...]
    carried: tuple[str, ...]
    categories: Mapping[str, str]
    restated: Mapping[str, Mapping[str, int]]
    causes: tuple[BadCause, ...]
    read_as: Mapping[str, Mapping[str, str]]
    bare: Mapping[str, str]
    joined: JoinedReports | None
    headline: tuple[RowHeadline, ...]
    unsettled: Mapping[str, int]
    examined: Mapping[str, int]
    facts: tuple[FactCount, ...]

    def finding(self) -> QuotableSentence | None:
        """Returns the finding on the rows as a sentence to quote."""
        rows: Any = self.headline
        return quotable_sentence(rows)
