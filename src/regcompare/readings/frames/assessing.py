"""Rulesets over a whole table, on the user's own data frame or engine."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

import attrs

from regcompare.assess import Readings, readings_taken
from regcompare.errors import UsageError, did_you_mean, nearest, needs_extra
from regcompare.facts import AnswerError
from regcompare.rulesets import Ruleset

from .answers import Answers
from .columns import BadValue, read_value
from .days import COLUMN, laws
from .expressions import results
from .gates import FALSE, TRUE, Circuit
from .natives import is_dask
from .outputs import Flag, Output, outputs
from .tables import PRESUME, Table, read_table
from .writing import Writing

__all__ = ["assess_frame"]

_MOST_LISTED = 50
"""So many bad values are listed one by one."""


def assess_frame(
    frame: Any,
    rulesets: Ruleset | Iterable[Ruleset],
    *,
    as_of: dt.date | str | None = None,
    readings: Readings = None,
    presume: Literal["ordinary"] | None = None,
    presumed: Mapping[str, Any] | None = None,
    discretion: Mapping[str, bool] | None = None,
    on_bad: Literal["raise", "mark"] = "raise",
) -> Any:
    """Puts every row of a table under rulesets.

    Each row comes to what ``assess(..., look_ahead=False)`` says of the same facts.  There is no
    look-ahead here: three-valued logic alone decides, so that a span may be wider than that of
    ``assess``; it never excludes what ``assess`` leaves possible.

    Args:
        frame: A polars, pandas, pyarrow, DuckDB, PySpark, Dask or Ibis table, eager or lazy.  A fact is
            a column with its key as its name; see the documentation of the package.
        rulesets: One ruleset or several.
        as_of: The day whose law is applied; ``scenario`` for the day of each row's facts; the name of a
            column of days; by default each ruleset's reference date.
        readings: Readings of doubtful texts, by id, for all rows.
        presume: ``ordinary`` to presume the answers of an ordinary transaction in all rows; by default
            a column ``presume`` decides, row by row.
        presumed: Answers to presume in all rows where a column says nothing, by the key of the fact.
        discretion: How powers were used, by id, in rows where no column says it.
        on_bad: Whether a value that is no answer stops everything (``raise``), or counts as unknown and
            is named in a column ``problem`` (``mark``).

    Returns:
        The table, of the same kind and laziness, with further columns for each ruleset ``ID``: the text
        columns ``ID.low`` and ``ID.high`` (null where there is no outcome), ``ID.in_scope`` and
        ``ID.in_force`` (yes, no or unknown), and the bit sets ``ID.holds`` and ``ID.open``, in the
        order of ``rule_ids``; then ``contradiction``, which is true where the facts of a row
        contradict each other and it has no result under some ruleset.

    Raises:
        UsageError: Something asked for does not exist, or values of columns are no answers.
    """
    with needs_extra("frames"):
        import narwhals as nw
    chosen = _rulesets(rulesets)
    taken = _taken(chosen, readings)
    _among("presume", presume, (None, "ordinary"))
    _among("on_bad", on_bad, ("raise", "mark"))
    parts = frame if is_dask(frame) else None
    given = _narwhals(frame if parts is None else frame._meta)
    names = given.collect_schema().names()
    law, column = _law(as_of, names)
    table = read_table(given, chosen, column, parts)
    if table.bad and on_bad == "raise":
        raise UsageError(_listing(table.bad))
    answers = _answers(table, chosen, presume, presumed or {}, discretion or {})
    columns: dict[str, Output] = {}
    contradictions = []
    for ruleset in chosen:
        found = results(ruleset, laws(ruleset, law, answers), taken[ruleset])
        columns |= outputs(answers.circuit, ruleset, found)
        contradictions.append(found.contradiction)
    columns["contradiction"] = Flag(answers.circuit.either(*contradictions))
    _check_free([*columns, *(["problem"] if on_bad == "mark" else [])], names)
    writing = Writing.of(table, answers.circuit, columns, on_bad == "mark")
    if parts is not None:
        return parts.map_partitions(writing.on_part, meta=writing.on_part(frame._meta))
    done = writing.on(table.frame)
    return done if isinstance(frame, nw.DataFrame | nw.LazyFrame) else done.to_native()


# what was asked for --------------------------------------------------------------------------------


def _narwhals(frame: Any) -> Any:
    import narwhals as nw

    try:
        given = nw.from_native(frame)
        given.collect_schema()
    except nw.exceptions.DuplicateError as error:
        raise UsageError(f"Two columns of the table have one name. {error}") from None
    except TypeError:
        msg = (
            f"{type(frame).__name__} is not a table that can be read. Expected a data frame of polars, "
            "pandas, pyarrow, DuckDB, PySpark, Dask or Ibis. Columns in a dictionary, such as those of "
            "frame_rows, become one with polars.DataFrame(columns)."
        )
        raise UsageError(msg) from None
    return given


def _rulesets(given: Any) -> tuple[Ruleset, ...]:
    rulesets = (given,) if isinstance(given, Ruleset | str) else tuple(given)
    for item in rulesets:
        if not isinstance(item, Ruleset):
            msg = (
                f"{item!r} is not a ruleset. Expected one, or a list of them, such as "
                "Catalogue.installed().ruleset('eu-2021-821')."
            )
            raise UsageError(msg)
    ids = [item.id for item in rulesets]
    twice = next((name for name in ids if ids.count(name) > 1), None)
    if twice or not ids:
        found = f"The ruleset id {twice!r} is given twice." if twice else "No ruleset is given."
        raise UsageError(f"{found} Expected one ruleset, or several with different ids.")
    return rulesets


def _among(name: str, given: object, known: Sequence[object]) -> None:
    if given not in known:
        raise UsageError(f"{name}={given!r} is not known. Expected {' or '.join(map(repr, known))}.")


def _taken(rulesets: Sequence[Ruleset], readings: Readings) -> dict[Ruleset, dict[str, str | None]]:
    """The readings that each ruleset takes: of those chosen the ones that it knows."""
    known = {
        ruleset: {item.id for part in ruleset.parts() for item in part.doubts} for ruleset in rulesets
    }
    taken = {}
    for ruleset in rulesets:
        own = readings
        if isinstance(readings, Mapping):
            unread = [name for name in readings if not any(name in ids for ids in known.values())]
            own = {name: readings[name] for name in readings if name in known[ruleset] or name in unread}
        taken[ruleset] = {item.key: reading for item, reading in readings_taken(ruleset, own).items()}
    return taken


def _law(as_of: Any, names: Sequence[str]) -> tuple[dt.date | str | None, str | None]:
    """The day whose law is applied, and the column that holds it."""
    if as_of is None or as_of == "scenario":
        return as_of, None
    if isinstance(as_of, dt.datetime):
        return as_of.date(), None
    if isinstance(as_of, dt.date):
        return as_of, None
    if as_of in names:
        return COLUMN + as_of, as_of
    hint = did_you_mean(nearest(str(as_of), [*map(str, names), "scenario"]))
    msg = f"as_of={as_of!r} is neither a datetime.date, nor 'scenario', nor a column of the table.{hint}"
    raise UsageError(msg)


def _check_free(added: Iterable[str], names: Sequence[str]) -> None:
    taken = [name for name in added if name in names]
    if taken:
        msg = (
            f"The table has the column {taken[0]!r} already, which would be added. Drop or rename it "
            f"first{f'; likewise {len(taken) - 1} more' if len(taken) > 1 else ''}."
        )
        raise UsageError(msg)


def _listing(bad: Sequence[BadValue]) -> str:
    """Every bad value in a line, up to a number."""
    lines = [f"{len(bad)} value{'s' if len(bad) > 1 else ''} of columns cannot be read:"]
    lines += map(str, bad[:_MOST_LISTED])
    if len(bad) > _MOST_LISTED:
        lines.append(f"... and {len(bad) - _MOST_LISTED} more.")
    lines.append("Mend them, or pass on_bad='mark' to take them for unknown and to have them named.")
    return "\n".join(lines)


# from a table to a table ---------------------------------------------------------------------------


def _answers(
    table: Table,
    rulesets: Sequence[Ruleset],
    presume: str | None,
    presumed: Mapping[str, Any],
    discretion: Mapping[str, bool],
) -> Answers:
    circuit = Circuit()
    circuit.every = {name: cells.every for name, cells in table.cells.items()}
    given = dict(_presumed(table, presumed))
    _check_powers(rulesets, discretion)
    presumes = TRUE if presume == "ordinary" else FALSE
    answers = Answers(circuit, table.cells, table.facts, presumes, given, discretion)
    if presume is None and PRESUME in table.cells:
        return attrs.evolve(answers, presumes=answers.stated(PRESUME, bool))
    return answers


def _presumed(table: Table, presumed: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in presumed.items():
        if key not in table.facts:
            hint = did_you_mean(nearest(key, table.facts))
            raise UsageError(f"presumed: there is no fact {key!r}.{hint}")
        try:
            answer = read_value(table.facts[key], value)
        except AnswerError as error:
            raise UsageError(f"presumed: {error}") from None
        if answer is not None:
            yield key, answer


def _check_powers(rulesets: Sequence[Ruleset], discretion: Mapping[str, bool]) -> None:
    known = {
        item.id
        for ruleset in rulesets
        for part in ruleset.parts()
        for item in part.provisions.discretions
    }
    for name, used in discretion.items():
        if name not in known:
            hint = did_you_mean(nearest(name, known))
            raise UsageError(f"discretion: no ruleset given has the power {name!r}.{hint}")
        if not isinstance(used, bool):
            raise UsageError(f"discretion: {used!r} is given for {name}. Expected True or False.")
