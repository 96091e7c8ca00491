"""Views of what holds over all possible cases.

They build documents and data from proofs; they ask the solver nothing.
"""
