"""Assesses a whole table of transactions from file to file, in bounded memory."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from regcompare.errors import UsageError, needs_extra
from regcompare.ruleset.ruleset import Ruleset
from regcompare.support import folder_lock
from regcompare.verdict.assess import AsOf, Readings
from regcompare.vocabulary import Vocabulary

from .columns import RegisterColumns, columns_of
from .summary import Summary, Tally

if TYPE_CHECKING:
    from ._tables import BadRow, Batch

Progress = Callable[[float], None]
"""Is called with the share of the work that is done, from 0 to 1."""

READING = 0.95
"""The approximate share of the work that assessing the rows takes; the rest is the summary."""


def bad_rows_file(sink: str) -> Path:
    """Returns the side file of the rows that could not be used; no other output has the same one."""
    name, _, table = sink.partition("::")
    path = Path(name)
    return path.with_name(f"{path.name}{f'-{table}' if table else ''}.bad-rows.csv")


def screen(
    source: str,
    sink: str,
    rulesets: Sequence[Ruleset],
    vocabulary: Vocabulary,
    *,
    as_of: AsOf = None,
    readings: Readings = None,
    presume: Literal["ordinary"] | None = None,
    presumed: Mapping[str, str] | None = None,
    discretion: Mapping[str, bool] | None = None,
    columns: Mapping[str, str] | None = None,
    categories: Mapping[str, str] | None = None,
    gaps: Collection[str] = (),
    encoding: str | None = None,
    delimiter: str | None = None,
    overwrite: bool = False,
    spreadsheet_safe: bool = False,
    batch_size: int = 250_000,
    progress: Progress | None = None,
) -> Summary:
    """Assesses every row of a table under rulesets and writes it with the results.

    Rows are read and written in batches, so that memory stays bounded.  A row that cannot be read, that
    has an invalid value for a fact in a rule, or whose facts contradict each other is written to a side
    file with the reason instead.  The output appears under its name only when it is complete.

    Args:
        source: A ``.csv`` or ``.parquet`` file or ``FILE.duckdb::TABLE``, with columns in the form of
            ``assess_frame``; others are carried through.
        sink: Where to write, of the same kinds.
        rulesets: The rulesets.
        vocabulary: The facts that columns may name.
        as_of: The day whose law is applied; ``scenario`` for the day of each row.
        readings: Readings of doubtful texts.
        presume: ``ordinary`` to presume ordinary answers for facts that are not stated.
        presumed: Answers, as text, that are presumed for every row, by fact.
        discretion: Whether powers were used, for every row.
        columns: The facts that columns hold, by column.
        categories: The publisher of the categories that a column holds, or several separated by commas,
            by column; a category answers facts that its row does not state.
        gaps: Texts that mean that nothing is stated, such as ``n/a``, in the columns of facts.
        encoding: The encoding of a CSV file.
        delimiter: The column separator of a CSV file.
        overwrite: Whether an existing output, and the side file of an earlier run, may be replaced.
        spreadsheet_safe: Whether texts in a CSV output that a spreadsheet would run are guarded with an
            apostrophe, as they always are in the side file.
        batch_size: How many rows are held at a time.
        progress: Is called with the share of the work that is done.

    Raises:
        UsageError: The tables cannot be used, or no column is a fact; the text says how to mend it.
    """
    with needs_extra("frames"):
        from ._batches import Assessor, job_of
        from ._sinks import BadRows, open_sink
        from ._sources import open_source
    report = progress or (lambda _: None)
    shared = _refuse_same(source, sink)
    with closing(open_source(source, encoding=encoding, delimiter=delimiter, shared=shared)) as table:
        register = columns_of(table.columns, columns or {}, vocabulary, source, categories or {})
        job = job_of(
            rulesets,
            as_of=as_of,
            readings=readings,
            presume=presume,
            presumed=presumed,
            discretion=discretion,
            gaps=gaps,
            on_bad="mark",
        )
        job.refuse_added_names(register.names, [field.name for field in job.result_fields])
        assessor = Assessor(job, register.names)
        tally = Tally(assessor)
        side_file = bad_rows_file(sink)
        with (
            open_sink(sink, overwrite=overwrite, spreadsheet_safe=spreadsheet_safe) as output,
            BadRows(side_file, table.columns, overwrite=overwrite) as bad_rows,
        ):
            for batch in table.batches(batch_size):
                _screen_batch(batch, register, assessor, tally, output, bad_rows)
                report(batch.share_read * READING)
            output.finish()
            bad_rows.finish()
            with folder_lock(side_file.parent):
                output.publish()
                bad_rows.publish()
    summary = tally.summary(register, categories or {})
    report(1)
    return summary


def _refuse_same(source: str, sink: str) -> bool:
    """Whether both are tables of one database.

    Raises:
        UsageError: What is read would be overwritten.
    """
    (source_path, _, read_table), (sink_path, _, table) = source.partition("::"), sink.partition("::")
    if Path(source_path).resolve() == bad_rows_file(sink).resolve():
        raise UsageError(
            f"{source}: is where the bad rows of {sink} would go. Give the output another name."
        )
    is_same = Path(source_path).resolve() == Path(sink_path).resolve()
    if is_same and (not table or read_table.lower() == table.lower()):
        raise UsageError(f"{sink}: is the table that is read. Give the output another name.")
    return is_same


def _screen_batch(
    batch: Batch, register: RegisterColumns, assessor: Any, tally: Tally, output: Any, bad_rows: Any
) -> None:
    """Assesses a batch, counts its rows, and writes each to the output or to the side file."""
    import numpy as np
    import pyarrow as pa

    from ._categories import fill_from_categories
    from ._planes import arrow_of

    rows = batch.rows.rename_columns(list(register.names[: len(register.register_names)]))
    rows, reasons = fill_from_categories(
        rows, register.facts_of_categories, register.categories, assessor.job.options.null_values
    )
    result = assessor.assess(rows)
    for place, text in result.reasons.items():
        reasons[place] = f"{text} {reasons[place]}" if place in reasons else text
    added = assessor.job.result_fields
    results = (result.columns[field.name] for field in added)
    whole = pa.RecordBatch.from_arrays(
        [*rows.columns, *results], schema=pa.schema([*rows.schema, *added])
    )
    usable = np.ones(len(rows), bool)
    usable[list(reasons)] = False
    unusable = [*batch.bad, *_bad_rows(batch, dict(sorted(reasons.items())))]
    tally.read += len(rows) + len(batch.bad)
    tally.bad += len(unusable)
    tally.add(result, rows, usable)
    output.add(whole.filter(arrow_of(usable)) if reasons else whole)
    bad_rows.add(sorted(unusable, key=lambda row: row.row))


def _bad_rows(batch: Batch, reasons: Mapping[int, str]) -> Iterator[BadRow]:
    """The rows of a batch that cannot be used."""
    import numpy as np

    from ._planes import arrow_of
    from ._tables import BadRow

    rows = batch.rows.take(arrow_of(np.array(list(reasons), np.int64))).to_pylist()
    for (place, reason), row in zip(reasons.items(), rows, strict=True):
        values = ["" if value is None else str(value) for value in row.values()]
        yield BadRow(batch.numbers[place], batch.place(place), reason, values)
