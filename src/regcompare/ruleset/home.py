"""The territory from which the exports are made that a ruleset controls."""

from __future__ import annotations

import datetime as dt

import attrs

from regcompare._support.fields import takes
from regcompare.errors import DefinitionError, did_you_mean, nearest
from regcompare.facts import Country, countries
from regcompare.logic.conditions import Between, Condition
from regcompare.vocabulary import FACTS_DATE
from regcompare.vocabulary.dated import DatedTable


@attrs.frozen
class Home:
    """A territory: one country, or the states of a dated table.

    Attributes:
        name: Its name after "from", such as ``Utopia`` or ``the Commonwealth``.
        states: A country code, or a table with country codes in its column ``countries``.
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
