"""Between Arrow arrays, numpy arrays and planes, whole numbers with one bit for each row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

Cells = Any
"""A numpy array with the cell of each row."""


def arrow_of(values: Any, is_null: Any = None) -> Any:
    """Returns a numpy array as an Arrow array; ``pyarrow.array`` would import pandas for it."""
    is_mask = values.dtype == bool
    data = np.packbits(values, bitorder="little") if is_mask else np.ascontiguousarray(values)
    kind = pa.bool_() if is_mask else pa.from_numpy_dtype(values.dtype)
    valid = None if is_null is None else pa.py_buffer(np.packbits(~is_null, bitorder="little"))
    return pa.Array.from_buffers(kind, len(values), [valid, pa.py_buffer(data)])


def texts_of(texts: Sequence[str | None]) -> Any:
    """Returns texts as an Arrow array."""
    data = [b"" if text is None else text.encode() for text in texts]
    offsets = np.zeros(len(data) + 1, np.int32)
    np.cumsum(list(map(len, data)), out=offsets[1:])
    is_valid = np.packbits(np.array([text is not None for text in texts], bool), bitorder="little")
    buffers = [pa.py_buffer(item) for item in (is_valid, offsets, b"".join(data))]
    return pa.Array.from_buffers(pa.string(), len(data), buffers)


def plane_of(mask: Any) -> int:
    """Returns a mask, a numpy array of truth values, as a plane."""
    return int.from_bytes(np.packbits(mask, bitorder="little").tobytes(), "little")


def mask_of(plane: int, size: int) -> Any:
    """Returns a plane as a mask of this many rows, an array of 0 and 1."""
    return unpacked([plane], size)[0]


def cells_of(cells: Any) -> Cells:
    """Returns a cell, or several, as numbers as short as they allow, over which all goes faster."""
    numbers = np.asarray(cells)
    return numbers.astype(np.int16 if numbers.max(initial=0) < 1 << 15 else np.int32)


def planes_by_cell(cells: Cells) -> dict[int, int]:
    """Returns for each cell in a column the plane of the rows that have it."""
    present = np.flatnonzero(np.bincount(cells)).tolist()
    if len(present) < 2:
        return dict.fromkeys(present, (1 << len(cells)) - 1)
    return {cell: plane_of(cells == cell) for cell in present}


def counted(planes: Sequence[int], size: int) -> Any:
    """Returns for each row in how many planes it is."""
    return unpacked(planes, size).sum(0, dtype=np.int8)


def classes_of(planes: Sequence[int], size: int) -> tuple[Any, Any]:
    """Returns the class of each row, and the first row of each; rows of a class are in the same planes.

    Rows with equal hashes of 64 bits are in one class; two classes have the same with odds of 1 in 2^64.
    """
    hashes = np.zeros(size, np.uint64)
    distinct = [plane for plane in dict.fromkeys(planes) if plane and plane.bit_count() < size]
    for start in range(0, len(distinct), 64):
        hashes = (hashes ^ _transposed(distinct[start : start + 64], size)) * _MULTIPLIER
        hashes ^= hashes >> np.uint64(29)
    encoded = arrow_of(hashes).dictionary_encode()
    classes = encoded.indices.to_numpy()
    firsts = np.empty(len(encoded.dictionary), np.int64)
    firsts[classes[::-1]] = np.arange(len(classes))[::-1]
    return classes, firsts


_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_SWAPS = [(7, 0x00AA00AA00AA00AA), (14, 0x0000CCCC0000CCCC), (28, 0x00000000F0F0F0F0)]
"""The exchanges that transpose a square of eight by eight bits: how far apart, and which."""


def _transposed(planes: Sequence[int], size: int) -> Any:
    """Returns for each row a number with its bits in up to 64 planes, by squares of eight rows."""
    width = (size + 7) // 8
    squares = np.zeros((8, width, 8), np.uint8)
    for place, plane in enumerate(planes):
        squares[place // 8, :, place % 8] = np.frombuffer(plane.to_bytes(width, "little"), np.uint8)
    bits = squares.view(np.uint64)[..., 0]
    for distance, mask in _SWAPS:
        moved = (bits ^ bits >> np.uint64(distance)) & np.uint64(mask)
        bits ^= moved ^ moved << np.uint64(distance)
    by_row = bits.view(np.uint8).reshape(8, width * 8).T
    return np.ascontiguousarray(by_row).view(np.uint64)[:size, 0]


def unpacked(planes: Sequence[int], size: int) -> Any:
    """Returns planes as an array of 0 and 1, a line for each."""
    width = (size + 7) // 8
    packed = np.frombuffer(b"".join(plane.to_bytes(width, "little") for plane in planes), np.uint8)
    return np.unpackbits(packed.reshape(len(planes), width), axis=1, count=size, bitorder="little")


def distinct_rows(columns: Sequence[Cells]) -> tuple[Any, list[tuple[int, ...]]]:
    """Returns, for columns of cells, the index of each row among the distinct rows, and these."""
    indices: Any = np.zeros(len(columns[0]) if columns else 0, np.int64)
    distinct: list[tuple[int, ...]] = [()]
    for column in columns:
        encoded = arrow_of((indices << 32) + column).dictionary_encode()
        pairs = [divmod(value, 1 << 32) for value in encoded.dictionary.to_pylist()]
        distinct = [(*distinct[earlier], cell) for earlier, cell in pairs]
        indices = encoded.indices.to_numpy().astype(np.int64)
    return indices, distinct
