"""Readings of a condition beside the walk; a new one is a new file and changes no ruleset."""
