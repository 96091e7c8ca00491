"""Lets ``python -m regcompare`` run the command line."""

from .cli import main

main()
