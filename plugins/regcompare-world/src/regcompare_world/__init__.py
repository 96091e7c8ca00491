"""Swiss, British and American export law as rulesets for regcompare; each is built on first use.

It imports what an author of law imports, as a stranger's plugin would, and of the Union's law its facts
alone: what goods are by customs heading, or where they go in Ukraine, is one question under every law.  It
knows nothing of how law is evaluated or shown.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from regcompare.authoring import FactSections, hookimpl
from regcompare.plugins.catalogue import RulesetAt

from .facts import LISTED_ANSWERS, US_ANSWERS, US_CONSTRAINTS, Ch, Uk, Us

if TYPE_CHECKING:
    from .ch import CH
    from .uk import UK
    from .us_ear import US_EAR
    from .us_ear_2024 import US_EAR_2024_PROPOSAL

__all__ = ["CH", "UK", "US_EAR", "US_EAR_2024_PROPOSAL", "Ch", "Uk", "Us"]

REGCOMPARE_API = 2

_RULESETS = (
    RulesetAt("ch", "regcompare_world.ch:CH"),
    RulesetAt("uk", "regcompare_world.uk:UK"),
    RulesetAt("us-ear", "regcompare_world.us_ear:US_EAR"),
    RulesetAt("us-ear-2024-proposal", "regcompare_world.us_ear_2024:US_EAR_2024_PROPOSAL"),
)
_PLACES = {item.name: item for item in _RULESETS}


def __getattr__(name: str) -> Any:
    if name in _PLACES:
        return _PLACES[name].built()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


@hookimpl
def regcompare_rulesets() -> list[RulesetAt]:
    """Returns the law of three states, and a proposal of one of them."""
    return list(_RULESETS)


@hookimpl
def regcompare_scenarios() -> list[Path]:
    """Returns the folder of what these laws ask of documented sales, and their sources say."""
    return [Path(__file__).parent / "annotations"]


@hookimpl
def regcompare_facts() -> list[FactSections]:
    """Returns the facts that only these laws ask for, and what one of them makes impossible."""
    return [FactSections((Ch, Uk, Us), US_CONSTRAINTS, own_answers=(*LISTED_ANSWERS, *US_ANSWERS))]


@hookimpl
def regcompare_catalogues() -> list[Path]:
    """Returns the folder of the texts of these laws in other languages."""
    return [Path(__file__).parent / "locale"]
