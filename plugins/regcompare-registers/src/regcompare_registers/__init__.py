"""Rulesets over whole tables: data frames, engines and files, each row with the verdict of ``assess``.

A fact is a column named by its key, ``item.technology``; the day of the facts is ``scenario.date``.
Values are text as in a scenario file, or native booleans, days and lists::

    from regcompare_registers.frames import assess_frame

    assess_frame(register, [catalogue.ruleset("eu-2021-821")], presume="ordinary")

A missing column, null, NaN and blank text state nothing; ``unknown`` states that the answer is not
known, which no presumption overrides.  A set is written ``internal_repression; ?wmd``: members separated
by ``;``, ``,`` or spaces, with ``?`` in front of each that is left open; ``none`` is the empty set.  A
column ``end_use.concerns:wmd`` answers for one member; where it is not blank, it takes precedence over
the column of the set.  A column ``discretion:art-7-1`` says whether a power was used, and a column
``presume`` contains ``ordinary`` in the rows whose unstated facts are presumed.

Every table is assessed as Arrow record batches (``_batches``).  Columns become cells (``_cells``,
``_answers``), rows become kinds that no condition distinguishes (``_kinds``), and each kind is assessed
once (``_regimes``, ``_verdicts``).
"""

from regcompare.authoring import Feature, hookimpl


@hookimpl
def regcompare_commands() -> list[Feature]:
    """Returns the command on whole tables."""
    return [
        Feature(
            "screen",
            "regcompare_registers.command:screen_command",
            "Assess every row of a table under the rulesets.",
        )
    ]


@hookimpl
def regcompare_functions() -> list[Feature]:
    """Returns the check that a table has the results of its rows."""
    return [Feature("bulk", "regcompare_registers.agreement:disagreements", of="agreement")]
