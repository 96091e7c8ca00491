"""Between Arrow arrays, numpy arrays and planes, whole numbers with one bit for each row."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from regcompare.logic.planes import Rows

Answers = Mapping[str, Mapping[Any, int]]
"""The answers to each question, each with the plane of the rows that give it."""


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


# planes ----------------------------------------------------------------------------------------------


def plane_of(mask: Any) -> int:
    """Returns a mask, a numpy array of truth values, as a plane."""
    return int.from_bytes(np.packbits(mask, bitorder="little").tobytes(), "little")


def mask_of(plane: int, size: int) -> Any:
    """Returns a plane as a mask of this many rows."""
    return unpacked([plane], size)[0].view(bool)


def unpacked(planes: Sequence[int], size: int) -> Any:
    """Returns planes as an array of 0 and 1, a line for each."""
    width = (size + 7) // 8
    packed = np.frombuffer(b"".join(plane.to_bytes(width, "little") for plane in planes), np.uint8)
    return np.unpackbits(packed.reshape(len(planes), width), axis=1, count=size, bitorder="little")


def counted(planes: Sequence[int], size: int) -> Any:
    """Returns for each row in how many planes it is."""
    return unpacked(planes, size).sum(0, dtype=np.int8)


def planes_by_value(values: Any, count: int) -> list[int]:
    """Returns for each value below a count, in an array of such, the plane of the rows that have it."""
    planes = [(1 << len(values)) - 1]
    for digit in reversed(range((count - 1).bit_length())):
        ones = plane_of(values & (1 << digit))
        planes = [part for plane in planes for part in (plane & ~ones, plane & ones)]
    return planes[:count]


def cut(answers: Answers, first: int, size: int) -> dict[str, Mapping[Any, int]]:
    """Returns the answers of this many rows from the first one given."""
    mask = (1 << size) - 1
    return {
        name: {answer: rows for answer, plane in given.items() if (rows := plane >> first & mask)}
        for name, given in answers.items()
    }


class Taken:
    """Takes some of the rows of planes.

    Args:
        size: How many rows the planes have.
        places: The indices of those that are taken.
    """

    def __init__(self, size: int, places: Any) -> None:
        self.size, self._from, self._places = len(places), size, places
        self._taken: dict[int, tuple[int, int]] = {}

    def plane(self, plane: int) -> int:
        """Returns the rows of a plane; the same object gives the same."""
        if not plane:
            return 0
        if id(plane) not in self._taken:
            self._taken[id(plane)] = plane, plane_of(mask_of(plane, self._from)[self._places])
        return self._taken[id(plane)][1]

    def answers(self, answers: Answers) -> dict[str, Mapping[Any, int]]:
        """Returns the answers of the rows."""
        return {
            name: {answer: rows for answer, plane in given.items() if (rows := self.plane(plane))}
            for name, given in answers.items()
        }

    def rows(self, rows: Rows) -> Rows:
        """Returns the rows of planes of leaves."""
        certain, possible = (list(map(self.plane, half)) for half in (rows.certain, rows.possible))
        among = self.answers(rows.among)  # type: ignore[arg-type]  # By question.
        return Rows(rows.leaves, self.size, certain, possible, among)  # type: ignore[arg-type]


def joined_rows(parts: Sequence[Rows]) -> Rows:
    """Returns the rows of several planes of the same leaves, one after another."""
    first, *others = parts
    for part in others:
        halves = ((first.certain, part.certain), (first.possible, part.possible))
        certain, possible = (
            [plane | more << first.size for plane, more in zip(*half, strict=True)] for half in halves
        )
        among = {question: dict(answers) for question, answers in first.among.items()}
        for question, answers in part.among.items():
            of_both = among.setdefault(question, {})
            for answer, plane in answers.items():
                of_both[answer] = of_both.get(answer, 0) | plane << first.size
        first = Rows(first.leaves, first.size + part.size, certain, possible, among)
    return first


# classes ---------------------------------------------------------------------------------------------


def combinations_of(planes: Sequence[int], size: int) -> tuple[Any, Any, Any]:
    """Tells rows apart by the planes that they are in.

    Rows with equal hashes of 64 bits count as one combination; two have the same with odds of 1 in 2^64.

    Returns:
        The combination of each row; its first row; and which planes it has, a line for each.
    """
    hashes, octets = np.zeros(size, np.uint64), list[Any]()
    for start in range(0, len(planes), 64):
        bits = _transposed(planes[start : start + 64], size)
        octets.append(bits.view(np.uint8).reshape(size, 8))
        hashes = (hashes ^ bits) * _MULTIPLIER
        hashes ^= hashes >> np.uint64(29)
    encoded = arrow_of(hashes).dictionary_encode()
    of_rows = np.from_dlpack(encoded.indices)
    firsts = np.empty(len(encoded.dictionary), np.int64)
    firsts[of_rows[::-1]] = np.arange(size)[::-1]
    of_firsts = np.hstack([np.zeros((len(firsts), 0), np.uint8), *(part[firsts] for part in octets)])
    return of_rows, firsts, np.unpackbits(of_firsts, axis=1, count=len(planes), bitorder="little")


def words_of(planes: Mapping[Hashable, int], words: Mapping[Any, int]) -> dict[int, int]:
    """Returns planes that have names, each once, with the words of its names joined."""
    by_object: dict[int, list[int]] = {}
    for name, plane in planes.items():
        if plane:
            by_object.setdefault(id(plane), [plane, 0])[1] ^= words[name]
    by_plane: dict[int, int] = defaultdict(int)
    for plane, word in by_object.values():
        by_plane[plane] ^= word
    return by_plane


def hashes_of(combinations: Any, words: Iterable[int]) -> Any:
    """Returns a hash of each combination of planes: their words, joined by exclusive or."""
    hashes = np.zeros(len(combinations), np.uint64)
    for is_in, word in zip(combinations.T, words, strict=True):
        hashes ^= is_in * np.uint64(word)
    return hashes


class Words(dict[Any, int]):
    """A random word for each name, the same in every run."""

    def __init__(self) -> None:
        super().__init__()
        self._chance = random.Random(0)  # noqa: S311 - Nobody would gain by two equal hashes.

    def __missing__(self, name: Any) -> int:
        return self.setdefault(name, self._chance.getrandbits(64))


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
