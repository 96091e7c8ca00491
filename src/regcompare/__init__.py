"""Compare how legal regimes treat the same export of surveillance technology.

    >>> import regcompare as rc
    >>> rc.compare("morpho-shanghai-2015")
    <Comparison: 1 case under 3 rulesets>

A case may be an id, the path of a file, a mapping or a ``Scenario``; a regime may be an id, the path of
a Python file or a ``Ruleset``.  Authors of rulesets import ``regcompare.authoring``.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import authoring

    # isort: off
    from ._interface import (
        assess, brief, cases, check, cite, compare, correlate, count, counts, evaluation, evidence,
        explain, export, gaps, history, licences, lint, load, message, mirror, owed, populations,
        map,  # noqa: A004 - the name of the command
        prove, read, regimes, safeguards, screen, shopping, show, standards, timeline, whatif,
    )  # fmt: skip

    # isort: on
    from .comparison.comparison import Comparison
    from .comparison.gaps import Gap, Gaps
    from .comparison.sensitivity import Sensitivity
    from .errors import DefinitionError, FileError, Problem, RegcompareError, UsageError
    from .facts import UNKNOWN
    from .ruleset.outcomes import Outcome, Span
    from .ruleset.ruleset import Ruleset
    from .scenario.scenario import Scenario
    from .verdict.questions import Effect, Question
    from .verdict.verdict import Finding, Verdict
else:

    def __getattr__(name):
        """Imports what is asked for on first use, since most of it takes long to load."""
        from importlib import import_module

        if name == "authoring":
            return import_module(".authoring", __name__)
        places = (
            *("errors", "facts", "ruleset.outcomes", "ruleset.ruleset", "scenario.scenario"),
            *(
                "verdict.verdict",
                "verdict.questions",
                "comparison.comparison",
                "comparison.gaps",
                "comparison.sensitivity",
            ),
        )
        places = ("_interface",) if name.islower() else places
        for place in places if name in __all__ else ():
            module = import_module(f".{place}", __name__)
            value = getattr(module, name, None)
            # Defined there, not imported.
            if getattr(value, "__module__", "").startswith(module.__name__):
                from ._support.asked import asked

                return globals().setdefault(name, asked(value) if name.islower() else value)
        from .errors import did_you_mean, nearest

        hint = did_you_mean(nearest(name, __all__)) if not name.startswith("_") else ""
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}.{hint}")

    def __dir__():
        return sorted({*globals(), *__all__})


__all__ = [
    "UNKNOWN", "Comparison", "DefinitionError", "Effect", "FileError", "Finding", "Gap", "Gaps",
    "Outcome", "Problem", "Question", "RegcompareError", "Ruleset", "Scenario", "Sensitivity",
    "Span", "UsageError", "Verdict", "assess", "authoring", "brief", "cases", "check", "cite",
    "compare", "correlate", "count", "counts", "evaluation", "evidence", "explain", "export",
    "gaps", "history", "licences", "lint", "load", "map", "message", "mirror", "owed",
    "populations", "prove", "read", "regimes", "safeguards", "screen", "shopping", "show",
    "standards", "timeline", "whatif",
]  # fmt: skip
