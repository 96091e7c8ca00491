"""Legal conditions as data: expressions over the facts of a scenario, and the walk that explains them.

A condition is written once and read in many ways.  Its leaves ask *questions*, each with a key:
``item.dual_use`` (a yes/no fact), ``end_use.concerns:wmd`` (one member of a set), ``item.technology``
(a choice), ``scenario.date`` and ``law.as_of`` (days), ``discretion:art-7-1`` (how a power was used),
``reading:IC-05`` (how a doubtful text is read).  Answers are a mapping from key to answer; a key that
is missing or ``None`` is unknown, never false (strong Kleene logic).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

import attrs

from regcompare._support.fields import takes
from regcompare.errors import DefinitionError
from regcompare.law import CHECKED_FIELD, Evidence, as_evidence

from .interned import Interned
from .questions import NO_QUESTION, Question, Questions

__all__ = [
    "FALSE",
    "TRUE",
    "All",
    "Among",
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
    "is_open",
    "partially_evaluate",
    "questions",
    "substitute",
    "walk",
]

Step = tuple["Condition", "bool | None", tuple["Step", ...]]
"""A step of the walk as it is worked out: condition, truth, steps below; ``Trace`` wraps it."""

Seen = dict["Condition", Step]
"""Steps already taken, by their terms."""

Answers = Mapping[str, Any]
"""Key of a question to its answer: True or False, a word, or a ``datetime.date``; missing is unknown."""


def _words(given: Iterable[str]) -> frozenset[str]:
    return frozenset(given)


@attrs.frozen(repr=False)
class Among:
    """An answer to a choice of which only this is known: it is one of these words."""

    words: frozenset[str] = attrs.field(converter=_words)

    def __repr__(self) -> str:
        return f"one of {', '.join(sorted(self.words))}"


def is_open(answer: object) -> bool:
    """Whether an answer leaves its question open, at least in part."""
    return answer is None or isinstance(answer, Among)


class ConditionLike:
    """What stands where a condition is expected, such as a yes/no fact; ``&``, ``|``, ``~`` join it."""

    __slots__ = ()

    def __condition__(self) -> Condition:
        raise NotImplementedError

    def __and__(self, other: object) -> Condition:
        return all_of(self, other)

    def __rand__(self, other: object) -> Condition:
        return all_of(other, self)

    def __or__(self, other: object) -> Condition:
        return any_of(self, other)

    def __ror__(self, other: object) -> Condition:
        return any_of(other, self)

    def __invert__(self) -> Condition:
        return ~self.__condition__()


def as_condition(value: object) -> Condition:
    """Returns the condition that the value is or states.

    Raises:
        DefinitionError: The value states no condition; the text says what to write instead.
    """
    if isinstance(value, ConditionLike):
        return value.__condition__()
    msg = (
        f"{value!r} is not a condition. Write a yes/no fact itself (Item.covert), or a question put "
        "to a fact: Item.technology.is_in('intrusion_software'), EndUse.concerns.includes_any('wmd')."
    )
    raise DefinitionError(msg)


class Condition(ConditionLike, Interned):
    """An expression over facts; combine with ``&``, ``|`` and ``~``.

    Two conditions that say the same are one object, but for terms; so they compare, and are looked up,
    by identity.

    Attributes:
        question: What the node itself asks; ``NO_QUESTION`` where it only joins others.
        key: The key of the answer; blank likewise.
    """

    __slots__ = ()
    question: Question = NO_QUESTION
    key: str = ""

    def __condition__(self) -> Condition:
        return self

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

    def _walk(self, answers: Answers, seen: Seen) -> Step:
        raise NotImplementedError


class Trace:
    """One step of the walk: a condition, its truth (True, False or None) and the steps below it."""

    __slots__ = ("_step",)

    def __init__(self, step: Step) -> None:
        self._step = step

    @property
    def condition(self) -> Condition:
        """The condition of this step."""
        return self._step[0]

    @property
    def truth(self) -> bool | None:
        """True, False, or None where it is open."""
        return self._step[1]

    @property
    def parts(self) -> tuple[Trace, ...]:
        """The steps directly below."""
        return tuple(map(Trace, self._step[2]))

    def __repr__(self) -> str:
        return f"Trace({self.truth}, {self.condition!r})"

    def deciding(self) -> tuple[Trace, ...]:
        """Returns the leaves that made the condition hold or fail, or that leave it open."""
        negates = type(self.condition) is Not
        below = [part for part in self.parts if negates or part.truth is self.truth]
        return tuple(leaf for part in below for leaf in part.deciding()) or (self,)

    def deciding_questions(self) -> tuple[str, ...]:
        """Returns the keys of the questions whose answers decide, or leave it open, each once."""
        found: dict[str, None] = {}
        _decide(self._step, found)
        found.pop("", None)
        return tuple(found)

    def open_questions(self) -> tuple[str, ...]:
        """Returns the keys whose answers are missing and could change the truth, in order of reading."""
        found: dict[str, None] = {}
        if self.truth is None:
            _collect_open(self._step, found)
        return tuple(found)


def _decide(step: Step, found: dict[str, None]) -> None:
    """Collects the keys of the deciding leaves, without making a trace of every step."""
    condition, truth, parts = step
    is_leaf = True
    for part in parts:
        if part[1] is truth or type(condition) is Not:
            is_leaf = False
            _decide(part, found)
    if is_leaf:
        found[condition.key] = None


def _collect_open(step: Step, found: dict[str, None]) -> None:
    condition, _, parts = step
    if not parts and condition.key:
        found[condition.key] = None
    for part in parts:
        if part[1] is None:
            _collect_open(part, found)
    if isinstance(condition, Choose) and len(parts) > 1:
        found[condition.key] = None


@attrs.frozen(repr=False, eq=False)
class Constant(Condition):
    """A condition that is always, or never, met."""

    truth: bool

    def _walk(self, answers: Answers, seen: Seen) -> Step:
        return self, self.truth, ()

    def __repr__(self) -> str:
        return "TRUE" if self.truth else "FALSE"


TRUE = Constant(True)
FALSE = Constant(False)


@attrs.frozen(eq=False, repr=False)
class _Asking(Condition):
    """A condition that asks a question of its own."""

    question: Question
    key: str = attrs.field(init=False, repr=False)

    @key.default
    def _key_of_the_question(self) -> str:
        return self.question.key


@attrs.frozen(eq=False)
class Holds(_Asking):
    """The yes/no question is answered yes."""

    def _walk(self, answers: Answers, seen: Seen) -> Step:
        return self, answers.get(self.key), ()


@attrs.frozen(eq=False)
class OneOf(_Asking):
    """The answer to a choice is one of these."""

    answers: frozenset[str]

    def _walk(self, answers: Answers, seen: Seen) -> Step:
        return self, self.truth(answers.get(self.key)), ()

    def truth(self, answer: Any) -> bool | None:
        """Whether the answer is one of these; None where that is open."""
        if not isinstance(answer, Among):
            return None if answer is None else answer in self.answers
        return True if answer.words <= self.answers else None if answer.words & self.answers else False


@attrs.frozen(eq=False)
class OnOrAfter(_Asking):
    """The day asked for is this day or a later one."""

    day: dt.date

    def _walk(self, answers: Answers, seen: Seen) -> Step:
        answer = answers.get(self.key)
        return self, None if answer is None else answer >= self.day, ()


@attrs.frozen(eq=False)
class Not(Condition):
    """The part does not hold."""

    part: Condition

    @property
    def parts(self) -> tuple[Condition, ...]:
        return (self.part,)

    def _walk(self, answers: Answers, seen: Seen) -> Step:
        part = self.part
        if type(part) is Holds:  # As in _below: the commonest leaf is answered on the spot.
            truth = answers.get(part.key)
            return self, None if truth is None else not truth, ((part, truth, ()),)
        below = part._walk(answers, seen)
        return self, None if below[1] is None else not below[1], (below,)


def _below(parts: tuple[Condition, ...], answers: Answers, seen: Seen) -> tuple[Step, ...]:
    """The steps of several parts; the commonest leaf is answered on the spot, which saves a call."""
    steps: list[Step] = []
    for part in parts:
        if type(part) is Holds:
            steps.append((part, answers.get(part.key), ()))
        else:
            steps.append(part._walk(answers, seen))
    return tuple(steps)


@attrs.frozen(eq=False)
class All(Condition):
    """Every part holds."""

    parts: tuple[Condition, ...]

    def _walk(self, answers: Answers, seen: Seen) -> Step:
        below = _below(self.parts, answers, seen)
        truth: bool | None = True
        for step in below:
            if step[1] is False:
                return self, False, below
            if step[1] is None:
                truth = None
        return self, truth, below


@attrs.frozen(eq=False)
class AnyOf(Condition):
    """At least one part holds."""

    parts: tuple[Condition, ...]

    def _walk(self, answers: Answers, seen: Seen) -> Step:
        below = _below(self.parts, answers, seen)
        truth: bool | None = False
        for step in below:
            if step[1] is True:
                return self, True, below
            if step[1] is None:
                truth = None
        return self, truth, below


@attrs.frozen(eq=False)
class Choose(_Asking):
    """The condition under the reading that is taken of a doubtful text.

    Where no reading is taken, the truth is known if all readings agree, else unknown.
    """

    readings: tuple[tuple[str, Condition], ...]

    @property
    def parts(self) -> tuple[Condition, ...]:
        return tuple(condition for _, condition in self.readings)

    def _walk(self, answers: Answers, seen: Seen) -> Step:
        taken = answers.get(self.key)
        if taken is not None:
            below = dict(self.readings)[taken]._walk(answers, seen)
            return self, below[1], (below,)
        steps = tuple([condition._walk(answers, seen) for _, condition in self.readings])
        truths = {step[1] for step in steps}
        return self, truths.pop() if len(truths) == 1 else None, steps


@attrs.frozen(eq=False)
class Term(Condition):
    """A condition with a legal name and a citation, such as "cyber-surveillance item", Art. 2(20).

    Attributes:
        name: The term of art, lower case, as it reads in a sentence.
        cite: The provision that defines or opens with it.
        condition: What the term means.
        note: How the term was read, where that needs a word.
        checked: How the term is known, where that is recorded for itself.
    """

    is_alone: ClassVar[bool] = True

    name: str = attrs.field(validator=takes(str))
    cite: object
    condition: Condition = attrs.field(converter=as_condition)
    note: str = attrs.field(default="", validator=takes(str, ""))
    checked: Evidence | None = attrs.field(
        default=None, converter=as_evidence, validator=takes(*CHECKED_FIELD)
    )

    @property
    def parts(self) -> tuple[Condition, ...]:
        return (self.condition,)

    def _walk(self, answers: Answers, seen: Seen) -> Step:
        known = seen.get(self)
        if known is None:
            below = self.condition._walk(answers, seen)
            known = seen[self] = (self, below[1], (below,))
        return known


def _joined(kind: type[All | AnyOf], conditions: Iterable[object], empty: Constant) -> Condition:
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


def walk(condition: Condition, answers: Answers, seen: Seen | None = None) -> Trace:
    """Evaluates a condition in three-valued logic and keeps every step.

    Args:
        condition: The condition.
        answers: Key to answer; a missing key or ``None`` is unknown.
        seen: Steps already taken for terms under the *same* answers; pass one dictionary for
            several conditions to walk shared terms once.
    """
    return Trace(condition._walk(answers, {} if seen is None else seen))


def nodes(conditions: Iterable[Condition], done: Container[Condition] = ()) -> Iterator[Condition]:
    """Yields every node of the conditions once, parts before the whole.

    Args:
        conditions: The conditions.
        done: Nodes that are left out, with all below them.
    """
    seen: set[Condition] = set()
    opened: set[Condition] = set()
    stack = list(conditions)[::-1]
    while stack:
        node = stack[-1]
        if node in seen or node in done:
            stack.pop()
        elif node not in opened and (parts := node.parts):
            opened.add(node)
            stack.extend(reversed(parts))
        else:
            seen.add(node)
            yield stack.pop()


def questions(conditions: Iterable[Condition]) -> Questions:
    """Returns all questions that the conditions ask, by key, in order of first mention."""
    return Questions((node.key, node.question) for node in nodes(conditions) if node.key)


def partially_evaluate(
    condition: Condition, answers: Answers, made: dict[Condition, Condition] | None = None
) -> Condition:
    """Returns the condition with these answers put in: shorter, and true for the same other answers.

    Args:
        condition: The condition.
        answers: Key to answer; a key that is missing stays open.
        made: What was made already under the *same* answers; pass one dictionary for several
            conditions, so that they go on sharing their terms.
    """
    made = {} if made is None else made
    for node in nodes([condition], made):
        made[node] = _put_in(node, answers, made)
    return made[condition]


def substitute(condition: Condition, others: dict[Condition, Condition]) -> Condition:
    """Returns the condition with others in place of some of its nodes.

    Args:
        condition: The condition.
        others: What takes the place of a node; what is made on the way is added, so that several
            conditions go on sharing their terms.
    """
    for node in nodes([condition], others):
        others[node] = _with_parts(node, [others[part] for part in node.parts])
    return others[condition]


def _put_in(node: Condition, answers: Answers, made: Mapping[Condition, Condition]) -> Condition:
    parts = [made[part] for part in node.parts]
    if isinstance(node, Choose) and answers.get(node.key) is not None:
        names = [name for name, _ in node.readings]
        return parts[names.index(answers[node.key])]
    if not parts:
        truth = node._walk(answers, {})[1]
        return node if truth is None else Constant(truth)
    return _with_parts(node, parts)


def _with_parts(node: Condition, parts: Sequence[Condition]) -> Condition:
    if all(new is old for new, old in zip(parts, node.parts, strict=True)):
        return node
    return rebuild(node, parts)


def rebuild(node: Condition, parts: Sequence[Condition]) -> Condition:
    """The node with other parts, as short as they allow."""
    if isinstance(node, Not):
        (part,) = parts
        return Constant(not part.truth) if isinstance(part, Constant) else ~part
    if isinstance(node, All | AnyOf):
        ends = isinstance(node, AnyOf)
        if any(isinstance(part, Constant) and part.truth is ends for part in parts):
            return Constant(ends)
        return any_of(*parts) if ends else all_of(*parts)
    if isinstance(node, Term):
        (part,) = parts
        return part if isinstance(part, Constant) else attrs.evolve(node, condition=part)
    assert isinstance(node, Choose)
    return Choose(node.question, tuple(zip((name for name, _ in node.readings), parts, strict=True)))
