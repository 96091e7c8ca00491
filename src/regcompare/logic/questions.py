"""What conditions ask: typed questions, each with the key under which its answer is given.

A question is made by the fact, the doubt or the power that it is about.  Keys are text: in answers, in
files, in JSON and as names of columns.  Only a name that comes from outside is ever parsed.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, lru_cache

import attrs

from .code_lists import family
from .codes import CODE, code_matches
from .interned import Interned


class Question(Interned):
    """A question that a condition asks; what its kind has nothing of is blank.

    Attributes:
        fact: The key of the fact or day.
        member: The member of a set, or the pattern of codes.
        doubt: The id of the doubt; also of the one whether unread text is there.
        rule: The id of the provision that nobody has read.
        power: The id of the power.
    """

    __slots__ = ()
    fact: str = ""
    member: str = ""
    doubt: str = ""
    rule: str = ""
    power: str = ""

    @property
    def key(self) -> str:
        """The key of its answer, as in JSON and as the name of a column."""
        return f"{self.fact}:{self.member}" if self.member else self.fact

    @property
    def name(self) -> str:
        """What it is about: a fact, ``discretion.ID``, ``reading.ID`` or ``text.RULE``."""
        return self.fact

    @property
    def subject(self) -> str:
        """The fact, or the key of a question that is about none."""
        return self.fact or self.key

    @property
    def section(self) -> str:
        """The section of the fact."""
        return self.fact.partition(".")[0]

    @property
    def taken(self) -> str:
        """The member; of a pattern what it takes, without what it leaves out."""
        return self.member.partition("!")[0]

    @property
    def is_plain(self) -> bool:
        """Whether it asks for one answer or entry, not for whatever else or what is derived."""
        return self.taken == self.member and self.member[:1] not in ("*", "?", "/")

    def __repr__(self) -> str:
        return repr(self.key)


NO_QUESTION = Question()
"""What a condition asks that only joins others."""


@attrs.frozen(eq=False, repr=False)
class FactQuestion(Question):
    """A fact that is answered yes or no, with a word or with a country."""

    fact: str


@attrs.frozen(eq=False, repr=False)
class DayQuestion(Question):
    """A day: of the facts, of the law applied, or one that a fact asks for."""

    fact: str


@attrs.frozen(eq=False, repr=False)
class MemberQuestion(Question):
    """Whether a listed member belongs to a set."""

    fact: str
    member: str


@attrs.frozen(eq=False, repr=False)
class CodesQuestion(Question):
    """Whether some code of a set falls under a pattern, its ``member``; see ``code_matches``."""

    fact: str
    member: str

    @property
    def entry(self) -> str:
        """The entry whose codes the pattern takes; a slash for derived ones of any, blank for others."""
        entry = self.member[:1] if self.is_derived else family(self.member)
        return entry if self.is_derived or CODE.fullmatch(entry) else ""

    @property
    def is_derived(self) -> bool:
        """Whether it asks for what is derived from an entry, whatever that is."""
        return self.member.startswith("/")

    def is_within(self, other: CodesQuestion) -> bool:
        """Returns whether every code under this pattern falls under another, as far as names tell."""
        named = other.member == "*" or self.taken[:1] not in ("/", "*", "?")
        return self.fact == other.fact and named and code_matches(self.taken, other.member)


@attrs.frozen(eq=False, repr=False)
class DoubtQuestion(Question):
    """How a doubtful text is read."""

    doubt: str

    @property
    def key(self) -> str:
        return f"reading:{self.doubt}"

    @property
    def name(self) -> str:
        return f"reading.{self.doubt}"


@attrs.frozen(eq=False, repr=False)
class UnreadQuestion(Question):
    """Whether a provision that nobody has read is in the text: a doubt that has the id ``text.RULE``."""

    rule: str
    doubt: str = attrs.field(init=False)

    @doubt.default
    def _of_the_rule(self) -> str:
        return f"text.{self.rule}"

    @property
    def key(self) -> str:
        return f"reading:{self.doubt}"

    @property
    def name(self) -> str:
        return self.doubt


@attrs.frozen(eq=False, repr=False)
class PowerQuestion(Question):
    """Whether an authority or a state used a power that it has."""

    power: str

    @property
    def key(self) -> str:
        return f"discretion:{self.power}"

    @property
    def name(self) -> str:
        return f"discretion.{self.power}"


class Questions(dict[str, Question]):
    """Questions by their keys, in order of first mention."""

    @cached_property
    def about(self) -> Mapping[str, tuple[Question, ...]]:
        """The questions about each fact, by its key; those about doubts and powers under a blank."""
        found: dict[str, list[Question]] = {}
        for question in self.values():
            found.setdefault(question.fact, []).append(question)
        return {name: tuple(asked) for name, asked in found.items()}


@lru_cache(maxsize=4096)
def parse_question(text: str) -> Question:
    """Returns the question that a key from outside names, such as the name of a column.

    Whether the members of a set are codes only its fact knows, so each counts as a listed one.
    """
    name, _, rest = text.partition(":")
    if name in ("discretion", "reading"):
        return PowerQuestion(rest) if name == "discretion" else DoubtQuestion(rest)
    return MemberQuestion(name, rest) if rest else FactQuestion(name)
