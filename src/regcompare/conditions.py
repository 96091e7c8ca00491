"""Legal conditions as data: expressions over the facts of a scenario, and the walk that explains them.

A condition is written once and read in many ways.  Its leaves ask *questions*, each named by a key:
``item.dual_use`` (a yes/no fact), ``end_use.concerns:wmd`` (one member of a set), ``item.technology``
(a choice), ``scenario.date`` and ``law.as_of`` (days), ``discretion:art-7-1`` (how a power was used),
``reading:IC-05`` (how a doubtful text is read).  Answers are a mapping from key to answer; a key that
is missing or ``None`` is unknown, never false (strong Kleene logic).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol, runtime_checkable

import attrs

from .errors import DefinitionError

__all__ = [
    "FALSE",
    "TRUE",
    "All",
    "Answers",
    "AnyOf",
    "Choose",
    "Condition",
    "Constant",
    "Holds",
    "Not",
    "OnOrAfter",
    "OneOf",
    "Term",
    "Trace",
    "all_of",
    "any_of",
    "as_condition",
    "questions",
    "walk",
]

Answers = Mapping[str, Any]
"""Key of a question to its answer: True or False, a word, or a ``datetime.date``; missing is unknown."""


@runtime_checkable
class _StatesCondition(Protocol):
    """Anything that can stand where a condition is expected, such as a yes/no fact."""

    def __condition__(self) -> Condition: ...


def as_condition(value: object) -> Condition:
    """Returns the condition that the value is or states.

    Raises:
        DefinitionError: The value states no condition; the text says what to write instead.
    """
    if isinstance(value, Condition):
        return value
    if isinstance(value, _StatesCondition):
        return value.__condition__()
    msg = (
        f"{value!r} is not a condition. Write a yes/no fact itself (Item.covert), or a question put "
        "to a fact: Item.technology.is_in('intrusion_software'), EndUse.concerns.includes_any('wmd')."
    )
    raise DefinitionError(msg)


class Condition:
    """An expression over facts; combine with ``&``, ``|`` and ``~``."""

    __slots__ = ()

    def __and__(self, other: object) -> Condition:
        return all_of(self, other)

    def __rand__(self, other: object) -> Condition:
        return all_of(other, self)

    def __or__(self, other: object) -> Condition:
        return any_of(self, other)

    def __ror__(self, other: object) -> Condition:
        return any_of(other, self)

    def __invert__(self) -> Condition:
        return self.part if isinstance(self, Not) else Not(self)

    def __bool__(self) -> bool:
        msg = (
            "A condition has no truth value of its own, so 'and', 'or', 'not' and chained comparisons "
            "do not work on it. Write &, | and ~, with brackets around each part."
        )
        raise DefinitionError(msg)

    @property
    def parts(self) -> tuple[Condition, ...]:
        """The conditions directly below this one."""
        return ()

    def _walk(self, answers: Answers, seen: dict[int, Trace]) -> Trace:
        raise NotImplementedError


class Trace:
    """One step of the walk: a condition, its truth (True, False or None) and the steps below it."""

    __slots__ = ("condition", "parts", "truth")

    def __init__(
        self, condition: Condition, truth: bool | None, parts: tuple[Trace, ...] = ()
    ) -> None:
        self.condition = condition
        self.truth = truth
        self.parts = parts

    def __repr__(self) -> str:
        return f"Trace({self.truth}, {self.condition!r})"

    def deciding(self) -> Iterator[Trace]:
        """Yields the leaves that made the condition hold or fail, or that leave it open."""
        below = [
            part
            for part in self.parts
            if part.truth is self.truth or isinstance(self.condition, Not)
        ]
        if not below:
            yield self
        for part in below:
            yield from part.deciding()

    def open_questions(self) -> tuple[str, ...]:
        """The keys whose answers are missing and could still change the truth, in order of reading."""
        if self.truth is not None:
            return ()
        found: dict[str, None] = {}
        self._collect_open(found)
        return tuple(found)

    def _collect_open(self, found: dict[str, None]) -> None:
        if not self.parts and self.truth is None:
            found.update(dict.fromkeys(question_keys(self.condition)))
        for part in self.parts:
            if part.truth is None:
                part._collect_open(found)
        if isinstance(self.condition, Choose) and len(self.parts) > 1:
            found[self.condition.key] = None


@attrs.frozen(repr=False)
class Constant(Condition):
    """A condition that is always, or never, met."""

    truth: bool

    def _walk(self, answers: Answers, seen: dict[int, Trace]) -> Trace:
        return Trace(self, self.truth)

    def __repr__(self) -> str:
        return "TRUE" if self.truth else "FALSE"


TRUE = Constant(True)
FALSE = Constant(False)


@attrs.frozen
class Holds(Condition):
    """The yes/no question is answered yes."""

    key: str

    def _walk(self, answers: Answers, seen: dict[int, Trace]) -> Trace:
        return Trace(self, answers.get(self.key))


@attrs.frozen
class OneOf(Condition):
    """The answer to a choice is one of these."""

    key: str
    answers: frozenset[str] = attrs.field(converter=frozenset)

    def _walk(self, answers: Answers, seen: dict[int, Trace]) -> Trace:
        answer = answers.get(self.key)
        return Trace(self, None if answer is None else answer in self.answers)


@attrs.frozen
class OnOrAfter(Condition):
    """The day asked for is this day or a later one."""

    key: str
    day: dt.date

    def _walk(self, answers: Answers, seen: dict[int, Trace]) -> Trace:
        answer = answers.get(self.key)
        return Trace(self, None if answer is None else answer >= self.day)


@attrs.frozen
class Not(Condition):
    """The part does not hold."""

    part: Condition

    @property
    def parts(self) -> tuple[Condition, ...]:
        return (self.part,)

    def _walk(self, answers: Answers, seen: dict[int, Trace]) -> Trace:
        below = self.part._walk(answers, seen)
        return Trace(self, None if below.truth is None else not below.truth, (below,))


@attrs.frozen
class All(Condition):
    """Every part holds."""

    parts: tuple[Condition, ...]

    def _walk(self, answers: Answers, seen: dict[int, Trace]) -> Trace:
        below = tuple([part._walk(answers, seen) for part in self.parts])
        truth: bool | None = True
        for trace in below:
            if trace.truth is False:
                truth = False
                break
            if trace.truth is None:
                truth = None
        return Trace(self, truth, below)


@attrs.frozen
class AnyOf(Condition):
    """At least one part holds."""

    parts: tuple[Condition, ...]

    def _walk(self, answers: Answers, seen: dict[int, Trace]) -> Trace:
        below = tuple([part._walk(answers, seen) for part in self.parts])
        truth: bool | None = False
        for trace in below:
            if trace.truth is True:
                truth = True
                break
            if trace.truth is None:
                truth = None
        return Trace(self, truth, below)


@attrs.frozen
class Choose(Condition):
    """The condition under the reading that is taken of a doubtful text.

    Where no reading is taken, the truth is known if all readings agree, else unknown.
    """

    key: str
    readings: tuple[tuple[str, Condition], ...]

    @property
    def parts(self) -> tuple[Condition, ...]:
        return tuple(condition for _, condition in self.readings)

    def _walk(self, answers: Answers, seen: dict[int, Trace]) -> Trace:
        taken = answers.get(self.key)
        if taken is not None:
            below = dict(self.readings)[taken]._walk(answers, seen)
            return Trace(self, below.truth, (below,))
        traces = tuple([condition._walk(answers, seen) for _, condition in self.readings])
        truths = {trace.truth for trace in traces}
        return Trace(self, truths.pop() if len(truths) == 1 else None, traces)


@attrs.frozen(eq=False)
class Term(Condition):
    """A condition with a legal name and a citation, such as "cyber-surveillance item", Art. 2(20).

    Attributes:
        name: The term of art, lower case, as it reads in a sentence.
        cite: The provision that defines or opens with it.
        condition: What the term means.
        note: How the term was read, where that needs a word.
        checked: How the term was checked, where that is recorded for itself.
    """

    name: str
    cite: object
    condition: Condition = attrs.field(converter=as_condition)
    note: str = ""
    checked: str | None = None

    @property
    def parts(self) -> tuple[Condition, ...]:
        return (self.condition,)

    def _walk(self, answers: Answers, seen: dict[int, Trace]) -> Trace:
        known = seen.get(id(self))
        if known is None:
            below = self.condition._walk(answers, seen)
            known = seen[id(self)] = Trace(self, below.truth, (below,))
        return known


def _joined(kind: type[All] | type[AnyOf], conditions: Iterable[object], empty: Constant) -> Condition:
    """Joins conditions into one flat node, so that long chains neither nest nor repeat."""
    flat: dict[Condition, None] = {}
    for item in conditions:
        condition = as_condition(item)
        if condition == empty:
            continue
        below = condition.parts if isinstance(condition, kind) else (condition,)
        flat.update(dict.fromkeys(below))
    if not flat:
        return empty
    return next(iter(flat)) if len(flat) == 1 else kind(tuple(flat))


def all_of(*conditions: object) -> Condition:
    """Returns the condition that every one holds (true where none is given)."""
    return _joined(All, conditions, TRUE)


def any_of(*conditions: object) -> Condition:
    """Returns the condition that at least one holds (false where none is given)."""
    return _joined(AnyOf, conditions, FALSE)


def walk(condition: Condition, answers: Answers, seen: dict[int, Trace] | None = None) -> Trace:
    """Evaluates a condition in three-valued logic and keeps every step.

    Args:
        condition: The condition.
        answers: Key to answer; a missing key or ``None`` is unknown.
        seen: Steps already taken for terms under the *same* answers; pass one dictionary for
            several conditions to walk shared terms once.
    """
    return condition._walk(answers, {} if seen is None else seen)


def question_keys(condition: Condition) -> tuple[str, ...]:
    """The key that this single node asks for, if any."""
    key = getattr(condition, "key", None)
    return () if key is None else (key,)


def nodes(conditions: Iterable[Condition]) -> Iterator[Condition]:
    """Yields every node of the conditions once, parts before the whole."""
    seen: set[int] = set()
    stack: list[tuple[Condition, bool]] = [(item, False) for item in reversed(list(conditions))]
    while stack:
        node, expanded = stack.pop()
        if id(node) in seen:
            continue
        if expanded:
            seen.add(id(node))
            yield node
        else:
            stack.append((node, True))
            stack.extend((part, False) for part in reversed(node.parts))


def questions(conditions: Iterable[Condition]) -> tuple[str, ...]:
    """Returns the keys of all questions that the conditions ask, in order of first mention."""
    keys: dict[str, None] = {}
    for node in nodes(conditions):
        keys.update(dict.fromkeys(question_keys(node)))
    return tuple(keys)
