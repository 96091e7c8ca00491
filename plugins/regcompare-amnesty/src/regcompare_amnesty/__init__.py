"""Amnesty International's stricter regime as rulesets for regcompare; each is built on first use.

It imports what an author of law imports, and the law in force that its demands are made on.  It knows
nothing of how law is evaluated or shown.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from regcompare.authoring import FactSections, hookimpl
from regcompare.plugins.catalogue import RulesetAt

from .facts import AMNESTY_CONSTRAINTS, Amnesty
from .un_facts import Un

if TYPE_CHECKING:
    from .proposal import AMNESTY
    from .variants import AMNESTY_MORATORIUM, AMNESTY_SEED, UN_2019

__all__ = [
    "AMNESTY",
    "AMNESTY_MORATORIUM",
    "AMNESTY_SEED",
    "UN_2019",
    "Amnesty",
    "Un",
]

_RULESETS = (
    RulesetAt("amnesty", "regcompare_amnesty.proposal:AMNESTY"),
    RulesetAt("amnesty-seed", "regcompare_amnesty.variants:AMNESTY_SEED"),
    RulesetAt("amnesty-moratorium", "regcompare_amnesty.variants:AMNESTY_MORATORIUM"),
    RulesetAt("un-2019", "regcompare_amnesty.variants:UN_2019"),
)
_PLACES = {item.name: item for item in _RULESETS}


def __getattr__(name: str) -> Any:
    if name in _PLACES:
        return _PLACES[name].built()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


@hookimpl
def regcompare_rulesets() -> list[RulesetAt]:
    """Returns the proposal, its variants, and the demands of the United Nations rapporteur."""
    return list(_RULESETS)


@hookimpl
def regcompare_facts() -> list[FactSections]:
    """Returns the facts that only the demands ask for."""
    return [FactSections((Amnesty, Un), AMNESTY_CONSTRAINTS)]


@hookimpl
def regcompare_catalogues() -> list[Path]:
    """Returns the folder of the texts of the demands in other languages."""
    return [Path(__file__).parent / "locale"]
