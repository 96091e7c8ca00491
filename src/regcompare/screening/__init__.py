"""Whole registers: a table of transactions screened from file to file, in bounded memory."""

from ._rows import scenario_of_row
from ._screen import bad_rows_file, screen
from ._summary import FactCount, Summary

__all__ = ["FactCount", "Summary", "bad_rows_file", "scenario_of_row", "screen"]
