"""What the author of a ruleset imports to test it: strategies, the conformance suite, the report.

The package ``regcompare_testing`` defines it; this is the name that plugins rely on.
"""

from .errors import needs_extra

with needs_extra("testing"):
    from regcompare_testing.conformance import Report, Result, check_ruleset, conformance_suite
    from regcompare_testing.strategies import (
        answers,
        conditions,
        drawn_scenarios,
        partial_scenarios,
        scenarios,
    )

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
