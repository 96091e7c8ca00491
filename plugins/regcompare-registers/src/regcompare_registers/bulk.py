"""Rulesets over whole tables: data frames, engines and files, each row with the verdict of ``assess``.

A fact is a column named by its key, ``item.technology``; the day of the facts is ``scenario.date``.
Values are text as in a scenario file, or native booleans, days and lists::

    assess_frame(register, [catalogue.ruleset("eu-2021-821")], presume="ordinary")

A missing column, null, NaN and blank text state nothing; ``unknown`` states that the answer is not
known, which no presumption overrides.  A set is written ``internal_repression; ?wmd``: members separated
by ``;``, ``,`` or spaces, with ``?`` in front of each that is left open; ``none`` is the empty set.  A
column ``discretion:art-7-1`` says whether a power was used.
"""

from .columns import scenario_of_row
from .frames import assess_frame
from .screen import bad_rows_file, screen
from .summary import FactCount, Summary

__all__ = ["FactCount", "Summary", "assess_frame", "bad_rows_file", "scenario_of_row", "screen"]
