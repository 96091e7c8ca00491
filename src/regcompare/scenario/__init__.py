"""One case: what is known of a transaction; its files and their JSON Schema.

It knows the vocabulary and what rulesets are called.  It judges nothing: no verdict, no comparison.
"""
