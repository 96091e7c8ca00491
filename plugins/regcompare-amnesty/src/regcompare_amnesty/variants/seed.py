"""The page with which it all began: A01, A02 and A04, and nothing else.

The default of IC-04, which belongs to A01, exempts security research and encryption.  The seed lacks
A14, so the exemption stands in the conditions themselves.
"""

from __future__ import annotations

import attrs

from regcompare import Diligence, NotEncoded
from regcompare_amnesty import demands
from regcompare_amnesty.interpretations import ic_15, ic_28
from regcompare_amnesty.sources import DEMANDS, SEED
from regcompare_amnesty.statements import made

a01 = attrs.evolve(demands.a01, when=made("A01") & demands.licensable_supply)
a01_allies = attrs.evolve(
    demands.a01_allies,
    when=made("A01")
    & demands.licensable_supply
    & demands.to_an_ally
    & ic_28.is_read_as("allies_general"),
    lifts=a01,
)
a02 = demands.a02
a04 = attrs.evolve(
    demands.a04,
    when=made("A04") & demands.licensable_supply & ~Diligence.completed & ic_15.is_read_as("blocked"),
)
a04_duty = demands.a04_duty

left_out = (
    NotEncoded(
        SEED["third demand"],
        "Human-rights safeguards in the export rules.",
        "The page does not spell them out; the ruleset amnesty takes them from the texts behind it.",
    ),
    NotEncoded(
        DEMANDS["A03 and A05 to A14"],
        "The demands that other texts add.",
        "They belong to the ruleset amnesty.",
    ),
    NotEncoded(
        DEMANDS["IC-14"],
        "Whether the assessment repeats for each shipment or by product and customer.",
        "It changes when the duty is met, not which outcome follows; the fact asks for this transaction.",
    ),
)
