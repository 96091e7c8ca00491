"""Conditions, reasons and table rows in words, and their translations.

It says what rulesets and verdicts contain, for every view alike.  It knows no form of output,
and decides nothing.
"""
