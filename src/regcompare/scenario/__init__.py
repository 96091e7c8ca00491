"""One case: what is known of a transaction, its sources, and the files that state it.

It knows the vocabulary and what rulesets are called.  It judges nothing: no verdict, no comparison.
"""
