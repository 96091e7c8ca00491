"""What the program prints without a command: the finding, the first cases, and commands to try next."""

from __future__ import annotations

from functools import partial

from regcompare.comparison.comparison import compare
from regcompare.comparison.message import message_of
from regcompare.scenario.scenario import cases_of_kinds
from regcompare.views.headline import start_document
from regcompare.views.render import render

from .options import catalogue_of
from .streams import show

WIDTH = 80
"""The line width of the first screen."""


def start() -> None:
    """Prints the headline of the documented sales, the cases that come first, and next steps."""
    catalogue = catalogue_of()
    profile = catalogue.profile
    cases = cases_of_kinds(catalogue.scenarios())
    message = message_of(profile.message, cases, catalogue.rulesets)
    first = [case for case in cases if case.id in profile.first]
    comparison = compare(first if message else cases, catalogue.usual())
    explain = f"regcompare explain {profile.first[0]} -r {profile.explained}" if profile.first else ""
    commands = {
        "regcompare compare": "every documented sale",
        explain: "one result, and why",
        "regcompare --help": "all commands",
    }
    commands.pop("", None)
    document = start_document(message, comparison, profile.first, profile.source, commands.items())
    show("text", partial(render, document, width=WIDTH))
