"""Compare how legal regimes treat the same export of surveillance technology.

    >>> import regcompare as rc
    >>> rc.compare("morpho-shanghai-2015")
    <Comparison: 1 case under 3 rulesets>

A case may be an id, the path of a file, a mapping or a ``Scenario``; a regime may be an id, the path of
a Python file or a ``Ruleset``.  Authors of rulesets import ``regcompare.authoring``.
"""

from . import authoring
from ._interface import assess, cases, check, cite, compare, explain, prove, read, regimes
from .comparison.comparison import Comparison
from .comparison.gaps import Gap, Gaps
from .comparison.sensitivity import Sensitivity
from .errors import DefinitionError, FileError, Problem, RegcompareError, UsageError
from .facts import UNKNOWN
from .ruleset.rules import Outcome, Span
from .ruleset.ruleset import Ruleset
from .scenario.scenario import Scenario
from .verdict.verdict import Effect, Finding, Question, Verdict

__all__ = [
    "UNKNOWN",
    "Comparison",
    "DefinitionError",
    "Effect",
    "FileError",
    "Finding",
    "Gap",
    "Gaps",
    "Outcome",
    "Problem",
    "Question",
    "RegcompareError",
    "Ruleset",
    "Scenario",
    "Sensitivity",
    "Span",
    "UsageError",
    "Verdict",
    "assess",
    "authoring",
    "cases",
    "check",
    "cite",
    "compare",
    "explain",
    "prove",
    "read",
    "regimes",
]
