"""The parts of a regime: rules, duties, interpretations and discretions; chapters; amendments.

It knows facts and conditions, and what law is written with.  It evaluates nothing, knows no case, and
names no regime.
"""
