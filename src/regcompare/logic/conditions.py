"""Legal conditions as data: expressions over the facts of a scenario, and their truths.

A condition is written once and evaluated in several ways.  Its atoms ask *questions*, each with a key:
``item.dual_use`` (a yes/no fact), ``end_use.concerns:wmd`` (one member of a set), ``item.technology``
(a choice), ``scenario.date`` and ``law.as_of`` (days), ``discretion:art-7-1`` (whether a power was
used), ``reading:IC-05`` (how a doubtful text is read).  Answers are a mapping from key to answer; one
that is missing or ``None`` is unknown, never false (strong Kleene logic).
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

import attrs

from regcompare._support.displays import Shown
from regcompare._support.fields import takes
from regcompare.errors import DefinitionError
from regcompare.law import CHECKED_FIELD, Evidence, as_evidence

from .interned import Interned
from .questions import NO_QUESTION, DoubtQuestion, Question, Questions

Answers = Mapping[str, Any]
"""Question key to answer: True or False, a word, or a ``datetime.date``; a missing one is unknown."""

Truth = bool | None
"""True, False, or None where it is unknown."""


def _frozen(words: Iterable[str]) -> frozenset[str]:
    return frozenset(words)


@attrs.frozen(repr=False)
class Among:
    """An answer to a choice that is known only to be one of these words."""

    words: frozenset[str] = attrs.field(converter=_frozen)

    def __repr__(self) -> str:
        return f"one of {', '.join(sorted(self.words))}"


@attrs.frozen
class Between:
    """A day that is known only to be one of these: a month, a year, or any other span.

    Attributes:
        first: The first of them.
        last: The last of them.
    """

    first: dt.date
    last: dt.date

    @property
    def period(self) -> str:
        """The month or the year, where it is a whole one; blank otherwise."""
        year, month = self.first.year, self.first.month
        if (self.first, self.last) == (dt.date(year, 1, 1), dt.date(year, 12, 31)):
            return f"{year}"
        ends = self.first.replace(day=1), self.first.replace(day=monthrange(year, month)[1])
        return f"{self.first:%Y-%m}" if (self.first, self.last) == ends else ""

    def __str__(self) -> str:
        return self.period or f"{self.first} to {self.last}"


def ends_of(day: dt.date | Between | None) -> tuple[dt.date | None, dt.date | None]:
    """Returns the first and the last day that a day can be; None where it is unknown."""
    return (day.first, day.last) if isinstance(day, Between) else (day, day)


PARTLY_KNOWN = Among, Between
"""The kinds of answers that leave several open."""


class ConditionLike:
    """Anything usable as a condition, such as a yes/no fact; combine it with ``&``, ``|`` and ``~``."""

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
    """Converts a value to a condition; a ``DefinitionError`` says what to write instead of another."""
    if isinstance(value, ConditionLike):
        return value.__condition__()
    msg = (
        f"{value!r} is not a condition. Write a yes/no fact itself (Item.covert), or a question put "
        "to a fact: Item.technology.is_in('intrusion_software'), EndUse.concerns.includes_any('wmd')."
    )
    raise DefinitionError(msg)


class Condition(ConditionLike, Interned, Shown):
    """An expression over facts; combine with ``&``, ``|`` and ``~``.

    Equal conditions are one object, terms excepted; so they are compared, and hashed, by identity.

    Attributes:
        question: The question that the node itself asks; ``NO_QUESTION`` where it only joins others.
        key: The key of the question; blank where there is none.
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

    def _truth_of(self, answers: Answers, parts: Sequence[Truth]) -> Truth:
        """Returns whether it holds under these answers, given the truths of its parts."""
        raise NotImplementedError


