"""Citations in table cells: the pinpoint alone, or with its act if a column cites several acts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from operator import attrgetter

from regcompare._support.derived import derived
from regcompare.law import Citation

from .ruleset import Ruleset

_ABBREVIATION = re.compile(r" \((?:EU|EC|EEC)\)")


def cell_cites(ruleset: Ruleset, cites: Iterable[Citation]) -> list[str]:
    """Returns the distinct citations as written in a cell of the ruleset's column.

    If the rules come from several acts, each citation names its act: ``Reg. 36/2012 Art. 4``.
    """
    return list(dict.fromkeys(map(citation_format(ruleset), cites)))


@derived
def citation_format(ruleset: Ruleset) -> Callable[[Citation], str]:
    """Returns the function that writes a citation for a cell of the ruleset's column."""
    instruments = [{rule.cite.instrument for rule in part.rules} for part in ruleset.parts()]
    if any(part.beside for part in ruleset.parts()) or max(map(len, instruments)) > 1:
        return lambda cite: _ABBREVIATION.sub("", str(cite))
    return attrgetter("pinpoint")
