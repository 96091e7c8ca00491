"""Reads scenario files, in YAML and JSON; every mistake is reported with its position.

Inside, reading goes one way, from the text of a file through its values and keys to cases; rules are
unknown here.
"""

from ._keys import SCENARIO_ID
from ._reading import Entry, read_entries, read_scenarios, read_text
from ._tree import SUFFIXES

__all__ = ["SCENARIO_ID", "SUFFIXES", "Entry", "read_entries", "read_scenarios", "read_text"]
