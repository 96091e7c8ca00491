"""The real regimes on the engines of registers that one machine does not hold, as the documentation says."""

from __future__ import annotations

import random
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from tests.support.case_rows import frame_rows
from tests.support.needed import needed

from regcompare import Outcome, Ruleset
from regcompare.facts import CodeSet, Country, Day, Fact, SetOf, YesNo
from regcompare.plugins.catalogue import Catalogue
from regcompare_registers.frames import assess_frame

dask = needed("dask")
dd = needed("dask.dataframe")
pytestmark = pytest.mark.thorough

CODES = ("5A001.f", "5A001.j", "4D004@2014", "5D001.c/5A001.j", "3A001")


@pytest.fixture(scope="module")
def regimes(catalogue: Catalogue) -> list[Ruleset]:
    """Two acts, and one of them with the sanctions beside it."""
    return [catalogue.ruleset(name) for name in ("eu-428-2009", "eu-2021-821", "eu-law-2021")]


def draw_value(fact: Fact, chance: random.Random) -> str | None:
    """An answer, as a register has it, or none."""
    if chance.random() < 0.3:
        return chance.choice([None, "", "unknown"])
    if isinstance(fact, YesNo):
        return chance.choice(["yes", "no", "True", "false"])
    if isinstance(fact, Country):
        return chance.choice(["DE", "FR", "CN", "SY", "US", "NA", "GB", "XI", "RU"])
    if isinstance(fact, Day):
        return chance.choice(["2020-06-01", "2021-09-08", "2021-09-09", "2023-01-01"])
    if isinstance(fact, CodeSet):
        return chance.choice(["none", *CODES, f"{CODES[0]}; ?{CODES[1]}"])
    words = list(fact.labels())
    if isinstance(fact, SetOf):
        return chance.choice(["none", words[0], f"{words[0]}, ?{words[-1]}"])
    return chance.choice(words)


@pytest.fixture(scope="module")
def register(catalogue: Catalogue) -> dict[str, list[Any]]:
    """The documented cases, and forty rows drawn at random in which much is stated."""
    chance = random.Random(7)
    facts = {fact.key: fact for fact in catalogue.vocabulary.facts()}
    cases = frame_rows(catalogue.scenarios(), catalogue.vocabulary)
    columns = {name: list(values) for name, values in cases.items()}
    for number in range(40):
        for name, values in columns.items():
            fact = facts.get(name)
            values.append(None if fact is None else draw_value(fact, chance))
        columns["id"][-1] = f"drawn-{number}"
        columns["scenario.date"][-1] = chance.choice(["2019-01-01", "2021-09-09", "2022-03-01", None])
        columns["transaction.kind"][-1] = chance.choice(["export", "export", "transit", "brokering"])
    return columns


@pytest.fixture(scope="module")
def expected_rows(register: dict[str, list[Any]], regimes: list[Ruleset]) -> list[dict[str, Any]]:
    """The rows of the table in one piece, which other tests hold against ``assess``."""
    return in_order(assess_frame(pl.DataFrame(register), regimes, as_of="scenario").to_pylist())


def in_order(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows in the order of their ids, with None for every kind of null."""

    def plain(value: Any) -> Any:
        is_null = value is None or value is pd.NA or value != value  # noqa: PLR0124 - NaN alone
        return None if is_null else value

    tidy = [{name: plain(value) for name, value in row.items()} for row in rows]
    return sorted(tidy, key=lambda row: str(row["id"]))


def results(rows: Sequence[Mapping[str, Any]], regimes: Sequence[Ruleset]) -> list[dict[str, Any]]:
    """The columns that were added."""
    starts = (*(f"{regime.id}." for regime in regimes), "id")
    return [{name: row[name] for name in row if name.startswith(starts)} for row in in_order(rows)]


def test_dask(
    register: dict[str, list[Any]], expected_rows: list[dict[str, Any]], regimes: list[Ruleset]
) -> None:
    """A Dask table is assessed part by part, lazily; columns of lists included."""
    table = pd.DataFrame(register)
    table["end_use.concerns"] = as_lists(register["end_use.concerns"])
    with dask.config.set({"dataframe.convert-string": False}):  # Else Dask turns lists into their repr.
        parts = dd.from_pandas(table, npartitions=3)

    def assessed(part: pd.DataFrame) -> pd.DataFrame:
        return assess_frame(part, regimes, as_of="scenario").to_pandas()

    done = parts.map_partitions(assessed, meta=assessed(parts._meta))

    low = f"{regimes[0].id}.low"
    assert done[low].dtype.ordered
    strict = [
        row["id"] for row in expected_rows if row[low] and Outcome.read(row[low]) >= "authorisation"
    ]
    assert len(done[done[low] >= "authorisation"].compute(scheduler="synchronous")) == len(strict)
    done = done.drop(columns=["end_use.concerns"])
    rows = done.compute(scheduler="synchronous").to_dict("records")
    assert results(rows, regimes) == results(expected_rows, regimes)


def as_lists(values: Sequence[str | None]) -> list[Any]:
    """A column of sets as lists of members."""
    lists = []
    for text in values:
        words = (text or "").replace(",", " ").replace(";", " ").split()
        lists.append(None if words in ([], ["unknown"]) else [] if words == ["none"] else words)
    return lists


def with_lists(register: dict[str, list[Any]]) -> pl.DataFrame:
    """The register with one column of lists."""
    lists = pl.Series("end_use.concerns", as_lists(register["end_use.concerns"]), pl.List(pl.String))
    return pl.DataFrame(register).with_columns(lists)


# PySpark -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """One small session, without its page; its Java, which keeps the folder it was started in, ends with it."""
    if shutil.which("java") is None:
        pytest.skip("PySpark needs Java, and no program `java` is on the path.")
    patch = pytest.MonkeyPatch()
    patch.setenv("PYSPARK_PYTHON", sys.executable)  # Else the workers are those of the system's Python.
    session = (
        needed("pyspark.sql")
        .SparkSession.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "1")
        .config("spark.log.level", "ERROR")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    context = type(session.sparkContext)
    gateway: Any = context._gateway
    session.stop()
    gateway.shutdown()
    gateway.proc.stdin.close()
    gateway.proc.wait()
    context._gateway = context._jvm = None
    patch.undo()


@pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.filterwarnings("ignore:.*is deprecated.*:DeprecationWarning")
def test_pyspark(
    spark: Any,
    register: dict[str, list[Any]],
    expected_rows: list[dict[str, Any]],
    regimes: list[Ruleset],
) -> None:
    """PySpark hands over the batches of a part, and takes text; columns of lists included."""
    types: Any = needed("pyspark.sql.types")
    table = spark.createDataFrame(with_lists(register).to_arrow())
    names, act = table.columns, regimes[1]
    kept = ["id", *(name for name in expected_rows[0] if name.startswith(f"{act.id}."))]

    def assessed(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            done = assess_frame(batch.rename_columns(names), act, as_of="scenario").select(kept)
            yield from done.cast(pa.schema([(name, pa.string()) for name in kept])).to_batches()

    plain = table.toDF(*map(str, range(len(names))))
    columns = types.StructType([types.StructField(name, types.StringType()) for name in kept])
    done = plain.mapInArrow(assessed, columns).toArrow()

    assert results(done.to_pylist(), [act]) == results(expected_rows, [act])
