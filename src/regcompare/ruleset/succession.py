"""The succession of one act by another: its day, and the pairs of their provisions."""

from __future__ import annotations

import csv
import datetime as dt

import attrs

from regcompare._support.fields import takes
from regcompare.errors import DefinitionError
from regcompare.law import Citation
from regcompare.logic.conditions import Condition
from regcompare.vocabulary import FACTS_DATE, Licence


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
        """Returns whether the table pairs these places, or places that contain or lie in them."""
        places = before.pinpoint, after.pinpoint
        return any(all(map(_overlap, pair, places)) for pair in self.pairs)


def _overlap(place: str, pinpoint: str) -> bool:
    """Returns whether one place contains the other; of ``Art. 9(1) and Annex IIa``, the last counts."""
    cited = pinpoint.rpartition(" and ")[2]
    return bool(place) and (_within(place, cited) or _within(cited, place))


def _within(place: str, whole: str) -> bool:
    return place == whole or (place.startswith(whole) and place[len(whole)] in "(,")
