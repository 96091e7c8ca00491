"""The same cases asked elsewhere: on other days, from other states, at home, under an act as reformed.

It uses the core as any plugin may.  It knows no ruleset and no other feature package; the core works
without it.
"""

from pathlib import Path

from regcompare.authoring import hookimpl
from regcompare.plugins.catalogue import Feature

_COMMANDS = {
    "evaluation": "Show what the evaluation of an act could change, limb by limb.",
    "history": "Count the same records under the law of the last day of each year.",
    "mirror": "Show whether the use itself would be allowed at home, beside its export.",
    "owed": "Show what the law of its day required of each case, and what was done.",
    "shopping": "Show from which state of a regime the same sale needs the least.",
    "timeline": "List the days on which the law changed an outcome.",
}


@hookimpl
def regcompare_catalogues() -> list[Path]:
    """Returns the folder with translations of what was required."""
    return [Path(__file__).parent / "locale"]


@hookimpl
def regcompare_commands() -> list[Feature]:
    """Returns the commands that ask about a case elsewhere."""
    place = "regcompare_elsewhere.commands"
    return [Feature(name, f"{place}:{name}_command", says) for name, says in _COMMANDS.items()]


@hookimpl
def regcompare_functions() -> list[Feature]:
    """Returns the functions that the front door and the site ask for."""
    return [
        Feature("evaluation", "regcompare_elsewhere.evaluation:evaluation"),
        Feature("history", "regcompare_elsewhere.history:history"),
        Feature("mirror", "regcompare_elsewhere.mirror:mirror"),
        Feature("owed", "regcompare_elsewhere.owed:owed"),
        Feature("shopping", "regcompare_elsewhere.shopping:outcomes_by_state"),
        Feature("timeline", "regcompare_elsewhere.timeline:timelines"),
    ]
