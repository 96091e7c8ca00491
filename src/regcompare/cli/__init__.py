"""The command line: ``regcompare`` and its commands."""

from . import cases, law  # noqa: F401 - each adds its commands to the group
from ._shared import main

__all__ = ["main"]
