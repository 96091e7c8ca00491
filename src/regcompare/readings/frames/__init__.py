"""Rulesets over whole tables, on the user's own data frame or engine.

A fact is a column named by its key, ``item.technology``; the day of the facts is ``scenario.date``.
Text holds what a scenario file would hold, and native Booleans, days and lists are taken as well::

    assess_frame(register, [catalogue.ruleset("eu-2021-821")], presume="ordinary")

A missing column, null, NaN and blank text state nothing; ``unknown`` states that the answer is not
known, which no presumption overrides.  A set is written ``internal_repression; ?wmd``: members separated
by ``;``, ``,`` or spaces, with ``?`` in front of each that is left open; ``none`` is the empty set.  A
column ``end_use.concerns:wmd`` answers for one member and, where it says something, stands before the
column of the set.  A column ``discretion:art-7-1`` says how a power was used, and a column ``presume``
holds ``ordinary`` in the rows whose unstated facts are presumed.
"""

from .assessing import assess_frame
from .bitsets import rule_ids, rules_in, rules_in_order
from .register import frame_rows

__all__ = ["assess_frame", "frame_rows", "rule_ids", "rules_in", "rules_in_order"]
