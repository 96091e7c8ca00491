"""The command line: ``regcompare`` and its commands."""

# Each module adds its commands to the group.
from . import (  # noqa: F401
    authors,
    cases,
    changes,
    law,
    lint,
    pages,
    possible,
    registers,
)
from ._shared import main

__all__ = ["main"]
