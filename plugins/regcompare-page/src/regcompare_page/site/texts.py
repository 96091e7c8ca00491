"""Every text of the site that comes from no ruleset or case, in one place."""

from __future__ import annotations

from collections.abc import Mapping

from regcompare.views.sentences import IN_ENGLISH
from regcompare.words.catalogues import ENGLISH, Language

_TEXTS: Mapping[str, str] = {
    # every page
    "site": "One export, three regimes",
    "skip": "Skip to the content",
    "home": "Start",
    "story": "The story",
    "cases": "All sales",
    "wall": "The wall",
    "correlation": "What the new act changed",
    "owed": "What the law of the day required",
    "teachers": "For teachers",
    "in english": IN_ENGLISH,
    "english": "in English",
    "notice": "A tool for comparison, not legal advice; a result is not a judgement on a company.",
    # landing page
    "lede": "European companies have sold tools that watch people to police forces and secret services "
    "around the world. Take a real sale through three sets of rules, and see what each would have "
    "asked.",
    "play": "Play the story",
    "play about": "Guess first. Then see what the law says.",
    "live": "The story, live",
    "finding": "What the rules say about real sales",
    "finding more": "How the numbers are read",
    "picture": "A tool that no list names",
    "picture about": "The same sale to a police force, for every kind of tool: what the rules require.",
    "first": "The three companies of Amnesty International's report of 2020",
    "doors": "Where to go from here",
    "analysts": "Analysts",
    "analysts about": "Compare regimes over real and invented cases, in a terminal or in Python.",
    "teachers about": "One ZIP with the page, a hand-out, the answers and a lesson of 45 minutes. "
    "It needs no network and nothing to install.",
    "teachers get": "Download the ZIP",
    "teachers build": "Build the ZIP with the lesson and the hand-out:",
    "authors": "Authors",
    "authors about": "Write a law, or your own reform, as a plugin that is tested against its cases.",
    "embed": "Show the wall on your own page",
    "embed about": "Put the files of this site on a server and copy this line:",
    # gallery
    "cases about": "Every sale on record here, with its sources. The dots of a sale are its gates, "
    "in this order: {regimes}.",
    "others": "All other sales, the latest first",
    "year unknown": "year not known",
    "gates": "Gates",
    # a case
    "as of": "as of",
    "play this": "Play with this sale",
    "what happened": "What happened",
    "sources": "Sources",
    "cite": "How to cite this",
    "cite each": "One result, with footnote and BibTeX",
    "reproduce": "Reproduce this",
    "wrong": "This fact is wrong: report it",
    "data": "All cases, sources and facts as data",
    "because": "Because",
    "three gates": "Three gates",
    "all cases": "All sales",
    "card": "This sale as an image",
    "From": "From",
    "To": "To",
    "What": "What",
    "End user": "Buyer",
    "Day of the facts": "Day of the facts",
    "Exporter, as named": "Exporter, as named",
    "End user, as named": "User, as named",
    "Buyer, as named": "Buyer, as named",
    "In between, as named": "In between, as named",
}
"""Each text by the name under which templates use it."""


def texts(language: Language = ENGLISH) -> dict[str, str]:
    """Returns the texts in a language; one that is not translated stays English."""
    return {name: language.say(text) for name, text in _TEXTS.items()}
