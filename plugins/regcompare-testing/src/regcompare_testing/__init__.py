"""A kit for authors of rulesets: a skeleton, expectations, the conformance suite, a clinic.

It uses the core as any plugin may, and may use every layer of it.  It knows no ruleset and no other
feature package; what ships is tested with it like any other.  Authors import ``regcompare.testing``.
"""

from regcompare.authoring import hookimpl
from regcompare.plugins.catalogue import Feature

_COMMANDS = "regcompare_testing.commands"


@hookimpl
def regcompare_commands() -> list[Feature]:
    """Returns the commands for authors."""
    return [
        Feature(
            "check",
            "regcompare_testing.check:check_command",
            "Check the results that scenario files expect.",
        ),
        Feature(
            "clinic", f"{_COMMANDS}:clinic_command", "Examine a plugin: its faults, and its rulesets."
        ),
        Feature("new", f"{_COMMANDS}:new", "Write the skeleton of a new plugin, or a blank case."),
    ]


@hookimpl
def regcompare_functions() -> list[Feature]:
    """Returns the function that the front door asks for."""
    return [Feature("check", "regcompare_testing.expectations:check")]
