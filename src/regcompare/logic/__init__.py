"""Conditions as data, their evaluation with reasons, and over many rows.

It knows questions, codes and truth values.  What a question is about it does not know: no fact, no case,
no rule.
"""
