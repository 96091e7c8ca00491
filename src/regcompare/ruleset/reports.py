"""Findings that earlier reports may show: how near they must come is a reading of each text.

Each text asks for a finding of its own: a clear risk, a reason to believe, reasonable grounds.  The same
reports, which a case lists once, count for each of them, as near as the chosen reading of the text asks.
What they show is presumed, in a case that presumes anything, and replaced by whatever the case states.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from regcompare.logic.questions import Question
from regcompare.vocabulary.sections import REPORT_LEVELS

STATED = "stated"
"""The reading under which reports show nothing, and only what the case states counts."""
ALL_TESTS = "reports"
"""The name under which one reading is chosen for all texts about what reports show."""
READINGS: Mapping[str, str] = {
    "user": "Reports on this end user, or on this product in this state's hands.",
    "kind_of_user": "Those, and reports on this kind of body in this country.",
    "country": "Those, and reports on the country.",
    STATED: "None: only what the case itself states.",
}
"""The readings, each with what it says: the farthest that reports may be from the end user."""


def levels_of(reading: str | None) -> tuple[str, ...]:
    """Returns how near reports may come to count under a reading; none where it is left open."""
    levels = tuple[str, ...](REPORT_LEVELS)
    return levels[: levels.index(reading) + 1] if reading in levels else ()


@attrs.frozen
class ShownByReports:
    """A finding that reports may show under a text.

    Attributes:
        finding: The finding that is presumed: a yes/no fact or a member of a set.
        of: The facts that say how near reports of a matter come, by key; one that is near suffices.
        presupposes: A weaker finding without which there is none: where the case states of it anything
            but yes, nothing is presumed.
    """

    finding: Question
    of: tuple[str, ...]
    presupposes: Question | None = None

    @property
    def asked(self) -> Iterator[Question]:
        """The questions whose answer in a case counts before what reports show."""
        yield self.finding
        if self.presupposes:
            yield self.presupposes
