"""The game: real cases with a known outcome; a reader decides, then sees what happened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal

from regcompare.facts import countries
from regcompare.scenario.scenario import Scenario
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


def game_data(pages: Iterable[CasePage], language: Language) -> dict[str, Any]:
    """Returns the game as its script reads it.

    Args:
        pages: The cases, each as its page shows it; those whose decision is not known are left out.
        language: The language of the game.
    """
    return {"cases": list(_cases(pages, language)), "texts": _texts(language)}


def _cases(pages: Iterable[CasePage], language: Language) -> Iterator[dict[str, Any]]:
    say = language.say
    for page in pages:
        case = page.case
        decided = DECIDED.get(case.record.decision) if case.record else None
        if decided is None or case.record is None:
            continue
        disputes = [say(" ".join(item.note.split())) for item in case.disputed]
        yield {
            "route": page.route,
            "country": say(_name(case)),
            "title": page.title,
            "story": page.story,
            "decided": decided,
            "happened": say(" ".join(case.record.note.split())),
            "dispute": disputes[0] if disputes else "",
            "bars": [
                {"law": result["name"], "bar": result["barrier"], "word": result["word"]}
                for result in page.results()
            ],
            "href": f"cases/{case.id}.html",
        }


def _name(case: Scenario) -> str:
    place = case.exporter.country
    return countries().get(place, "") if isinstance(place, str) else ""


def _texts(language: Language) -> dict[str, str]:
    say = language.say
    return {
        "count": say("Case {n} of {all}"),
        "role": say("You decide on exports from {country}."),
        "role_unknown": say("You decide on this export."),
        "question": say("May it go?"),
        "allow": say("Yes, allow"),
        "refuse": say("No, refuse"),
        "you": say("You"),
        "they": say("They"),
        "yes": say("Yes"),
        "no": say("No"),
        "nobody": say("Nobody asked"),
        "happened": say("What really happened"),
        "who": say("Who had to say no?"),
        "next": say("Next case"),
        "end": say("See the result"),
        "case": say("To this case"),
        "tally": say("The tally"),
        "disputed": say("Disputed"),
        "final": say(
            "You said no {you} times. The governments said no {they} times; {nobody} times nobody "
            "asked them."
        ),
        "again": say("Again"),
        "rule": say("Write your own rule"),
    }
