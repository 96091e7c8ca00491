"""Assesses a whole table of transactions: from file to file, in bounded memory, or in memory."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from regcompare._support.displays import Drawn, Pictures, draw
from regcompare._support.output import while_reading
from regcompare.comparison.claims import Claim
from regcompare.comparison.data import to_data
from regcompare.comparison.receipts import Receipt
from regcompare.comparison.tidy import Tabular
from regcompare.errors import UsageError, needs_extra
from regcompare.ruleset.ruleset import Ruleset
from regcompare.views.render import Form
from regcompare.vocabulary import Vocabulary

from .summary import RowCount, Summary

if TYPE_CHECKING:
    from ._tables import BadRow
    from .groups import RowGroups


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
    encoding: str | None = None,
    overwrite: bool = False,
    progress: Callable[[float], None] | None = None,
    **register: Any,
) -> Summary:
    """Assesses every row of a table under rulesets and writes it with the results.

    Rows are read and written in batches, so that memory stays bounded.  A row that cannot be read, that
    has an invalid value for a fact in a rule, or whose facts contradict each other is written to a side
    file with the reason instead.  The output appears under its name only when it is complete.

    Args:
        source: A ``.csv``, ``.xlsx`` or ``.parquet`` file or ``FILE.duckdb::TABLE``, with columns in
            the form of ``assess_frame``; others are carried through.
        sink: Where to write, in the same formats.
        rulesets: The rulesets.
        vocabulary: The facts that columns may name.
        encoding: The encoding of a CSV file.
        overwrite: Whether an existing output, and the side file of an earlier run, may be replaced.
        progress: Is called with the share of the rows that is done, from 0 to 1.
        register: What its columns hold, as for ``screen_frame``.

    Raises:
        UsageError: The tables cannot be used, or no column is a fact; the text says how to mend it.
    """
    with needs_extra("frames"):
        from ._options import read_options
        from ._screening import Screening
        from ._sinks import BadRows, open_sink
        from ._sources import open_source
        from ._tables import interruptible
    asked, shared = read_options(encoding=encoding, **register), _refuse_same(source, sink)
    with (
        interruptible(),
        while_reading(*([asked.join] if isinstance(asked.join, str | os.PathLike) else ())),
        closing(open_source(source, encoding=encoding, shared=shared)) as table,
    ):
        screening = Screening(source, table, rulesets, vocabulary, asked)
        side_file = bad_rows_file(sink)
        with (
            open_sink(sink, overwrite=overwrite) as output,
            BadRows(side_file, table, overwrite=overwrite) as bad_rows,
        ):
            for batch in table.batches():
                written, bad = screening.add(batch)
                output.add(written)
                bad_rows.add(bad)
                if progress:
                    progress(batch.share_read)
            output.finish()
            bad_rows.finish()
            with _folder_lock(side_file.parent):
                output.publish()
                bad_rows.publish()
    return screening.summary()


@attrs.frozen(eq=False, repr=False)
class Screened(Drawn, Tabular[dict[str, Any]]):
    """A table with the results of its rows, and those that could not be used.

    Attributes:
        summary: What was read, how, and what it comes to.
        table: The rows with their results, as an Arrow table.
        bad: The other rows, each with its place and the reason.
        outside: The rows that were read and are outside what is screened, each with the reason.
    """

    summary: Summary
    table: Any
    bad: Sequence[BadRow]
    rulesets: Sequence[Ruleset]
    vocabulary: Vocabulary
    outside: Sequence[BadRow] = ()

    def __repr__(self) -> str:
        return f"<Screened: {len(self)} rows, {len(self.bad)} bad>"

    def __len__(self) -> int:
        return len(self.table)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self.to_dicts())

    def finding(self) -> Claim | None:
        """Returns the finding on the rows: licences and refusals under each law."""
        return self.summary.finding()

    def counts(self) -> list[tuple[RowCount, ...]]:
        """Returns for each law in how many rows a licence is needed, and a refusal or ban is due."""
        return list(self.summary.counts)

    def by(self, *names: str, value: str = "", decimal: str = "") -> RowGroups:
        """Returns the rows in groups, with decisions and what each law requires.

        Args:
            names: What makes groups: ``year``; ``surveillance``, whether the entry is among those that
                the Commission names for surveillance items, blank where a row names no entry; a fact;
                or a column of the register.
            value: A column of numbers to sum.
            decimal: The mark before decimals in it; by default that which its numbers show.

        Raises:
            UsageError: There is no such column.
        """
        from .groups import grouped

        return grouped(
            self.table, self.summary, names, self.vocabulary.categories, value=value, decimal=decimal
        )

    def receipts(self) -> list[Receipt]:
        """Returns what somebody else needs to get each of the counts."""
        return [count.receipt() for pair in self.summary.counts for count in pair]

    @property
    def _pictures(self) -> Pictures:
        return {"bars": lambda: draw("counts", self.summary.counts)}

    def text(self, form: Form = "text") -> str:
        """Returns the summary in a form."""
        from .summary_view import summary_text

        if form == "json":
            return json.dumps(to_data(self.summary), ensure_ascii=False, indent=2)
        if form == "csv":
            return self.to_csv() or ""
        return summary_text(self.summary, self.rulesets, form=form)

    def to_dicts(self) -> list[dict[str, Any]]:
        """Returns the rows with their results as plain mappings."""
        return list(self.table.to_pylist())

    def to_arrow(self) -> Any:
        """Returns the rows with their results as an Arrow table."""
        return self.table


def screen_frame(
    frame: Any,
    rulesets: Sequence[Ruleset],
    vocabulary: Vocabulary,
    *,
    encoding: str | None = None,
    **register: Any,
) -> Screened:
    """Assesses every row of a table in memory as ``screen`` does those of a file.

    Args:
        frame: A table of any library that hands it over as Arrow, a list of mappings, or a file.
        rulesets: The rulesets.
        vocabulary: The facts that columns may name.
        encoding: The encoding of a CSV file.
        register: What its columns hold, and under which law: ``RegisterOptions``.

    Raises:
        UsageError: As for ``screen``.
    """
    with needs_extra("frames"):
        import pyarrow as pa

        from ._options import read_options
        from ._screening import Screening
        from ._sources import open_table
        from ._tables import interruptible
    asked = read_options(encoding=encoding, **register)
    with interruptible(), closing(open_table(frame, encoding)) as table:
        source = str(frame) if isinstance(frame, str | os.PathLike) else ""
        screening = Screening(source, table, rulesets, vocabulary, asked)
        parts = [screening.add(batch) for batch in table.batches()]
    whole = pa.Table.from_batches([rows for rows, _ in parts]).unify_dictionaries()
    unused = [row for _, rows in parts for row in rows]
    bad, outside = ([row for row in unused if row.is_outside is which] for which in (False, True))
    return Screened(screening.summary(), whole, bad, rulesets, vocabulary, outside)


def _refuse_same(source: str, sink: str) -> bool:
    """Tells whether both are tables of one database.

    Raises:
        UsageError: What is read would be overwritten.
    """
    (source_path, _, read_table), (sink_path, _, table) = source.partition("::"), sink.partition("::")
    if _is_same(Path(source_path), bad_rows_file(sink)):
        raise UsageError(
            f"{source}: is where the bad rows of {sink} would go. Give the output another name."
        )
    is_same = _is_same(Path(source_path), Path(sink_path))
    if is_same and (not table or read_table.lower() == table.lower()):
        raise UsageError(f"{sink}: is the table that is read. Give the output another name.")
    return is_same


def _is_same(one: Path, other: Path) -> bool:
    """Tells whether two names are of one file, be it by a link."""
    both_exist = one.exists() and other.exists()
    return one.samefile(other) if both_exist else one.resolve() == other.resolve()


@contextmanager
def _folder_lock(folder: Path) -> Iterator[None]:
    """Locks a folder while several files in it get their names, so that those of two runs never mix."""
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # Some file systems have no locks.
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
