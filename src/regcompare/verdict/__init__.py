"""Verdicts: one scenario under one ruleset."""
