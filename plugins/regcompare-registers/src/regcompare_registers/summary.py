"""The summary of a screening: rows by class, causes of bad rows, and facts that would settle most."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import attrs

from regcompare.comparison.claims import Claim, claim_of_both
from regcompare.comparison.classes import ClassSlug
from regcompare.comparison.counts import ClassRow, Law, Outside, sentence_of
from regcompare.comparison.measures import Measure
from regcompare.comparison.numbers import Answer, Numbers
from regcompare.comparison.receipts import Receipt, hash_of, law_hash, version
from regcompare.words.catalogues import ENGLISH, Language
from regcompare.words.lexicon import listing

if TYPE_CHECKING:
    from ._implied import JoinedReports

MEASURES: Mapping[str, ClassSlug] = {"needs_licence": "licence", "must_be_refused": "refuse"}
"""The columns that say whether a row reaches a class or a stricter one."""


@attrs.frozen
class Register:
    """A register, and how it was read, so that somebody else may read it so again.

    Attributes:
        sha256: The SHA-256 of the file; of a table in memory or in a database that of its rows as CSV.
        python: The line that reads it so, after ``import regcompare as rc``; ``rows`` is such a table.
        population: How many rows it has, and what became of them.
    """

    name: str
    sha256: str
    python: str
    population: str

    def receipt(self, python: str, gives: object, laws: Iterable[Law]) -> Receipt:
        """Returns what somebody else needs to get the same result from it."""
        return Receipt(
            python, repr(gives), self.population, self.sha256,
            hash_of(law_hash(law.ruleset, law.fixed_day) for law in laws), version(),
        )  # fmt: skip


@attrs.frozen(repr=False, order=False)
class RowCount(Numbers):
    """A count of the rows of a table in which something is so under one law, certainly and at most.

    Attributes:
        sizes: How many rows have each answer.
        outside: How many rows are outside, by why.
        register: Where the rows are from.
        python: The line that makes it in Python.
    """

    measure: Measure
    law: Law
    sizes: Mapping[Answer, int] = attrs.field(hash=False)
    outside: Mapping[Outside, int] = attrs.field(hash=False)
    register: Register
    python: str

    @property
    def laws(self) -> tuple[Law, ...]:
        """The law alone."""
        return (self.law,)

    def __data__(self) -> dict[str, Any]:
        return self.row()

    @property
    def head(self) -> str:
        """The question, as the heading of a column."""
        return self.measure.head

    def noun(self, number: int) -> str:
        """Returns what so many rows are called."""
        return "row" if number == 1 else "rows"

    def sentence(self, language: Language = ENGLISH) -> str:
        """Returns the count as a sentence with its law, its day and both ends."""
        return sentence_of(self, self.measure, self.outside, language)

    def row(self) -> dict[str, Any]:
        """Returns the count as a row."""
        return {
            "population": "rows", "records": len(self), **self.law.columns(),
            "measure": self.measure.id, **self._size_columns(),
        }  # fmt: skip

    def receipt(self) -> Receipt:
        """Returns what somebody else needs to get the same number."""
        return self.register.receipt(f"{self.python}.range", self.range, self.laws)


def sizes_of(certain: int, unknown: int, outside: int, rows: int) -> dict[Answer, int]:
    """Returns how many of some rows have each answer."""
    return {
        "yes": certain, "open": unknown, "no": rows - outside - unknown - certain, "outside": outside
    }  # fmt: skip


@attrs.frozen
class BadCause:
    """A cause that makes rows bad.

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


@attrs.frozen
class Contradiction:
    """Rows in which an authority decided on a licence, and the law as encoded requires none.

    Attributes:
        outcome: The strictest outcome that the law as encoded has for them.
        of: The entry and the destination, as far as they are known.
    """

    outcome: str
    of: tuple[str, ...]
    rows: int


@attrs.frozen
class DecisionCount:
    """Decisions of authorities, each under the law of its day, beside that law as encoded.

    Attributes:
        agrees: Rows in which it certainly requires a licence.
        settles: Rows in which it may, which count as needing one since the authority decided so.
        contradicts: Rows in which it requires none: to be looked at.
        contradictions: These, by outcome, entry and destination; the most frequent come first.
    """

    ruleset: str
    agrees: int
    settles: int
    contradicts: int
    contradictions: tuple[Contradiction, ...]


@attrs.frozen(kw_only=True)
class Summary:
    """The summary of a screening.

    Attributes:
        register: The register, and how it was read.
        read: Rows read: those written, bad, and set aside.
        written: Rows written with their results.
        bad: Rows that could not be used.
        fact_columns: The columns that were read as facts.
        carried: The columns that were carried through unread.
        presume: The layers of presumptions for what a row does not state.
        presumed: The answers presumed in all rows that do not state them, by fact.
        categories: The carried columns that were read as published categories, with the publisher.
        decisions: What decisions of authorities say under each ruleset.
        restated: For each ruleset, the rows in which an answer was read in place of the one given, by
            fact and answer.
        causes: What makes rows bad; the most frequent comes first.
        outside: Why rows that were read are outside what is screened, such as military items.
        read_as: What was read as an answer though it is written otherwise, by column and text.
        bare: Entries of control lists without a sub-paragraph, each with one that conditions ask about.
        guesses: What was guessed of the layout of the table, each with how to correct it.
        joined: Where joined reports were read, how many rows have one, and the reports; None without.
        classes: The rows by class under each ruleset.
        counts: The rows that need a licence, and those that must be refused, under each ruleset.
        unsettled: For each ruleset the rows that leave several outcomes open.
        examined: The unsettled rows whose open facts were examined.
        facts: The open facts of which some answer alone narrows an outcome; those that would settle,
            then narrow, most rows come first.
    """

    register: Register
    read: int
    written: int
    bad: int
    fact_columns: tuple[str, ...]
    carried: tuple[str, ...]
    presume: tuple[str, ...]
    presumed: Mapping[str, Any]
    categories: Mapping[str, str]
    decisions: tuple[DecisionCount, ...]
    restated: Mapping[str, Mapping[str, int]]
    causes: tuple[BadCause, ...]
    outside: tuple[BadCause, ...]
    read_as: Mapping[str, Mapping[str, str]]
    bare: Mapping[str, str]
    guesses: tuple[str, ...]
    joined: JoinedReports | None
    classes: tuple[ClassRow, ...]
    counts: tuple[tuple[RowCount, ...], ...]
    unsettled: Mapping[str, int]
    examined: Mapping[str, int]
    facts: tuple[FactCount, ...]

    @property
    def set_aside(self) -> int:
        """Rows that were read and are outside what is screened."""
        return sum(item.rows for item in self.outside)

    def finding(self) -> Claim | None:
        """Returns the finding on the rows: licences and refusals under each law; None without rows."""
        pairs = [(licence, refusal) for licence, refusal in self.counts]
        if not self.written or not pairs:
            return None
        claim = claim_of_both(pairs, self.written, "row" if self.written == 1 else "rows")
        settled = [f"{item.settles} under {item.ruleset}" for item in self.decisions if item.settles]
        if not settled:
            return claim
        objection = (
            f"Rows that count as needing a licence only because the authority decided on one: "
            f"{listing(settled, 'and')}."
        )
        return attrs.evolve(claim, objection=objection)
