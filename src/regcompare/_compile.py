"""The fast reading: many conditions as one generated function over a list of answers.

Two plain Boolean expressions stand for one three-valued condition: *certain* (it holds whatever the
unknown answers are) and *possible* (it is not excluded).  ``not`` swaps them.  No text of a rule
enters the source: constants are passed by reference.
"""

from __future__ import annotations

import linecache
import weakref
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import compress, count
from operator import ne
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
    questions,
)

__all__ = ["Compiled", "compile_conditions"]

_DEPTH = 12
"""Nesting of one generated expression at which a part becomes a variable of its own."""

_serial = count(1)


@attrs.frozen
class Compiled:
    """Conditions as one function.

    Attributes:
        keys: The questions asked, in the order of the answers that the function takes.
        function: Takes a list of answers (``None`` is unknown) and returns two tuples of bools,
            certain and possible, one entry for each condition.
        source: The generated source, for the curious and for debuggers.
    """

    keys: tuple[str, ...]
    function: Callable[[Sequence[Any]], tuple[tuple[bool, ...], tuple[bool, ...]]]
    source: str

    def row(self, answers: Answers) -> list[Any]:
        """Returns the answers as the list that ``function`` takes."""
        return [answers.get(key) for key in self.keys]

    def sort_out(self, row: Sequence[Any], names: Sequence[str]) -> tuple[list[str], list[str]]:
        """Returns the names of the conditions that hold, and of those that stay open."""
        certain, possible = self.function(row)
        return list(compress(names, certain)), list(compress(names, map(ne, certain, possible)))

    def truths(self, answers: Answers) -> tuple[bool | None, ...]:
        """Returns the three-valued truth of each condition."""
        certain, possible = self.function(self.row(answers))
        return tuple(
            True if sure else (None if maybe else False)
            for sure, maybe in zip(certain, possible, strict=True)
        )


class _Writer:
    """Writes the body of the function, one variable for each shared or deep part."""

    def __init__(self, conditions: Sequence[Condition], keys: Sequence[str]) -> None:
        self.slot = {key: f"v{index}" for index, key in enumerate(keys)}
        self.lines: list[str] = []
        self.constants: dict[str, Any] = {}
        self.done: dict[int, tuple[str, str, int]] = {}
        ordered = list(nodes(conditions))
        uses = Counter(id(part) for node in ordered for part in node.parts)
        uses.update(map(id, conditions))
        for node in ordered:
            certain, possible, depth = self._pair(node)
            composite = bool(node.parts)
            if composite and (uses[id(node)] > 1 or depth > _DEPTH):
                certain, possible = self._variable(certain, possible)
                depth = 0
            self.done[id(node)] = (certain, possible, depth)

    def _variable(self, certain: str, possible: str) -> tuple[str, str]:
        number = len(self.lines)
        self.lines.append(f"c{number} = {certain}; p{number} = {possible}")
        return f"c{number}", f"p{number}"

    def _constant(self, value: Any) -> str:
        name = f"K{len(self.constants)}"
        self.constants[name] = value
        return name

    def _pair(self, node: Condition) -> tuple[str, str, int]:
        if isinstance(node, Constant):
            return str(node.truth), str(node.truth), 0
        if isinstance(node, Holds):
            answer = self.slot[node.key]
            return f"{answer} is True", f"{answer} is not False", 0
        if isinstance(node, OneOf):
            answer, allowed = self.slot[node.key], self._constant(node.answers)
            return f"{answer} in {allowed}", f"({answer} is None or {answer} in {allowed})", 0
        if isinstance(node, OnOrAfter):
            answer, day = self.slot[node.key], self._constant(node.day)
            return (
                f"({answer} is not None and {answer} >= {day})",
                f"({answer} is None or {answer} >= {day})",
                0,
            )
        below = [self.done[id(part)] for part in node.parts]
        depth = 1 + max((item[2] for item in below), default=0)
        if isinstance(node, Term):
            return below[0]
        if isinstance(node, Not):
            certain, possible, _ = below[0]
            return f"(not {possible})", f"(not {certain})", depth
        if isinstance(node, All | AnyOf):
            word = " and " if isinstance(node, All) else " or "
            certain = "(" + word.join(item[0] for item in below) + ")"
            possible = "(" + word.join(item[1] for item in below) + ")"
            return certain, possible, depth
        if isinstance(node, Choose):
            return self._choice(node, below, depth)
        msg = f"no generated form for {type(node).__name__}"  # pragma: no cover
        raise TypeError(msg)  # pragma: no cover

    def _choice(
        self, node: Choose, below: list[tuple[str, str, int]], depth: int
    ) -> tuple[str, str, int]:
        answer = self.slot[node.key]
        certain = "(" + " and ".join(item[0] for item in below) + ")"
        possible = "(" + " or ".join(item[1] for item in below) + ")"
        for (name, _), (sure, maybe, _) in zip(node.readings, below, strict=True):
            reading = self._constant(name)
            certain = f"({sure} if {answer} == {reading} else {certain})"
            possible = f"({maybe} if {answer} == {reading} else {possible})"
        return certain, possible, depth + len(below)


def compile_conditions(conditions: Sequence[Condition]) -> Compiled:
    """Generates one function that gives the truth of every condition.

    Raises:
        RecursionError: Never; chains are flat and deep parts become variables.
    """
    keys = questions(conditions)
    writer = _Writer(conditions, keys)
    results = [writer.done[id(condition)] for condition in conditions]
    unpack = f"    {', '.join(writer.slot.values())}, = answers" if keys else "    pass"
    certain = "".join(f"{item[0]}, " for item in results)
    possible = "".join(f"{item[1]}, " for item in results)
    body = [unpack, *(f"    {line}" for line in writer.lines)]
    source = "\n".join(["def truths(answers):", *body, f"    return ({certain}), ({possible})", ""])
    filename = f"<regcompare conditions {next(_serial)}>"
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    namespace: dict[str, Any] = dict(writer.constants)
    exec(compile(source, filename, "exec"), namespace)
    function = namespace["truths"]
    weakref.finalize(function, linecache.cache.pop, filename, None).atexit = False
    return Compiled(keys, function, source)
