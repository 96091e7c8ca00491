"""The dual-use law of the European Union as rulesets for regcompare; each is built on first use.

It imports what an author of law imports, and no proposal of others.  It knows nothing of how law is
evaluated or shown.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from regcompare.authoring import FactSections, hookimpl
from regcompare.plugins.catalogue import Feature, RulesetAt

from .facts import (
    CATEGORY_10_CONSTRAINTS,
    COMMISSION,
    EU_ANSWERS,
    EU_ASSUMPTIONS,
    EU_CONSTRAINTS,
    EU_VOCABULARY,
    MEMBER_STATE,
    Eu,
)
from .home_use import HomeUse
from .tables import CATEGORIES, ENTRY_CODES

if TYPE_CHECKING:
    from .com_2016_616 import COM_2016_616
    from .ep_2018 import EP_2018
    from .eu_428_2009 import EU_428_2009
    from .eu_2021_821 import EU_2021_821
    from .eu_common_position import EU_COMMON_POSITION
    from .eu_home import EU_HOME
    from .eu_law import EU_LAW, EU_LAW_2020, EU_LAW_2021
    from .eu_sanctions import EU_SANCTIONS
    from .torture_goods import TORTURE_GOODS

__all__ = [
    "COMMISSION",
    "COM_2016_616",
    "EP_2018",
    "EU_428_2009",
    "EU_2021_821",
    "EU_COMMON_POSITION",
    "EU_HOME",
    "EU_LAW",
    "EU_LAW_2020",
    "EU_LAW_2021",
    "EU_SANCTIONS",
    "EU_VOCABULARY",
    "MEMBER_STATE",
    "TORTURE_GOODS",
    "Eu",
    "HomeUse",
]

_RULESETS = (
    RulesetAt("eu-428-2009", "regcompare_eu.eu_428_2009:EU_428_2009"),
    RulesetAt("eu-2021-821", "regcompare_eu.eu_2021_821:EU_2021_821"),
    RulesetAt("eu-sanctions", "regcompare_eu.eu_sanctions:EU_SANCTIONS", is_parallel=True),
    RulesetAt(
        "eu-common-position", "regcompare_eu.eu_common_position:EU_COMMON_POSITION", is_parallel=True
    ),
    RulesetAt("eu-law", "regcompare_eu.eu_law:EU_LAW"),
    RulesetAt("eu-law-2020", "regcompare_eu.eu_law:EU_LAW_2020"),
    RulesetAt("eu-law-2021", "regcompare_eu.eu_law:EU_LAW_2021"),
    RulesetAt("eu-home", "regcompare_eu.eu_home:EU_HOME", asks="use"),
    RulesetAt("com-2016-616", "regcompare_eu.com_2016_616:COM_2016_616"),
    RulesetAt("ep-2018", "regcompare_eu.ep_2018:EP_2018"),
    RulesetAt("torture-goods", "regcompare_eu.torture_goods:TORTURE_GOODS"),
)
_PLACES = {item.name: item for item in _RULESETS}


def __getattr__(name: str) -> Any:
    if name in _PLACES:
        return _PLACES[name].built()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


@hookimpl
def regcompare_rulesets() -> list[RulesetAt]:
    """Returns the acts, what applies with them, all of it together, and the proposals between the acts."""
    return list(_RULESETS)


@hookimpl
def regcompare_facts() -> list[FactSections]:
    """Returns the facts of EU law, what it makes impossible, the codes that exist, and categories."""
    constraints = EU_CONSTRAINTS + CATEGORY_10_CONSTRAINTS
    return [
        FactSections((Eu,), constraints, (ENTRY_CODES,), CATEGORIES, EU_ANSWERS, EU_ASSUMPTIONS),
        FactSections((HomeUse,)),
    ]


@hookimpl
def regcompare_catalogues() -> list[Path]:
    """Returns the folder of the texts of EU law in other languages."""
    return [Path(__file__).parent / "locale"]


@hookimpl
def regcompare_functions() -> list[Feature]:
    """Returns what the evaluation of the act of 2021 is asked about."""
    return [Feature("act_in_evaluation", "regcompare_eu.evaluation:EVALUATION")]
