"""Rulesets over whole tables, as a plugin; ``bulk`` has the functions for Python.

It uses the core as any plugin may.  It knows no ruleset and no other feature package; the core works
without it, and without the libraries for tables.
"""

from regcompare.authoring import hookimpl
from regcompare.plugins.catalogue import Feature


@hookimpl
def regcompare_commands() -> list[Feature]:
    """Returns the command on whole tables."""
    return [
        Feature(
            "screen",
            "regcompare_registers.command:screen_command",
            "Assess every row of a table under the rulesets.",
        )
    ]


@hookimpl
def regcompare_functions() -> list[Feature]:
    """Returns what screens a table."""
    return [Feature("screen", "regcompare_registers.screen:screen_frame")]
