"""Conditions as data, their walk with reasons, and their evaluation over many rows."""
