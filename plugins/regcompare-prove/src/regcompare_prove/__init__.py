"""Proofs over every possible case: exact spans, claims, gaps, maps, fewest changes, lint."""
