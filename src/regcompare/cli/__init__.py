"""The command line: ``regcompare`` and its commands."""

from .options import main

__all__ = ["main"]
