"""The decision on a licence: the second axis on which regimes differ, after the outcome."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs

from regcompare._support.fields import takes
from regcompare._support.ranked import Ranked
from regcompare.law import CHECKED_FIELD, Citation, Evidence, as_evidence
from regcompare.logic.conditions import FALSE, TRUE, Condition, all_of, any_of, as_condition
from regcompare.vocabulary import LAW_DATE, Harm, Standard
from regcompare.vocabulary.periods import Period


class LicensingPolicy(Ranked):
    """Instructions of a text to an authority that decides on a licence, the mildest first.

    Attributes:
        rank: Its position, from 0.
    """

    FAVOURABLE = "favourable policy"
    FREE = "weighed freely"
    CONSIDER = "must consider a criterion"
    PRESUMPTION = "presumption of denial"
    POLICY = "policy of denial"
    REFUSE = "must refuse"

    @property
    def meaning(self) -> str:
        """The instruction to the authority as a sentence."""
        return _MEANINGS[self]


_MEANINGS = {
    LicensingPolicy.FAVOURABLE: "The authority grants the licence unless something speaks against it.",
    LicensingPolicy.FREE: "The authority weighs the case; nothing obliges it to refuse.",
    LicensingPolicy.CONSIDER: (
        "The authority must take harm or other criteria into account; nothing obliges it to refuse."
    ),
    LicensingPolicy.PRESUMPTION: (
        "The authority presumes that it will refuse; whoever applies has to show otherwise."
    ),
    LicensingPolicy.POLICY: "The authority refuses as a matter of policy; nothing obliges it to.",
    LicensingPolicy.REFUSE: "The authority must refuse.",
}

_FINDINGS = {
    Standard.ANY_RISK: "there is any risk of {}",
    Standard.RISK: "there is a risk of {}",
    Standard.SUBSTANTIAL_RISK: "there is a substantial risk of {}",
    Standard.CLEAR_RISK: "there is a clear risk of {}",
    Standard.REASON_TO_BELIEVE: "there is reason to believe in {}",
    Standard.REASONABLE_GROUNDS: "there are reasonable grounds to determine {}",
    Standard.LIKELY: "the export is likely to lead to {}",
}


@attrs.frozen
class Review:
    """The way in which a licence is decided, or the finding on which it must be refused.

    Attributes:
        weighing: What the text tells the authority.
        standard: How surely harm has to be found before it does; None if no finding is needed.
        finding: What has to be found, as a noun phrase such as ``internal repression``.
        found_by: Who finds it.
        otherwise: What the text tells the authority below the standard.
        cite: The provision, if it is not that of the rule.
        period: The days on which it is in the text; by default those of the rule.
        checked: How it is known; by default as for the rule.
        shown: A condition of the text itself under which harm is found, such as that reports show it.
    """

    weighing: LicensingPolicy = attrs.field(validator=takes(LicensingPolicy))
    standard: Standard | None = attrs.field(default=None, validator=takes(Standard, None))
    finding: str = attrs.field(default="", validator=takes(str, ""))
    found_by: str = attrs.field(default="the authority", validator=takes(str), kw_only=True)
    otherwise: LicensingPolicy = attrs.field(
        default=LicensingPolicy.FREE, validator=takes(LicensingPolicy), kw_only=True
    )
    cite: Citation | None = attrs.field(default=None, validator=takes(Citation, None), kw_only=True)
    period: Period | None = attrs.field(default=None, validator=takes(Period, None), kw_only=True)
    checked: Evidence | None = attrs.field(
        default=None, converter=as_evidence, validator=takes(*CHECKED_FIELD), kw_only=True
    )
    shown: Condition = attrs.field(default=FALSE, converter=as_condition, kw_only=True, eq=False)

    def met(self, harms: Iterable[Harm]) -> Condition:
        """Returns the condition that harm is found to the standard; ``TRUE`` if no finding is needed."""
        if self.standard in (None, Standard.PRESUMED):
            return TRUE
        found = (harm.when for harm in harms if harm.standard >= self.standard)
        return any_of(self.shown, *found)

    def says(self, how: LicensingPolicy, harms: Iterable[Harm]) -> Condition:
        """Returns the condition that the text tells the authority this, or something stricter."""
        if_found, if_not = self.weighing >= how, self.otherwise >= how
        if if_found and if_not:
            return self.holds
        met = self.met(harms)
        return all_of(self.holds, met if if_found else ~met if if_not else FALSE)

    @property
    def holds(self) -> Condition:
        """The condition that it is in the text on the day of the law."""
        return self.period.holds_on(LAW_DATE) if self.period else TRUE

    @property
    def needed(self) -> str:
        """The finding that is needed and how sure it must be, as a clause; blank without one."""
        form = _FINDINGS.get(self.standard, "") if self.standard and self.finding else ""
        return form.format(self.finding)

    @property
    def states(self) -> str:
        """Whose finding it needs by which standard, as a clause; blank if no finding is needed."""
        return f"{self.found_by}, if {self.needed}" if self.needed else ""

    def record(self) -> dict[str, Any]:
        """Returns the review as plain data."""
        return {
            "weighing": self.weighing.value,
            "standard": self.standard.value if self.standard else None,
            "finding": self.finding or None,
            "found_by": self.found_by,
        }
