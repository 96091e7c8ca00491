"""Invented rows for benchmarks: seeded, shaped like a licence register, with gaps.

A register has few technologies and many encryption items, a few buyers of many kinds, and most gaps where
an official has to judge.  Which entry an item meets depends on its technology, as it does in practice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa

__all__ = ["register_batches", "register_frame", "write_register"]

FIRST_DAY, LAST_DAY = dt.date(2012, 1, 1), dt.date(2024, 12, 31)
SEED = 2020
BATCH = 1_000_000

Weights = Mapping[str | None, float]
"""The frequency of each answer, in any unit; None is a gap."""

# Technology: how often, in how many of a hundred listed rows, and the entries that it meets.
TECHNOLOGIES: Mapping[str, tuple[float, Sequence[str]]] = {
    "encryption": (30, ("5A002.a", "5D002.a", "5A002.a; 5D002.c")),
    "not_surveillance": (22, ("none", "none", "3A001.a.2", "2B350.g")),
    "video_surveillance": (8, ("none",)),
    "ip_network_surveillance": (5, ("5A001.j", "5D001.c/5A001.j", "none")),
    "mobile_interception": (4, ("5A001.f.1", "5A001.f.4")),
    "intrusion_platform": (2, ("4A005", "4D004")),
    "intrusion_software": (2, ("none", "4D004")),
    "monitoring_centre": (2, ("5D001.e", "5D001.e@2024", "none")),
    "telecom_interception": (3, ("5A001.f.1", "none")),
    "data_retention": (2, ("none",)),
    "digital_forensics": (4, ("5A004.b", "none")),
    "cryptanalysis": (1, ("5A004.a",)),
    "facial_recognition": (4, ("none",)),
    "number_plate_recognition": (3, ("none",)),
    "location_tracking": (2, ("none",)),
    "social_media_monitoring": (2, ("none",)),
    "content_filtering": (2, ("none",)),
    "covert_listening": (1, ("none",)),
    "other_surveillance": (1, ("none",)),
}
CHOICES: Mapping[str, Weights] = {
    "item.form": {"goods": 50, "software": 30, "technology": 5, "service": 3, None: 12},
    "transaction.kind": {
        "export": 84, "electronic_export": 8, "brokering": 1, "technical_assistance": 2,
        "hosted_service": 1, "transit": 1, "financing": 1, None: 2,
    },
    "exporter.country": {
        "DE": 30, "FR": 15, "IT": 12, "NL": 9, "SE": 6, "AT": 4, "DK": 3, "FI": 3, "ES": 4, "CZ": 3,
        "BE": 3, "IE": 4, "PL": 2, "BG": 1, "GB": 1,
    },
    "destination.country": {
        "US": 15, "CN": 10, "NO": 5, "CH": 7, "JP": 5, "AE": 5, "SA": 4, "IN": 6, "TR": 5, "IL": 3,
        "BR": 4, "MX": 3, "EG": 3, "NA": 1, "ET": 1, "KZ": 2, "RU": 4, "BY": 1, "IR": 1, "MM": 1,
        "VN": 3, "TH": 3, "MA": 2, "ZA": 2, "AU": 3, "GB": 4, "SY": 1, "XK": 1, None: 2,
    },
    "end_user.kind": {
        "private_company": 40, "telecom_operator": 10, "law_enforcement": 6, "intelligence": 2,
        "military": 3, "other_state_body": 5, "university": 3, "state_linked_research": 1,
        "same_group": 4, "individual": 1, None: 25,
    },
    "end_use.concerns": {
        "none": 50, "internal_repression": 2, "state_surveillance": 5, "?internal_repression": 3,
        "human_rights_violation; internal_repression": 1, "military_end_use": 1, "unknown": 3, None: 35,
    },
    "knowledge.authority_informed": {"none": 70, "internal_repression": 1, "wmd": 1, None: 28},
}  # fmt: skip
FLAGS: Mapping[str, tuple[float, float]] = {
    "item.designed_to_monitor_people": (0.3, 0.5),
    "end_user.acts_for_state": (0.25, 0.4),
    "diligence.completed": (0.2, 0.6),
}
"""The shares of rows whose answer is yes, of those with one, and of rows without one."""


def register_batches(rows: int, *, seed: int = SEED, size: int = BATCH) -> Iterator[pa.RecordBatch]:
    """Yields the rows of a register of transactions, as Arrow batches; text is dictionary-coded."""
    for start in range(0, rows, size):
        yield _batch(start, min(size, rows - start), np.random.default_rng((seed, start)))


def _batch(start: int, size: int, chance: np.random.Generator) -> pa.RecordBatch:
    import pyarrow as pa

    days = (
        chance.integers(0, (LAST_DAY - FIRST_DAY).days + 1, size)
        + (FIRST_DAY - dt.date(1970, 1, 1)).days
    )
    columns: dict[str, Any] = {
        "id": pa.array(np.arange(start + 1, start + size + 1)),
        "scenario.date": pa.array(days.astype("datetime64[D]"), mask=chance.random(size) < 0.01),
    }
    columns |= _items(size, chance)
    columns |= {
        name: _text(list(weights), _drawn(weights, size, chance)) for name, weights in CHOICES.items()
    }
    for name, (yes, gaps) in FLAGS.items():
        columns[name] = pa.array(chance.random(size) < yes, mask=chance.random(size) < gaps)
    columns["end_user.acts_for_state"] = _state(columns)
    return pa.RecordBatch.from_pydict(columns)


def _state(columns: Mapping[str, Any]) -> Any:
    """Returns whether the user acts for the state, as state bodies do by a constraint."""
    import pyarrow as pa
    import pyarrow.compute as pc

    bodies = pa.array(["law_enforcement", "intelligence", "military", "other_state_body"])
    is_body = pc.is_in(columns["end_user.kind"].dictionary_decode(), value_set=bodies)
    return pc.if_else(is_body, pa.scalar(True), columns["end_user.acts_for_state"])


def _items(size: int, chance: np.random.Generator) -> dict[str, Any]:
    names = list(TECHNOLOGIES)
    technology = _drawn({name: weight for name, (weight, _) in TECHNOLOGIES.items()}, size, chance)
    entries = list(dict.fromkeys(entry for _, listed in TECHNOLOGIES.values() for entry in listed))
    entry_indices = np.zeros(size, dtype=np.int64)
    for index, (_, listed) in enumerate(TECHNOLOGIES.values()):
        matches = technology == index
        choices = [entries.index(entry) for entry in listed]
        entry_indices[matches] = chance.choice(choices, matches.sum())
    entry_indices[chance.random(size) < 0.12] = len(entries)
    technology[chance.random(size) < 0.02] = len(names)
    return {
        "item.technology": _text([*names, None], technology),
        "item.annex_i_entry": _text([*entries, None], entry_indices),
    }


def _drawn(weights: Mapping[Any, float], size: int, chance: np.random.Generator) -> Any:
    shares = np.array(list(weights.values()), dtype=float)
    return chance.choice(len(shares), size, p=shares / shares.sum())


def _text(answers: Sequence[str | None], indices: Any) -> Any:
    """Answers by their indices, as dictionary-coded text; the index of None is a gap."""
    import pyarrow as pa

    gap = answers.index(None) if None in answers else -1
    dictionary = [answer for answer in answers if answer is not None]
    codes = np.array(
        [dictionary.index(answer) if answer is not None else 0 for answer in answers], np.int8
    )
    return pa.DictionaryArray.from_arrays(
        pa.array(codes[indices], mask=indices == gap), pa.array(dictionary, pa.string())
    )


def register_frame(rows: int) -> pl.DataFrame:
    """Returns the rows of a register as a polars frame, with text as text."""
    import polars as pl
    import pyarrow as pa

    frame = pl.DataFrame(pl.from_arrow(pa.Table.from_batches(list(register_batches(rows)))))
    return frame.with_columns(pl.col(pl.Categorical).cast(pl.String))


def write_register(path: Path, rows: int) -> None:
    """Writes the rows of a register to a Parquet file, batch by batch, with text as text."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    writer: Any = None
    for batch in register_batches(rows):
        table = pa.Table.from_batches([batch])
        plain = [
            pa.field(item.name, pa.string()) if pa.types.is_dictionary(item.type) else item
            for item in table.schema
        ]
        table = table.cast(pa.schema(plain))
        writer = writer or pq.ParquetWriter(path, table.schema)
        writer.write_table(table)
    if writer:
        writer.close()
