"""The command line: ``regcompare`` and its commands."""

from ._shared import main

__all__ = ["main"]
