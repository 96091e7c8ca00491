"""The page with which it all began: A01, A02 and A04, and nothing else.

The default of IC-04, which belongs to A01, exempts security research and encryption.  The seed lacks
A14, so the exemption stands in the conditions themselves.
"""

from __future__ import annotations

from regcompare.authoring import Chapter
from regcompare_amnesty import demands
from regcompare_amnesty.sources import DEMANDS, SEED

KEPT = (demands.a01, demands.a01_allies, demands.a02, demands.a04, demands.a04_duty)
"""What the page holds of the demands."""

chapter = Chapter()

chapter.left_out(
    SEED["third demand"],
    "Human-rights safeguards in the export rules.",
    "The page does not spell them out; the ruleset amnesty takes them from the underlying texts.",
)
chapter.left_out(
    DEMANDS["A03 and A05 to A14"],
    "The demands that other texts add.",
    "They belong to the ruleset amnesty.",
)
chapter.left_out(
    DEMANDS["IC-14"],
    "Whether the assessment is repeated for each shipment or for each product and customer.",
    "This affects when the duty is met, not which outcome follows; the question is about this "
    "transaction.",
)
