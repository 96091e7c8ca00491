"""The game: real cases with a known outcome; a reader decides, then sees what happened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal

from regcompare.facts import countries
from regcompare.views.sentences import one_line
from regcompare.words.catalogues import Language

from .case import CasePage

Decided = Literal["yes", "no", "nobody"]
DECIDED: dict[str, Decided] = {
    "granted": "yes",
    "revoked": "yes",
    "suspended": "yes",
    "refused": "no",
    "none_needed": "nobody",
    "not_applied": "nobody",
}
"""What an authority said, by the decision on record; where nobody was asked, that is no yes."""


def turns(pages: Iterable[CasePage], language: Language) -> Iterator[dict[str, Any]]:
    """Yields each case of the game with what was decided; where that is not known it is left out."""
    say = language.say
    for page in pages:
        case, record = page.case, page.case.record
        decided = DECIDED.get(record.decision) if record else None
        if record and decided:
            place = case.exporter.country
            yield {
                "page": page,
                "country": say(countries().get(place, "")) if isinstance(place, str) else "",
                "decided": decided,
                "happened": say(one_line(record.note)),
                "dispute": page.disputed(case.disputed[:1]),
            }
