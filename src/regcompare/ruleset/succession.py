"""Which provisions of an act take the place of which of another, as the act's own table says."""

from __future__ import annotations

import csv
from importlib.resources.abc import Traversable

import attrs

from regcompare._support.fields import takes
from regcompare.errors import DefinitionError
from regcompare.law import Citation


def _pairs(value: object) -> tuple[tuple[str, str], ...]:
    if isinstance(value, Traversable):
        lines = value.read_text(encoding="utf-8").splitlines()
        return tuple((row["before"], row["after"]) for row in csv.DictReader(lines))
    return tuple(value)  # type: ignore[arg-type]


@attrs.frozen
class Succession:
    """The correlation table of an act: which of its provisions follow which of another act.

    Attributes:
        cite: Where the table stands.
        of: The id of the ruleset whose act is succeeded.
        pairs: Pinpoints of the other act, each with one of this act; blank where there is none.  A file
            of comma-separated values with the columns ``before`` and ``after`` is read.

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
        """Whether the table names these two places, or places that they lie in or contain."""
        return any(
            _touch(one, before.pinpoint) and _touch(two, after.pinpoint) for one, two in self.pairs
        )


def _touch(named: str, pinpoint: str) -> bool:
    """Whether one place lies in the other; of ``Art. 9(1) and Annex IIa`` the last part counts."""
    cited = pinpoint.rpartition(" and ")[2]
    return bool(named) and (_within(named, cited) or _within(cited, named))


def _within(place: str, whole: str) -> bool:
    return place == whole or (place.startswith(whole) and place[len(whole)] in "(,")
