"""Reading and writing scenario files: YAML and JSON, every mistake at its place."""

from ._files import read_scenarios, read_text, write_scenarios

__all__ = ["read_scenarios", "read_text", "write_scenarios"]
