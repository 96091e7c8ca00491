"""Rulesets over whole tables: data frames, engines and files, each row with the verdict of ``assess``.

A fact is a column named by its key, ``item.technology``; the day of the facts is ``scenario.date``.
Text holds what a scenario file would hold, and native yes/no, days and lists are taken as well::

    assess_frame(register, [catalogue.ruleset("eu-2021-821")], presume="ordinary")

A missing column, null, NaN and blank text state nothing; ``unknown`` states that the answer is not
known, which no presumption overrides.  A set is written ``internal_repression; ?wmd``: members separated
by ``;``, ``,`` or spaces, with ``?`` in front of each that is left open; ``none`` is the empty set.  A
column ``end_use.concerns:wmd`` answers for one member and, where it says something, stands before the
column of the set.  A column ``discretion:art-7-1`` says how a power was used, and a column ``presume``
holds ``ordinary`` in the rows whose unstated facts are presumed.

Every table goes through one function, an Arrow record batch in and one out (``_batches``).  Columns
become cells (``_cells``, ``_answers``), rows become kinds that no condition tells apart (``_kinds``),
and each kind is assessed once (``_regimes``, ``_verdicts``).
"""

from .figures import RegisterTable, cross_tabulation, register_summary
from .frames import assess_frame
from .rows import frame_rows, scenario_of_row
from .screen import bad_rows_file, screen
from .summary import FactCount, Summary

__all__ = [
    "FactCount",
    "RegisterTable",
    "Summary",
    "assess_frame",
    "bad_rows_file",
    "cross_tabulation",
    "frame_rows",
    "register_summary",
    "scenario_of_row",
    "screen",
]
