"""A record batch of cases in, the results of rulesets out: what every kind of table goes through."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Literal

import attrs
import pyarrow as pa
import pyarrow.compute as pc

from regcompare.errors import UsageError
from regcompare.ruleset.ruleset import Ruleset
from regcompare.verdict.assess import AsOf, Readings, chosen_readings

from ._answers import Answers, Terms
from ._regimes import Regime

COLUMNS: Final = ("low", "high", "in_scope", "in_force", "holds", "open")
"""What is added for each ruleset, after its id and a dot."""

ROWS: Final = 250_000
"""So many rows of a table in memory are put under the rulesets at a time."""

_MOST_LISTED: Final = 50
"""So many wrong values are listed one by one."""


@attrs.frozen
class Job:
    """What is to be done with a table; it can be sent to where the parts of one are.

    Attributes:
        rulesets: The rulesets.
        as_of: As for ``assess``.
        readings: For each ruleset the readings that it takes.
        terms: On what terms rows are read.
        marks: Whether a wrong value is told in the column ``problem``, not raised.
    """

    rulesets: tuple[Ruleset, ...]
    as_of: AsOf
    readings: tuple[Readings, ...]
    terms: Terms
    marks: bool

    @property
    def added(self) -> list[str]:
        """The names of the columns that are added."""
        return [*self.results, "contradiction", "problem"]

    @property
    def results(self) -> list[str]:
        """Of these the ones that tell results."""
        return [f"{ruleset.id}.{part}" for ruleset in self.rulesets for part in COLUMNS]

    def refuse_taken(self, names: Iterable[Any], added: Sequence[str]) -> None:
        """Refuses a table that has two columns of one name, or one of those that are added."""
        seen: set[Any] = set()
        for name in names:
            if name in seen:
                raise UsageError(f"Two columns of the table have the name {name!r}; rename one.")
            seen.add(name)
        taken = [name for name in added if name in seen]
        if taken:
            more = f"; likewise {len(taken) - 1} more" if len(taken) > 1 else ""
            raise UsageError(
                f"The table has the column {taken[0]!r} already, which would be added. Drop or rename "
                f"it first{more}."
            )


def job_of(
    rulesets: Ruleset | Iterable[Ruleset],
    *,
    as_of: AsOf = None,
    readings: Readings = None,
    presume: Literal["ordinary"] | None = None,
    presumed: Mapping[str, Any] | None = None,
    discretion: Mapping[str, bool] | None = None,
    gaps: Iterable[str] = (),
    on_bad: Literal["raise", "mark"] = "raise",
) -> Job:
    """Returns what is to be done; the arguments are those of ``assess_frame``.

    Raises:
        UsageError: Something asked for does not exist.
    """
    chosen = _rulesets(rulesets)
    for name, given, known in (
        ("presume", presume, (None, "ordinary")),
        ("on_bad", on_bad, ("raise", "mark")),
    ):
        if given not in known:
            raise UsageError(f"{name}={given!r} is not known. Expected {' or '.join(map(repr, known))}.")
    if not (as_of in (None, "scenario") or type(as_of) is dt.date):
        raise UsageError(f"as_of={as_of!r} is not known. Expected a datetime.date, 'scenario' or None.")
    terms = Terms(
        presume=presume,
        presumed=dict(presumed or {}),
        discretion=dict(discretion or {}),
        gaps=frozenset(gaps),
    )
    taken = tuple(_readings(ruleset, chosen, readings) for ruleset in chosen)
    return Job(chosen, as_of, taken, terms, on_bad == "mark")


def _rulesets(given: Any) -> tuple[Ruleset, ...]:
    rulesets = (given,) if isinstance(given, Ruleset | str) else tuple(given)
    for item in rulesets:
        if not isinstance(item, Ruleset):
            raise UsageError(
                f"{item!r} is not a ruleset. Expected one, or a list of them, such as "
                "Catalogue.installed().ruleset('eu-2021-821')."
            )
    ids = [item.id for item in rulesets]
    twice = next((name for name in ids if ids.count(name) > 1), None)
    if twice or not ids:
        found = f"The ruleset id {twice!r} is given twice." if twice else "No ruleset is given."
        raise UsageError(f"{found} Expected one ruleset, or several with different ids.")
    return rulesets


def _readings(ruleset: Ruleset, chosen: Sequence[Ruleset], readings: Readings) -> Readings:
    """The readings that a ruleset takes: of those chosen all that no other ruleset alone knows."""
    if isinstance(readings, Mapping):
        known = {item: {doubt.id for part in item.parts() for doubt in part.doubts} for item in chosen}
        foreign = set().union(*known.values()) - known[ruleset]
        readings = {name: taken for name, taken in readings.items() if name not in foreign}
    chosen_readings(ruleset, readings)
    return readings


# batches ---------------------------------------------------------------------------------------------


@attrs.frozen(eq=False)
class BatchResult:
    """What the rows of a batch come to.

    Attributes:
        columns: The columns that are added, by name.
        places: For each ruleset the place of the result of each row, among those of its regime.
        sound: Which rows have a result under every ruleset and no wrong value; None where all have.
    """

    columns: Mapping[str, Any]
    places: Sequence[Any]
    sound: Any


class Assessor:
    """Puts the batches of one table under rulesets.

    Args:
        job: What is to be done.
        names: The names of the columns.
    """

    def __init__(self, job: Job, names: Sequence[str]) -> None:
        self.job = job
        self.answers = Answers(job.rulesets, names, job.terms)
        self.regimes = [
            Regime(ruleset, job.as_of, readings, self.answers)
            for ruleset, readings in zip(job.rulesets, job.readings, strict=True)
        ]

    @property
    def names(self) -> list[str]:
        """The columns that are read."""
        return list(dict.fromkeys(column.of for column in self.answers.columns.values()))

    def assessed(self, batch: Any) -> BatchResult:
        """Puts the rows of a batch under the rulesets.

        Args:
            batch: An Arrow record batch with the columns that are read, and any others.

        Raises:
            UsageError: A value is no answer, and the job does not mark these.
        """
        read = self.answers.read(batch)
        problems: dict[int, str] = {}
        for row, text in self.answers.problems(batch, read):
            if not self.job.marks:
                raise UsageError(_listing(self.answers.problems(batch, read)))
            problems[row] = f"{problems[row]} {text}" if row in problems else text
        places = [regime.places(read) for regime in self.regimes]
        columns: dict[str, Any] = {}
        broken = []
        for regime, own in zip(self.regimes, places, strict=True):
            which = pa.array(regime.which, pa.int32()).take(own)
            columns |= ((f"{regime.ruleset.id}.{part}", _told(regime, part, which)) for part in COLUMNS)
            broken.append(_told(regime, "reason", which))
        reasons = pa.nulls(batch.num_rows, pa.string())
        if problems:
            reasons = pa.array(map(problems.get, range(batch.num_rows)), pa.string())
        for own in broken:
            reasons = pc.coalesce(reasons, own)
        contradiction = pa.repeat(pa.scalar(False), batch.num_rows)
        for own in broken:
            contradiction = pc.or_(contradiction, pc.is_valid(own))
        columns |= {"contradiction": contradiction, "problem": reasons}
        sound = None if reasons.null_count == batch.num_rows else pc.is_null(reasons)
        return BatchResult(columns, places, sound)

    def added(self, batch: Any) -> Any:
        """Returns the columns that are added to a batch, as a record batch."""
        return pa.RecordBatch.from_pydict(self.assessed(batch).columns)

    def whole(self, batch: Any) -> Any:
        """Returns a batch with the columns that are added."""
        columns = self.assessed(batch).columns
        return pa.RecordBatch.from_arrays(
            [*batch.columns, *columns.values()], [*batch.schema.names, *columns]
        )

    def schema(self, schema: Any) -> Any:
        """Returns the Arrow schema of a table with the columns that are added."""
        kinds = {name: pa.string() for name in self.job.added} | {"contradiction": pa.bool_()}
        return pa.schema([*schema, *(pa.field(name, kind) for name, kind in kinds.items())])


def _told(regime: Regime, part: str, which: Any) -> Any:
    """A column of the results of rows."""
    return pa.array([getattr(result, part) for result in regime.distinct], pa.string()).take(which)


def _listing(problems: Iterable[tuple[int, str]]) -> str:
    """Every distinct problem in a line, up to a number."""
    told = list(dict.fromkeys(text for _, text in problems))
    lines = [f"{len(told)} value{'s' if len(told) > 1 else ''} of columns cannot be read:"]
    lines += told[:_MOST_LISTED]
    if len(told) > _MOST_LISTED:
        lines.append(f"... and {len(told) - _MOST_LISTED} more.")
    lines.append("Correct them, or pass on_bad='mark' to treat them as unknown and have them listed.")
    return "\n".join(lines)
