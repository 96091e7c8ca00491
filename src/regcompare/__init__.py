"""Compare how legal regimes treat the same export of surveillance technology.

    >>> import regcompare as rc
    >>> rc.compare("morpho-shanghai-2015")
    <Comparison: 1 case under 3 rulesets>

A case is given by its id, as the path of a file, as a mapping or as itself; a regime by its id or as
itself; a day as text or as a date.  Authors of rulesets import ``regcompare.authoring``.
"""

from . import authoring
from ._interface import assess, cases, check, compare, explain, prove, read, regimes
from .compare import Comparison, Gap, Gaps
from .errors import DefinitionError, FileError, Problem, RegcompareError, UsageError
from .facts import UNKNOWN
from .rules import Outcome, Span
from .rulesets import Ruleset
from .scenarios import Scenario
from .sensitivity import Sensitivity
from .verdicts import Effect, Finding, Question, Verdict

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
    "compare",
    "explain",
    "prove",
    "read",
    "regimes",
]