@attrs.frozen(eq=False, repr=False)
class Derivation:
    """A condition with its truth, and those of the conditions below it, as they were evaluated.

    Attributes:
        condition: The condition.
    """

    condition: Condition
    _truths: Mapping[Condition, Truth]
    _answers: Answers  # They choose among readings.

    @property
    def truth(self) -> Truth:
        """True, False, or None where it is unknown."""
        return self._truths[self.condition]

    @property
    def parts(self) -> tuple[Derivation, ...]:
        """The conditions directly below; of a doubtful text with a chosen reading, that one."""
        condition, parts = self.condition, self.condition.parts
        if isinstance(condition, Choose) and (reading := self._answers.get(condition.key)) is not None:
            parts = (dict(condition.readings)[reading],)
        return tuple([Derivation(part, self._truths, self._answers) for part in parts])

    def __repr__(self) -> str:
        return f"Derivation({self.truth}, {self.condition!r})"

    def deciding(self) -> tuple[Derivation, ...]:
        """Returns the atoms that made the condition hold or fail, or that leave it unknown."""
        negates = type(self.condition) is Not
        parts = [part for part in self.parts if negates or part.truth is self.truth]
        return tuple(atom for part in parts for atom in part.deciding()) or (self,)

    def deciding_questions(self) -> tuple[str, ...]:
        """Returns the key of each question that decides the truth, or leaves it unknown."""
        keys = dict.fromkeys(atom.condition.key for atom in self.deciding())
        return tuple(key for key in keys if key)

    def open_questions(self) -> tuple[str, ...]:
        """Returns the keys whose answers are missing and could change the truth, in order of reading."""
        return tuple(dict.fromkeys(self._open_questions()))

    def _open_questions(self) -> Iterator[str]:
        if self.truth is not None:
            return
        parts = self.parts
        for part in parts:
            yield from part._open_questions()
        if self.condition.key and len(parts) != 1:  # With one, the reading is chosen.
            yield self.condition.key


@attrs.frozen(repr=False, eq=False)
class Constant(Condition):
    """A condition that always holds, or never."""

    truth: bool

    def _truth_of(self, answers: Answers, parts: Sequence[Truth]) -> Truth:
        return self.truth

    def __repr__(self) -> str:
        return "TRUE" if self.truth else "FALSE"


TRUE = Constant(True)
FALSE = Constant(False)


@attrs.frozen(eq=False, repr=False)
class _QuestionNode(Condition):
    """A condition that asks a question of its own."""

    question: Question
    key: str = attrs.field(init=False, repr=False)

    @key.default
    def _question_key(self) -> str:
        return self.question.key

    def truth(self, answer: Any) -> Truth:
        """Returns whether it holds under an answer to its question; None where that is unknown."""
        raise NotImplementedError

    def _truth_of(self, answers: Answers, parts: Sequence[Truth]) -> Truth:
        return self.truth(answers.get(self.key))


@attrs.frozen(eq=False)
class Holds(_QuestionNode):
    """The answer to a yes/no question is yes."""

    def truth(self, answer: Any) -> Truth:
        return None if answer is None else bool(answer)


@attrs.frozen(eq=False)
class OneOf(_QuestionNode):
    """The answer to a choice is one of these."""

    answers: frozenset[str]

    def truth(self, answer: Any) -> Truth:
        if not isinstance(answer, Among):
            return None if answer is None else answer in self.answers
        return True if answer.words <= self.answers else None if answer.words & self.answers else False


@attrs.frozen(eq=False)
class OnOrAfter(_QuestionNode):
    """The answer is this day or a later one."""

    day: dt.date

    def truth(self, answer: Any) -> Truth:
        first, last = ends_of(answer)
        if first is None or last is None:
            return None
        return True if first >= self.day else None if last >= self.day else False


@attrs.frozen(eq=False)
class Not(Condition):
    """The part does not hold."""

    part: Condition

    @property
    def parts(self) -> tuple[Condition, ...]:
        return (self.part,)

    def _truth_of(self, answers: Answers, parts: Sequence[Truth]) -> Truth:
        return None if parts[0] is None else not parts[0]


