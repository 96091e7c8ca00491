"""Tables of other libraries, in memory, under rulesets."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from regcompare.errors import UsageError, needs_extra
from regcompare.ruleset.ruleset import Ruleset

from .columns import TableOptions

_MOST_PROBLEMS = 50
"""The most invalid values that are listed one by one."""


def assess_frame(frame: Any, rulesets: Ruleset | Iterable[Ruleset], **options: Any) -> Any:
    """Assesses every row of a table under rulesets, with the results of ``assess`` on the same facts.

    Args:
        frame: A table of polars, pandas, pyarrow, DuckDB, or any other library with the Arrow PyCapsule
            interface.  A fact is a column named by its key; see the documentation of the package.
        rulesets: One ruleset or several.
        options: How rows are read, and under which law: ``TableOptions``.

    Returns:
        An Arrow table, which each of these libraries takes, with further columns for each ruleset
        ``ID``: ``ID.low`` and ``ID.high``, categories in the order of severity (null where there is no
        outcome); ``ID.class``; ``ID.needs_licence``, ``ID.must_be_refused``, ``ID.in_scope`` and
        ``ID.in_force`` (yes, no or unknown); ``ID.holds`` and ``ID.open`` (ids of rules, in the form of
        a column of sets); then ``problem``, why the facts of a row contradict each other, which then
        has no result.

    Raises:
        UsageError: An argument is not valid, or a column contains invalid values; the text lists them.
    """
    with needs_extra("frames"):
        import pyarrow as pa

        from ._batches import ROWS, Assessor, refuse_added
        from ._bitsets import texts_of
        from ._sources import arrow_of_frame
    table = arrow_of_frame(frame)
    assessor = Assessor(rulesets, table.column_names, TableOptions(**options))
    refuse_added(table.column_names, ["problem"])
    done = []
    for batch in table.to_batches(max_chunksize=ROWS) or [pa.RecordBatch.from_pylist([], table.schema)]:
        result = assessor.assess(batch)
        if result.invalid:
            texts = list(dict.fromkeys(text for _, text in result.invalid))
            lines = [f"{len(texts)} value{'s' if len(texts) > 1 else ''} of columns cannot be read:"]
            lines += texts[:_MOST_PROBLEMS]
            if len(texts) > _MOST_PROBLEMS:
                lines.append(f"... and {len(texts) - _MOST_PROBLEMS} more.")
            lines.append("Correct them, or use rc.screen, which sets such rows apart.")
            raise UsageError("\n".join(lines))
        problems = texts_of(list(map(result.reasons.get, range(len(batch)))))
        done.append(result.rows.append_column("problem", problems))
    return pa.Table.from_batches(done).unify_dictionaries()
