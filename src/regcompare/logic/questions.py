"""The questions that conditions ask; each has the key of its answer.

The fact, the doubt or the power that a question is about makes it.  A key is the name of the answer in
mappings, JSON and columns.  Only a key that comes from outside is ever parsed.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, lru_cache

import attrs

from .code_lists import family
from .codes import CODE, code_matches
from .interned import Interned


@attrs.frozen(eq=False, repr=False)
class Question(Interned):
    """A question that a condition asks: about a fact or day, a doubtful text, or a power.

    Attributes:
        fact: The key of the fact or day.
        member: The member of a set, or the pattern of codes.
        doubt: The id of the doubt, which may be whether a provision is in the text.
        rule: The id of the provision that nobody has read.
        power: The id of the power, which an authority or a state may have used.
    """

    fact: str = ""
    member: str = ""
    doubt: str = ""
    rule: str = ""
    power: str = ""

    @property
    def key(self) -> str:
        """The key of its answer, in JSON and as the name of a column."""
        if self.doubt or self.power:
            return f"reading:{self.doubt}" if self.doubt else f"discretion:{self.power}"
        return f"{self.fact}:{self.member}" if self.member else self.fact

    @property
    def name(self) -> str:
        """What it is about: a fact, ``discretion.ID``, ``reading.ID`` or ``text.RULE``."""
        return self.fact or (self.doubt if self.rule else self.key.replace(":", ".", 1))

    @property
    def is_about_row(self) -> bool:
        """Whether it asks if a row of a table is in the text on a day for which nothing says so."""
        return self.doubt == f"row.{self.rule}"

    @property
    def subject(self) -> str:
        """The fact, or the key of a question about something else."""
        return self.fact or self.key

    @property
    def section(self) -> str:
        """The section of the fact."""
        return self.fact.partition(".")[0]

    @property
    def included(self) -> str:
        """The member; for a pattern, the pattern without its exclusions."""
        return self.member.partition("!")[0]

    @property
    def is_plain(self) -> bool:
        """Whether it asks about one answer or entry, without exclusion, wildcard or derived entry."""
        return self.included == self.member and self.member[:1] not in ("*", "?", "/")

    def __repr__(self) -> str:
        return repr(self.key)


NO_QUESTION = Question()
"""The question of a condition that only joins others."""


@attrs.frozen(eq=False, repr=False)
class CodesQuestion(Question):
    """Whether some code of a set falls under a pattern, its ``member``; see ``code_matches``."""

    @property
    def entry(self) -> str:
        """The entry that the pattern covers; ``/`` if it covers derived entries, blank if several."""
        entry = self.member[:1] if self.is_derived else family(self.member)
        return entry if self.is_derived or CODE.fullmatch(entry) else ""

    @property
    def is_derived(self) -> bool:
        """Whether it asks about whatever is derived from an entry."""
        return self.member.startswith("/")

    def is_within(self, other: CodesQuestion) -> bool:
        """Whether every code under this pattern falls under another, as far as their texts show."""
        comparable = other.member == "*" or self.included[:1] not in ("/", "*", "?")
        return self.fact == other.fact and comparable and code_matches(self.included, other.member)


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
    if name in ("discretion", "reading"):
        return Question(power=rest) if name == "discretion" else Question(doubt=rest)
    return Question(name, rest)
