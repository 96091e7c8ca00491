"""A ruleset on a day as named conditions, written once for every evaluator.

It knows rulesets and their vocabulary, and is the only place where overriding, force and scope are
resolved.  It knows no citations' words, and nothing of how a result is compared or shown.
"""
