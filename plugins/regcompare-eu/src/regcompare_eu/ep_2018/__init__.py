"""EP 2018: Parliament's position of 17 January 2018, on top of Regulation 428/2009.

It amends the Commission's proposal, and neither became law.  So the law on which it stands is the act in
force, and the rules of the proposal that it keeps are its own.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from regcompare import Accepted, Checked, Exporter, Ruleset, collected
from regcompare_eu.com_2016_616 import COM_2016_616
from regcompare_eu.com_2016_616 import definitions as proposal
from regcompare_eu.com_2016_616.sources import PROPOSAL
from regcompare_eu.common import in_union
from regcompare_eu.eu_428_2009 import EU_428_2009
from regcompare_eu.eu_428_2009 import authorisations as act_authorisations
from regcompare_eu.eu_428_2009 import definitions as act
from regcompare_eu.tables import TABLES

from . import (
    catch_alls,
    control_list,
    criteria,
    definitions,
    interpretations,
    left_out,
    release,
    services,
    sources,
)

__all__ = ["EP_2018"]

_CASES = Path(__file__).parents[1] / "cases"

EP_2018 = Ruleset(
    "ep-2018",
    "Parliament's position 2018",
    status="proposal",
    instruments=(*sources.INSTRUMENTS, PROPOSAL),
    reference_date=dt.date(2018, 1, 17),
    covers=COM_2016_616.covers,
    scope=in_union(Exporter.country)
    & ~proposal.moves_with_person
    & (~act.hosted | act.export_or_made_available),
    provisions=collected(
        sources,
        interpretations,
        definitions,
        control_list,
        catch_alls,
        services,
        criteria,
        release,
        left_out,
    ),
    base=(EU_428_2009,),
    vocabulary=COM_2016_616.vocabulary,
    tables=(*TABLES, definitions.ENCRYPTION),
    cases=(_CASES / "com-2016-616.yaml", _CASES / "ep-2018.yaml"),
    checked=Checked.UNREAD,
    reconstructed=True,
    summary=(
        "The Commission's proposal re-cut: cyber-surveillance items as a category, mandatory refusal where "
        "serious violations are likely, encryption let go; most of it rests on text that was not read."
    ),
    accepted=(
        *COM_2016_616.accepted,
        *(
            Accepted(
                "idle-lift",
                f"E13/{authorisation.id}",
                "What is off the list needs no general authorisation, so E13 lifts all of the act; this one "
                "takes no encryption.",
            )
            for authorisation in (act_authorisations.eu005, act_authorisations.eu006)
        ),
    ),
)
