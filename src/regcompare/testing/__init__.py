"""What the author of a ruleset imports to test it: strategies, the conformance suite, the report.

It may use every layer below the command line.  It knows no regime; what ships is tested with it like any
other.
"""

from regcompare.errors import needs_extra

with needs_extra("testing"):
    from .conformance import Report, Result, check_ruleset, conformance_suite
    from .strategies import answers, conditions, drawn_scenarios, partial_scenarios, scenarios

__all__ = [
    "Report",
    "Result",
    "answers",
    "check_ruleset",
    "conditions",
    "conformance_suite",
    "drawn_scenarios",
    "partial_scenarios",
    "scenarios",
]
