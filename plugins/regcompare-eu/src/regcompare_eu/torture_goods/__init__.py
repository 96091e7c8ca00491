"""Regulation 2019/125 by analogy: the same sale if surveillance tools stood in the annexes on torture goods."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from regcompare.authoring import Exporter, Ruleset
from regcompare_eu.common import UNION, in_union
from regcompare_eu.facts import EU_VOCABULARY

from . import annex_ii, annex_iii, definitions, left_out

__all__ = ["TORTURE_GOODS"]

TORTURE_GOODS = Ruleset(
    "torture-goods",
    "Torture-goods rules, by analogy",
    status="proposal",
    instruments=(definitions.REGULATION,),
    reference_date=dt.date(2020, 5, 27),
    covers=("export", "electronic_export", "brokering", "technical_assistance", "transit"),
    home=UNION,
    scope=in_union(Exporter.country),
    provisions=(definitions.chapter, annex_ii.chapter, annex_iii.chapter, left_out.chapter),
    vocabulary=EU_VOCABULARY,
    cases=(Path(__file__).parents[1] / "cases" / "torture-goods.yaml",),
    plain_title="EU rules on torture goods, as if they named surveillance",
    summary=(
        "What Union law has for tools of torture: a ban on what serves nothing else, a licence "
        "for what could be abused, and a duty to refuse where abuse is to be feared. Surveillance tools do "
        "not stand in its annexes; this reads the same sale as if they did. Nobody proposes it in this form."
    ),
)
