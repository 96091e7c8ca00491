"""Regimes over every possible case: exact spans, proofs, gaps, maps, fewest changes, lint."""
