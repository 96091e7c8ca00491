"""Many rows at a time: conditions as one generated function over bit planes.

A *leaf* is what a condition asks of an answer: whether it is yes, one of these words, on or after a day.
It is a pair of whole numbers, *certain* and *possible*, with one bit for each row: the leaf holds
whatever the unknown answers are, and it is not excluded.  ``&``, ``|`` and ``^`` on whole numbers then
evaluate one row or a million with the same function; ``not`` swaps the pair.  No text of a rule enters
the generated source.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Any

import attrs

from .conditions import (
    All,
    Answers,
    AnyOf,
    Choose,
    Condition,
    Constant,
    Holds,
    Not,
    OneOf,
    OnOrAfter,
    Term,
    nodes,
)
from .questions import Questions

Leaf = Holds | OneOf | OnOrAfter

Pair = tuple[list[int], list[int]]
"""The planes of leaves or of conditions: certain, and possible."""

Function = Callable[[int, Sequence[int], Sequence[int]], tuple[tuple[int, ...], tuple[int, ...]]]
"""Takes all rows as a mask and the planes of the leaves; returns those of the conditions."""

_FEW = 3
"""Where less than one leaf in so many is asked for, each is taken out alone."""
_DEPTH = 12
"""Nesting of one generated expression at which a part becomes a variable of its own."""
_LONG = 100
"""So many parts are joined in a row: Python reads each as one more level of nesting."""


@attrs.frozen(eq=False, slots=False)
class Leaves:
    """What some conditions ask of answers.

    Attributes:
        questions: The questions, by key, in order of first mention.
        leaves: What is asked, each once.
        position: The place of each question.
        by_question: For each question the places of its leaves.
    """

    questions: Questions
    leaves: tuple[Leaf, ...]
    position: Mapping[str, int]
    by_question: tuple[tuple[int, ...], ...]
    _literals: dict[tuple[int, Any], tuple[tuple[int, ...], tuple[int, ...]]] = attrs.field(factory=dict)

    @classmethod
    def of(cls, conditions: Sequence[Condition]) -> Leaves:
        """Returns the leaves of some conditions."""
        every = list(nodes(conditions))
        asked = Questions((node.key, node.question) for node in every if node.key)
        leaves = tuple(dict.fromkeys(leaf for node in every for leaf in _leaves(node)))
        of: dict[str, list[int]] = {key: [] for key in asked}
        for place, leaf in enumerate(leaves):
            of[leaf.key].append(place)
        position = {key: place for place, key in enumerate(asked)}
        return cls(asked, leaves, position, tuple(map(tuple, of.values())))

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The keys of the questions."""
        return tuple(self.questions)

    @cached_property
    def places(self) -> Mapping[Leaf, int]:
        """The place of each leaf."""
        return {leaf: place for place, leaf in enumerate(self.leaves)}

    @cached_property
    def yes_no(self) -> tuple[int | None, ...]:
        """For each question the place of its leaf where it is answered yes or no."""
        return tuple(
            places[0] if isinstance(self.leaves[places[0]], Holds) else None
            for places in self.by_question
        )

    def literals(self, question: int, answer: Any) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Returns the leaves that an answer makes true, and those that it makes false."""
        found = self._literals.get((question, answer))
        if found is None:
            places = self.by_question[question]
            truths = [(place, _truth(self.leaves[place], answer)) for place in places]
            found = (
                tuple(place for place, truth in truths if truth),
                tuple(place for place, truth in truths if truth is False),
            )
            if len(self._literals) > _MANY:
                self._literals.clear()
            self._literals[question, answer] = found
        return found


_MANY = 20_000
"""So many answers are remembered with what they tell."""


def _leaves(node: Condition) -> Iterator[Leaf]:
    if isinstance(node, Holds | OneOf | OnOrAfter):
        yield node
    elif isinstance(node, Choose):
        yield from (_taken(node, name) for name, _ in node.readings)


def _taken(node: Choose, reading: str) -> OneOf:
    return OneOf(node.question, frozenset({reading}))


def _truth(leaf: Leaf, answer: Any) -> bool | None:
    if isinstance(leaf, OneOf):
        return leaf.truth(answer)
    return bool(answer >= leaf.day) if isinstance(leaf, OnOrAfter) else bool(answer)


@attrs.define(eq=False)
class Rows:
    """Rows of answers as the planes of leaves.

    Attributes:
        leaves: What is asked.
        size: How many rows there are.
        certain: For each leaf the rows in which it holds for certain.
        possible: For each leaf the rows in which it may hold.
    """

    leaves: Leaves
    size: int
    certain: list[int]
    possible: list[int]

    @property
    def mask(self) -> int:
        """The mask of all rows."""
        return (1 << self.size) - 1

    @classmethod
    def of(cls, leaves: Leaves, rows: Sequence[Sequence[Any]]) -> Rows:
        """Returns rows of answers, each in the order of the questions; None is unknown."""
        number = len(leaves.leaves)
        made = cls(leaves, len(rows), [0] * number, [(1 << len(rows)) - 1] * number)
        if len(rows) == 1:
            made._answer_all(rows[0])
            return made
        told: dict[tuple[Any, ...], list[tuple[Any, int]]] = {}
        for question, column in enumerate(zip(*rows, strict=True)):
            if column not in told:  # Of hundreds of questions about codes most are answered alike.
                told[column] = list(rows_by_answer(column))
            for answer, bits in told[column]:
                made.answer(question, answer, bits)
        return made

    def _answer_all(self, row: Sequence[Any]) -> None:
        """Answers the questions of a single row; of most the answer is yes or no."""
        certain, possible, yes_no = self.certain, self.possible, self.leaves.yes_no
        for question, answer in enumerate(row):
            if answer is None:
                continue
            place = yes_no[question]
            if place is None:
                self.answer(question, answer, 1)
            elif answer:
                certain[place] = 1
            else:
                possible[place] = 0

    def answer(self, question: int, answer: Any, bits: int) -> None:
        """Gives the same answer to an open question in some rows."""
        holds, fails = self.leaves.literals(question, answer)
        for place in holds:
            self.certain[place] |= bits
        for place in fails:
            self.possible[place] &= ~bits

    def open(self, question: int) -> int:
        """Returns the rows in which a question is open."""
        left = 0
        for place in self.leaves.by_question[question]:
            left |= self.certain[place] ^ self.possible[place]
        return left

    def repeated(self, times: Sequence[int]) -> Rows:
        """Returns each row so many times over, the copies of a row side by side."""
        starts = [*accumulate(times, initial=0)]
        masks = [(1 << end) - (1 << start) for start, end in pairwise(starts)]
        wide: dict[int, int] = {}  # Many leaves hold in the same rows.
        for plane in {*self.certain, *self.possible}:
            wide[plane] = sum([mask for row, mask in enumerate(masks) if plane >> row & 1])
        certain, possible = ([wide[plane] for plane in half] for half in (self.certain, self.possible))
        return Rows(self.leaves, starts[-1], certain, possible)


def rows_by_answer(column: Iterable[Any]) -> Iterator[tuple[Any, int]]:
    """Yields the answers of a column, each with the rows, as bits, that give it; None is passed over."""
    found: dict[Any, list[int]] = {}
    for row, answer in enumerate(column):
        if answer is not None:
            found.setdefault(answer, []).append(row)
    for answer, rows in found.items():
        bits = bytearray(rows[-1] // 8 + 1)
        for row in rows:
            bits[row >> 3] |= 1 << (row & 7)
        yield answer, int.from_bytes(bits, "little")


@attrs.frozen(eq=False)
class CompiledConditions:
    """Conditions as one function over the planes of their leaves.

    Attributes:
        leaves: What they ask.
        function: The function.
    """

    leaves: Leaves
    function: Function

    def evaluate(self, rows: Rows) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Returns for each condition the rows in which it certainly, and possibly, holds."""
        return self.function(rows.mask, rows.certain, rows.possible)

    def truths(self, answers: Answers) -> tuple[bool | None, ...]:
        """Returns the three-valued truth of each condition."""
        row = [answers.get(key) for key in self.leaves.keys]
        certain, possible = self.evaluate(Rows.of(self.leaves, [row]))
        pairs = zip(certain, possible, strict=True)
        return tuple(True if sure else None if may else False for sure, may in pairs)


