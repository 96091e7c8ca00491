"""The command line: ``regcompare`` and its commands.

It reads arguments, asks the layers below, and prints.  It can do nothing that Python cannot.
"""

from .group import main

__all__ = ["main"]
