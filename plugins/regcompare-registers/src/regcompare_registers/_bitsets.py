"""Conversions between Arrow arrays, numpy arrays and bitsets, whole numbers with a bit for each row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa

Answers = Mapping[str, Mapping[Any, int]]
"""The answers to each question, each with the bitset of the rows that give it."""


def arrow_of(values: Any, is_null: Any = None) -> Any:
    """Returns a numpy array as an Arrow array; ``pyarrow.array`` would import pandas for it."""
    is_mask = values.dtype == bool
    data = np.packbits(values, bitorder="little") if is_mask else np.ascontiguousarray(values)
    dtype = pa.bool_() if is_mask else pa.from_numpy_dtype(values.dtype)
    valid = None if is_null is None else pa.py_buffer(np.packbits(~is_null, bitorder="little"))
    return pa.Array.from_buffers(dtype, len(values), [valid, pa.py_buffer(data)])


def texts_of(texts: Sequence[str | None]) -> Any:
    """Returns texts as an Arrow array."""
    data = [b"" if text is None else text.encode() for text in texts]
    offsets = np.zeros(len(data) + 1, np.int32)
    np.cumsum(list(map(len, data)), out=offsets[1:])
    is_valid = np.packbits(np.array([text is not None for text in texts], bool), bitorder="little")
    buffers = [pa.py_buffer(item) for item in (is_valid, offsets, b"".join(data))]
    return pa.Array.from_buffers(pa.string(), len(data), buffers)


def bitset_of(mask: Any) -> int:
    """Returns a mask, a numpy array of truth values, as a bitset."""
    return int.from_bytes(np.packbits(mask, bitorder="little").tobytes(), "little")


def mask_of(bitset: int, size: int) -> Any:
    """Returns a bitset as a mask of this many rows."""
    return unpacked([bitset], size)[0].view(bool)


def unpacked(bitsets: Sequence[int], size: int) -> Any:
    """Returns bitsets as an array of 0 and 1, a line for each."""
    width = (size + 7) // 8
    packed = np.frombuffer(b"".join(bitset.to_bytes(width, "little") for bitset in bitsets), np.uint8)
    return np.unpackbits(packed.reshape(len(bitsets), width), axis=1, count=size, bitorder="little")


def counted(bitsets: Sequence[int], size: int) -> Any:
    """Returns for each row in how many bitsets it is."""
    return unpacked(bitsets, size).sum(0, dtype=np.int8)


def bitsets_by_value(values: Any, count: int) -> list[int]:
    """Returns for each value below a count, in an array of such, the bitset of the rows that have it."""
    bitsets = [(1 << len(values)) - 1]
    for digit in reversed(range((count - 1).bit_length())):
        ones = bitset_of(values & (1 << digit))
        bitsets = [part for bitset in bitsets for part in (bitset & ~ones, bitset & ones)]
    return bitsets[:count]


def taken(answers: Answers, take: Callable[[int], int]) -> dict[str, Mapping[Any, int]]:
    """Returns the answers of some rows, given a function that takes these rows of a bitset."""
    return {
        name: {answer: rows for answer, bitset in given.items() if (rows := take(bitset))}
        for name, given in answers.items()
    }


def cut(first: int, size: int) -> Callable[[int], int]:
    """Returns a function that takes so many rows of a bitset, from the first one given."""
    mask = (1 << size) - 1
    return lambda bitset: bitset >> first & mask


def taker(size: int, indices: Any) -> Callable[[int], int]:
    """Returns a function that takes some rows, by their indices, of bitsets of a size, each once."""
    return cache(lambda bitset: bitset and bitset_of(mask_of(bitset, size)[indices]))


def combinations_of(bitsets: Sequence[int], size: int) -> tuple[Any, Any, Any]:
    """Tells rows apart by the bitsets that they are in.

    Returns:
        The combination of each row; its first row; and which bitsets it has, a line for each.
    """
    width = max(1, (len(bitsets) + 7) // 8)
    packed = np.zeros((width, size), np.uint8)
    for index in range(0, len(bitsets), 8):
        bits = unpacked(bitsets[index : index + 8], size)
        packed[index // 8] = np.packbits(bits, axis=0, bitorder="little")[0]
    by_row = np.ascontiguousarray(packed.T)
    # Arrow compares whole lines of bytes, so that only equal rows are one.
    lines = pa.Array.from_buffers(pa.binary(width), size, [None, pa.py_buffer(by_row)])
    encoded = lines.dictionary_encode()
    of_rows = np.from_dlpack(encoded.indices)
    firsts = np.empty(len(encoded.dictionary), np.int64)
    firsts[of_rows[::-1]] = np.arange(size)[::-1]
    return of_rows, firsts, np.unpackbits(by_row[firsts], axis=1, count=len(bitsets), bitorder="little")
