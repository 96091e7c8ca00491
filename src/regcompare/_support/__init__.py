"""Helpers for all layers: CSV, field validators, output files, ordered enumerations.

It may be used by every layer, and knows none of them: no fact, no law, no case.
"""
