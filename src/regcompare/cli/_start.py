"""What the program prints without a command: the finding, three cases, and commands to try next."""

from __future__ import annotations

from functools import partial

from regcompare import shipped_cases
from regcompare.comparison.comparison import compare
from regcompare.inputs import THREE_REGIMES
from regcompare.scenario.scenario import cases_of_kinds
from regcompare.views.headline import start_document
from regcompare.views.render import render

from .options import catalogue_of
from .streams import show

_NEXT = (
    ("regcompare compare", "every documented sale"),
    (f"regcompare explain {shipped_cases.FIRST[0]} -r eu-2021-821", "one result, and why"),
    ("regcompare --help", "all commands"),
)


def start() -> None:
    """Prints the headline of the documented sales, three cases of the 2020 report, and next steps."""
    catalogue = catalogue_of()
    comparison = compare(
        cases_of_kinds(catalogue.scenarios()), [catalogue.ruleset(name) for name in THREE_REGIMES]
    )
    show("text", partial(render, start_document(comparison, shipped_cases.FIRST, _NEXT)))
