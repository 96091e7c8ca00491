"""EP 2018: Parliament's position of 17 January 2018, which amends the Commission's proposal.

Neither became law.  What Parliament is not known to have changed stands as the Commission proposed it.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from regcompare_eu.com_2016_616 import COM_2016_616
from regcompare_eu.com_2016_616.sources import PROPOSAL
from regcompare_eu.eu_428_2009 import definitions as act
from regcompare_eu.facts import Eu

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

_POSITION = (
    interpretations.chapter,
    control_list.chapter,
    catch_alls.chapter,
    services.chapter,
    criteria.chapter,
    release.chapter,
    left_out.chapter,
)
_REPLACED = (
    *("CI-1", "CI-2", "CI-3", "CI-5"),  # The definitions,
    *("CI-6", "C08", "C09", "C10", "C10-due-diligence"),  # the catch-alls,
    *("C12-informed", "C12-aware", "C12-transit", "C13-informed", "C13-aware"),  # the services,
    *("CI-11", "CI-12", "C14", "C14-refusal"),  # the criteria.
)
_UNLISTED = (~act.listed | definitions.released) & ~control_list.in_section_b

EP_2018 = (
    COM_2016_616.with_(*_POSITION)
    .amend("C17", when=Eu.evasion & _UNLISTED)
    .without(
        *_REPLACED,
        *COM_2016_616.provisions.not_encoded,
        id="ep-2018",
        title="Parliament's position 2018",
        instruments=(*sources.INSTRUMENTS, PROPOSAL),
        reference_date=dt.date(2018, 1, 17),
        tables=(*COM_2016_616.tables, definitions.ENCRYPTION),
        cases=(*COM_2016_616.cases, Path(__file__).parents[1] / "cases" / "ep-2018.yaml"),
        plain_title="What Parliament wanted in 2018",
        summary=(
            "The Commission's proposal as reshaped by Parliament: cyber-surveillance items as a "
            "category, mandatory refusal where serious violations are likely, encryption decontrolled; "
            "most of it depends on text that was not read."
        ),
    )
)
