"""Variants of the demands, each an addition to a base: the seed, the moratoria, and the United Nations.

What a variant shares with the ruleset ``amnesty`` is built from the same modules, never from the ruleset
itself, so that the package can offer both.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import attrs

from regcompare import TRUE, Checked, Duty, Exporter, Provisions, Rule, Ruleset
from regcompare.conditions import questions
from regcompare_amnesty import demands, interpretations, left_out, sources
from regcompare_amnesty.facts import Amnesty
from regcompare_amnesty.interpretations import ic_16
from regcompare_eu import EU_428_2009, EU_2021_821, EU_VOCABULARY
from regcompare_eu.common import in_union

from . import moratorium, seed, un_2019
from ._gathered import gathered
from .facts import Un
from .texts import LATER_INSTRUMENTS, REPORT_2019

__all__ = ["AMNESTY_MORATORIUM", "AMNESTY_SEED", "UN_2019", "Un"]

_CASES = Path(__file__).parents[1] / "cases"
_SCOPE = in_union(Exporter.country) & ic_16.choose(
    anyone=TRUE, established=Amnesty.exporter_seated_in_union
)
_KINDS = (*demands.EXPORTS, *demands.SERVICES)
_SETTLED_HERE = ("IC-18 and IC-19", "IC-20", "IC-22")
"""What ``amnesty`` leaves to a variant, and the moratoria do not."""


def _seed() -> Provisions:
    own = gathered(seed)
    provisions: tuple[Rule | Duty, ...] = (*own.rules, *own.duties)
    asked = set(questions([_SCOPE, *(item.when for item in provisions)]))
    doubts = gathered(interpretations).interpretations
    return attrs.evolve(own, interpretations=tuple(item for item in doubts if item.key in asked))


def _moratorium() -> Provisions:
    own = gathered(interpretations, demands, moratorium, left_out)
    kept = (item for item in own.not_encoded if item.cite.pinpoint not in _SETTLED_HERE)
    return attrs.evolve(own, not_encoded=tuple(kept))


AMNESTY_SEED = Ruleset(
    "amnesty-seed",
    "Amnesty's page alone",
    status="proposal",
    instruments=(sources.SEED, sources.DEMANDS),
    reference_date=dt.date(2021, 9, 9),
    covers=_KINDS,
    scope=_SCOPE,
    provisions=_seed(),
    base=(EU_2021_821, EU_428_2009),
    vocabulary=EU_VOCABULARY.with_sections(Amnesty),
    tables=EU_2021_821.tables,
    cases=(_CASES / "amnesty-seed.yaml",),
    checked=Checked.UNREAD,
    summary=(
        "The three demands of one web page: all surveillance technology covered, no export of facial "
        "recognition, mandatory due diligence."
    ),
)

AMNESTY_MORATORIUM = Ruleset(
    "amnesty-moratorium",
    "Amnesty's proposal with moratoria",
    status="proposal",
    instruments=(*sources.INSTRUMENTS, *LATER_INSTRUMENTS),
    reference_date=dt.date(2023, 10, 31),
    covers=(*_KINDS, "intra_eu_transfer"),
    scope=_SCOPE,
    provisions=_moratorium(),
    base=(EU_2021_821, EU_428_2009),
    vocabulary=EU_VOCABULARY.with_sections(Amnesty, Un),
    tables=EU_2021_821.tables,
    cases=(_CASES / "amnesty.yaml", _CASES / "amnesty-moratorium.yaml"),
    checked=Checked.UNREAD,
    summary=(
        "The demands of 2020 with what Amnesty has called for since: moratoria on tools of targeted "
        "surveillance, no highly invasive spyware, no licence for abusive suppliers."
    ),
)

UN_2019 = Ruleset(
    "un-2019",
    "UN Special Rapporteur 2019",
    status="proposal",
    instruments=(REPORT_2019,),
    reference_date=dt.date(2019, 5, 28),
    covers=un_2019.TRANSFERS,
    scope=in_union(Exporter.country),
    provisions=gathered(un_2019),
    base=(EU_428_2009,),
    vocabulary=EU_VOCABULARY.with_sections(Un),
    tables=EU_428_2009.tables,
    cases=(_CASES / "un-2019.yaml",),
    checked=Checked.UNREAD,
    summary=(
        "A moratorium on surveillance tools of private firms until safeguards exist, and conditions for "
        "licences after that."
    ),
)
