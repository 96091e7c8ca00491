"""Citations in cells: the place alone, or with its act where a column holds several."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from operator import attrgetter

from regcompare.law import Citation

from .ruleset import Ruleset

_ABBREVIATION = re.compile(r" \((?:EU|EC|EEC)\)")


def cell_cites(ruleset: Ruleset, cites: Iterable[Citation]) -> list[str]:
    """Returns the citations as a cell of the ruleset's column has them, each once.

    Where the rules are those of several acts, each names its act: ``Reg. 36/2012 Art. 4``.
    """
    return list(dict.fromkeys(map(citation_format(ruleset), cites)))


@lru_cache(maxsize=256)
def citation_format(ruleset: Ruleset) -> Callable[[Citation], str]:
    """Returns how a cell of the ruleset's column cites."""
    acts = ({rule.cite.instrument for rule in part.rules} for part in ruleset.parts())
    if any(part.beside for part in ruleset.parts()) or any(len(several) > 1 for several in acts):
        return lambda cite: _ABBREVIATION.sub("", str(cite))
    return attrgetter("pinpoint")
