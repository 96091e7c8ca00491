"""What a ruleset says beside its provisions: home, transition, correlation, glosses, accepted lint."""

from __future__ import annotations

import csv
import datetime as dt

import attrs

from regcompare._support.fields import full_sentence, takes
from regcompare.errors import DefinitionError, did_you_mean, nearest
from regcompare.facts import Country, Fact, countries
from regcompare.law import Citation
from regcompare.logic.conditions import Between, Condition
from regcompare.vocabulary import FACTS_DATE, Licence
from regcompare.vocabulary.dated import DatedTable


@attrs.frozen
class Home:
    """A territory: one country, or the states of a dated table.

    Attributes:
        name: Its name after "from", such as ``Utopia`` or ``the Commonwealth``.
        states: A country code, or a table with country codes in its column ``countries``.

    Raises:
        DefinitionError: The country code does not exist.
    """

    name: str = attrs.field(validator=takes(str))
    states: str | DatedTable = attrs.field(validator=takes(str, DatedTable))

    def __attrs_post_init__(self) -> None:
        if isinstance(self.states, str) and self.states not in countries():
            hint = did_you_mean(nearest(self.states, countries()))
            msg = f"The home {self.name!r}: {self.states!r} is not the code of a country.{hint}"
            raise DefinitionError(msg)

    def has(self, country: Country) -> Condition:
        """Returns the condition that a country is in the territory on the day of the facts."""
        if isinstance(self.states, str):
            return country.is_in(self.states)
        return self.states.names(country, FACTS_DATE)

    def on(self, day: dt.date | Between | None) -> frozenset[str]:
        """Returns the codes of its states on a day; on an unknown day, of those still in it.

        Of a day that is known only to be one of several, those that are in it on each of them.
        """
        if isinstance(self.states, str):
            return frozenset({self.states})
        if isinstance(day, Between):
            turns = {turn for row in self.states for turn in (row.period.start, row.period.end) if turn}
            days = {day.first, day.last, *(turn for turn in turns if day.first < turn < day.last)}
            return frozenset.intersection(*map(self.on, days))
        rows = (row for row in self.states if (day in row.period if day else row.period.end is None))
        return frozenset(code for row in rows for code in row.words("countries"))


@attrs.frozen
class Transition:
    """A switch between two acts that depends on the day of the application.

    Attributes:
        day: The day from which the later act applies to applications.
        successor: Whether the ruleset is the later of the two acts.
    """

    day: dt.date = attrs.field(validator=takes(dt.date))
    successor: bool = attrs.field(validator=takes(bool))

    @property
    def straddled(self) -> Condition:
        """The condition that the application was made before the switch, and the facts are not."""
        return FACTS_DATE.on_or_after(self.day) & ~Licence.applied_on.on_or_after(self.day)


def _pairs(value: object) -> tuple[tuple[str, str], ...]:
    if hasattr(value, "read_text"):
        lines = value.read_text(encoding="utf-8").splitlines()
        return tuple((row["before"], row["after"]) for row in csv.DictReader(lines))
    return tuple(value)  # type: ignore[arg-type]


@attrs.frozen
class Succession:
    """The correlation table of an act: which of its provisions succeed which of an earlier act.

    Attributes:
        cite: The place of the table.
        of: The id of the ruleset that encodes the earlier act.
        pairs: Pairs of a pinpoint in the earlier act and one in this act, either of which may be blank;
            given as such, or as a CSV file with the columns ``before`` and ``after``.

    Raises:
        DefinitionError: The table is empty.
    """

    cite: Citation = attrs.field(validator=takes(Citation))
    of: str = attrs.field(validator=takes(str))
    pairs: tuple[tuple[str, str], ...] = attrs.field(converter=_pairs, repr=False)

    @pairs.validator
    def _not_empty(self, _: object, value: object) -> None:
        if not value:
            msg = f"{self.cite}: a correlation table needs at least one pair of pinpoints."
            raise DefinitionError(msg)

    def pairs_up(self, before: Citation, after: Citation) -> bool:
        """Whether the table pairs these two places, or places that contain them or lie in them."""
        return any(
            _overlap(old, before.pinpoint) and _overlap(new, after.pinpoint) for old, new in self.pairs
        )


def _overlap(place: str, pinpoint: str) -> bool:
    """Whether one place contains the other; of ``Art. 9(1) and Annex IIa`` the last part counts."""
    cited = pinpoint.rpartition(" and ")[2]
    return bool(place) and (_within(place, cited) or _within(cited, place))


def _within(place: str, whole: str) -> bool:
    return place == whole or (place.startswith(whole) and place[len(whole)] in "(,")


@attrs.frozen(eq=False)
class Gloss:
    """What a text says about a fact, such as the element of a definition that the fact decides.

    The question itself belongs to no law; a ruleset that asks it says here what its own text adds.

    Attributes:
        fact: The fact.
        cite: The provision.
        text: What the provision adds, as a sentence.

    Raises:
        DefinitionError: The text is not a sentence.
    """

    fact: Fact = attrs.field(validator=takes(Fact))
    cite: Citation = attrs.field(validator=takes(Citation))
    text: str = attrs.field(validator=full_sentence)

    def __str__(self) -> str:
        return f"{self.cite}: {self.text}"


@attrs.frozen
class Accepted:
    """A finding of ``regcompare lint`` that is intended.

    Attributes:
        kind: The kind of finding, such as ``never-decisive``.
        where: Where it was found, such as the id of a rule or the name of a term.
        reason: Why it is intended.
    """

    kind: str = attrs.field(validator=takes(str))
    where: str = attrs.field(validator=takes(str))
    reason: str = attrs.field(validator=full_sentence)
