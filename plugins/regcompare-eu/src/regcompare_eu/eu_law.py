"""EU law as a whole: the dual-use act in force, the sanctions and the Common Position, on any day."""

from __future__ import annotations

import datetime as dt

import attrs

from regcompare.authoring import Accepted, Period

from . import national_lists
from .eu_428_2009 import EU_428_2009
from .eu_2021_821 import EU_2021_821
from .eu_common_position import EU_COMMON_POSITION
from .eu_sanctions import EU_SANCTIONS
from .tables import ANNEX_I, MEMBERSHIP, NATIONAL_LISTS, NATIONAL_LISTS_UNREAD

_ACTS = EU_428_2009.combined_with(
    EU_2021_821, EU_SANCTIONS, EU_COMMON_POSITION, id="eu-law", title="EU law"
)
EU_LAW = attrs.evolve(
    _ACTS,
    instruments=(*_ACTS.instruments, national_lists.TABLE),
    provisions=(national_lists.chapter,),
    tables=(ANNEX_I, MEMBERSHIP, NATIONAL_LISTS, NATIONAL_LISTS_UNREAD),
    earlier=EU_428_2009.earlier,
    accepted=(
        Accepted(
            "no-address",
            national_lists.TABLE.name,
            "It is a table here; each row has the address of the list.",
        ),
    ),
    plain_title="All EU rules of their day",
    reference_date="scenario",
    period=Period(dt.date(2009, 8, 27)),
    summary=(
        "EU law on any day since August 2009: the dual-use regulation that governs the application, "
        "the sanctions in force on the day of the facts, and Common Position 2008/944/CFSP. Where a "
        "national list was not read on that day, what it may reach is open."
    ),
)
EU_LAW_2020 = attrs.evolve(
    EU_LAW,
    id="eu-law-2020",
    title="EU law of 2020",
    plain_title="All EU rules of 2020",
    reference_date=EU_428_2009.reference_date,
)
EU_LAW_2021 = attrs.evolve(
    EU_LAW,
    id="eu-law-2021",
    title="EU law of 2021",
    plain_title="All EU rules of 2021",
    reference_date=EU_2021_821.reference_date,
)
