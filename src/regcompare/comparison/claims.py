"""Claims: sentences with what supports them, counts or a proof; and the first screen, made of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from regcompare._support.displays import Drawn, Pictures, draw, shown
from regcompare.errors import UsageError
from regcompare.scenario.scenario import Scenario
from regcompare.words.catalogues import ENGLISH, Language
from regcompare.words.lexicon import listing

from .counts import Count, Law, outside_in_words, receipt_of
from .layers import LAYER_WORDS
from .numbers import Numbers
from .receipts import Receipt
from .tidy import Tabular


@attrs.frozen
class Line:
    """The line of Python that makes a sentence again, and what the sentence is about.

    Attributes:
        python: What has the sentence, after ``import regcompare as rc``.
        about: Of what it is said, in words.
        laws: The laws that it is about.
        cases: The cases whose facts are taken as given.
    """

    python: str
    about: str
    laws: tuple[Law, ...]
    cases: tuple[Scenario, ...] = ()


@attrs.frozen(repr=False, eq=False)
class Claim(Tabular[dict[str, Any]]):
    """A sentence with the counts that its numbers are, or with the command that proves it.

    Attributes:
        text: The sentence in English, with a ``{placeholder}`` for each number, day and title.
        values: What fills the placeholders; of a count both ends are said, of a law title and day; of a
            function what it returns in a language.
        counts: The counts behind it that are not among the values.
        objection: The strongest objection, with its answer.
        proved_by: The command that proves what the sentence says without a count; blank for nothing.
        made_by: The line that proves it; None where no line has this very sentence.
    """

    text: str
    values: Mapping[str, Any] = attrs.field(factory=dict)
    counts: tuple[Numbers, ...] = ()
    objection: str = ""
    proved_by: str = ""
    made_by: Line | None = None

    def __repr__(self) -> str:
        return f"<Claim: {self.sentence()}>"

    def __str__(self) -> str:
        return self.sentence()

    def __len__(self) -> int:
        return len(self.supporting_counts)

    def __bool__(self) -> bool:
        return True  # A claim that a proof supports has no count.

    def sentence(self, language: Language = ENGLISH) -> str:
        """Returns the sentence."""
        values = {name: _words(value, language) for name, value in self.values.items()}
        return language.say(self.text, **values)

    @property
    def supporting_counts(self) -> tuple[Any, ...]:
        """The counts behind it, each once."""
        named = (item for item in self.values.values() if isinstance(item, Numbers))
        return tuple(dict.fromkeys((*named, *self.counts)))

    def to_dicts(self) -> list[dict[str, Any]]:
        """Returns one row for each count."""
        return [count.row() for count in self.supporting_counts]

    def receipts(self) -> list[Receipt]:
        """Returns the receipt of each count, and of the sentence where a line proves it."""
        counted = [count.receipt() for count in self.supporting_counts]
        if (line := self.made_by) is None:
            return counted
        said = f"{line.python}.sentence()", self.sentence()
        return [*counted, receipt_of(*said, line.about, line.laws, line.cases)]


def _words(value: Any, language: Language) -> Any:
    if isinstance(value, Numbers):
        return value.number(language)
    if isinstance(value, Claim):
        return value.sentence(language)
    if callable(value):
        return value(language)
    if isinstance(value, Law):
        return value.words(language)
    if isinstance(value, Counter):
        return outside_in_words(value, language)
    if isinstance(value, tuple):
        return listing([_words(item, language) for item in value], language.say("and"))
    return language.say(value) if isinstance(value, str) else value


def stated(count: Numbers) -> Claim:
    """Returns a count as a claim: its own sentence."""
    return Claim("{sentence}", {"sentence": count.sentence}, (count,))


def joined(claims: Iterable[Claim]) -> Claim:
    """Returns several claims as one, a sentence each."""
    named = {f"claim_{place}": claim for place, claim in enumerate(claims)}
    counts = (count for claim in named.values() for count in claim.supporting_counts)
    return Claim(" ".join(f"{{{name}}}" for name in named), named, tuple(dict.fromkeys(counts)))


def claim_of_both(pairs: Sequence[tuple[Any, Any]], number: int, noun: str) -> Claim:
    """Returns one claim on what needs a licence and what must be refused, law by law.

    Args:
        pairs: For each law the count of licences and that of refusals, of records or of rows.
        number: How many there are.
        noun: What they are called.
    """
    counts = tuple(count for pair in pairs for count in pair)
    facts = counts[0].facts
    known = "" if facts == "undisputed" else LAYER_WORDS[facts]
    clauses = tuple(_clause(*pair) for pair in pairs)
    return Claim(
        "{known}: of {number} {noun}, {clauses}." if known else "Of {number} {noun}, {clauses}.",
        {"known": known, "number": number, "noun": noun, "clauses": clauses},
        counts,
    )


def _clause(licence: Any, refusal: Any) -> Claim:
    law, outside = licence.laws[-1], licence.outside
    return Claim(
        {
            "law": "{law} requires at least a licence for {licence}, and refusal or a ban for {refused}",
            "law, outside": "{law} requires at least a licence for {licence}, and refusal or a ban for "
            "{refused} ({outside})",
            "other": "{law} would require at least a licence for {licence}, and refusal or a ban for "
            "{refused}",
            "other, outside": "{law} would require at least a licence for {licence}, and refusal or a "
            "ban for {refused} ({outside})",
        }[f"{'law' if law.is_of_the_day else 'other'}{', outside' if outside else ''}"],
        {"law": law, "licence": licence, "refused": refusal, "outside": outside},
    )


@attrs.frozen(repr=False, eq=False)
class Message(Drawn, Tabular[Claim]):
    """The counts that are said first of the documented cases.

    Attributes:
        lead: The sentences that lead, each with what proves it.
        rows: For each law, the count of each measure, of one population.
        claims: What is said of the counts.
        notes: How to read them, and where the lead does not hold.
        language: The language in which it is printed.
    """

    lead: Sequence[Claim]
    rows: Sequence[Sequence[Count]]
    claims: Sequence[Claim]
    notes: Sequence[Claim] = ()
    language: Language = ENGLISH

    def __repr__(self) -> str:
        return f"<Message: {len(tuple(self))} claims, {len(self)} counts>"

    def __str__(self) -> str:
        return shown(self, "text")

    def __len__(self) -> int:
        return len(self.counts)

    def __iter__(self) -> Iterator[Claim]:
        return iter((*self.lead, *self.claims, *self.notes))

    def __getitem__(self, place: tuple[str, str]) -> Count:
        """Returns the count of a law in the table, by the id of the law and of the measure.

        Raises:
            UsageError: There is no such count.
        """
        found = {
            (name, count.measure.id): count
            for row in self.rows
            for count in row
            for name in (str(count.law), count.law.ruleset.id)
        }
        if place not in found:
            raise UsageError(
                f"The first screen has no count {place!r}. Expected a law and a measure, one of "
                f"{', '.join(map(str, found))}."
            )
        return found[place]

    @property
    def counts(self) -> tuple[Count, ...]:
        """Every count on the screen, each once."""
        table = (count for row in self.rows for count in row)
        said = (count for claim in self for count in claim.supporting_counts)
        return tuple(dict.fromkeys((*table, *said)))

    def to_dicts(self) -> list[dict[str, Any]]:
        """Returns one row for each count."""
        return [count.row() for count in self.counts]

    @property
    def _pictures(self) -> Pictures:
        return {"bars": lambda: draw("counts", self.rows)}
