"""The hooks, the catalogue of what is installed, and the errors of a stranger's code.

It finds rulesets, facts, cases and features, and keeps faults apart.  It knows no plugin by name but as
one that ships, and shows nothing.
"""
