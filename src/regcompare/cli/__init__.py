"""The command line: ``regcompare`` and its commands."""

from .group import main

__all__ = ["main"]
