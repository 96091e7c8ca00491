"""A whole table of transactions under rulesets, from file to file, in bounded memory."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from regcompare._support.output import folder_lock
from regcompare.errors import UsageError, needs_extra
from regcompare.ruleset.ruleset import Ruleset
from regcompare.verdict.assess import AsOf, Readings
from regcompare.vocabulary import FACTS_DATE, Vocabulary

from .columns import RegisterColumns, columns_of
from .figures import YEAR, refuse_missing
from .summary import Summary, Tally

if TYPE_CHECKING:
    from ._tables import BadRow, Batch

Progress = Callable[[float], None]
"""Is told what share of the work is done, from 0 to 1."""

READING = 0.95
"""What share of the work it is, roughly, to go through the rows; the rest is the summary."""


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
    weight: str | None = None,
    by: Collection[str] = (),
    encoding: str | None = None,
    delimiter: str | None = None,
    overwrite: bool = False,
    spreadsheet_safe: bool = False,
    batch_size: int = 250_000,
    progress: Progress | None = None,
) -> Summary:
    """Puts every row of a table under rulesets and writes it with the results.

    Rows are read and written in batches, so that memory stays bounded, whatever a row holds.  A row that
    cannot be read, that holds a wrong value where a rule asks, or whose facts contradict each other is
    written to a side file with the reason instead.  The output stands under its name only once it is
    whole.

    Args:
        source: A ``.csv`` or ``.parquet`` file or ``FILE.duckdb::TABLE``; columns as ``assess_frame``
            takes them, others are carried through.
        sink: Where to write, of the same kinds.
        rulesets: The rulesets.
        vocabulary: The facts that columns may name.
        as_of: The day whose law is applied; ``scenario`` for each row's own day.
        readings: Readings of doubtful texts.
        presume: ``ordinary`` to presume the ordinary answers of facts that are not stated.
        presumed: Fact key to an answer, as text, that is presumed of every row.
        discretion: How powers were used, in every row.
        columns: Name of a column to the fact that it holds.
        categories: Name of a column to the publisher of the categories that it holds, or to several
            with commas between; a row in which no column states a fact has the answer that its category
            tells.
        gaps: Texts that say that nothing is stated, such as ``n/a``, in the columns that hold facts.
        weight: The column that says for how many a row stands, a whole number; it is carried through.
        by: Columns, or ``year``: the summary tells of each category how many rows need a licence, and
            how many are refused or banned.
        encoding: How a CSV file is encoded.
        delimiter: What parts the columns of a CSV file.
        overwrite: Whether what stands under the name of the sink, and the side file of an earlier run
            into it, may be replaced.
        spreadsheet_safe: Whether a text in a CSV output that a spreadsheet would run gets an apostrophe
            before it, as it always does in the side file.
        batch_size: How many rows are held at a time.
        progress: Is told how far it has come.

    Raises:
        UsageError: The tables cannot be used, or no column is a fact; the text says how to mend it.
    """
    with needs_extra("frames"):
        from ._batches import Assessor, job_of
        from ._sinks import BadRows, open_sink
        from ._sources import open_source
    told = progress or (lambda _: None)
    shared = _refuse_same(source, sink)
    with closing(open_source(source, encoding=encoding, delimiter=delimiter, shared=shared)) as table:
        held = columns_of(table.columns, columns or {}, vocabulary, source, categories or {})
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
        job.refuse_taken(held.names, job.results)
        assessor = Assessor(job, held.names)
        tally = Tally(assessor, weight and held.called(weight), _groups(by, held))
        side = bad_rows_file(sink)
        with (
            open_sink(sink, overwrite=overwrite, spreadsheet_safe=spreadsheet_safe) as out,
            BadRows(side, table.columns, overwrite=overwrite) as bad,
        ):
            for batch in table.batches(batch_size):
                _put(batch, held, assessor, tally, out, bad)
                told(batch.done * READING)
            out.finish()
            bad.finish()
            with folder_lock(side.parent):
                out.publish()
                bad.publish()
    return tally.summary(held, categories or {}, lambda share: told(READING + share * (1 - READING)))


def _groups(by: Collection[str], held: RegisterColumns) -> list[str]:
    """The columns of the output by which rows are grouped."""
    is_year = YEAR not in held.names
    names = [name if name == YEAR and is_year else held.called(name) for name in dict.fromkeys(by)]
    refuse_missing([FACTS_DATE.key if name == YEAR and is_year else name for name in names], held.names)
    return names


def _refuse_same(source: str, sink: str) -> bool:
    """Whether both are tables of one database.

    Raises:
        UsageError: What is read would be overwritten.
    """
    (read, _, read_table), (written, _, table) = source.partition("::"), sink.partition("::")
    if Path(read).resolve() == bad_rows_file(sink).resolve():
        raise UsageError(
            f"{source}: is where the bad rows of {sink} would go. Give the output another name."
        )
    is_same = Path(read).resolve() == Path(written).resolve()
    if is_same and (not table or read_table.lower() == table.lower()):
        raise UsageError(f"{sink}: is the table that is read. Give the output another name.")
    return is_same


def _put(batch: Batch, held: RegisterColumns, assessor: Any, tally: Tally, out: Any, bad: Any) -> None:
    """Puts each row of a batch where it belongs."""
    import pyarrow as pa

    from ._categories import filled
    from ._weights import weights_of

    rows = batch.rows.rename_columns(list(held.names[: len(held.given)]))
    rows, unknown = filled(rows, held.told, held.published, assessor.job.terms.gaps)
    assessed = assessor.assessed(rows)
    weights, wrong = weights_of(rows, tally.weight)
    reasons = _reasons(assessed, unknown, wrong)
    added = {name: assessed.columns[name] for name in assessor.job.results}
    whole = pa.RecordBatch.from_arrays([*rows.columns, *added.values()], [*held.names, *added])
    sound = pa.array([place not in reasons for place in range(len(rows))]) if reasons else None
    refused = [*batch.bad, *_refused(batch, reasons)]
    tally.read += rows.num_rows + len(batch.bad)
    tally.bad += len(refused)
    kept = whole if sound is None else whole.filter(sound)
    tally.add(assessed, sound, weights, kept)
    out.add(kept)
    bad.add(sorted(refused, key=lambda row: row.row))


def _reasons(assessed: Any, *wrong: Mapping[int, str]) -> dict[int, str]:
    """Why rows cannot be used, by their place."""
    reasons: dict[int, list[str]] = {}
    told = assessed.columns["problem"].to_pylist() if assessed.sound is not None else []
    found = {place: text for place, text in enumerate(told) if text is not None}
    for item in (found, *wrong):
        for place, text in item.items():
            reasons.setdefault(place, []).append(text)
    return {place: " ".join(reasons[place]) for place in sorted(reasons)}


def _refused(batch: Batch, reasons: Mapping[int, str]) -> Iterator[BadRow]:
    """The rows of a batch that cannot be used."""
    import pyarrow as pa

    from ._tables import BadRow

    held = batch.rows.take(pa.array(list(reasons), pa.int64())).to_pylist()
    for (place, reason), row in zip(reasons.items(), held, strict=True):
        values = ["" if value is None else str(value) for value in row.values()]
        yield BadRow(batch.numbers[place], batch.place(place), reason, values)
