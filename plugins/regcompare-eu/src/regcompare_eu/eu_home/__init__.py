"""What the law of the Union forbids or restricts inside it, asked of the use that an export serves."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from regcompare.authoring import Period, Ruleset
from regcompare_eu.home_use import HOME_VOCABULARY

from . import definitions, high_risk, left_out, media, personal_data, prohibited, sources

__all__ = ["EU_HOME"]

EU_HOME = Ruleset(
    "eu-home",
    "EU law on use at home",
    status="law",
    asks="use",
    instruments=sources.INSTRUMENTS,
    reference_date=dt.date(2026, 7, 27),
    period=Period(sources.POLICE_DATA_APPLIES),
    covers=(
        "export",
        "electronic_export",
        "brokering",
        "technical_assistance",
        "hosted_service",
        "financing",
        "transit",
        "intra_eu_transfer",
        "import",
    ),
    provisions=(
        definitions.chapter,
        prohibited.chapter,
        high_risk.chapter,
        media.chapter,
        personal_data.chapter,
        left_out.chapter,
    ),
    vocabulary=HOME_VOCABULARY,
    cases=(Path(__file__).parents[1] / "cases" / "eu-home.yaml",),
    plain_title="EU rules on using it at home",
    summary=(
        "Not a rule on exports: what an authority or company in the Union would be told if it used the "
        "item in the same way. The AI Act, the Media Freedom Act on surveillance of journalists, and data "
        "protection law; a use abroad is judged as if it were made at home. None of them restricts "
        "the export of the item: in the AI Act as adopted, the word export occurs nowhere."
    ),
)
