"""Many scenarios under many rulesets: differences, gaps, the cases that show a rule.

It counts and compares verdicts, as typed results.  It knows neither files of output nor the solver, and
names no regime.
"""
