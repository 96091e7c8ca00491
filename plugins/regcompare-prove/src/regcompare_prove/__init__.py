"""Answers over all possible cases: gaps, maps, proofs, fewest changes, lint, and exact ends of spans.

It uses the core as any plugin may, and is the only package that knows the solver.  It knows no ruleset
and no other feature package; the core works without it.
"""

from pathlib import Path

from regcompare.authoring import hookimpl
from regcompare.plugins.catalogue import Feature

_COMMANDS = {
    "correlate": "Prove what became of each provision of BEFORE in AFTER.",
    "gaps": "Show the cases that OTHER controls and BASE does not.",
    "lint": "Report unreachable, redundant and contradictory rules.",
    "map": "Map the outcomes over the answers to two facts.",
    "standards": "Show how sure of harm an authority must be before it has to refuse.",
    "whatif": "Show what would change the outcome.",
}


@hookimpl
def regcompare_catalogues() -> list[Path]:
    """Returns the folder with translations of what demands contribute."""
    return [Path(__file__).parent / "locale"]


@hookimpl
def regcompare_commands() -> list[Feature]:
    """Returns the commands over every possible case."""
    return [
        Feature(name, f"regcompare_prove.commands:{name}_command", says)
        for name, says in _COMMANDS.items()
    ]


@hookimpl
def regcompare_displays() -> list[Feature]:
    """Returns what the program adds to an explanation with every interpretation left open."""
    return [Feature("doubts", "regcompare_prove.doubts:doubts_display", of="open_readings")]


@hookimpl
def regcompare_functions() -> list[Feature]:
    """Returns the functions that the core leaves to a solver."""
    return [
        Feature("correlate", "regcompare_prove.correlation:correlate"),
        Feature("correlation", "regcompare_prove.views.correlation:succession_document"),
        Feature("equivalent", "regcompare_prove.proofs:equivalent"),
        Feature("gaps_by_demand", "regcompare_prove.contribution:by_demand"),
        Feature("joint_prover", "regcompare_prove.spans:available_prover"),
        Feature("lint", "regcompare_prove.lint:lint"),
        Feature("map", "regcompare_prove.maps:possible_map"),
        Feature("never_laxer", "regcompare_prove.proofs:never_laxer"),
        Feature("possible_gaps", "regcompare_prove.gaps:possible_gaps"),
        Feature("prover", "regcompare_prove.spans:PROVER"),
        Feature("standards", "regcompare_prove.standards:standards"),
        Feature("standards_document", "regcompare_prove.views.standards:standards_document"),
        Feature("whatif", "regcompare_prove.changes:fewest_changes"),
    ]
