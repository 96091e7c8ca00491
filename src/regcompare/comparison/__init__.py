"""Many scenarios under many rulesets: differences, gaps, safeguards, expectations.

It counts and compares verdicts, as typed results.  It knows neither files of output nor the solver, and
names no regime.
"""
