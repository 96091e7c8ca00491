"""Reading and writing scenario files: YAML and JSON, every mistake at its place."""

from ._files import Entry, read_entries, read_scenarios, read_text, write_scenarios
from ._reading import SCENARIO_ID

__all__ = ["SCENARIO_ID", "Entry", "read_entries", "read_scenarios", "read_text", "write_scenarios"]
