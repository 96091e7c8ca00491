"""A ruleset on a day as named conditions, written once for every evaluator."""