def compile_conditions(conditions: Sequence[Condition]) -> CompiledConditions:
    """Returns conditions as one function."""
    leaves = Leaves.of(conditions)
    return CompiledConditions(leaves, compile_function(conditions, leaves))


def compile_function(conditions: Sequence[Condition], leaves: Leaves) -> Function:
    """Generates the function that evaluates conditions over the planes of these leaves."""
    source = function_source(conditions, leaves)
    namespace: dict[str, Any] = {}
    exec(compile(source, "<regcompare conditions>", "exec"), namespace)  # noqa: S102 - made of names alone
    function: Function = namespace["evaluated"]
    return function


def function_source(conditions: Sequence[Condition], leaves: Leaves) -> str:
    """Returns the source of that function."""
    return _Writer(conditions, leaves).source(conditions)


class _Writer:
    """Writes the body of the function, one variable for each shared or deep part."""

    def __init__(self, conditions: Sequence[Condition], leaves: Leaves) -> None:
        self.leaf: Mapping[Leaf, int] = leaves.places
        self.used: dict[int, None] = {}
        self.lines: list[str] = []
        self.done: dict[Condition, tuple[str, str, int]] = {}
        ordered = list(nodes(conditions))
        uses = Counter(part for node in ordered for part in node.parts)
        uses.update(conditions)
        for node in ordered:
            certain, possible, depth = self._pair(node)
            if depth and (uses[node] > 1 or depth > _DEPTH):
                certain, possible, depth = *self._variable(certain, possible), 0
            self.done[node] = (certain, possible, depth)

    def source(self, conditions: Sequence[Condition]) -> str:
        """The function as text."""
        lines = [f"    {line}" for line in self._taken_out()]
        results = [self.done[condition] for condition in conditions]
        certain = "".join(f"{item[0]}, " for item in results)
        possible = "".join(f"{item[1]}, " for item in results)
        lines += [f"    {line}" for line in self.lines]
        return "\n".join(
            [
                "def evaluated(every, certain, possible):",
                *lines,
                f"    return ({certain}), ({possible})",
                "",
            ]
        )

    def _taken_out(self) -> Iterator[str]:
        """The planes of the leaves as variables: all at once, unless only some are asked for."""
        if len(self.used) * _FEW < len(self.leaf):
            yield from (
                f"a{place} = certain[{place}]; b{place} = possible[{place}]" for place in self.used
            )
        else:
            for letter, half in (("a", "certain"), ("b", "possible")):
                yield f"[{', '.join(f'{letter}{place}' for place in range(len(self.leaf)))}] = {half}"

    def _variable(self, certain: str, possible: str) -> tuple[str, str]:
        number = len(self.lines)
        self.lines.append(f"c{number} = {certain}; p{number} = {possible}")
        return f"c{number}", f"p{number}"

    def _leaf(self, leaf: Leaf) -> tuple[str, str]:
        place = self.leaf[leaf]
        self.used[place] = None
        return f"a{place}", f"b{place}"

    def _pair(self, node: Condition) -> tuple[str, str, int]:
        if isinstance(node, Constant):
            word = "every" if node.truth else "0"
            return word, word, 0
        if isinstance(node, Holds | OneOf | OnOrAfter):
            return *self._leaf(node), 0
        below = [self.done[part] for part in node.parts]
        if isinstance(node, Term):
            return below[0]
        depth = 1 + max(item[2] for item in below)
        if isinstance(node, Not):
            return f"(every ^ {below[0][1]})", f"(every ^ {below[0][0]})", depth
        if isinstance(node, Choose):
            return *self._choice(node, below), depth + 1
        assert isinstance(node, All | AnyOf)
        word = " & " if isinstance(node, All) else " | "
        certain = _joined(word, [item[0] for item in below])
        possible = _joined(word, [item[1] for item in below])
        return f"({certain})", f"({possible})", depth

    def _choice(self, node: Choose, below: Sequence[tuple[str, str, int]]) -> tuple[str, str]:
        """Certain where it holds under every reading that may be taken, possible where under one."""
        taken = [self._leaf(_taken(node, name))[1] for name, _ in node.readings]
        pairs = list(zip(taken, below, strict=True))
        certain = _joined(" & ", [f"(every ^ {may} | {part[0]})" for may, part in pairs])
        possible = _joined(" | ", [f"({may} & {part[1]})" for may, part in pairs])
        return f"({certain})", f"({possible})"


def _joined(word: str, parts: Sequence[str]) -> str:
    """Joins parts, those of a long list in groups, so that the expression does not nest deeply."""
    while len(parts) > _LONG:
        groups = (parts[start : start + _LONG] for start in range(0, len(parts), _LONG))
        parts = [f"({word.join(group)})" for group in groups]
    return word.join(parts)
