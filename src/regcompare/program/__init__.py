"""A ruleset on a day as conditions, written once and evaluated by everyone."""
