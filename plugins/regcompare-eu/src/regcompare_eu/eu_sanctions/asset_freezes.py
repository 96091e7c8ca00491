"""Asset freezes: nothing of value may be made available to a listed person, whatever the item, wherever it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import attrs

from regcompare.authoring import (
    FACTS_DATE,
    Chapter,
    DatedTable,
    Evidence,
    EvidenceLevel,
    Item,
    Outcome,
    Term,
    Transaction,
    Trigger,
)
from regcompare.ruleset.rules import Rule
from regcompare.vocabulary import takes_part
from regcompare_eu import plain
from regcompare_eu.facts import ASSET_FROZEN, LISTED
from regcompare_eu.tables import LISTED_PARTIES

from .acts_by_country import act_named
from .definitions import ACTS, ASSET_FREEZES, supply

chapter = Chapter()

made_available = Term(
    "goods, software, technology or funds made available",
    ASSET_FREEZES["ban on making economic resources available"],
    (supply & Item.form.is_in("goods", "software", "technology")) | Transaction.kind.is_in("financing"),
)
asset_freeze = chapter.rule(
    ASSET_FREEZES["ban on making economic resources available"],
    "No funds, goods, software or technology may be made available to a person whose assets are "
    "frozen: economic resources are assets of every kind, tangible or intangible.",
    when=takes_part(ASSET_FROZEN) & made_available,
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.ACT,
    checked=Evidence(
        EvidenceLevel.TEXT,
        "02024R1485-20260713",
        dt.date(2026, 11, 26),
        "Articles 1(e) and 6; Regulations 359/2011, 401/2013 and 2017/2063 say the same. Other acts "
        "were not read on this point.",
    ),
    id="asset-freeze",
    plain=plain.ASSET_FREEZE,
)


def starts(rows: DatedTable) -> dt.date:
    """The first day of the rows."""
    return min(row.period.start for row in rows if row.period.start)


def _named() -> Iterator[Rule]:
    """The freeze of each act for the parties of the table that it lists, from the day of each."""
    frozen = LISTED_PARTIES.where(list="asset_freeze")
    for name in dict.fromkeys(row["act"] for row in frozen):
        first, *_ = rows = frozen.where(act=name)
        place = act_named(name)[first["annex"]]
        yield Rule(
            attrs.evolve(place, since=starts(rows), checked=first.checked),
            "No funds, goods, software or technology may be made available to a person that the act lists, "
            "wherever that person is.",
            when=rows.rows_that(lambda row: takes_part(LISTED[row["party"]]), FACTS_DATE)
            & made_available,
            then=Outcome.PROHIBITION,
            triggered_by=Trigger.ACT,
            plain=plain.ASSET_FREEZE,
            id=f"freeze-{first['celex'][1:5]}-{first['celex'][6:].lstrip('0')}",
            fires=f"frozen-{first['celex'].lower()}",
            misses=f"frozen-{first['celex'].lower()}-day-before",
        )


chapter.add(*_named())
TEXTS = tuple(
    dict.fromkeys(item.cite.instrument for item in chapter if item.cite.instrument not in ACTS.values())
)
"""The acts that only a freeze cites."""
