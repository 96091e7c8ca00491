"""How surely harm to people has to be found, and which facts of a case say that it is."""

from __future__ import annotations

import attrs

from regcompare._support.fields import takes
from regcompare._support.ranked import Ranked
from regcompare.logic.conditions import Condition, as_condition


class Standard(Ranked):
    """How surely something has to be found, the least demanding standard first.

    Which of two standards is more demanding is sometimes arguable; the order is this project's.

    Attributes:
        rank: Its place, from 0.
    """

    ANY_RISK = "any risk"
    RISK = "risk"
    SUBSTANTIAL_RISK = "substantial risk"
    CLEAR_RISK = "clear risk"
    REASON_TO_BELIEVE = "reason to believe"
    REASONABLE_GROUNDS = "reasonable grounds"
    LIKELY = "likely"
    PRESUMED = "presumed"
    """Nothing has to be found: the text itself presumes it."""


@attrs.frozen(eq=False)
class Harm:
    """The condition under which harm to people is found to a standard.

    Harm means repression, or serious violations of people's rights.

    Attributes:
        standard: How surely the harm is found.
        when: The condition on the facts.
    """

    standard: Standard = attrs.field(validator=takes(Standard))
    when: Condition = attrs.field(converter=as_condition)
