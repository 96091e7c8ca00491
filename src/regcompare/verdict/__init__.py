"""Verdicts: one scenario under one ruleset.

It evaluates programs and keeps the reasons.  It compares nothing, and says nothing in English.
"""
