"""The questions that conditions ask; each has the key of its answer.

The fact, the doubt or the power that a question is about makes it.  A key is the name of the answer in
mappings, JSON and columns.  Only a key that comes from outside is ever parsed.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import ClassVar

import attrs

from .code_lists import family
from .codes import CODE, code_matches, parse_pattern
from .interned import Interned


class Question(Interned):
    """A question that a condition asks: about a fact or day, a doubtful text, or a power.

    Attributes:
        fact: The key of the fact or day; blank where it is about something else.
        member: The member of a set, or the pattern of codes; blank where it is about no set.
    """

    __slots__ = ()
    fact: str = ""
    member: str = ""

    @property
    def key(self) -> str:
        """The key of its answer, in JSON and as the name of a column."""
        raise NotImplementedError

    @property
    def name(self) -> str:
        """Its subject: a fact, ``discretion.ID``, ``reading.ID`` or ``text.RULE``."""
        raise NotImplementedError

    @property
    def subject(self) -> str:
        """The fact, or the key of a question about something else."""
        return self.key

    @property
    def included(self) -> str:
        """The member; for a pattern, the pattern without its exclusions."""
        return self.member

    @property
    def is_plain(self) -> bool:
        """True if it asks about one answer or entry, without exclusion, wildcard or derived entry."""
        return True

    def __repr__(self) -> str:
        return repr(self.key)


@attrs.frozen(eq=False, repr=False)
class FactQuestion(Question):
    """A question about the answer to a fact or a day, or about one member of a set."""

    fact: str
    member: str = ""

    @property
    def key(self) -> str:
        """The fact; for a member, with the member."""
        return f"{self.fact}:{self.member}" if self.member else self.fact

    @property
    def name(self) -> str:
        """The fact."""
        return self.fact

    @property
    def subject(self) -> str:
        """The fact."""
        return self.fact


@attrs.frozen(eq=False, repr=False)
class ProvisionQuestion(Question):
    """A question about a doubt or a power, by its id behind a mark of its kind."""

    mark: ClassVar[str]
    id: str

    @property
    def key(self) -> str:
        """The id behind the mark, as the name of a column."""
        return f"{self.mark}:{self.id}"

    @property
    def name(self) -> str:
        """The id behind the mark, as it is shown."""
        return f"{self.mark}.{self.id}"


class PowerQuestion(ProvisionQuestion):
    """The question whether an authority or a state has used a power."""

    __slots__ = ()
    mark = "discretion"


class DoubtQuestion(ProvisionQuestion):
    """The question of how a doubtful text is read."""

    __slots__ = ()
    mark = "reading"


class TextQuestion(DoubtQuestion):
    """The question whether a provision that nobody has read is in the text: ``text.`` and its id."""

    __slots__ = ()

    @property
    def name(self) -> str:
        """The id of the doubt."""
        return self.id

    @property
    def rule(self) -> str:
        """The id of the provision, or of the row."""
        return self.id.partition(".")[2]


class RowQuestion(TextQuestion):
    """The question whether a row is in the text on a day that nothing covers: ``row.`` and its name."""

    __slots__ = ()


@attrs.frozen(eq=False, repr=False)
class CodesQuestion(FactQuestion):
    """The question whether a code of a set falls under a pattern, ``member``; see ``code_matches``."""

    @property
    def included(self) -> str:
        """The pattern without its exclusions."""
        return parse_pattern(self.member).included

    @property
    def entry(self) -> str:
        """The entry that the pattern covers; ``/`` if it covers derived entries, blank if several."""
        entry = "/" if self.is_derived else family(self.member)
        return entry if self.is_derived or CODE.fullmatch(entry) else ""

    @property
    def is_derived(self) -> bool:
        """True if it asks about whatever is derived from an entry."""
        return parse_pattern(self.member).is_derived

    @property
    def is_plain(self) -> bool:
        """True if it asks about one entry, without exclusion, wildcard or derived entry."""
        return self.included == self.member and self.member[:1] not in ("*", "?", "/")

    def is_within(self, other: CodesQuestion) -> bool:
        """Returns whether all codes under this pattern fall under another, as far as the texts show."""
        comparable = other.member == "*" or self.included[:1] not in ("/", "*", "?")
        return self.fact == other.fact and comparable and code_matches(self.included, other.member)


NO_QUESTION = FactQuestion("")
"""The question of a condition that only joins others."""


class Questions(dict[str, Question]):
    """Questions by key, in order of first mention."""

    @cached_property
    def about(self) -> Mapping[str, tuple[Question, ...]]:
        """The questions about each fact, by its key; those about doubts and powers under a blank."""
        by_fact: dict[str, list[Question]] = {}
        for question in self.values():
            by_fact.setdefault(question.fact, []).append(question)
        return {fact: tuple(questions) for fact, questions in by_fact.items()}


@lru_cache(maxsize=4096)
def parse_question(text: str) -> Question:
    """Returns the question that a key from outside names, such as the name of a column.

    Only a fact knows whether the members of its set are codes, so each is parsed as a listed member.
    """
    name, _, rest = text.partition(":")
    made = {PowerQuestion.mark: PowerQuestion, DoubtQuestion.mark: DoubtQuestion}.get(name)
    return made(rest) if made else FactQuestion(name, rest)