@attrs.frozen(eq=False)
class All(Condition):
    """Every part holds."""

    parts: tuple[Condition, ...]

    def _truth_of(self, answers: Answers, parts: Sequence[Truth]) -> Truth:
        return False if False in parts else None if None in parts else True


@attrs.frozen(eq=False)
class AnyOf(Condition):
    """At least one part holds."""

    parts: tuple[Condition, ...]

    def _truth_of(self, answers: Answers, parts: Sequence[Truth]) -> Truth:
        return True if True in parts else None if None in parts else False


@attrs.frozen(eq=False)
class Choose(_QuestionNode):
    """The condition that belongs to the chosen reading of a doubtful text.

    Where no reading is chosen, the truth is known only if all readings agree.
    """

    if TYPE_CHECKING:
        question: DoubtQuestion
    readings: tuple[tuple[str, Condition], ...]

    @property
    def parts(self) -> tuple[Condition, ...]:
        return tuple(condition for _, condition in self.readings)

    def _truth_of(self, answers: Answers, parts: Sequence[Truth]) -> Truth:
        reading = answers.get(self.key)
        if reading is not None:
            return dict(zip((name for name, _ in self.readings), parts, strict=True))[reading]
        return parts[0] if len(set(parts)) == 1 else None


@attrs.frozen(eq=False, repr=False)
class Term(Condition):
    """A condition with a legal name and a citation, such as "cyber-surveillance item", Art. 2(20).

    Attributes:
        name: The term of art, lower case, as it reads in a sentence.
        cite: The provision that defines the term or opens with it.
        condition: What the term means.
        note: How the term was read, where that needs explaining.
        checked: How the term is known, where that has a record of its own.
        within: A wider term, which whatever meets this one meets too; tests prove that it does.
    """

    is_interned: ClassVar[bool] = False

    name: str = attrs.field(validator=takes(str))
    cite: object
    condition: Condition = attrs.field(converter=as_condition)
    note: str = attrs.field(default="", validator=takes(str, ""))
    checked: Evidence | None = attrs.field(
        default=None, converter=as_evidence, validator=takes(*CHECKED_FIELD)
    )
    within: Term | None = attrs.field(default=None, kw_only=True)

    def __repr__(self) -> str:
        return f"Term({self.name!r}, {self.cite})"

    @property
    def parts(self) -> tuple[Condition, ...]:
        return (self.condition,)

    def _truth_of(self, answers: Answers, parts: Sequence[Truth]) -> Truth:
        return parts[0]


def _joined(kind: type[All | AnyOf], conditions: Iterable[object], empty: Constant) -> Condition:
    """Joins conditions into one flat node, so that long chains neither nest nor repeat a part."""
    parts: dict[Condition, None] = {}
    for condition in map(as_condition, conditions):
        if condition is not empty:
            joined = condition.parts if isinstance(condition, kind) else (condition,)
            parts.update(dict.fromkeys(joined))
    if not parts:
        return empty
    return next(iter(parts)) if len(parts) == 1 else kind(tuple(parts))


def all_of(*conditions: object) -> Condition:
    """Returns the condition that all of these hold; ``TRUE`` if there are none."""
    return _joined(All, conditions, TRUE)


def any_of(*conditions: object) -> Condition:
    """Returns the condition that at least one of these holds; ``FALSE`` if there are none."""
    return _joined(AnyOf, conditions, FALSE)


def evaluate(
    condition: Condition, answers: Answers, truths: dict[Condition, Truth] | None = None
) -> Derivation:
    """Evaluates a condition in three-valued logic, and keeps the truth of every part.

    Args:
        condition: The condition.
        answers: Key to answer; a missing key or ``None`` is unknown.
        truths: Truths under the *same* answers, which this function extends; pass one dictionary for
            several conditions, so that what they share is evaluated once.
    """
    truths = {} if truths is None else truths
    for node in nodes([condition], truths):
        truths[node] = node._truth_of(answers, [truths[part] for part in node.parts])
    return Derivation(condition, truths, answers)


