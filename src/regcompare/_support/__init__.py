"""Helpers for all layers: CSV, field validators, output files, ordered enumerations."""