class InOrder(tuple[Condition, ...]):
    """Every node of some conditions, as ``nodes`` yields them; it finds these without another search."""

    __slots__ = ()


def nodes(conditions: Iterable[Condition], done: Container[Condition] = ()) -> Iterator[Condition]:
    """Yields every node of the conditions once, after its parts (post-order).

    Nodes that are ``done`` are skipped, with everything below them.
    """
    if isinstance(conditions, InOrder) and done == ():
        yield from conditions
        return
    yielded: set[Condition] = set()
    stack: list[Condition | tuple[Condition]] = [*tuple(conditions)[::-1]]
    while stack:
        node = stack.pop()
        if isinstance(node, tuple):  # Its parts were yielded.
            (node,) = node
        elif node in yielded or node in done:
            continue
        elif parts := node.parts:
            stack.append((node,))
            stack += parts[::-1]
            continue
        yielded.add(node)
        yield node


def questions(conditions: Iterable[Condition]) -> Questions:
    """Returns every question that the conditions ask, by key, in order of first mention."""
    return Questions((node.key, node.question) for node in nodes(conditions) if node.key)


def days_asked(conditions: Iterable[Condition], *keys: str) -> set[dt.date]:
    """Returns the days from which something changes: of all dates, or of those with these keys."""
    asking = (node for node in nodes(conditions) if isinstance(node, OnOrAfter))
    return {node.day for node in asking if not keys or node.key in keys}


def partially_evaluate(
    condition: Condition, answers: Answers, residues: dict[Condition, Condition] | None = None
) -> Condition:
    """Returns what is left of a condition once these answers are known: its residue.

    It has the same truth as the condition, whatever the other answers are.  ``residues`` under the same
    answers are extended; pass one dictionary for several conditions, so that they go on to share terms.
    """
    residues = {} if residues is None else residues
    for node in nodes([condition], residues):
        residues[node] = _residue(node, answers, residues)
    return residues[condition]


def substitute(condition: Condition, replacements: dict[Condition, Condition]) -> Condition:
    """Returns the condition with some of its nodes replaced.

    The replacements are extended to every node that is rebuilt; pass one dictionary for several
    conditions, so that they go on to share terms.
    """
    for node in nodes([condition], replacements):
        replacements[node] = rebuild(node, [replacements[part] for part in node.parts])
    return replacements[condition]


def _residue(node: Condition, answers: Answers, residues: Mapping[Condition, Condition]) -> Condition:
    parts = [residues[part] for part in node.parts]
    if isinstance(node, Choose) and answers.get(node.key) is not None:
        names = [name for name, _ in node.readings]
        return parts[names.index(answers[node.key])]
    if not parts:
        truth = node._truth_of(answers, ())
        return node if truth is None else Constant(truth)
    return rebuild(node, parts)


def rebuild(node: Condition, parts: Sequence[Condition]) -> Condition:
    """Returns the node with other parts, simplified where a part is constant."""
    if all(new is old for new, old in zip(parts, node.parts, strict=True)):
        return node
    if isinstance(node, Not):
        (part,) = parts
        return Constant(not part.truth) if isinstance(part, Constant) else ~part
    if isinstance(node, All | AnyOf):
        absorbing = isinstance(node, AnyOf)
        if any(isinstance(part, Constant) and part.truth is absorbing for part in parts):
            return Constant(absorbing)
        return any_of(*parts) if absorbing else all_of(*parts)
    if isinstance(node, Term):
        (part,) = parts
        return part if isinstance(part, Constant) else attrs.evolve(node, condition=part)
    assert isinstance(node, Choose)
    return Choose(node.question, tuple(zip((name for name, _ in node.readings), parts, strict=True)))
